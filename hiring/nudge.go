package hiring

import (
	"hash/fnv"
	"slices"
	"time"
)

// NudgeReason says why a person is or is not nudged now.
type NudgeReason string

// The reasons.
const (
	NudgeOverdue     NudgeReason = "something is overdue, or will be soon"
	HoldNothing      NudgeReason = "nothing is overdue"
	HoldOutsideHours NudgeReason = "outside the person's working hours"
	HoldNudged       NudgeReason = "nudged lately already"
	HoldAway         NudgeReason = "the person cannot be reached"
)

// NudgePlan is what a sweep decides for one person.
type NudgePlan struct {
	Person   UserID
	Reason   NudgeReason
	Step     int       // of the item nudged most often, 1 for the first; 0 when nothing is due yet
	Items    []Owed    // as they are after the plan: what is nudged, or held
	Until    time.Time // when the items are looked at next, UTC
	Escalate []Escalated
}

// Escalated is one item that somebody else hears of, and who.
type Escalated struct {
	Item Owed
	To   Told
}

// PlanNudge decides whether a person is nudged now about what they owe, given
// in any order. What is not to be reminded of yet is left out. unsent is what
// stands in a nudge that has not been sent yet, or not for certain: the person
// has not been told, so it moves no further.
func PlanNudge(p Person, owed []Owed, unsent []Subject, s Settings, now time.Time) NudgePlan {
	work := s.WorkTime(p)
	plan := NudgePlan{Person: p.ID, Items: slices.DeleteFunc(reminded(owed, now), func(o Owed) bool { return o.SnoozedUntil.After(now) })}
	until, rests := s.rests(p, work, now)
	woken := slices.DeleteFunc(slices.Clone(plan.Items), func(o Owed) bool { return !o.SnoozedUntil.After(p.NudgedAt) })
	if rests && len(woken) > 0 {
		plan.Items, rests = woken, false // who asked to be reminded at this time is, unless a reminder came since
	}
	switch {
	case len(plan.Items) == 0:
		plan.Reason = HoldNothing
		return plan
	case p.Away:
		plan.Reason, plan.Until = HoldAway, work.NextDay(now)
	case !work.Working(now):
		plan.Reason, plan.Until = HoldOutsideHours, work.Next(now)
	case rests:
		plan.Reason, plan.Until = HoldNudged, until
	default:
		plan.Reason, plan.Until = NudgeOverdue, s.next(work, now)
	}
	for i := range plan.Items {
		if item := &plan.Items[i]; item.Overdue(now) {
			plan.step(item, slices.Contains(unsent, item.Subject), s.Ladder)
		} else {
			plan.beforehand(item, s.first(work, item.DueAt))
		}
	}
	return plan
}

// beforehand reminds of one item that is not due yet, which is no step: it is
// looked at again when it is late.
func (plan NudgePlan) beforehand(item *Owed, late time.Time) {
	item.NudgeAt = plan.Until
	if plan.Reason == NudgeOverdue {
		item.NudgeAt, item.SnoozedUntil = later(plan.Until, late), time.Time{}
	}
}

// step moves one item on by what the plan does.
func (plan *NudgePlan) step(item *Owed, unsent bool, l Ladder) {
	item.NudgeAt = plan.Until
	if plan.Reason == NudgeOverdue {
		if item.SnoozedUntil.IsZero() && !unsent { // what was put off comes back as it was
			item.Nudges++
		}
		item.Nudges, item.SnoozedUntil = max(item.Nudges, 1), time.Time{}
		plan.Step = max(plan.Step, item.Nudges)
	}
	told := item.Told
	switch {
	case plan.Reason == HoldAway, item.Nudges > l.NudgesOwner && (item.Nudges <= l.NudgesAdmins || told == ToldNobody):
		told = max(told, ToldOwner) // first, also where the admins have made the ladder shorter
	case item.Nudges > l.NudgesAdmins:
		told = ToldAdmins
	}
	if told != item.Told {
		item.Told = told
		plan.Escalate = append(plan.Escalate, Escalated{Item: *item, To: told})
	}
}

// reminded returns what a person may be reminded of by now, by due time.
func reminded(owed []Owed, now time.Time) []Owed {
	var items []Owed
	for _, o := range owed {
		if o.reminds(now) {
			items = append(items, o)
		}
	}
	slices.SortStableFunc(items, func(a, b Owed) int { return a.DueAt.Compare(b.DueAt) })
	return items
}

// Sweep plans and decides for one person: the nudge and the escalations. It
// returns [ErrNothing] when nothing is to be looked at yet.
func Sweep(r Record, s Settings, u UserID, now time.Time) (Change, error) {
	owed, err := r.ToRemind(u, now)
	if err != nil {
		return Change{}, err
	}
	p, err := r.Person(u)
	if err != nil {
		return Change{}, err
	}
	work := s.WorkTime(p)
	if !slices.ContainsFunc(owed, func(o Owed) bool { return s.looked(work, o, now) }) {
		return Change{}, ErrNothing
	}
	problem, held, err := heldBack(r, u)
	if err != nil {
		return Change{}, err
	}
	mayBeBack := p.mayBeBack(now) && !held // what is held is tried daily by itself
	p.Away = p.Away || held
	var c Change
	if err := sweepOffers(&c, r, s, p, owed, now); err != nil {
		return Change{}, err
	}
	before, unsent, err := unsentNudge(r, u)
	if err != nil {
		return Change{}, err
	}
	plan := PlanNudge(p, owed, unsent, s, now)
	if plan.Reason == HoldNothing && c.Empty() {
		return Change{}, ErrNothing
	}
	c.Owe = append(c.Owe, plan.Items...)
	if plan.Reason == NudgeOverdue || plan.Reason == HoldAway && mayBeBack && len(unsent) == 0 {
		c.Dropped = before
		plan.nudge(&c, p, work, now)
	}
	return c, plan.escalate(&c, r, s, problem, now)
}

// heldBack says whether what goes to a person waits until they can be reached,
// and what the problem is with those who are away.
func heldBack(r Record, u UserID) (problem string, held bool, err error) {
	kept, known, err := r.Unreachable(Conversation{User: u})
	if err != nil || !known || kept.Trying {
		return ProblemAway, false, err
	}
	return kept.Problem, true, nil
}

// mayBeBack says whether it is time to find out if somebody whose account was
// deactivated is back. A nudge does: their profile is read before it is sent,
// and where they are not, it waits.
func (p Person) mayBeBack(now time.Time) bool {
	return p.Away && (now.Sub(p.ReadAt) >= TryAfter || p.ReadAt.After(now))
}

// nudge reminds the person of the plan's items, in their working hours.
func (plan NudgePlan) nudge(c *Change, p Person, work WorkTime, now time.Time) {
	p.NudgedAt = now
	if plan.Reason == HoldAway { // nothing counted while they were away
		plan.Step = 1
	}
	c.People = append(c.People, p)
	c.Notices = append(c.Notices, Notice{
		Kind: Nudge, User: p.ID, Subjects: subjects(plan.Items), Step: plan.Step, CreatedAt: now, NotBefore: work.spread(p.ID, work.Next(now)),
	})
	c.Events = append(c.Events, Event{Kind: PersonNudged, At: now, Person: p.ID, Count: len(plan.Items)})
}

// unsentNudge returns the nudges that still wait to be sent to a person, which
// the next one takes the place of, and what stands in them or in one of which
// nobody knows whether it was sent.
func unsentNudge(r Record, u UserID) (ids []NoticeID, about []Subject, err error) {
	waiting, err := r.NoticesTo(Conversation{User: u})
	if err != nil {
		return nil, nil, err
	}
	for _, n := range waiting {
		if n.Kind == Nudge {
			ids = append(ids, n.ID)
		}
	}
	sending, err := r.SendingTo(Conversation{User: u})
	for _, n := range slices.Concat(waiting, sending) {
		for _, part := range flat(n) {
			if part.Kind == Nudge {
				about = append(about, part.Subjects...)
			}
		}
	}
	return ids, about, err
}

// spreadTime is over how long the first reminders of a morning are spread, so
// that everybody's do not meet Slack's limits at the same minute.
const spreadTime = 30 * time.Minute

// spread returns the person's own minute in the first half hour of the working
// day, or now when that is past.
func (w WorkTime) spread(u UserID, now time.Time) time.Time {
	from, _, ok := w.hours(now)
	if !ok {
		return now
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(u)) // never fails
	minute := time.Duration(h.Sum32()%uint32(spreadTime/time.Minute)) * time.Minute
	return later(now, from.Add(minute).UTC())
}

func subjects(items []Owed) []Subject {
	list := make([]Subject, len(items))
	for i, o := range items {
		list[i] = o.Subject
	}
	return list
}

// mostNudged returns how often the item was nudged that was most often.
func mostNudged(items []Owed) (most int) {
	for _, o := range items {
		most = max(most, o.Nudges)
	}
	return most
}

// escalate tells each reader once about all that concerns them.
func (plan NudgePlan) escalate(c *Change, r Record, s Settings, problem string, now time.Time) error {
	readers := make(map[UserID][]Owed)
	for _, e := range plan.Escalate {
		role, err := r.Role(e.Item.Subject.Role)
		if err != nil {
			return err
		}
		to := []UserID{role.OtherOwner(plan.Person)}
		if e.Item.Shared() {
			to = nil
		}
		if e.To == ToldAdmins {
			to = s.Admins
		}
		for _, u := range to {
			if u != plan.Person {
				readers[u] = append(readers[u], e.Item)
			}
		}
		c.Events = append(c.Events, Event{Kind: ItemEscalated, At: now, Role: role.ID, Candidate: e.Item.Subject.Candidate, Person: plan.Person, Count: int(e.To)})
	}
	kind := TellUnreached
	if plan.Reason != HoldAway {
		kind, problem = Escalation, ""
	}
	for _, u := range sortedKeys(readers) {
		p, err := r.Person(u)
		if err != nil {
			return err
		}
		work := s.WorkTime(p)
		c.Notices = append(c.Notices, Notice{
			Kind: kind, User: u, About: plan.Person, Problem: problem, Step: mostNudged(readers[u]), Subjects: subjects(readers[u]), CreatedAt: now,
			NotBefore: work.spread(plan.Person, work.Next(now)), // not before the nudge that says so
		})
	}
	return nil
}
