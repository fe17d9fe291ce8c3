package bot

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// watched is a record that calls seen before it is read.
type watched struct {
	Record
	seen func()
}

// View implements [Record].
func (w watched) View(ctx context.Context, fn func(hiring.Record) error) error {
	w.seen()
	return w.Record.View(ctx, fn)
}

// TestAHomeIsRenderedAndPublishedInOneGo has two acts render the same Home:
// nobody else renders it from the moment that its record is read until it is
// published, so that what is published last is what was rendered last.
func TestAHomeIsRenderedAndPublishedInOneGo(t *testing.T) {
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: hiring.Settings{Zone: time.UTC}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	var b *Bot
	var read, published atomic.Int32
	alone := func(done *atomic.Int32) {
		if b == nil {
			return // it is being put together
		}
		done.Add(1)
		if lock := b.home("U1"); lock.TryLock() {
			lock.Unlock()
			t.Error("another one may render it meanwhile")
		}
	}
	pace := NewPace(transport(func(r *http.Request) (*http.Response, error) {
		if methodOf(r) == publishView {
			alone(&published)
		}
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"ok":true}`)), Request: r}, nil
	}), time.Now)
	api := slack.New("xoxb-test", slack.OptionHTTPClient(pace.Client()))
	b = New(Config{
		API: api, Pace: pace, Record: watched{record, func() { alone(&read) }},
		House: templates.House{Command: "/hire"}, Clock: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	for range 2 {
		if err := b.publishTo(t.Context(), "U1", monday); err != nil {
			t.Fatal(err)
		}
	}
	if read.Load() == 0 || published.Load() != 2 {
		t.Errorf("it was read %d times and published %d times", read.Load(), published.Load())
	}
}
