package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/samsvar/samsvar/hiring"
)

// counters are numbers that writers add to. What they add is summed up in the
// transaction and written once, before somebody reads counters and at the end:
// writers that share a commit mostly add to the same ones.
type counters struct {
	adding hiring.Tally // what the attempt adds
	added  hiring.Tally // what those before it have added, still to be written
}

func newCounters() counters { return counters{make(hiring.Tally), make(hiring.Tally)} }

// count adds n to counters, each for its role and for all roles together.
func (t *txn) count(keys []hiring.CountKey, n int) { t.adding.Count(keys, n) }

// writeCounters writes what attempts that succeeded have added. It is theirs:
// the attempt in which it happens doesn't take it back.
func (t *txn) writeCounters() error {
	for k, n := range t.added {
		w := entry{inCount, countKey(k), nil}
		old := t.get(w.bucket, w.key)
		if sum := counter(old) + n; sum != 0 {
			w.value = binary.AppendUvarint(nil, uint64(sum))
		}
		if old != nil || w.value != nil {
			if err := t.write(w, old); err != nil {
				return fmt.Errorf("count %+v: %w", k, err)
			}
			t.records++
		}
		delete(t.added, k)
	}
	return nil
}

// readCounts adds the counters of a span of keys to a tally; when measures are
// named, theirs alone. The others are passed by: they are too few between two
// of those wanted for looking each up to be faster.
func readCounts(t *txn, s span, into hiring.Tally, only ...hiring.Measure) {
	t.fail(t.writeCounters())
	for k, v := range t.walk(inCount, s) {
		if len(only) == 0 || slices.ContainsFunc(only, func(m hiring.Measure) bool { return string(measureOf(k)) == string(m) }) {
			into[cutCount(k)] = counter(v)
		}
	}
}

// measureOf returns the measure in the key of a counter.
func measureOf(k []byte) []byte {
	_, k, _ = bytes.Cut(k[len(roleKey(0)):], []byte{0})
	m, _, _ := bytes.Cut(k, []byte{0})
	return m
}

// counter reads a counter; there is none when it is 0.
func counter(v []byte) int {
	n, _ := binary.Uvarint(v)
	return int(n)
}
