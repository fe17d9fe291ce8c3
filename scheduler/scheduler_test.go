package scheduler_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/store"
)

var oslo = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err)
	}
	return zone
}()

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, oslo)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestParseSpec(t *testing.T) {
	tests := []struct{ it, spec, after, want string }{
		{"a quarter of an hour", "*/15 * * * *", "2026-11-23 09:07", "2026-11-23 09:15"},
		{"Monday at nine", "0 9 * * 1", "2026-11-23 09:00", "2026-11-30 09:00"},
		{"a zone of its own", "CRON_TZ=UTC 0 9 * * 1", "2026-11-23 09:00", "2026-11-23 10:00"},
		{"a time in the spring gap runs an hour later", "30 2 * * *", "2027-03-27 12:00", "2027-03-28 03:30"},
		{"and not again the same day", "30 2 * * *", "2027-03-28 03:30", "2027-03-29 02:30"},
		{"a time after the gap is as on any day", "0 9 * * *", "2027-03-27 12:00", "2027-03-28 09:00"},
		{"every quarter of an hour leaves the gap alone", "*/15 * * * *", "2027-03-28 01:45", "2027-03-28 03:00"},
		{"a word for a week", "@weekly", "2026-11-23 09:00", "2026-11-29 00:00"},
		{"a pause instead of a time", "@every 15m", "2026-11-23 09:07", "2026-11-23 09:22"},
		{"a leap day, far away", "0 9 29 2 *", "2026-11-23 09:00", "2028-02-29 09:00"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			s, err := scheduler.ParseSpec(tt.spec, oslo)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Next(at(tt.after)); !got.Equal(at(tt.want)) {
				t.Errorf("after %s: %v, want %s", tt.after, got.In(oslo), tt.want)
			}
		})
	}
	for _, bad := range []string{"", "nonsense", "61 * * * *", "TZ=Europe/Oslo", "* * * *", "@every", "@every x", "TZ=Mars/Base 0 9 * * *", "0 9 30 2 *", "0 0 9 * * 1"} {
		if _, err := scheduler.ParseSpec(bad, oslo); err == nil || !strings.Contains(err.Error(), strconv.Quote(bad)) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestTheSpringGapWestOfGreenwich has the gap where the clock is behind UTC.
func TestTheSpringGapWestOfGreenwich(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scheduler.ParseSpec("30 2 * * *", zone)
	if err != nil {
		t.Fatal(err)
	}
	for _, after := range []time.Time{time.Date(2027, 3, 13, 12, 0, 0, 0, zone), time.Date(2027, 3, 14, 1, 45, 0, 0, zone)} {
		if got := s.Next(after).In(zone).Format("02 15:04"); got != "14 03:30" {
			t.Errorf("after %v it runs at %s, want 14 03:30", after, got)
		}
	}
}

func TestATimeThatComesTwiceInAutumnRunsOnce(t *testing.T) {
	s, err := scheduler.ParseSpec("30 2 * * *", oslo)
	if err != nil {
		t.Fatal(err)
	}
	first := s.Next(at("2026-10-24 12:00"))
	second := s.Next(first)
	if first.UTC().Format("02 15:04") != "25 00:30" || second.UTC().Format("02 15:04") != "26 01:30" {
		t.Errorf("runs at %v and %v", first, second)
	}
}

func FuzzParseSpec(f *testing.F) {
	f.Add("*/15 * * * *")
	f.Add("TZ=Europe/Oslo")
	f.Add("@every 2s")
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := scheduler.ParseSpec(spec, oslo)
		if err != nil {
			return
		}
		now := at("2027-03-28 01:00")
		if next := s.Next(now); !next.IsZero() && !next.After(now) {
			t.Errorf("%q runs at %v after %v", spec, next, now)
		}
	})
}

// office is a store with one open role whose interviewer owes feedback.
func office(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "test.db"), store.Options{Settings: hiring.Settings{Zone: oslo}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	ctx := context.Background()
	change := func(by hiring.UserID, now time.Time, decide func(hiring.Act) (hiring.Change, error)) {
		t.Helper()
		err := s.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
			p, _ := r.Person(by)
			return decide(hiring.Act{Settings: settings(), Record: r, By: p, Now: now})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	change("UKARI", at("2026-11-02 09:00"), func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{HiringManager: "UKARI", Recruiter: "UOLA", Channel: "CDEV", Terms: hiring.Terms{
			Title: "Backend developer", Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
			Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
			MustHaves:  hiring.MustHaves("Go"),
			Interviews: []hiring.Stage{{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{"UINGRID"}}},
		}})
		return c, err
	})
	change("UOLA", at("2026-11-02 10:00"), func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Sign(1, 1); return c, err })
	change("UOLA", at("2026-11-02 11:00"), func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
		return c, err
	})
	change("UOLA", at("2026-11-02 12:00"), func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(1, "interview-1", hiring.Interview{Start: at("2026-11-03 09:00"), Length: time.Hour})
		return c, err
	})
	return s
}

func settings() hiring.Settings {
	return hiring.Settings{
		Zone: oslo, WorkDays: [7]bool{false, true, true, true, true, true, false}, WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour,
		Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(),
	}
}

func newScheduler(t *testing.T, r scheduler.Record) *scheduler.Scheduler {
	t.Helper()
	spec := func(line string) interface{ Next(time.Time) time.Time } {
		s, err := scheduler.ParseSpec(line, oslo)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return scheduler.New(scheduler.Config{
		Record: r, Settings: settings(), Nudges: spec("*/15 * * * *"), Digests: spec("0 9 * * 1"), Log: slog.New(slog.DiscardHandler),
	})
}

// notices counts the notices of a kind that are queued, to some people or to
// all.
func notices(t *testing.T, s *store.Store, kind hiring.NoticeKind, to ...hiring.UserID) int {
	t.Helper()
	all, err := s.Queued(context.Background(), at("2030-01-01 00:00"), 1000)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, x := range all {
		if x.Kind == kind && (len(to) == 0 || slices.Contains(to, x.User)) {
			n++
		}
	}
	return n
}

func TestTick(t *testing.T) {
	tests := []struct {
		it              string
		ticks           []string
		nudges, digests int
	}{
		{"nothing is due on the first start, not even last week's digest", []string{"2026-11-03 10:00"}, 0, 0},
		{"a nudge goes out when feedback is overdue", []string{"2026-11-04 09:45", "2026-11-04 10:00", "2026-11-04 10:15"}, 1, 0},
		{"a digest goes out on Monday at nine, once", []string{"2026-11-06 17:00", "2026-11-09 08:59", "2026-11-09 09:00", "2026-11-09 09:15", "2026-11-09 15:00"}, 1, 1},
		{"a digest missed while down is caught up", []string{"2026-11-06 17:00", "2026-11-10 13:00", "2026-11-10 13:15"}, 1, 1},
		{"several missed digests are one", []string{"2026-11-06 17:00", "2026-11-27 13:00", "2026-11-27 13:15"}, 1, 1},
		{"weekly digests go out every week; a reminder takes the place of one that was not sent", []string{"2026-11-06 17:00", "2026-11-09 09:00", "2026-11-16 09:00", "2026-11-23 09:00"}, 1, 3},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			s := office(t)
			c := newScheduler(t, s)
			for _, now := range tt.ticks {
				if err := c.Tick(context.Background(), at(now)); err != nil {
					t.Fatal(err)
				}
			}
			if n, d := notices(t, s, hiring.Nudge, "UINGRID"), notices(t, s, hiring.Digest); n != tt.nudges || d != tt.digests {
				t.Errorf("%d nudges and %d digests, want %d and %d", n, d, tt.nudges, tt.digests)
			}
		})
	}
}

func TestSeveralProcessesDoAPeriodOnce(t *testing.T) {
	s := office(t)
	for range 3 {
		c := newScheduler(t, s)
		for _, now := range []string{"2026-11-06 17:00", "2026-11-09 09:00", "2026-11-09 09:15"} {
			if err := c.Tick(context.Background(), at(now)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := notices(t, s, hiring.Digest); n != 1 {
		t.Errorf("%d digests", n)
	}
}

func TestRunTicksByItself(t *testing.T) {
	s := office(t)
	synctest.Test(t, func(t *testing.T) {
		offset := time.Until(at("2026-11-04 09:59"))
		clock := func() time.Time { return time.Now().Add(offset) }
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		quick := newScheduler(t, s)
		go func() { done <- quick.Run(ctx, clock) }()
		time.Sleep(2 * time.Minute) // of the bubble's clock
		synctest.Wait()
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	if n := notices(t, s, hiring.Nudge); n != 1 {
		t.Errorf("%d nudges", n)
	}
}
