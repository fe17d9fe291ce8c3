package hiring

import "slices"

// settle takes back what is owed and keeps the messages about it current.
func (c *Change) settle(subjects ...Subject) {
	c.Settled = append(c.Settled, subjects...)
	c.Refresh = append(c.Refresh, subjects...)
}

// refreshRole keeps the messages about a role and its brief current.
func (c *Change) refreshRole(id RoleID) {
	c.Refresh = append(c.Refresh, RoleSubject(id), BriefSubject(id))
}

// Sign puts an owner's signature under the newest revision. The second
// signature opens the role, ends a waiver, and lets the channel hear the
// brief. An owner who took over a brief already agreed confirms it.
func (a Act) Sign(id RoleID, revision int) (Role, Change, error) {
	r, err := a.open(id)
	if err == nil {
		err = a.maySign(r, revision)
	}
	if err == nil {
		err = a.stillCan(r)
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	b := r.Brief()
	signature := Signature{By: a.By.ID, At: a.Now}
	c := Change{Events: []Event{{Kind: BriefSigned, At: a.Now, By: a.By.ID, Role: id, Revision: revision}}}
	c.settle(SignOffSubject(id, revision, a.By.ID))
	c.refreshRole(id)
	if b.Agreed() {
		r.Confirmed = append(slices.Clip(r.Confirmed), signature)
		c.Roles = []Role{r}
		return r, c, nil
	}
	b.Signatures = append(slices.Clip(b.Signatures), signature)
	r.Briefs = slices.Clone(r.Briefs)
	r.Briefs[len(r.Briefs)-1] = b
	if b.Agreed() {
		err = a.agree(&r, &c)
	}
	c.Roles = []Role{r}
	return r, c, err
}

// agree carries out what the second signature means. A role whose openings are
// all taken by what was agreed is filled.
func (a Act) agree(r *Role, c *Change) error {
	first := r.OpenedAt.IsZero()
	if first { // also in a pause
		r.OpenedAt = a.Now
	}
	if r.Status == Drafting {
		r.Status = Open
	}
	r.Waiver = Waiver{}
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		c.settle(RevisionSubject(r.ID, r.Brief().Revision, owner))
	}
	c.Events = append(c.Events, Event{Kind: BriefAgreed, At: a.Now, By: a.By.ID, Role: r.ID, Revision: r.Brief().Revision})
	c.Notices = append(c.Notices, Notice{
		Kind: TellAgreed, User: r.OtherOwner(a.By.ID), Subjects: []Subject{RoleSubject(r.ID)}, CreatedAt: a.Now, NotBefore: a.Now,
	})
	if first {
		a.lookBackLater(c, *r)
		c.tell(r.Channel, a.Now, PostBrief, BriefSubject(r.ID))
	}
	if err := a.fill(c, r); err != nil || first || r.Status == Filled {
		return err
	}
	c.refreshAlerts(*r, func(x Alert) bool { return x.Kind == AlertMustHave })
	if err := a.newDecider(c, *r); err != nil {
		return err
	}
	return a.refreshCandidates(c, *r)
}

func (a Act) maySign(r Role, revision int) error {
	b := r.Brief()
	switch {
	case !r.Owner(a.By.ID):
		return Errorf("Only %v and %v can sign the brief of %v.", r.HiringManager, r.Recruiter, r.ID)
	case revision != b.Revision:
		return Errorf("The brief of %v has changed since: revision %v is the newest. Read it, then sign.", r.ID, b.Revision)
	case r.ConfirmedBy(a.By.ID):
		return Errorf("You have already signed revision %v of %v.", revision, r.ID)
	}
	return nil
}

// stillCan complains when the newest revision can no longer be agreed on as it
// was proposed: since then a candidate moved into a stage that it drops, or
// somebody was hired and it has no opening for them.
func (a Act) stillCan(r Role) error {
	b := r.Brief()
	if !b.Agreed() && b.Terms.Openings < r.Hired {
		return Errorf("Revision %v of %v has fewer openings than are taken by now (%v). Change the brief: choose more openings, then sign that.", b.Revision, r.ID, r.Hired)
	}
	dropped := FieldErrors{}
	if err := a.keepsStages(r, b.Terms, dropped); err != nil {
		return err
	}
	for _, field := range sortedKeys(dropped) {
		return dropped[field]
	}
	return nil
}

// SendBack says what an owner wants changed before signing the newest
// revision. The other owner is asked to change it. It returns [FieldErrors].
func (a Act) SendBack(id RoleID, revision int, section Section, text string) (Role, Change, error) {
	r, err := a.open(id)
	if err == nil {
		err = a.maySign(r, revision)
	}
	if err == nil && r.Brief().Agreed() {
		err = Errorf("Revision %v of %v is agreed already. Change the brief instead.", revision, id)
	}
	if err == nil {
		err = checkComment(section, text)
	}
	if err != nil {
		return Role{}, Change{}, err
	}
	b := r.Brief()
	b.Comments = append(slices.Clip(b.Comments), Comment{By: a.By.ID, At: a.Now, Section: section, Text: text})
	r.Briefs = slices.Clone(r.Briefs)
	r.Briefs[len(r.Briefs)-1] = b
	c := Change{
		Roles:  []Role{r},
		Events: []Event{{Kind: BriefSentBack, At: a.Now, By: a.By.ID, Role: id, Revision: revision}},
	}
	c.refreshRole(id)
	c.settle(SignOffSubject(id, revision, a.By.ID))
	subject := RevisionSubject(id, revision, r.OtherOwner(a.By.ID))
	err = a.owe(&c, r, subject, AskRevision)
	return r, c, err
}

func checkComment(section Section, text string) error {
	errs := FieldErrors{}
	if !slices.Contains(Sections(), section) {
		errs[FieldSection] = Errorf("Choose which part should change.")
	}
	if text == "" {
		errs[FieldComment] = Errorf("Say in a line what should change.")
	}
	tooLong(errs, FieldComment, text, MaxText)
	return errs.OrNil()
}

// owe asks somebody for a signature or a revision, due as sign-offs are.
func (a Act) owe(c *Change, r Role, subject Subject, ask NoticeKind) error {
	work, err := a.workTime(subject.Person)
	if err != nil {
		return err
	}
	due := work.AddDays(a.Now, a.Settings.SignOffDays)
	o := Owed{Subject: subject, Since: a.Now, DueAt: due, NudgeAt: a.Settings.first(work, due)}
	if r.Status == Paused {
		o.pause(a.Now)
	}
	c.Owe = append(c.Owe, o)
	c.Notices = append(c.Notices, Notice{
		Kind: ask, User: subject.Person, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
	})
	return nil
}

// Waive lets candidates go past the screen before the brief is agreed. Only
// admins may, and the reason is kept with the role. It returns [FieldErrors].
func (a Act) Waive(id RoleID, reason string) (Role, Change, error) {
	r, err := a.open(id)
	switch {
	case err != nil:
		return Role{}, Change{}, err
	case !a.Settings.May(Waive, a.By, About{Role: r}):
		return Role{}, Change{}, Errorf("Only admins can let candidates go on before the brief of %v is signed by both.", id)
	case r.Status != Drafting || r.Waived():
		return Role{}, Change{}, Errorf("Candidates of %v can go on already.", id)
	}
	errs := FieldErrors{}
	if reason == "" {
		errs[FieldReason] = Errorf("Say in a line why it can't wait; both owners read it.")
	}
	tooLong(errs, FieldReason, reason, MaxText)
	if err := errs.OrNil(); err != nil {
		return Role{}, Change{}, err
	}
	r.Waiver = Waiver{By: a.By.ID, At: a.Now, Reason: reason}
	c := Change{
		Roles:  []Role{r},
		Events: []Event{{Kind: BriefWaived, At: a.Now, By: a.By.ID, Role: id, Revision: r.Brief().Revision}},
	}
	c.refreshRole(id)
	a.tellOwners(&c, r, TellWaived)
	return r, c, nil
}
