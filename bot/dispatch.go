package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/hiring"
)

// Times a request has. Slack shows an error after three seconds without an
// acknowledgement, and a trigger id dies with them.
const (
	ackTime   = 2500 * time.Millisecond
	afterTime = 30 * time.Second
	queueTime = 3 * time.Second // to hand an acknowledgement to the socket
	freshness = 24 * time.Hour  // how old a profile may be
)

// take starts the handling of one event. It never waits: an event that is not
// taken off the channel keeps socketmode from seeing Slack's pings. The error
// says that the connection is beyond healing.
func (b *Bot) take(ctx context.Context, line *socketmode.Client, evt socketmode.Event) error {
	switch evt.Type {
	case socketmode.EventTypeConnecting:
		b.lineIs(line, false)
		return nil
	case socketmode.EventTypeHello:
		b.lineIs(line, true)
		return nil
	case socketmode.EventTypeConnected:
		b.Log.Info("connected to Slack")
		return nil
	case socketmode.EventTypeConnectionError:
		failed, _ := evt.Data.(*slack.ConnectionErrorEvent)
		if failed == nil {
			return nil
		}
		b.Meter.NotConnected()
		b.Log.Warn("cannot connect to Slack; trying again", "attempt", failed.Attempt, "wait", failed.Backoff, "error", cause(failed.ErrorObj))
		return hopeless(failed.ErrorObj)
	case socketmode.EventTypeErrorBadMessage:
		b.skip(ctx, line, evt)
		return nil
	}
	if evt.Request == nil || evt.Request.EnvelopeID == "" {
		return nil
	}
	acked := b.Meter.Taken()
	select {
	case b.slots <- struct{}{}:
		b.running.Go(func() {
			defer func() { <-b.slots }()
			b.serve(ctx, line, evt, acked)
		})
	default:
		b.refuse(ctx, line, evt)
	}
	return nil
}

// lineIs notes whether a line is open.
func (b *Bot) lineIs(line *socketmode.Client, open bool) {
	if open {
		b.open[line] = true
	} else {
		delete(b.open, line)
	}
	b.Meter.Connected(len(b.open))
}

// skip acknowledges an envelope that cannot be read: Slack would only send it
// again.
func (b *Bot) skip(ctx context.Context, line *socketmode.Client, evt socketmode.Event) {
	bad, _ := evt.Data.(*socketmode.ErrorBadMessage)
	if bad == nil {
		return
	}
	b.Log.Warn("an envelope could not be read")
	if id := envelopeOf(bad.Message); id != "" {
		b.turnAway(func() { b.ack(ctx, line, id, nil) })
	}
}

// refuse tells a person to try again. Events are left unacknowledged: Slack
// sends them again by itself.
func (b *Bot) refuse(ctx context.Context, line *socketmode.Client, evt socketmode.Event) {
	if evt.Request == nil || evt.Type == socketmode.EventTypeEventsAPI {
		return
	}
	req, ok := read(evt, b.Clock())
	if !ok {
		return
	}
	b.Meter.Refused(string(req.kind))
	b.turnAway(func() {
		req.write = b.House.For(b.House.Settings.Locale, b.House.Settings.Zone)
		rep := b.problem(req, hiring.Errorf("There is a lot going on right now. Please try again in a moment."))
		b.ack(ctx, line, evt.Request.EnvelopeID, rep.payload(req))
		if err := b.answer(ctx, req, rep, false); err != nil {
			b.Log.Warn("cannot answer", "error", cause(err))
		}
	})
}

// turnAway runs fn unless too many are being turned away already: then a
// person sees Slack's own error after three seconds.
func (b *Bot) turnAway(fn func()) {
	select {
	case b.refused <- struct{}{}:
		go func() {
			defer func() { <-b.refused }()
			fn()
		}()
	default:
		b.Log.Warn("too much at once; a request was dropped")
	}
}

// serve handles one envelope from reading to the last of what outlives it. A
// panic outside the handler leaves it unacknowledged: a form then stays open.
func (b *Bot) serve(ctx context.Context, line *socketmode.Client, evt socketmode.Event, acked func(kind string)) {
	defer func() {
		if p := recover(); p != nil {
			b.Meter.Failed(string(onOther))
			b.Log.Error("a request failed", "type", evt.Type, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	req, ok := read(evt, b.Clock())
	if !ok {
		b.ack(ctx, line, evt.Request.EnvelopeID, nil)
		acked(string(onOther))
		return
	}
	early, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	first := b.recognise(early, req)
	before := first && req.waits() || req.kind == onEvent
	if before { // reading a profile takes the time of the one call before the ack
		b.ack(ctx, line, evt.Request.EnvelopeID, nil)
		acked(string(req.kind))
	}
	if first {
		b.meet(early, req)
	}
	rep := b.attempt(early, req)
	if !before {
		b.ack(ctx, line, evt.Request.EnvelopeID, rep.payload(req))
		acked(string(req.kind))
	}
	late, cancel := context.WithTimeout(ctx, afterTime)
	defer cancel()
	b.after(late, req, rep, before)
}

// recognise fills in what the record says about the person, and returns
// whether they were never seen before.
func (b *Bot) recognise(ctx context.Context, req *request) bool {
	err := b.Record.View(ctx, func(r hiring.Record) (err error) {
		req.person, err = r.Person(req.user)
		return err
	})
	if err != nil {
		b.Log.Error("cannot read a person", "user", req.user, "error", cause(err))
		req.person = hiring.Person{ID: req.user}
	}
	settings := b.House.Settings
	req.write = b.House.For(settings.LocaleOf(req.person), settings.ZoneOf(req.person))
	return req.person.ReadAt.IsZero()
}

// meet reads the profile of a person never seen before.
func (b *Bot) meet(ctx context.Context, req *request) {
	if err := b.Directory.Learn(ctx, req.now, req.user); err != nil {
		b.suspect(ctx, err)
		b.Log.Warn("cannot read a profile", "user", req.user, "error", cause(err))
	}
	b.recognise(ctx, req)
}

// attempt runs the handler and shows the view it wants shown. Whatever goes
// wrong becomes a reply that says so.
func (b *Bot) attempt(ctx context.Context, req *request) reply {
	rep, err := b.handle(ctx, req)
	if err == nil {
		err = b.show(ctx, req, rep)
	}
	if err == nil {
		return rep
	}
	b.suspect(ctx, err)
	rep = b.problem(req, err)
	if err := b.show(ctx, req, rep); err != nil {
		b.Log.Warn("cannot show a problem", "kind", req.kind, "name", req.name, "user", req.user, "error", cause(err))
	}
	return rep
}

// panicked is a panic of a handler as an error.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// handle finds the request's route and runs its handler.
func (b *Bot) handle(ctx context.Context, req *request) (rep reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{p, debug.Stack()}
		}
	}()
	if in, err := b.admit(req); !in {
		return reply{home: req.kind == onEvent}, err
	}
	if r, ok := b.routes[routeKey{req.kind, req.name}]; ok {
		return r.handle(b, ctx, req)
	}
	return b.unknown(req)
}

// admit lets members of the workspace in and returns what everybody else is
// told. Guests have a Home, too, with nothing of anybody's on it.
func (b *Bot) admit(req *request) (in bool, err error) {
	switch p := req.person; {
	case p.ReadAt.IsZero():
		return false, hiring.Errorf("Samsvar could not read your Slack profile just now. Please try again in a moment.")
	case (p.Guest || p.Bot) && req.kind == onEvent:
		return false, nil
	case p.Guest || p.Bot:
		return false, hiring.Errorf("Samsvar is for members of the workspace; guests can't see roles or candidates. Ask a colleague in the hiring team for help.")
	default:
		return true, nil
	}
}

// after does what may outlive the acknowledgement.
func (b *Bot) after(ctx context.Context, req *request, rep reply, acked bool) {
	steps := []struct {
		what string
		do   func() error
	}{
		{"answer", func() error { return b.answer(ctx, req, rep, acked) }},
		{"publish the Home", func() error { return b.publish(ctx, req, rep) }},
		{"finish", func() error { return rep.finish(ctx) }},
		{"read a profile", func() error { return b.renew(ctx, req) }},
	}
	for _, s := range steps {
		if err := s.do(); err != nil && !errors.Is(err, hiring.ErrNothing) {
			b.suspect(ctx, err)
			b.Log.Warn("cannot "+s.what, "kind", req.kind, "name", req.name, "user", req.user, "error", cause(err))
		}
	}
}

// renew reads the person's profile again when it has grown old.
func (b *Bot) renew(ctx context.Context, req *request) error {
	if req.now.Sub(req.person.ReadAt) < freshness {
		return nil
	}
	return b.Directory.Learn(ctx, req.now, req.user)
}

// ack queues an acknowledgement.
func (b *Bot) ack(ctx context.Context, line *socketmode.Client, envelope string, payload any) {
	ctx, cancel := context.WithTimeout(ctx, queueTime)
	defer cancel()
	if err := line.AckCtx(ctx, envelope, payload); err != nil {
		b.Log.Error("cannot acknowledge an envelope", "error", cause(err))
	}
}
