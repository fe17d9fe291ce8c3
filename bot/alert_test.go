package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// lookAtDue looks at what is due, as the scheduler does.
func (p *postOffice) lookAtDue() {
	p.Helper()
	var due []hiring.UserID
	p.check(p.record.View(p.Context(), func(r hiring.Record) (err error) {
		due, err = r.Due(p.now)
		return err
	}))
	for _, u := range due {
		err := p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
			return hiring.Sweep(r, settings(), u, p.now)
		})
		if err != nil && !errors.Is(err, hiring.ErrNothing) {
			p.Fatal(err)
		}
	}
	p.move(35 * time.Minute) // past everybody's minute of the morning
	p.deliver()
}

// about counts the messages in a conversation that say something.
func (p *postOffice) about(where, what string) (n int) {
	for _, m := range p.in(where) {
		if strings.Contains(m.Text+string(m.Blocks), what) {
			n++
		}
	}
	return n
}

// TestAnOpenOfferIsToldOnce has an offer wait from Monday to Thursday, sweeps,
// restarts and sweeps again.
func TestAnOpenOfferIsToldOnce(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
		return c, err
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(1, hiring.StageOffer, hiring.Interview{})
		return c, err
	})
	p.move(71 * time.Hour)
	p.lookAtDue()
	if n := p.about(kari, "open for more than"); n != 0 {
		t.Fatalf("%d alerts before three working days were over", n)
	}
	p.move(time.Hour)
	for range 2 {
		p.lookAtDue()
		p.restart()
		p.lookAtDue()
		p.move(24 * time.Hour)
	}
	for _, u := range []string{kari, ola} {
		if n := p.about(u, "open for more than"); n != 1 {
			t.Errorf("%s hears of it %d times", u, n)
		}
	}
	if n := p.about(backend, "Nora") + p.about(backend, "open for more than"); n != 0 {
		t.Error("the channel hears of it")
	}
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Close(1, hiring.Withdrawn, "Stays where she is.", false)
		return c, err
	})
	p.after(time.Minute)
	if p.about(kari, "open for more than") != 0 || p.about(kari, "no longer waiting with an offer") != 1 {
		t.Errorf("the alert still stands: %s", p.newest(kari).Text)
	}
}

func TestTheThirdWithdrawalIsTold(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for id := hiring.CandidateID(1); id <= 4; id++ {
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora <!channel>", Source: hiring.Agency})
			return c, err
		})
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Close(id, hiring.Withdrawn, "Too slow.", false)
			return c, err
		})
		p.deliver()
		want := 0
		if id >= 3 {
			want = 1
		}
		for _, u := range []string{kari, ola} {
			if n := p.about(u, "within four weeks"); n != want {
				t.Errorf("after %d withdrawals %s hears of it %d times", id, u, n)
			}
		}
	}
	if p.about(backend, "four weeks")+p.about(backend, "Nora") != 0 {
		t.Error("the channel hears of it")
	}
}

// TestWhatWasCorrectedIsKeptCurrent undoes a hire that had filled the role, and
// a rejection.
func TestWhatWasCorrectedIsKeptCurrent(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	undo := func(id hiring.CandidateID) {
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			c, err := a.Record.Candidate(id)
			if err != nil {
				return hiring.Change{}, err
			}
			steps := c.Steps()
			_, change, err := a.Correct(id, hiring.Fix{Step: len(steps) - 1, At: steps[len(steps)-1].At, Undo: true})
			return change, err
		})
		p.after(time.Minute)
	}
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
		return c, err
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Decide(1, hiring.Ruling{Verdict: hiring.Reject, Criteria: []int{0}, Reason: "No Go.", Contact: hiring.Contact{By: ola, On: "2026-11-25"}})
		return c, err
	})
	p.after(time.Minute)
	if p.about(kari, "is decided on") != 1 {
		t.Fatal("Kari does not hear of the decision")
	}
	undo(1)
	if p.about(kari, "is decided on") != 0 || p.about(kari, "not decided on any more") != 1 || p.about(kari, "the rejection, undone") != 1 {
		t.Errorf("after it was undone Kari reads %s", p.newest(kari).Text)
	}
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Close(1, hiring.Hired, "", false)
		return c, err
	})
	p.after(time.Minute)
	if p.about(backend, "is filled") != 1 {
		t.Fatal("the channel does not hear that the role is filled")
	}
	undo(1)
	if p.about(backend, "is filled") != 0 || p.about(backend, "was filled and is not any more") != 1 || p.about(backend, "Nora") != 0 {
		t.Errorf("after it was undone the channel reads %s", p.newest(backend).Text)
	}
}
