package bot

import (
	"context"
	"net/http"
	"path"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of pacing. Slack-go reconnects without a pause when Slack answers
// too_many_websockets: it made 6,893 attempts in two seconds.
const (
	minGap    = time.Second
	maxGap    = 30 * time.Second
	calm      = time.Minute // after this long without an attempt the gap is the least again
	callLimit = 40 * time.Second
)

// Pace is what every call to Slack passes, so that all of them together keep
// to its limits. What somebody waits for goes at once and is counted; what can
// wait asks for leave first, and gets it as long as enough is left for people.
// Attempts to connect are spaced: one second at first, twice as long with each
// that follows soon, up to 30 seconds.
type Pace struct {
	next   http.RoundTripper
	clock  func() time.Time
	limits *limits

	connecting sync.Mutex // held while waiting: attempts queue up
	last       time.Time
	gap        time.Duration
}

// NewPace returns a pace for the calls that go through next.
func NewPace(next http.RoundTripper, clock func() time.Time) *Pace {
	return &Pace{next: next, clock: clock, limits: newLimits()}
}

// Client returns a client for Slack's Web API that keeps the pace and gives up
// after a while.
func (p *Pace) Client() *http.Client { return &http.Client{Transport: p, Timeout: callLimit} }

// RoundTrip implements [http.RoundTripper].
func (p *Pace) RoundTrip(r *http.Request) (*http.Response, error) {
	method := methodOf(r)
	if method == "apps.connections.open" {
		if err := p.connect(r.Context()); err != nil {
			return nil, err
		}
	}
	if granted, _ := r.Context().Value(leave(method)).(*atomic.Bool); granted == nil || !granted.CompareAndSwap(true, false) {
		p.limits.spend(p.clock(), method)
	}
	answer, err := p.next.RoundTrip(r)
	if err == nil && answer.StatusCode == http.StatusTooManyRequests {
		p.limits.tooMany(p.clock(), method, retryAfter(answer))
	}
	return answer, err
}

// methodOf names the method of Slack's API that is called; empty for an answer
// to a response URL and the contents of a file. It goes by the method's name
// alone: under which address the API stands is configured, and no address may
// switch the pace off.
func methodOf(r *http.Request) string {
	if method := path.Base(r.URL.Path); slices.Contains(methods, method) {
		return method
	}
	return ""
}

// retryAfter returns for how long Slack wants to be left alone.
func retryAfter(answer *http.Response) time.Duration {
	seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
	if err != nil {
		return limitTime
	}
	return bounded(time.Duration(seconds) * time.Second)
}

// leave marks a context with a method that may be called once and is counted
// already.
type leave string

func granted(ctx context.Context, methods ...string) context.Context {
	for _, m := range methods {
		once := new(atomic.Bool)
		once.Store(true)
		ctx = context.WithValue(ctx, leave(m), once)
	}
	return ctx
}

// try returns a context to call a method with, if it may be called now by what
// can wait.
func (p *Pace) try(ctx context.Context, method string) (context.Context, bool) {
	taken, _ := p.limits.try(p.clock(), method)
	if !taken {
		return ctx, false
	}
	return granted(ctx, method), true
}

// await waits until a method may be called by what can wait, and returns a
// context to call it with.
func (p *Pace) await(ctx context.Context, method string) (context.Context, error) {
	for {
		now := p.clock()
		taken, next := p.limits.try(now, method)
		if taken {
			return granted(ctx, method), nil
		}
		if !pause(ctx, max(minSleep, min(maxSleep, next.Sub(now)))) {
			return ctx, ctx.Err()
		}
	}
}

// connect waits until it may be tried to connect.
func (p *Pace) connect(ctx context.Context) error {
	p.connecting.Lock()
	defer p.connecting.Unlock()
	now := p.clock()
	if p.last.IsZero() || now.Sub(p.last) > calm {
		p.last, p.gap = now, minGap
		return nil
	}
	wait := min(p.gap, p.last.Add(p.gap).Sub(now)) // a clock that was set back must not stretch it
	if !pause(ctx, wait) {
		return ctx.Err()
	}
	p.last, p.gap = p.clock(), min(2*p.gap, maxGap)
	return nil
}

// Pauses that Slack may ask for before an answer to a person is tried once
// more: a trigger lives three seconds, a person looks for a while.
const (
	triggerPause = time.Second
	answerPause  = 10 * time.Second
)

// patiently makes a call that somebody waits for, and once more when Slack
// wants it made after a pause that is not too long.
func patiently(ctx context.Context, longest time.Duration, call func() error) error {
	err := call()
	if wait, limited := rateLimited(err); limited && wait <= longest && pause(ctx, wait) {
		err = call()
	}
	return err
}
