package bot_test

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// changed has Kari change the brief of R-1, and Ola sign it.
func (p *postOffice) changed(change func(*hiring.Terms)) {
	p.Helper()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		role, err := a.Record.Role(1)
		if err != nil {
			return hiring.Change{}, err
		}
		t := role.Brief().Terms
		change(&t)
		return drop(a.ChangeBrief(1, 1, t, "We need it."))
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 2)) })
}

// workingDays goes on by some days; after each, what is due is looked at.
func (p *postOffice) workingDays(n int) {
	p.Helper()
	for range n {
		p.after(24 * time.Hour)
		p.lookAtDue()
	}
}

// TestTheNextInterviewIsTheRecruitersAlone once it is decided on: reminders say
// so, and the hiring manager hears of it when they do not help.
func TestTheNextInterviewIsTheRecruitersAlone(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.changed(func(t *hiring.Terms) {
		t.Interviews = append(t.Interviews, hiring.Stage{ID: "interview-2", Kind: hiring.KindInterview, Name: "Team talk", WorkDays: 5, Minutes: 30, Panel: []hiring.UserID{jonas}})
	})
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
