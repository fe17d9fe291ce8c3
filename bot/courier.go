package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
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
	House     templates.House // at the start; see [Courier.Use]
	Directory *Directory
	Clock     func() time.Time // read once per delivery
	Log       *slog.Logger
}

// Courier delivers notices to Slack, one after the other.
type Courier struct {
	CourierConfig
	current atomic.Pointer[templates.House]
	// noDND says that the token may not read who has paused notifications.
	noDND bool
	// spoken and limited hold when a conversation may be written to next,
	// because of our own pace and because Slack said so.
	spoken, limited map[string]time.Time
	// lookAt is when notices whose fate is unknown are looked up next; zero
	// while there are none.
	lookAt time.Time
	// silent is until when Slack is left alone because it did not answer.
	silent time.Time
	waits  int // how often in a row Slack did not answer
}

// NewCourier returns a courier. It is not for several goroutines at once.
func NewCourier(c CourierConfig) *Courier {
	courier := &Courier{CourierConfig: c, spoken: make(map[string]time.Time), limited: make(map[string]time.Time)}
	courier.Use(c.House)
	return courier
}

// house is the house under the rules of now.
func (c *Courier) house() *templates.House { return c.current.Load() }

// Use lets the house's rules be others from now on.
func (c *Courier) Use(h templates.House) { c.current.Store(&h) }

// Times of the courier.
const (
	callTime  = 15 * time.Second // a call to Slack may take
	readTime  = 5 * time.Second  // reading the reader's profile or the channel may take
	maxSleep  = time.Minute      // so that a clock that jumps is noticed
	batch     = 50               // notices taken from the outbox at once
	pace      = time.Second      // between messages to one conversation (Slack: about one a second and channel)
	firstWait = time.Second      // before another try when Slack is out of order
	maxRetry  = 5 * time.Minute
)

// Run delivers until ctx ends. It returns an error only when trying again
// does not heal it, such as a token that was revoked.
func (c *Courier) Run(ctx context.Context) error {
	c.lookAt = c.Clock() // what a crash left behind comes first
	for failures := 0; ; {
		held, err := c.pass(ctx, true)
		wait := c.sleep(ctx, held)
		switch {
		case ctx.Err() != nil:
			return nil
		case hopeless(err) != nil:
			return err
		case err != nil: // such as a full disk: what is queued stays queued
			wait = grown(failures)
			failures++
			c.lookAgain(c.Clock()) // what was posted may not be settled
			c.Log.Error("the courier cannot go on; trying again", "wait", wait, "error", cause(err))
		default:
			failures = 0
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-c.wake(err):
			timer.Stop()
		case <-timer.C:
		}
	}
}

// wake returns what wakes the courier: new notices, unless it waits because of
// an error.
func (c *Courier) wake(err error) <-chan struct{} {
	if err != nil {
		return nil
	}
	return c.Outbox.Wake()
}

// sleep returns how long there is nothing to do. held is when the first of
// the notices held back may go; zero for none.
func (c *Courier) sleep(ctx context.Context, held time.Time) time.Duration {
	now, wait := c.Clock(), maxSleep
	until := func(t time.Time) { wait = min(wait, t.Sub(now)) }
	if !c.lookAt.IsZero() {
		until(c.lookAt)
	}
	if !held.IsZero() {
		until(held)
	}
	// What is due already was held back, unless it became due just now.
	if next, queued, err := c.Outbox.NextQueued(ctx); err == nil && queued && (held.IsZero() || next.After(now)) {
		until(next)
	}
	return max(wait, pace/10)
}

// Deliver sends everything that may be sent by now and does not wait: it
// leaves the pace of messages to Slack, and suits a clock that is moved by
// hand. What Slack holds up or what goes wrong is postponed and stays in the
// outbox. The error is one that trying again does not heal.
func (c *Courier) Deliver(ctx context.Context) error {
	_, err := c.pass(ctx, false)
	return err
}

// pass sends what may be sent by now. When paced, messages to one
// conversation keep a pause between them, and nothing is sent while Slack
// does not answer; next is when the first of those held back may go, zero
// when there are none.
func (c *Courier) pass(ctx context.Context, paced bool) (next time.Time, err error) {
	c.forget(c.Clock())
	if !c.lookAt.IsZero() && !c.Clock().Before(c.lookAt) {
		if err := c.Recover(ctx); err != nil {
			c.lookAgain(c.Clock()) // the rest of them
			return time.Time{}, err
		}
	}
	for held := 0; ; {
		if until := c.hushed(); paced && !until.IsZero() {
			return until, nil
		}
		limit := batch + held // those held back stand first in the queue again
		notices, err := c.Outbox.Queued(ctx, c.Clock(), limit)
		if err != nil {
			return time.Time{}, fmt.Errorf("read the outbox: %w", err)
		}
		held, next = 0, time.Time{}
		for _, n := range notices {
			if until := c.holds(n); paced && !until.IsZero() {
				held++
				if next.IsZero() || until.Before(next) {
					next = until
				}
				continue
			}
			if err := ctx.Err(); err != nil {
				return time.Time{}, err
			}
			if err := c.deliver(ctx, n); err != nil {
				return time.Time{}, err
			}
		}
		if held == len(notices) && len(notices) < limit {
			return next, nil
		}
	}
}

// deliver takes one notice from the outbox to Slack. The error is one that
// trying again does not heal.
func (c *Courier) deliver(ctx context.Context, n hiring.Notice) error {
	now := c.Clock()
	if until := c.limited[conversation(n)]; now.Before(until) {
		return c.Outbox.Postpone(ctx, n.ID, until, "ratelimited")
	}
	if until := c.quietUntil(ctx, n, now); now.Before(until) {
		return c.Outbox.Postpone(ctx, n.ID, until, "do not disturb")
	}
	mine, err := c.Outbox.Sending(ctx, n.ID, now)
	if err != nil || !mine {
		return err
	}
	post, err := c.send(ctx, n, now)
	// What Slack has done is written down even when told to stop meanwhile.
	settled := context.WithoutCancel(ctx)
	switch {
	case err == nil:
		c.waits = 0
		c.spoken[conversation(n)] = now.Add(pace)
		if n.Kind == hiring.PostBrief {
			defer c.pin(ctx, post)
		}
		return c.Outbox.Settle(settled, n.ID, post, now)
	case errors.Is(err, hiring.ErrNothing):
		return c.Outbox.Settle(settled, n.ID, hiring.Post{}, now)
	case ctx.Err() != nil:
		return ctx.Err() // it stays marked as being sent and is looked up after the start
	}
	if _, unknown := errors.AsType[*doubtful](err); unknown {
		c.leaveAlone(now)
		if n.Kind != hiring.RefreshMessage { // an edit can be made again
			c.Log.Warn("Slack did not answer; looking later whether a notice was posted", "notice", n.ID, "kind", n.Kind, "error", cause(err))
			c.lookAgain(c.silent)
			return nil
		}
	}
	return c.failed(ctx, n, now, err)
}

// pin pins a message, if the channel lets us.
func (c *Courier) pin(ctx context.Context, post hiring.Post) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	if err := c.API.AddPinContext(ctx, string(post.Channel), slack.NewRefToMessage(string(post.Channel), post.TS)); err != nil {
		c.Log.Info("a brief could not be pinned", "channel", post.Channel, "error", cause(err))
	}
}

// conversation returns where a notice goes, as a key.
func conversation(n hiring.Notice) string { return string(n.User) + string(n.Channel) }

// send renders a notice and posts it, or edits the message it is about.
func (c *Courier) send(ctx context.Context, n hiring.Notice, now time.Time) (hiring.Post, error) {
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
	var thread string
	if n.Kind == hiring.DigestDetails {
		if thread, err = c.threadOf(ctx, n); err != nil {
			return hiring.Post{}, err
		}
	}
	var post hiring.Post
	err = c.say(ctx, m, func(ctx context.Context, blocks []slack.Block) error {
		channel, ts, err := c.API.PostMessageContext(ctx, to, slack.MsgOptionText(m.Text, false),
			slack.MsgOptionBlocks(blocks...), slack.MsgOptionMetadata(stamp(n.ID)), slack.MsgOptionTS(thread))
		post = hiring.Post{Channel: hiring.ChannelID(channel), TS: ts}
		return err
	})
	return post, err
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
	if errors.Is(err, errAway) {
		return hiring.ErrNothing
	}
	if err != nil {
		return err
	}
	err = c.say(ctx, m, func(ctx context.Context, blocks []slack.Block) error {
		_, _, _, err := c.API.UpdateMessageContext(ctx, string(post.Channel), post.TS,
			slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(blocks...))
		return err
	})
	if word := slackError(err); slices.Contains(uneditable, word) || slices.Contains(undeliverable, word) && word != hiring.ProblemAway {
		return hiring.ErrNothing // nobody reads it there any more, or it stays as it is
	}
	return err
}

// threadOf returns the message in whose thread a notice stands. Without it
// there is nothing to say more of.
func (c *Courier) threadOf(ctx context.Context, n hiring.Notice) (ts string, err error) {
	post, known, err := c.Outbox.PostOf(ctx, n.Post)
	if err == nil && !known {
		err = hiring.ErrNothing
	}
	return post.TS, err
}

// say makes a call with a message, and once more without charts when Slack
// refuses those.
func (c *Courier) say(ctx context.Context, m templates.Message, call func(context.Context, []slack.Block) error) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	err := withCharts(ctx, c.Record, c.Clock(), m, func(blocks []slack.Block) error { return call(ctx, blocks) })
	if err != nil && !answered(err) {
		return &doubtful{err}
	}
	return err
}

// errAway says that the reader is away, as the profile tells.
var errAway = fmt.Errorf("the reader is away: %w", slack.SlackErrorResponse{Err: hiring.ProblemAway})

// render makes a notice's message from the record as it is now, in the
// reader's language and zone.
func (c *Courier) render(ctx context.Context, n hiring.Notice, standing bool, now time.Time) (templates.Message, error) {
	reader := c.meet(ctx, n, now)
	var m templates.Message
	err := c.Record.View(ctx, func(r hiring.Record) error {
		s := c.house().Settings
		locale, err := hiring.LocaleOf(r, s, n)
		if err != nil {
			return err
		}
		w := c.house().For(locale, s.Zone)
		if n.User != "" {
			p, err := r.Person(n.User)
			if err != nil {
				return err
			}
			if p.Away {
				return errAway
			}
			w = c.house().For(s.LocaleOf(p), s.ZoneOf(p))
		}
		m, err = w.Notice(r, n, reader, standing, now)
		return err
	})
	return m, err
}

// meet learns who reads a notice. When Slack does not say, a person is taken
// as the record knows them, and a channel as read by everybody.
func (c *Courier) meet(ctx context.Context, n hiring.Notice, now time.Time) templates.Audience {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	if n.User != "" {
		if err := c.Directory.Learn(ctx, now, n.User); err != nil {
			c.Log.Warn("cannot read a profile", "user", n.User, "error", cause(err))
		}
		if n.Kind != hiring.Preview { // which looks like what the channel will read
			return templates.OnePerson
		}
	}
	reader, err := c.Directory.Audience(ctx, now, n.Channel)
	if err != nil {
		c.Log.Warn("cannot read a channel", "channel", n.Channel, "error", cause(err))
	}
	return reader
}
