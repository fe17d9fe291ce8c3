package hiring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

func TestMovingIntoAnInterviewAsksThePanel(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-09 15:00") // a Friday
	if c.Stage != "interview-1" || len(c.Journey) != 2 || len(c.Interviews) != 1 {
		t.Fatalf("candidate %+v", c)
	}
	for _, u := range []hiring.UserID{ingrid, jonas} {
		f, err := d.Feedback(hiring.FeedbackKey{Candidate: c.ID, Stage: "interview-1", Interviewer: u})
		if err != nil || f.Status != hiring.Requested || f.Revision != 1 || f.DueAt != at("2026-10-12 15:00") {
			t.Errorf("feedback of %s: %+v, %v", u, f, err)
		}
	}
	asked := d.notices[len(d.notices)-1]
	if asked.Kind != hiring.AskFeedback || asked.NotBefore != at("2026-10-09 15:00") {
		t.Errorf("asked by %+v", asked)
	}
}

func TestFeedbackIsDueInTheInterviewersOwnTime(t *testing.T) {
	d := newDesk(t)
	d.people[jonas] = hiring.Person{ID: jonas, Zone: "America/New_York"}
	d.openRole()
	c := d.interviewed("2026-10-09 15:00") // 09:00 in New York
	f, _ := d.Feedback(hiring.FeedbackKey{Candidate: c.ID, Stage: "interview-1", Interviewer: jonas})
	if want := time.Date(2026, 10, 12, 13, 0, 0, 0, time.UTC); f.DueAt != want { // Monday 09:00 in New York
		t.Errorf("due %v, want %v", f.DueAt, want)
	}
}

func TestMoveRefuses(t *testing.T) {
	d := newDesk(t)
	must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{
		HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms(),
	}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	meeting := hiring.Interview{Start: at("2026-10-07 10:00"), Length: time.Hour}
	tests := []struct {
		it      string
		by      hiring.UserID
		id      hiring.CandidateID
		to      hiring.StageID
		meeting hiring.Interview
		want    string
	}{
		{"past screen before the brief is agreed", ola, 1, "interview-1", meeting, "not signed by both"},
		{"to the stage the candidate is in", ola, 1, hiring.StageSourced, meeting, "in this stage already"},
		{"to a stage the role does not have", ola, 1, "interview-9", meeting, "not a stage"},
		{"straight to hired", ola, 1, hiring.StageHired, meeting, "not a stage"},
		{"an unknown candidate", ola, 7, hiring.StageScreen, meeting, "no candidate C-7"},
		{"by an interviewer", jonas, 1, hiring.StageScreen, meeting, "Only the owners"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, change, err := d.by(tt.by, "2026-10-06 10:00").Move(tt.id, tt.to, tt.meeting)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !change.Empty() {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	must[hiring.Role](d)(d.by(ola, "2026-10-06 11:00").Sign(1, 1))
	for it, meeting := range map[string]hiring.Interview{
		"no time":            {Length: time.Hour},
		"no length":          {Start: at("2026-10-07 10:00")},
		"a year ahead":       {Start: at("2027-10-07 10:00"), Length: time.Hour},
		"a year in the past": {Start: at("2025-10-07 10:00"), Length: time.Hour},
	} {
		if _, _, err := d.by(ola, "2026-10-06 12:00").Move(1, "interview-1", meeting); err == nil {
			t.Errorf("an interview with %s was taken", it)
		}
	}
}

func TestHiringTheLastOpeningFillsTheRole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	nora := d.interviewed("2026-10-07 11:00")
	erik := must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").AddCandidate(1, hiring.Applicant{Name: "Erik Lie", Source: hiring.Inbound}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Close(nora.ID, hiring.Hired, "", false))
	r, _ := d.Role(1)
	if r.Status != hiring.Filled || r.Hired != 1 {
		t.Fatalf("role %+v", r)
	}
	if owed, _ := d.OwedIn(1); len(owed) != 1 || owed[0].Subject != hiring.ReplySubject(1, erik.ID, ola) {
		t.Errorf("but for word to who is left, still owed: %+v", owed)
	}
	if _, _, err := d.by(ola, "2026-10-08 11:00").Move(erik.ID, hiring.StageScreen, hiring.Interview{}); err == nil || err.Error() != "Role R-1 is already filled." {
		t.Errorf("moving on a filled role: %v", err)
	}
	if _, _, err := d.by(ola, "2026-10-08 11:00").AddCandidate(1, hiring.Applicant{Name: "Liv", Source: hiring.Other}); err == nil {
		t.Error("a filled role took a candidate")
	}
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-08 11:00").Close(erik.ID, hiring.Rejected, "The role is filled.", false))
	if c.Outcome != hiring.Rejected {
		t.Errorf("left over: %+v", c)
	}
	if _, _, err := d.by(ola, "2026-10-08 12:00").Close(erik.ID, hiring.Withdrawn, "x", false); err == nil {
		t.Error("closed twice")
	}
}

func TestFeedbackIsKeptEvenWhenExcusedMeanwhile(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 12:00").Close(c.ID, hiring.Withdrawn, "Took another job.", false))
	if owed, _ := d.OwedBy(ingrid); len(owed) != 0 {
		t.Errorf("owed after the candidate left: %+v", owed)
	}
	key := hiring.FeedbackKey{Candidate: c.ID, Stage: "interview-1", Interviewer: ingrid}
	card := hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.NotAssessed}, Recommendation: hiring.Yes, Note: "Calm under pressure."}
	f := must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 13:00").SubmitFeedback(key, card))
	if f.Status != hiring.Submitted || f.Note != card.Note {
		t.Errorf("feedback %+v", f)
	}
	if told := d.notices[len(d.notices)-1]; told.Kind != hiring.TellFeedback || told.User != ola {
		t.Errorf("told %+v", told)
	}
	if _, _, err := d.by(ingrid, "2026-10-07 14:00").SubmitFeedback(key, card); err == nil || !strings.Contains(err.Error(), "decided on") {
		t.Errorf("a second time: %v", err)
	}
	if _, _, err := d.by(jonas, "2026-10-07 14:00").SubmitFeedback(key, card); err == nil || !strings.Contains(err.Error(), "only they") {
		t.Errorf("somebody else's: %v", err)
	}
	key.Interviewer = jonas
	if _, _, err := d.by(jonas, "2026-10-07 14:00").SubmitFeedback(key, hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets}}); err == nil {
		t.Error("an unfinished scorecard was taken")
	}
}

func TestFunnelFollowsTheDefinitions(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	add := func(s hiring.Source) hiring.CandidateID {
		return must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "X", Source: s})).ID
	}
	move := func(id hiring.CandidateID, to hiring.StageID, when string) {
		must[hiring.Candidate](d)(d.by(ola, when).Move(id, to, hiring.Interview{Start: at(when), Length: time.Hour}))
	}
	end := func(id hiring.CandidateID, o hiring.Outcome, when string) {
		must[hiring.Candidate](d)(d.by(ola, when).Close(id, o, "x", false))
	}
	skips, back, drops := add(hiring.Referral), add(hiring.Inbound), add(hiring.Inbound)
	move(skips, "interview-2", "2026-10-14 09:00") // skips screen and the first interview
	move(back, hiring.StageScreen, "2026-10-07 09:00")
	move(back, "interview-1", "2026-10-08 09:00")
	move(back, hiring.StageScreen, "2026-10-09 09:00") // and back
	end(back, hiring.Rejected, "2026-10-15 09:00")
	end(drops, hiring.Withdrawn, "2026-10-15 10:00")

	sum, err := hiring.Summarize(d.memory, settings(), 1, "2026-W42", at("2026-10-19 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	type line struct{ reached, left, passed, dropped, refused, inside, entered, droppedWeek, refusedWeek int }
	want := map[hiring.StageID]line{
		hiring.StageSourced: {3, 3, 2, 1, 0, 0, 0, 1, 0},
		hiring.StageScreen:  {2, 2, 2, 0, 0, 0, 0, 0, 0},
		"interview-1":       {2, 2, 1, 0, 1, 0, 0, 0, 1},
		"interview-2":       {1, 0, 0, 0, 0, 1, 1, 0, 0},
		hiring.StageOffer:   {},
		hiring.StageHired:   {},
	}
	for i, s := range sum.Cohort.Stages {
		week := sum.Period.Stages[i]
		got := line{s.Reached, s.Left, s.Passed, s.DroppedAt, s.RefusedAt, s.Inside, week.Entered, week.Dropped, week.Refused}
		if got != want[s.ID] {
			t.Errorf("%s: %+v, want %+v", s.ID, got, want[s.ID])
		}
	}
	sources := []hiring.SourceCount{{Source: hiring.Inbound, Added: 2, Settled: 2}, {Source: hiring.Referral, Added: 1}} // no interview was held
	if !slices.Equal(sum.Cohort.Sources, sources) {
		t.Errorf("sources %+v, want %+v", sum.Cohort.Sources, sources)
	}
	if len(sum.Stuck) != 2 || sum.Stuck[0].Side != hiring.SidePanel || sum.Late(sum.Stuck[0]) != 1 || sum.Quiet() || sum.Moved() != (hiring.Moves{Onwards: 1, Withdrew: 1, Rejected: 1}) || sum.Inside() != 1 {
		t.Errorf("stuck %+v, quiet %v, moved %+v", sum.Stuck, sum.Quiet(), sum.Moved())
	}
	if losses := sum.Losses(); len(losses) != 2 || losses[0].Now.ID != hiring.StageSourced || losses[1].Now.ID != "interview-1" {
		t.Errorf("losses %+v", losses)
	}
}

func TestCancellingARoleTakesBackWhatPeopleOwe(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	changed := terms()
	changed.Location = "Bergen"
	must[hiring.Role](d)(d.by(kari, "2026-10-07 12:00").ChangeBrief(1, 1, changed, "x"))
	if _, _, err := d.by(jonas, "2026-10-07 13:00").Cancel(1); err == nil {
		t.Error("an interviewer cancelled a role")
	}
	r := must[hiring.Role](d)(d.by(kari, "2026-10-07 13:00").Cancel(1))
	if owed, _ := d.OwedIn(1); r.Status != hiring.Cancelled || len(owed) != 1 || owed[0].Subject.Kind != hiring.AboutReply {
		t.Errorf("%s, still owed %+v", r.Status, owed)
	}
	if told := d.notices[len(d.notices)-1]; told.Kind != hiring.TellCancelled || told.User != ola || told.About != kari {
		t.Errorf("told %+v", told)
	}
	if _, _, err := d.by(ola, "2026-10-07 14:00").Cancel(1); err == nil || err.Error() != "Role R-1 is cancelled." {
		t.Errorf("a second time: %v", err)
	}
	if _, _, err := d.by(ola, "2026-10-07 14:00").Close(c.ID, hiring.Rejected, "The role is cancelled.", false); err != nil {
		t.Errorf("its candidates cannot be told no: %v", err)
	}
}

// TestDueTodayIsOfThatDay: what came due on Friday is not a working day late on
// Monday morning, and was not due that day either.
func TestDueTodayIsOfThatDay(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "X", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Move(c.ID, "interview-1", hiring.Interview{Start: at("2026-10-08 10:00"), Length: time.Hour}))
	for _, tt := range []struct {
		now   string
		today bool
		late  int
	}{{"2026-10-09 14:00", true, 0}, {"2026-10-12 09:00", false, 0}, {"2026-10-12 14:00", false, 1}} {
		sum, err := hiring.Summarize(d.memory, settings(), 1, "2026-W41", at(tt.now))
		if err != nil || len(sum.Stuck) == 0 {
			t.Fatalf("%s: %+v, %v", tt.now, sum.Stuck, err)
		}
		x := sum.Stuck[0]
		if today, late := sum.DueToday(x), sum.Late(x); today != tt.today || late != tt.late {
			t.Errorf("%s: due %s, today %v, %d days late", tt.now, x.DueAt, today, late)
		}
	}
}

// A role that is cancelled or filled takes back what waits to be answered and
// decided: nobody answers or advances any more. Who is left can be rejected.
func TestARoleThatNoLongerHiresTakesNoAnswers(t *testing.T) {
	for want, end := range map[string]func(desk, hiring.CandidateID) (hiring.Change, error){
		"Role R-1 is cancelled.": func(d desk, _ hiring.CandidateID) (hiring.Change, error) {
			_, c, err := d.by(kari, "2026-10-08 13:00").Cancel(1)
			return c, err
		},
		"Role R-1 is already filled.": func(d desk, hired hiring.CandidateID) (hiring.Change, error) {
			_, c, err := d.by(ola, "2026-10-08 13:00").Close(hired, hiring.Hired, "", false)
			return c, err
		},
	} {
		d := newDesk(t)
		d.openRole()
		nora := d.interviewed("2026-10-07 11:00")
		erik := must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").AddCandidate(1, hiring.Applicant{Name: "Erik Lie", Source: hiring.Inbound}))
		liv := must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").AddCandidate(1, hiring.Applicant{Name: "Liv Moe", Source: hiring.Inbound}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Propose(erik.ID, "x"))
		c, err := end(d, liv.ID)
		if err != nil {
			t.Fatal(err)
		}
		d.apply(c)
		for _, s := range []hiring.Subject{
			hiring.LookSubject(1, erik.ID, kari), hiring.NextSubject(1, nora.ID, nora.Stage, ola), hiring.DecisionSubject(1, nora.ID, nora.Stage, kari),
		} {
			if !slices.Contains(c.Refresh, s) {
				t.Errorf("%s What stands about %s is not kept current", want, s)
			}
		}
		if _, _, err := d.by(kari, "2026-10-08 14:00").AnswerLook(erik.ID, hiring.LookReply{Answer: hiring.LookInterview}); err == nil || err.Error() != want {
			t.Errorf("answered: %v, want %q", err, want)
		}
		tell := hiring.Contact{By: ola, On: "2026-10-09"}
		for _, v := range []hiring.Verdict{hiring.Advance, hiring.TalkFirst} {
			if _, _, err := d.by(kari, "2026-10-08 14:00").Decide(nora.ID, hiring.Ruling{Verdict: v, Reason: "x", Contact: tell}); err == nil || err.Error() != want {
				t.Errorf("%s: %v, want %q", v, err, want)
			}
		}
		if _, _, err := d.by(kari, "2026-10-08 14:00").Decide(nora.ID, hiring.Ruling{Verdict: hiring.Reject, Reason: "x", Contact: tell}); err != nil {
			t.Errorf("%s Who is left cannot be rejected: %v", want, err)
		}
		_, c, err = d.by(ola, "2026-10-08 14:00").Close(erik.ID, hiring.Rejected, "x", false)
		if s := hiring.LookSubject(1, erik.ID, kari); err != nil || !slices.Contains(c.Refresh, s) {
			t.Errorf("%s Who is left: %v, and what stands about %s is not kept current", want, err, s)
		}
	}
}
