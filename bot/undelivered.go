package bot

import (
	"context"
	"errors"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// tryAgain has what waits for somebody who could not be reached sent now.
func (b *Bot) tryAgain(ctx context.Context, req *request) (reply, error) {
	to, err := templates.DecodeConversation(req.typed)
	if err != nil {
		return reply{}, err
	}
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) { return a.TryAgain(to) })
	if errors.Is(err, hiring.ErrNothing) { // it is being tried already
		err = nil
	}
	return reply{home: true}, err
}

// channelOpened has what waits for a channel sent when Samsvar was let in, or
// the channel is back from the archive. When anybody else joins, nothing is
// lost by trying.
func (b *Bot) channelOpened(ctx context.Context, req *request) (reply, error) {
	err := b.Record.Change(ctx, req.once, req.now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.Reachable(r, hiring.Conversation{Channel: req.opens})
	})
	if errors.Is(err, hiring.ErrNothing) || errors.Is(err, hiring.ErrRepeated) {
		err = nil
	}
	return reply{}, err
}
