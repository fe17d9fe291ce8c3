package hiring

import "time"

// Engage records the first contact with a candidate: the first reply or the
// first call of somebody we wrote to, the first contact by a human with
// somebody who wrote to us. Automatic replies never count.
func (a Act) Engage(id CandidateID) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	if at := c.Engaged(r.Plan()); !at.IsZero() {
		return Candidate{}, Change{}, Errorf("The first contact with %v was on %v already.", id, at)
	}
	var change Change
	a.engage(&change, &c)
	change.Candidates = []Candidate{c}
	return c, change, nil
}

// engage notes a first contact, unless there was one.
func (a Act) engage(change *Change, c *Candidate) {
	if !c.EngagedAt.IsZero() {
		return
	}
	c.EngagedAt = a.Now
	change.Events = append(change.Events, Event{Kind: CandidateEngaged, At: a.Now, By: a.By.ID, Role: c.Role, Candidate: c.ID, Source: c.Source})
}

// Engaged returns when the first contact with a candidate was: as recorded, or
// the first interview held, or the first step that cannot be taken without
// one, whichever came first. It is zero while there was none.
func (c Candidate) Engaged(plan Plan) time.Time {
	first := c.EngagedAt
	at := func(t time.Time) {
		if first.IsZero() || t.Before(first) {
			first = t
		}
	}
	for _, i := range c.Interviews {
		if i.Status == TookPlace {
			at(i.Start)
		}
	}
	for _, m := range c.Journey {
		switch {
		case m.To == StageOffer, m.To == StageHired:
			at(m.At)
		case m.From == StageScreen && plan.Index(m.To) > plan.Index(StageScreen):
			at(m.At)
		case c.assumed(plan, m):
			at(m.At)
		}
	}
	return first
}

// Interviewed says whether a candidate was in an interview of the stage that
// was held. Where nothing is on record of any, as after an import, going on
// from the stage says so.
func (c Candidate) Interviewed(plan Plan, stage StageID) bool {
	for _, i := range c.Interviews {
		if i.Stage == stage && i.Status == TookPlace {
			return true
		}
	}
	for _, m := range c.Journey {
		if m.From == stage && c.assumed(plan, m) {
			return true
		}
	}
	return false
}

// assumed says whether a move onwards from an interview is all that says that
// it was held.
func (c Candidate) assumed(plan Plan, m Move) bool {
	from := plan.Index(m.From)
	if from < 0 || plan[from].Kind != KindInterview || plan.Index(m.To) <= from {
		return false
	}
	for _, i := range c.Interviews {
		if i.Stage == m.From {
			return false
		}
	}
	return true
}
