package slacksim_test

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot/slacksim"
)

func TestFaults(t *testing.T) {
	s, a := start(t, slacksim.Options{}, quiet)
	kari := s.AddUser(slacksim.User{Name: "kari"})
	post := func() error {
		_, _, err := a.PostMessage(kari.ID, slack.MsgOptionText("x", false))
		return err
	}
	s.RateLimit("chat.postMessage", 1, 7*time.Second)
	var limited *slack.RateLimitedError
	if err := post(); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("429: %v", err)
	}
	s.Fail("chat.postMessage", 1, http.StatusServiceUnavailable)
	var status slack.StatusCodeError
	if err := post(); !errors.As(err, &status) || status.Code != http.StatusServiceUnavailable || len(kari.Messages(kari.DM())) != 0 {
		t.Errorf("503: %v", err)
	}
	s.Refuse("chat.postMessage", 1, "is_archived")
	if left := s.Faults(); len(left) != 1 || left[0] != (slacksim.Fault{Kind: "no", Method: "chat.postMessage", Left: 1}) {
		t.Errorf("to go wrong: %v", left)
	}
	if err := post(); err == nil || err.Error() != "is_archived" || len(kari.Messages(kari.DM())) != 0 {
		t.Errorf("is_archived: %v", err)
	}
	s.LoseReply("chat.postMessage", 1)
	if err := post(); err == nil || len(kari.Messages(kari.DM())) != 1 {
		t.Errorf("a lost reply: %v with %d messages", err, len(kari.Messages(kari.DM())))
	}
	s.FailAfter("chat.postMessage", 1, http.StatusBadGateway)
	if err := post(); !errors.As(err, &status) || status.Code != http.StatusBadGateway || len(kari.Messages(kari.DM())) != 2 {
		t.Errorf("502 after the effect: %v with %d messages", err, len(kari.Messages(kari.DM())))
	}
	s.Fail("", 3, http.StatusInternalServerError)
	s.Heal()
	if left := s.Faults(); len(left) != 0 {
		t.Errorf("still to go wrong: %v", left)
	}
	must(t, post())
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	s.Delay("chat.postMessage", 1, time.Minute)
	if _, _, err := a.PostMessageContext(ctx, kari.ID, slack.MsgOptionText("x", false)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a slow call: %v", err)
	}
	s.Revoke(s.BotToken())
	if err := post(); err == nil || err.Error() != "token_revoked" {
		t.Errorf("a revoked token: %v", err)
	}
}

// TestFaultsOfResponseURLs: what is posted there goes wrong, too.
func TestFaultsOfResponseURLs(t *testing.T) {
	urls := make(chan string, 1)
	s, a := start(t, slacksim.Options{}, func(_ app, evt socketmode.Event) (any, bool) {
		if data, ok := evt.Data.(slack.SlashCommand); ok {
			urls <- data.ResponseURL
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	_, err := kari.Command(soon(t), c, "/x", "")
	must(t, err)
	url := <-urls
	for i, fault := range []func(){
		func() { s.Fail("response_url", 1, http.StatusBadGateway) }, func() { s.FailAfter("response_url", 1, http.StatusBadGateway) }, func() { s.LoseReply("response_url", 1) },
	} {
		fault()
		_, _, err := a.PostMessage("", slack.MsgOptionText("x", false), slack.MsgOptionResponseURL(url, slack.ResponseTypeEphemeral))
		if n := len(kari.Messages(c)); err == nil || n != i {
			t.Errorf("fault %d: %v with %d messages", i, err, n)
		}
	}
}

// TestFaultsOfEnvelopes: acknowledgements are lost, envelopes come again, and
// sockets are turned away.
func TestFaultsOfEnvelopes(t *testing.T) {
	var commands atomic.Int32
	s, _ := start(t, slacksim.Options{AckTime: 100 * time.Millisecond}, func(_ app, evt socketmode.Event) (any, bool) {
		if evt.Type == socketmode.EventTypeSlashCommand {
			commands.Add(1)
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	s.LoseAcks(1)
	if _, err := kari.Command(soon(t), c, "/x", ""); !errors.Is(err, slacksim.ErrTimeout) || commands.Load() != 1 {
		t.Errorf("%v after %d commands", err, commands.Load())
	}
	s.DeliverAgain(1, time.Millisecond)
	_, err := kari.Command(soon(t), c, "/x", "")
	must(t, err)
	for commands.Load() < 3 {
		runtime.Gosched()
	}
	s.Crowd(1)
	s.DropSockets()
	must(t, s.AwaitConnected(soon(t), 1)) // on the second attempt
	if left := s.Faults(); len(left) != 0 {
		t.Errorf("still to go wrong: %v", left)
	}
}

func TestDeliverTwiceAndRetry(t *testing.T) {
	var commands, events atomic.Int32
	s, _ := start(t, slacksim.Options{AckTime: 100 * time.Millisecond}, func(a app, evt socketmode.Event) (any, bool) {
		switch evt.Type {
		case socketmode.EventTypeSlashCommand:
			commands.Add(1)
		case socketmode.EventTypeEventsAPI:
			return nil, events.Add(1) > 1 // the first is not acknowledged
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	s.DeliverTwice(1)
	_, err := kari.Command(soon(t), c, "/x", "")
	must(t, err)
	kari.OpenHome()
	must(t, s.Await(soon(t), func() bool { return commands.Load() == 2 && events.Load() == 2 }))
}
