package hiring

import (
	"cmp"
	"slices"
	"time"
)

// LateAfter is how long after its time a notice counts as late: as long as no
// pause between messages explains. What is late was held up by an outage.
const LateAfter = 2 * time.Hour

// onTime is how long after its time a notice still comes on time: as long as
// the courier pauses between two tries at the most. What came due in the last
// minute of somebody's day is to arrive then, and not a day later.
const onTime = 5 * time.Minute

// age says what time does to notices of a kind that could not be sent.
type age struct {
	// same names what a notice says, as one rendered from the record as it is
	// when it is sent: of those that say the same, only the last is sent.
	same    func(Notice) any
	over    time.Duration // after its time it is of no use any more; 0 for never
	soon    bool          // it is needed at its time: it goes as it is, whatever waits with it
	patient bool          // nobody waits for it: once its time is over, it comes in the reader's working hours
}

// ages are those of every kind of notice.
var ages = map[NoticeKind]age{
	TellBrief:        {same: theRole},
	PostBrief:        {same: theRole}, // the brief that both agreed on says all that TellBrief does
	AskSignOff:       {same: itself},
	AskRevision:      {same: itself},
	TellAgreed:       {same: byRole},
	TellWaived:       {same: byRole},
	TellPaused:       {same: byRole}, // rendered late, a pause and its end say the same
	AskFeedback:      {same: itself},
	TellFeedback:     {same: itself},
	Nudge:            {same: byKind, patient: true}, // today's holds all that is overdue
	Escalation:       {same: itself, patient: true},
	TellFilled:       {same: byRole},
	TellOwners:       {same: itself},
	TellCancelled:    {same: byRole},
	Digest:           {same: byRole, over: 7 * 24 * time.Hour}, // the next week's is there
	DigestDetails:    {same: itself, over: 7 * 24 * time.Hour},
	Preview:          {same: byChannel},
	TellUnreached:    {same: byTarget},
	TellGivenUp:      {same: byTarget},
	RefreshMessage:   {same: itself},
	TellImported:     {same: byRole},
	Prepare:          {same: itself, soon: true}, // the interview does not wait
	TellInterview:    {same: itself, soon: true},
	TellExcused:      {same: itself},
	AskTakeOver:      {same: itself},
	TellTakeOver:     {same: itself},
	TellDebrief:      {same: itself},
	TellDecision:     {same: itself},
	AskLook:          {same: itself},
	TellLook:         {same: itself},
	TellRules:        {same: atOnce}, // each tells of its own changes
	TellCorrected:    {same: itself},
	AlertOffer:       {same: itself},
	AlertWithdrawals: {same: itself},
	AlertMustHave:    {same: itself},
	LookBack:         {same: byRole},
	CatchUp:          {same: itself},
}

func ageOf(n Notice) age {
	if a, ok := ages[n.Kind]; ok {
		return a
	}
	return age{same: itself}
}

// said names what a notice says.
type said struct {
	kind    NoticeKind
	role    RoleID
	about   UserID
	channel ChannelID
	what    string
}

func byKind(n Notice) any  { return said{kind: n.Kind} }
func byRole(n Notice) any  { return said{kind: n.Kind, role: firstRole(n)} }
func theRole(n Notice) any { return said{kind: PostBrief, role: firstRole(n)} }
func byChannel(n Notice) any {
	return said{kind: n.Kind, role: firstRole(n), channel: n.Channel}
}

func byTarget(n Notice) any {
	return said{kind: TellUnreached, role: firstRole(n), about: n.About, channel: n.Channel}
}

func itself(n Notice) any {
	one := said{kind: n.Kind, about: n.About}
	for _, s := range n.Subjects {
		one.what += s.String() + "\n"
	}
	return one
}

func atOnce(n Notice) any { return said{kind: n.Kind, about: n.About, what: n.CreatedAt.String()} }

func firstRole(n Notice) RoleID {
	if len(n.Subjects) == 0 {
		return 0
	}
	return n.Subjects[0].Role
}

// LeftReason says why a notice is not sent any more.
type LeftReason string

// The reasons.
const (
	LeftOvertaken LeftReason = "a later one says the same"
	LeftOver      LeftReason = "its time has passed"
)

// LeftOut is a notice that is not sent any more.
type LeftOut struct {
	Notice Notice
	Reason LeftReason
}

// CatchUpPlan is what becomes of what waits for one conversation.
type CatchUpPlan struct {
	Left  []LeftOut
	Parts []Notice // what one message says in place of all of them, oldest first; none when each goes as it is
	At    time.Time
	gone  []NoticeID // those that the message takes the place of
}

// PlanCatchUp decides what becomes of the notices that wait for a person, given
// in any order: when one of them is late or the person is away, all that could
// have been sent by now becomes one message in the person's working hours. What
// a later one says, too, and what is of no use any more, is left out. What is
// needed at its time is no part of it and waits for nothing; what nobody waits
// for is left for the working hours also when it is not late.
func PlanCatchUp(p Person, waiting []Notice, s Settings, now time.Time) CatchUpPlan {
	work := s.WorkTime(p)
	_, away := awayOn(p.Free, DateOf(now, work.Zone))
	here := work.Working(now)
	list, heldUp := sendable(waiting, here, now)
	if !away && !heldUp {
		list = forTheMorning(list, here, now)
	}
	var plan CatchUpPlan
	if len(list) == 0 {
		return plan
	}
	var parts []Notice
	for _, n := range list {
		parts = append(parts, flat(n)...)
	}
	oldestFirst(parts)
	plan.Left, parts = leave(parts, now)
	plan.At = now
	if !here {
		plan.At = work.spread(p.ID, work.Next(now))
	}
	merged := slices.ContainsFunc(list, func(n Notice) bool { return n.Kind == CatchUp })
	switch {
	case len(list) == 1 && len(plan.Left) == 0 && plan.At.Equal(later(now, list[0].NotBefore)):
		return CatchUpPlan{} // it goes as it is
	case len(parts) <= 1 && plan.At.Equal(now) && !merged:
		return plan // what is left goes as it is
	}
	plan.Parts = parts
	for _, n := range list {
		plan.gone = append(plan.gone, n.ID)
	}
	return plan
}

// sendable returns what can be sent by now and gathered, by time: also a message
// that waits to say it all, and a reminder that waits for its minute of the
// morning. heldUp says whether any of it was held up, or waits although its
// reader is there.
func sendable(waiting []Notice, here bool, now time.Time) (list []Notice, heldUp bool) {
	for _, n := range waiting {
		ahead := n.NotBefore.Sub(now)
		minute := n.Kind == Nudge && ahead <= spreadTime
		switch {
		case n.Kind == RefreshMessage || ageOf(n).soon || n.QuietUntil.After(now):
			continue
		case ahead > 0 && n.Kind != CatchUp && !minute:
			continue
		}
		list = append(list, n)
		heldUp = heldUp || n.Late(now) || n.Kind == CatchUp && (ahead <= 0 || here && ahead > spreadTime)
	}
	oldestFirst(list)
	return list, heldUp
}

// forTheMorning returns what is left for the reader's next working hours, of
// what can be sent now, with the message that waits for them already.
func forTheMorning(list []Notice, here bool, now time.Time) []Notice {
	waits := func(n Notice) bool { return ageOf(n).patient && n.delay(now) > onTime }
	if here || !slices.ContainsFunc(list, waits) {
		return nil
	}
	return slices.DeleteFunc(list, func(n Notice) bool { return n.Kind != CatchUp && !waits(n) })
}

// oldestFirst sorts notices by when they were written. Where a clock that was
// ahead wrote one, it is from when it may be sent that tells.
func oldestFirst(list []Notice) {
	written := func(n Notice) time.Time { return earlier(n.CreatedAt, n.NotBefore) }
	slices.SortStableFunc(list, func(a, b Notice) int { return cmp.Or(written(a).Compare(written(b)), cmp.Compare(a.ID, b.ID)) })
}

// Late says whether a notice could have been sent long ago.
func (n Notice) Late(now time.Time) bool { return n.delay(now) >= LateAfter }

// delay returns how long ago the notice could have been sent. While its reader
// wants no reminder, nothing holds it up.
func (n Notice) delay(now time.Time) time.Duration { return now.Sub(later(n.NotBefore, n.QuietUntil)) }

// Since returns when the notice, or the oldest of those it takes the place of,
// could first be sent.
func (n Notice) Since() time.Time {
	since := n.NotBefore
	for _, part := range n.Parts {
		if part.NotBefore.Before(since) {
			since = part.NotBefore
		}
	}
	return since
}

// flat returns the notices that a message says: its parts, else itself.
func flat(n Notice) []Notice {
	if n.Kind == CatchUp {
		return n.Parts
	}
	return []Notice{n}
}

// leave takes out what is not sent any more.
func leave(list []Notice, now time.Time) (left []LeftOut, rest []Notice) {
	last := make(map[any]int)
	for i, n := range list {
		last[ageOf(n).same(n)] = i
	}
	for i, n := range list {
		a := ageOf(n)
		switch {
		case last[a.same(n)] != i:
			left = append(left, LeftOut{n, LeftOvertaken})
		case a.over > 0 && now.Sub(n.NotBefore) >= a.over:
			left = append(left, LeftOut{n, LeftOver})
		default:
			rest = append(rest, n)
		}
	}
	return left, rest
}

// Gather plans and decides for one conversation that something waits for. A
// channel gets no message in place of others: there, what is not worth saying
// any more is left out. It returns [ErrNothing] when everything goes as it is.
func Gather(r Record, s Settings, to Conversation, now time.Time) (Change, error) {
	if to.User != "" {
		p, err := r.Person(to.User)
		if err != nil {
			return Change{}, err
		}
		return gather(r, s, p, now)
	}
	waiting, err := r.NoticesTo(to)
	if err != nil {
		return Change{}, err
	}
	list, heldUp := sendable(waiting, true, now)
	if !heldUp {
		return Change{}, ErrNothing
	}
	left, _ := leave(list, now)
	return CatchUpPlan{Left: left}.change(to.User, now)
}

// gather plans and decides for a person as they are to be.
func gather(r Record, s Settings, p Person, now time.Time) (Change, error) {
	waiting, err := r.NoticesTo(Conversation{User: p.ID})
	if err != nil {
		return Change{}, err
	}
	return PlanCatchUp(p, waiting, s, now).change(p.ID, now)
}

// change carries a plan out. It returns [ErrNothing] when there is nothing to
// do.
func (plan CatchUpPlan) change(u UserID, now time.Time) (Change, error) {
	c := Change{Dropped: plan.gone}
	for _, l := range plan.Left {
		c.Dropped = append(c.Dropped, l.Notice.ID)
	}
	if len(plan.Parts) > 0 {
		c.Notices = []Notice{{
			Kind: CatchUp, User: u, Subjects: allSubjects(plan.Parts), Parts: plan.Parts, CreatedAt: now, NotBefore: plan.At,
		}}
	}
	if c.Empty() {
		return Change{}, ErrNothing
	}
	return c, nil
}

// allSubjects returns what notices are about, without repeats.
func allSubjects(list []Notice) []Subject {
	var all []Subject
	for _, n := range list {
		for _, s := range n.Subjects {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}
