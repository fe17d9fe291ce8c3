package hiring

import "time"

// Owed is one thing a person owes: feedback or a sign-off. It disappears when
// the thing is done or no longer needed.
type Owed struct {
	Subject Subject // what, and by whom
	Since   time.Time
	DueAt   time.Time
	Nudges  int       // how often it stood in a nudge
	Told    Told      // who else knows by now
	NudgeAt time.Time // when it is to be looked at next; never before DueAt
}

// Person returns who owes it.
func (o Owed) Person() UserID { return o.Subject.Person }

// Overdue says whether it is past its due time.
func (o Owed) Overdue(now time.Time) bool { return !now.Before(o.DueAt) }

// Told says who else has been told that something is stuck.
type Told int

// The steps of an escalation.
const (
	ToldNobody Told = iota
	ToldOwner       // the other owner
	ToldAdmins
)
