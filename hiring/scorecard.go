package hiring

import "slices"

// given returns feedback that the person may fill in. It returns an [Error]
// that says why they may not.
func (a Act) given(key FeedbackKey) (Feedback, Role, error) {
	f, err := a.Record.Feedback(key)
	if err != nil {
		return Feedback{}, Role{}, err
	}
	if key.Interviewer != a.By.ID {
		return Feedback{}, Role{}, Errorf("This feedback is asked of %v; only they can give it.", key.Interviewer)
	}
	r, err := a.Record.Role(f.Role)
	if err != nil || f.Status != Submitted {
		return f, r, err
	}
	c, err := a.Record.Candidate(key.Candidate)
	if err != nil {
		return Feedback{}, Role{}, err
	}
	return f, r, c.mendable(f)
}

// mendable says whether feedback that was given may still be changed: until
// something was decided on it.
func (c Candidate) mendable(f Feedback) error {
	decided := slices.ContainsFunc(c.Journey, func(m Move) bool { return m.From == f.Stage && !m.At.Before(f.SubmittedAt) }) ||
		slices.ContainsFunc(c.Decisions, func(d Decision) bool {
			return d.Stage == f.Stage && d.Verdict != TalkFirst && !d.At.Before(f.SubmittedAt)
		})
	if c.Outcome != Active || decided {
		return Errorf("What you wrote about %v has been decided on, so it stays as it is. Write to the owners if something is wrong.", c.ID)
	}
	return nil
}

// FillIn returns feedback that the person may give or mend now, or an [Error]
// that says why not.
func (a Act) FillIn(key FeedbackKey) (Feedback, error) {
	f, _, err := a.given(key)
	return f, err
}

// KeepDraft keeps what a person has filled in so far, so that closing the form
// loses nothing. A scorecard that was given keeps none.
func (a Act) KeepDraft(key FeedbackKey, s Scorecard) (Change, error) {
	f, r, err := a.given(key)
	if err != nil || f.Status == Submitted {
		return Change{}, err
	}
	brief, _ := r.Revision(f.Revision)
	f.Draft = s.fitted(len(brief.Terms.MustHaves))
	return Change{Feedback: []Feedback{f}}, nil
}

// SubmitFeedback records an interviewer's scorecard, or a better one in the
// place of that given before, which is kept. It is taken also when the request
// was excused meanwhile: what a person wrote is not thrown away. It returns
// [FieldErrors].
func (a Act) SubmitFeedback(key FeedbackKey, s Scorecard) (Feedback, Change, error) {
	f, r, err := a.given(key)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	brief, _ := r.Revision(f.Revision)
	s = s.fitted(len(brief.Terms.MustHaves))
	if err := s.check(); err != nil {
		return Feedback{}, Change{}, err
	}
	mended := f.Status == Submitted
	if mended {
		f.Earlier = append(slices.Clip(f.Earlier), Version{At: f.SubmittedAt, Scorecard: f.Scorecard})
	}
	f.Status, f.SubmittedAt, f.Scorecard, f.Draft, f.Offered = Submitted, a.Now, s, Scorecard{}, ""
	subject := FeedbackSubject(f.Role, key)
	change := Change{
		Feedback: []Feedback{f}, Settled: []Subject{subject}, Refresh: []Subject{subject},
		Events: []Event{{
			Kind: FeedbackSubmitted, At: a.Now, By: a.By.ID, Role: f.Role, Revision: f.Revision, Candidate: key.Candidate, To: key.Stage, Person: a.By.ID,
		}},
	}
	if mended {
		change.Events[0].Kind = FeedbackMended
		change.Refresh = append(change.Refresh, DecisionSubject(r.ID, key.Candidate, key.Stage, r.Decides())) // the debrief shows it
		return f, change, nil
	}
	if err := a.refreshFeedback(&change, key.Candidate); err != nil {
		return Feedback{}, Change{}, err
	}
	c, err := a.Record.Candidate(key.Candidate)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	c = a.tookPlace(&change, c, f)
	if err := a.nextHeld(&change, r, c, key.Stage); err != nil {
		return Feedback{}, Change{}, err
	}
	debriefed, err := a.debrief(&change, c, key.Stage)
	if r.Recruiter != a.By.ID && !debriefed { // a debrief says it, too
		change.Notices = append(change.Notices, Notice{
			Kind: TellFeedback, User: r.Recruiter, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
		})
	}
	return f, change, err
}

// refreshFeedback keeps the messages that feedback is in current, and those
// that rest on it: they say how many of the panel have answered, and those that
// held it back from somebody who owed their own may show it now.
func (a Act) refreshFeedback(change *Change, id CandidateID) error {
	all, err := a.Record.FeedbackOn(id)
	if err != nil || len(all) == 0 {
		return err
	}
	r, err := a.Record.Role(all[0].Role)
	if err != nil {
		return err
	}
	var stages []StageID
	for _, f := range all {
		if f.Status == Submitted {
			stages = append(stages, f.Stage)
			change.Refresh = append(change.Refresh, FeedbackSubject(f.Role, f.FeedbackKey))
		}
	}
	slices.Sort(stages)
	for _, s := range slices.Compact(stages) {
		change.Refresh = append(change.Refresh, DecisionSubject(r.ID, id, s, r.Decides()))
	}
	return nil
}

// fitted returns the scorecard with n ratings and as many pieces of evidence.
func (s Scorecard) fitted(n int) Scorecard {
	ratings, evidence := make([]Rating, n), make([]string, n)
	for i := range n {
		ratings[i] = Unrated
		if i < len(s.Ratings) {
			ratings[i] = s.Ratings[i]
		}
	}
	copy(evidence, s.Evidence)
	s.Ratings, s.Evidence = ratings, evidence
	return s
}

func (s Scorecard) check() error {
	errs := FieldErrors{}
	for i, rating := range s.Ratings {
		if !slices.Contains(Ratings(), rating) {
			errs[RatingField(i)] = Errorf("Choose a rating, or “not assessed”.")
		}
		tooLong(errs, EvidenceField(i), s.Evidence[i], MaxEvidence)
	}
	if !slices.Contains(Recommendations(), s.Recommendation) {
		errs[FieldRecommendation] = Errorf("Choose what you would do.")
	}
	tooLong(errs, FieldNote, s.Note, MaxText)
	tooLong(errs, FieldProbe, s.Probe, MaxEvidence)
	return errs.OrNil()
}
