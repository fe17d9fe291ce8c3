package scheduler_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/store"
)

// spied counts what a scheduler does with a record, and fails on demand.
type spied struct {
	*store.Store
	digests []time.Time // when digests were asked for
	views   atomic.Int32
	fail    func(once string) error // nil lets everything through
}

// View implements [scheduler.Record].
func (s *spied) View(ctx context.Context, fn func(hiring.Record) error) error {
	s.views.Add(1)
	return s.Store.View(ctx, fn)
}

// Changes implements [scheduler.Record].
func (s *spied) Changes(ctx context.Context, now time.Time, decide ...func(hiring.Record) (hiring.Change, error)) []error {
	for i := range decide {
		if s.fail == nil {
			break
		}
		if err := s.fail(""); err != nil {
			decide[i] = func(hiring.Record) (hiring.Change, error) { return hiring.Change{}, err }
		}
	}
	return s.Store.Changes(ctx, now, decide...)
}

// Change implements [scheduler.Record].
func (s *spied) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	if strings.HasPrefix(once, "digest/") {
		s.digests = append(s.digests, now)
	}
	if s.fail != nil {
		if err := s.fail(once); err != nil {
			return err
		}
	}
	return s.Store.Change(ctx, once, now, decide)
}

// with returns a scheduler with other cron lines and a log.
func with(t *testing.T, r scheduler.Record, nudges, digests string, log *bytes.Buffer) *scheduler.Scheduler {
	t.Helper()
	c := newScheduler(t, r).Config
	var err error
	if c.Nudges, err = scheduler.ParseSpec(nudges, oslo); err != nil {
		t.Fatal(err)
	}
	if c.Digests, err = scheduler.ParseSpec(digests, oslo); err != nil {
		t.Fatal(err)
	}
	if log != nil {
		c.Log = slog.New(slog.NewTextHandler(log, nil))
	}
	return scheduler.New(c)
}

// TestNightsWhenTheClockJumps ticks every quarter of an hour through three
// days around each night, as several processes would one after the other.
func TestNightsWhenTheClockJumps(t *testing.T) {
	for _, tt := range []struct{ it, from, spec, want string }{
		{"a time inside the spring gap runs once", "2027-03-27 00:00", "30 2 * * *", "27 01:30, 28 01:30, 29 00:30"},
		{"a time at the start of the gap runs once", "2027-03-27 00:00", "0 2 * * *", "27 01:00, 28 01:00, 29 00:00"},
		{"a time at its end runs once", "2027-03-27 00:00", "0 3 * * *", "27 02:00, 28 01:00, 29 01:00"},
		{"a time shown twice in autumn runs once", "2026-10-24 00:00", "30 2 * * *", "24 00:30, 25 00:30, 26 01:30"},
		{"a time just before the hour shown twice", "2026-10-24 00:00", "45 1 * * *", "23 23:45, 24 23:45, 26 00:45"},
		{"a time after it", "2026-10-24 00:00", "0 3 * * *", "24 01:00, 25 02:00, 26 02:00"},
		{"the morning of the spring day", "2027-03-27 00:00", "0 9 * * *", "27 08:00, 28 07:00, 29 07:00"},
		{"the morning of the autumn day", "2026-10-24 00:00", "0 9 * * *", "24 07:00, 25 08:00, 26 08:00"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			s := &spied{Store: office(t)}
			start := at(tt.from)
			for i := range 3 * 24 * 4 {
				for range 2 { // processes that start anew
					c := with(t, s, "0 0 1 1 *", tt.spec, nil)
					if err := c.Tick(t.Context(), start.Add(time.Duration(i)*15*time.Minute)); err != nil {
						t.Fatal(err)
					}
				}
			}
			var ran []string
			for _, d := range s.digests {
				ran = append(ran, d.UTC().Format("02 15:04"))
			}
			if got := strings.Join(ran, ", "); got != tt.want {
				t.Errorf("ran at %s (UTC), want %s", got, tt.want)
			}
		})
	}
}

func TestAClockSetBack(t *testing.T) {
	s := &spied{Store: office(t)}
	c := newScheduler(t, s)
	tick := func(now string) {
		t.Helper()
		if err := c.Tick(t.Context(), at(now)); err != nil {
			t.Fatal(err)
		}
	}
	tick("2027-11-09 10:00") // a year ahead
	swept := s.views.Load()
	tick("2026-11-06 17:00")
	if s.views.Load() == swept {
		t.Error("nothing was swept after the clock was set back")
	}
	tick("2026-11-09 09:00")
	tick("2026-11-09 09:15")
	if n := notices(t, s.Store, hiring.Digest); n != 1 {
		t.Errorf("%d digests after the clock was set back", n)
	}
}

func TestAFailureIsMadeUpForByTheNextTick(t *testing.T) {
	s := &spied{Store: office(t)}
	c := newScheduler(t, s)
	if err := c.Tick(t.Context(), at("2026-11-06 17:00")); err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	s.fail = func(once string) error {
		if once != "" {
			return full
		}
		return nil
	}
	if err := c.Tick(t.Context(), at("2026-11-09 09:00")); !errors.Is(err, full) {
		t.Errorf("the tick ended with %v", err)
	}
	s.fail = nil
	if err := c.Tick(t.Context(), at("2026-11-09 09:01")); err != nil {
		t.Error(err)
	}
	if n := notices(t, s.Store, hiring.Digest); n != 1 {
		t.Errorf("%d digests", n)
	}
}

// twoOwe is an office in which a second person owes something, too.
func twoOwe(t *testing.T) *spied {
	t.Helper()
	s := &spied{Store: office(t)}
	err := s.Store.Change(t.Context(), "", at("2026-11-02 13:00"), func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person("UOLA")
		if err != nil {
			return hiring.Change{}, err
		}
		kari, err := r.Role(1)
		if err != nil {
			return hiring.Change{}, err
		}
		p.ID = kari.HiringManager
		a := hiring.Act{Settings: settings(), Record: r, By: p, Now: at("2026-11-02 13:00")}
		_, c, err := a.ChangeBrief(1, 1, hiring.Terms{
			Title: "Backend developer", Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
			Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
			MustHaves: hiring.MustHaves("Go", "SQL"), Interviews: kari.Brief().Terms.Interviews,
		}, "We need SQL")
		return c, err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// nobody lets nothing be written but the last run of the digests, and counts
// who is tried.
func (s *spied) nobody(tried *int) error {
	full := errors.New("the disk is full")
	s.fail = func(string) error { *tried++; return full }
	return full
}

// TestOnePersonHoldsUpNobody has two people owe something. What fails for the
// first is returned, and the second is nudged.
func TestOnePersonHoldsUpNobody(t *testing.T) {
	s := twoOwe(t)
	tried, full := 0, errors.New("the disk is full")
	s.fail = func(string) error {
		if tried++; tried == 1 {
			return full
		}
		return nil
	}
	c := with(t, s, "*/15 * * * *", "0 9 * * 1", nil)
	now := at("2026-11-06 10:00")
	if err := c.Tick(t.Context(), now); !errors.Is(err, full) || strings.Count(err.Error(), "nudge [U") != 1 {
		t.Errorf("the tick ended with %v", err)
	}
	if n := notices(t, s.Store, hiring.Nudge); n != 1 {
		t.Errorf("%d people were nudged, want the second", n)
	}
	tried = 1
	if err := c.Tick(t.Context(), now.Add(time.Minute)); err != nil {
		t.Error(err)
	}
	if n := notices(t, s.Store, hiring.Nudge); n != 2 || tried != 2 {
		t.Errorf("after the next tick %d people were nudged, want both; %d were tried, want the first alone", n, tried-1)
	}
}

// TestASweepThatFailsForAllIsTriedAgain has a disk that is full for a moment,
// where the next planned sweep is a day away.
func TestASweepThatFailsForAllIsTriedAgain(t *testing.T) {
	s := twoOwe(t)
	tried := 0
	full := s.nobody(&tried)
	conf := with(t, s, "0 10 * * *", "0 9 * * 1", nil).Config
	var heard []error
	conf.Swept = func(_, _ time.Time, err error) { heard = append(heard, err) }
	c := scheduler.New(conf)
	now := at("2026-11-06 10:00")
	if err := c.Tick(t.Context(), now); !errors.Is(err, full) || tried != 2 || strings.Count(err.Error(), full.Error()) != 1 {
		t.Errorf("%d people were tried; the tick ended with %v", tried, err)
	}
	s.fail = nil
	for i := range 10 {
		if err := c.Tick(t.Context(), now.Add(time.Duration(i+1)*time.Minute)); err != nil {
			t.Error(err)
		}
		if n := notices(t, s.Store, hiring.Nudge); n != 2 {
			t.Errorf("%d minutes after the disk was freed, %d people were nudged, want both", i+1, n)
		}
	}
	if len(heard) != 2 || !errors.Is(heard[0], full) || heard[1] != nil {
		t.Errorf("heard of sweeps that ended with %v", heard)
	}
}

// TestWhatFailsForEverIsNotTriedWithEveryTick ticks each minute of a day on
// which nothing can be written.
func TestWhatFailsForEverIsNotTriedWithEveryTick(t *testing.T) {
	for _, tt := range []struct {
		it, from, nudges string
		least, most      int
	}{
		{"a sweep once a day is tried each quarter of an hour", "2026-11-06 10:00", "0 10 * * *", 95, 105},
		{"a sweep each half hour comes to no more", "2026-11-06 10:00", "*/30 * * * *", 95, 105},
		{"a sweep each minute is never held up", "2026-11-06 10:00", "* * * * *", 1440, 1440},
		{"nor does a digest hold up a sweep, or a sweep a digest", "2026-11-09 09:00", "0 9 * * *", 2 * 95, 2 * 105},
	} {
		t.Run(tt.it, func(t *testing.T) {
			s := &spied{Store: office(t)}
			if err := s.Ran(t.Context(), "digests", at("2026-11-06 09:00")); err != nil {
				t.Fatal(err)
			}
			s.nobody(new(int))
			c := with(t, s, tt.nudges, "0 9 * * 1", nil)
			failed := 0
			for i := range 24 * 60 {
				if err := c.Tick(t.Context(), at(tt.from).Add(time.Duration(i)*time.Minute)); err != nil {
					failed += strings.Count(err.Error(), "nudge [") + strings.Count(err.Error(), "digests: ")
				}
			}
			if failed < tt.least || failed > tt.most {
				t.Errorf("%d attempts failed, want %d to %d", failed, tt.least, tt.most)
			}
		})
	}
}

// TestWhatCouldNotBeDeliveredFails has the second part of a sweep fail, and the
// clock set back meanwhile.
func TestWhatCouldNotBeDeliveredFails(t *testing.T) {
	s := &spied{Store: office(t)}
	now := at("2026-11-03 10:00") // nobody owes anything yet
	err := s.Store.Change(t.Context(), "", now.AddDate(0, 0, -1), func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Unreachable: []hiring.Unreachable{{To: hiring.Conversation{User: "UOLA"}, Since: now.AddDate(0, 0, -2), TryAt: now.AddDate(0, 0, -1)}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	full := s.nobody(&tried)
	c := newScheduler(t, s)
	for i, when := range []time.Time{now, now.Add(time.Minute), now.Add(-time.Hour), now.Add(-time.Hour + time.Minute)} {
		if err := c.Tick(t.Context(), when); !errors.Is(err, full) || tried != i+1 {
			t.Errorf("tick %d: %d tries; it ended with %v", i+1, tried, err)
		}
	}
}

// TestRunNoticesAJump has the computer sleep from Monday to Thursday: the
// timer stands still meanwhile, the clock does not.
func TestRunNoticesAJump(t *testing.T) {
	s := &spied{Store: office(t)}
	synctest.Test(t, func(t *testing.T) {
		var jump atomic.Int64
		start := time.Now()
		clock := func() time.Time {
			return at("2026-11-06 17:00").Add(time.Since(start) + time.Duration(jump.Load()))
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- with(t, s, "0 0 1 1 *", "0 9 * * 1", nil).Run(ctx, clock) }()
		time.Sleep(30 * time.Second)
		jump.Store(int64(6 * 24 * time.Hour))
		time.Sleep(time.Minute)
		synctest.Wait()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	if n := notices(t, s.Store, hiring.Digest); n != 1 {
		t.Errorf("%d digests", n)
	}
}

// TestRunGoesOn logs what fails and tries again.
func TestRunGoesOn(t *testing.T) {
	s := &spied{Store: office(t)}
	var log bytes.Buffer
	failed := 0
	s.fail = func(once string) error {
		if once == "" {
			return nil
		}
		if failed++; failed < 4 {
			return errors.New("the disk is full")
		}
		return nil
	}
	if err := s.Ran(t.Context(), "digests", at("2026-11-06 17:00")); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		clock := func() time.Time { return at("2026-11-09 08:59").Add(time.Since(start)) }
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- with(t, s, "0 0 1 1 *", "0 9 * * 1", &log).Run(ctx, clock) }()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	if n := notices(t, s.Store, hiring.Digest); n != 1 || !strings.Contains(log.String(), "the disk is full") {
		t.Errorf("%d digests; the log says\n%s", n, &log)
	}
}

// TestNextSweep has a sweep at ten, and another schedule set after it.
func TestNextSweep(t *testing.T) {
	for _, tt := range []struct {
		it, set, to, now, want string
		fails                  bool
	}{
		{"it keeps to its schedule", "", "", "2026-11-03 10:01", "2026-11-03 10:15", false},
		{"it stays where it was while it is late", "", "", "2026-11-03 10:40", "2026-11-03 10:15", false},
		{"what fails is tried with the next tick", "", "", "2026-11-03 10:01", "2026-11-03 10:00", true},
		{"a rarer schedule holds at once", "2026-11-03 10:05", "0 * * * *", "2026-11-03 10:20", "2026-11-03 11:00", false},
		{"a more frequent one makes nothing late", "2026-11-03 10:08", "* * * * *", "2026-11-03 10:08", "2026-11-03 10:09", false},
		{"one that was set before the clock was set back counts from the last sweep", "2026-11-03 18:00", "0 * * * *", "2026-11-03 10:20", "2026-11-03 11:00", false},
		{"a clock set back behind the last sweep has it at once", "", "", "2026-11-03 09:00", "2026-11-03 09:00", false},
	} {
		t.Run(tt.it, func(t *testing.T) {
			s := &spied{Store: office(t)}
			conf := newScheduler(t, s).Config
			conf.Start = at("2026-11-03 09:58")
			c := scheduler.New(conf)
			if got := c.NextSweep(at("2026-11-03 10:00")); !got.Equal(conf.Start) {
				t.Errorf("the first sweep is to be at %v, want at the start", got)
			}
			if tt.fails {
				c.Record = shut{s}
			}
			if err := c.Tick(t.Context(), at("2026-11-03 10:00")); (err != nil) != tt.fails {
				t.Fatal(err)
			}
			if tt.set != "" {
				plan := scheduler.Plan{Settings: conf.Settings, Digests: conf.Digests}
				var err error
				if plan.Nudges, err = scheduler.ParseSpec(tt.to, oslo); err != nil {
					t.Fatal(err)
				}
				c.Use(plan, at(tt.set))
			}
			if got := c.NextSweep(at(tt.now)); !got.Equal(at(tt.want)) {
				t.Errorf("as of %s the next sweep is at %v, want %s", tt.now, got.In(oslo), tt.want)
			}
		})
	}
}

// shut is a record that cannot be read.
type shut struct{ *spied }

func (shut) View(context.Context, func(hiring.Record) error) error { return errors.New("shut") }

// TestNextSweepIsAskedForWhileItTicks is for the race detector.
func TestNextSweepIsAskedForWhileItTicks(t *testing.T) {
	c := newScheduler(t, office(t))
	plan := scheduler.Plan{Settings: c.Settings, Nudges: c.Nudges, Digests: c.Digests}
	now := at("2026-11-03 10:00")
	var group sync.WaitGroup
	for _, do := range []func(at time.Time){
		func(at time.Time) { c.NextSweep(at) },
		func(at time.Time) { c.Use(plan, at) },
		func(at time.Time) {
			if err := c.Tick(t.Context(), at); err != nil {
				t.Error(err)
			}
		},
	} {
		group.Go(func() {
			for i := range 100 {
				do(now.Add(time.Duration(i) * time.Minute))
			}
		})
	}
	group.Wait()
}
