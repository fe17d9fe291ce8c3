package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

func TestHelp(t *testing.T) {
	o := newOffice(t)
	// Somebody never seen before is answered after the acknowledgement.
	if first := o.types(kari, "help"); first.raw != "" {
		t.Errorf("the first acknowledgement carries %s", first.raw)
	}
	if body := text(o.wait("answer")); !strings.Contains(body, "/hire intake") {
		t.Errorf("help says %s", body)
	}
	// From then on the answer rides on the acknowledgement.
	if a := o.types(kari, "hjelp"); a.Type != "ephemeral" || !strings.Contains(a.raw, "/hire intake") {
		t.Errorf("help says %s", a.raw)
	}
}

func TestUnknownWord(t *testing.T) {
	o := newOffice(t)
	o.meet(kari)
	for _, c := range []struct{ what, typed, want string }{
		{"a slip gets a suggestion", "breif", "brief"},
		{"an unknown word is said back", "pizza", "pizza"},
		{"markup is disarmed", "<!channel>", "&lt;!channel&gt;"},
	} {
		if a := o.types(kari, c.typed); !strings.Contains(text(a), c.want) || strings.Contains(text(a), "<!channel>") {
			t.Errorf("%s: %s", c.what, text(a))
		}
	}
}

func TestMonsters(t *testing.T) {
	o := newOffice(t)
	o.meet(kari)
	monster := strings.Repeat("<!channel>", 300)
	for _, typed := range []string{monster, "brief " + monster, "move " + monster, "funnel " + monster} {
		if a := o.types(kari, typed); a.Text == "" || strings.Contains(text(a), "<!channel>") {
			t.Errorf("%.20s…: answered %.200s", typed, text(a))
		}
	}
	o.types(kari, "intake "+monster)
	o.opened(kari)
}

func TestGuestsAndAppsAreTurnedAway(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	for _, u := range []string{guest, robot} {
		o.types(u, "brief R-1")
		if body := text(o.wait("answer")); !strings.Contains(body, "members of the workspace") {
			t.Errorf("%s is told %s", u, body)
		}
		if a := o.types(u, "roles"); !strings.Contains(a.raw, "members of the workspace") {
			t.Errorf("%s is told %s", u, a.raw)
		}
	}
}

// broken is a record that fails in a way of its own.
type broken struct {
	bot.Record
	change func() error
}

func (b broken) Change(context.Context, string, time.Time, func(hiring.Record) (hiring.Change, error)) error {
	return b.change()
}

func TestFailuresKeepWhatWasTyped(t *testing.T) {
	for _, c := range []struct {
		what   string
		change func() error
		logged string
	}{
		{"an error of the record", func() error { return errors.New("disk full") }, "disk full"},
		{"a panic", func() error { panic("lost a pointer") }, "lost a pointer"},
	} {
		o := newOfficeWith(t, func(r bot.Record) bot.Record { return broken{r, c.change} })
		o.openRole()
		o.types(ola, "candidate R-1")
		a := o.opened(ola).fill("name", "Nora Vik").fill("source", "referral").submit()
		said := text(a)
		if a.Action != "errors" && a.Action != "push" || !strings.Contains(said, "ref") {
			t.Errorf("%s: acknowledged with %s", c.what, said)
		}
		o.stop()
		log := o.log.String()
		if !strings.Contains(log, c.logged) || strings.Contains(log, "Nora") {
			t.Errorf("%s: the log says %s", c.what, log)
		}
	}
}

func TestBrokenEnvelopesAreSkipped(t *testing.T) {
	o := newOffice(t)
	o.do("events_api", map[string]any{"type": "event_callback", "event": map[string]any{"type": "never_heard_of"}})
	o.do("events_api", map[string]any{"type": 7})
	o.do("interactive", map[string]any{"type": "view_closed", "user": map[string]any{"id": kari}})
	unread := o.send("slash_commands", map[string]any{"user_id": 7})
	o.types(kari, "help")
	o.wait("answer")
	if a := o.types(kari, "brief R-9"); !strings.Contains(a.raw, "There is no role R-9") {
		t.Errorf("after them, a role is answered with %s", a.raw) // they gave up their places
	}
	select {
	case <-unread:
		t.Error("what a person did was acknowledged unread: Slack would not say that it did not work")
	default:
	}
}

func TestStopLetsRunningWorkFinish(t *testing.T) {
	started, goOn := make(chan struct{}), make(chan struct{})
	o := newOfficeWith(t, func(r bot.Record) bot.Record { return slow{r, started, goOn} })
	o.openRole()
	o.types(ola, "candidate R-1")
	form := o.opened(ola).fill("name", "Nora Vik").fill("source", "referral")
	acked := o.send("interactive", map[string]any{
		"type": "view_submission", "user": map[string]any{"id": ola}, "trigger_id": "t", "view": form.payload(),
	})
	<-started
	o.cancel()
	late := o.send("slash_commands", command(o.workspace, ola, "roles"))
	if a := decodeAck(t, <-late); !strings.Contains(a.raw, "try again") {
		t.Errorf("while stopping, a command is answered with %s", a.raw)
	}
	close(goOn)
	if a := decodeAck(t, <-acked); a.Action != "update" {
		t.Errorf("the running submission was acknowledged with %s", a.raw)
	}
	o.stop()
	if c := o.candidate(1); c.Name != "Nora Vik" {
		t.Errorf("the candidate is %q", c.Name)
	}
}

// slow is a record whose changes wait.
type slow struct {
	bot.Record
	started, goOn chan struct{}
}

func (s slow) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	close(s.started)
	<-s.goOn
	return s.Record.Change(ctx, once, now, decide)
}

func TestWrongTokensEndTheRun(t *testing.T) {
	for _, c := range []struct{ what, method, problem, want string }{
		{"the bot token was revoked", "auth.test", "token_revoked", "bot token"},
		{"the app token is not one", "apps.connections.open", "not_allowed_token_type", "xapp-"},
		{"the app token lacks its scope", "apps.connections.open", "missing_scope", "connections:write"},
		{"the app token is not valid", "apps.connections.open", "invalid_auth", "copied whole"},
	} {
		w := newWorkspace(t)
		w.fail(c.method, c.problem)
		api := slack.New("xoxb-test", slack.OptionAppLevelToken("xapp-test"), slack.OptionAPIURL(w.server.URL+"/api/"))
		b := bot.New(bot.Config{API: api, House: templates.House{Command: "/hire"}, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
		ended := make(chan error, 1)
		go func() { ended <- b.Run(t.Context(), socketmode.New(api)) }()
		if err := stopped(t, ended); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestRepeatedEnvelopeActsOnce(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.types(ola, "candidate R-1")
	form := o.opened(ola).fill("name", "Nora Vik").fill("source", "referral")
	if a := form.submit(); a.Action != "update" {
		t.Fatalf("acknowledged with %s", a.raw)
	}
	if a := form.submit(); a.Action != "clear" {
		t.Errorf("the second time it is acknowledged with %s", a.raw)
	}
	var n int
	o.read(func(r hiring.Record) error {
		list, err := r.CandidatesOf(1)
		n = len(list)
		return err
	})
	if n != 1 {
		t.Errorf("there are %d candidates", n)
	}
}

// stuck is a record that nobody can read until it is let go.
type stuck struct {
	bot.Record
	goOn chan struct{}
}

func (s stuck) View(ctx context.Context, fn func(hiring.Record) error) error {
	<-s.goOn
	return s.Record.View(ctx, fn)
}

func TestFullHouse(t *testing.T) {
	goOn := make(chan struct{})
	o := newOfficeWith(t, func(r bot.Record) bot.Record { return stuck{r, goOn} })
	o.meet(kari)
	var waiting []<-chan json.RawMessage
	for range 64 {
		waiting = append(waiting, o.send("slash_commands", command(o.workspace, kari, "roles")))
	}
	for _, kind := range []string{"slash_commands", "interactive"} {
		payload := command(o.workspace, kari, "roles")
		if kind == "interactive" {
			payload = map[string]any{"type": "view_submission", "user": map[string]any{"id": kari}, "view": map[string]any{
				"id": "V", "type": "modal", "callback_id": templates.CallbackCandidate, "blocks": []any{},
			}}
		}
		if a := decodeAck(t, o.do(kind, payload)); !strings.Contains(a.raw, "try again") {
			t.Errorf("with a full house, %s is answered with %s", kind, a.raw)
		}
	}
	o.pressAtHome(kari, templates.ActionNewRole, "-")
	mustContain(t, "a button on the Home, with a full house", o.opened(kari).text(), "try again")
	o.do("interactive", map[string]any{"type": "shortcut", "callback_id": templates.ShortcutNewRole, "user": map[string]any{"id": kari}, "trigger_id": o.trigger()})
	mustContain(t, "the shortcut, with a full house", o.opened(kari).text(), "try again")
	unacked := o.send("events_api", opened(kari))
	o.do("slash_commands", command(o.workspace, kari, "roles")) // the event has been read by then
	if got, want := o.meter.counted(), map[string]int{"command": 2, "submission": 1, "action": 1, "shortcut": 1, "event": 1}; !maps.Equal(got, want) {
		t.Errorf("turned away are %v, want %v", got, want)
	}
	close(goOn)
	for _, c := range waiting {
		<-c
	}
	o.stop()
	select {
	case <-unacked:
		t.Error("an event that was turned away was acknowledged: Slack would not send it again")
	default:
	}
}

// stuckLater is such a record once it is shut.
type stuckLater struct {
	stuck
	shut *atomic.Bool
}

func (s stuckLater) View(ctx context.Context, fn func(hiring.Record) error) error {
	if s.shut.Load() {
		return s.stuck.View(ctx, fn)
	}
	return s.Record.View(ctx, fn)
}

// TestAFullHouseKnowsWhatWasAnswered has Slack deliver a press again for which
// there is no room by then: nobody is told to try again what was answered.
func TestAFullHouseKnowsWhatWasAnswered(t *testing.T) {
	goOn, shut := make(chan struct{}), new(atomic.Bool)
	o := newOfficeWith(t, func(r bot.Record) bot.Record { return stuckLater{stuck{r, goOn}, shut} })
	o.meet(kari)
	press := map[string]any{
		"type": "block_actions", "user": map[string]any{"id": kari}, "trigger_id": o.trigger(), "response_url": o.server.URL + "/answer",
		"actions": []any{map[string]any{"action_id": templates.ActionOpenBrief, "block_id": "b", "type": "button", "value": "R-99"}},
	}
	o.do("interactive", press)
	mustContain(t, "the answer", text(o.wait("answer")), "R-99")
	shut.Store(true)
	var waiting []<-chan json.RawMessage
	for range 64 {
		waiting = append(waiting, o.send("slash_commands", command(o.workspace, kari, "roles")))
	}
	o.do("interactive", press)
	o.pressInMessage(kari, templates.ActionOpenBrief, "R-98")
	mustContain(t, "a press that is new", text(o.wait("answer")), "try again")
	close(goOn)
	for _, c := range waiting {
		<-c
	}
	o.stop()
	for len(o.calls) > 0 {
		if c := <-o.calls; c.method == "answer" && strings.Contains(text(c.body), "try again") {
			t.Errorf("what was answered is answered again: %s", text(c.body))
		}
	}
}

// opened is the event of a person who opens the bot's Home.
func opened(user string) map[string]any {
	return map[string]any{
		"type": "event_callback", "event_id": "Ev" + user,
		"event": map[string]any{"type": "app_home_opened", "user": user, "tab": "home", "channel": "D1", "event_ts": "1.1"},
	}
}
