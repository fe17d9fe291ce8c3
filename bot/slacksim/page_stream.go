package slacksim

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// maxBacklog is how many events wait for a slow browser before it is told to
// load everything again.
const maxBacklog = 1000

// calm is for how long a stream waits for more before it tells, so that what
// happens at once is told at once.
const calm = 20 * time.Millisecond

// backlog holds what happened since a browser was last told.
type backlog struct {
	mu     sync.Mutex
	events []Event
	over   bool
	some   chan struct{}
}

func (b *backlog) hear(e Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.events) < maxBacklog {
		b.events = append(b.events, e)
	} else {
		b.over = true
	}
	select {
	case b.some <- struct{}{}:
	default:
	}
}

func (b *backlog) take() (events []Event, over bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	events, over = b.events, b.over
	b.events, b.over = nil, false
	return events, over
}

// stream tells a browser what a person sees: first everything, then what
// changes (server-sent events).
func (s *Slack) stream(w http.ResponseWriter, r *http.Request) {
	user := r.URL.Query().Get("person")
	s.mu.Lock()
	u := s.users[user]
	known := u != nil && !u.IsBot
	s.mu.Unlock()
	if !known {
		http.Error(w, "Nobody has that id.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	heard := &backlog{some: make(chan struct{}, 1)}
	defer s.Watch(heard.hear)()
	out := &streamer{s: s, w: w, control: http.NewResponseController(w), user: user}
	out.everything()
	for {
		changed := s.changes()
		select {
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		case <-heard.some:
		case <-changed:
		}
		if !s.pause(calm) {
			return
		}
		events, over := heard.take()
		if over {
			out.everything()
			out.send("reload", object{})
		} else {
			out.tell(events)
		}
		if out.failed {
			return
		}
	}
}

// changes returns a channel that is closed at the next change.
func (s *Slack) changes() chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// streamer writes to one browser.
type streamer struct {
	s       *Slack
	w       http.ResponseWriter
	control *http.ResponseController
	user    string
	failed  bool
	last    []byte // the workspace as told, but for its time
}

func (o *streamer) send(name string, v any) {
	raw, err := json.Marshal(v)
	if err == nil {
		_, err = fmt.Fprintf(o.w, "event: %s\ndata: %s\n\n", name, raw)
	}
	if err == nil {
		err = o.control.Flush()
	}
	o.failed = o.failed || err != nil
}

// everything sends the whole picture.
func (o *streamer) everything() {
	o.workspace(true)
	o.s.mu.Lock()
	wire := o.s.wire[max(0, len(o.s.wire)-50):]
	o.s.mu.Unlock()
	for _, x := range wire {
		o.wire(x)
	}
	o.modals()
	o.home()
}

// workspace sends the workspace if it has changed; moved says that the clock
// was moved.
func (o *streamer) workspace(moved bool) {
	now := o.s.workspace(o.user)
	still := now
	still.Now = time.Time{}
	raw, err := json.Marshal(still)
	if err == nil && !moved && bytes.Equal(raw, o.last) {
		return
	}
	o.last = raw
	o.send("workspace", now)
}

func (o *streamer) modals() {
	o.s.mu.Lock()
	stack := []object{}
	for _, v := range o.s.stacks[o.user] {
		stack = append(stack, o.s.pageView(v))
	}
	o.s.mu.Unlock()
	o.send("modals", stack)
}

func (o *streamer) home() {
	o.s.mu.Lock()
	v := o.s.pageView(o.s.homes[o.user])
	o.s.mu.Unlock()
	o.send("home", v)
}

func (o *streamer) wire(w Wire) {
	dir := "in"
	if w.Out {
		dir = "out"
	}
	o.send("wire", object{"at": w.At, "dir": dir, "what": w.What, "who": w.Who, "result": w.Result, "body": w.Body})
}

// tell sends what the events changed for the person.
func (o *streamer) tell(events []Event) {
	modals, home, moved := false, false, false
	for _, e := range events {
		switch e.Kind {
		case MessagePosted, MessageUpdated, MessageDeleted:
			o.message(e)
		case ViewOpened, ViewUpdated, ViewClosed:
			modals = modals || e.User == o.user
		case HomePublished:
			home = home || e.User == o.user
		case ClockMoved:
			moved = true
		case WentOverWire:
			o.wire(e.Wire)
		}
	}
	if modals {
		o.modals()
	}
	if home {
		o.home()
	}
	o.workspace(moved)
}

// message sends a message if the person sees it.
func (o *streamer) message(e Event) {
	o.s.mu.Lock()
	c := o.s.channels[e.Channel]
	seen := c != nil && c.seenBy(o.user) && (!e.Message.Ephemeral || e.User == o.user)
	replies := 0
	thread := cmp.Or(e.Message.Thread, e.Message.TS) // a reply says how many there are, as the first message does
	if seen {
		for _, m := range c.messages {
			if m.thread == thread && m.ts != thread {
				replies++
			}
		}
	}
	o.s.mu.Unlock()
	if !seen {
		return
	}
	answer := object{"channel": e.Channel, "ts": e.Message.TS, "message": nil}
	if e.Kind != MessageDeleted {
		answer["message"] = toPage(e.Message, replies)
	}
	o.send("message", answer)
}
