package hiring

import (
	"slices"
	"time"
)

// DigestSpan is a span of time, without its beginning, in which digests may
// have come due.
type DigestSpan struct {
	After, Until time.Time
	Usual        bool      // the day and time of the rules have come in it
	Next         time.Time // when they come next; zero for never
	Workspace    ChannelID // hears of all roles anyhow; empty for none
}

func (d DigestSpan) holds(t time.Time) bool { return t.After(d.After) && !t.After(d.Until) }

// DigestsDue says whether anything is due in a span of time, so that nothing
// has to be written when nothing is.
func DigestsDue(r Record, s Settings, span DigestSpan) (bool, error) {
	if span.Usual || span.previews(s, span.Next) {
		return true, nil
	}
	all, err := r.AllSubscriptions()
	return slices.ContainsFunc(all, func(sub Subscription) bool {
		return !sub.Off && (span.due(s, sub) || sub.Own && sub.first() && span.previews(s, sub.Next(span.Until, s.Zone)))
	}), err
}

// due says whether a subscription has come due. Times missed are one.
func (d DigestSpan) due(s Settings, sub Subscription) bool {
	if !sub.Own {
		return d.Usual
	}
	last := sub.slot(WeekOf(d.Until, s.Zone), s.Zone)
	if last.After(d.Until) {
		last = sub.slot(WeekOf(d.Until, s.Zone).Add(-1), s.Zone)
	}
	return d.holds(last) && last.After(sub.SetAt)
}

// previews says whether it is time for the preview of what is due next: a
// working day before it.
func (d DigestSpan) previews(s Settings, next time.Time) bool {
	work := s.WorkTime(Person{})
	return !next.IsZero() && d.holds(work.Before(next, work.Day()))
}

// PlanDigests decides which channels hear of the week that ended before the
// end of the span, each at its time and once a week: of each role that hires
// or was filled or cancelled in that week, and of all of them. Before the
// first digest to a channel, those who run the role read a preview and have
// time to change or stop it.
func PlanDigests(r Record, s Settings, span DigestSpan) (Change, error) {
	roles, err := r.AllRoles()
	if err != nil {
		return Change{}, err
	}
	p := digestPlan{record: r, settings: s, span: span, week: WeekOf(span.Until, s.Zone).Add(-1)}
	some := false
	for _, role := range roles {
		tells := role.in(p.week, s.Zone)
		if role.Channel == "" || !tells && !role.in(p.week.Add(1), s.Zone) {
			continue // confidential, or nothing to tell
		}
		some = some || tells
		if err := p.subscribed(role.ID, role.Channel, []UserID{role.HiringManager, role.Recruiter}, tells); err != nil {
			return Change{}, err
		}
	}
	err = p.subscribed(0, span.Workspace, s.Admins, some)
	return p.change, err
}

// in says whether a role had begun by the end of a week and was not closed
// before it.
func (r Role) in(w Week, zone *time.Location) bool {
	return r.CreatedAt.Before(w.Add(1).Start(zone)) && (r.Active() || !r.ClosedAt.Before(w.Start(zone)))
}

// digestPlan is a plan in the making.
type digestPlan struct {
	record   Record
	settings Settings
	span     DigestSpan
	week     Week // that is told of
	change   Change
}

// subscribed plans for every channel that hears of a role, or of all; tells is
// whether there is anything to tell of the week.
func (p *digestPlan) subscribed(id RoleID, own ChannelID, run []UserID, tells bool) error {
	subs, err := SubscriptionsOf(p.record, id, own)
	if err != nil {
		return err
	}
	for _, sub := range subs {
		if sub.Off {
			continue
		}
		if err := p.one(sub, run, tells); err != nil {
			return err
		}
	}
	return nil
}

func (p *digestPlan) one(sub Subscription, run []UserID, tells bool) error {
	now := p.span.Until
	if err := p.setRight(&sub); err != nil {
		return err
	}
	due := tells && p.span.due(p.settings, sub) && sub.Told < p.week
	next := p.span.Next
	if sub.Own {
		next = sub.Next(now, p.settings.Zone)
	}
	preview := sub.first() && sub.PreviewedAt.IsZero() && (due || p.span.previews(p.settings, next))
	if !due && !preview {
		return nil
	}
	if preview {
		if due {
			next = now
		}
		sub.announce(p.settings, next, now)
		list, err := previews(p.record, p.settings, sub, run, now)
		if err != nil {
			return err
		}
		p.change.Notices = append(p.change.Notices, list...)
	}
	if due {
		at := now
		if sub.first() && sub.FirstAt.After(now) {
			at = sub.FirstAt
		}
		sub.Told, sub.ToldAt, sub.Before = p.week, now, sub.ToldAt
		p.change.Notices = append(p.change.Notices, Notice{
			Kind: Digest, Channel: sub.Channel, Subjects: []Subject{DigestSubject(sub.Role, p.week)}, CreatedAt: now, NotBefore: at,
		})
	}
	p.change.Subscriptions = append(p.change.Subscriptions, sub)
	return nil
}

// setRight takes back what was planned for a channel while the clock was ahead.
// The digest of then is dropped if it still waits: its week is told of when it
// has been.
func (p *digestPlan) setRight(sub *Subscription) error {
	now := p.span.Until
	if !sub.setRight(p.week, p.settings.Zone, now) {
		return nil
	}
	waiting, err := p.record.NoticesTo(Conversation{Channel: sub.Channel})
	for _, n := range waiting {
		if n.Kind == Digest && n.Subjects[0].Role == sub.Role && n.CreatedAt.After(now) {
			p.change.Dropped = append(p.change.Dropped, n.ID)
		}
	}
	return err
}

// chartsAgain is after how long charts are tried again in a workspace that
// refused one: Slack brings new blocks to workspaces bit by bit.
const chartsAgain = 4 * 7 * 24 * time.Hour

// TakesCharts says whether charts are worth sending.
func TakesCharts(r Record, now time.Time) (bool, error) {
	at, err := r.ChartsRefused()
	return at.IsZero() || !now.Before(at.Add(chartsAgain)), err
}

// Outdates returns whose messages say something else once a notice stands in
// Slack: the previews of a channel's first digest.
func Outdates(r Digests, n Notice) ([]Subject, error) {
	if n.Kind != Digest {
		return nil, nil
	}
	role := n.Subjects[0].Role
	subs, err := r.Subscriptions(role)
	i := slices.IndexFunc(subs, func(s Subscription) bool { return s.Channel == n.Channel })
	if err != nil || i < 0 || !subs[i].Before.IsZero() {
		return nil, err
	}
	return []Subject{PreviewSubject(role)}, nil
}

// Follow returns what follows a notice once it stands in Slack: the details of
// a digest, in its thread.
func Follow(n Notice, now time.Time) (Notice, bool) {
	if n.Kind != Digest {
		return Notice{}, false
	}
	return Notice{
		Kind: DigestDetails, Channel: n.Channel, Subjects: n.Subjects, Post: n.ID, CreatedAt: now, NotBefore: now,
	}, true
}
