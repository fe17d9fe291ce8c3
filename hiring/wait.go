package hiring

import (
	"slices"
	"time"
)

// waitAgain works out anew what a candidate waits for, from their record: an
// answer on whether to meet them, word on an interview, a decision or the next
// step. What was owed already keeps its place on the ladder.
func (a Act) waitAgain(change *Change, r Role, c Candidate) error {
	owed, err := a.Record.OwedIn(r.ID)
	if err != nil {
		return err
	}
	from := len(change.Owe)
	if err := a.settleSteps(change, r, c); err != nil {
		return err
	}
	if c.Outcome == Active {
		if err := a.wait(change, r, c); err != nil {
			return err
		}
	}
	for n := from; n < len(change.Owe); n++ {
		o := &change.Owe[n]
		i := slices.IndexFunc(owed, func(before Owed) bool { return before.Subject == o.Subject })
		if i >= 0 && owed[i].Nudges > 0 && o.Subject.Kind != AboutReply && o.Subject.Kind != AboutFeedback {
			o.Nudges, o.Told, o.Snoozed, o.SnoozedUntil = owed[i].Nudges, owed[i].Told, owed[i].Snoozed, owed[i].SnoozedUntil
			o.NudgeAt = later(o.NudgeAt, owed[i].NudgeAt)
		}
	}
	return nil
}

// waitAfresh lets people owe again what a role's candidates wait for, once it is
// opened again. All of the time is left from then on: nobody is late with what
// nobody was to do meanwhile. An offer is open since it was made.
func (a Act) waitAfresh(change *Change, r Role) error {
	active, err := a.Record.ActiveIn(r.ID)
	if err != nil {
		return err
	}
	from := len(change.Owe)
	for _, c := range active {
		if err := a.waitAgain(change, r, c); err != nil {
			return err
		}
	}
	return a.resumeSince(change.Owe[from:], time.Time{})
}

// resumeSince lets what is owed anew have the working time that was left of it at
// a moment since when nobody was to do it; all of it where it began later. What
// begins now has its time anyway, an offer is open since it was made, and what
// rests in a pause goes on after it.
func (a Act) resumeSince(owe []Owed, since time.Time) error {
	for n := range owe {
		o := &owe[n]
		if o.Subject.Kind == AboutOffer || !o.PausedAt.IsZero() || !o.Since.Before(a.Now) {
			continue
		}
		work, err := a.workTime(o.Person())
		if err != nil {
			return err
		}
		o.pause(since)
		o.resume(work, a.Settings.Ladder, a.Now)
	}
	return nil
}

// wait notes what an active candidate waits for in their stage.
func (a Act) wait(change *Change, r Role, c Candidate) error {
	if err := a.watchOffer(change, r, c); err != nil {
		return err
	}
	if c.LookWaits() {
		if err := a.owes(change, r, LookSubject(r.ID, c.ID, r.HiringManager), c.Look.ProposedAt, a.Settings.LookDue); err != nil {
			return err
		}
	}
	in, asked, last, err := a.answers(*change, c)
	if err != nil {
		return err
	}
	since := c.Since()
	for _, i := range c.Interviews {
		if i.Stage == c.Stage && i.Stands() {
			since = later(since, i.End())
		}
	}
	if err := a.askHeld(change, r, c, c.Stage); err != nil {
		return err
	}
	decision := DecisionSubject(r.ID, c.ID, c.Stage, r.Decides())
	switch d, decided := c.decided(); {
	case decided && d.Verdict == Advance:
		return a.owesNext(change, r, c, d.At)
	case decided:
		return a.owes(change, r, decision, d.At, a.Settings.DecisionDue)
	case in > 0 && asked == 0:
		return a.owes(change, r, decision, last, a.Settings.DecisionDue)
	default:
		return a.awaitStep(change, r, c, since)
	}
}

// answers counts the feedback on a candidate at their stage, as it is after a
// change: what is in, when the last came, and what is still asked for.
func (a Act) answers(change Change, c Candidate) (in, asked int, last time.Time, err error) {
	before, err := a.Record.FeedbackOn(c.ID)
	for _, f := range latest(before, change.Feedback) {
		switch {
		case f.FeedbackKey.Candidate != c.ID || f.Stage != c.Stage:
		case f.Status == Submitted:
			in, last = in+1, later(last, f.SubmittedAt)
		case f.Status == Requested:
			asked++
		}
	}
	return in, asked, last, err
}

// decided returns the last decision on the stage that a candidate is in; false
// when there is none since they entered it.
func (c Candidate) decided() (Decision, bool) {
	for _, d := range slices.Backward(c.Decisions) {
		if d.Stage == c.Stage && !d.At.Before(c.Since()) {
			return d, true
		}
	}
	return Decision{}, false
}

// goesOn says whether it is decided that a candidate goes on from the stage
// that they are in.
func (c Candidate) goesOn() bool {
	d, decided := c.decided()
	return decided && d.Verdict == Advance
}
