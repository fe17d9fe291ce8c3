package main

import (
	"sync"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

func TestNorwegianHolidays(t *testing.T) {
	free := []hiring.Date{
		"2026-01-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25", "2026-12-25", "2026-12-26",
		"2027-03-25", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17",
		"2027-01-01", "2027-05-01", "2027-12-25", "2027-12-26", "2028-01-01", "2028-05-01", "2028-12-25", "2028-12-26",
		"2028-04-13", "2028-04-14", "2028-04-17", "2028-05-25", "2028-06-05",
	}
	working := []hiring.Date{"2026-12-24", "2026-12-31", "2027-12-24", "2027-12-31", "2028-12-24", "2028-12-31", "2026-05-18", "2027-05-18", "2026-11-23", "2028-06-06"}
	h := newHolidays()
	for _, d := range free {
		if !h.isFree("NO", d) {
			t.Errorf("%s is not free", d)
		}
	}
	for _, d := range working {
		if h.isFree("NO", d) {
			t.Errorf("%s is free", d)
		}
	}
}

func TestHolidaysOfOtherCountries(t *testing.T) {
	h := newHolidays()
	tests := []struct {
		country string
		day     hiring.Date
		free    bool
	}{
		{"SE", "2026-06-19", true}, {"SE", "2026-05-17", false}, {"US", "2026-11-26", true}, {"GB", "2026-08-31", true},
		{"DE", "2026-10-03", true}, {"XX", "2026-12-25", false}, {"", "2026-12-25", false}, {"NO", "", false}, {"NO", "soon", false},
		// 1 January 2028 is a Saturday, which the United States observe in the year before.
		{"US", "2027-12-31", true}, {"US", "2028-01-01", true}, {"US", "2028-12-31", false},
	}
	for _, tt := range tests {
		if got := h.isFree(tt.country, tt.day); got != tt.free {
			t.Errorf("%s in %s is free: %v, want %v", tt.day, tt.country, got, tt.free)
		}
	}
}

func TestHolidaysAreSafeForConcurrentUse(t *testing.T) {
	h := newHolidays()
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for _, c := range countries() {
				h.isFree(c, hiring.Date("20"+string(rune('2'+i%2))+"6-12-25"))
			}
		})
	}
	all.Wait()
}
