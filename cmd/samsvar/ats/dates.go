package ats

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Order says how dates of three numbers are written.
type Order string

// The orders.
const (
	OrderAuto     Order = ""    // find out from the file; in a [File]: no date needed it
	OrderISO      Order = "iso" // only 2026-11-23
	OrderEuropean Order = "eu"  // 23/11/2026
	OrderAmerican Order = "us"  // 11/23/2026
)

// numbers is a date of three numbers with a mark between them, and what
// stands after it.
type numbers struct {
	a, b, c int
	digits  [3]int // how many digits each has
	mark    byte
	rest    string
}

// split cuts the three numbers off a text; false if it doesn't start so.
func split(s string) (n numbers, ok bool) {
	var values [3]int
	for i := range 3 {
		if i > 0 {
			if s == "" || !strings.ContainsRune("-/.", rune(s[0])) || i == 2 && s[0] != n.mark {
				return n, false
			}
			n.mark, s = s[0], s[1:]
		}
		digits := 0
		for digits < len(s) && digits < 5 && s[digits] >= '0' && s[digits] <= '9' {
			values[i] = values[i]*10 + int(s[digits]-'0')
			digits++
		}
		if digits == 0 || digits > 4 {
			return n, false
		}
		n.digits[i], s = digits, s[digits:]
	}
	n.a, n.b, n.c, n.rest = values[0], values[1], values[2], s
	return n, true
}

// open says whether only the order tells the day from the month: the year is
// last, and the mark is not a point, which is always European.
func (n numbers) open() bool {
	return n.digits[2] == 4 && n.digits[0] <= 2 && n.digits[1] <= 2 && n.mark != '.'
}

// evidence collects what a file tells of its order.
type evidence struct {
	european, american, either sample
	open                       bool // some date needs an order
}

// sample is a date and the line it stands in.
type sample struct {
	line int
	text string
}

func (e *evidence) add(line int, text string) {
	text = strings.TrimSpace(text)
	n, ok := split(text)
	if !ok || !n.open() {
		return
	}
	e.open = true
	note := func(s *sample) {
		if s.line == 0 {
			*s = sample{line, text}
		}
	}
	switch {
	case n.a > 12 && n.b <= 12:
		note(&e.european)
	case n.b > 12 && n.a <= 12:
		note(&e.american)
	case n.a <= 12 && n.b <= 12 && n.a != n.b:
		note(&e.either)
	}
}

// order settles the order for the whole file.
func (e *evidence) order() (Order, error) {
	switch {
	case e.european.line > 0 && e.american.line > 0:
		return "", fmt.Errorf("the dates are written in two ways: “%s” in line %d has the day first, “%s” in line %d the month. Write all of them as 2026-11-23",
			e.european.text, e.european.line, e.american.text, e.american.line)
	case e.american.line > 0:
		return OrderAmerican, nil
	case e.european.line > 0:
		return OrderEuropean, nil
	case e.either.line > 0:
		return "", fmt.Errorf("the dates can be read in two ways: “%s” in line %d may have the day or the month first, and no other date settles it. Say which: --dates eu (day first) or --dates us (month first)",
			e.either.text, e.either.line)
	}
	if e.open {
		return OrderEuropean, nil // such as 04/04/2026: the order doesn't matter
	}
	return OrderAuto, nil
}

// moment is a date as a file gives it.
type moment struct {
	at    time.Time
	exact bool // it has a time of day; else it is noon
}

// parse reads a date; the error is a clause that says what is wrong with it.
func parse(text string, order Order, zone *time.Location) (moment, error) {
	text = strings.Join(strings.Fields(text), " ")
	y, m, d, rest, err := day(text, order)
	if err != nil {
		return moment{}, err
	}
	if y < 1990 || y > 2200 {
		return moment{}, fmt.Errorf("the year %d is not possible", y)
	}
	if at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC); at.Day() != d || int(at.Month()) != m {
		return moment{}, errors.New("there is no such day")
	}
	clock, exact, ok := timeOfDay(rest, zone)
	if !ok {
		return moment{}, fmt.Errorf("“%s” is no time of day", strings.TrimSpace(rest))
	}
	if !exact {
		return moment{at: time.Date(y, time.Month(m), d, 12, 0, 0, 0, zone)}, nil
	}
	return moment{time.Date(y, time.Month(m), d, clock.Hour(), clock.Minute(), clock.Second(), clock.Nanosecond(), clock.Location()), true}, nil
}

// day reads the date proper and returns what stands after it.
func day(text string, order Order) (y, m, d int, rest string, err error) {
	n, ok := split(text)
	switch {
	case !ok && serial(text):
		return 0, 0, 0, "", errors.New("it is a number that only Excel reads as a date: format the column as a date and export again")
	case !ok:
		return named(text)
	case n.digits[0] == 4 && n.digits[2] <= 2:
		return n.a, n.b, n.c, n.rest, nil
	case n.digits[2] <= 2:
		return 0, 0, 0, "", errors.New("the year needs four digits")
	case n.digits[2] != 4 || n.digits[0] > 2 || n.digits[1] > 2:
		return 0, 0, 0, "", errNoDate
	case n.mark == '.':
		return n.c, n.b, n.a, n.rest, nil
	case order == OrderISO:
		return 0, 0, 0, "", errors.New("it is not written as 2026-11-23, which --dates iso asks for")
	case order == OrderAmerican:
		m, d = n.a, n.b
	default:
		m, d = n.b, n.a
	}
	if m > 12 && d <= 12 {
		return 0, 0, 0, "", fmt.Errorf("there is no month %d; --dates says the order", m)
	}
	return n.c, m, d, n.rest, nil
}

var errNoDate = errors.New("write it as 2026-11-23")

// serial says whether a text is how Excel counts days.
func serial(text string) bool {
	whole, _, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	return len(whole) == 5 && strings.Trim(text, "0123456789.,") == ""
}

// months are the whole names, by month; both languages share the rest.
var months = [12][]string{
	{"january", "januar", "jan"}, {"february", "februar", "feb"}, {"march", "mars", "mar"}, {"april", "apr"},
	{"may", "mai"}, {"june", "juni", "jun"}, {"july", "juli", "jul"}, {"august", "aug"},
	{"september", "sept", "sep"}, {"october", "oktober", "oct", "okt"}, {"november", "nov"}, {"december", "desember", "dec", "des"},
}

// weekdays are the days of the week, short and long, that may come first.
var weekdays = []string{
	"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"man", "tir", "ons", "tor", "fre", "lør", "søn",
	"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
}

// named reads a date with a month's name: 23 Nov 2026, 23. november 2026,
// 23-nov-2026, November 23rd, 2026.
func named(text string) (y, m, d int, rest string, err error) {
	var parts [3]string
	rest = text
	for i := 0; i < 3; {
		rest = strings.TrimLeft(rest, " ,.-/")
		word := lead(rest)
		if word == "" {
			return 0, 0, 0, "", errNoDate
		}
		rest = rest[len(word):]
		if word = strings.ToLower(word); i == 0 && slices.Contains(weekdays, word) {
			continue
		}
		if digit(word) { // 23rd
			for _, ending := range []string{"st", "nd", "rd", "th"} {
				rest = cutEnding(rest, ending)
			}
		}
		parts[i] = word
		i++
	}
	if !digit(parts[0]) {
		parts[0], parts[1] = parts[1], parts[0]
	}
	m = 1 + slices.IndexFunc(months[:], func(names []string) bool { return slices.Contains(names, parts[1]) })
	switch {
	case m == 0 || !digit(parts[0]) || !digit(parts[2]) || len(parts[0]) > 2:
		return 0, 0, 0, "", errNoDate
	case len(parts[2]) != 4:
		return 0, 0, 0, "", errors.New("the year needs four digits")
	}
	return number(parts[2]), m, number(parts[0]), rest, nil
}

// lead returns the digits or the letters that a text starts with.
func lead(s string) string {
	kind := unicode.IsLetter
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		kind = func(r rune) bool { return r >= '0' && r <= '9' }
	}
	if end := strings.IndexFunc(s, func(r rune) bool { return !kind(r) }); end >= 0 {
		return s[:end]
	}
	return s
}

func digit(word string) bool { return word[0] >= '0' && word[0] <= '9' }

// number reads up to four digits.
func number(word string) int {
	n := 0
	for _, r := range word {
		n = n*10 + int(r-'0')
	}
	return n
}

func cutEnding(s, ending string) string {
	if rest, ok := strings.CutPrefix(s, ending); ok && lead(rest) == "" {
		return rest
	}
	return s
}

// clocks are the ways to write a time of day.
var clocks = []string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "3:04:05PM", "3:04PM", "15.04", "15.04.05"}

// offsets are the ways to write a zone, after the time.
var offsets = []string{"Z07:00", "Z0700", "Z07"}

// timeOfDay reads what stands after a date. Nothing, or a midnight without a
// zone, is no time of day: systems fill it in.
func timeOfDay(s string, zone *time.Location) (clock time.Time, exact, ok bool) {
	s = strings.TrimLeft(s, " ,T")
	for _, word := range []string{"at ", "kl. ", "kl ", "klokken "} {
		s = strings.TrimPrefix(s, word)
	}
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}, false, true
	}
	for _, utc := range []string{"UTC", "GMT"} {
		if rest, is := strings.CutSuffix(s, utc); is {
			s = strings.TrimSpace(rest) + "Z"
		}
	}
	s = strings.ToUpper(s)
	for _, layout := range clocks {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, t.Hour()+t.Minute()+t.Second()+t.Nanosecond() > 0, true
		}
		for _, offset := range offsets {
			for _, gap := range []string{"", " "} {
				if t, err := time.ParseInLocation(layout+gap+offset, s, time.UTC); err == nil {
					return t, true, true
				}
			}
		}
	}
	return time.Time{}, false, false
}
