package scheduler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// jobSweep is the name under which the record keeps the last sweep that had
// something to do. One that lies ahead tells that the clock was set back.
const jobSweep = "sweep"

// setRight goes through everything owed, once, when the last sweep lies ahead.
// What that sweep saw as overdue is to be looked at after it, where no other
// would look before.
func (s *Scheduler) setRight(ctx context.Context, now time.Time) error {
	last, swept, err := s.Record.LastRun(ctx, jobSweep)
	if err != nil {
		return fmt.Errorf("last sweep: %w", err)
	}
	if !swept || !last.After(now) {
		return nil
	}
	s.Log.Warn("the clock was ahead; looking at everything owed", "last sweep", last)
	var people []hiring.UserID
	err = s.Record.View(ctx, func(r hiring.Record) (err error) {
		people, err = hiring.Owing(r)
		return err
	})
	failed := []error{err}
	for some := range slices.Chunk(people, peopleAtOnce) {
		failed = append(failed, s.forPeople(ctx, now, some, hiring.SetRight))
	}
	if err := errors.Join(failed...); err != nil {
		return fmt.Errorf("after a clock that was ahead: %w", err)
	}
	if err := s.Record.Ran(ctx, jobSweep, now); err != nil {
		return fmt.Errorf("note the sweep: %w", err)
	}
	return nil
}

// noted is the rule of a sweep, which is noted with whatever it moves.
func noted(r hiring.Record, s hiring.Settings, u hiring.UserID, now time.Time) (hiring.Change, error) {
	c, err := hiring.Sweep(r, s, u, now)
	c.Ran = hiring.Run{Job: jobSweep, At: now}
	return c, err
}
