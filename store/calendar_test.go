package store

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// addNora proposes a role and adds a candidate, by the rules.
func addNora(t *testing.T, s *Store, by hiring.Settings) {
	t.Helper()
	act := func(who hiring.UserID, rule func(hiring.Act) (hiring.Change, error)) {
		ok(t, s.Change(t.Context(), "", monday, func(r hiring.Record) (hiring.Change, error) {
			return rule(hiring.Act{Settings: by, Record: r, By: hiring.Person{ID: who}, Now: monday})
		}))
	}
	act(manager, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{HiringManager: manager, Recruiter: recruiter, Channel: channel, Terms: wholeTerms(2, 1, "Go")})
		return c, err
	})
	act(recruiter, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
		return c, err
	})
}

// counted returns the path of a record of which a calendar made the counts.
func counted(t *testing.T, by hiring.Settings) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s := must(Open(path, Options{Settings: by}))
	addNora(t, s, by)
	ok(t, s.Close())
	return path
}

// TestKeepCounts opens a record by another calendar than its counts were made
// by: they stay, and are compared by their own.
func TestKeepCounts(t *testing.T) {
	other := workspace()
	other.Country, other.WorkDays, other.WorkTo = "SE", [7]bool{0: true}, 15*time.Hour+30*time.Minute
	other.Zone = must(time.LoadLocation("Pacific/Auckland"))
	for _, by := range []hiring.Settings{workspace(), other} {
		path := counted(t, by)
		s := must(Open(path, Options{Settings: workspace(), KeepCounts: true}))
		want := CalendarOther
		if by.Country == "NO" {
			want = CalendarNow
		}
		same(t, "the calendar", s.Calendar(), want)
		same(t, "the settings", calendarOf(s.settings), calendarOf(by))
		same(t, "wrong from the start", len(must(s.Recount(t.Context()))), 0)
		ok(t, s.engine.update(t.Context(), func(tx *txn) error {
			same(t, "on file", string(tx.get(inMeta, metaCalendar)), calendarOf(by))
			tx.add(hiring.CountKey{Role: 1, Week: "2026-W10", Measure: hiring.Entered, Stage: interview, Source: hiring.Agency}, 5)
			return nil
		}))
		same(t, "wrong", len(must(s.Recount(t.Context()))), 1)
		ok(t, s.CountAnew(t.Context()))
		same(t, "wrong once put right", len(must(s.Recount(t.Context()))), 0)
		ok(t, s.Close())
	}
}

// TestKeepCountsByNoCalendar has counts made by none that can be read.
func TestKeepCountsByNoCalendar(t *testing.T) {
	for _, calendar := range []string{"", "Europe/Oslo", "Atlantis/Poseidonis" + calendarOf(workspace())[len("Europe/Oslo"):], calendarOf(workspace()) + " more"} {
		path := counted(t, workspace())
		s := must(Open(path, Options{Settings: workspace()}))
		ok(t, s.engine.update(t.Context(), func(tx *txn) error {
			tx.put(inMeta, metaCalendar, []byte(calendar))
			return nil
		}))
		ok(t, s.Close())
		s = must(Open(path, Options{Settings: workspace(), KeepCounts: true}))
		same(t, "the calendar", s.Calendar(), CalendarNone)
		ok(t, s.Close())
		s = must(Open(path, Options{Settings: workspace()}))
		same(t, "without KeepCounts", s.Calendar(), CalendarNow)
		ok(t, s.Close())
	}
}
