package main

import (
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/store"
)

var openItems = flag.Int("bench.open", 1_000_000, "how many things are owed in the larger record of BenchmarkSweep")

// dueItems are due at every sweep, ten by each of a hundred people, who owe all
// the rest as well.
const (
	dueItems  = 1000
	duePeople = 100
)

// BenchmarkSweep sweeps, turn by turn, a record in which 1,000 things are owed
// and due, and one in which as many are due of a million. A sweep reads,
// reminds and writes to disk. Then it sweeps once more, when there is nothing
// to do any more: that writes nothing.
func BenchmarkSweep(b *testing.B) {
	small, large := newSwept(b, dueItems), newSwept(b, *openItems)
	var took [2]time.Duration
	monday := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for i := range b.N {
		now := monday.AddDate(0, 0, i)
		for j, s := range []*swept{small, large} {
			began := time.Now()
			s.sweep(b, now)
			took[j] += time.Since(began)
			if s.reminded < duePeople*(i+1) {
				b.Fatalf("%d people were reminded after %d sweeps", s.reminded, i+1)
			}
			before := s.commits
			s.sweep(b, now.Add(15*time.Minute))
			if s.commits != before {
				b.Fatal("a sweep that finds nothing has written")
			}
		}
	}
	b.ReportMetric(took[0].Seconds()*1000/float64(b.N), "ms-1000")
	b.ReportMetric(took[1].Seconds()*1000/float64(b.N), fmt.Sprintf("ms-%d", *openItems))
	b.ReportMetric(took[1].Seconds()/took[0].Seconds(), "sweep-ratio")
	b.ReportMetric(0, "ns/op")
}

// swept is a record that is swept.
type swept struct {
	*store.Store
	scheduler *scheduler.Scheduler
	commits   int
	reminded  int // each writes for itself
}

func newSwept(b *testing.B, open int) *swept {
	b.Helper()
	s := &swept{}
	path := filepath.Join(b.TempDir(), "samsvar.db")
	fillRecord(b, path, 1)
	var err error
	s.Store, err = store.Open(path, store.Options{Committed: func(writers, _ int, _ error) {
		s.commits++
		s.reminded += writers
	}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	always := hiring.Settings{Zone: time.UTC, WorkDays: [7]bool{true, true, true, true, true, true, true}, WorkTo: 24 * time.Hour, Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing()}
	s.scheduler = scheduler.New(scheduler.Config{Record: s, Settings: always, Log: slog.New(slog.DiscardHandler)})
	long := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	for from := 0; from < open; from += 10_000 {
		var c hiring.Change
		for i := from; i < min(from+10_000, open); i++ {
			due := long
			if i >= dueItems {
				due = long.AddDate(10, 0, i%1000)
			}
			who := hiring.UserID(fmt.Sprintf("U%03d", i%duePeople))
			c.Owe = append(c.Owe, hiring.Owed{Subject: hiring.NextSubject(1, hiring.CandidateID(i+1), hiring.StageScreen, who), Since: long, DueAt: due, NudgeAt: due})
		}
		if err := s.Change(b.Context(), "", long, func(hiring.Record) (hiring.Change, error) { return c, nil }); err != nil {
			b.Fatal(err)
		}
	}
	s.reminded = 0
	return s
}

// sweep sweeps once.
func (s *swept) sweep(b *testing.B, now time.Time) {
	b.Helper()
	if err := s.scheduler.Sweep(b.Context(), now); err != nil {
		b.Fatal(err)
	}
}
