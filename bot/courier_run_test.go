package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// posted returns when messages to a conversation were posted.
func (p *postOffice) posted(where string) (at []time.Time) {
	for _, s := range p.wire.sent {
		if s.method == "chat.postMessage" && s.channel == where {
			at = append(at, s.at)
		}
	}
	return at
}

// TestASlowConversationHoldsUpNobody has posts to one channel take ten seconds
// each, and to another never be answered in time.
func TestASlowConversationHoldsUpNobody(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for range 20 {
		p.queue(toChannel(), hiring.Notice{Kind: hiring.TellBrief, Channel: "CDEAF"}, toUser(kari), toUser(ola))
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		p.wire.sent = nil
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			last := p.wire.to(r)
			if strings.HasSuffix(r.URL.Path, "chat.postMessage") && last == backend {
				time.Sleep(10 * time.Second)
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		p.run(t, 40*time.Second)
		for _, who := range []string{kari, ola, "CDEAF"} {
			at := p.posted(who)
			if len(at) != 20 || at[19].Sub(start) > 25*time.Second {
				t.Errorf("%d messages to %s, the last after %v", len(at), who, at[len(at)-1].Sub(start))
			}
		}
		if n := len(p.posted(backend)); n < 4 || n > 5 {
			t.Errorf("%d messages to the slow channel", n)
		}
		p.run(t, 3*time.Minute)
	})
	p.done()
}

// TestThreeSlowConversationsHoldUpNobody has posts to three channels take twelve
// seconds each, as many as may be posted at once: what waits for Kari behind them
// goes with the next call that the limits allow.
func TestThreeSlowConversationsHoldUpNobody(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for i := range 3 {
		p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: hiring.ChannelID(fmt.Sprintf("CSLOW%d", i))})
	}
	p.queue(toUser(kari))
	synctest.Test(t, func(t *testing.T) {
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "chat.postMessage") && p.wire.to(r) != kari {
				time.Sleep(12 * time.Second)
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		start := time.Now()
		p.wire.sent = nil
		p.run(t, time.Minute)
		if at := p.posted(kari); len(at) != 1 || at[0].Sub(start) > time.Second {
			t.Errorf("messages to Kari: %v, from %v on", at, start)
		}
	})
	p.done()
}

// TestWhatIsUrgentGoesFirst has more wait than the limits let out in a minute.
func TestWhatIsUrgentGoesFirst(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	kinds := map[string]hiring.NoticeKind{}
	for i := range 100 {
		weekly, tell := fmt.Sprintf("CDIGEST%d", i), fmt.Sprintf("CTELL%d", i)
		d := digest()
		d.Channel = hiring.ChannelID(weekly)
		p.queue(d, hiring.Notice{Kind: hiring.TellBrief, Channel: hiring.ChannelID(tell)})
		kinds[weekly], kinds[tell] = hiring.Digest, hiring.TellBrief
	}
	p.queue(nudge())
	kinds[ingrid] = hiring.Nudge
	synctest.Test(t, func(t *testing.T) {
		p.wire.next = yes{}
		p.inBubble()
		for id := range kinds { // who reads them is known
			_, err := p.directory.Audience(t.Context(), p.courier.Clock(), hiring.ChannelID(id))
			p.check(err)
		}
		p.wire.sent = nil
		p.run(t, 5*time.Minute)
	})
	rank, last := map[hiring.NoticeKind]int{hiring.TellBrief: 0, hiring.Nudge: 1, hiring.Digest: 2}, 0
	for _, s := range p.wire.sent {
		if s.method != "chat.postMessage" {
			continue
		}
		if now := rank[kinds[s.channel]]; now < last {
			t.Fatalf("%s goes after something less urgent", kinds[s.channel])
		} else {
			last = now
		}
	}
	p.done()
}

// TestALimitOfTheWorkspace has Slack take no message from anybody for half a
// minute, as it does when a workspace has too many: it is asked by few.
func TestALimitOfTheWorkspace(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for i := range 100 {
		p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: hiring.ChannelID(fmt.Sprintf("C%d", i))})
	}
	synctest.Test(t, func(t *testing.T) {
		start, refused := time.Now(), atomic.Int64{} // several calls run at once
		p.wire.sent = nil
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "chat.postMessage") && time.Since(start) < 30*time.Second {
				refused.Add(1)
				resp := answer(`{"ok":false,"error":"ratelimited"}`)
				resp.StatusCode = http.StatusTooManyRequests
				resp.Header.Set("Retry-After", fmt.Sprint(int(30-time.Since(start).Seconds())))
				return resp, nil
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		p.run(t, 29*time.Second)
		if n := refused.Load(); n > 16 {
			t.Errorf("Slack said no %d times", n)
		}
		p.run(t, 10*time.Minute)
	})
	p.done()
}

// TestTheTierIsLearned has Slack take 20 edits a minute where its documents say
// 50: after the first time, the courier keeps to it.
func TestTheTierIsLearned(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for range 120 {
		p.queue(toUser(kari))
	}
	synctest.Test(t, func(t *testing.T) {
		p.wire.next = yes{}
		p.inBubble()
		p.run(t, 3*time.Minute) // 120 messages of which each can be edited
	})
	p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, nil
	}))
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex // several calls run at once
		edits, refused := []time.Time{}, 0
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			if !strings.HasSuffix(r.URL.Path, "chat.update") {
				return yes{}.RoundTrip(r)
			}
			for len(edits) > 0 && time.Since(edits[0]) >= time.Minute {
				edits = edits[1:]
			}
			if len(edits) >= 20 {
				refused++
				resp := answer(`{"ok":false,"error":"ratelimited"}`)
				resp.StatusCode = http.StatusTooManyRequests
				resp.Header.Set("Retry-After", fmt.Sprint(1+int((time.Minute-time.Since(edits[0])).Seconds())))
				return resp, nil
			}
			edits = append(edits, time.Now())
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		p.run(t, 15*time.Minute)
		if refused == 0 || refused > 3 {
			t.Errorf("Slack said no %d times", refused)
		}
	})
	p.done()
}

// TestStoppingLetsCallsEnd has a post take a second when the courier is told to
// stop, and one take longer than it may.
func TestStoppingLetsCallsEnd(t *testing.T) {
	for _, c := range []struct {
		it      string
		takes   time.Duration
		settled bool
	}{
		{"a call of a second is settled", time.Second, true},
		{"one that takes too long is looked up after the start", time.Minute, false},
	} {
		t.Run(c.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.queue(toChannel())
			synctest.Test(t, func(t *testing.T) {
				p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
					if strings.HasSuffix(r.URL.Path, "chat.postMessage") {
						select {
						case <-time.After(c.takes):
						case <-r.Context().Done():
							return nil, r.Context().Err()
						}
					}
					return yes{}.RoundTrip(r)
				})
				p.inBubble()
				start := time.Now()
				p.run(t, 100*time.Millisecond)
				if took := time.Since(start); took > 3*time.Second {
					t.Errorf("stopping took %v", took)
				}
			})
			sending, err := p.record.Unsettled(t.Context())
			p.check(err)
			if got := len(sending) == 0; got != c.settled {
				t.Errorf("%d are in doubt", len(sending))
			}
		})
	}
}

// dying is an outbox of a process that dies after so many writes: what was not
// written by then never is.
type dying struct {
	bot.Outbox
	mu   sync.Mutex
	left int
	die  context.CancelFunc
}

var errDead = errors.New("the process is dead")

func (d *dying) alive() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.left--; d.left < 0 {
		d.die()
		return errDead
	}
	return nil
}

// Sending implements [bot.Outbox].
func (d *dying) Sending(ctx context.Context, id hiring.NoticeID, now time.Time) (bool, error) {
	if err := d.alive(); err != nil {
		return false, err
	}
	return d.Outbox.Sending(ctx, id, now)
}

// Settle implements [bot.Outbox].
func (d *dying) Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error {
	if err := d.alive(); err != nil {
		return err
	}
	return d.Outbox.Settle(ctx, id, post, now)
}

// Postpone implements [bot.Outbox].
func (d *dying) Postpone(ctx context.Context, id hiring.NoticeID, until time.Time, problem string) error {
	if err := d.alive(); err != nil {
		return err
	}
	return d.Outbox.Postpone(ctx, id, until, problem)
}

// Fail implements [bot.Outbox].
func (d *dying) Fail(ctx context.Context, id hiring.NoticeID, now, until time.Time, problem string) error {
	if err := d.alive(); err != nil {
		return err
	}
	return d.Outbox.Fail(ctx, id, now, until, problem)
}

// TestCrashesWhileManyAreSent kills the courier again and again while it writes
// to many conversations at once and Slack loses answers: in the end every
// notice stands in Slack, once.
func TestCrashesWhileManyAreSent(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random, mu := rand.New(rand.NewPCG(seed, seed)), sync.Mutex{}
			p := newPostOffice(t, slacksim.Options{})
			want := map[string]int{}
			for _, who := range []string{kari, ola, ingrid} {
				want[who] = len(p.in(who)) + 3
				p.queue(toUser(hiring.UserID(who)), toUser(hiring.UserID(who)), toUser(hiring.UserID(who)))
			}
			for i := range 30 {
				id := fmt.Sprintf("C%d", i)
				p.slack.AddChannel(slacksim.Channel{ID: id, BotIsMember: true, Members: []string{kari}})
				want[id] = 2
				c := hiring.Notice{Kind: hiring.TellBrief, Channel: hiring.ChannelID(id)}
				p.queue(c, c)
			}
			synctest.Test(t, func(t *testing.T) {
				box := inProcess{p.slack.Handler()}
				p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
					resp, err := box.RoundTrip(r)
					mu.Lock()
					takes, lost := time.Duration(random.IntN(2000))*time.Millisecond, random.IntN(10) == 0
					mu.Unlock()
					time.Sleep(takes) // under way when others end
					if lost {
						return nil, errors.New("the answer was lost")
					}
					return resp, err
				})
				for range 12 {
					mu.Lock()
					writes := 1 + random.IntN(25)
					mu.Unlock()
					p.life(t, writes)
				}
				p.life(t, 1_000_000)
			})
			for where, n := range want {
				if got := len(p.in(where)); got != n {
					t.Errorf("%d messages stand in %s, want %d", got, where, n)
				}
			}
			p.done()
		})
	}
}

// life is one life of the courier, which ends after so many writes or ten
// minutes.
func (p *postOffice) life(t *testing.T, writes int) {
	began := time.Now()
	p.inBubble()
	p.onTheClock(p.courier.Clock)
	ctx, die := context.WithCancel(t.Context())
	c := p.courier.CourierConfig
	c.Outbox = &dying{Outbox: c.Outbox, left: writes, die: die}
	p.courier = bot.NewCourier(c)
	ended := make(chan error, 1)
	go func() { ended <- p.courier.Run(ctx) }()
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Minute):
		die()
	}
	<-ended
	p.move(time.Since(began)) // the office's clock begins anew with each courier
}

// to returns where a call goes.
func (w *wire) to(r *http.Request) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := len(w.sent) - 1; i >= 0; i-- {
		if w.sent[i].request == r {
			return w.sent[i].channel
		}
	}
	return ""
}
