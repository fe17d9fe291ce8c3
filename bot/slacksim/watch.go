package slacksim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrGaveUp says that what was awaited did not happen in time.
var ErrGaveUp = errors.New("it did not happen in time")

// Await waits until cond is true; it is asked again after every change.
func (s *Slack) Await(ctx context.Context, cond func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ErrGaveUp, ctx.Err())
		}
	}
}

// AwaitConnected waits until the app has n sockets open.
func (s *Slack) AwaitConnected(ctx context.Context, n int) error {
	return s.Await(ctx, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.sockets) >= n
	})
}

// Connections returns how many sockets the app has open.
func (s *Slack) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// EventKind says what happened.
type EventKind string

// What can happen.
const (
	MessagePosted  EventKind = "posted"
	MessageUpdated EventKind = "updated"
	MessageDeleted EventKind = "deleted"
	ViewOpened     EventKind = "view opened"
	ViewUpdated    EventKind = "view updated"
	ViewClosed     EventKind = "view closed"
	HomePublished  EventKind = "home published"
	PersonActed    EventKind = "acted"
	MessagesRead   EventKind = "read"
	ClockMoved     EventKind = "clock moved"
	WentOverWire   EventKind = "wire"
)

// Event is something that happened, for whoever watches.
type Event struct {
	Kind    EventKind
	At      time.Time
	User    string  // who sees the view, or who acted
	Channel string  // where the message stands
	Message Message // for messages
	View    View    // for views
	Act     string  // for acts: /hire intake, [Give feedback] …
	Wire    Wire    // for what went over the wire
}

type watcher struct{ tell func(Event) }

// Watch calls fn with everything that happens from now on, in order, until
// stop is called. fn is called with Slack's lock held: it must be quick and
// call nothing of Slack.
func (s *Slack) Watch(fn func(Event)) (stop func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &watcher{fn}
	s.watchers = append(s.watchers, w)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.watchers = slices.DeleteFunc(s.watchers, func(o *watcher) bool { return o == w })
	}
}

// tell tells the watchers and wakes the waiting; the lock is held.
func (s *Slack) tell(e Event) {
	e.At = s.o.Clock()
	for _, w := range s.watchers {
		w.tell(e)
	}
	s.touch()
}
