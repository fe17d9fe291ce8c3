package bot

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// TestOneOfTwoLinesIsAlwaysThere has Slack refresh one connection after the
// other: with two of them, a command never waits for the next to be opened.
func TestOneOfTwoLinesIsAlwaysThere(t *testing.T) {
	sim, err := slacksim.Start(slacksim.Options{AckTime: 900 * time.Millisecond}) // opening again takes a second at least
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sim.Close() })
	kari := sim.AddUser(slacksim.User{Name: "kari", RealName: "Kari Solberg", TZ: "Europe/Oslo"})
	channel := sim.AddChannel(slacksim.Channel{Name: "all", Members: []string{kari.ID}, BotIsMember: true})
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: hiring.Settings{Zone: time.UTC}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	pace := NewPace(http.DefaultTransport, time.Now)
	api := slack.New(sim.BotToken(), slack.OptionAppLevelToken(sim.AppToken()), slack.OptionAPIURL(sim.APIURL()), slack.OptionHTTPClient(pace.Client()))
	b := New(Config{
		API: api, Pace: pace, Record: record, House: templates.House{Command: "/hire"}, Directory: NewDirectory(api, record),
		Clock: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	b.stagger = 10 * time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx, socketmode.New(api), socketmode.New(api)) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	limit, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	if err := sim.AwaitConnected(limit, 2); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		sim.Refresh()
		if _, err := kari.Command(limit, channel, "/hire", "help"); err != nil {
			t.Error(err)
		}
		if err := sim.AwaitConnected(limit, 2); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTooManySockets has Slack turn connections away, as it does with the
// eleventh: opening is tried again and again, with pauses that grow.
func TestTooManySockets(t *testing.T) {
	sim, err := slacksim.Start(slacksim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sim.Close() })
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	pace := NewPace(http.DefaultTransport, time.Now)
	api := slack.New(sim.BotToken(), slack.OptionAppLevelToken(sim.AppToken()), slack.OptionAPIURL(sim.APIURL()), slack.OptionHTTPClient(pace.Client()))
	sim.Crowd(2)
	line := socketmode.New(api)
	ended := make(chan error, 1)
	go func() { ended <- line.RunContext(ctx) }()
	go func() {
		for range line.Events {
		}
	}()
	if err := sim.AwaitConnected(ctx, 1); err != nil {
		t.Fatal(err)
	}
	var opened []time.Time
	for _, c := range sim.Calls() {
		if c.Method == "apps.connections.open" {
			opened = append(opened, c.At)
		}
	}
	if len(opened) != 3 {
		t.Fatalf("it was tried %d times", len(opened))
	}
	for i, least := range []time.Duration{minGap, 2 * minGap} {
		if pause := opened[i+1].Sub(opened[i]); pause < least*9/10 { // as Slack sees it
			t.Errorf("the pause before the next attempt was %v, not %v", pause, least)
		}
	}
	stop()
	<-ended
}
