package hiring

import "slices"

// Standing is how somebody stands to a role or a candidate. One person may
// have several.
type Standing string

// The standings.
const (
	IsHiringManager Standing = "hiring manager"
	IsRecruiter     Standing = "recruiter"
	IsDeputy        Standing = "deputy"      // of the hiring manager, by the brief
	IsDecider       Standing = "decider"     // by the brief
	IsPanel         Standing = "panel"       // of any interview of the role
	IsInterviewer   Standing = "interviewer" // of the candidate: their feedback is asked for or in, whatever the plan says
	IsAsked         Standing = "asked"       // for feedback on the candidate, or to take it over
	IsPromised      Standing = "promised"    // to write to the candidate
	IsAdmin         Standing = "admin"
)

// Right is something that not everybody may do.
type Right string

// The rights.
const (
	ReadRole      Right = "read the brief and the funnel of a role"
	KnowCandidate Right = "know who a candidate is"
	ReadFeedback  Right = "read feedback on a candidate, once one's own is in"
	GiveFeedback  Right = "give the feedback asked of one"
	RunRole       Right = "change a role, add and move its candidates, plan interviews, hand feedback over or excuse it, choose who hears its digest"
	SignBrief     Right = "sign the brief"
	AnswerOnOne   Right = "answer whether to meet a candidate"
	DecideOnOne   Right = "decide on a candidate after a stage"
	SayTold       Right = "say that a candidate was told"
	Waive         Right = "let candidates go on before both have signed"
	SeeStuck      Right = "see everything that is stuck, and the rules"
	ReadAll       Right = "read the funnel over all roles, and choose who hears its digest"
)

// rights says who may do what; docs/who-may-see.md shows it. Guests, apps and
// people whose account is deactivated may do nothing, whatever their standing.
var rights = map[Right][]Standing{
	ReadRole:      {IsHiringManager, IsRecruiter, IsDeputy, IsDecider, IsPanel, IsAdmin},
	KnowCandidate: {IsHiringManager, IsRecruiter, IsDeputy, IsDecider, IsPanel, IsInterviewer, IsAsked, IsPromised, IsAdmin},
	ReadFeedback:  {IsHiringManager, IsRecruiter, IsDeputy, IsDecider, IsPanel, IsInterviewer, IsAdmin},
	GiveFeedback:  {IsInterviewer, IsAsked},
	RunRole:       {IsHiringManager, IsRecruiter, IsAdmin},
	SignBrief:     {IsHiringManager, IsRecruiter},
	AnswerOnOne:   {IsHiringManager, IsDeputy, IsAdmin},
	DecideOnOne:   {IsHiringManager, IsRecruiter, IsDeputy, IsDecider, IsAdmin},
	SayTold:       {IsHiringManager, IsRecruiter, IsPromised, IsAdmin},
	Waive:         {IsAdmin},
	SeeStuck:      {IsAdmin},
	ReadAll:       {IsAdmin},
}

// Rights lists every right.
func Rights() []Right {
	return []Right{ReadRole, KnowCandidate, ReadFeedback, GiveFeedback, RunRole, SignBrief, AnswerOnOne, DecideOnOne, SayTold, Waive, SeeStuck, ReadAll}
}

// Holders returns who holds a right.
func (r Right) Holders() []Standing { return rights[r] }

// About is what a right is used on. Fields that do not matter are zero.
type About struct {
	Role      Role
	Candidate Candidate
	Feedback  []Feedback // on the candidate
}

// May says whether somebody may do something.
func (s Settings) May(right Right, p Person, about About) bool {
	if p.Guest || p.Bot || p.Away {
		return false
	}
	return slices.ContainsFunc(rights[right], func(st Standing) bool { return s.stands(st, p.ID, about) })
}

// MayReadWhy says whether somebody may read why a candidate was decided on: who
// may read the feedback that it rests on, unless they are to judge for
// themselves first.
func (s Settings) MayReadWhy(p Person, about About) bool {
	return s.May(ReadFeedback, p, about) && !s.Blind(p.ID, about.Feedback)
}

// Blind says whether somebody who still owes theirs is not to know by now what
// others think of a candidate.
func (s Settings) Blind(u UserID, on []Feedback) bool {
	return !s.OpenFeedback && slices.ContainsFunc(on, func(f Feedback) bool { return f.Interviewer == u && f.Status == Requested })
}

// stands says whether somebody has a standing.
func (s Settings) stands(st Standing, u UserID, about About) bool {
	r := about.Role
	switch st {
	case IsHiringManager:
		return u == r.HiringManager
	case IsRecruiter:
		return u == r.Recruiter
	case IsDeputy:
		return len(r.Briefs) > 0 && u == r.InForce().Terms.Deputy
	case IsDecider:
		return len(r.Briefs) > 0 && u == r.Decides()
	case IsPanel:
		return len(r.Briefs) > 0 && (r.Plan().On(u) || r.Brief().Terms.Plan().On(u))
	case IsInterviewer:
		return slices.ContainsFunc(about.Feedback, func(f Feedback) bool { return f.Interviewer == u && f.Status != Excused })
	case IsAsked:
		return s.stands(IsInterviewer, u, about) || slices.ContainsFunc(about.Feedback, func(f Feedback) bool { return f.Offered == u })
	case IsPromised:
		return u == about.Candidate.Contact.By
	default:
		return slices.Contains(s.Admins, u)
	}
}

// Admin says whether the person may do everything.
func (s Settings) Admin(u UserID) bool { return slices.Contains(s.Admins, u) }

// MayOwn says whether the person may act for the role.
func (s Settings) MayOwn(r Role, p Person) bool { return s.May(RunRole, p, About{Role: r}) }

// MaySee says whether the person may read the role.
func (s Settings) MaySee(r Role, p Person) bool { return s.May(ReadRole, p, About{Role: r}) }
