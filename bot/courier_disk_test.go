package bot_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// fullDisk is an outbox whose disk is full until a time.
type fullDisk struct {
	bot.Outbox
	until time.Time
}

// Sending implements [bot.Outbox].
func (f fullDisk) Sending(ctx context.Context, id hiring.NoticeID, now time.Time) (bool, error) {
	if now.Before(f.until) {
		return false, errors.New("no space left on device")
	}
	return f.Outbox.Sending(ctx, id, now)
}

func TestCourierOutlivesAFullDisk(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel(), toUser(kari))
	synctest.Test(t, func(t *testing.T) {
		p.wire.next, p.wire.sent = yes{}, nil
		p.inBubble()
		c := p.courier.CourierConfig
		c.Outbox = fullDisk{c.Outbox, c.Clock().Add(time.Minute)}
		p.courier = bot.NewCourier(c)
		p.run(t, 59*time.Second)
		if n := len(p.wire.sent); n != 0 {
			t.Errorf("%d calls while nothing could be written down", n)
		}
		p.run(t, 2*time.Minute)
	})
	p.done()
}
