package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/hiring"
)

var manyOwed = flag.Int("owed", 100_000, "how many things are owed in the larger record of BenchmarkDue")

// BenchmarkDue reads the 1,000 things due out of 1,000 and out of many: a
// sweep reads what is due, so the two take the same.
func BenchmarkDue(b *testing.B) {
	for _, total := range []int{1000, *manyOwed} {
		b.Run(fmt.Sprintf("1000 of %d", total), func(b *testing.B) {
			s := must(Open(filepath.Join(b.TempDir(), "samsvar.db"), Options{}))
			defer s.Close()
			s.engine.db.NoSync = true
			oweMany(b, s, total)
			for b.Loop() {
				ok(b, s.View(b.Context(), func(r hiring.Record) error {
					due, err := r.Due(monday)
					if len(due) != 100 {
						b.Fatalf("%d people", len(due))
					}
					return err
				}))
			}
		})
	}
}

func oweMany(b *testing.B, s *Store, total int) {
	const batch = 10_000
	for from := 0; from < total; from += batch {
		var c hiring.Change
		for i := from; i < min(from+batch, total); i++ {
			at := monday
			if i >= 1000 {
				at = monday.Add(time.Duration(i) * time.Minute)
			}
			c.Owe = append(c.Owe, testOwed(1, hiring.CandidateID(i+1), hiring.UserID(fmt.Sprintf("U%02d", i%100)), at))
		}
		ok(b, s.Change(b.Context(), "", monday, func(hiring.Record) (hiring.Change, error) { return c, nil }))
	}
}

// BenchmarkChange compares a typical change, a candidate moved into an
// interview, with bbolt putting and deleting the same bytes under the same
// keys, turn by turn. The ratios are how many times faster than bbolt's own way
// the store is; above 1 is better.
func BenchmarkChange(b *testing.B) {
	for _, writers := range []int{1, 16, 256} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			turn := max(200, 4*writers)
			s := benchRecord(b)
			var changes [][]entry // of the turn
			teacher, byUpdate, byBatch := benchRecord(b), bare(b), bare(b)
			teacher.engine.db.NoSync = true
			ways := []func(i int) error{
				func(i int) error {
					return s.Change(context.Background(), fmt.Sprint("act ", i), benchNow(i), moveOn(i))
				},
				func(i int) error { return byUpdate.Update(write(changes[i%turn])) },
				func(i int) error { return byBatch.Batch(write(changes[i%turn])) },
			}
			if writers == 1 { // alone, Batch only waits for its timer
				ways = ways[:2]
			}
			took := make([]time.Duration, len(ways))
			for i := range b.N {
				changes = learn(b, teacher, i*turn, turn)
				for way, do := range ways {
					took[way] += spread(turn, writers, func(j int) error { return do(i*turn + j) })
				}
			}
			b.ReportMetric(float64(b.N*turn)/took[0].Seconds(), "changes/s")
			b.ReportMetric(took[1].Seconds()/took[0].Seconds(), "ratio-Update")
			if writers > 1 {
				b.ReportMetric(took[2].Seconds()/took[0].Seconds(), "ratio-Batch")
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}

// spread has writers do n things and returns how long it took.
func spread(n, writers int, do func(i int) error) time.Duration {
	start := time.Now()
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := w; i < n; i += writers {
				if err := do(i); err != nil {
					panic(err)
				}
			}
		})
	}
	group.Wait()
	return time.Since(start)
}

// benchNow is when the i-th change is made.
func benchNow(i int) time.Time { return monday.Add(time.Duration(i) * time.Second) }

// benchCandidates is how many candidates the changes go round.
const benchCandidates = 500

// moveOn is the i-th change: a candidate moves, with what comes with it:
// feedback asked for, owed, an event and a notice.
func moveOn(i int) func(hiring.Record) (hiring.Change, error) {
	return func(r hiring.Record) (hiring.Change, error) {
		c, err := r.Candidate(hiring.CandidateID(i%benchCandidates + 1))
		if err != nil {
			return hiring.Change{}, err
		}
		to := interview
		if c.Stage == interview {
			to = hiring.StageScreen
		}
		c.Journey = append(c.Journey[:1:1], hiring.Move{At: monday, From: c.Stage, To: to, By: recruiter})
		c.Stage = to
		o := testOwed(1, c.ID, expert, monday.Add(time.Duration(i*7919%1000)*time.Hour))
		return hiring.Change{
			Candidates: []hiring.Candidate{c},
			Feedback:   []hiring.Feedback{{FeedbackKey: o.Subject.FeedbackKey(), Role: 1, Revision: 1, Status: hiring.Requested, InterviewEnd: monday, DueAt: o.DueAt}},
			Owe:        []hiring.Owed{o},
			Events:     []hiring.Event{{Kind: hiring.CandidateMoved, At: monday, By: recruiter, Role: 1, Candidate: c.ID, From: c.Stage, To: to}},
			Notices:    []hiring.Notice{notice(hiring.AskFeedback, monday, o.Subject)},
		}, nil
	}
}

// benchRecord opens a record with a role and its candidates.
func benchRecord(b *testing.B) *Store {
	s := must(Open(filepath.Join(b.TempDir(), "samsvar.db"), Options{Settings: workspace()}))
	b.Cleanup(func() { _ = s.Close() })
	benchFill(b, s)
	return s
}
func benchFill(b testing.TB, s *Store) {
	c := hiring.Change{Roles: []hiring.Role{testRole(1)}}
	for i := range hiring.CandidateID(benchCandidates) {
		c.Candidates = append(c.Candidates, testCandidate(i+1, 1, hiring.StageScreen))
	}
	change(b, s, c)
}

// learn makes n changes and returns what each leaves under which keys.
func learn(b *testing.B, s *Store, from, n int) [][]entry {
	changes := make([][]entry, n)
	for i := range changes {
		ok(b, s.engine.update(b.Context(), func(t *txn) error {
			var before [sequences]uint64
			for s := range sequences {
				before[s] = t.number(s)
			}
			err := s.change(t, fmt.Sprint("act ", from+i), benchNow(from+i), moveOn(from+i))
			seen := make(map[string]bool)
			for _, w := range t.undo {
				if id := string(w.bucket) + "/" + string(w.key); !seen[id] {
					seen[id] = true
					changes[i] = append(changes[i], entry{w.bucket, w.key, bytes.Clone(t.get(w.bucket, w.key))})
				}
			}
			for s := range sequences { // written when the transaction ends, as are counters
				if n := t.number(s); n != before[s] {
					changes[i] = append(changes[i], entry{inSequence, s.key(), key{}.num(n)})
				}
			}
			adding := make(hiring.Tally)
			for _, a := range t.adding {
				adding[a.key] += a.n
			}
			for k, n := range adding {
				if n == 0 {
					continue
				}
				e := entry{bucket: inCount, key: countKey(k)}
				if sum := counter(t.get(e.bucket, e.key)) + n; sum != 0 {
					e.value = binary.AppendUvarint(nil, uint64(sum))
				}
				changes[i] = append(changes[i], e)
			}
			return err
		}))
	}
	return changes
}

// bare opens a copy of the record without the store.
func bare(b *testing.B) *bolt.DB {
	path := filepath.Join(b.TempDir(), "bare.db")
	file := must(os.Create(path))
	ok(b, benchRecord(b).engine.view(b.Context(), func(t *txn) error {
		_, err := t.tx.WriteTo(file)
		return err
	}))
	ok(b, file.Close())
	db := must(bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, NoStatistics: true}))
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// write leaves what a change leaves.
func write(change []entry) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		for _, e := range change {
			in, err := tx.Bucket([]byte(e.bucket)), error(nil)
			if e.value == nil {
				err = in.Delete(e.key)
			} else {
				err = in.Put(e.key, e.value)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}
