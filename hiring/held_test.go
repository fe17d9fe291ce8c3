package hiring_test

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestWordOnEveryInterviewOfAStage is asked for, one after the other: what is
// said of one says nothing of another.
func TestWordOnEveryInterviewOfAStage(t *testing.T) {
	off := func(a hiring.Act, n int) (hiring.Candidate, hiring.Change, error) {
		return a.CancelInterview(1, n, hiring.CalledOff)
	}
	held := func(a hiring.Act, n int) (hiring.Candidate, hiring.Change, error) { return a.HoldInterview(1, n) }
	wednesday, thursday := "2026-10-07 11:00", "2026-10-08 11:00" // when they end
	tests := []struct {
		it    string
		does  func(desk)
		about string // the end of the interview that is asked about then; empty for none
	}{
		{"of the first, at first", func(desk) {}, wednesday},
		{"of the second once the first was held", func(d desk) {
			must[hiring.Candidate](d)(held(d.by(ola, "2026-10-07 12:00"), 0))
		}, thursday},
		{"of the second once the first was called off", func(d desk) {
			must[hiring.Candidate](d)(off(d.by(ola, "2026-10-07 09:00"), 0))
		}, thursday},
		{"of the second once there is feedback on the first", func(d desk) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-09 12:00").SubmitFeedback(key(1, ingrid), card(hiring.Yes)))
		}, thursday},
		{"of the first when the second was called off", func(d desk) {
			must[hiring.Candidate](d)(off(d.by(ola, "2026-10-07 09:00"), 1))
		}, wednesday},
		{"of the first when there is feedback on the second", func(d desk) {
			must[hiring.Feedback](d)(d.by(jonas, "2026-10-08 12:00").SubmitFeedback(key(1, jonas), card(hiring.Yes)))
		}, wednesday},
		{"of the second when the first is to be after it", func(d desk) {
			to := hiring.Interview{Start: at("2026-10-09 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").MoveInterview(1, 0, to))
		}, thursday},
		{"of the first when a third is added", func(d desk) {
			i := hiring.Interview{Stage: "interview-1", Start: at("2026-10-09 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").AddInterview(1, i))
		}, wednesday},
		{"of none when both were held", func(d desk) {
			must[hiring.Candidate](d)(held(d.by(ola, "2026-10-08 12:00"), 1))
			must[hiring.Candidate](d)(held(d.by(ola, "2026-10-08 12:00"), 0))
		}, ""},
		{"of none once the candidate has gone on", func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-08 12:00").Move(1, hiring.StageOffer, hiring.Interview{}))
			must[hiring.Candidate](d)(held(d.by(ola, "2026-10-08 13:00"), 0))
		}, ""},
		{"of the one they came back for", func(d desk) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").Move(1, hiring.StageScreen, hiring.Interview{}))
			i := hiring.Interview{Start: at("2026-10-12 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}
			must[hiring.Candidate](d)(d.by(ola, "2026-10-09 10:00").Move(1, "interview-1", i))
		}, "2026-10-12 11:00"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(1, "interview-1", hiring.Interview{Start: at("2026-10-07 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddInterview(1, hiring.Interview{Stage: "interview-1", Start: at("2026-10-08 10:00"), Length: time.Hour, Panel: []hiring.UserID{jonas}}))
			tt.does(d)
			o, owes := d.owes(ola, hiring.AboutHeld)
			switch {
			case owes != (tt.about != ""):
				t.Errorf("asked: %v, since %v", owes, o.Since.In(oslo))
			case owes && o.Since != at(tt.about):
				t.Errorf("asked since %v, by %v", o.Since.In(oslo), o.DueAt.In(oslo))
			}
		})
	}
}

// TestFeedbackTellsOfTheInterviewItIsOn and of no other of the stage.
func TestFeedbackTellsOfTheInterviewItIsOn(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00") // by Ingrid and Jonas
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddInterview(c.ID, hiring.Interview{Stage: "interview-1", Start: at("2026-10-07 13:00"), Length: time.Hour, Panel: []hiring.UserID{"UTONE"}}))
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 15:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	c, _ = d.Candidate(c.ID)
	if c.Interviews[0].Status != hiring.TookPlace || c.Interviews[1].Status != hiring.Planned {
		t.Errorf("%+v", c.Interviews)
	}
}
