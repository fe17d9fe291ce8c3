package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
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
