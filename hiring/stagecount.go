package hiring

import (
	"slices"
	"time"
)

// StageCount is one stage's line in a funnel.
type StageCount struct {
	Stage
	Inside int // there now
	// InsideMedian and InsideOldest say for how long those inside have been
	// there, in working time, from the day they came.
	InsideMedian, InsideOldest time.Duration

	Reached   int // cohort: entered the stage, or skipped past it
	Left      int // cohort: of these, have left it, onwards or for good
	Passed    int // cohort: went further
	DroppedAt int // cohort: ended here by the candidate's choice
	RefusedAt int // cohort: ended here by ours
	LapsedAt  int // cohort: ended here by neither

	Entered int    // period: first entries
	Dropped int    // period: ended by the candidate's choice
	Refused int    // period: ended by ours
	Lapsed  int    // period: ended by neither
	TimeIn  Spread // period: entry → exit, working time, all exits

	AllDropped int // period: of all stages
}

// PassThrough is how many of those who have left the stage went further.
func (s StageCount) PassThrough() Share { return Share{s.Passed, s.Left} }

// DropOff is how many of those who have left the stage ended there by their
// choice. With PassThrough, Rejection and OtherEnd it is all of them.
func (s StageCount) DropOff() Share { return Share{s.DroppedAt, s.Left} }

// Rejection is how many of those who have left the stage ended there by ours.
func (s StageCount) Rejection() Share { return Share{s.RefusedAt, s.Left} }

// OtherEnd is how many of those who have left the stage ended there otherwise.
func (s StageCount) OtherEnd() Share { return Share{s.LapsedAt, s.Left} }

// DropOffShare is how many of all drop-offs of the period were at the stage.
func (s StageCount) DropOffShare() Share { return Share{s.Dropped, s.AllDropped} }

// Funnel adds a tally up by stage, in the plan's order. Cohort and period
// measures are those of the weeks the tally was read for. Without a moment,
// nobody's age is worked out.
func Funnel(t Tally, plan Plan, s Settings, now time.Time) []StageCount {
	lines := counted(t, plan)
	took, entered := make([]histogram, len(plan)), make([]histogram, len(plan))
	for i := range plan {
		took[i], entered[i] = make(histogram), make(histogram)
	}
	all := 0
	for k, n := range t {
		if k.Measure == Dropped {
			all += n
		}
		i := plan.Index(k.Stage)
		switch {
		case i < 0:
		case k.Measure == TimeIn:
			took[i][k.Value] += n
		case k.Measure == Inside:
			entered[i][k.Value] += n
		}
	}
	work := s.WorkTime(Person{})
	for i := range lines {
		lines[i].TimeIn = took[i].spread(time.Hour)
		lines[i].AllDropped = all
		lines[i].ages(entered[i], work, now)
	}
	return lines
}

// counted returns what a tally counts by stage, without times.
func counted(t Tally, plan Plan) []StageCount {
	lines := make([]StageCount, len(plan))
	for i, stage := range plan {
		lines[i].Stage = stage
	}
	for k, n := range t {
		switch i := plan.Index(k.Stage); {
		case i < 0:
		case k.Measure == Inside:
			lines[i].Inside += n
		case k.Measure != TimeIn:
			lines[i].period(k.Measure, n)
			came(lines, i, k.Measure, n)
		}
	}
	return lines
}

func (s *StageCount) period(m Measure, n int) {
	switch m {
	case Entered:
		s.Entered += n
	case Dropped:
		s.Dropped += n
	case Refused:
		s.Refused += n
	case Lapsed:
		s.Lapsed += n
	}
}

// came counts n candidates whose furthest stage is the i-th.
func came(lines []StageCount, i int, m Measure, n int) {
	here := &lines[i]
	switch m {
	case Going, HiredAt:
	case DroppedAt:
		here.DroppedAt, here.Left = here.DroppedAt+n, here.Left+n
	case RefusedAt:
		here.RefusedAt, here.Left = here.RefusedAt+n, here.Left+n
	case LapsedAt:
		here.LapsedAt, here.Left = here.LapsedAt+n, here.Left+n
	default:
		return
	}
	here.Reached += n
	for j := range i {
		lines[j].Reached, lines[j].Passed, lines[j].Left = lines[j].Reached+n, lines[j].Passed+n, lines[j].Left+n
	}
}

// ages says for how long those inside have been there.
func (s *StageCount) ages(entered histogram, work WorkTime, now time.Time) {
	if s.Inside == 0 || now.IsZero() {
		return
	}
	days, rank := sortedKeys(entered), (s.Inside+1)/2
	age := func(n int) time.Duration {
		y, m, d := time.Unix(int64(n)*int64(day/time.Second), 0).UTC().Date()
		return work.Between(onClock(y, m, d, 0, work.Zone), now)
	}
	s.InsideOldest = age(days[0])
	for _, d := range days {
		if rank -= entered[d]; rank <= 0 {
			s.InsideMedian = age(d)
			return
		}
	}
}

// BySource adds a tally's cohort up by source, largest first.
func BySource(t Tally) []SourceCount {
	sums := make(map[Source]*SourceCount)
	for k, n := range t {
		if k.Source == "" {
			continue
		}
		s := sums[k.Source]
		if s == nil {
			s = &SourceCount{Source: k.Source}
		}
		switch k.Measure {
		case Going, DroppedAt, RefusedAt, LapsedAt:
			s.Added += n
		case HiredAt:
			s.Added, s.Hired = s.Added+n, s.Hired+n
		case Interviewed:
			s.Interviewed += n
		case Settled:
			s.Settled += n
		default:
			continue
		}
		sums[k.Source] = s
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
