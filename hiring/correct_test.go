package hiring_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// undo names a candidate's n-th step, counted from the end when negative.
func fix(c hiring.Candidate, n int) hiring.Fix {
	steps := c.Steps()
	if n < 0 {
		n += len(steps)
	}
	return hiring.Fix{Step: n, At: steps[n].At}
}

func undo(c hiring.Candidate, n int) hiring.Fix {
	f := fix(c, n)
	f.Undo = true
	return f
}

func redate(c hiring.Candidate, n int, to string) hiring.Fix {
	f := fix(c, n)
	f.Is = at(to)
	return f
}

// owing returns what is owed on a candidate, as kinds and people, sorted.
func (d desk) owing(id hiring.CandidateID) []string {
	list := []string{}
	for s := range d.owed {
		if s.Candidate == id {
			list = append(list, string(s.Kind)+" "+string(s.Person))
		}
	}
	slices.Sort(list)
	return list
}

func (d desk) want(what string, got, want any) {
	d.t.Helper()
	if !reflect.DeepEqual(got, want) {
		d.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestUndoingAMove(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-09 15:00")
	events := slices.Clone(d.events)
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Correct(c.ID, undo(c, -1)))
	d.want("stage", c.Stage, hiring.StageSourced)
	d.want("owed", d.owing(c.ID), []string{"next UKARI", "next UOLA"})
	next, _ := d.owes(kari, hiring.AboutNext)
	d.want("since", next.Since, at("2026-10-06 09:00")) // when they were added
	d.want("interview", c.Interviews[0].Status, hiring.CalledOff)
	f, _ := d.Feedback(key(c.ID, ingrid))
	d.want("feedback", f.Status, hiring.Excused)
	d.want("the events before", d.events[:len(events)], events)
	e := d.events[len(events)]
	d.want("the new event", e, hiring.Event{
		Kind: hiring.CandidateCorrected, At: at("2026-10-07 09:00"), By: ola, Role: 1, Candidate: c.ID, Source: hiring.Referral,
		From: hiring.StageSourced, To: "interview-1", Corrects: hiring.CandidateMoved, Was: at("2026-10-06 10:00"),
	})
	told := d.sent(hiring.TellCorrected)
	if len(told) != 1 || told[0].User != kari || told[0].About != ola {
		t.Errorf("told %+v", told)
	}
	got, _ := hiring.CorrectionsSince(d, 1, at("2026-10-07 08:59"))
	d.want("corrections since", len(got), 1)
	got, _ = hiring.CorrectionsSince(d, 1, at("2026-10-07 09:00"))
	d.want("corrections after it", len(got), 0)
}

func TestUndoingAMoveKeepsFeedbackThatWasGiven(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").Correct(c.ID, undo(c, -1)))
	f, _ := d.Feedback(key(c.ID, ingrid))
	d.want("given", f.Status, hiring.Submitted)
	f, _ = d.Feedback(key(c.ID, jonas))
	d.want("asked", f.Status, hiring.Excused)
	d.want("an interview on which there is feedback", c.Interviews[0].Status, hiring.TookPlace)
}

func TestUndoingAMoveInTheMiddle(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Move(c.ID, hiring.StageOffer, hiring.Interview{}))
	owed := d.owing(c.ID)
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Correct(c.ID, undo(c, 1)))
	d.want("stage", c.Stage, hiring.StageOffer)
	d.want("the way", c.Steps(), []hiring.Step{
		{Kind: hiring.CandidateAdded, At: at("2026-10-06 09:00"), To: hiring.StageSourced},
		{Kind: hiring.CandidateMoved, At: at("2026-10-06 11:00"), From: hiring.StageSourced, To: hiring.StageOffer},
	})
	d.want("owed", d.owing(c.ID), owed)
}

func TestUndoingARejection(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	for _, u := range []hiring.UserID{ingrid, jonas} {
		must[hiring.Feedback](d)(d.by(u, "2026-10-07 12:00").SubmitFeedback(key(c.ID, u), card(hiring.Yes)))
	}
	c = must[hiring.Candidate](d)(d.by(kari, "2026-10-07 13:00").Decide(c.ID, hiring.Ruling{
		Verdict: hiring.Reject, Criteria: []int{0}, Reason: "No Go.", Contact: hiring.Contact{By: ola, On: "2026-10-09"},
	}))
	d.want("rejected", d.owing(c.ID), []string{"reply UOLA"})
	c = must[hiring.Candidate](d)(d.by(kari, "2026-10-07 14:00").Correct(c.ID, undo(c, -1)))
	d.want("outcome", c.Outcome, hiring.Active)
	d.want("closed", c.ClosedAt, time.Time{})
	d.want("reason", c.Reason, "")
	d.want("decisions", len(c.Decisions), 0)
	d.want("promised", c.Contact, hiring.Contact{By: ola, On: "2026-10-12", Usual: true})
	d.want("owed", d.owing(c.ID), []string{"decision UKARI", "reply UOLA"})
	o, _ := d.owes(kari, hiring.AboutDecision)
	d.want("since the last feedback", o.Since, at("2026-10-07 12:00"))
	d.want("the words are kept", c.Corrections[0].Reason, "No Go.")
	got, _ := hiring.CorrectionsSince(d, 1, time.Time{})
	d.want("told as one", len(got), 1)
	must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 15:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.No))) // not decided on any more
}

// TestCorrectingAFirstContact undoes a first contact that was none, and dates
// one differently.
func TestCorrectingAFirstContact(t *testing.T) {
	contact := func(c hiring.Candidate) hiring.Fix {
		steps := c.Recorded()
		n := len(steps) - 1
		if steps[n].Kind != hiring.CandidateEngaged {
			t.Fatalf("no first contact among %+v", steps)
		}
		return hiring.Fix{Step: n, At: steps[n].At}
	}
	add := func(d desk, s hiring.Source) hiring.Candidate {
		d.openRole()
		return must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: s}))
	}
	undone := func(c hiring.Candidate) hiring.Fix { f := contact(c); f.Undo = true; return f }

	t.Run("nobody answered", func(t *testing.T) {
		d := newDesk(t)
		c := add(d, hiring.Outbound)
		owed := d.owing(c.ID)
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Engage(c.ID))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Correct(c.ID, undone(c)))
		d.want("the first contact", c.Engaged(terms().Plan()), time.Time{})
		d.want("owed", d.owing(c.ID), owed)
		got, _ := hiring.CorrectionsSince(d, 1, at("2026-10-06 12:00"))
		d.want("for the next digest", got, []hiring.Event{{
			Kind: hiring.CandidateCorrected, At: at("2026-10-07 09:00"), By: ola, Role: 1, Candidate: c.ID, Source: hiring.Outbound,
			Corrects: hiring.CandidateEngaged, Was: at("2026-10-06 10:00"),
		}})
		if told := d.sent(hiring.TellCorrected); len(told) != 1 || told[0].User != kari {
			t.Errorf("told %+v", told)
		}
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Engage(c.ID)) // can be recorded again
		d.want("recorded again", c.EngagedAt, at("2026-10-08 10:00"))
	})
	t.Run("on another day", func(t *testing.T) {
		d := newDesk(t)
		c := must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").Engage(add(d, hiring.Outbound).ID))
		for when, want := range map[string]string{
			"2026-10-06 08:00": "The step before it", "2026-10-09 09:00": "That is in the future", "2026-10-07 10:00": "It is dated so already", "": "Say when it was",
		} {
			f := contact(c)
			if when != "" {
				f.Is = at(when)
			}
			_, _, err := d.by(ola, "2026-10-08 09:00").Correct(c.ID, f)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("at %q: %v, want %q", when, err, want)
			}
		}
		f := contact(c)
		f.Is = at("2026-10-06 11:00")
		c = must[hiring.Candidate](d)(d.by(kari, "2026-10-08 09:00").Correct(c.ID, f))
		d.want("the first contact", c.EngagedAt, at("2026-10-06 11:00"))
		figures, err := hiring.FiguresOf(d, settings(), hiring.Scope{Role: 1}, hiring.Window{From: "2026-W41", To: "2026-W42"}, at("2026-10-08 10:00"))
		d.want("time to engage", figures.Engagement.Took, hiring.Spread{N: 1, Median: 2 * time.Hour, P90: 2 * time.Hour})
		d.want("no error", err, nil)
	})
	t.Run("who wrote to us has heard nothing after all", func(t *testing.T) {
		d := newDesk(t)
		c := add(d, hiring.Inbound)
		owed, contacted := d.owing(c.ID), c.Contact
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Told(c.ID))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Correct(c.ID, undone(c)))
		d.want("heard", c.HeardAt, time.Time{})
		d.want("owed again", d.owing(c.ID), owed)
		d.want("promised again", c.Contact, contacted)
	})
	t.Run("or the next word was the first", func(t *testing.T) {
		d := newDesk(t)
		c := add(d, hiring.Inbound)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Told(c.ID))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").Told(c.ID))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 11:00").Correct(c.ID, undone(c)))
		d.want("the first contact", c.EngagedAt, at("2026-10-07 10:00"))
		d.want("heard", c.HeardAt, at("2026-10-07 10:00"))
	})
	t.Run("nobody heard from us before the first contact", func(t *testing.T) {
		d := newDesk(t)
		c := add(d, hiring.Inbound)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Told(c.ID))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").Told(c.ID))
		fix := hiring.Fix{Step: undone(c).Step, At: c.EngagedAt, Is: at("2026-10-07 10:30")}
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 11:00").Correct(c.ID, fix))
		d.want("the first contact", c.EngagedAt, at("2026-10-07 10:30"))
		d.want("heard", c.HeardAt, at("2026-10-07 10:30"))
	})
	t.Run("who was rejected was not told after all", func(t *testing.T) {
		d := newDesk(t)
		c := add(d, hiring.Inbound)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Close(c.ID, hiring.Rejected, "No Go.", false))
		d.want("owed a reply", d.owing(c.ID), []string{"reply UOLA"})
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").Told(c.ID))
		d.want("told", d.owing(c.ID), []string{})
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 11:00").Correct(c.ID, undone(c)))
		d.want("owed a reply again", d.owing(c.ID), []string{"reply UOLA"})
		if _, _, err := d.by(jonas, "2026-10-07 12:00").Correct(c.ID, hiring.Fix{}); err == nil {
			t.Error("somebody who may not corrects it")
		}
	})
}

func TestUndoingAWithdrawal(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-09 15:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Promise(c.ID, hiring.Contact{By: ola, On: "2026-10-12"}))
	before := d.owing(c.ID)
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").Close(c.ID, hiring.Withdrawn, "Another offer.", false))
	d.want("withdrawn", d.owing(c.ID), []string{})
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 11:00").Correct(c.ID, undo(c, -1)))
	d.want("owed", d.owing(c.ID), before)
	d.want("promised", c.Contact, hiring.Contact{By: ola, On: "2026-10-12"})
	f, _ := d.Feedback(key(c.ID, ingrid))
	d.want("feedback", f.Status, hiring.Requested)
	d.want("due", f.DueAt, at("2026-10-12 15:00"))
	d.want("what the end took back", c.Ended, hiring.Ending{})
}

func TestUndoingTheHireThatFilledARole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	nora := d.interviewed("2026-10-07 11:00")
	erik := must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").AddCandidate(1, hiring.Applicant{Name: "Erik Lie", Source: hiring.Inbound}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:30").Propose(erik.ID, ""))
	waits := d.owing(erik.ID)
	nora = must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Close(nora.ID, hiring.Hired, "", false))
	d.want("while filled", d.owing(erik.ID), []string{"reply UOLA"})
	nora = must[hiring.Candidate](d)(d.by(ola, "2026-10-08 11:00").Correct(nora.ID, undo(nora, -1)))
	r, _ := d.Role(1)
	if r.Status != hiring.Open || r.Hired != 0 || !r.ClosedAt.IsZero() {
		t.Errorf("role %+v", r)
	}
	d.want("stage", nora.Stage, hiring.StageID("interview-1"))
	d.want("owed on the other", d.owing(erik.ID), waits)
	if e := d.events[len(d.events)-1]; !slices.ContainsFunc(d.events, func(e hiring.Event) bool { return e.Kind == hiring.RoleReopened }) {
		t.Errorf("no event says that the role hires again; the last is %+v", e)
	}
	d.want("asked again", d.owing(nora.ID), []string{"feedback UINGRID", "feedback UJONAS", "held UOLA", "next UKARI", "next UOLA", "reply UOLA"})
}

// TestUndoingAHireWeeksLater gives everybody what was left of their time when the
// hire filled the role: nobody is late with what nobody was to do meanwhile.
func TestUndoingAHireWeeksLater(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	nora := d.interviewed("2026-10-07 11:00")
	add := func(name string) hiring.Candidate {
		return must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddCandidate(1, hiring.Applicant{Name: name, Source: hiring.Referral}))
	}
	late, erik, siri := add("Ada Moe"), add("Erik Lie"), add("Siri Dahl")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Propose(late.ID, ""))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Move(siri.ID, hiring.StageOffer, hiring.Interview{}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 14:00").Propose(erik.ID, ""))
	due := func() map[hiring.Subject]time.Time {
		list := make(map[hiring.Subject]time.Time)
		for _, o := range d.owed {
			if o.Subject.Kind != hiring.AboutReply && o.Subject.Kind != hiring.AboutFeedback {
				list[o.Subject] = o.DueAt
			}
		}
		return list
	}
	was := due()
	nora = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").Close(nora.ID, hiring.Hired, "", true))
	d.want("things owed while it is filled", len(due()), 0)
	must[hiring.Candidate](d)(d.by(ola, "2026-10-23 09:00").Correct(nora.ID, undo(nora, -1)))
	is := due()
	d.want("things owed again", len(is), len(was))
	for subject, then := range was {
		want := then.In(oslo).AddDate(0, 0, 14).UTC()
		if subject.Candidate == late.ID && subject.Kind == hiring.AboutLook || subject.Kind == hiring.AboutOffer {
			want = then // what was late is late, and an offer is open since it was made
		}
		d.want(subject.String(), is[subject], want)
	}
}

func TestADateOfItsOwn(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
	c = must[hiring.Candidate](d)(d.by(admin, "2026-10-08 09:00").Correct(c.ID, redate(c, 0, "2026-09-28 09:00")))
	d.want("added", []time.Time{c.AddedAt, c.Journey[0].At}, []time.Time{at("2026-09-28 09:00"), at("2026-09-28 09:00")})
	d.want("both owners hear of what an admin did", len(d.sent(hiring.TellCorrected)), 2)
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Correct(c.ID, redate(c, 1, "2026-10-02 09:00")))
	next, _ := d.owes(ola, hiring.AboutNext)
	d.want("the next step is due by the right date", next.DueAt, at("2026-10-09 09:00"))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Close(c.ID, hiring.Hired, "", false))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 10:00").Correct(c.ID, redate(c, -1, "2026-10-07 10:00")))
	d.want("hired", []time.Time{c.ClosedAt, c.Since()}, []time.Time{at("2026-10-07 10:00"), at("2026-10-07 10:00")})
	r, _ := d.Role(1)
	d.want("role", r.Status, hiring.Filled)
}

func TestCorrectRefuses(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").Move(c.ID, hiring.StageSourced, hiring.Interview{}))
	tests := []struct {
		it   string
		by   hiring.UserID
		id   hiring.CandidateID
		fix  hiring.Fix
		want string
	}{
		{"an interviewer", ingrid, 1, undo(c, -1), "Only the owners"},
		{"somebody who is not there", ola, 9, undo(c, -1), "no candidate C-9"},
		{"a step that is not there", ola, 1, hiring.Fix{Step: 7, At: c.Since(), Undo: true}, "has changed since"},
		{"a step before the first", ola, 1, hiring.Fix{Step: -1, At: c.Since(), Undo: true}, "has changed since"},
		{"a step that has another date by now", ola, 1, hiring.Fix{Step: 2, At: at("2026-10-06 10:30"), Undo: true}, "has changed since"},
		{"undoing the addition", ola, 1, undo(c, 0), "fix: Somebody who was added stays"},
		{"undoing a move that leaves a stage to itself", ola, 1, undo(c, 1), "fix: Then C-1 would go"},
		{"no date", ola, 1, fix(c, 1), "fixed_at: Say when"},
		{"the date it has", ola, 1, redate(c, 1, "2026-10-06 10:00"), "fixed_at: It is dated so"},
		{"a date ahead", ola, 1, redate(c, 2, "2026-10-08 10:00"), "fixed_at: That is in the future"},
		{"a year that is a slip", ola, 1, redate(c, 0, "2006-10-06 10:00"), "fixed_at: That is more than ten years ago"},
		{"before the step before", ola, 1, redate(c, 1, "2026-10-06 08:59"), "fixed_at: The step before it was at"},
		{"after the next step", ola, 1, redate(c, 1, "2026-10-06 11:01"), "fixed_at: The next step was at"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, change, err := d.by(tt.by, "2026-10-07 09:00").Correct(tt.id, tt.fix)
			d.refused(err, tt.want)
			if !change.Empty() {
				t.Errorf("refused, but %+v", change)
			}
		})
	}
}

func TestAStageThatIsGoneTakesNobodyBack(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	c := d.interviewed("2026-10-06 11:00")
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").Move(c.ID, hiring.StageOffer, hiring.Interview{}))
	changed := terms()
	changed.Interviews = changed.Interviews[1:]
	changed.MustHaves[0].VerifiedBy = []hiring.Check{hiring.CheckCV}
	must[hiring.Role](d)(d.by(kari, "2026-10-07 11:00").ChangeBrief(1, 1, changed, "One round less."))
	must[hiring.Role](d)(d.by(ola, "2026-10-07 12:00").Sign(1, 2))
	_, _, err := d.by(ola, "2026-10-08 09:00").Correct(c.ID, undo(c, -1))
	d.refused(err, "no longer in the plan")
}

// way is what a candidate's events tell of them.
type way struct {
	Role              hiring.RoleID
	Source            hiring.Source
	Stage             hiring.StageID
	Outcome           hiring.Outcome
	AddedAt, ClosedAt time.Time
	Journey           []hiring.Move
}

func wayOf(c hiring.Candidate) way {
	w := way{c.Role, c.Source, c.Stage, c.Outcome, c.AddedAt, c.ClosedAt, slices.Clone(c.Journey)}
	for i := range w.Journey {
		w.Journey[i].By = "" // who imported stands in the events of imported candidates
	}
	return w
}

// TestEventsTellTheWholeWay plays random histories with corrections, imports
// and pauses: what the events tell of every candidate is what their records
// say, no event changes, dates are in order, and the openings taken are the
// people hired.
func TestEventsTellTheWholeWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMonth(t)
		two := terms()
		two.Openings = 2
		m.do(kari, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.ChangeBrief(1, 1, two, "Two of them.")
			return c, err
		})
		m.do(ola, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Sign(1, 2); return c, err })
		for i := range 60 {
			m.now = m.now.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "minutes")) * time.Minute)
			before := slices.Clone(m.events)
			if rapid.IntRange(0, 2).Draw(t, "kind") > 0 || len(m.candidates) == 0 {
				m.anything()
			} else {
				m.correctOrEnd(i)
			}
			if !slices.Equal(before, m.events[:len(before)]) {
				t.Fatal("an event was changed")
			}
			m.checkWays()
		}
	})
}

// correctOrEnd corrects somebody's way, ends somebody's process, or imports
// somebody.
func (m *month) correctOrEnd(i int) {
	t := m.t
	c := m.candidates[hiring.CandidateID(rapid.IntRange(1, len(m.candidates)).Draw(t, "whom"))]
	steps := c.Recorded()
	n := rapid.IntRange(0, len(steps)-1).Draw(t, "step")
	f := hiring.Fix{Step: n, At: steps[n].At}
	f.Undo = rapid.Bool().Draw(t, "undo")
	f.Is = f.At.Add(time.Duration(rapid.IntRange(-3000, 3000).Draw(t, "by")) * time.Minute)
	outcome := rapid.SampledFrom([]hiring.Outcome{hiring.Hired, hiring.Withdrawn}).Draw(t, "outcome")
	acts := []func(a hiring.Act) (hiring.Change, error){
		func(a hiring.Act) (hiring.Change, error) { _, ch, err := a.Correct(c.ID, f); return ch, err },
		func(a hiring.Act) (hiring.Change, error) { _, ch, err := a.Correct(c.ID, f); return ch, err },
		func(a hiring.Act) (hiring.Change, error) {
			_, ch, err := a.Close(c.ID, outcome, "Other plans.", true)
			return ch, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			row := hiring.Imported{
				Line: 2, External: string(rune('a' + i)), Name: "Erik Lie", Source: hiring.Inbound, Outcome: outcome,
				AddedAt: m.now.AddDate(0, 0, -9), Moves: []hiring.ImportedMove{{Stage: hiring.StageScreen, At: m.now.AddDate(0, 0, -8)}}, ClosedAt: m.now.AddDate(0, 0, -1),
			}
			_, ch, err := a.Import(1, []hiring.Imported{row})
			return ch, err
		},
	}
	m.do(rapid.SampledFrom([]hiring.UserID{kari, ola}).Draw(t, "owner"), acts[rapid.IntRange(0, len(acts)-1).Draw(t, "act")])
}

func (m *month) checkWays() {
	replayed := map[hiring.CandidateID]hiring.Candidate{}
	for _, e := range m.events {
		if e.Candidate != 0 {
			replayed[e.Candidate] = replayed[e.Candidate].After(e)
		}
	}
	hired := 0
	for id, c := range m.candidates {
		if !c.EngagedAt.IsZero() && c.Source == hiring.Inbound && c.HeardAt.Before(c.EngagedAt) && !c.HeardAt.IsZero() {
			m.t.Fatalf("%v heard from us at %v, before the first contact at %v", id, c.HeardAt, c.EngagedAt)
		}
		if got, want := wayOf(replayed[id]), wayOf(c); !reflect.DeepEqual(got, want) {
			m.t.Fatalf("%v by its events\n%+v, by its record\n%+v", id, got, want)
		}
		if !slices.IsSortedFunc(c.Steps(), func(a, b hiring.Step) int { return a.At.Compare(b.At) }) {
			m.t.Fatalf("%v went %+v", id, c.Steps())
		}
		if c.Outcome == hiring.Hired {
			hired++
		}
		if (c.Outcome == hiring.Active) != c.ClosedAt.IsZero() {
			m.t.Fatalf("%v is %s, closed %v", id, c.Outcome, c.ClosedAt)
		}
	}
	r := m.roles[1]
	if r.Hired != hired || r.Status == hiring.Filled && hired < r.InForce().Terms.Openings {
		m.t.Fatalf("%d are hired; the role says %d and is %s", hired, r.Hired, r.Status)
	}
	for s, o := range m.owed {
		c := m.candidates[s.Candidate]
		if kinds := []hiring.SubjectKind{hiring.AboutNext, hiring.AboutDecision, hiring.AboutHeld, hiring.AboutLook}; slices.Contains(kinds, s.Kind) && (c.Outcome != hiring.Active || !r.Active()) {
			m.t.Fatalf("%v is owed on somebody %s of a role that is %s", s, c.Outcome, r.Status)
		}
		if r.Active() && s.Kind != hiring.AboutReply && (r.Status == hiring.Paused) == o.PausedAt.IsZero() {
			m.t.Fatalf("the clock of %v runs: %v, in a role that is %s", s, o.PausedAt.IsZero(), r.Status)
		}
	}
}
