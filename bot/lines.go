package bot

import (
	"context"
	"sync"

	"github.com/slack-go/slack/socketmode"
)

// lines are the connections to Slack that are open.
type lines struct {
	mu   sync.Mutex
	open map[*socketmode.Client]bool // those that Slack has said hello on
}

// is notes whether a line is open, and returns how many are.
func (l *lines) is(line *socketmode.Client, open bool) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if open {
		l.open[line] = true
	} else {
		delete(l.open, line)
	}
	return len(l.open)
}

// instead returns the line to acknowledge on what came in on this one: another
// while this one is being opened anew, if there is one. It would be too late on
// this one then, and a new connection is another one to Slack, too.
func (l *lines) instead(line *socketmode.Client) *socketmode.Client {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open[line] {
		return line
	}
	for other := range l.open {
		return other
	}
	return line
}

// keepOpen runs a line until ctx ends or an error is beyond healing. Socketmode
// gives up at a 404, which a proxy may give once; the pace spaces what is tried
// anew.
func (b *Bot) keepOpen(ctx context.Context, line *socketmode.Client) error {
	for {
		err := line.RunContext(ctx)
		if ctx.Err() != nil || hopeless(err) != nil {
			return err
		}
		b.Meter.NotConnected()
		b.Log.Warn("cannot connect to Slack; trying again", "error", cause(err))
	}
}
