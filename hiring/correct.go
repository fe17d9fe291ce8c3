package hiring

import (
	"slices"
	"time"
)

// Fix is what was recorded wrongly of a candidate's way, and how it was.
type Fix struct {
	Step int       // of [Candidate.Recorded], from 0
	At   time.Time // the step's date as whoever corrects it has seen it
	Undo bool      // it never happened
	Is   time.Time // when it happened instead
}

// Correction is what was corrected of a candidate. It stands in the candidate's
// record and keeps the words of what was undone.
type Correction struct {
	At     time.Time
	By     UserID
	Step   Step      // as it was
	Is     time.Time // the new date; zero for what was undone
	Reason string    // why the process ended, as it stood when that was undone
}

// Undone says whether the step never happened.
func (c Correction) Undone() bool { return c.Is.IsZero() }

// Ending is what the end of a process took back, so that undoing it gives it
// again.
type Ending struct {
	Contact Contact       // what the candidate was promised to hear
	Asked   []FeedbackKey // feedback that was still asked for
}

// maxCorrected is how far back a step can be dated: further is a typing
// mistake.
const maxCorrected = 10 * 366 * 24 * time.Hour

// Correct undoes a step of a candidate's way, or the first contact, or gives it
// another date. The event written about the step stays; a new one names it. What
// the step had settled is owed again, and a role that an undone hire had filled
// hires again, with what was left of everybody's time when it was filled. The
// other owner hears of it. It returns [FieldErrors].
func (a Act) Correct(id CandidateID, fix Fix) (Candidate, Change, error) {
	r, c, err := a.Correctable(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	former := r
	steps := c.Recorded()
	if fix.Step < 0 || fix.Step >= len(steps) || !steps[fix.Step].At.Equal(fix.At) {
		return Candidate{}, Change{}, Errorf("The journey of %v has changed since. Open it again, then correct it.", id)
	}
	step := steps[fix.Step]
	if step.Kind == CandidateEngaged {
		return a.correctContact(r, c, fix)
	}
	if steps = c.Steps(); fix.Undo {
		fix.Is = time.Time{}
		err = undoable(r, c, fix.Step)
	} else {
		fix.Is, err = a.redated(steps, fix.Step, fix.Is)
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	e := Event{
		Kind: CandidateCorrected, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, From: step.From, To: step.To,
		Source: c.Source, Outcome: step.Outcome, Corrects: step.Kind, Was: step.At, Is: fix.Is,
	}
	note := Correction{At: a.Now, By: a.By.ID, Step: step, Is: fix.Is}
	change := Change{Events: []Event{e}}
	change.refreshRole(r.ID)
	before := c
	c.offerIs(&change, r)
	c = c.corrected(e)
	if step.To == StageOffer && !fix.Undo && before.OfferAlerted.Equal(step.At) {
		c.OfferAlerted = fix.Is // the same offer
	}
	last := fix.Step == len(steps)-1
	if fix.Undo {
		if step.Kind == CandidateClosed {
			note.Reason = before.Reason
		}
		err = a.undo(&change, &r, &c, before, step, last)
	}
	// Else the stage they are in, and since when, is as before.
	if err == nil && (last || c.LookWaits() != before.LookWaits()) {
		err = a.waitAgain(&change, r, c)
	}
	if err == nil && former.Status == Filled && r.Active() {
		err = a.resumeSince(change.Owe, former.ClosedAt)
	}
	c.Corrections = append(slices.Clip(c.Corrections), note)
	change.Candidates = append(change.Candidates, c)
	a.tellCorrected(&change, r, c)
	return c, change, err
}

// undo takes a step back, with what came with it. last says that none came
// after it.
func (a Act) undo(change *Change, r *Role, c *Candidate, before Candidate, step Step, last bool) (err error) {
	if step.Kind == CandidateClosed {
		err = a.reopen(change, r, c, step)
	} else if err = a.takeBack(change, c, step.To); err == nil && c.Outcome == Active && last {
		err = a.nextContact(change, *r, c)
	}
	a.dropDecision(change, *r, c, step)
	if err != nil {
		return err
	}
	return a.tellPanels(change, *r, *r, before, c)
}

// Correctable returns a candidate whose way the person may correct, and the
// role, or an [Error] that says why not.
func (a Act) Correctable(id CandidateID) (Role, Candidate, error) { return a.owned(id) }

// undoable complains about a step that cannot be undone.
func undoable(r Role, c Candidate, n int) error {
	steps := c.Steps()
	refuse := func(why *Error) error { return FieldErrors{FieldFix: why} }
	switch {
	case n == 0:
		return refuse(Errorf("Somebody who was added stays; the addition can be dated differently."))
	case n+1 < len(steps) && steps[n+1].To == steps[n-1].To:
		return refuse(Errorf("Then %v would go from a stage to the same stage. Undo the later move first.", c.ID))
	case n+1 == len(steps) && r.Active() && r.Plan().Index(steps[n-1].To) < 0:
		return refuse(Errorf("The stage that %v came from is no longer in the plan. Move them instead.", c.ID))
	}
	return nil
}

// redated returns the new date of a step, or complains about one that it cannot
// have.
func (a Act) redated(steps []Step, n int, at time.Time) (time.Time, error) {
	at = at.UTC()
	if n > 0 && at.Equal(steps[n-1].At.Truncate(time.Minute)) {
		at = steps[n-1].At // people choose minutes
	}
	refuse := func(why *Error) (time.Time, error) { return time.Time{}, FieldErrors{FieldFixedAt: why} }
	switch was := steps[n].At; {
	case at.IsZero():
		return refuse(Errorf("Say when it was."))
	case at.Equal(was.Truncate(time.Minute)), at.Equal(was):
		return refuse(Errorf("It is dated so already."))
	case at.After(a.Now):
		return refuse(Errorf("That is in the future. Choose when it happened."))
	case at.Before(a.Now.Add(-maxCorrected)):
		return refuse(Errorf("That is more than ten years ago. Check the date."))
	case n > 0 && at.Before(steps[n-1].At):
		return refuse(Errorf("The step before it was at %v. Choose a time after that, or correct that step first.", steps[n-1].At))
	case n+1 < len(steps) && at.After(steps[n+1].At):
		return refuse(Errorf("The next step was at %v. Choose a time before that, or correct that step first.", steps[n+1].At))
	}
	return at, nil
}

// correctContact undoes a first contact that somebody recorded, or gives it
// another date. Who wrote to us and has heard from us later had the first
// contact then, and heard from us no earlier than at the first contact; who has
// not is owed the first word again.
func (a Act) correctContact(r Role, c Candidate, fix Fix) (Candidate, Change, error) {
	step := Step{Kind: CandidateEngaged, At: c.EngagedAt}
	var err error
	switch {
	case !fix.Undo:
		fix.Is, err = a.redated([]Step{c.Steps()[0], step}, 1, fix.Is)
	case c.Source == Inbound && c.HeardAt.After(step.At):
		fix.Is = c.HeardAt
	default:
		fix.Is = time.Time{}
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	e := Event{
		Kind: CandidateCorrected, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: c.ID, Source: c.Source,
		Corrects: CandidateEngaged, Was: step.At, Is: fix.Is,
	}
	change := Change{Events: []Event{e}, Refresh: []Subject{RoleSubject(r.ID)}}
	heard := c.HeardAt.Equal(step.At) || c.Source == Inbound && !c.HeardAt.IsZero() && c.HeardAt.Before(fix.Is)
	c = c.corrected(e)
	if heard {
		c.HeardAt = fix.Is
	}
	switch {
	case !heard || !fix.Is.IsZero():
	case c.Outcome == Active:
		err = a.expectContact(&change, r, &c, c.AddedAt, a.Settings.ContactDue)
	case c.Outcome == Rejected:
		err = a.expectContact(&change, r, &c, c.ClosedAt, a.Settings.ReplyDue)
	}
	c.Corrections = append(slices.Clip(c.Corrections), Correction{At: a.Now, By: a.By.ID, Step: step, Is: fix.Is})
	change.Candidates = []Candidate{c}
	a.tellCorrected(&change, r, c)
	return c, change, err
}

// takeBack takes back what a stage never entered had asked for: interviews are
// called off and the panel is excused, but for those on which there is
// feedback.
func (a Act) takeBack(change *Change, c *Candidate, stage StageID) error {
	if slices.ContainsFunc(c.Journey, func(m Move) bool { return m.To == stage }) {
		return nil
	}
	on, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	given := false
	for _, f := range on {
		given = given || f.Stage == stage && f.Status == Submitted
		if f.Stage == stage && f.Status == Requested {
			a.excuseOne(change, f, "")
		}
	}
	c.Interviews = slices.Clone(c.Interviews)
	for n, i := range c.Interviews {
		if i.Stage == stage && i.Status == Planned && !given {
			c.Interviews[n].Status = CalledOff
			change.Events = append(change.Events, a.interviewEvent(InterviewCancelled, *c, i))
		}
	}
	return nil
}

// reopen lets a process go on that never ended: what was promised and asked for
// is so again, and the opening is free.
func (a Act) reopen(change *Change, r *Role, c *Candidate, end Step) error {
	ending := c.Ended
	dropContact(change, c)
	c.Reason, c.Ended = "", Ending{}
	if err := a.promiseAgain(change, *r, c, ending.Contact); err != nil {
		return err
	}
	if end.Outcome == Hired {
		if err := a.freeOpening(change, r); err != nil {
			return err
		}
	}
	if r.Status == Cancelled {
		return nil
	}
	for _, k := range ending.Asked {
		f, err := a.Record.Feedback(k)
		if err != nil || f.Status != Excused {
			continue // given all the same, or erased
		}
		if err := a.requestFeedback(change, *r, *c, a.meetingOf(*c, f), k.Interviewer); err != nil {
			return err
		}
	}
	return nil
}

// promiseAgain gives a candidate the word again that the end of their process
// took back.
func (a Act) promiseAgain(change *Change, r Role, c *Candidate, contact Contact) error {
	if contact.By == "" || contact.Usual {
		return a.expectContact(change, r, c, a.Now, a.Settings.ReplyDue)
	}
	return a.promise(change, r, c, contact)
}

// meetingOf returns the interview that feedback is about. One that is over
// counts as just over, so that its panel has the usual time.
func (a Act) meetingOf(c Candidate, f Feedback) Interview {
	for _, i := range c.Interviews {
		if i.Stage == f.Stage && i.Stands() && slices.Contains(i.Panel, f.Interviewer) && i.End().After(a.Now) {
			return i
		}
	}
	return Interview{Stage: f.Stage, Start: later(f.InterviewEnd, a.Now)}
}

// freeOpening takes a hire off a role, which hires again when that had filled
// it.
func (a Act) freeOpening(change *Change, r *Role) error {
	r.Hired = max(0, r.Hired-1)
	if r.Status == Filled && r.Hired < r.InForce().Terms.Openings {
		r.Status, r.ClosedAt = Drafting, time.Time{}
		if _, agreed := r.Agreed(); agreed {
			r.Status = Open
		}
		if !r.PausedAt.IsZero() {
			r.Status = Paused
			if err := a.stopClocks(change, r.ID); err != nil {
				return err
			}
		}
		change.Events = append(change.Events, Event{Kind: RoleReopened, At: a.Now, By: a.By.ID, Role: r.ID})
		if err := a.owedAgain(change, *r); err != nil {
			return err
		}
	}
	change.Roles = []Role{*r}
	return nil
}

// owedAgain lets everything be owed again that filling a role had taken back:
// signatures, and what its other candidates wait for.
func (a Act) owedAgain(change *Change, r Role) error {
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		if r.ConfirmedBy(owner) {
			continue
		}
		if err := a.owe(change, r, SignOffSubject(r.ID, r.Brief().Revision, owner), AskSignOff); err != nil {
			return err
		}
	}
	active, err := a.Record.ActiveIn(r.ID)
	if err != nil {
		return err
	}
	for _, c := range active {
		if err := a.waitAgain(change, r, c); err != nil {
			return err
		}
	}
	return nil
}

// dropDecision takes a decision off that an undone step was made of.
func (a Act) dropDecision(change *Change, r Role, c *Candidate, step Step) {
	n := slices.IndexFunc(c.Decisions, func(d Decision) bool { return d.Stage == step.From && d.At.Equal(step.At) && d.Verdict != TalkFirst })
	if n < 0 {
		return
	}
	d := c.Decisions[n]
	c.Decisions = slices.Delete(slices.Clone(c.Decisions), n, n+1)
	change.Refresh = append(change.Refresh, DecisionSubject(r.ID, c.ID, d.Stage, r.Decides()))
	change.Events = append(change.Events, Event{
		Kind: CandidateCorrected, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: c.ID, From: d.Stage, Source: c.Source,
		Verdict: d.Verdict, Corrects: CandidateDecided, Was: d.At,
	})
}

// tellCorrected tells the owners what was corrected, but for whoever did it.
func (a Act) tellCorrected(change *Change, r Role, c Candidate) {
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		if owner != a.By.ID {
			change.Notices = append(change.Notices, Notice{
				Kind: TellCorrected, User: owner, About: a.By.ID, CreatedAt: a.Now, NotBefore: a.Now,
				Subjects: []Subject{CorrectionSubject(r.ID, c.ID, len(c.Corrections))},
			})
		}
	}
}

// CorrectionsSince returns what was corrected of a role's candidates after a
// moment, oldest first: one event a correction, which names the step by its
// kind, stages and date. A digest says so beside figures that have changed
// since it was sent.
func CorrectionsSince(r Record, id RoleID, since time.Time) ([]Event, error) {
	events, err := r.Corrections(id, since)
	return slices.DeleteFunc(events, func(e Event) bool { return e.Corrects == CandidateDecided }), err
}
