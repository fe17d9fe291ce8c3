package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// monday is when every test begins: Monday 2 March 2026, 09:00 in Oslo.
var monday = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

const (
	manager   hiring.UserID    = "UMANAGER"
	recruiter hiring.UserID    = "URECRUITER"
	expert    hiring.UserID    = "UEXPERT"
	channel   hiring.ChannelID = "CHIRING"
)

var interview = hiring.StageID("interview-1")

func openTest(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "samsvar.db"), Options{})
}

// openAt opens a store whose pages are checked when the test ends.
func openAt(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Check(context.Background()); err != nil && !errors.Is(err, errClosed) {
			t.Errorf("the file is inconsistent: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// change writes c.
func change(t testing.TB, s *Store, c hiring.Change) {
	t.Helper()
	ok(t, s.Change(t.Context(), "", monday, func(hiring.Record) (hiring.Change, error) { return c, nil }))
}

// view reads the record.
func view(t testing.TB, s *Store, fn func(hiring.Record)) {
	t.Helper()
	ok(t, s.View(t.Context(), func(r hiring.Record) error { fn(r); return nil }))
}

// must returns v of a call that may not fail.
func must[V any](v V, err error) V {
	if err != nil {
		panic(err)
	}
	return v
}

func testRole(id hiring.RoleID) hiring.Role {
	return hiring.Role{
		ID: id, HiringManager: manager, Recruiter: recruiter, Channel: channel, Status: hiring.Open, CreatedAt: monday,
		Briefs: []hiring.Brief{{
			Revision: 1, ProposedBy: manager, ProposedAt: monday,
			Terms: hiring.Terms{
				Title: "Backend developer", Openings: 2, MustHaves: hiring.MustHaves("Go"),
				Interviews: []hiring.Stage{{ID: interview, Kind: hiring.KindInterview, Name: "Technical", WorkDays: 5, Panel: []hiring.UserID{expert}}},
			},
			Signatures: []hiring.Signature{{By: manager, At: monday}, {By: recruiter, At: monday}},
		}},
	}
}

func testCandidate(id hiring.CandidateID, role hiring.RoleID, stages ...hiring.StageID) hiring.Candidate {
	c := hiring.Candidate{
		ID: id, Role: role, Name: "Kari", Source: hiring.Referral, Stage: hiring.StageSourced, Outcome: hiring.Active,
		AddedBy: recruiter, AddedAt: monday, Journey: []hiring.Move{{At: monday, To: hiring.StageSourced, By: recruiter}},
	}
	for i, to := range stages {
		c.Journey = append(c.Journey, hiring.Move{At: monday.AddDate(0, 0, i), From: c.Stage, To: to, By: recruiter})
		c.Stage = to
	}
	return c
}

func testOwed(role hiring.RoleID, c hiring.CandidateID, who hiring.UserID, due time.Time) hiring.Owed {
	key := hiring.FeedbackKey{Candidate: c, Stage: interview, Interviewer: who}
	return hiring.Owed{Subject: hiring.FeedbackSubject(role, key), Since: monday, DueAt: due, NudgeAt: due}
}

func TestOpenMakesAPrivateFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	openAt(t, path, Options{})
	info, err := os.Stat(path)
	ok(t, err)
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("mode %o, want 600", got)
	}
}

func TestChangeAndView(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s := openAt(t, path, Options{})
	role, c := testRole(1), testCandidate(1, 1, hiring.StageScreen)
	change(t, s, hiring.Change{Roles: []hiring.Role{role}, Candidates: []hiring.Candidate{c}})
	ok(t, s.Close())
	s = openAt(t, path, Options{})
	view(t, s, func(r hiring.Record) {
		if got := must(r.Role(1)); got.Title() != "Backend developer" {
			t.Errorf("role %+v", got)
		}
		if got := must(r.Candidate(1)); got.Stage != hiring.StageScreen {
			t.Errorf("candidate %+v", got)
		}
		if r.NextRole() != 2 || r.NextCandidate() != 2 {
			t.Errorf("next %v, %v", r.NextRole(), r.NextCandidate())
		}
	})
}
