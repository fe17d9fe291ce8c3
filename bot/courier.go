package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// Outbox is where notices wait to be sent and messages sent are known.
type Outbox interface {
	// Queued returns up to limit notices that may be sent by now, most urgent
	// first, then oldest.
	Queued(ctx context.Context, now time.Time, limit int) ([]hiring.Notice, error)
	// NextQueued returns the earliest time at which something queued may be
	// sent; false when nothing is queued.
	NextQueued(ctx context.Context) (time.Time, bool, error)
	// Sending marks a notice as being sent; false when it is somebody else's.
	Sending(ctx context.Context, id hiring.NoticeID, now time.Time) (bool, error)
	// Settle ends a notice. With a TS, the message is known from then on.
	Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error
	// Postpone puts a notice back, not to be sent before until.
	Postpone(ctx context.Context, id hiring.NoticeID, until time.Time, problem string) error
	// Attempts returns how often a notice was postponed.
	Attempts(ctx context.Context, id hiring.NoticeID) (int, error)
	// Unsettled returns the notices marked as being sent, after a crash.
	Unsettled(ctx context.Context) ([]hiring.Notice, error)
	// PostOf returns the message a notice became; false when there is none.
	PostOf(ctx context.Context, id hiring.NoticeID) (hiring.Post, bool, error)
	// Wake gets a value after notices were queued.
	Wake() <-chan struct{}
}

// CourierConfig is what a [Courier] needs.
type CourierConfig struct {
	API       *slack.Client
	Record    Record
	Outbox    Outbox
	House     templates.House
	Directory *Directory
	Clock     func() time.Time // read once per delivery
	Log       *slog.Logger
}

// Courier delivers notices to Slack, one after the other.
type Courier struct {
	CourierConfig
	// noCharts says that the workspace refuses charts.
	noCharts bool
	// blocked holds, for each conversation that is to be left alone for a
	// while, until when.
	blocked map[string]time.Time
	// doubt is when notices whose fate is unknown are looked up next; zero
	// while there are none.
	doubt time.Time
	waits int // how often in a row looking up did not help
}

// NewCourier returns a courier. It is not for several goroutines at once.
func NewCourier(c CourierConfig) *Courier {
	return &Courier{CourierConfig: c, blocked: make(map[string]time.Time)}
}

// Times of the courier.
const (
	callTime  = 15 * time.Second // a call to Slack may take
	maxSleep  = time.Minute      // so that a clock that jumps is noticed
	batch     = 50               // notices taken from the outbox at once
	pace      = time.Second      // between messages to one conversation (Slack: about one a second and channel)
	firstWait = time.Second      // before another try when Slack is out of order
	maxRetry  = 5 * time.Minute
)

// Run delivers until ctx ends. It returns an error only when trying again
// does not heal it, such as a token that was revoked.
func (c *Courier) Run(ctx context.Context) error {
	if err := c.Recover(ctx); err != nil {
		return ended(ctx, err)
	}
	for {
		if err := c.Deliver(ctx); err != nil {
			return ended(ctx, err)
		}
		timer := time.NewTimer(c.sleep(ctx))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-c.Outbox.Wake():
			timer.Stop()
		case <-timer.C:
		}
	}
}

// ended returns nil when the courier was told to stop.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// sleep returns how long there is nothing to do.
func (c *Courier) sleep(ctx context.Context) time.Duration {
	next, queued, err := c.Outbox.NextQueued(ctx)
	if !c.doubt.IsZero() && (!queued || c.doubt.Before(next)) {
		next, queued = c.doubt, true
	}
	if err != nil || !queued {
		return maxSleep
	}
	return min(maxSleep, max(next.Sub(c.Clock()), pace/10))
}

// Deliver sends everything that may be sent by now. What Slack holds up or
// what goes wrong is postponed and stays in the outbox.
func (c *Courier) Deliver(ctx context.Context) error {
	if !c.doubt.IsZero() && !c.Clock().Before(c.doubt) {
		if err := c.Recover(ctx); err != nil {
			return err
		}
	}
	for {
		notices, err := c.Outbox.Queued(ctx, c.Clock(), batch)
		if err != nil {
			return fmt.Errorf("read the outbox: %w", err)
		}
		if len(notices) == 0 {
			return nil
		}
		for _, n := range notices {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.deliver(ctx, n); err != nil {
				return err
			}
		}
	}
}

// deliver takes one notice from the outbox to Slack. The error is one that
// trying again does not heal.
func (c *Courier) deliver(ctx context.Context, n hiring.Notice) error {
	now := c.Clock()
	if until := c.blocked[conversation(n)]; now.Before(until) {
		return c.Outbox.Postpone(ctx, n.ID, until, "")
	}
	mine, err := c.Outbox.Sending(ctx, n.ID, now)
	if err != nil || !mine {
		return err
	}
	post, err := c.send(ctx, n, now)
	switch {
	case err == nil:
		c.blocked[conversation(n)] = now.Add(pace)
		return c.Outbox.Settle(ctx, n.ID, post, now)
	case errors.Is(err, hiring.ErrNothing):
		return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	case ctx.Err() != nil:
		return ctx.Err() // it stays marked as being sent and is looked up after the start
	}
	if _, unknown := errors.AsType[*doubtful](err); unknown {
		c.Log.Warn("Slack did not answer; looking later whether a notice was posted", "notice", n.ID, "kind", n.Kind, "error", cause(err))
		c.wonder(now)
		return nil
	}
	return c.failed(ctx, n, now, err)
}

// wonder has notices whose fate is unknown looked up after a while.
func (c *Courier) wonder(now time.Time) {
	c.doubt = now.Add(min(maxRetry, firstWait<<min(c.waits, 10)))
	c.waits++
}

// conversation returns where a notice goes, as a key.
func conversation(n hiring.Notice) string { return string(n.User) + string(n.Channel) }

// send renders a notice and posts it, or edits the message it is about.
func (c *Courier) send(ctx context.Context, n hiring.Notice, now time.Time) (hiring.Post, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if n.Kind == hiring.RefreshMessage {
		return hiring.Post{}, c.refresh(ctx, n, now)
	}
	m, err := c.render(ctx, n, false, now)
	if err != nil {
		return hiring.Post{}, err
	}
	to := string(n.Channel)
	if n.User != "" {
		to = string(n.User)
	}
	channel, ts, err := c.API.PostMessageContext(ctx, to, slack.MsgOptionText(m.Text, false),
		slack.MsgOptionBlocks(m.Blocks...), slack.MsgOptionMetadata(stamp(n.ID)))
	if err != nil && !answered(err) {
		err = &doubtful{err}
	}
	return hiring.Post{Channel: hiring.ChannelID(channel), TS: ts}, err
}

// refresh edits a message that stands in Slack, so that it says what is so
// now.
func (c *Courier) refresh(ctx context.Context, n hiring.Notice, now time.Time) error {
	post, known, err := c.Outbox.PostOf(ctx, n.Post)
	if err != nil {
		return err
	}
	if !known {
		return hiring.ErrNothing
	}
	m, err := c.render(ctx, post.Notice, true, now)
	if err != nil {
		return err
	}
	_, _, _, err = c.API.UpdateMessageContext(ctx, string(post.Channel), post.TS,
		slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(m.Blocks...))
	switch slackError(err) {
	case "message_not_found", "cant_update_message", "edit_window_closed", hiring.ProblemNoChannel, hiring.ProblemArchived, hiring.ProblemNotIn, hiring.ProblemAway:
		return hiring.ErrNothing // there is no message any more that could be wrong
	}
	return err
}

// render makes a notice's message from the record as it is now, in the
// reader's language and zone.
func (c *Courier) render(ctx context.Context, n hiring.Notice, standing bool, now time.Time) (templates.Message, error) {
	reader := templates.OnePerson
	if n.User != "" {
		if err := c.Directory.Learn(ctx, now, n.User); err != nil {
			c.Log.Warn("cannot read a profile", "user", n.User, "error", cause(err))
		}
	} else {
		var err error
		if reader, err = c.Directory.Audience(ctx, now, n.Channel); err != nil {
			c.Log.Warn("cannot read a channel", "channel", n.Channel, "error", cause(err))
		}
	}
	var m templates.Message
	err := c.Record.View(ctx, func(r hiring.Record) error {
		s := c.House.Settings
		w := c.House.For(s.Locale, s.Zone)
		if n.User != "" {
			p, err := r.Person(n.User)
			if err != nil {
				return err
			}
			if p.Away {
				return slack.SlackErrorResponse{Err: hiring.ProblemAway}
			}
			w = c.House.For(s.LocaleOf(p), s.ZoneOf(p))
		}
		var err error
		m, err = w.Notice(r, n, reader, standing, now)
		return err
	})
	if c.noCharts {
		m.Blocks = withoutCharts(m.Blocks)
	}
	return m, err
}

// withoutCharts takes the charts out; the text beside them says the same.
func withoutCharts(blocks []slack.Block) []slack.Block {
	kept := make([]slack.Block, 0, len(blocks))
	for _, b := range blocks {
		if b.BlockType() != slack.MBTDataVisualization {
			kept = append(kept, b)
		}
	}
	return kept
}
