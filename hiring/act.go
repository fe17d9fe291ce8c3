package hiring

import "time"

// Act is one person doing something at one moment: what every rule needs to
// know. Its methods decide; they write nothing.
type Act struct {
	Settings Settings
	Record   Record
	By       Person
	Now      time.Time // UTC
}

// role returns a role that the person may act for.
func (a Act) role(id RoleID) (Role, error) {
	r, err := a.Record.Role(id)
	if err != nil {
		return Role{}, err
	}
	if !a.Settings.MayOwn(r, a.By) {
		return Role{}, Errorf("Only the owners of %v and admins may do that. Its hiring manager is %v, its recruiter %v.", id, r.HiringManager, r.Recruiter)
	}
	return r, nil
}

// open returns a role that the person may act for and that still hires.
func (a Act) open(id RoleID) (Role, error) {
	r, err := a.role(id)
	if err != nil {
		return Role{}, err
	}
	return r, r.Hiring()
}

// Hiring returns nil while the role hires, otherwise an [Error] that says why
// it does not.
func (r Role) Hiring() error {
	switch r.Status {
	case Filled:
		return Errorf("Role %v is already filled.", r.ID)
	case Cancelled:
		return Errorf("Role %v is cancelled.", r.ID)
	default:
		return nil
	}
}

// moving returns nil while the role's candidates can go on, otherwise an
// [Error] that says why they cannot.
func (r Role) moving() error {
	if r.Status == Paused {
		return Errorf("Role %v is paused. Let it go on first: open its brief.", r.ID)
	}
	return r.Hiring()
}

// reachable complains about people who cannot do what the form asks of them.
func (a Act) reachable(errs FieldErrors, field Field, people ...UserID) error {
	for _, u := range people {
		p, err := a.Record.Person(u)
		if err != nil {
			return err
		}
		switch {
		case errs[field] != nil || u == "":
		case p.Bot:
			errs[field] = Errorf("An app can't do this. Choose a person.")
		case p.Guest:
			errs[field] = Errorf("Guests can't see candidates. Choose a member of your workspace.")
		case p.Away:
			errs[field] = Errorf("This account is deactivated. Choose somebody else.")
		}
	}
	return nil
}

// workTime returns when somebody works.
func (a Act) workTime(u UserID) (WorkTime, error) {
	p, err := a.Record.Person(u)
	if err != nil {
		return WorkTime{}, err
	}
	return a.Settings.WorkTime(p), nil
}
