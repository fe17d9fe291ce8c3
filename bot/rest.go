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
	until map[stream]time.Time
}

// stream is what is as urgent in one conversation.
type stream struct {
	urgency hiring.Urgency
	to      hiring.Conversation
}

func newRests() rests { return rests{until: make(map[stream]time.Time)} }

// rest has a stream wait.
func (r *rests) rest(s stream, until time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until[s] = until
}

// of returns until when a stream waits; zero when it does not.
func (r *rests) of(s stream, now time.Time) time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	until := ahead(r.until[s], now, maxPause)
	if until.IsZero() {
		delete(r.until, s)
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
	c.rests.rest(streamOf(n), now.Add(min(pause, maxPause)))
	return n.NotBefore
}

func streamOf(n hiring.Notice) stream { return stream{n.Kind.Urgency(), n.To()} }

// mayGo says whether nothing there has to wait. Edits wait for themselves alone.
func (c *Courier) mayGo(now time.Time, u hiring.Urgency, to hiring.Conversation) bool {
	s := stream{u, to}
	return shows(u) == updateMessage || c.limits.held(now, to).IsZero() && c.rests.of(s, now).IsZero() && !c.doubts.holdUp(s, now)
}
