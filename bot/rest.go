package bot

import (
	"sync"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// rests are the pauses of what keeps its place in the queue: what goes to the
// same conversation and is as urgent waits with it, so that nothing is said
// before what came earlier. They are for several goroutines at once. A restart
// forgets them: one try more.
type rests struct {
	mu    sync.Mutex
	until map[turn]time.Time
}

// turn is what is as urgent in one conversation.
type turn struct {
	urgency hiring.Urgency
	to      hiring.Conversation
}

func newRests() rests { return rests{until: make(map[turn]time.Time)} }

// rest has a turn wait.
func (r *rests) rest(t turn, until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until[t] = until
}

// of returns until when a turn waits; zero when it does not.
func (r *rests) of(t turn, now time.Time) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	until := ahead(r.until[t], now, maxPause)
	if until.IsZero() {
		delete(r.until, t)
	}
	return until
}

// keepPlace has a notice wait where it stands in the queue, and what is to
// follow it with it. It returns the time to put it back for: the one that it
// had. An edit has no place to keep: it says what is so when it is made.
func (c *Courier) keepPlace(n hiring.Notice, now time.Time, pause time.Duration) time.Time {
	if n.Kind == hiring.RefreshMessage {
		return now.Add(min(pause, hiring.LongestPause))
	}
	c.rests.rest(turnOf(n), now.Add(min(pause, maxPause)))
	return n.NotBefore
}

func turnOf(n hiring.Notice) turn { return turn{n.Kind.Urgency(), n.To()} }

// mayGo says whether nothing there has to wait.
func (c *Courier) mayGo(now time.Time, u hiring.Urgency, to hiring.Conversation) bool {
	return c.limits.held(now, to).IsZero() && c.rests.of(turn{u, to}, now).IsZero()
}

// soonest returns the earlier of two times.
func soonest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
