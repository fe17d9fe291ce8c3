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
	status     int    // answered before any effect; 0 for none
	retryAfter time.Duration
	lost       bool // the reply is lost after the effect
	delay      time.Duration
	left       int
}

// faults are waiting to happen, in order.
type faults struct {
	mu      sync.Mutex
	waiting []*fault
	double  int
}

func (f *faults) add(x fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = append(f.waiting, &x)
}

// next takes the fault that a call meets, nil for none.
func (f *faults) next(method string) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, x := range f.waiting {
		if x.method != "" && x.method != method {
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
	Kind   string `json:"kind"`   // 429, 500, lose, delay or twice
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
		case x.lost:
			kind = "lose"
		case x.status != 0:
			kind = strconv.Itoa(x.status)
		}
		out = append(out, Fault{kind, x.method, x.left})
	}
	if f.double > 0 {
		out = append(out, Fault{"twice", "", f.double})
	}
	return out
}

func (f *faults) duplicates() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.double == 0 {
		return 0
	}
	f.double--
	return 1
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

// LoseReply lets the next n calls of a method take effect and then closes the
// connection instead of answering.
func (s *Slack) LoseReply(method string, n int) {
	s.faults.add(fault{method: method, lost: true, left: n})
}

// Delay keeps the next n calls of a method waiting, in real time.
func (s *Slack) Delay(method string, n int, d time.Duration) {
	s.faults.add(fault{method: method, delay: d, left: n})
}

// DeliverTwice sends the next n envelopes twice.
func (s *Slack) DeliverTwice(n int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.double += n
}

// Revoke makes Slack refuse a token from now on.
func (s *Slack) Revoke(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked[token] = true
}
