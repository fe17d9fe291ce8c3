package main

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/us"

	"github.com/samsvar/samsvar/hiring"
)

// calendars are the public holidays of the countries we know, by ISO 3166
// code, as the library has them. Where it lists a day that only some regions
// have, as in Switzerland, the day is free everywhere.
var calendars = map[string][]*cal.Holiday{
	"AT": at.Holidays, "BE": be.Holidays, "CH": ch.Holidays, "DE": de.Holidays, "DK": dk.Holidays, "ES": es.Holidays,
	"FI": fi.Holidays, "FR": fr.Holidays, "GB": gb.Holidays, "IE": ie.Holidays, "IT": it.Holidays, "NL": nl.Holidays,
	"NO": no.Holidays, "PL": pl.Holidays, "PT": pt.Holidays, "SE": se.Holidays, "US": us.Holidays,
}

func countries() []string { return slices.Sorted(maps.Keys(calendars)) }

// holidays answers which days are free, a year at a time: the library works
// every holiday out anew for each question.
type holidays struct {
	mu    sync.Mutex
	years map[countryYear]map[hiring.Date]bool
}

type countryYear struct {
	country string
	year    string
}

func newHolidays() *holidays {
	return &holidays{years: make(map[countryYear]map[hiring.Date]bool)}
}

// isFree says whether the day is a public holiday in the country. Countries
// that are not known have none.
func (h *holidays) isFree(country string, day hiring.Date) bool {
	if len(day) < len("2006") {
		return false
	}
	key := countryYear{country, string(day[:4])}
	h.mu.Lock()
	defer h.mu.Unlock()
	free, known := h.years[key]
	if !known {
		free = freeDays(key)
		h.years[key] = free
	}
	return free[day]
}

// freeDays returns the free days of a year. Those of its neighbours are asked,
// too: when 1 January is a Saturday, the United States observe it the day
// before.
func freeDays(key countryYear) map[hiring.Date]bool {
	free := make(map[hiring.Date]bool)
	year := hiring.Date(key.year + "-01-01").Midnight(time.UTC).Year()
	for _, x := range calendars[key.country] {
		for _, near := range []int{year - 1, year, year + 1} {
			actual, observed := x.Calc(near)
			for _, t := range []time.Time{actual, observed} {
				if !t.IsZero() && t.Year() == year {
					free[hiring.Date(t.Format(time.DateOnly))] = true
				}
			}
		}
	}
	return free
}
