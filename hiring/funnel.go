package hiring

import (
	"slices"
	"time"
)

// Measure says what a count counts. Definitions: docs/metrics.md.
type Measure string

// The measures of cohorts, kept under the week the candidate was added. The
// first five say how far a candidate came, and stand under that stage.
const (
	Going         Measure = "going"           // is still in the process
	HiredAt       Measure = "hired"           // and was hired
	DroppedAt     Measure = "dropped"         // ended here by the candidate's choice
	RefusedAt     Measure = "refused"         // ended here by ours
	LapsedAt      Measure = "lapsed"          // ended here by neither: an offer that expired
	Engaged       Measure = "engaged"         // by working hours to the first contact
	EngagedInTime Measure = "engaged in time" // within the promise
	Unengaged     Measure = "not engaged"     // by hours from the week's start to when the promise runs out
	NeverEngaged  Measure = "never engaged"   // the process ended after the promise had run out
	Interviewed   Measure = "interviewed"     // had an interview that was held
	Settled       Measure = "settled"         // was interviewed, or the process has ended
)

// The measures of periods, kept under the week it happened.
const (
	Entered        Measure = "entered"         // first entry into the stage
	Dropped        Measure = "withdrew"        // ended by the candidate's choice
	Refused        Measure = "rejected"        // ended by ours
	Lapsed         Measure = "offer lapsed"    // ended by neither
	TimeIn         Measure = "time in"         // left the stage, by working hours in it
	Contacted      Measure = "contacted"       // first contact
	TimeToHire     Measure = "time to hire"    // hired, by days
	TimeToFill     Measure = "time to fill"    // hired, by days since the opening was agreed
	TimeUnpaused   Measure = "time unpaused"   // the same without the days paused
	RoundsHeld     Measure = "rounds held"     // hired, by interviews held
	RoundsPlanned  Measure = "rounds planned"  // hired, by interviews in the plan
	InterviewsHeld Measure = "interviews held" // an interview was held
	SatIn          Measure = "sat in"          // a person interviewed
	Panels         Measure = "panels"          // two or more gave feedback, all that were asked
	PanelsAgreed   Measure = "panels agreed"   // and all said yes, or all said no
)

// Inside counts those active in the stage, by the day of entry. It is kept
// under no week: it says what is so now.
const Inside Measure = "inside"

// CountKey is one of the funnel's counters.
type CountKey struct {
	Role    RoleID // 0 for all roles together
	Week    Week   // empty for Inside
	Measure Measure
	Stage   StageID // empty for what belongs to none
	Source  Source  // likewise
	Person  UserID  // likewise; the interviewer
	Value   int     // whole hours or days; 0 for what has none
}

// Tally is counters and their counts.
type Tally map[CountKey]int

// add counts n more.
func (t Tally) add(k CountKey, n int) {
	if t[k] += n; t[k] == 0 {
		delete(t, k)
	}
}

// Overall returns the counter of all roles together that one of a role adds
// to; false for what is kept per role alone: single interviews and people.
func (k CountKey) Overall() (CountKey, bool) {
	single := k.Stage != "" && k.Stage != StageInterviews && k.Stage.Kind() == KindInterview
	switch k.Measure {
	case SatIn:
		return CountKey{}, false
	case Entered, TimeIn, Inside:
		if single { // these are kept for all interviews of a role together, too
			return CountKey{}, false
		}
	}
	if single {
		k.Stage = StageInterviews
	}
	k.Role, k.Person = 0, ""
	return k, true
}

// Counter counts the candidates of one role. Weeks, working time and days are
// the workspace's: the figures of colleagues in two countries are comparable,
// and nobody's leave changes them.
type Counter struct {
	role    Role
	plan    Plan
	zone    *time.Location
	work    WorkTime
	contact time.Duration
}

// Counter returns what counts the candidates of a role.
func (s Settings) Counter(r Role) *Counter {
	c := &Counter{role: r, zone: s.Zone, work: s.WorkTime(Person{}), contact: s.ContactDue}
	if len(r.Briefs) > 0 {
		c.plan = r.Plan()
	}
	return c
}

// Contribution returns the counters one candidate stands in, as often as they
// do. The kept counts are the sum over all candidates; a change to a candidate
// moves them from the old contribution to the new one.
func (c *Counter) Contribution(p Candidate) []CountKey {
	if len(p.Journey) == 0 || len(c.plan) == 0 {
		return nil
	}
	t := telling{Counter: c, c: p, keys: make([]CountKey, 0, 8+4*len(p.Journey))}
	t.cohort()
	t.engagement()
	visits := t.visits()
	t.stay(visits, false)
	t.stay(asOne(visits), true)
	t.ending()
	t.interviews()
	return t.keys
}

// telling makes a candidate's contribution.
type telling struct {
	*Counter
	c    Candidate
	keys []CountKey
}

func (t *telling) add(at time.Time, m Measure, k CountKey) {
	k.Role, k.Measure = t.c.Role, m
	if !at.IsZero() {
		k.Week = WeekOf(at, t.zone)
	}
	t.keys = append(t.keys, k)
}

// cohort says how far the candidate came. A stage's reach goes by the furthest
// stage ever entered: skipping ahead passes the stages skipped, going back and
// forth counts once, and an ending belongs to the furthest stage.
func (t *telling) cohort() {
	here := CountKey{Stage: t.plan[furthest(t.c, t.plan)].ID, Source: t.c.Source}
	if m := t.c.ending(); m.cohort != "" {
		t.add(t.c.AddedAt, m.cohort, here)
		if m.period != "" {
			t.add(t.c.ClosedAt, m.period, here)
		}
	}
	interviewed := false
	for _, s := range t.plan {
		interviewed = interviewed || s.Kind == KindInterview && t.c.Interviewed(t.plan, s.ID)
	}
	for _, i := range t.c.Interviews { // of a stage that the plan no longer has
		interviewed = interviewed || i.Status == TookPlace
	}
	from := CountKey{Source: t.c.Source}
	if interviewed {
		t.add(t.c.AddedAt, Interviewed, from)
	}
	if interviewed || t.c.Outcome != Active {
		t.add(t.c.AddedAt, Settled, from)
	}
}

// ending is what a candidate's outcome counts as.
type ending struct{ cohort, period Measure }

func (c Candidate) ending() ending {
	switch {
	case c.Outcome == Active:
		return ending{Going, ""}
	case c.Outcome == Hired:
		return ending{HiredAt, ""}
	case c.Outcome == Rejected:
		return ending{RefusedAt, Refused}
	case c.Offer == Expired:
		return ending{LapsedAt, Lapsed}
	default:
		return ending{DroppedAt, Dropped}
	}
}

// furthest returns the index of the furthest stage entered that the plan has.
func furthest(c Candidate, plan Plan) int {
	best := 0
	for _, m := range c.Journey {
		best = max(best, plan.Index(m.To))
	}
	return best
}

// engagement says when the first contact was. One that is yet to come counts
// against us once its promise has run out, unless the process ended before.
func (t *telling) engagement() {
	due := t.work.Add(t.c.AddedAt, t.contact)
	from := CountKey{Source: t.c.Source}
	at := t.c.Engaged(t.plan)
	switch {
	case !at.IsZero():
		from.Value = whole(t.work.Between(t.c.AddedAt, at))
		t.add(t.c.AddedAt, Engaged, from)
		t.add(at, Contacted, CountKey{Source: t.c.Source})
		if !at.After(due) {
			t.add(t.c.AddedAt, EngagedInTime, CountKey{Source: t.c.Source})
		}
	case t.c.Outcome != Active:
		if due.Before(t.c.ClosedAt) {
			t.add(t.c.AddedAt, NeverEngaged, from)
		}
	default:
		from.Value = int((due.Sub(WeekOf(t.c.AddedAt, t.zone).Start(t.zone)) + time.Hour - 1) / time.Hour)
		t.add(t.c.AddedAt, Unengaged, from)
	}
}

// visit is one stay in a stage; out is zero while it lasts.
type visit struct {
	stage   StageID
	in, out time.Time
}

func (t *telling) visits() []visit {
	list := make([]visit, 0, len(t.c.Journey))
	for i, m := range t.c.Journey {
		v := visit{stage: m.To, in: m.At, out: t.c.ClosedAt}
		if i+1 < len(t.c.Journey) {
			v.out = t.c.Journey[i+1].At
		}
		list = append(list, v)
	}
	return list
}

// asOne makes one stay of those in interviews that follow on each other.
func asOne(list []visit) []visit {
	out := make([]visit, 0, len(list))
	for _, v := range list {
		if v.stage.Kind() == KindInterview {
			v.stage = StageInterviews
		}
		if last := len(out) - 1; last >= 0 && out[last].stage == v.stage && v.stage == StageInterviews {
			out[last].out = v.out
			continue
		}
		out = append(out, v)
	}
	return out
}

// stay counts entries, exits and who is inside, by stage or, for what several
// roles have in common, all interviews as one.
func (t *telling) stay(list []visit, asOne bool) {
	first := make(map[StageID]time.Time, len(list))
	for _, v := range list {
		if asOne && v.stage != StageInterviews {
			continue
		}
		if at, seen := first[v.stage]; !seen || v.in.Before(at) {
			first[v.stage] = v.in
		}
		switch {
		case v.stage == StageHired:
		case !v.out.IsZero():
			t.add(v.out, TimeIn, CountKey{Stage: v.stage, Value: whole(t.work.Between(v.in, v.out))})
		default:
			t.add(time.Time{}, Inside, CountKey{Stage: v.stage, Source: t.c.Source, Value: dayNumber(v.in, t.zone)})
		}
	}
	for stage, at := range first {
		t.add(at, Entered, CountKey{Stage: stage, Source: t.c.Source})
	}
}

// dayNumber counts days by the calendar since 1970.
func dayNumber(at time.Time, zone *time.Location) int {
	year, month, today := at.In(zone).Date()
	return int(time.Date(year, month, today, 0, 0, 0, 0, time.UTC).Unix() / int64(day/time.Second))
}

// ending says how an offer ended, and how long a hire took.
func (t *telling) ending() {
	if t.c.Offer != "" {
		t.add(t.c.ClosedAt, t.c.Offer.measure(), CountKey{Source: t.c.Source})
	}
	if t.c.Outcome != Hired {
		return
	}
	at := t.c.ClosedAt
	t.add(at, TimeToHire, CountKey{Value: daysBetween(t.c.AddedAt, at, t.zone)})
	if agreed := t.role.AgreedFor(t.c.Opening); !agreed.IsZero() && !at.Before(agreed) {
		days := daysBetween(agreed, at, t.zone)
		t.add(at, TimeToFill, CountKey{Value: days})
		t.add(at, TimeUnpaused, CountKey{Value: max(0, days-pausedDays(t.role.pauses(), agreed, at, t.zone))})
	}
	planned, held := 0, 0
	for _, s := range t.plan {
		if s.Kind == KindInterview {
			planned++
		}
		if s.Kind == KindInterview && t.c.Interviewed(t.plan, s.ID) {
			held++
		}
	}
	t.add(at, RoundsPlanned, CountKey{Value: planned})
	t.add(at, RoundsHeld, CountKey{Value: held})
}

func (e OfferEnd) measure() Measure { return Measure("offer " + e) }

// interviews counts what was held, and who was there.
func (t *telling) interviews() {
	for _, i := range t.c.Interviews {
		if i.Status != TookPlace {
			continue
		}
		t.add(i.Start, InterviewsHeld, CountKey{Stage: i.Stage})
		for _, u := range i.Panel {
			t.add(i.Start, SatIn, CountKey{Person: u})
		}
	}
	for _, m := range t.c.Journey {
		if t.c.assumed(t.plan, m) {
			t.add(m.At, InterviewsHeld, CountKey{Stage: m.From})
		}
	}
}

// AgreedFor returns when both owners first agreed on a revision with that many
// openings; zero when they never did. Opening 0 is the first.
func (r Role) AgreedFor(opening int) time.Time {
	for _, b := range r.Briefs {
		if b.Agreed() && b.Terms.Openings >= opening {
			return b.AgreedAt()
		}
	}
	return time.Time{}
}

// pauses returns every pause, also the one that lasts.
func (r Role) pauses() []Pause {
	if r.PausedAt.IsZero() {
		return r.Pauses
	}
	return append(slices.Clip(r.Pauses), Pause{From: r.PausedAt, To: r.ClosedAt})
}
