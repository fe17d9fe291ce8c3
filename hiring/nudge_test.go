package hiring_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

func TestPlanNudge(t *testing.T) {
	owed := func(due string, nudges int, told hiring.Told) hiring.Owed {
		return hiring.Owed{
			Subject: hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 1, Stage: hiring.StageID("s" + due), Interviewer: ingrid}),
			DueAt:   at(due), NudgeAt: at(due), Nudges: nudges, Told: told,
		}
	}
	oneOverdue := []hiring.Owed{owed("2026-11-23 09:00", 0, hiring.ToldNobody)}
	putOff := func(until string) []hiring.Owed {
		o := owed("2026-11-20 09:00", 1, hiring.ToldNobody)
		o.SnoozedUntil = at(until)
		return []hiring.Owed{o}
	}
	tests := []struct {
		it       string
		person   hiring.Person
		owed     []hiring.Owed
		now      string
		reason   hiring.NudgeReason
		step     int
		until    string
		escalate []hiring.Told
	}{
		{it: "is silent before the due time", owed: oneOverdue, now: "2026-11-23 08:59", reason: hiring.HoldNothing},
		{it: "nudges at the due time", owed: oneOverdue, now: "2026-11-23 09:00", reason: hiring.NudgeOverdue, step: 1, until: "2026-11-24 08:00"},
		{it: "waits in the evening", owed: oneOverdue, now: "2026-11-23 18:00", reason: hiring.HoldOutsideHours, until: "2026-11-24 08:00"},
		{it: "waits over the weekend", owed: oneOverdue, now: "2026-11-28 12:00", reason: hiring.HoldOutsideHours, until: "2026-11-30 08:00"},
		{
			it: "waits on a holiday", person: hiring.Person{NudgedAt: at("2027-05-14 09:00")},
			owed: oneOverdue, now: "2027-05-17 10:00", reason: hiring.HoldOutsideHours, until: "2027-05-18 08:00",
		},
		{
			it: "nudges on a holiday of a country the person is not in", person: hiring.Person{Country: "SE"},
			owed: oneOverdue, now: "2027-05-17 10:00", reason: hiring.NudgeOverdue, step: 1, until: "2027-05-18 08:00",
		},
		{
			it: "nudges once a day", person: hiring.Person{NudgedAt: at("2026-11-23 08:00")},
			owed: oneOverdue, now: "2026-11-23 15:00", reason: hiring.HoldNudged, until: "2026-11-24 08:00",
		},
		{
			it: "nudges again at the time that the person asked for", person: hiring.Person{NudgedAt: at("2026-11-23 08:00")},
			owed: putOff("2026-11-23 10:00"), now: "2026-11-23 10:00", reason: hiring.NudgeOverdue, step: 1, until: "2026-11-24 08:00",
		},
		{
			it: "nudges once a day also of what was put off until a time in a pause", person: hiring.Person{NudgedAt: at("2026-11-24 08:00")},
			owed: putOff("2026-11-23 10:00"), now: "2026-11-24 10:00", reason: hiring.HoldNudged, until: "2026-11-25 08:00",
		},
		{
			it: "goes by the person's own zone", person: hiring.Person{Zone: "America/New_York"},
			owed: oneOverdue, now: "2026-11-23 10:00", reason: hiring.HoldOutsideHours, until: "2026-11-23 14:00",
		},
		{
			it:   "tells the other owner with the third nudge, as the second said",
			owed: []hiring.Owed{owed("2026-11-19 09:00", 2, hiring.ToldNobody)}, now: "2026-11-23 09:00",
			reason: hiring.NudgeOverdue, step: 3, until: "2026-11-24 08:00", escalate: []hiring.Told{hiring.ToldOwner},
		},
		{
			it:   "tells nobody twice",
			owed: []hiring.Owed{owed("2026-11-19 09:00", 3, hiring.ToldOwner)}, now: "2026-11-23 09:00",
			reason: hiring.NudgeOverdue, step: 4, until: "2026-11-24 08:00",
		},
		{
			it:   "tells the admins with the fifth",
			owed: []hiring.Owed{owed("2026-11-19 09:00", 4, hiring.ToldOwner)}, now: "2026-11-23 09:00",
			reason: hiring.NudgeOverdue, step: 5, until: "2026-11-24 08:00", escalate: []hiring.Told{hiring.ToldAdmins},
		},
		{
			it:   "tells the other owner first, although the ladder was longer when it was climbed",
			owed: []hiring.Owed{owed("2026-11-19 09:00", 4, hiring.ToldNobody)}, now: "2026-11-23 09:00",
			reason: hiring.NudgeOverdue, step: 5, until: "2026-11-24 08:00", escalate: []hiring.Told{hiring.ToldOwner},
		},
		{
			it: "tells the other owner at once when the account is deactivated", person: hiring.Person{Away: true},
			owed: oneOverdue, now: "2026-11-23 18:00", reason: hiring.HoldAway, until: "2026-11-24 08:00", escalate: []hiring.Told{hiring.ToldOwner},
		},
		{
			it:   "takes the step of what was nudged most",
			owed: []hiring.Owed{owed("2026-11-23 08:30", 0, 0), owed("2026-11-20 09:00", 1, 0)}, now: "2026-11-23 09:00",
			reason: hiring.NudgeOverdue, step: 2, until: "2026-11-24 08:00",
		},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			tt.person.ID = ingrid
			plan := hiring.PlanNudge(tt.person, tt.owed, nil, settings(), at(tt.now))
			if plan.Reason != tt.reason || plan.Step != tt.step {
				t.Errorf("%s, step %d; want %s, step %d", plan.Reason, plan.Step, tt.reason, tt.step)
			}
			if tt.until != "" && plan.Until != at(tt.until) {
				t.Errorf("until %v, want %s", plan.Until.In(oslo), tt.until)
			}
			var told []hiring.Told
			for _, e := range plan.Escalate {
				told = append(told, e.To)
			}
			if !slices.Equal(told, tt.escalate) {
				t.Errorf("escalates to %v, want %v", told, tt.escalate)
			}
			if !slices.IsSortedFunc(plan.Items, func(a, b hiring.Owed) int { return a.DueAt.Compare(b.DueAt) }) {
				t.Errorf("not the oldest first: %+v", plan.Items)
			}
		})
	}
}

func TestSweepPutsAllThatIsOverdueIntoOneMessage(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	d.interviewed("2026-10-07 13:00")
	now := at("2026-10-08 15:00")
	c, err := hiring.Sweep(d.memory, settings(), ingrid, now)
	if err != nil || len(c.Notices) != 1 || len(c.Notices[0].Subjects) != 2 || c.Notices[0].Step != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
	d.apply(c)
	if _, err := hiring.Sweep(d.memory, settings(), ingrid, now.Add(time.Hour)); !errors.Is(err, hiring.ErrNothing) {
		t.Errorf("an hour later: %v", err)
	}
}

func TestEscalationsNameTheirReaders(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	var readers []string
	for day := at("2026-10-08 12:00"); len(readers) < 3 && day.Before(at("2026-11-08 12:00")); day = day.AddDate(0, 0, 1) {
		c, err := hiring.Sweep(d.memory, settings(), ingrid, day)
		if errors.Is(err, hiring.ErrNothing) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		d.apply(c)
		d.delivered()
		for _, n := range c.Notices {
			if n.Kind == hiring.Escalation {
				readers = append(readers, string(n.User)+" "+string(hiring.DateOf(day, oslo)))
			}
		}
	}
	// Thursday and Friday without, Monday the recruiter, Tuesday, Wednesday the admin.
	if got, want := strings.Join(readers, ", "), "UOLA 2026-10-12, UADMIN 2026-10-14"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
}

// TestNudgesAreFair plays random weeks of one person with random debts and
// sweeps at every quarter of an hour, under any ladder: never outside working
// hours or on a holiday, never twice a day or sooner than the ladder says,
// nothing overdue is left alone for two working days, nothing counts before its
// due time, and no later plan takes back what an earlier one did.
func TestNudgesAreFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := settings()
		s.EveryDays = rapid.IntRange(1, 3).Draw(t, "every days")
		free := hiring.DateOf(time.Unix(rapid.Int64Range(1767222000, 1830294000).Draw(t, "holiday"), 0), oslo)
		s.Holiday = func(_ string, d hiring.Date) bool { return d == free }
		zone := rapid.SampledFrom([]string{"Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"}).Draw(t, "zone")
		p := hiring.Person{ID: ingrid, Zone: zone}
		work := s.WorkTime(p)
		start := time.Unix(rapid.Int64Range(1767222000, 1830294000).Draw(t, "start"), 0).UTC()
		var owed []hiring.Owed
		for i := range rapid.IntRange(1, 4).Draw(t, "debts") {
			due := start.Add(time.Duration(rapid.IntRange(0, 5*24*60).Draw(t, "due")) * time.Minute)
			o := hiring.Owed{Subject: hiring.SignOffSubject(hiring.RoleID(i+1), 1, ingrid), DueAt: due, NudgeAt: work.Next(due)}
			if rapid.Bool().Draw(t, "beforehand") {
				o.RemindAt, o.DueAt = due, due.Add(time.Duration(rapid.IntRange(1, 3*24*60).Draw(t, "later"))*time.Minute)
			}
			owed = append(owed, o)
		}
		nudged := map[hiring.Date]bool{}
		for now := start; now.Before(start.AddDate(0, 0, 12)); now = now.Add(15 * time.Minute) {
			if !slices.ContainsFunc(owed, func(o hiring.Owed) bool { return !o.NudgeAt.After(now) }) {
				continue
			}
			plan := hiring.PlanNudge(p, owed, nil, s, now)
			for _, item := range plan.Items {
				i := slices.IndexFunc(owed, func(o hiring.Owed) bool { return o.Subject == item.Subject })
				if late := work.Between(owed[i].NudgeAt, now); plan.Reason == hiring.NudgeOverdue && late > time.Duration(1+s.EveryDays)*work.Day() {
					t.Fatalf("%v was left alone for %v", item.Subject, late)
				}
				if item.Nudges < owed[i].Nudges || item.Told < owed[i].Told || !item.NudgeAt.After(now) {
					t.Fatalf("%+v became %+v", owed[i], item)
				}
				if now.Before(item.DueAt) && (item.Nudges > 0 || item.Told != hiring.ToldNobody) {
					t.Fatalf("a reminder before it is due counted: %+v", item)
				}
				owed[i] = item
			}
			if plan.Reason != hiring.NudgeOverdue {
				continue
			}
			day := hiring.DateOf(now, work.Zone)
			if !work.Working(now) || nudged[day] {
				t.Fatalf("nudged at %v, today already: %v", now.In(work.Zone), nudged[day])
			}
			for date, days := p.NudgedAt, 0; !p.NudgedAt.IsZero() && days < s.EveryDays; {
				date = date.AddDate(0, 0, 1)
				if hiring.DateOf(date, work.Zone) > day {
					t.Fatalf("nudged at %v and again at %v", p.NudgedAt.In(work.Zone), now.In(work.Zone))
				}
				if weekday := date.In(work.Zone).Weekday(); weekday != time.Saturday && weekday != time.Sunday && hiring.DateOf(date, work.Zone) != free {
					days++
				}
			}
			nudged[day], p.NudgedAt = true, now
		}
		for _, o := range owed {
			if o.Nudges == 0 && work.Between(o.DueAt, start.AddDate(0, 0, 12)) > time.Duration(1+s.EveryDays)*work.Day() {
				t.Fatalf("%v was never nudged", o.Subject)
			}
		}
	})
}

func TestUnreached(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	now := at("2026-10-06 09:00")
	tests := []struct {
		it     string
		notice hiring.Notice
		reader hiring.UserID
	}{
		{"the recruiter hears of a deactivated manager", hiring.Notice{Kind: hiring.AskSignOff, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, ola},
		{"the manager hears of a deactivated recruiter", hiring.Notice{Kind: hiring.TellFeedback, User: ola, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, kari},
		{"the recruiter hears of an archived channel", hiring.Notice{Kind: hiring.Digest, Channel: "CBACKEND", Subjects: []hiring.Subject{hiring.DigestSubject(1, "2026-W40")}}, ola},
		{"nobody hears of a notice of this kind", hiring.Notice{Kind: hiring.TellUnreached, User: ola, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, ""},
		{"an admin hears of the workspace's digest", hiring.Notice{Kind: hiring.Digest, Channel: "CALL", Subjects: []hiring.Subject{hiring.DigestSubject(0, "2026-W40")}}, admin},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			c, err := hiring.Unreached(d.memory, settings(), d.queued(tt.notice, "2026-10-06 09:00"), hiring.ProblemArchived, now)
			if err != nil {
				t.Fatal(err)
			}
			var reader hiring.UserID
			if len(c.Notices) > 0 {
				reader = c.Notices[0].User
			}
			if reader != tt.reader {
				t.Errorf("told %q, want %q", reader, tt.reader)
			}
		})
	}
}

func TestADeactivatedPersonIsMarkedAway(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	n := hiring.Notice{Kind: hiring.AskSignOff, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}
	c, err := hiring.Unreached(d.memory, settings(), n, hiring.ProblemAway, at("2026-10-06 09:00"))
	if err != nil || len(c.People) != 1 || c.People[0].ID != kari || !c.People[0].Away {
		t.Errorf("%+v, %v", c, err)
	}
}
