package hiring

import (
	"slices"
	"time"
)

// Window is a span of ISO weeks: From ≤ week < To.
type Window struct{ From, To Week }

// Weeks returns the n weeks up to and with the last.
func Weeks(last Week, n int) Window { return Window{From: last.Add(1 - n), To: last.Add(1)} }

// Before returns the span of as many weeks before it.
func (w Window) Before() Window {
	from, to := w.From.Start(time.UTC), w.To.Start(time.UTC)
	return Window{From: w.From.Add(-int(to.Sub(from) / (7 * day))), To: w.From}
}

// holds says whether a moment lies in the window.
func (w Window) holds(at time.Time, zone *time.Location) bool {
	week := WeekOf(at, zone)
	return !at.IsZero() && w.From <= week && week < w.To
}

// Scope says whose figures: a role's, those of a hiring manager's roles, or,
// when both are empty, those of all roles.
type Scope struct {
	Role          RoleID
	HiringManager UserID
}

// Figures are the numbers of a scope over a window, and of now. Cohort figures
// are of the applications added in the window, as far as they have come;
// period figures are of what happened in it (docs/metrics.md).
type Figures struct {
	Scope        Scope
	Window       Window
	Roles        []Role             // those counted, oldest first
	Added        int                // cohort: applications added in the window
	Stages       []StageCount       // in the plan's order; over several roles all interviews are one
	Sources      []SourceCount      // cohort, most applications first
	Interviewers []InterviewerCount // period, most interviews first; not over all roles
	Engagement   EngagementCount
	Offers       OfferCount
	TimeToHire   Spread // period: added → offer accepted, days by the calendar
	TimeToFill   Spread // period: opening agreed → offer accepted, days by the calendar
	TimeUnpaused Spread // the same without the days on which the role was paused
	// TimeToShortlist is from when a brief was agreed to when its hiring
	// manager was first shown a candidate, of the roles where that was in the
	// window; days by the calendar.
	TimeToShortlist Spread
	Promises        []PromiseCount // period, by due time
	Alignment       AlignmentCount // period
}

// EngagementCount is the cohort's time to engage.
type EngagementCount struct {
	Took    Spread // working time from the addition to the first contact
	InTime  Share  // within the promise, of those engaged and those whose promise has run out
	Waiting int    // still in the process and not engaged yet
}

// OfferCount is what became of the offers decided in the period.
type OfferCount struct {
	Accepted, Declined, Expired, Renounced int
	TakenBack                              int // by us; no part of the rate
	Pending                                int // now
}

// Acceptance is the offer acceptance rate.
func (o OfferCount) Acceptance() Share {
	return Share{o.Accepted, o.Accepted + o.Declined + o.Expired + o.Renounced}
}

// AlignmentCount says whether the two who hire want the same.
type AlignmentCount struct {
	Revisions     int    // proposed in the window after the brief was first agreed
	Drift         int    // of these, those that change must-haves
	FirstDrift    Spread // from agreement to a role's first such change in the window; days by the calendar
	Interviews    int    // held in the window
	Hires         int    // in the window
	RoundsHeld    int    // with those hired in the window
	RoundsPlanned int    // by the plans they were hired under
	Agreement     Share  // panels of two or more that all said yes or all said no
	Decision      Spread // last feedback in → decision recorded, working time; by due time
	FeedbackTook  Spread // interview over → feedback in, working time; by due time
}

// SourceCount is one source's line in a funnel.
type SourceCount struct {
	Source      Source
	Added       int // cohort
	Interviewed int // cohort: had an interview that was held
	Settled     int // cohort: were interviewed, or their process has ended
	Hired       int // cohort
}

// Conversion is the source-to-interview conversion of all who were added.
func (s SourceCount) Conversion() Share { return Share{s.Interviewed, s.Added} }

// Resolved is the same among those interviewed or resolved.
func (s SourceCount) Resolved() Share { return Share{s.Interviewed, s.Settled} }

// Plus adds another source's line.
func (s SourceCount) Plus(o SourceCount) SourceCount {
	return SourceCount{s.Source, s.Added + o.Added, s.Interviewed + o.Interviewed, s.Settled + o.Settled, s.Hired + o.Hired}
}

// FoldSources returns the lines of at least [MinShare] applications, and the
// sum of the others.
func FoldSources(lines []SourceCount) (shown []SourceCount, other SourceCount) {
	for _, l := range lines {
		if l.Added >= MinShare {
			shown = append(shown, l)
			continue
		}
		other = other.Plus(l)
	}
	other.Source = ""
	return shown, other
}

// FiguresOf reads the figures of a scope over a window. It reads counts, roles
// and what is overdue, never candidates.
func FiguresOf(r Record, s Settings, of Scope, w Window, now time.Time) (Figures, error) {
	in, err := readScope(r, of, now)
	if err != nil {
		return Figures{}, err
	}
	list, err := in.figures(r, s, now, w)
	if err != nil {
		return Figures{}, err
	}
	return list[0], nil
}

// scoped is what is read of a scope, whatever the window.
type scoped struct {
	of    Scope
	roles []Role
	late  [][]Due // what is past due in each of the roles
}

func readScope(r Record, of Scope, now time.Time) (in scoped, err error) {
	in.of = of
	if in.roles, err = rolesOf(r, of); err != nil {
		return scoped{}, err
	}
	in.late, err = overdueIn(r, in.roles, now)
	return in, err
}

// overdue is how much is past due in all roles.
func (in scoped) overdue() (n int) {
	for _, late := range in.late {
		n += len(late)
	}
	return n
}

// figures reads the figures over several windows at once, in their order.
func (in scoped) figures(r Record, s Settings, now time.Time, windows ...Window) ([]Figures, error) {
	span := windows[0]
	for _, w := range windows {
		span.From, span.To = min(span.From, w.From), max(span.To, w.To)
	}
	tally, err := tallyOf(r, in.of, in.roles, span)
	if err != nil {
		return nil, err
	}
	plan := Kinds()
	if in.of.Role != 0 {
		plan = in.roles[0].Plan()
	}
	list := make([]Figures, len(windows))
	for i, w := range windows {
		f := Figures{Scope: in.of, Window: w, Roles: in.roles}
		f.read(tally.in(w), plan, latenessOf(in.late, in.of, w, s.Zone), s, now)
		f.roles(s.Zone)
		list[i] = f
	}
	return list, nil
}

// in returns what of a tally is counted in a window, or in no week.
func (t Tally) in(w Window) Tally {
	some := make(Tally, len(t))
	for k, n := range t {
		if k.Week == "" || w.From <= k.Week && k.Week < w.To {
			some[k] = n
		}
	}
	return some
}

func rolesOf(r Record, of Scope) ([]Role, error) {
	if of.Role != 0 {
		role, err := r.Role(of.Role)
		return []Role{role}, err
	}
	roles, err := r.AllRoles()
	return slices.DeleteFunc(roles, func(role Role) bool { return of.HiringManager != "" && role.HiringManager != of.HiringManager }), err
}

func tallyOf(r Record, of Scope, roles []Role, w Window) (Tally, error) {
	if of.HiringManager == "" {
		return r.Counts(of.Role, w.From, w.To)
	}
	sum := make(Tally)
	for _, role := range roles {
		t, err := r.Counts(role.ID, w.From, w.To)
		if err != nil {
			return nil, err
		}
		for k, n := range t {
			overall, ok := k.Overall()
			if k.Measure == SatIn || k.Person != "" {
				k.Role, overall, ok = 0, k, true
			}
			if ok {
				sum.add(overall, n)
			}
		}
	}
	return sum, nil
}

// sums are a tally by measure, and by value within it.
type sums struct {
	tally  Tally
	counts map[Measure]int
	values map[Measure]histogram
}

func sumsOf(t Tally) sums {
	s := sums{tally: t, counts: make(map[Measure]int), values: make(map[Measure]histogram)}
	for k, n := range t {
		s.counts[k.Measure] += n
		if s.values[k.Measure] == nil {
			s.values[k.Measure] = make(histogram)
		}
		s.values[k.Measure][k.Value] += n
	}
	return s
}

func (s sums) spread(m Measure, unit time.Duration) Spread { return s.values[m].spread(unit) }

// read fills in what counts say.
func (f *Figures) read(t Tally, plan Plan, late lateness, s Settings, now time.Time) {
	all := sumsOf(t)
	f.Stages = Funnel(t, plan, s, now)
	f.Sources = BySource(t)
	for _, l := range f.Sources {
		f.Added += l.Added
	}
	f.Engagement = engagementOf(all, s.Zone, now)
	f.Offers = OfferCount{
		Accepted: all.counts[Accepted.measure()], Declined: all.counts[Declined.measure()], Expired: all.counts[Expired.measure()],
		Renounced: all.counts[Renounced.measure()], TakenBack: all.counts[TakenBack.measure()],
	}
	for _, l := range f.Stages {
		if l.Kind == KindOffer {
			f.Offers.Pending = l.Inside
		}
	}
	f.TimeToHire, f.TimeToFill, f.TimeUnpaused = all.spread(TimeToHire, day), all.spread(TimeToFill, day), all.spread(TimeUnpaused, day)
	for _, p := range AllPromises() {
		kept, missed := all.counts[p.kept()], all.counts[p.late()]+late.inWindow[p]
		f.Promises = append(f.Promises, PromiseCount{
			Promise: p, Kept: Share{kept, kept + missed}, Took: all.spread(p.took(), time.Hour), Overdue: late.now[p],
		})
	}
	f.Alignment = AlignmentCount{
		Interviews: all.counts[InterviewsHeld], Hires: f.TimeToHire.N,
		RoundsHeld: all.values[RoundsHeld].sum(), RoundsPlanned: all.values[RoundsPlanned].sum(),
		Agreement: Share{all.counts[PanelsAgreed], all.counts[Panels]},
		Decision:  all.spread(PromiseDecision.took(), time.Hour), FeedbackTook: all.spread(PromiseFeedback.took(), time.Hour),
	}
	f.Interviewers = byInterviewer(t, late)
}

func engagementOf(all sums, zone *time.Location, now time.Time) EngagementCount {
	e := EngagementCount{Took: all.spread(Engaged, time.Hour), Waiting: all.counts[Unengaged]}
	e.InTime = Share{all.counts[EngagedInTime], e.Took.N + all.counts[NeverEngaged]}
	for k, n := range all.tally {
		if k.Measure == Unengaged && !now.Before(k.Week.Start(zone).Add(time.Duration(k.Value)*time.Hour)) {
			e.InTime.N += n
		}
	}
	return e
}

// roles fills in what the roles themselves say.
func (f *Figures) roles(zone *time.Location) {
	shortlist, drift := make(histogram), make(histogram)
	for _, role := range f.Roles {
		if role.OpenedAt.IsZero() {
			continue
		}
		if shown := later(role.ShownAt, role.OpenedAt); !role.ShownAt.IsZero() && f.Window.holds(shown, zone) {
			shortlist[daysBetween(role.OpenedAt, shown, zone)]++
		}
		first := true
		for i, b := range role.Briefs {
			if i == 0 || b.ProposedAt.Before(role.OpenedAt) {
				continue
			}
			in, drifts := f.Window.holds(b.ProposedAt, zone), !sameMustHaves(role.Briefs[i-1].Terms, b.Terms)
			if in {
				f.Alignment.Revisions++
			}
			if in && drifts {
				f.Alignment.Drift++
			}
			if in && drifts && first {
				drift[daysBetween(role.OpenedAt, b.ProposedAt, zone)]++
			}
			first = first && !drifts
		}
	}
	f.TimeToShortlist, f.Alignment.FirstDrift = shortlist.spread(day), drift.spread(day)
}

// sameMustHaves says whether two revisions ask for the same skills.
func sameMustHaves(a, b Terms) bool {
	x, y := a.Skills(), b.Skills()
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
