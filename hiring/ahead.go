package hiring

import (
	"slices"
	"time"
)

// latest returns when something owed is looked at again at the latest, as of
// now: no reminder, snooze or due time explains more.
func (l Ladder) latest(work WorkTime, o Owed, now time.Time) time.Time {
	if !o.PausedAt.IsZero() {
		return never
	}
	at := later(later(l.firstOf(o, work), l.next(work, now)), o.SnoozedUntil)
	if now.Before(o.RemindFrom()) {
		return at
	}
	return later(at, l.first(work, o.DueAt)) // what was reminded of beforehand waits until it is late
}

// looked says whether something owed is to be looked at by now. What is set for
// later than it can be was set while the clock was ahead.
func (l Ladder) looked(work WorkTime, o Owed, now time.Time) bool {
	return !o.NudgeAt.After(now) || o.NudgeAt.After(l.latest(work, o, now))
}

// SetRight decides what becomes of what a person owes when the clock was ahead
// and is right again: what was put off by a sweep of then is looked at in its
// time. It returns [ErrNothing] when nothing was.
func SetRight(r Record, s Settings, u UserID, now time.Time) (Change, error) {
	owed, err := r.OwedBy(u)
	if err != nil {
		return Change{}, err
	}
	p, err := r.Person(u)
	if err != nil {
		return Change{}, err
	}
	work := s.WorkTime(p)
	var c Change
	for _, o := range owed {
		if o.NudgeAt.After(s.latest(work, o, now)) {
			o.NudgeAt = later(s.firstOf(o, work), now)
			c.Owe = append(c.Owe, o)
		}
	}
	if c.Empty() {
		return Change{}, ErrNothing
	}
	return c, nil
}

// Owing returns who owes anything that is not paused.
func Owing(r Record) ([]UserID, error) { return r.Due(never.Add(-1)) }

// SetRight returns the notice as it is to be sent by now, where it was written by
// a clock that was ahead: at once where it was to go at once, and weeks earlier
// where the clock was ahead by weeks and it was to wait for a few days. It is
// false when nothing changes. When it was written stays: others know it by that.
//
// What waits for an interview is left alone, for that is no matter of the clock,
// and so are digests and their previews, which are planned anew.
func (n Notice) SetRight(now time.Time) (_ Notice, changed bool) {
	for i, part := range n.Parts {
		if part, moved := part.SetRight(now); moved {
			if !changed {
				n.Parts = slices.Clone(n.Parts)
			}
			n.Parts[i], changed = part, true
		}
	}
	const week = LongestPause
	wait, weeks := n.NotBefore.Sub(n.CreatedAt), n.CreatedAt.Sub(now).Truncate(week)
	switch {
	case !n.CreatedAt.After(now) || wait < 0 || n.Kind == Digest || n.Kind == Preview:
		return n, changed
	case wait == 0:
		n.NotBefore = now
	case wait < week && weeks > 0 && n.Kind != Prepare && n.Kind != AskFeedback:
		n.NotBefore = n.NotBefore.Add(-weeks) // to the same hour of a working day
	default:
		return n, changed
	}
	return n, true
}
