package tables

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/samsvar/samsvar/hiring"
)

// Everything is what the tables hold.
type Everything struct {
	Roles         []hiring.Role
	Candidates    []hiring.Candidate
	Feedback      []hiring.Feedback
	People        []hiring.Person
	Unfinished    []hiring.Unfinished
	Owed          []hiring.Owed
	Events        []Fact
	Subscriptions []hiring.Subscription
	Rules         []hiring.Rules // one at most
}

// record is one row: its line and its cells by column.
type record struct {
	line  int
	cells map[string]string
}

// Read reads all tables from what open returns for each. A table that is not
// there is an error, and so is a column that is missing or not known. The
// error names table and line.
func Read(f Format, open func(table string) (io.Reader, error)) (Everything, error) {
	var e Everything
	rows := make(map[string][]record, len(all))
	for _, t := range all {
		in, err := open(t.Name)
		if err == nil {
			rows[t.Name], err = read(f, in, t.Columns)
		}
		if err != nil {
			return e, fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	into := reflect.ValueOf(&e).Elem()
	for i, n := range nouns {
		if err := fill(rows, n, into.Field(i)); err != nil {
			return e, err
		}
	}
	return e, nil
}

func read(f Format, in io.Reader, columns []string) ([]record, error) {
	if f == JSON {
		return readLines(in, columns)
	}
	r := csv.NewReader(in)
	head, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("the row of column names: %w", err)
	}
	if err := known(head, columns); err != nil {
		return nil, err
	}
	var rows []record
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, err
		}
		at, _ := r.FieldPos(0)
		row := record{at, make(map[string]string, len(head))}
		for i, c := range cells {
			row.cells[head[i]] = plain(c)
		}
		rows = append(rows, row)
	}
}

// maxLine is the longest line that is read, in bytes.
const maxLine = 16 << 20

func readLines(in io.Reader, columns []string) ([]record, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	var rows []record
	for n := 1; lines.Scan(); n++ {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(lines.Bytes(), &object); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		row := record{n, make(map[string]string, len(object))}
		var names []string
		for name, raw := range object {
			names = append(names, name)
			row.cells[name] = ofJSON(raw)
		}
		if err := known(names, columns); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}

// known complains about columns that are missing or that there are none of.
func known(names, columns []string) error {
	for _, c := range columns {
		if !slices.Contains(names, c) {
			return fmt.Errorf("the column %s is missing", c)
		}
	}
	for _, n := range names {
		if !slices.Contains(columns, n) {
			return fmt.Errorf("there is no column %s", n)
		}
	}
	return nil
}

// fill makes the things of a noun out of rows, with the lists within them.
func fill(rows map[string][]record, n noun, into reflect.Value) error {
	table := indexOf(all, n.name)
	within := make(map[string][]located)
	for i := table + 1; i < len(all) && all[i].keys != nil && strings.HasPrefix(all[i].Name, n.name+"_"); i++ {
		t := all[i]
		for _, r := range rows[t.Name] {
			at, err := place(t, r)
			if err != nil {
				return fmt.Errorf("table %s, line %d: %w", t.Name, r.line, err)
			}
			owner := listKey(t.Name, r, t.owner, at[:len(at)-1])
			within[owner] = append(within[owner], located{at[len(at)-1], r})
		}
	}
	seen := make(map[string]bool, len(rows[n.name]))
	for _, r := range rows[n.name] {
		key := listKey(n.name, r, all[table].Columns[:n.keys], nil)
		if n.keys > 0 && seen[key] {
			return fmt.Errorf("table %s, line %d: %s stands there twice", n.name, r.line, r.cells[all[table].Columns[0]])
		}
		seen[key] = true
		v := reflect.New(n.of).Elem()
		if err := thing(table, r, v, within); err != nil {
			return err
		}
		into.Set(reflect.Append(into, v))
	}
	for _, left := range within {
		return fmt.Errorf("a row in line %d of a list in %s belongs to nothing", left[0].line, n.name)
	}
	return nil
}

// located is a row of a list with its number, from 1.
type located struct {
	n int
	record
}

// place returns the numbers that say which row of a list within a list it is.
func place(t Table, r record) ([]int, error) {
	var at []int
	for _, level := range t.levels {
		n, err := strconv.Atoi(r.cells[level])
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is not a number from 1 in %s", r.cells[level], level)
		}
		at = append(at, n)
	}
	return at, nil
}

// listKey names a list: its table, the noun it is in by the columns that say
// so, and the numbers of the lists it is within.
func listKey(table string, r record, columns []string, numbers []int) string {
	var keys []string
	for _, c := range columns {
		keys = append(keys, r.cells[c])
	}
	return fmt.Sprintf("%s %q %v", table, keys, numbers)
}

// thing fills v from a row and the rows of its lists, which it takes out of
// within.
func thing(table int, r record, v reflect.Value, within map[string][]located) error {
	t := all[table]
	for _, c := range t.shape.columns {
		if err := set(v.FieldByIndex(c.path), r.cells[c.name]); err != nil {
			return fmt.Errorf("table %s, line %d, column %s: %w", t.Name, r.line, c.name, err)
		}
	}
	numbers, _ := place(t, r) // read once already
	owner := t.owner
	if len(t.levels) == 0 && len(t.shape.lists) > 0 { // the noun itself
		owner = all[t.shape.lists[0].table].keys
	}
	for _, l := range t.shape.lists {
		key := listKey(all[l.table].Name, r, owner, numbers)
		items := within[key]
		delete(within, key)
		slices.SortStableFunc(items, func(a, b located) int { return a.n - b.n })
		for _, item := range items {
			x := reflect.New(v.FieldByIndex(l.path).Type().Elem()).Elem()
			if err := thing(l.table, item.record, x, within); err != nil {
				return err
			}
			field := v.FieldByIndex(l.path)
			field.Set(reflect.Append(field, x))
		}
	}
	return nil
}
