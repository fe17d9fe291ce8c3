package scheduler_test

import (
	"errors"
	"testing"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// reminded returns when reminders to Ingrid were written.
func reminded(t *testing.T, s *store.Store) (list []string) {
	t.Helper()
	all, err := s.Queued(t.Context(), at("2030-01-01 00:00"), 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all {
		if n.Kind == hiring.Nudge && n.User == "UINGRID" {
			list = append(list, n.CreatedAt.In(oslo).Format("01-02 15:04"))
		}
	}
	return list
}

// TestRemindersAfterAClockAhead has one sweep see the clock four weeks ahead.
// Ingrid owes feedback since Wednesday 4 November, 10:00. What is overdue when
// the clock is right again, and what is so later, comes up in its time, also
// after a start.
func TestRemindersAfterAClockAhead(t *testing.T) {
	for _, tt := range []struct {
		it, right, again string
		starts           bool
		want             string
	}{
		{"what is overdue is looked at at once", "2026-11-05 10:00", "2026-11-05 10:15", false, "11-05 10:00"},
		{"also in another process", "2026-11-05 10:00", "2026-11-05 10:15", true, "11-05 10:00"},
		{"what is not due yet is looked at when it is", "2026-11-03 15:00", "2026-11-04 10:00", false, "11-04 10:00"},
		{"in the evening it waits for the morning", "2026-11-05 20:00", "2026-11-06 08:00", true, "11-06 08:00"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			s := &spied{Store: office(t)}
			c := newScheduler(t, s)
			sweep := func(when string) {
				t.Helper()
				if tt.starts {
					c = newScheduler(t, s)
				}
				if err := c.Sweep(t.Context(), at(when)); err != nil {
					t.Fatal(err)
				}
			}
			sweep("2026-11-03 14:45")
			sweep("2026-12-01 14:45")
			sweep(tt.right)
			sweep(tt.again)
			if got := reminded(t, s.Store); len(got) != 1 || got[0] != tt.want {
				t.Errorf("reminded on %v, want %s", got, tt.want)
			}
		})
	}
}

// TestEverythingOwedIsReadOnce after a clock that was ahead, unless that fails.
func TestEverythingOwedIsReadOnce(t *testing.T) {
	s := twoOwe(t)
	c := newScheduler(t, s)
	sweep := func(when string, want error) (views int32) {
		t.Helper()
		before := s.views.Load()
		if err := c.Sweep(t.Context(), at(when)); !errors.Is(err, want) {
			t.Errorf("%s: %v", when, err)
		}
		return s.views.Load() - before
	}
	usual := sweep("2026-12-01 10:00", nil)
	tried := 0
	full := s.nobody(&tried)
	if n := sweep("2026-11-03 10:00", full); n == usual || tried == 0 {
		t.Errorf("%d views, usually %d; %d people were tried", n, usual, tried)
	}
	s.fail = nil
	if n := sweep("2026-11-03 10:15", nil); n == usual {
		t.Error("what failed is not tried again")
	}
	if n := sweep("2026-11-03 10:30", nil); n != usual {
		t.Errorf("then %d views, usually %d", n, usual)
	}
}
