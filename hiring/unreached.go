package hiring

import (
	"slices"
	"time"
)

// Problems that keep a notice from its reader. They are Slack's own error
// words (chat.postMessage), so that the courier hands them on as they are.
const (
	ProblemAway       = "account_inactive"
	ProblemArchived   = "is_archived"
	ProblemNotIn      = "not_in_channel"
	ProblemNoChannel  = "channel_not_found"
	ProblemRestricted = "restricted_action"
	ProblemClosed     = "messages_tab_disabled"
)

// Problems for which Slack has no word: they are between Samsvar and Slack, and
// no reader can do anything about them.
const (
	ProblemUnanswered  = "no answer"
	ProblemInterrupted = "interrupted" // Samsvar ended while it was sent
	ProblemBroken      = "broken"      // Samsvar cannot make it
)

// undeliverable are Slack's words (chat.postMessage) that stay as long as
// nobody does anything about them.
var undeliverable = []string{
	ProblemAway, ProblemArchived, ProblemNotIn, ProblemNoChannel, ProblemRestricted, ProblemClosed,
	"user_not_found", "user_disabled", "cannot_dm_bot", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
}

// Undeliverable says whether a problem keeps everything from a reader; others
// concern one message.
func Undeliverable(problem string) bool { return slices.Contains(undeliverable, problem) }

// Unreached decides what happens when Slack takes no message for a
// conversation: what goes there waits. The other owner of what the notice is
// about hears of it and of what to do, once, the admins where it is about all
// roles, and nobody about a notice of this kind itself. A person whose account
// is deactivated is marked as away.
func Unreached(r Record, s Settings, n Notice, problem string, now time.Time) (Change, error) {
	var c Change
	if n.User != "" && problem == ProblemAway {
		p, err := r.Person(n.User)
		if err != nil {
			return Change{}, err
		}
		p.Away, p.ReadAt = true, time.Time{} // the profile is read again with the next chance
		c.People = []Person{p}
	}
	u, known, err := r.Unreachable(n.To())
	if err != nil {
		return Change{}, err
	}
	if !known {
		u = Unreachable{To: n.To(), Since: now}
	}
	u.Problem, u.TryAt, u.Trying = problem, now.Add(TryAfter), false
	err = u.tellOne(&c, r, s, TellUnreached, n, now)
	c.Unreachable = []Unreachable{u}
	return c, err
}

// GiveUp has whoever can help told that a notice is given up: one of which
// nobody knows whether it was posted, or one that its reader did not get although
// they can be reached. Where they cannot, the last word is one for all that is
// given up.
func GiveUp(r Record, s Settings, n Notice, problem string, now time.Time) (Change, error) {
	var c Change
	u, known, err := r.Unreachable(n.To())
	if err != nil {
		return Change{}, err
	}
	if !known || !Undeliverable(problem) {
		u, known = Unreachable{To: n.To(), Problem: problem}, false
	}
	heard := len(u.LastWord)
	err = u.tellOne(&c, r, s, TellGivenUp, n, now)
	if known && len(u.LastWord) > heard {
		c.Unreachable = []Unreachable{u}
	}
	return c, err
}

// tellOne tells whoever can help about one notice, unless it was dropped while
// it was being sent: another takes its place.
func (u *Unreachable) tellOne(c *Change, r Record, s Settings, kind NoticeKind, n Notice, now time.Time) error {
	list, err := unsaid(r, u.To)
	if err != nil || !slices.ContainsFunc(list, func(one Notice) bool { return one.ID == n.ID }) {
		return err
	}
	return u.tell(c, r, s, kind, []Notice{n}, now)
}

// tell tells whoever can help about notices that do not reach their reader,
// each once about all that concerns them: that they wait, and that they were
// given up. Those that say so themselves are left out: nobody would ever be
// done.
func (u *Unreachable) tell(c *Change, r Record, s Settings, kind NoticeKind, notices []Notice, now time.Time) error {
	var parts []Notice
	for _, n := range notices {
		parts = append(parts, flat(n)...)
	}
	about := make(map[UserID][]Subject)
	for _, part := range parts {
		for _, subject := range part.Subjects {
			readers, err := helpers(r, s, part, subject)
			if err != nil {
				return err
			}
			for _, reader := range readers {
				if !slices.Contains(about[reader], subject) {
					about[reader] = append(about[reader], subject)
				}
			}
		}
	}
	for _, reader := range sortedKeys(about) {
		if !u.hear(kind, reader) {
			continue
		}
		c.Notices = append(c.Notices, Notice{
			Kind: kind, User: reader, About: u.To.User, Channel: u.To.Channel, Problem: u.Problem,
			Subjects: about[reader], CreatedAt: now, NotBefore: now,
		})
	}
	return nil
}

// hear notes that somebody is told; false when they have been. The last word
// says what the first one does.
func (u *Unreachable) hear(kind NoticeKind, reader UserID) bool {
	if slices.Contains(u.LastWord, reader) || kind == TellUnreached && slices.Contains(u.Told, reader) {
		return false
	}
	if kind == TellUnreached {
		u.Told = append(slices.Clip(u.Told), reader)
	} else {
		u.LastWord = append(slices.Clip(u.LastWord), reader)
	}
	return true
}

// helpers returns who can help when a notice about a subject, among others, does
// not reach its reader.
func helpers(r Record, s Settings, n Notice, about Subject) ([]UserID, error) {
	switch n.Kind {
	case TellUnreached, TellGivenUp, DigestDetails, RefreshMessage:
		return nil, nil
	}
	if about.Role == 0 {
		return slices.DeleteFunc(slices.Clone(s.Admins), func(u UserID) bool { return u == n.User }), nil
	}
	role, err := r.Role(about.Role)
	switch {
	case err != nil:
		return nil, err
	case n.User != "":
		return []UserID{role.OtherOwner(n.User)}, nil
	default:
		return []UserID{role.Recruiter}, nil
	}
}

// Reachable decides what happens when a conversation may be reachable again:
// what waits for it goes out, edits that were refused there included. It returns
// [ErrNothing] when nothing kept it.
func Reachable(r Record, to Conversation) (Change, error) {
	u, known, err := r.Unreachable(to)
	if err != nil {
		return Change{}, err
	}
	c := Change{Opened: []Conversation{to}}
	if known && !u.Trying {
		u.Trying = true
		c.Unreachable = []Unreachable{u}
		return c, nil
	}
	waiting, err := r.NoticesTo(to)
	if err != nil {
		return Change{}, err
	}
	if !slices.ContainsFunc(waiting, func(n Notice) bool { return n.Kind == RefreshMessage && n.Failures > 0 }) {
		return Change{}, ErrNothing
	}
	return c, nil
}

// SweepUndelivered tries unreachable conversations again once a day, and gives
// up what has waited for a week. Whoever can help with what came to wait since
// hears of it, and with what is given up gets the last word. It returns
// [ErrNothing] when it is time for none of it.
func SweepUndelivered(r Record, s Settings, now time.Time) (Change, error) {
	all, err := r.AllUnreachable()
	if err != nil {
		return Change{}, err
	}
	var c Change
	for _, u := range all {
		if u.Trying {
			continue
		}
		if err := c.sweepUndelivered(r, s, u, now); err != nil {
			return Change{}, err
		}
	}
	if c.Empty() {
		return Change{}, ErrNothing
	}
	return c, nil
}

// sweepUndelivered does that for one conversation. While what waits for it is
// tried, nobody new is told that it cannot be reached.
func (c *Change) sweepUndelivered(r Record, s Settings, u Unreachable, now time.Time) error {
	waiting, err := r.NoticesTo(u.To)
	if err != nil {
		return err
	}
	heard := len(u.Told) + len(u.LastWord)
	ahead := u.Since.After(now) // found out by a clock that was
	u.Since = earlier(u.Since, now)
	if err := u.tell(c, r, s, TellGivenUp, c.giveUp(waiting, u, now), now); err != nil {
		return err
	}
	waiting = slices.DeleteFunc(waiting, func(n Notice) bool { return n.NotBefore.After(now) }) // nothing holds those up yet
	due := u.due(now)
	if due {
		u.Trying, u.TryAt = true, now.Add(TryAfter)
	} else if err := u.tell(c, r, s, TellUnreached, waiting, now); err != nil {
		return err
	}
	if due || ahead || len(u.Told)+len(u.LastWord) > heard {
		c.Unreachable = append(c.Unreachable, u)
	}
	return nil
}

// due says whether it is time to try again. Further ahead than it can have been
// set means that the clock was set back.
func (u Unreachable) due(now time.Time) bool {
	return !now.Before(u.TryAt) || u.TryAt.Sub(now) > TryAfter
}

// giveUp drops what has waited for an unreachable conversation for a week, also
// out of a message that says several things, and returns it.
func (c *Change) giveUp(waiting []Notice, u Unreachable, now time.Time) (over []Notice) {
	old := func(n Notice) bool {
		since := later(n.NotBefore, u.Since)
		if !n.CreatedAt.After(now) { // by a clock that was ahead
			since = later(since, n.CreatedAt) // also where a clock that was behind has set it right
		}
		return !since.Add(GiveUpAfter).After(now)
	}
	for _, n := range waiting {
		parts := flat(n)
		rest := slices.DeleteFunc(slices.Clone(parts), old)
		if n.Kind == RefreshMessage || len(rest) == len(parts) {
			continue
		}
		c.Dropped = append(c.Dropped, n.ID)
		for _, part := range parts {
			if old(part) {
				over = append(over, part)
			}
		}
		if len(rest) > 0 {
			n.ID, n.Parts, n.Subjects = 0, rest, allSubjects(rest)
			c.Notices = append(c.Notices, n)
		}
	}
	return over
}

// TryAgain has what waits for an unreachable conversation tried again at once,
// and what may have been posted there looked up soon.
func (a Act) TryAgain(to Conversation) (Change, error) {
	shown, err := undeliveredTo(a.Record, a.Settings, a.By)
	if err != nil {
		return Change{}, err
	}
	if !slices.ContainsFunc(shown, func(u Undelivered) bool { return u.To == to }) {
		return Change{}, Errorf("Nothing of yours waits there any more.")
	}
	return Reachable(a.Record, to)
}

// undeliveredTo returns what cannot be delivered, as far as a person may know:
// admins know everything, owners what is about their roles.
func undeliveredTo(r Record, s Settings, p Person) ([]Undelivered, error) {
	all, err := r.AllUnreachable()
	if err != nil {
		return nil, err
	}
	var undelivered []Undelivered
	for _, u := range all {
		list, err := unsaid(r, u.To)
		if err != nil {
			return nil, err
		}
		shown := Undelivered{Unreachable: u}
		for _, n := range list {
			may, err := mayKnow(r, s, p, n)
			if err != nil {
				return nil, err
			}
			if may {
				shown.Notices = append(shown.Notices, n)
			}
		}
		if len(shown.Notices) > 0 {
			undelivered = append(undelivered, shown)
		}
	}
	return undelivered, nil
}

// mayKnow says whether a person may know that a notice waits: of what is about
// several roles, whoever may act for one of them.
func mayKnow(r Record, s Settings, p Person, n Notice) (bool, error) {
	if n.Kind == RefreshMessage || len(n.Subjects) == 0 {
		return false, nil
	}
	if s.May(SeeStuck, p, About{}) {
		return true, nil
	}
	for _, subject := range n.Subjects {
		if subject.Role == 0 {
			continue
		}
		role, err := r.Role(subject.Role)
		if err != nil || s.MayOwn(role, p) {
			return err == nil, err
		}
	}
	return false, nil
}
