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
