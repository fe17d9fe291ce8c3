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
		b.Meter.Connected(b.lines.is(line, false))
		return nil
	case socketmode.EventTypeHello:
		b.Meter.Connected(b.lines.is(line, true))
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
	took := b.Meter.Taken()
	select {
	case b.slots <- struct{}{}:
		e := &envelope{bot: b, ctx: ctx, line: line, evt: evt, took: took, place: b.lanes.take()}
		b.running.Go(func() {
			defer func() { <-b.slots }()
			b.serve(e)
		})
	default:
		b.refuse(ctx, line, evt)
	}
	return nil
}

// skip leaves an envelope that cannot be read. Of an event it is acknowledged,
// as Slack would only send it again; of what a person did it is not, as Slack
// then says that it did not work and keeps the form open.
func (b *Bot) skip(ctx context.Context, line *socketmode.Client, evt socketmode.Event) {
	bad, _ := evt.Data.(*socketmode.ErrorBadMessage)
	if bad == nil {
		return
	}
	b.Log.Warn("an envelope could not be read")
	if id := eventIn(bad.Message); id != "" {
		b.turnAway(func() { b.ack(ctx, line, id, nil) })
	}
}

// refuse tells a person to try again, unless what comes in is another delivery of
// what was answered. Events are left unacknowledged: Slack sends them again by
// itself.
func (b *Bot) refuse(ctx context.Context, line *socketmode.Client, evt socketmode.Event) {
	if evt.Request == nil || evt.Request.EnvelopeID == "" { // of the connection, not a request
		return
	}
	req, ok := read(evt, b.Clock())
	if !ok {
		b.Meter.Refused(string(onOther))
		return
	}
	b.Meter.Refused(string(req.kind))
	if req.kind == onEvent {
		return
	}
	if req.waits() && b.said.holds(req.trigger) {
		b.turnAway(func() { b.ack(ctx, line, evt.Request.EnvelopeID, nil) })
		return
	}
	b.turnAway(func() {
		req.write = b.house().For(b.house().Settings.Locale, b.house().Settings.Zone)
		rep := b.problem(req, errBusy)
		payload := rep.payload(req)
		b.ack(ctx, line, evt.Request.EnvelopeID, payload)
		ctx, cancel := context.WithTimeout(ctx, callTime)
		defer cancel()
		if err := errors.Join(b.answer(ctx, req, rep.rest(req, payload)), b.show(ctx, req, rep)); err != nil { // it is one of them
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
func (b *Bot) serve(e *envelope) {
	defer e.pass()
	defer func() {
		if p := recover(); p != nil {
			b.Meter.Failed(string(onOther))
			b.Log.Error("a request failed", "type", e.evt.Type, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	req, ok := read(e.evt, b.Clock())
	if !ok {
		e.answer(onOther, nil)
		return
	}
	defer e.soon(req)()
	defer b.working.begin(req)()
	early, cancel := context.WithTimeout(e.ctx, timeFor(req))
	defer cancel()
	first := b.recognise(early, req) && req.user != ""
	e.speak(req.write)
	if first && req.waits() || req.kind == onEvent { // reading a profile is a call to Slack
		e.answer(req.kind, nil)
	}
	turn := b.lanes.find(early, e.place, b.laneOf(early, req))
	defer turn.leave()
	if first {
		b.meet(early, req)
	}
	rep, rode := b.attempt(early, e, req, turn)
	if rode {
		b.working.rode(req)
	}
	late, cancel := context.WithTimeout(e.ctx, afterTime)
	defer cancel()
	b.after(late, req, rep, !rode)
}

// timeFor returns how long a handler may take. A trigger dies after three
// seconds; of a submission that takes long the person is told so.
func timeFor(req *request) time.Duration {
	if req.kind == onSubmit {
		return afterTime
	}
	return ackTime
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
	settings := b.house().Settings
	req.write = b.house().For(settings.LocaleOf(req.person), settings.ZoneOf(req.person))
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

// attempt runs the handler, acknowledges, and shows the view it wants shown,
// in this order: Slack may take its time. Whatever goes wrong becomes a reply
// that says so. rode says that the reply was on the acknowledgement.
func (b *Bot) attempt(ctx context.Context, e *envelope, req *request, turn turn) (rep reply, rode bool) {
	rep, err := b.inTurn(ctx, turn, req)
	if err != nil {
		b.suspect(ctx, err)
		rep = b.problem(req, err)
	}
	payload, whole := fitting(req, rep.payload(req))
	if rode = e.answer(req.kind, payload) && whole; rode {
		rep = rep.rest(req, payload)
	}
	err2 := b.show(e.ctx, req, rep)
	if err2 == nil {
		return rep, rode
	}
	b.suspect(ctx, err2)
	if err == nil {
		rep, rode = b.problem(req, err2), false
		err2 = b.show(e.ctx, req, rep)
	}
	if err2 != nil {
		b.Log.Warn("cannot show a problem", "kind", req.kind, "name", req.name, "user", req.user, "error", cause(err2))
	}
	return rep, rode
}

// inTurn runs the handler when it is the turn of what came in about the role.
func (b *Bot) inTurn(ctx context.Context, turn turn, req *request) (reply, error) {
	defer turn.leave()
	if err := turn.wait(ctx); err != nil {
		return reply{}, err
	}
	return b.handle(ctx, req)
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
	case req.opens != "": // nobody did it
		return true, nil
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
func (b *Bot) after(ctx context.Context, req *request, rep reply, late bool) {
	b.touch(req)
	rep = b.unsaid(req, rep)
	steps := []struct {
		what string
		do   func() error
	}{
		{"answer", func() error { return b.answer(ctx, req, rep) }},
		{"show what came of a form", func() error {
			if !late || req.kind != onSubmit {
				return nil
			}
			return b.showFinished(ctx, req, rep)
		}},
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
	if req.user == "" || req.now.Sub(req.person.ReadAt) < freshness {
		return nil
	}
	return b.Directory.Learn(ctx, req.now, req.user)
}

// ack queues an acknowledgement of what came in on a line.
func (b *Bot) ack(ctx context.Context, line *socketmode.Client, envelope string, payload any) {
	ctx, cancel := context.WithTimeout(ctx, queueTime)
	defer cancel()
	if err := b.lines.instead(line).AckCtx(ctx, envelope, payload); err != nil {
		b.Log.Error("cannot acknowledge an envelope", "error", cause(err))
	}
}
