package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/templates"
)

// onWire returns a bot and a line whose calls are answered by fn.
func onWire(fn func(*http.Request) (*http.Response, error)) (*Bot, *socketmode.Client) {
	pace := NewPace(transport(fn), time.Now)
	api := slack.New("xoxb-test", slack.OptionAppLevelToken("xapp-test"), slack.OptionAPIURL("https://slack.invalid/api/"), slack.OptionHTTPClient(pace.Client()))
	b := New(Config{API: api, Pace: pace, House: templates.House{Command: "/hire"}, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
	return b, socketmode.New(api)
}

// TestStoppingLeavesWhatHangsBehind stops while a write hangs.
func TestStoppingLeavesWhatHangsBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, line := onWire(func(*http.Request) (*http.Response, error) { return nil, errors.New("no network") })
		hangs := make(chan struct{})
		defer close(hangs)
		b.running.Go(func() { <-hangs })
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- b.Run(ctx, line) }()
		synctest.Wait()
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(5 * time.Second):
			t.Error("it does not stop")
		}
	})
}

// TestAProxyThatFindsNothing answers 404 to opening a connection: it is tried
// again, with pauses that grow, and is no reason to end.
func TestAProxyThatFindsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var tried []time.Time
		b, line := onWire(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "apps.connections.open") {
				tried = append(tried, time.Now())
			}
			return &http.Response{StatusCode: http.StatusNotFound, Status: "404 Not Found", Body: http.NoBody, Header: http.Header{}, Request: r}, nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		if err := b.Run(ctx, line); err != nil {
			t.Errorf("it ended the run: %v", err)
		}
		if len(tried) < 20 || len(tried) > 30 {
			t.Fatalf("it was tried %d times in ten minutes", len(tried))
		}
		if first, last := tried[1].Sub(tried[0]), tried[len(tried)-1].Sub(tried[len(tried)-2]); first < minGap || last != maxGap {
			t.Errorf("the pauses were %v to %v", first, last)
		}
	})
}

// TestLinesOpenApart has two lines, so that Slack does not refresh them
// together.
func TestLinesOpenApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		b, first := onWire(func(*http.Request) (*http.Response, error) { return nil, errors.New("no network") })
		var opened time.Duration
		_, second := onWire(func(*http.Request) (*http.Response, error) {
			if opened == 0 {
				opened = time.Since(began)
			}
			return nil, errors.New("no network")
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := b.Run(ctx, first, second); err != nil {
			t.Error(err)
		}
		if opened < stagger {
			t.Errorf("the second opened after %v", opened)
		}
	})
}

// TestStoppingLetsAcknowledgementsOut has nothing run any more: the sockets
// stay open a moment, as what is queued there has not been written yet.
func TestStoppingLetsAcknowledgementsOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, _ := onWire(nil)
		began := time.Now()
		b.finish(t.Context(), nil)
		if took := time.Since(began); took != flushTime {
			t.Errorf("it took %v", took)
		}
	})
}
