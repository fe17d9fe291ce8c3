package hiring

import (
	"strconv"
	"strings"
	"time"
)

// Date is a day in the calendar without a zone, as 2006-01-02; empty is no
// date.
type Date string

// DateOf returns t's day in the zone.
func DateOf(t time.Time, zone *time.Location) Date {
	return Date(t.In(zone).Format(time.DateOnly))
}

// Midnight returns the date's first moment in the zone; zero for no date.
func (d Date) Midnight(zone *time.Location) time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return onClock(t.Year(), t.Month(), t.Day(), 0, zone)
}

// onClock returns the moment a day's wall clock in the zone shows the time
// since midnight. One that summer time skips is as much later: in Chile that is
// midnight itself, and [time.Date] would return a moment of the day before.
func onClock(y int, m time.Month, d int, since time.Duration, zone *time.Location) time.Time {
	minute := int(since / time.Minute)
	t := time.Date(y, m, d, 0, minute, 0, 0, zone)
	_, offset := t.Zone()
	shown := t.Unix() + int64(offset)
	if skipped := time.Date(y, m, d, 0, minute, 0, 0, time.UTC).Unix() - shown; skipped > 0 {
		t = t.Add(time.Duration(skipped) * time.Second)
	}
	return t
}

// Week is an ISO 8601 week such as 2026-W48, which sorts as text.
type Week string

// WeekOf returns the ISO week that holds t in the zone. Weeks run from Monday
// 00:00 (docs/metrics.md).
func WeekOf(t time.Time, zone *time.Location) Week {
	year, week := t.In(zone).ISOWeek()
	w := strconv.AppendInt(make([]byte, 0, 9), int64(10_000+year), 10)
	w = append(w, "-W"...)
	w = append(w, byte('0'+week/10), byte('0'+week%10))
	return Week(w[1:])
}

// Start returns the week's Monday 00:00 in the zone; zero if the week is not
// well formed.
func (w Week) Start(zone *time.Location) time.Time {
	digits, of, _ := strings.Cut(string(w), "-W")
	year, err := strconv.Atoi(digits)
	week, err2 := strconv.Atoi(of)
	if err != nil || err2 != nil {
		return time.Time{}
	}
	// 4 January always lies in week 1 (ISO 8601, 3.1.1.23).
	jan4 := time.Date(year, 1, 4, 0, 0, 0, 0, zone)
	monday := jan4.Day() - (int(jan4.Weekday())+6)%7
	return onClock(year, time.January, monday+7*(week-1), 0, zone)
}

// Add returns the week n weeks later; n may be negative.
func (w Week) Add(n int) Week {
	return WeekOf(w.Start(time.UTC).AddDate(0, 0, 7*n), time.UTC)
}

// Number returns the week's number within its year, 1 to 53.
func (w Week) Number() int {
	_, week := w.Start(time.UTC).ISOWeek()
	return week
}
