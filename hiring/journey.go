package hiring

import (
	"slices"
	"time"
)

// Applicant is a candidate as somebody adds them.
type Applicant struct {
	Name   string
	Source Source
	Link   string
}

// AddCandidate puts a candidate into the role's first stage. It returns
// [FieldErrors].
func (a Act) AddCandidate(id RoleID, p Applicant) (Candidate, Change, error) {
	r, err := a.open(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	errs := FieldErrors{}
	if p.Name == "" {
		errs[FieldName] = Errorf("Write the candidate's name.")
	}
	tooLong(errs, FieldName, p.Name, MaxName)
	tooLong(errs, FieldLink, p.Link, MaxText)
	if !slices.Contains(Sources(), p.Source) {
		errs[FieldSource] = Errorf("Choose where the candidate came from.")
	}
	if err := errs.OrNil(); err != nil {
		return Candidate{}, Change{}, err
	}
	c := Candidate{
		ID: a.Record.NextCandidate(), Role: r.ID, Name: p.Name, Source: p.Source, Link: p.Link,
		Stage: StageSourced, Outcome: Active, AddedBy: a.By.ID, AddedAt: a.Now,
		Journey: []Move{{At: a.Now, To: StageSourced, By: a.By.ID}},
	}
	return c, Change{
		Candidates: []Candidate{c},
		Events:     []Event{{Kind: CandidateAdded, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: c.ID, To: c.Stage, Source: c.Source}},
	}, nil
}

// active returns a candidate still in the process and their role, which may
// be filled by now.
func (a Act) active(id CandidateID) (Role, Candidate, error) {
	c, err := a.Record.Candidate(id)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	r, err := a.role(c.Role)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	if c.Outcome != Active {
		return Role{}, Candidate{}, Errorf("%v is no longer in the process of %v.", id, r.ID)
	}
	return r, c, nil
}

// Move takes a candidate to another stage of the plan. Moving into an
// interview needs the interview and asks its panel for feedback. It returns
// [FieldErrors].
func (a Act) Move(id CandidateID, to StageID, meeting Interview) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err == nil {
		err = r.Hiring()
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	plan := r.Plan()
	stage, ok := plan.Stage(to)
	switch {
	case !ok || to == StageHired:
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("That is not a stage of %v.", r.ID)}
	case to == c.Stage:
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("%v is in this stage already.", id)}
	case r.Status == Paused:
		return Candidate{}, Change{}, Errorf("Role %v is paused. Let it go on first: open its brief.", r.ID)
	case r.Status == Drafting && !r.Waived() && plan.Index(to) > plan.Index(StageScreen):
		return Candidate{}, Change{}, FieldErrors{FieldStage: Errorf("The brief of %v is not signed by both yet. Until it is, candidates wait in screen.", r.ID)}
	}
	change := Change{Events: []Event{{
		Kind: CandidateMoved, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, From: c.Stage, To: to, Source: c.Source,
	}}}
	c.Journey = append(slices.Clip(c.Journey), Move{At: a.Now, From: c.Stage, To: to, By: a.By.ID})
	c.Stage = to
	if stage.Kind == KindInterview {
		if err := meeting.check(a.Now); err != nil {
			return Candidate{}, Change{}, err
		}
		meeting.Stage = to
		c.Interviews = append(slices.Clip(c.Interviews), meeting)
		if err := a.requestFeedback(&change, r, c, stage, meeting); err != nil {
			return Candidate{}, Change{}, err
		}
	}
	change.Candidates = []Candidate{c}
	change.Refresh = append(change.Refresh, RoleSubject(r.ID))
	return c, change, nil
}

// Bounds of an interview's time: further away than these is a typing mistake.
const (
	interviewBack  = 60 * 24 * time.Hour
	interviewAhead = 180 * 24 * time.Hour
)

func (i Interview) check(now time.Time) error {
	errs := FieldErrors{}
	switch {
	case i.Start.IsZero():
		errs[FieldInterviewAt] = Errorf("Say when the interview is; feedback is asked for when it ends.")
	case i.Start.Before(now.Add(-interviewBack)):
		errs[FieldInterviewAt] = Errorf("That is more than two months ago. Check the date.")
	case i.Start.After(now.Add(interviewAhead)):
		errs[FieldInterviewAt] = Errorf("That is more than half a year ahead. Check the date.")
	}
	if i.Length <= 0 || i.Length > 8*time.Hour {
		errs[FieldLength] = Errorf("Choose how long the interview takes.")
	}
	return errs.OrNil()
}

// requestFeedback asks everybody on the panel who has not answered yet.
func (a Act) requestFeedback(change *Change, r Role, c Candidate, stage Stage, meeting Interview) error {
	existing, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	for _, u := range stage.Panel {
		key := FeedbackKey{Candidate: c.ID, Stage: stage.ID, Interviewer: u}
		if slices.ContainsFunc(existing, func(f Feedback) bool { return f.FeedbackKey == key && f.Status == Submitted }) {
			continue
		}
		work, err := a.workTime(u)
		if err != nil {
			return err
		}
		due := work.Add(meeting.End(), a.Settings.FeedbackDue)
		subject := FeedbackSubject(r.ID, key)
		change.Feedback = append(change.Feedback, Feedback{
			FeedbackKey: key, Role: r.ID, Revision: r.InForce().Revision, Status: Requested,
			InterviewEnd: meeting.End().UTC(), DueAt: due,
		})
		change.Owe = append(change.Owe, Owed{Subject: subject, Since: meeting.End().UTC(), DueAt: due, NudgeAt: work.Next(due)})
		change.Notices = append(change.Notices, Notice{
			Kind: AskFeedback, User: u, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: work.Next(meeting.End()),
		})
		change.Events = append(change.Events, Event{
			Kind: FeedbackRequested, At: a.Now, By: a.By.ID, Role: r.ID, Revision: r.InForce().Revision, Candidate: c.ID, To: stage.ID, Person: u,
		})
	}
	return nil
}

// Close ends a candidate's process: hired, rejected or withdrawn, the latter
// two with a reason and also when the role is filled. Feedback still owed is
// excused; the last opening taken fills the role. It returns [FieldErrors].
func (a Act) Close(id CandidateID, outcome Outcome, reason string) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	if err := checkClose(r, outcome, reason); err != nil {
		return Candidate{}, Change{}, err
	}
	change := Change{Events: []Event{{
		Kind: CandidateClosed, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, From: c.Stage, Source: c.Source, Outcome: outcome,
	}}}
	c.Outcome, c.Reason, c.ClosedAt = outcome, reason, a.Now
	if outcome == Hired {
		c.Journey = append(slices.Clip(c.Journey), Move{At: a.Now, From: c.Stage, To: StageHired, By: a.By.ID})
		c.Stage = StageHired
		r.Hired++
	}
	change.Candidates = []Candidate{c}
	if err := a.excuse(&change, c); err != nil {
		return Candidate{}, Change{}, err
	}
	if outcome == Hired {
		if err := a.fill(&change, r); err != nil {
			return Candidate{}, Change{}, err
		}
	}
	change.Refresh = append(change.Refresh, RoleSubject(r.ID))
	return c, change, nil
}

func checkClose(r Role, outcome Outcome, reason string) error {
	errs := FieldErrors{}
	switch outcome {
	case Hired:
		if err := r.Hiring(); err != nil {
			return err
		}
		if r.Status == Drafting && !r.Waived() {
			errs[FieldStage] = Errorf("The brief of %v is not signed by both yet, so nobody can be hired on it.", r.ID)
		}
	case Rejected, Withdrawn:
		if reason == "" {
			errs[FieldReason] = Errorf("Write the reason in a line: it is what you learn from later.")
		}
	default:
		errs[FieldStage] = Errorf("Choose what happened.")
	}
	tooLong(errs, FieldReason, reason, MaxText)
	return errs.OrNil()
}

// excuse takes back every open request for feedback on the candidate.
func (a Act) excuse(change *Change, c Candidate) error {
	existing, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	for _, f := range existing {
		if f.Status != Requested {
			continue
		}
		f.Status = Excused
		subject := FeedbackSubject(c.Role, f.FeedbackKey)
		change.Feedback = append(change.Feedback, f)
		change.Settled = append(change.Settled, subject)
		change.Refresh = append(change.Refresh, subject)
		change.Events = append(change.Events, Event{
			Kind: FeedbackExcused, At: a.Now, By: a.By.ID, Role: c.Role, Candidate: c.ID, To: f.Stage, Person: f.Interviewer,
		})
	}
	return nil
}

// fill closes the role when its last opening is taken.
func (a Act) fill(change *Change, r Role) error {
	if r.Hired >= r.InForce().Terms.Openings {
		r.Status, r.ClosedAt = Filled, a.Now
		change.Events = append(change.Events, Event{Kind: RoleFilled, At: a.Now, By: a.By.ID, Role: r.ID})
		change.tell(r.Channel, a.Now, TellFilled, RoleSubject(r.ID))
		if err := a.dropSignOffs(change, r.ID); err != nil {
			return err
		}
	}
	change.Roles = append(change.Roles, r)
	return nil
}

// dropSignOffs takes back every request for a signature or a revision.
func (a Act) dropSignOffs(change *Change, id RoleID) error {
	owed, err := a.Record.OwedIn(id)
	if err != nil {
		return err
	}
	for _, o := range owed {
		if o.Subject.Kind == AboutSignOff || o.Subject.Kind == AboutRevision {
			change.settle(o.Subject)
		}
	}
	return nil
}

// Scorecard is an interviewer's assessment as typed.
type Scorecard struct {
	Ratings        []Rating // one a must-have of the revision the feedback was asked under
	Recommendation Recommendation
	Note           string
}

// SubmitFeedback records an interviewer's scorecard. It is taken also when
// the request was excused meanwhile: what a person wrote is not thrown away.
// It returns [FieldErrors].
func (a Act) SubmitFeedback(key FeedbackKey, s Scorecard) (Feedback, Change, error) {
	f, err := a.Record.Feedback(key)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	if key.Interviewer != a.By.ID {
		return Feedback{}, Change{}, Errorf("This feedback is asked of %v; only they can give it.", key.Interviewer)
	}
	if f.Status == Submitted {
		return Feedback{}, Change{}, Errorf("You have already given your feedback on %v.", key.Candidate)
	}
	r, err := a.Record.Role(f.Role)
	if err != nil {
		return Feedback{}, Change{}, err
	}
	brief, _ := r.Revision(f.Revision)
	if err := s.check(brief); err != nil {
		return Feedback{}, Change{}, err
	}
	f.Status, f.SubmittedAt = Submitted, a.Now
	f.Ratings, f.Recommendation, f.Note = s.Ratings, s.Recommendation, s.Note
	subject := FeedbackSubject(f.Role, key)
	change := Change{
		Feedback: []Feedback{f},
		Settled:  []Subject{subject},
		Refresh:  []Subject{subject},
		Events: []Event{{
			Kind: FeedbackSubmitted, At: a.Now, By: a.By.ID, Role: f.Role, Revision: f.Revision, Candidate: key.Candidate, To: key.Stage, Person: a.By.ID,
		}},
	}
	if err := a.uncover(&change, key); err != nil {
		return Feedback{}, Change{}, err
	}
	for _, reader := range []UserID{r.Recruiter, r.HiringManager} {
		if reader != a.By.ID {
			change.Notices = append(change.Notices, Notice{
				Kind: TellFeedback, User: reader, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
			})
		}
	}
	return f, change, nil
}

// uncover keeps the messages about others' feedback current: those that held
// it back from somebody who owed their own may show it now.
func (a Act) uncover(change *Change, own FeedbackKey) error {
	all, err := a.Record.FeedbackOn(own.Candidate)
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.FeedbackKey != own && f.Status == Submitted {
			change.Refresh = append(change.Refresh, FeedbackSubject(f.Role, f.FeedbackKey))
		}
	}
	return nil
}

func (s Scorecard) check(b Brief) error {
	errs := FieldErrors{}
	for i := range b.Terms.MustHaves {
		if i >= len(s.Ratings) || !slices.Contains(Ratings(), s.Ratings[i]) {
			errs[RatingField(i)] = Errorf("Choose a rating, or “not assessed”.")
		}
	}
	if !slices.Contains(Recommendations(), s.Recommendation) {
		errs[FieldRecommendation] = Errorf("Choose what you would do.")
	}
	tooLong(errs, FieldNote, s.Note, MaxText)
	return errs.OrNil()
}
