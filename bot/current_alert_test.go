package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// alertsSay complains unless the alert of a kind that somebody has says
// something, and does not say something else.
func (p *postOffice) alertsSay(kind hiring.NoticeKind, it, reader, want, not string) {
	p.Helper()
	said := p.kept(kind)[reader]
	mustContain(p.T, it+", "+reader, said, want)
	if not != "" && strings.Contains(said, not) {
		p.Errorf("%s, %s still reads %q: %s", it, reader, not, said)
	}
}

// TestAlertsOnOffersAreKeptCurrent has two offers stay open for three days, and
// one of them end, go on, be made anew, be dated differently and change hands.
func TestAlertsOnOffersAreKeptCurrent(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	move := func(c hiring.CandidateID, to hiring.StageID) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) { return drop(a.Move(c, to, hiring.Interview{})) }
	}
	hand := func(recruiter hiring.UserID) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, kari, recruiter)) }
	}
	says := func(it, reader, want, not string) {
		t.Helper()
		p.alertsSay(hiring.AlertOffer, it, reader, want, not)
	}
	p.play(doing{"one is added", ola, adds("Nora Vik", hiring.Agency)}, doing{"another", ola, adds("Per Holm", hiring.Agency)},
		doing{"one gets an offer", ola, move(1, hiring.StageOffer)}, doing{"the other, too", ola, move(2, hiring.StageOffer)})
	p.move(73 * time.Hour)
	p.lookAtDue()
	p.anew()
	p.current("three days later")
	for _, u := range []string{kari, ola} {
		says("three days later", u, "2 offers have been open", "")
	}
	p.play(doing{"one declines", ola, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.EndOffer(1, hiring.Declined, "Too far.", true))
	}})
	says("one declines", kari, "1 offer has been open", "")
	p.play(doing{"no, she has not", ola, undoes(1)})
	says("no, she has not", kari, "2 offers have been open", "no longer waiting")
	p.play(doing{"the other goes back", ola, move(2, hiring.StageScreen)})
	says("the other goes back", kari, "Per Holm* (C-2) is no longer waiting", "")
	p.play(doing{"and gets a newer offer", ola, move(2, hiring.StageOffer)})
	says("a newer offer", kari, "1 offer has been open", "no longer waiting")
	p.play(doing{"the first is dated differently", ola, func(a hiring.Act) (hiring.Change, error) {
		c, err := a.Record.Candidate(1)
		if err != nil {
			return hiring.Change{}, err
		}
		return drop(a.Correct(1, hiring.Fix{Step: 1, At: c.Since(), Is: c.Since().Add(time.Hour)}))
	}})
	p.play(doing{"the role changes hands", kari, hand(jonas)})
	says("the role changes hands", ola, "No longer needed", "Nora")
	says("the role changes hands", kari, "1 offer has been open", "")
	p.play(doing{"and comes back", kari, hand(ola)})
	says("the role comes back", ola, "1 offer has been open", "")
	if n := p.about(jonas, "You own"); n != 0 {
		t.Error("Jonas is still asked to confirm what is not his")
	}
	p.move(6 * 24 * time.Hour) // over a weekend
	p.lookAtDue()
	p.anew()
	p.current("days later")
	if p.about(kari, "offer has been open for") != 2 || p.about(kari, "newer offer") != 1 {
		t.Errorf("days later Kari reads %s", p.newest(kari).Text)
	}
	p.play(doing{"one is hired", ola, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.EndOffer(2, hiring.Accepted, "", true))
	}})
	if p.about(kari, "Per Holm* (C-2) is no longer waiting") != 2 || p.about(kari, "newer offer") != 0 {
		t.Errorf("in the end Kari reads %s", p.newest(kari).Text)
	}
}

// TestAlertsOnARoleAreKeptCurrent has three candidates withdraw at one stage
// and four be rejected for one must-have, and has that be undone, happen again,
// and the must-have be dropped.
func TestAlertsOnARoleAreKeptCurrent(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	withdraws := func(c hiring.CandidateID, why string) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) { return drop(a.Close(c, hiring.Withdrawn, why, true)) }
	}
	reject := func(c hiring.CandidateID) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) {
			return drop(a.Decide(c, hiring.Ruling{Verdict: hiring.Reject, Criteria: []int{1}, Reason: "No SQL.", Contact: hiring.Contact{By: ola, On: "2026-11-30"}}))
		}
	}
	both := func(kind hiring.NoticeKind, it, want, not string) {
		t.Helper()
		p.alertsSay(kind, it, kari, want, not)
		p.alertsSay(kind, it, ola, want, not)
	}
	for id := hiring.CandidateID(1); id <= 3; id++ {
		p.play(doing{"one is added", ola, adds("Nora Vik", hiring.Referral)}, doing{"and withdraws", ola, withdraws(id, "Too slow.")})
	}
	both(hiring.AlertWithdrawals, "three withdraw", "3 candidates for", "✓")
	p.play(doing{"one has not", ola, undoes(2)})
	both(hiring.AlertWithdrawals, "one has not", "✓ 2 candidates for", "Too slow")
	p.play(doing{"but does so later", ola, withdraws(2, "Too far.")})
	both(hiring.AlertWithdrawals, "but does so later", "Too far", "✓")
	for id := hiring.CandidateID(4); id <= 7; id++ {
		p.play(doing{"one is added", ola, adds("Per Holm", hiring.Agency)}, doing{"and rejected", kari, reject(id)})
	}
	both(hiring.AlertMustHave, "four are rejected", "All 4 candidates", "✓")
	p.play(doing{"one was not", ola, undoes(5)})
	both(hiring.AlertMustHave, "one was not", "✓ 3 candidates", "All 4")
	p.play(doing{"but is later", kari, reject(5)})
	both(hiring.AlertMustHave, "but is later", "All 4 candidates", "✓")
	p.play(doing{"the must-have is dropped", kari, func(a hiring.Act) (hiring.Change, error) {
		r, err := a.Record.Role(1)
		if err != nil {
			return hiring.Change{}, err
		}
		terms := r.Brief().Terms
		terms.MustHaves = hiring.MustHaves("Go")
		return drop(a.ChangeBrief(1, 1, terms, "Nobody knows it."))
	}})
	both(hiring.AlertMustHave, "while it is not agreed", "All 4 candidates", "✓")
	p.play(doing{"and both agree", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 2)) }})
	both(hiring.AlertMustHave, "it is dropped", "✓", "All 4")
}
