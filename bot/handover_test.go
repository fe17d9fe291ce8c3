package bot_test

import (
	"net/http"
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

// TestFeedbackInDoubtGoesToWhoOwnsTheRole where it was not posted, and the
// account of the recruiter whom it went to is deactivated before that is known.
func TestFeedbackInDoubtGoesToWhoOwnsTheRole(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	p.gives("Was late.")
	box, lost := p.wire.next, false
	p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		post := strings.HasSuffix(r.URL.Path, "chat.postMessage") && p.wire.to(r) == ola
		switch {
		case post && !lost:
			lost = true
			return answer(`{"ok":false,"error":"internal_error"}`), nil
		case post, strings.HasSuffix(r.URL.Path, "conversations.open") && lost:
			return answer(`{"ok":false,"error":"account_inactive"}`), nil
		}
		return box.RoundTrip(r)
	})
	for range 15 {
		p.after(time.Minute)
	}
	if all := p.unreachable(); len(all) != 1 || all[0].To.User != ola {
		t.Fatalf("unreachable: %+v", all)
	}
	p.handsOver(jonas)
	for range 9 * 24 {
		p.after(time.Hour)
		p.sweepUndelivered()
	}
	if n := p.reads(jonas, "Was late."); n != 1 {
		t.Errorf("Jonas reads it in %d messages", n)
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

// leavesOneByOne has the hiring manager change and, two days later, the
// recruiter: Kari takes Ola's place, and Jonas has hers.
func (p *postOffice) leavesOneByOne() {
	p.Helper()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, jonas, ola)) })
	p.after(48 * time.Hour)
	p.act(jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, jonas, kari)) })
	p.after(time.Minute)
}

// TestADebriefIsReadByWhoOwnsTheRole also when its owners change one by one.
func TestADebriefIsReadByWhoOwnsTheRole(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.gives("Was late.")
	p.after(time.Minute)
	if p.reads(ola, "Was late.") != 1 {
		t.Fatal("Ola reads no debrief")
	}
	p.leavesOneByOne()
	for _, what := range []string{"Was late.", "Nora Vik", "Strong no", "Cannot join tables."} {
		if n := p.reads(ola, what); n != 0 {
			t.Errorf("Ola, who has left R-1, still reads %q in %d messages", what, n)
		}
	}
	p.done()
}

// TestADebriefFollowsAfterAHandOver what is mended and decided, with the owner
// who stays.
func TestADebriefFollowsAfterAHandOver(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.gives("Was late.")
	p.after(time.Minute)
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, jonas, ola)) })
	p.after(time.Hour)
	p.gives("Was in time after all.")
	p.after(time.Minute)
	if p.reads(ola, "Was in time after all.") != 1 || p.reads(ola, "Was late.") != 0 {
		t.Error("Ola does not read what was mended")
	}
	p.act(jonas, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.Decide(1, hiring.Ruling{Verdict: hiring.Reject, Reason: "SQL.", Contact: hiring.Contact{By: ola, On: "2026-11-30"}}))
	})
	p.after(time.Minute)
	if p.reads(ola, "decides, by") != 0 || p.reads(ola, "decided: *Reject") == 0 {
		t.Errorf("Ola reads\n%s", p.kept(hiring.TellDebrief)[ola])
	}
	p.done()
}

// proposes adds C-1, and Ola proposes them to Kari.
func (p *postOffice) proposes() {
	p.Helper()
	p.act(ola, adds("Nora Vik", hiring.Referral))
	p.act(ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Propose(1, "Great.")) })
	p.after(time.Minute)
}

// TestAnAnswerIsReadByWhoOwnsTheRole also when its owners change one by one.
func TestAnAnswerIsReadByWhoOwnsTheRole(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.proposes()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.AnswerLook(1, hiring.LookReply{Answer: hiring.LookNo, Missing: "SQL", Why: "Never wrote a join."}))
	})
	p.after(time.Minute)
	if p.reads(ola, "Nora Vik") == 0 {
		t.Fatal("Ola reads no answer")
	}
	p.leavesOneByOne()
	if n := p.reads(ola, "Nora Vik"); n != 0 {
		t.Errorf("Ola, who has left R-1, still reads of Nora Vik in %d messages", n)
	}
	p.done()
}

// TestWhatIsDoneNamesNobodyToAFormerOwner: reminders of what is done by now say
// so, and after a hand-over no more than that, until the role comes back.
func TestWhatIsDoneNamesNobodyToAFormerOwner(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	reminds := func(u hiring.UserID, about ...hiring.Subject) doing {
		return doing{"somebody is reminded", u, func(a hiring.Act) (hiring.Change, error) {
			return hiring.Change{Notices: []hiring.Notice{{Kind: hiring.Nudge, User: u, Step: 1, Subjects: about, CreatedAt: a.Now, NotBefore: a.Now}}}, nil
		}}
	}
	hands := func(it string, manager, recruiter hiring.UserID) doing {
		return doing{it, admin, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, manager, recruiter)) }}
	}
	p.play(
		doing{"a candidate is added", ola, adds("Nora Vik", hiring.Referral)},
		reminds(kari, hiring.NextSubject(1, 1, hiring.StageSourced, kari)),
		reminds(ola, hiring.ReplySubject(1, 1, ola)),
		doing{"they are told", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Told(1)) }},
		doing{"and interviewed", ola, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.Move(1, "interview-1", hiring.Interview{Start: a.Now.Add(-2 * time.Hour), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
		}},
		reminds(ola, hiring.HeldSubject(1, 1, "interview-1", ola)),
		doing{"which took place", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.HoldInterview(1, 0)) }},
		hands("the hiring manager changes", jonas, ola),
		doing{"who confirms the brief", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 1)) }},
		hands("and the recruiter", jonas, kari),
	)
	if n := p.reads(ola, "Nora Vik"); n != 0 {
		t.Errorf("Ola, who has left R-1, still reads of Nora Vik in %d messages", n)
	}
	p.play(hands("the role comes back", kari, ola))
	if p.reads(ola, "Nora Vik") == 0 {
		t.Error("Ola reads nothing although the role is back")
	}
	p.done()
}

// TestAQuestionIsAskedAgainWhenTheRoleComesBack: whoever owes the answer then
// has the buttons.
func TestAQuestionIsAskedAgainWhenTheRoleComesBack(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.proposes()
	asked := p.kept(hiring.AskLook)[kari]
	for _, manager := range []hiring.UserID{jonas, kari} {
		p.act(ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, manager, ola)) })
		p.after(time.Hour)
		said, owes := p.kept(hiring.AskLook)[kari], manager == kari
		if owes != (said == asked) || owes == strings.Contains(said, "is with others now") {
			t.Errorf("while %s is hiring manager, Kari reads %s", manager, said)
		}
	}
	p.done()
}

// TestAPreviewIsReadByWhoOwnsTheRole: it names candidates where the channel that
// hears the digest is private.
func TestAPreviewIsReadByWhoOwnsTheRole(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Private = true })
	p.interview()
	p.deliver()
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.after(time.Minute)
	if !strings.Contains(p.kept(hiring.Preview)[ola+backend], "Nora Vik") {
		t.Fatalf("Ola reads %s", p.kept(hiring.Preview)[ola+backend])
	}
	p.handsOver(jonas)
	p.after(time.Minute)
	if n := p.reads(ola, "Nora Vik"); n != 0 {
		t.Errorf("Ola, who has left R-1, still reads of Nora Vik in %d messages", n)
	}
	if !strings.Contains(p.kept(hiring.Preview)[kari+backend], "Nora Vik") {
		t.Error("Kari, who stays, reads it no more")
	}
}

// TestWhoeverGaveFeedbackReadsTheDebrief also where the plan does not name
// them: Jonas is chosen for the interview, or takes it over.
func TestWhoeverGaveFeedbackReadsTheDebrief(t *testing.T) {
	ofIngrid := hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}
	ofJonas := hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: jonas}
	for it, so := range map[string]func(*postOffice){
		"chosen": func(p *postOffice) {
			p.act(ola, func(a hiring.Act) (hiring.Change, error) {
				to := hiring.Interview{Start: a.Now.Add(-2 * time.Hour), Length: time.Hour, Panel: []hiring.UserID{ingrid, jonas}}
				return drop(a.MoveInterview(1, 0, to))
			})
			p.gives("Fine.")
		},
		"took over": func(p *postOffice) {
			p.act(ingrid, func(a hiring.Act) (hiring.Change, error) { return drop(a.OfferFeedback(ofIngrid, jonas)) })
			p.act(jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.AnswerOffer(ofIngrid, true)) })
		},
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.interview()
			so(p)
			p.after(time.Minute)
			if p.reads(jonas, "All feedback on") != 0 || p.reads(jonas, "Cannot join tables.") != 0 {
				t.Fatal("Jonas reads others before his own is in")
			}
			p.act(jonas, func(a hiring.Act) (hiring.Change, error) {
				return drop(a.SubmitFeedback(ofJonas, hiring.Scorecard{
					Recommendation: hiring.Yes, Ratings: []hiring.Rating{hiring.Meets, hiring.Meets}, Evidence: []string{"", ""},
				}))
			})
			p.after(time.Minute)
			if n := p.reads(jonas, "All feedback on"); n != 1 {
				t.Errorf("Jonas reads %d debriefs", n)
			}
			p.done()
		})
	}
}
