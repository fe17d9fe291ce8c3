package hiring_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestComplaints has what people say against tools like this, each as a rule
// that holds here.
func TestComplaints(t *testing.T) {
	sweepUntil := func(d desk, u hiring.UserID, from, to string) (nudges []hiring.Notice) {
		for now := at(from); now.Before(at(to)); now = now.Add(15 * time.Minute) {
			c, err := hiring.Sweep(d.memory, settings(), u, now)
			if errors.Is(err, hiring.ErrNothing) {
				continue
			}
			if err != nil {
				d.t.Fatal(err)
			}
			d.apply(c)
			d.delivered()
			for _, n := range c.Notices {
				if n.Kind == hiring.Nudge {
					nudges = append(nudges, n)
				}
			}
		}
		return nudges
	}
	open := func(t *testing.T) desk {
		d := newDesk(t)
		d.openRole()
		return d
	}
	t.Run("1 reminders on weekends, in the evening, on leave", func(t *testing.T) {
		d := open(t)
		d.people[ingrid] = hiring.Person{ID: ingrid, Free: []hiring.Span{{From: "2026-10-12", To: "2026-10-13"}}}
		d.interviewed("2026-10-08 16:30") // due Friday at four, then a weekend and two days away
		nudges := sweepUntil(d, ingrid, "2026-10-08 16:30", "2026-10-15 07:00")
		if len(nudges) != 1 || hiring.DateOf(nudges[0].NotBefore, oslo) != "2026-10-14" {
			t.Errorf("reminded by %+v", nudges)
		}
	})
	t.Run("2 deadlines on the wall clock", func(t *testing.T) {
		d := open(t)
		c := d.interviewed("2026-10-09 15:00") // a Friday
		if f, _ := d.Feedback(key(c.ID, ingrid)); f.DueAt != at("2026-10-12 15:00") {
			t.Errorf("due %v", f.DueAt.In(oslo))
		}
	})
	t.Run("3 reminders about interviews that did not happen, or not about yesterday's", func(t *testing.T) {
		d := open(t)
		c := d.interviewed("2026-10-07 15:59")
		if n := sweepUntil(d, ingrid, "2026-10-08 00:00", "2026-10-09 09:00"); len(n) != 1 {
			t.Errorf("yesterday's interview brought %d reminders", len(n))
		}
		must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").CancelInterview(c.ID, 0, hiring.NoShow))
		if n := sweepUntil(d, ingrid, "2026-10-09 09:00", "2026-10-16 00:00"); len(n) != 0 {
			t.Errorf("an interview nobody came to brought %d reminders", len(n))
		}
	})
	t.Run("4 a reminder lost because nothing ran at that minute", func(t *testing.T) {
		d := open(t)
		d.interviewed("2026-10-07 11:00")
		c, err := hiring.Sweep(d.memory, settings(), ingrid, at("2026-10-12 13:07")) // days later
		if err != nil || len(c.Notices) == 0 {
			t.Errorf("%+v, %v", c, err)
		}
	})
	t.Run("5 forty messages when quiet hours end", func(t *testing.T) {
		d := open(t)
		for range 40 {
			d.interviewed("2026-10-08 18:00")
		}
		nudges := sweepUntil(d, ingrid, "2026-10-08 18:00", "2026-10-13 00:00")
		if len(nudges) != 1 || len(nudges[0].Subjects) != 40 {
			t.Errorf("%d messages", len(nudges))
		}
	})
	t.Run("6 and 9 every event in a channel, names among them", func(t *testing.T) {
		d := open(t)
		before := len(d.notices)
		c := d.interviewed("2026-10-07 11:00")
		must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").SubmitFeedback(key(c.ID, ingrid), card(hiring.Yes)))
		must[hiring.Feedback](d)(d.by(jonas, "2026-10-07 12:00").SubmitFeedback(key(c.ID, jonas), card(hiring.Yes)))
		must[hiring.Candidate](d)(d.by(kari, "2026-10-07 13:00").Decide(c.ID, hiring.Ruling{Verdict: hiring.Reject, Reason: "No Go.", Contact: hiring.Contact{By: ola, On: "2026-10-08"}}))
		for _, n := range d.notices[before:] {
			if n.Channel != "" {
				t.Errorf("the channel hears of %s", n.Kind)
			}
		}
	})
	t.Run("7 everybody has to opt in, or nobody can opt out", func(t *testing.T) {
		d := open(t)
		c := d.interviewed("2026-10-07 11:00")
		if n := sweepUntil(d, jonas, "2026-10-08 08:00", "2026-10-08 16:00"); len(n) != 1 {
			t.Fatalf("somebody who chose nothing is reminded %d times", len(n))
		}
		_, change, err := d.by(jonas, "2026-10-08 15:00").PutOff(hiring.SnoozeMonday)
		if err != nil {
			t.Fatal(err)
		}
		d.apply(change)
		if n := sweepUntil(d, jonas, "2026-10-09 00:00", "2026-10-12 00:00"); len(n) != 0 {
			t.Errorf("%d reminders while put off", len(n))
		}
		must[hiring.Person](d)(d.by(jonas, "2026-10-12 07:00").Choose(hiring.Choices{
			WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Free: []hiring.Span{{From: "2026-10-12", To: "2026-10-13"}},
		}))
		if n := sweepUntil(d, jonas, "2026-10-12 07:00", "2026-10-14 00:00"); len(n) != 0 {
			t.Errorf("%d reminders on days away", len(n))
		}
		must[hiring.Feedback](d)(d.by(jonas, "2026-10-14 08:00").ExcuseFeedback(key(c.ID, jonas), "I had to leave early."))
		if n := sweepUntil(d, jonas, "2026-10-14 08:00", "2026-10-20 00:00"); len(n) != 0 {
			t.Errorf("%d reminders of what somebody said no to", len(n))
		}
	})
	t.Run("8 somebody who cannot be reached is silently never reminded", func(t *testing.T) {
		d := open(t)
		d.interviewed("2026-10-07 11:00")
		d.people[ingrid] = hiring.Person{ID: ingrid, Away: true}
		c, err := hiring.Sweep(d.memory, settings(), ingrid, at("2026-10-08 12:00"))
		if err != nil || !slices.ContainsFunc(c.Notices, func(n hiring.Notice) bool { return n.Kind == hiring.TellUnreached && n.User == ola }) {
			t.Errorf("%+v, %v", c.Notices, err)
		}
	})
	t.Run("10 decisions lost in chat", func(t *testing.T) {
		d := open(t)
		c := d.interviewed("2026-10-07 11:00")
		c = must[hiring.Candidate](d)(d.by(kari, "2026-10-07 13:00").Decide(c.ID, hiring.Ruling{Verdict: hiring.Advance, Criteria: []int{1}, Reason: "Knows her SQL.", Contact: hiring.Contact{By: ola, On: "2026-10-08"}}))
		if x := c.Decisions[0]; x.Reason != "Knows her SQL." || x.By != kari || x.Revision != 1 || x.Criteria[0] != 1 {
			t.Errorf("%+v", x)
		}
	})
	t.Run("13 intakes collect prose, are not agreed on, and shift", func(t *testing.T) {
		d := newDesk(t)
		prose := hiring.Terms{Title: "Backend developer", Openings: 1, WhyNow: "We need somebody really good, soon."}
		_, _, err := d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: prose})
		missing, _ := errors.AsType[hiring.FieldErrors](err)
		for _, decision := range []hiring.Field{hiring.FieldMustHaves, hiring.FieldInterviews, hiring.FieldSuccess, hiring.FieldDownside, hiring.FieldTargetStart} {
			if missing[decision] == nil {
				t.Errorf("no complaint about %s: %v", decision, missing)
			}
		}
		r := d.openRole()
		agreed := r.InForce().Terms
		for n := range 3 {
			changed := agreed
			changed.MustHaves = append(slices.Clip(agreed.MustHaves), hiring.MustHave{Skill: "Rust", VerifiedBy: []hiring.Check{hiring.CheckCV}}, hiring.MustHave{Skill: string(rune('A' + n)), VerifiedBy: []hiring.Check{hiring.CheckCV}})
			r = must[hiring.Role](d)(d.by(kari, "2026-10-06 09:00").ChangeBrief(1, n+1, changed, "Something else after all."))
		}
		if !r.Drifted() || len(r.Briefs) != 4 || len(r.InForce().Terms.MustHaves) != len(agreed.MustHaves) {
			t.Errorf("changed three times behind the other's back: %+v", r)
		}
		if o, owes := d.owes(ola, hiring.AboutSignOff); !owes || o.Subject.Revision != 4 {
			t.Errorf("the other is asked for %+v", o)
		}
	})
	t.Run("11 lateness becomes normal, or is exposed by surprise", func(t *testing.T) {
		d := open(t)
		d.interviewed("2026-10-07 11:00")
		steps := sweepUntil(d, ingrid, "2026-10-08 08:00", "2026-10-14 00:00")
		told := d.sent(hiring.Escalation)
		if len(steps) < 3 || len(told) != 1 || told[0].NotBefore.Before(steps[2].NotBefore) || told[0].User != ola {
			t.Errorf("%d reminders, told %+v", len(steps), told)
		}
	})
}
