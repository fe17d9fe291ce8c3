package bot

import (
	"maps"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// holds returns until when a notice is held back; zero when it may go.
func (c *Courier) holds(n hiring.Notice) time.Time {
	if until := c.hushed(); !until.IsZero() {
		return until
	}
	return ahead(c.spoken[conversation(n)], c.Clock(), pace)
}

// hushed returns until when Slack is left alone; zero when it is not.
func (c *Courier) hushed() time.Time { return ahead(c.silent, c.Clock(), maxRetry) }

// ahead returns until when it lies ahead, and zero otherwise. Further ahead
// than it can have been set means that the clock was set back.
func ahead(until, now time.Time, most time.Duration) time.Time {
	if wait := until.Sub(now); wait <= 0 || wait > most {
		return time.Time{}
	}
	return until
}

// forget drops what has passed, so that the maps stay small.
func (c *Courier) forget(now time.Time) {
	passed := func(_ string, until time.Time) bool { return !now.Before(until) }
	maps.DeleteFunc(c.spoken, passed)
	maps.DeleteFunc(c.limited, passed)
}

// leaveAlone has nothing sent for a while after Slack did not answer: for one
// second, and twice as long each time it happens again.
func (c *Courier) leaveAlone(now time.Time) {
	if now.Before(c.silent) {
		return
	}
	c.silent = now.Add(grown(c.waits))
	c.waits++
}

// lookAgain has notices whose fate is unknown looked up at a time, or earlier.
func (c *Courier) lookAgain(at time.Time) {
	if c.lookAt.IsZero() || at.Before(c.lookAt) {
		c.lookAt = at
	}
}

// grown returns the pause after so many tries that failed.
func grown(tries int) time.Duration { return min(maxRetry, firstWait<<min(tries, 10)) }
