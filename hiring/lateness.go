package hiring

import (
	"cmp"
	"slices"
	"time"
)

// InterviewerCount is one interviewer's line: what they were asked for in the
// window, and what they did.
type InterviewerCount struct {
	Person     UserID
	Interviews int   // held with them
	OnTime     Share // feedback in by its due time, of all that came due and were not excused
}

// FoldInterviewers returns the lines of at least [MinShare] interviews, and
// the sum of the others.
func FoldInterviewers(lines []InterviewerCount) (shown []InterviewerCount, other InterviewerCount) {
	for _, l := range lines {
		if l.Interviews >= MinShare {
			shown = append(shown, l)
			continue
		}
		other.Interviews, other.OnTime = other.Interviews+l.Interviews, other.OnTime.Plus(l.OnTime)
	}
	return shown, other
}

func byInterviewer(t Tally, late lateness) []InterviewerCount {
	lines := make(map[UserID]*InterviewerCount)
	of := func(u UserID) *InterviewerCount {
		if lines[u] == nil {
			lines[u] = &InterviewerCount{Person: u}
		}
		return lines[u]
	}
	for k, n := range t {
		switch {
		case k.Person == "":
		case k.Measure == SatIn:
			of(k.Person).Interviews += n
		case k.Measure == PromiseFeedback.kept():
			of(k.Person).OnTime.K += n
			of(k.Person).OnTime.N += n
		case k.Measure == PromiseFeedback.late():
			of(k.Person).OnTime.N += n
		}
	}
	for u, n := range late.feedback {
		of(u).OnTime.N += n
	}
	var list []InterviewerCount
	for _, u := range sortedKeys(lines) {
		list = append(list, *lines[u])
	}
	slices.SortStableFunc(list, func(a, b InterviewerCount) int { return cmp.Compare(b.Interviews, a.Interviews) })
	return list
}

// lateness is what is owed and past due.
type lateness struct {
	now      map[Promise]int
	inWindow map[Promise]int // due in the window
	feedback map[UserID]int  // likewise, by interviewer
}

// overdueIn reads what is past due in roles, in the roles' order.
func overdueIn(r Record, roles []Role, now time.Time) ([][]Due, error) {
	late := make([][]Due, len(roles))
	for i, role := range roles {
		var err error
		if late[i], err = r.OverdueIn(role.ID, now); err != nil {
			return nil, err
		}
	}
	return late, nil
}

func latenessOf(late [][]Due, of Scope, w Window, zone *time.Location) lateness {
	l := lateness{now: make(map[Promise]int), inWindow: make(map[Promise]int), feedback: make(map[UserID]int)}
	from, to := w.From.Start(zone), w.To.Start(zone)
	for _, ofRole := range late {
		for _, o := range ofRole {
			if o.Promise == "" {
				continue
			}
			if !o.Rests {
				l.now[o.Promise]++
			}
			if o.DueAt.Before(from) || !o.DueAt.Before(to) {
				continue
			}
			l.inWindow[o.Promise]++
			if o.Promise == PromiseFeedback && of != (Scope{}) {
				l.feedback[o.Subject.Person]++
			}
		}
	}
	return l
}
