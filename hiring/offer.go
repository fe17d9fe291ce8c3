package hiring

// OfferEnd says how an offer ended.
type OfferEnd string

// The ends of offers.
const (
	Accepted  OfferEnd = "accepted"
	Declined  OfferEnd = "declined"
	Expired   OfferEnd = "expired"    // no answer in time
	Renounced OfferEnd = "renounced"  // withdrawn by the candidate after accepting
	TakenBack OfferEnd = "taken back" // by us
)

// OfferEnds lists every end, in the order forms show them.
func OfferEnds() []OfferEnd { return []OfferEnd{Accepted, Declined, Expired, TakenBack, Renounced} }

// Outcome returns how the process ends with the offer.
func (e OfferEnd) Outcome() Outcome {
	switch e {
	case Accepted:
		return Hired
	case TakenBack:
		return Rejected
	default:
		return Withdrawn
	}
}

// offerEnd returns how an offer ends with the process: an offer that nobody
// says more of was accepted, declined or taken back. It is none when the
// candidate was not in the offer stage and is not hired.
func (c Candidate) offerEnd(outcome Outcome) OfferEnd {
	switch {
	case outcome == Hired:
		return Accepted
	case c.Stage != StageOffer:
		return ""
	case outcome == Rejected:
		return TakenBack
	default:
		return Declined
	}
}

// EndOffer ends a candidate's process with the offer. A candidate who is hired
// can only renounce; that frees the opening. It returns [FieldErrors].
func (a Act) EndOffer(id CandidateID, end OfferEnd, reason string, told bool) (Candidate, Change, error) {
	if end == Renounced {
		return a.renounce(id, reason)
	}
	c, err := a.Record.Candidate(id)
	switch {
	case err != nil:
		return Candidate{}, Change{}, err
	case end.Outcome() == Withdrawn && end != Declined && end != Expired:
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("Choose what happened.")}
	case c.Stage != StageOffer && end != Accepted:
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("%v has no offer. Move them to the offer first.", id)}
	}
	return a.close(id, end.Outcome(), end, reason, told)
}

// renounce takes a hire back that the candidate withdrew from.
func (a Act) renounce(id CandidateID, reason string) (Candidate, Change, error) {
	r, c, err := a.owned(id)
	errs := FieldErrors{}
	tooLong(errs, FieldReason, reason, MaxText)
	switch {
	case err != nil:
		return Candidate{}, Change{}, err
	case c.Outcome != Hired:
		return Candidate{}, Change{}, Errorf("%v is not hired, so there is nothing to withdraw from.", id)
	case reason == "":
		errs[FieldReason] = Errorf("Write the reason in a line: it is what you learn from later.")
	}
	if err := errs.OrNil(); err != nil {
		return Candidate{}, Change{}, err
	}
	e := Event{
		Kind: OfferRenounced, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, From: c.Stage, Source: c.Source, Outcome: Withdrawn, Offer: Renounced,
	}
	c = c.After(e)
	c.Reason = reason
	change := Change{Candidates: []Candidate{c}, Events: []Event{e}}
	change.refreshRole(r.ID)
	change.refreshOn(r, c)
	err = a.freeOpening(&change, &r)
	return c, change, err
}

// opening returns the lowest opening of the role that nobody has taken.
func (a Act) opening(r Role) (int, error) {
	all, err := a.Record.CandidatesOf(r.ID)
	if err != nil {
		return 0, err
	}
	return freeOpenings(all)(), nil
}

// freeOpenings returns what gives out openings that nobody has taken, the
// lowest first.
func freeOpenings(all []Candidate) func() int {
	taken, n := make(map[int]bool), 0
	for _, c := range all {
		if c.Outcome == Hired {
			taken[c.Opening] = true
		}
	}
	return func() int {
		for n++; taken[n]; n++ {
		}
		return n
	}
}
