package hiring

import "time"

// WorkTime is when a person works: zone, weekdays, hours and free days.
// Deadlines are counted in it, so a Friday request burns nothing over the
// weekend and a change to summer time shifts nothing.
type WorkTime struct {
	Zone     *time.Location
	Days     [7]bool       // by time.Weekday
	From, To time.Duration // since midnight on the wall clock; To may be 24h
	Holiday  func(Date) bool
}

// horizon bounds every search for the next working time: a calendar without
// any working day in two years is a mistake, not a plan.
const horizon = 2 * 366

// hours returns the working hours on t's day; ok is false on a free day.
func (w WorkTime) hours(t time.Time) (from, to time.Time, ok bool) {
	t = t.In(w.Zone)
	if !w.works(t) {
		return time.Time{}, time.Time{}, false
	}
	return w.clock(t, w.From), w.clock(t, w.To), true
}

// works says whether t's day, in the zone, is a working day.
func (w WorkTime) works(t time.Time) bool {
	return w.Days[t.Weekday()] && (w.Holiday == nil || !w.Holiday(DateOf(t, w.Zone)))
}

// clock returns the moment the wall clock on t's day shows d.
func (w WorkTime) clock(t time.Time, d time.Duration) time.Time {
	y, m, day := t.Date()
	return onClock(y, m, day, d, w.Zone)
}

// midnight returns the first moment of the day n days after t's.
func (w WorkTime) midnight(t time.Time, n int) time.Time {
	y, m, d := t.In(w.Zone).Date()
	return onClock(y, m, d+n, 0, w.Zone)
}

// Working says whether t lies in working hours; the end is not part of them.
func (w WorkTime) Working(t time.Time) bool {
	from, to, ok := w.hours(t)
	return ok && !t.Before(from) && t.Before(to)
}

// Next returns t if it lies in working hours, otherwise the next moment that
// does, in UTC.
func (w WorkTime) Next(t time.Time) time.Time {
	for i := range horizon {
		day := t
		if i > 0 {
			day = w.midnight(t, i)
		}
		if from, to, ok := w.hours(day); ok && day.Before(to) {
			if day.Before(from) {
				day = from
			}
			return day.UTC()
		}
	}
	return t.UTC()
}

// NextDay returns the start of the first working day after t's day, in UTC.
func (w WorkTime) NextDay(t time.Time) time.Time { return w.Next(w.midnight(t, 1)) }

// Add returns the moment d of working time after t, in UTC. A result that
// would fall on the end of a working day stays there.
func (w WorkTime) Add(t time.Time, d time.Duration) time.Time {
	rest := d
	for day, free := t, 0; free < horizon; day, free = w.midnight(day, 1), free+1 {
		from, to, ok := w.hours(day)
		if day = later(day, from); !ok || !day.Before(to) {
			continue
		}
		left := to.Sub(day)
		if rest <= left {
			return day.Add(rest).UTC()
		}
		rest, free = rest-left, 0
	}
	return t.Add(d).UTC()
}

// Before returns the moment d of working time before t, in UTC.
func (w WorkTime) Before(t time.Time, d time.Duration) time.Time {
	rest := d
	for day, free := t, 0; free < horizon; day, free = w.midnight(day, 0).Add(-time.Nanosecond), free+1 {
		from, to, ok := w.hours(day)
		if !ok || !day.After(from) {
			continue
		}
		end := earlier(day, to)
		left := end.Sub(from)
		if rest <= left {
			return end.Add(-rest).UTC()
		}
		rest, free = rest-left, 0
	}
	return t.Add(-d).UTC()
}

// endOf returns when a day ends, as of now, in UTC: with its working hours, or
// with its last minute where it has none, or they are over.
func (w WorkTime) endOf(d Date, now time.Time) time.Time {
	midnight := d.Midnight(w.Zone)
	end := w.midnight(midnight, 1).Add(-time.Minute)
	if _, to, ok := w.hours(midnight); ok && to.After(now) {
		end = earlier(to, end)
	}
	return end.UTC()
}

// lastMorning returns the start of the last working day up to a day, in UTC.
func (w WorkTime) lastMorning(d Date) time.Time {
	last := w.Before(w.midnight(d.Midnight(w.Zone), 1), 0)
	from, _, _ := w.hours(last.Add(-time.Nanosecond))
	return from.UTC()
}

// AddDays returns the moment n working days after t: the same clock time n
// working days on, or the end of that day if it is earlier, in UTC.
func (w WorkTime) AddDays(t time.Time, n int) time.Time { return w.Add(t, time.Duration(n)*w.Day()) }

// Day returns how long a working day is.
func (w WorkTime) Day() time.Duration { return w.To - w.From }

// Between returns the working time from a to b; 0 when b is not after a.
func (w WorkTime) Between(a, b time.Time) time.Duration {
	var sum time.Duration
	for here, next := a, a; here.Before(b); here = next {
		next = w.midnight(here, 1)
		if here.After(a) && !next.After(b) && next.Sub(here) == day { // a whole day without a change of the clock
			if w.works(here) {
				sum += w.Day()
			}
			continue
		}
		from, to, ok := w.hours(here)
		if from, to = later(from, a), earlier(to, b); ok && to.After(from) {
			sum += to.Sub(from)
		}
	}
	return sum
}
