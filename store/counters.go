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
	adding []addition   // what the attempt adds
	added  hiring.Tally // what those before it have added, still to be written
}

type addition struct {
	key hiring.CountKey
	n   int
}

// add adds n to a counter.
func (t *txn) add(k hiring.CountKey, n int) { t.adding = append(t.adding, addition{k, n}) }

// count adds n to a counter for its role and for all roles together.
func (t *txn) count(k hiring.CountKey, n int) {
	t.add(k, n)
	if overall, kept := k.Overall(); kept {
		t.add(overall, n)
	}
}

// replace counts what is counted now in the place of what was, which it uses
// up. Most stands in both.
func (t *txn) replace(was, now []hiring.CountKey) {
	for _, k := range now {
		if i := slices.Index(was, k); i >= 0 {
			last := len(was) - 1
			was[i] = was[last]
			was = was[:last]
			continue
		}
		t.count(k, 1)
	}
	for _, k := range was {
		t.count(k, -1)
	}
}

// writeCounters writes what attempts that succeeded have added. It is theirs:
// the attempt in which it happens doesn't take it back.
func (t *txn) writeCounters() error {
	for k, n := range t.added {
		if n == 0 {
			continue
		}
		_, err := t.write(inCount, countKey(k), func(old []byte) []byte {
			sum := counter(old) + n
			if sum == 0 {
				return nil
			}
			return binary.AppendUvarint(nil, uint64(sum))
		})
		if err != nil {
			return fmt.Errorf("count %+v: %w", k, err)
		}
		t.records++
	}
	clear(t.added)
	return nil
}

// readCounts adds the counters of a span of keys to a tally; when measures are
// named, theirs alone. The others are passed by: they are too few between two
// of those wanted for looking each up to be faster.
func readCounts(t *txn, s span, into hiring.Tally, only ...hiring.Measure) {
	if t.memory != nil {
		t.fail(t.writeCounters())
	}
	for k, v := range t.walk(inCount, s) {
		if len(only) == 0 || slices.ContainsFunc(only, func(m hiring.Measure) bool { return string(measureOf(k)) == string(m) }) {
			into[cutCount(k, t.names)] = counter(v)
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
