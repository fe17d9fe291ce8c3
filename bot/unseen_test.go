package bot_test

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// putOut has R-1's channel be private, a message to it be in doubt, and Samsvar
// be put out of it before it can look.
func (p *postOffice) putOut(trouble func(*slacksim.Slack)) {
	p.Helper()
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Private = true })
	trouble(p.slack)
	p.queue(toChannel())
	p.deliver()
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = false })
	for range 15 {
		p.after(time.Minute)
	}
}

func answerLost(s *slacksim.Slack)  { s.LoseReply("chat.postMessage", 1) }
func notAnswered(s *slacksim.Slack) { s.Fail("chat.postMessage", 1, 503) }

// TestInDoubtWhereSamsvarWasPutOut has a message be looked up once Samsvar is
// let in again, whether it hears of that or not: it stands there once, and
// whoever can help has heard of it once.
func TestInDoubtWhereSamsvarWasPutOut(t *testing.T) {
	opened := func(p *postOffice) {
		p.check(p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
			return hiring.Reachable(r, hiring.Conversation{Channel: backend})
		}))
	}
	for it, c := range map[string]struct {
		trouble func(*slacksim.Slack)
		hears   func(*postOffice)
		late    int // messages that come once it is let in
	}{
		"posted, and it hears of it":        {answerLost, opened, 0},
		"posted, and it does not":           {answerLost, func(*postOffice) {}, 0},
		"posted, and started meanwhile":     {answerLost, func(p *postOffice) { p.restart(); p.check(p.courier.Recover(p.Context())) }, 0},
		"not posted, and it hears of it":    {notAnswered, opened, 1},
		"not posted, and it does not":       {notAnswered, func(*postOffice) {}, 1},
		"posted, and tried once in between": {answerLost, func(p *postOffice) { p.move(25 * time.Hour); p.sweepUndelivered() }, 0},
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before, told := len(p.in(backend)), len(p.in(ola))
			p.putOut(c.trouble)
			p.grew(backend, before, 1-c.late)
			p.grew(ola, told, 1)
			if all := p.unreachable(); len(all) != 1 || all[0].To.Channel != backend {
				t.Errorf("unreachable: %+v", all)
			}
			p.queue(hiring.Notice{Kind: hiring.TellFilled, Channel: backend}) // which waits, and is said all the same
			p.after(time.Minute)
			p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = true })
			c.hears(p)
			for range 15 {
				p.after(time.Minute)
			}
			p.grew(ola, told, 1)
			p.done()
			if all := p.unreachable(); len(all) != 0 {
				t.Errorf("still unreachable: %+v", all)
			}
			n := 0
			for _, m := range p.in(backend)[before:] {
				if numberOf(t, m) == numberOf(t, p.in(backend)[before]) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("it stands there %d times", n)
			}
		})
	}
}

// TestInDoubtForAWeekWhereSamsvarWasPutOut is given up, with one last word for
// it and for what waited, and not said again.
func TestInDoubtForAWeekWhereSamsvarWasPutOut(t *testing.T) {
	sweeps := func(p *postOffice) { p.sweepUndelivered() }
	looks := func(p *postOffice) { p.deliver() }
	for it, c := range map[string]struct {
		waits         []hiring.Notice
		first, second func(*postOffice)
	}{
		"alone":             {nil, looks, sweeps},
		"before what waits": {[]hiring.Notice{{Kind: hiring.TellFilled, Channel: backend}}, looks, sweeps},
		"after what waits":  {[]hiring.Notice{{Kind: hiring.TellFilled, Channel: backend}}, sweeps, looks},
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before, told := len(p.in(backend)), len(p.in(ola))
			p.putOut(answerLost)
			p.queue(c.waits...)
			for range 10 * 24 {
				p.move(time.Hour)
				c.first(p)
				c.second(p)
			}
			p.grew(ola, told, 2)
			mustContain(t, "the last word", said(p.newest(ola)), "For a week I could not post in")
			p.done()
			p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = true })
			p.after(25 * time.Hour)
			p.sweepUndelivered()
			p.deliver()
			p.grew(backend, before, 1)
			p.done()
		})
	}
}

// TestInDoubtIsTriedAgain by whoever was told that Samsvar was put out of its
// channel: their Home shows it.
func TestInDoubtIsTriedAgain(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(backend))
	p.putOut(notAnswered)
	p.check(p.record.View(t.Context(), func(r hiring.Record) error {
		d, err := hiring.DeskOf(r, settings(), ola, p.now)
		if len(d.Undelivered) != 1 || len(d.Undelivered[0].Notices) != 1 {
			t.Errorf("Ola sees %+v", d.Undelivered)
		}
		return err
	}))
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = true })
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		return a.TryAgain(hiring.Conversation{Channel: backend})
	})
	for range 6 {
		p.after(time.Minute)
	}
	p.grew(backend, before, 1)
	p.done()
	if all := p.unreachable(); len(all) != 0 {
		t.Errorf("still unreachable: %+v", all)
	}
}

// TestInDoubtInAPublicChannelWithoutSamsvar is posted again: there Samsvar may
// post and never look.
func TestInDoubtInAPublicChannelWithoutSamsvar(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before, told := len(p.in(backend)), len(p.in(ola))
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.BotIsMember = false })
	p.slack.Fail("chat.postMessage", 1, 503)
	p.queue(toChannel())
	p.deliver()
	for range 5 {
		p.after(time.Minute)
	}
	p.grew(backend, before, 1)
	p.grew(ola, told, 0)
	p.done()
}

// TestInDoubtToSomebodyWhoLeft has the answer to a message be lost, and its
// reader's account be deactivated before it can be looked up.
func TestInDoubtToSomebodyWhoLeft(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before, told := len(p.in(kari)), len(p.in(ola))
	p.slack.LoseReply("chat.postMessage", 1)
	p.queue(toUser(kari))
	p.deliver()
	p.wire.say("conversations.open", "account_inactive", "account_inactive")
	for range 15 {
		p.after(time.Minute)
	}
	p.grew(kari, before, 1)
	p.grew(ola, told, 1)
	p.done()
}
