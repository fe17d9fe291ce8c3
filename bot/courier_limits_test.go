package bot_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// inProcess calls a Slack in a box without a network.
type inProcess struct{ http.Handler }

// RoundTrip implements [http.RoundTripper].
func (h inProcess) RoundTrip(r *http.Request) (_ *http.Response, err error) {
	w := httptest.NewRecorder()
	defer func() {
		if p := recover(); p != nil { // the answer was lost
			err = fmt.Errorf("%v", p)
		}
	}()
	h.ServeHTTP(w, r)
	return w.Result(), nil
}

// underLimits lets the courier work in a bubble against a Slack that sets its
// limits, until nothing is left. It returns how long that took.
func (p *postOffice) underLimits(t *testing.T, most time.Duration) time.Duration {
	start := time.Now()
	p.inBubble()
	p.onTheClock(p.courier.Clock)
	p.wire.next, p.wire.sent = inProcess{p.slack.Handler()}, nil
	for range int(most / time.Minute) {
		p.run(t, time.Minute)
		if p.left() == 0 {
			break
		}
	}
	last := start
	for _, s := range p.wire.sent {
		if s.at.After(last) {
			last = s.at
		}
	}
	return last.Sub(start)
}

// answers counts calls, and those that Slack refused for its limits.
func (p *postOffice) answers(since int) (calls, limited int) {
	for _, c := range p.slack.Calls()[since:] {
		calls++
		if c.Status == http.StatusTooManyRequests {
			limited++
		}
	}
	return calls, limited
}

// many is how many notices wait for Slack's limits; 10,000 take about a minute
// of real time on an idle machine.
var many = flag.Int("notices", 3_020, "how many notices are sent under Slack's limits, twenty a channel")

// TestTheCourierUsesWhatSlackAllows has thousands of notices wait for hundreds
// of channels. The limits allow 300 messages a minute at best: the last of
// 3,020 can go after ten minutes and not before.
func TestTheCourierUsesWhatSlackAllows(t *testing.T) {
	notices, channels := *many, max(1, *many/20)
	p := newPostOffice(t, slacksim.Options{Tiers: true})
	var all []hiring.Notice
	for i := range notices {
		id := fmt.Sprintf("C%03d", i%channels)
		if i < channels {
			p.slack.AddChannel(slacksim.Channel{ID: id, BotIsMember: true})
		}
		all = append(all, hiring.Notice{Kind: hiring.TellBrief, Channel: hiring.ChannelID(id)})
	}
	p.queue(all...)
	since := len(p.slack.Calls())
	best := time.Duration((notices-1)/slacksim.PostsPerMinute) * time.Minute
	var took time.Duration
	synctest.Test(t, func(t *testing.T) { took = p.underLimits(t, 2*best+10*time.Minute) })
	p.done()
	if took > best+best/20 {
		t.Errorf("it took %v; the limits allow %v", took, best)
	}
	calls, limited := p.answers(since)
	if limited*100 >= calls {
		t.Errorf("%d of %d calls were refused", limited, calls)
	}
	if n := p.count("chat.postMessage"); n < notices {
		t.Errorf("%d messages were posted", n)
	}
	t.Logf("%d notices over %d channels: %v, %.1f %% above the best; %d of %d calls refused", notices, channels, took, 100*(took.Seconds()/best.Seconds()-1), limited, calls)
}
