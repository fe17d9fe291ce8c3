package hiring

import (
	"reflect"
	"slices"
)

// Draft is a role as somebody proposes it.
type Draft struct {
	HiringManager UserID
	Recruiter     UserID
	Channel       ChannelID
	Terms         Terms
}

// ProposeRole makes a new role with the first revision of its brief. Whoever
// proposes and owns the role signs by proposing; the channel sees the brief,
// and every owner who has not signed is asked to. It returns [FieldErrors].
func (a Act) ProposeRole(d Draft) (Role, Change, error) {
	if !a.By.insider() {
		return Role{}, Change{}, Errorf("Guests can't start a role. Ask a colleague in the hiring team to do it.")
	}
	if err := a.checkDraft(d); err != nil {
		return Role{}, Change{}, err
	}
	r := Role{
		ID: a.Record.NextRole(), Status: Drafting, CreatedAt: a.Now,
		HiringManager: d.HiringManager, Recruiter: d.Recruiter, Channel: d.Channel,
	}
	c, err := a.propose(&r, d.Terms, "")
	if err != nil {
		return Role{}, Change{}, err
	}
	c.Notices = append(c.Notices, Notice{
		Kind: TellBrief, Channel: r.Channel, Subjects: []Subject{RoleSubject(r.ID)}, CreatedAt: a.Now, NotBefore: a.Now,
	})
	return r, c, nil
}

func (a Act) checkDraft(d Draft) error {
	errs := d.check()
	if err := a.reachable(errs, FieldHiringManager, d.HiringManager); err != nil {
		return err
	}
	if err := a.reachable(errs, FieldRecruiter, d.Recruiter); err != nil {
		return err
	}
	if err := a.panels(errs, d.Terms); err != nil {
		return err
	}
	return errs.OrNil()
}

func (a Act) panels(errs FieldErrors, t Terms) error {
	for _, s := range t.Interviews {
		if err := a.reachable(errs, InterviewField(s.ID, PartPanel), s.Panel...); err != nil {
			return err
		}
	}
	return nil
}

// ChangeBrief proposes the next revision with a reason. base is the revision
// the person was looking at: if somebody was faster, nothing is overwritten.
// It returns [FieldErrors] for terms that cannot be.
func (a Act) ChangeBrief(id RoleID, base int, terms Terms, reason string) (Role, Change, error) {
	r, err := a.open(id)
	if err != nil {
		return Role{}, Change{}, err
	}
	newest := r.Brief()
	if base != newest.Revision {
		return Role{}, Change{}, Errorf("The brief of %v was changed by %v while you had it open. Nothing of yours is saved yet: copy what you typed, open the brief again and add it to revision %v.", id, newest.ProposedBy, newest.Revision)
	}
	errs := terms.check()
	if reason == "" {
		errs[FieldReason] = Errorf("Say in a line why the brief changes; the other owner reads it.")
	}
	if err := a.checkChange(r, terms, errs); err != nil {
		return Role{}, Change{}, err
	}
	if reflect.DeepEqual(terms, newest.Terms) {
		return Role{}, Change{}, Errorf("Nothing in the brief of %v has changed, so there is nothing to sign.", id)
	}
	c, err := a.propose(&r, terms, reason)
	return r, c, err
}

func (a Act) checkChange(r Role, terms Terms, errs FieldErrors) error {
	if err := a.panels(errs, terms); err != nil {
		return err
	}
	if err := a.keepsStages(r, terms, errs); err != nil {
		return err
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
			subject := SignOffSubject(r.ID, old.Revision, owner)
			c.Settled = append(c.Settled, subject)
			c.Refresh = append(c.Refresh, subject)
		}
	}
	b := Brief{Revision: len(r.Briefs) + 1, Terms: terms, Reason: reason, ProposedBy: a.By.ID, ProposedAt: a.Now}
	c.Events = append(c.Events, Event{Kind: BriefProposed, At: a.Now, By: a.By.ID, Role: r.ID, Revision: b.Revision})
	if r.Owner(a.By.ID) {
		b.Signatures = []Signature{{By: a.By.ID, At: a.Now}}
		c.Events = append(c.Events, Event{Kind: BriefSigned, At: a.Now, By: a.By.ID, Role: r.ID, Revision: b.Revision})
	}
	r.Briefs = append(slices.Clip(r.Briefs), b)
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		if b.SignedBy(owner) {
			continue
		}
		if err := a.askSignOff(&c, *r, b, owner); err != nil {
			return Change{}, err
		}
	}
	c.Roles = append(c.Roles, *r)
	c.Refresh = append(c.Refresh, RoleSubject(r.ID))
	return c, nil
}

func (a Act) askSignOff(c *Change, r Role, b Brief, owner UserID) error {
	work, err := a.workTime(owner)
	if err != nil {
		return err
	}
	subject := SignOffSubject(r.ID, b.Revision, owner)
	due := work.AddDays(a.Now, a.Settings.SignOffDays)
	c.Owe = append(c.Owe, Owed{Subject: subject, Since: a.Now, DueAt: due, NudgeAt: work.Next(due)})
	c.Notices = append(c.Notices, Notice{
		Kind: AskSignOff, User: owner, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
	})
	return nil
}

// Sign puts an owner's signature under the newest revision. The second
// signature opens the role.
func (a Act) Sign(id RoleID, revision int) (Role, Change, error) {
	r, err := a.open(id)
	if err == nil {
		err = a.maySign(r, revision)
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	b := r.Brief()
	b.Signatures = append(slices.Clip(b.Signatures), Signature{By: a.By.ID, At: a.Now})
	subject := SignOffSubject(id, revision, a.By.ID)
	c := Change{
		Settled: []Subject{subject},
		Events:  []Event{{Kind: BriefSigned, At: a.Now, By: a.By.ID, Role: id, Revision: revision}},
		Refresh: []Subject{subject, RoleSubject(id)},
	}
	if b.Agreed() {
		if r.Status == Drafting {
			r.Status, r.OpenedAt = Open, a.Now
		}
		c.Events = append(c.Events, Event{Kind: BriefAgreed, At: a.Now, By: a.By.ID, Role: id, Revision: revision})
		c.Notices = append(c.Notices, Notice{
			Kind: TellAgreed, User: r.OtherOwner(a.By.ID), Subjects: []Subject{RoleSubject(id)}, CreatedAt: a.Now, NotBefore: a.Now,
		})
	}
	r.Briefs = slices.Clone(r.Briefs)
	r.Briefs[len(r.Briefs)-1] = b
	c.Roles = []Role{r}
	return r, c, nil
}

func (a Act) maySign(r Role, revision int) error {
	b := r.Brief()
	switch {
	case !r.Owner(a.By.ID):
		return Errorf("Only %v and %v can sign the brief of %v.", r.HiringManager, r.Recruiter, r.ID)
	case revision != b.Revision:
		return Errorf("The brief of %v has changed since: revision %v is the newest. Read it, then sign.", r.ID, b.Revision)
	case b.Agreed() && !b.SignedBy(a.By.ID):
		return Errorf("Revision %v of %v is agreed already; there is nothing to sign.", revision, r.ID)
	case b.SignedBy(a.By.ID):
		return Errorf("You have already signed revision %v of %v.", revision, r.ID)
	}
	// A candidate may have moved into a stage this revision drops since it was
	// proposed.
	dropped := FieldErrors{}
	if err := a.keepsStages(r, b.Terms, dropped); err != nil {
		return err
	}
	for _, field := range sortedKeys(dropped) {
		return dropped[field]
	}
	return nil
}
