package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// unseen decides what becomes of a notice in doubt that stands, if it was
// posted, where Samsvar may not look. It is not posted again, but looked up
// until that can be done, and given up when it has waited as long as anything
// does. Whoever can help hears of it.
func (c *Courier) unseen(ctx context.Context, n hiring.Notice, word string, now time.Time) (later time.Time, err error) {
	switch word {
	case hiring.ProblemAway:
		if err := c.ourAccount(ctx); err != nil {
			return c.limits.leaveAlone(now), hopeless(err)
		}
	case hiring.ProblemNotIn:
		if reader, err := c.Directory.Audience(ctx, now, n.Channel); err == nil && reader == templates.PublicChannel {
			if err := c.letIn(ctx, n.To(), now); err != nil {
				return later, err
			}
			return later, c.wrong(ctx, n, now, c.doubts.word(n.ID)) // there it may post, and never look
		}
	}
	since, err := c.outOfReach(ctx, n, word, now)
	switch {
	case err != nil:
		return later, fmt.Errorf("notice %d: %w", n.ID, err)
	case n.Kind == hiring.Nudge:
		return later, c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	case now.Sub(since) >= hiring.GiveUpAfter && now.Sub(n.NotBefore) >= hiring.GiveUpAfter:
		return later, c.lastWord(ctx, n, n, nil, word, now)
	}
	return now.Add(maxRetry), nil
}

// outOfReach notes that the conversation of a notice in doubt cannot be reached,
// and has whoever can help told, once. It returns since when that is so.
func (c *Courier) outOfReach(ctx context.Context, n hiring.Notice, word string, now time.Time) (since time.Time, err error) {
	err = c.Record.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
		u, known, err := r.Unreachable(n.To())
		if err != nil {
			return hiring.Change{}, err
		}
		change, err := hiring.Unreached(r, c.house().Settings, n, word, now)
		if err != nil {
			return hiring.Change{}, err
		}
		since = change.Unreachable[0].Since
		if known && !u.Trying && len(change.Notices) == 0 {
			return hiring.Change{}, hiring.ErrNothing
		}
		return change, nil
	})
	if errors.Is(err, hiring.ErrNothing) {
		return since, nil
	}
	c.Log.Warn("whether a notice was posted cannot be looked up; looking again", "notice", n.ID, "kind", n.Kind, "problem", word)
	return since, err
}

// letIn has what waits for a conversation tried where Samsvar was put out of it
// and may look again.
func (c *Courier) letIn(ctx context.Context, to hiring.Conversation, now time.Time) error {
	err := c.Record.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
		u, known, err := r.Unreachable(to)
		switch {
		case err != nil:
			return hiring.Change{}, err
		case !known || u.Problem != hiring.ProblemNotIn && u.Problem != hiring.ProblemNoChannel:
			return hiring.Change{}, hiring.ErrNothing
		}
		return hiring.Reachable(r, to)
	})
	if errors.Is(err, hiring.ErrNothing) {
		return nil
	}
	return err
}
