package templates

import (
	"errors"
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// progress says how far a thing that somebody owes has come.
type progress int

const (
	waits progress = iota
	done           // it is in
	moot           // nobody needs it any more
)

// thing is what somebody owes, with all that texts say of it.
type thing struct {
	subject   hiring.Subject
	role      hiring.Role
	candidate hiring.Candidate // zero for what is about a brief
	feedback  hiring.Feedback  // of feedback
	interview int              // of word on whether one took place: the candidate's, from 0
	progress  progress
	since     time.Time // when it began to wait
	due       time.Time
	again     time.Time // until when its owner put reminders off; zero when not
	paused    bool      // its clock stands
	decided   bool      // a next step that was decided on
	nudges    int       // how often it stood in a nudge
	told      hiring.Told
}

// ofBrief says whether a thing is about a brief, and not about a candidate.
func (t thing) ofBrief() bool {
	return t.subject.Kind == hiring.AboutSignOff || t.subject.Kind == hiring.AboutRevision
}

// shared says whether both owners owe a thing: a candidate's next step, until
// it is decided on.
func (t thing) shared() bool { return t.subject.Kind == hiring.AboutNext && !t.decided }

// look reads what a subject is about as it is now. What is no longer on record
// is moot.
func (p page) look(s hiring.Subject) (thing, error) {
	t := thing{subject: s, progress: moot}
	role, err := p.record.Role(s.Role)
	if err != nil {
		return t, unlessGone(err)
	}
	t.role = role
	switch s.Kind {
	case hiring.AboutSignOff:
		t = p.signOff(t)
	case hiring.AboutRevision:
		t = p.revision(t)
	default:
		if t.candidate, err = p.record.Candidate(s.Candidate); err != nil {
			return t, unlessGone(err)
		}
		if t, err = p.ofCandidate(t); err != nil {
			return t, err
		}
	}
	return t, p.clocked(&t)
}

// clocked fills in when a thing is due, as it stands with the person who owes
// it.
func (p page) clocked(t *thing) error {
	if t.progress != waits {
		return nil
	}
	owed, err := p.record.OwedBy(t.subject.Person)
	if i := slices.IndexFunc(owed, func(o hiring.Owed) bool { return o.Subject == t.subject }); i >= 0 {
		t.since, t.due, t.paused = owed[i].Since, owed[i].DueAt, !owed[i].PausedAt.IsZero()
		t.decided, t.nudges, t.told = owed[i].Decided, owed[i].Nudges, owed[i].Told
		if owed[i].SnoozedUntil.After(p.now) {
			t.again = owed[i].SnoozedUntil
		}
	}
	if p.passedOn(*t, owed) {
		t.progress = moot
	}
	return err
}

// ofCandidate says how far what is owed about a candidate has come. For a role
// that no longer hires nobody owes anything but feedback and replies.
func (p page) ofCandidate(t thing) (thing, error) {
	c := t.candidate
	here := c.Outcome == hiring.Active && c.Stage == t.subject.Stage
	open := t.role.Active()
	switch t.subject.Kind {
	case hiring.AboutLook:
		t.since, t.progress = c.Look.ProposedAt, reached(open && c.Outcome == hiring.Active && c.LookWaits(), !c.Look.AnsweredAt.IsZero())
	case hiring.AboutDecision:
		decided := false
		for _, d := range c.Decisions { // the last one counts
			if d.Stage == t.subject.Stage && !d.At.Before(enteredAt(c, d.Stage)) {
				decided = d.Verdict != hiring.TalkFirst
			}
		}
		t.progress = reached(open && here && !decided, decided)
	case hiring.AboutNext:
		t.since, t.progress = c.Since(), reached(open && here, c.Outcome == hiring.Active && !here)
	case hiring.AboutReply:
		due, err := p.dueToHear(t.subject)
		if err != nil {
			return t, err
		}
		t.progress = reached(due, !c.HeardAt.IsZero())
	case hiring.AboutHeld:
		return p.held(t)
	default:
		return p.asked(t)
	}
	return t, nil
}

// reached is waits while a thing waits, done when it is, and moot otherwise.
func reached(wait, in bool) progress {
	switch {
	case wait:
		return waits
	case in:
		return done
	default:
		return moot
	}
}

// enteredAt returns when a candidate last came into a stage.
func enteredAt(c hiring.Candidate, s hiring.StageID) (at time.Time) {
	for _, m := range c.Journey {
		if m.To == s {
			at = m.At
		}
	}
	return at
}

// dueToHear says whether somebody owes a candidate a word by now.
func (p page) dueToHear(s hiring.Subject) (bool, error) {
	owed, err := p.record.OwedBy(s.Person)
	return slices.ContainsFunc(owed, func(o hiring.Owed) bool { return o.Subject == s && !o.Since.After(p.now) }), err
}

// asked is feedback that was asked for.
func (p page) asked(t thing) (thing, error) {
	f, err := p.record.Feedback(t.subject.FeedbackKey())
	if err != nil {
		return t, unlessGone(err)
	}
	t.feedback, t.since, t.due = f, f.InterviewEnd, f.DueAt
	t.progress = reached(f.Status == hiring.Requested, f.Status == hiring.Submitted)
	return t, nil
}

// held is the word on whether an interview took place: it waits while there is
// no feedback on it either. Of one that is not over nobody is asked yet; then
// what was said of the last stands.
func (p page) held(t thing) (thing, error) {
	on, err := p.record.FeedbackOn(t.candidate.ID)
	if err != nil {
		return t, err
	}
	if n, ok := t.candidate.FirstUnsaid(t.subject.Stage, on); ok && !t.candidate.Interviews[n].End().After(p.now) {
		t.interview, t.since = n, t.candidate.Interviews[n].End()
		t.progress = reached(t.role.Active() && t.candidate.Outcome == hiring.Active, true)
		return t, nil
	}
	if n, ok := lastInterview(t.candidate, t.subject.Stage); ok {
		t.since, t.progress = t.candidate.Interviews[n].End(), reached(false, t.candidate.Interviews[n].Stands())
	}
	return t, nil
}

// lastInterview returns which of a candidate's interviews is the last of a
// stage.
func lastInterview(c hiring.Candidate, s hiring.StageID) (n int, ok bool) {
	for i := len(c.Interviews) - 1; i >= 0; i-- {
		if c.Interviews[i].Stage == s {
			return i, true
		}
	}
	return 0, false
}

func (p page) signOff(t thing) thing {
	b, ok := t.role.Revision(t.subject.Revision)
	if !ok {
		return t
	}
	t.since = b.ProposedAt
	t.due = p.dueAfter(t.subject.Person, b.ProposedAt)
	newest := b.Revision == t.role.Brief().Revision
	switch {
	case b.SignedBy(t.subject.Person), newest && t.role.ConfirmedBy(t.subject.Person):
		t.progress = done
	case t.role.Active() && newest && t.role.Owner(t.subject.Person) && !b.SentBackBy(t.subject.Person):
		t.progress = waits
	}
	return t
}

// dueAfter returns when a signature or a revision asked for then is due.
func (p page) dueAfter(u hiring.UserID, asked time.Time) time.Time {
	if person, err := p.record.Person(u); err == nil {
		if work := p.House.Settings.WorkTime(person); work.Zone != nil {
			return work.AddDays(asked, p.House.Settings.SignOffDays)
		}
	}
	return asked
}

// revision is the change that an owner was asked for: it waits as long as the
// revision sent back is the newest and nobody signed it after all.
func (p page) revision(t thing) thing {
	b, ok := t.role.Revision(t.subject.Revision)
	if !ok || len(b.Comments) == 0 {
		return t
	}
	t.since = b.Comments[len(b.Comments)-1].At
	t.due = p.dueAfter(t.subject.Person, t.since)
	switch {
	case b.Revision < t.role.Brief().Revision:
		t.progress = done
	case t.role.Active() && !b.Agreed():
		t.progress = waits
	}
	return t
}

// unlessGone passes errors on, except that something is not on record.
func unlessGone(err error) error {
	if _, gone := errors.AsType[*hiring.Error](err); gone {
		return nil
	}
	return err
}

// all looks at every subject, oldest first as a notice has them.
func (p page) all(subjects []hiring.Subject) (things []thing, waiting int, err error) {
	for _, s := range subjects {
		t, err := p.look(s)
		if err != nil {
			return nil, 0, err
		}
		if t.progress == waits {
			waiting++
		}
		things = append(things, t)
	}
	return things, waiting, nil
}

// headline says how many things wait for the reader; where all are feedback,
// how many candidates.
func (w Writer) headline(n int, subjects []hiring.Subject) Mrkdwn {
	for _, s := range subjects {
		if s.Kind != hiring.AboutFeedback {
			return w.m("%d things wait for you.", n)
		}
	}
	return w.m("%d candidates wait for your feedback. Two minutes each.", n)
}

// dueBy says when a thing is or was due.
func (p page) dueBy(t thing) Mrkdwn {
	switch {
	case t.paused:
		return p.m("paused")
	case t.due.IsZero():
		return ""
	case p.now.Before(t.due):
		return p.m("due %s", t.due)
	default:
		return p.m("was due %s", t.due)
	}
}
