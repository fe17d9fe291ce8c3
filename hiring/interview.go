package hiring

import (
	"slices"
	"time"
)

// InterviewStatus says what became of an interview.
type InterviewStatus string

// The statuses of interviews.
const (
	Planned   InterviewStatus = "" // or over, and nobody has said anything
	TookPlace InterviewStatus = "held"
	CalledOff InterviewStatus = "called off"
	NoShow    InterviewStatus = "no show" // the candidate did not come
)

// Interview is one meeting of a candidate with people of a stage's panel.
type Interview struct {
	Stage  StageID
	Start  time.Time
	Length time.Duration
	Panel  []UserID // who interviews
	Status InterviewStatus
	Told   []LastWord // who of its panel was told of a change, the last word to each
}

// End returns when the interview is over.
func (i Interview) End() time.Time { return i.Start.Add(i.Length) }

// Stands says whether the interview is to take place or took place.
func (i Interview) Stands() bool { return i.Status == Planned || i.Status == TookPlace }

// Bounds of an interview's time: further away than these is a typing mistake,
// and so is the night.
const (
	interviewBack  = 60 * 24 * time.Hour
	interviewAhead = 180 * 24 * time.Hour
	nightFrom      = 23
	nightTo        = 6
)

// checkInterview complains about times and panels that cannot be.
func (a Act) checkInterview(i Interview) error {
	errs := FieldErrors{}
	switch {
	case i.Start.IsZero():
		errs[FieldInterviewAt] = Errorf("Say when the interview is; feedback is asked for when it ends.")
	case i.Start.Before(a.Now.Add(-interviewBack)):
		errs[FieldInterviewAt] = Errorf("That is more than two months ago. Check the date.")
	case i.Start.After(a.Now.Add(interviewAhead)):
		errs[FieldInterviewAt] = Errorf("That is more than half a year ahead. Check the date.")
	}
	if i.Length <= 0 || i.Length > 8*time.Hour {
		errs[FieldLength] = Errorf("Choose how long the interview takes.")
	}
	switch {
	case len(i.Panel) == 0:
		errs[FieldPanel] = Errorf("Choose who interviews; they are asked for feedback.")
	case len(i.Panel) > MaxPanel:
		errs[FieldPanel] = Errorf("At most %v people interview at once.", MaxPanel)
	}
	if err := a.reachable(errs, FieldPanel, i.Panel...); err != nil {
		return err
	}
	if night, err := a.atNight(i); err != nil {
		return err
	} else if night && errs[FieldInterviewAt] == nil {
		errs[FieldInterviewAt] = Errorf("That is in the middle of the night for everybody who interviews. Check the time.")
	}
	return errs.OrNil()
}

func (a Act) atNight(i Interview) (bool, error) {
	for _, u := range i.Panel {
		p, err := a.Record.Person(u)
		if err != nil {
			return false, err
		}
		if h := i.Start.In(a.Settings.ZoneOf(p)).Hour(); h >= nightTo && h < nightFrom {
			return false, nil
		}
	}
	return len(i.Panel) > 0, nil
}

// arrange adds an interview of a stage to a candidate and asks its panel for
// feedback. An empty panel is the stage's own.
func (a Act) arrange(change *Change, r Role, c *Candidate, i Interview) error {
	stage, ok := r.Plan().Stage(i.Stage)
	if !ok || stage.Kind != KindInterview {
		return FieldErrors{FieldStage: Errorf("That is not an interview of %v.", r.ID)}
	}
	if len(i.Panel) == 0 {
		i.Panel = stage.Panel
	}
	if err := a.checkInterview(i); err != nil {
		return err
	}
	c.Interviews = append(slices.Clip(c.Interviews), i)
	change.Events = append(change.Events, a.interviewEvent(InterviewPlanned, *c, i))
	if err := a.expectContact(change, r, c, i.End(), a.Settings.ReplyDue); err != nil {
		return err
	}
	return a.expect(change, r, *c, i, i.Panel)
}

func (a Act) interviewEvent(kind EventKind, c Candidate, i Interview) Event {
	number := 0
	for n, other := range c.Interviews {
		if other.Stage == i.Stage && other.Start.Equal(i.Start) && slices.Equal(other.Panel, i.Panel) {
			number = n + 1
		}
	}
	return Event{
		Kind: kind, At: a.Now, By: a.By.ID, Role: c.Role, Candidate: c.ID, To: i.Stage, Source: c.Source,
		Number: number, Since: i.Start.UTC(), People: idsOf(i.Panel),
	}
}

// expect asks for feedback on an interview, for word on whether it took place,
// and lets the candidate's next step wait for it.
func (a Act) expect(change *Change, r Role, c Candidate, i Interview, panel []UserID) error {
	for _, u := range panel {
		if err := a.requestFeedback(change, r, c, i, u); err != nil {
			return err
		}
	}
	if err := a.refreshFeedback(change, c.ID); err != nil {
		return err
	}
	if err := a.askHeld(change, r, c, i.Stage); err != nil {
		return err
	}
	if i.Stage != c.Stage || i.End().Before(c.Since()) {
		return nil
	}
	change.Owe = slices.DeleteFunc(change.Owe, func(o Owed) bool { return o.Subject.Kind == AboutNext && o.Subject.Candidate == c.ID })
	return a.awaitStep(change, r, c, i.End())
}

// requestFeedback asks one interviewer, unless they have answered already.
func (a Act) requestFeedback(change *Change, r Role, c Candidate, i Interview, u UserID) error {
	key := FeedbackKey{Candidate: c.ID, Stage: i.Stage, Interviewer: u}
	existing, err := a.Record.FeedbackOn(c.ID)
	if err != nil {
		return err
	}
	f := Feedback{FeedbackKey: key, Role: r.ID, Revision: r.InForce().Revision}
	if at := slices.IndexFunc(existing, func(f Feedback) bool { return f.FeedbackKey == key }); at >= 0 {
		f = existing[at]
	}
	if f.Status == Submitted {
		return nil
	}
	work, err := a.workTime(u)
	if err != nil {
		return err
	}
	f.Status, f.Excuse, f.Offered = Requested, "", ""
	f.RequestedAt, f.InterviewEnd, f.DueAt = a.Now, i.End().UTC(), work.Add(i.End(), a.Settings.FeedbackDue)
	subject := FeedbackSubject(r.ID, key)
	change.Refresh = append(change.Refresh, subject) // what was said of it before
	change.Feedback = append(change.Feedback, f)
	owed := Owed{Subject: subject, Since: f.InterviewEnd, DueAt: f.DueAt, NudgeAt: a.Settings.first(work, f.DueAt)}
	if r.Status == Paused {
		owed.pause(a.Now)
	}
	change.Owe = append(change.Owe, owed)
	ask := func(kind NoticeKind, at time.Time) {
		change.Notices = append(change.Notices, Notice{Kind: kind, User: u, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: at})
	}
	if before := work.Before(i.Start, PrepareTime); i.Start.After(a.Now) {
		ask(Prepare, later(before, a.Now))
	}
	ask(AskFeedback, work.Next(i.End()))
	change.Events = append(change.Events, Event{
		Kind: FeedbackRequested, At: a.Now, By: a.By.ID, Role: r.ID, Revision: f.Revision, Candidate: c.ID, To: i.Stage, Person: u,
	})
	return nil
}

// PrepareTime is how much working time before an interview its panel reads
// what to look for.
const PrepareTime = time.Hour

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// AddInterview records an interview of a candidate, also one that is over. It
// returns [FieldErrors].
func (a Act) AddInterview(id CandidateID, i Interview) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err == nil {
		err = r.moving()
	}
	var change Change
	if err == nil {
		err = a.arrange(&change, r, &c, i)
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	change.Candidates = []Candidate{c}
	return c, change, nil
}

// interview returns a candidate's n-th interview, from 0, for somebody who may
// act on it.
func (a Act) interview(id CandidateID, n int) (Role, Candidate, Interview, error) {
	r, c, err := a.active(id)
	if err != nil {
		return Role{}, Candidate{}, Interview{}, err
	}
	if n < 0 || n >= len(c.Interviews) {
		return Role{}, Candidate{}, Interview{}, Errorf("%v has no such interview.", id)
	}
	c.Interviews = slices.Clone(c.Interviews)
	return r, c, c.Interviews[n], nil
}

// MoveInterview gives a candidate's n-th interview, from 0, another time or
// another panel. Who is no longer on it is excused, and whom it concerns soon
// hears of it. It returns [FieldErrors].
func (a Act) MoveInterview(id CandidateID, n int, to Interview) (Candidate, Change, error) {
	r, c, was, err := a.interview(id, n)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	before := c
	to.Stage, to.Status, to.Told = was.Stage, Planned, was.Told
	if err := a.checkInterview(to); err != nil {
		return Candidate{}, Change{}, err
	}
	c.Interviews = slices.Clone(c.Interviews)
	c.Interviews[n] = to
	change := Change{Events: []Event{a.interviewEvent(InterviewMoved, c, to)}}
	if err := a.nextContact(&change, r, &c); err != nil {
		return Candidate{}, Change{}, err
	}
	gone := slices.DeleteFunc(slices.Clone(was.Panel), func(u UserID) bool { return slices.Contains(to.Panel, u) })
	if err := a.excusePanel(&change, c, was.Stage, gone, ""); err != nil {
		return Candidate{}, Change{}, err
	}
	if err := a.expect(&change, r, c, to, to.Panel); err != nil {
		return Candidate{}, Change{}, err
	}
	if err := a.tellPanels(&change, r, r, before, &c); err != nil {
		return Candidate{}, Change{}, err
	}
	change.Candidates = []Candidate{c}
	_, err = a.debrief(&change, c, to.Stage)
	return c, change, err
}

// CancelInterview takes a candidate's n-th interview, from 0, off, or says
// that the candidate did not come. Its panel is excused, and hears in time
// that it need not come.
func (a Act) CancelInterview(id CandidateID, n int, why InterviewStatus) (Candidate, Change, error) {
	r, c, i, err := a.interview(id, n)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	kind := InterviewCancelled
	if why == NoShow {
		kind = InterviewMissed
	}
	before := c
	c.Interviews = slices.Clone(c.Interviews)
	c.Interviews[n].Status = why
	change := Change{Events: []Event{a.interviewEvent(kind, c, i)}}
	if err := a.expectContact(&change, r, &c, a.Now, a.Settings.ReplyDue); err != nil {
		return Candidate{}, Change{}, err
	}
	if err := a.tellPanels(&change, r, r, before, &c); err != nil {
		return Candidate{}, Change{}, err
	}
	change.Candidates = []Candidate{c}
	if err := a.excusePanel(&change, c, i.Stage, i.Panel, ""); err != nil {
		return Candidate{}, Change{}, err
	}
	if err := a.nextHeld(&change, r, c, i.Stage); err != nil {
		return Candidate{}, Change{}, err
	}
	debriefed, err := a.debrief(&change, c, i.Stage)
	if err != nil || debriefed || i.Stage != c.Stage {
		return c, change, err
	}
	err = a.awaitStep(&change, r, c, later(c.Since(), a.Now))
	return c, change, err
}

// HoldInterview says that a candidate's n-th interview, from 0, took place.
func (a Act) HoldInterview(id CandidateID, n int) (Candidate, Change, error) {
	r, c, i, err := a.interview(id, n)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	switch {
	case !i.Stands():
		return Candidate{}, Change{}, Errorf("This interview was called off, or nobody came. Give it another time, or add one.")
	case i.End().After(a.Now):
		return Candidate{}, Change{}, Errorf("This interview is not over yet.")
	}
	c.Interviews[n].Status = TookPlace
	change := Change{Candidates: []Candidate{c}, Events: []Event{a.interviewEvent(InterviewHeld, c, i)}}
	err = a.nextHeld(&change, r, c, i.Stage)
	return c, change, err
}

// excusePanel takes back what is asked of some of a stage's interviewers, but
// for those with another interview of the stage.
func (a Act) excusePanel(change *Change, c Candidate, stage StageID, people []UserID, reason string) error {
	for _, u := range people {
		other := slices.ContainsFunc(c.Interviews, func(i Interview) bool {
			return i.Stage == stage && i.Stands() && slices.Contains(i.Panel, u)
		})
		f, err := a.Record.Feedback(FeedbackKey{Candidate: c.ID, Stage: stage, Interviewer: u})
		if err == nil && f.Status == Requested && !other {
			a.excuseOne(change, f, reason)
		}
	}
	return a.refreshFeedback(change, c.ID)
}
