package ats

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// record is one row of the file as text.
type record struct {
	line  int // where it starts, from 1
	cells []string
}

// table is a file cut into cells.
type table struct {
	separator rune
	header    record
	rows      []record
	refused   []Refusal
}

// separators in the order in which a tie between them is decided.
var separators = []rune{',', ';', '\t'}

// tabulate cuts the text into cells. known says how many cells of a header
// are names of columns.
func tabulate(text []byte, known func(header []string) int) (table, error) {
	if !bytes.ContainsRune(text, '\n') { // the line ends of an old Mac
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	text, separator, skipped := declared(text)
	if separator == 0 {
		separator = sniff(text, known)
	}
	t := table{separator: separator}
	err := t.read(newReader(text, separator), skipped)
	return t, err
}

func newReader(text []byte, separator rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = separator
	r.FieldsPerRecord = -1                 // ragged rows are refused with a reason
	r.TrimLeadingSpace = separator != '\t' // a blank before a quote; with tabs it would eat empty cells
	return r
}

// declared takes off the line sep=; that Excel writes and reads, and returns
// how many lines it took off.
func declared(text []byte) (rest []byte, separator rune, lines int) {
	first, rest, ok := bytes.Cut(text, []byte("\n"))
	first = bytes.Trim(bytes.TrimRight(first, "\r"), `"`)
	if ok && len(first) == 5 && strings.EqualFold(string(first[:4]), "sep=") {
		for _, s := range separators {
			if rune(first[4]) == s {
				return rest, s, 1
			}
		}
	}
	return text, 0, 0
}

// sniffed is how many rows the separator is guessed from.
const sniffed = 50

// sniff returns the separator that makes the best table: the most known
// columns, then the most rows as wide as the header, then the widest header.
func sniff(text []byte, known func([]string) int) rune {
	best, bestScore := separators[0], [3]int{}
	for _, s := range separators {
		r := newReader(text, s)
		header, err := r.Read()
		if err != nil || len(header) < 2 {
			continue
		}
		score := [3]int{known(header), 0, len(header)}
		for range sniffed {
			row, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err == nil && len(row) == len(header) {
				score[1]++
			}
		}
		if less(bestScore, score) {
			best, bestScore = s, score
		}
	}
	return best
}

func less(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

// read reads every row; skipped lines stood before the text. Rows that are no
// rows are refused, and blank ones left out.
func (t *table) read(r *csv.Reader, skipped int) error {
	for {
		cells, err := r.Read()
		bad, malformed := errors.AsType[*csv.ParseError](err)
		switch {
		case errors.Is(err, io.EOF):
			if t.header.cells == nil {
				return ErrEmpty
			}
			return nil
		case malformed && t.header.cells == nil:
			return fmt.Errorf("line %d, the header: %s", bad.StartLine+skipped, quoting(bad, skipped))
		case malformed:
			t.refuse(bad.StartLine+skipped, "%s", quoting(bad, skipped))
			continue
		case err != nil:
			return fmt.Errorf("read the rows: %w", err)
		case blank(cells):
			continue
		}
		line, _ := r.FieldPos(0)
		t.add(record{line + skipped, cells})
	}
}

func (t *table) add(row record) {
	switch {
	case t.header.cells == nil:
		t.header = row
	case len(row.cells) != len(t.header.cells):
		t.refuse(row.line, "The row has %s, the header %d.", plural(len(row.cells), "cell"), len(t.header.cells))
	default:
		t.rows = append(t.rows, row)
	}
}

func (t *table) refuse(line int, format string, args ...any) {
	t.refused = append(t.refused, Refusal{line, fmt.Sprintf(format, args...)})
}

// quoting says what is wrong with the quotes of a row.
func quoting(bad *csv.ParseError, skipped int) string {
	if errors.Is(bad, csv.ErrBareQuote) {
		return `A quote stands inside a cell without quotes around it; write "a ""word"" b".`
	}
	if bad.Line > bad.StartLine {
		return fmt.Sprintf("A quote is opened here and not closed properly (read up to line %d).", bad.Line+skipped)
	}
	return "A quote is opened here and not closed properly."
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// plural counts a thing: 1 cell, 2 cells.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
