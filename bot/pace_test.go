package bot

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

// attempts calls a method n times and returns how long after the start each
// call went out.
func attempts(t *testing.T, p http.RoundTripper, ctx context.Context, method string, n int, pause time.Duration) {
	t.Helper()
	for range n {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://slack.com/api/"+method, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.RoundTrip(r); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
		time.Sleep(pause)
	}
}

func TestPace(t *testing.T) {
	for _, c := range []struct {
		what   string
		method string
		pause  time.Duration // between an answer and the next attempt
		want   []time.Duration
	}{
		{"attempts to connect are spaced more and more", "apps.connections.open", 0, []time.Duration{0, 1, 3, 7, 15, 31, 61, 91}},
		{"everything else passes at once", "views.open", 0, []time.Duration{0, 0, 0, 0}},
		{"after a calm minute the gap is short again", "apps.connections.open", 2 * time.Minute, []time.Duration{0, 120, 240}},
		{"time that passes by itself counts", "apps.connections.open", time.Second, []time.Duration{0, 1, 3, 7}},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			var went []time.Duration
			p := NewPace(transport(func(*http.Request) (*http.Response, error) {
				went = append(went, time.Since(start))
				return &http.Response{}, nil
			}), time.Now)
			attempts(t, p, t.Context(), c.method, len(c.want), c.pause)
			for i, w := range c.want {
				if went[i] != w*time.Second {
					t.Errorf("%s: attempt %d went out after %v, want %v", c.what, i+1, went[i], w*time.Second)
				}
			}
		})
	}
}

func TestPaceStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(transport(func(*http.Request) (*http.Response, error) { return &http.Response{}, nil }), time.Now)
		attempts(t, p, t.Context(), "apps.connections.open", 1, 0)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		r, _ := http.NewRequestWithContext(ctx, http.MethodPost, "https://slack.com/api/apps.connections.open", nil)
		if _, err := p.RoundTrip(r); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting ended with %v, want the deadline's error", err)
		}
	})
}
