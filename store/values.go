package store

import (
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
func save[Row any](t *txn, b bucket, k key, row Row) {
	v, err := json.Marshal(&row, inRows)
	if err != nil {
		t.fail(fmt.Errorf("%s: write %x: %w", b, k, err))
		return
	}
	t.put(b, k, v)
}

// load reads a row; false says that there is none.
func load[Row any](t *txn, b bucket, k []byte) (Row, bool, error) {
	if row, known := t.recall(b, k).(*Row); known {
		return *row, true, nil
	}
	v := t.get(b, k)
	if v == nil {
		var none Row
		return none, false, nil
	}
	row, err := decode[Row](b, k, v)
	if err == nil {
		t.remember(b, k, row)
	}
	return *row, err == nil, err
}

func decode[Row any](b bucket, k, v []byte) (*Row, error) {
	row := new(Row)
	if err := json.Unmarshal(v, row, inRows); err != nil {
		return row, fmt.Errorf("%s: read %x: %w: %w", b, k, ErrDamaged, err)
	}
	return row, nil
}
