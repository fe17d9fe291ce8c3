package hiring

import (
	"slices"
	"time"
)

// Cancel gives a role up. What people owe it is taken back; its candidates
// stay until each has had an answer. The other owner hears of it, both when
// an admin cancels.
func (a Act) Cancel(id RoleID) (Role, Change, error) {
	r, err := a.open(id)
	if err != nil {
		return Role{}, Change{}, err
	}
	former := r
	r.Status, r.ClosedAt = Cancelled, a.Now
	c := Change{
		Roles:  []Role{r},
		Events: []Event{{Kind: RoleCancelled, At: a.Now, By: a.By.ID, Role: id}},
	}
	c.refreshRole(id)
	if err := a.dropRequests(&c, r); err != nil {
		return Role{}, Change{}, err
	}
	active, err := a.Record.ActiveIn(id)
	if err != nil {
		return Role{}, Change{}, err
	}
	for _, candidate := range active {
		if err := a.excuse(&c, candidate); err != nil {
			return Role{}, Change{}, err
		}
		told := candidate
		if err := a.tellPanels(&c, former, r, candidate, &told); err != nil {
			return Role{}, Change{}, err
		}
		if len(told.Interviews) > 0 {
			c.Candidates = append(c.Candidates, told)
		}
	}
	a.tellOwners(&c, r, TellCancelled)
	return r, c, nil
}

// tellOwners tells a role's owners of what somebody did, but for whoever did
// it.
func (a Act) tellOwners(c *Change, r Role, kind NoticeKind) {
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		if owner != a.By.ID {
			c.Notices = append(c.Notices, Notice{
				Kind: kind, User: owner, About: a.By.ID, Subjects: []Subject{RoleSubject(r.ID)}, CreatedAt: a.Now, NotBefore: a.Now,
			})
		}
	}
}

// Pause stops a role's clocks: nothing of it comes due, and nobody is nudged
// about it, but for word that candidates were promised.
func (a Act) Pause(id RoleID) (Role, Change, error) {
	r, err := a.open(id)
	if err != nil {
		return Role{}, Change{}, err
	}
	if r.Status == Paused {
		return Role{}, Change{}, Errorf("Role %v is paused already.", id)
	}
	r.Status, r.PausedAt = Paused, a.Now
	c := Change{Events: []Event{{Kind: RolePaused, At: a.Now, By: a.By.ID, Role: id}}}
	if err := a.stopClocks(&c, id); err != nil {
		return Role{}, Change{}, err
	}
	return r, a.rested(c, r), nil
}

// stopClocks stops the clocks of what is owed in a role, but for replies: a
// candidate who was promised word waits all the same.
func (a Act) stopClocks(change *Change, id RoleID) error {
	owed, err := a.Record.OwedIn(id)
	for _, o := range owed {
		if o.Subject.Kind != AboutReply && o.PausedAt.IsZero() {
			o.pause(a.Now)
			change.Owe = append(change.Owe, o)
		}
	}
	return err
}

// startClocks lets the clocks run again of what is owed in a role and stays so
// with the change.
func (a Act) startClocks(change *Change, id RoleID) error {
	owed, err := a.Record.OwedIn(id)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.PausedAt.IsZero() || slices.Contains(change.Settled, o.Subject) {
			continue
		}
		work, err := a.workTime(o.Person())
		if err != nil {
			return err
		}
		o.resume(work, a.Settings.Ladder, a.Now)
		change.Owe = append(change.Owe, o)
		change.Refresh = append(change.Refresh, o.Subject) // its message says by when
	}
	return nil
}

// Resume lets a paused role's clocks run again, with what was left of their
// working time.
func (a Act) Resume(id RoleID) (Role, Change, error) {
	r, err := a.open(id)
	if err != nil {
		return Role{}, Change{}, err
	}
	if r.Status != Paused {
		return Role{}, Change{}, Errorf("Role %v is not paused.", id)
	}
	r.Pauses = append(slices.Clip(r.Pauses), Pause{From: r.PausedAt, To: a.Now})
	r.Status, r.PausedAt = Drafting, time.Time{}
	if _, agreed := r.Agreed(); agreed {
		r.Status = Open
	}
	c := Change{Events: []Event{{Kind: RoleResumed, At: a.Now, By: a.By.ID, Role: id}}}
	if err := a.startClocks(&c, id); err != nil {
		return Role{}, Change{}, err
	}
	if err := a.lookBackAgain(&c, r); err != nil {
		return Role{}, Change{}, err
	}
	return r, a.rested(c, r), nil
}

// rested is a change after which a role rests, or goes on.
func (a Act) rested(c Change, r Role) Change {
	c.Roles = []Role{r}
	c.refreshRole(r.ID)
	a.tellOwners(&c, r, TellPaused)
	return c
}

// Reopen lets a filled role hire once more: the next revision of its brief has
// an opening more, and both owners sign it. Who was still in the process is
// waited for again. It returns [FieldErrors].
func (a Act) Reopen(id RoleID, reason string) (Role, Change, error) {
	r, err := a.role(id)
	if err != nil {
		return Role{}, Change{}, err
	}
	if r.Status != Filled {
		return Role{}, Change{}, Errorf("Only a filled role can be opened again; %v is not filled.", id)
	}
	if reason == "" {
		return Role{}, Change{}, FieldErrors{FieldReason: Errorf("Say in a line why it opens again; the other owner reads it.")}
	}
	var events []Event
	if !r.PausedAt.IsZero() { // the pause in which it was filled ended with that
		events = append(events, Event{Kind: RoleResumed, At: r.ClosedAt, By: a.By.ID, Role: id})
		r.Pauses = append(slices.Clip(r.Pauses), Pause{From: r.PausedAt, To: r.ClosedAt})
	}
	r.Status, r.ClosedAt, r.PausedAt = Drafting, time.Time{}, time.Time{}
	if _, agreed := r.Agreed(); agreed { // an admin may have let it hire before
		r.Status = Open
	}
	terms := r.Brief().Terms
	terms.Openings = r.Hired + 1
	c, err := a.propose(&r, terms, reason)
	if err != nil {
		return Role{}, Change{}, err
	}
	c.Events = append(append(events, c.Events...), Event{Kind: RoleReopened, At: a.Now, By: a.By.ID, Role: id})
	if err := a.waitAfresh(&c, r); err != nil {
		return Role{}, Change{}, err
	}
	err = a.startClocks(&c, id) // of a role filled in a pause when they still stood for good
	return r, c, err
}
