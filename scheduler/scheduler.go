// Package scheduler is time: it runs the sweep for what is overdue and the
// weekly digests on their cron lines, and catches up once on what was missed
// while the process was down. It decides nothing itself; package hiring does.
package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/samsvar/samsvar/hiring"
)

// Record is where everything is kept.
type Record interface {
	// View runs fn on one consistent moment and returns its error.
	View(ctx context.Context, fn func(hiring.Record) error) error
	// Change decides and writes in one transaction. once names the act: a
	// second time it returns [hiring.ErrRepeated] and writes nothing. An error
	// of decide is returned and nothing is written.
	Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error
	// Changes is the same for several decisions, in order, that share a commit:
	// each is all or nothing for itself. It returns the error of each.
	Changes(ctx context.Context, now time.Time, decide ...func(hiring.Record) (hiring.Change, error)) []error
	// LastRun returns when a job last ran; false when it never did.
	LastRun(ctx context.Context, job string) (time.Time, bool, error)
	// Ran notes when a job ran.
	Ran(ctx context.Context, job string, at time.Time) error
}

// Config is what a [Scheduler] needs.
type Config struct {
	Record   Record
	Settings hiring.Settings
	Nudges   cron.Schedule    // of the sweep for what is overdue
	Digests  cron.Schedule    // of the weekly digests
	Channel  hiring.ChannelID // hears the digest over all roles; empty for none
	Log      *slog.Logger
	Start    time.Time // when the first sweep is to be; zero for the first tick
	// Swept hears of each sweep: when it was to be, when it was, and its
	// error. Nil for nobody.
	Swept func(planned, now time.Time, err error)
}

// Plan is what admins can change while the scheduler runs.
type Plan struct {
	Settings hiring.Settings
	Nudges   cron.Schedule
	Digests  cron.Schedule
	Channel  hiring.ChannelID
}

// Scheduler runs jobs when they are due.
type Scheduler struct {
	Config
	plan    atomic.Pointer[inForce]
	sweep   atomic.Pointer[attempt] // the last sweep
	digests attempt                 // the last run of the digests
}

// inForce is a plan and since when it holds.
type inForce struct {
	Plan
	since        time.Time
	digestsSince time.Time // its schedule of the digests; zero for since ever
}

// New returns a scheduler. It is not for several goroutines at once, but for
// [Scheduler.Use] and [Scheduler.NextSweep].
func New(c Config) *Scheduler {
	s := &Scheduler{Config: c}
	s.sweep.Store(&attempt{})
	s.plan.Store(&inForce{Plan: Plan{c.Settings, c.Nudges, c.Digests, c.Channel}, since: c.Start})
	return s
}

// Use lets the scheduler go by another plan from its next tick on. set is when
// it was set: what it would have had done before is not made up for. A schedule
// of the digests that stays the same has been set before.
func (s *Scheduler) Use(p Plan, set time.Time) {
	next := &inForce{p, set, set}
	if before := s.plan.Load(); reflect.DeepEqual(before.Digests, p.Digests) {
		next.digestsSince = before.digestsSince
	}
	s.plan.Store(next)
}

// jobDigests is the name under which the record keeps the digests' last run.
const jobDigests = "digests"

// Tick runs what is due by now.
func (s *Scheduler) Tick(ctx context.Context, now time.Time) error {
	return errors.Join(s.tickNudges(ctx, now), s.tickDigests(ctx, now))
}

// tickNudges sweeps at once after a start, and then on its schedule; what fails
// is tried again before. Nothing about it needs to be kept: what is to be
// looked at next stands with each debt, so a sweep missed while down is made up
// for by the next one, and whoever was nudged by one that failed for others is
// not nudged again.
func (s *Scheduler) tickNudges(ctx context.Context, now time.Time) error {
	planned := s.NextSweep(now)
	if planned.IsZero() || planned.After(now) {
		return nil
	}
	err := s.Sweep(ctx, now)
	last := s.sweep.Load().then(now, err)
	s.sweep.Store(&last)
	if s.Swept != nil {
		s.Swept(planned, now, err)
	}
	return err
}

// NextSweep returns when the next sweep is to be, as of now: at a time past when
// it is late, zero for never. A schedule counts from when it was set, so that
// nothing is late by one that did not hold then. A last sweep that is ahead
// means that the clock was set back: it counts for nothing.
func (s *Scheduler) NextSweep(now time.Time) time.Time {
	plan, last := s.plan.Load(), s.sweep.Load()
	switch {
	case last.at.IsZero() && !s.Start.IsZero() && s.Start.Before(now):
		return s.Start
	case last.at.IsZero() || last.at.After(now):
		return now
	}
	from := last.at
	if plan.since.After(from) && !plan.since.After(now) {
		from = plan.since
	}
	next := plan.Nudges.Next(from)
	if again := last.again(); last.failed() && (next.IsZero() || again.Before(next)) {
		next = again
	}
	return next
}

// usual says whether the time of the digests' schedule has come since their
// last run, and since it was set.
func (p *inForce) usual(last, now time.Time) bool {
	if p.digestsSince.After(last) && !p.digestsSince.After(now) {
		last = p.digestsSince
	}
	next := p.Digests.Next(last)
	return !next.IsZero() && !next.After(now)
}

// tickDigests looks for digests with each tick. What fails is tried again as a
// sweep is.
func (s *Scheduler) tickDigests(ctx context.Context, now time.Time) error {
	if last := s.digests; last.failed() && !last.at.After(now) && last.again().After(now) {
		return nil
	}
	err := s.runDigests(ctx, now)
	s.digests = s.digests.then(now, err)
	return err
}

// runDigests runs the digests whose time has come since the last run;
// several missed times are one run. The first start has nothing to catch up,
// nor has a clock that was set back behind the last run.
func (s *Scheduler) runDigests(ctx context.Context, now time.Time) error {
	last, ran, err := s.Record.LastRun(ctx, jobDigests)
	if err != nil {
		return fmt.Errorf("last run of the digests: %w", err)
	}
	if !ran || last.After(now) {
		return s.ran(ctx, now)
	}
	plan := s.plan.Load()
	span := hiring.DigestSpan{After: last, Until: now, Usual: plan.usual(last, now), Next: plan.Digests.Next(now), Workspace: plan.Channel}
	wanted := false
	err = s.Record.View(ctx, func(r hiring.Record) (err error) {
		wanted, err = hiring.DigestsDue(r, plan.Settings, span)
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("digests: %w", err)
	case !wanted:
		return nil
	}
	// The plan claims each channel's week; the name is for two processes that
	// tick at once.
	once := "digest/"
	if !span.Usual {
		once = "digest at another time/"
	}
	once += now.UTC().Format(time.RFC3339Nano)
	err = s.Record.Change(ctx, once, now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.PlanDigests(r, plan.Settings, span)
	})
	if err != nil && !errors.Is(err, hiring.ErrRepeated) {
		return fmt.Errorf("digests: %w", err)
	}
	return s.ran(ctx, now)
}

func (s *Scheduler) ran(ctx context.Context, now time.Time) error {
	if err := s.Record.Ran(ctx, jobDigests, now); err != nil {
		return fmt.Errorf("note the run of the digests: %w", err)
	}
	return nil
}

// peopleAtOnce bounds how many people's sweeps share a commit. A sync to disk
// for each takes longer than reminding them; whoever else writes waits for all
// of them.
const peopleAtOnce = 50

// Sweep nudges and escalates what is to be looked at by now, each person all or
// nothing: what fails for one holds up nobody. It then sees to what could not
// be delivered. It returns all that failed.
func (s *Scheduler) Sweep(ctx context.Context, now time.Time) error {
	failed := []error{s.setRight(ctx, now)}
	var due []hiring.UserID
	err := s.Record.View(ctx, func(r hiring.Record) (err error) {
		due, err = r.Due(now)
		return err
	})
	if err != nil {
		return fmt.Errorf("sweep: %w", err)
	}
	rule := noted
	if failed[0] != nil { // the last sweep still tells that the clock was ahead
		rule = hiring.Sweep
	}
	for people := range slices.Chunk(due, peopleAtOnce) {
		failed = append(failed, s.forPeople(ctx, now, people, rule))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return errors.Join(append(failed, s.sweepUndelivered(ctx, now))...)
}

// forPeople lets a rule decide for each of some people.
func (s *Scheduler) forPeople(ctx context.Context, now time.Time, people []hiring.UserID, rule func(hiring.Record, hiring.Settings, hiring.UserID, time.Time) (hiring.Change, error)) error {
	decide := make([]func(hiring.Record) (hiring.Change, error), len(people))
	for i, u := range people {
		decide[i] = func(r hiring.Record) (hiring.Change, error) {
			c, err := rule(r, s.plan.Load().Settings, u, now)
			if len(c.Dropped) > 0 {
				s.Log.Debug("reminders that were not sent give way to a later one", "notices", c.Dropped)
			}
			return c, err
		}
	}
	return together(people, s.Record.Changes(ctx, now, decide...))
}

// together joins what failed for people. What fails for many for one reason, as
// a commit does, is one error: a full disk is not said fifty times.
func together(people []hiring.UserID, errs []error) error {
	whom := make(map[string][]hiring.UserID)
	var reasons []error
	for i, err := range errs {
		if err == nil || errors.Is(err, hiring.ErrNothing) {
			continue
		}
		if whom[err.Error()] == nil {
			reasons = append(reasons, err)
		}
		whom[err.Error()] = append(whom[err.Error()], people[i])
	}
	for i, err := range reasons {
		reasons[i] = fmt.Errorf("nudge %v: %w", whom[err.Error()], err)
	}
	return errors.Join(reasons...)
}

// sweepUndelivered tries again what could not be delivered, and gives up what
// has waited too long.
func (s *Scheduler) sweepUndelivered(ctx context.Context, now time.Time) error {
	decide := func(r hiring.Record) (hiring.Change, error) {
		return hiring.SweepUndelivered(r, s.plan.Load().Settings, now)
	}
	err := s.Record.View(ctx, func(r hiring.Record) error {
		_, err := decide(r)
		return err
	})
	if err == nil {
		err = s.Record.Change(ctx, "", now, decide)
	}
	if err != nil && !errors.Is(err, hiring.ErrNothing) {
		return fmt.Errorf("try again what could not be delivered: %w", err)
	}
	return nil
}

// Next returns when something is to be done next, after now; zero for never.
func (s *Scheduler) Next(now time.Time) time.Time {
	next := s.plan.Load().Nudges.Next(now)
	if d := s.plan.Load().Digests.Next(now); !d.IsZero() && (next.IsZero() || d.Before(next)) {
		next = d
	}
	return next
}

// maxWait bounds a sleep, so that a clock that jumps and a computer that slept
// are noticed.
const maxWait = time.Minute

// Run ticks until ctx ends. What fails is logged and tried again with the
// next tick, then less and less often.
func (s *Scheduler) Run(ctx context.Context, clock func() time.Time) error {
	for {
		now := clock()
		if err := s.Tick(ctx, now); err != nil && ctx.Err() == nil {
			s.Log.Error("a scheduled job failed", "error", err)
		}
		wait := maxWait
		if next := s.Next(now); !next.IsZero() {
			wait = min(maxWait, max(next.Sub(now), time.Millisecond))
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}
