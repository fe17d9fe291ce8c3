package hiring_test

import (
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
