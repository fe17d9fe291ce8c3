package hiring

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// PlanDigests decides which channels hear about the week that ended before
// now: that of each role that hires or was filled in that week, and the
// workspace's own when there is one.
func PlanDigests(r Record, s Settings, workspace ChannelID, now time.Time) (Change, error) {
	roles, err := r.AllRoles()
	if err != nil {
		return Change{}, err
	}
	week := WeekOf(now, s.Zone).Add(-1)
	var c Change
	tell := func(channel ChannelID, about Subject) {
		c.Notices = append(c.Notices, Notice{
			Kind: Digest, Channel: channel, Subjects: []Subject{about}, CreatedAt: now, NotBefore: now,
		})
	}
	for _, role := range roles {
		if role.Channel == "" {
			continue // confidential
		}
		if role.Active() || !role.ClosedAt.Before(week.Start(s.Zone)) {
			tell(role.Channel, DigestSubject(role.ID, week))
		}
	}
	if workspace != "" && len(c.Notices) > 0 {
		tell(workspace, DigestSubject(0, week))
	}
	return c, nil
}

// Summary is one role's week as a digest tells it.
type Summary struct {
	Role    Role
	Week    Week
	Since   Week          // the first week of the cohort counts
	Funnel  []StageCount  // cohort since Since, period of the week, and now
	Sources []SourceCount // cohort since Since
	Waiting []Waiting     // longest beyond their stage's days first
	Overdue []Owed        // oldest first
}

// Waiting is a candidate who has been in a stage longer than it may take.
type Waiting struct {
	Candidate CandidateID
	Stage     Stage
	Days      int // whole working days in the stage, in the workspace's calendar
}

// Summarize reads a role's week: what moved, where the funnel stands, what
// waits. The funnel counts the candidates added since a week; empty, or
// before the role began, is all of them. It reads counts and active
// candidates only.
func Summarize(r Record, s Settings, id RoleID, week, since Week, now time.Time) (Summary, error) {
	role, err := r.Role(id)
	if err != nil {
		return Summary{}, err
	}
	sum := Summary{Role: role, Week: week, Since: max(since, WeekOf(role.CreatedAt, s.Zone))}
	all, err := r.Counts(id, sum.Since, WeekOf(now, s.Zone).Add(1))
	if err != nil {
		return Summary{}, err
	}
	if err := sum.count(r, s, all, now); err != nil {
		return Summary{}, err
	}
	sum.Sources = BySource(all)
	if sum.Waiting, err = waiting(r, s, role, now); err != nil {
		return Summary{}, err
	}
	owed, err := r.OwedIn(id)
	sum.Overdue = overdue(owed, now)
	return sum, err
}

// count fills the funnel: cohorts of all weeks, the period of one.
func (sum *Summary) count(r Record, s Settings, all Tally, now time.Time) error {
	plan := sum.Role.Plan()
	sum.Funnel = Funnel(all, plan, s, now)
	week, err := r.Counts(sum.Role.ID, sum.Week, sum.Week.Add(1))
	if err != nil {
		return err
	}
	for i, line := range Funnel(week, plan, s, now) {
		sum.Funnel[i].Entered, sum.Funnel[i].Dropped, sum.Funnel[i].Refused = line.Entered, line.Dropped, line.Refused
	}
	return nil
}

// Quiet says whether the week brought nothing and nothing waits.
func (sum Summary) Quiet() bool {
	moved := slices.ContainsFunc(sum.Funnel, func(l StageCount) bool { return l.Entered+l.Dropped+l.Refused > 0 })
	return !moved && len(sum.Waiting) == 0 && len(sum.Overdue) == 0 && !sum.Role.Drifted() && sum.Role.Status == Open
}

func waiting(r Record, s Settings, role Role, now time.Time) ([]Waiting, error) {
	if role.Status == Paused {
		return nil, nil
	}
	active, err := r.ActiveIn(role.ID)
	if err != nil {
		return nil, err
	}
	work := s.WorkTime(Person{})
	plan := role.Plan()
	var list []Waiting
	for _, c := range active {
		stage, ok := plan.Stage(c.Stage)
		if !ok || stage.WorkDays == 0 {
			continue
		}
		since := c.Since()
		for _, i := range c.Interviews { // an interview ahead is a next step
			if i.Stage == c.Stage && i.End().After(since) {
				since = i.End()
			}
		}
		if days := int(work.Between(since, now) / work.Day()); days >= stage.WorkDays {
			list = append(list, Waiting{Candidate: c.ID, Stage: stage, Days: days})
		}
	}
	slices.SortStableFunc(list, func(a, b Waiting) int {
		return cmp.Compare(b.Days-b.Stage.WorkDays, a.Days-a.Stage.WorkDays)
	})
	return list, nil
}

// Desk is what one person sees of everything: what waits for them, their
// roles, and what they wait for.
type Desk struct {
	Person Person
	Move   []Owed // theirs to do, oldest due first; due or not
	Roles  []Role // those they own (for admins: all) that still hire, oldest first
	Others []Owed // owed to their roles by others, oldest due first
	Stuck  []Owed // for admins: what reminders did not get moving, in any role, oldest due first

	Unfinished []Unfinished // intake forms they began, the last saved first

	// Undelivered is what cannot be delivered: about their roles, for admins
	// everything.
	Undelivered []Undelivered
}

// DeskOf reads a person's desk. Guests have an empty one.
func DeskOf(r Record, s Settings, u UserID, now time.Time) (Desk, error) {
	p, err := r.Person(u)
	if err != nil || !p.insider() {
		return Desk{Person: p}, err
	}
	d := Desk{Person: p}
	owed, err := r.OwedBy(u)
	if err != nil {
		return Desk{}, err
	}
	for _, o := range owed {
		if o.asked(now) {
			d.Move = append(d.Move, o)
		}
	}
	if d.Unfinished, err = r.UnfinishedBy(u); err != nil {
		return Desk{}, err
	}
	if d.Undelivered, err = undeliveredTo(r, s, p); err != nil {
		return Desk{}, err
	}
	roles, err := r.AllRoles()
	if err != nil {
		return Desk{}, err
	}
	for _, role := range roles {
		if !role.Active() || !s.MayOwn(role, p) {
			continue
		}
		d.Roles = append(d.Roles, role)
		in, err := r.OwedIn(role.ID)
		if err != nil {
			return Desk{}, err
		}
		for _, o := range in {
			switch {
			case o.Person() == u || !o.asked(now):
			case s.May(SeeStuck, p, About{Role: role}) && o.Told != ToldNobody:
				d.Stuck = append(d.Stuck, o)
			case o.Subject.Kind != AboutNext && role.Owner(u):
				d.Others = append(d.Others, o)
			}
		}
	}
	for _, list := range [][]Owed{d.Others, d.Stuck} {
		slices.SortStableFunc(list, func(a, b Owed) int { return a.DueAt.Compare(b.DueAt) })
	}
	return d, nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
