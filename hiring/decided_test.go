package hiring_test

import (
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// onward is the decision that a candidate goes on to the next interview.
var onward = hiring.Ruling{Verdict: hiring.Advance, Criteria: []int{0}, Reason: "Strong Go.", Contact: hiring.Contact{By: ola, On: "2026-10-12"}}

// decidedEarly takes a candidate to an interview of Ingrid and Jonas, who goes
// on by Kari's decision while Jonas's feedback is still out.
func (d desk) decidedEarly() hiring.Candidate {
	d.t.Helper()
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	return must[hiring.Candidate](d)(d.by(kari, "2026-10-07 13:00").Decide(c.ID, onward))
}

// arranges complains unless the recruiter, and nobody else, owes the next
// interview by when they did, and nobody a decision.
func (d desk) arranges(due time.Time) {
	d.t.Helper()
	if _, waits := d.owes(kari, hiring.AboutDecision); waits {
		d.t.Error("who has decided is asked to decide")
	}
	if o, waits := d.owes(ola, hiring.AboutNext); !waits || !o.Decided || o.DueAt != due {
		d.t.Errorf("the next interview is owed: %v, as one that was decided on: %v, by %v", waits, o.Decided, o.DueAt)
	}
	if _, waits := d.owes(kari, hiring.AboutNext); waits {
		d.t.Error("the hiring manager owes the next step, too")
	}
}

// TestADecisionStands when the rest of a stage comes in after it: owners and
// panel read what everybody wrote, and it goes on as was decided.
func TestADecisionStands(t *testing.T) {
	again := hiring.Interview{Stage: "interview-1", Start: at("2026-10-08 10:00"), Length: time.Hour, Panel: []hiring.UserID{"UTONE"}}
	for name, tt := range map[string]struct {
		later func(desk, hiring.Candidate)
		reads int // how many get the debrief
	}{
		"the last feedback comes in": {func(d desk, c hiring.Candidate) {
			must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 15:00").SubmitFeedback(key(c.ID, jonas), card(hiring.Yes)))
		}, 4},
		"the last feedback is excused": {func(d desk, c hiring.Candidate) {
			must[hiring.Feedback](d)(d.by(ola, "2026-10-07 15:00").ExcuseFeedback(key(c.ID, jonas), "Was ill."))
		}, 3},
		"the interview is called off": {func(d desk, c hiring.Candidate) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 15:00").CancelInterview(c.ID, 0, hiring.CalledOff))
		}, 3},
		"the interview moves to who has answered": {func(d desk, c hiring.Candidate) {
			i := c.Interviews[0]
			i.Panel = []hiring.UserID{ingrid}
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 15:00").MoveInterview(c.ID, 0, i))
		}, 3},
		"the interview moves": {func(d desk, c hiring.Candidate) {
			i := c.Interviews[0]
			i.Start = at("2026-10-08 10:00")
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 15:00").MoveInterview(c.ID, 0, i))
		}, 0},
		"another talk is arranged": {func(d desk, c hiring.Candidate) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 15:00").AddInterview(c.ID, again))
		}, 0},
		"another talk is arranged and called off": {func(d desk, c hiring.Candidate) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 15:00").AddInterview(c.ID, again))
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 16:00").CancelInterview(c.ID, 1, hiring.CalledOff))
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			c := d.decidedEarly()
			tt.later(d, c)
			d.arranges(at("2026-10-09 13:00"))
			if got := d.sent(hiring.TellDebrief); len(got) != tt.reads {
				t.Errorf("the debrief went to %+v", got)
			}
			late, err := d.OverdueIn(1, at("2026-10-20 10:00"))
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range late {
				if o.Promise == hiring.PromiseDecision {
					t.Error("a decision that was made counts as one that is late")
				}
			}
		})
	}
}

// TestADecisionThatStandsKeepsItsReminders: what the recruiter owes by it stays
// on the step of the ladder that it is on.
func TestADecisionThatStandsKeepsItsReminders(t *testing.T) {
	d := newDesk(t)
	c := d.decidedEarly()
	o, _ := d.owes(ola, hiring.AboutNext)
	o.Nudges, o.Told = 3, hiring.ToldOwner
	d.owed[o.Subject] = o
	must[hiring.Feedback](d)(d.by(jonas, "2026-10-15 09:00").SubmitFeedback(key(c.ID, jonas), card(hiring.Yes)))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-15 10:00").AddInterview(c.ID, hiring.Interview{
		Stage: "interview-1", Start: at("2026-10-16 10:00"), Length: time.Hour, Panel: []hiring.UserID{"UTONE"},
	}))
	if now, _ := d.owes(ola, hiring.AboutNext); now != o {
		t.Errorf("owed as %+v, was %+v", now, o)
	}
}

// TestADecisionPutOffTakesTheStepBack: who is talked about first is not
// arranged for meanwhile.
func TestADecisionPutOffTakesTheStepBack(t *testing.T) {
	d := newDesk(t)
	c := d.decidedEarly()
	must[hiring.Candidate](d)(d.by(kari, "2026-10-07 14:00").Decide(c.ID, hiring.Ruling{Verdict: hiring.TalkFirst}))
	if _, waits := d.owes(ola, hiring.AboutNext); waits {
		t.Error("the recruiter is asked to plan an interview that is not decided on any more")
	}
	if _, waits := d.owes(kari, hiring.AboutDecision); !waits {
		t.Error("nobody is asked to decide")
	}
	must[hiring.Candidate](d)(d.by(kari, "2026-10-08 13:00").Decide(c.ID, onward))
	d.arranges(at("2026-10-12 13:00"))
}

// TestTheOtherOwnerHearsOfTheNextInterview once it is decided on: the recruiter
// owes it alone. The step that both owe is nobody's news.
func TestTheOtherOwnerHearsOfTheNextInterview(t *testing.T) {
	for name, tt := range map[string]struct {
		decided, away bool
		tells         hiring.NoticeKind // what the hiring manager is told with; empty for nothing
	}{
		"decided on":                              {decided: true, tells: hiring.Escalation},
		"decided on, of somebody who has left":    {decided: true, away: true, tells: hiring.TellUnreached},
		"that both owe":                           {},
		"that both owe, of somebody who has left": {away: true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			c := d.decidedEarly()
			must[hiring.Candidate](d)(d.by(ola, "2026-10-07 14:00").Told(c.ID))
			o, _ := d.owes(ola, hiring.AboutNext)
			o.Decided, o.Nudges = tt.decided, settings().Ladder.NudgesOwner
			d.owed[o.Subject] = o
			d.people[ola] = hiring.Person{ID: ola, Away: tt.away, ReadAt: at("2026-10-12 11:00")}
			now := at("2026-10-12 12:00")
			desk, err := hiring.DeskOf(d.memory, settings(), kari, now)
			if err != nil {
				t.Fatal(err)
			}
			waits := func(o hiring.Owed) bool { return o.Subject.Kind == hiring.AboutNext }
			if slices.ContainsFunc(desk.Others, waits) != tt.decided {
				t.Errorf("the hiring manager waits for %+v", desk.Others)
			}
			change, err := hiring.Sweep(d.memory, settings(), ola, now)
			if err != nil {
				t.Fatal(err)
			}
			var told hiring.NoticeKind
			for _, n := range change.Notices {
				if n.User == kari {
					told = n.Kind
				}
			}
			if told != tt.tells {
				t.Errorf("the hiring manager is told with %q, want %q", told, tt.tells)
			}
		})
	}
}
