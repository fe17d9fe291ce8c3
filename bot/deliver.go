package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// undeliverable are Slack's errors (chat.postMessage) that stay as long as
// nobody does anything about them.
var undeliverable = []string{
	hiring.ProblemAway, hiring.ProblemArchived, hiring.ProblemNotIn, hiring.ProblemNoChannel, hiring.ProblemRestricted,
	"user_not_found", "user_disabled", "messages_tab_disabled", "cannot_dm_bot", "restricted_action_read_only_channel", "restricted_action_non_threadable_channel",
	"restricted_action_thread_only_channel",
}

// uneditable are Slack's errors (chat.update) after which a message stays as
// it is.
var uneditable = []string{"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "posting_to_channel_denied"}

// refused are Slack's errors about blocks it does not take.
var refused = []string{"invalid_blocks", "invalid_blocks_format", "invalid_arguments"}

// unsure are Slack's errors after which something may have happened all the
// same.
var unsure = []string{"fatal_error", "internal_error", "request_timeout"}

// passing are Slack's errors that pass by themselves: nothing has happened, and
// nothing is said about anything.
var passing = []string{"service_unavailable", "team_added_to_org"}

// revoked are Slack's errors after which no call with this token will do.
var revoked = []string{"invalid_auth", "not_authed", "token_revoked", "token_expired"}

// failed decides what becomes of a notice that could not be sent.
func (c *Courier) failed(ctx context.Context, n hiring.Notice, now time.Time, err error) error {
	word := slackError(err)
	pause, limited := rateLimited(err)
	switch {
	case slices.Contains(revoked, word):
		return fmt.Errorf("posting to Slack: %w", explain(err))
	case word == hiring.ProblemAway && !errors.Is(err, errAway):
		return c.inactive(ctx, n, now)
	case slices.Contains(undeliverable, word):
		return c.unreached(ctx, n, word, now)
	case limited:
		method := postMessage
		if n.Kind == hiring.RefreshMessage {
			method = updateMessage
		}
		c.limits.refused(now, method, n.To(), pause)
		return c.Outbox.Postpone(ctx, n.ID, now.Add(pause), problemLimited)
	}
	c.Log.Warn("a notice could not be sent; trying again", "notice", n.ID, "kind", n.Kind, "error", cause(err))
	_, unknown := errors.AsType[*doubtful](err)
	switch {
	case unknown && word == "":
		return c.again(ctx, n, now, "no answer")
	case slices.Contains(passing, word):
		return c.again(ctx, n, now, word)
	}
	return c.wrong(ctx, n, now, cmp.Or(word, "broken"))
}

// again puts a notice back for a pause that grows with each try.
func (c *Courier) again(ctx context.Context, n hiring.Notice, now time.Time, problem string) error {
	tries, err := c.Outbox.Attempts(ctx, n.ID)
	if err != nil {
		return err
	}
	return c.Outbox.Postpone(ctx, n.ID, now.Add(grown(tries)), problem)
}

// fairTries is how often a notice is tried at the least before it is given up:
// a week in which Samsvar was down is no reason.
const fairTries = 5

// wrong does the same after a try that speaks against the notice, and gives it
// up a week after the first of them.
func (c *Courier) wrong(ctx context.Context, n hiring.Notice, now time.Time, problem string) error {
	tries, err := c.Outbox.Attempts(ctx, n.ID)
	if err != nil {
		return err
	}
	if since := n.FailingSince(); tries >= fairTries && !since.IsZero() && now.Sub(since) >= hiring.GiveUpAfter {
		return c.giveUp(ctx, n, problem, now)
	}
	return c.Outbox.Fail(ctx, n.ID, now, now.Add(grown(tries)), problem)
}

// inactive finds out whose account is inactive: Slack uses the same word for a
// person who was deactivated and for an app that was removed.
func (c *Courier) inactive(ctx context.Context, n hiring.Notice, now time.Time) error {
	call, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err := c.API.AuthTestContext(call)
	switch fatal := hopeless(err); {
	case fatal != nil:
		return fmt.Errorf("posting to Slack: %w", fatal)
	case err != nil:
		return c.again(ctx, n, now, hiring.ProblemAway)
	case n.Kind == hiring.RefreshMessage:
		return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	}
	return c.unreached(ctx, n, hiring.ProblemAway, now)
}

// unreached has a notice wait until its reader can be reached, and whoever can
// help told.
func (c *Courier) unreached(ctx context.Context, n hiring.Notice, word string, now time.Time) error {
	c.Log.Warn("a notice cannot be delivered", "notice", n.ID, "kind", n.Kind, "problem", word)
	err := c.Record.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.Unreached(r, c.house().Settings, n, word, now)
	})
	if err == nil { // a crash in between leaves it in doubt: then it is found not to be posted
		err = c.Outbox.Postpone(ctx, n.ID, now, word)
	}
	if err != nil {
		return fmt.Errorf("notice %d: %w", n.ID, err)
	}
	return nil
}

// giveUp gives up a notice that Slack has refused for a week, and has whoever
// can help told.
func (c *Courier) giveUp(ctx context.Context, n hiring.Notice, word string, now time.Time) error {
	c.Log.Error("a notice is given up", "notice", n.ID, "kind", n.Kind, "problem", word)
	once := fmt.Sprintf("given up/%d", n.ID)
	err := c.Record.Change(ctx, once, now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.GiveUp(r, c.house().Settings, n, word, now)
	})
	if err != nil && !errors.Is(err, hiring.ErrRepeated) {
		return fmt.Errorf("notice %d: %w", n.ID, err)
	}
	return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
}

// doubts are notices whose fate is unknown, because a crash or a lost answer
// left them marked as being sent, and when each is looked up next. They are
// few: while Slack does not answer, it gets one thing at a time.
type doubts struct {
	mu   sync.Mutex
	list map[hiring.NoticeID]doubt
}

type doubt struct {
	notice hiring.Notice
	at     time.Time
}

func newDoubts() doubts { return doubts{list: make(map[hiring.NoticeID]doubt)} }

func (d *doubts) add(n hiring.Notice, at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.list[n.ID] = doubt{n, at}
}

func (d *doubts) settle(id hiring.NoticeID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.list, id)
}

// holds says whether a notice's fate is unknown.
func (d *doubts) holds(id hiring.NoticeID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, unknown := d.list[id]
	return unknown
}

// due returns those to be looked up by now, oldest first.
func (d *doubts) due(now time.Time) (list []hiring.Notice) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.list {
		if !one.at.After(now) || ahead(one.at, now, maxPause).IsZero() {
			list = append(list, one.notice)
		}
	}
	slices.SortFunc(list, func(a, b hiring.Notice) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// next returns when the next is to be looked up; zero when there is none.
func (d *doubts) next() (at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.list {
		if at.IsZero() || one.at.Before(at) {
			at = one.at
		}
	}
	return at
}

// doubt takes up what a crash left marked as being sent.
func (c *Courier) doubt(ctx context.Context) error {
	notices, err := c.Outbox.Unsettled(ctx)
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	for _, n := range notices {
		c.doubts.add(n, c.Clock())
	}
	return nil
}

// Recover settles what a crash left marked as being sent: it looks each up
// where it should stand. While Slack does not answer, they stay as they are.
// The error is one that trying again does not heal.
func (c *Courier) Recover(ctx context.Context) error {
	if err := c.doubt(ctx); err != nil {
		return err
	}
	for _, n := range c.doubts.due(c.Clock()) {
		if err := c.recover(ctx, n); err != nil {
			return fmt.Errorf("notice %d: %w", n.ID, err)
		}
	}
	return nil
}

// recover settles one notice whose fate is unknown.
func (c *Courier) recover(ctx context.Context, n hiring.Notice) error {
	now := c.Clock()
	later, err := c.find(ctx, n, now)
	switch {
	case err != nil:
		c.doubts.add(n, now.Add(firstWait))
	case later.IsZero():
		c.doubts.settle(n.ID)
	default:
		c.doubts.add(n, later)
	}
	return err
}

// find looks a notice up and settles it. later is when to look again; zero for
// not at all.
func (c *Courier) find(ctx context.Context, n hiring.Notice, now time.Time) (later time.Time, err error) {
	post, err := c.lookUp(ctx, n)
	pause, limited := rateLimited(err)
	if err == nil || errors.Is(err, errNotPosted) {
		c.limits.answered()
	}
	switch {
	case err == nil:
		return later, c.Outbox.Settle(ctx, n.ID, post, now)
	case ctx.Err() != nil:
		return later, ctx.Err()
	case errors.Is(err, errNotPosted):
		return later, c.again(ctx, n, now, "interrupted")
	case limited:
		c.limits.refused(now, channelHistory, n.To(), pause)
		return now.Add(pause), nil
	case slices.Contains(revoked, slackError(err)):
		return later, fmt.Errorf("looking up a message in Slack: %w", explain(err))
	case slackError(err) == hiring.ProblemAway:
		return later, c.inactive(ctx, n, now)
	case !answered(err) && !errors.Is(err, errTooFar) || slices.Contains(passing, slackError(err)):
		return c.limits.leaveAlone(now), nil
	case n.Kind == hiring.Nudge:
		// Slack will not say. The next sweep heals a miss, nothing heals a
		// double.
		return later, c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	default:
		return later, c.again(ctx, n, now, "interrupted")
	}
}

// problemLimited is the problem of what Slack has too much of.
const problemLimited = "ratelimited"

// limitTime is for how long a rate limit holds when Slack does not say: its
// limits count calls a minute.
const limitTime = time.Minute

// rateLimited returns how long Slack wants to be left alone; false when err is
// something else.
func rateLimited(err error) (time.Duration, bool) {
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return bounded(limited.RetryAfter), true
	}
	status, _ := errors.AsType[slack.StatusCodeError](err)
	word := slackError(err)
	return limitTime, word == "rate_limited" || word == "ratelimited" || status.Code == http.StatusTooManyRequests
}

// doubtful is an error after which nobody knows whether Slack did what it was
// asked to.
type doubtful struct{ error }

// Unwrap returns what went wrong.
func (d *doubtful) Unwrap() error { return d.error }

// answered says whether Slack itself said no, so that nothing has happened.
func answered(err error) bool {
	_, limited := rateLimited(err)
	word := slackError(err)
	return limited || word != "" && !slices.Contains(unsure, word)
}

var (
	// errNotPosted says that a notice does not stand where it should.
	errNotPosted = errors.New("the message was not posted")
	// errTooFar says that more messages came since than are looked at.
	errTooFar = errors.New("too many messages came since")
)

// noticeEvent marks our messages in their metadata. It carries the numbers of
// the notice and of those it takes the place of, and nothing else: metadata can
// be read by everybody in the workspace.
const noticeEvent = "samsvar_notice"

func stamp(n hiring.Notice) slack.SlackMetadata {
	payload := map[string]any{"notice": number(n)}
	if len(n.Parts) > 0 {
		parts := make([]string, len(n.Parts))
		for i, part := range n.Parts {
			parts[i] = number(part)
		}
		payload["parts"] = strings.Join(parts, " ")
	}
	return slack.SlackMetadata{EventType: noticeEvent, EventPayload: payload}
}

func number(n hiring.Notice) string { return strconv.FormatUint(uint64(n.ID), 10) }

// Bounds of looking for a message: pages of a conversation's history, messages
// on a page (Slack recommends at most 200), and how far its clock and ours may
// be apart: a machine's clock can be off by its zone and more.
const (
	maxPages = 5
	pageSize = 200
	skew     = 24 * time.Hour
)

// lookUp finds the message of a notice in its conversation, among those that
// came after the notice was written. It returns [errNotPosted] when it is not
// there, and another error when Slack does not say.
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
	ask := slack.GetConversationHistoryParameters{
		ChannelID: channel, Limit: pageSize, IncludeAllMetadata: true,
		Oldest: fmt.Sprintf("%d.000000", max(0, n.CreatedAt.Add(-skew).Unix())),
	}
	for range maxPages {
		messages, more, err := c.messages(ctx, n, &ask)
		if err != nil {
			return hiring.Post{}, err
		}
		if ts := among(messages, n); ts != "" {
			return hiring.Post{Channel: hiring.ChannelID(channel), TS: ts}, nil
		}
		if !more || ask.Cursor == "" {
			return hiring.Post{}, errNotPosted
		}
	}
	return hiring.Post{}, errTooFar
}

// messages reads a page of a conversation, or of the thread that a notice
// belongs into, and has ask go on from there.
func (c *Courier) messages(ctx context.Context, n hiring.Notice, ask *slack.GetConversationHistoryParameters) (page []slack.Message, more bool, err error) {
	if n.Kind != hiring.DigestDetails {
		r, err := c.API.GetConversationHistoryContext(ctx, ask)
		if err != nil {
			return nil, false, err
		}
		ask.Cursor = r.ResponseMetaData.NextCursor
		return r.Messages, r.HasMore, nil
	}
	thread, err := c.threadOf(ctx, n)
	if err != nil {
		return nil, false, err
	}
	page, more, ask.Cursor, err = c.API.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: ask.ChannelID, Timestamp: thread, Cursor: ask.Cursor, Limit: ask.Limit, IncludeAllMetadata: true,
	})
	return page, more, err
}

// among returns the timestamp of the message that a notice became; empty when
// it is not among them.
func among(messages []slack.Message, n hiring.Notice) string {
	for _, m := range messages {
		if m.Metadata.EventType == noticeEvent && m.Metadata.EventPayload["notice"] == number(n) {
			return m.Timestamp
		}
	}
	return ""
}
