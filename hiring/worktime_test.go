package hiring_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

func TestWorkTimeAdd(t *testing.T) {
	office := settings().WorkTime(hiring.Person{})
	allDay := office
	allDay.From, allDay.To, allDay.Days = 0, 24*time.Hour, [7]bool{true, true, true, true, true, true, true}
	hourly := office
	hourly.To, hourly.Days = 9*time.Hour, [7]bool{time.Monday: true}
	tests := []struct {
		it   string
		work hiring.WorkTime
		from string
		add  time.Duration
		want string
	}{
		{"runs on within the day", office, "2026-11-23 09:00", 3 * time.Hour, "2026-11-23 12:00"},
		{"ends with the day when it fits exactly", office, "2026-11-23 08:00", 8 * time.Hour, "2026-11-23 16:00"},
		{"goes on the next morning", office, "2026-11-23 15:00", 2 * time.Hour, "2026-11-24 09:00"},
		{"burns nothing over the weekend", office, "2026-11-27 15:30", 8 * time.Hour, "2026-11-30 15:30"},
		{"starts in the morning when begun at night", office, "2026-11-24 03:00", time.Hour, "2026-11-24 09:00"},
		{"starts the next day when begun in the evening", office, "2026-11-24 20:00", time.Hour, "2026-11-25 09:00"},
		{"leaves out a holiday that is a Monday", office, "2027-05-14 12:00", 8 * time.Hour, "2027-05-18 12:00"},
		{"is not shifted by the change to winter time", office, "2026-10-23 15:00", 2 * time.Hour, "2026-10-26 09:00"},
		{"is not shifted by the change to summer time", office, "2027-03-26 15:00", 2 * time.Hour, "2027-03-29 09:00"},
		{"counts the 25 hours of an autumn night", allDay, "2026-10-24 23:00", 25 * time.Hour, "2026-10-25 23:00"},
		{"goes on for years where an hour a week is worked", hourly, "2026-11-23 09:00", 200 * time.Hour, "2030-09-30 09:00"},
		{"counts three seconds", office, "2026-11-23 09:00", 3 * time.Second, "2026-11-23 09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			got := tt.work.Add(at(tt.from), tt.add)
			if got.Truncate(time.Minute) != at(tt.want) {
				t.Errorf("Add(%s, %v) = %v, want %s", tt.from, tt.add, got.In(oslo), tt.want)
			}
		})
	}
}

func TestWorkTimeNext(t *testing.T) {
	office := settings().WorkTime(hiring.Person{})
	tests := []struct{ it, from, want string }{
		{"stays where work is going on", "2026-11-23 09:00", "2026-11-23 09:00"},
		{"waits for the morning", "2026-11-23 06:00", "2026-11-23 08:00"},
		{"treats closing time as closed", "2026-11-23 16:00", "2026-11-24 08:00"},
		{"skips the weekend", "2026-11-27 17:00", "2026-11-30 08:00"},
		{"skips a holiday", "2027-05-17 10:00", "2027-05-18 08:00"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			if got := office.Next(at(tt.from)); got != at(tt.want) {
				t.Errorf("Next(%s) = %v, want %s", tt.from, got.In(oslo), tt.want)
			}
		})
	}
}

func TestWorkTimeNeverHangsWithoutWorkingDays(t *testing.T) {
	never := hiring.WorkTime{Zone: oslo, From: 8 * time.Hour, To: 16 * time.Hour}
	now := at("2026-11-23 09:00")
	if got := never.Next(now); got != now {
		t.Errorf("Next = %v, want now", got)
	}
	if got := never.Add(now, time.Hour); got != now.Add(time.Hour) {
		t.Errorf("Add = %v, want an hour on", got)
	}
}

// TestADayWithoutMidnight has summer time begin at midnight, as in Chile: the
// day begins at one, and none is left out or counted twice.
func TestADayWithoutMidnight(t *testing.T) {
	zone := mustZone("America/Santiago")
	work := hiring.WorkTime{Zone: zone, To: 24 * time.Hour, Days: [7]bool{true, true, true, true, true, true, true}}
	saturday := time.Date(2026, 9, 5, 12, 0, 0, 0, zone)
	sunday := time.Date(2026, 9, 6, 4, 0, 0, 0, time.UTC) // 01:00
	if got := hiring.Date("2026-09-06").Midnight(zone); !got.Equal(sunday) {
		t.Errorf("the day begins at %v", got)
	}
	if got := work.NextDay(saturday); got != sunday {
		t.Errorf("the next day is %v", got)
	}
	work.Days = [7]bool{time.Sunday: true}
	if got := work.Next(saturday); got != sunday {
		t.Errorf("who works on Sundays begins at %v", got.In(zone))
	}
	if got := work.Between(saturday, saturday.AddDate(0, 0, 4)); got != 23*time.Hour {
		t.Errorf("Sunday has %v, want 23h", got)
	}
	if got := work.Add(saturday, 23*time.Hour); !got.Equal(time.Date(2026, 9, 7, 0, 0, 0, 0, zone)) {
		t.Errorf("Sunday ends at %v", got.In(zone))
	}
}

// anyWorkTime draws hours, days, a zone and a scatter of holidays.
func anyWorkTime(t *rapid.T) hiring.WorkTime {
	zones := []string{"Europe/Oslo", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "America/Santiago", "America/Havana", "UTC"}
	from := rapid.IntRange(0, 24*60-1).Draw(t, "from")
	to := rapid.IntRange(from+1, 24*60).Draw(t, "to")
	w := hiring.WorkTime{
		Zone: mustZone(rapid.SampledFrom(zones).Draw(t, "zone")),
		From: time.Duration(from) * time.Minute, To: time.Duration(to) * time.Minute,
	}
	for i := range w.Days {
		w.Days[i] = rapid.Bool().Draw(t, "day")
	}
	w.Days[rapid.IntRange(0, 6).Draw(t, "workday")] = true
	free := rapid.IntRange(2, 40).Draw(t, "free")
	w.Holiday = func(d hiring.Date) bool { return d.Midnight(time.UTC).YearDay()%free == 0 }
	return w
}

func anyTime(t *rapid.T) time.Time {
	return time.Unix(rapid.Int64Range(1767222000, 1830294000).Draw(t, "at"), 0).UTC() // 2026 and 2027
}

func TestWorkTimeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, now := anyWorkTime(t), anyTime(t)
		d := time.Duration(rapid.Int64Range(0, int64(60*time.Hour/time.Second)).Draw(t, "d")) * time.Second
		due := w.Add(now, d)
		if got := w.Between(now, due); got != d {
			t.Fatalf("%v working time lies between %v and %v, want %v", got, now, due, d)
		}
		if due.Before(now) {
			t.Fatalf("due %v before %v", due, now)
		}
		next := w.Next(now)
		if !w.Working(next) || next.Before(now) || w.Between(now, next) != 0 {
			t.Fatalf("Next(%v) = %v", now, next)
		}
		if day := w.NextDay(now); !w.Working(day) || hiring.DateOf(day, w.Zone) <= hiring.DateOf(now, w.Zone) {
			t.Fatalf("NextDay(%v) = %v", now, day)
		}
	})
}

// Working time is what a clock would count that looks every quarter of an
// hour, over weekends, free days and changes to and from summer time.
func TestBetweenCountsEveryQuarter(t *testing.T) {
	zones := []*time.Location{oslo, mustZone("America/New_York"), mustZone("Asia/Beirut"), mustZone("America/Santiago"), mustZone("America/Havana"), time.UTC}
	rapid.Check(t, func(t *rapid.T) {
		w := hiring.WorkTime{
			Zone: rapid.SampledFrom(zones).Draw(t, "zone"), Days: weekdays(),
			From: time.Duration(rapid.IntRange(0, 40).Draw(t, "from")) * 15 * time.Minute, To: time.Duration(rapid.IntRange(41, 96).Draw(t, "to")) * 15 * time.Minute,
			Holiday: func(d hiring.Date) bool { return strings.HasSuffix(string(d), "7") },
		}
		a := time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 0, 15*rapid.IntRange(0, 95).Draw(t, "quarter"), 0, 0, time.UTC)
		b := a.Add(time.Duration(rapid.IntRange(0, 96*40).Draw(t, "quarters")) * 15 * time.Minute)
		var want time.Duration
		for at := a; at.Before(b); at = at.Add(15 * time.Minute) {
			if w.Working(at) {
				want += 15 * time.Minute
			}
		}
		if got := w.Between(a, b); got != want {
			t.Fatalf("%v from %v to %v, want %v", got, a.In(w.Zone), b.In(w.Zone), want)
		}
	})
}
