package hiring

import (
	"iter"
	"maps"
	"reflect"
	"slices"
	"time"
)

// Count counts counters n times more, each for its role and for all roles
// together.
func (t Tally) Count(keys []CountKey, n int) {
	for _, k := range keys {
		t.add(k, n)
		if overall, ok := k.Overall(); ok {
			t.add(overall, n)
		}
	}
}

// Add adds all counts of another tally.
func (t Tally) Add(other Tally) {
	for k, n := range other {
		t.add(k, n)
	}
}

// Take takes the counters of a role, or of all together when it is 0, out of a
// tally.
func (t Tally) Take(id RoleID) Tally {
	taken := make(Tally)
	for k, n := range t {
		if k.Role == id {
			taken[k] = n
			delete(t, k)
		}
	}
	return taken
}

// OfEvents says whether the measure is counted from events, not from
// candidates.
func (m Measure) OfEvents() bool {
	if m == Panels || m == PanelsAgreed {
		return true
	}
	return slices.ContainsFunc(AllPromises(), func(p Promise) bool { return m == p.kept() || m == p.late() || m == p.took() })
}

// CountsAs says whether the candidates of a role count the same after it has
// changed into another.
func (r Role) CountsAs(other Role) bool {
	return slices.EqualFunc(r.Plan(), other.Plan(), func(a, b Stage) bool { return a.ID == b.ID && a.Kind == b.Kind }) &&
		slices.Equal(r.agreements(), other.agreements()) && reflect.DeepEqual(r.pauses(), other.pauses())
}

// agreement is how many openings were agreed on, and when.
type agreement struct {
	at       int64 // Unix nanoseconds
	openings int
}

func (r Role) agreements() (list []agreement) {
	for _, b := range r.Briefs {
		if b.Agreed() {
			list = append(list, agreement{b.AgreedAt().UnixNano(), b.Terms.Openings})
		}
	}
	return list
}

// Recount tells the events again, in the order of writing, and counts what they
// add up to. It needs nothing but the events.
type Recount struct {
	settings   Settings
	roles      map[RoleID]Role
	candidates map[CandidateID]Candidate
	facts      map[RoleID]Tally
}

// NewRecount returns a recount in which nothing has happened yet.
func NewRecount(s Settings) *Recount {
	return &Recount{
		settings: s, roles: make(map[RoleID]Role), candidates: make(map[CandidateID]Candidate), facts: make(map[RoleID]Tally),
	}
}

// Event takes the next event.
func (r *Recount) Event(e Event) {
	if e.Candidate != 0 {
		c := r.candidates[e.Candidate].After(e)
		if c.ID != 0 {
			r.candidates[e.Candidate] = c
		}
	} else if e.Role != 0 {
		role := r.roles[e.Role]
		role.ID = e.Role
		r.roles[e.Role] = role.after(e)
	}
	for _, k := range Facts(e, r.settings) {
		if r.facts[k.Role] == nil {
			r.facts[k.Role] = make(Tally)
		}
		r.facts[k.Role][k]++
	}
}

// Tallies goes through the roles, in order, with their counts and what they
// add to those of all roles.
func (r *Recount) Tallies() iter.Seq2[RoleID, Tally] {
	of := make(map[RoleID][]CandidateID)
	for _, id := range slices.Sorted(maps.Keys(r.candidates)) {
		role := r.candidates[id].Role
		of[role] = append(of[role], id)
	}
	return func(yield func(RoleID, Tally) bool) {
		for _, id := range slices.Sorted(maps.Keys(r.roles)) {
			tally, counter := make(Tally), r.settings.Counter(r.roles[id])
			for _, c := range of[id] {
				tally.Count(counter.Contribution(r.candidates[c]), 1)
			}
			for k, n := range r.facts[id] {
				tally.Count([]CountKey{k}, n)
			}
			if !yield(id, tally) {
				return
			}
		}
	}
}

// after returns what numbers need of a role as an event leaves it.
func (r Role) after(e Event) Role {
	switch e.Kind {
	case BriefProposed:
		b := Brief{Revision: e.Revision, ProposedBy: e.By, ProposedAt: e.At, Terms: Terms{Openings: e.Count}}
		for _, s := range listOf[StageID](e.Stages) {
			b.Terms.Interviews = append(b.Terms.Interviews, Stage{ID: s, Kind: KindInterview})
		}
		r.Briefs = append(r.Briefs, b)
	case BriefSigned:
		n := len(r.Briefs) - 1
		if n >= 0 && !r.Briefs[n].Agreed() && r.Briefs[n].Revision == e.Revision {
			r.Briefs[n].Signatures = append(r.Briefs[n].Signatures, Signature{By: e.By, At: e.At})
		}
	case RolePaused:
		r.PausedAt = e.At
	case RoleResumed:
		r.Pauses = append(r.Pauses, Pause{From: r.PausedAt, To: e.At})
		r.PausedAt = time.Time{}
	case RoleFilled, RoleCancelled:
		r.ClosedAt = e.At
	case RoleReopened:
		r.ClosedAt = time.Time{}
	}
	return r
}
