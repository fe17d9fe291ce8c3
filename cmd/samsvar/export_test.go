package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/cmd/samsvar/tables"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// samsvar runs a command as a person would.
func samsvar(t testing.TB, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := &program{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, clock: func() time.Time { return importNow }}
	code = p.run(context.Background(), args)
	return code, out.String(), errs.String()
}

// archive reads everything in a record.
func archive(t testing.TB, path string) (e tables.Everything, counts map[hiring.RoleID]hiring.Tally) {
	t.Helper()
	s := openRecord(t, path)
	defer s.Close() //nolint:errcheck // only read
	counts = make(map[hiring.RoleID]hiring.Tally)
	err := s.Archive(context.Background(), func(a store.Archive) (err error) {
		if counts[0], err = a.Counts(0, "0000-W00", "9999-W99"); err != nil { // all roles together
			return err
		}
		if e.Roles, err = a.AllRoles(); err != nil {
			return err
		}
		for _, r := range e.Roles {
			all, err := a.CandidatesOf(r.ID)
			tally, err2 := a.Counts(r.ID, "0000-W00", "9999-W99")
			owed, err3 := a.OwedIn(r.ID)
			if err := errors.Join(err, err2, err3); err != nil {
				return err
			}
			e.Candidates, e.Owed, counts[r.ID] = append(e.Candidates, all...), append(e.Owed, owed...), tally
			for _, c := range all {
				on, err := a.FeedbackOn(c.ID)
				if err != nil {
					return err
				}
				e.Feedback = append(e.Feedback, on...)
			}
		}
		err = a.People(func(p hiring.Person) error { e.People = append(e.People, p); return nil })
		err = errors.Join(err, a.Unfinished(func(u hiring.Unfinished) error { e.Unfinished = append(e.Unfinished, u); return nil }))
		subscriptions, err2 := a.AllSubscriptions()
		rules, err3 := a.Rules()
		if e.Subscriptions = subscriptions; rules.Set() {
			e.Rules = append(e.Rules, rules)
		}
		return errors.Join(err, err2, err3, a.Events(func(n uint64, x hiring.Event) error {
			e.Events = append(e.Events, tables.Fact{No: n, Event: x})
			return nil
		}))
	})
	if err != nil {
		t.Fatal(err)
	}
	return e, counts
}

// someQuarter writes a random stretch of hiring into a record: several roles,
// candidates from every source, moves, endings, corrections, interviews,
// feedback, decisions, pauses and an import.
func someQuarter(t *rapid.T, s *store.Store) {
	now := importNow.AddDate(0, -3, 0)
	zone, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	settings := hiring.Settings{Zone: zone, Country: "NO", WorkDays: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Locale: hiring.English,
		Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing()}
	do := func(by hiring.UserID, rule func(hiring.Act) (hiring.Change, error)) {
		now = now.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute)
		err := s.Change(context.Background(), "", now, func(r hiring.Record) (hiring.Change, error) {
			p, err := r.Person(by)
			if err != nil {
				return hiring.Change{}, err
			}
			return rule(hiring.Act{Settings: settings, Record: r, By: p, Now: now})
		})
		_, sentence := errors.AsType[*hiring.Error](err)
		_, fields := errors.AsType[hiring.FieldErrors](err)
		if err != nil && !sentence && !fields {
			t.Fatal(err)
		}
	}
	if err := s.Change(context.Background(), "", now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{People: []hiring.Person{{ID: "UKARI", Name: "=Kari"}, {ID: "UOLA", Name: "Ola \"O\", Nordmann", Free: []hiring.Span{{From: "2026-12-21", To: "2026-12-23"}}}}}, nil
	}); err != nil {
		t.Fatal(err)
	}
	roles := rapid.IntRange(1, 3).Draw(t, "roles")
	for i := range roles {
		terms := storyTerms(i)
		do("UKARI", func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.ProposeRole(hiring.Draft{HiringManager: "UKARI", Recruiter: "UOLA", Channel: "CHIRING", Terms: terms})
			return c, err
		})
		do("UOLA", func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Sign(hiring.RoleID(i+1), 1)
			return c, err
		})
	}
	role := func() hiring.RoleID { return hiring.RoleID(rapid.IntRange(1, roles).Draw(t, "role")) }
	who := func() hiring.CandidateID { return hiring.CandidateID(rapid.IntRange(1, 12).Draw(t, "candidate")) }
	contact := hiring.Contact{By: "UOLA", On: "2026-12-01"}
	acts := []func(hiring.Act) (hiring.Change, error){
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.AddCandidate(role(), hiring.Applicant{Name: rapid.SampledFrom([]string{"Nora Vik", "=cmd|' /C calc'!A0", "Åse,\nØ"}).Draw(t, "name"), Source: rapid.SampledFrom(hiring.Sources()).Draw(t, "source"), Link: "@x"})
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			to := rapid.SampledFrom([]hiring.StageID{hiring.StageScreen, "interview-1", "interview-2", hiring.StageOffer}).Draw(t, "stage")
			_, c, err := a.Move(who(), to, hiring.Interview{Start: a.Now.Add(-2 * time.Hour), Length: time.Hour, Panel: []hiring.UserID{"UKARI"}})
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			outcome := rapid.SampledFrom([]hiring.Outcome{hiring.Hired, hiring.Rejected, hiring.Withdrawn}).Draw(t, "outcome")
			_, c, err := a.Close(who(), outcome, "-2 on Go", rapid.Bool().Draw(t, "told"))
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			c, err := a.Record.Candidate(who())
			if err != nil {
				return hiring.Change{}, err
			}
			steps := c.Steps()
			n := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
			fix := hiring.Fix{Step: n, At: steps[n].At, Undo: rapid.Bool().Draw(t, "undo"), Is: steps[n].At.Add(time.Duration(rapid.IntRange(-9000, 900).Draw(t, "by")) * time.Minute)}
			_, ch, err := a.Correct(c.ID, fix)
			return ch, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.SubmitFeedback(hiring.FeedbackKey{Candidate: who(), Stage: "interview-1", Interviewer: "UKARI"}, hiring.Scorecard{
				Ratings: []hiring.Rating{hiring.Meets}, Evidence: []string{"=Ran it"}, Recommendation: hiring.Yes, Note: "'quoted'\nand more",
			})
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Decide(who(), hiring.Ruling{Verdict: rapid.SampledFrom(hiring.Verdicts()).Draw(t, "verdict"), Criteria: []int{0}, Reason: "+1", Contact: contact})
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Import(role(), []hiring.Imported{{
				Line: 2, External: fmt.Sprint("x", a.Now.Unix()), Name: "Erik Lie", Source: hiring.Agency, Outcome: hiring.Withdrawn, Reason: "Moved",
				AddedAt: a.Now.AddDate(0, 0, -20), Moves: []hiring.ImportedMove{{Stage: hiring.StageScreen, At: a.Now.AddDate(0, 0, -10)}}, ClosedAt: a.Now.AddDate(0, 0, -2),
			}})
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Subscribe(hiring.Subscription{
				Role: role(), Channel: rapid.SampledFrom([]hiring.ChannelID{"CHIRING", "CTEAM"}).Draw(t, "channel"), Own: rapid.Bool().Draw(t, "own"),
				Day: time.Weekday(rapid.IntRange(0, 6).Draw(t, "day")), At: 9 * time.Hour, Locale: hiring.Norwegian,
			}, "", a.Now.AddDate(0, 0, 7))
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Unsubscribe(role(), "", "CHIRING")
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Pause(role()); return c, err },
		func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Resume(role()); return c, err },
	}
	for range rapid.IntRange(10, 50).Draw(t, "acts") {
		do(rapid.SampledFrom([]hiring.UserID{"UKARI", "UOLA"}).Draw(t, "by"), acts[rapid.IntRange(0, len(acts)-1).Draw(t, "act")])
	}
}

// storyTerms are those of a brief that can be agreed on.
func storyTerms(i int) hiring.Terms {
	return hiring.Terms{
		Title: fmt.Sprintf("Role, \"%d\"", i), Team: "-", Openings: 3, Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering", "=1"},
		Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
		MustHaves: []hiring.MustHave{{Skill: "Go", VerifiedBy: []hiring.Check{"interview-1"}}},
		Interviews: []hiring.Stage{
			{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{"UKARI"}},
			{ID: "interview-2", Kind: hiring.KindInterview, Name: "Team", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{"UKARI"}},
		},
	}
}

// TestARoundTripGivesTheSameFunnel exports random records and imports them into
// empty ones, in both formats: the same counts, and the same everything.
func TestARoundTripGivesTheSameFunnel(t *testing.T) {
	t.Setenv("SAMSVAR_TIMEZONE", "Europe/Oslo")
	folder, run := t.TempDir(), 0
	rapid.Check(t, func(r *rapid.T) {
		run++
		path := func(name string) string { return filepath.Join(folder, fmt.Sprintf("%d-%s", run, name)) }
		from := path("from.db")
		s := openRecord(t, from)
		someQuarter(r, s)
		if err := s.Close(); err != nil {
			r.Fatal(err)
		}
		want, funnel := archive(t, from)
		t.Setenv("SAMSVAR_DB", from)
		if code, _, errs := samsvar(t, "export", path("all")); code != exitOK {
			r.Fatalf("export: %s", errs)
		}
		for _, f := range tables.Formats() {
			only := path(string(f))
			to := path(string(f) + ".db")
			t.Setenv("SAMSVAR_DB", from)
			if code, _, errs := samsvar(t, "export", only, "--format", string(f)); code != exitOK {
				r.Fatalf("export: %s", errs)
			}
			t.Setenv("SAMSVAR_DB", to)
			if code, _, errs := samsvar(t, "import", only); code != exitOK {
				r.Fatalf("import: %s", errs)
			}
			got, counted := archive(t, to)
			if diff := cmp.Diff(funnel, counted); diff != "" {
				r.Fatalf("%s: the funnel differs (-want +got):\n%s", f, diff)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				r.Fatalf("%s: it differs (-want +got):\n%s", f, diff)
			}
			again := path(string(f) + "-again")
			if code, _, errs := samsvar(t, "export", again, "--format", string(f)); code != exitOK {
				r.Fatalf("export again: %s", errs)
			}
			sameFiles(r, only, again)
			sameFiles(r, only, path("all"))
		}
	})
}

// TestEveryNounIsExported has one of each in a record: every table of nouns has
// a row, and the import brings each back.
func TestEveryNounIsExported(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "from.db"), filepath.Join(t.TempDir(), "to.db")
	s := openRecord(t, from)
	err := s.Change(t.Context(), "", importNow, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{
			Roles: []hiring.Role{{ID: 1, Briefs: []hiring.Brief{{Revision: 1}}, Status: hiring.Open, CreatedAt: importNow}},
			Candidates: []hiring.Candidate{{ID: 1, Role: 1, Source: hiring.Referral, Stage: hiring.StageSourced, Outcome: hiring.Active, AddedAt: importNow,
				Journey: []hiring.Move{{At: importNow, To: hiring.StageSourced}}}},
			Feedback:      []hiring.Feedback{{FeedbackKey: hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: "UKARI"}, Role: 1, Status: hiring.Requested}},
			People:        []hiring.Person{{ID: "UKARI"}},
			Unfinished:    []hiring.Unfinished{{By: "USTRANGER", SavedAt: importNow}}, // whose profile was never read
			Owe:           []hiring.Owed{{Subject: hiring.SignOffSubject(1, 1, "UKARI"), DueAt: importNow, NudgeAt: importNow}},
			Events:        []hiring.Event{{Kind: hiring.BriefProposed, At: importNow, Role: 1}},
			Subscriptions: []hiring.Subscription{{Role: 0, Channel: "CALL", Own: true, Day: time.Friday, At: 9 * time.Hour, By: "UKARI", SetAt: importNow, Told: "2026-W46"}, {Role: 1, Channel: "CTEAM", Off: true}},
			Rules:         hiring.Rules{NudgeCron: "*/15 * * * *", ChangedAt: importNow},
		}, nil
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SAMSVAR_DB", from)
	folder := filepath.Join(t.TempDir(), "out")
	does(t, exitOK, "holds everything", "export", folder)
	for _, table := range tables.All() {
		data, err := os.ReadFile(filepath.Join(folder, table.Name+".csv"))
		if err != nil || !strings.Contains(table.Name, "_") && strings.Count(string(data), "\n") < 2 {
			t.Errorf("%s holds no row: %q, %v", table.Name, data, err)
		}
	}
	want, _ := archive(t, from)
	t.Setenv("SAMSVAR_DB", to)
	does(t, exitOK, "as they were exported", "import", folder)
	got, _ := archive(t, to)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("it differs (-want +got):\n%s", diff)
	}
}

// sameFiles says whether every file of a folder is the same in another.
func sameFiles(t *rapid.T, a, b string) {
	files, err := os.ReadDir(a)
	if err != nil || len(files) < 2 {
		t.Fatal(err, len(files))
	}
	for _, f := range files {
		x, err := os.ReadFile(filepath.Join(a, f.Name()))
		y, err2 := os.ReadFile(filepath.Join(b, f.Name()))
		if err := errors.Join(err, err2); err != nil || !bytes.Equal(x, y) {
			t.Fatalf("%s: %v\n%s\n%s", f.Name(), err, x, y)
		}
	}
}

func TestExportSaysWhatItDoes(t *testing.T) {
	db := importRecord(t)
	if code, _, errs := samsvarImport(t, "", "ats/testdata/greenhouse.csv", "--role", "R-1"); code != exitOK {
		t.Fatal(errs)
	}
	folder := filepath.Join(t.TempDir(), "out")
	code, out, errs := samsvar(t, "export", folder)
	if code != exitOK || !strings.Contains(out, "personal data") || !strings.Contains(out, "does not reach it") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v, %v", info.Mode(), err)
	}
	file, err := os.Stat(filepath.Join(folder, "candidates.csv"))
	if err != nil || file.Mode().Perm() != 0o600 {
		t.Errorf("a file has mode %v, %v", file.Mode(), err)
	}
	note, err := os.ReadFile(filepath.Join(folder, "README.txt"))
	if err != nil || !strings.Contains(string(note), "personal data") {
		t.Errorf("the note says %q, %v", note, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(folder), ".samsvar-export-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}

	code, out, errs = samsvar(t, "export", "-", "--table", "candidates")
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if code != exitOK || err != nil || len(rows) != 6 || rows[0][0] != "id" || rows[1][0] != "C-1" {
		t.Errorf("exit %d, %v: %s%s", code, err, out, errs)
	}
	code, out, _ = samsvar(t, "export", "-", "--table", "events", "--format", "jsonl")
	var first map[string]any
	if err := json.Unmarshal([]byte(strings.SplitN(out, "\n", 2)[0]), &first); code != exitOK || err != nil || first["no"] != float64(1) || first["at"] != "2026-07-23T08:00:00Z" {
		t.Errorf("exit %d, %v: %v", code, err, first)
	}

	for it, tt := range map[string]struct {
		code int
		want string
		args []string
	}{
		"a folder that is there":     {exitFailed, "never overwrites", []string{"export", folder}},
		"no folder":                  {exitUsage, "name one folder", []string{"export"}},
		"everything on stdout":       {exitUsage, "say which", []string{"export", "-"}},
		"a format that is none":      {exitUsage, "csv or jsonl", []string{"export", "x", "--format", "xml"}},
		"a table that is none":       {exitUsage, "there is no table \"names\"", []string{"export", "-", "--table", "names"}},
		"into a record with a role":  {exitFailed, "the record is not empty", []string{"import", folder}},
		"the same as a dry run":      {exitFailed, "the record is not empty", []string{"import", folder, "--dry-run"}},
		"a folder with a role named": {exitUsage, "--role", []string{"import", folder, "--role", "R-1"}},
		"a folder of something else": {exitFailed, "not a folder that `samsvar export` wrote", []string{"import", filepath.Dir(folder)}},
	} {
		code, _, errs := samsvar(t, tt.args...)
		if code != tt.code || !strings.Contains(errs, tt.want) {
			t.Errorf("%s: exit %d, %s", it, code, errs)
		}
	}
	none := filepath.Join(t.TempDir(), "none.db")
	t.Setenv("SAMSVAR_DB", none)
	code, out, errs = samsvar(t, "import", folder, "--dry-run")
	if _, err := os.Stat(none); code != exitOK || !strings.Contains(out, "1 role and 5 candidates. Nothing was written") || !os.IsNotExist(err) {
		t.Errorf("dry-run without a record: exit %d, %s%s, %v", code, out, errs, err)
	}
	openRecord(t, none).Close() //nolint:errcheck // nothing is in it
	if code, out, errs = samsvar(t, "import", folder, "--dry-run"); code != exitOK || !strings.Contains(out, "Nothing was written") {
		t.Errorf("dry-run into an empty record: exit %d, %s%s", code, out, errs)
	}
	t.Setenv("SAMSVAR_DB", filepath.Join(t.TempDir(), "none.db"))
	if code, _, errs := samsvar(t, "export", filepath.Join(t.TempDir(), "x")); code != exitFailed || !strings.Contains(errs, "there is no record") {
		t.Errorf("without a record: exit %d, %s", code, errs)
	}
	_ = db
}

// TestImportRefusesAFolderThatContradictsItself changes one thing in an export.
func TestImportRefusesAFolderThatContradictsItself(t *testing.T) {
	importRecord(t)
	if code, _, errs := samsvarImport(t, "", "ats/testdata/greenhouse.csv", "--role", "R-1"); code != exitOK {
		t.Fatal(errs)
	}
	for it, tt := range map[string]struct{ table, old, new, want string }{
		"a role that is not there":              {"candidates", ",R-1,", ",R-9,", "is one of R-9, which is not there"},
		"an outcome that is none":               {"candidates", ",active,", ",undecided,", "the outcome \"undecided\", which is none"},
		"a source that is none":                 {"candidates", ",referral,", ",moon,", "the source \"moon\", which is none"},
		"a channel of a role that is not there": {"subscriptions", "before\n", "before\nR-7,CTEAM,false,0,0s,,false,,,,,,,\n", "hears of R-7, which is not there"},
		"somebody twice":                        {"candidates", "\nC-2,", "\nC-1,", "C-1 stands there twice"},
		"a time that is none":                   {"candidates_journey", "Z,", "X,", "is not a time"},
		"a table that is not there":             {"people", "", "", "people.csv"},
	} {
		t.Run(it, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "out")
			if code, _, errs := samsvar(t, "export", folder, "--format", "csv"); code != exitOK {
				t.Fatal(errs)
			}
			name := filepath.Join(folder, tt.table+".csv")
			data, err := os.ReadFile(name)
			if err == nil && tt.old == "" {
				err = os.Remove(name)
			} else if err == nil {
				changed := strings.Replace(string(data), tt.old, tt.new, 1)
				if changed == string(data) {
					t.Fatalf("%q is not in %s:\n%s", tt.old, tt.table, data)
				}
				err = os.WriteFile(name, []byte(changed), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(t.TempDir(), "to.db")
			t.Setenv("SAMSVAR_DB", to)
			code, _, errs := samsvar(t, "import", folder)
			if code != exitFailed || !strings.Contains(errs, tt.want) {
				t.Errorf("exit %d, %s", code, errs)
			}
		})
	}
}

// TestExportWhileServing has somebody serve meanwhile.
func TestExportWhileServing(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	noted(t, os.Getenv("SAMSVAR_DB"), "before")
	r := serveAgain(t, s)
	folder := filepath.Join(t.TempDir(), "out")
	does(t, exitOK, "holds everything as tables", "export", folder)
	does(t, exitFailed, "Stop `samsvar serve` first", "import", folder)
	does(t, exitFailed, "Stop `samsvar serve` first", "import", folder, "--dry-run")
	r.end(t)
	if _, err := os.Stat(filepath.Join(folder, "events.jsonl")); err != nil {
		t.Error(err)
	}
}
