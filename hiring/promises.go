package hiring

import (
	"cmp"
	"time"
)

// Promises are within what time people do their part: durations in the working
// time of whoever promises, days in their working days. Defaults:
// [DefaultPromises].
type Promises struct {
	FeedbackDue  time.Duration // interviewer, after the interview ended
	LookDue      time.Duration // hiring manager: to answer on a candidate who is proposed
	DecisionDue  time.Duration // whoever decides, after the last feedback of a stage is in
	NextDue      time.Duration // recruiter: to arrange the interview that was decided on
	ContactDue   time.Duration // recruiter: to write to a candidate first, after they were added
	ReplyDue     time.Duration // recruiter: to tell a candidate after an interview or a no
	HeldDue      time.Duration // recruiter: to say whether an interview took place
	SignOffDays  int           // owner: to sign a revision
	LookBackDays int           // after the brief was agreed, both look back at it
	// LookBackAnswers is after how many answers on candidates both look back
	// at the brief, should that be earlier.
	LookBackAnswers int
}

// DefaultPromises are those in use where nobody says otherwise
// (docs/metrics.md, promises).
func DefaultPromises() Promises {
	return Promises{
		FeedbackDue: 8 * time.Hour, LookDue: 8 * time.Hour, DecisionDue: 16 * time.Hour, NextDue: 16 * time.Hour,
		ContactDue: 8 * time.Hour, ReplyDue: 24 * time.Hour, HeldDue: 16 * time.Hour,
		SignOffDays: 2, LookBackDays: 10, LookBackAnswers: 5,
	}
}

// Ladder is how reminders go on until a thing is done. The nudge before each
// step says what comes next, so nothing is a surprise (docs/decisions: fair
// nudges).
type Ladder struct {
	Grace         time.Duration // working time from the due time to the first nudge
	EveryDays     int           // working days from one nudge of a person to the next
	NudgesOwner   int           // after so many the other owner is told with the next
	NudgesAdmins  int           // after so many the admins are told with the next
	MaxSnoozeDays int           // for how many working days in all a thing can be put off
}

// DefaultLadder is the one in use where nobody says otherwise.
func DefaultLadder() Ladder {
	return Ladder{EveryDays: 1, NudgesOwner: 2, NudgesAdmins: 4, MaxSnoozeDays: 5}
}

// first returns when a thing that is due at a time is looked at first.
func (l Ladder) first(work WorkTime, due time.Time) time.Time {
	return work.Next(work.Add(due, l.Grace))
}

// firstOf returns when something owed is looked at first.
func (l Ladder) firstOf(o Owed, work WorkTime) time.Time {
	if o.Subject.Kind == AboutOffer { // an alert, which nothing comes before
		return work.Next(o.DueAt)
	}
	if !o.RemindAt.IsZero() {
		return work.Next(o.RemindAt)
	}
	return l.first(work, o.DueAt)
}

// firstFrom returns when something owed is looked at first, of the times from
// now on.
func (l Ladder) firstFrom(o Owed, work WorkTime, now time.Time) time.Time {
	if at := l.firstOf(o, work); !at.Before(now) {
		return at
	}
	return work.Next(now)
}

// rests says whether a person was nudged so lately that the next nudge waits,
// and until when. A nudge that lies ahead means that the clock was set back:
// it holds up nothing but its own day.
func (l Ladder) rests(p Person, work WorkTime, now time.Time) (until time.Time, rests bool) {
	if p.NudgedAt.IsZero() || DateOf(p.NudgedAt, work.Zone) > DateOf(now, work.Zone) {
		return time.Time{}, false
	}
	until = l.next(work, p.NudgedAt)
	return until, now.Before(until)
}

// next returns when a person nudged at a time may be nudged again.
func (l Ladder) next(work WorkTime, nudged time.Time) time.Time {
	for range max(l.EveryDays, 1) {
		nudged = work.NextDay(nudged)
	}
	return nudged
}

// Interviewing is how interviews are held.
type Interviewing struct {
	MaxRounds int // a brief with more interviews than that is remarked on
	// OpenFeedback lets interviewers read the feedback of others before they
	// have given their own.
	OpenFeedback bool
}

// DefaultInterviewing is what holds where nobody says otherwise.
func DefaultInterviewing() Interviewing { return Interviewing{MaxRounds: 4} }

// Bounds of rules.
const (
	MaxPromiseHours = 80
	MaxPromiseDays  = 30
	MaxNudges       = 10
	MaxAnswers      = 20
)

// promise is one of the promises, by the field of the form that sets it.
type promise struct {
	field Field
	of    func(*Promises) *time.Duration
}

// promises lists those that are durations, in the order of the form.
var promises = []promise{
	{FieldFeedbackDue, func(p *Promises) *time.Duration { return &p.FeedbackDue }},
	{FieldLookDue, func(p *Promises) *time.Duration { return &p.LookDue }},
	{FieldDecisionDue, func(p *Promises) *time.Duration { return &p.DecisionDue }},
	{FieldNextDue, func(p *Promises) *time.Duration { return &p.NextDue }},
	{FieldContactDue, func(p *Promises) *time.Duration { return &p.ContactDue }},
	{FieldReplyDue, func(p *Promises) *time.Duration { return &p.ReplyDue }},
	{FieldHeldDue, func(p *Promises) *time.Duration { return &p.HeldDue }},
}

// PromiseFields lists the fields of the promises that are durations, in the
// order of the form.
func PromiseFields() []Field {
	fields := make([]Field, len(promises))
	for i, p := range promises {
		fields[i] = p.field
	}
	return fields
}

// Duration returns the promise that a field sets; nil when it is none.
func (p *Promises) Duration(f Field) *time.Duration {
	for _, x := range promises {
		if x.field == f {
			return x.of(p)
		}
	}
	return nil
}

// check complains about promises that nobody could keep or would notice.
func (p *Promises) check(errs FieldErrors) {
	for _, f := range PromiseFields() {
		if d := *p.Duration(f); d < time.Minute || d > MaxPromiseHours*time.Hour {
			errs[f] = Errorf("Write a number of hours above 0, at most %v.", MaxPromiseHours)
		}
	}
	for f, days := range map[Field]int{FieldSignOffDays: p.SignOffDays, FieldLookBackDays: p.LookBackDays} {
		within(errs, f, days, Errorf("Write a number of days from 1 to %v.", MaxPromiseDays), MaxPromiseDays)
	}
	within(errs, FieldLookBackAnswers, p.LookBackAnswers, Errorf("Write a number from 1 to %v.", MaxAnswers), MaxAnswers)
}

// check complains about a ladder that nobody could climb.
func (l Ladder) check(errs FieldErrors) {
	if l.Grace < 0 || l.Grace > MaxPromiseHours*time.Hour {
		errs[FieldGrace] = Errorf("Write a number of hours from 0 to %v.", MaxPromiseHours)
	}
	within(errs, FieldEveryDays, l.EveryDays, Errorf("Write a number of days from 1 to %v.", MaxNudges), MaxNudges)
	within(errs, FieldNudgesOwner, l.NudgesOwner, Errorf("Write a number from 1 to %v.", MaxNudges), MaxNudges)
	within(errs, FieldNudgesAdmins, l.NudgesAdmins, Errorf("Write a number from 1 to %v.", MaxNudges), MaxNudges)
	within(errs, FieldMaxSnoozeDays, l.MaxSnoozeDays, Errorf("Write a number of days from 1 to %v.", MaxPromiseDays), MaxPromiseDays)
	if errs[FieldNudgesAdmins] == nil && l.NudgesAdmins <= l.NudgesOwner {
		errs[FieldNudgesAdmins] = Errorf("Admins are told after the other owner. Write more than %v.", l.NudgesOwner)
	}
}

func (i Interviewing) check(errs FieldErrors) {
	within(errs, FieldMaxRounds, i.MaxRounds, Errorf("Write a number from 1 to %v.", MaxInterviews), MaxInterviews)
}

// within complains about a number below 1 or above a bound, unless
// something was complained about before.
func within(errs FieldErrors, f Field, n int, complaint *Error, most int) {
	if n < 1 || n > most {
		errs[f] = cmp.Or(errs[f], complaint)
	}
}

// The fields of the forms that set the rules, besides those that people set
// for themselves, too.
const (
	FieldLookDue         Field = "look_due"
	FieldDecisionDue     Field = "decision_due"
	FieldNextDue         Field = "next_due"
	FieldContactDue      Field = "contact_due"
	FieldReplyDue        Field = "reply_due"
	FieldHeldDue         Field = "held_due"
	FieldLookBackDays    Field = "look_back_days"
	FieldLookBackAnswers Field = "look_back_answers"
	FieldGrace           Field = "grace"
	FieldEveryDays       Field = "every_days"
	FieldNudgesOwner     Field = "nudges_owner"
	FieldNudgesAdmins    Field = "nudges_admins"
	FieldMaxSnoozeDays   Field = "max_snooze_days"
	FieldMaxRounds       Field = "max_rounds"
	FieldOpenFeedback    Field = "open_feedback"
)
