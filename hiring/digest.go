package hiring

import (
	"cmp"
	"slices"
	"time"
)

// Summary is a week as a digest tells it: of one role, or of all roles.
type Summary struct {
	Role    Role // of one role; zero for all roles
	Week    Week
	Cohort  Figures      // of the applications added lately, as far as they have come
	Period  Figures      // of the week
	Before  Figures      // of the four weeks before it
	Trouble []Trouble    // what is wrong with the role, or the roles
	Stuck   []Stuck      // who has waited longest first
	Next    []NextAction // the most useful to do next, at most three
	Roles   []RoleWeek   // of all roles: those with something to tell, the worst first

	work WorkTime // the workspace's
	now  time.Time
}

// Spans of a digest.
const (
	cohortWeeks = 12 // whose applications it follows
	beforeWeeks = 4  // that losses are held against
	maxNext     = 3
)

// Summarize reads a role's week, or that of all roles together when id is 0:
// what moved, where the funnel stands, what is stuck and whose move it is, and
// what to do next. It reads counts and what is overdue, never candidates.
// Confidential roles are among the numbers of all, and named nowhere.
func Summarize(r Record, s Settings, id RoleID, week Week, now time.Time) (Summary, error) {
	sum := Summary{Week: week, work: s.WorkTime(Person{}), now: now}
	window := Weeks(week, cohortWeeks)
	in, err := readScope(r, Scope{Role: id}, now)
	if err != nil {
		return Summary{}, err
	}
	if id != 0 {
		sum.Role = in.roles[0]
		window.From = min(max(window.From, WeekOf(sum.Role.CreatedAt, s.Zone)), week)
	}
	figures, err := in.figures(r, s, now, window, Weeks(week, 1), Weeks(week.Add(-1), beforeWeeks))
	if err != nil {
		return Summary{}, err
	}
	sum.Cohort, sum.Period, sum.Before = figures[0], figures[1], figures[2]
	if err := sum.readRoles(r, s, in, now); err != nil {
		return Summary{}, err
	}
	slices.SortStableFunc(sum.Stuck, func(a, b Stuck) int { return a.DueAt.Compare(b.DueAt) })
	sum.Next = sum.next()
	return sum, nil
}

// readRoles reads what is wrong and what is stuck, role by role.
func (sum *Summary) readRoles(r Record, s Settings, in scoped, now time.Time) error {
	sum.Stuck = make([]Stuck, 0, in.overdue())
	for i, role := range in.roles {
		if sum.Role.ID == 0 && (role.Channel == "" || !role.in(sum.Week, s.Zone)) {
			continue
		}
		trouble, err := troubleOf(r, s, role, sum.Week, now)
		if err != nil {
			return err
		}
		stuck := stuckIn(role, in.late[i])
		stuck = slices.DeleteFunc(stuck, func(x Stuck) bool { // the trouble says so
			return x.Subject.Kind == AboutSignOff && len(trouble) > 0 && trouble[0].Kind != NobodyEngaged
		})
		sum.Trouble, sum.Stuck = append(sum.Trouble, trouble...), append(sum.Stuck, stuck...)
		if sum.Role.ID == 0 {
			if err := sum.readRole(r, &in.roles[i], trouble, stuck); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(sum.Roles, func(a, b RoleWeek) int {
		return cmp.Or(cmp.Compare(len(b.Trouble), len(a.Trouble)), cmp.Compare(b.Stuck, a.Stuck), cmp.Compare(b.Moved.total(), a.Moved.total()))
	})
	return nil
}

// RoleWeek is one role's line in the digest over all roles.
type RoleWeek struct {
	Role    *Role
	Inside  int // active candidates now
	Moved   Moves
	Stuck   int // things that wait too long
	Trouble []Trouble
}

func (sum *Summary) readRole(r Record, role *Role, trouble []Trouble, stuck []Stuck) error {
	t, err := r.Counts(role.ID, sum.Week, sum.Week.Add(1), Inside, Entered, Dropped, Refused, Lapsed)
	if err != nil {
		return err
	}
	line := RoleWeek{Role: role, Stuck: len(stuck), Trouble: trouble}
	stages := counted(t, role.Plan())
	line.Moved, line.Inside = movesOf(stages), insideOf(stages)
	if line.Moved.total()+line.Stuck > 0 { // what is wrong stands apart
		sum.Roles = append(sum.Roles, line)
	}
	return nil
}

// Moves is what a week brought.
type Moves struct {
	Hired, Added, Onwards, Withdrew, Rejected, Lapsed int
}

func (m Moves) total() int { return m.Hired + m.Added + m.Onwards + m.Withdrew + m.Rejected + m.Lapsed }

// Any says whether anything moved.
func (m Moves) Any() bool { return m.total() > 0 }

// movesOf adds up what happened in a period, by stage.
func movesOf(stages []StageCount) (m Moves) {
	for _, l := range stages {
		switch l.Kind {
		case KindSourced:
			m.Added += l.Entered
		case KindHired:
			m.Hired += l.Entered
		default:
			m.Onwards += l.Entered
		}
		m.Withdrew, m.Rejected, m.Lapsed = m.Withdrew+l.Dropped, m.Rejected+l.Refused, m.Lapsed+l.Lapsed
	}
	return m
}

func insideOf(stages []StageCount) (n int) {
	for _, l := range stages {
		n += l.Inside
	}
	return n
}

// Moved is what the week brought.
func (sum Summary) Moved() Moves { return movesOf(sum.Period.Stages) }

// Inside is how many candidates are in the process now.
func (sum Summary) Inside() int { return insideOf(sum.Period.Stages) }

// InTrouble is how many roles something is wrong with.
func (sum Summary) InTrouble() int {
	roles := make(map[RoleID]bool)
	for _, t := range sum.Trouble {
		roles[t.Role.ID] = true
	}
	return len(roles)
}

// Quiet says whether the week brought nothing and nothing waits.
func (sum Summary) Quiet() bool {
	return !sum.Moved().Any() && len(sum.Stuck)+len(sum.Trouble) == 0 && (sum.Role.ID == 0 || sum.Role.Status == Open)
}

// TroubleKind says what is wrong with a role.
type TroubleKind string

// What can be wrong with a role.
const (
	Unsigned      TroubleKind = "unsigned"  // no agreed brief
	Drift         TroubleKind = "drifted"   // changed since, and not signed by both
	NobodyEngaged TroubleKind = "unengaged" // no first contact with anybody in two weeks
)

// Trouble is what is wrong with a role.
type Trouble struct {
	Kind TroubleKind
	Role Role
	Days int // working days since the revision was proposed; 0 for what is no revision
}

// troubleWeeks is how many weeks without a first contact are trouble, the week
// told of included.
const troubleWeeks = 2

func troubleOf(r Record, s Settings, role Role, week Week, now time.Time) ([]Trouble, error) {
	if !role.Active() || role.Status == Paused {
		return nil, nil
	}
	var list []Trouble
	switch work := s.WorkTime(Person{}); {
	case role.Status == Drafting:
		return append(list, Trouble{Unsigned, role, int(work.Between(role.Brief().ProposedAt, now) / work.Day())}), nil
	case role.Drifted():
		list = append(list, Trouble{Drift, role, int(work.Between(role.Brief().ProposedAt, now) / work.Day())})
	}
	from := week.Add(1 - troubleWeeks)
	if !role.OpenedAt.Before(from.Start(s.Zone)) {
		return list, nil
	}
	t, err := r.Counts(role.ID, from, WeekOf(now, s.Zone).Add(1), Contacted)
	for k := range t {
		if k.Measure == Contacted {
			return list, err
		}
	}
	return append(list, Trouble{Kind: NobodyEngaged, Role: role}), err
}

// Side is whose move something is, without a name: a channel reads nobody's.
type Side string

// The sides.
const (
	SideHiringManager Side = "hiring manager"
	SideRecruiter     Side = "recruiter"
	SideOwners        Side = "owners"
	SidePanel         Side = "panel"
	SideDecider       Side = "decider"
)

// Stuck is something that waits beyond its time, and whose move it is. What
// several people owe on one candidate is one.
type Stuck struct {
	Subject Subject
	Side    Side
	People  int // who owe it
	DueAt   time.Time
}

// Late is how many whole working days something is past its time, in the
// workspace's calendar.
func (sum Summary) Late(x Stuck) int { return int(sum.work.Between(x.DueAt, sum.now) / sum.work.Day()) }

// DueToday says whether something was due earlier on the day of the digest, in
// the workspace's zone.
func (sum Summary) DueToday(x Stuck) bool {
	return DateOf(x.DueAt, sum.work.Zone) == DateOf(sum.now, sum.work.Zone)
}

// stuckIn makes one thing of what several people owe; what is due first is
// first. What rests is not stuck.
func stuckIn(role Role, late []Due) []Stuck {
	list := make([]Stuck, 0, len(late))
	at := make(map[Subject]int)
	for _, o := range late {
		if o.Rests {
			continue
		}
		side, same := sideOf(role, o.Subject), o.Subject
		same.Person = ""
		i, known := at[same]
		if !known {
			at[same] = len(list)
			list = append(list, Stuck{Subject: o.Subject, Side: side, People: 1, DueAt: o.DueAt})
			continue
		}
		list[i].People++
		if list[i].Side != side {
			list[i].Side = SideOwners
		}
	}
	return list
}

func sideOf(role Role, s Subject) Side {
	switch {
	case s.Kind == AboutFeedback:
		return SidePanel
	case s.Person == role.HiringManager:
		return SideHiringManager
	case s.Person == role.Recruiter:
		return SideRecruiter
	case s.Kind == AboutDecision:
		return SideDecider
	default:
		return SideOwners
	}
}

// Loss is how many were lost at a stage in the week, and in the four weeks
// before it.
type Loss struct {
	Now, Before StageCount
}

// Losses are the stages where candidates were lost in the week, or three and
// more before it; most by their own choice first.
func (sum Summary) Losses() []Loss {
	var list []Loss
	for i, now := range sum.Period.Stages {
		before := StageCount{Stage: now.Stage}
		if i < len(sum.Before.Stages) {
			before = sum.Before.Stages[i]
		}
		if now.Dropped+now.Refused > 0 || before.Dropped >= manyLost {
			list = append(list, Loss{now, before})
		}
	}
	slices.SortStableFunc(list, func(a, b Loss) int {
		return cmp.Or(cmp.Compare(b.Now.Dropped, a.Now.Dropped), cmp.Compare(b.Before.Dropped, a.Before.Dropped), cmp.Compare(b.Now.Refused, a.Now.Refused))
	})
	return list
}

// manyLost is how many withdrawals at one stage are worth a look.
const manyLost = 3

// ActionKind says what could be done.
type ActionKind string

// What could be done.
const (
	DoSign   ActionKind = "sign"   // read the brief and sign it
	DoTell   ActionKind = "tell"   // write to a candidate
	DoDecide ActionKind = "decide" // decide on one
	DoAsk    ActionKind = "ask"    // get the panel's feedback
	DoAnswer ActionKind = "answer" // say whether to meet one, or whether an interview took place
	DoMove   ActionKind = "move"   // move one on
	DoSource ActionKind = "source" // find and write to new ones
	DoLook   ActionKind = "look"   // look at why they leave at a stage
)

// NextAction is something useful to do, and to how many it applies.
type NextAction struct {
	Kind    ActionKind
	Subject Subject // the one that has waited longest; a role for those that concern no candidate
	Stage   Stage   // look
	N       int
	Days    int // that the longest is past its time
}

// actionOn is what gets a stuck thing moving.
var actionOn = map[SubjectKind]ActionKind{
	AboutSignOff: DoSign, AboutRevision: DoSign, AboutReply: DoTell, AboutDecision: DoDecide, AboutFeedback: DoAsk,
	AboutLook: DoAnswer, AboutHeld: DoAnswer, AboutNext: DoMove,
}

// next are the most useful things to do: first what stops a role, then what
// candidates wait for, then what fills or empties the funnel.
func (sum Summary) next() []NextAction {
	found := make(map[ActionKind]NextAction)
	for _, t := range sum.Trouble {
		kind := DoSign
		if t.Kind == NobodyEngaged {
			kind = DoSource
		}
		step, known := found[kind]
		if !known {
			step = NextAction{Kind: kind, Subject: RoleSubject(t.Role.ID)}
		}
		step.N, step.Days = step.N+1, max(step.Days, t.Days)
		found[kind] = step
	}
	for _, x := range sum.Stuck {
		kind := actionOn[x.Subject.Kind]
		step, known := found[kind]
		if known && kind == DoSign {
			continue // the trouble says so already
		}
		if !known {
			step = NextAction{Kind: kind, Subject: x.Subject, Days: sum.Late(x)}
		}
		step.N++
		found[kind] = step
	}
	for _, l := range sum.Losses() {
		if n := l.Now.Dropped + l.Before.Dropped; n >= manyLost && found[DoLook].N < n {
			found[DoLook] = NextAction{Kind: DoLook, Subject: RoleSubject(sum.Role.ID), Stage: l.Now.Stage, N: n}
		}
	}
	var list []NextAction
	for _, kind := range []ActionKind{DoSign, DoTell, DoDecide, DoAsk, DoAnswer, DoMove, DoSource, DoLook} {
		if step, known := found[kind]; known && len(list) < maxNext {
			list = append(list, step)
		}
	}
	return list
}
