package ats

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// Options say how a file is read.
type Options struct {
	Plan    hiring.Plan       // the role's stages
	Zone    *time.Location    // for dates that name none
	Now     time.Time         // nothing lies after it
	Columns map[string]string // field to header, where the usual names don't do; an empty header leaves the field out
	Dates   Order
	// Progress, unless nil, is told how many of the rows are read.
	Progress func(done, total int)
}

// Refusal is a row that cannot be read and why, as a sentence.
type Refusal struct {
	Line int // where the row starts in the file, from 1
	Why  string
}

// sentence is why a row is refused, as a person reads it.
type sentence string

func (s sentence) Error() string { return string(s) }

func refusal(format string, args ...any) error { return sentence(fmt.Sprintf(format, args...)) }

// File is what a file says.
type File struct {
	Encoding  string
	Separator rune
	Dates     Order     // how dates of three numbers were read
	Mapping   []Mapping // in a fixed order
	Ignored   []string  // columns not used, in the file's order
	Rows      []hiring.Imported
	Refused   []Refusal // in the order of lines
	Notes     []string  // what was assumed, as sentences
}

// Read reads a file. Rows that cannot be read are refused one by one; the
// error says what is wrong with the file as a whole, and what to do.
func Read(data []byte, o Options) (*File, error) {
	text, encoding, err := decode(data)
	if err != nil {
		return nil, err
	}
	t, err := tabulate(text, func(header []string) int { return known(header, o.Columns) })
	if err != nil {
		return nil, err
	}
	r := &reader{Options: o, table: t, unknown: map[string]int{}, jobs: map[string]bool{}}
	r.columns, err = locate(t.header.cells, o.Plan, o.Columns, r.holdsDate)
	if err != nil {
		return nil, err
	}
	if r.Dates, err = r.order(); err != nil {
		return nil, err
	}
	f := &File{
		Encoding: encoding, Separator: t.separator, Dates: r.Dates,
		Mapping: r.mapping, Ignored: r.ignored, Refused: t.refused,
	}
	for i, row := range t.rows {
		if o.Progress != nil {
			o.Progress(i+1, len(t.rows))
		}
		imported, why := r.row(row)
		if why != nil {
			f.Refused = append(f.Refused, Refusal{row.line, why.Error()})
			continue
		}
		f.Rows = append(f.Rows, imported)
	}
	slices.SortStableFunc(f.Refused, func(a, b Refusal) int { return a.Line - b.Line })
	f.Notes = r.notes()
	return f, nil
}

// reader reads the rows of one file and counts what it assumes.
type reader struct {
	Options
	table
	columns
	unplaced int            // stages without a date
	undated  int            // endings without a date
	own      int            // rejections whose reason is the candidate's own
	links    int            // links that are none
	unknown  map[string]int // names of sources
	jobs     map[string]bool
}

// dateFields are the columns that hold dates, besides the stages'.
var dateFields = []Field{FieldAdded, FieldActivity, FieldHired, FieldRejected, FieldWithdrawn, FieldClosed}

// order finds out the order of days and months from all dates of the file.
func (r *reader) order() (Order, error) {
	if r.Dates != OrderAuto {
		return r.Dates, nil
	}
	fields := slices.Clone(dateFields)
	for _, id := range r.stages {
		fields = append(fields, Field(id))
	}
	var e evidence
	for _, row := range r.rows {
		for _, f := range fields {
			if text := r.cell(row, f); text != "" {
				e.add(row.line, text)
			}
		}
	}
	return e.order()
}

// holdsDate says whether any cell of a column is a date.
func (r *reader) holdsDate(column int) bool {
	for _, row := range r.rows {
		for _, order := range []Order{OrderEuropean, OrderAmerican} {
			if _, err := parse(row.cells[column], order, r.Zone); err == nil {
				return true
			}
		}
	}
	return false
}

// cell returns what a row says in a field; empty if the file has no such
// column.
func (r *reader) cell(row record, f Field) string {
	if i, ok := r.at[f]; ok {
		return strings.TrimSpace(row.cells[i])
	}
	return ""
}

// date returns the moment in a field; zero if there is none.
func (r *reader) date(row record, f Field) (moment, error) {
	text := r.cell(row, f)
	if text == "" {
		return moment{}, nil
	}
	m, err := parse(text, r.Dates, r.Zone)
	if err != nil {
		return m, refusal("“%s” in the column “%s” is not a date we can use: %v.", short(text), r.header.cells[r.at[f]], err)
	}
	if !m.exact && sameDay(m.at, r.Now.In(r.Zone)) && m.at.After(r.Now) {
		m.at = r.Now.In(r.Zone) // this morning, noon is still ahead
	}
	if m.at.After(r.Now) {
		return m, refusal("“%s” in the column “%s” lies in the future.", short(text), r.header.cells[r.at[f]])
	}
	return m, nil
}

// notes say what was assumed.
func (r *reader) notes() []string {
	var notes []string
	note := func(n int, one, many string) {
		switch {
		case n == 1:
			notes = append(notes, one)
		case n > 1:
			notes = append(notes, fmt.Sprintf(many, n))
		}
	}
	if delete(r.jobs, ""); len(r.jobs) > 1 {
		note(len(r.jobs), "", "The file names %d different jobs; all of it is for this role.")
	}
	if _, ok := r.at[FieldSource]; !ok {
		notes = append(notes, "No column for the source was found: it is “other” for all.")
	}
	if n, names := r.unknownSources(); n > 0 {
		note(n, "1 source is not known and becomes “other”: "+names+".", "%d sources are not known and become “other”: "+strings.ReplaceAll(names, "%", "%%")+".")
	}
	note(r.unplaced, "1 stage has no date: the candidate enters it at their last activity, else when added.",
		"%d stages have no date: the candidates enter them at their last activity, else when added.")
	note(r.undated, "1 process ended without a date: the last date in its row stands for it.",
		"%d processes ended without a date: the last date in their row stands for it.")
	note(r.own, "1 rejection counts as a withdrawal: its reason says that the candidate left.",
		"%d rejections count as withdrawals: their reasons say that the candidates left.")
	note(r.links, "1 link is not a web address and is left out.", "%d links are not web addresses and are left out.")
	return notes
}

// unknownSources counts the sources that are not known and lists the most
// frequent.
func (r *reader) unknownSources() (n int, names string) {
	var list []string
	for name, count := range r.unknown {
		list = append(list, name)
		n += count
	}
	slices.SortFunc(list, func(a, b string) int {
		if d := r.unknown[b] - r.unknown[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	const shown = 5
	if len(list) > shown {
		list = append(list[:shown], "…")
	}
	return n, strings.Join(list, ", ")
}

// short cuts a text from the file to what fits a message.
func short(s string) string {
	const most = 40
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
