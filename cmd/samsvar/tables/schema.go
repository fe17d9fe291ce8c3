// Package tables writes the record as plain tables, in CSV or JSON Lines, and
// reads them back (docs/export.md).
//
// The tables follow from the types of package hiring: a noun is a table, its
// fields are columns, and a list of things within it is a table of its own,
// whose rows name the row they belong to. So nothing is left out when a noun
// grows, and a test holds the document to it.
package tables

import (
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/samsvar/samsvar/hiring"
)

// Fact is an event with its number in the record, which is the order of
// writing.
type Fact struct {
	No uint64
	hiring.Event
}

// noun is a kind of thing with tables of its own.
type noun struct {
	name string
	one  string // what the columns that name one begin with in the rows of its lists
	of   reflect.Type
	keys int // the first columns, which name one
}

// nouns are everything that is written, in this order.
var nouns = []noun{
	{"roles", "role", reflect.TypeFor[hiring.Role](), 1},
	{"candidates", "candidate", reflect.TypeFor[hiring.Candidate](), 1},
	{"feedback", "feedback", reflect.TypeFor[hiring.Feedback](), 3},
	{"people", "person", reflect.TypeFor[hiring.Person](), 1},
	{"unfinished", "unfinished", reflect.TypeFor[hiring.Unfinished](), 2},
	{"owed", "owed", reflect.TypeFor[hiring.Owed](), 0},
	{"events", "event", reflect.TypeFor[Fact](), 1},
	{"subscriptions", "subscription", reflect.TypeFor[hiring.Subscription](), 2},
	{"rules", "rules", reflect.TypeFor[hiring.Rules](), 0},
}

// Table is one table: its name and the names of its columns.
type Table struct {
	Name    string
	Columns []string
	shape   shape
	keys    []string // of the noun, by their names there
	owner   []string // the same by their names here
	levels  []string // the columns that number lists within lists
}

// shape is where a table's own columns and lists stand in a value.
type shape struct {
	columns []column
	lists   []list
}

type column struct {
	name string
	path []int
}

type list struct {
	name  string
	path  []int
	table int // its number among all tables
}

// All returns every table, those of lists behind the noun they belong to.
func All() []Table { return all }

var all = func() []Table {
	var tables []Table
	for _, n := range nouns {
		add(&tables, n.name, n.of, nil)
		first := &tables[indexOf(tables, n.name)]
		keys := first.Columns[:n.keys]
		for i := indexOf(tables, n.name) + 1; i < len(tables); i++ {
			t := &tables[i]
			t.keys = keys
			for _, k := range keys {
				t.owner = append(t.owner, n.one+"_"+k)
			}
			t.Columns = slices.Concat(t.owner, t.levels, t.Columns)
		}
	}
	return tables
}()

// indexOf returns the number of a table, -1 for none.
func indexOf(tables []Table, name string) int {
	for i, t := range tables {
		if t.Name == name {
			return i
		}
	}
	return -1
}

// add adds a type's table and those of the lists within it.
func add(tables *[]Table, name string, of reflect.Type, levels []string) {
	at := len(*tables)
	*tables = append(*tables, Table{Name: name, levels: levels})
	var s shape
	fields(of, nil, "", &s, func(field string, path []int, element reflect.Type) {
		s.lists = append(s.lists, list{name: field, path: path, table: len(*tables)})
		add(tables, name+"_"+field, element, append(append([]string{}, levels...), field+"_n"))
	})
	t := &(*tables)[at]
	t.shape = s
	for _, c := range s.columns {
		t.Columns = append(t.Columns, c.name)
	}
}

// fields collects the columns of a type and says where its lists of things
// are.
func fields(of reflect.Type, path []int, prefix string, s *shape, onList func(string, []int, reflect.Type)) {
	for i := range of.NumField() {
		f := of.Field(i)
		here := append(append([]int{}, path...), i)
		name := prefix + snake(f.Name)
		switch {
		case f.Anonymous:
			fields(f.Type, here, prefix, s, onList)
		case f.Type.Kind() == reflect.Slice && isThing(f.Type.Elem()):
			onList(name, here, f.Type.Elem())
		case isThing(f.Type):
			fields(f.Type, here, name+"_", s, onList)
		default:
			s.columns = append(s.columns, column{name, here})
		}
	}
}

// isThing says whether a type has fields of its own.
func isThing(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]()
}

// snake writes a field's name as a column's: HiringManager is hiring_manager.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 && !unicode.IsUpper(rune(name[i-1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
