package bot_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// TestAPanicCostsOneTry and nothing else.
func TestAPanicCostsOneTry(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel(), toUser(kari))
	synctest.Test(t, func(t *testing.T) {
		var once sync.Once
		p.wire.sent = nil
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "chat.postMessage") && p.wire.to(r) == backend {
				once.Do(func() { panic("broken") })
			}
			return yes{}.RoundTrip(r)
		})
		p.inBubble()
		p.run(t, 10*time.Second)
	})
	if len(p.posted(kari)) != 1 || len(p.posted(backend)) != 2 {
		t.Errorf("posted %d and %d times", len(p.posted(kari)), len(p.posted(backend)))
	}
	p.done()
}

// TestAPanicAfterThePost comes when Slack has taken the message: it is looked
// up, once more when that breaks as well, and not posted again.
func TestAPanicAfterThePost(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(backend))
	p.queue(toChannel())
	synctest.Test(t, func(t *testing.T) {
		var post, look sync.Once
		box := inProcess{p.slack.Handler()}
		p.wire.sent = nil
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			resp, err := box.RoundTrip(r)
			switch {
			case strings.HasSuffix(r.URL.Path, "chat.postMessage"):
				post.Do(func() { panic("in reading the answer") })
			case strings.HasSuffix(r.URL.Path, "conversations.history"):
				look.Do(func() { panic("in looking it up") })
			}
			return resp, err
		})
		p.inBubble()
		p.onTheClock(p.courier.Clock)
		p.run(t, 10*time.Minute)
		if n := len(p.posted(backend)); n != 1 {
			t.Errorf("posted %d times", n)
		}
	})
	p.grew(backend, before, 1)
	p.done()
}
