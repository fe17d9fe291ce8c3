package hiring

import (
	"cmp"
	"slices"
	"strings"
)

// Number is one of a role's numbers: what it counts, at which stage or from
// which source.
type Number struct {
	Measure Measure // of those a number can be of: see [Numbers]
	Stage   StageID // of a stage's
	Source  Source  // of a source's
}

// The numbers that candidates can be shown behind, beside the measures that
// are kept.
const (
	NumberReached Measure = "reached" // entered the stage, or skipped past it
	NumberPassed  Measure = "passed"  // and went further
	NumberAdded   Measure = "added"   // was added
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

// cohorts are the measures that say how far a candidate came.
var cohorts = []Measure{Going, HiredAt, DroppedAt, RefusedAt, LapsedAt}

// Behind returns the candidates that a number of a role counts, oldest first,
// by the same rule that counts them. It reads every candidate of the role.
func Behind(r Record, s Settings, role Role, w Window, n Number) ([]Candidate, error) {
	all, err := r.CandidatesOf(role.ID)
	if err != nil {
		return nil, err
	}
	plan := role.Plan()
	list := slices.DeleteFunc(all, func(c Candidate) bool {
		return !slices.ContainsFunc(Contribution(c, role, s), func(k CountKey) bool { return n.counts(k, plan, w) })
	})
	slices.SortStableFunc(list, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

// counts says whether a counter is among those that make the number.
func (n Number) counts(k CountKey, plan Plan, w Window) bool {
	if k.Week != "" && (k.Week < w.From || k.Week >= w.To) || n.Source != "" && k.Source != n.Source {
		return false
	}
	switch n.Measure {
	case NumberReached, NumberPassed:
		at := plan.Index(n.Stage)
		if n.Measure == NumberPassed {
			at++
		}
		return slices.Contains(cohorts, k.Measure) && at >= 0 && plan.Index(k.Stage) >= at
	case NumberAdded:
		return slices.Contains(cohorts, k.Measure)
	default:
		return k.Measure == n.Measure && k.Stage == n.Stage
	}
}
