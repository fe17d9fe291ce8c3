package bot

import (
	"testing"
	"time"
)

// monday is when the clocks of these tests start.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// TestLimitsAfterAClockSetBack has a clock that was a year ahead be set right:
// what was learned meanwhile is forgotten, and what was used up comes back.
func TestLimitsAfterAClockSetBack(t *testing.T) {
	wrong := monday.AddDate(1, 0, 0)
	t.Run("learned", func(t *testing.T) {
		a := newAllowance(50)
		for i := range 6 { // each halves it
			a.refuse(wrong.Add(time.Duration(i)*2*time.Minute), time.Second)
		}
		if a.next(monday); a.allowed != 50 {
			t.Errorf("%d calls a minute are allowed", a.allowed)
		}
	})
	t.Run("used up", func(t *testing.T) {
		a := newAllowance(50)
		for range 20 {
			a.call(wrong)
		}
		a.next(monday)
		if next := a.next(monday.Add(time.Minute)); !next.IsZero() {
			t.Errorf("a minute later, the next call may be made in %v", next.Sub(monday))
		}
	})
}

// TestASilentSlackIsAskedOneThing at a time until it answers.
func TestASilentSlackIsAskedOneThing(t *testing.T) {
	l := newLimits()
	before := l.atOnce()
	l.leaveAlone(monday)
	silent := l.atOnce()
	l.answered()
	if after := l.atOnce(); before != maxAtOnce || silent != 1 || after != maxAtOnce {
		t.Errorf("%d things at once, %d while Slack is silent, %d after that", before, silent, after)
	}
}

// TestALearnedLimitIsBelievedForAnHour and not for longer.
func TestALearnedLimitIsBelievedForAnHour(t *testing.T) {
	a := newAllowance(50)
	a.refuse(monday, time.Second)
	for _, step := range []struct {
		after   time.Duration
		allowed int
	}{{time.Minute, 25}, {learnedFor, 25}, {learnedFor + time.Second, 50}} {
		if a.next(monday.Add(step.after)); a.allowed != step.allowed {
			t.Errorf("after %v, %d calls a minute are allowed, want %d", step.after, a.allowed, step.allowed)
		}
	}
	if learnedFor != time.Hour {
		t.Errorf("it is believed for %v", learnedFor)
	}
}
