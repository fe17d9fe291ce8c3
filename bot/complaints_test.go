package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// failing is a record that takes no change while it fails.
type failing struct {
	bot.Record
	fails *bool
}

func (f failing) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	if *f.fails {
		return errors.New("disk full")
	}
	return f.Record.Change(ctx, once, now, decide)
}

// TestNoButtonSaysDoneBeforeItIs has people complain of buttons that say
// approved though the write behind them failed (what people say against tools
// like this, 12).
func TestNoButtonSaysDoneBeforeItIs(t *testing.T) {
	fails := true
	o := newOfficeWith(t, func(r bot.Record) bot.Record { return failing{r, &fails} })
	o.openRole()
	o.addCandidate("Nora Vik")
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Propose(1, "")
		return c, err
	})
	press := func() string {
		o.pressInMessage(kari, templates.ActionLook, templates.EncodeLook(hiring.LookInterview, 1))
		return text(o.wait("answer"))
	}
	queued := func() (refreshes int) {
		list, err := o.record.Queued(t.Context(), o.now.Add(time.Hour), 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range list {
			if n.Kind == hiring.RefreshMessage || n.Kind == hiring.TellLook {
				refreshes++
			}
		}
		return refreshes
	}
	if said := press(); !strings.Contains(said, "went wrong") || strings.Contains(said, "✓") || queued() != 0 || o.candidate(1).Look.Answer != "" {
		t.Errorf("nothing was written, and the answer is %s; %d messages follow", said, queued())
	}
	fails = false
	o.pressInMessage(kari, templates.ActionLook, templates.EncodeLook(hiring.LookInterview, 1))
	if o.candidate(1).Look.Answer != hiring.LookInterview || queued() != 1 {
		t.Errorf("pressed again: %+v, %d messages follow", o.candidate(1).Look, queued())
	}
}
