package slacksim_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// hand is a clock that is moved by hand.
type hand struct {
	mu  sync.Mutex
	now time.Time
}

func (h *hand) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hand) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// TestLimits makes as many calls as Slack takes, and one more; what it says of
// the wait holds.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		it    string
		takes int
		call  func(a *slack.Client, i int) error
		wait  time.Duration // at most
	}{
		{"five messages at once to one person", 5, func(a *slack.Client, _ int) error {
			_, _, err := a.PostMessage("UKARI", slack.MsgOptionText("x", false))
			return err
		}, 6 * time.Second},
		{"300 messages a minute in a workspace", slacksim.PostsPerMinute, func(a *slack.Client, i int) error {
			_, _, err := a.PostMessage(fmt.Sprintf("C%d", i/4), slack.MsgOptionText("x", false))
			return err
		}, 61 * time.Second},
		{"50 edits a minute, of one message, too", 50, func(a *slack.Client, i int) error {
			if i == 0 {
				_, _, err := a.PostMessage("C0", slack.MsgOptionText("x", false))
				if err != nil {
					return err
				}
			}
			_, _, _, err := a.UpdateMessage("C0", "1.000000", slack.MsgOptionText("x", false))
			if err != nil && err.Error() == "message_not_found" {
				return nil
			}
			return err
		}, 61 * time.Second},
		{"20 pins a minute", 20, func(a *slack.Client, _ int) error {
			err := a.AddPin("C0", slack.NewRefToMessage("C0", "1.000000"))
			if err != nil && err.Error() == "message_not_found" {
				return nil
			}
			return err
		}, 61 * time.Second},
	} {
		t.Run(c.it, func(t *testing.T) {
			h := &hand{now: time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)}
			s, a := start(t, slacksim.Options{Tiers: true, Clock: h.clock}, quiet)
			s.AddUser(slacksim.User{ID: "UKARI", Name: "kari"})
			for i := range 80 {
				s.AddChannel(slacksim.Channel{ID: fmt.Sprintf("C%d", i), BotIsMember: true})
			}
			for i := range c.takes {
				if err := c.call(a.Client, i); err != nil {
					t.Fatalf("call %d: %v", i+1, err)
				}
			}
			limited, refused := errors.AsType[*slack.RateLimitedError](c.call(a.Client, c.takes))
			if !refused || limited.RetryAfter <= 0 || limited.RetryAfter > c.wait {
				t.Fatalf("one more: %+v", limited)
			}
			h.move(limited.RetryAfter - time.Second)
			if err := c.call(a.Client, c.takes); err == nil {
				t.Error("too early, it is taken")
			}
			h.move(time.Second)
			if err := c.call(a.Client, c.takes); err != nil {
				t.Errorf("after the wait: %v", err)
			}
		})
	}
}
