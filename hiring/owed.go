package hiring

import "time"

// Owed is one thing a person owes: feedback, a signature, a decision, word to
// a candidate. It disappears when the thing is done or no longer
// needed.
type Owed struct {
	Subject Subject // what, and by whom
	Since   time.Time
	DueAt   time.Time
	// RemindAt is from when its person is reminded that it will be due; zero for
	// what they are reminded of once it is.
	RemindAt time.Time
	Decided  bool      // a next step that was decided on, which the recruiter arranges
	Nudges   int       // how often it stood in a nudge, being due
	Told     Told      // who else knows by now
	NudgeAt  time.Time // when it is to be looked at next; never before RemindFrom
	// PausedAt is when its clock was stopped; zero while it runs.
	PausedAt time.Time
	// SnoozedUntil is when the person wants to be reminded again; zero when
	// nothing was put off, or the reminder came.
	SnoozedUntil time.Time
	Snoozed      time.Duration // for how much working time it was put off in all
}

// Due is what an index tells of something owed.
type Due struct {
	Subject Subject
	Promise Promise // empty for what is none
	DueAt   time.Time
	Rests   bool // its clock stands; it was due before
}

// PastDue returns what of the things owed is past due, also where the clock was
// stopped later than that: a pause makes nothing of late what is late.
func PastDue(owed []Owed, now time.Time) []Due {
	var list []Due
	for _, o := range owed {
		if rests := o.restsLate(); rests || o.Overdue(now) {
			list = append(list, Due{Subject: o.Subject, Promise: o.Promise(), DueAt: o.DueAt, Rests: rests})
		}
	}
	return list
}

// restsLate says whether its clock stands and was stopped when it was past due.
func (o Owed) restsLate() bool {
	return !o.PausedAt.IsZero() && !o.PausedAt.Before(o.DueAt) && o.Subject.Kind != AboutOffer
}

// never is further away than any sweep.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// pause stops the clock.
func (o *Owed) pause(now time.Time) { o.PausedAt, o.NudgeAt = now, never }

// resume lets the clock run again: what was left of the working time then is
// left now, all of it where nothing had begun. What was late is late, and what
// was put off stays so.
func (o *Owed) resume(work WorkTime, l Ladder, now time.Time) {
	if o.PausedAt.Before(o.DueAt) {
		rested := work.Between(later(o.PausedAt, o.Since), now)
		o.DueAt = work.Add(o.DueAt, rested)
		if !o.RemindAt.IsZero() {
			o.RemindAt = work.Next(work.Add(o.RemindAt, rested))
		}
	}
	o.NudgeAt, o.PausedAt = later(l.firstFrom(*o, work, now), o.SnoozedUntil), time.Time{}
}

// putOff puts reminders off, by now, in the place of what was put off before and
// has not run yet. It says for how long in all that is then.
func (o *Owed) putOff(until time.Time, work WorkTime, now time.Time) time.Duration {
	if o.SnoozedUntil.After(now) { // less than all of it when they have chosen other hours since
		o.Snoozed = max(0, o.Snoozed-work.Between(now, o.SnoozedUntil))
	}
	o.Snoozed += work.Between(now, until)
	o.SnoozedUntil, o.NudgeAt = until, until
	return o.Snoozed
}

// RemindFrom returns from when its person is reminded of it.
func (o Owed) RemindFrom() time.Time {
	if o.RemindAt.IsZero() {
		return o.DueAt
	}
	return o.RemindAt
}

// Person returns who owes it.
func (o Owed) Person() UserID { return o.Subject.Person }

// Shared says whether both owners owe it and are reminded of it: a candidate's
// next step, until it is decided on.
func (o Owed) Shared() bool { return o.Subject.Kind == AboutNext && !o.Decided }

// asked says whether it is to be shown by now: feedback on an interview ahead
// is not owed yet, and what nobody asked for in words waits until it is due.
func (o Owed) asked(now time.Time) bool {
	switch o.Subject.Kind {
	case AboutOffer: // owners are alerted of it, once
		return false
	case AboutNext, AboutHeld:
		return o.Overdue(now)
	default:
		return !o.Since.After(now) && o.PausedAt.IsZero()
	}
}

// Overdue says whether it is past its due time. Nothing is while its clock
// stands still, and an open offer is nobody's debt.
func (o Owed) Overdue(now time.Time) bool {
	return o.PausedAt.IsZero() && !now.Before(o.DueAt) && o.Subject.Kind != AboutOffer
}

// reminds says whether its person may be reminded of it by now: it is overdue,
// or will be soon and is reminded of beforehand.
func (o Owed) reminds(now time.Time) bool {
	return o.PausedAt.IsZero() && !now.Before(o.RemindFrom()) && o.Subject.Kind != AboutOffer
}

// Told says who else has been told that something is stuck.
type Told int

// The steps of an escalation.
const (
	ToldNobody Told = iota
	ToldOwner       // the other owner
	ToldAdmins
)
