package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

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

// lacking are Slack's errors after which this token will never do for the call.
// Without messages and edits, Samsvar is of no use.
var lacking = []string{"missing_scope", "not_allowed_token_type"}

// problemLimited says that Slack has too much of it.
const problemLimited = "ratelimited"

// problemNoThreads says that a channel takes no answers to messages.
const problemNoThreads = "restricted_action_non_threadable_channel"

// failed decides what becomes of a notice that could not be sent.
func (c *Courier) failed(ctx context.Context, n hiring.Notice, now time.Time, err error) error {
	word := slackError(err)
	pause, limited := rateLimited(err)
	switch {
	case slices.Contains(revoked, word) || slices.Contains(lacking, word):
		return fmt.Errorf("posting to Slack: %w", explain(err))
	case word == hiring.ProblemAway && !errors.Is(err, errAway):
		return c.inactive(ctx, n, now)
	case word == problemNoThreads && n.Kind == hiring.DigestDetails:
		return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now) // the digest says what matters
	case hiring.Undeliverable(word):
		return c.unreached(ctx, n, word, now)
	case limited:
		method := postMessage
		if n.Kind == hiring.RefreshMessage {
			method = updateMessage
		}
		c.limits.refused(now, method, n.To(), pause)
		return c.Outbox.Postpone(ctx, n.ID, c.keepPlace(n, now, pause), problemLimited)
	}
	c.Log.Warn("a notice could not be sent; trying again", "notice", n.ID, "kind", n.Kind, "error", cause(err))
	_, unknown := errors.AsType[*doubtful](err)
	switch {
	case unknown && word == "":
		return c.again(ctx, n, now, hiring.ProblemUnanswered)
	case slices.Contains(passing, word):
		return c.again(ctx, n, now, word)
	}
	return c.wrong(ctx, n, now, cmp.Or(word, hiring.ProblemBroken))
}

// again puts a notice back for a pause that grows with each try, in its place.
func (c *Courier) again(ctx context.Context, n hiring.Notice, now time.Time, problem string) error {
	tries, err := c.Outbox.Attempts(ctx, n.ID)
	if err != nil {
		return err
	}
	return c.Outbox.Postpone(ctx, n.ID, c.keepPlace(n, now, grown(tries)), problem)
}

// fairTries is how often a notice is tried before others pass it, and at the
// least before it is given up: a week in which Samsvar was down is no reason.
const fairTries = 5

// wrong does the same after a try that speaks against the notice, and gives it
// up a week after the first of them. After a few, others pass it.
func (c *Courier) wrong(ctx context.Context, n hiring.Notice, now time.Time, problem string) error {
	tries, err := c.Outbox.Attempts(ctx, n.ID)
	if err != nil {
		return err
	}
	since, failures := n.Failing()
	if failures >= fairTries && now.Sub(since) >= hiring.GiveUpAfter {
		return c.giveUp(ctx, n, problem, now)
	}
	until := now.Add(grown(tries))
	if failures < fairTries {
		until = c.keepPlace(n, now, grown(tries))
	}
	return c.Outbox.Fail(ctx, n.ID, now, until, problem)
}

// inactive decides what becomes of a notice where Slack says that an account is
// inactive.
func (c *Courier) inactive(ctx context.Context, n hiring.Notice, now time.Time) error {
	switch err := c.ourAccount(ctx); {
	case hopeless(err) != nil:
		return err
	case err != nil:
		return c.again(ctx, n, now, hiring.ProblemAway)
	}
	return c.unreached(ctx, n, hiring.ProblemAway, now)
}

// ourAccount finds out whose account is inactive: Slack uses the same word for a
// person who was deactivated and for an app that was removed. The error is that
// it is ours, or that Slack does not say.
func (c *Courier) ourAccount(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	_, err := c.API.AuthTestContext(ctx)
	if fatal := hopeless(err); fatal != nil {
		return fmt.Errorf("posting to Slack: %w", fatal)
	}
	return err
}

// editsWait is for how long an edit waits whose message stands where Samsvar
// may not write.
const editsWait = 30 * 24 * time.Hour

// editLater has an edit tried again once a day, and sooner when what it shows
// changes or its reader may be reachable again: who is let in again, or comes
// back, must not read what is no longer so.
func (c *Courier) editLater(ctx context.Context, n hiring.Notice, word string, now time.Time) error {
	if since, failures := n.Failing(); failures > 0 && now.Sub(since) >= editsWait {
		return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	}
	return c.Outbox.Fail(ctx, n.ID, now, now.Add(hiring.TryAfter), word)
}

// unreached has a notice wait until its reader can be reached, and whoever can
// help told.
func (c *Courier) unreached(ctx context.Context, n hiring.Notice, word string, now time.Time) error {
	if n.Kind == hiring.RefreshMessage {
		return c.editLater(ctx, n, word, now)
	}
	c.Log.Warn("a notice cannot be delivered", "notice", n.ID, "kind", n.Kind, "problem", word)
	err := c.Record.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.Unreached(r, c.house().Settings, n, word, now)
	})
	if err == nil { // a crash in between leaves it in doubt: then it is found not to be posted
		err = c.Outbox.Postpone(ctx, n.ID, n.NotBefore, word) // in its place
	}
	if err != nil {
		return fmt.Errorf("notice %d: %w", n.ID, err)
	}
	return nil
}

// giveUp gives up a notice that has been refused for a week, and has whoever
// can help told: nobody about an edit, for its message stands, or about a role
// that is not there.
func (c *Courier) giveUp(ctx context.Context, n hiring.Notice, word string, now time.Time) error {
	c.Log.Error("a notice is given up", "notice", n.ID, "kind", n.Kind, "problem", word)
	if n.Kind == hiring.RefreshMessage {
		return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	}
	over, rest := overdue(n, now)
	return c.lastWord(ctx, n, over, rest, word, now)
}

// lastWord has whoever can help told that a notice is given up: over, what it
// says and is old enough. The rest is said on its own.
func (c *Courier) lastWord(ctx context.Context, n, over hiring.Notice, rest []hiring.Notice, word string, now time.Time) error {
	once := fmt.Sprintf("given up/%d", n.ID)
	err := c.Record.Change(ctx, once, now, func(r hiring.Record) (hiring.Change, error) {
		change, err := hiring.GiveUp(r, c.house().Settings, over, word, now)
		if _, nobody := errors.AsType[*hiring.Error](err); nobody {
			err = nil
		}
		change.Notices = append(change.Notices, rest...)
		return change, err
	})
	if err != nil && !errors.Is(err, hiring.ErrRepeated) {
		return fmt.Errorf("notice %d: %w", n.ID, err)
	}
	return c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
}

// limitTime is for how long a rate limit holds when Slack does not say: its
// limits count calls a minute.
const limitTime = time.Minute

// overdue parts what a message says: what has been refused for a week, and what
// came later and is said on its own.
func overdue(n hiring.Notice, now time.Time) (over hiring.Notice, rest []hiring.Notice) {
	over, over.Parts = n, nil
	for _, part := range n.Parts {
		if !part.FailedAt.IsZero() && now.Sub(part.FailedAt) >= hiring.GiveUpAfter {
			over.Parts = append(over.Parts, part)
			continue
		}
		part.ID = 0
		rest = append(rest, part)
	}
	return over, rest
}

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
