package hiring_test

import (
	"slices"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// waitingFor returns the kinds of notices that wait for somebody, without those
// of the hand-over itself.
func (d desk) waitingFor(u hiring.UserID) (kinds []hiring.NoticeKind) {
	list, _ := d.NoticesTo(hiring.Conversation{User: u})
	for _, n := range list {
		if n.Kind != hiring.TellOwners && n.Kind != hiring.AskSignOff {
			kinds = append(kinds, n.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// TestWhatWaitsIsMadeOver to whoever takes a former owner's place, as is what is
// just being sent or in doubt.
func TestWhatWaitsIsMadeOver(t *testing.T) {
	one := func(s hiring.Subject) []hiring.Subject { return []hiring.Subject{s} }
	key := hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}
	feedback, decision := one(hiring.FeedbackSubject(1, key)), one(hiring.DecisionSubject(1, 1, "interview-1", kari))
	debrief := hiring.Notice{Kind: hiring.TellDebrief, User: ola, Subjects: decision}
	look := hiring.Notice{Kind: hiring.TellLook, User: ola, About: kari, Subjects: one(hiring.LookSubject(1, 1, kari))}
	other := hiring.Notice{Kind: hiring.TellWaived, User: ola, Subjects: one(hiring.RoleSubject(2))}
	tests := []struct {
		it                 string
		waits              hiring.Notice
		manager, recruiter hiring.UserID
		stays, goes        bool // with Ola, to who is the recruiter then
	}{
		{"a debrief", debrief, kari, jonas, false, true},
		{"feedback", hiring.Notice{Kind: hiring.TellFeedback, User: ola, Subjects: feedback}, kari, jonas, false, true},
		{"feedback that the successor gave is not news to them", hiring.Notice{Kind: hiring.TellFeedback, User: ola, Subjects: feedback}, kari, ingrid, false, false},
		{"what the manager did is not told to them as a recruiter", look, jonas, kari, false, false},
		{"what both owners heard is not told anew when they swap", debrief, ola, kari, true, false},
		{"what is about another role stays", other, kari, jonas, true, false},
		{"what is asked of oneself stays", hiring.Notice{Kind: hiring.Prepare, User: ola, Subjects: feedback}, kari, jonas, true, false},
		{"that one's own feedback is not asked for stays", hiring.Notice{Kind: hiring.TellExcused, User: ola, About: kari, Subjects: feedback}, kari, jonas, true, false},
		{"one message for all goes whole", hiring.Notice{Kind: hiring.CatchUp, User: ola, Parts: []hiring.Notice{debrief}, Subjects: decision}, kari, jonas, false, true},
		{"one that says more stays, too", hiring.Notice{Kind: hiring.CatchUp, User: ola, Parts: []hiring.Notice{debrief, other}, Subjects: decision}, kari, jonas, true, true},
		{"of several roles, the one", hiring.Notice{Kind: hiring.Escalation, User: ola, About: ingrid, Subjects: append(one(hiring.FeedbackSubject(2, key)), feedback...)}, kari, jonas, true, true},
	}
	for i, tt := range slices.Concat(tests, tests) {
		doubt := i >= len(tests)
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			d.interviewed("2026-10-05 11:00")
			d.delivered()
			n := d.queued(tt.waits, "2026-10-06 09:00")
			d.sending[n.ID] = doubt
			before := len(d.notices)
			must[hiring.Role](d)(d.by(admin, "2026-10-06 09:30").HandOver(1, tt.manager, tt.recruiter))
			if d.gone[n.ID] == tt.stays {
				t.Errorf("stays: %v", !d.gone[n.ID])
			}
			var over []hiring.Notice
			for _, n := range d.notices[before:] {
				if n.Kind != hiring.TellOwners && n.Kind != hiring.AskSignOff && n.Kind != hiring.RefreshMessage {
					over = append(over, n)
				}
			}
			switch {
			case tt.goes != (len(over) == 1):
				t.Errorf("made over: %+v", over)
			case tt.goes && (over[0].User != tt.recruiter || len(over[0].Subjects) != 1 || over[0].Subjects[0].Role != 1):
				t.Errorf("made over as %+v", over[0])
			}
		})
	}
}

// TestNobodyHearsOfWhatWasMadeOver when it turns out that it does not reach the
// former owner, and when that is given up: the successor has it.
func TestNobodyHearsOfWhatWasMadeOver(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	n := d.queued(hiring.Notice{Kind: hiring.TellWaived, User: ola, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, "2026-10-06 09:00")
	d.sending[n.ID] = true
	must[hiring.Role](d)(d.by(admin, "2026-10-06 09:30").HandOver(1, kari, jonas))
	d.delivered()
	if c := d.unreached(n, hiring.ProblemAway, "2026-10-06 10:00"); len(c.Notices) != 0 || len(c.Unreachable) != 1 {
		t.Errorf("once it is found out: %+v", c)
	}
	if c, err := hiring.GiveUp(d.memory, settings(), n, hiring.ProblemAway, at("2026-10-13 10:00")); err != nil || !c.Empty() {
		t.Errorf("a week later: %+v, %v", c, err)
	}
	for _, u := range []hiring.UserID{kari, jonas} {
		if desk, err := hiring.DeskOf(d.memory, settings(), u, at("2026-10-06 10:00")); err != nil || len(desk.Undelivered) != 0 {
			t.Errorf("%s sees %+v, %v", u, desk.Undelivered, err)
		}
	}
}

// TestAQuestionMovesToWhoAnswersNow with what is owed.
func TestAQuestionMovesToWhoAnswersNow(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	d.delivered()
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Propose(c.ID, ""))
	must[hiring.Role](d)(d.by(ola, "2026-10-06 10:00").HandOver(1, jonas, ola))
	if kinds := d.waitingFor(kari); len(kinds) != 0 {
		t.Errorf("for Kari wait %v", kinds)
	}
	list, _ := d.NoticesTo(hiring.Conversation{User: jonas})
	i := slices.IndexFunc(list, func(n hiring.Notice) bool { return n.Kind == hiring.AskLook })
	if i < 0 || list[i].Subjects[0] != hiring.LookSubject(1, c.ID, jonas) {
		t.Errorf("for Jonas wait %+v", list)
	}
}

// TestNobodyHearsTwiceOfOneRole who takes it over while the same waits for them.
func TestNobodyHearsTwiceOfOneRole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	for _, u := range []hiring.UserID{ola, jonas} {
		d.queued(hiring.Notice{Kind: hiring.TellWaived, User: u, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, "2026-10-06 09:00")
	}
	must[hiring.Role](d)(d.by(kari, "2026-10-06 10:00").HandOver(1, kari, jonas))
	if kinds := d.waitingFor(jonas); !slices.Equal(kinds, []hiring.NoticeKind{hiring.TellWaived}) {
		t.Errorf("for Jonas wait %v", kinds)
	}
}

// TestOwnersMoveUpAndAcross: one owner takes the other's place, and somebody new
// theirs. Who has left owes nothing, and both owners owe the next step: who owed
// it before as they did, who is new with as much time as was left.
func TestOwnersMoveUpAndAcross(t *testing.T) {
	tests := []struct {
		it                 string
		manager, recruiter hiring.UserID
		left, new          hiring.UserID
	}{
		{"the recruiter becomes hiring manager", ola, jonas, kari, jonas},
		{"the hiring manager becomes recruiter", jonas, kari, ola, jonas},
		{"they change places", ola, kari, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			must[hiring.Candidate](d)(d.by(ola, "2026-10-05 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Outbound}))
			for _, u := range []hiring.UserID{kari, ola} {
				o, _ := d.owes(u, hiring.AboutNext)
				o.Nudges = 2
				d.apply(hiring.Change{Owe: []hiring.Owed{o}})
			}
			before := map[hiring.UserID]hiring.Owed{}
			before[kari], _ = d.owes(kari, hiring.AboutNext)
			before[ola], _ = d.owes(ola, hiring.AboutNext)
			must[hiring.Role](d)(d.by(admin, "2026-10-06 09:30").HandOver(1, tt.manager, tt.recruiter))
			if o, owes := d.owes(tt.left, hiring.AboutNext); owes {
				t.Errorf("%s has left R-1 and still owes %v", tt.left, o.Subject)
			}
			for _, u := range []hiring.UserID{tt.manager, tt.recruiter} {
				o, owes := d.owes(u, hiring.AboutNext)
				switch {
				case !owes:
					t.Errorf("%s owns R-1 and owes no next step of C-1", u)
				case u == tt.new && (o.Nudges != 0 || !o.DueAt.Equal(before[ola].DueAt)):
					t.Errorf("%s, who is new, owes it as %+v", u, o)
				case u != tt.new && o != before[u]:
					t.Errorf("%s, who owed it already, owes it as %+v, not %+v", u, o, before[u])
				}
			}
		})
	}
}

// waitsForDecision opens R-1 with somebody named in its brief as who decides,
// and has C-1 wait for a decision.
func (d desk) waitsForDecision(decides hiring.UserID) hiring.Terms {
	d.t.Helper()
	first := terms()
	first.Decides, first.Interviews[0].Panel = decides, []hiring.UserID{ingrid}
	must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: first}))
	must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").Sign(1, 1))
	d.interviewed("2026-10-06 12:00")
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 13:00").SubmitFeedback(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}, hiring.Scorecard{
		Recommendation: hiring.Yes, Ratings: []hiring.Rating{hiring.Meets, hiring.Meets},
	}))
	d.decisionWith(decides)
	return first
}

// decisionWith complains unless one person alone owes the decision on C-1.
func (d desk) decisionWith(u hiring.UserID) (o hiring.Owed) {
	d.t.Helper()
	for _, other := range []hiring.UserID{kari, ola, jonas, ingrid, admin} {
		one, owes := d.owes(other, hiring.AboutDecision)
		if owes != (other == u) {
			d.t.Errorf("%s owes the decision: %v", other, owes)
		}
		if owes {
			o = one
		}
	}
	return o
}

// TestADecisionIsOwedByWhoDecidesByTheBrief once both have signed that somebody
// else decides. Who has not read the feedback gets it.
func TestADecisionIsOwedByWhoDecidesByTheBrief(t *testing.T) {
	tests := []struct {
		it           string
		before, then hiring.UserID
		owes         hiring.UserID
		hears        bool // has not had the debrief
	}{
		{"the brief names nobody any more", jonas, "", kari, false},
		{"it names somebody", "", jonas, jonas, true},
		{"it names who gave the feedback", jonas, ingrid, ingrid, false},
		{"it names who decided anyhow", "", kari, kari, false},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			before := tt.before
			if before == "" {
				before = kari
			}
			terms := d.waitsForDecision(before)
			o := d.decisionWith(before)
			o.Nudges = 1
			d.apply(hiring.Change{Owe: []hiring.Owed{o}})
			d.delivered()
			terms.Decides = tt.then
			terms.Title += " (new)"
			must[hiring.Role](d)(d.by(kari, "2026-10-06 14:00").ChangeBrief(1, 1, terms, "Jonas has left."))
			d.decisionWith(before) // it is not agreed yet
			must[hiring.Role](d)(d.by(ola, "2026-10-06 14:30").Sign(1, 2))
			now := d.decisionWith(tt.owes)
			if moved := tt.owes != before; moved != (now.Nudges == 0) || !now.DueAt.Equal(o.DueAt) {
				t.Errorf("owed as %+v, before as %+v", now, o)
			}
			if hears := slices.Contains(d.waitingFor(tt.owes), hiring.TellDebrief); hears != tt.hears {
				t.Errorf("%s gets the feedback: %v", tt.owes, hears)
			}
			_, c, err := d.by(tt.owes, "2026-10-06 15:00").Decide(1, hiring.Ruling{Verdict: hiring.Advance, Reason: "Good.", Contact: hiring.Contact{By: ola, On: "2026-10-08"}})
			if err != nil || !slices.Contains(c.Settled, now.Subject) {
				t.Errorf("deciding settles %v: %v", c.Settled, err)
			}
		})
	}
}

// TestADecisionFollowsTheBriefBeforeItIsAgreed, where an admin lets candidates
// go on.
func TestADecisionFollowsTheBriefBeforeItIsAgreed(t *testing.T) {
	d := newDesk(t)
	first := terms()
	first.Decides = jonas
	must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: first}))
	must[hiring.Role](d)(d.by(admin, "2026-10-05 10:00").Waive(1, "It hurries."))
	d.interviewed("2026-10-06 12:00")
	d.apply(hiring.Change{Owe: []hiring.Owed{{Subject: hiring.DecisionSubject(1, 1, "interview-1", jonas), DueAt: at("2026-10-08 12:00")}}})
	then := first
	then.Decides = ""
	must[hiring.Role](d)(d.by(kari, "2026-10-06 14:00").ChangeBrief(1, 1, then, "Jonas has left."))
	d.decisionWith(kari)
}

// TestADecisionStaysWithWhoTheBriefNames when the role is handed over, also
// when that is a former owner.
func TestADecisionStaysWithWhoTheBriefNames(t *testing.T) {
	d := newDesk(t)
	d.waitsForDecision(kari)
	r := must[hiring.Role](d)(d.by(admin, "2026-10-06 14:00").HandOver(1, jonas, ola))
	if r.Decides() != kari {
		t.Fatal("the brief names another now")
	}
	d.decisionWith(kari)
}
