package bot_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

func TestCourierDelivers(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.done()
	brief := p.newest(backend)
	mustContain(t, "the brief", brief.Text, "Backend developer")
	mustContain(t, "the metadata", string(brief.Metadata), `"event_type":"samsvar_notice"`)
	for _, secret := range []string{"Kari", "Backend", "Nora"} {
		if strings.Contains(string(brief.Metadata), secret) {
			t.Errorf("the metadata names somebody: %s", brief.Metadata)
		}
	}
	post, known, err := p.record.PostOf(t.Context(), numberOf(t, brief))
	if err != nil || !known || post.Channel != backend || post.TS != brief.TS {
		t.Errorf("the notice became %+v, %v, %v; it stands at %s", post, known, err, brief.TS)
	}
	p.interview()
	p.deliver()
	mustContain(t, "the request", p.newest(ingrid).Text, "How did it go")
}

// A reminder waits while its reader has paused notifications, and for their
// working hours after that. Anything else does not.
func TestRemindersHeedDoNotDisturb(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.slack.ChangeUser(ingrid, func(u *slacksim.User) { u.Snoozed = p.now.Add(30 * time.Minute) })
	before := len(p.in(ingrid))
	p.queue(nudge())
	p.deliver()
	p.grew(ingrid, before, 1) // how did it go
	if n := p.left(); n != 1 {
		t.Fatalf("%d notices wait, want the reminder", n)
	}
	p.now = p.now.Add(31 * time.Minute)
	p.deliver()
	p.grew(ingrid, before, 2)
	p.slack.ChangeUser(ingrid, func(u *slacksim.User) { u.Snoozed = p.now.Add(10 * time.Hour) })
	p.queue(nudge())
	p.deliver()
	p.now = p.now.Add(11 * time.Hour) // in the evening
	p.deliver()
	p.grew(ingrid, before, 2)
}

func TestCourierSpeaksTheReadersLanguage(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.check(p.record.Change(t.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
		reader, err := r.Person(kari)
		reader.Locale = hiring.Norwegian
		return hiring.Change{People: []hiring.Person{reader}}, err
	}))
	p.queue(toUser(kari), toUser(ola))
	p.deliver()
	mustContain(t, "Kari's", p.newest(kari).Text, "avtalt")
	mustContain(t, "Ola's", p.newest(ola).Text, "agreed")
}

func TestCourierLeavesUnsaidWhatIsDone(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(ola))
	p.queue(hiring.Notice{Kind: hiring.AskSignOff, User: ola, Subjects: []hiring.Subject{hiring.SignOffSubject(1, 1, ola)}})
	p.deliver()
	p.grew(ola, before, 0)
	p.done()
}

func TestCourierKeepsMessagesCurrent(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.queue(nudge())
	p.deliver()
	before := p.in(ingrid)
	p.act(ingrid, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.SubmitFeedback(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}, hiring.Scorecard{
			Ratings: []hiring.Rating{hiring.Meets, hiring.Meets}, Recommendation: hiring.Yes,
		})
		return c, err
	})
	p.deliver()
	p.done()
	now := p.in(ingrid)
	if len(now) != len(before)+1 {
		t.Fatalf("%d messages became %d", len(before), len(now))
	}
	mustContain(t, "the last message", now[len(now)-1].Text, "All feedback on")
	for i, m := range now[len(before)-2 : len(before)] {
		if strings.Contains(string(m.Blocks), "feedback.give") || string(m.Blocks) == string(before[len(before)-2+i].Blocks) {
			t.Errorf("a message still asks: %s", m.Blocks)
		}
	}
}

// TestCourierPaces runs the courier against a Slack that always says yes.
func TestCourierPaces(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel(), toChannel(), toChannel(), toUser(kari), toUser(ola))
	for range 60 { // more than is read from the outbox at once
		p.queue(toChannel())
	}
	p.queue(toUser(kari))
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		p.wire.next, p.wire.sent = yes{}, nil
		p.inBubble()
		p.run(t, 90*time.Second)
		last := map[string]time.Time{}
		for _, s := range p.wire.sent {
			if s.method != "chat.postMessage" {
				continue
			}
			if gap := s.at.Sub(last[s.channel]); gap < time.Second {
				t.Errorf("messages to %s came %v apart", s.channel, gap)
			}
			last[s.channel] = s.at
		}
		if d := last[kari].Sub(start); d > 2*time.Second {
			t.Errorf("Kari waited %v behind a busy channel", d)
		}
		if d := last[backend].Sub(start); d < 62*time.Second || d > 70*time.Second {
			t.Errorf("the channel's 63 messages took %v", d)
		}
	})
	p.done()
}

// TestCourierAfterAClockSetBack has the pause of the last message lie a day
// ahead.
func TestCourierAfterAClockSetBack(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toChannel())
	synctest.Test(t, func(t *testing.T) {
		p.wire.next = yes{}
		p.inBubble()
		p.run(t, pause/10)
		p.done()
		p.move(-24 * time.Hour)
		p.queue(toChannel())
		p.run(t, 2*pause)
		p.done()
	})
}

// pause is what the courier keeps between messages to one conversation.
const pause = time.Second
