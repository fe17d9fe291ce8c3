package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

type transport func(*http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

// attempts calls a method n times, with a pause after each. The API stands at
// an address of its own, as behind a proxy.
func attempts(t *testing.T, p http.RoundTripper, ctx context.Context, method string, n int, pause time.Duration) {
	t.Helper()
	for range n {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://proxy.example.com/slack/"+method, nil)
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

// TestThePaceHoldsWhateverTheAddress of the API is; answers to response URLs and
// the contents of files have none.
func TestThePaceHoldsWhateverTheAddress(t *testing.T) {
	for address, method := range map[string]string{
		"https://slack.com/api/chat.postMessage":                         "chat.postMessage",
		"https://proxy.example.com/slack/apps.connections.open":          "apps.connections.open",
		"http://127.0.0.1:8080/views.open":                               "views.open",
		"https://hooks.slack.com/commands/T123/456/chat":                 "",
		"https://hooks.slack.com/api/aBcD":                               "",
		"https://files.slack.com/upload/v1/CwABAAAAXAoAAVnX.chat.update": "",
		"https://slack.com":                                              "",
	} {
		r := httptest.NewRequest(http.MethodPost, address, nil)
		if got := methodOf(r); got != method {
			t.Errorf("%s: %q, want %q", address, got, method)
		}
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

// TestEveryMethodHasALimit goes through all methods that are called: each is
// counted but for the two that Slack limits specially.
func TestEveryMethodHasALimit(t *testing.T) {
	for _, m := range Methods() {
		if special := m == "auth.test" || m == "apps.connections.open"; special == (tiers[m] > 0) {
			t.Errorf("%s: %d calls a minute", m, tiers[m])
		}
	}
	if len(tiers) != len(Methods())-2 {
		t.Errorf("%d methods have limits, %d are called", len(tiers), len(Methods()))
	}
}

// counting is a Slack that takes a tier's calls a minute of each method.
type counting struct {
	mu      sync.Mutex
	taken   map[string][]time.Time
	refused int
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	method := methodOf(r)
	lately := slices.DeleteFunc(c.taken[method], func(at time.Time) bool { return time.Since(at) >= time.Minute })
	w := httptest.NewRecorder()
	if len(lately) >= tiers[method] {
		c.refused++
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusTooManyRequests)
	} else {
		lately = append(lately, time.Now())
	}
	c.taken[method] = lately
	return w.Result(), nil
}

// TestPeopleGoFirst has work that can wait call a method as fast as it may,
// while people need it too, now and then two at once: no person waits or is
// refused, and the rest uses what they leave.
func TestPeopleGoFirst(t *testing.T) {
	for _, method := range []string{userInfo, channelInfo, openConversation, publishView} {
		synctest.Test(t, func(t *testing.T) {
			c := &counting{taken: make(map[string][]time.Time)}
			p := NewPace(c, time.Now)
			ctx, stop := context.WithTimeout(t.Context(), 10*time.Minute)
			defer stop()
			call := func(ctx context.Context) {
				r, _ := http.NewRequestWithContext(ctx, http.MethodPost, "https://slack.com/api/"+method, nil)
				if _, err := p.RoundTrip(r); err != nil {
					t.Error(err)
				}
			}
			background, people := 0, 0
			go func() {
				for {
					granted, err := p.await(ctx, method)
					if err != nil {
						return
					}
					call(granted)
					background++
				}
			}()
			for ctx.Err() == nil {
				began := time.Now()
				call(t.Context())
				call(t.Context())
				if people += 2; time.Since(began) != 0 {
					t.Errorf("%s: a person waited for %v", method, time.Since(began))
				}
				pause(ctx, 10*time.Second)
			}
			synctest.Wait()
			if c.refused != 0 {
				t.Errorf("%s: %d calls were refused", method, c.refused)
			}
			if most := 10 * tiers[method]; people+background < most*85/100 {
				t.Errorf("%s: %d calls of people and %d others; %d were allowed", method, people, background, most)
			}
		})
	}
}

// TestALimitIsLearnedFromAnyCall has Slack refuse a call that a person waited
// for: what can wait then does.
func TestALimitIsLearnedFromAnyCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(transport(func(*http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
			return w.Result(), nil
		}), time.Now)
		attempts(t, p, t.Context(), publishView, 1, 0)
		if _, may := p.try(t.Context(), publishView); may {
			t.Error("it may be called at once")
		}
		began := time.Now()
		if _, err := p.await(t.Context(), publishView); err != nil || time.Since(began) < 7*time.Second {
			t.Errorf("it may be called after %v, %v", time.Since(began), err)
		}
		if _, may := p.try(t.Context(), userInfo); !may {
			t.Error("another method may not be called")
		}
	})
}

// TestLeaveIsForOneCall has a call that was granted be repeated: the second is
// counted.
func TestLeaveIsForOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPace(transport(func(*http.Request) (*http.Response, error) { return httptest.NewRecorder().Result(), nil }), time.Now)
		before, _ := p.limits.left(time.Now(), userInfo)
		ctx, may := p.try(t.Context(), userInfo)
		if !may {
			t.Fatal("it may not be called")
		}
		attempts(t, p, ctx, userInfo, 2, 0)
		if after, _ := p.limits.left(time.Now(), userInfo); before-after != 2 {
			t.Errorf("two calls were counted as %d", before-after)
		}
	})
}

// TestHomesOfOthersKeepThePace has many Homes go stale at once, one of them
// again and again: all are rendered anew, within the limit, that one once.
func TestHomesOfOthersKeepThePace(t *testing.T) {
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: hiring.Settings{Zone: time.UTC}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		published, refused := make(map[string]int), 0
		c := &counting{taken: make(map[string][]time.Time)}
		pace := NewPace(transport(func(r *http.Request) (*http.Response, error) {
			answer, err := c.RoundTrip(r)
			var to struct {
				User string `json:"user_id"`
			}
			mu.Lock()
			defer mu.Unlock()
			if answer.StatusCode == http.StatusOK && len(published) == 150 && refused == 0 { // and Slack says no once
				answer.StatusCode, refused = http.StatusTooManyRequests, 1
				return answer, err
			}
			if answer.StatusCode == http.StatusOK && json.NewDecoder(r.Body).Decode(&to) == nil {
				published[to.User]++
				answer.Body = io.NopCloser(strings.NewReader(`{"ok":true}`))
			}
			return answer, err
		}), time.Now)
		api := slack.New("xoxb-test", slack.OptionHTTPClient(&http.Client{Transport: pace}))
		b := New(Config{API: api, Pace: pace, Record: record, House: templates.House{Command: "/hire"}, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
		ctx, stop := context.WithCancel(t.Context())
		for i := range 300 {
			b.stale.add(hiring.UserID(fmt.Sprint("U", i)))
			b.stale.add("U0")
		}
		ended := make(chan struct{})
		go func() { defer close(ended); b.keepHomes(ctx) }()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		stop()
		<-ended
		if c.refused != 0 || len(published) != 300 || published["U0"] != 1 {
			t.Errorf("%d Homes were published, one of them %d times; %d were refused", len(published), published["U0"], c.refused)
		}
	})
}
