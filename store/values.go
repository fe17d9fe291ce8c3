package store

import (
	"encoding/binary"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// inRows is how rows are written and read: durations are nanoseconds, no list
// is not an empty one, and a character that is none becomes U+FFFD. The module
// is the one that encoding/json/v2 comes from. It reads in a quarter of the time
// of encoding/json, and keeps few copies of an id that stands in many rows.
var inRows = json.JoinOptions(jsonv1.FormatDurationAsNano(true), json.FormatNilSliceAsNull(true), jsontext.AllowInvalidUTF8(true))

// save writes a row as JSON.
func (t *txn) save(b bucket, k key, row any) {
	v, err := json.Marshal(row, inRows)
	if err != nil {
		t.fail(fmt.Errorf("%s: write %x: %w", b, k, err))
		return
	}
	t.put(b, k, v)
}

// load reads a row; false says that there is none.
func load[Row any](t *txn, b bucket, k []byte) (Row, bool, error) {
	id := ""
	if t.decoded != nil { // rows are read over and over by those who share a commit
		id = string(b) + "/" + string(k)
		if row, known := t.decoded[id].(Row); known {
			return row, true, nil
		}
	}
	v := t.get(b, k)
	if v == nil {
		var none Row
		return none, false, nil
	}
	row, err := decode[Row](b, k, v)
	if err == nil && t.decoded != nil {
		t.decoded[id] = row
	}
	return row, err == nil, err
}

func decode[Row any](b bucket, k, v []byte) (Row, error) {
	var row Row
	if err := json.Unmarshal(v, &row, inRows); err != nil {
		return row, fmt.Errorf("%s: read %x: %w: %w", b, k, ErrDamaged, err)
	}
	return row, nil
}

// number returns the last number a sequence gave out. Numbers are never given
// twice, also when what had them is erased.
func (t *txn) number(sequence key) uint64 {
	n, _ := cutNum(t.get(inSequence, sequence))
	return n
}

// nextNumber gives out the next number of a sequence.
func (t *txn) nextNumber(sequence key) uint64 {
	n := t.number(sequence) + 1
	t.reach(sequence, n)
	return n
}

// reach says that a number of a sequence is taken.
func (t *txn) reach(sequence key, n uint64) {
	if n > t.number(sequence) {
		t.put(inSequence, sequence, binary.BigEndian.AppendUint64(nil, n))
	}
}
