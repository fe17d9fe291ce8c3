package templates

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestEveryInterviewHasItsOwnWord plays two interviews of one stage: feedback
// on the first answers for the first only, and every message is about the
// interview of its reader.
func TestEveryInterviewHasItsOwnWord(t *testing.T) {
	o := newOffice()
	c := o.candidates[12]
	c.Outcome, c.ClosedAt = hiring.Active, time.Time{}
	c.Interviews = []hiring.Interview{
		{Stage: "interview-2", Start: days(3), Length: time.Hour, Panel: []hiring.UserID{liv}},
		{Stage: "interview-2", Start: days(1), Length: time.Hour, Panel: []hiring.UserID{per}},
		{Stage: "interview-2", Start: days(-1), Length: time.Hour, Panel: []hiring.UserID{gro}},
	}
	o.candidates[12] = c
	w := house.For(hiring.English, oslo)
	v, err := w.CandidateView(o, c, o.roles[1], o.people[ola], now)
	if err != nil {
		t.Fatal(err)
	}
	for n, asked := range []bool{false, true, false} { // Liv has answered, Gro's is tomorrow
		if got := contains(t, v, EncodeInterview(InterviewHeld, 12, n)); got != asked {
			t.Errorf("interview %d: asked about %v", n, got)
		}
	}
	subject := hiring.HeldSubject(1, 12, "interview-2", ola)
	o.owe(subject, c.Interviews[1].End())
	p := page{Writer: w, record: o, now: now, reader: ola}
	said, err := p.look(subject)
	if err != nil || said.progress != waits || !contains(t, p.todo(said), EncodeInterview(InterviewHeld, 12, 1)) {
		t.Errorf("the reminder is about interview %d, %v", said.interview, err)
	}
	for u, n := range map[hiring.UserID]int{liv: 0, per: 1, gro: 2} {
		at, _ := p.ahead(thing{subject: hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: u}), candidate: c})
		if !at.Start.Equal(c.Interviews[n].Start) {
			t.Errorf("%s prepares for %v", u, at.Start)
		}
	}
}

// contains says whether what is shown has a text in it.
func contains(t *testing.T, shown any, text string) bool {
	t.Helper()
	raw, err := json.Marshal(shown)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(raw), text)
}
