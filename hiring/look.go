package hiring

import (
	"slices"
	"time"
)

// LookAnswer is what a hiring manager says to a candidate who is proposed.
type LookAnswer string

// The answers.
const (
	LookInterview LookAnswer = "interview"
	LookNo        LookAnswer = "no"
	LookTalk      LookAnswer = "talk"
)

// LookAnswers lists every answer in the order buttons show them.
func LookAnswers() []LookAnswer { return []LookAnswer{LookInterview, LookTalk, LookNo} }

// Look is the shortlist's question and its answer: does the hiring manager
// want to meet the candidate? It is zero for a candidate never proposed.
type Look struct {
	ProposedAt time.Time
	ProposedBy UserID
	Pitch      string // why the recruiter proposes them; may be empty
	Answer     LookAnswer
	AnsweredAt time.Time // zero until answered
	Missing    string    // the must-have that is missing; for a no
	Why        string    // in a line; may be empty
}

// LookWaits says whether the hiring manager is yet to answer whether to meet the
// candidate. Who has gone past the screen since, or was decided on, waits for no
// answer any more, and can be proposed again.
func (c Candidate) LookWaits() bool {
	asked := c.Look.ProposedAt
	if asked.IsZero() || !c.Look.AnsweredAt.IsZero() {
		return false
	}
	past := func(m Move) bool { return m.To != StageSourced && m.To != StageScreen && !m.At.Before(asked) }
	decided := func(d Decision) bool { return d.Verdict != TalkFirst && !d.At.Before(asked) }
	return !slices.ContainsFunc(c.Journey, past) && !slices.ContainsFunc(c.Decisions, decided)
}

// Propose puts a candidate on the shortlist: the hiring manager is asked
// whether to meet them. It returns [FieldErrors].
func (a Act) Propose(id CandidateID, pitch string) (Candidate, Change, error) {
	r, c, err := a.active(id)
	if err == nil {
		err = r.Hiring()
	}
	errs := FieldErrors{}
	tooLong(errs, FieldNote, pitch, MaxText)
	switch {
	case err != nil:
	case c.LookWaits():
		err = Errorf("%v is proposed already; %v has not answered yet.", id, r.HiringManager)
	case c.Look.Answer == LookInterview:
		err = Errorf("%v said yes to %v already. Plan the interview.", r.HiringManager, id)
	default:
		err = errs.OrNil()
	}
	if err != nil {
		return Candidate{}, Change{}, err
	}
	c.Look = Look{ProposedAt: a.Now, ProposedBy: a.By.ID, Pitch: pitch}
	subject := LookSubject(r.ID, id, r.HiringManager)
	work, err := a.workTime(r.HiringManager)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	change := Change{
		Candidates: []Candidate{c},
		Events:     []Event{{Kind: CandidateProposed, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, Source: c.Source}},
		Notices:    []Notice{{Kind: AskLook, User: r.HiringManager, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: work.Next(a.Now)}},
	}
	if r.ShownAt.IsZero() {
		r.ShownAt = a.Now
		change.Roles = []Role{r}
	}
	err = a.owes(&change, r, subject, a.Now, a.Settings.LookDue)
	return c, change, err
}

// LookReply is a hiring manager's answer as given.
type LookReply struct {
	Answer  LookAnswer
	Missing string // one of the must-haves, for a no
	Why     string
}

// AnswerLook records the hiring manager's answer on a candidate who is
// proposed. An answer can be changed while the candidate is in the process. It
// returns [FieldErrors].
func (a Act) AnswerLook(id CandidateID, reply LookReply) (Candidate, Change, error) {
	r, c, err := a.lookable(id)
	if err != nil {
		return Candidate{}, Change{}, err
	}
	errs := FieldErrors{}
	switch {
	case !slices.Contains(LookAnswers(), reply.Answer):
		return Candidate{}, Change{}, Errorf("This button is no longer in use. Open the message again, or start from the Home tab.")
	case reply.Answer != LookNo:
		reply.Missing = ""
	case !slices.Contains(r.InForce().Terms.Skills(), reply.Missing) && reply.Why == "":
		errs[FieldMissing] = Errorf("Choose the must-have that is missing, or say in a line what it is.")
	}
	tooLong(errs, FieldNote, reply.Why, MaxEvidence)
	if err := errs.OrNil(); err != nil {
		return Candidate{}, Change{}, err
	}
	first := c.Look.AnsweredAt.IsZero()
	c.Look.Answer, c.Look.AnsweredAt, c.Look.Missing, c.Look.Why = reply.Answer, a.Now, reply.Missing, reply.Why
	subject := LookSubject(r.ID, id, r.HiringManager)
	change := Change{
		Candidates: []Candidate{c},
		Events:     []Event{{Kind: CandidateLookedAt, At: a.Now, By: a.By.ID, Role: r.ID, Candidate: id, Source: c.Source, Answer: reply.Answer}},
	}
	change.settle(subject)
	// A changed answer edits the message that said the first. A recruiter who is
	// an admin may have given that one, and has no message then.
	if r.Recruiter != a.By.ID && (first || a.Settings.Admin(r.Recruiter)) {
		change.Notices = append(change.Notices, Notice{
			Kind: TellLook, User: r.Recruiter, About: a.By.ID, Subjects: []Subject{subject}, CreatedAt: a.Now, NotBefore: a.Now,
		})
	}
	if first {
		err = a.lookBack(&change, r, c)
	}
	return c, change, err
}

// Lookable returns a candidate on the shortlist and their role to who answers,
// or an [Error] that says why not.
func (a Act) Lookable(id CandidateID) (Role, Candidate, error) { return a.lookable(id) }

func (a Act) lookable(id CandidateID) (Role, Candidate, error) {
	c, err := a.Record.Candidate(id)
	if err != nil {
		return Role{}, Candidate{}, err
	}
	r, err := a.Record.Role(c.Role)
	switch {
	case err != nil:
		return Role{}, Candidate{}, err
	case !a.Settings.May(AnswerOnOne, a.By, About{Role: r}):
		return Role{}, Candidate{}, Errorf("%v answers on candidates of %v.", r.HiringManager, r.ID)
	case c.Outcome != Active:
		return Role{}, Candidate{}, Errorf("%v is no longer in the process of %v.", id, r.ID)
	case c.Look.ProposedAt.IsZero():
		return Role{}, Candidate{}, Errorf("%v is not proposed. Ask %v what is planned.", id, r.Recruiter)
	}
	return r, c, r.Hiring()
}

// lookBackLater has both owners look back some time after the brief was first
// agreed, should there be few answers by then.
func (a Act) lookBackLater(change *Change, r Role) {
	for _, u := range []UserID{r.HiringManager, r.Recruiter} {
		at := a.Now
		if work, err := a.workTime(u); err == nil {
			at = work.AddDays(a.Now, a.Settings.LookBackDays)
		}
		change.lookBack(r, u, a.Now, at)
	}
}

func (c *Change) lookBack(r Role, u UserID, now, at time.Time) {
	c.Notices = append(c.Notices, Notice{Kind: LookBack, User: u, Subjects: []Subject{RoleSubject(r.ID)}, CreatedAt: now, NotBefore: at})
}

// lookBackAgain puts the look back off by a pause that is just over: what was
// left of its time then is left now. Nobody was told of it in the pause. What
// came before the pause does not come again.
func (a Act) lookBackAgain(change *Change, r Role) error {
	if r.OpenedAt.IsZero() || !r.LookedBackAt.IsZero() {
		return nil
	}
	for _, u := range []UserID{r.HiringManager, r.Recruiter} {
		work, err := a.workTime(u)
		if err != nil {
			return err
		}
		waiting, err := a.Record.NoticesTo(Conversation{User: u})
		if err != nil {
			return err
		}
		dropped := len(change.Dropped)
		for _, n := range waiting {
			if n.Kind == LookBack && firstRole(n) == r.ID {
				change.Dropped = append(change.Dropped, n.ID)
			}
		}
		at := r.lookBackAt(work, a.Settings.LookBackDays)
		if waits := len(change.Dropped) > dropped; waits || !at.Before(r.Pauses[len(r.Pauses)-1].From) {
			change.lookBack(r, u, a.Now, later(at, a.Now))
		}
	}
	return nil
}

// lookBackAt returns when somebody is to look back, so many working days after
// the brief was first agreed, not counting the pauses that are over.
func (r Role) lookBackAt(work WorkTime, days int) time.Time {
	at := work.AddDays(r.OpenedAt, days)
	for _, p := range r.Pauses {
		if from := later(p.From, r.OpenedAt); !at.Before(from) {
			at = work.Add(at, work.Between(from, p.To))
		}
	}
	return at
}

// lookBack asks both owners to look back when enough answers are in for the
// first time: who is proposed again is answered on again.
func (a Act) lookBack(change *Change, r Role, last Candidate) error {
	if !r.LookedBackAt.IsZero() {
		return nil
	}
	all, err := a.Record.CandidatesOf(r.ID)
	if err != nil {
		return err
	}
	answers := 0
	for _, c := range all {
		if c.ID == last.ID || !c.Look.AnsweredAt.IsZero() {
			answers++
		}
	}
	if answers != a.Settings.LookBackAnswers {
		return nil
	}
	r.LookedBackAt = a.Now
	change.Roles = append(change.Roles, r)
	for _, u := range []UserID{r.HiringManager, r.Recruiter} {
		change.lookBack(r, u, a.Now, a.Now)
	}
	return nil
}
