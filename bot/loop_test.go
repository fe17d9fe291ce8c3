package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// feedbackOn returns what the record has of one person's feedback on C-1.
func (o *office) feedbackBy(u hiring.UserID) (f hiring.Feedback) {
	o.read(func(r hiring.Record) (err error) {
		f, err = r.Feedback(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: u})
		return err
	})
	return f
}

// late has C-1 interviewed some days ago, so that feedback is overdue.
func (o *office) late() {
	o.openRole()
	o.meet(ingrid, jonas)
	id := o.addCandidate("Nora Vik")
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(id, "interview-1", hiring.Interview{Start: a.Now.Add(-4*24*time.Hour + time.Hour), Length: time.Hour})
		return c, err
	})
}

const ingridsFeedback = "C-1/interview-1/UINGRID"

func TestTheShortlist(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.addCandidate("Nora Vik")
	o.addCandidate("Erik Lie")
	o.types(ola, "candidate C-1")
	o.opened(ola).press(templates.ActionPropose, "C-1")
	mustContain(t, "proposed", o.pushed(ola).fill("note", "Two years of Go.").must().text(), "is asked whether to meet")

	o.pressInMessage(kari, templates.ActionLook+"#no", "no/C-1")
	form := o.opened(kari)
	if a := form.submit(); a.Errors["missing"] == "" {
		t.Errorf("a no without a reason: %s", a.raw)
	}
	form.fill("missing", "Go").must()
	if l := o.candidate(1).Look; l.Answer != hiring.LookNo || l.Missing != "Go" || l.Pitch != "Two years of Go." {
		t.Errorf("the record has %+v", l)
	}
	o.pressInMessage(kari, templates.ActionLook+"#interview", "interview/C-2")
	mustContain(t, "somebody who is not proposed", text(o.wait("answer")), "not proposed")
}

func TestAScorecardKeepsADraft(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid)
	o.interviewed(o.addCandidate("Nora Vik"))
	o.types(ingrid, "feedback")
	card := o.opened(ingrid)
	card.fill("rating_0", "Meets it").fill("evidence_0", "Ran a service for two years.").press(templates.ActionDraft+"#rating_0", "3")
	if d := o.feedbackBy(ingrid).Draft; d.Ratings[0] != hiring.Meets || d.Evidence[0] != "Ran a service for two years." || d.Ratings[1] != hiring.Unrated {
		t.Errorf("the draft is %+v", d)
	}
	o.types(ingrid, "feedback") // closed, and opened again
	again := o.opened(ingrid)
	mustContain(t, "opened again", again.text(), "is here again", "Ran a service for two years.")
	fillScorecard(again).must()
	if f := o.feedbackBy(ingrid); f.Status != hiring.Submitted || f.Evidence[0] != "Ran a service for two years." || !f.Draft.Empty() {
		t.Errorf("the record has %+v", f)
	}
}

func TestInsteadOfFeedback(t *testing.T) {
	t.Run("I was not there", func(t *testing.T) {
		o := newOffice(t)
		o.late()
		o.pressInMessage(ingrid, templates.ActionInstead, "excuse/"+ingridsFeedback)
		form := o.opened(ingrid)
		if a := form.submit(); a.Errors["reason"] == "" {
			t.Errorf("without a reason: %s", a.raw)
		}
		form.fill("reason", "I was ill.").must()
		if f := o.feedbackBy(ingrid); f.Status != hiring.Excused || f.Excuse != "I was ill." {
			t.Errorf("the record has %+v", f)
		}
	})
	t.Run("a colleague takes it over", func(t *testing.T) {
		o := newOffice(t)
		o.late()
		o.pressInMessage(ingrid, templates.ActionInstead, "offer/"+ingridsFeedback)
		form := o.opened(ingrid)
		if a := form.fill("colleague", robot).submit(); a.Errors["colleague"] == "" {
			t.Errorf("a bot is asked: %s", a.raw)
		}
		mustContain(t, "asked", form.fill("colleague", jonas).must().text(), "I have asked")
		o.pressInMessage(admin, templates.ActionTakeOver, ingridsFeedback)
		mustContain(t, "somebody else accepts", text(o.wait("answer")), "Nobody asks you")
		o.pressInMessage(jonas, templates.ActionTakeOver, ingridsFeedback)
		mustContain(t, "accepted", text(o.wait("answer")), "is yours now")
		if f := o.feedbackBy(jonas); f.Status != hiring.Requested {
			t.Errorf("the record has %+v", f)
		}
		o.types(jonas, "feedback")
		mustContain(t, "their scorecard", o.opened(jonas).text(), "Nora Vik")
		o.types(jonas, "candidate C-1")
		mustContain(t, "the candidate", o.opened(jonas).text(), "Nora Vik")
	})
	t.Run("the recruiter asks in person, once a day", func(t *testing.T) {
		o := newOffice(t)
		o.late()
		o.pressInMessage(ola, templates.ActionRemind, ingridsFeedback)
		mustContain(t, "asked", text(o.wait("answer")), "in your name")
		o.pressInMessage(ola, templates.ActionRemind, ingridsFeedback)
		mustContain(t, "twice", text(o.wait("answer")), "today already")
	})
	t.Run("later", func(t *testing.T) {
		o := newOffice(t)
		o.late()
		o.pressInMessage(ingrid, templates.ActionSnooze, "tomorrow")
		mustContain(t, "put off", text(o.wait("answer")), "24 Nov 2026, 08:00")
		o.pressInMessage(jonas, templates.ActionSnooze, "tomorrow")
		mustContain(t, "with nothing to put off", text(o.wait("answer")), "Nothing is overdue")
		o.pressInMessage(ingrid, templates.ActionSnooze, "next year")
		mustContain(t, "an unknown time", text(o.wait("answer")), "Something went wrong")
	})
}

func TestTheDecision(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid)
	o.interviewed(o.addCandidate("Nora Vik"))
	o.types(ingrid, "feedback")
	fillScorecard(o.opened(ingrid)).must()
	o.pressInMessage(kari, templates.ActionDecide+"#reject", "reject/C-1")
	form := o.opened(kari)
	mustContain(t, "the form", form.text(), "Which must-haves", "Who tells the candidate?")
	if a := form.submit(); a.Errors["reason"] == "" {
		t.Errorf("without a reason: %s", a.raw)
	}
	form.press(templates.ActionVerdict, "talk-first")
	_ = form.updated()
	form.fill("reason", "Too little SQL.").fill("criteria", "SQL")
	mustContain(t, "decided", form.must().text(), "we say no")
	c := o.candidate(1)
	if c.Outcome != hiring.Rejected || len(c.Decisions) != 1 || len(c.Decisions[0].Criteria) != 1 || c.Contact.By != ola {
		t.Errorf("the record has %+v", c)
	}
	o.pressInMessage(ola, templates.ActionTold, "C-1")
	if c := o.candidate(1); c.Contact.By != "" || c.HeardAt.IsZero() {
		t.Errorf("the record has %+v", c)
	}
}

// The first contact and how an offer ended are recorded where the recruiter is:
// in the candidate's window and in the form that moves.
func TestFirstContactAndOffersAreRecorded(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.addCandidate("Nora Vik")
	o.types(ola, "candidate C-1")
	window := o.opened(ola)
	window.press(templates.ActionEngaged, "C-1")
	mustContain(t, "the answer", o.pushed(ola).text(), "first contact with *Nora Vik*")
	if c := o.candidate(1); !c.EngagedAt.Equal(o.now) {
		t.Errorf("the record has %+v", c)
	}
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(1, hiring.StageOffer, hiring.Interview{})
		return c, err
	})
	for _, step := range []struct {
		pick, reason string
		want         hiring.OfferEnd
	}{{"Hired", "", hiring.Accepted}, {"Withdrew after accepting", "Stays where she is.", hiring.Renounced}} {
		o.types(ola, "move C-1")
		form := o.opened(ola)
		form.fill("stage", step.pick).press(templates.ActionPickStep, "")
		form = form.updated()
		if step.reason != "" {
			form.fill("reason", step.reason)
		}
		_ = form.must()
		if c := o.candidate(1); c.Offer != step.want || c.Outcome != step.want.Outcome() {
			t.Errorf("the record has %+v", c)
		}
	}
	if r := o.roles()[0]; r.Status != hiring.Open || r.Hired != 0 {
		t.Errorf("the role has %s, %d hired", r.Status, r.Hired)
	}
}

func TestInterviewsAreChanged(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid, jonas)
	o.interviewed(o.addCandidate("Nora Vik"))
	o.types(ola, "candidate C-1")
	window := o.opened(ola)
	window.press(templates.ActionInterview+"#move", "move/C-1/0")
	form := o.pushed(ola)
	mustContain(t, "moved", form.fill("panel", jonas).must().text(), "The interview with")
	if c := o.candidate(1); len(c.Interviews) != 1 || c.Interviews[0].Panel[0] != jonas {
		t.Errorf("the record has %+v", c.Interviews)
	}
	if f := o.feedbackBy(ingrid); f.Status != hiring.Excused {
		t.Errorf("who is no longer on the panel: %+v", f)
	}
	o.pressInMessage(ola, templates.ActionInterview+"#missed", "missed/C-1/0")
	o.opened(ola)
	if c := o.candidate(1); c.Interviews[0].Status != hiring.NoShow {
		t.Errorf("the record has %+v", c.Interviews)
	}
	o.types(ola, "candidate C-1")
	o.opened(ola).press(templates.ActionInterview+"#add", "add/C-1/0")
	o.pushed(ola).fill("interview_at", "1795500000").must()
	if c := o.candidate(1); len(c.Interviews) != 2 {
		t.Errorf("the record has %+v", c.Interviews)
	}
}

func TestChoices(t *testing.T) {
	o := newOffice(t)
	o.meet(ingrid)
	o.pressAtHome(ingrid, templates.ActionSettings, "")
	form := o.opened(ingrid)
	if a := form.fill("work_from", "16:00").submit(); a.Errors["work_to"] == "" {
		t.Errorf("a day that ends as it begins: %s", a.raw)
	}
	mustContain(t, "saved", form.fill("work_from", "07:00").fill("work_to", "15:00").fill("away_from", "2026-12-21").fill("away_to", "2026-12-23").must().text(), "07:00", "Away 21 Dec 2026")
	o.read(func(r hiring.Record) error {
		p, err := r.Person(ingrid)
		if p.WorkTo != 15*time.Hour || len(p.Free) != 1 {
			t.Errorf("the record has %+v", p)
		}
		return err
	})
}

// TestAScorecardThatWasOpenMeanwhile is submitted after the candidate moved on,
// and after they were rejected: what was written is kept.
func TestAScorecardThatWasOpenMeanwhile(t *testing.T) {
	for it, away := range map[string]func(hiring.Act) (hiring.Change, error){
		"moved": func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Move(1, hiring.StageOffer, hiring.Interview{})
			return c, err
		},
		"rejected": func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Close(1, hiring.Rejected, "Too little SQL.", true)
			return c, err
		},
	} {
		t.Run(it, func(t *testing.T) {
			o := newOffice(t)
			o.openRole()
			o.meet(ingrid)
			o.interviewed(o.addCandidate("Nora Vik"))
			o.types(ingrid, "feedback")
			card := o.opened(ingrid)
			o.act(ola, away)
			fillScorecard(card).must()
			if f := o.feedbackBy(ingrid); f.Status != hiring.Submitted || f.Note == "" {
				t.Errorf("the record has %+v", f)
			}
		})
	}
}

// TestTheHomeFollowsWhatOthersDo has somebody's Home open while somebody else
// acts.
func TestTheHomeFollowsWhatOthersDo(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.addCandidate("Nora Vik")
	o.do("events_api", opened(kari))
	if home := o.home(kari).text(); strings.Contains(home, "do you want to meet them") {
		t.Fatalf("too early: %s", home)
	}
	o.types(ola, "candidate C-1")
	o.opened(ola).press(templates.ActionPropose, "C-1")
	o.pushed(ola).must()
	mustContain(t, "Kari's Home", o.home(kari).text(), "do you want to meet them")
}

// TestNobodyDoesWhatTheyMayNot has people who may nothing press every button
// and type every command, with keys they were never shown.
func TestNobodyDoesWhatTheyMayNot(t *testing.T) {
	o := newOffice(t)
	o.late()
	o.act(ola, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Propose(1, "A secret pitch."); return c, err })
	before := o.everything()
	for _, who := range []string{jonas, guest} {
		o.meet(hiring.UserID(who))
		for _, typed := range []string{
			"brief R-1", "candidate R-1", "candidate C-1", "move C-1", "funnel R-1", "funnel all", "digest R-1", "digest all", "feedback", "roles", "", "settings", "intake",
		} {
			a := o.types(who, typed)
			if strings.Contains(a.raw, "Nora") || strings.Contains(a.raw, "secret") {
				t.Errorf("%s types %q and reads %s", who, typed, a.raw)
			}
		}
		for action, value := range map[string]string{
			templates.ActionOpenBrief: "R-1", templates.ActionChangeBrief: "R-1", templates.ActionSendBack: "R-1", templates.ActionHandOver: "R-1",
			templates.ActionCancelRole: "R-1", templates.ActionAddCandidate: "R-1", templates.ActionMove: "C-1", templates.ActionFunnel: "R-1",
			templates.ActionMore: "history/R-1", templates.ActionGiveFeedback: ingridsFeedback, templates.ActionInstead: "excuse/" + ingridsFeedback,
			templates.ActionInstead + "#2": "offer/" + ingridsFeedback, templates.ActionTakeOver: ingridsFeedback, templates.ActionDecline: ingridsFeedback,
			templates.ActionRemind: ingridsFeedback, templates.ActionDecide: "C-1", templates.ActionDecide + "#2": "reject/C-1",
			templates.ActionTold: "C-1", templates.ActionEngaged: "C-1", templates.ActionPromise: "C-1", templates.ActionPropose: "C-1", templates.ActionLook: "interview/C-1",
			templates.ActionLook + "#2": "no/C-1", templates.ActionInterview: "held/C-1/0", templates.ActionInterview + "#2": "move/C-1/0",
			templates.ActionInterview + "#3": "cancel/C-1/0", templates.ActionInterview + "#4": "add/C-1/0", templates.ActionOpenCandidate: "C-1",
			templates.ActionCandidates: "R-1", templates.ActionSnooze: "2h", templates.ActionRules: "", templates.ActionCorrect: "C-1",
			templates.ActionRules + "#promises": "promises", templates.ActionCharts: "R-1", templates.ActionFunnelCSV: "R-1",
			templates.ActionWhy: "R-1/added||referral", templates.ActionWhy + "#all": "all/added||referral",
			templates.ActionWhy + "#team": "team " + kari + "/reached|interviews|", templates.ActionDigests: "R-1", templates.ActionSubscribe: "R-1",
		} {
			o.pressInMessage(who, action, value)
			if said := text(o.wait("answer")); strings.Contains(said, "Nora") || strings.Contains(said, "secret") || strings.Contains(said, "went wrong") {
				t.Errorf("%s presses %s and reads %s", who, action, said)
			}
		}
	}
	if after := o.everything(); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
}

// everything is all of role R-1 as text.
func (o *office) everything() string {
	var all []any
	o.read(func(r hiring.Record) error {
		role, err := r.Role(1)
		c, err2 := r.Candidate(1)
		on, err3 := r.FeedbackOn(1)
		owed, err4 := r.OwedIn(1)
		all = append(all, role, c, on, owed)
		for _, err := range []error{err, err2, err3, err4} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	js, err := json.Marshal(all)
	if err != nil {
		o.t.Fatal(err)
	}
	return string(js)
}

// TestALookBackWaitsForTheEndOfAPause: a pause stops the role's clocks, and nobody
// is reminded of it.
func TestALookBackWaitsForTheEndOfAPause(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.Pause(1)) })
	p.deliver()
	p.after(15 * 24 * time.Hour)
	if n := p.reads(kari, "look back"); n != 0 {
		t.Errorf("while the role is paused Kari reads: %s", said(p.newest(kari)))
	}
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.Resume(1)) })
	p.deliver()
	p.after(15 * 24 * time.Hour)
	for _, owner := range []string{kari, ola} {
		if n := p.reads(owner, "look back"); n != 1 {
			t.Errorf("after the pause %s reads it %d times", owner, n)
		}
	}
}
