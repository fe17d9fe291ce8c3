package templates

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// talked is the office in which candidate 12 has been through an interview:
// both have answered and differ, and the manager is to decide.
func (o *office) talked() *office {
	c := o.candidates[12]
	c.Interviews = []hiring.Interview{
		{Stage: "interview-1", Start: days(9), Length: time.Hour, Panel: []hiring.UserID{kari}, Status: hiring.TookPlace},
		{Stage: "interview-2", Start: days(3).Add(-2 * time.Hour), Length: time.Hour, Panel: []hiring.UserID{per, liv}},
	}
	c.Look = hiring.Look{ProposedAt: days(14), ProposedBy: ola, Pitch: "Two years of Go at a bank.\nLeaves because of the travelling.", Answer: hiring.LookInterview, AnsweredAt: days(13)}
	o.candidates[12] = c
	f := o.feedback[hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: per}]
	f.Status, f.SubmittedAt = hiring.Submitted, days(1)
	f.Scorecard = hiring.Scorecard{
		Ratings:  []hiring.Rating{hiring.DoesNotMeet, hiring.Meets, hiring.PartlyMeets},
		Evidence: []string{"Has read about it, not run it.", "", "Needed three tries to explain the queue."}, Recommendation: hiring.No, Probe: "Whether they have been on call.",
	}
	o.feedback[f.FeedbackKey] = f
	o.owed = append(o.owed[:0:0], o.owed...)
	o.owe(hiring.DecisionSubject(1, 12, "interview-2", kari), days(1))
	return o
}

// decided is the office in which candidate 12 was decided on.
func (o *office) decided(v hiring.Verdict) *office {
	o.talked()
	c := o.candidates[12]
	c.Decisions = []hiring.Decision{{At: now.Add(-time.Hour), By: kari, Stage: "interview-2", Revision: 1, Verdict: v, Criteria: []int{0, 2}, Reason: "Strong on trade-offs, and we can teach the rest."}}
	c.Contact = hiring.Contact{By: ola, On: "2026-11-25"}
	o.candidates[12] = c
	return o
}

// decidedTwice is the office in which the manager wanted to talk about
// candidate 12 first, and then decided.
func (o *office) decidedTwice() *office {
	o.decided(hiring.Advance)
	c := o.candidates[12]
	c.Decisions = append([]hiring.Decision{{At: now.Add(-2 * time.Hour), By: kari, Stage: "interview-2", Revision: 1, Verdict: hiring.TalkFirst}}, c.Decisions...)
	o.candidates[12] = c
	return o
}

// proposed is the office in which candidate 3 waits for the manager's answer.
func (o *office) proposed() *office {
	c := o.candidates[3]
	c.Look = hiring.Look{ProposedAt: days(4), ProposedBy: ola, Pitch: "Two years of Go at a bank."}
	o.candidates[3] = c
	o.owe(hiring.LookSubject(1, 3, kari), days(4))
	return o
}

// loop renders what is said from the shortlist to the decision.
func loop(t *testing.T, fresh func() *office, w Writer, add adder) {
	t.Helper()
	notice := func(name string, o *office, n hiring.Notice, standing bool) {
		m, err := w.Notice(o, n, OnePerson, standing, now)
		add(name, m, err)
	}
	one := func(s hiring.Subject) []hiring.Subject { return []hiring.Subject{s} }
	look, decide := one(hiring.LookSubject(1, 3, kari)), one(hiring.DecisionSubject(1, 12, "interview-2", kari))
	key := hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per}
	ask := one(hiring.FeedbackSubject(1, key))

	notice("look-ask", fresh().proposed(), hiring.Notice{Kind: hiring.AskLook, User: kari, Subjects: look}, false)
	notice("look-ask-filled", fresh().proposed().filled(), hiring.Notice{Kind: hiring.AskLook, User: kari, Subjects: look}, true)
	notice("look-ask-standing", fresh().talked(), hiring.Notice{Kind: hiring.AskLook, User: kari, Subjects: one(hiring.LookSubject(1, 12, kari))}, true)
	answered := fresh().proposed()
	c := answered.candidates[3]
	c.Look.Answer, c.Look.AnsweredAt, c.Look.Missing, c.Look.Why = hiring.LookNo, now, "Go in production", "Only side projects so far."
	answered.candidates[3] = c
	notice("look-answered", answered, hiring.Notice{Kind: hiring.TellLook, User: ola, About: kari, Subjects: look}, false)
	notice("look-interview", fresh().talked(), hiring.Notice{Kind: hiring.TellLook, User: ola, About: kari, Subjects: one(hiring.LookSubject(1, 12, kari))}, false)
	notice("look-back", answered, hiring.Notice{Kind: hiring.LookBack, User: kari, Subjects: one(hiring.RoleSubject(1))}, false)
	notice("look-back-filled", answered.filled(), hiring.Notice{Kind: hiring.LookBack, User: kari, Subjects: one(hiring.RoleSubject(1))}, true)
	notice("look-back-nobody", fresh(), hiring.Notice{Kind: hiring.LookBack, User: ola, Subjects: one(hiring.RoleSubject(1)), NotBefore: now}, false)

	ahead := fresh()
	c = ahead.candidates[4]
	c.Interviews = []hiring.Interview{{Stage: "interview-2", Start: now.Add(time.Hour), Length: time.Hour, Panel: []hiring.UserID{per, liv}}}
	ahead.candidates[4] = c
	notice("prepare", ahead, hiring.Notice{Kind: hiring.Prepare, User: per, Subjects: ask}, false)
	notice("prepare-standing", fresh().settle(per), hiring.Notice{Kind: hiring.Prepare, User: per, Subjects: ask}, true)
	calledOff := fresh().settle(per)
	c = calledOff.candidates[4]
	c.Interviews = []hiring.Interview{{Stage: "interview-2", Start: now.Add(time.Hour), Length: time.Hour, Panel: []hiring.UserID{per, liv}, Status: hiring.CalledOff}}
	calledOff.candidates[4] = c
	notice("prepare-called-off", calledOff, hiring.Notice{Kind: hiring.Prepare, User: per, Subjects: ask}, true)
	interviewsChanged(fresh, notice)
	notice("feedback-ask-in-person", fresh(), hiring.Notice{Kind: hiring.AskFeedback, User: per, About: ola, Subjects: ask}, false)
	offered := fresh()
	f := offered.feedback[key]
	f.Offered = gro
	offered.feedback[key] = f
	notice("take-over", offered, hiring.Notice{Kind: hiring.AskTakeOver, User: gro, About: per, Subjects: ask}, false)
	notice("take-over-by-owner", offered, hiring.Notice{Kind: hiring.AskTakeOver, User: gro, About: ola, Subjects: ask}, false)
	notice("take-over-settled", fresh(), hiring.Notice{Kind: hiring.AskTakeOver, User: gro, About: per, Subjects: ask}, true)
	notice("taken-over", fresh(), hiring.Notice{Kind: hiring.TellTakeOver, User: per, About: gro, Subjects: ask}, false)
	notice("taken-over-not", fresh(), hiring.Notice{Kind: hiring.TellTakeOver, User: per, About: gro, Step: 1, Subjects: ask}, false)
	excused := fresh()
	f.Status, f.Excuse = hiring.Excused, "I was ill that day."
	excused.feedback[key] = f
	notice("excused", excused, hiring.Notice{Kind: hiring.TellExcused, User: ola, About: per, Subjects: ask}, false)
	notice("excused-by-owner", excused, hiring.Notice{Kind: hiring.TellExcused, User: per, About: ola, Subjects: ask}, false)

	notice("debrief", fresh().talked(), hiring.Notice{Kind: hiring.TellDebrief, User: kari, Subjects: decide}, false)
	notice("debrief-filled", fresh().talked().filled(), hiring.Notice{Kind: hiring.TellDebrief, User: kari, Subjects: decide}, true)
	notice("debrief-panel", fresh().talked(), hiring.Notice{Kind: hiring.TellDebrief, User: per, Subjects: decide}, false)
	notice("debrief-decided", fresh().decided(hiring.Advance), hiring.Notice{Kind: hiring.TellDebrief, User: kari, Subjects: decide}, true)
	notice("debrief-not-theirs", fresh().talked(), hiring.Notice{Kind: hiring.TellDebrief, User: "U0NEW", Subjects: decide}, true)
	writes := fresh().decided(hiring.Reject)
	c = writes.candidates[12]
	c.Contact = hiring.Contact{By: "U0NEW", On: "2026-11-30"}
	writes.candidates[12] = c
	notice("decision-who-writes", writes, hiring.Notice{Kind: hiring.TellDecision, User: "U0NEW", About: kari, CreatedAt: now.Add(-time.Hour), Subjects: decide}, false)
	for _, v := range hiring.Verdicts() {
		notice("decision-"+string(v), fresh().decided(v), hiring.Notice{Kind: hiring.TellDecision, User: ola, About: kari, CreatedAt: now.Add(-time.Hour), Subjects: decide}, false)
	}
	notice("decision-since", fresh().decidedTwice(), hiring.Notice{Kind: hiring.TellDecision, User: ola, About: kari, CreatedAt: now.Add(-2 * time.Hour), Subjects: decide}, true)
	for _, standing := range []bool{false, true} {
		offers, name := fresh().offered(standing), "alert-offer"
		if standing {
			name += "-answered"
		}
		notice(name, offers, hiring.Notice{Kind: hiring.AlertOffer, User: kari, CreatedAt: now, Subjects: []hiring.Subject{hiring.OfferSubject(1, 12, kari), hiring.OfferSubject(1, 3, kari)}}, standing)
	}
	notice("alert-offer-one", fresh().offered(true), hiring.Notice{Kind: hiring.AlertOffer, User: kari, CreatedAt: now, Subjects: one(hiring.OfferSubject(1, 12, kari))}, false)
	notice("alert-offer-done", fresh().offered(true), hiring.Notice{Kind: hiring.AlertOffer, User: kari, CreatedAt: now, Subjects: one(hiring.OfferSubject(1, 3, kari))}, true)
	alerts(fresh, notice)
	notice("decision-undone", fresh().talked(), hiring.Notice{Kind: hiring.TellDecision, User: ola, About: kari, Subjects: decide}, true)
	notice("corrected", fresh().corrected(), hiring.Notice{Kind: hiring.TellCorrected, User: kari, About: ola, Subjects: one(hiring.CorrectionSubject(1, 12, 2))}, false)
	notice("corrected-date", fresh().corrected(), hiring.Notice{Kind: hiring.TellCorrected, User: kari, About: ola, Subjects: one(hiring.CorrectionSubject(1, 6, 1))}, false)
	loopNudges(fresh, add, notice)
	held(t, fresh, w, add, notice)
	loopForms(fresh, w, add)
	rules := hiring.Rules{
		Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(), WorkDays: house.Settings.WorkDays, WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Country: "NO", Locale: hiring.English,
		Admins: []hiring.UserID{ann}, DigestChannel: jobs, NudgeCron: "*/15 * * * *", DigestCron: "0 9 * * 1",
	}
	runs := Runs{Nudges: []time.Time{now.Add(15 * time.Minute), now.Add(30 * time.Minute)}, Digests: []time.Time{now.AddDate(0, 0, 7)}}
	add("rules", w.Rules(rules, runs), nil)
	for _, s := range []RuleSection{RulesPromises, RulesReminders, RulesInterviewing, RulesTime, RulesDigests, RulesAdmins} {
		add("rules-"+string(s), w.RulesForm(s, rules, runs), nil)
	}
	former := rules
	former.FeedbackDue, former.NudgesOwner, former.WorkDays, former.WorkTo = 12*time.Hour, 1, [7]bool{time.Monday: true}, 24*time.Hour
	former.Country, former.Locale, former.DigestChannel, former.OpenFeedback, former.Admins = "SE", hiring.Norwegian, "", true, []hiring.UserID{ann, kari}
	rules.ChangedBy, rules.ChangedAt = ann, days(1)
	for i, f := range hiring.RuleFields() {
		if from, to := former.Value(f), rules.Value(f); from != to {
			rules.Log = append(rules.Log, hiring.RuleChange{At: days(i%2 + 1), By: ann, Rule: f, From: from, To: to})
		}
	}
	add("rules-changed", w.Rules(rules, Runs{}), nil)
	configured := rules
	configured.Log = []hiring.RuleChange{{At: days(1), Rule: hiring.FieldAdmins, From: former.Value(hiring.FieldAdmins), To: rules.Value(hiring.FieldAdmins)}}
	add("rules-configured", w.Rules(configured, Runs{}), nil)
	o := fresh()
	o.rules = rules
	notice("rules-told", o, hiring.Notice{Kind: hiring.TellRules, User: kari, About: ann, CreatedAt: days(1), Subjects: one(hiring.Subject{Kind: hiring.AboutRole})}, false)
	stuck := fresh().talked().late()
	for i := range stuck.owed {
		stuck.owed[i].Told = hiring.ToldAdmins
	}
	home, err := w.Home(stuck, stuck.desk(t, ann), now)
	add("home-admin-stuck", home, err)
}

// held is what could not be delivered, and what comes when it can.
func held(t *testing.T, fresh func() *office, w Writer, add adder, notice func(string, *office, hiring.Notice, bool)) {
	t.Helper()
	everything := func(o *office, u hiring.UserID, times int) hiring.Notice {
		n := hiring.Notice{Kind: hiring.CatchUp, User: u, Parts: []hiring.Notice{
			{Kind: hiring.TellAgreed, Subjects: []hiring.Subject{hiring.RoleSubject(1)}},
			{Kind: hiring.AskTakeOver, About: ola, Subjects: []hiring.Subject{hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per})}},
			{Kind: hiring.TellImported, CreatedAt: days(1), Subjects: []hiring.Subject{hiring.RoleSubject(2)}},
			{Kind: hiring.TellPaused, About: ola, Subjects: []hiring.Subject{hiring.RoleSubject(3)}},
			{Kind: hiring.Escalation, About: per, Step: 3, Subjects: o.subjects(per)[:1]},
			{Kind: hiring.Nudge, Step: 2, Subjects: o.subjects(u)},
		}}
		for range times {
			for _, id := range slices.Sorted(maps.Keys(o.roles)) {
				n.Parts = append(n.Parts, hiring.Notice{Kind: hiring.TellOwners, About: ola, CreatedAt: days(1), Subjects: []hiring.Subject{hiring.RoleSubject(id)}},
					hiring.Notice{Kind: hiring.TellFeedback, Subjects: []hiring.Subject{hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: liv})}})
			}
		}
		for i := range n.Parts {
			n.Parts[i].User = u
			n.Subjects = append(n.Subjects, n.Parts[i].Subjects...)
		}
		return n
	}
	o := fresh().proposed().talked().nudged(2)
	notice("catch-up", o, everything(o, kari, 0), false)
	notice("catch-up-later", o.decided(hiring.Advance).settle(kari), everything(o, kari, 0), true)
	o = fresh().proposed().talked().nudged(2)
	notice("catch-up-much", o, everything(o, kari, 6), false)
	one := everything(o, kari, 0)
	one.Parts = one.Parts[:1]
	notice("catch-up-one", o, one, false)
	notice("given-up-person", o, hiring.Notice{Kind: hiring.TellGivenUp, User: ola, About: kari, Problem: hiring.ProblemClosed, Subjects: o.subjects(kari)}, false)
	notice("given-up-channel", o, hiring.Notice{Kind: hiring.TellGivenUp, User: ola, Channel: jobs, Problem: hiring.ProblemArchived, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, false)

	d := o.desk(t, ann)
	waiting := []hiring.Notice{{Kind: hiring.Nudge, Subjects: o.subjects(kari), NotBefore: days(2)}, {Kind: hiring.TellAgreed, Subjects: []hiring.Subject{hiring.RoleSubject(3)}, NotBefore: days(1)}}
	for _, u := range []hiring.Unreachable{
		{To: hiring.Conversation{User: per}, Problem: hiring.ProblemAway}, {To: hiring.Conversation{Channel: jobs}, Problem: hiring.ProblemArchived},
		{To: hiring.Conversation{Channel: closed}, Problem: hiring.ProblemNotIn, Trying: true}, {To: hiring.Conversation{User: liv}, Problem: hiring.ProblemClosed},
	} {
		d.Undelivered = append(d.Undelivered, hiring.Undelivered{Unreachable: u, Notices: waiting})
		waiting = waiting[1:]
		if len(waiting) == 0 {
			waiting = []hiring.Notice{{Kind: hiring.Digest, Subjects: []hiring.Subject{hiring.DigestSubject(0, "2026-W47")}, NotBefore: days(3)}, {Kind: hiring.Digest, Subjects: []hiring.Subject{hiring.DigestSubject(1, "2026-W47")}, NotBefore: days(3)}}
		}
	}
	home, err := w.Home(o, d, now)
	add("home-admin-undelivered", home, err)
}

// loopNudges are reminders of every kind of thing.
func loopNudges(fresh func() *office, add adder, notice func(string, *office, hiring.Notice, bool)) {
	o := fresh().proposed().talked()
	o.owe(hiring.NextSubject(1, 2, hiring.StageScreen, kari), days(9))
	o.owe(hiring.HeldSubject(1, 12, "interview-1", kari), days(9))
	c := o.candidates[5]
	c.Contact = hiring.Contact{By: kari, On: "2026-11-20"}
	o.candidates[5] = c
	o.owe(hiring.ReplySubject(1, 5, kari), days(3))
	notice("nudge-everything", o.nudged(2), hiring.Notice{Kind: hiring.Nudge, User: kari, Step: 2, Subjects: o.subjects(kari)}, false)
	notice("escalation-everything", o.late(), hiring.Notice{Kind: hiring.Escalation, User: ola, About: kari, Step: 3, Subjects: o.subjects(kari)}, false)
	notice("unreached-everything", o, hiring.Notice{Kind: hiring.TellUnreached, User: ola, About: kari, Problem: hiring.ProblemAway, Subjects: o.subjects(kari)}, false)
	o = fresh().decided(hiring.Advance).settle(kari)
	notice("nudge-everything-done", o, hiring.Notice{Kind: hiring.Nudge, User: kari, Step: 2, Subjects: []hiring.Subject{
		hiring.LookSubject(1, 12, kari), hiring.DecisionSubject(1, 12, "interview-2", kari), hiring.NextSubject(1, 12, hiring.StageScreen, kari),
		hiring.HeldSubject(1, 12, "interview-1", kari), hiring.ReplySubject(1, 6, kari),
	}}, true)
	o = fresh()
	for i := range o.owed {
		o.owed[i].SnoozedUntil = now.Add(2 * time.Hour)
	}
	notice("nudge-put-off", o, hiring.Notice{Kind: hiring.Nudge, User: per, Step: 1, Subjects: o.subjects(per)[:1]}, true)
	notice("nudge-promised-today", fresh().promised(gro), hiring.Notice{Kind: hiring.Nudge, User: gro, Subjects: []hiring.Subject{hiring.ReplySubject(1, 6, gro)}}, false)
}

// promised is the office where somebody has promised a candidate word today.
func (o *office) promised(by hiring.UserID) *office {
	c := o.candidates[6]
	c.Contact = hiring.Contact{By: by, On: "2026-11-23"}
	o.candidates[6] = c
	o.owed = append(o.owed, hiring.Owed{Subject: hiring.ReplySubject(1, 6, by), Since: days(3), DueAt: now.Add(7 * time.Hour)})
	return o
}

// corrected is the office after Ola corrected what was recorded: somebody was
// not hired, and a rejection was on another day.
func (o *office) corrected() *office {
	o.talked()
	c := o.candidates[12]
	offer := hiring.Step{Kind: hiring.CandidateMoved, At: now.Add(-30 * time.Hour), From: c.Stage, To: hiring.StageOffer}
	hire := hiring.Step{Kind: hiring.CandidateClosed, At: now.Add(-26 * time.Hour), From: hiring.StageOffer, Outcome: hiring.Hired}
	c.Corrections = []hiring.Correction{{At: now.Add(-2 * time.Hour), By: ola, Step: hire}, {At: now.Add(-time.Hour), By: ola, Step: offer}}
	o.candidates[12] = c
	c = o.candidates[6]
	steps := c.Steps()
	last := steps[len(steps)-1]
	last.At = last.At.Add(50 * time.Hour)
	c.Corrections = []hiring.Correction{{At: now, By: ola, Step: last, Is: c.ClosedAt}}
	o.candidates[6] = c
	return o
}

// offered is the office with two offers that are open for long; one of them is
// answered when answered is set.
func (o *office) offered(answered bool) *office {
	for _, id := range []hiring.CandidateID{3, 12} {
		c := o.candidates[id]
		c.Journey = append(slices.Clip(c.Journey), hiring.Move{At: days(6), From: c.Stage, To: hiring.StageOffer, By: ola})
		c.Stage, c.Outcome, c.ClosedAt, c.OfferAlerted = hiring.StageOffer, hiring.Active, time.Time{}, days(6)
		if answered && id == 3 {
			c.Outcome, c.ClosedAt, c.Reason = hiring.Withdrawn, now, "Stays where she is."
		}
		o.candidates[id] = c
	}
	return o
}

// alerted is the office whose role R-1 has had an alert.
func (o *office) alerted(kind hiring.NoticeKind) *office {
	r, outcome := o.roles[1], hiring.Withdrawn
	x := hiring.Alert{Kind: kind, At: now, Stage: "interview-2", Candidates: []hiring.CandidateID{3, 5, 6}}
	if kind == hiring.AlertMustHave {
		x = hiring.Alert{Kind: kind, At: now, Source: hiring.Agency, Skill: "Go <in> production", Candidates: []hiring.CandidateID{3, 5, 6, 12}}
		outcome = hiring.Rejected
		b := r.InForce()
		b.Terms.MustHaves = append(slices.Clip(b.Terms.MustHaves), hiring.MustHaves(x.Skill)...)
		r.Briefs = slices.Clone(r.Briefs)
		r.Briefs[b.Revision-1] = b
	}
	for _, id := range x.Candidates {
		c := o.candidates[id]
		c.Stage, c.Outcome, c.Reason, c.ClosedAt = "interview-2", outcome, "Too slow <!channel>", days(2)
		o.candidates[id] = c
	}
	r.Alerts = []hiring.Alert{x}
	o.roles[1] = r
	return o
}

// interviewsChanged renders what Per hears of changes to an interview of his,
// when he has not read of them and when it stands already.
func interviewsChanged(fresh func() *office, notice func(string, *office, hiring.Notice, bool)) {
	tomorrow, key := now.Add(24*time.Hour), hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per}
	knows := func(kind hiring.NoticeKind, was time.Time) hiring.Notice {
		return hiring.Notice{Kind: kind, User: per, Step: 1, Was: was, Subjects: []hiring.Subject{hiring.FeedbackSubject(1, key)}}
	}
	with := func(status hiring.InterviewStatus, panel ...hiring.UserID) *office {
		o := fresh()
		c := o.candidates[4]
		c.Interviews = []hiring.Interview{{Stage: "interview-2", Start: tomorrow, Length: time.Hour, Panel: panel, Status: status}}
		o.candidates[4] = c
		return o
	}
	closed := with(hiring.Planned, per, liv)
	c := closed.candidates[4]
	c.Outcome, c.ClosedAt = hiring.Withdrawn, now
	closed.candidates[4] = c
	soon := now.Add(time.Hour)
	notice("interview-called-off", with(hiring.CalledOff, per, liv), knows(hiring.TellInterview, tomorrow), false)
	notice("interview-withdrawn", closed, knows(hiring.TellInterview, soon), false)
	notice("interview-moved", with(hiring.Planned, per, liv), knows(hiring.TellInterview, soon), false)
	notice("interview-others", with(hiring.Planned, liv, gro), knows(hiring.TellInterview, soon), false)
	notice("interview-after-all", with(hiring.Planned, per, liv), knows(hiring.TellInterview, time.Time{}), false)
	notice("interview-as-it-was", with(hiring.Planned, per, liv), knows(hiring.TellInterview, tomorrow), true)
	notice("interview-off-again", with(hiring.CalledOff, per, liv), knows(hiring.TellInterview, time.Time{}), true)
	notice("prepare-moved", with(hiring.Planned, per, liv), knows(hiring.Prepare, soon), false)
}

// TestAChangedInterviewMayLeaveNothingToSay: it is as its reader knows it, or
// over.
func TestAChangedInterviewMayLeaveNothingToSay(t *testing.T) {
	was := now.Add(24 * time.Hour)
	for _, tt := range []struct {
		it     string
		status hiring.InterviewStatus
		knows  time.Time
		now    time.Time
		says   bool
	}{
		{"moved", hiring.Planned, was.Add(-time.Hour), now, true},
		{"moved and moved back", hiring.Planned, was, now, false},
		{"moved, and over", hiring.Planned, was.Add(-time.Hour), was.Add(time.Hour), false},
		{"moved, and before its new end", hiring.Planned, was.Add(-3 * time.Hour), was.Add(time.Minute), true},
		{"called off", hiring.CalledOff, was, now, true},
		{"called off, and over", hiring.CalledOff, was, was.Add(2 * time.Hour), false},
		{"on and off again", hiring.CalledOff, time.Time{}, now, false},
	} {
		o := newOffice()
		c := o.candidates[4]
		c.Interviews = []hiring.Interview{{Stage: "interview-2", Start: was, Length: time.Hour, Panel: []hiring.UserID{per}, Status: tt.status}}
		o.candidates[4] = c
		n := hiring.Notice{Kind: hiring.TellInterview, User: per, Step: 1, Was: tt.knows, Subjects: []hiring.Subject{hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per})}}
		if m, err := house.For(hiring.English, oslo).Notice(o, n, OnePerson, false, tt.now); tt.says != (err == nil) || err != nil && !errors.Is(err, hiring.ErrNothing) {
			t.Errorf("%s: %q, %v", tt.it, m.Text, err)
		}
	}
}

// alerts renders alerts on R-1, while there is something to them and after.
func alerts(fresh func() *office, notice func(string, *office, hiring.Notice, bool)) {
	newer := hiring.Notice{Kind: hiring.AlertOffer, User: kari, CreatedAt: days(7), Subjects: []hiring.Subject{hiring.OfferSubject(1, 12, kari)}}
	notice("alert-offer-newer", fresh().offered(false), newer, true)
	for kind, name := range map[hiring.NoticeKind]string{hiring.AlertWithdrawals: "alert-withdrawals", hiring.AlertMustHave: "alert-must-have"} {
		n := hiring.Notice{Kind: kind, User: ola, Subjects: []hiring.Subject{hiring.AlertSubject(1, 1)}}
		notice(name, fresh().alerted(kind), n, false)
		undone := fresh().alerted(kind)
		c := undone.candidates[5]
		c.Outcome = hiring.Active
		undone.candidates[5] = c
		notice(name+"-corrected", undone, n, true)
	}
	dropped := fresh().alerted(hiring.AlertMustHave)
	dropped.roles[1].Alerts[0].Skill = "COBOL"
	notice("alert-must-have-dropped", dropped, hiring.Notice{Kind: hiring.AlertMustHave, User: ola, Subjects: []hiring.Subject{hiring.AlertSubject(1, 1)}}, true)
}

// loopForms are the forms and windows from the shortlist to the decision.
func loopForms(fresh func() *office, w Writer, add adder) {
	o := fresh().talked()
	r, c := o.roles[1], o.candidates[12]
	add("propose", w.Propose(c, r), nil)
	add("look-no", w.LookNo(c, r), nil)
	add("done-proposed-candidate", w.ProposedCandidate(c, r), nil)
	add("done-look", w.LookAnswered(c, r), nil)
	add("decide", w.Decide(c, r, DecideForm{Candidate: 12, Ruling: hiring.Ruling{Contact: hiring.Contact{By: ola, On: "2026-11-25"}}}), nil)
	add("decide-reject", w.Decide(c, r, DecideForm{Candidate: 12, Ruling: hiring.Ruling{Verdict: hiring.Reject, Criteria: []int{0}, Reason: "No Go yet.", Contact: hiring.Contact{By: ola, On: "2026-11-25"}}}), nil)
	add("decide-talk", w.Decide(c, r, DecideForm{Candidate: 12, Ruling: hiring.Ruling{Verdict: hiring.TalkFirst}}), nil)
	for _, v := range hiring.Verdicts() {
		d := fresh().decided(v)
		add("done-decided-"+string(v), w.Decided(d.candidates[12], d.roles[1]), nil)
	}
	add("promise", w.Promise(c, r, hiring.Contact{By: ola, On: "2026-11-25"}), nil)
	add("done-promised", w.Promised(fresh().decided(hiring.Advance).candidates[12], r), nil)
	add("told", w.Told(c), nil)
	key := hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: per}
	f := o.feedback[key]
	add("scorecard-mended", w.Scorecard(f, c, r), nil)
	draft := f
	draft.Status, draft.Draft, draft.Scorecard = hiring.Requested, hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.Unrated, hiring.Unrated}, Evidence: []string{"Ran it for two years.", "", ""}}, hiring.Scorecard{}
	add("scorecard-draft", w.Scorecard(draft, c, r), nil)
	f.Offered = gro
	add("excuse", w.Excuse(f, c, true), nil)
	add("excuse-by-owner", w.Excuse(f, c, false), nil)
	add("offer", w.Offer(f, c), nil)
	add("done-excused", w.Excused(f), nil)
	add("done-offered", w.OfferedTo(f), nil)
	add("offer-accepted", w.OfferAnswered(key, true), nil)
	add("offer-declined", w.OfferAnswered(key, false), nil)
	add("reminded", w.Reminded(key), nil)
	add("snoozed", w.PutOff(now.Add(24*time.Hour)), nil)
	add("interview-move", w.Interview(c, r, InterviewForm{Candidate: 12, Number: 1, Interview: c.Interviews[1]}), nil)
	add("interview-add", w.Interview(c, r, InterviewForm{Candidate: 12, Number: -1, Interview: hiring.Interview{Stage: "interview-2"}}), nil)
	add("done-interview", w.InterviewSaved(c, r, 1), nil)
	add("done-interview-held", w.InterviewSaved(c, r, 0), nil)
	for name, reader := range map[string]hiring.UserID{"owner": kari, "panel": per} {
		d := fresh().decided(hiring.Advance)
		v, err := w.CandidateView(d, d.candidates[12], d.roles[1], d.people[reader], now)
		add("candidate-view-"+name, v, err)
	}
	v, err := w.CandidateView(fresh(), o.candidates[6], r, o.people[ola], now)
	add("candidate-view-rejected", v, err)
	for name, office := range map[string]*office{"paused": fresh().paused(), "resumed": fresh().resumed()} {
		v, err := w.CandidateView(office, office.candidates[4], office.roles[1], office.people[kari], now)
		add("candidate-view-"+name, v, err)
	}
	applied := o.candidates[12]
	applied.Source, applied.Stage, applied.Journey, applied.Interviews = hiring.Inbound, hiring.StageSourced, applied.Journey[:1], nil
	v, err = w.CandidateView(fresh(), applied, r, o.people[ola], now)
	add("candidate-view-applied", v, err)
	blind := fresh()
	v, err = w.CandidateView(blind, blind.candidates[12], r, blind.people[per], now)
	add("candidate-view-blind", v, err)
	d := fresh().decided(hiring.Reject)
	v, err = w.Candidates(d, d.roles[1], d.people[ola], now)
	add("candidates", v, err)
	v, err = w.Candidates(d, d.roles[5], d.people[ola], now)
	add("candidates-none", v, err)
	p := o.people[per]
	add("choices", w.Choices(p), nil)
	corrected := fresh().corrected()
	add("correct", w.Correct(corrected.candidates[12], r), nil)
	add("done-corrected", w.Corrected(corrected.candidates[12], r), nil)
	add("done-corrected-rejected", w.Corrected(corrected.candidates[6], r), nil)
	engaged := corrected.candidates[12]
	engaged.EngagedAt = engaged.Journey[0].At.Add(5 * time.Hour)
	add("correct-contact", w.Correct(engaged, r), nil)
	engaged.Corrections = append(slices.Clip(engaged.Corrections), hiring.Correction{At: now, By: ola, Step: hiring.Step{Kind: hiring.CandidateEngaged, At: engaged.EngagedAt}})
	add("done-corrected-contact", w.Corrected(engaged, r), nil)
	v, err = w.CandidateView(corrected, corrected.candidates[12], r, o.people[ola], now)
	add("candidate-view-corrected", v, err)
	p.Country, p.WorkFrom, p.WorkTo = "DE", 7*time.Hour, 15*time.Hour
	p.Free = []hiring.Span{{From: "2026-12-21", To: "2026-12-23"}, {From: "2027-02-01", To: "2027-02-01"}}
	add("choices-filled", w.Choices(p), nil)
	add("done-choices", w.Chosen(p), nil)
}

// TestOneLookBackIsEnough: the one after ten working days is not sent once
// enough answers had both look back, however many stand now.
func TestOneLookBackIsEnough(t *testing.T) {
	o := newOffice()
	n := hiring.Notice{Kind: hiring.LookBack, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(1)}, NotBefore: now}
	if _, err := house.For(hiring.English, oslo).Notice(o, n, OnePerson, false, now); err != nil {
		t.Fatal(err)
	}
	r := o.roles[1]
	r.LookedBackAt = days(3)
	o.roles[1] = r
	if m, err := house.For(hiring.English, oslo).Notice(o, n, OnePerson, false, now); !errors.Is(err, hiring.ErrNothing) {
		t.Errorf("%q, %v", m.Text, err)
	}
}
