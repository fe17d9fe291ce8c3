package store

import (
	"encoding/binary"
	"fmt"

	"github.com/samsvar/samsvar/hiring"
)

// memory is what a transaction that writes knows without reading it again: the
// rows it has decoded, and the numbers and counters that are still to be
// written. One such transaction leaves it to the next, unless it fails.
type memory struct {
	counters
	numbers numbers
	decoded map[bucket]map[string]any
	rows    int // decoded
	// countedBy is what counts the candidates of a role, by the role's row.
	countedBy map[hiring.RoleID]*hiring.Counter
}

// maxDecoded bounds how many rows are left to the next transaction.
const maxDecoded = 1000

func newMemory() *memory {
	return &memory{
		counters:  counters{added: make(hiring.Tally)},
		decoded:   make(map[bucket]map[string]any),
		countedBy: make(map[hiring.RoleID]*hiring.Counter),
	}
}

// recall returns a row as it was decoded, nil when it was not.
func (m *memory) recall(b bucket, k []byte) any {
	if m == nil {
		return nil
	}
	return m.decoded[b][string(k)]
}

// remember keeps a decoded row until another takes its place.
func (m *memory) remember(b bucket, k []byte, row any) {
	if m == nil {
		return
	}
	if m.rows >= maxDecoded {
		clear(m.decoded)
		clear(m.countedBy)
		m.rows = 0
	}
	if m.decoded[b] == nil {
		m.decoded[b] = make(map[string]any)
	}
	m.decoded[b][string(k)] = row
	m.rows++
}

func (m *memory) forget(b bucket, k []byte) {
	if _, known := m.decoded[b][string(k)]; known {
		delete(m.decoded[b], string(k))
		m.rows--
	}
	if b == inRole {
		id, _ := cutNum(k)
		delete(m.countedBy, hiring.RoleID(id))
	}
}

// sequence names numbers that are given out one after the other. A number is
// never given twice, also when what had it is erased.
type sequence int

// The sequences.
const (
	ofRoles sequence = iota
	ofCandidates
	ofEvents
	ofNotices
	sequences
)

func (s sequence) key() key { return key([sequences]string{"role", "candidate", "event", "notice"}[s]) }

// numbers are the last numbers that sequences gave out. They are written when
// the transaction ends.
type numbers [sequences]struct {
	last           uint64
	known, written bool
}

// number returns the last number a sequence gave out.
func (t *txn) number(s sequence) uint64 {
	if t.memory == nil {
		n, _ := cutNum(t.get(inSequence, s.key()))
		return n
	}
	n := &t.numbers[s]
	if !n.known {
		n.last, _ = cutNum(t.get(inSequence, s.key()))
		n.known, n.written = true, true
	}
	return n.last
}

// nextNumber gives out the next number of a sequence.
func (t *txn) nextNumber(s sequence) uint64 {
	n := t.number(s) + 1
	t.reach(s, n)
	return n
}

// reach says that a number of a sequence is taken, by something that is written.
func (t *txn) reach(s sequence, n uint64) {
	if n > t.number(s) {
		t.numbers[s].last, t.numbers[s].written = n, false
	}
}

// writeNumbers writes the numbers that were given out.
func (t *txn) writeNumbers() error {
	for s := range sequences {
		n := &t.numbers[s]
		if !n.known || n.written {
			continue
		}
		value := binary.BigEndian.AppendUint64(nil, n.last)
		if _, err := t.write(inSequence, s.key(), func([]byte) []byte { return value }); err != nil {
			return fmt.Errorf("number %d of %s: %w", n.last, s.key(), err)
		}
		n.written = true
		t.records++
	}
	return nil
}
