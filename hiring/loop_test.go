package hiring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// key names feedback of the first interview.
func key(c hiring.CandidateID, u hiring.UserID) hiring.FeedbackKey {
	return hiring.FeedbackKey{Candidate: c, Stage: "interview-1", Interviewer: u}
}

func card(r hiring.Recommendation) hiring.Scorecard {
	return hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.NotAssessed}, Evidence: []string{"Ran it."}, Recommendation: r}
}

// sent returns the notices of a kind, in the order of writing.
func (d desk) sent(kind hiring.NoticeKind) (list []hiring.Notice) {
	for _, n := range d.notices {
		if n.Kind == kind {
			list = append(list, n)
		}
	}
	return list
}

// owes says whether somebody owes something of a kind.
func (d desk) owes(u hiring.UserID, kind hiring.SubjectKind) (hiring.Owed, bool) {
	owed, _ := d.OwedBy(u)
	i := slices.IndexFunc(owed, func(o hiring.Owed) bool { return o.Subject.Kind == kind })
	if i < 0 {
		return hiring.Owed{}, false
	}
	return owed[i], true
}

func (d desk) refused(err error, want string) {
	d.t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		d.t.Errorf("got %v, want %q", err, want)
	}
}

func TestTheLastFeedbackAsksForADecision(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	if len(d.sent(hiring.TellDebrief)) != 0 {
		t.Fatal("a debrief before all feedback was in")
	}
	if _, waits := d.owes(ola, hiring.AboutHeld); waits {
		t.Error("the recruiter is asked whether an interview took place on which there is feedback")
	}
	must[hiring.Feedback](d)(d.by(jonas, "2026-10-08 09:00").SubmitFeedback(key(c.ID, jonas), card(hiring.No)))
	var readers []string
	for _, n := range d.sent(hiring.TellDebrief) {
		readers = append(readers, string(n.User))
	}
	if got := strings.Join(readers, " "); got != "UINGRID UJONAS UKARI UOLA" {
		t.Errorf("the debrief went to %s", got)
	}
	o, waits := d.owes(kari, hiring.AboutDecision)
	if !waits || o.DueAt != at("2026-10-12 09:00") { // two working days later
		t.Errorf("the decision is due %v", o.DueAt)
	}
}

func TestDecisions(t *testing.T) {
	ready := func(t *testing.T) (desk, hiring.Candidate) {
		d := newDesk(t)
		d.openRole()
		c := d.interviewed("2026-10-07 11:00")
		must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
		must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 12:00").SubmitFeedback(key(c.ID, jonas), card(hiring.Yes)))
		return d, c
	}
	ruling := hiring.Ruling{Verdict: hiring.Advance, Criteria: []int{0}, Reason: "Strong Go.", Contact: hiring.Contact{By: ola, On: "2026-10-09"}}

	t.Run("advancing has the recruiter plan the next interview and tell the candidate", func(t *testing.T) {
		d, c := ready(t)
		c = must[hiring.Candidate](d)(d.by(kari, "2026-10-07 13:00").Decide(c.ID, ruling))
		if _, waits := d.owes(kari, hiring.AboutDecision); waits || c.Stage != "interview-1" {
			t.Errorf("still to be decided, in %s", c.Stage)
		}
		next, _ := d.owes(ola, hiring.AboutNext)
		reply, _ := d.owes(ola, hiring.AboutReply)
		if next.DueAt != at("2026-10-09 13:00") || reply.DueAt != at("2026-10-09 16:00") || reply.NudgeAt != at("2026-10-09 08:00") {
			t.Errorf("next step due %v, reply due %v", next.DueAt, reply.DueAt)
		}
		_, _, err := d.by(ingrid, "2026-10-07 14:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.No))
		d.refused(err, "decided on")
		must[hiring.Candidate](d)(d.by(ola, "2026-10-07 15:00").Told(c.ID))
		if _, waits := d.owes(ola, hiring.AboutReply); waits {
			t.Error("a reply is owed to somebody who was told")
		}
	})
	t.Run("rejecting ends the process and owes the candidate a reply", func(t *testing.T) {
		d, c := ready(t)
		ruling := ruling
		ruling.Verdict = hiring.Reject
		c = must[hiring.Candidate](d)(d.by(kari, "2026-10-07 13:00").Decide(c.ID, ruling))
		if c.Outcome != hiring.Rejected || c.Reason != "Strong Go." {
			t.Errorf("%+v", c)
		}
		if _, waits := d.owes(ola, hiring.AboutReply); !waits {
			t.Error("nobody owes the candidate a reply")
		}
	})
	t.Run("talking first asks again", func(t *testing.T) {
		d, c := ready(t)
		must[hiring.Candidate](d)(d.by(kari, "2026-10-08 13:00").Decide(c.ID, hiring.Ruling{Verdict: hiring.TalkFirst}))
		if o, waits := d.owes(kari, hiring.AboutDecision); !waits || o.DueAt != at("2026-10-12 13:00") {
			t.Errorf("due %v", o.DueAt)
		}
	})
	t.Run("the stage after an interview is entered at once", func(t *testing.T) {
		d, c := ready(t)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").Move(c.ID, "interview-2", hiring.Interview{Start: at("2026-10-07 13:00"), Length: time.Hour}))
		c = must[hiring.Candidate](d)(d.by(kari, "2026-10-08 13:00").Decide(c.ID, ruling))
		if c.Stage != hiring.StageOffer {
			t.Errorf("in %s", c.Stage)
		}
	})
	t.Run("what cannot be", func(t *testing.T) {
		d, c := ready(t)
		for _, tt := range []struct {
			by     hiring.UserID
			change func(*hiring.Ruling)
			want   string
		}{
			{jonas, func(*hiring.Ruling) {}, "decides on candidates"},
			{kari, func(r *hiring.Ruling) { r.Verdict = "" }, "what is decided"},
			{kari, func(r *hiring.Ruling) { r.Reason = "" }, "what it rests on"},
			{kari, func(r *hiring.Ruling) { r.Contact.On = "2026-10-06" }, "from today on"},
			{kari, func(r *hiring.Ruling) { r.Contact.On = "soon" }, "from today on"},
			{kari, func(r *hiring.Ruling) { r.Contact.On = "2027-10-06" }, "two months"},
			{kari, func(r *hiring.Ruling) { r.Contact.By = "" }, "who tells"},
		} {
			bad := ruling
			tt.change(&bad)
			_, change, err := d.by(tt.by, "2026-10-07 13:00").Decide(c.ID, bad)
			d.refused(err, tt.want)
			if !change.Empty() {
				t.Errorf("%s: something changed", tt.want)
			}
		}
	})
}

func TestMendedFeedbackKeepsWhatStoodThere(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	draft := hiring.Scorecard{Ratings: []hiring.Rating{hiring.Exceeds}}
	change, err := d.by(ingrid, "2026-10-07 11:30").KeepDraft(key(c.ID, ingrid), draft)
	if err != nil {
		t.Fatal(err)
	}
	d.apply(change)
	if f, _ := d.Feedback(key(c.ID, ingrid)); f.Draft.Ratings[0] != hiring.Exceeds || f.Draft.Ratings[1] != hiring.Unrated || f.Status != hiring.Requested {
		t.Errorf("draft %+v", f)
	}
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	f := must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 14:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.No)))
	if len(f.Earlier) != 1 || f.Earlier[0].Recommendation != hiring.Yes || f.Recommendation != hiring.No || !f.Draft.Empty() {
		t.Errorf("%+v", f)
	}
	if n := len(d.sent(hiring.TellFeedback)); n != 1 { // the recruiter, once
		t.Errorf("%d messages that feedback is in", n)
	}
}

// TestWhatWasHeldBackIsShown once somebody's own feedback is in: the debriefs
// and decisions of earlier stages are edited, too.
func TestWhatWasHeldBackIsShown(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 12:00").SubmitFeedback(key(c.ID, jonas), card(hiring.Yes)))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").Move(c.ID, "interview-2", hiring.Interview{Start: at("2026-10-08 10:00"), Length: time.Hour, Panel: []hiring.UserID{kari}}))
	later := hiring.FeedbackKey{Candidate: c.ID, Stage: "interview-2", Interviewer: kari}
	_, change, err := d.by(kari, "2026-10-08 12:00").SubmitFeedback(later, card(hiring.No))
	if err != nil || !slices.Contains(change.Refresh, hiring.DecisionSubject(1, c.ID, "interview-1", kari)) {
		t.Errorf("%v, %v", change.Refresh, err)
	}
}

func TestHandingFeedbackOver(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.people["UAWAY"] = hiring.Person{ID: "UAWAY", Free: []hiring.Span{{From: "2026-10-05", To: "2026-10-09"}}}
	d.people["UBOT"] = hiring.Person{ID: "UBOT", Bot: true}
	c := d.interviewed("2026-10-07 11:00")
	for to, want := range map[hiring.UserID]string{"": "who was there", ingrid: "already", jonas: "on this panel", "UAWAY": "away until", "UBOT": "An app"} {
		_, _, err := d.by(ingrid, "2026-10-07 12:00").OfferFeedback(key(c.ID, ingrid), to)
		d.refused(err, want)
	}
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").OfferFeedback(key(c.ID, ingrid), "UTONE"))
	if _, still := d.owes(ingrid, hiring.AboutFeedback); !still {
		t.Error("it was taken off before anybody accepted")
	}
	_, _, err := d.by(kari, "2026-10-07 12:00").AnswerOffer(key(c.ID, ingrid), true)
	d.refused(err, "Nobody asks you")
	must[hiring.Feedback](d)(d.by("UTONE", "2026-10-08 09:00").AnswerOffer(key(c.ID, ingrid), true))
	if _, still := d.owes(ingrid, hiring.AboutFeedback); still {
		t.Error("it is still owed after somebody took it over")
	}
	if o, owes := d.owes("UTONE", hiring.AboutFeedback); !owes || o.DueAt != at("2026-10-09 09:00") {
		t.Errorf("the colleague owes it by %v", o.DueAt)
	}
}

func TestExcusingTheLastOneAsksForTheDecision(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	_, _, err := d.by(jonas, "2026-10-07 13:00").ExcuseFeedback(key(c.ID, jonas), "")
	d.refused(err, "Say in a line")
	_, _, err = d.by("UTONE", "2026-10-07 13:00").ExcuseFeedback(key(c.ID, jonas), "x")
	d.refused(err, "Only they and the owners")
	must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 13:00").ExcuseFeedback(key(c.ID, jonas), "I was ill."))
	if told := d.sent(hiring.TellExcused); len(told) != 1 || told[0].User != ola {
		t.Errorf("told %+v", told)
	}
	if _, waits := d.owes(kari, hiring.AboutDecision); !waits {
		t.Error("nobody is to decide")
	}
}

func TestInterviewsThatMove(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	if told := d.sent(hiring.Prepare); len(told) != 2 || told[0].NotBefore != at("2026-10-07 09:00") {
		t.Errorf("prepared by %+v", told)
	}
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").MoveInterview(c.ID, 0, hiring.Interview{
		Start: at("2026-10-09 10:00"), Length: time.Hour, Panel: []hiring.UserID{jonas, "UTONE"},
	}))
	if f, _ := d.Feedback(key(c.ID, ingrid)); f.Status != hiring.Excused {
		t.Errorf("who is no longer on the panel: %+v", f)
	}
	if f, _ := d.Feedback(key(c.ID, "UTONE")); f.Status != hiring.Requested || f.InterviewEnd != at("2026-10-09 11:00") {
		t.Errorf("who is on it now: %+v", f)
	}
	if o, _ := d.owes(jonas, hiring.AboutFeedback); o.DueAt != at("2026-10-12 11:00") {
		t.Errorf("due %v", o.DueAt)
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-09 12:00").CancelInterview(c.ID, 0, hiring.NoShow))
	if _, still := d.owes(jonas, hiring.AboutFeedback); still {
		t.Error("feedback is asked for on an interview nobody came to")
	}
	if _, still := d.owes(ola, hiring.AboutHeld); still {
		t.Error("it is asked whether it took place")
	}
	_, _, err := d.by(ola, "2026-10-09 12:00").MoveInterview(c.ID, 7, hiring.Interview{})
	d.refused(err, "no such interview")
	_, _, err = d.by(ola, "2026-10-09 12:00").AddInterview(c.ID, hiring.Interview{Stage: "interview-1", Start: at("2026-10-10 03:00"), Length: time.Hour})
	d.refused(err, "middle of the night")
	_, _, err = d.by(ola, "2026-10-09 12:00").AddInterview(c.ID, hiring.Interview{Stage: hiring.StageScreen, Start: at("2026-10-12 10:00"), Length: time.Hour})
	d.refused(err, "not an interview")
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 12:00").AddInterview(c.ID, hiring.Interview{Stage: "interview-1", Start: at("2026-10-08 10:00"), Length: time.Hour}))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 13:00").HoldInterview(c.ID, 1))
	if c.Interviews[1].Status != hiring.TookPlace {
		t.Errorf("%+v", c.Interviews)
	}
}

func TestShortlist(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	for range 5 {
		c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Propose(c.ID, "Two years of Go."))
		_, _, err := d.by(ola, "2026-10-06 11:00").AnswerLook(c.ID, hiring.LookReply{Answer: hiring.LookInterview})
		d.refused(err, "answers on candidates")
	}
	_, _, err := d.by(ola, "2026-10-06 11:00").Propose(1, "again")
	d.refused(err, "proposed already")
	if o, _ := d.owes(kari, hiring.AboutLook); o.DueAt != at("2026-10-07 10:00") {
		t.Errorf("due %v", o.DueAt)
	}
	_, _, err = d.by(kari, "2026-10-06 12:00").AnswerLook(1, hiring.LookReply{Answer: hiring.LookNo})
	d.refused(err, "must-have that is missing")
	before := len(d.sent(hiring.LookBack))
	for id := range 5 {
		must[hiring.Candidate](d)(d.by(kari, "2026-10-06 12:00").AnswerLook(hiring.CandidateID(id+1), hiring.LookReply{Answer: hiring.LookNo, Missing: "Go"}))
		if n := len(d.sent(hiring.LookBack)) - before; n != 0 && id < 4 || id == 4 && n != 2 {
			t.Errorf("%d look backs after %d answers", n, id+1)
		}
	}
	if _, waits := d.owes(kari, hiring.AboutLook); waits {
		t.Error("still asked")
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:30").Propose(1, "Two more years of Go."))
	must[hiring.Candidate](d)(d.by(kari, "2026-10-06 12:45").AnswerLook(1, hiring.LookReply{Answer: hiring.LookNo, Missing: "Go"}))
	if n := len(d.sent(hiring.LookBack)) - before; n != 2 {
		t.Errorf("%d look backs when the fifth is answered on again", n)
	}
	c := must[hiring.Candidate](d)(d.by(kari, "2026-10-06 13:00").AnswerLook(1, hiring.LookReply{Answer: hiring.LookTalk}))
	if c.Look.Missing != "" || c.Look.Answer != hiring.LookTalk {
		t.Errorf("a changed answer: %+v", c.Look)
	}
}

func TestSnoozes(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	_, _, err := d.by(ingrid, "2026-10-07 12:00").PutOff(hiring.SnoozeHours)
	d.refused(err, "Nothing is overdue")
	sweep := func(when string) bool {
		c, err := hiring.Sweep(d.memory, settings(), ingrid, at(when))
		if err == nil {
			d.apply(c)
		}
		return len(c.Notices) > 0
	}
	if !sweep("2026-10-08 12:00") {
		t.Fatal("no reminder")
	}
	until, change, err := d.by(ingrid, "2026-10-08 12:30").PutOff(hiring.SnoozeHours)
	if err != nil || until != at("2026-10-08 14:30") {
		t.Fatalf("until %v, %v", until, err)
	}
	d.apply(change)
	if sweep("2026-10-08 14:15") {
		t.Error("reminded before the time asked for")
	}
	if !sweep("2026-10-08 14:30") {
		t.Error("not reminded at the time asked for")
	}
	if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.Nudges != 1 {
		t.Errorf("what was put off climbed to step %d", o.Nudges)
	}
	_, change, _ = d.by(ingrid, "2026-10-08 15:00").PutOff(hiring.SnoozeMonday)
	d.apply(change)
	if sweep("2026-10-09 09:00") || !sweep("2026-10-12 08:00") {
		t.Error("Monday was not kept")
	}
	_, change, err = d.by(ingrid, "2026-10-12 09:00").PutOff(hiring.SnoozeMonday)
	d.refused(err, "put this off for 5 working days")
	if !change.Empty() {
		t.Error("put off all the same")
	}
}

func TestChoices(t *testing.T) {
	d := newDesk(t)
	s := settings()
	s.Countries = []string{"NO", "DE"}
	act := d.by(ingrid, "2026-10-07 12:00")
	act.Settings = s
	good := hiring.Choices{Country: "DE", WorkFrom: 7 * time.Hour, WorkTo: 15 * time.Hour, Free: []hiring.Span{{From: "2026-10-01", To: "2026-10-02"}, {From: "2026-10-08", To: "2026-10-09"}}}
	p := must[hiring.Person](d)(act.Choose(good))
	if len(p.Free) != 1 || p.WorkFrom != 7*time.Hour {
		t.Errorf("%+v", p)
	}
	work := s.WorkTime(p)
	if got := work.Add(at("2026-10-07 14:00"), 2*time.Hour); got != at("2026-10-12 08:00") {
		t.Errorf("two hours from Wednesday 14:00 over two days away: %v", got.In(oslo))
	}
	for want, change := range map[string]func(*hiring.Choices){
		"end after it begins": func(c *hiring.Choices) { c.WorkTo = c.WorkFrom },
		"countries":           func(c *hiring.Choices) { c.Country = "XX" },
		"first and the last":  func(c *hiring.Choices) { c.Free = []hiring.Span{{From: "2026-12-01"}} },
		"not come before":     func(c *hiring.Choices) { c.Free = []hiring.Span{{From: "2026-12-02", To: "2026-12-01"}} },
	} {
		bad := good
		change(&bad)
		_, _, err := act.Choose(bad)
		d.refused(err, want)
	}
}

func TestAnHourOfWorkBefore(t *testing.T) {
	work := settings().WorkTime(hiring.Person{})
	for start, want := range map[string]string{
		"2026-10-07 11:00": "2026-10-07 10:00",
		"2026-10-07 08:30": "2026-10-06 15:30",
		"2026-10-12 08:00": "2026-10-09 15:00", // Monday: Friday before
		"2026-10-07 19:00": "2026-10-07 15:00",
		"2027-05-18 08:00": "2027-05-14 15:00", // over a holiday
	} {
		if got := work.Before(at(start), time.Hour); got != at(want) {
			t.Errorf("before %s: %v, want %s", start, got.In(oslo), want)
		}
	}
}

// TestCallingTheLastInterviewOffAsksForTheDecision has one of a stage's two
// interviews answered and the other called off, or its panel changed.
func TestCallingTheLastInterviewOffAsksForTheDecision(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").AddInterview(c.ID, hiring.Interview{Stage: "interview-1", Start: at("2026-10-08 10:00"), Length: time.Hour, Panel: []hiring.UserID{"UTONE"}}))
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 12:00").SubmitFeedback(key(c.ID, jonas), card(hiring.Yes)))
	if _, waits := d.owes(kari, hiring.AboutDecision); waits {
		t.Fatal("to be decided before the second interview")
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").CancelInterview(c.ID, 1, hiring.CalledOff))
	if _, waits := d.owes(kari, hiring.AboutDecision); !waits {
		t.Error("nobody is to decide")
	}
	if _, waits := d.owes(ola, hiring.AboutNext); waits {
		t.Error("a next step is waited for beside the decision")
	}
	_, _, err := d.by(ola, "2026-10-08 13:00").HoldInterview(c.ID, 1)
	d.refused(err, "called off")
}

func TestADecisionWaitsWhileTheRoleIsPaused(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Role](d)(d.by(kari, "2026-10-07 12:00").Pause(1))
	_, _, err := d.by(kari, "2026-10-07 13:00").Decide(c.ID, hiring.Ruling{Verdict: hiring.Advance, Reason: "Strong Go.", Contact: hiring.Contact{By: ola, On: "2026-10-09"}})
	d.refused(err, "is paused")
}

func TestAReplyIsHandedOverWithTheRole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Promise(c.ID, hiring.Contact{By: ola, On: "2026-10-08"}))
	must[hiring.Role](d)(d.by(ola, "2026-10-06 11:00").HandOver(1, kari, "UTONE"))
	if c, _ = d.Candidate(c.ID); c.Contact.By != "UTONE" {
		t.Errorf("%s is to write", c.Contact.By)
	}
	must[hiring.Candidate](d)(d.by("UTONE", "2026-10-06 12:00").Told(c.ID))
	if _, owes := d.owes("UTONE", hiring.AboutReply); owes {
		t.Error("still owed")
	}
	must[hiring.Role](d)(d.by("UTONE", "2026-10-06 13:00").HandOver(1, kari, ola))
	if c, _ = d.Candidate(c.ID); c.Contact != (hiring.Contact{By: ola, On: "2026-10-13", Usual: true}) {
		t.Errorf("the next word: %+v", c.Contact)
	}
}

// TestEveryActiveCandidateHearsFromSomebody follows who writes to a candidate
// next, and by when.
func TestEveryActiveCandidateHearsFromSomebody(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	next := func(when string, id hiring.CandidateID, want hiring.Contact, due string) {
		t.Helper()
		c, _ := d.Candidate(id)
		o, owes := d.owes(want.By, hiring.AboutReply)
		if c.Contact != want || owes != (due != "") || owes && (o.DueAt != at(due) || o.NudgeAt.Before(o.RemindFrom())) {
			t.Errorf("%s: %+v, owed %v by %v", when, c.Contact, owes, o.DueAt.In(oslo))
		}
	}
	usual := func(on hiring.Date) hiring.Contact { return hiring.Contact{By: ola, On: on, Usual: true} }
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Inbound}))
	next("first contact within a working day", c.ID, usual("2026-10-07"), "2026-10-07 12:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 14:00").Told(c.ID))
	next("by when the stage should be over", c.ID, usual("2026-10-13"), "")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Move(c.ID, "interview-1", hiring.Interview{Start: at("2026-10-09 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
	next("three working days after the interview", c.ID, usual("2026-10-14"), "2026-10-14 11:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").MoveInterview(c.ID, 0, hiring.Interview{Start: at("2026-10-12 10:00"), Length: time.Hour, Panel: []hiring.UserID{ingrid}}))
	next("it follows the interview", c.ID, usual("2026-10-15"), "2026-10-15 11:00")
	promised := hiring.Contact{By: kari, On: "2026-10-08"}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 11:00").Promise(c.ID, promised))
	next("a promise stands", c.ID, promised, "2026-10-08 16:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 12:00").CancelInterview(c.ID, 0, hiring.CalledOff))
	next("also when the interview is off", c.ID, promised, "2026-10-08 16:00")
	must[hiring.Candidate](d)(d.by(kari, "2026-10-08 09:00").Told(c.ID))
	next("then it is the recruiter again", c.ID, usual("2026-10-15"), "")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Close(c.ID, hiring.Rejected, "No Go.", false))
	next("who is rejected waits, too", c.ID, usual("2026-10-13"), "2026-10-13 10:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 11:00").Told(c.ID))
	if c, _ := d.Candidate(c.ID); c.Contact != (hiring.Contact{}) {
		t.Errorf("still to be told: %+v", c.Contact)
	}
	if _, owes := d.owes(ola, hiring.AboutReply); owes {
		t.Error("word is owed to nobody")
	}
}

func TestHandingARoleOverMovesWhatItsOwnersOwe(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Propose(c.ID, ""))
	must[hiring.Role](d)(d.by(kari, "2026-10-06 11:00").HandOver(1, "UTONE", ola))
	if owed, _ := d.OwedBy(kari); len(owed) != 0 {
		t.Errorf("the former manager owes %+v", owed)
	}
	for _, kind := range []hiring.SubjectKind{hiring.AboutLook, hiring.AboutNext, hiring.AboutSignOff} {
		if _, owes := d.owes("UTONE", kind); !owes {
			t.Errorf("the new manager does not owe the %s", kind)
		}
	}
}

// TestAQuestionThatIsOvertaken has somebody who is proposed go on before the
// hiring manager has answered.
func TestAQuestionThatIsOvertaken(t *testing.T) {
	begin := func(t *testing.T) (desk, hiring.Candidate) {
		d := newDesk(t)
		d.openRole()
		c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
		return d, must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Propose(c.ID, ""))
	}
	asked := func(d desk) (o hiring.Owed, waits bool) { return d.owes(kari, hiring.AboutLook) }
	meeting := hiring.Interview{Start: at("2026-10-08 10:00"), Length: time.Hour}

	t.Run("to the screen: the answer is still owed, as it was", func(t *testing.T) {
		d, c := begin(t)
		before, _ := asked(d)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
		after, _ := asked(d)
		d.want("owed", after, before)
	})
	t.Run("to an interview: nobody needs the answer, and they can be proposed again", func(t *testing.T) {
		d, c := begin(t)
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Move(c.ID, "interview-1", meeting))
		if _, waits := asked(d); waits || c.LookWaits() {
			t.Error("still asked")
		}
		if slices.ContainsFunc(d.events, func(e hiring.Event) bool { return e.Kind == hiring.PromiseKept && e.Promise == hiring.PromiseLook }) {
			t.Error("an answer that nobody gave counts as a promise kept")
		}
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
		if _, waits := asked(d); waits {
			t.Error("asked again by going back")
		}
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 13:00").Propose(c.ID, ""))
		if o, waits := asked(d); !waits || o.Since != at("2026-10-06 13:00") {
			t.Errorf("proposed again: %+v", o)
		}
	})
	t.Run("undone: the answer is owed again", func(t *testing.T) {
		d, c := begin(t)
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Move(c.ID, "interview-1", meeting))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 13:00").Correct(c.ID, undo(c, 2)))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 14:00").Correct(c.ID, undo(c, 1)))
		if o, waits := asked(d); !waits || o.DueAt != at("2026-10-07 10:00") {
			t.Errorf("owed %+v", o)
		}
	})
	t.Run("undone in the middle: the answer is owed again", func(t *testing.T) {
		d, c := begin(t)
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Move(c.ID, "interview-1", meeting))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 13:00").Correct(c.ID, undo(c, 1)))
		if _, waits := asked(d); !waits {
			t.Error("nobody is asked")
		}
	})
	t.Run("decided on: nobody needs the answer", func(t *testing.T) {
		d, c := begin(t)
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:30").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
		c = must[hiring.Candidate](d)(d.by(kari, "2026-10-06 11:00").Decide(c.ID, hiring.Ruling{
			Verdict: hiring.Advance, Reason: "Strong Go.", Contact: hiring.Contact{By: ola, On: "2026-10-09"},
		}))
		if _, waits := asked(d); waits || c.LookWaits() {
			t.Errorf("still asked in %s", c.Stage)
		}
	})
	t.Run("proposed in an interview stage: the answer is owed until they go on", func(t *testing.T) {
		d := newDesk(t)
		d.openRole()
		c := d.interviewed("2026-10-07 11:00")
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 12:00").Propose(c.ID, ""))
		if _, waits := asked(d); !waits || !c.LookWaits() {
			t.Error("nobody is asked")
		}
		must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").Move(c.ID, "interview-2", meeting))
		if _, waits := asked(d); waits {
			t.Error("still asked")
		}
	})
}
