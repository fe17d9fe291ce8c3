package hiring

import "time"

// Draft is a role as somebody proposes it.
type Draft struct {
	HiringManager UserID
	Recruiter     UserID
	Channel       ChannelID // empty for a confidential role
	Terms         Terms
}

// Unfinished is an intake form that somebody has begun and not sent.
type Unfinished struct {
	By      UserID
	Role    RoleID // 0 for a new role
	Base    int    // the revision that is changed; 0 for a new role
	Preset  string // id of the preset it began with; empty for none
	Step    int    // of the form, from 1: where the person was
	Draft   Draft
	Reason  string // why the brief changes
	SavedAt time.Time
}

// UnfinishedKey identifies an unfinished form: each person has at most one of
// a new role, and one of each role's brief.
type UnfinishedKey struct {
	By   UserID
	Role RoleID
}

// Key returns what identifies it.
func (u Unfinished) Key() UnfinishedKey { return UnfinishedKey{u.By, u.Role} }

// Keep keeps a form as far as it is filled in.
func (a Act) Keep(u Unfinished) (Change, error) {
	if !a.By.insider() {
		return Change{}, Errorf("Guests can't start a role. Ask a colleague in the hiring team to do it.")
	}
	u.By, u.SavedAt = a.By.ID, a.Now
	return Change{Unfinished: []Unfinished{u}}, nil
}

// ProposeRole makes a new role with the first revision of its brief. Whoever
// proposes and owns the role signs by proposing; the channel hears that a role
// is being agreed on, and every owner who has not signed is asked to. The
// person's unfinished form of a new role is gone with it. It returns
// [FieldErrors].
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
	c.Finished = append(c.Finished, UnfinishedKey{By: a.By.ID})
	c.tell(r.Channel, a.Now, TellBrief, RoleSubject(r.ID))
	return r, c, nil
}

// tell adds a notice to a channel; a confidential role has none.
func (c *Change) tell(channel ChannelID, now time.Time, kind NoticeKind, subject Subject) {
	if channel != "" {
		c.Notices = append(c.Notices, Notice{Kind: kind, Channel: channel, Subjects: []Subject{subject}, CreatedAt: now, NotBefore: now})
	}
}

func (a Act) checkDraft(d Draft) error {
	all := FieldErrors{}
	for _, section := range Sections() {
		errs, err := a.Check(d, section)
		if err != nil {
			return err
		}
		for field, e := range errs {
			all[field] = e
		}
	}
	return all.OrNil()
}

func (a Act) panels(errs FieldErrors, t Terms) error {
	for _, s := range t.Interviews {
		if err := a.reachable(errs, InterviewField(s.ID, PartPanel), s.Panel...); err != nil {
			return err
		}
	}
	return nil
}

// Again returns a draft of a new role from an earlier one's brief. What was
// said about time is left out: it has passed.
func (r Role) Again() Draft {
	t := r.InForce().Terms
	t.TargetStart, t.LatestStart, t.ShortlistBy, t.Openings = "", "", "", 1
	return Draft{HiringManager: r.HiringManager, Recruiter: r.Recruiter, Channel: r.Channel, Terms: t}
}
