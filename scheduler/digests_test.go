package scheduler_test

import (
	"errors"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
)

// TestDigestsMoved has an admin move the digests from Friday afternoon to
// Monday morning on a Wednesday evening: the schedule counts from then on, also
// after a start.
func TestDigestsMoved(t *testing.T) {
	s := &spied{Store: office(t)}
	c := with(t, s, "0 0 1 1 *", "0 15 * * 5", nil)
	digests := func(when string, want int) {
		t.Helper()
		before := notices(t, s.Store, hiring.Digest)
		if err := c.Tick(t.Context(), at(when)); err != nil {
			t.Fatal(err)
		}
		if n := notices(t, s.Store, hiring.Digest) - before; n != want {
			t.Errorf("%s: %d digests go out, want %d", when, n, want)
		}
	}
	monday, err := scheduler.ParseSpec("0 9 * * 1", oslo)
	if err != nil {
		t.Fatal(err)
	}
	moved := scheduler.Plan{Settings: settings(), Nudges: c.Nudges, Digests: monday}
	digests("2026-11-05 10:00", 0)
	digests("2026-11-13 15:00", 1)
	c.Use(moved, at("2026-11-18 22:00"))
	digests("2026-11-18 22:00", 0)
	digests("2026-11-18 22:01", 0)
	start := func() {
		c = with(t, s, "0 0 1 1 *", "0 15 * * 5", nil)
		c.Use(moved, at("2026-11-18 22:00"))
	}
	start()
	digests("2026-11-19 10:00", 0)
	start() // down since then
	digests("2026-11-23 11:00", 1)
}

// TestAnotherRuleHoldsUpNoDigest has an admin change another rule while a
// digest is to be tried again.
func TestAnotherRuleHoldsUpNoDigest(t *testing.T) {
	s := &spied{Store: office(t)}
	c := with(t, s, "0 0 1 1 *", "0 9 * * 1", nil)
	full := errors.New("the disk is full")
	for _, tick := range []struct {
		when  string
		fails error
	}{{"2026-11-06 17:00", nil}, {"2026-11-09 09:00", full}, {"2026-11-09 09:10", nil}} {
		s.fail = func(once string) error {
			if once == "" {
				return nil
			}
			return tick.fails
		}
		if tick.when == "2026-11-09 09:10" {
			same, err := scheduler.ParseSpec("0 9 * * 1", oslo)
			if err != nil {
				t.Fatal(err)
			}
			c.Use(scheduler.Plan{Settings: settings(), Nudges: c.Nudges, Digests: same}, at(tick.when).Add(-time.Minute))
		}
		if err := c.Tick(t.Context(), at(tick.when)); !errors.Is(err, tick.fails) {
			t.Errorf("%s: %v", tick.when, err)
		}
	}
	if n := notices(t, s.Store, hiring.Digest); n != 1 {
		t.Errorf("%d digests", n)
	}
}
