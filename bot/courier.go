package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	// Sendable returns up to limit notices that may be sent by now, most urgent
	// first, then oldest, of those for which may is true. It is asked in that
	// order and must call nothing of the outbox.
	Sendable(ctx context.Context, now time.Time, limit int, may func(hiring.Urgency, hiring.Conversation) bool) ([]hiring.Notice, error)
	// SetRight has what was written by a clock that was ahead be sent in its
	// time.
	SetRight(ctx context.Context, now time.Time) error
	// NextQueued returns the earliest time after now at which something queued
	// may be sent; false when nothing is queued for later.
	NextQueued(ctx context.Context, now time.Time) (time.Time, bool, error)
	// Sending marks a notice as being sent; false when it is somebody else's.
	Sending(ctx context.Context, id hiring.NoticeID, now time.Time) (bool, error)
	// Settle ends a notice. With a TS, the message is known from then on.
	Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error
	// Postpone puts a notice back, not to be sent before until.
	Postpone(ctx context.Context, id hiring.NoticeID, until time.Time, problem string) error
	// KeepQuiet does the same without a try, for a notice whose reader wants no
	// reminder before until: that is no outage.
	KeepQuiet(ctx context.Context, id hiring.NoticeID, until time.Time) error
	// Fail is Postpone for a try whose failure speaks against the notice: the
	// first of them is remembered.
	Fail(ctx context.Context, id hiring.NoticeID, now, until time.Time, problem string) error
	// Attempts returns how often a notice was put back after a try.
	Attempts(ctx context.Context, id hiring.NoticeID) (int, error)
	// SendingSince returns when a notice was marked as being sent; zero when it
	// never was.
	SendingSince(ctx context.Context, id hiring.NoticeID) (time.Time, error)
	// Unsettled returns the notices marked as being sent, after a crash.
	Unsettled(ctx context.Context) ([]hiring.Notice, error)
	// PostOf returns the message a notice became; false when there is none.
	PostOf(ctx context.Context, id hiring.NoticeID) (hiring.Post, bool, error)
	// Wake gets a value after notices were queued.
	Wake() <-chan struct{}
}

// CourierConfig is what a [Courier] needs.
type CourierConfig struct {
	API       *slack.Client // whose calls keep the pace
	Pace      *Pace
	Record    Record
	Outbox    Outbox
	House     templates.House // at the start; see [Courier.Use]
	Directory *Directory
	Clock     func() time.Time
	Log       *slog.Logger
}

// Courier delivers notices to Slack: to one conversation after the other, to
// different ones at the same time.
type Courier struct {
	CourierConfig
	current atomic.Pointer[templates.House]
	limits  *limits     // the pace's
	paced   bool        // keeps to Slack's limits by itself
	noDND   atomic.Bool // the token may not read who has paused notifications
	doubts  doubts
	rests   rests
	seen    time.Time // on the clock; zero at the start
}

// NewCourier returns a courier. Its methods are not for several goroutines at
// once, but for [Courier.Use].
func NewCourier(c CourierConfig) *Courier {
	courier := &Courier{CourierConfig: c, limits: c.Pace.limits, doubts: newDoubts(), rests: newRests()}
	courier.Use(c.House)
	return courier
}

// house is the house under the rules of now.
func (c *Courier) house() *templates.House { return c.current.Load() }

// Use lets the house's rules be others from now on.
func (c *Courier) Use(h templates.House) { c.current.Store(&h) }

// Deliver sends everything that may be sent by now, one after the other, and
// does not wait: it leaves the pace of messages to Slack, and suits a clock
// that is moved by hand. What Slack holds up or what goes wrong is postponed
// and stays in the outbox. The error is one that trying again does not heal.
func (c *Courier) Deliver(ctx context.Context) error {
	for {
		now := c.Clock()
		if err := c.setRight(ctx, now); err != nil {
			return err
		}
		for _, n := range c.doubts.due(now) {
			if err := c.recover(ctx, n); err != nil {
				return fmt.Errorf("notice %d: %w", n.ID, err)
			}
		}
		notices, err := c.Outbox.Sendable(ctx, now, batch, func(u hiring.Urgency, to hiring.Conversation) bool { return c.mayGo(now, u, to) })
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
// trying again does not heal, or the record's.
func (c *Courier) deliver(ctx context.Context, n hiring.Notice) error {
	now := c.Clock()
	if !c.mayGo(now, n.Kind.Urgency(), n.To()) {
		return nil // since it was read; it stays where it is
	}
	if until := c.quietUntil(ctx, n, now); now.Before(until) {
		return c.Outbox.KeepQuiet(ctx, n.ID, now.Add(min(until.Sub(now), hiring.LongestPause)))
	}
	if gathered, err := c.gather(ctx, n, now); gathered || err != nil {
		return err
	}
	c.Log.DebugContext(ctx, "a notice is to be sent", "notice", n.ID, "kind", n.Kind)
	mine, err := c.Outbox.Sending(ctx, n.ID, now)
	if err != nil || !mine {
		return err
	}
	known := false
	defer func() {
		if !known { // an error or a panic: it may have been posted
			c.doubts.add(n, now, hiring.ProblemInterrupted)
		}
	}()
	err = c.carry(ctx, n, now)
	known = err == nil
	return err
}

// carry sends a notice that is marked as being sent, and settles it.
func (c *Courier) carry(ctx context.Context, n hiring.Notice, now time.Time) error {
	post, err := c.send(ctx, n, now)
	// What Slack has done is written down even when told to stop meanwhile.
	settled := context.WithoutCancel(ctx)
	switch {
	case err == nil:
		c.limits.answered()
		if n.Kind == hiring.PostBrief {
			defer c.pin(ctx, post)
		}
		return c.Outbox.Settle(settled, n.ID, post, now)
	case errors.Is(err, hiring.ErrNothing):
		return c.Outbox.Settle(settled, n.ID, post, now)
	case ctx.Err() != nil:
		return ctx.Err() // it stays marked as being sent and is looked up after the start
	}
	if _, unknown := errors.AsType[*doubtful](err); unknown {
		until := c.limits.leaveAlone(now)
		if n.Kind != hiring.RefreshMessage { // an edit can be made again
			c.Log.Warn("Slack did not answer; looking later whether a notice was posted", "notice", n.ID, "kind", n.Kind, "error", cause(err))
			c.doubts.add(n, until, cmp.Or(slackError(err), hiring.ProblemUnanswered))
			return nil
		}
	}
	return c.failed(ctx, n, now, err)
}

// gather lets what waits for the notice's conversation become one message, or
// be left out, where an outage or its reader's absence held it up. It is false
// when the notice goes as it is.
func (c *Courier) gather(ctx context.Context, n hiring.Notice, now time.Time) (bool, error) {
	if n.Kind == hiring.RefreshMessage || n.User == "" && !n.Late(now) {
		return false, nil
	}
	var change hiring.Change
	decide := func(r hiring.Record) (_ hiring.Change, err error) {
		change, err = hiring.Gather(r, c.house().Settings, n.To(), now)
		return change, err
	}
	err := c.Record.View(ctx, func(r hiring.Record) error {
		_, err := decide(r)
		return err
	})
	if err == nil {
		err = c.Record.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
			change, err := decide(r) // one line too many, after a crash, but none too few
			c.Log.DebugContext(ctx, "notices that were held up are to be said in one, or by later ones", "notices", change.Dropped)
			return change, err
		})
	}
	switch {
	case errors.Is(err, hiring.ErrNothing):
		return false, nil
	case err != nil:
		return false, err
	}
	c.Log.InfoContext(ctx, "notices that were held up are said in one, or by later ones", "notices", change.Dropped, "one", len(change.Notices) > 0)
	return true, nil
}

// pin pins a message, if the channel lets us.
func (c *Courier) pin(ctx context.Context, post hiring.Post) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	var err error
	if c.paced {
		ctx, err = c.Pace.await(ctx, addPin)
	}
	if err == nil {
		err = c.API.AddPinContext(ctx, string(post.Channel), slack.NewRefToMessage(string(post.Channel), post.TS))
	}
	if err != nil {
		c.Log.Info("a brief could not be pinned", "channel", post.Channel, "error", cause(err))
	}
}

// send renders a notice and posts it, or edits the message it is about.
func (c *Courier) send(ctx context.Context, n hiring.Notice, now time.Time) (hiring.Post, error) {
	if n.Kind == hiring.RefreshMessage {
		return c.refresh(ctx, n, now)
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
		c.limits.posted(c.Clock(), n.To())
		channel, ts, err := c.API.PostMessageContext(ctx, to, slack.MsgOptionText(m.Text, false),
			slack.MsgOptionBlocks(blocks...), slack.MsgOptionMetadata(stamp(n)), slack.MsgOptionTS(thread))
		post = hiring.Post{Channel: hiring.ChannelID(channel), TS: ts}
		return err
	})
	return post, err
}

// refresh edits a message that stands in Slack, so that it says what is so
// now. Where an edit made it say just that, Slack is not called.
func (c *Courier) refresh(ctx context.Context, n hiring.Notice, now time.Time) (said hiring.Post, err error) {
	post, known, err := c.Outbox.PostOf(ctx, n.Post)
	if err != nil {
		return said, err
	}
	if !known {
		return said, hiring.ErrNothing
	}
	m, err := c.render(ctx, post.Notice, true, now)
	if err != nil {
		return said, err
	}
	err = c.say(ctx, m, func(ctx context.Context, blocks []slack.Block) (err error) {
		if said.Said, err = hashOf(m.Text, blocks); err != nil || said.Said == post.Said {
			return err
		}
		_, _, _, err = c.API.UpdateMessageContext(ctx, string(post.Channel), post.TS,
			slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(blocks...))
		return err
	})
	switch {
	case slices.Contains(uneditable, slackError(err)):
		return hiring.Post{}, hiring.ErrNothing // it stays as it is
	case err == nil && said.Said == post.Said:
		return said, hiring.ErrNothing
	}
	return said, err
}

// hashOf returns a hash of what a message says.
func hashOf(text string, blocks []slack.Block) (string, error) {
	js, err := json.Marshal(blocks)
	if err != nil {
		return "", fmt.Errorf("writing blocks: %w", err)
	}
	sum := sha256.Sum256(append([]byte(text), js...))
	return hex.EncodeToString(sum[:16]), nil
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
		learn, may := c.mayLearn(ctx, n.User, now)
		if !may {
			return templates.OnePerson
		}
		if err := c.Directory.Learn(learn, now, n.User); err != nil {
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

// mayLearn says whether a person's profile may be read now, and with which
// context: an old one can wait for a better moment, one never read cannot.
func (c *Courier) mayLearn(ctx context.Context, u hiring.UserID, now time.Time) (context.Context, bool) {
	var p hiring.Person
	err := c.Record.View(ctx, func(r hiring.Record) (err error) {
		p, err = r.Person(u)
		return err
	})
	known := err == nil && !p.ReadAt.IsZero()
	if !known || now.Sub(p.ReadAt) < freshness || !c.paced {
		return ctx, true
	}
	return c.Pace.try(ctx, userInfo)
}
