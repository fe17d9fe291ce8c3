package slacksim_test

import (
	"context"
	"testing"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// TestSocketsTakeTurns has a command after the other go to one of two sockets.
func TestSocketsTakeTurns(t *testing.T) {
	s, err := slacksim.Start(slacksim.Options{})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	heard := make(chan int, 10)
	for i := range 2 {
		api := slack.New(s.BotToken(), slack.OptionAppLevelToken(s.AppToken()), slack.OptionAPIURL(s.APIURL()))
		_, url, err := api.StartSocketModeContext(context.Background())
		must(t, err)
		conn, _, err := dial(url)
		must(t, err)
		t.Cleanup(func() { conn.Close() })
		go func() {
			var m struct {
				ID string `json:"envelope_id"`
			}
			for conn.ReadJSON(&m) == nil {
				if m.ID != "" {
					heard <- i
					_ = conn.WriteJSON(m)
				}
			}
		}()
	}
	must(t, s.AwaitConnected(soon(t), 2))
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	last := -1
	for range 4 {
		_, err := kari.Command(soon(t), c, "/x", "")
		must(t, err)
		now := <-heard
		if now == last {
			t.Errorf("two commands one after the other went to socket %d", now)
		}
		last = now
	}
}
