package store

import (
	"maps"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// TestMemoryIsWhatTheFileSays has writers read, write, give out numbers, fail
// and panic, in transactions that fail as a whole now and then. What one leaves
// to the next is what the next would read.
func TestMemoryIsWhatTheFileSays(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s := must(Open(filepath.Join(dir, strconv.Itoa(n)), Options{Settings: workspace()}))
		defer s.Close()
		s.engine.db.NoSync = true
		ids := rapid.Custom(func(t *rapid.T) hiring.RoleID { return hiring.RoleID(rapid.IntRange(1, 3).Draw(t, "role")) })
		act := func(tx *txn) error {
			counts := newCounting(tx, s.settings)
			for range rapid.IntRange(1, 4).Draw(t, "acts") {
				id := ids.Draw(t, "id")
				switch rapid.IntRange(0, 3).Draw(t, "act") {
				case 0:
					role := testRole(id)
					if rapid.Bool().Draw(t, "without interviews") {
						role.Briefs[0].Terms.Interviews = nil
					}
					save(tx, inRole, roleKey(id), roleRowOf(role))
				case 1:
					tx.delete(inRole, roleKey(id))
				case 2:
					_, _ = counts.counter(id)
				case 3: // for something that is written
					tx.nextNumber(sequence(id))
					save(tx, inRole, roleKey(id), roleRowOf(testRole(id)))
				}
			}
			switch rapid.IntRange(0, 4).Draw(t, "end") {
			case 0:
				return errRefused
			case 1:
				panic("run")
			}
			return nil
		}
		for range rapid.IntRange(1, 12).Draw(t, "transactions") {
			fails := rapid.IntRange(0, 3).Draw(t, "fails") == 0
			err := s.engine.inTransaction(func(tx *txn) error {
				for range rapid.IntRange(1, 3).Draw(t, "writers") {
					_, _ = tx.attempt(func(tx *txn) error { return act(tx) })
				}
				if fails {
					return errRefused
				}
				return nil
			})
			if left := s.engine.memory != nil; (err != nil) != fails || left == fails {
				t.Fatalf("the transaction says %v, and leaves its memory: %v", err, left)
			}
			checkMemory(t, s)
		}
	})
}

// checkMemory compares what is remembered with what is read without it.
func checkMemory(t *rapid.T, s *Store) {
	err := s.engine.inTransaction(func(tx *txn) error {
		kept := tx.memory
		tx.memory = newMemory()
		defer func() { tx.memory = kept }()
		for k, row := range kept.decoded[inRole] {
			read, known, err := load[roleRow](tx, inRole, []byte(k))
			if err != nil || !known {
				t.Fatalf("%x is remembered and not there: %v", k, err)
			}
			if !reflect.DeepEqual(row, &read) {
				t.Fatalf("%x is remembered as %+v, not %+v", k, row, &read)
			}
		}
		for id, counter := range kept.countedBy {
			read, err := newCounting(tx, s.settings).counter(id)
			c := testCandidate(1, id, hiring.StageHired)
			c.Outcome, c.ClosedAt = hiring.Hired, monday
			got, want := make(hiring.Tally), make(hiring.Tally)
			got.Count(counter.Contribution(c), 1)
			want.Count(read.Contribution(c), 1)
			if err != nil || !maps.Equal(got, want) {
				t.Fatalf("a hire of %v counts %+v, not %+v: %v", id, got, want, err)
			}
		}
		for n := range sequences {
			if kept.numbers[n].known && kept.numbers[n].last != tx.number(n) {
				t.Fatalf("the number of %s is remembered as %d, not %d", n.key(), kept.numbers[n].last, tx.number(n))
			}
		}
		if n := len(kept.decoded[inRole]); kept.rows != n || len(kept.added) > 0 {
			t.Fatalf("%d rows count as %d, and %d counters wait", n, kept.rows, len(kept.added))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
