package bot

import (
	"context"
	"net/http"
	"strings"
	"sync"
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

// HTTPClient returns a client for Slack's Web API that gives up after a while
// and spaces out attempts to connect.
func HTTPClient(clock func() time.Time) *http.Client {
	return &http.Client{Transport: Pace(http.DefaultTransport, clock), Timeout: callLimit}
}

// Pace returns a transport that spaces out calls to apps.connections.open:
// one second at first, twice as long with each attempt that follows soon, up
// to 30 seconds. All else passes at once.
func Pace(next http.RoundTripper, clock func() time.Time) http.RoundTripper {
	return &spacing{next: next, clock: clock}
}

type spacing struct {
	next  http.RoundTripper
	clock func() time.Time

	mu   sync.Mutex // held while waiting: attempts queue up
	last time.Time
	gap  time.Duration
}

// RoundTrip implements [http.RoundTripper].
func (p *spacing) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasSuffix(r.URL.Path, "/apps.connections.open") {
		if err := p.wait(r.Context()); err != nil {
			return nil, err
		}
	}
	return p.next.RoundTrip(r)
}

func (p *spacing) wait(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.clock()
	if p.last.IsZero() || now.Sub(p.last) > calm {
		p.last, p.gap = now, minGap
		return nil
	}
	timer := time.NewTimer(min(p.gap, p.last.Add(p.gap).Sub(now))) // a clock that was set back must not stretch it
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	p.last, p.gap = p.clock(), min(2*p.gap, maxGap)
	return nil
}
