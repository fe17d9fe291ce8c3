package hiring_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

func TestImportIsAllOrNothingAndTwiceIsOnce(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	rows := func() []hiring.Imported {
		return []hiring.Imported{
			{Line: 2, External: "1", Name: "Nora Vik", Source: hiring.Referral, AddedAt: at("2026-09-01 12:00"), Outcome: hiring.Active,
				Moves: []hiring.ImportedMove{{Stage: hiring.StageScreen, At: at("2026-09-03 12:00")}}},
			{Line: 3, External: "2", Name: "Erik Lie", Source: hiring.Inbound, AddedAt: at("2026-09-01 12:00"), Outcome: hiring.Rejected, ClosedAt: at("2026-09-05 12:00")},
		}
	}
	importRows := func(rows []hiring.Imported) (hiring.ImportResult, hiring.Change) {
		t.Helper()
		res, c, err := d.by(ola, "2026-10-06 09:00").Import(1, rows)
		if err != nil {
			t.Fatal(err)
		}
		return res, c
	}
	bad := rows()
	bad[1].Moves = []hiring.ImportedMove{{Stage: "interview-9", At: at("2026-09-03 12:00")}}
	if res, c := importRows(bad); len(res.Refused) != 1 || res.Refused[0].Line != 3 || !c.Empty() {
		t.Errorf("half a file: %+v, %+v", res, c)
	}
	res, c := importRows(rows())
	if len(res.Added) != 2 || len(c.Candidates) != 2 {
		t.Fatalf("first import: %+v", res)
	}
	d.apply(c)
	nora, _ := d.Candidate(1)
	if nora.Stage != hiring.StageScreen || len(nora.Journey) != 2 || nora.Since() != at("2026-09-03 12:00") {
		t.Errorf("imported %+v", nora)
	}
	if res, c := importRows(rows()); res.Present != 2 || !c.Empty() {
		t.Errorf("second import: %+v, %+v", res, c)
	}
}

func TestImportRefuses(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	good := hiring.Imported{Line: 2, External: "1", Name: "Nora Vik", Source: hiring.Referral, AddedAt: at("2026-09-01 12:00"), Outcome: hiring.Active}
	tests := []struct {
		it     string
		change func(*hiring.Imported)
	}{
		{"no name", func(r *hiring.Imported) { r.Name = "" }},
		{"a name of 121 characters", func(r *hiring.Imported) { r.Name = string(make([]byte, 121)) }},
		{"an unknown source", func(r *hiring.Imported) { r.Source = "astrology" }},
		{"no date", func(r *hiring.Imported) { r.AddedAt = time.Time{} }},
		{"a date ahead", func(r *hiring.Imported) { r.AddedAt = at("2027-01-01 12:00") }},
		{"dates that run backwards", func(r *hiring.Imported) {
			r.Moves = []hiring.ImportedMove{{Stage: hiring.StageScreen, At: at("2026-08-01 12:00")}}
		}},
		{"an end before the last stage", func(r *hiring.Imported) { r.Outcome, r.ClosedAt = hiring.Rejected, at("2026-08-01 12:00") }},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			row := good
			tt.change(&row)
			res, c, err := d.by(ola, "2026-10-06 09:00").Import(1, []hiring.Imported{row})
			if err != nil || len(res.Refused) != 1 || !c.Empty() {
				t.Errorf("%+v, %v", res, err)
			}
		})
	}
}

// TestWhoIsTheSame imports one row and then another.
func TestWhoIsTheSame(t *testing.T) {
	nora := hiring.Imported{
		Line: 2, External: "1", Email: "nora@example.no", Name: "Nora Vik", Source: hiring.Referral, AddedAt: at("2026-09-01 12:00"), Outcome: hiring.Active,
	}
	row := func(external, mail, name string) hiring.Imported {
		r := nora
		r.Line, r.External, r.Email, r.Name = 3, external, mail, name
		return r
	}
	later := row("2", "nora@example.no", "Nora Vik")
	later.AddedAt = at("2026-09-09 12:00")
	const day = " 2026-09-01"
	old := row("1", "", "Nora Vik") // of a version that kept one key only
	tests := []struct {
		it          string
		first, then hiring.Imported
		want        string
	}{
		{"the same row", nora, row("1", "nora@example.no", "Nora Vik"), "same"},
		{"another name, as of somebody who married", nora, row("1", "nora@example.no", "Nora Lie"), "same"},
		{"another address", nora, row("1", "vik@example.no", "Nora Vik"), "same"},
		{"no address any more", nora, row("1", "", "Nora Vik"), "same"},
		{"no id any more", nora, row("nora@example.no", "nora@example.no", "Nora Vik"), "same"},
		{"an id for the first time", row("nora@example.no", "nora@example.no", "Nora Vik"), nora, "same"},
		{"an id for the first time, with a middle name", row("nora@example.no", "nora@example.no", "Vik, Nora"), row("1", "nora@example.no", "Nora Marie Vik"), "same"},
		{"name and day alone", nora, row("nora vik"+day, "", "Nora  VIK"), "same"},
		{"an address for the first time", row("nora vik"+day, "", "Nora Vik"), row("nora@example.no", "nora@example.no", "Nora Vik"), "same"},
		{"an id in the other system, on the same day", nora, row("77", "nora@example.no", "Nora Vik"), "same"},
		{"one key, as older versions kept it", old, nora, "same"},
		{"another application of hers", nora, later, "other"},
		{"somebody else whom another system gave the same id", nora, row("1", "erik@example.no", "Erik Lie"), "other"},
		{"somebody of the same name and day with another address", row("nora@example.no", "nora@example.no", "Nora Vik"), row("vik@example.no", "vik@example.no", "Nora Vik"), "other"},
		{"somebody of the same name and day with another id", old, row("2", "", "Nora Vik"), "other"},
		{"somebody else with the address of an agency", nora, row("2", "nora@example.no", "Erik Lie"), "other"},
		{"an id alone that agrees", nora, row("1", "", "Erik Lie"), "C-1 has the same id and another name"},
		{"an id alone that agrees with one kept by older versions", old, row("1", "erik@example.no", "Erik Lie"), "C-1 has the same id and another name"},
		{"an address alone that agrees", nora, row("nora@example.no", "nora@example.no", "Erik Lie"), "C-1 has the same e-mail address and another name"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			act := d.by(ola, "2026-10-06 09:00")
			must[hiring.ImportResult](d)(act.Import(1, []hiring.Imported{tt.first}))
			res, _, err := act.Import(1, []hiring.Imported{tt.then})
			got := "same"
			switch {
			case err != nil:
				t.Fatal(err)
			case len(res.Refused) > 0:
				got = res.Refused[0].Why.Error()
			case len(res.Added) > 0:
				got = "other"
			}
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("on record: %s, want %s", got, tt.want)
			}
			d = newDesk(t)
			d.openRole()
			if res, _, err = d.by(ola, "2026-10-06 09:00").Import(1, []hiring.Imported{tt.first, tt.then}); err != nil || len(res.Refused) == 0 != (tt.want == "other") {
				t.Errorf("in one file: %+v, %v", res, err)
			}
		})
	}
}

// TestImportedCandidatesWait imports people whose journeys are months old.
func TestImportedCandidatesWait(t *testing.T) {
	row := func(line int, outcome hiring.Outcome, stages ...hiring.StageID) hiring.Imported {
		r := hiring.Imported{
			Line: line, External: strconv.Itoa(line), Name: "Nora Vik", Source: hiring.Referral, AddedAt: at("2026-06-01 12:00"), Outcome: outcome,
		}
		for i, s := range stages {
			r.Moves = append(r.Moves, hiring.ImportedMove{Stage: s, At: r.AddedAt.AddDate(0, 0, i+1)})
		}
		if outcome != hiring.Active {
			r.ClosedAt = at("2026-06-20 12:00")
		}
		return r
	}
	importInto := func(t *testing.T, before func(desk), rows ...hiring.Imported) desk {
		d := newDesk(t)
		d.openRole()
		before(d)
		must[hiring.ImportResult](d)(d.by(ola, "2026-10-06 09:00").Import(1, rows))
		return d
	}
	as := func(desk) {}
	steps := []string{"next " + string(kari), "next " + string(ola)}
	t.Run("for their next step from the import on, as the word to them says", func(t *testing.T) {
		d := importInto(t, as, row(2, hiring.Active, hiring.StageScreen))
		d.want("owed", d.owing(1), steps)
		d.sweptAt("2026-10-13 08:59")
		d.want("reminders before it is due", len(d.sent(hiring.Nudge)), 0)
		o, _ := d.owes(ola, hiring.AboutNext)
		c, _ := d.Candidate(1)
		d.want("next word", c.Contact, hiring.Contact{By: ola, On: hiring.DateOf(o.DueAt, settings().Zone), Usual: true})
		d.sweptAt("2027-02-01 10:00")
		d.want("reminders after four months", len(d.sent(hiring.Nudge)), 2)
	})
	t.Run("with an offer that is open since it was made", func(t *testing.T) {
		d := importInto(t, as, row(2, hiring.Active, hiring.StageScreen, hiring.StageOffer))
		d.sweptAt("2026-10-06 09:15")
		d.want("alerts", len(d.sent(hiring.AlertOffer)), 2)
	})
	t.Run("and nobody broke a promise before it", func(t *testing.T) {
		d := importInto(t, as, row(2, hiring.Active, hiring.StageScreen), row(3, hiring.Active, hiring.StageScreen, "interview-1"))
		must[hiring.Candidate](d)(d.by(ola, "2026-11-02 09:00").Move(1, hiring.StageOffer, hiring.Interview{}))
		f, err := hiring.FiguresOf(d.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks("2026-W22", 20), at("2026-11-02 10:00"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range f.Promises {
			if p.Promise != hiring.PromiseSignOff && (p.Kept.N > 0 || p.Overdue > 0) {
				t.Errorf("%+v", p)
			}
		}
	})
	t.Run("once the role goes on, when it is paused", func(t *testing.T) {
		d := importInto(t, func(d desk) { must[hiring.Role](d)(d.by(kari, "2026-10-05 12:00").Pause(1)) },
			row(2, hiring.Active, hiring.StageScreen, hiring.StageOffer))
		d.sweptAt("2026-11-02 10:00")
		d.want("messages in the pause", len(d.sent(hiring.Nudge))+len(d.sent(hiring.AlertOffer)), 0)
		must[hiring.Role](d)(d.by(kari, "2026-11-02 12:00").Resume(1))
		d.sweptAt("2026-11-30 10:00")
		d.want("reminders after it", len(d.sent(hiring.Nudge)), 2)
	})
	t.Run("for nothing where the import fills the role", func(t *testing.T) {
		d := importInto(t, as, row(2, hiring.Active, hiring.StageScreen), row(3, hiring.Hired, hiring.StageScreen))
		r, _ := d.Role(1)
		c, _ := d.Candidate(1)
		if d.want("owed", d.owing(1), []string{}); r.Status != hiring.Filled || c.Contact != (hiring.Contact{}) {
			t.Errorf("%s, %+v", r.Status, c.Contact)
		}
	})
	t.Run("in a role that was opened again, which hires although nobody has signed for more", func(t *testing.T) {
		d := importInto(t, func(d desk) {
			c := must[hiring.Candidate](d)(d.by(ola, "2026-10-02 11:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
			must[hiring.Candidate](d)(d.by(ola, "2026-10-02 12:00").Propose(c.ID, ""))
			hired := must[hiring.Candidate](d)(d.by(ola, "2026-10-02 12:30").AddCandidate(1, hiring.Applicant{Name: "Erik Lie", Source: hiring.Referral}))
			must[hiring.Candidate](d)(d.by(ola, "2026-10-02 13:00").Close(hired.ID, hiring.Hired, "", true))
			must[hiring.Role](d)(d.by(kari, "2026-10-05 12:00").Reopen(1, "One more."))
		}, row(2, hiring.Active, hiring.StageScreen), row(3, hiring.Rejected, hiring.StageScreen))
		d.want("status", d.roles[1].Status, hiring.Open)
		d.want("owed on whom it brings", d.owing(3), steps)
		d.want("owed on who was there", d.owing(1), []string{"look UKARI", "next UKARI", "next UOLA", "reply UOLA"})
		if _, waits := d.owes(ola, hiring.AboutSignOff); !waits {
			t.Error("the new revision waits for no signature")
		}
	})
	t.Run("for nothing in a role that was given up", func(t *testing.T) {
		d := importInto(t, func(d desk) { must[hiring.Role](d)(d.by(kari, "2026-10-05 12:00").Cancel(1)) }, row(2, hiring.Active, hiring.StageScreen))
		c, _ := d.Candidate(1)
		if d.want("owed", d.owing(1), []string{}); c.Contact != (hiring.Contact{}) {
			t.Errorf("%+v", c.Contact)
		}
	})
}

func TestDeskHoldsWhatWaits(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	before, err := hiring.DeskOf(d.memory, settings(), ingrid, at("2026-10-07 10:00"))
	if err != nil || len(before.Move) != 0 {
		t.Errorf("before the interview: %+v, %v", before, err)
	}
	after, _ := hiring.DeskOf(d.memory, settings(), ingrid, at("2026-10-07 12:00"))
	if len(after.Move) != 1 || len(after.Roles) != 0 {
		t.Errorf("the interviewer's desk: %+v", after)
	}
	owner, _ := hiring.DeskOf(d.memory, settings(), ola, at("2026-10-07 12:00"))
	if len(owner.Move) != 0 || len(owner.Roles) != 1 || len(owner.Others) != 2 {
		t.Errorf("the recruiter's desk: %+v", owner)
	}
	d.people["UGUEST"] = hiring.Person{ID: "UGUEST", Guest: true}
	if guest, _ := hiring.DeskOf(d.memory, settings(), "UGUEST", at("2026-10-07 12:00")); len(guest.Roles)+len(guest.Move)+len(guest.Others) != 0 {
		t.Errorf("a guest's desk: %+v", guest)
	}
}

func TestDigestsGoToRolesThatHireOrWereFilled(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	if plan := d.planned("2026-10-12 09:00", "CALL"); len(plan) != 2 || plan[0].Subjects[0].Week != "2026-W41" {
		t.Errorf("an open role: %+v", plan)
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-14 09:00").Close(c.ID, hiring.Hired, "", false))
	if plan := d.planned("2026-10-19 09:00", ""); len(plan) != 1 {
		t.Errorf("the week it was filled: %+v", plan)
	}
	if plan := d.planned("2026-10-26 09:00", "CALL"); len(plan) != 0 {
		t.Errorf("the week after: %+v", plan)
	}
}
