package tables

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// anything draws a value of a type: every field, lists empty, missing and with
// things in them.
func anything(t *rapid.T, v reflect.Value, name string) {
	switch v.Interface().(type) {
	case time.Time:
		if rapid.Bool().Draw(t, name+" is there") {
			v.Set(reflect.ValueOf(time.Unix(rapid.Int64Range(0, 4e9).Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, name)).UTC()))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			anything(t, v.Field(i), v.Type().Field(i).Name)
		}
	case reflect.Slice:
		n := rapid.IntRange(0, 2).Draw(t, name)
		if n == 0 && (isThing(v.Type().Elem()) || rapid.Bool().Draw(t, "nil")) {
			return // a list of things is its rows: none and missing are the same
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			anything(t, v.Index(i), name)
		}
	case reflect.String:
		v.SetString(rapid.SampledFrom([]string{"", "æøå", "=1+1", "'quoted", "-2", "@x", "a,b;\"c\"\nd", "\tx", "[]", "null", "R-1", "true", " "}).Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	default:
		n := rapid.Int64Range(0, 1<<30).Draw(t, name)
		if v.CanUint() {
			v.SetUint(uint64(n))
		} else {
			v.SetInt(n)
		}
	}
}

// TestEverythingComesBack writes random things in both formats and reads them.
func TestEverythingComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want Everything
		v := reflect.ValueOf(&want).Elem()
		for i, n := range nouns {
			most := 2
			if n.name == "rules" { // of which there is one row
				most = 1
			}
			for k := range rapid.IntRange(0, most).Draw(t, n.name) {
				x := reflect.New(n.of).Elem()
				anything(t, x, n.name)
				identify(x, k)
				v.Field(i).Set(reflect.Append(v.Field(i), x))
			}
		}
		for _, f := range Formats() {
			files := written(t, f, want)
			got, err := Read(f, func(table string) (io.Reader, error) { return bytes.NewReader(files[table].Bytes()), nil })
			if err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s (-want +got):\n%s", f, diff)
			}
		}
	})
}

// identify makes a thing's keys its own.
func identify(x reflect.Value, k int) {
	switch x := x.Addr().Interface().(type) {
	case *hiring.Role:
		x.ID = hiring.RoleID(k + 1)
	case *hiring.Candidate:
		x.ID = hiring.CandidateID(k + 1)
	case *hiring.Feedback:
		x.FeedbackKey = hiring.FeedbackKey{Candidate: hiring.CandidateID(k + 1), Stage: "=1", Interviewer: "U1"}
	case *hiring.Person:
		x.ID = hiring.UserID(fmt.Sprint("U", k))
	case *hiring.Unfinished:
		x.By = hiring.UserID(fmt.Sprint("U", k))
	case *hiring.Subscription:
		x.Role = hiring.RoleID(k)
	case *Fact:
		x.No = uint64(k + 1)
	}
}

// TestNoNounIsForgotten holds the tables to what rules can write: each is in a
// table, or one of the few things that docs/export.md says are not.
func TestNoNounIsForgotten(t *testing.T) {
	left := []string{"Finished", "Settled", "Dropped", "Notices", "Unreachable", "Opened", "Refresh", "ChartsRefused", "Ran", "Said"}
	tabled := map[reflect.Type]bool{reflect.TypeFor[hiring.Event](): true} // as Fact
	for _, n := range nouns {
		tabled[n.of] = true
	}
	for f := range reflect.TypeFor[hiring.Change]().Fields() {
		of := f.Type
		if of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if tabled[of] == slices.Contains(left, f.Name) {
			t.Errorf("%s of a change: in a table %v, left out %v", f.Name, tabled[of], !tabled[of])
		}
	}
}

type fataler interface{ Fatal(...any) }

func written(t fataler, f Format, e Everything) map[string]*bytes.Buffer {
	files := make(map[string]*bytes.Buffer)
	w, err := NewWriter(f, func(table string) io.Writer {
		files[table] = &bytes.Buffer{}
		return files[table]
	})
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.ValueOf(e)
	for i := range v.NumField() {
		for k := range v.Field(i).Len() {
			if err := w.Write(v.Field(i).Index(k).Interface()); err != nil {
				t.Fatal(err)
			}
		}
	}
	return files
}

// TestNoCellIsAFormula looks at every cell that a spreadsheet would read.
func TestNoCellIsAFormula(t *testing.T) {
	for _, evil := range []string{"=HYPERLINK(\"http://x\")", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "'=1"} {
		c := hiring.Candidate{ID: 1, Name: evil, Link: evil, Reason: evil, Journey: []hiring.Move{{By: hiring.UserID(evil)}}}
		files := written(t, CSV, Everything{Candidates: []hiring.Candidate{c}})
		for name, b := range files {
			for _, row := range strings.Split(b.String(), "\n")[1:] {
				for _, cell := range strings.Split(strings.ReplaceAll(row, "\"", ""), ",") {
					if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
						t.Errorf("%s has the cell %q", name, cell)
					}
				}
			}
		}
	}
}

func TestReadRefuses(t *testing.T) {
	good := written(t, CSV, Everything{Candidates: []hiring.Candidate{{ID: 1, Journey: []hiring.Move{{To: "sourced"}}}}})
	tests := []struct{ it, table, old, new, want string }{
		{"a column that is gone", "candidates", "outcome", "outcom", "table candidates: the column outcome is missing"},
		{"a column too many", "candidates", "id,", "id,colour,", "table candidates: there is no column colour"},
		{"a time that is none", "candidates_journey", ",,,sourced", ",soon,,sourced", "table candidates_journey, line 2, column at: \"soon\" is not a time"},
		{"a key that is none", "candidates", "\nC-1", "\nKari", "table candidates, line 2, column id: \"Kari\" is not a key"},
		{"a row that belongs to nobody", "candidates_journey", "\nC-1", "\nC-7", "belongs to nothing"},
		{"a number that is none", "candidates_journey", "\nC-1,1", "\nC-1,x", "is not a number from 1"},
		{"an empty file", "people", "", "", "table people: the row of column names: EOF"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, err := Read(CSV, func(table string) (io.Reader, error) {
				s := good[table].String()
				if table != tt.table {
					return strings.NewReader(s), nil
				}
				if tt.old == "" {
					return strings.NewReader(""), nil
				}
				return strings.NewReader(strings.Replace(s, tt.old, tt.new, 1)), nil
			})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// TestTheDocumentNamesEveryColumn holds docs/export.md to the tables.
func TestTheDocumentNamesEveryColumn(t *testing.T) {
	doc, err := os.ReadFile("../../../docs/export.md")
	if err != nil {
		t.Fatal(err)
	}
	section, columns := "", map[string][]string{}
	for line := range strings.Lines(string(doc)) {
		if name, ok := strings.CutPrefix(line, "### "); ok {
			section = strings.Trim(strings.TrimSpace(name), "`")
		}
		if cells := strings.Split(line, "|"); len(cells) > 3 && strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			for name := range strings.SplitSeq(cells[1], ",") {
				columns[section] = append(columns[section], strings.Trim(strings.TrimSpace(name), "`"))
			}
		}
	}
	for _, table := range all {
		if diff := cmp.Diff(table.Columns, columns[table.Name]); diff != "" {
			t.Errorf("docs/export.md, %s (-tables +document):\n%s", table.Name, diff)
		}
		delete(columns, table.Name)
	}
	for name := range columns {
		t.Errorf("docs/export.md has a table %s that there is none of", name)
	}
}
