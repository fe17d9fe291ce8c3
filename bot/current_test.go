package bot_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// standing returns every message that stands in Slack, by its notice.
func (p *postOffice) standing() map[hiring.NoticeID]hiring.Post {
	p.Helper()
	posts := make(map[hiring.NoticeID]hiring.Post)
	for id, edits := hiring.NoticeID(1), 0; edits < 2000; id++ { // which have numbers, too
		post, known, err := p.record.PostOf(p.Context(), id)
		p.check(err)
		edits++
		if known {
			posts[id], edits = post, 0
		}
	}
	return posts
}

// blockIDs are what Slack names blocks by, each time anew.
var blockIDs = regexp.MustCompile(`"block_id":"[^"]*",`)

// text returns what a message says in Slack.
func (p *postOffice) text(post hiring.Post) string {
	p.Helper()
	reader := kari
	if post.Notice.User != "" {
		reader = string(post.Notice.User)
	}
	for _, m := range p.slack.Person(reader).Messages(string(post.Channel)) {
		if m.TS == post.TS {
			return m.Text + "\n" + blockIDs.ReplaceAllString(string(m.Blocks), "")
		}
	}
	return ""
}

// anew has every message rendered anew. A digest is of its week, and is brought
// up to date when somebody asks for it; a preview shows how it looked so far.
func (p *postOffice) anew() {
	p.Helper()
	var subjects []hiring.Subject
	for _, post := range p.standing() {
		if k := post.Notice.Kind; k != hiring.Digest && k != hiring.DigestDetails && k != hiring.Preview {
			subjects = append(subjects, post.Notice.Subjects...)
		}
	}
	p.check(p.record.Change(p.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) { return hiring.Change{Refresh: subjects}, nil }))
	p.deliver()
}

// current complains about messages that do not say what they would say if they
// were sent now, and about two that say the same. It returns the kinds it has
// looked at.
func (p *postOffice) current(it string) (kinds []hiring.NoticeKind) {
	p.Helper()
	posts := p.standing()
	before := make(map[hiring.NoticeID]string)
	for id, post := range posts {
		before[id] = p.text(post)
		kinds = append(kinds, post.Notice.Kind)
	}
	p.anew()
	said := make(map[string]hiring.NoticeKind)
	for _, id := range slices.Sorted(maps.Keys(posts)) {
		where := string(posts[id].Channel) + before[id]
		if other, twice := said[where]; twice && !strings.Contains(before[id], "✓") {
			p.Errorf("%s: %q and %q to %s say the same:\n%s", it, other, posts[id].Notice.Kind, posts[id].Notice.To(), before[id])
		}
		said[where] = posts[id].Notice.Kind
		if now := p.text(posts[id]); now != before[id] {
			p.Errorf("%s: the %q to %s still said\n%s\nnot\n%s", it, posts[id].Notice.Kind, posts[id].Notice.To(), before[id], now)
		}
	}
	return kinds
}

// play has people do one thing after the other, with every message current
// after each. It returns the kinds it has looked at.
func (p *postOffice) play(life ...doing) (kinds []hiring.NoticeKind) {
	p.Helper()
	for _, d := range life {
		p.after(time.Minute)
		p.anew()
		p.Log(d.it)
		p.act(d.by, d.act)
		p.deliver()
		kinds = append(kinds, p.current(d.it)...)
	}
	return kinds
}

// doing is one thing that somebody does.
type doing struct {
	it  string
	by  hiring.UserID
	act func(hiring.Act) (hiring.Change, error)
}

// drop leaves out what a rule returns beside its change.
func drop[T any](_ T, c hiring.Change, err error) (hiring.Change, error) { return c, err }

// adds adds a candidate to R-1.
func adds(name string, from hiring.Source) func(hiring.Act) (hiring.Change, error) {
	return func(a hiring.Act) (hiring.Change, error) {
		return drop(a.AddCandidate(1, hiring.Applicant{Name: name, Source: from}))
	}
}

// undoes undoes the last step of a candidate's way that can be.
func undoes(c hiring.CandidateID) func(hiring.Act) (hiring.Change, error) {
	return func(a hiring.Act) (hiring.Change, error) {
		on, err := a.Record.Candidate(c)
		if err != nil {
			return hiring.Change{}, err
		}
		steps := on.Steps()
		for i := len(steps) - 1; i >= 0; i-- {
			if change, err := drop(a.Correct(c, hiring.Fix{Step: i, At: steps[i].At, Undo: true})); err == nil {
				return change, nil
			}
		}
		return hiring.Change{}, fmt.Errorf("nothing of %+v can be undone", steps)
	}
}

// imports brings a candidate in from a file.
func imports(role hiring.RoleID, key string, outcome hiring.Outcome) func(hiring.Act) (hiring.Change, error) {
	return func(a hiring.Act) (hiring.Change, error) {
		row := hiring.Imported{Line: 2, External: key, Name: "Una Dahl", Source: hiring.Agency, AddedAt: a.Now.Add(-time.Hour), Outcome: outcome}
		if outcome != hiring.Active {
			row.ClosedAt = a.Now
		}
		return drop(a.Import(role, []hiring.Imported{row}))
	}
}

// yesAndMeets is a scorecard.
var yesAndMeets = hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.Meets}, Recommendation: hiring.Yes, Note: "Clear."}

// aRolesLife is everything that can happen to a role and its candidates, in an
// order that makes sense.
func aRolesLife() []doing {
	key := func(c hiring.CandidateID) hiring.FeedbackKey {
		return hiring.FeedbackKey{Candidate: c, Stage: "interview-1", Interviewer: ingrid}
	}
	move := func(c hiring.CandidateID, to hiring.StageID, in time.Duration, others ...hiring.UserID) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) {
			return drop(a.Move(c, to, hiring.Interview{Start: a.Now.Add(in), Length: time.Hour, Panel: append(others, ingrid)}))
		}
	}
	meets := func(in time.Duration, panel ...hiring.UserID) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) {
			return drop(a.MoveInterview(1, 0, hiring.Interview{Start: a.Now.Add(in).Truncate(time.Hour), Length: time.Hour, Panel: panel}))
		}
	}
	told := func(list ...hiring.Notice) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) {
			for i := range list {
				list[i].CreatedAt, list[i].NotBefore = a.Now, a.Now
			}
			return hiring.Change{Notices: list}, nil
		}
	}
	look := func(answer hiring.LookAnswer, missing string) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) {
			return drop(a.AnswerLook(1, hiring.LookReply{Answer: answer, Missing: missing}))
		}
	}
	decide := func(c hiring.CandidateID, v hiring.Verdict) func(hiring.Act) (hiring.Change, error) {
		return func(a hiring.Act) (hiring.Change, error) {
			return drop(a.Decide(c, hiring.Ruling{Verdict: v, Criteria: []int{0}, Reason: "Because.", Contact: hiring.Contact{By: ola, On: "2026-11-30"}}))
		}
	}
	terms := func(a hiring.Act) hiring.Terms {
		r, _ := a.Record.Role(1)
		return r.Brief().Terms
	}
	return []doing{
		{"candidates are added", ola, adds("Nora Vik", hiring.Referral)},
		{"another", ola, adds("Per Holm", hiring.Referral)},
		{"a third", ola, adds("Siv Moe", hiring.Referral)},
		{"a fourth comes from a file", ola, imports(1, "1", hiring.Active)},
		{"a fifth from another", ola, imports(1, "2", hiring.Active)},
		{"a sixth is added", ola, adds("Liv Lund", hiring.Referral)},
		{"one is proposed", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Propose(1, "")) }},
		{"the answer is no", kari, look(hiring.LookNo, "SQL")},
		{"no, it is yes", kari, look(hiring.LookInterview, "")},
		{"an interview is planned", ola, move(1, "interview-1", 48*time.Hour)},
		{"it is moved", ola, meets(72*time.Hour, ingrid)},
		{"it is moved to the next hours", ola, meets(4*time.Hour, ingrid)},
		{"it is moved a day", ola, meets(28*time.Hour, ingrid)},
		{"it is others'", ola, meets(28*time.Hour, jonas)},
		{"it is theirs after all", ola, meets(29*time.Hour, ingrid, jonas)},
		{"it is moved back", ola, meets(28*time.Hour, ingrid, jonas)},
		{"it is called off", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.CancelInterview(1, 0, hiring.CalledOff)) }},
		{"another took place days ago", ola, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.AddInterview(1, hiring.Interview{Stage: "interview-1", Start: a.Now.Add(-120 * time.Hour), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
		}},
		{"people are reminded", ola, told(nudge(), hiring.Notice{Kind: hiring.Escalation, User: ola, About: ingrid, Subjects: nudge().Subjects},
			hiring.Notice{Kind: hiring.CatchUp, User: kari, Subjects: append(nudge().Subjects, hiring.RoleSubject(1)), Parts: []hiring.Notice{nudge(), {Kind: hiring.TellWaived, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}}})},
		{"feedback is asked for in person", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Remind(key(1))) }},
		{"somebody else is asked", ingrid, func(a hiring.Act) (hiring.Change, error) { return drop(a.OfferFeedback(key(1), jonas)) }},
		{"and says no", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.AnswerOffer(key(1), false)) }},
		{"feedback is given", ingrid, func(a hiring.Act) (hiring.Change, error) { return drop(a.SubmitFeedback(key(1), yesAndMeets)) }},
		{"and mended", ingrid, func(a hiring.Act) (hiring.Change, error) {
			s := yesAndMeets
			s.Note, s.Recommendation = "I had mixed two people up.", hiring.No
			return drop(a.SubmitFeedback(key(1), s))
		}},
		{"they talk first", kari, decide(1, hiring.TalkFirst)},
		{"it is decided", kari, decide(1, hiring.Advance)},
		{"the decision is undone", ola, undoes(1)},
		{"a second candidate is interviewed", ola, move(2, "interview-1", -2*time.Hour)},
		{"somebody else takes over", ingrid, func(a hiring.Act) (hiring.Change, error) { return drop(a.OfferFeedback(key(2), jonas)) }},
		{"and accepts", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.AnswerOffer(key(2), true)) }},
		{"who gives feedback", jonas, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.SubmitFeedback(hiring.FeedbackKey{Candidate: 2, Stage: "interview-1", Interviewer: jonas}, yesAndMeets))
		}},
		{"the second advances", kari, decide(2, hiring.Advance)},
		{"goes back to the screen", ola, move(2, "screen", 0)},
		{"a third is interviewed by two", ola, move(3, "interview-1", -2*time.Hour, jonas)},
		{"one of them answers", jonas, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.SubmitFeedback(hiring.FeedbackKey{Candidate: 3, Stage: "interview-1", Interviewer: jonas}, yesAndMeets))
		}},
		{"the other is excused", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.ExcuseFeedback(key(3), "Ill.")) }},
		{"the role is paused", kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.Pause(1)) }},
		{"it goes on", kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.Resume(1)) }},
		{"the brief is changed", kari, func(a hiring.Act) (hiring.Change, error) {
			t := terms(a)
			t.MustHaves = append(t.MustHaves, hiring.MustHaves("Kafka")...)
			return drop(a.ChangeBrief(1, 1, t, "The team grows."))
		}},
		{"it is sent back", ola, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.SendBack(1, 2, hiring.TheRole, "Too senior."))
		}},
		{"it is changed again", kari, func(a hiring.Act) (hiring.Change, error) {
			t := terms(a)
			t.MustHaves = append(t.MustHaves, hiring.MustHaves("AMQP")...)
			return drop(a.ChangeBrief(1, 2, t, "As you said."))
		}},
		{"another role is proposed", kari, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: backend, Terms: terms(a)}))
		}},
		{"an admin lets candidates go on", admin, func(a hiring.Act) (hiring.Change, error) { return drop(a.Waive(2, "It hurries.")) }},
		{"the other role is signed", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(2, 1)) }},
		{"a file has who was hired for it", ola, imports(2, "3", hiring.Hired)},
		{"the first one, too", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 3)) }},
		{"it is handed over", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, kari, jonas)) }},
		{"and confirmed", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 3)) }},
		{"another takes the hiring manager's place", kari, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, ola, jonas)) }},
		{"and gives it back", ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.HandOver(1, kari, jonas)) }},
		{"an offer is made to the first", jonas, move(1, "offer", 0)},
		{"it is accepted", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.EndOffer(1, hiring.Accepted, "", true)) }},
		{"and renounced", jonas, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.EndOffer(1, hiring.Renounced, "Another job.", true))
		}},
		{"the third withdraws", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.Close(3, hiring.Withdrawn, "Too far.", true)) }},
		{"the role is given up", jonas, func(a hiring.Act) (hiring.Change, error) { return drop(a.Cancel(1)) }},
	}
}

// TestMessagesAreKeptCurrent plays a role's life. After each step, every
// message says what it would say if it were sent now: having them all rendered
// anew changes nothing.
func TestMessagesAreKeptCurrent(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.slack.AddUser(slacksim.User{ID: admin, Name: "admin", RealName: "Tone Admin", TZ: "Europe/Oslo"})
	p.check(p.directory.Learn(t.Context(), p.now, admin))
	kinds := p.play(aRolesLife()...)
	for _, kind := range []hiring.NoticeKind{
		hiring.TellBrief, hiring.PostBrief, hiring.AskSignOff, hiring.AskRevision, hiring.TellAgreed, hiring.TellWaived, hiring.TellPaused, hiring.AskFeedback,
		hiring.TellFeedback, hiring.Nudge, hiring.Escalation, hiring.TellFilled, hiring.TellOwners, hiring.TellCancelled, hiring.CatchUp, hiring.TellExcused,
		hiring.AskTakeOver, hiring.TellTakeOver, hiring.TellDebrief, hiring.TellDecision, hiring.AskLook, hiring.TellLook, hiring.TellCorrected, hiring.TellImported,
		hiring.TellInterview,
	} {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no message of the kind %q was looked at", kind)
		}
	}
}

// TestAQuestionThatIsOvertakenAsksNoMore: the recruiter plans the interview
// before the hiring manager has said whether to meet the candidate.
func TestAQuestionThatIsOvertakenAsksNoMore(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.proposes()
	p.deliver()
	if p.reads(kari, "Do you want to meet them?") != 1 {
		t.Fatal("the hiring manager is not asked")
	}
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.Move(1, "interview-1", hiring.Interview{Start: a.Now.Add(26 * time.Hour), Length: time.Hour}))
	})
	p.after(10 * time.Minute)
	if p.reads(kari, "Do you want to meet them?") != 0 || p.reads(kari, "Nothing to do for") != 1 {
		t.Errorf("the interview is planned, and the hiring manager reads: %s", said(p.newest(kari)))
	}
}
