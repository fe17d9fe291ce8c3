package templates

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// TestMessagesGoByTheTable has each kind of message that the table of rights
// governs wait for, or stand with, somebody who is nobody to the role any more.
func TestMessagesGoByTheTable(t *testing.T) {
	key := hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: liv}
	subject := func(kind hiring.NoticeKind) hiring.Subject {
		switch kind {
		case hiring.TellFeedback, hiring.TellExcused:
			return hiring.FeedbackSubject(1, key)
		case hiring.TellDebrief, hiring.TellDecision:
			return hiring.DecisionSubject(1, 12, "interview-2", kari)
		case hiring.AskLook, hiring.TellLook:
			return hiring.LookSubject(1, 12, "U0NEW")
		case hiring.TellCorrected:
			return hiring.CorrectionSubject(1, 12, 1)
		case hiring.AlertWithdrawals, hiring.AlertMustHave:
			return hiring.AlertSubject(1, 1)
		case hiring.Preview:
			return hiring.PreviewSubject(1)
		}
		return hiring.RoleSubject(1)
	}
	o := newOffice().decided(hiring.Reject)
	w := house.For(hiring.English, oslo)
	for kind := range rightTo {
		n := hiring.Notice{Kind: kind, User: "U0NEW", About: liv, Channel: jobs, CreatedAt: now, Subjects: []hiring.Subject{subject(kind)}}
		if _, err := w.Notice(o, n, OnePerson, false, now); !errors.Is(err, hiring.ErrNothing) {
			t.Errorf("%s is sent: %v", kind, err)
		}
		m, err := w.Notice(o, n, OnePerson, true, now)
		if js, _ := json.Marshal(m.Blocks); err != nil || !strings.Contains(m.Text, "R-1 is with others now") || len(m.Blocks) != 1 || !strings.Contains(string(js), "with others now") {
			t.Errorf("%s still says %q, %v", kind, m.Text, err)
		}
	}
}

// TestOfSeveralRolesOnlyTheReadersOwn is told: what is stuck, and what does not
// reach somebody.
func TestOfSeveralRolesOnlyTheReadersOwn(t *testing.T) {
	o := newOffice()
	secret := o.roles[1]
	secret.ID, secret.HiringManager, secret.Recruiter = 99, "U0NEW", "U0NEWER"
	o.roles[99] = secret
	key := hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per}
	both := []hiring.Subject{hiring.SignOffSubject(99, 1, per), hiring.FeedbackSubject(1, key)}
	for _, kind := range []hiring.NoticeKind{hiring.Escalation, hiring.TellUnreached, hiring.TellGivenUp} {
		n := hiring.Notice{Kind: kind, User: ola, About: per, Step: 3, Problem: hiring.ProblemAway, Subjects: both}
		m, err := house.For(hiring.English, oslo).Notice(o, n, OnePerson, false, now)
		if js, _ := json.Marshal(m); err != nil || strings.Contains(string(js), "R-99") || !strings.Contains(string(js), "R-1") {
			t.Errorf("%s: %s, %v", kind, js, err)
		}
		n.Subjects = both[:1]
		if _, err := house.For(hiring.English, oslo).Notice(o, n, OnePerson, false, now); !errors.Is(err, hiring.ErrNothing) {
			t.Errorf("%s of another's role: %v", kind, err)
		}
	}
	p := page{Writer: house.For(hiring.English, oslo), record: o, reader: ola, now: now}
	if got := p.rolesOf([]hiring.Notice{{Subjects: both}}); got != "R-1" {
		t.Errorf("roles: %s", got)
	}
}

// TestAThingPassedOnWaitsForNobody else: a reminder to a former owner that was
// held up has nothing to say.
func TestAThingPassedOnWaitsForNobody(t *testing.T) {
	o := newOffice().proposed()
	n := hiring.Notice{Kind: hiring.Nudge, User: kari, Step: 1, Subjects: []hiring.Subject{hiring.LookSubject(1, 3, kari)}}
	w := house.For(hiring.English, oslo)
	if _, err := w.Notice(o, n, OnePerson, false, now); err != nil {
		t.Fatal(err)
	}
	r := o.roles[1]
	r.HiringManager, o.owed = "U0NEW", nil
	o.roles[1] = r
	if m, err := w.Notice(o, n, OnePerson, false, now); !errors.Is(err, hiring.ErrNothing) {
		t.Errorf("%s, %v", m.Text, err)
	}
}

// TestWhyGoesWithFeedback: why somebody was decided on reads who may read the
// feedback it rests on, and not before their own is in. What was decided reads
// everybody who may know the candidate.
func TestWhyGoesWithFeedback(t *testing.T) {
	const why, skill = "Liv doubts the migrations.", "It rests on"
	promised := func(o *office, c *hiring.Candidate) {
		c.Outcome, c.Reason, c.ClosedAt, c.Contact = hiring.Rejected, why, now, hiring.Contact{By: "U0NEW", On: "2026-11-25"}
	}
	takes := func(o *office, c *hiring.Candidate) { o.ask(12, "U0NEW", 1) }
	gave := func(o *office, c *hiring.Candidate) {
		o.ask(12, "U0NEW", 1)
		for key, f := range o.feedback {
			if key.Interviewer == "U0NEW" {
				f.Status, f.SubmittedAt = hiring.Submitted, now
				o.feedback[key] = f
			}
		}
	}
	owes := func(o *office, c *hiring.Candidate) {
		o.ask(12, per, 1)
		c.Corrections = []hiring.Correction{{At: now, By: ola, Step: hiring.Step{Kind: hiring.CandidateClosed, At: days(1), Outcome: hiring.Rejected}, Reason: why}}
	}
	for _, tt := range []struct {
		it     string
		reader hiring.UserID
		so     func(*office, *hiring.Candidate)
		open   bool // interviewers read each other
		reads  bool
	}{
		{it: "an owner reads it", reader: ola, so: promised, reads: true},
		{it: "an interviewer whose feedback is in reads it", reader: liv, so: promised, reads: true},
		{it: "a colleague who promised to write does not", reader: "U0NEW", so: promised},
		{it: "a colleague who took feedback over does not", reader: "U0NEW", so: takes},
		{it: "one whose feedback is in reads it", reader: "U0NEW", so: gave, reads: true},
		{it: "an interviewer who owes theirs does not", reader: per, so: owes},
		{it: "unless interviewers read each other", reader: per, so: owes, open: true, reads: true},
	} {
		t.Run(tt.it, func(t *testing.T) {
			o := newOffice().decided(hiring.Reject)
			c := o.candidates[12]
			c.Decisions = []hiring.Decision{{At: now, By: kari, Stage: "interview-1", Revision: 1, Verdict: hiring.Reject, Criteria: []int{1}, Reason: why}}
			tt.so(o, &c)
			o.candidates[12] = c
			open := house
			open.Settings.OpenFeedback = tt.open
			w := open.For(hiring.English, oslo)
			p, _ := o.Person(tt.reader)
			window, err := w.CandidateView(o, c, o.roles[1], p, now)
			if err != nil {
				t.Fatal(err)
			}
			list, err := w.Candidates(o, o.roles[1], p, now)
			if err != nil {
				t.Fatal(err)
			}
			n := hiring.Notice{Kind: hiring.TellDecision, User: tt.reader, About: kari, CreatedAt: now, Subjects: []hiring.Subject{hiring.DecisionSubject(1, 12, "interview-1", kari)}}
			message, err := w.Notice(o, n, OnePerson, true, now)
			if err != nil || !strings.Contains(message.Text, "is decided on") {
				t.Fatalf("%q, %v", message.Text, err)
			}
			for of, v := range map[string]any{"window": window, "message": message} {
				js, _ := json.Marshal(v)
				if strings.Contains(string(js), why) != tt.reads || strings.Contains(string(js), skill) != tt.reads {
					t.Errorf("the %s: %s", of, js)
				}
			}
			if js, _ := json.Marshal(list); strings.Contains(string(js), why) && !tt.reads {
				t.Errorf("the list: %s", js)
			}
		})
	}
}

// TestADebriefHoldsBack what others think from who owes feedback on another
// stage, and lets them decide all the same.
func TestADebriefHoldsBack(t *testing.T) {
	o := newOffice()
	o.talked()
	key := hiring.FeedbackKey{Candidate: 12, Stage: "interview-1", Interviewer: kari}
	o.feedback[key] = hiring.Feedback{FeedbackKey: key, Role: 1, Revision: 1, Status: hiring.Requested}
	for reader, blind := range map[hiring.UserID]bool{kari: true, ola: false} {
		n := hiring.Notice{Kind: hiring.TellDebrief, User: reader, CreatedAt: now, Subjects: []hiring.Subject{hiring.DecisionSubject(1, 12, "interview-2", kari)}}
		m, err := house.For(hiring.English, oslo).Notice(o, n, OnePerson, false, now)
		js, _ := json.Marshal(m)
		if err != nil || strings.Contains(string(js), "once you have given your own") != blind || strings.Contains(string(js), "wrote") == blind || strings.Contains(string(js), "Advance") != blind {
			t.Errorf("%s: %s, %v", reader, js, err)
		}
	}
}
