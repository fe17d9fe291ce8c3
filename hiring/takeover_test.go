package hiring_test

import (
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// takenOver takes a candidate to an interview of Ingrid and Jonas that ends on
// 7 October at 11; a colleague has Ingrid's feedback at the time.
func (d desk) takenOver(when string) hiring.Candidate {
	d.t.Helper()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Feedback](d)(d.by(ingrid, when).OfferFeedback(key(c.ID, ingrid), "UTONE"))
	must[hiring.Feedback](d)(d.by("UTONE", when).AnswerOffer(key(c.ID, ingrid), true))
	c, _ = d.Candidate(c.ID)
	return c
}

// replayed returns a candidate as their events alone tell of them.
func (d desk) replayed(id hiring.CandidateID) (c hiring.Candidate) {
	for _, e := range d.events {
		if e.Candidate == id {
			c = c.After(e)
		}
	}
	return c
}

// TestWhoTakesFeedbackOverSitsInTheInterview in the place of whoever it was
// asked of.
func TestWhoTakesFeedbackOverSitsInTheInterview(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.takenOver("2026-10-07 12:00")
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").HoldInterview(c.ID, 0))
	must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 14:00").OfferFeedback(key(c.ID, jonas), ingrid))
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 14:00").AnswerOffer(key(c.ID, jonas), true))
	for it, c := range map[string]hiring.Candidate{"the record": d.candidates[c.ID], "their events": d.replayed(c.ID)} {
		i := c.Interviews[0]
		if !slices.Equal(i.Panel, []hiring.UserID{"UTONE", ingrid}) || i.Status != hiring.TookPlace || !i.Start.Equal(at("2026-10-07 10:00")) {
			t.Errorf("by %s: %+v", it, i)
		}
	}
}

func TestNobodyOwesFeedbackOnAnInterviewThatNobodyCameTo(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.takenOver("2026-10-07 12:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 14:00").CancelInterview(c.ID, 0, hiring.NoShow))
	for _, u := range []hiring.UserID{ingrid, jonas, "UTONE"} {
		if o, owes := d.owes(u, hiring.AboutFeedback); owes {
			t.Errorf("%s is reminded of feedback from %v on", u, o.NudgeAt)
		}
	}
}

func TestFeedbackThatWasTakenOverMovesWithItsInterview(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.takenOver("2026-10-07 12:00")
	to := c.Interviews[0] // the form has the panel as it stands
	to.Start = at("2026-10-15 10:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 14:00").MoveInterview(c.ID, 0, to))
	if o, owes := d.owes("UTONE", hiring.AboutFeedback); !owes || o.DueAt != at("2026-10-16 11:00") {
		t.Errorf("the colleague owes it: %v, by %v", owes, o.DueAt)
	}
	if _, owes := d.owes(ingrid, hiring.AboutFeedback); owes {
		t.Error("whoever handed it over is asked again")
	}
}

// TestFeedbackIsTakenOverBeforeTheInterview by a colleague who prepares for it
// like the rest of the panel.
func TestFeedbackIsTakenOverBeforeTheInterview(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.takenOver("2026-10-06 12:00")
	prepare := d.sent(hiring.Prepare)
	if n := prepare[len(prepare)-1]; n.User != "UTONE" || n.NotBefore != at("2026-10-07 09:00") {
		t.Errorf("%s reads what to look for at %v", n.User, n.NotBefore.In(oslo))
	}
	if o, owes := d.owes("UTONE", hiring.AboutFeedback); !owes || o.Since != at("2026-10-07 11:00") || o.DueAt != at("2026-10-08 11:00") {
		t.Errorf("the colleague owes it: %v, since %v, by %v", owes, o.Since, o.DueAt)
	}
}

// TestAnInterviewCountsForWhoTookItOver and not for who was not there.
func TestAnInterviewCountsForWhoTookItOver(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(c.ID, "interview-1", hiring.Interview{Start: at("2026-10-07 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").OfferFeedback(key(c.ID, ingrid), "UTONE"))
	must[hiring.Feedback](d)(d.by("UTONE", "2026-10-07 13:00").AnswerOffer(key(c.ID, ingrid), true))
	must[hiring.Feedback](d)(d.by("UTONE", "2026-10-07 14:00").SubmitFeedback(key(c.ID, "UTONE"), card(hiring.Yes)))
	f, err := hiring.FiguresOf(d.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks("2026-W41", 1), at("2026-10-12 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	want := []hiring.InterviewerCount{{Person: "UTONE", Interviews: 1, OnTime: hiring.Share{K: 1, N: 1}}}
	if !slices.Equal(f.Interviewers, want) {
		t.Errorf("%+v, want %+v", f.Interviewers, want)
	}
}
