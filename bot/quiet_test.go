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
