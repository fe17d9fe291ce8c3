package store

import (
	"encoding/binary"
	"fmt"

	"github.com/samsvar/samsvar/hiring"
)

// Counters are numbers that writers add to. What they add is summed up in the
// transaction and written once, before somebody reads counters and at the end:
// writers that share a commit mostly add to the same ones.

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

// readCounts adds the counters of a span of keys to a tally.
func readCounts(t *txn, s span, into hiring.Tally) {
	t.fail(t.writeCounters())
	for k, v := range t.walk(inCount, s) {
		into[cutCount(k)] = counter(v)
	}
}

// counter reads a counter; there is none when it is 0.
func counter(v []byte) int {
	n, _ := binary.Uvarint(v)
	return int(n)
}
