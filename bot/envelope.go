package bot

import (
	"context"
	"sync"
	"time"

	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// soon is when an envelope is acknowledged although its answer is not ready:
// well before Slack gives up after three seconds.
const soon = 500 * time.Millisecond

// envelope is one envelope, which is acknowledged once.
type envelope struct {
	bot  *Bot
	ctx  context.Context
	line *socketmode.Client
	evt  socketmode.Event
	took func(kind string) // tells the meter of the acknowledgement
	place

	mu    sync.Mutex
	acked bool
	write templates.Writer // in the language of the person, once that is known
}

// answer acknowledges; false when that was done before.
func (e *envelope) answer(k kind, payload any) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.acked {
		return false
	}
	e.acked = true
	e.bot.ack(e.ctx, e.line, e.evt.Request.EnvelopeID, payload)
	e.took(string(k))
	return true
}

// speak sets the language of what is said meanwhile.
func (e *envelope) speak(w templates.Writer) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.write = w
}

// soon acknowledges in a while unless it is done by then or stop is called.
// What the person is to see then follows later.
func (e *envelope) soon(req *request) (stop func() bool) {
	k, typed := req.kind, req.view
	e.speak(e.bot.house().For(e.bot.house().Settings.Locale, e.bot.house().Settings.Zone))
	return time.AfterFunc(soon, func() {
		e.mu.Lock()
		write := e.write
		e.mu.Unlock()
		switch {
		case k == onSubmit:
			e.answer(k, working(write, typed))
		case k == onSuggest:
			e.answer(k, reply{}.suggestions())
		default:
			e.answer(k, nil)
		}
	}).Stop
}

// errBusy is what a person is told who is to try again.
var errBusy = hiring.Errorf("There is a lot going on right now. Please try again in a moment.")
