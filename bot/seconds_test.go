package bot_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// ackLimit is what no acknowledgement may pass, whatever else is slow.
const ackLimit = time.Second

// slowness is how long a call to Slack and a write to disk take.
const slowness = 2 * time.Second

// slowDisk is a record whose writes take their time once it is slow, as those
// of a disk that is worn or shared do.
type slowDisk struct {
	bot.Record
	slow *atomic.Bool
}

func (s slowDisk) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	if !s.slow.Load() {
		return s.Record.Change(ctx, once, now, decide)
	}
	timer := time.NewTimer(slowness)
	defer timer.Stop()
	select {
	case <-timer.C:
		return s.Record.Change(ctx, once, now, decide)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// load keeps every processor busy until the test ends.
func load(t *testing.T) {
	stop := make(chan struct{})
	var busy sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) {
		busy.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	t.Cleanup(func() { close(stop); busy.Wait() })
}

// TestWithinThreeSecondsAlways makes Slack's API and the disk slow and the
// machine loaded, and does what people do: nothing is acknowledged later than
// a second.
func TestWithinThreeSecondsAlways(t *testing.T) {
	var slow atomic.Bool
	m := newTeamWith(t, hiring.English, slacksim.Options{AckTime: ackLimit}, func(r bot.Record) bot.Record { return slowDisk{r, &slow} })
	for _, p := range []*slacksim.Person{m.kari, m.ola} { // who are known from then on
		_, err := p.Command(m.ctx, m.channel, "/hire", "help")
		m.check(err)
		_, err = p.AwaitMessage(m.ctx, m.channel, func(slacksim.Message) bool { return true })
		m.check(err)
	}
	m.openRole()
	m.interviewed(1)
	m.slack.Delay("", 1000, slowness)
	slow.Store(true)
	load(t)

	t.Run("commands", func(t *testing.T) {
		for _, text := range []string{"", "help", "roles", "funnel R-1", "brief R-1", "move C-1", "feedback", "intake Designer", "candidate R-1", "nonsense"} {
			if _, err := m.kari.Command(m.ctx, m.channel, "/hire", text); err != nil {
				t.Errorf("/hire %s: %v", text, err)
			}
		}
	})
	t.Run("a shortcut", func(t *testing.T) {
		if err := m.kari.Shortcut(m.ctx, templates.ShortcutNewRole); err != nil {
			t.Error(err)
		}
	})
	t.Run("a button in a message", func(t *testing.T) {
		for _, message := range m.kari.Messages(m.channel) {
			if strings.Contains(string(message.Blocks), templates.ActionNewRole) {
				if err := m.kari.Press(m.ctx, message, templates.ActionNewRole); err != nil {
					t.Error(err)
				}
				return
			}
		}
		t.Error("there is no button")
	})
	t.Run("suggestions while somebody types", func(t *testing.T) {
		if _, err := m.ola.Command(m.ctx, m.channel, "/hire", "move"); err != nil {
			t.Fatal(err)
		}
		form, err := m.ola.AwaitModal(m.ctx, "")
		m.check(err)
		if _, err := form.Search(templates.ActionPickCandidate, "C-1"); err != nil {
			t.Error(err)
		}
	})
	t.Run("events", func(t *testing.T) {
		private := m.slack.AddChannel(slacksim.Channel{Name: "private", Private: true, BotIsMember: true})
		for _, channel := range []string{m.channel, private} {
			for _, change := range []func(*slacksim.Channel){
				func(c *slacksim.Channel) { c.BotIsMember = false }, func(c *slacksim.Channel) { c.BotIsMember = true },
				func(c *slacksim.Channel) { c.Archived = true }, func(c *slacksim.Channel) { c.Archived = false },
			} {
				m.slack.ChangeChannel(channel, change)
			}
		}
		m.ola.OpenHome()
		m.slack.AddUser(slacksim.User{Name: "newer", RealName: "Newer Person", TZ: "Europe/Oslo"}).OpenHome() // who was never seen
		m.check(m.slack.Await(m.ctx, func() bool { return len(m.slack.Deliveries()) >= 6 }))
		seen := make(map[string]int)
		for _, d := range m.slack.Deliveries() {
			if seen[d.Event]++; !d.Acked || d.Attempt > 0 {
				t.Errorf("%+v", d)
			}
		}
		if len(seen) != len(bot.Manifest().Events) {
			t.Errorf("delivered: %v", seen)
		}
	})
	t.Run("somebody never seen", func(t *testing.T) {
		stranger := m.slack.AddUser(slacksim.User{Name: "new", RealName: "New Person", TZ: "Europe/Oslo"})
		if _, err := stranger.Command(m.ctx, m.channel, "/hire", "help"); err != nil {
			t.Error(err)
		}
	})
	t.Run("a form", func(t *testing.T) {
		if _, err := m.ola.Command(m.ctx, m.channel, "/hire", "candidate R-1"); err != nil {
			t.Fatal(err)
		}
		form, err := m.ola.AwaitModal(m.ctx, "Add a candidate")
		m.check(err)
		m.fill(form, "Name", "Nora Vik")
		m.fill(form, "Where do they come from?", "Referral")
		if _, err := form.Submit(m.ctx); err != nil {
			t.Fatal(err)
		}
		m.see(t, m.ola, "Nora Vik")
	})
	t.Run("a step of the intake, whose people are looked up", func(t *testing.T) {
		if _, err := m.ingrid.Command(m.ctx, m.channel, "/hire", "intake Designer"); err != nil {
			t.Fatal(err)
		}
		form, err := m.ingrid.AwaitModal(m.ctx, "New role 1/6")
		m.check(err)
		if _, err := form.Submit(m.ctx); errors.Is(err, slacksim.ErrTimeout) || errors.Is(err, slacksim.ErrTrouble) {
			t.Error(err)
		}
	})
	t.Run("a choice in a form", func(t *testing.T) {
		if _, err := m.ola.Command(m.ctx, m.channel, "/hire", "move C-1"); err != nil {
			t.Fatal(err)
		}
		form, err := m.ola.AwaitModal(m.ctx, "Move a candidate")
		m.check(err)
		if err := form.Fill("What happened?", "Technical interview"); errors.Is(err, slacksim.ErrTimeout) {
			t.Error(err)
		}
	})
}

// see waits until a text stands in the window in front of somebody.
func (m *team) see(t *testing.T, p *slacksim.Person, text string) {
	t.Helper()
	err := m.slack.Await(m.ctx, func() bool {
		v, ok := p.Modal()
		return ok && strings.Contains(string(v.Blocks), text)
	})
	if err != nil {
		t.Errorf("nobody says %q: %v", text, err)
	}
}

// promising opens the form that promises a candidate a reply, on top of two
// other windows, and fills it in.
func (m *team) promising(day string) *slacksim.Modal {
	m.Helper()
	top := m.thirdForm(templates.ActionPromise)
	m.fill(top, string(hiring.FieldContactOn), day)
	return top
}

// thirdForm opens a form about C-1 on top of two other windows.
func (m *team) thirdForm(action string) *slacksim.Modal {
	m.Helper()
	m.ola.OpenHome()
	_, err := m.ola.AwaitHome(m.ctx, func(v slacksim.View) bool { return strings.Contains(string(v.Blocks), templates.ActionCandidates) })
	m.check(err)
	m.check(m.ola.PressHome(m.ctx, templates.ActionCandidates))
	top, err := m.ola.AwaitModal(m.ctx, "")
	m.check(err)
	for _, action := range []string{templates.ActionOpenCandidate, action} {
		m.check(top.Press(m.ctx, action))
		below := top.ID
		m.check(m.slack.Await(m.ctx, func() bool {
			var there bool
			top, there = m.ola.Modal()
			return there && top.ID != below
		}))
	}
	return top
}

// TestAThirdFormIsAnsweredInTime submits a form on top of two other windows,
// where Slack lets no other stand, while the disk is slow.
func TestAThirdFormIsAnsweredInTime(t *testing.T) {
	for _, c := range []struct{ day, want string }{
		{"2026-12-01", "writes to"},
		{"2026-11-01", "This is not saved yet"},
	} {
		t.Run(c.want, func(t *testing.T) {
			var slow atomic.Bool
			m := newTeamWith(t, hiring.English, slacksim.Options{AckTime: ackLimit}, func(r bot.Record) bot.Record { return slowDisk{r, &slow} })
			m.openRole()
			_, err := m.ola.Command(m.ctx, m.channel, "/hire", "help") // who is known from then on
			m.check(err)
			m.interviewed(1)
			form := m.promising(c.day)
			slow.Store(true)
			res, err := form.Submit(m.ctx)
			if err != nil || len(res.Errors) != 1 {
				t.Fatalf("%+v, %v", res, err)
			}
			m.see(t, m.ola, c.want)
			now, _ := m.ola.Modal()
			if c.want == "writes to" {
				return
			}
			if now.ID != form.ID || now.Values()["By when?"] != c.day {
				t.Errorf("what was typed is gone: %v", now.Values())
			}
			m.fill(now, string(hiring.FieldContactOn), "2026-12-01")
			_, err = now.Submit(m.ctx)
			m.check(err)
			m.see(t, m.ola, "writes to")
		})
	}
}
