package ats

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samsvar/samsvar/hiring"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// options are those of a role with two interviews, on 23 November 2026.
func options(t testing.TB) Options {
	t.Helper()
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Plan: hiring.Terms{Interviews: []hiring.Stage{
			{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical interview"},
			{ID: "interview-2", Kind: hiring.KindInterview, Name: "Meet the team"},
		}}.Plan(),
		Zone: oslo,
		Now:  time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC),
	}
}

// describe writes everything a file says.
func describe(f *File, zone *time.Location) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q dates %s\n", f.Encoding, f.Separator, f.Dates)
	for _, m := range f.Mapping {
		fmt.Fprintf(&b, "%s = %s\n", m.Field, m.Column)
	}
	fmt.Fprintf(&b, "ignored %q\n", f.Ignored)
	const layout = "2006-01-02 15:04:05"
	for _, c := range f.Rows {
		fmt.Fprintf(&b, "\nline %d: %s [%s %s] %s %s\n  %s added\n", c.Line, c.Name, c.External, c.Email, c.Source, c.Link, c.AddedAt.In(zone).Format(layout))
		for _, m := range c.Moves {
			fmt.Fprintf(&b, "  %s %s\n", m.At.In(zone).Format(layout), m.Stage)
		}
		if c.Outcome != hiring.Active {
			fmt.Fprintf(&b, "  %s %s %q\n", c.ClosedAt.In(zone).Format(layout), c.Outcome, c.Reason)
		}
	}
	b.WriteString("\n")
	for _, r := range f.Refused {
		fmt.Fprintf(&b, "refused %d: %s\n", r.Line, r.Why)
	}
	for _, n := range f.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	return b.String()
}

func TestReadSamples(t *testing.T) {
	samples, err := filepath.Glob("testdata/*.[ct]sv")
	if err != nil || len(samples) == 0 {
		t.Fatal("no samples", err)
	}
	for _, path := range samples {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			o := options(t)
			f, err := Read(data, o)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, path+".golden", describe(f, o.Zone))
		})
	}
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("differs from %s (-want +got):\n%s", path, diff)
	}
}

func TestReadRefusesFiles(t *testing.T) {
	tests := []struct {
		it, text string
		says     []string
	}{
		{"an empty file", "", []string{"empty"}},
		{"a file of blank lines", "\n \n", []string{"empty"}},
		{"a workbook", "PK\x03\x04\x14\x00", []string{"spreadsheet", "CSV"}},
		{"an old workbook", "\xD0\xCF\x11\xE0\xA1", []string{"spreadsheet"}},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", []string{"not a text file"}},
		{"no column for the name", "Email,Applied on\na@example.no,2026-09-01\n", []string{"name", "Email, Applied on", "--map name=Column"}},
		{"no column for the date", "Name,E-mail\nNora Vik,a@example.no\n", []string{"added", "Name, E-mail", "--map added=Column"}},
		{"dates that can be read in two ways", "Name,Applied on\nA B,04/04/2026\nC D,03/04/2026\n", []string{"“03/04/2026” in line 3", "--dates eu", "--dates us"}},
		{"dates written in two ways", "Name,Applied on\nA B,23/04/2026\nC D,04/23/2026\n", []string{"line 2", "line 3", "2026-11-23"}},
		{"a header that is not closed", "Name,\"Applied on\nA B,23/04/2026\n", []string{"line 1", "quote"}},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, err := Read([]byte(tt.text), options(t))
			for _, say := range tt.says {
				if err == nil || !strings.Contains(err.Error(), say) {
					t.Errorf("Read: %v; want %q in it", err, say)
				}
			}
		})
	}
}

// one reads a file of one row.
func one(t *testing.T, header, row string, change ...func(*Options)) (hiring.Imported, string) {
	t.Helper()
	o := options(t)
	for _, c := range change {
		c(&o)
	}
	f, err := Read([]byte(header+"\n"+row+"\n"), o)
	switch {
	case err != nil:
		return hiring.Imported{}, err.Error()
	case len(f.Refused) > 0:
		return hiring.Imported{}, f.Refused[0].Why
	}
	return f.Rows[0], ""
}

func TestReadHowItStands(t *testing.T) {
	const head = "Name,Added,Stage,Status,Last activity,Hired date,Rejected date,Withdrawn date,Closed date,Rejection reason"
	tests := []struct {
		it, row string
		want    string // outcome, day it closed, stage and day of the last move
	}{
		{"enters its stage when it was last active", "A B,2026-09-01,Screen,Active,2026-09-05,,,,,", "active screen 2026-09-05"},
		{"enters its stage when added without activity", "A B,2026-09-01,Screen,Active,,,,,,", "active screen 2026-09-01"},
		{"stays where it is added", "A B,2026-09-01,Søkt,,,,,,,", "active"},
		{"is rejected by its date", "A B,2026-09-01,Screen,,,,2026-09-08,,,", "rejected 2026-09-08 screen 2026-09-01"},
		{"is withdrawn by its date", "A B,2026-09-01,,,,,,2026-09-08,,", "withdrawn 2026-09-08"},
		{"is hired by its date", "A B,2026-09-01,Offer,,,2026-09-08,,,,", "hired 2026-09-08 offer 2026-09-01"},
		{"is hired by its stage", "A B,2026-09-01,Ansatt,Active,2026-09-09,,,,,", "hired 2026-09-09"},
		{"is withdrawn by its reason", "A B,2026-09-01,Screen,Rejected,,,2026-09-08,,,Candidate withdrew", "withdrawn 2026-09-08 screen 2026-09-01"},
		{"is withdrawn by a reason alone", "A B,2026-09-01,Screen,,,,,,2026-09-08,Candidate withdrew", "withdrawn 2026-09-08 screen 2026-09-01"},
		{"is rejected when we took the offer back", "A B,2026-09-01,Offer,Rejected,,,2026-09-08,,,Offer withdrawn by company", "rejected 2026-09-08 offer 2026-09-01"},
		{"is rejected when the status says that we took the offer back", "A B,2026-09-01,Offer,Offer withdrawn,2026-09-08,,,,,", "rejected 2026-09-08 offer 2026-09-08"},
		{"is rejected by a reason alone", "A B,2026-09-01,,,,,,,2026-09-08,No Go", "rejected 2026-09-08"},
		{"is hired by a reason of archiving", "A B,2026-09-01,Offer,,,,,,2026-09-08,Hired", "hired 2026-09-08 offer 2026-09-01"},
		{"is rejected where the stage says so", "A B,2026-09-01,Avslag,,2026-09-07,,,,,", "rejected 2026-09-07"},
		{"leaves activity after the end out", "A B,2026-09-01,Screen,Rejected,2026-09-20,,2026-09-08,,,", "rejected 2026-09-08 screen 2026-09-08"},
		{"takes a status that is a stage", "A B,2026-09-01,,Tilbud,2026-09-20,,,,,", "active offer 2026-09-20"},
		{"refuses two endings", "A B,2026-09-01,,,,2026-09-08,2026-09-09,,,", "There is a date of hiring"},
		{"refuses an active one that ended", "A B,2026-09-01,,Active,,,2026-09-09,,,", "The status says active"},
		{"refuses a hired one that was rejected", "A B,2026-09-01,Hired,Rejected,,,,,,", "The stage says hired"},
		{"refuses an end without how", "A B,2026-09-01,,,,,,,2026-09-09,", "There is a date on which"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			c, why := one(t, head, tt.row)
			got := why
			if why == "" {
				got = string(c.Outcome)
				if !c.ClosedAt.IsZero() {
					got += " " + c.ClosedAt.Format(time.DateOnly)
				}
				for _, m := range c.Moves {
					got += fmt.Sprintf(" %s %s", m.Stage, m.At.Format(time.DateOnly))
				}
			}
			if got != tt.want && (why == "" || !strings.HasPrefix(why, tt.want)) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestReasonsSayWhoEndedIt has reasons of rows whose status is rejected.
func TestReasonsSayWhoEndedIt(t *testing.T) {
	theirs := []string{
		"Withdrawn", "withdrew", "Candidate withdrew", "candidate_withdrew", "CandidateWithdrew", "Withdrawal", "Application withdrawn", "Withdrawn by candidate", "Candidate declined the offer",
		"Offer declined", "Declined offer; withdrawn", "Withdrew (offer stage)", "Withdrew from the position", "Withdrawn: accepted another offer", "Left the company; withdrew",
		"Candidate withdrew, position filled since", "Took another offer",
		"Trakk seg", "Har trukket seg", "Kandidaten trakk seg", "Kandidaten har trukket søknaden", "Søknaden trukket av søker", "Takket nei", "Takket nei til tilbud", "Takket ja til annet", "Takket ja til annen stilling",
	}
	ours := []string{
		"Offer withdrawn by company", "Offer withdrawn", "OFFER_WITHDRAWN", "OfferWithdrawn", "The offer was withdrawn.", "We withdrew the offer", "Withdrew our offer", "Withdrawal of offer", "Job offer withdrawn by employer",
		"Position withdrawn", "The position has been withdrawn", "Role withdrawn by hiring manager", "Requisition withdrawn", "Job withdrawn", "Withdrawn by us", "Application withdrawn: position filled",
		"Client withdrew", "Application withdrawn by the recruiter", "Candidate withdrawn by client", "Offer declined by company", "Offer rescinded", "Position closed", "No Go",
		"Tilbudet ble trukket", "Tilbud trukket av oss", "Vi trakk tilbudet", "Kunden trakk seg", "Arbeidsgiver har trukket seg", "Vi takket nei", "Stillingen er trukket", "Stillingen ble besatt", "Takket nei av arbeidsgiver",
	}
	for want, reasons := range map[bool][]string{true: theirs, false: ours} {
		for _, reason := range reasons {
			if left(reason) != want {
				t.Errorf("“%s” is the candidate's own: %t, want %t (%s)", reason, !want, want, spoken(reason))
			}
		}
	}
}

func TestReadOrdersOneDay(t *testing.T) {
	const head = "Name,Added,Screen date,Technical interview date,Rejected date"
	tests := []struct{ it, row, want string }{
		{"days without times stand in the plan's order", "A B,2026-09-01,2026-09-02,2026-09-02,2026-09-02", "12:00 12:00 12:00 12:00"},
		{"a time after noon holds the later ones back", "A B,2026-09-01 15:00,2026-09-01,2026-09-01,2026-09-01", "15:00 15:00 15:00 15:00"},
		{"a time before noon draws the earlier ones forward", "A B,2026-09-01,2026-09-01,2026-09-01 09:30,2026-09-01", "09:30 09:30 09:30 12:00"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			c, why := one(t, head, tt.row)
			if why != "" {
				t.Fatal(why)
			}
			zone := options(t).Zone
			got := c.AddedAt.In(zone).Format("15:04")
			for _, m := range c.Moves {
				got += m.At.In(zone).Format(" 15:04")
			}
			if got += c.ClosedAt.In(zone).Format(" 15:04"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestReadKeys(t *testing.T) {
	tests := []struct{ it, head, row, want string }{
		{"the id comes first", "Id,Name,Email,Added", "7,A B,A@Example.no,2026-09-01", "7"},
		{"then the e-mail in lower case", "Id,Name,Email,Added", ",A B,A@Example.no,2026-09-01", "a@example.no"},
		{"then the name and the day", "Name,Added", "Åse  Lie,2026-09-01", "åse lie 2026-09-01"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			if c, why := one(t, tt.head, tt.row); c.External != tt.want {
				t.Errorf("got %q %s, want %q", c.External, why, tt.want)
			}
		})
	}
}

func TestReadMap(t *testing.T) {
	columns := func(pairs map[string]string) func(*Options) {
		return func(o *Options) { o.Columns = pairs }
	}
	c, why := one(t, "Hvem;Når;Prat;Status", "A B;01.09.2026;03.09.2026;Perhaps",
		columns(map[string]string{"name": "hvem", "added": "Når", "interview-1": "Prat", "status": ""}))
	if c.Name != "A B" || len(c.Moves) != 1 || c.Moves[0].Stage != "interview-1" {
		t.Errorf("mapped: %+v %s", c, why)
	}
	for _, pairs := range []map[string]string{{"nmae": "Hvem"}, {"name": "Hvam"}} {
		if _, why := one(t, "Hvem;Added", "A B;01.09.2026", columns(pairs)); !strings.Contains(why, "--map") {
			t.Errorf("%v: %q", pairs, why)
		}
	}
}

func TestSniff(t *testing.T) {
	tests := []struct {
		it, text string
		want     rune
	}{
		{"commas", "Name,Added\nA B,2026-09-01\n", ','},
		{"semicolons with commas in every cell", "Name;Added;Note\n\"Lie, A\";2026-09-01;a, b, c\n\"Vik, B\";2026-09-01;a, b, c\n", ';'},
		{"tabs with semicolons inside", "Name\tAdded\tTags\nA B\t2026-09-01\tx;y;z;q\n", '\t'},
		{"commas around quoted newlines and semicolons", "Name,Added,Note\nA B,2026-09-01,\"a;b;c\n;;;\"\n", ','},
		{"what Excel declares", "sep=;\r\nName;Added\r\nA B;2026-09-01\r\n", ';'},
		{"the line ends of an old Mac", "Name;Added\rA B;2026-09-01\r", ';'},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			f, err := Read([]byte(tt.text), options(t))
			if err != nil || f.Separator != tt.want || len(f.Rows) == 0 {
				t.Errorf("got %+v, %v", f, err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	samples, _ := filepath.Glob("testdata/*.[ct]sv")
	for _, path := range samples {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	o := options(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read(data, o)
		if err != nil {
			return
		}
		for _, c := range file.Rows {
			if c.Line < 2 || c.External == "" || c.AddedAt.After(o.Now) {
				t.Errorf("row %+v", c)
			}
		}
	})
}

// BenchmarkRead reads 10,000 rows; its floor is encoding/csv on the same
// bytes.
func BenchmarkRead(b *testing.B) {
	var buf bytes.Buffer
	buf.WriteString("Application ID,Candidate Name,Email,Source,Applied On,Current Stage,Status,Rejected On,Rejection Reason,Technical interview date\n")
	for i := range 10_000 {
		d := 1 + i%28
		fmt.Fprintf(&buf, "%d,Kari Nordmann %d,kari%d@example.no,LinkedIn,2026-03-%02d,Technical interview,Rejected,2026-05-%02d,Not enough Go,2026-04-%02d 10:00\n", i, i, i, d, d, d)
	}
	o := options(b)
	var read, floor time.Duration
	for b.Loop() {
		start := time.Now()
		if f, err := Read(buf.Bytes(), o); err != nil || len(f.Rows) != 10_000 {
			b.Fatal(err)
		}
		read += time.Since(start)
		start = time.Now()
		if rows, err := csv.NewReader(bytes.NewReader(buf.Bytes())).ReadAll(); err != nil || len(rows) != 10_001 {
			b.Fatal(err)
		}
		floor += time.Since(start)
	}
	b.ReportMetric(float64(read)/float64(floor), "x-csv")
}
