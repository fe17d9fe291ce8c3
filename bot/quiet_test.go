package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// talk has Ola arrange for Ingrid to talk with Per Hansen.
func (p *postOffice) talk(start time.Time) {
	p.Helper()
	var id hiring.CandidateID
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		c, change, err := a.AddCandidate(1, hiring.Applicant{Name: "Per Hansen", Source: hiring.Referral, Link: "https://cv.example/per"})
		id = c.ID
		return change, err
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(id, "interview-1", hiring.Interview{Start: start, Length: time.Hour})
		return c, err
	})
}

// read returns what came into a conversation since before, as one text.
func (p *postOffice) read(where string, before int) string {
	var all []string
	for _, m := range p.in(where)[before:] {
		all = append(all, m.Text, said(m))
	}
	return strings.Join(all, "\n")
}

// TestAPauseHoldsUpRemindersOnly has Ingrid pause notifications from ten to
// three, and a reminder wait for that. What to look for in an interview at a
// quarter to two comes before it, and how it went is asked when it is over.
func TestAPauseHoldsUpRemindersOnly(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.move(time.Hour)
	p.slack.ChangeUser(ingrid, func(u *slacksim.User) { u.Snoozed = p.now.Add(5 * time.Hour) })
	before := len(p.in(ingrid))
	p.queue(nudge())
	p.deliver()
	p.talk(p.now.Add(3*time.Hour + 45*time.Minute))
	wait := func(quarters int) {
		for range quarters {
			p.after(15 * time.Minute)
		}
	}
	wait(13) // a quarter past one
	p.grew(ingrid, before, 1)
	mustContain(t, "before the interview", p.read(ingrid, before), "You talk with *Per Hansen*")
	wait(6) // a quarter to three
	p.grew(ingrid, before, 2)
	mustContain(t, "after it", p.newest(ingrid).Text, "How did it go")
	wait(2)
	p.grew(ingrid, before, 3)
	mustContain(t, "after the pause", p.newest(ingrid).Text, "waits for your feedback")
	p.done()
}

// TestAPauseHoldsUpOneMessage that says what an outage held up, and nothing
// that comes later.
func TestAPauseHoldsUpOneMessage(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	before := len(p.in(ingrid))
	p.queue(nudge(), toUser(ingrid))
	p.move(3 * time.Hour) // an outage
	p.slack.ChangeUser(ingrid, func(u *slacksim.User) { u.Snoozed = p.now.Add(3 * time.Hour) })
	p.deliver()
	p.grew(ingrid, before, 0)
	p.queue(hiring.Notice{Kind: hiring.TellOwners, User: ingrid, About: jonas})
	p.after(time.Hour)
	p.grew(ingrid, before, 1)
	mustContain(t, "during the pause", p.newest(ingrid).Text, jonas)
	p.after(2 * time.Hour)
	p.grew(ingrid, before, 2)
	mustContain(t, "after the pause", p.newest(ingrid).Text, "What waited for you")
	p.done()
}

// TestAnInterviewIsPreparedForAfterAnOutage of two hours: what to look for
// comes whole, also where other things were held up.
func TestAnInterviewIsPreparedForAfterAnOutage(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	before := len(p.in(ingrid))
	p.queue(toUser(ingrid))
	p.talk(p.now.Add(3 * time.Hour))
	p.after(2*time.Hour + 10*time.Minute)
	p.grew(ingrid, before, 2)
	for _, says := range []string{"What waited for you", "You talk with *Per Hansen*", "What to find out", "https://cv.example/per"} {
		mustContain(t, "what came", p.read(ingrid, before), says)
	}
}

// TestNoReminderInTheEvening has Slack be away for 100 minutes over the end of
// the day: what was due five minutes before it comes the next morning.
func TestNoReminderInTheEvening(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.move(6*time.Hour + 55*time.Minute) // five to four
	before, others := len(p.in(ingrid)), len(p.in(ola))
	p.queue(nudge(), hiring.Notice{Kind: hiring.Escalation, User: ola, About: ingrid, Step: 3, Subjects: nudge().Subjects}, toUser(ola))
	p.after(100 * time.Minute)
	p.grew(ingrid, before, 0)
	p.grew(ola, others, 1) // that the brief is agreed
	p.after(16 * time.Hour)
	p.grew(ingrid, before, 1)
	p.grew(ola, others, 2)
	mustContain(t, "the reminder", p.newest(ingrid).Text, "for your feedback")
	p.done()
}

// TestAReminderAtTheEndOfTheDay comes then, although it takes Slack seconds.
func TestAReminderAtTheEndOfTheDay(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.move(6*time.Hour + 59*time.Minute)
	before := len(p.in(ingrid))
	p.queue(nudge())
	p.after(63 * time.Second)
	p.grew(ingrid, before, 1)
}
