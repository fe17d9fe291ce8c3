package bot_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestCrash ends the program between marking a notice as being sent and
// settling it.
func TestCrash(t *testing.T) {
	blind := []string{"commands", "chat:write", "chat:write.public", "users:read", "im:write", "channels:read"}
	for _, c := range []struct {
		it     string
		notice hiring.Notice
		posted bool
		scopes []string // of the look-up
		want   int      // messages, all in all
	}{
		{"a channel's message that was posted is found", toChannel(), true, nil, 1},
		{"a channel's message that was not posted is posted", toChannel(), false, nil, 1},
		{"a direct message that was posted is found", toUser(kari), true, nil, 1},
		{"a direct message that was not posted is posted", toUser(kari), false, nil, 1},
		{"a nudge that was posted is found", nudge(), true, nil, 1},
		{"a nudge that was not posted is posted", nudge(), false, nil, 1},
		{"where it can't be looked up, a message is posted again", toChannel(), true, blind, 2},
		{"where it can't be looked up, a nudge is dropped", nudge(), false, blind, 0},
	} {
		t.Run(c.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{Scopes: c.scopes})
			p.interview()
			p.deliver()
			where := string(c.notice.User + hiring.UserID(c.notice.Channel))
			before := len(p.in(where))
			p.queue(c.notice)
			ctx, cancel := context.WithCancel(t.Context())
			p.wire.stop("chat.postMessage", c.posted, cancel)
			if err := p.courier.Deliver(ctx); err == nil {
				t.Fatal("delivering went on")
			}
			if left, err := p.record.Unsettled(t.Context()); err != nil || len(left) != 1 {
				t.Fatalf("%d notices are marked as being sent, %v", len(left), err)
			}
			p.restart()
			p.check(p.courier.Recover(t.Context()))
			p.deliver()
			p.after(2 * time.Second)
			p.grew(where, before, c.want)
			p.done()
		})
	}
}

// TestStoppingAfterThePost has the courier told to stop just when a message
// was posted: it still writes down that it was.
func TestStoppingAfterThePost(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel(), toChannel())
	ctx, cancel := context.WithCancel(t.Context())
	p.wire.stopLate("chat.postMessage", cancel)
	if err := p.courier.Deliver(ctx); err == nil {
		t.Error("delivering went on")
	}
	if sending, err := p.record.Unsettled(t.Context()); err != nil || len(sending) != 0 || p.left() != 1 {
		t.Errorf("%d are being sent, %d are left, %v", len(sending), p.left(), err)
	}
}

// TestRevokedWhileDown has the token revoked between a crash and the start.
func TestRevokedWhileDown(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.queue(nudge())
	ctx, cancel := context.WithCancel(t.Context())
	p.wire.stop("chat.postMessage", true, cancel)
	_ = p.courier.Deliver(ctx)
	p.slack.Revoke(p.slack.BotToken())
	p.restart()
	if err := p.courier.Run(t.Context()); err == nil {
		t.Error("the courier runs")
	}
	if p.left() != 1 {
		t.Errorf("%d notices are left", p.left())
	}
}

// stop cancels when a method is called, before Slack has heard of it or just
// after.
func (w *wire) stop(method string, posted bool, cancel context.CancelFunc) {
	next := w.next
	w.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, method) {
			return next.RoundTrip(r)
		}
		w.next = next
		if posted {
			resp, err := next.RoundTrip(r)
			if err != nil {
				return nil, err
			}
			_ = resp.Body.Close()
		}
		cancel()
		return nil, context.Canceled
	})
}

// stopLate cancels when a method was answered.
func (w *wire) stopLate(method string, cancel context.CancelFunc) {
	next := w.next
	w.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if strings.HasSuffix(r.URL.Path, method) {
			w.next = next
			body := fmt.Sprintf(`{"ok":true,"channel":%q,"ts":"1795420800.000009"}`, backend)
			_ = resp.Body.Close()
			resp = answer(body) // read whole already: cancelling takes nothing away
			cancel()
		}
		return resp, err
	})
}

// TestAnothersMessageIsNotOurs has another Samsvar in the workspace, whose
// notice of the same number stands in the channel.
func TestAnothersMessageIsNotOurs(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(backend))
	p.queue(toChannel())
	queued, err := p.record.Queued(t.Context(), p.now, 1)
	p.check(err)
	calls := p.count("auth.test")
	p.wire.say("chat.postMessage", "fatal_error")
	p.wire.say("conversations.history", fmt.Sprintf(`{"ok":true,"messages":[{"ts":"1795420800.000001","bot_id":"BOTHER","app_id":"AOTHER","user":"UOTHER",
		"metadata":{"event_type":"samsvar_notice","event_payload":{"notice":"%d"}}}]}`, queued[0].ID))
	for range 60 {
		p.after(time.Second)
	}
	p.grew(backend, before, 1)
	p.done()
	if n := p.count("auth.test") - calls; n != 0 {
		t.Errorf("Slack was asked %d times who we are", n)
	}
}

// TestDoubtOutlivesARefusal has a crash leave a message in doubt that stands in
// Slack, and Slack then refuse another to the same person: the first is looked
// up all the same, and said once.
func TestDoubtOutlivesARefusal(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(kari))
	p.slack.LoseReply("chat.postMessage", 1)
	p.queue(toUser(kari))
	p.deliver()
	p.restart()
	p.slack.Refuse("chat.postMessage", 1, "messages_tab_disabled")
	p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: ola})
	p.deliver()
	if n := p.state("undeliverable"); n != 1+1 { // and the look back that every agreed role has ahead
		t.Errorf("%d are undeliverable", n)
	}
	if doubts, err := p.record.Unsettled(t.Context()); err != nil || len(doubts) != 1 {
		t.Errorf("in doubt are %+v, %v", doubts, err)
	}
	p.check(p.courier.Recover(t.Context()))
	p.move(25 * time.Hour)
	p.sweepUndelivered()
	p.deliver()
	p.grew(kari, before, 2)
	p.done()
}

// TestNotPostedWhileUnreachable has what is in doubt turn out not to be posted
// while nothing reaches its reader: it waits with the rest.
func TestNotPostedWhileUnreachable(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(kari))
	p.slack.Fail("chat.postMessage", 1, 503)
	p.queue(toUser(kari))
	p.deliver()
	p.restart()
	p.slack.Refuse("chat.postMessage", 1, "messages_tab_disabled")
	p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: ola})
	p.deliver()
	p.check(p.courier.Recover(t.Context()))
	if n := p.state("undeliverable"); n != 2+1 { // and the look back
		t.Errorf("%d are undeliverable", n)
	}
	p.after(time.Hour)
	p.grew(kari, before, 0)
	p.move(24 * time.Hour)
	p.sweepUndelivered()
	p.deliver()
	p.grew(kari, before, 1) // both in one
	p.done()
}

// TestALongPauseBeforeLookingUp has Slack not answer a post, and want two hours
// before it is asked about it.
func TestALongPauseBeforeLookingUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel())
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			switch {
			case strings.HasSuffix(r.URL.Path, "chat.postMessage"):
				return nil, errors.New("the answer was lost")
			case strings.HasSuffix(r.URL.Path, "conversations.history"):
				asked.Add(1)
				resp := answer(`{"ok":false,"error":"ratelimited"}`)
				resp.StatusCode = http.StatusTooManyRequests
				resp.Header.Set("Retry-After", "7200")
				return resp, nil
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		p.run(t, 30*time.Minute)
		if n := asked.Load(); n != 1 {
			t.Errorf("Slack was asked %d times", n)
		}
	})
}

// TestAReminderInDoubtMovesNobodyUpTheLadder has Slack be out of order for
// two days from just before Ingrid's first reminder on. None of the reminders of
// those days was sent, so the one that comes then is her first.
func TestAReminderInDoubtMovesNobodyUpTheLadder(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	before, up := len(p.in(ingrid)), p.wire.next
	p.wire.next = roundTrip(func(*http.Request) (*http.Response, error) {
		resp := answer("")
		resp.StatusCode = http.StatusServiceUnavailable
		return resp, nil
	})
	quarters := func(until time.Time) {
		for p.now.Before(until) {
			err := p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
				return hiring.Sweep(r, settings(), ingrid, p.now)
			})
			if err != nil && !errors.Is(err, hiring.ErrNothing) {
				p.Fatal(err)
			}
			p.move(15 * time.Minute)
			doubts, err := p.record.Unsettled(p.Context())
			p.check(err)
			if len(doubts) == 0 { // as long as Slack does not answer, Run asks it of what is in doubt only
				p.deliver()
			}
		}
	}
	quarters(time.Date(2026, 11, 26, 10, 0, 0, 0, oslo)) // it was due on Monday evening
	p.grew(ingrid, before, 0)
	p.wire.next = up
	p.check(p.courier.Recover(t.Context())) // it is found not to be posted
	quarters(time.Date(2026, 11, 26, 15, 0, 0, 0, oslo))
	p.grew(ingrid, before, 1)
	p.check(p.record.View(t.Context(), func(r hiring.Record) error {
		owed, err := r.OwedBy(ingrid)
		for _, o := range owed {
			if o.Nudges != 1 {
				t.Errorf("after her first reminder, she counts as reminded %d times", o.Nudges)
			}
		}
		return err
	}))
	if says := said(p.newest(ingrid)); strings.Contains(says, "With the next reminder I tell") {
		t.Errorf("her first reminder warns her like a second one: %s", says)
	}
}

// TestAnAgreedBriefThatIsLookedUpIsPinned loses the answer to the post of
// the brief that both agreed on: it is found, and pinned all the same.
func TestAnAgreedBriefThatIsLookedUpIsPinned(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	pins := p.count("pins.add")
	p.slack.LoseReply("chat.postMessage", 1)
	p.queue(hiring.Notice{Kind: hiring.PostBrief, Channel: backend, Subjects: []hiring.Subject{hiring.BriefSubject(1)}})
	p.deliver()
	for range 5 {
		p.after(time.Minute)
	}
	p.done()
	if n := p.count("pins.add") - pins; n != 1 {
		t.Errorf("%d pins, want 1", n)
	}
}
