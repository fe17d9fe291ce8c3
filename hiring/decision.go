package hiring

import (
	"slices"
	"time"
)

// Verdict is what is decided on a candidate after a stage.
type Verdict string

// The verdicts.
const (
	Advance   Verdict = "advance"
	Reject    Verdict = "reject"
	TalkFirst Verdict = "talk-first" // nothing is decided yet
)

// Verdicts lists every verdict in the order forms show them.
func Verdicts() []Verdict { return []Verdict{Advance, Reject, TalkFirst} }

// Decision is what was decided on a candidate after a stage, and why.
type Decision struct {
	At       time.Time
	By       UserID
	Stage    StageID
	Revision int // of the brief whose must-haves the decision rests on
	Verdict  Verdict
	Criteria []int  // the must-haves it rests on, from 0
	Reason   string // in the decider's words
}

// Decides returns who decides on candidates.
func (r Role) Decides() UserID {
	if u := r.InForce().Terms.Decides; u != "" {
		return u
	}
	return r.HiringManager
}

// debrief brings owners and panel together once the last feedback of a stage is
// in or excused by the change, and asks for a decision, unless it is made: it
// need not have waited for everybody. It returns whether they hear of it.
func (a Act) debrief(change *Change, c Candidate, stage StageID) (told bool, err error) {
	before, err := a.Record.FeedbackOn(c.ID)
	if err != nil || c.Outcome != Active || c.Stage != stage {
		return false, err
	}
	r, err := a.Record.Role(c.Role)
	if err != nil {
		return false, err
	}
	readers := []UserID{r.HiringManager, r.Recruiter, r.Decides()}
	owners, yes := len(readers), 0
	for _, f := range latest(before, change.Feedback) {
		switch {
		case f.Stage == stage && f.Status == Requested:
			return false, nil
		case f.Stage == stage && f.Status == Submitted:
			readers = append(readers, f.Interviewer)
			if f.Recommendation.yes() {
				yes++
			}
		}
	}
	if len(readers) == owners {
		return false, nil
	}
	subject := DecisionSubject(r.ID, c.ID, stage, r.Decides())
	if !slices.ContainsFunc(before, func(f Feedback) bool { return f.Stage == stage && f.Status == Requested }) {
		change.Refresh = append(change.Refresh, subject) // the debrief is out; it follows
		return false, nil
	}
	a.panelHeard(change, c, stage, len(readers)-owners, yes)
	for _, u := range distinct(readers) {
		change.Notices = append(change.Notices, Notice{
			Kind: TellDebrief, User: u, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
		})
	}
	if c.goesOn() {
		return true, nil
	}
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		change.settle(NextSubject(r.ID, c.ID, stage, owner)) // the decision is the next step
	}
	return true, a.owes(change, r, subject, a.Now, a.Settings.DecisionDue)
}

// newDecider lets whoever decides by the brief that is in force now owe the
// decisions that wait, and brings them the feedback. Owners and who wrote some
// of it have that already: their message asks them now.
func (a Act) newDecider(change *Change, r Role) error {
	var passed Change
	if err := a.passOn(&passed, r, r); err != nil {
		return err
	}
	for _, o := range passed.Owe {
		on, err := a.Record.FeedbackOn(o.Subject.Candidate)
		if err != nil {
			return err
		}
		wrote := slices.ContainsFunc(on, func(f Feedback) bool {
			return f.Stage == o.Subject.Stage && f.Interviewer == o.Person() && f.Status == Submitted
		})
		if !wrote && !r.Owner(o.Person()) {
			passed.Notices = append(passed.Notices, Notice{
				Kind: TellDebrief, User: o.Person(), Subjects: []Subject{o.Subject}, CreatedAt: a.Now, NotBefore: a.Now,
			})
		}
	}
	change.Add(passed)
	return nil
}

// panelHeard notes whether a panel of two or more wants the same.
func (a Act) panelHeard(change *Change, c Candidate, stage StageID, heard, yes int) {
	if heard > 1 {
		change.Events = append(change.Events, Event{
			Kind: PanelHeard, At: a.Now, By: a.By.ID, Role: c.Role, Candidate: c.ID, To: stage, Source: c.Source, Count: heard, Agreed: yes == 0 || yes == heard,
		})
	}
}

// latest returns the feedback as it is after a change.
func latest(before, changed []Feedback) []Feedback {
	after := slices.Clone(before)
	for _, f := range changed {
		if i := slices.IndexFunc(after, func(o Feedback) bool { return o.FeedbackKey == f.FeedbackKey }); i >= 0 {
			after[i] = f
		} else {
			after = append(after, f)
		}
	}
	return after
}

// owes notes that a person owes something from a moment on, due after some of
// their working time. While the role is paused its clock stands; once it no
// longer hires, nothing is owed for it but replies.
func (a Act) owes(change *Change, r Role, s Subject, since time.Time, within time.Duration) error {
	if !r.Active() && s.Kind != AboutReply {
		return nil
	}
	work, err := a.workTime(s.Person)
	if err != nil {
		return err
	}
	due := work.Add(since, within)
	o := Owed{Subject: s, Since: since.UTC(), DueAt: due, NudgeAt: a.Settings.first(work, due)}
	if r.Status == Paused { // since it was, or since the thing began
		o.pause(earlier(later(r.PausedAt, since.UTC()), a.Now))
	}
	change.Owe = append(change.Owe, o)
	return nil
}

func distinct(users []UserID) []UserID {
	slices.Sort(users)
	return slices.Compact(users)
}

// Ruling is a decision as filled in.
type Ruling struct {
	Verdict  Verdict
	Criteria []int
	Reason   string
	Contact  Contact // who tells the candidate, and by when
}

// Decide records what is decided on a candidate after the stage they are in,
// and what follows: who advances goes on to the next stage, or waits for the
// recruiter to arrange the next interview; who is rejected leaves. It returns
// [FieldErrors].
func (a Act) Decide(id CandidateID, ruling Ruling) (Candidate, Change, error) {
	r, c, err := a.decidable(id, ruling.Verdict)
	if err == nil {
		err = a.checkRuling(ruling)
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	c.Decisions = append(slices.Clip(c.Decisions), Decision{
		At: a.Now, By: a.By.ID, Stage: c.Stage, Revision: r.InForce().Revision,
		Verdict: ruling.Verdict, Criteria: ruling.Criteria, Reason: ruling.Reason,
	})
	subject := DecisionSubject(r.ID, id, c.Stage, r.Decides())
	change := Change{Refresh: []Subject{subject}, Events: []Event{{
		Kind: CandidateDecided, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, From: c.Stage, Source: c.Source, Verdict: ruling.Verdict,
	}}}
	switch ruling.Verdict {
	case TalkFirst:
		err = a.putOffDecision(&change, r, subject)
	case Reject:
		err = a.end(&change, r, &c, Rejected, c.offerEnd(Rejected), ruling.Reason)
	default:
		err = a.advance(&change, r, &c)
	}
	if err == nil && ruling.Verdict != TalkFirst {
		err = a.promise(&change, r, &c, ruling.Contact)
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	change.Candidates = append(change.Candidates, c)
	for _, u := range distinct([]UserID{r.HiringManager, r.Recruiter, ruling.Contact.By}) {
		if u != a.By.ID && u != "" {
			change.Notices = append(change.Notices, Notice{
				Kind: TellDecision, User: u, About: a.By.ID, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
			})
		}
	}
	return c, change, nil
}

// putOffDecision gives a decision its time anew. It has been waited for since
// it was first due to be made. What an earlier one let be arranged waits for
// it, too.
func (a Act) putOffDecision(change *Change, r Role, subject Subject) error {
	if err := a.owes(change, r, subject, a.Now, a.Settings.DecisionDue); err != nil {
		return err
	}
	owed, err := a.Record.OwedIn(r.ID)
	for _, o := range owed {
		if n := len(change.Owe) - 1; o.Subject == subject && n >= 0 && change.Owe[n].Subject == subject {
			change.Owe[n].Since = o.Since
		}
		if o.Decided && o.Subject.Candidate == subject.Candidate {
			change.settle(o.Subject)
		}
	}
	return err
}

// Decidable returns the candidate and role that the person may decide on now
// with a verdict, or with any when it is empty; otherwise an [Error] that says
// why not. Once a role no longer hires, who is left can only be rejected.
func (a Act) Decidable(id CandidateID, v Verdict) (Role, Candidate, error) {
	return a.decidable(id, v)
}

func (a Act) decidable(id CandidateID, v Verdict) (Role, Candidate, error) {
	c, err := a.Record.Candidate(id)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	r, err := a.Record.Role(c.Role)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	switch {
	case !a.Settings.May(DecideOnOne, a.By, About{Role: r}):
		return Role{}, Candidate{}, Errorf("%v decides on candidates of %v. Write to them.", r.Decides(), r.ID)
	case c.Outcome != Active:
		return Role{}, Candidate{}, Errorf("%v is no longer in the process of %v.", id, r.ID)
	case v != Reject && v != "":
		return r, c, r.Hiring()
	}
	return r, c, nil
}

func (a Act) checkRuling(ruling Ruling) error {
	errs := FieldErrors{}
	if !slices.Contains(Verdicts(), ruling.Verdict) {
		errs[FieldVerdict] = Errorf("Choose what is decided.")
	}
	tooLong(errs, FieldReason, ruling.Reason, MaxText)
	if ruling.Verdict == TalkFirst {
		return errs.OrNil()
	}
	if ruling.Reason == "" {
		errs[FieldReason] = Errorf("Say in a line what it rests on. The candidate may ask.")
	}
	p, err := a.Record.Person(ruling.Contact.By)
	if err != nil {
		return err
	}
	zone := a.Settings.ZoneOf(p)
	switch on := ruling.Contact.On; {
	case ruling.Contact.By == "":
		errs[FieldContact] = Errorf("Choose who tells the candidate.")
	case on.Midnight(zone).IsZero(), on < DateOf(a.Now, zone):
		errs[FieldContactOn] = Errorf("Choose a day from today on.")
	case on.Midnight(zone).After(a.Now.Add(interviewBack)):
		errs[FieldContactOn] = Errorf("That is more than two months ahead. Check the date.")
	}
	if err := a.reachable(errs, FieldContact, ruling.Contact.By); err != nil {
		return err
	}
	return errs.OrNil()
}

// advance takes a candidate to the next stage. Where that is an interview, the
// recruiter arranges it first, and the candidate moves then.
func (a Act) advance(change *Change, r Role, c *Candidate) error {
	plan := r.Plan()
	i := plan.Index(c.Stage)
	if i < 0 || i+1 >= len(plan) || plan[i+1].Kind == KindHired {
		return FieldErrors{FieldVerdict: Errorf("%v is in the last stage. Record the outcome: hired, rejected or withdrawn.", c.ID)}
	}
	if err := r.moving(); err != nil {
		return err
	}
	if err := a.settleSteps(change, r, *c); err != nil {
		return err
	}
	if next := plan[i+1]; next.Kind != KindInterview {
		return a.enter(change, r, c, next)
	}
	return a.owesNext(change, r, *c, a.Now)
}

// owesNext notes that the recruiter arranges what was decided on.
func (a Act) owesNext(change *Change, r Role, c Candidate, since time.Time) error {
	next := NextSubject(r.ID, c.ID, c.Stage, r.Recruiter)
	err := a.owes(change, r, next, since, a.Settings.NextDue)
	if n := len(change.Owe) - 1; n >= 0 && change.Owe[n].Subject == next {
		change.Owe[n].Decided = true
	}
	return err
}

// owned returns a candidate, active or not, of a role the person may act for.
func (a Act) owned(id CandidateID) (Role, Candidate, error) {
	c, err := a.Record.Candidate(id)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	r, err := a.role(c.Role)
	return r, c, err
}
