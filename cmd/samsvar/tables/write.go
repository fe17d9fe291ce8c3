package tables

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
)

// Format is how tables are written.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	JSON Format = "jsonl"
)

// Formats lists the formats.
func Formats() []Format { return []Format{CSV, JSON} }

// Writer writes things as rows of their tables.
type Writer struct {
	open func(table string) io.Writer
	rows map[string]func([]any) error
}

// NewWriter returns a writer to what open returns for each table; nil leaves
// the table out. In CSV, the first row names the columns.
func NewWriter(f Format, open func(table string) io.Writer) (*Writer, error) {
	w := &Writer{open: open, rows: make(map[string]func([]any) error)}
	for _, t := range all {
		out := open(t.Name)
		if out == nil {
			continue
		}
		if f == JSON {
			w.rows[t.Name] = func(cells []any) error { return line(out, t.Columns, cells) }
			continue
		}
		c := csv.NewWriter(out)
		write := func(cells []string) error {
			_ = c.Write(cells) // Flush keeps the error
			c.Flush()
			return c.Error()
		}
		if err := write(t.Columns); err != nil {
			return nil, err
		}
		w.rows[t.Name] = func(cells []any) error {
			texts := make([]string, len(cells))
			for i, x := range cells {
				texts[i] = text(x)
			}
			return write(texts)
		}
	}
	return w, nil
}

// line writes a row as an object whose keys stand in the order of the columns.
func line(out io.Writer, columns []string, cells []any) error {
	var b bytes.Buffer
	for i, c := range cells {
		b.WriteByte("{,"[min(i, 1)])
		js := json.NewEncoder(&b)
		js.SetEscapeHTML(false)
		fmt.Fprintf(&b, "%q:", columns[i])
		if err := js.Encode(c); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1) // the encoder's line break
	}
	b.WriteString("}\n")
	_, err := out.Write(b.Bytes())
	return err
}

// Write writes one thing: a noun such as a [hiring.Candidate].
func (w *Writer) Write(thing any) error {
	v := reflect.ValueOf(thing)
	i := slices.IndexFunc(nouns, func(n noun) bool { return n.of == v.Type() })
	if i < 0 {
		return fmt.Errorf("no table holds a %v", v.Type())
	}
	return w.write(indexOf(all, nouns[i].name), v, nil, nil, nouns[i].keys)
}

func (w *Writer) write(table int, v reflect.Value, keys, numbers []any, keep int) error {
	t := all[table]
	row := append(append([]any{}, keys...), numbers...)
	for _, c := range t.shape.columns {
		row = append(row, cell(v.FieldByIndex(c.path)))
	}
	if write := w.rows[t.Name]; write != nil {
		if err := write(row); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	if keys == nil {
		keys = row[:keep]
	}
	for _, l := range t.shape.lists {
		items := v.FieldByIndex(l.path)
		for n := range items.Len() {
			if err := w.write(l.table, items.Index(n), keys, append(slices.Clip(numbers), n+1), keep); err != nil {
				return err
			}
		}
	}
	return nil
}
