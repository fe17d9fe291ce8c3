package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/store"
)

// house is a Slack in a box and the environment that points at it.
func house(t *testing.T, o slacksim.Options, set map[string]string) *slacksim.Slack {
	t.Helper()
	s, err := slacksim.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	company(s)
	env := map[string]string{
		"SLACK_BOT_TOKEN": s.BotToken(), "SLACK_APP_TOKEN": s.AppToken(), "SLACK_API_URL": s.APIURL(),
		"SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db"),
	}
	for k, v := range set {
		env[k] = v
	}
	environment(t, env)
	return s
}

// buffer is a buffer for several goroutines.
type buffer struct {
	mu    sync.Mutex
	b     bytes.Buffer
	wrote chan struct{} // tells whoever awaits a text; nil when nobody does
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case b.wrote <- struct{}{}:
	default:
	}
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// running is a samsvar that runs inside the test.
type running struct {
	out  *buffer
	stop context.CancelFunc
	code chan int
}

func launch(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{out: &buffer{wrote: make(chan struct{}, 1)}, stop: cancel, code: make(chan int, 1)}
	p := &program{stdout: r.out, stderr: r.out, clock: time.Now}
	go func() { r.code <- p.run(ctx, args) }()
	t.Cleanup(cancel)
	return r
}

const (
	// patience is how long ending may take.
	patience = 5 * time.Second
	// longest is how long a test waits for what must come: a busy machine may
	// be slow.
	longest = time.Minute
)

func (r *running) exit(t *testing.T) int {
	t.Helper()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case code := <-r.code:
		return code
	case <-timer.C:
		t.Fatalf("samsvar did not end within %v:\n%s", patience, r.out)
		return -1
	}
}

// says waits until samsvar has written a text.
func (r *running) says(t *testing.T, text string) {
	t.Helper()
	timer := time.NewTimer(longest)
	defer timer.Stop()
	for !strings.Contains(r.out.String(), text) {
		select {
		case <-r.out.wrote:
		case <-timer.C:
			t.Fatalf("samsvar did not say %q within %v:\n%s", text, longest, r.out)
		}
	}
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	t.Cleanup(cancel)
	return ctx
}

func TestServeAnswersAndStopsWhenTold(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	r := launch(t)
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, r.out)
	}
	p := s.Person(kari)
	if _, err := p.Command(within(t), channelHiring, "/hire", "help"); err != nil {
		t.Fatal(err, r.out)
	}
	if _, err := p.AwaitMessage(within(t), channelHiring, func(m slacksim.Message) bool { return strings.Contains(s.Text(m, nil), "/hire intake") }); err != nil {
		t.Error(err)
	}
	r.stop()
	if code := r.exit(t); code != exitOK {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
	if strings.Contains(r.out.String(), s.BotToken()) || strings.Contains(r.out.String(), s.AppToken()) {
		t.Error("the log holds a token")
	}
}

func TestServeEndsOnTokensThatNeverWork(t *testing.T) {
	tests := []struct {
		it   string
		set  map[string]string
		want string
	}{
		{"a bot token that is not valid", map[string]string{"SLACK_BOT_TOKEN": testBotToken}, "invalid_auth"},
		{"an app token that is not valid", map[string]string{"SLACK_APP_TOKEN": testAppToken}, "invalid_auth"},
		{"swapped tokens", map[string]string{"SLACK_BOT_TOKEN": testAppToken, "SLACK_APP_TOKEN": testBotToken}, "swapped"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			house(t, slacksim.Options{}, tt.set)
			r := launch(t)
			if code := r.exit(t); code == exitOK || !strings.Contains(r.out.String(), tt.want) {
				t.Errorf("exit %d:\n%s", code, r.out)
			}
			if strings.Contains(r.out.String(), "sesame") {
				t.Errorf("a token was printed:\n%s", r.out)
			}
		})
	}
}

func TestServeEndsWhenATokenIsRevoked(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	r := launch(t)
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, r.out)
	}
	s.Revoke(s.AppToken())
	s.DropSockets()
	if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), "revoked") {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestServeEndsWhenTheBotTokenIsRevoked(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	r := launch(t)
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, r.out)
	}
	s.Revoke(s.BotToken())
	if _, err := s.Person(kari).Command(within(t), channelHiring, "/hire", "intake"); err != nil {
		t.Fatal(err, r.out)
	}
	if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), "token_revoked") {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

// TestServeEndsOnWhatNeverHeals answers as Slack does when the app token is of
// the wrong kind or lacks its scope.
func TestServeEndsOnWhatNeverHeals(t *testing.T) {
	tests := []struct{ answer, want string }{
		{`{"ok":false,"error":"not_allowed_token_type"}`, "the app token starts with xapp-"},
		{`{"ok":false,"error":"missing_scope","needed":"connections:write","provided":""}`, "the app token needs connections:write"},
		{`{"ok":false,"error":"account_inactive"}`, "install the app again"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			answers := http.NewServeMux()
			answers.HandleFunc("/auth.test", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"ok":true}`) })
			answers.HandleFunc("/apps.connections.open", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, tt.answer) })
			s := httptest.NewServer(answers)
			defer s.Close()
			environment(t, map[string]string{"SLACK_API_URL": s.URL, "SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db")})
			r := launch(t)
			if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), tt.want) || strings.Contains(r.out.String(), "sesame") {
				t.Errorf("exit %d:\n%s", code, r.out)
			}
		})
	}
}

func TestServeWaitsForSlackUntilTold(t *testing.T) {
	environment(t, map[string]string{"SLACK_API_URL": "http://127.0.0.1:1/", "SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db")})
	r := launch(t)
	r.says(t, "cannot connect to Slack; trying again")
	r.stop()
	if code := r.exit(t); code != exitOK {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
	if strings.Contains(r.out.String(), "sesame") {
		t.Errorf("a token was printed:\n%s", r.out)
	}
}

func TestServeStopsWhileSlackIsSlow(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	r := launch(t)
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, r.out)
	}
	s.Delay("", 20, time.Minute) // whatever is called next hangs
	if _, err := s.Person(kari).Command(within(t), channelHiring, "/hire", "help"); err != nil {
		t.Fatal(err, r.out)
	}
	r.stop()
	if code := r.exit(t); code != exitOK {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestServeRefusesFilesItMustNotTouch(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(foreign, []byte("not a record"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{foreign: "not a record of Samsvar", newerFile(t): "a newer version of Samsvar wrote it"} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		house(t, slacksim.Options{}, map[string]string{"SAMSVAR_DB": path})
		r := launch(t)
		if code := r.exit(t); code != exitRecord || !strings.Contains(r.out.String(), want) {
			t.Errorf("exit %d:\n%s", code, r.out)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("the file of which samsvar says %q has changed", want)
		}
	}
}

// newerFile makes a record of a version that does not exist yet.
func newerFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "newer.db")
	s, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	writeRaw(t, path, "meta", func(*bolt.Bucket) (k, v []byte) { return []byte("version"), []byte("9999") })
	return path
}

// writeRaw writes a record past the store, so that what stands in the file still
// adds up.
func writeRaw(t *testing.T, path, bucket string, what func(*bolt.Bucket) (k, v []byte)) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := func(k, v []byte) uint64 {
		return uint64(crc32.Checksum(append(bytes.Clone(k), v...), crc32.MakeTable(crc32.Castagnoli)))
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		k, v := what(b)
		added := sum(k, v)
		if old := b.Get(k); old != nil {
			added -= sum(k, old)
		}
		return cmp.Or(b.SetSequence(b.Sequence()+added), b.Put(k, v))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestServeRefusesALockedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	other, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	house(t, slacksim.Options{}, map[string]string{"SAMSVAR_DB": path})
	r := launch(t)
	if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), "stop that one first") {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestStoryPlaysToTheEnd(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""})
	r := &running{out: &buffer{}, code: make(chan int, 1)}
	p := &program{stdout: r.out, stderr: r.out, clock: time.Now}
	if code := p.run(t.Context(), []string{"sandbox", "--story"}); code != exitOK {
		t.Fatalf("exit %d:\n%s", code, r.out)
	}
	for _, want := range []string{
		"Briefen for Backend developer (R-1) er avtalt", "With the next reminder I tell @Ola Bakken too", "Stuck, and you can help",
		"is filled: 1 of 1 opening is taken", "In the week: 1 hired", "go run ./cmd/samsvar manifest",
	} {
		if !strings.Contains(r.out.String(), want) {
			t.Errorf("the story does not say %q", want)
		}
	}
	for _, line := range strings.Split(r.out.String(), "\n") {
		if strings.Contains(line, "#hiring-backend") && strings.Contains(line, "Nora") {
			t.Errorf("a public channel reads a name: %s", line)
		}
	}
}
