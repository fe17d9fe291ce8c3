package hiring

import (
	"slices"
	"time"
)

// Measure says what a count counts. Definitions: docs/metrics.md.
type Measure string

// The measures. Cohort measures are kept under the week the candidate was
// added, period measures under the week it happened, and Inside under no week
// at all: it says what is so now.
const (
	Reached   Measure = "reached"  // cohort: entered the stage, or skipped past it
	Left      Measure = "left"     // cohort: entered it and has left it, onwards or for good
	Passed    Measure = "passed"   // cohort: entered it and went further
	DroppedAt Measure = "dropped"  // cohort: ended here by the candidate's choice
	RefusedAt Measure = "refused"  // cohort: ended here by ours
	Entered   Measure = "entered"  // period: first entry into the stage
	Dropped   Measure = "withdrew" // period: ended by the candidate's choice
	Refused   Measure = "rejected" // period: ended by ours
	Inside    Measure = "inside"   // now: active in the stage
)

// CountKey is one of the funnel's counters.
type CountKey struct {
	Role    RoleID
	Week    Week // empty for Inside
	Stage   StageID
	Source  Source
	Measure Measure
}

// Tally is counters and their counts.
type Tally map[CountKey]int

// Contribution returns the counters one candidate stands in, each once. The
// kept counts are the sum over all candidates; a change to a candidate moves
// them from the old contribution to the new one. Weeks are those of the zone.
//
// A stage's reach goes by the furthest stage ever entered: skipping ahead
// passes the stages skipped, going back and forth counts once, and an ending
// belongs to the furthest stage, so that passed, dropped, refused and hired
// add up (docs/metrics.md).
func Contribution(c Candidate, plan Plan, zone *time.Location) []CountKey {
	if len(c.Journey) == 0 {
		return nil
	}
	var keys []CountKey
	add := func(w Week, s StageID, m Measure) {
		keys = append(keys, CountKey{Role: c.Role, Week: w, Stage: s, Source: c.Source, Measure: m})
	}
	cohort := WeekOf(c.AddedAt, zone)
	furthest := furthest(c, plan)
	for i := 0; i <= furthest; i++ {
		add(cohort, plan[i].ID, Reached)
		if i < furthest {
			add(cohort, plan[i].ID, Passed)
			add(cohort, plan[i].ID, Left)
		}
	}
	for stage, at := range firstEntries(c) {
		add(WeekOf(at, zone), stage, Entered)
	}
	last := plan[furthest].ID
	switch c.Outcome {
	case Active:
		add("", c.Stage, Inside)
	case Withdrawn:
		add(cohort, last, Left)
		add(cohort, last, DroppedAt)
		add(WeekOf(c.ClosedAt, zone), last, Dropped)
	case Rejected:
		add(cohort, last, Left)
		add(cohort, last, RefusedAt)
		add(WeekOf(c.ClosedAt, zone), last, Refused)
	}
	return keys
}

// furthest returns the index of the furthest stage entered that the plan has.
func furthest(c Candidate, plan Plan) int {
	best := 0
	for _, m := range c.Journey {
		best = max(best, plan.Index(m.To))
	}
	return best
}

func firstEntries(c Candidate) map[StageID]time.Time {
	first := make(map[StageID]time.Time, len(c.Journey))
	for _, m := range c.Journey {
		if at, seen := first[m.To]; !seen || m.At.Before(at) {
			first[m.To] = m.At
		}
	}
	return first
}

// StageCount is one stage's line in a funnel.
type StageCount struct {
	Stage
	Inside    int // there now
	Reached   int // cohort
	Left      int // cohort
	Passed    int // cohort
	DroppedAt int // cohort
	RefusedAt int // cohort
	Entered   int // in the period
	Dropped   int // in the period
	Refused   int // in the period
}

// Funnel adds a tally up by stage, in the plan's order. Cohort and period
// measures are those of the weeks the tally was read for.
func Funnel(t Tally, plan Plan) []StageCount {
	lines := make([]StageCount, len(plan))
	for i, s := range plan {
		lines[i].Stage = s
	}
	for k, n := range t {
		i := plan.Index(k.Stage)
		if i < 0 {
			continue
		}
		*lines[i].measure(k.Measure) += n
	}
	return lines
}

func (s *StageCount) measure(m Measure) *int {
	switch m {
	case Reached:
		return &s.Reached
	case Left:
		return &s.Left
	case Passed:
		return &s.Passed
	case DroppedAt:
		return &s.DroppedAt
	case RefusedAt:
		return &s.RefusedAt
	case Entered:
		return &s.Entered
	case Dropped:
		return &s.Dropped
	case Refused:
		return &s.Refused
	default:
		return &s.Inside
	}
}

// SourceCount is one source's line in a funnel.
type SourceCount struct {
	Source      Source
	Added       int // cohort
	Interviewed int // cohort: reached an interview stage
	Hired       int // cohort
}

// BySource adds a tally's cohort up by source, largest first.
func BySource(t Tally, plan Plan) []SourceCount {
	sums := make(map[Source]*SourceCount)
	first := plan.firstInterview()
	for k, n := range t {
		if k.Measure != Reached {
			continue
		}
		if sums[k.Source] == nil {
			sums[k.Source] = &SourceCount{Source: k.Source}
		}
		switch k.Stage {
		case StageSourced:
			sums[k.Source].Added += n
		case StageHired:
			sums[k.Source].Hired += n
		case first:
			sums[k.Source].Interviewed += n
		}
	}
	var lines []SourceCount
	for _, s := range Sources() {
		if sums[s] != nil {
			lines = append(lines, *sums[s])
		}
	}
	slices.SortStableFunc(lines, func(a, b SourceCount) int { return b.Added - a.Added })
	return lines
}

func (p Plan) firstInterview() StageID {
	for _, s := range p {
		if s.Kind == KindInterview {
			return s.ID
		}
	}
	return ""
}
