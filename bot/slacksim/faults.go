package slacksim

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// fault is what goes wrong with one call.
type fault struct {
	method     string // empty for any
	user       string // whom the call is about; empty for anybody
	status     int    // answered instead; 0 for none
	word       string // Slack's error, answered instead with the status 200
	done       bool   // the status is answered after the effect, not before
	retryAfter time.Duration
	lost       bool // the reply is lost after the effect
	delay      time.Duration
	held       <-chan struct{} // the call waits until it is closed; nil for not
	left       int
}

// refuses says whether the call has no effect.
func (f *fault) refuses() bool { return f != nil && (f.word != "" || f.status != 0 && !f.done) }

// refusal is what is answered in place of an effect, and the seconds after
// which the call is welcome; 0 where Slack does not say.
func (f *fault) refusal() (status, wait int, no *apiError) {
	if f.word != "" {
		return http.StatusOK, 0, &apiError{word: f.word}
	}
	if f.status == http.StatusTooManyRequests {
		return f.status, max(1, int(f.retryAfter/time.Second)), &apiError{word: "ratelimited"}
	}
	return f.status, 0, &apiError{word: "internal_error"}
}

// waited keeps a call waiting; false when the app gave up meanwhile.
func (f *fault) waited(r *http.Request) bool {
	if f == nil || f.delay == 0 && f.held == nil {
		return true
	}
	over := f.held
	if over == nil {
		past := make(chan struct{})
		defer time.AfterFunc(f.delay, func() { close(past) }).Stop()
		over = past
	}
	select {
	case <-over:
		return true
	case <-r.Context().Done():
		return false
	}
}

// spoils answers with something else than what the effect brought about, or not
// at all; false when the answer stands.
func (f *fault) spoils(w http.ResponseWriter) bool {
	switch {
	case f == nil:
		return false
	case f.lost:
		panic(http.ErrAbortHandler) // closes the connection
	case f.done:
		writeAnswer(w, f.status, nil, &apiError{word: "internal_error"})
		return true
	}
	return false
}

// faults are waiting to happen, in order.
type faults struct {
	mu      sync.Mutex
	waiting []*fault
	double  int             // envelopes to be sent twice
	again   []time.Duration // pauses after which envelopes are to be sent once more
	unheard int             // acknowledgements to be lost
	crowded int             // sockets to be turned away
}

func (f *faults) add(x fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = append(f.waiting, &x)
}

// next takes the fault that a call meets, nil for none.
func (f *faults) next(method string, a args) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, x := range f.waiting {
		if x.method != "" && x.method != method || x.user != "" && x.user != a["user"] {
			continue
		}
		if x.left--; x.left <= 0 {
			f.waiting = append(f.waiting[:i:i], f.waiting[i+1:]...)
		}
		return x
	}
	return nil
}

// Fault is something that will go wrong.
type Fault struct {
	Kind   string `json:"kind"`   // 429, 500, no, after, lose, delay, twice, again, unheard or crowd
	Method string `json:"method"` // empty for any
	Left   int    `json:"left"`   // how often
}

// Faults returns what is still to go wrong.
func (s *Slack) Faults() []Fault {
	f := &s.faults
	f.mu.Lock()
	defer f.mu.Unlock()
	out := []Fault{}
	for _, x := range f.waiting {
		kind := "delay"
		switch {
		case x.word != "":
			kind = "no"
		case x.lost:
			kind = "lose"
		case x.done:
			kind = "after"
		case x.status != 0:
			kind = strconv.Itoa(x.status)
		}
		out = append(out, Fault{kind, x.method, x.left})
	}
	for _, x := range []Fault{{"twice", "", f.double}, {"again", "", len(f.again)}, {"unheard", "", f.unheard}, {"crowd", "", f.crowded}} {
		if x.Left > 0 {
			out = append(out, x)
		}
	}
	return out
}

// one takes one of what is left of a fault; false when nothing is.
func (f *faults) one(left *int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if *left == 0 {
		return false
	}
	*left--
	return true
}

// Heal takes back everything that was still to go wrong, limits that Slack
// itself sets and tokens revoked aside.
func (s *Slack) Heal() {
	f := &s.faults
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting, f.double, f.again, f.unheard, f.crowded = nil, 0, nil, 0, 0
}

// RateLimit answers the next n calls of a method (empty for any) with 429.
func (s *Slack) RateLimit(method string, n int, retryAfter time.Duration) {
	s.faults.add(fault{method: method, status: http.StatusTooManyRequests, retryAfter: retryAfter, left: n})
}

// Fail answers the next n calls of a method (empty for any) with a status of
// 5xx, before any effect.
func (s *Slack) Fail(method string, n, status int) {
	s.faults.add(fault{method: method, status: status, left: n})
}

// Refuse answers the next n calls of a method (empty for any) with an error word
// of Slack's, without any effect.
func (s *Slack) Refuse(method string, n int, word string) {
	s.faults.add(fault{method: method, word: word, left: n})
}

// FailAfter lets the next n calls of a method (empty for any) take effect and
// answers them with a status of 5xx all the same.
func (s *Slack) FailAfter(method string, n, status int) {
	s.faults.add(fault{method: method, status: status, done: true, left: n})
}

// LoseReply lets the next n calls of a method take effect and then closes the
// connection instead of answering.
func (s *Slack) LoseReply(method string, n int) {
	s.faults.add(fault{method: method, lost: true, left: n})
}

// Delay keeps the next n calls of a method waiting, in real time.
func (s *Slack) Delay(method string, n int, d time.Duration) {
	s.faults.add(fault{method: method, delay: d, left: n})
}

// Hold keeps the next n calls of a method about a person (empty for anybody)
// waiting until release is called, as often as one likes.
func (s *Slack) Hold(method, user string, n int) (release func()) {
	held := make(chan struct{})
	s.faults.add(fault{method: method, user: user, held: held, left: n})
	return sync.OnceFunc(func() { close(held) })
}

// DeliverTwice sends the next n envelopes twice.
func (s *Slack) DeliverTwice(n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.double += n
}

// DeliverAgain sends the next n envelopes once more after a pause in real time,
// acknowledged or not; the app may be another process by then.
func (s *Slack) DeliverAgain(n int, pause time.Duration) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for range n {
		s.faults.again = append(s.faults.again, pause)
	}
}

// repeat sends an envelope once more when that is to go wrong.
func (s *Slack) repeat(body object) {
	f := &s.faults
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.again) == 0 {
		return
	}
	pause := f.again[0]
	f.again = f.again[1:]
	s.events.Go(func() {
		if s.pause(pause) {
			s.toSocket(body, time.After(s.o.AckTime))
		}
	})
}

// LoseAcks loses the next n acknowledgements of the app: whoever acted sees
// that it did not answer, and events come again.
func (s *Slack) LoseAcks(n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.unheard += n
}

// Crowd turns the next n sockets away with too_many_websockets.
func (s *Slack) Crowd(n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.crowded += n
}

// Revoke makes Slack refuse a token from now on.
func (s *Slack) Revoke(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked[token] = true
}
