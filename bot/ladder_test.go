package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// terms returns what R-1 is agreed on.
func (p *postOffice) terms() (t hiring.Terms) {
	p.Helper()
	p.check(p.record.View(p.Context(), func(r hiring.Record) error {
		role, err := r.Role(1)
		t = role.InForce().Terms
		return err
	}))
	return t
}

// workingDays goes on by some working days; on each, what is due is looked at.
func (p *postOffice) workingDays(n int) {
	p.Helper()
	for range n {
		p.after(24 * time.Hour)
		for p.now.Weekday() == time.Saturday || p.now.Weekday() == time.Sunday {
			p.after(24 * time.Hour)
		}
		p.lookAtDue()
	}
}

// TestTheNextInterviewIsTheRecruitersAlone once it is decided on: reminders say
// so, and the hiring manager hears of it when they do not help.
func TestTheNextInterviewIsTheRecruitersAlone(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	terms := p.terms()
	terms.Interviews = append(terms.Interviews, hiring.Stage{ID: "interview-2", Kind: hiring.KindInterview, Name: "Team talk", WorkDays: 5, Minutes: 30, Panel: []hiring.UserID{jonas}})
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.ChangeBrief(1, 1, terms, "The team wants to meet them."))
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 2)) })
	p.interview()
	p.gives("Fine.")
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.Decide(1, hiring.Ruling{Verdict: hiring.Advance, Reason: "Strong.", Contact: hiring.Contact{By: ola, On: "2026-11-23"}}))
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Told(1)) })
	p.workingDays(3) // reminded on Wednesday and Thursday
	if p.reads(ola, "With the next reminder I tell <@"+kari+"> too") != 1 || p.about(kari, "Stuck, and you can help") != 0 {
		t.Errorf("after two reminders the recruiter reads: %s", said(p.newest(ola)))
	}
	p.workingDays(1)
	if p.reads(ola, "I have told <@"+kari+"> too") != 1 || p.about(kari, "Stuck, and you can help") != 1 {
		t.Errorf("after three the recruiter reads: %s, and the hiring manager: %s", said(p.newest(ola)), said(p.newest(kari)))
	}
	if p.about(ola, "both owners") != 0 {
		t.Error("the recruiter reads that both owners are reminded")
	}
}

// TestAReminderNamesWhoWasTold and nobody else: Ingrid owes feedback on
// somebody of R-1 for days, of which Ola has been told, and since Wednesday on
// somebody of R-2, of which its recruiter has not.
func TestAReminderNamesWhoWasTold(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	terms := p.terms()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: jonas, Channel: backend, Terms: terms}))
	})
	p.act(jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(2, 1)) })
	p.interview() // on Monday, for R-1
	p.workingDays(2)
	p.act(jonas, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.AddCandidate(2, hiring.Applicant{Name: "Siri Bakke", Source: hiring.Referral}))
	})
	p.act(jonas, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.Move(2, "interview-1", hiring.Interview{Start: a.Now.Add(-2 * time.Hour), Length: time.Hour}))
	})
	for day, want := range []struct{ ofOla, ofJonas string }{
		{"I have told <@" + ola + "> too, so that", ""},
		{"I have told <@" + ola + "> too. With the next reminder I tell an admin as well.", "With the next reminder I tell <@" + jonas + "> too"},
		{"I have told <@" + ola + "> and the admins too.", "I have told <@" + jonas + "> too, so that"},
	} {
		p.workingDays(1)
		says := said(p.newest(ingrid))
		if !strings.Contains(says, want.ofOla) || !strings.Contains(says, want.ofJonas) || want.ofJonas == "" && strings.Contains(says, "<@"+jonas+">") {
			t.Errorf("day %d: Ingrid reads %s", day+1, says)
		}
	}
	if p.reads(jonas, "has had 3 reminders") != 1 {
		t.Errorf("Jonas reads %s", said(p.newest(jonas)))
	}
}
