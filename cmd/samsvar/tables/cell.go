package tables

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// cell returns what stands in a column: nil, a string, a number, a truth, or a
// list of these.
func cell(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case time.Time:
		if x.IsZero() {
			return nil
		}
		return x.UTC().Format(time.RFC3339Nano)
	case time.Duration:
		return x.String()
	case hiring.RoleID:
		return x.String()
	case hiring.CandidateID:
		return x.String()
	}
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && v.IsNil() {
			return nil
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = cell(v.Index(i))
		}
		return list
	default:
		if v.CanUint() {
			return v.Uint()
		}
		return v.Int()
	}
}

// text writes a cell as CSV has it. A text that a spreadsheet would take for a
// formula begins with an apostrophe, and so does one that begins with one.
func text(c any) string {
	switch c := c.(type) {
	case nil:
		return ""
	case string:
		if c != "" && strings.ContainsRune("=+-@\t\r'", rune(c[0])) {
			return "'" + c
		}
		return c
	case []any:
		js, _ := json.Marshal(c) // texts, numbers and truths always encode
		return string(js)
	default:
		return fmt.Sprint(c)
	}
}

// plain takes off what [text] put before a text.
func plain(s string) string { return strings.TrimPrefix(s, "'") }

// set puts what a cell says, as text, into a field.
func set(v reflect.Value, s string) error {
	switch v.Interface().(type) {
	case time.Time:
		if s == "" {
			return nil
		}
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			return fmt.Errorf("%q is not a time such as 2026-11-23T08:00:00Z", s)
		}
		v.Set(reflect.ValueOf(t.UTC()))
		return nil
	case time.Duration:
		d, err := time.ParseDuration(s)
		if err != nil {
			return fmt.Errorf("%q is not a duration such as 1h0m0s", s)
		}
		v.SetInt(int64(d))
		return nil
	case hiring.RoleID:
		return setKey(v, s, "R-")
	case hiring.CandidateID:
		return setKey(v, s, "C-")
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
		return nil
	case reflect.Bool:
		b, err := strconv.ParseBool(s)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", s)
		}
		v.SetBool(b)
		return nil
	case reflect.Slice, reflect.Array:
		return setList(v, s)
	default:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || v.CanUint() && n < 0 {
			return fmt.Errorf("%q is not a whole number", s)
		}
		if v.CanUint() {
			v.SetUint(uint64(n))
		} else {
			v.SetInt(n)
		}
		return nil
	}
}

// setKey reads R-12 or C-41; R-0 is none.
func setKey(v reflect.Value, s, letter string) error {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, letter), 10, 31)
	if err != nil || !strings.HasPrefix(s, letter) {
		return fmt.Errorf("%q is not a key such as %s12", s, letter)
	}
	v.SetInt(int64(n))
	return nil
}

func setList(v reflect.Value, s string) error {
	if s == "" {
		return nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal([]byte(s), &items); err != nil {
		return fmt.Errorf("%q is not a list such as [\"a\",\"b\"]", s)
	}
	if v.Kind() == reflect.Slice {
		v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	}
	for i, raw := range items {
		if i >= v.Len() {
			return fmt.Errorf("%q has more than %d parts", s, v.Len())
		}
		if err := set(v.Index(i), ofJSON(raw)); err != nil {
			return err
		}
	}
	return nil
}

// ofJSON returns a value of JSON as [set] reads it.
func ofJSON(raw json.RawMessage) string {
	var s string
	switch {
	case string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &s) == nil:
		return s
	default:
		return string(raw)
	}
}
