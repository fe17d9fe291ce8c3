package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestWrittenWhileTheClockWasAhead has notices be written while the clock is
// ahead, and one be refused. Once the clock is right, at a start or while the
// courier goes on, all arrives.
func TestWrittenWhileTheClockWasAhead(t *testing.T) {
	for it, ahead := range map[string]time.Duration{"three days": 72 * time.Hour, "a year": 365 * 24 * time.Hour} {
		for when, restarts := range map[string]bool{"at a start": true, "going on": false} {
			t.Run(it+", "+when, func(t *testing.T) {
				p := newPostOffice(t, slacksim.Options{})
				right := p.now
				p.move(ahead)
				p.deliver() // such as the look back
				before, posts := len(p.in(kari)), len(p.in(backend))
				p.wire.say("chat.postMessage", "service_unavailable")
				p.queue(toChannel())
				p.deliver()
				p.queue(toUser(kari))
				p.move(right.Add(time.Minute).Sub(p.now)) // before it could be sent
				if restarts {
					p.restart()
				}
				for range 10 {
					p.after(time.Minute)
				}
				p.grew(kari, before, 1)
				p.grew(backend, posts, 1)
				p.done()
			})
		}
	}
}

// TestAnEditWrittenWhileTheClockWasAhead is made once the clock is right.
func TestAnEditWrittenWhileTheClockWasAhead(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.move(72 * time.Hour)
	p.deliver() // which sees the clock
	p.cancelled()
	if p.upToDate(backend) {
		t.Fatal("the edit was made")
	}
	p.move(-71 * time.Hour)
	p.after(time.Minute)
	if !p.upToDate(backend) {
		t.Error("the brief still takes candidates")
	}
}

// TestLookedUpAfterAClockThatWasDaysAhead has the clock be eight days ahead when
// a notice is written and posted, and the answer be lost.
func TestLookedUpAfterAClockThatWasDaysAhead(t *testing.T) {
	for when, restarts := range map[string]bool{"after a start": true, "going on": false} {
		for it, trouble := range map[string]func(*slacksim.Slack){"posted": answerLost, "not posted": notAnswered} {
			t.Run(it+", "+when, func(t *testing.T) {
				p := newPostOffice(t, slacksim.Options{})
				before := len(p.in(kari))
				right := p.now
				p.onTheClock(func() time.Time { return right }) // Slack's
				p.now = right.Add(8 * 24 * time.Hour)
				ours := func() time.Time { return p.now }
				p.restartOn(ours)
				trouble(p.slack)
				p.queue(toUser(kari))
				p.deliver()
				p.now = right.Add(time.Minute) // the clock is put right
				if restarts {
					p.restartOn(ours)
					p.check(p.courier.Recover(t.Context()))
				}
				for range 30 {
					p.after(time.Minute)
				}
				p.grew(kari, before, 1)
				p.done()
			})
		}
	}
}

// TestPlannedWhileTheClockWasAhead has a reminder wait for the next morning when
// the clock is a year ahead: it comes on a morning of the week to come.
func TestPlannedWhileTheClockWasAhead(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	const year = 364 * 24 * time.Hour
	n := nudge()
	p.move(year)
	p.deliver()
	before := len(p.in(ingrid))
	n.CreatedAt, n.NotBefore = p.now, p.now.Add(24*time.Hour)
	p.check(p.record.Change(p.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Notices: []hiring.Notice{n}}, nil
	}))
	p.move(-year)
	for range 8 * 24 {
		p.after(time.Hour)
	}
	p.grew(ingrid, before, 1)
}

// TestLookedUpOnceTheTimeOfAClockThatWasAheadHasPassed has the clock be three
// days ahead when a notice is written and posted, and the answer be lost. The
// clock is put right, and the message looked up days later.
func TestLookedUpOnceTheTimeOfAClockThatWasAheadHasPassed(t *testing.T) {
	off := func(p *postOffice, right time.Time) { // over the weekend
		p.now = right.Add(4 * 24 * time.Hour)
		p.restart()
		p.check(p.courier.Recover(p.Context()))
	}
	putOut := func(p *postOffice, right time.Time) {
		p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = false })
		p.now = right.Add(time.Minute)
		for range 4*24 + 1 {
			p.after(time.Hour)
		}
		p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = true })
	}
	for it, c := range map[string]struct {
		trouble   func(*slacksim.Slack)
		meanwhile func(p *postOffice, right time.Time)
	}{
		"posted, Samsvar off":            {answerLost, off},
		"posted, put out of the channel": {answerLost, putOut},
		"not posted, Samsvar off":        {notAnswered, off},
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Private = true })
			before := len(p.in(backend))
			right := p.now
			p.onTheClock(func() time.Time { return right }) // Slack's
			p.now = right.Add(3 * 24 * time.Hour)
			p.restartOn(func() time.Time { return p.now })
			p.deliver()
			c.trouble(p.slack)
			p.queue(toChannel())
			p.deliver()
			p.onTheClock(nil)
			c.meanwhile(p, right)
			for range 30 {
				p.after(time.Minute)
			}
			p.grew(backend, before, 1)
			p.done()
		})
	}
}

// TestTheAgreedBriefComesAfterAClockThatWasAhead has a channel's brief be written
// while the clock is ahead, and the agreed one once it is right, in an outage: the
// channel gets the agreed one.
func TestTheAgreedBriefComesAfterAClockThatWasAhead(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	right := p.now
	pins := p.count("pins.add")
	p.move(3 * 24 * time.Hour)
	p.deliver()
	before := len(p.in(backend))
	p.wire.say("chat.postMessage", "service_unavailable")
	p.queue(toChannel())
	p.deliver()
	p.move(right.Add(time.Minute).Sub(p.now))
	p.wire.say("chat.postMessage", slices.Repeat([]string{"service_unavailable"}, 400)...) // an outage
	p.after(time.Minute)
	p.queue(hiring.Notice{Kind: hiring.PostBrief, Channel: backend})
	for range 30 {
		p.after(10 * time.Minute)
	}
	p.wire.mu.Lock()
	p.wire.says = nil
	p.wire.mu.Unlock()
	for range 30 {
		p.after(10 * time.Minute)
	}
	mustContain(t, "the channel", said(p.newest(backend)), "1 opening")
	p.grew(backend, before, 1)
	if got := p.count("pins.add") - pins; got != 1 {
		t.Errorf("pinned %d times", got)
	}
}

// TestGivenUpAfterAClockThatWasAhead has what was written by a clock a year ahead
// wait for a channel that is archived: it is given up after a week like all else,
// with a last word.
func TestGivenUpAfterAClockThatWasAhead(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	right := p.now
	p.move(364 * 24 * time.Hour)
	p.deliver()
	told := len(p.in(ola))
	p.wire.say("chat.postMessage", "service_unavailable")
	p.queue(toChannel())
	p.deliver()
	p.move(right.Add(time.Minute).Sub(p.now))
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = true })
	for range 15 * 24 {
		p.after(time.Hour)
		p.sweepUndelivered()
	}
	last := 0
	for _, m := range p.in(ola)[told:] {
		if strings.Contains(said(m), "For a week I could not post in") {
			last++
		}
	}
	if last != 1 {
		t.Errorf("%d last words; unreachable: %+v", last, p.unreachable())
	}
}
