package hiring

import "slices"

// tellsOf says whether feedback tells of an interview: it was given once that
// had begun, by one of its panel. Feedback of somebody who is on no panel of
// the stage tells of all its interviews.
func (c Candidate) tellsOf(f Feedback, i Interview) bool {
	seated := slices.ContainsFunc(c.Interviews, func(other Interview) bool {
		return other.Stage == f.Stage && slices.Contains(other.Panel, f.Interviewer)
	})
	return f.Status == Submitted && f.Stage == i.Stage && !f.SubmittedAt.Before(i.Start) && (!seated || slices.Contains(i.Panel, f.Interviewer))
}

// Unsaid says whether nobody has said yet if a candidate's n-th interview, from
// 0, took place: neither the recruiter nor any feedback on it.
func (c Candidate) Unsaid(n int, on []Feedback) bool {
	i := c.Interviews[n]
	return i.Status == Planned && !slices.ContainsFunc(on, func(f Feedback) bool { return c.tellsOf(f, i) })
}

// FirstUnsaid returns which of a stage's interviews is the first of which
// nobody has said yet if it took place. The recruiter is asked of one at a time,
// and not of those before the candidate came back to the stage.
func (c Candidate) FirstUnsaid(stage StageID, on []Feedback) (first int, ok bool) {
	for n, i := range c.Interviews {
		left := slices.ContainsFunc(c.Journey, func(m Move) bool { return m.From == stage && !m.At.Before(i.End()) })
		if i.Stage != stage || !c.Unsaid(n, on) || left && c.Stage == stage {
			continue
		}
		if !ok || i.Start.Before(c.Interviews[first].Start) {
			first, ok = n, true
		}
	}
	return first, ok
}

// askHeld has the recruiter owe word on the first interview of a stage that
// needs it, as the change leaves them. What is owed on it already keeps its
// place on the ladder.
func (a Act) askHeld(change *Change, r Role, c Candidate, stage StageID) error {
	owed, err := a.Record.OwedIn(r.ID)
	if err != nil {
		return err
	}
	before, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	subject := HeldSubject(r.ID, c.ID, stage, r.Recruiter)
	n, ok := c.FirstUnsaid(stage, latest(before, change.Feedback))
	asked := func(o Owed) bool { return ok && o.Subject == subject && o.Since.Equal(c.Interviews[n].End()) }
	if slices.ContainsFunc(owed, asked) && !slices.Contains(change.Settled, subject) {
		return nil
	}
	change.settle(subject)
	if !ok {
		return nil
	}
	return a.owes(change, r, subject, c.Interviews[n].End(), a.Settings.HeldDue)
}

// nextHeld has the recruiter owe word on a stage's next interview once there is
// word on another, unless nothing was owed: then nobody asks any more.
func (a Act) nextHeld(change *Change, r Role, c Candidate, stage StageID) error {
	owed, err := a.Record.OwedIn(r.ID)
	subject := HeldSubject(r.ID, c.ID, stage, r.Recruiter)
	if err != nil || !slices.ContainsFunc(owed, func(o Owed) bool { return o.Subject == subject }) {
		return err
	}
	return a.askHeld(change, r, c, stage)
}

// tookPlace returns the candidate after feedback came in: the interviews that
// it tells of took place.
func (a Act) tookPlace(change *Change, c Candidate, f Feedback) Candidate {
	c.Interviews = slices.Clone(c.Interviews)
	for n, i := range c.Interviews {
		if i.Status == Planned && !i.End().After(a.Now) && c.tellsOf(f, i) {
			c.Interviews[n].Status = TookPlace
			change.Events = append(change.Events, a.interviewEvent(InterviewHeld, c, i))
			change.Candidates = []Candidate{c}
		}
	}
	return c
}
