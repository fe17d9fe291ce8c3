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
	switch r.Status {
	case Filled:
		return Role{}, Errorf("Role %v is already filled.", id)
	case Cancelled:
		return Role{}, Errorf("Role %v is cancelled.", id)
	default:
		return r, nil
	}
}

// workTime returns when somebody works.
func (a Act) workTime(u UserID) (WorkTime, error) {
	p, err := a.Record.Person(u)
	if err != nil {
		return WorkTime{}, err
	}
	return a.Settings.WorkTime(p), nil
}
