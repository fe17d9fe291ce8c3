package hiring

import "time"

// Contact is the next word that a candidate hears from us: from whom, and by
// when. Every active candidate has one, but for those imported into a role that
// no longer hires, and whoever was rejected and not told.
type Contact struct {
	By UserID
	On Date // in the zone of whoever writes
	// Usual says that it follows from the workspace's promises; otherwise
	// somebody promised it.
	Usual bool
}

// expectContact has the recruiter write to a candidate within some of their
// working time, unless somebody promised that already.
func (a Act) expectContact(change *Change, r Role, c *Candidate, since time.Time, within time.Duration) error {
	due, work, err := a.usualContact(change, r, c, since, func(WorkTime) time.Duration { return within })
	if err != nil || due.IsZero() {
		return err
	}
	change.Owe = append(change.Owe, Owed{
		Subject: ReplySubject(r.ID, c.ID, r.Recruiter), Since: later(since, c.Contact.On.Midnight(work.Zone)).UTC(), DueAt: due, NudgeAt: a.Settings.first(work, due),
	})
	return nil
}

// nextContact has the recruiter write to a candidate after the interview that
// is ahead, or else by when their next step is due. The latter is asked for as
// that step, not once more as a word.
func (a Act) nextContact(change *Change, r Role, c *Candidate) error {
	for _, i := range c.Interviews {
		if i.Stands() && i.End().After(a.Now) {
			return a.expectContact(change, r, c, i.End(), a.Settings.ReplyDue)
		}
	}
	_, _, err := a.usualContact(change, r, c, a.Now, func(work WorkTime) time.Duration {
		if stage, ok := r.Plan().Stage(c.Stage); ok && stage.WorkDays > 0 {
			return time.Duration(stage.WorkDays) * work.Day()
		}
		return a.Settings.ReplyDue
	})
	return err
}

// usualContact notes that the recruiter writes to a candidate next, and returns
// when that is due in the recruiter's working time; zero when somebody promised
// it already.
func (a Act) usualContact(change *Change, r Role, c *Candidate, since time.Time, within func(WorkTime) time.Duration) (time.Time, WorkTime, error) {
	if c.Contact.By != "" && !c.Contact.Usual {
		return time.Time{}, WorkTime{}, nil
	}
	dropContact(change, c)
	work, err := a.workTime(r.Recruiter)
	if err != nil {
		return time.Time{}, WorkTime{}, err
	}
	due := work.Add(since, within(work))
	c.Contact = Contact{By: r.Recruiter, On: DateOf(due, work.Zone), Usual: true}
	return due, work, nil
}

// dropContact takes back what a candidate is to hear.
func dropContact(change *Change, c *Candidate) {
	if c.Contact.By != "" {
		change.settle(ReplySubject(c.Role, c.ID, c.Contact.By))
	}
	c.Contact = Contact{}
}

// promise notes who tells the candidate by when: by the end of the day that was
// promised. They are reminded that morning, or on the last working day before.
func (a Act) promise(change *Change, r Role, c *Candidate, contact Contact) error {
	dropContact(change, c)
	c.Contact = contact
	work, err := a.workTime(contact.By)
	if err != nil {
		return err
	}
	o := Owed{Subject: ReplySubject(r.ID, c.ID, contact.By), Since: a.Now, DueAt: a.Now} // a promise given anew may be of a day that is past
	o.promised(contact.On, work, a.Settings.Ladder, a.Now, a.Now.Add(time.Hour))         // whoever has just promised needs no reminder
	change.Owe = append(change.Owe, o)
	return nil
}

// promised sets by when word is due that was promised by a day, as of now, and
// when its person is reminded of it, which is not before the soonest time. A day
// that is past for them leaves it due as it was.
func (o *Owed) promised(on Date, work WorkTime, l Ladder, now, soonest time.Time) {
	if due := work.endOf(on, now); due.After(now) {
		o.DueAt = due
	}
	soonest = work.Next(soonest)
	if at := later(work.lastMorning(on), soonest); at.Before(o.DueAt) {
		o.RemindAt, o.NudgeAt = at, at
	} else {
		o.RemindAt, o.NudgeAt = time.Time{}, later(l.first(work, o.DueAt), soonest)
	}
}

// promisedDay returns the day by which word was promised that is owed, and not
// late yet; false for all else that is owed.
func (a Act) promisedDay(o Owed) (Date, bool, error) {
	if o.Subject.Kind != AboutReply || !a.Now.Before(o.DueAt) || !o.PausedAt.IsZero() {
		return "", false, nil
	}
	c, err := a.Record.Candidate(o.Subject.Candidate)
	return c.Contact.On, c.Contact.By == o.Person() && !c.Contact.Usual, err
}

// promisedAnew sets the times of what somebody promised anew, where they work
// otherwise on those days than they did.
func (a Act) promisedAnew(change *Change, p Person) error {
	owed, err := a.Record.OwedBy(p.ID)
	if err != nil {
		return err
	}
	was, work := a.Settings.WorkTime(a.By), a.Settings.WorkTime(p)
	for _, o := range owed {
		on, promised, err := a.promisedDay(o)
		switch {
		case err != nil:
			return err
		case !promised, was.endOf(on, a.Now).Equal(work.endOf(on, a.Now)) && was.lastMorning(on).Equal(work.lastMorning(on)):
			continue
		}
		o.promised(on, work, a.Settings.Ladder, a.Now, a.Now)
		o.NudgeAt = later(o.NudgeAt, o.SnoozedUntil)
		change.Owe = append(change.Owe, o)
		change.Refresh = append(change.Refresh, o.Subject) // its message says by when
	}
	return nil
}

// Promise records who writes to a candidate next, and by when. It returns
// [FieldErrors].
func (a Act) Promise(id CandidateID, contact Contact) (Candidate, Change, error) {
	r, c, err := a.owned(id)
	if err == nil {
		err = a.checkRuling(Ruling{Verdict: Advance, Reason: "-", Contact: contact})
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	var change Change
	if err := a.promise(&change, r, &c, contact); err != nil {
		return Candidate{}, Change{}, err
	}
	change.Candidates = []Candidate{c}
	return c, change, nil
}

// Told records that a candidate has heard from us.
func (a Act) Told(id CandidateID) (Candidate, Change, error) {
	c, err := a.Record.Candidate(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	r, err := a.Record.Role(c.Role)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	if !a.Settings.May(SayTold, a.By, About{Role: r, Candidate: c}) {
		return Candidate{}, Change{}, Errorf("Only the owners of %v and whoever promised may say that.", r.ID)
	}
	change := Change{Events: []Event{{Kind: CandidateTold, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, Source: c.Source}}}
	dropContact(&change, &c)
	if n := len(c.Decisions); n > 0 {
		change.Refresh = append(change.Refresh, DecisionSubject(r.ID, id, c.Decisions[n-1].Stage, r.Decides()))
	}
	a.heard(&change, &c)
	if c.Outcome == Active {
		err = a.nextContact(&change, r, &c)
	}
	change.Candidates = []Candidate{c}
	return c, change, err
}
