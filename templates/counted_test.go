package templates

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// TestWhomYouMeetIsCountedByItself: how many were answered says nothing of how
// many are to be met.
func TestWhomYouMeetIsCountedByItself(t *testing.T) {
	for _, tt := range []struct {
		answers  []hiring.LookAnswer
		want, nb string
	}{
		{[]hiring.LookAnswer{hiring.LookTalk}, "1 candidate was proposed and answered. So far you will not meet them.", "1 kandidat er foreslått, og ansettende leder har svart. Så langt skal dere ikke møte vedkommende."},
		{[]hiring.LookAnswer{hiring.LookInterview}, "1 candidate was proposed and answered. You will meet them.", "Dere skal møte vedkommende."},
		{[]hiring.LookAnswer{hiring.LookNo, hiring.LookNo}, "2 candidates were proposed and answered. So far you will meet none of them.", "2 kandidater er foreslått, og ansettende leder har svart. Så langt skal dere ikke møte noen av dem."},
		{[]hiring.LookAnswer{hiring.LookInterview, hiring.LookNo}, "2 candidates were proposed and answered. You will meet 1 of them.", "1 av dem skal dere møte."},
	} {
		o := newOffice()
		for i, answer := range tt.answers {
			c := o.candidates[hiring.CandidateID(3+i)]
			c.Look = hiring.Look{ProposedAt: days(1), ProposedBy: ola, Answer: answer, AnsweredAt: now}
			o.candidates[c.ID] = c
		}
		n := hiring.Notice{Kind: hiring.LookBack, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}
		for locale, want := range map[hiring.Locale]string{hiring.English: tt.want, hiring.Norwegian: tt.nb} {
			m, err := house.For(locale, oslo).Notice(o, n, OnePerson, false, now)
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Blocks[0].(*slack.SectionBlock).Text.Text; !strings.Contains(got, want) {
				t.Errorf("%v, %s: %s", tt.answers, locale, got)
			}
		}
	}
}

// TestSilence counts whole working days; less is none.
func TestSilence(t *testing.T) {
	p := page{Writer: house.For(hiring.English, oslo), now: now}
	for _, tt := range []struct {
		it   string
		c    hiring.Candidate
		want Mrkdwn
	}{
		{"nobody has written for three days", hiring.Candidate{AddedAt: days(9), HeardAt: days(5)}, "has heard nothing for 3 working days"},
		{"we wrote this morning", hiring.Candidate{AddedAt: days(9), HeardAt: now.Add(-time.Hour)}, "heard from us recently"},
		{"the interview was this morning", hiring.Candidate{AddedAt: days(9), Interviews: []hiring.Interview{{Status: hiring.TookPlace, Start: now.Add(-2 * time.Hour), Length: time.Hour}}}, "heard from us recently"},
		{"they are new", hiring.Candidate{AddedAt: now.Add(-time.Hour)}, ""},
	} {
		if got := p.silence(tt.c); got != tt.want {
			t.Errorf("%s: %q", tt.it, got)
		}
	}
}
