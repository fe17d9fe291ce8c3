package bot_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestWhatIsOldIsNotGivenUpAtOnce has Samsvar be down for eight days, and
// Slack then not take the first message, for a reason that passes, or once for
// another: it arrives all the same.
func TestWhatIsOldIsNotGivenUpAtOnce(t *testing.T) {
	for _, word := range []string{"service_unavailable", "team_added_to_org", "invalid_blocks"} {
		t.Run(word, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before, told := len(p.in(kari)), len(p.in(ola))
			p.queue(toUser(kari), hiring.Notice{Kind: hiring.TellOwners, User: kari, About: ola})
			p.move(8 * 24 * time.Hour)
			p.wire.say("chat.postMessage", word)
			for range 600 {
				p.after(time.Minute)
			}
			p.grew(kari, before, 1)
			p.grew(ola, told, 0)
			p.done()
		})
	}
}

// TestEveryRetryEnds has a notice never be taken, while others are: it is given
// up after a week, and who can help hears of it where somebody can.
func TestEveryRetryEnds(t *testing.T) {
	unreadable := hiring.Notice{Kind: hiring.TellAgreed, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(99)}}
	refuse := func(word string) func(*http.Request) (*http.Response, error) {
		return func(*http.Request) (*http.Response, error) { return answer(`{"ok":false,"error":"` + word + `"}`), nil }
	}
	for _, c := range []struct {
		it     string
		notice hiring.Notice
		post   func(*http.Request) (*http.Response, error) // answers what goes to Kari
		told   int
	}{
		{"Slack says that something is wrong with it", toUser(kari), refuse("internal_error"), 1},
		{"Slack says that it may have failed", toUser(kari), refuse("fatal_error"), 1},
		{"Slack's answer is no answer", toUser(kari), func(*http.Request) (*http.Response, error) { return nil, errors.New("cut off") }, 1},
		{"it cannot be made", unreadable, nil, 0},
		{"it breaks", toUser(kari), func(*http.Request) (*http.Response, error) { panic("broken") }, 1},
	} {
		t.Run(c.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			told := len(p.in(ola))
			p.queue(c.notice)
			var mu sync.Mutex
			var tries []time.Duration
			synctest.Test(t, func(t *testing.T) {
				box, start := inProcess{p.slack.Handler()}, p.now
				p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
					if strings.HasSuffix(r.URL.Path, "chat.postMessage") && p.wire.to(r) == kari {
						mu.Lock()
						tries = append(tries, p.courier.Clock().Sub(start))
						mu.Unlock()
						return c.post(r)
					}
					return box.RoundTrip(r)
				})
				p.inBubble()
				p.onTheClock(p.courier.Clock)
				for range 8 {
					p.queue(toChannel()) // others go on
					p.run(t, 20*time.Minute)
					p.move(24 * time.Hour)
				}
			})
			p.done()
			p.grew(ola, told, c.told)
			if n := len(tries); c.post != nil && (n < 7*4 || tries[n-1] < hiring.GiveUpAfter) {
				t.Errorf("%d tries, the last at %v", n, tries[max(0, n-1):])
			}
		})
	}
}

// TestAnEditIsGivenUpInSilence after a week in which Slack refused it: the
// message stands.
func TestAnEditIsGivenUpInSilence(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	told := len(p.in(ola))
	next := p.wire.next
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "chat.update") {
			return answer(`{"ok":false,"error":"invalid_blocks"}`), nil
		}
		return next.RoundTrip(r)
	})
	p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, nil
	}))
	for range 8 * 24 {
		p.after(time.Hour)
	}
	p.grew(ola, told, 0)
	p.done()
}

// TestWhatCameLaterIsNotGivenUp with what has been refused for a week, although
// one message was to say both.
func TestWhatCameLaterIsNotGivenUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before, told := len(p.in(kari)), len(p.in(ola))
	next := p.wire.next
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if last := p.wire.sent[len(p.wire.sent)-1]; last.method == "chat.postMessage" && last.channel == kari {
			return answer(`{"ok":false,"error":"invalid_blocks"}`), nil
		}
		return next.RoundTrip(r)
	})
	p.queue(toUser(kari))
	for hour := range 7*24 + 12 {
		if hour == 6*24 {
			p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: jonas})
		}
		p.after(time.Hour)
	}
	p.grew(ola, told, 1)
	p.wire.next = next
	for range 24 {
		p.after(time.Hour)
	}
	p.grew(kari, before, 1)
	mustContain(t, "Kari's", said(p.newest(kari)), jonas)
	p.done()
}

// TestTriesCountOn has a message that Slack may fail with be tried once an
// hour, and another take its place each morning.
func TestTriesCountOn(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	told := len(p.in(ola))
	next := p.wire.next
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if last := p.wire.sent[len(p.wire.sent)-1]; last.method == "chat.postMessage" && last.channel == kari {
			return answer(`{"ok":false,"error":"fatal_error"}`), nil
		}
		return next.RoundTrip(r)
	})
	p.queue(toUser(kari))
	for range 9 * 24 {
		p.after(time.Hour)
	}
	p.grew(ola, told, 1)
	p.done()
}
