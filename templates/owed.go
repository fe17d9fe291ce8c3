package templates

import (
	"errors"
	"slices"
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
	switch s.Kind {
	case hiring.AboutSignOff:
		return p.signOff(t), nil
	case hiring.AboutRevision:
		return p.revision(t), nil
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
	t.since = b.ProposedAt
	t.due = p.dueAfter(t.subject.Person, b.ProposedAt)
	newest := b.Revision == t.role.Brief().Revision
	switch {
	case b.SignedBy(t.subject.Person), newest && t.role.ConfirmedBy(t.subject.Person):
		t.progress = done
	case t.role.Active() && newest && !commented(b, t.subject.Person):
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

// commented says whether somebody sent a revision back.
func commented(b hiring.Brief, u hiring.UserID) bool {
	return slices.ContainsFunc(b.Comments, func(c hiring.Comment) bool { return c.By == u })
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

// wait says how long a thing has waited, to the person who owes it.
func (p page) wait(t thing) Mrkdwn {
	days := p.waited(t.subject.Person, t.since)
	if t.subject.Kind == hiring.AboutRevision {
		return p.m("The brief of %s was sent back and waits for your change", p.role(t.role))
	}
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
	if t.subject.Kind == hiring.AboutSignOff || t.subject.Kind == hiring.AboutRevision {
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
	if t.subject.Kind == hiring.AboutRevision {
		return sectionWith(text, button(ActionChangeBrief, t.role.ID.String(), p.t("Change the brief")))
	}
	if t.subject.Kind == hiring.AboutSignOff {
		return sectionWith(text, button(ActionOpenBrief, t.role.ID.String(), p.t("Read and sign")))
	}
	return sectionWith(text, button(ActionGiveFeedback, EncodeFeedbackKey(t.subject.FeedbackKey()), p.t("Give feedback")))
}

// settled says that a thing needs nobody any more.
func (p page) settled(t thing) Mrkdwn {
	signOff := t.subject.Kind == hiring.AboutSignOff
	switch {
	case t.subject.Kind == hiring.AboutRevision && t.progress == done:
		return p.m("✓ %s has a new revision. Thank you.", p.role(t.role))
	case t.subject.Kind == hiring.AboutRevision && t.role.ID != 0:
		return p.m("✓ The brief of %s needs no change any more.", p.role(t.role))
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
	if t.subject.Kind == hiring.AboutRevision {
		return p.m("The brief of %s was sent back and has waited %d working days for %s to change it.", p.role(t.role), days, p.who(t.subject.Person))
	}
	if t.subject.Kind == hiring.AboutSignOff {
		return p.m("The brief of %s, revision %d, has waited %d working days for %s to sign.", p.role(t.role), t.subject.Revision, days, p.who(t.subject.Person))
	}
	return p.m("%s has waited %d working days for feedback from %s (%s, %s).", p.candidate(t.subject.Candidate), days, p.who(t.subject.Person), p.stageOf(t.role, t.subject.Stage), t.role.ID)
}
