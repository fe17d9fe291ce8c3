package bot_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestOrderIsKept has Slack not take the first of three messages to a person at
// first: they arrive in the order in which they were queued.
func TestOrderIsKept(t *testing.T) {
	people := []string{"UONE", "UTWO", "UTHREE"}
	for it, trouble := range map[string]func(*postOffice){
		"a limit":               func(p *postOffice) { p.slack.RateLimit("chat.postMessage", 1, 5*time.Second) },
		"a status":              func(p *postOffice) { p.slack.Fail("chat.postMessage", 2, http.StatusServiceUnavailable) },
		"a word that passes":    func(p *postOffice) { p.wire.say("chat.postMessage", "service_unavailable", "service_unavailable") },
		"one that may pass":     func(p *postOffice) { p.wire.say("chat.postMessage", "invalid_blocks", "fatal_error") },
		"an answer that is cut": func(p *postOffice) { p.slack.LoseReply("chat.postMessage", 1) },
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before := len(p.in(kari))
			trouble(p)
			for _, who := range people {
				p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: hiring.UserID(who)})
				p.move(time.Second)
			}
			synctest.Test(t, func(t *testing.T) {
				p.inBubble()
				p.onTheClock(p.courier.Clock)
				p.wire.next = inProcess{p.slack.Handler()}
				p.run(t, time.Minute)
			})
			if got := named(p.in(kari)[before:], people); !slices.Equal(got, people) {
				t.Errorf("order: %v", got)
			}
			p.done()
		})
	}
}

// TestWhatIsRefusedHoldsUpOthersForAMoment only.
func TestWhatIsRefusedHoldsUpOthersForAMoment(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(kari))
	p.queue(hiring.Notice{Kind: hiring.TellAgreed, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(99)}}) // cannot be made
	p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: ola})
	for range 10 {
		p.after(time.Second)
	}
	p.grew(kari, before, 0)
	for range 50 {
		p.after(time.Second)
	}
	p.grew(kari, before, 1)
}

// named returns whom messages name, in their order.
func named(messages []slacksim.Message, people []string) (list []string) {
	for _, m := range messages {
		for _, who := range people {
			if strings.Contains(said(m), who) {
				list = append(list, who)
			}
		}
	}
	return list
}

// TestPausesOfAClockThatWasAhead has Slack say no, and nothing, while the clock
// is a year ahead. Once it is set right, all goes out.
func TestPausesOfAClockThatWasAhead(t *testing.T) {
	year := 365 * 24 * time.Hour
	for it, trouble := range map[string]func(*postOffice){
		"a limit":            func(p *postOffice) { p.slack.RateLimit("chat.postMessage", 1, time.Second) },
		"a word that passes": func(p *postOffice) { p.wire.say("chat.postMessage", "service_unavailable") },
		"refused for long": func(p *postOffice) {
			p.wire.say("chat.postMessage", slices.Repeat([]string{"invalid_blocks"}, 9)...)
			for range 9 {
				p.after(5 * time.Minute)
			}
		},
		"paused notifications": func(p *postOffice) {
			p.slack.ChangeUser(ingrid, func(u *slacksim.User) { u.Snoozed = p.now.Add(30 * time.Minute) })
		},
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.interview()
			p.deliver()
			p.queue(toChannel())
			if it == "paused notifications" {
				p.queue(nudge())
			}
			p.move(year)
			trouble(p)
			p.deliver()
			p.move(-year)
			p.slack.ChangeUser(ingrid, func(u *slacksim.User) { u.Snoozed = time.Time{} }) // Slack's clock was right
			for range 2 * 24 {
				p.after(time.Hour)
			}
			p.done()
		})
	}
}

// TestWhatIsInDoubtIsNotPassed has Slack hang while twelve channels and Ingrid
// are written to, and be back three hours later, when a later reminder takes the
// place of the first, which was not posted. She finds one, however long the
// limits have the look-ups take.
func TestWhatIsInDoubtIsNotPassed(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	var channels []hiring.ChannelID
	for i := range 12 {
		channels = append(channels, hiring.ChannelID(fmt.Sprintf("C%d", i)))
		p.queue(hiring.Notice{Kind: hiring.TellBrief, Channel: channels[i]})
	}
	p.queue(nudge())
	later := nudge()
	later.CreatedAt, later.NotBefore = p.now.Add(2*time.Hour), p.now.Add(2*time.Hour)
	p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Notices: []hiring.Notice{later}}, nil
	}))
	synctest.Test(t, func(t *testing.T) {
		const outage = 3 * time.Hour
		p.wire.next = yes{}
		p.inBubble()
		for _, id := range channels { // who reads them is known
			_, err := p.directory.Audience(t.Context(), p.courier.Clock(), id)
			p.check(err)
		}
		start := time.Now()
		p.wire.sent = nil
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			if time.Since(start) < outage {
				time.Sleep(10 * time.Second)
				return nil, errors.New("no answer")
			}
			return yes{}.RoundTrip(r)
		})
		p.run(t, outage+30*time.Minute)
		after := slices.DeleteFunc(p.posted(ingrid), func(at time.Time) bool { return at.Sub(start) < outage })
		if len(after) != 1 || after[0].Sub(start) > outage+6*time.Minute {
			t.Errorf("reminders to Ingrid: %v, with Slack back at %v", after, start.Add(outage))
		}
	})
	p.done()
}
