package scheduler

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
)

// ParseSpec reads a cron line of five fields, or a descriptor such as @weekly
// or @every 2s. Fields are read in the zone.
func ParseSpec(spec string, zone *time.Location) (_ cron.Schedule, err error) {
	// robfig/cron panics on a line that is only a zone, such as TZ=Europe/Oslo.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the cron line %q cannot be read", spec)
		}
	}()
	s, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("the cron line %q cannot be read: %w", spec, err)
	}
	if fields, ok := s.(*cron.SpecSchedule); ok {
		if fields.Location == time.Local {
			fields.Location = zone
		}
		if fields.Next(anyDay).IsZero() {
			return nil, fmt.Errorf("the cron line %q names a day that never comes", spec)
		}
		return wallClock{fields}, nil
	}
	return s, nil
}

// anyDay is followed by every day there is, 29 February included, within the
// five years that robfig/cron looks ahead.
var anyDay = time.Date(2001, time.January, 1, 0, 0, 0, 0, time.UTC)

// wallClock runs a schedule by the clock on the wall on the two nights a year
// when that clock jumps: a time inside the spring gap runs an hour later,
// a time the autumn shows twice runs the first time only. robfig/cron skips
// the one and repeats the other.
type wallClock struct{ *cron.SpecSchedule }

// Next returns the first time after t, zero when there is none.
func (w wallClock) Next(t time.Time) time.Time {
	next := w.SpecSchedule.Next(t)
	for !next.IsZero() && repeated(next.In(w.Location)) && !w.often() {
		next = w.SpecSchedule.Next(next)
	}
	if gap, ok := w.inGap(t, next); ok {
		return gap
	}
	return next
}

// often says whether the schedule runs every hour: then an hour that comes
// twice has its runs twice.
func (w wallClock) often() bool { const hours = 1<<24 - 1; return w.Hour&hours == hours }

// repeated says whether the wall clock showed the same an hour before.
func repeated(t time.Time) bool {
	before := t.Add(-time.Hour)
	return before.Format("15:04") == t.Format("15:04")
}

// inGap looks for a run that the spring gap swallowed between t and next.
func (w wallClock) inGap(t, next time.Time) (time.Time, bool) {
	if w.often() {
		return time.Time{}, false
	}
	// In UTC nothing is swallowed: run the schedule on the same wall clock there.
	wall := func(t time.Time) time.Time {
		t = t.In(w.Location)
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	}
	plain := *w.SpecSchedule
	plain.Location = time.UTC
	should := plain.Next(wall(t))
	if should.IsZero() || !next.IsZero() && !should.Before(wall(next)) {
		return time.Time{}, false
	}
	y, m, d := should.Date()
	at := time.Date(y, m, d, should.Hour(), should.Minute(), 0, 0, w.Location)
	if early := should.Sub(wall(at)); early > 0 { // west of Greenwich, time.Date returns an hour before the gap
		at = at.Add(early)
	}
	if wall(at).Equal(should) || !at.After(t) {
		return time.Time{}, false
	}
	return at, true
}
