package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"github.com/samsvar/samsvar/cmd/samsvar/ats"
	"github.com/samsvar/samsvar/hiring"
)

// page writes the report of an import, in colour only on a terminal.
type page struct {
	io.Writer
	bold, faint, good, bad *color.Color
}

func newPage(w io.Writer) *page {
	o := &page{w, color.New(color.Bold), color.New(color.Faint), color.New(color.FgGreen), color.New(color.FgRed)}
	for _, c := range []*color.Color{o.bold, o.faint, o.good, o.bad} {
		if _, plain := os.LookupEnv("NO_COLOR"); isTerminal(w) && !plain {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
	}
	return o
}

// isTerminal says whether a person watches what is written.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// line writes a row of the report's first part: a word and what it is.
func (o *page) line(word, text string) {
	fmt.Fprintln(o, "  "+o.faint.Sprint(runewidth.FillRight(word, 9))+" "+text)
}

// importReport is everything an import tells.
type importReport struct {
	name    string // of the file
	command string // the slash command
	dryRun  bool
	role    hiring.Role
	file    *ats.File
	result  hiring.ImportResult
}

// refusals are the rows refused, by the reader and by the rule, by line.
func (r importReport) refusals() []ats.Refusal {
	all := slices.Clone(r.file.Refused)
	for _, x := range r.result.Refused {
		all = append(all, ats.Refusal{Line: x.Line, Why: x.Why.Error()})
	}
	slices.SortStableFunc(all, func(a, b ats.Refusal) int { return cmp.Compare(a.Line, b.Line) })
	return all
}

// print says what the import would do, and why it won't if it won't.
func (r importReport) print(o *page) {
	refused := r.refusals()
	fmt.Fprintf(o, "%s\n\n", o.bold.Sprintf("Import into %v, %s", r.role.ID, printable(r.role.Title())))
	o.line("File", fmt.Sprintf("%s: %s, %s", printable(r.name), r.file.Encoding, separatorName(r.file.Separator)))
	o.line("Dates", dateNames[r.file.Dates])
	r.printColumns(o)
	o.line("Rows", fmt.Sprintf("%d new, %d already there, %d refused", len(r.result.Added), r.result.Present, len(refused)))
	r.printCounts(o)
	notes := r.notes()
	if len(notes) > 0 {
		fmt.Fprintln(o)
	}
	for _, n := range notes {
		fmt.Fprintln(o, "  "+printable(n))
	}
	fmt.Fprintln(o)
	switch {
	case len(refused) > 0:
		r.printRefused(o, refused)
	case len(r.result.Added) == 0:
		fmt.Fprintln(o, "Nothing to do: "+r.tally()+".")
	case r.dryRun:
		fmt.Fprintln(o, "Nothing was written. Run it without --dry-run to import.")
	}
}

// notes say what was assumed, and what follows for whoever is still in the
// process.
func (r importReport) notes() []string {
	waiting := 0
	for _, c := range r.result.Added {
		if c.Outcome == hiring.Active && c.Contact.By != "" {
			waiting++
		}
	}
	if waiting == 0 {
		return r.file.Notes
	}
	from := "now"
	if r.role.Status == hiring.Paused {
		from = "when the role goes on"
	}
	note := fmt.Sprintf("%d candidates are still in the process: the working days of their stages count from %s.", waiting, from)
	if waiting == 1 {
		note = fmt.Sprintf("1 candidate is still in the process: the working days of their stage count from %s.", from)
	}
	return append(slices.Clip(r.file.Notes), note)
}

func (r importReport) printColumns(o *page) {
	width := 0
	for _, m := range r.file.Mapping {
		width = max(width, len(m.Field))
	}
	word := "Columns"
	for _, m := range r.file.Mapping {
		o.line(word, fmt.Sprintf("%-*s ← %s", width, m.Field, printable(m.Column)))
		word = ""
	}
	if len(r.file.Ignored) > 0 {
		o.line("Ignored", printable(strings.Join(r.file.Ignored, ", ")))
	}
}

var dateNames = map[ats.Order]string{
	ats.OrderAuto:     "each can be read in one way only",
	ats.OrderISO:      "year first (2026-11-23)",
	ats.OrderEuropean: "day before month (23/11/2026)",
	ats.OrderAmerican: "month before day (11/23/2026)",
}

func separatorName(r rune) string {
	switch r {
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	default:
		return "comma"
	}
}

// printCounts writes the new candidates by stage and outcome.
func (r importReport) printCounts(o *page) {
	if len(r.result.Added) == 0 {
		return
	}
	outcomes := []hiring.Outcome{hiring.Active, hiring.Hired, hiring.Rejected, hiring.Withdrawn}
	type cell struct {
		stage   hiring.StageID
		outcome hiring.Outcome
	}
	counts := map[cell]int{}
	width := 0
	for _, c := range r.result.Added {
		counts[cell{c.Stage, c.Outcome}]++
	}
	for _, s := range r.role.Plan() {
		width = max(width, runewidth.StringWidth(printable(ats.StageName(s))))
	}
	head := "  " + strings.Repeat(" ", width)
	for _, outcome := range outcomes {
		head += fmt.Sprintf("  %9s", outcome)
	}
	fmt.Fprintln(o)
	fmt.Fprintln(o, o.faint.Sprint(head))
	for _, s := range r.role.Plan() {
		row := "  " + runewidth.FillRight(printable(ats.StageName(s)), width)
		for _, outcome := range outcomes {
			row += fmt.Sprintf("  %9s", dash(counts[cell{s.ID, outcome}]))
		}
		fmt.Fprintln(o, row)
	}
}

func (r importReport) printRefused(o *page, refused []ats.Refusal) {
	width := len(strconv.Itoa(refused[len(refused)-1].Line))
	for _, x := range refused {
		fmt.Fprintf(o, "  %s  %s\n", o.bad.Sprintf("line %*d", width, x.Line), printable(x.Why))
	}
	rows := fmt.Sprintf("%d rows are", len(refused))
	if len(refused) == 1 {
		rows = "1 row is"
	}
	fmt.Fprintf(o, "\nNothing was written, because %s refused. Correct the file and import it again.\n", rows)
}

// printDone says that it is written.
func (r importReport) printDone(o *page) {
	fmt.Fprintln(o, o.good.Sprint("Done: "+r.tally()+"."))
	fmt.Fprintf(o, "See the funnel in Slack: %s funnel %v\n", r.command, r.role.ID)
}

func (r importReport) tally() string {
	return fmt.Sprintf("%d new, %d already there", len(r.result.Added), r.result.Present)
}

func dash(n int) string {
	if n == 0 {
		return "·"
	}
	return strconv.Itoa(n)
}

// printable keeps a file from steering the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if strconv.IsPrint(r) || r == '\u00a0' {
			return r
		}
		return ' '
	}, s)
}
