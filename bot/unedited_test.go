package bot_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// cancelled has R-1 cancelled by Kari: its brief takes no candidates any more.
func (p *postOffice) cancelled() {
	p.Helper()
	p.move(time.Hour)
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Cancel(1); return c, err })
}

// upToDate says whether no message in a conversation still asks for candidates.
func (p *postOffice) upToDate(conversation string) bool {
	for _, m := range p.in(conversation) {
		if strings.Contains(said(m), "Add a candidate") {
			return false
		}
	}
	return true
}

// TestEditsWaitForTheirChannel until Samsvar may write there again, at most a
// month.
func TestEditsWaitForTheirChannel(t *testing.T) {
	for _, test := range []struct {
		name    string
		days    int
		current bool
	}{
		{"three days", 3, true},
		{"a quarter", 90, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.cancelled()
			tries, stop := p.refusesEdits()
			for range test.days {
				p.after(24 * time.Hour)
			}
			if p.upToDate(backend) || *tries > 31*len(p.in(backend)) {
				t.Fatalf("%d tries", *tries)
			}
			stop()
			p.after(24 * time.Hour)
			if is := p.upToDate(backend); is != test.current {
				t.Errorf("let in again, the brief is current: %v", is)
			}
			p.done()
		})
	}
}

// refusesEdits has Slack refuse edits in the channel of R-1 until it is called,
// and count them.
func (p *postOffice) refusesEdits() (tries *int, stop func()) {
	up := p.wire.next
	tries = new(int)
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if last := p.wire.sent[len(p.wire.sent)-1]; last.method == "chat.update" && last.channel == backend {
			*tries++
			return answer(`{"ok":false,"error":"channel_not_found"}`), nil
		}
		return up.RoundTrip(r)
	})
	return tries, func() { p.wire.next = up }
}

// pauses has R-1 paused, which its brief in the channel is to say.
func (p *postOffice) pauses() {
	p.Helper()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Pause(1); return c, err })
}

// TestAChangeIsShownWhereAnEditWaits: let in again, Samsvar shows there what
// changes, though an edit from before waits for the next day.
func TestAChangeIsShownWhereAnEditWaits(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	tries, stop := p.refusesEdits()
	p.pauses()
	p.after(time.Minute)
	stop() // let in again
	p.after(time.Hour)
	if *tries == 0 || p.upToDate(backend) {
		t.Fatalf("%d tries", *tries)
	}
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Cancel(1); return c, err })
	p.after(time.Minute)
	if !p.upToDate(backend) {
		t.Error("changed after that, the brief in the channel still takes candidates")
	}
	p.done()
}

// TestEditsGoWhenTheirChannelOpens: nothing needs to change for them.
func TestEditsGoWhenTheirChannelOpens(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	_, stop := p.refusesEdits()
	p.cancelled()
	p.after(time.Minute)
	stop()
	p.act("", func(a hiring.Act) (hiring.Change, error) {
		return hiring.Reachable(a.Record, hiring.Conversation{Channel: backend})
	})
	p.after(time.Minute)
	if !p.upToDate(backend) {
		t.Error("let in again, the brief in the channel still takes candidates")
	}
	p.check(p.record.View(t.Context(), func(r hiring.Record) error {
		if _, err := hiring.Reachable(r, hiring.Conversation{Channel: backend}); !errors.Is(err, hiring.ErrNothing) {
			t.Errorf("nothing waits: %v", err)
		}
		return nil
	}))
}

// TestEditsWaitForWhoIsAway: who is taken back finds messages that say what is
// so now.
func TestEditsWaitForWhoIsAway(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.slack.ChangeUser(ola, func(u *slacksim.User) { u.Deleted = true })
	p.move(25 * time.Hour)
	p.check(p.directory.Learn(t.Context(), p.now, ola))
	p.cancelled()
	p.deliver()
	p.slack.ChangeUser(ola, func(u *slacksim.User) { u.Deleted = false })
	for range 3 {
		p.after(24 * time.Hour)
	}
	if !p.upToDate(ola) {
		t.Error("back, Ola reads that the role takes candidates")
	}
}

// TestDetailsNeedAThread: a channel without threads gets its digest, and all
// that comes after it.
func TestDetailsNeedAThread(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.several(6)
	p.move(7 * 24 * time.Hour)
	p.plan("")
	up := p.wire.next
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if last := p.wire.sent[len(p.wire.sent)-1]; last.method == "chat.postMessage" && last.thread != "" {
			return answer(`{"ok":false,"error":"restricted_action_non_threadable_channel"}`), nil
		}
		return up.RoundTrip(r)
	})
	p.deliver()
	p.after(4 * time.Hour) // the first one waits until its preview was read
	if replies, others := p.inThread(backend); len(replies) != 0 || !strings.Contains(others[len(others)-1].Text, "week 48") {
		t.Fatalf("%d replies to %q", len(replies), others[len(others)-1].Text)
	}
	if all := p.unreachable(); len(all) != 0 {
		t.Errorf("unreachable: %+v", all)
	}
	posts := len(p.in(backend))
	p.queue(toChannel())
	p.after(time.Minute)
	p.grew(backend, posts, 1)
	p.done()
}

// TestWhatIsTriedInVainKeepsItsPlace: what waited first arrives first.
func TestWhatIsTriedInVainKeepsItsPlace(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = true })
	posts := len(p.in(backend))
	p.queue(hiring.Notice{Kind: hiring.PostBrief, Channel: backend})
	p.deliver()
	p.move(90 * time.Minute)
	p.queue(hiring.Notice{Kind: hiring.TellFilled, Channel: backend})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		r, err := a.Record.Role(1)
		r.Status, r.Hired, r.ClosedAt = hiring.Filled, 1, a.Now
		return hiring.Change{Roles: []hiring.Role{r}}, err
	})
	for try := range 2 {
		if try == 1 {
			p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = false })
		}
		p.after(25 * time.Hour)
		p.sweepUndelivered()
		p.deliver()
	}
	p.after(time.Minute)
	all := p.in(backend)[posts:]
	if len(all) != 2 || !strings.Contains(all[1].Text, "filled") {
		t.Errorf("%d messages, the last is %q", len(all), all[len(all)-1].Text)
	}
}
