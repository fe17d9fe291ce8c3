package hiring

import (
	"slices"
	"time"
)

// Step is one dated step of a candidate's way: the addition, a move, or the
// end of the process; or the first contact, beside it.
type Step struct {
	Kind     EventKind // CandidateAdded, CandidateMoved, CandidateClosed or CandidateEngaged
	At       time.Time
	From, To StageID // to is empty for an end, from for the addition
	Outcome  Outcome // of the end
}

// Steps returns a candidate's way so far, oldest first.
func (c Candidate) Steps() []Step {
	var steps []Step
	for i, m := range c.Journey {
		s := Step{Kind: CandidateMoved, At: m.At, From: m.From, To: m.To}
		if i == 0 {
			s.Kind = CandidateAdded
		}
		if m.To != StageHired {
			steps = append(steps, s)
		}
	}
	if c.Outcome != Active && len(steps) > 0 {
		steps = append(steps, Step{Kind: CandidateClosed, At: c.ClosedAt, From: steps[len(steps)-1].To, Outcome: c.Outcome})
	}
	return steps
}

// Recorded returns what can be corrected of a candidate: the steps of their way
// and, last, the first contact, when somebody recorded it.
func (c Candidate) Recorded() []Step {
	steps := c.Steps()
	if !c.EngagedAt.IsZero() {
		steps = append(steps, Step{Kind: CandidateEngaged, At: c.EngagedAt})
	}
	return steps
}

// After returns the candidate as an event leaves them. Source, stage, journey,
// interviews, the first contact, outcome and their dates follow from a
// candidate's events alone, taken in the order of writing; everything else
// stays as it is. Corrections count: what
// was undone is gone, what was dated differently has its new date.
func (c Candidate) After(e Event) Candidate {
	switch e.Kind {
	case CandidateAdded:
		c.ID, c.Role, c.Source, c.Stage, c.Outcome = e.Candidate, e.Role, e.Source, e.To, Active
		c.AddedBy, c.AddedAt, c.ClosedAt = e.By, e.At, time.Time{}
		c.Journey = []Move{{At: e.At, To: e.To, By: e.By}}
	case CandidateMoved:
		c.Journey = append(slices.Clip(c.Journey), Move{At: e.At, From: c.Stage, To: e.To, By: e.By})
		c.Stage = e.To
	case CandidateClosed:
		c.Outcome, c.Offer, c.Opening, c.ClosedAt = e.Outcome, e.Offer, e.Number, e.At
		if e.Outcome == Hired {
			c.Journey = append(slices.Clip(c.Journey), Move{At: e.At, From: c.Stage, To: StageHired, By: e.By})
			c.Stage = StageHired
		}
	case OfferRenounced:
		return c.renounced(e)
	case CandidateEngaged:
		c.EngagedAt = e.At
	case CandidateCorrected:
		return c.corrected(e)
	default:
		return c.met(e)
	}
	return c
}

// renounced returns a candidate who was hired after they withdrew from it: they
// came as far as the offer.
func (c Candidate) renounced(e Event) Candidate {
	c.Outcome, c.Offer, c.Opening, c.ClosedAt = e.Outcome, e.Offer, 0, e.At
	last := len(c.Journey) - 1
	if c.Journey = slices.Clone(c.Journey); c.Journey[last].From == StageOffer {
		c.Journey = c.Journey[:last]
	} else {
		c.Journey[last].To = StageOffer
	}
	c.Stage = StageOffer
	return c
}

// met returns the candidate after what happened to one of their interviews.
func (c Candidate) met(e Event) Candidate {
	status, n := Planned, e.Number-1
	switch e.Kind {
	case InterviewPlanned:
		c.Interviews = append(slices.Clip(c.Interviews), Interview{Stage: e.To, Start: e.Since, Panel: listOf[UserID](e.People)})
		return c
	case InterviewMoved, InterviewTakenOver:
	case InterviewCancelled:
		status = CalledOff
	case InterviewMissed:
		status = NoShow
	case InterviewHeld:
		status = TookPlace
	default:
		return c
	}
	if n < 0 || n >= len(c.Interviews) {
		return c
	}
	c.Interviews = slices.Clone(c.Interviews)
	switch i := &c.Interviews[n]; e.Kind {
	case InterviewTakenOver:
		i.Panel = listOf[UserID](e.People)
	case InterviewMoved:
		i.Start, i.Panel, i.Status = e.Since, listOf[UserID](e.People), status
	default:
		i.Status = status
	}
	return c
}

// corrected returns the candidate after a correction. One that names a step
// they have not taken changes nothing.
func (c Candidate) corrected(e Event) Candidate {
	if e.Corrects == CandidateEngaged {
		if c.EngagedAt.Equal(e.Was) {
			c.EngagedAt = e.Is
		}
		return c
	}
	steps := c.Steps()
	n := slices.IndexFunc(steps, func(s Step) bool {
		return s.Kind == e.Corrects && s.At.Equal(e.Was) && s.To == e.To && s.Outcome == e.Outcome
	})
	if n < 0 {
		return c
	}
	undone, last := e.Is.IsZero(), len(c.Journey)-1
	c.Journey = slices.Clone(c.Journey)
	switch {
	case e.Corrects == CandidateClosed && undone:
		if c.Outcome == Hired {
			c.Journey = c.Journey[:last]
		}
		c.Outcome, c.Offer, c.Opening, c.ClosedAt = Active, "", 0, time.Time{}
	case e.Corrects == CandidateClosed:
		if c.ClosedAt = e.Is; c.Outcome == Hired {
			c.Journey[last].At = e.Is
		}
	case undone:
		if c.Journey = slices.Delete(c.Journey, n, n+1); n < len(c.Journey) {
			c.Journey[n].From = c.Journey[n-1].To
		}
	default:
		if c.Journey[n].At = e.Is; n == 0 {
			c.AddedAt = e.Is
		}
	}
	c.Stage = c.Journey[len(c.Journey)-1].To
	return c
}
