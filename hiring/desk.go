package hiring

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Desk is what one person sees of everything: what waits for them, their
// roles, and what they wait for.
type Desk struct {
	Person Person
	Move   []Owed // theirs to do, oldest due first; due or not
	Rests  []Owed // feedback asked of them that is not due while its role is paused
	Roles  []Role // those they own (for admins: all) that still hire, oldest first
	Others []Owed // owed to their roles by others, oldest due first
	Stuck  []Owed // for admins: what reminders did not get moving, in any role, oldest due first

	Unfinished []Unfinished // intake forms they began and can go on with, the last saved first

	// Undelivered is what cannot be delivered: about their roles, for admins
	// everything.
	Undelivered []Undelivered
}

// DeskOf reads a person's desk. Guests have an empty one.
func DeskOf(r Record, s Settings, u UserID, now time.Time) (Desk, error) {
	p, err := r.Person(u)
	if err != nil || !p.insider() {
		return Desk{Person: p}, err
	}
	d := Desk{Person: p}
	owed, err := r.OwedBy(u)
	if err != nil {
		return Desk{}, err
	}
	for _, o := range owed {
		switch {
		case o.asked(now):
			d.Move = append(d.Move, o)
		case o.Subject.Kind == AboutFeedback && !o.PausedAt.IsZero() && !o.Since.After(now):
			d.Rests = append(d.Rests, o)
		}
	}
	if d.Unfinished, err = begunBy(r, u); err != nil {
		return Desk{}, err
	}
	if d.Undelivered, err = undeliveredTo(r, s, p); err != nil {
		return Desk{}, err
	}
	roles, err := r.AllRoles()
	if err != nil {
		return Desk{}, err
	}
	for _, role := range roles {
		if !role.Active() || !s.MayOwn(role, p) {
			continue
		}
		d.Roles = append(d.Roles, role)
		in, err := r.OwedIn(role.ID)
		if err != nil {
			return Desk{}, err
		}
		for _, o := range in {
			switch {
			case o.Person() == u || !o.asked(now):
			case s.May(SeeStuck, p, About{Role: role}) && o.Told != ToldNobody && !now.Before(o.DueAt):
				d.Stuck = append(d.Stuck, o)
			case !o.Shared() && role.Owner(u):
				d.Others = append(d.Others, o)
			}
		}
	}
	for _, list := range [][]Owed{d.Others, d.Stuck} {
		slices.SortStableFunc(list, func(a, b Owed) int { return a.DueAt.Compare(b.DueAt) })
	}
	return d, nil
}

// begunBy returns the intake forms that a person has begun, but for changes of
// roles that no longer hire.
func begunBy(r Record, u UserID) ([]Unfinished, error) {
	list, err := r.UnfinishedBy(u)
	return slices.DeleteFunc(list, func(f Unfinished) bool {
		role, err := r.Role(f.Role)
		return f.Role != 0 && err == nil && !role.Active()
	}), err
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
