package templates

import (
	"errors"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// progress says how far a thing that somebody owes has come.
type progress int

const (
	waits progress = iota
	done           // it is in
	moot           // nobody needs it any more
)

// thing is a piece of feedback or a sign-off, with all that texts say of it.
type thing struct {
	subject  hiring.Subject
	role     hiring.Role
	progress progress
	since    time.Time // when it began to wait
	due      time.Time
}

// look reads what a subject is about as it is now. What is no longer on record
// is moot.
func (p page) look(s hiring.Subject) (thing, error) {
	t := thing{subject: s, progress: moot}
	role, err := p.record.Role(s.Role)
	if err != nil {
		return t, unlessGone(err)
	}
	t.role = role
	if s.Kind == hiring.AboutSignOff {
		return p.signOff(t), nil
	}
	f, err := p.record.Feedback(s.FeedbackKey())
	if err != nil {
		return t, unlessGone(err)
	}
	t.since, t.due = f.InterviewEnd, f.DueAt
	switch f.Status {
	case hiring.Submitted:
		t.progress = done
	case hiring.Requested:
		t.progress = waits
	}
	return t, nil
}

func (p page) signOff(t thing) thing {
	b, ok := t.role.Revision(t.subject.Revision)
	if !ok {
		return t
	}
	t.since, t.due = b.ProposedAt, b.ProposedAt
	if person, err := p.record.Person(t.subject.Person); err == nil {
		if work := p.House.Settings.WorkTime(person); work.Zone != nil {
			t.due = work.AddDays(b.ProposedAt, p.House.Settings.SignOffDays)
		}
	}
	switch {
	case b.SignedBy(t.subject.Person):
		t.progress = done
	case t.role.Active() && b.Revision == t.role.Brief().Revision:
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

// wait says how long a thing has waited, to the person who owes it.
func (p page) wait(t thing) Mrkdwn {
	days := p.waited(t.subject.Person, t.since)
	if t.subject.Kind == hiring.AboutSignOff {
		if days == 0 {
			return p.m("The brief of %s waits for your signature", p.role(t.role))
		}
		return p.m("The brief of %s has waited %d working days for your signature", p.role(t.role), days)
	}
	if days == 0 {
		return p.m("%s waits for your feedback", p.candidate(t.subject.Candidate))
	}
	return p.m("%s has waited %d working days for your feedback", p.candidate(t.subject.Candidate), days)
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

// about is what a thing belongs to: Technical interview · Backend developer
//
func (p page) about(t thing) Mrkdwn {
	if t.subject.Kind == hiring.AboutSignOff {
		return p.m("Revision %d", t.subject.Revision)
	}
	return join(" · ", raw(p.stageOf(t.role, t.subject.Stage)), p.role(t.role))
}

// dueBy says when a thing is or was due.
func (p page) dueBy(t thing) Mrkdwn {
	if p.now.Before(t.due) {
		return p.m("due %s", t.due)
	}
	return p.m("was due %s", t.due)
}

// todo is a thing with the button that does it.
func (p page) todo(t thing) slack.Block {
	text := lines(p.wait(t), join(" · ", p.about(t), p.dueBy(t)))
	if t.subject.Kind == hiring.AboutSignOff {
		return sectionWith(text, button(ActionOpenBrief, t.role.ID.String(), p.t("Read and sign")))
	}
	return sectionWith(text, button(ActionGiveFeedback, EncodeFeedbackKey(t.subject.FeedbackKey()), p.t("Give feedback")))
}

// settled says that a thing needs nobody any more.
func (p page) settled(t thing) Mrkdwn {
	signOff := t.subject.Kind == hiring.AboutSignOff
	switch {
	case signOff && t.progress == done:
		return p.m("✓ Revision %d of %s is signed. Thank you.", t.subject.Revision, p.role(t.role))
	case t.role.ID == 0:
		return p.m("✓ No longer needed.")
	case signOff:
		return p.m("✓ Revision %d of %s no longer needs a signature.", t.subject.Revision, p.role(t.role))
	case t.progress == done:
		return p.m("✓ Feedback on %s is in. Thank you.", p.candidate(t.subject.Candidate))
	default:
		return p.m("✓ Feedback on %s is no longer needed.", p.candidate(t.subject.Candidate))
	}
}

// owedToYou is what somebody owes, to themselves.
func (p page) owedToYou(o hiring.Owed) (slack.Block, error) {
	t, err := p.look(o.Subject)
	if err != nil {
		return nil, err
	}
	if t.progress != waits {
		return section(p.settled(t)), nil
	}
	t.since, t.due = o.Since, o.DueAt
	return p.todo(t), nil
}

// stuck says what waits for somebody, to somebody else: since when and with
// whom.
func (p page) stuck(t thing) Mrkdwn {
	days := p.waited(t.subject.Person, t.since)
	if t.subject.Kind == hiring.AboutSignOff {
		return p.m("The brief of %s, revision %d, has waited %d working days for %s to sign.", p.role(t.role), t.subject.Revision, days, p.who(t.subject.Person))
	}
	return p.m("%s has waited %d working days for feedback from %s (%s, %s).", p.candidate(t.subject.Candidate), days, p.who(t.subject.Person), p.stageOf(t.role, t.subject.Stage), t.role.ID)
}
