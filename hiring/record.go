package hiring

import (
	"cmp"
	"iter"
	"time"
)

// Record is what rules and texts read: one consistent moment of everything
// kept. A thing that is not there is an [Error] naming it, except where the
// method says otherwise.
type Record interface {
	Roles
	Candidates
	Obligations
	Outgoing
	Counts
	Digests
	Acts
}

// Acts reads what was done.
type Acts interface {
	// CarriedOut returns whether the act of a name was carried out, and what
	// [Change.Said] was then.
	CarriedOut(act string) (said string, done bool)
}

// Roles reads roles and people.
type Roles interface {
	// Role returns a role.
	Role(RoleID) (Role, error)
	// AllRoles returns every role, oldest first.
	AllRoles() ([]Role, error)
	// NextRole returns the id the next new role gets.
	NextRole() RoleID
	// UnfinishedBy returns the intake forms that a person has begun, the last
	// saved first.
	UnfinishedBy(UserID) ([]Unfinished, error)
	// Rules returns what admins have set; not [Rules.Set] when they have not.
	Rules() (Rules, error)
	// Person returns somebody; a person never seen has only the id.
	Person(UserID) (Person, error)
}

// Candidates reads candidates and the feedback on them.
type Candidates interface {
	// Candidate returns a candidate.
	Candidate(CandidateID) (Candidate, error)
	// ActiveIn returns the role's active candidates, oldest first.
	ActiveIn(RoleID) ([]Candidate, error)
	// CandidatesOf returns all of the role's candidates, oldest first.
	CandidatesOf(RoleID) ([]Candidate, error)
	// NewestOf goes through the role's candidates that were added before one, or
	// through all when that is 0, newest first, and reads them one by one.
	NewestOf(id RoleID, before CandidateID) iter.Seq2[Candidate, error]
	// NextCandidate returns the id the next new candidate gets.
	NextCandidate() CandidateID
	// Feedback returns one interviewer's feedback.
	Feedback(FeedbackKey) (Feedback, error)
	// Corrections returns the events that correct something of the role's
	// candidates, written after a moment, oldest first.
	Corrections(role RoleID, since time.Time) ([]Event, error)
	// FeedbackOn returns all feedback on a candidate, in the order of stages' ids.
	FeedbackOn(CandidateID) ([]Feedback, error)
}

// Obligations reads what people owe.
type Obligations interface {
	// OwedBy returns everything the person owes, by due time.
	OwedBy(UserID) ([]Owed, error)
	// ToRemind returns what of it they are to be reminded of by now, by due time,
	// also what rests.
	ToRemind(u UserID, now time.Time) ([]Owed, error)
	// OwedIn returns everything owed for a role, by due time.
	OwedIn(RoleID) ([]Owed, error)
	// OverdueIn returns what is owed for a role and past due, by due time, as
	// [PastDue] does.
	OverdueIn(role RoleID, now time.Time) ([]Due, error)
	// Due returns who has something to be looked at by now, without repeats.
	Due(now time.Time) ([]UserID, error)
}

// Counts reads the funnel's counts.
type Counts interface {
	// Counts returns the counts of a role, or of all together when it is 0, of
	// the weeks from ≤ week < to. The counts of no week, which say what is so
	// now, are always among them. When measures are named, only these are read.
	Counts(role RoleID, from, to Week, only ...Measure) (Tally, error)
}

// Digests reads who hears digests, and what the workspace shows of them.
type Digests interface {
	// Subscriptions returns the subscriptions of a role, or of all roles
	// together when it is 0, in the order of their channels.
	Subscriptions(RoleID) ([]Subscription, error)
	// AllSubscriptions returns the subscriptions of every role, and of all
	// together.
	AllSubscriptions() ([]Subscription, error)
	// ChartsRefused returns when Slack last refused a chart here; zero for
	// never.
	ChartsRefused() (time.Time, error)
}

// Change is what a rule decides: everything to be written in one transaction.
type Change struct {
	Roles      []Role
	Candidates []Candidate
	Feedback   []Feedback
	People     []Person
	Unfinished []Unfinished
	Finished   []UnfinishedKey // forms that are no longer kept
	Owe        []Owed          // new or changed
	Settled    []Subject       // no longer owed
	Events     []Event
	Dropped    []NoticeID // notices that are not sent any more; what is just being sent, not again
	Notices    []Notice
	// Unreachable lists what is new about conversations that cannot be reached.
	Unreachable []Unreachable
	// Opened lists conversations that may be reachable again: edits that were
	// refused there are tried at once.
	Opened []Conversation
	// Refresh lists subjects whose messages already posted are to be kept
	// current. Of one that passes on ([Subject.PassesOn]), they are those sent
	// to or about whoever owed it before, too.
	Refresh []Subject
	Rules   Rules // new ones, unless not [Rules.Set]

	Subscriptions []Subscription // new or changed
	ChartsRefused time.Time      // when Slack refused a chart; zero when it did not

	Ran Run // the job that made it, noted with it; zero for none

	// Said tells apart what acts of the same name said. It is kept with the name,
	// and is not worth writing by itself.
	Said string
}

// Run is when a job of the scheduler ran.
type Run struct {
	Job string
	At  time.Time
}

// Add appends everything of other to c.
func (c *Change) Add(other Change) {
	c.Roles = append(c.Roles, other.Roles...)
	c.Candidates = append(c.Candidates, other.Candidates...)
	c.Feedback = append(c.Feedback, other.Feedback...)
	c.People = append(c.People, other.People...)
	c.Unfinished = append(c.Unfinished, other.Unfinished...)
	c.Finished = append(c.Finished, other.Finished...)
	c.Owe = append(c.Owe, other.Owe...)
	c.Settled = append(c.Settled, other.Settled...)
	c.Events = append(c.Events, other.Events...)
	c.Dropped = append(c.Dropped, other.Dropped...)
	c.Notices = append(c.Notices, other.Notices...)
	c.Unreachable = append(c.Unreachable, other.Unreachable...)
	c.Opened = append(c.Opened, other.Opened...)
	c.Refresh = append(c.Refresh, other.Refresh...)
	c.Subscriptions = append(c.Subscriptions, other.Subscriptions...)
	if other.Rules.Set() {
		c.Rules = other.Rules
	}
	if !other.ChartsRefused.IsZero() {
		c.ChartsRefused = other.ChartsRefused
	}
	c.Ran = cmp.Or(c.Ran, other.Ran)
	c.Said = cmp.Or(c.Said, other.Said)
}

// Empty says whether there is nothing to write.
func (c Change) Empty() bool {
	return len(c.Roles)+len(c.Candidates)+len(c.Feedback)+len(c.People)+len(c.Unfinished)+len(c.Finished)+
		len(c.Owe)+len(c.Settled)+len(c.Events)+len(c.Dropped)+len(c.Notices)+len(c.Unreachable)+len(c.Opened)+len(c.Refresh)+len(c.Subscriptions) == 0 &&
		!c.Rules.Set() && c.ChartsRefused.IsZero() && c.Ran == (Run{})
}
