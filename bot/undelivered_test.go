package bot_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// sweepUndelivered does what the scheduler does for what could not be delivered.
func (p *postOffice) sweepUndelivered() {
	p.Helper()
	err := p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.SweepUndelivered(r, settings(), p.now)
	})
	if err != nil && err != hiring.ErrNothing {
		p.Fatal(err)
	}
}

// unreachable returns what is known to be unreachable.
func (p *postOffice) unreachable() (all []hiring.Unreachable) {
	p.Helper()
	p.check(p.record.View(p.Context(), func(r hiring.Record) (err error) {
		all, err = r.AllUnreachable()
		return err
	}))
	return all
}

// said returns what a message says, with its mentions readable.
func said(m slacksim.Message) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(m.Blocks))
}

// state returns how many notices are in a state.
func (p *postOffice) state(name string) int {
	p.Helper()
	states, err := p.record.Waiting(p.Context(), p.now)
	p.check(err)
	return states[name].Count
}

// TestWhatWaitsForAChannelArrives once it is back from the archive: all of it,
// and the recruiter heard of it once.
func TestWhatWaitsForAChannelArrives(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	told, posts := len(p.in(ola)), len(p.in(backend))
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = true })
	for range 3 {
		p.queue(toChannel())
		p.after(time.Minute)
	}
	calls := p.count("chat.postMessage")
	p.grew(ola, told, 1)
	if n := p.state("undeliverable"); n != 3 {
		t.Errorf("%d are undeliverable", n)
	}
	p.after(time.Hour)
	p.sweepUndelivered()
	p.deliver()
	if n := p.count("chat.postMessage"); n != calls {
		t.Errorf("%d posts in vain", n-calls)
	}
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = false })
	p.after(23 * time.Hour)
	p.sweepUndelivered() // the event was lost: a day later it is found out all the same
	p.deliver()
	p.grew(backend, posts, 1) // the last says what all three say
	p.grew(ola, told, 1)
	p.done()
	if all := p.unreachable(); len(all) != 0 {
		t.Errorf("still unreachable: %+v", all)
	}
}

// TestGivenUp has a channel stay archived.
func TestGivenUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	told := len(p.in(ola))
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = true })
	p.queue(toChannel())
	p.deliver()
	for range 10 {
		p.move(24 * time.Hour)
		p.sweepUndelivered()
		p.deliver()
	}
	p.grew(ola, told, 2)
	mustContain(t, "the last word", p.newest(ola).Text, "given up")
	p.done()
	if n := p.state("undeliverable"); n != 0 {
		t.Errorf("%d are undeliverable", n)
	}
}

// TestBackInTheCompany deactivates Kari and takes her back two days later: one
// message says all that came meanwhile.
func TestBackInTheCompany(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(kari))
	p.slack.ChangeUser(kari, func(u *slacksim.User) { u.Deleted = true })
	p.move(25 * time.Hour)
	p.queue(toUser(kari), hiring.Notice{Kind: hiring.TellWaived, User: kari}, hiring.Notice{Kind: hiring.TellPaused, User: kari, About: ola})
	p.deliver()
	p.move(20 * time.Hour)
	p.slack.ChangeUser(kari, func(u *slacksim.User) { u.Deleted = false })
	p.check(p.directory.Learn(t.Context(), p.now, kari)) // she opens her Home, and her profile is read
	p.deliver()
	p.after(5 * time.Hour) // in her working hours
	p.grew(kari, before, 1)
	for _, says := range []string{"is agreed", "before you both have signed", "goes on"} {
		mustContain(t, "the message", said(p.newest(kari)), says)
	}
	p.done()
}

// TestAWeekWithoutSlack has Slack be away for a week in which everything goes
// on. Then everybody finds one message, and the channel no old news.
func TestAWeekWithoutSlack(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	before, channel := len(p.in(ingrid)), len(p.in(backend))
	up := p.wire.next
	p.wire.next = roundTrip(func(*http.Request) (*http.Response, error) {
		resp := answer("")
		resp.StatusCode = http.StatusServiceUnavailable
		return resp, nil
	})
	for day := range 7 {
		for range 4 {
			p.queue(nudge(), hiring.Notice{Kind: hiring.TellAgreed, User: ingrid}, toChannel())
			p.queue(hiring.Notice{Kind: hiring.TellOwners, User: ingrid, About: hiring.UserID([]string{kari, ola, jonas}[day%3])})
			p.after(6 * time.Hour)
		}
	}
	p.grew(ingrid, before, 0)
	p.wire.next = up
	for range 60 {
		p.after(time.Minute)
	}
	p.grew(ingrid, before, 1)
	p.grew(backend, channel, 1)
	says := said(p.newest(ingrid))
	for _, what := range []string{"feedback.give", "is agreed", "<@" + kari + ">", "<@" + ola + ">", "<@" + jonas + ">"} {
		mustContain(t, "the message", says, what)
	}
	if n := strings.Count(says, "is agreed"); n != 1 {
		t.Errorf("it says %d times that the brief is agreed", n)
	}
	p.done()
}

// TestAWeekAway has Kari mark a week as days away: what comes meanwhile waits
// and is one message on her first morning.
func TestAWeekAway(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Choose(hiring.Choices{WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Free: []hiring.Span{{From: "2026-11-24", To: "2026-11-30"}}})
		return c, err
	})
	before := len(p.in(kari))
	p.move(24 * time.Hour)
	for i := range 40 {
		p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: hiring.UserID(fmt.Sprintf("UCOLLEAGUE%d", i))})
		p.after(3 * time.Hour)
	}
	p.grew(kari, before, 0)
	for p.now.Before(time.Date(2026, 12, 1, 10, 0, 0, 0, oslo)) {
		p.after(15 * time.Minute)
	}
	p.grew(kari, before, 1)
	says := said(p.newest(kari))
	for i := range 40 {
		mustContain(t, "the message", says, fmt.Sprintf("<@UCOLLEAGUE%d>", i))
	}
	mustContain(t, "the metadata", string(p.newest(kari).Metadata), "parts")
	p.done()
}

// TestWhatSlackRefusesIsGivenUp although its reader can be reached: whoever can
// help hears of it after a week, and what else waits is not held up.
func TestWhatSlackRefusesIsGivenUp(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	told, others := len(p.in(ola)), len(p.in(backend))
	next := p.wire.next
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if last := p.wire.sent[len(p.wire.sent)-1]; last.method == "chat.postMessage" && last.channel == kari {
			return answer(`{"ok":false,"error":"invalid_blocks"}`), nil
		}
		return next.RoundTrip(r)
	})
	p.queue(toUser(kari), toChannel())
	for range 8 * 24 {
		p.after(time.Hour)
	}
	p.grew(backend, others, 1)
	p.grew(ola, told, 1)
	mustContain(t, "Ola", said(p.newest(ola)), "invalid_blocks")
	p.done()
}

// TestAReminderAboutTwoRolesTellsNoSecrets when its reader cannot be reached:
// each recruiter hears of their own role, and nothing of the other.
func TestAReminderAboutTwoRolesTellsNoSecrets(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		r, err := a.Record.Role(1)
		if err != nil {
			return hiring.Change{}, err
		}
		terms := r.Brief().Terms
		terms.Title = "Secret successor"
		return drop(a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: jonas, Terms: terms}))
	})
	p.act(jonas, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.SendBack(2, 1, hiring.TheRole, "Too senior."))
	})
	p.interview()
	p.deliver()
	olas, jonases := len(p.in(ola)), len(p.in(jonas))
	p.slack.ChangeUser(kari, func(u *slacksim.User) { u.Deleted = true })
	p.move(25 * time.Hour)
	p.queue(hiring.Notice{Kind: hiring.Nudge, User: kari, Step: 1, Subjects: []hiring.Subject{
		hiring.DecisionSubject(1, 1, "interview-1", kari), hiring.RevisionSubject(2, 1, kari)}})
	p.deliver()
	p.grew(ola, olas, 1)
	p.grew(jonas, jonases, 1)
	for who, secrets := range map[string][]string{ola: {"Secret", "R-2"}, jonas: {"Backend", "R-1", "Nora Vik", "C-1"}} {
		for _, secret := range secrets {
			if strings.Contains(said(p.newest(who)), secret) {
				t.Errorf("%s reads %q: %s", who, secret, said(p.newest(who)))
			}
		}
	}
	mustContain(t, "Jonas", said(p.newest(jonas)), "Secret successor")
}
