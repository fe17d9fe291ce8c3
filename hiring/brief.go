package hiring

import (
	"slices"
)

// Outdated says that somebody changed a brief while another person had it open.
// Newest is what it says now.
type Outdated struct {
	Role   RoleID
	Newest Brief
}

// Error returns the sentence that says so, in English.
func (o *Outdated) Error() string {
	return Errorf("The brief of %v was changed by %v while you had it open.", o.Role, o.Newest.ProposedBy).Error()
}

// Changeable returns nil while the role's brief can be changed, otherwise an
// [Error] that says why not, and what to do instead.
func (r Role) Changeable() error {
	if r.Status == Filled {
		return Errorf("Role %v is already filled. To hire again, open its brief, More …, Open it again.", r.ID)
	}
	return r.Hiring()
}

// ChangeBrief proposes the next revision with a reason. base is the revision
// the person was looking at: if somebody was faster, nothing is overwritten
// and the error is an [Outdated]. It returns [FieldErrors] for terms that
// cannot be.
func (a Act) ChangeBrief(id RoleID, base int, terms Terms, reason string) (Role, Change, error) {
	r, err := a.role(id)
	if err == nil {
		err = r.Changeable()
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	newest := r.Brief()
	if base != newest.Revision {
		return Role{}, Change{}, &Outdated{id, newest}
	}
	errs := terms.check()
	if reason == "" {
		errs[FieldReason] = Errorf("Say in a line why the brief changes; the other owner reads it.")
	}
	tooLong(errs, FieldReason, reason, MaxText)
	if err := a.checkChange(r, terms, errs); err != nil {
		return Role{}, Change{}, err
	}
	if len(Diff(newest.Terms, terms)) == 0 {
		return Role{}, Change{}, Errorf("Nothing in the brief of %v has changed, so there is nothing to sign.", id)
	}
	c, err := a.propose(&r, terms, reason)
	if err == nil {
		err = a.newDecider(&c, r) // while none is agreed, work goes by the newest
	}
	c.Finished = append(c.Finished, UnfinishedKey{By: a.By.ID, Role: id})
	return r, c, err
}

func (a Act) checkChange(r Role, terms Terms, errs FieldErrors) error {
	if err := a.panels(errs, terms); err != nil {
		return err
	}
	if err := a.keepsStages(r, terms, errs); err != nil {
		return err
	}
	if errs[FieldOpenings] == nil && terms.Openings < r.Hired {
		errs[FieldOpenings] = Errorf("Openings of %v taken so far: %v. Choose at least as many; with just as many, the role is filled once both have signed.", r.ID, r.Hired)
	}
	return errs.OrNil()
}

// keepsStages complains when terms drop an interview that candidates are in.
func (a Act) keepsStages(r Role, terms Terms, errs FieldErrors) error {
	active, err := a.Record.ActiveIn(r.ID)
	if err != nil {
		return err
	}
	plan := terms.Plan()
	for _, c := range active {
		if plan.Index(c.Stage) < 0 {
			errs[InterviewField(c.Stage, PartName)] = Errorf("%v is in this stage. Move the candidate first, then remove the stage.", c.ID)
		}
	}
	return nil
}

// propose appends a revision, signs it for the proposer and asks the others.
func (a Act) propose(r *Role, terms Terms, reason string) (Change, error) {
	var c Change
	for _, old := range r.Briefs {
		for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
			c.settle(SignOffSubject(r.ID, old.Revision, owner), RevisionSubject(r.ID, old.Revision, owner))
		}
	}
	r.Confirmed = nil
	b := Brief{Revision: len(r.Briefs) + 1, Terms: terms, Reason: reason, ProposedBy: a.By.ID, ProposedAt: a.Now}
	c.Events = append(c.Events, proposed(*r, b))
	if r.Owner(a.By.ID) {
		b.Signatures = []Signature{{By: a.By.ID, At: a.Now}}
		c.Events = append(c.Events, Event{Kind: BriefSigned, At: a.Now, By: a.By.ID, Role: r.ID, Revision: b.Revision})
	}
	r.Briefs = append(slices.Clip(r.Briefs), b)
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		if b.SignedBy(owner) {
			continue
		}
		if err := a.owe(&c, *r, SignOffSubject(r.ID, b.Revision, owner), AskSignOff); err != nil {
			return Change{}, err
		}
	}
	c.Roles = append(c.Roles, *r)
	c.refreshRole(r.ID)
	return c, nil
}

// proposed is the event that a revision was proposed. It says what numbers
// need of it: the interviews and the openings.
func proposed(r Role, b Brief) Event {
	e := Event{Kind: BriefProposed, At: b.ProposedAt, By: b.ProposedBy, Role: r.ID, Revision: b.Revision, Count: b.Terms.Openings}
	var stages []StageID
	for _, s := range b.Terms.Interviews {
		stages = append(stages, s.ID)
	}
	e.Stages = idsOf(stages)
	return e
}
