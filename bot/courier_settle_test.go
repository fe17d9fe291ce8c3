package bot_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// unsettled is an outbox that cannot settle anything until a time.
type unsettled struct {
	bot.Outbox
	clock func() time.Time
	until time.Time
}

// Settle implements [bot.Outbox].
func (u unsettled) Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error {
	if u.clock().Before(u.until) {
		return errors.New("no space left on device")
	}
	return u.Outbox.Settle(ctx, id, post, now)
}

// TestCourierSettlesAfterAFullDisk has the disk be full just when a message was
// posted: it is looked up and settled later, and not posted again.
func TestCourierSettlesAfterAFullDisk(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel())
	sending, err := p.record.Queued(t.Context(), p.now, 1)
	p.check(err)
	synctest.Test(t, func(t *testing.T) {
		posts := 0
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			switch {
			case strings.HasSuffix(r.URL.Path, "chat.postMessage"):
				posts++
			case strings.HasSuffix(r.URL.Path, "conversations.history") && posts > 0:
				return answer(`{"ok":true,"messages":[` + noticeMessage(sending[0].ID) + `]}`), nil
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		c := p.courier.CourierConfig
		c.Outbox = unsettled{c.Outbox, c.Clock, c.Clock().Add(time.Minute)}
		p.courier = bot.NewCourier(c)
		p.run(t, 5*time.Minute)
		if posts != 1 {
			t.Errorf("posted %d times", posts)
		}
	})
	p.done()
	if post, known, err := p.record.PostOf(t.Context(), sending[0].ID); err != nil || !known || post.TS != "1.000001" {
		t.Errorf("the notice became %+v, %v, %v", post, known, err)
	}
}
