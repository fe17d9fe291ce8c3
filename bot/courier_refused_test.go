package bot_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// tooMany is Slack's answer to a call too many.
func tooMany(retryAfter string) *http.Response {
	resp := answer(`{"ok":false,"error":"ratelimited"}`)
	resp.StatusCode = http.StatusTooManyRequests
	resp.Header.Set("Retry-After", retryAfter)
	return resp
}

// count returns how many calls of a method went over the wire.
func (w *wire) count(method string) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.sent {
		if s.method == method {
			n++
		}
	}
	return n
}

// TestALimitOnEditsHoldsUpNoMessage has Slack take no edit for half an hour,
// and no message to one channel: all other messages go out. That channel is the
// only one with too many messages, so that the workspace has not.
func TestALimitOnEditsHoldsUpNoMessage(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toUser(kari))
	p.deliver()
	p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, nil
	}))
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex // several calls run at once
		edits, full := 0, 0
		p.wire.sent = nil
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			switch {
			case strings.HasSuffix(r.URL.Path, "chat.update"):
				edits++
				return tooMany("1800"), nil
			case strings.HasSuffix(r.URL.Path, "chat.postMessage") && p.wire.to(r) == "CFULL":
				full++
				return tooMany("600"), nil
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		p.run(t, 10*time.Second)
		p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: "CFULL"})
		p.run(t, 5*time.Second)
		p.queue(toUser(kari), toChannel(), hiring.Notice{Kind: hiring.TellBrief, Channel: "CFREE"})
		p.run(t, 5*time.Minute)
		if edits == 0 || full == 0 {
			t.Errorf("Slack refused %d edits and %d messages", edits, full)
		}
		for _, to := range []string{kari, backend, "CFREE"} {
			if n := len(p.posted(to)); n != 1 {
				t.Errorf("%d messages to %s", n, to)
			}
		}
	})
}

// TestALongPauseIsKept has Slack want to be left alone for two hours, of
// messages and of looking one up: it is asked once an hour.
func TestALongPauseIsKept(t *testing.T) {
	for _, method := range []string{"chat.postMessage", "conversations.history"} {
		t.Run(method, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			for range 30 {
				p.queue(toChannel())
			}
			synctest.Test(t, func(t *testing.T) {
				p.wire.sent = nil
				p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
					switch {
					case strings.HasSuffix(r.URL.Path, method):
						return tooMany("7200"), nil
					case p.wire.count("chat.postMessage") == 1 && strings.HasSuffix(r.URL.Path, "chat.postMessage"):
						return nil, errors.New("the answer was lost")
					}
					return yes{}.RoundTrip(r)
				})
				p.inBubble()
				p.run(t, 59*time.Minute)
				if n := p.wire.count(method); n != 1 {
					t.Errorf("%d calls in the first hour", n)
				}
				p.run(t, 2*time.Minute)
				if n := p.wire.count(method); n != 2 {
					t.Errorf("%d calls in a little more than an hour", n)
				}
			})
		})
	}
}

// TestASilentSlackGetsOneThingAtATime has Slack not answer for ten minutes, and
// each call take a while to find that out.
func TestASilentSlackGetsOneThingAtATime(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for i := range 40 {
		p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: hiring.ChannelID(fmt.Sprintf("C%d", i))})
	}
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		start, underWay, most := time.Now(), 0, 0
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			if time.Since(start) > 10*time.Minute {
				return yes{}.RoundTrip(r)
			}
			mu.Lock()
			if underWay++; time.Since(start) > time.Minute {
				most = max(most, underWay)
			}
			mu.Unlock()
			time.Sleep(3 * time.Second)
			mu.Lock()
			underWay--
			mu.Unlock()
			return nil, errors.New("no answer")
		})
		p.inBubble()
		p.run(t, 30*time.Minute)
		if most != 1 {
			t.Errorf("%d calls were under way at once", most)
		}
	})
	p.done()
}

// TestTheCourierWakes when something is queued, long before it would look by
// itself.
func TestTheCourierWakes(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	synctest.Test(t, func(t *testing.T) {
		p.wire.sent, p.wire.next = nil, yes{}
		p.inBubble()
		wake := p.courier.Outbox.(quiet).wake
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- p.courier.Run(ctx) }()
		time.Sleep(time.Second)
		p.queue(toChannel())
		select {
		case wake <- struct{}{}:
		case <-time.After(time.Second): // nobody listens
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := p.wire.count("chat.postMessage"); n != 1 {
			t.Errorf("%d messages a second later", n)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
