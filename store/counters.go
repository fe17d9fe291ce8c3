package store

import (
	"encoding/binary"
	"fmt"
)

// Counters are numbers that writers add to. What they add is summed up in the
// transaction and written once, before somebody reads counters and at the end:
// writers that share a commit mostly add to the same ones.

// add adds n to a counter.
func (t *txn) add(k key, n int) {
	if t.adding == nil {
		t.adding = make(map[string]int)
	}
	t.adding[string(k)] += n
}

// sumUp adds b to a, which it may change.
func sumUp(a, b map[string]int) map[string]int {
	if len(a) == 0 {
		return b
	}
	for k, n := range b {
		a[k] += n
	}
	return a
}

// writeCounters writes what attempts that succeeded have added. It is theirs:
// the attempt in which it happens doesn't take it back.
func (t *txn) writeCounters() error {
	for k, n := range t.added {
		old := t.get(inCount, key(k))
		w := entry{inCount, key(k), nil}
		if sum := counter(old) + n; sum != 0 {
			w.value = binary.AppendUvarint(nil, uint64(sum))
		}
		if n == 0 || old == nil && w.value == nil {
			delete(t.added, k)
			continue
		}
		if err := t.write(w, old); err != nil {
			return fmt.Errorf("add to %x: %w", k, err)
		}
		t.records++
		delete(t.added, k)
	}
	return nil
}

// counters goes through the counters of a span of keys in order.
func (t *txn) counters(s span) func(yield func(k []byte, n int) bool) {
	t.fail(t.writeCounters())
	return func(yield func(k []byte, n int) bool) {
		for k, v := range t.walk(inCount, s) {
			if !yield(k, counter(v)) {
				return
			}
		}
	}
}

// counter reads a counter; there is none when it is 0.
func counter(v []byte) int {
	n, _ := binary.Uvarint(v)
	return int(n)
}
