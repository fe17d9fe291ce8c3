package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// undeliverable are Slack's errors (chat.postMessage) that stay as long as
// nobody does anything about them.
var undeliverable = []string{
	hiring.ProblemAway, hiring.ProblemArchived, hiring.ProblemNotIn, hiring.ProblemNoChannel, hiring.ProblemRestricted,
	"user_not_found", "user_disabled", "messages_tab_disabled", "cannot_dm_bot", "restricted_action_read_only_channel", "not_allowed_channel",
}

// revoked are Slack's errors after which no call with this token will do.
var revoked = []string{"invalid_auth", "not_authed", "token_revoked", "token_expired"}

// failed decides what becomes of a notice that could not be sent.
func (c *Courier) failed(ctx context.Context, n hiring.Notice, now time.Time, err error) error {
	word := slackError(err)
	limited, isLimited := errors.AsType[*slack.RateLimitedError](err)
	switch {
	case slices.Contains(revoked, word):
		return fmt.Errorf("posting to Slack: %w", explain(err))
	case slices.Contains(undeliverable, word):
		return c.unreached(ctx, n, word, now)
	case isLimited:
		until := now.Add(limited.RetryAfter)
		c.blocked[conversation(n)] = until
		return c.Outbox.Postpone(ctx, n.ID, until, "ratelimited")
	case (word == "invalid_blocks" || word == "invalid_arguments") && !c.noCharts:
		// A workspace that does not know the chart block yet: the text beside
		// it says the same.
		c.noCharts = true
		return c.Outbox.Postpone(ctx, n.ID, now, word)
	}
	tries, countErr := c.Outbox.Attempts(ctx, n.ID)
	if countErr != nil {
		return countErr
	}
	wait := min(maxRetry, firstWait<<min(tries, 10))
	c.Log.Warn("a notice could not be sent; trying again", "notice", n.ID, "kind", n.Kind, "tries", tries+1, "wait", wait, "error", cause(err))
	return c.Outbox.Postpone(ctx, n.ID, now.Add(wait), problemWord(word))
}

func problemWord(word string) string {
	if word == "" {
		return "no answer"
	}
	return word
}

// unreached gives a notice up and has whoever can help told.
func (c *Courier) unreached(ctx context.Context, n hiring.Notice, word string, now time.Time) error {
	c.Log.Warn("a notice cannot be delivered", "notice", n.ID, "kind", n.Kind, "problem", word)
	once := fmt.Sprintf("unreached/%d", n.ID)
	err := c.Record.Change(ctx, once, now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.Unreached(r, n, word, now)
	})
	if err != nil && !errors.Is(err, hiring.ErrRepeated) {
		return fmt.Errorf("notice %d: %w", n.ID, err)
	}
	return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
}

// Recover settles notices whose fate is unknown, because a crash or a lost
// answer left them marked as being sent: it looks each up where it should
// stand. While Slack does not answer, they stay as they are.
func (c *Courier) Recover(ctx context.Context) error {
	notices, err := c.Outbox.Unsettled(ctx)
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	c.doubt = time.Time{}
	for _, n := range notices {
		if err := c.recover(ctx, n, c.Clock()); err != nil {
			return fmt.Errorf("notice %d: %w", n.ID, err)
		}
	}
	if c.doubt.IsZero() {
		c.waits = 0
	}
	return nil
}

func (c *Courier) recover(ctx context.Context, n hiring.Notice, now time.Time) error {
	post, err := c.lookUp(ctx, n)
	switch {
	case err == nil:
		return c.Outbox.Settle(ctx, n.ID, post, now)
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errNotPosted):
		return c.Outbox.Postpone(ctx, n.ID, now, "interrupted")
	case !answered(err):
		c.wonder(now)
		return nil
	case n.Kind == hiring.Nudge:
		// Slack will not say. The next sweep heals a miss, nothing heals a
		// double.
		return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	default:
		return c.Outbox.Postpone(ctx, n.ID, now, "interrupted")
	}
}

// doubtful is an error after which nobody knows whether Slack did what it was
// asked to.
type doubtful struct{ error }

// Unwrap returns what went wrong.
func (d *doubtful) Unwrap() error { return d.error }

// answered says whether Slack itself said no, so that nothing has happened.
func answered(err error) bool {
	_, limited := errors.AsType[*slack.RateLimitedError](err)
	return limited || slackError(err) != ""
}

// errNotPosted says that a notice does not stand where it should.
var errNotPosted = errors.New("the message was not posted")

// noticeEvent marks our messages in their metadata. It carries the notice's
// number only: metadata can be read by everybody in the workspace.
const noticeEvent = "samsvar_notice"

func stamp(id hiring.NoticeID) slack.SlackMetadata {
	return slack.SlackMetadata{EventType: noticeEvent, EventPayload: map[string]any{"notice": strconv.FormatUint(uint64(id), 10)}}
}

// lookBack is how many messages of a conversation are searched for a notice.
const lookBack = 100

// lookUp finds the message of a notice in its conversation. It returns
// [errNotPosted] when it is not there, and another error when Slack does not
// say.
func (c *Courier) lookUp(ctx context.Context, n hiring.Notice) (hiring.Post, error) {
	if n.Kind == hiring.RefreshMessage {
		return hiring.Post{}, errNotPosted // an edit can be made again
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	channel := string(n.Channel)
	if n.User != "" {
		dm, _, _, err := c.API.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(n.User)}})
		if err != nil {
			return hiring.Post{}, err
		}
		channel = dm.ID
	}
	history, err := c.API.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
		ChannelID: channel, Limit: lookBack, IncludeAllMetadata: true,
	})
	if err != nil {
		return hiring.Post{}, err
	}
	want := stamp(n.ID)
	for _, m := range history.Messages {
		if m.Metadata.EventType == want.EventType && m.Metadata.EventPayload["notice"] == want.EventPayload["notice"] {
			return hiring.Post{Channel: hiring.ChannelID(channel), TS: m.Timestamp}, nil
		}
	}
	return hiring.Post{}, errNotPosted
}
