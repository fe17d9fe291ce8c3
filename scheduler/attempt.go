package scheduler

import "time"

// attempt is when a job was last tried, and what came of it.
type attempt struct {
	at      time.Time // zero before the first
	failing time.Time // when it failed first of all that failed since it last succeeded; zero when it succeeded
}

// longestPause bounds the wait before what fails is tried again: no longer than
// the usual sweep takes to come by.
const longestPause = 15 * time.Minute

// then returns the attempt at now that ended with err.
func (a attempt) then(now time.Time, err error) attempt {
	switch {
	case err == nil:
		return attempt{at: now}
	case a.failing.IsZero() || a.failing.After(now): // the clock was set back
		return attempt{at: now, failing: now}
	default:
		return attempt{at: now, failing: a.failing}
	}
}

// again returns when to try again what failed: with the next tick, and then
// after as long as it has failed already. What is over soon, such as a full
// disk, then costs little; what fails for ever, such as one person's data,
// doesn't fill the log.
func (a attempt) again() time.Time {
	return a.at.Add(min(a.at.Sub(a.failing), longestPause))
}

// failed says whether the last attempt failed.
func (a attempt) failed() bool { return !a.failing.IsZero() }
