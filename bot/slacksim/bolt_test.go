package slacksim_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// TestBolt lets people work with an app made with @slack/bolt, Slack's own
// framework. We wrote neither it nor its clients, so that it cannot share our
// misreadings of Slack: what it does with a real Slack, it has to do here.
func TestBolt(t *testing.T) {
	dir := installBolt(t)
	slack, err := slacksim.Start(slacksim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = slack.Close() })
	kari := slack.AddUser(slacksim.User{Name: "kari", RealName: "Kari Nordmann", TZ: "Europe/Oslo"})
	ola := slack.AddUser(slacksim.User{Name: "ola", RealName: "Ola Nordmann", TZ: "Europe/Oslo"})
	hiring := slack.AddChannel(slacksim.Channel{Name: "hiring", Members: []string{kari.ID, ola.ID}, BotIsMember: true})
	ctx, said := startBolt(t, slack, dir)

	b := boltTest{slack: slack, ctx: ctx, kari: kari, ola: ola, hiring: hiring}
	steps := []struct {
		name string
		run  func(*testing.T)
	}{
		{"a slash command opens a modal", b.open},
		{"a field shows its error", b.fieldError},
		{"a submission posts a message", b.submit},
		{"a button updates the message", b.approve},
		{"a closed modal is reported", b.cancel},
		{"the Home is published", b.home},
		{"every call went well", b.calls},
	}
	for _, step := range steps {
		if !t.Run(step.name, step.run) {
			t.Fatalf("the app said:\n%s", said)
		}
	}
	if got := said.String(); got != connected {
		t.Errorf("the app had more to say than %q:\n%s", connected, got)
	}
}

// boltTest is one run through the app, step by step.
type boltTest struct {
	slack     *slacksim.Slack
	ctx       context.Context
	kari, ola *slacksim.Person
	hiring    string
}

func (b boltTest) open(t *testing.T) {
	answer, err := b.kari.Command(b.ctx, b.hiring, "/role", "")
	if err != nil || answer != nil {
		t.Fatalf("got answer %v, error %v; want an empty acknowledgement", answer, err)
	}
	m := b.modal(t)
	want := map[string]string{"Name": "", "Level": ""}
	if got := m.Values(); !maps.Equal(got, want) {
		t.Errorf("got inputs %v, want %v", got, want)
	}
}

func (b boltTest) fieldError(t *testing.T) {
	m := b.modal(t)
	fill(t, m, "Name", "PO")
	got, err := m.Submit(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"Name": "Too short for a role."}
	if !maps.Equal(got.Errors, want) || got.Closed {
		t.Errorf("got %+v, want errors %v", got, want)
	}
}

func (b boltTest) submit(t *testing.T) {
	m := b.modal(t)
	fill(t, m, "Name", "Platform engineer & <lead>")
	fill(t, m, "Level", "Senior")
	got, err := m.Submit(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Closed || len(got.Errors) > 0 {
		t.Errorf("got %+v, want a closed modal", got)
	}
	text := b.slack.Text(b.message(t, b.ola, "New role: Platform engineer & <lead>"), time.UTC)
	for _, want := range []string{"(senior)", "@Kari Nordmann", "[Approve]"} {
		if !strings.Contains(text, want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
}

func (b boltTest) approve(t *testing.T) {
	before := b.message(t, b.ola, "New role: Platform engineer & <lead>")
	if err := b.ola.Press(b.ctx, before, "Approve"); err != nil {
		t.Fatal(err)
	}
	after := b.message(t, b.kari, "Approved: Platform engineer & <lead>")
	if after.TS != before.TS {
		t.Errorf("got message %s, want %s updated", after.TS, before.TS)
	}
	if text := b.slack.Text(after, time.UTC); !strings.Contains(text, "approved by @Ola Nordmann") {
		t.Errorf("the message lacks who approved:\n%s", text)
	}
	if thanks := b.message(t, b.ola, "Thank you."); !thanks.Ephemeral {
		t.Errorf("the answer to response_url is for everybody: %+v", thanks)
	}
}

func (b boltTest) cancel(t *testing.T) {
	if _, err := b.kari.Command(b.ctx, b.hiring, "/role", ""); err != nil {
		t.Fatal(err)
	}
	if err := b.modal(t).Close(b.ctx); err != nil {
		t.Fatal(err)
	}
	if got := b.message(t, b.kari, "No role then."); !got.Ephemeral {
		t.Errorf("got a message for everybody: %+v", got)
	}
}

func (b boltTest) home(t *testing.T) {
	b.ola.OpenHome()
	home, err := b.ola.AwaitHome(b.ctx, func(slacksim.View) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if text := b.slack.ViewText(home, time.UTC); !strings.Contains(text, "Hello @Ola Nordmann.") {
		t.Errorf("got Home:\n%s", text)
	}
}

// calls holds that the app met no error, and that it used what it came for.
func (b boltTest) calls(t *testing.T) {
	count := map[string]int{}
	for _, call := range b.slack.Calls() {
		count[call.Method]++
		if call.Error != "" || call.Status != 200 {
			t.Errorf("%s: %d %s %v", call.Method, call.Status, call.Error, call.Args)
		}
	}
	for _, method := range []string{
		"auth.test", "apps.connections.open", "views.open", "chat.postMessage", "chat.update",
		"chat.postEphemeral", "views.publish", "response_url",
	} {
		if count[method] == 0 {
			t.Errorf("no call of %s, only %v", method, count)
		}
	}
}

func (b boltTest) modal(t *testing.T) *slacksim.Modal {
	t.Helper()
	m, err := b.kari.AwaitModal(b.ctx, "New role")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (b boltTest) message(t *testing.T, sees *slacksim.Person, text string) slacksim.Message {
	t.Helper()
	m, err := sees.AwaitMessage(b.ctx, b.hiring, func(m slacksim.Message) bool { return m.Text == text })
	if err != nil {
		t.Fatalf("a message %q: %v", text, err)
	}
	return m
}

func fill(t *testing.T, m *slacksim.Modal, name string, value any) {
	t.Helper()
	if err := m.Fill(name, value); err != nil {
		t.Fatal(err)
	}
}

// unavailable skips the test where Bolt cannot run. CI installs what it needs,
// so that there the test fails: a proof that is always skipped proves nothing.
func unavailable(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// installBolt installs testdata/bolt into a directory of its own.
func installBolt(t *testing.T) string {
	t.Helper()
	if testing.Short() && os.Getenv("CI") != "true" {
		t.Skip("it installs @slack/bolt from npm: not in short mode")
	}
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			unavailable(t, "%s is not installed: %v", tool, err)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/bolt")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--engine-strict", "--prefer-offline",
		"--no-audit", "--no-fund", "--loglevel=error")
	npm.Dir = dir
	npm.WaitDelay = 5 * time.Second // for grandchildren that keep the pipe open
	if out, err := npm.CombinedOutput(); err != nil {
		unavailable(t, "@slack/bolt cannot be installed: npm ci: %v\n%s", err, out)
	}
	return dir
}

// connected is all that app.js prints when nothing goes wrong.
const connected = "bolt app is connected\n"

// startBolt runs the app until the test ends. The context it returns ends when
// the app does, so that nobody waits for an app that is gone.
func startBolt(t *testing.T, slack *slacksim.Slack, dir string) (context.Context, *transcript) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	alive, died := context.WithCancelCause(ctx)
	said := &transcript{}
	node := exec.CommandContext(ctx, "node", "app.js")
	node.Dir = dir
	node.Env = append(os.Environ(), "NODE_NO_WARNINGS=1", "SLACK_API_URL="+slack.APIURL(),
		"SLACK_BOT_TOKEN="+slack.BotToken(), "SLACK_APP_TOKEN="+slack.AppToken())
	node.Stdout, node.Stderr = said, said
	node.Cancel = func() error { return node.Process.Signal(syscall.SIGTERM) }
	node.WaitDelay = 5 * time.Second
	if err := node.Start(); err != nil {
		cancel()
		t.Fatalf("node app.js: %v", err)
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		died(fmt.Errorf("the app ended: %v", node.Wait()))
	}()
	t.Cleanup(func() {
		cancel()
		<-gone
	})
	if err := slack.AwaitConnected(alive, 1); err != nil {
		t.Fatalf("%v (%v); the app said:\n%s", err, context.Cause(alive), said)
	}
	return alive, said
}

// transcript collects what a process prints while others read it.
type transcript struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *transcript) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *transcript) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}
