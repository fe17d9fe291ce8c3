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
