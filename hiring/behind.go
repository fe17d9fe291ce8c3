package hiring

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Number is one of the numbers of [Figures]: what it counts, at which stage or
// from which source.
type Number struct {
	Measure Measure // one of [Figures.Numbers]
	Stage   StageID // of a stage's; [StageInterviews] for all interviews as one
	Source  Source  // of a source's
}

// The numbers that candidates can be shown behind, beside the measures that
// are kept.
const (
	NumberReached Measure = "reached" // entered the stage, or skipped past it
	NumberPassed  Measure = "passed"  // and went further
	NumberAdded   Measure = "added"   // was added

	numberLeft Measure = "left" // reached the stage, and has left it onwards or for good
)

// ParseNumber reads what [Number.String] wrote.
func ParseNumber(s string) (Number, error) {
	parts := strings.Split(s, "|")
	if len(parts) != 3 {
		return Number{}, Errorf("This button is no longer in use. Open the message again, or start from the Home tab.")
	}
	return Number{Measure(parts[0]), StageID(parts[1]), Source(parts[2])}, nil
}

// String writes the number so that [ParseNumber] reads it again.
func (n Number) String() string {
	return strings.Join([]string{string(n.Measure), string(n.Stage), string(n.Source)}, "|")
}

// Counted is a number and how many candidates it counts.
type Counted struct {
	Number
	Count int
}

// Numbers returns the numbers that candidates stand behind, stage by stage and
// then by source: those of the cohort, or of what happened in the window.
// Sources of few applications are left out, as everywhere.
func (f Figures) Numbers(happened bool) (list []Counted) {
	add := func(count int, m Measure, stage StageID, source Source) {
		if count > 0 {
			list = append(list, Counted{Number{m, stage, source}, count})
		}
	}
	for _, l := range f.Stages {
		if happened {
			add(l.Entered, Entered, l.ID, "")
			add(l.Dropped, Dropped, l.ID, "")
			add(l.Refused, Refused, l.ID, "")
			add(l.Lapsed, Lapsed, l.ID, "")
		} else {
			add(l.Reached, NumberReached, l.ID, "")
			add(l.Passed, NumberPassed, l.ID, "")
			add(l.DroppedAt, DroppedAt, l.ID, "")
			add(l.RefusedAt, RefusedAt, l.ID, "")
			add(l.LapsedAt, LapsedAt, l.ID, "")
		}
		if l.Kind != KindHired {
			add(l.Inside, Inside, l.ID, "")
		}
	}
	shown, _ := FoldSources(f.Sources)
	for _, c := range shown {
		add(c.Added, NumberAdded, "", c.Source)
		add(c.Interviewed, Interviewed, "", c.Source)
		add(c.Hired, HiredAt, StageHired, c.Source)
	}
	return list
}

// cohorts are the measures that say how far a candidate came.
var cohorts = []Measure{Going, HiredAt, DroppedAt, RefusedAt, LapsedAt}

// measures are those of the counters that the number is made of.
func (n Number) measures() []Measure {
	switch n.Measure {
	case NumberReached, NumberPassed, NumberAdded, numberLeft:
		return cohorts
	default:
		return []Measure{n.Measure}
	}
}

// counts says whether a counter is among those that make the number, by the
// rule of [Funnel] and [BySource]. Without a plan it is by that of several
// roles, whose interviews are one.
func (n Number) counts(k CountKey, plan Plan, w Window) bool {
	if plan == nil {
		overall, ok := k.Overall()
		if !ok {
			return false
		}
		k, plan = overall, Kinds()
	}
	if k.Week != "" && (k.Week < w.From || k.Week >= w.To) || n.Source != "" && k.Source != n.Source || !slices.Contains(n.measures(), k.Measure) {
		return false
	}
	came, at := plan.Index(k.Stage), plan.Index(n.Stage)
	switch n.Measure {
	case NumberAdded:
		return true
	case NumberReached:
		return at >= 0 && came >= at
	case NumberPassed:
		return at >= 0 && came > at
	case numberLeft:
		return at >= 0 && (came > at || came == at && k.Measure != Going && k.Measure != HiredAt)
	default:
		return k.Stage == n.Stage
	}
}

// planOf is the plan by which a role counts a number; none for all interviews
// as one.
func (n Number) planOf(role Role) Plan {
	if n.Stage == StageInterviews {
		return nil
	}
	return role.Plan()
}

// Backing is who stands behind a number, as far as one person may know.
type Backing struct {
	Number Number
	Window Window
	Before CandidateID // who are shown were added before this one; 0 for all
	Total  int         // candidates, of all roles
	Passed Share       // of a [NumberPassed]: of those who have left the stage
	// Parts are the roles whose candidates the person may know, that of most
	// candidates first.
	Parts []Part
	// Hidden candidates are of roles whose candidates the person may not know.
	Hidden, HiddenRoles int
}

// Part is one role's part in a number.
type Part struct {
	Role  RoleID
	Count int
	// Candidates are the newest of them; none where those of several roles are
	// too many to read.
	Candidates []Candidate
	More       bool // of a single role: others were added before them
}

// Page says which candidates to read: how many at most, and before whom they
// were added; 0 for the newest.
type Page struct {
	Most   int
	Before CandidateID
}

// Behind returns who stands behind a number of a scope. What it is made of is
// known from counts; candidates, at most as many as asked for, are read only of
// roles that it is made of: those of a single role, a page, or all of several.
func Behind(r Record, s Settings, reader Person, of Scope, w Window, n Number, page Page) (Backing, error) {
	b := Backing{Number: n, Window: w, Before: page.Before}
	parts, err := b.parts(r, of)
	if err != nil {
		return b, err
	}
	anywhere := s.May(KnowCandidate, reader, About{})
	for _, p := range parts {
		var role Role
		if !anywhere { // who may know all need not have each role read
			if role, err = r.Role(p.Role); err != nil {
				return b, err
			}
		}
		if anywhere || s.May(KnowCandidate, reader, About{Role: role}) {
			b.Parts = append(b.Parts, p)
			continue
		}
		b.Hidden, b.HiddenRoles = b.Hidden+p.Count, b.HiddenRoles+1
	}
	if of.Role == 0 && b.Total-b.Hidden > page.Most {
		return b, nil
	}
	for i := range b.Parts {
		if err := b.Parts[i].read(r, s, b, page); err != nil {
			return b, err
		}
	}
	return b, nil
}

// parts counts what a number is made of, role by role.
func (b *Backing) parts(r Record, of Scope) (list []Part, err error) {
	roles, plan, err := b.roles(r, of)
	if err != nil {
		return nil, err
	}
	from, to := b.Window.From, b.Window.To
	if b.Number.Measure == Inside {
		from, to = "", "" // it is counted in no week
	}
	left := Number{numberLeft, b.Number.Stage, b.Number.Source}
	for id := range roles {
		tally, err := r.Counts(id, from, to, b.Number.measures()...)
		if err != nil {
			return nil, err
		}
		p := Part{Role: id}
		for k, n := range tally {
			if b.Number.counts(k, plan, b.Window) {
				p.Count += n
			}
			if b.Number.Measure == NumberPassed && left.counts(k, plan, b.Window) {
				b.Passed.N += n
			}
		}
		if b.Total += p.Count; p.Count > 0 {
			list = append(list, p)
		}
	}
	if b.Number.Measure == NumberPassed {
		b.Passed.K = b.Total
	}
	slices.SortStableFunc(list, func(a, b Part) int { return cmp.Compare(b.Count, a.Count) })
	return list, nil
}

// roles returns the roles of a scope, and the plan that a single one counts by.
// All roles are not read: that would take longer than counting.
func (b *Backing) roles(r Record, of Scope) (iter.Seq[RoleID], Plan, error) {
	if of == (Scope{}) {
		return func(yield func(RoleID) bool) {
			for id, end := RoleID(1), r.NextRole(); id < end && yield(id); id++ {
			}
		}, nil, nil
	}
	list, err := rolesOf(r, of)
	if err != nil {
		return nil, nil, err
	}
	var plan Plan
	if of.Role != 0 {
		plan = b.Number.planOf(list[0])
	}
	return func(yield func(RoleID) bool) {
		for _, role := range list {
			if !yield(role.ID) {
				return
			}
		}
	}, plan, nil
}

// read finds the newest candidates of a part, by the same rule that counts
// them.
func (p *Part) read(r Record, s Settings, b Backing, page Page) error {
	role, err := r.Role(p.Role)
	if err != nil {
		return err
	}
	plan, counter := b.Number.planOf(role), s.Counter(role)
	for c, err := range r.NewestOf(p.Role, page.Before) {
		switch {
		case err != nil:
			return err
		case !slices.ContainsFunc(counter.Contribution(c), func(k CountKey) bool { return b.Number.counts(k, plan, b.Window) }):
			continue
		case len(p.Candidates) == page.Most:
			p.More = true
			return nil
		}
		if p.Candidates = append(p.Candidates, c); len(p.Candidates) == p.Count {
			return nil // nobody else is to be read for it
		}
	}
	return nil
}
