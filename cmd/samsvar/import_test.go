package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var importNow = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// importRecord makes a record with the open role R-1 and returns its path.
func importRecord(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samsvar.db")
	t.Setenv("SAMSVAR_DB", path)
	s := openRecord(t, path)
	defer s.Close() //nolint:errcheck // the test reads what was written
	terms := hiring.Terms{
		Title: "Backend developer", Openings: 2, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
		Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
		MustHaves: hiring.MustHaves("Go"),
		Interviews: []hiring.Stage{
			{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{"UINGRID"}},
			{ID: "interview-2", Kind: hiring.KindInterview, Name: "Meet the team", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{"UINGRID"}},
		},
	}
	role := hiring.Role{
		ID: 1, HiringManager: "UKARI", Recruiter: "UOLA", Channel: "CHIRING", Status: hiring.Open,
		CreatedAt: importNow.AddDate(0, -4, 0), OpenedAt: importNow.AddDate(0, -4, 0),
		Briefs: []hiring.Brief{{Revision: 1, Terms: terms, ProposedBy: "UOLA", ProposedAt: importNow.AddDate(0, -4, 0), Signatures: []hiring.Signature{
			{By: "UOLA", At: importNow.AddDate(0, -4, 0)}, {By: "UKARI", At: importNow.AddDate(0, -4, 0)},
		}}},
	}
	err := s.Change(context.Background(), "", importNow, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Roles: []hiring.Role{role}, Events: []hiring.Event{
			{Kind: hiring.BriefProposed, At: role.CreatedAt, By: "UOLA", Role: 1, Revision: 1, Count: 2, Stages: "interview-1 interview-2"},
			{Kind: hiring.BriefSigned, At: role.CreatedAt, By: "UOLA", Role: 1, Revision: 1},
			{Kind: hiring.BriefSigned, At: role.CreatedAt, By: "UKARI", Role: 1, Revision: 1},
		}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func openRecord(t testing.TB, path string) *store.Store {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path, store.Options{Settings: hiring.Settings{ // the defaults of the configuration
		Zone: zone, Country: "NO", WorkDays: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour,
		Promises: hiring.DefaultPromises(),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// imported returns the candidates on record.
func imported(t testing.TB, path string) []hiring.Candidate {
	t.Helper()
	s := openRecord(t, path)
	defer s.Close() //nolint:errcheck // only read
	var all []hiring.Candidate
	err := s.View(context.Background(), func(r hiring.Record) (err error) {
		all, err = r.CandidatesOf(1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// samsvarImport runs the command as a person would.
func samsvarImport(t testing.TB, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &program{stdin: strings.NewReader(stdin), stdout: &out, stderr: &errs, clock: func() time.Time { return importNow }}
	code = p.run(t.Context(), append([]string{"import"}, args...))
	return code, out.String(), errs.String()
}

func goldenImport(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "import", name+".golden")
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
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

func TestImportTwiceIsOnce(t *testing.T) {
	db := importRecord(t)
	steps := []struct {
		it         string
		args       []string
		candidates int
	}{
		{"dry-run", []string{"ats/testdata/greenhouse.csv", "--role", "R-1", "--dry-run"}, 0},
		{"done", []string{"ats/testdata/greenhouse.csv", "--role", "R-1"}, 5},
		{"again", []string{"ats/testdata/greenhouse.csv", "--role", "r1"}, 5},
		{"more", []string{"ats/testdata/recman.csv", "--role", "R-1", "--by", "UKARI"}, 8},
	}
	for _, step := range steps {
		code, out, errs := samsvarImport(t, "", step.args...)
		if code != exitOK || errs != "" {
			t.Fatalf("%s: exit %d, %s", step.it, code, errs)
		}
		goldenImport(t, step.it, out)
		if got := imported(t, db); len(got) != step.candidates {
			t.Fatalf("%s: %d candidates, want %d", step.it, len(got), step.candidates)
		}
	}
	all := imported(t, db)
	if c := all[3]; c.Name != "Jonas Berg" || c.Outcome != hiring.Hired || c.Stage != hiring.StageHired || c.AddedBy != "UOLA" || len(c.Journey) != 3 {
		t.Errorf("the hired one: %+v", c)
	}
	if c := all[5]; c.Name != "Ida Fjell" || c.AddedBy != "UKARI" {
		t.Errorf("imported by the manager: %+v", c)
	}
	checkCounts(t, db)
}

// TestImportOfTwoFiles imports what another system has of a role, or has by
// now.
func TestImportOfTwoFiles(t *testing.T) {
	const lever = "Id,Name,Email,Applied,Stage\n1,Nora Vik,nora@example.com,2026-10-01,Screen\n"
	tests := []struct {
		it, first, then string
		code, there     int
		says            string
	}{
		{"two systems that number from 1", lever, "Id,Name,Email,Applied,Stage\n1,Erik Lie,erik@example.com,2026-10-02,Screen\n", exitOK, 2, "1 new, 0 already there"},
		{"a newer export with a column more", "Name,Email,Applied,Stage\nNora Vik,Nora@example.com,2026-10-01,Screen\n",
			"Candidate ID,Name,Email,Applied,Stage\n4711,Nora Vik,nora@example.com,2026-10-01,Offer\n", exitOK, 1, "Nothing to do: 0 new, 1 already there"},
		{"a newer export with a column less", lever, "Name,Applied,Stage\nNora Vik,2026-10-01,Offer\n", exitOK, 1, "0 new, 1 already there"},
		{"ids alone that are the same", lever, "Id,Name,Applied\n2,Erik Lie,2026-10-02\n1,Jonas Berg,2026-10-02\n", exitFailed, 1, "line 3  C-1 has the same id and another name"},
		{"a dash for an address", "Name,Email,Applied\nNora Vik,-,2026-10-01\nErik Lie,-,2026-10-01\n", lever, exitOK, 2, "0 new, 1 already there"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			db := importRecord(t)
			if code, out, errs := samsvarImport(t, tt.first, "-", "--role", "R-1"); code != exitOK {
				t.Fatal(out, errs)
			}
			code, out, errs := samsvarImport(t, tt.then, "-", "--role", "R-1")
			if got := imported(t, db); code != tt.code || len(got) != tt.there || !strings.Contains(out, tt.says) {
				t.Errorf("exit %d, %d candidates\n%s%s", code, len(got), out, errs)
			}
		})
	}
}

// TestImportTellsWhoseEndItWas imports three rejections: two are ours, whatever
// was withdrawn, and one was the candidate's own.
func TestImportTellsWhoseEndItWas(t *testing.T) {
	db := importRecord(t)
	const file = "Id,Name,Applied,Stage,Status,Rejected at,Rejection reason\n" +
		"1,Nora Vik,2026-10-01,Offer,Rejected,2026-10-20,Offer withdrawn by company\n" +
		"2,Erik Lie,2026-10-01,Screen,Rejected,2026-10-20,Position withdrawn\n" +
		"3,Jonas Berg,2026-10-01,Offer,Rejected,2026-10-20,Withdrew\n"
	for _, args := range [][]string{{"-", "--role", "R-1", "--dry-run"}, {"-", "--role", "R-1"}} {
		code, out, errs := samsvarImport(t, file, args...)
		if code != exitOK || !strings.Contains(out, "1 rejection counts as a withdrawal") {
			t.Fatalf("exit %d\n%s%s", code, out, errs)
		}
	}
	want := []struct {
		outcome hiring.Outcome
		offer   hiring.OfferEnd
	}{{hiring.Rejected, hiring.TakenBack}, {hiring.Rejected, ""}, {hiring.Withdrawn, hiring.Declined}}
	for i, c := range imported(t, db) {
		if c.Outcome != want[i].outcome || c.Offer != want[i].offer {
			t.Errorf("%s: %s, offer %q, because “%s”", c.Name, c.Outcome, c.Offer, c.Reason)
		}
	}
}

// checkCounts makes the funnel's counts anew; nothing may change.
func checkCounts(t *testing.T, path string) {
	t.Helper()
	s := openRecord(t, path)
	defer s.Close() //nolint:errcheck // only read
	if wrong, err := s.Recount(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("counts are off: %v, %v", wrong, err)
	}
}

func TestImportOfAHalfBadFileWritesNothing(t *testing.T) {
	db := importRecord(t)
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	code, out, errs := samsvarImport(t, "", "ats/testdata/refused.csv", "--role", "R-1")
	if code != exitFailed || errs != "" {
		t.Errorf("exit %d, %s", code, errs)
	}
	goldenImport(t, "refused", out)
	if got := imported(t, db); len(got) != 0 {
		t.Errorf("%d candidates were written", len(got))
	}
	if after, _ := os.ReadFile(db); !bytes.Equal(before, after) {
		t.Error("the file was touched")
	}
}

func TestImportReadsStandardInput(t *testing.T) {
	db := importRecord(t)
	code, out, errs := samsvarImport(t, "Hvem,Added\nNora Vik,03/04/2026\n", "-", "--role", "R-1", "--map", "name=Hvem", "--dates", "us")
	if got := imported(t, db); code != exitOK || len(got) != 1 || got[0].AddedAt.Month() != time.March {
		t.Errorf("exit %d, %+v\n%s%s", code, got, out, errs)
	}
}

func TestImportSaysWhatIsWrong(t *testing.T) {
	importRecord(t)
	const file = "ats/testdata/greenhouse.csv"
	tests := []struct {
		it   string
		args []string
		code int
		says string
	}{
		{"no file", []string{"--role", "R-1"}, exitUsage, "name one file"},
		{"no role", []string{file}, exitUsage, "--role R-12"},
		{"a role that is no key", []string{file, "--role", "backend"}, exitUsage, "--role"},
		{"a role that is not there", []string{file, "--role", "R-7"}, exitFailed, "R-7"},
		{"a file that is not there", []string{"nowhere.csv", "--role", "R-1"}, exitFailed, "nowhere.csv"},
		{"an order of dates that is none", []string{file, "--role", "R-1", "--dates", "uk"}, exitUsage, "iso, eu or us"},
		{"a user that is none", []string{file, "--role", "R-1", "--by", "kari"}, exitUsage, "U024BE7LH"},
		{"a mapping that is none", []string{file, "--role", "R-1", "--map", "name"}, exitUsage, "field=Column"},
		{"a mapping to nowhere", []string{file, "--role", "R-1", "--map", "name=Kandidat"}, exitFailed, "no such column"},
		{"a workbook", []string{"-", "--role", "R-1"}, exitFailed, "spreadsheet"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			code, out, errs := samsvarImport(t, "PK\x03\x04\x14", tt.args...)
			if code != tt.code || out != "" || !strings.Contains(errs, tt.says) {
				t.Errorf("exit %d, %q, %q; want %d, %q", code, out, errs, tt.code, tt.says)
			}
		})
	}
}

// TestImportGoesByTheRules has what is promised be due by the working days that
// admins have set.
func TestImportGoesByTheRules(t *testing.T) {
	db := importRecord(t)
	setRules(t, db, func(r *hiring.Rules) { r.WorkDays = [7]bool{time.Thursday: true} })
	code, out, errs := samsvarImport(t, "id,name,added\n1,Nora Vik,2026-11-20\n", "-", "--role", "R-1")
	if code != exitOK {
		t.Fatalf("exit %d\n%s%s", code, out, errs)
	}
	all := imported(t, db)
	if len(all) != 1 || all[0].Contact.On.Midnight(time.UTC).Weekday() != time.Thursday {
		t.Errorf("somebody hears by a day on which nobody works: %+v", all)
	}
}

func TestImportNeedsTheRecord(t *testing.T) {
	db := importRecord(t)
	s := openRecord(t, db)
	code, _, errs := samsvarImport(t, "", "ats/testdata/greenhouse.csv", "--role", "R-1")
	if code != exitFailed || !strings.Contains(errs, "Stop `samsvar serve` first") {
		t.Errorf("while it is in use: exit %d, %s", code, errs)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "none.db")
	t.Setenv("SAMSVAR_DB", missing)
	code, _, errs = samsvarImport(t, "", "ats/testdata/greenhouse.csv", "--role", "R-1")
	if _, err := os.Stat(missing); code != exitFailed || !strings.Contains(errs, "SAMSVAR_DB") || !os.IsNotExist(err) {
		t.Errorf("without a record: exit %d, %s, %v", code, errs, err)
	}
}

func TestImportNamesNobody(t *testing.T) {
	importRecord(t)
	for _, file := range []string{"greenhouse.csv", "refused.csv"} {
		_, out, errs := samsvarImport(t, "", filepath.Join("ats/testdata", file), "--role", "R-1")
		for _, name := range []string{"Vik", "Lie", "Berg", "example.no"} {
			if strings.Contains(out+errs, name) {
				t.Errorf("%s: the report names %q", file, name)
			}
		}
	}
}

// BenchmarkImport imports 10,000 candidates into an empty role.
func BenchmarkImport(b *testing.B) {
	var file strings.Builder
	file.WriteString("Id,Name,Added,Screen date,Rejected date\n")
	for i := range 10_000 {
		fmt.Fprintf(&file, "%d,Kari Nordmann,2026-09-%02d,2026-10-%02d,2026-11-%02d\n", i, 1+i%28, 1+i%28, 1+i%20)
	}
	for b.Loop() {
		b.StopTimer()
		importRecord(b)
		b.StartTimer()
		if code, out, errs := samsvarImport(b, file.String(), "-", "--role", "R-1"); code != exitOK {
			b.Fatal(out, errs)
		}
	}
}
