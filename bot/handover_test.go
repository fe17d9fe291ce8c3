package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// gives has Ingrid give feedback on C-1, or mend it.
func (p *postOffice) gives(note string) {
	p.Helper()
	p.act(ingrid, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.SubmitFeedback(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}, hiring.Scorecard{
			Recommendation: hiring.StrongNo, Ratings: []hiring.Rating{hiring.Meets, hiring.DoesNotMeet}, Evidence: []string{"", "Cannot join tables."}, Note: note,
		}))
	})
}

// handsOver hands R-1 over to another recruiter.
func (p *postOffice) handsOver(recruiter hiring.UserID) {
	p.Helper()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, kari, recruiter)) })
}

// reads counts somebody's messages that say something.
func (p *postOffice) reads(who, what string) (n int) {
	p.Helper()
	for _, m := range p.in(who) {
		if strings.Contains(m.Text+said(m), what) {
			n++
		}
	}
	return n
}

// TestFeedbackGoesToWhoOwnsTheRole by the time it is sent: it came in while
// Slack was away, and the role was handed over meanwhile.
func TestFeedbackGoesToWhoOwnsTheRole(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.gives("Was late.")
	p.move(10 * time.Minute)
	p.handsOver(jonas)
	p.deliver()
	p.after(time.Minute)
	for who, want := range map[string]int{kari: 1, ola: 0, jonas: 1} {
		for _, what := range []string{"Was late.", "Cannot join tables.", "Strong no"} {
			if n := p.reads(who, what); n != want {
				t.Errorf("%s reads %q in %d messages, want %d", who, what, n, want)
			}
		}
	}
	p.done()
}

// TestAFormerOwnersMessageSaysNothingNew of a candidate, nor what it said before,
// and says it again when the role comes back.
func TestAFormerOwnersMessageSaysNothingNew(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.gives("Fine.")
	p.after(time.Minute)
	if p.reads(ola, "Fine.") != 1 {
		t.Fatal("Ola reads no feedback")
	}
	p.handsOver(jonas)
	p.after(48 * time.Hour)
	p.gives("Was late.")
	p.after(time.Minute)
	for _, what := range []string{"Fine.", "Was late.", "Nora Vik", "Strong no"} {
		if p.reads(ola, what) != 0 {
			t.Errorf("Ola still reads %q", what)
		}
	}
	if p.reads(ola, "R-1 is with others now") == 0 {
		t.Error("Ola is not told why")
	}
	p.handsOver(ola)
	p.after(time.Minute)
	if p.reads(ola, "Was late.") != 1 {
		t.Error("Ola reads nothing although the role is back")
	}
	p.done()
}

// TestADebriefNamesWhoDecidesNow to the owner who stays.
func TestADebriefNamesWhoDecidesNow(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.gives("Fine.")
	p.after(time.Minute)
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, jonas, ola)) })
	p.after(time.Minute)
	if p.reads(ola, "<@UJONAS> decides, by") != 1 || p.reads(kari, "Fine.") != 0 {
		t.Errorf("Ola reads %s", said(p.newest(ola)))
	}
}
