package hiring

import (
	"errors"
	"slices"
	"time"
)

// When owners are alerted between digests. Few things are worth that.
const (
	OfferDays       = 3                   // working days that an offer may be open
	AlertWithdrawn  = 3                   // withdrawals at one stage …
	WithdrawnWithin = 28 * 24 * time.Hour // … within this time
	AlertSameMust   = 4                   // rejected candidates of one source who all miss the same must-have
)

// Alert is a situation that a role's owners were alerted of. Each is told once:
// it stays with the role, so that neither a sweep nor a restart tells it again.
type Alert struct {
	Kind       NoticeKind // AlertWithdrawals or AlertMustHave
	At         time.Time
	Stage      StageID // of withdrawals
	Source     Source  // whose candidates miss the must-have
	Skill      string  // the must-have
	Candidates []CandidateID
}

// Tells says whether what was alerted of is still so of a candidate.
func (x Alert) Tells(c Candidate) bool {
	if x.Kind == AlertWithdrawals {
		return c.Outcome == Withdrawn && c.Stage == x.Stage
	}
	return c.Outcome == Rejected
}

// withdrawals returns who has withdrawn at a stage within four weeks, oldest
// first, if that is worth an alert: three of whom no alert has told yet.
func withdrawals(all []Candidate, alerts []Alert, stage StageID, now time.Time) []CandidateID {
	var list []Candidate
	for _, c := range all {
		told := slices.ContainsFunc(alerts, func(x Alert) bool {
			return x.Kind == AlertWithdrawals && x.Stage == stage && slices.Contains(x.Candidates, c.ID)
		})
		if c.Outcome == Withdrawn && c.Offer != Expired && c.Stage == stage && !told && c.ClosedAt.After(now.Add(-WithdrawnWithin)) {
			list = append(list, c)
		}
	}
	if len(list) < AlertWithdrawn {
		return nil
	}
	slices.SortStableFunc(list, func(a, b Candidate) int { return a.ClosedAt.Compare(b.ClosedAt) })
	return keysOf(list)
}

// misses says which must-haves somebody was found to miss, and which they meet,
// by their names: by the hiring manager's answer, by what a rejection rests on,
// and by ratings.
func misses(r Role, c Candidate, on []Feedback) (missing, met map[string]bool) {
	missing, met = make(map[string]bool), make(map[string]bool)
	if c.Look.Answer == LookNo && c.Look.Missing != "" {
		missing[c.Look.Missing] = true
	}
	for _, d := range c.Decisions {
		if d.Verdict != Reject {
			continue
		}
		brief, _ := r.Revision(d.Revision)
		skills := brief.Terms.Skills()
		for _, i := range d.Criteria {
			if i >= 0 && i < len(skills) {
				missing[skills[i]] = true
			}
		}
	}
	for _, f := range on {
		brief, _ := r.Revision(f.Revision)
		for i, skill := range brief.Terms.Skills() {
			switch {
			case f.Status != Submitted || i >= len(f.Ratings):
			case f.Ratings[i] == DoesNotMeet:
				missing[skill] = true
			case f.Ratings[i] == Meets || f.Ratings[i] == Exceeds:
				met[skill] = true
			}
		}
	}
	return missing, met
}

// sameMust returns a must-have that every rejected candidate of a source was
// found to miss, at least four of them, and that nobody of the source was found
// to meet: is it really a must-have? It returns nothing when there is none, or
// an alert has told of it.
func sameMust(r Role, all []Candidate, on map[CandidateID][]Feedback, source Source) (skill string, who []CandidateID) {
	var rejected []Candidate
	found, met := make(map[string]int), make(map[string]bool)
	for _, c := range all {
		if c.Source != source {
			continue
		}
		lacks, has := misses(r, c, on[c.ID])
		for s := range has {
			met[s] = true
		}
		switch c.Outcome {
		case Hired:
			return "", nil
		case Rejected:
			rejected = append(rejected, c)
			for s := range lacks {
				found[s]++
			}
		}
	}
	if len(rejected) < AlertSameMust {
		return "", nil
	}
	for _, s := range r.InForce().Terms.Skills() { // the order of the brief
		told := slices.ContainsFunc(r.Alerts, func(x Alert) bool {
			return x.Kind == AlertMustHave && x.Source == source && x.Skill == s
		})
		if found[s] == len(rejected) && !met[s] && !told {
			return s, keysOf(rejected)
		}
	}
	return "", nil
}

func keysOf(list []Candidate) []CandidateID {
	keys := make([]CandidateID, len(list))
	for i, c := range list {
		keys[i] = c.ID
	}
	return keys
}

// alert tells a role's owners what the end of a candidate's process makes worth
// telling before the next digest.
func (a Act) alert(change *Change, r Role, c Candidate) error {
	if !r.Active() || c.Outcome != Withdrawn && c.Outcome != Rejected {
		return nil
	}
	all, err := a.Record.CandidatesOf(r.ID)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(x Candidate) bool { return x.ID == c.ID }); i >= 0 {
		all[i] = c
	}
	x := Alert{Kind: AlertWithdrawals, At: a.Now, Stage: c.Stage}
	if c.Outcome == Withdrawn {
		x.Candidates = withdrawals(all, r.Alerts, c.Stage, a.Now)
	} else {
		on := make(map[CandidateID][]Feedback)
		for _, other := range all {
			if other.Source != c.Source {
				continue
			}
			if on[other.ID], err = a.Record.FeedbackOn(other.ID); err != nil {
				return err
			}
		}
		x = Alert{Kind: AlertMustHave, At: a.Now, Source: c.Source}
		x.Skill, x.Candidates = sameMust(r, all, on, c.Source)
	}
	if len(x.Candidates) == 0 {
		return nil
	}
	r.Alerts = append(slices.Clip(r.Alerts), x)
	change.Roles = append(change.Roles, r)
	change.Events = append(change.Events, Event{Kind: OwnersAlerted, At: a.Now, Role: r.ID, To: x.Stage, Source: x.Source, Count: len(x.Candidates)})
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		work, err := a.workTime(owner)
		if err != nil {
			return err
		}
		change.Notices = append(change.Notices, Notice{
			Kind: x.Kind, User: owner, Subjects: []Subject{AlertSubject(r.ID, len(r.Alerts))}, CreatedAt: a.Now, NotBefore: work.Next(a.Now),
		})
	}
	return nil
}

// refreshAlerts keeps the alerts on a role current, for which told is true.
func (c *Change) refreshAlerts(r Role, told func(Alert) bool) {
	for n, x := range r.Alerts {
		if told(x) {
			c.Refresh = append(c.Refresh, AlertSubject(r.ID, n+1))
		}
	}
}

// watchOffer has both owners alerted when an offer is open for longer than it
// may be, unless they were.
func (a Act) watchOffer(change *Change, r Role, c Candidate) error {
	if c.Stage != StageOffer || c.Outcome != Active || c.OfferAlerted.Equal(c.Since()) || !r.Active() {
		return nil
	}
	for _, owner := range []UserID{r.HiringManager, r.Recruiter} {
		work, err := a.workTime(owner)
		if err != nil {
			return err
		}
		due := work.AddDays(c.Since(), OfferDays)
		o := Owed{Subject: OfferSubject(r.ID, c.ID, owner), Since: c.Since(), DueAt: due, NudgeAt: work.Next(due)}
		if r.Status == Paused {
			o.pause(earlier(later(r.PausedAt, c.Since()), a.Now))
		}
		change.Owe = append(change.Owe, o)
	}
	return nil
}

// offerIs keeps the alerts on an open offer current.
func (c Candidate) offerIs(change *Change, r Role) {
	if !c.OfferAlerted.IsZero() {
		change.Refresh = append(change.Refresh, OfferSubject(r.ID, c.ID, r.HiringManager), OfferSubject(r.ID, c.ID, r.Recruiter))
	}
}

// openOffers returns the offers that a person is to be alerted of by now, and
// those that wait for their working hours.
func openOffers(p Person, owed []Owed, s Settings, now time.Time) (alert, wait []Owed) {
	work := s.WorkTime(p)
	for _, o := range owed {
		switch {
		case o.Subject.Kind != AboutOffer || o.NudgeAt.After(now) || !o.PausedAt.IsZero():
		case p.Away:
			o.NudgeAt = work.NextDay(now)
			wait = append(wait, o)
		case !work.Working(now):
			o.NudgeAt = work.Next(now)
			wait = append(wait, o)
		default:
			alert = append(alert, o)
		}
	}
	return alert, wait
}

// sweepOffers alerts a person of the offers that are open for longer than they
// may be, in one message.
func sweepOffers(c *Change, r Record, s Settings, p Person, owed []Owed, now time.Time) error {
	alert, wait := openOffers(p, owed, s, now)
	c.Owe = append(c.Owe, wait...)
	if len(alert) == 0 {
		return nil
	}
	n := Notice{Kind: AlertOffer, User: p.ID, CreatedAt: now, NotBefore: s.WorkTime(p).spread(p.ID, now)}
	for _, o := range alert {
		c.Settled = append(c.Settled, o.Subject)
		candidate, err := r.Candidate(o.Subject.Candidate)
		if _, gone := errors.AsType[*Error](err); gone {
			continue
		}
		if err != nil {
			return err
		}
		candidate.OfferAlerted = candidate.Since()
		c.Candidates = append(c.Candidates, candidate)
		c.Events = append(c.Events, Event{Kind: OwnersAlerted, At: now, Role: o.Subject.Role, Candidate: o.Subject.Candidate, To: StageOffer, Person: p.ID, Count: 1})
		n.Subjects = append(n.Subjects, o.Subject)
	}
	if len(n.Subjects) > 0 {
		c.Notices = append(c.Notices, n)
	}
	return nil
}
