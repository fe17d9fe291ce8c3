package hiring

import (
	"slices"
	"time"
)

// LastWord is what was last said to somebody on a panel about a change to an
// interview.
type LastWord struct {
	To    UserID
	Start time.Time // when they interview by it; zero when they do not
	At    time.Time // when the change was made
}

// tell notes what somebody was told last.
func (i *Interview) tell(last LastWord) {
	i.Told = append(slices.DeleteFunc(slices.Clone(i.Told), func(t LastWord) bool { return t.To == last.To }), last)
}

// Overtaken says whether its reader was told of a later change than a notice
// tells of: it makes the older one no more than a note of how it is.
func (i Interview) Overtaken(n Notice) bool {
	return slices.ContainsFunc(i.Told, func(t LastWord) bool { return t.To == n.User && t.At.After(n.CreatedAt) })
}

// Meets returns when somebody talks with a candidate in their n-th interview,
// from 0; zero when they do not: it is called off, it is others', or the
// process or the role ended before it.
func (c Candidate) Meets(r Role, n int, u UserID) time.Time {
	i := c.Interviews[n]
	switch {
	case i.Status == CalledOff, !slices.Contains(i.Panel, u),
		c.Outcome != Active && c.ClosedAt.Before(i.Start),
		r.Status == Cancelled && r.ClosedAt.Before(i.Start):
		return time.Time{}
	default:
		return i.Start
	}
}

// tellPanels tells who interviews a candidate, or did until now, what a change
// makes of that: nobody is notified when a message is edited that they have
// read. Who had said why they are not there knows that they are off, and who
// still is need not hear.
func (a Act) tellPanels(change *Change, former, r Role, before Candidate, c *Candidate) error {
	on, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	after, changed := latest(on, change.Feedback), false
	for n, i := range before.Interviews {
		for _, u := range distinct(slices.Concat(i.Panel, c.Interviews[n].Panel)) {
			key := FeedbackKey{Candidate: c.ID, Stage: i.Stage, Interviewer: u}
			was, is, off, stays := before.Meets(former, n, u), c.Meets(r, n, u), excusedFrom(on, key), excusedFrom(after, key)
			back := off && !stays && !is.IsZero()
			if was.Equal(is) && !back {
				continue
			}
			changed = true
			if stays {
				continue
			}
			if back {
				was = time.Time{}
				c.Interviews = slices.Clone(c.Interviews)
				c.Interviews[n].tell(LastWord{To: u, At: a.Now}) // by themselves
			}
			if err := a.tellInterviewer(change, r, c, n, LastWord{To: u, Start: was}); err != nil {
				return err
			}
		}
	}
	if !changed {
		return nil
	}
	return a.refreshPanels(change, c.ID)
}

// excusedFrom says whether feedback was excused in words: somebody was not there,
// or was not to be.
func excusedFrom(feedback []Feedback, key FeedbackKey) bool {
	return slices.ContainsFunc(feedback, func(f Feedback) bool {
		return f.FeedbackKey == key && f.Status == Excused && f.Excuse != ""
	})
}

// tellInterviewer tells one of them, when it matters: they were told of a
// change to this interview before, or it was or is within a working day. Of
// several changes before they read any, they hear of the last. Who is newly on
// the panel prepares in time and needs no other word.
func (a Act) tellInterviewer(change *Change, r Role, c *Candidate, n int, knows LastWord) error {
	i, u, is := c.Interviews[n], knows.To, c.Meets(r, n, knows.To)
	subject := FeedbackSubject(r.ID, FeedbackKey{Candidate: c.ID, Stage: i.Stage, Interviewer: u})
	knows, told, err := a.lastTold(change, i, n, subject, knows)
	if err != nil {
		return err
	}
	work, err := a.workTime(u)
	if err != nil {
		return err
	}
	near := func(at time.Time) bool { return !at.IsZero() && !at.After(work.AddDays(a.Now, 1)) }
	over := !later(knows.Start, is).Add(i.Length).After(a.Now)
	if !told && (over || knows.Start.IsZero() || !near(knows.Start) && !near(is)) {
		return nil
	}
	c.Interviews = slices.Clone(c.Interviews)
	if over { // what they know stays what they know
		c.Interviews[n].tell(LastWord{u, knows.Start, a.Now})
		return nil
	}
	c.Interviews[n].tell(LastWord{u, is, a.Now})
	if u != a.By.ID && !knows.Start.Equal(is) {
		a.tellChange(change, work, n, Notice{Kind: TellInterview, User: u, Subjects: []Subject{subject}, Was: knows.Start}, is)
	}
	return nil
}

// lastTold returns what somebody knows of a candidate's n-th interview, and
// whether that is because they were told, or did it themselves. What they have
// not read yet is dropped, and does not count.
func (a Act) lastTold(change *Change, i Interview, n int, subject Subject, knows LastWord) (LastWord, bool, error) {
	last := slices.IndexFunc(i.Told, func(t LastWord) bool { return t.To == knows.To })
	told := last >= 0
	if told {
		knows = i.Told[last]
	}
	waiting, err := a.Record.NoticesTo(Conversation{User: knows.To})
	for _, w := range waiting {
		if w.Step != n+1 || !slices.Equal(w.Subjects, []Subject{subject}) || w.Kind != TellInterview && w.Kind != Prepare {
			continue
		}
		if !i.Overtaken(w) { // else they did something themselves since
			knows.Start, told = w.Was, true
		}
		change.Dropped = append(change.Dropped, w.ID)
	}
	return knows, told, err
}

// tellChange queues such a notice about a candidate's n-th interview, from 0.
// It comes in working hours, but no later than the panel prepares. Who is to
// prepare by then anyhow hears it with that.
func (a Act) tellChange(change *Change, work WorkTime, n int, told Notice, is time.Time) {
	first := told.Was
	if first.IsZero() || !is.IsZero() && is.Before(first) {
		first = is
	}
	told.Step, told.CreatedAt = n+1, a.Now
	told.NotBefore = later(a.Now, earlier(work.Next(a.Now), work.Before(first, PrepareTime)))
	for at, p := range change.Notices {
		if p.Kind == Prepare && p.User == told.User && slices.Equal(p.Subjects, told.Subjects) && !p.NotBefore.After(told.NotBefore) {
			change.Notices[at].Step, change.Notices[at].Was = told.Step, told.Was
			return
		}
	}
	change.Notices = append(change.Notices, told)
}

// refreshPanels keeps current what a candidate's interviewers were told of
// their interviews, also those who interview no more: it says who does.
func (a Act) refreshPanels(change *Change, id CandidateID) error {
	on, err := a.Record.FeedbackOn(id)
	for _, f := range on {
		if f.Status != Submitted {
			change.Refresh = append(change.Refresh, FeedbackSubject(f.Role, f.FeedbackKey))
		}
	}
	return err
}
