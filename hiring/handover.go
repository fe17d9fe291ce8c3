package hiring

import (
	"slices"
	"time"
)

// HandOver gives a role other owners. A brief that is agreed stays agreed, and
// who is new is asked to confirm it; one that is not is proposed anew, for the
// owners who are to sign it now. What still waits for a former owner is made
// over. Owners before and after hear of it, but for whoever did it. It returns
// [FieldErrors].
func (a Act) HandOver(id RoleID, manager, recruiter UserID) (Role, Change, error) {
	r, err := a.open(id)
	if err == nil {
		err = a.checkOwners(r, manager, recruiter)
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	var c Change
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		c.settle(SignOffSubject(id, r.Brief().Revision, owner), RevisionSubject(id, r.Brief().Revision, owner))
	}
	former := r
	r.HiringManager, r.Recruiter = manager, recruiter
	err = a.handOverOwed(&c, former, r)
	if err == nil {
		err = a.makeOver(&c, former, r)
	}
	if err == nil {
		err = a.refreshCandidates(&c, r)
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	if r.Brief().Agreed() {
		err = a.askToConfirm(&c, &r)
	} else {
		var proposed Change
		proposed, err = a.propose(&r, r.Brief().Terms, r.Brief().Reason)
		c.Add(proposed)
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	c.Refresh = append(c.Refresh, PreviewSubject(id)) // it names candidates
	c.Events = append(c.Events, Event{Kind: RoleHandedOver, At: a.Now, By: a.By.ID, Role: id})
	a.tellHandedOver(&c, id, former.HiringManager, former.Recruiter, manager, recruiter)
	return r, c, nil
}

// tellHandedOver tells owners before and after, but for whoever did it.
func (a Act) tellHandedOver(c *Change, id RoleID, owners ...UserID) {
	for _, u := range distinct(owners) {
		if u != a.By.ID {
			c.Notices = append(c.Notices, Notice{
				Kind: TellOwners, User: u, About: a.By.ID, Subjects: []Subject{RoleSubject(id)}, CreatedAt: a.Now, NotBefore: a.Now,
			})
		}
	}
}

// refreshCandidates keeps what was said of candidates current who are in the
// process, also what was asked of them and is done: former owners may not know
// them any more, and who comes back may again. Who was assessed by an earlier
// revision stands out.
func (a Act) refreshCandidates(c *Change, r Role) error {
	active, err := a.Record.ActiveIn(r.ID)
	if err != nil {
		return err
	}
	for _, candidate := range active {
		candidate.offerIs(c, r)
		c.refreshOn(r, candidate)
		c.refreshAsked(r, candidate)
		on, err := a.Record.FeedbackOn(candidate.ID)
		if err != nil {
			return err
		}
		for _, f := range on {
			c.Refresh = append(c.Refresh, FeedbackSubject(r.ID, f.FeedbackKey), DecisionSubject(r.ID, candidate.ID, f.Stage, r.Decides()))
		}
	}
	c.refreshAlerts(r, func(Alert) bool { return true })
	return nil
}

// refreshAsked keeps the messages current that asked for something about a
// candidate on their way so far.
func (c *Change) refreshAsked(r Role, on Candidate) {
	c.Refresh = append(c.Refresh, LookSubject(r.ID, on.ID, r.HiringManager), ReplySubject(r.ID, on.ID, r.Recruiter))
	for _, m := range on.Journey {
		c.Refresh = append(c.Refresh, NextSubject(r.ID, on.ID, m.To, r.Recruiter), HeldSubject(r.ID, on.ID, m.To, r.Recruiter))
	}
}

// successor returns who takes the place of somebody in a role, and whether that
// is somebody else.
func (r Role) successor(former Role, u UserID) (UserID, bool) {
	switch u {
	case former.HiringManager:
		return r.HiringManager, u != r.HiringManager
	case former.Recruiter:
		return r.Recruiter, u != r.Recruiter
	default:
		return u, false
	}
}

// handOverOwed lets the new owners owe what the former did about candidates.
func (a Act) handOverOwed(c *Change, former, r Role) error {
	candidates, err := a.Record.CandidatesOf(r.ID)
	if err != nil {
		return err
	}
	for _, candidate := range candidates {
		if to, other := r.successor(former, candidate.Contact.By); other {
			candidate.Contact.By = to
			c.Candidates = append(c.Candidates, candidate)
		}
	}
	return a.passOn(c, former, r)
}

// passOn lets what passes on be owed by whose it is now, with as much time as
// was left, but for word promised by a day. How often the former were reminded,
// and what they put off, is theirs. Who owes the same already, and still does,
// keeps theirs: both owners owe a next step, and one may take the other's place.
func (a Act) passOn(c *Change, former, r Role) error {
	owed, err := a.Record.OwedIn(r.ID)
	if err != nil {
		return err
	}
	before, after := make(map[Subject]bool), make(map[Subject]bool)
	for _, o := range owed {
		before[o.Subject], after[r.passed(former, o.Subject)] = true, true
	}
	for _, o := range owed {
		if !after[o.Subject] {
			c.settle(o.Subject)
		}
		to := r.passed(former, o.Subject)
		if before[to] {
			continue
		}
		if o, err = a.passedTo(to.Person, o); err != nil {
			return err
		}
		c.Owe = append(c.Owe, o)
	}
	return nil
}

// passedTo returns what is owed as somebody else owes it from now on. The day by
// which word was promised is theirs, too.
func (a Act) passedTo(u UserID, o Owed) (Owed, error) {
	work, err := a.workTime(u)
	if err != nil {
		return Owed{}, err
	}
	on, promised, err := a.promisedDay(o)
	o.Subject.Person, o.Nudges, o.Told, o.Snoozed, o.SnoozedUntil = u, 0, ToldNobody, 0, time.Time{}
	switch {
	case promised:
		o.promised(on, work, a.Settings.Ladder, a.Now, a.Now)
	case o.PausedAt.IsZero():
		o.NudgeAt = a.Settings.firstFrom(o, work, a.Now)
	}
	return o, err
}

// passed returns a subject as it is owed now. A decision goes by the brief, which
// may name somebody who is no owner, or who no longer is.
func (r Role) passed(former Role, s Subject) Subject {
	switch {
	case s.Kind == AboutDecision:
		s.Person = r.Decides()
	case s.PassesOn():
		s.Person, _ = r.successor(former, s.Person)
	}
	return s
}

// askToConfirm asks new owners for their word on a brief agreed before them.
// Whoever takes over by themselves gives it so.
func (a Act) askToConfirm(c *Change, r *Role) error {
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		switch {
		case r.ConfirmedBy(owner):
		case owner == a.By.ID:
			r.Confirmed = append(slices.Clip(r.Confirmed), Signature{By: owner, At: a.Now})
		default:
			if err := a.owe(c, *r, SignOffSubject(r.ID, r.Brief().Revision, owner), AskSignOff); err != nil {
				return err
			}
		}
	}
	c.Roles = append(c.Roles, *r)
	c.refreshRole(r.ID)
	return nil
}

func (a Act) checkOwners(r Role, manager, recruiter UserID) error {
	if manager == r.HiringManager && recruiter == r.Recruiter {
		return FieldErrors{FieldHiringManager: Errorf("%v has these owners already. Choose who takes over.", r.ID)}
	}
	errs := FieldErrors{}
	ownersCheck(errs, manager, recruiter)
	if err := a.reachable(errs, FieldHiringManager, manager); err != nil {
		return err
	}
	if err := a.reachable(errs, FieldRecruiter, recruiter); err != nil {
		return err
	}
	return errs.OrNil()
}

// ownersCheck complains about owners that cannot be.
func ownersCheck(errs FieldErrors, manager, recruiter UserID) {
	if manager == "" {
		errs[FieldHiringManager] = Errorf("Choose the hiring manager.")
	}
	switch {
	case recruiter == "":
		errs[FieldRecruiter] = Errorf("Choose the recruiter.")
	case recruiter == manager:
		errs[FieldRecruiter] = Errorf("The recruiter and the hiring manager must be two people: both sign the brief.")
	}
}
