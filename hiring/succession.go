package hiring

import (
	"slices"
	"time"
)

// forOwners are the notices that somebody gets for owning a role, and whether
// both owners get them. What they owe moves on by itself ([Act.handOverOwed]).
var forOwners = map[NoticeKind]bool{
	TellDebrief: true, TellDecision: true, TellCorrected: true, TellWaived: true, TellPaused: true, LookBack: true, Preview: true,
	AlertOffer: true, AlertWithdrawals: true, AlertMustHave: true, Escalation: true, TellUnreached: true, TellGivenUp: true,
	TellFeedback: false, TellExcused: false, AskLook: false, TellLook: false, TellImported: false,
}

// succession is one person who takes another's place in a role.
type succession struct {
	act       Act
	former, r Role // before and after
	from, to  UserID
	heard     map[any]bool // what the successor is to hear already
}

// makeOver has the successors hear what still waits for the former owners as
// such, each once, and what is just being sent to them or in doubt: nobody may
// ever read it there. What is about other roles, too, stays where it is: its
// reader is told no more of it than they may know.
func (a Act) makeOver(c *Change, former, r Role) error {
	for _, from := range []UserID{former.HiringManager, former.Recruiter} {
		to, other := r.successor(former, from)
		if !other {
			continue
		}
		waiting, err := unsaid(a.Record, Conversation{User: from})
		if err != nil {
			return err
		}
		already, err := unsaid(a.Record, Conversation{User: to})
		if err != nil {
			return err
		}
		s := succession{act: a, former: former, r: r, from: from, to: to, heard: make(map[any]bool)}
		for _, n := range already {
			for _, part := range flat(n) {
				s.heard[ageOf(part).same(part)] = true
			}
		}
		for _, n := range waiting {
			if err := s.makeOver(c, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeOver does so with one notice, or with those whose place it takes.
func (s succession) makeOver(c *Change, n Notice) error {
	stays := false
	for _, part := range flat(n) {
		over := s.ofRole(part)
		if len(over.Subjects) == 0 {
			stays = true
			continue
		}
		keeps, err := s.hears(s.from, part, s.r)
		if err != nil {
			return err
		}
		stays = stays || keeps || len(over.Subjects) < len(part.Subjects)
		knows, err := s.hears(s.to, part, s.former)
		if err != nil {
			return err
		}
		if !knows && !s.heard[ageOf(over).same(over)] {
			c.Notices = append(c.Notices, over)
		}
	}
	if !stays {
		c.Dropped = append(c.Dropped, n.ID)
	}
	return nil
}

// ofRole returns the notice as the successor is to hear it: of what it is about,
// what is about the role.
func (s succession) ofRole(n Notice) Notice {
	over := n
	over.ID, over.User, over.Subjects = 0, s.to, nil
	over.FailedAt, over.Failures = time.Time{}, 0
	_, owners := forOwners[n.Kind]
	for _, subject := range n.Subjects {
		switch {
		case !owners || subject.Role != s.r.ID:
			continue
		case n.Kind == TellExcused && n.About != subject.Person: // told to the interviewer
			continue
		case n.Kind == TellDebrief || n.Kind == TellDecision:
			subject.Person = s.r.Decides()
		case (n.Kind == AskLook || n.Kind == AlertOffer) && subject.Person == s.from:
			subject.Person = s.to
		}
		over.Subjects = append(over.Subjects, subject)
	}
	return over
}

// hears says whether somebody hears of such a notice for another reason than
// taking over: they own the role anyhow, or it tells of what they did or wrote.
func (s succession) hears(u UserID, n Notice, r Role) (bool, error) {
	subject := n.Subjects[0]
	switch {
	case forOwners[n.Kind] && r.Owner(u), u == n.About:
		return true, nil
	case n.Kind == Escalation: // it may have told every admin
		return u == s.from && s.act.Settings.Admin(u), nil
	case n.Kind == TellUnreached: // then the next sweep tells who owns the role
		_, known, err := s.act.Record.Unreachable(n.tellsOf())
		return known, err
	case n.Kind == TellFeedback:
		return u == subject.Person, nil
	case n.Kind == TellDecision: // a promise to write moves on with the role
		c, err := s.act.Record.Candidate(subject.Candidate)
		return u == c.Contact.By && u != s.from, err
	case n.Kind == TellDebrief:
		on, err := s.act.Record.FeedbackOn(subject.Candidate)
		wrote := slices.ContainsFunc(on, func(f Feedback) bool {
			return f.Stage == subject.Stage && f.Interviewer == u && f.Status == Submitted
		})
		return wrote || u == r.Decides(), err
	default:
		return false, nil
	}
}

// tellsOf returns the conversation that a notice says cannot be reached.
func (n Notice) tellsOf() Conversation {
	if n.About != "" {
		return Conversation{User: n.About}
	}
	return Conversation{Channel: n.Channel}
}
