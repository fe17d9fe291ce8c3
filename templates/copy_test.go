package templates

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestThePitchTellsWhatIsAgreed: revision 2 of R-3 asks for Rust and waits for
// its signature; until it has it, revision 1 holds.
func TestThePitchTellsWhatIsAgreed(t *testing.T) {
	role := newOffice().roles[3]
	if !role.Drifted() || !slices.Contains(role.Brief().Terms.Skills(), "Rust") {
		t.Fatalf("%+v", role.Brief().Terms.Skills())
	}
	if pitch := house.For(hiring.English, nil).pitch(role); strings.Contains(pitch, "Rust") {
		t.Errorf("candidates read what is not agreed:\n%s", pitch)
	}
	role.Briefs = role.Briefs[1:] // and nothing was agreed before
	if pitch := house.For(hiring.English, nil).pitch(role); !strings.Contains(pitch, "Rust") {
		t.Errorf("the pitch of what is proposed:\n%s", pitch)
	}
}

// TestPromisesAreThoseOfTheRules in what candidates and owners are told: whole
// working days, never fewer than were promised.
func TestPromisesAreThoseOfTheRules(t *testing.T) {
	h := house
	s := &h.Settings
	s.FeedbackDue, s.DecisionDue, s.ReplyDue, s.LookBackDays, s.LookBackAnswers = 2*time.Hour, 17*time.Hour, 40*time.Hour, 1, 1
	for locale, want := range map[hiring.Locale][2]string{
		hiring.English: {
			"You hear from us within 5 working days of every interview.",
			"feedback within 1 working day of an interview, a decision within 3 working days of the last feedback, and a look back at this brief after 1 answer on a candidate or 1 working day.",
		},
		hiring.Norwegian: {
			"Du hører fra oss innen 5 arbeidsdager etter hvert intervju.",
			"tilbakemelding innen 1 arbeidsdag etter et intervju, en beslutning innen 3 arbeidsdager etter den siste tilbakemeldingen, og et nytt blikk på briefen etter 1 svar om en kandidat eller 1 arbeidsdag.",
		},
	} {
		w := h.For(locale, nil)
		if pitch := w.pitch(newOffice().roles[1]); !strings.Contains(pitch, want[0]) {
			t.Errorf("candidates read:\n%s", pitch)
		}
		if told := string(w.promises()); !strings.HasSuffix(told, want[1]) {
			t.Errorf("owners read: %s", told)
		}
	}
}
