package hiring

import (
	"slices"
	"time"
)

// Applicant is a candidate as somebody adds them.
type Applicant struct {
	Name   string
	Source Source
	Link   string
}

// AddCandidate puts a candidate into the role's first stage. It returns
// [FieldErrors].
func (a Act) AddCandidate(id RoleID, p Applicant) (Candidate, Change, error) {
	r, err := a.open(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	errs := FieldErrors{}
	if p.Name == "" {
		errs[FieldName] = Errorf("Write the candidate's name.")
	}
	tooLong(errs, FieldName, p.Name, MaxName)
	tooLong(errs, FieldLink, p.Link, MaxText)
	if !slices.Contains(Sources(), p.Source) {
		errs[FieldSource] = Errorf("Choose where the candidate came from.")
	}
	if err := errs.OrNil(); err != nil {
		return Candidate{}, Change{}, err
	}
	c := Candidate{
		ID: a.Record.NextCandidate(), Role: r.ID, Name: p.Name, Source: p.Source, Link: p.Link,
		Stage: StageSourced, Outcome: Active, AddedBy: a.By.ID, AddedAt: a.Now,
		Journey: []Move{{At: a.Now, To: StageSourced, By: a.By.ID}},
	}
	change := Change{Events: []Event{{Kind: CandidateAdded, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: c.ID, To: c.Stage, Source: c.Source}}}
	if err := a.expectContact(&change, r, &c, a.Now, a.Settings.ContactDue); err != nil {
		return Candidate{}, Change{}, err
	}
	change.Candidates = []Candidate{c}
	change.Refresh = []Subject{RoleSubject(r.ID)} // how many are in the process
	err = a.awaitStep(&change, r, c, a.Now)
	return c, change, err
}

// active returns a candidate still in the process and their role, which may
// be filled by now.
func (a Act) active(id CandidateID) (Role, Candidate, error) {
	c, err := a.Record.Candidate(id)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	r, err := a.role(c.Role)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	if c.Outcome != Active {
		return Role{}, Candidate{}, Errorf("%v is no longer in the process of %v.", id, r.ID)
	}
	return r, c, nil
}

// Move takes a candidate to another stage of the plan. Moving into an
// interview needs the interview and asks its panel for feedback. It returns
// [FieldErrors].
func (a Act) Move(id CandidateID, to StageID, meeting Interview) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err == nil {
		err = r.moving()
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	plan := r.Plan()
	stage, ok := plan.Stage(to)
	switch {
	case !ok || to == StageHired:
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("That is not a stage of %v.", r.ID)}
	case to == c.Stage:
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("%v is in this stage already.", id)}
	case r.Status == Drafting && !r.Waived() && plan.Index(to) > plan.Index(StageScreen):
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("The brief of %v is not signed by both yet. Until it is, candidates wait in screen.", r.ID)}
	}
	var change Change
	if err := a.enter(&change, r, &c, stage); err != nil {
		return Candidate{}, Change{}, err
	}
	if err := a.settleSteps(&change, r, c); err != nil {
		return Candidate{}, Change{}, err
	}
	if stage.Kind == KindInterview {
		meeting.Stage = to
		if err := a.arrange(&change, r, &c, meeting); err != nil {
			return Candidate{}, Change{}, err
		}
	}
	change.Candidates = []Candidate{c}
	change.Refresh = append(change.Refresh, RoleSubject(r.ID))
	return c, change, nil
}

// enter takes a candidate into a stage and lets its clock run.
func (a Act) enter(change *Change, r Role, c *Candidate, to Stage) error {
	c.offerIs(change, r)
	change.Events = append(change.Events, Event{
		Kind: CandidateMoved, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: c.ID, From: c.Stage, To: to.ID, Source: c.Source,
	})
	c.Journey = append(slices.Clip(c.Journey), Move{At: a.Now, From: c.Stage, To: to.ID, By: a.By.ID})
	c.Stage = to.ID
	if err := a.nextContact(change, r, c); err != nil {
		return err
	}
	if err := a.watchOffer(change, r, *c); err != nil {
		return err
	}
	return a.awaitStep(change, r, *c, a.Now)
}

// awaitStep notes that a candidate's next step is due once they have been in
// their stage for as long as the plan lets them, for both owners. Once it is
// decided that they go on, the recruiter owes that already.
func (a Act) awaitStep(change *Change, r Role, c Candidate, since time.Time) error {
	stage, ok := r.Plan().Stage(c.Stage)
	if !ok || stage.WorkDays == 0 || c.goesOn() {
		return nil
	}
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		work, err := a.workTime(owner)
		if err != nil {
			return err
		}
		if err := a.owes(change, r, NextSubject(r.ID, c.ID, c.Stage, owner), since, time.Duration(stage.WorkDays)*work.Day()); err != nil {
			return err
		}
	}
	return nil
}

// settleSteps takes off what waits for a candidate's next step. The answer
// whether to meet them stays owed as long as it waits after the change.
func (a Act) settleSteps(change *Change, r Role, after Candidate) error {
	id := after.ID
	c, err := a.Record.Candidate(id)
	if err != nil {
		return err
	}
	change.refreshOn(r, c)
	change.Refresh = append(change.Refresh, NextSubject(r.ID, id, c.Stage, r.Recruiter), HeldSubject(r.ID, id, c.Stage, r.Recruiter)) // owed or not
	owed, err := a.Record.OwedIn(r.ID)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.Subject.Candidate != id {
			continue
		}
		switch o.Subject.Kind {
		case AboutLook:
			if after.Outcome != Active || !after.LookWaits() {
				change.settle(o.Subject)
			}
		case AboutNext, AboutDecision, AboutHeld, AboutOffer:
			change.settle(o.Subject)
		}
	}
	return nil
}

// refreshOn keeps the messages current that say what was asked, answered, decided or
// corrected of a candidate, what owners were alerted of, and what is to be done
// next.
func (c *Change) refreshOn(r Role, on Candidate) {
	c.refreshAlerts(r, func(x Alert) bool { return slices.Contains(x.Candidates, on.ID) })
	if !on.Look.ProposedAt.IsZero() {
		c.Refresh = append(c.Refresh, LookSubject(r.ID, on.ID, r.HiringManager))
	}
	for n := range on.Corrections {
		c.Refresh = append(c.Refresh, CorrectionSubject(r.ID, on.ID, n+1))
	}
	stages := []StageID{on.Stage}
	for _, d := range on.Decisions {
		stages = append(stages, d.Stage)
	}
	slices.Sort(stages)
	for _, s := range slices.Compact(stages) {
		c.Refresh = append(c.Refresh, DecisionSubject(r.ID, on.ID, s, r.Decides()))
	}
}

// Close ends a candidate's process: hired, rejected or withdrawn, the latter
// two with a reason and also when the role is filled. Feedback still owed is
// excused; the last opening taken fills the role. Who is rejected and was not
// told yet is owed a reply by the recruiter. It returns [FieldErrors].
func (a Act) Close(id CandidateID, outcome Outcome, reason string, told bool) (Candidate, Change, error) {
	return a.close(id, outcome, "", reason, told)
}

func (a Act) close(id CandidateID, outcome Outcome, offer OfferEnd, reason string, told bool) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	if err := checkClose(r, outcome, reason); err != nil {
		return Candidate{}, Change{}, err
	}
	if offer == "" {
		offer = c.offerEnd(outcome)
	}
	var change Change
	if err := a.end(&change, r, &c, outcome, offer, reason); err != nil {
		return Candidate{}, Change{}, err
	}
	if told {
		a.heard(&change, &c)
	}
	if outcome == Rejected && !told {
		if err := a.expectContact(&change, r, &c, a.Now, a.Settings.ReplyDue); err != nil {
			return Candidate{}, Change{}, err
		}
	}
	change.Candidates = []Candidate{c}
	return c, change, nil
}

// heard notes that a candidate heard from one of us. For somebody who wrote to
// us that is the first contact.
func (a Act) heard(change *Change, c *Candidate) {
	c.HeardAt = a.Now
	if c.Source == Inbound {
		a.engage(change, c)
	}
}

// end takes a candidate out of the process. Feedback still asked for is
// excused, and interviews ahead are off; the last opening taken fills the role.
func (a Act) end(change *Change, r Role, c *Candidate, outcome Outcome, offer OfferEnd, reason string) error {
	if outcome == Hired {
		n, err := a.opening(r)
		if err != nil {
			return err
		}
		c.Opening = n
	}
	change.Events = append(change.Events, Event{
		Kind: CandidateClosed, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: c.ID, From: c.Stage, Source: c.Source, Outcome: outcome,
		Offer: offer, Number: c.Opening,
	})
	c.offerIs(change, r)
	before := *c
	c.Outcome, c.Offer, c.Reason, c.ClosedAt = outcome, offer, reason, a.Now
	if outcome == Hired {
		c.Journey = append(slices.Clip(c.Journey), Move{At: a.Now, From: c.Stage, To: StageHired, By: a.By.ID})
		c.Stage = StageHired
		r.Hired++
	}
	if err := a.settleSteps(change, r, *c); err != nil {
		return err
	}
	c.Ended = Ending{Contact: c.Contact}
	asked := len(change.Feedback)
	if err := a.excuse(change, *c); err != nil {
		return err
	}
	if err := a.tellPanels(change, r, r, before, c); err != nil {
		return err
	}
	for _, f := range change.Feedback[asked:] {
		c.Ended.Asked = append(c.Ended.Asked, f.FeedbackKey)
	}
	change.refreshRole(r.ID)
	dropContact(change, c)
	if outcome == Hired {
		err := a.fill(change, &r)
		change.Roles = append(change.Roles, r)
		return err
	}
	return a.alert(change, r, *c)
}

func checkClose(r Role, outcome Outcome, reason string) error {
	errs := FieldErrors{}
	switch outcome {
	case Hired:
		if err := r.Hiring(); err != nil {
			return err
		}
		if r.Status == Drafting && !r.Waived() {
			errs[FieldStage] = Errorf("The brief of %v is not signed by both yet, so nobody can be hired on it.", r.ID)
		}
	case Rejected, Withdrawn:
		if reason == "" {
			errs[FieldReason] = Errorf("Write the reason in a line: it is what you learn from later.")
		}
	default:
		errs[FieldStage] = Errorf("Choose what happened.")
	}
	tooLong(errs, FieldReason, reason, MaxText)
	return errs.OrNil()
}

// excuse takes back every open request for feedback on the candidate.
func (a Act) excuse(change *Change, c Candidate) error {
	existing, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	for _, f := range existing {
		if f.Status == Requested {
			a.excuseOne(change, f, "")
		}
	}
	return a.refreshFeedback(change, c.ID)
}

// excuseOne takes one request for feedback back.
func (a Act) excuseOne(change *Change, f Feedback, reason string) Feedback {
	f.Status, f.Excuse, f.Offered = Excused, reason, ""
	change.Feedback = append(change.Feedback, f)
	change.settle(FeedbackSubject(f.Role, f.FeedbackKey))
	change.Events = append(change.Events, Event{
		Kind: FeedbackExcused, At: a.Now, By: a.By.ID, Role: f.Role, Candidate: f.Candidate, To: f.Stage, Person: f.Interviewer,
	})
	return f
}

// fill closes the role when its last opening is taken. A pause ends with that:
// feedback that stays asked for comes due.
func (a Act) fill(change *Change, r *Role) error {
	if r.Hired < r.InForce().Terms.Openings {
		return nil
	}
	r.Status, r.ClosedAt = Filled, a.Now
	change.Events = append(change.Events, Event{Kind: RoleFilled, At: a.Now, By: a.By.ID, Role: r.ID})
	change.tell(r.Channel, a.Now, TellFilled, RoleSubject(r.ID))
	if err := a.dropRequests(change, *r); err != nil {
		return err
	}
	return a.startClocks(change, r.ID)
}

// dropRequests takes back what people owe a role that no longer hires, but for
// feedback that is asked for and replies that were promised. What was asked and
// told of its candidates says so, also where nobody owed it any more.
func (a Act) dropRequests(change *Change, r Role) error {
	owed, err := a.Record.OwedIn(r.ID)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.Subject.Kind != AboutFeedback && o.Subject.Kind != AboutReply {
			change.settle(o.Subject)
		}
	}
	return a.refreshCandidates(change, r)
}
