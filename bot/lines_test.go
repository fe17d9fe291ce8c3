package bot

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// twoLines is a bot with two connections to the simulated Slack, and a person.
type twoLines struct {
	slack   *slacksim.Slack
	kari    *slacksim.Person
	channel string
	ctx     context.Context
}

func newTwoLines(t *testing.T, o slacksim.Options, wrap func(Record) Record, m Meter) *twoLines {
	t.Helper()
	sim, err := slacksim.Start(o)
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
		API: api, Pace: pace, Record: wrap(record), House: templates.House{Command: "/hire"}, Directory: NewDirectory(api, record),
		Clock: time.Now, Log: slog.New(slog.DiscardHandler), Meter: m,
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
	t.Cleanup(cancel)
	if err := sim.AwaitConnected(limit, 2); err != nil {
		t.Fatal(err)
	}
	return &twoLines{sim, kari, channel, limit}
}

// TestOneOfTwoLinesIsAlwaysThere has Slack refresh one connection after the
// other: with two of them, a command never waits for the next to be opened.
func TestOneOfTwoLinesIsAlwaysThere(t *testing.T) {
	// Opening again takes a second at least.
	l := newTwoLines(t, slacksim.Options{AckTime: 900 * time.Millisecond}, func(r Record) Record { return r }, nil)
	for range 2 {
		l.slack.Refresh()
		if _, err := l.kari.Command(l.ctx, l.channel, "/hire", "help"); err != nil {
			t.Error(err)
		}
		if err := l.slack.AwaitConnected(l.ctx, 2); err != nil {
			t.Fatal(err)
		}
	}
}

// held is a record that is not read while it is held.
type held struct {
	Record
	reading chan struct{}                  // hears of every reader that is held
	until   *atomic.Pointer[chan struct{}] // nil for not held
}

func (h held) View(ctx context.Context, fn func(hiring.Record) error) error {
	if until := h.until.Load(); until != nil {
		select {
		case h.reading <- struct{}{}:
		default:
		}
		<-*until
	}
	return h.Record.View(ctx, fn)
}

// openLines hears how many lines are open.
type openLines struct {
	noMeter
	now chan int
}

func (o openLines) Connected(lines int) { o.now <- lines }

// TestAcksOnTheOtherLine has Slack refresh a connection while what came in on
// it is being handled: the acknowledgement goes out on the other one.
func TestAcksOnTheOtherLine(t *testing.T) {
	h := held{reading: make(chan struct{}, 2), until: new(atomic.Pointer[chan struct{}])}
	open := openLines{now: make(chan int, 100)}
	// Opening again takes two seconds at least, as the second was opened lately.
	l := newTwoLines(t, slacksim.Options{AckTime: 1500 * time.Millisecond}, func(r Record) Record { h.Record = r; return h }, open)
	if _, err := l.kari.Command(l.ctx, l.channel, "/hire", "help"); err != nil { // who is known from then on
		t.Fatal(err)
	}
	goOn := make(chan struct{})
	h.until.Store(&goOn)
	acked := make(chan error, 2)
	for range 2 { // one on each line
		go func() { _, err := l.kari.Command(l.ctx, l.channel, "/hire", "help"); acked <- err }()
		<-h.reading
	}
	for n := 0; n != 2; n = <-open.now {
	}
	l.slack.Refresh()
	for n := 2; n != 1; n = <-open.now {
	}
	close(goOn)
	for range 2 {
		if err := <-acked; err != nil {
			t.Errorf("%v although the other line was open", err)
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
