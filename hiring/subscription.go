package hiring

import (
	"slices"
	"time"
)

// Subscription says that a channel hears the digest of a role, or of all
// roles, and when. A role's own channel hears it without one: its
// subscription is kept once something about it was chosen or sent.
type Subscription struct {
	Role    RoleID // 0 for all roles
	Channel ChannelID
	Own     bool          // it has its day and time; otherwise they are those of the rules
	Day     time.Weekday  // of its own
	At      time.Duration // of its own, since midnight in the workspace's zone
	Locale  Locale        // empty for the workspace's
	Off     bool          // the channel hears no digest
	By      UserID        // who chose this last; empty for nobody
	SetAt   time.Time     // when; zero for never
	// PreviewedAt is when a preview was written for those who run the role;
	// zero for never.
	PreviewedAt time.Time
	FirstAt     time.Time // when the first digest is to come, as the preview says
	Told        Week      // the last week that a digest was written of; empty for none
	ToldAt      time.Time // when that digest was written; zero for never
	Before      time.Time // when the digest before it was; zero for never
}

// Limits of subscriptions.
const (
	MaxSubscriptions = 10 // channels of one role, or of all roles
	// previewLead is the working time between a preview and the first digest,
	// at least: who reads the preview in the morning can stop it by noon.
	previewLead = 4 * time.Hour
)

// slot returns when the digest is due in a week. The wall clock counts: a time
// that summer time skips is an hour later.
func (s Subscription) slot(w Week, zone *time.Location) time.Time {
	monday := w.Start(zone)
	day := (int(s.Day) + 6) % 7 // Monday first
	return onClock(monday.Year(), monday.Month(), monday.Day()+day, s.At, zone)
}

// Next returns when a subscription with its own day and time is due after now.
func (s Subscription) Next(now time.Time, zone *time.Location) time.Time {
	week := WeekOf(now, zone)
	if next := s.slot(week, zone); next.After(now) {
		return next
	}
	return s.slot(week.Add(1), zone)
}

// announce notes when the first digest comes, and that a preview says so: who
// reads it has some hours to change or stop it.
func (s *Subscription) announce(settings Settings, next, now time.Time) {
	if s.PreviewedAt.IsZero() {
		s.PreviewedAt = now
	}
	s.FirstAt = settings.WorkTime(Person{}).Add(s.PreviewedAt, previewLead)
	if next.After(s.FirstAt) {
		s.FirstAt = next
	}
}

// first says whether nothing has gone out to the channel yet.
func (s Subscription) first() bool { return s.Told == "" }

// setRight forgets a digest, and the preview of a first one, that are noted for
// a time after now: the clock was ahead. week is told of next. It is false when
// no digest was.
func (s *Subscription) setRight(week Week, zone *time.Location, now time.Time) bool {
	ahead := s.ToldAt.After(now)
	switch {
	case !ahead:
	case s.Before.IsZero():
		s.Told, s.ToldAt = "", time.Time{}
	default:
		if s.ToldAt = s.Before; s.ToldAt.After(now) { // several were
			s.ToldAt = week.Start(zone).UTC()
		}
		s.Told = WeekOf(s.ToldAt, zone).Add(-1)
	}
	if s.first() && s.PreviewedAt.After(now) {
		s.PreviewedAt, s.FirstAt = time.Time{}, time.Time{}
	}
	return ahead
}

// SubscriptionsOf returns the subscriptions of a role, or of all roles
// together, those that are off included: that of its own channel first, the
// others in the order of their channels.
func SubscriptionsOf(r Record, id RoleID, own ChannelID) ([]Subscription, error) {
	kept, err := r.Subscriptions(id)
	if err != nil {
		return nil, err
	}
	// What nobody chose was noted of a channel that was the own one then.
	kept = slices.DeleteFunc(kept, func(s Subscription) bool { return s.By == "" && s.Channel != own })
	i := slices.IndexFunc(kept, func(s Subscription) bool { return s.Channel == own })
	switch {
	case own == "":
		return kept, nil
	case i < 0:
		return append([]Subscription{{Role: id, Channel: own}}, kept...), nil
	default:
		first := kept[i]
		return append([]Subscription{first}, slices.Delete(kept, i, i+1)...), nil
	}
}

// SubscriptionOf returns the subscription of one channel to a role, or to all
// roles together; false when it hears nothing.
func SubscriptionOf(r Record, id RoleID, own, channel ChannelID) (Subscription, bool, error) {
	list, err := SubscriptionsOf(r, id, own)
	i := slices.IndexFunc(list, func(s Subscription) bool { return s.Channel == channel })
	if err != nil || i < 0 {
		return Subscription{Role: id, Channel: channel}, false, err
	}
	return list[i], !list[i].Off, nil
}

// LocaleOf returns the language of a notice to a channel: for digests what was
// chosen with the subscription, otherwise the workspace's.
func LocaleOf(r Record, s Settings, n Notice) (Locale, error) {
	if n.Kind != Digest && n.Kind != DigestDetails || len(n.Subjects) == 0 {
		return s.Locale, nil
	}
	kept, err := r.Subscriptions(n.Subjects[0].Role)
	if err != nil {
		return s.Locale, err
	}
	i := slices.IndexFunc(kept, func(sub Subscription) bool { return sub.Channel == n.Channel })
	if i < 0 || kept[i].Locale == "" {
		return s.Locale, nil
	}
	return kept[i].Locale, nil
}

// subscribing returns the own channel of what is subscribed to, and who runs
// it, or an [Error] that says why the person may not.
func (a Act) subscribing(id RoleID, workspace ChannelID) (own ChannelID, run []UserID, err error) {
	if id == 0 {
		if !a.Settings.May(ReadAll, a.By, About{}) {
			return "", nil, Errorf("Only admins can choose who hears the digest over all roles.")
		}
		return workspace, a.Settings.Admins, nil
	}
	role, err := a.role(id)
	switch {
	case err != nil:
		return "", nil, err
	case role.Channel == "":
		return "", nil, Errorf("%v is confidential: no channel hears of it. Its owners have the funnel: `%v %v`.", id, Command("funnel"), id)
	default:
		return role.Channel, []UserID{role.HiringManager, role.Recruiter}, nil
	}
}

// Subscribe lets a channel hear the digest of a role, or of all roles when
// want.Role is 0, or changes when and in which language it does. workspace is
// the channel that hears of all roles anyhow, usual when the rules' day and
// time come next. Those who run the role get a preview before a channel's
// first digest. It returns [FieldErrors].
func (a Act) Subscribe(want Subscription, workspace ChannelID, usual time.Time) (Subscription, Change, error) {
	own, run, err := a.subscribing(want.Role, workspace)
	if err != nil {
		return Subscription{}, Change{}, err
	}
	list, err := SubscriptionsOf(a.Record, want.Role, own)
	if err != nil {
		return Subscription{}, Change{}, err
	}
	if err := want.check(list); err != nil {
		return Subscription{}, Change{}, err
	}
	sub := want
	if i := slices.IndexFunc(list, func(s Subscription) bool { return s.Channel == want.Channel }); i >= 0 {
		sub.PreviewedAt, sub.FirstAt = list[i].PreviewedAt, list[i].FirstAt
		sub.Told, sub.ToldAt, sub.Before = list[i].Told, list[i].ToldAt, list[i].Before
	}
	if !sub.Own {
		sub.Day, sub.At = 0, 0
	}
	sub.By, sub.SetAt, sub.Off = a.By.ID, a.Now, false
	if sub.Own {
		usual = sub.Next(a.Now, a.Settings.Zone)
	}
	fresh := sub.PreviewedAt.IsZero() && sub.first()
	if sub.first() { // else what the preview says holds
		sub.announce(a.Settings, usual, a.Now)
	}
	var c Change
	if fresh {
		c.Notices, err = previews(a.Record, a.Settings, sub, run, a.Now)
	}
	c.Subscriptions = []Subscription{sub}
	c.Refresh = []Subject{PreviewSubject(sub.Role)}
	c.Events = []Event{{Kind: DigestSubscribed, At: a.Now, By: a.By.ID, Role: sub.Role}}
	return sub, c, err
}

func (s Subscription) check(others []Subscription) error {
	errs := FieldErrors{}
	on := 0
	for _, o := range others {
		if !o.Off && o.Channel != s.Channel {
			on++
		}
	}
	switch {
	case s.Channel == "":
		errs[FieldDigestChannel] = Errorf("Choose a channel.")
	case on >= MaxSubscriptions:
		errs[FieldDigestChannel] = Errorf("%v channels hear it already. Stop one of them first.", MaxSubscriptions)
	}
	if s.Own && (s.Day < time.Sunday || s.Day > time.Saturday || s.At < 0 || s.At >= 24*time.Hour) {
		errs[FieldDigestDay] = Errorf("Choose a day and a time.")
	}
	if s.Locale != "" && s.Locale != English && s.Locale != Norwegian {
		errs[FieldLocale] = Errorf("Choose one of the languages in the list.")
	}
	return errs.OrNil()
}

// Unsubscribe lets a channel hear no more digests of a role, or of all roles.
func (a Act) Unsubscribe(id RoleID, workspace, channel ChannelID) (Subscription, Change, error) {
	own, _, err := a.subscribing(id, workspace)
	if err != nil {
		return Subscription{}, Change{}, err
	}
	sub, on, err := SubscriptionOf(a.Record, id, own, channel)
	switch {
	case err != nil:
		return Subscription{}, Change{}, err
	case !on:
		return Subscription{}, Change{}, Errorf("%v hears no digest of that any more.", channel)
	}
	sub.Off, sub.By, sub.SetAt = true, a.By.ID, a.Now
	return sub, Change{
		Subscriptions: []Subscription{sub}, Refresh: []Subject{PreviewSubject(id)},
		Events: []Event{{Kind: DigestUnsubscribed, At: a.Now, By: a.By.ID, Role: id}},
	}, nil
}

// previews tells those who run a role how the first digest to a channel will
// look, in their working hours.
func previews(r Record, s Settings, sub Subscription, run []UserID, now time.Time) ([]Notice, error) {
	var list []Notice
	for _, u := range distinct(slices.Clone(run)) {
		p, err := r.Person(u)
		if err != nil {
			return nil, err
		}
		list = append(list, Notice{
			Kind: Preview, User: u, Channel: sub.Channel, Subjects: []Subject{PreviewSubject(sub.Role)},
			CreatedAt: now, NotBefore: s.WorkTime(p).Next(now),
		})
	}
	return list, nil
}

// RefreshDigest brings a digest that a channel has heard up to date, until the
// next one is out. own is the channel that hears the role's digests anyhow.
func RefreshDigest(r Record, about Subject, own, channel ChannelID) (Change, error) {
	sub, _, err := SubscriptionOf(r, about.Role, own, channel)
	switch {
	case err != nil:
		return Change{}, err
	case sub.Told != about.Week:
		return Change{}, Errorf("A newer digest is out, so this one stays as it was. `%v` has the numbers of any week.", Command("funnel"))
	}
	return Change{Refresh: []Subject{about}}, nil
}
