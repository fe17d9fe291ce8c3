package templates

import (
	"slices"

	"github.com/samsvar/samsvar/hiring"
)

// rightTo is what somebody needs to read a direct message of a kind: who the
// message was for may not be whom it is for by now. Kinds that are not here
// tell their readers of what is asked of themselves, or leave out by themselves
// what the reader may not know.
var rightTo = map[hiring.NoticeKind]hiring.Right{
	hiring.TellFeedback:     hiring.ReadFeedback,
	hiring.TellDebrief:      hiring.ReadFeedback,
	hiring.TellDecision:     hiring.KnowCandidate, // who writes to the candidate reads it, too
	hiring.AskLook:          hiring.AnswerOnOne,
	hiring.TellLook:         hiring.RunRole,
	hiring.TellExcused:      hiring.RunRole,
	hiring.TellCorrected:    hiring.RunRole,
	hiring.AlertWithdrawals: hiring.RunRole,
	hiring.AlertMustHave:    hiring.RunRole,
	hiring.Preview:          hiring.RunRole,
	hiring.LookBack:         hiring.RunRole,
	hiring.TellImported:     hiring.ReadRole,
	hiring.TellAgreed:       hiring.ReadRole,
	hiring.TellWaived:       hiring.ReadRole,
	hiring.TellPaused:       hiring.ReadRole,
	hiring.TellCancelled:    hiring.ReadRole,
}

// mayRead says whether the reader may read what a notice tells.
func (p page) mayRead(n hiring.Notice) (bool, error) {
	right, governed := rightTo[n.Kind]
	s := n.Subjects[0]
	switch {
	case n.User == "" || !governed:
		return true, nil
	case n.Kind == hiring.TellExcused && n.About != s.Person: // to the interviewer
		return true, nil
	case n.Kind == hiring.Preview && s.Role == 0:
		right = hiring.ReadAll
	}
	may, err := p.may(right, s)
	if err != nil && unlessGone(err) == nil {
		return true, nil // there is nothing to read of a role that is not there
	}
	return may, err
}

// may says whether the reader may do something with the role and the candidate
// that a subject is about.
func (p page) may(right hiring.Right, s hiring.Subject) (bool, error) {
	person, about, err := p.readerOf(s)
	return err == nil && p.House.Settings.May(right, person, about), err
}

// mayReadWhy says whether the reader may read why the candidate was decided on
// that a subject is about.
func (p page) mayReadWhy(s hiring.Subject) (bool, error) {
	person, about, err := p.readerOf(s)
	return err == nil && p.House.Settings.MayReadWhy(person, about), err
}

// readerOf returns the reader, and the role and the candidate that a subject is
// about.
func (p page) readerOf(s hiring.Subject) (person hiring.Person, about hiring.About, err error) {
	if person, err = p.record.Person(p.reader); err != nil {
		return person, about, err
	}
	if s.Role != 0 {
		if about.Role, err = p.record.Role(s.Role); err != nil {
			return person, about, err
		}
	}
	if s.Candidate != 0 {
		if about.Candidate, err = p.record.Candidate(s.Candidate); unlessGone(err) != nil {
			return person, about, err
		}
		about.Feedback, err = p.record.FeedbackOn(s.Candidate)
	}
	return person, about, err
}

// notTheirs is what is left of a message that stands with somebody who may not
// read it any more.
func (p page) notTheirs(s hiring.Subject) Message {
	if s.Role == 0 {
		return p.Notify(p.m("✓ No longer needed."))
	}
	return p.Notify(p.m("✓ Nothing to do for you any more: %s is with others now, and so is what stood here.", s.Role))
}

// allTheirs looks at every subject that is about a role the reader may act for.
// What is about all roles is for admins.
func (p page) allTheirs(subjects []hiring.Subject) (things []thing, waiting int, err error) {
	var theirs []hiring.Subject
	for _, s := range subjects {
		right := hiring.RunRole
		if s.Role == 0 {
			right = hiring.SeeStuck
		}
		may, err := p.may(right, hiring.RoleSubject(s.Role))
		if unlessGone(err) != nil {
			return nil, 0, err
		}
		if may {
			theirs = append(theirs, s)
		}
	}
	return p.all(theirs)
}

// passedOn says whether a thing that waits is with somebody else by now, as
// after a role was handed over.
func (p page) passedOn(t thing, owed []hiring.Owed) bool {
	if slices.ContainsFunc(owed, func(o hiring.Owed) bool { return o.Subject == t.subject }) {
		return false
	}
	u := t.subject.Person
	switch t.subject.Kind {
	case hiring.AboutLook:
		return u != t.role.HiringManager
	case hiring.AboutDecision:
		return u != t.role.Decides()
	case hiring.AboutNext:
		return true // with whoever decides, or arranges what was decided on
	case hiring.AboutHeld:
		return u != t.role.Recruiter
	default:
		return false
	}
}
