package hiring

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// asked returns feedback that is still asked for, to whom it is asked of and
// to the role's owners.
func (a Act) asked(key FeedbackKey) (Feedback, Role, error) {
	f, err := a.Record.Feedback(key)
	if err != nil {
		return Feedback{}, Role{}, err
	}
	r, err := a.Record.Role(f.Role)
	switch {
	case err != nil:
		return Feedback{}, Role{}, err
	case key.Interviewer != a.By.ID && !a.Settings.MayOwn(r, a.By):
		return Feedback{}, Role{}, Errorf("This feedback is asked of %v. Only they and the owners of %v may change that.", key.Interviewer, r.ID)
	case f.Status == Submitted:
		return Feedback{}, Role{}, Errorf("The feedback of %v on %v is in already.", key.Interviewer, key.Candidate)
	case f.Status == Excused:
		return Feedback{}, Role{}, Errorf("The feedback of %v on %v is no longer asked for.", key.Interviewer, key.Candidate)
	}
	return f, r, nil
}

// Asked returns feedback that the person may hand over or excuse now, or an
// [Error] that says why not.
func (a Act) Asked(key FeedbackKey) (Feedback, Role, error) { return a.asked(key) }

// ExcuseFeedback takes a request for feedback back, with a reason: somebody
// was not there, or it is not needed. The other side hears of it. It returns
// [FieldErrors].
func (a Act) ExcuseFeedback(key FeedbackKey, reason string) (Feedback, Change, error) {
	f, r, err := a.asked(key)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	errs := FieldErrors{}
	if reason == "" {
		errs[FieldReason] = Errorf("Say in a line why; the recruiter reads it.")
	}
	tooLong(errs, FieldReason, reason, MaxEvidence)
	if err := errs.OrNil(); err != nil {
		return Feedback{}, Change{}, err
	}
	var change Change
	f = a.excuseOne(&change, f, reason)
	reader := r.Recruiter
	if key.Interviewer != a.By.ID {
		reader = key.Interviewer
	}
	if reader != a.By.ID {
		change.Notices = append(change.Notices, Notice{
			Kind: TellExcused, User: reader, About: a.By.ID, Subjects: []Subject{FeedbackSubject(r.ID, key)}, CreatedAt: a.Now, NotBefore: a.Now,
		})
	}
	c, err := a.Record.Candidate(key.Candidate)
	if err == nil {
		_, err = a.debrief(&change, c, key.Stage)
	}
	if err == nil {
		err = a.refreshFeedback(&change, c.ID)
	}
	return f, change, err
}

// OfferFeedback asks a colleague to give feedback in the place of the person
// it is asked of, who owes it until the colleague accepts. It returns
// [FieldErrors].
func (a Act) OfferFeedback(key FeedbackKey, to UserID) (Feedback, Change, error) {
	f, r, err := a.asked(key)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	errs := FieldErrors{}
	switch {
	case to == "":
		errs[FieldColleague] = Errorf("Choose a colleague who was there.")
	case to == key.Interviewer:
		errs[FieldColleague] = Errorf("It is asked of %v already. Choose somebody else.", to)
	}
	if err := a.reachable(errs, FieldColleague, to); err != nil {
		return Feedback{}, Change{}, err
	}
	if err := a.present(errs, FieldColleague, to); err != nil {
		return Feedback{}, Change{}, err
	}
	if other, err := a.Record.Feedback(FeedbackKey{key.Candidate, key.Stage, to}); err == nil && other.Status != Excused && errs[FieldColleague] == nil {
		errs[FieldColleague] = Errorf("%v is on this panel already. Choose somebody else.", to)
	}
	if err := errs.OrNil(); err != nil {
		return Feedback{}, Change{}, err
	}
	f.Offered = to
	subject := FeedbackSubject(r.ID, key)
	work, err := a.workTime(to)
	return f, Change{
		Feedback: []Feedback{f}, Refresh: []Subject{subject},
		Notices: []Notice{{
			Kind: AskTakeOver, User: to, About: a.By.ID, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: work.Next(a.Now),
		}},
	}, err
}

// present complains about somebody who is away today.
func (a Act) present(errs FieldErrors, field Field, u UserID) error {
	p, err := a.Record.Person(u)
	if err != nil || errs[field] != nil {
		return err
	}
	if back, away := awayOn(p.Free, DateOf(a.Now, a.Settings.ZoneOf(p))); away {
		errs[field] = Errorf("%v is away until %v. Choose somebody else.", u, back)
	}
	return nil
}

// AnswerOffer takes feedback over, or declines to. Whoever takes it over sits in
// the interview in the other's place, also when it is over: they are asked
// because they were there. Then they have as much time as if it had just ended.
func (a Act) AnswerOffer(key FeedbackKey, accept bool) (Feedback, Change, error) {
	f, err := a.Record.Feedback(key)
	switch {
	case err != nil:
		return Feedback{}, Change{}, err
	case f.Status != Requested || f.Offered != a.By.ID:
		return Feedback{}, Change{}, Errorf("Nobody asks you for this feedback any more. Thank you all the same.")
	}
	r, err := a.Record.Role(f.Role)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	subject := FeedbackSubject(r.ID, key)
	change := Change{Notices: []Notice{{
		Kind: TellTakeOver, User: key.Interviewer, About: a.By.ID, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
	}}}
	if !accept {
		f.Offered = ""
		change.Feedback, change.Refresh = []Feedback{f}, []Subject{subject}
		change.Notices[0].Step = declined
		return f, change, nil
	}
	c, err := a.Record.Candidate(key.Candidate)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	meeting := a.meetingOf(c, f)
	a.excuseOne(&change, f, "")
	change.Events = append(change.Events, Event{
		Kind: FeedbackHandedOver, At: a.Now, By: f.Interviewer, Role: r.ID, Candidate: c.ID, To: key.Stage, Person: a.By.ID,
	})
	a.takePlace(&change, &c, key)
	if err := a.refreshPanels(&change, c.ID); err != nil {
		return Feedback{}, Change{}, err
	}
	err = a.requestFeedback(&change, r, c, meeting, a.By.ID)
	return f, change, err
}

// takePlace puts the person into the panels of a stage's interviews that stand,
// in the place of whoever feedback was asked of: calling one off excuses them,
// and what was held counts as theirs.
func (a Act) takePlace(change *Change, c *Candidate, key FeedbackKey) {
	c.Interviews = slices.Clone(c.Interviews)
	for n := range c.Interviews {
		i := &c.Interviews[n]
		if i.Stage != key.Stage || !i.Stands() || !slices.Contains(i.Panel, key.Interviewer) {
			continue
		}
		i.Panel = slices.DeleteFunc(slices.Clone(i.Panel), func(u UserID) bool { return u == a.By.ID })
		i.Panel[slices.Index(i.Panel, key.Interviewer)] = a.By.ID
		i.tell(LastWord{To: key.Interviewer, At: a.Now})
		i.tell(LastWord{To: a.By.ID, Start: i.Start, At: a.Now})
		change.Events = append(change.Events, a.interviewEvent(InterviewTakenOver, *c, *i))
		change.Candidates = []Candidate{*c}
	}
}

// declined is the step of a notice that says that a colleague declined.
const declined = 1

// Declined says whether the notice tells that a colleague declined.
func (n Notice) Declined() bool { return n.Kind == TellTakeOver && n.Step == declined }

// Remind asks for feedback in an owner's name, at most once a working day.
func (a Act) Remind(key FeedbackKey) (Feedback, Change, error) {
	f, r, err := a.asked(key)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	if !a.Settings.MayOwn(r, a.By) {
		return Feedback{}, Change{}, Errorf("Only the owners of %v may ask for it.", r.ID)
	}
	work, err := a.workTime(key.Interviewer)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	if DateOf(f.RemindedAt, work.Zone) == DateOf(a.Now, work.Zone) {
		return Feedback{}, Change{}, Errorf("%v was asked in person today already. Talk to them, hand it over, or excuse them.", key.Interviewer)
	}
	f.RemindedAt = a.Now
	return f, Change{Feedback: []Feedback{f}, Notices: []Notice{{
		Kind: AskFeedback, User: key.Interviewer, About: a.By.ID, Subjects: []Subject{FeedbackSubject(r.ID, key)}, CreatedAt: a.Now, NotBefore: work.Next(a.Now),
	}}}, nil
}

// Snooze is until when somebody puts reminders off.
type Snooze string

// The ways to put reminders off.
const (
	SnoozeHours    Snooze = "2h"
	SnoozeTomorrow Snooze = "tomorrow"
	SnoozeMonday   Snooze = "monday"
)

// Snoozes lists them, the shortest first.
func Snoozes() []Snooze { return []Snooze{SnoozeHours, SnoozeTomorrow, SnoozeMonday} }

func (z Snooze) until(work WorkTime, now time.Time) (time.Time, error) {
	switch z {
	case SnoozeHours:
		return work.Next(work.Add(now, 2*time.Hour)), nil
	case SnoozeTomorrow:
		return work.NextDay(now), nil
	case SnoozeMonday:
		day := now.In(work.Zone)
		return work.Next(work.midnight(now, 1+(7-int(day.Weekday()))%7)), nil
	default:
		return time.Time{}, fmt.Errorf("snooze %q is none", string(z))
	}
}

// PutOff puts reminders of everything off that the person owes and that they
// are reminded of by now. Of several times chosen before the first has come, the
// last counts. It returns until when.
func (a Act) PutOff(z Snooze) (time.Time, Change, error) {
	work := a.Settings.WorkTime(a.By)
	until, err := z.until(work, a.Now)
	if err != nil {
		return time.Time{}, Change{}, err
	}
	owed, err := a.Record.OwedBy(a.By.ID)
	if err != nil {
		return time.Time{}, Change{}, err
	}
	items := reminded(owed, a.Now)
	var c Change
	for _, o := range items {
		if o.putOff(until, work, a.Now) <= time.Duration(a.Settings.MaxSnoozeDays)*work.Day() {
			c.Owe = append(c.Owe, o)
			c.Refresh = append(c.Refresh, o.Subject)
		}
	}
	switch {
	case len(items) == 0:
		return time.Time{}, Change{}, Errorf("Nothing is overdue, so there is nothing to put off.")
	case len(c.Owe) == 0:
		return time.Time{}, Change{}, Errorf("You have put this off for %v working days in all. Do it now, hand it over, or say that you were not there.", a.Settings.MaxSnoozeDays)
	}
	c.Events = []Event{{Kind: ItemsSnoozed, At: a.Now, By: a.By.ID, Person: a.By.ID, Count: len(c.Owe)}}
	return until, c, nil
}

// Span is a range of days, both included.
type Span struct{ From, To Date }

// awayOn says whether the person has marked the day as away, and the last day
// of it.
func awayOn(free []Span, day Date) (until Date, away bool) {
	i := slices.IndexFunc(free, func(s Span) bool { return s.From <= day && day <= s.To })
	if i < 0 {
		return "", false
	}
	return free[i].To, true
}

// Choices are what people choose for themselves.
type Choices struct {
	Country          string        // empty for the workspace's
	WorkFrom, WorkTo time.Duration // since midnight
	Free             []Span
}

// maxSpans is how many ranges of days somebody can be away ahead.
const maxSpans = 20

// Choose keeps what the person chose. Days that are past are dropped, and what
// they promised for a day goes by how they work on it now. It returns
// [FieldErrors].
func (a Act) Choose(c Choices) (Person, Change, error) {
	errs := FieldErrors{}
	if c.WorkTo <= c.WorkFrom {
		errs[FieldWorkTo] = Errorf("The day must end after it begins.")
	}
	if c.Country != "" && !slices.Contains(a.Settings.Countries, c.Country) {
		errs[FieldCountry] = Errorf("Choose one of the countries in the list.")
	}
	today := DateOf(a.Now, a.Settings.ZoneOf(a.By))
	var free []Span
	for _, s := range c.Free {
		switch {
		case s.From.Midnight(time.UTC).IsZero() || s.To.Midnight(time.UTC).IsZero():
			errs[FieldAwayTo] = Errorf("Choose the first and the last day.")
		case s.To < s.From:
			errs[FieldAwayTo] = Errorf("The last day must not come before the first.")
		case s.To >= today:
			free = append(free, s)
		}
	}
	if len(free) > maxSpans {
		errs[FieldAwayTo] = Errorf("At most %v ranges of days fit. Take one out first.", maxSpans)
	}
	if err := errs.OrNil(); err != nil {
		return Person{}, Change{}, err
	}
	p := a.By
	p.Country, p.WorkFrom, p.WorkTo, p.Free = c.Country, c.WorkFrom, c.WorkTo, free
	if p.WorkFrom == a.Settings.WorkFrom && p.WorkTo == a.Settings.WorkTo {
		p.WorkFrom, p.WorkTo = 0, 0 // the workspace's, also when it changes
	}
	change := Change{People: []Person{p}}
	if err := a.promisedAnew(&change, p); err != nil {
		return Person{}, Change{}, err
	}
	waiting, err := gather(a.Record, a.Settings, p, a.Now) // they may be back earlier
	if err != nil && !errors.Is(err, ErrNothing) {
		return Person{}, Change{}, err
	}
	change.Add(waiting)
	return p, change, nil
}
