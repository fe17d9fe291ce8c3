package bot_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// noHistory answers neither the first post nor any question about what stands
// anywhere.
func noHistory(of http.RoundTripper, resp func() *http.Response) roundTrip {
	lost := false
	return func(r *http.Request) (*http.Response, error) {
		switch {
		case strings.HasSuffix(r.URL.Path, "conversations.history"):
			return resp(), nil
		case strings.HasSuffix(r.URL.Path, "chat.postMessage") && !lost:
			lost = true
			return resp(), nil
		}
		return of.RoundTrip(r)
	}
}

func internalError() *http.Response { return answer(`{"ok":false,"error":"internal_error"}`) }

func unavailable() *http.Response {
	resp := answer("")
	resp.StatusCode = http.StatusServiceUnavailable
	return resp
}

// TestOneHistorySilencesNobodyElse has a message be in doubt in a conversation
// whose history Slack can never give, in whatever way: others get theirs soon.
func TestOneHistorySilencesNobodyElse(t *testing.T) {
	for it, resp := range map[string]func() *http.Response{"Slack says so": internalError, "Slack says nothing": unavailable} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: "CBAD"})
			synctest.Test(t, func(t *testing.T) {
				p.wire.next = noHistory(yes{}, resp)
				p.inBubble()
				p.wire.sent = nil
				start := time.Now()
				p.run(t, 10*time.Second)
				p.queue(toUser(kari))
				p.run(t, time.Hour)
				if at := p.posted(kari); len(at) != 1 || at[0].Sub(start) > 2*time.Minute {
					t.Errorf("messages to Kari: %v after %v", at, start)
				}
			})
		})
	}
}

// TestInDoubtForAWeekWithoutAnAnswer is given up, with one last word, also where
// Samsvar is started each day; a reminder without a word.
func TestInDoubtForAWeekWithoutAnAnswer(t *testing.T) {
	for it, c := range map[string]struct {
		notice hiring.Notice
		told   int
	}{"a message": {toChannel(), 1}, "a reminder": {nudge(), 0}} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.interview()
			p.deliver()
			told, where := len(p.in(ola)), string(c.notice.User+hiring.UserID(c.notice.Channel))
			before := len(p.in(where))
			p.wire.next = noHistory(http.DefaultTransport, internalError)
			p.queue(c.notice)
			for hour := range 8 * 24 {
				if hour%24 == 0 {
					p.restart()
					p.check(p.courier.Recover(p.Context()))
				}
				if p.after(time.Hour); hour == 7*24-2 && p.left() != 1 {
					t.Errorf("after six days, %d notices are left", p.left())
				}
			}
			p.grew(ola, told, c.told)
			p.grew(where, before, 0)
			p.done()
		})
	}
}

// TestAnOutageOfAnyLengthGivesNothingUp has nothing reach Slack for ten days from
// just after a message was taken, whose answer was lost. Another comes at the end.
func TestAnOutageOfAnyLengthGivesNothingUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before, told, up := len(p.in(backend)), len(p.in(ola)), p.wire.next
	out := false
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		switch {
		case out:
			return unavailable(), nil
		case strings.HasSuffix(r.URL.Path, "chat.postMessage"):
			out = true
			_, err := up.RoundTrip(r)
			return unavailable(), err
		}
		return up.RoundTrip(r)
	})
	p.queue(toChannel())
	for hour := range 10 * 24 {
		if hour == 10*24-1 {
			p.queue(toUser(ola))
		}
		p.after(time.Hour)
	}
	p.wire.next = up
	for range 3 {
		p.after(time.Hour)
	}
	p.grew(backend, before, 1)
	p.grew(ola, told, 1) // and no last word
	p.done()
}

// TestALongDownTimeGivesNothingUp has Samsvar be off for eight days after a
// message was in doubt, and Slack not answer at first when it is asked.
func TestALongDownTimeGivesNothingUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(backend))
	notAnswered(p.slack)
	p.queue(toChannel())
	p.deliver()
	p.move(8 * 24 * time.Hour)
	p.restart()
	p.wire.say("conversations.history", "internal_error", "internal_error", "internal_error")
	p.check(p.courier.Recover(t.Context()))
	for range 10 {
		p.after(time.Minute)
	}
	p.grew(backend, before, 1)
	p.done()
}

// TestALookUpThatBreaksForAWeek is given up: a reminder counts as unsent no
// longer.
func TestALookUpThatBreaksForAWeek(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.queue(nudge())
	synctest.Test(t, func(t *testing.T) {
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			switch {
			case strings.HasSuffix(r.URL.Path, "chat.postMessage") && p.wire.to(r) == ingrid:
				return internalError(), nil
			case strings.HasSuffix(r.URL.Path, "conversations.open"):
				panic("broken")
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		for range 8 {
			p.run(t, time.Hour)
			p.move(24 * time.Hour)
		}
	})
	p.done()
}

// counting is an outbox that counts how often it is asked what can be sent.
type counting struct {
	bot.Outbox
	asked *int
}

// Sendable implements [bot.Outbox].
func (c counting) Sendable(ctx context.Context, now time.Time, limit int, may func(hiring.Urgency, hiring.Conversation) bool) ([]hiring.Notice, error) {
	*c.asked++
	return c.Outbox.Sendable(ctx, now, limit, may)
}

// TestTheCourierSleepsWhileNothingCanBeLookedUp has two messages be in doubt, and
// Slack want no history asked for within an hour: the courier sleeps meanwhile, a
// minute at a time.
func TestTheCourierSleepsWhileNothingCanBeLookedUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: "CONE"}, hiring.Notice{Kind: hiring.TellBrief, Channel: "CTWO"})
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			switch {
			case strings.HasSuffix(r.URL.Path, "chat.postMessage") && time.Since(start) < 30*time.Second:
				return answer(`{"ok":false,"error":"internal_error"}`), nil
			case strings.HasSuffix(r.URL.Path, "conversations.history") && time.Since(start) < time.Hour:
				return &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"3600"}}, Body: http.NoBody}, nil
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		asked := 0
		c := p.courier.CourierConfig
		c.Outbox = counting{c.Outbox, &asked}
		p.courier = bot.NewCourier(c)
		p.run(t, 50*time.Minute)
		if asked > 500 {
			t.Errorf("the outbox was read %d times in 50 minutes", asked)
		}
	})
}
