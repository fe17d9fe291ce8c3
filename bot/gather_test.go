package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// diesAfter is a record of a process that dies right after a change: what it
// would have said of it is never said. Something comes before the change.
type diesAfter struct {
	bot.Record
	before func()
}

func (d diesAfter) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	d.before()
	return errors.Join(d.Record.Change(ctx, once, now, decide), errDead)
}

// TestTheLogKnowsWhatBecameOfEachNotice lets the process die right after
// several notices became one message, of which one came at the last moment.
func TestTheLogKnowsWhatBecameOfEachNotice(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.queue(toUser(kari), hiring.Notice{Kind: hiring.TellOwners, User: kari})
	p.move(3 * time.Hour)
	c := p.courier.CourierConfig
	c.Log = slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c.Record = diesAfter{p.record, func() { p.queue(hiring.Notice{Kind: hiring.TellPaused, User: kari}) }}
	p.courier = bot.NewCourier(c)
	if err := p.courier.Deliver(t.Context()); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	queued, err := p.record.Queued(t.Context(), p.now.Add(time.Hour), 100)
	p.check(err)
	parts := 0
	for _, n := range queued {
		for _, part := range n.Parts {
			if parts++; !strings.Contains(p.log.String(), fmt.Sprint(part.ID)) {
				t.Errorf("the log does not say what became of notice %d:\n%s", part.ID, p.log)
			}
		}
	}
	if parts != 3 {
		t.Errorf("%d notices became one", parts)
	}
}
