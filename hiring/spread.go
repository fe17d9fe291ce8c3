package hiring

import "time"

// Spread is how long something took: working time, or days by the calendar,
// as whoever holds it says. It is made of counts per whole hour or day, so it
// is exact to half of one (docs/decisions/0010).
type Spread struct {
	N      int
	Median time.Duration // the middle one; of two in the middle, their mean
	P90    time.Duration // the smallest that nine in ten do not exceed
}

// day is a day by the calendar. Differences of dates are counted in it.
const day = 24 * time.Hour

// histogram counts values: how often each whole number of units stands there.
type histogram map[int]int

func (h histogram) spread(unit time.Duration) Spread {
	var s Spread
	for _, n := range h {
		s.N += n
	}
	if s.N == 0 {
		return s
	}
	values := sortedKeys(h)
	at := func(rank int) time.Duration { // from 1
		for _, v := range values {
			if rank -= h[v]; rank <= 0 {
				return time.Duration(v) * unit
			}
		}
		return 0
	}
	s.Median = (at((s.N+1)/2) + at(s.N/2+1)) / 2
	s.P90 = at((9*s.N + 9) / 10)
	return s
}

// sum adds the values up.
func (h histogram) sum() (total int) {
	for v, n := range h {
		total += v * n
	}
	return total
}

// whole rounds working time to whole hours.
func whole(d time.Duration) int { return int(d.Round(time.Hour) / time.Hour) }

// daysBetween counts the days by the calendar from a to b, 0 when b is not
// after a.
func daysBetween(a, b time.Time, zone *time.Location) int {
	from, to := DateOf(a, zone).Midnight(time.UTC), DateOf(b, zone).Midnight(time.UTC)
	return max(0, int(to.Sub(from)/day))
}

// pausedDays counts the days from a to b on which the role was paused.
func pausedDays(pauses []Pause, a, b time.Time, zone *time.Location) (days int) {
	for _, p := range pauses {
		if p.To.IsZero() || p.To.After(b) {
			p.To = b
		}
		days += daysBetween(later(p.From, a), p.To, zone)
	}
	return days
}
