package hiring_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// promised is a desk where somebody has promised a candidate word by a day.
func promised(t *testing.T, by hiring.UserID, when string, on hiring.Date) (desk, hiring.Candidate) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	return d, must[hiring.Candidate](d)(d.by(ola, when).Promise(c.ID, hiring.Contact{By: by, On: on}))
}

// TestWordIsDueByTheEndOfTheDayThatWasPromised and reminded of that morning, or
// on the last working day before.
func TestWordIsDueByTheEndOfTheDayThatWasPromised(t *testing.T) {
	home := hiring.Person{ID: ola}
	for _, tt := range []struct {
		it       string
		person   hiring.Person
		when     string
		on       hiring.Date
		due      string
		reminded string // beforehand; empty for not
		first    string // looked at; empty for when it is reminded of
	}{
		{"a day ahead", home, "2026-10-19 10:00", "2026-10-21", "2026-10-21 16:00", "2026-10-21 08:00", ""},
		{"tomorrow, in the evening", home, "2026-10-20 19:00", "2026-10-21", "2026-10-21 16:00", "2026-10-21 08:00", ""},
		{"today before work", home, "2026-10-21 06:00", "2026-10-21", "2026-10-21 16:00", "2026-10-21 08:00", ""},
		{"today: an hour later", home, "2026-10-21 10:00", "2026-10-21", "2026-10-21 16:00", "2026-10-21 11:00", ""},
		{"today, when less than an hour is left", home, "2026-10-21 15:30", "2026-10-21", "2026-10-21 16:00", "", "2026-10-22 08:00"},
		{"today after work: the day itself is left", home, "2026-10-21 18:00", "2026-10-21", "2026-10-21 23:59", "", "2026-10-22 08:00"},
		{"a Saturday: on Friday", home, "2026-10-19 10:00", "2026-10-24", "2026-10-24 23:59", "2026-10-23 08:00", ""},
		{"a Sunday, on Friday: an hour later", home, "2026-10-23 10:00", "2026-10-25", "2026-10-25 23:59", "2026-10-23 11:00", ""},
		{"a Sunday, on Saturday", home, "2026-10-24 10:00", "2026-10-25", "2026-10-25 23:59", "", "2026-10-26 08:00"},
		{"the Monday after the change to winter time", home, "2026-10-23 10:00", "2026-10-26", "2026-10-26 16:00", "2026-10-26 08:00", ""},
		{"the Monday after the change to summer time", home, "2027-03-26 10:00", "2027-03-29", "2027-03-29 16:00", "2027-03-29 08:00", ""},
		{"the Sunday of 23 hours", home, "2027-03-25 10:00", "2027-03-28", "2027-03-28 23:59", "2027-03-26 08:00", ""},
		{"a holiday after a weekend", home, "2027-05-13 10:00", "2027-05-17", "2027-05-17 23:59", "2027-05-14 08:00", ""},
		{
			"a day when they are away", hiring.Person{ID: ola, Free: []hiring.Span{{From: "2026-10-19", To: "2026-10-30"}}},
			"2026-10-12 10:00", "2026-10-21", "2026-10-21 23:59", "2026-10-16 08:00", "",
		},
		{
			"in their own zone and hours", hiring.Person{ID: ola, Zone: "America/New_York", WorkFrom: 9 * time.Hour, WorkTo: 17 * time.Hour},
			"2026-10-19 10:00", "2026-10-21", "2026-10-21 23:00", "2026-10-21 15:00", "",
		},
		{
			"whoever works until midnight", hiring.Person{ID: ola, WorkFrom: 16 * time.Hour, WorkTo: 24 * time.Hour},
			"2026-10-19 10:00", "2026-10-21", "2026-10-21 23:59", "2026-10-21 16:00", "",
		},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
			d.people[ola] = tt.person
			must[hiring.Candidate](d)(d.by(kari, tt.when).Promise(c.ID, hiring.Contact{By: ola, On: tt.on}))
			o, _ := d.owes(ola, hiring.AboutReply)
			var reminded time.Time
			if tt.reminded != "" {
				reminded, tt.first = at(tt.reminded), tt.reminded
			}
			if o.DueAt != at(tt.due) || o.RemindAt != reminded || o.NudgeAt != at(tt.first) {
				t.Errorf("due %v, reminded of at %v, looked at at %v", o.DueAt.In(oslo), o.RemindAt.In(oslo), o.NudgeAt.In(oslo))
			}
		})
	}
}

// TestAPromisedDay follows a promise over its day and those after it.
func TestAPromisedDay(t *testing.T) {
	sweep := func(t *testing.T, d desk, u hiring.UserID, when string) hiring.Change {
		c, err := hiring.Sweep(d.memory, settings(), u, at(when))
		if err != nil && !errors.Is(err, hiring.ErrNothing) {
			t.Fatal(err)
		}
		d.apply(c)
		d.delivered()
		return c
	}
	told := func(d desk, c hiring.Candidate, when string) (due time.Time, kept bool) {
		must[hiring.Candidate](d)(d.by(ola, when).Told(c.ID))
		e := d.events[len(d.events)-1]
		return e.Due, e.Kind == hiring.PromiseKept && !e.At.After(e.Due)
	}
	t.Run("word within the day keeps it, after the reminder of the morning", func(t *testing.T) {
		d, c := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		if n := sweep(t, d, ola, "2026-10-08 07:59").Notices; len(n) > 0 {
			t.Errorf("before work: %+v", n)
		}
		n := sweep(t, d, ola, "2026-10-08 08:00")
		if len(n.Notices) != 1 || n.Notices[0].Kind != hiring.Nudge || n.Notices[0].Step != 0 {
			t.Errorf("that morning: %+v", n.Notices)
		}
		if o, _ := d.owes(ola, hiring.AboutReply); o.Nudges != 0 || o.NudgeAt != at("2026-10-09 08:00") || o.Overdue(at("2026-10-08 15:59")) {
			t.Errorf("after it: %+v", o)
		}
		if due, kept := told(d, c, "2026-10-08 10:00"); !kept || due != at("2026-10-08 16:00") {
			t.Errorf("kept: %v, by %v", kept, due)
		}
	})
	t.Run("late is what comes after it", func(t *testing.T) {
		d, c := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		if due, kept := told(d, c, "2026-10-08 16:01"); kept || due != at("2026-10-08 16:00") {
			t.Errorf("kept: %v, by %v", kept, due)
		}
	})
	t.Run("the other owner hears after two reminders that it is late", func(t *testing.T) {
		d, _ := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		var steps []int
		for _, day := range []string{"2026-10-08", "2026-10-09", "2026-10-12", "2026-10-13"} {
			for _, n := range sweep(t, d, ola, day+" 08:00").Notices {
				if n.Kind == hiring.Nudge {
					steps = append(steps, n.Step)
				}
				if (n.Kind == hiring.Escalation) != (n.User == kari) || n.User == kari && day != "2026-10-13" {
					t.Errorf("%s: %s to %s", day, n.Kind, n.User)
				}
			}
		}
		if o, _ := d.owes(ola, hiring.AboutReply); !slices.Equal(steps, []int{0, 1, 2, 3}) || o.Told != hiring.ToldOwner {
			t.Errorf("steps %v, told %v", steps, o.Told)
		}
	})
	t.Run("nobody hears of who is away before the day is over", func(t *testing.T) {
		d, _ := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		d.people[ola] = hiring.Person{ID: ola, Away: true, ReadAt: at("2026-10-08 07:00")}
		if c := sweep(t, d, ola, "2026-10-08 08:00"); len(c.Notices) > 0 || c.Owe[0].Told != hiring.ToldNobody {
			t.Errorf("that morning: %+v", c)
		}
		if c := sweep(t, d, ola, "2026-10-09 08:00"); c.Owe[0].Told != hiring.ToldOwner {
			t.Errorf("the next: %+v", c)
		}
	})
	t.Run("it can be put off, and comes back as it was", func(t *testing.T) {
		d, _ := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		sweep(t, d, ola, "2026-10-08 08:00")
		d.putOff(ola, "2026-10-08 08:30", hiring.SnoozeHours)
		if c := sweep(t, d, ola, "2026-10-08 10:00"); len(c.Notices) > 0 {
			t.Errorf("too early: %+v", c.Notices)
		}
		c := sweep(t, d, ola, "2026-10-08 10:30")
		if o, _ := d.owes(ola, hiring.AboutReply); len(c.Notices) != 1 || c.Notices[0].Step != 0 || o.Nudges != 0 || !o.SnoozedUntil.IsZero() {
			t.Errorf("%+v, then %+v", c.Notices, o)
		}
	})
	t.Run("it stands with what is late in one message", func(t *testing.T) {
		d, _ := promised(t, ingrid, "2026-10-06 10:00", "2026-10-09")
		d.interviewed("2026-10-07 11:00") // feedback is due on the 8th at 11
		c := sweep(t, d, ingrid, "2026-10-09 08:00")
		if len(c.Notices) != 1 || len(c.Notices[0].Subjects) != 2 || c.Notices[0].Step != 1 {
			t.Errorf("%+v", c.Notices)
		}
	})
	t.Run("whoever takes it over that day is reminded at once", func(t *testing.T) {
		d, _ := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		sweep(t, d, ola, "2026-10-08 08:00")
		must[hiring.Role](d)(d.by(ola, "2026-10-08 10:00").HandOver(1, kari, "UTONE"))
		if o, _ := d.owes("UTONE", hiring.AboutReply); o.DueAt != at("2026-10-08 16:00") || o.NudgeAt != at("2026-10-08 10:00") {
			t.Errorf("due %v, looked at at %v", o.DueAt.In(oslo), o.NudgeAt.In(oslo))
		}
		if c := sweep(t, d, "UTONE", "2026-10-08 10:00"); len(c.Notices) != 1 || c.Notices[0].Step != 0 {
			t.Errorf("%+v", c.Notices)
		}
	})
	t.Run("a promise from before, due in the morning, stays so", func(t *testing.T) {
		d, _ := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
		o, _ := d.owes(ola, hiring.AboutReply)
		o.DueAt, o.RemindAt = at("2026-10-08 08:00"), time.Time{}
		d.apply(hiring.Change{Owe: []hiring.Owed{o}})
		if c := sweep(t, d, ola, "2026-10-08 08:00"); len(c.Notices) != 1 || c.Notices[0].Step != 1 {
			t.Errorf("%+v", c.Notices)
		}
	})
}

// TestAPromiseGoesByHowTheyWorkThen also when they choose that after it: here of
// word promised on Monday 12 October by Wednesday the 21st.
func TestAPromiseGoesByHowTheyWorkThen(t *testing.T) {
	away := []hiring.Span{{From: "2026-10-19", To: "2026-10-30"}}
	for _, tt := range []struct {
		it            string
		from, to      time.Duration
		free          []hiring.Span
		when          string
		due, reminded string
	}{
		{"the same as before", 8 * time.Hour, 16 * time.Hour, nil, "2026-10-13 10:00", "2026-10-21 16:00", "2026-10-21 08:00"},
		{"longer hours", 9 * time.Hour, 17 * time.Hour, nil, "2026-10-13 10:00", "2026-10-21 17:00", "2026-10-21 09:00"},
		{"longer hours, that day", 9 * time.Hour, 17 * time.Hour, nil, "2026-10-21 07:00", "2026-10-21 17:00", "2026-10-21 09:00"},
		{"longer hours when it is late", 9 * time.Hour, 17 * time.Hour, nil, "2026-10-21 16:00", "2026-10-21 16:00", "2026-10-21 08:00"},
		{"away elsewhen", 8 * time.Hour, 16 * time.Hour, []hiring.Span{{From: "2026-10-14", To: "2026-10-20"}}, "2026-10-13 10:00", "2026-10-21 16:00", "2026-10-21 08:00"},
		{"away then: on the last working day before", 8 * time.Hour, 16 * time.Hour, away, "2026-10-13 10:00", "2026-10-21 23:59", "2026-10-16 08:00"},
		{"away then, said on that day: at once", 8 * time.Hour, 16 * time.Hour, away, "2026-10-16 15:45", "2026-10-21 23:59", "2026-10-16 15:45"},
		{"away then, said when they are: once they are back", 8 * time.Hour, 16 * time.Hour, away, "2026-10-19 10:00", "2026-10-21 23:59", ""},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d, _ := promised(t, ola, "2026-10-12 10:00", "2026-10-21")
			must[hiring.Person](d)(d.by(ola, tt.when).Choose(hiring.Choices{WorkFrom: tt.from, WorkTo: tt.to, Free: tt.free}))
			o, _ := d.owes(ola, hiring.AboutReply)
			var reminded time.Time
			looked := at("2026-11-02 08:00")
			if tt.reminded != "" {
				reminded, looked = at(tt.reminded), at(tt.reminded)
			}
			if o.DueAt != at(tt.due) || o.RemindAt != reminded || o.NudgeAt != looked {
				t.Errorf("due %v, reminded of at %v, looked at at %v", o.DueAt.In(oslo), o.RemindAt.In(oslo), o.NudgeAt.In(oslo))
			}
		})
	}
}

// TestWhoGoesOnLeaveAfterAPromiseIsReminded before the day is over, and again
// where they come back earlier than they said.
func TestWhoGoesOnLeaveAfterAPromiseIsReminded(t *testing.T) {
	d, _ := promised(t, ola, "2026-10-12 10:00", "2026-10-21")
	choose := func(when string, free ...hiring.Span) {
		must[hiring.Person](d)(d.by(ola, when).Choose(hiring.Choices{WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Free: free}))
	}
	choose("2026-10-13 10:00", hiring.Span{From: "2026-10-19", To: "2026-10-30"})
	if d.reminded(ola, "2026-10-16 07:59") || !d.reminded(ola, "2026-10-16 08:00") {
		t.Error("not reminded on the last working day")
	}
	choose("2026-10-19 10:00")
	if o, _ := d.owes(ola, hiring.AboutReply); o.DueAt != at("2026-10-21 16:00") || o.Nudges != 0 {
		t.Errorf("back: %+v", o)
	}
	if d.reminded(ola, "2026-10-20 16:00") || !d.reminded(ola, "2026-10-21 08:00") {
		t.Error("not reminded that morning")
	}
}

// TestAPromiseHandedOver is due on the day that was promised of whoever writes
// now: here of word promised by Wednesday 21 October.
func TestAPromiseHandedOver(t *testing.T) {
	for _, tt := range []struct {
		it                    string
		to                    hiring.Person
		when                  string
		due, reminded, looked string
	}{
		{"in the same zone", hiring.Person{}, "2026-10-20 10:00", "2026-10-21 16:00", "2026-10-21 08:00", "2026-10-21 08:00"},
		{"to the west", hiring.Person{Zone: "America/New_York"}, "2026-10-20 10:00", "2026-10-21 22:00", "2026-10-21 14:00", "2026-10-21 14:00"},
		{"to the east", hiring.Person{Zone: "Asia/Tokyo"}, "2026-10-20 10:00", "2026-10-21 09:00", "2026-10-21 01:00", "2026-10-21 01:00"},
		{"to the east, where their hours are over: the day itself is left", hiring.Person{Zone: "Asia/Tokyo"}, "2026-10-21 10:00", "2026-10-21 16:59", "", "2026-10-22 01:00"},
		{"to where that day is over: it stays due", hiring.Person{Zone: "Pacific/Kiritimati"}, "2026-10-21 13:00", "2026-10-21 16:00", "", "2026-10-21 20:00"},
		{"to somebody away then", hiring.Person{Free: []hiring.Span{{From: "2026-10-21", To: "2026-10-22"}}}, "2026-10-20 10:00", "2026-10-21 23:59", "2026-10-20 10:00", "2026-10-20 10:00"},
		{"when it is late", hiring.Person{Zone: "America/New_York"}, "2026-10-21 17:00", "2026-10-21 16:00", "2026-10-21 08:00", "2026-10-21 17:00"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d, _ := promised(t, ola, "2026-10-19 10:00", "2026-10-21")
			d.people["UTONE"] = tt.to
			must[hiring.Role](d)(d.by(ola, tt.when).HandOver(1, kari, "UTONE"))
			if c := d.candidates[1].Contact; c.On != "2026-10-21" || c.By != "UTONE" {
				t.Errorf("%+v", c)
			}
			var reminded time.Time
			if tt.reminded != "" {
				reminded = at(tt.reminded)
			}
			o, _ := d.owes("UTONE", hiring.AboutReply)
			if o.DueAt != at(tt.due) || o.RemindAt != reminded || o.NudgeAt != at(tt.looked) {
				t.Errorf("due %v, reminded of at %v, looked at at %v", o.DueAt.In(oslo), o.RemindAt.In(oslo), o.NudgeAt.In(oslo))
			}
		})
	}
}

// TestTheUsualWordHandedOver is due as before: nobody promised a day.
func TestTheUsualWordHandedOver(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Inbound}))
	before, _ := d.owes(ola, hiring.AboutReply)
	d.people["UTONE"] = hiring.Person{Zone: "America/New_York"}
	must[hiring.Role](d)(d.by(ola, "2026-10-06 10:00").HandOver(1, kari, "UTONE"))
	if o, _ := d.owes("UTONE", hiring.AboutReply); before.DueAt.IsZero() || o.DueAt != before.DueAt {
		t.Errorf("due %v, was %v", o.DueAt.In(oslo), before.DueAt.In(oslo))
	}
}

// TestWhatWasPutOffStaysSo when they choose other hours.
func TestWhatWasPutOffStaysSo(t *testing.T) {
	d, _ := promised(t, ola, "2026-10-12 10:00", "2026-10-21")
	if !d.reminded(ola, "2026-10-21 08:00") {
		t.Fatal("not reminded that morning")
	}
	d.putOff(ola, "2026-10-21 08:30", hiring.SnoozeHours)
	must[hiring.Person](d)(d.by(ola, "2026-10-21 09:00").Choose(hiring.Choices{WorkFrom: 8 * time.Hour, WorkTo: 17 * time.Hour}))
	if o, _ := d.owes(ola, hiring.AboutReply); o.DueAt != at("2026-10-21 17:00") || o.NudgeAt != at("2026-10-21 10:30") {
		t.Errorf("due %v, looked at at %v", o.DueAt.In(oslo), o.NudgeAt.In(oslo))
	}
}

// TestAPromiseStandsInAPause and its day is no other after it.
func TestAPromiseStandsInAPause(t *testing.T) {
	d, _ := promised(t, ola, "2026-10-06 10:00", "2026-10-08")
	before, _ := d.owes(ola, hiring.AboutReply)
	must[hiring.Role](d)(d.by(kari, "2026-10-06 12:00").Pause(1))
	must[hiring.Role](d)(d.by(kari, "2026-10-07 12:00").Resume(1))
	if o, _ := d.owes(ola, hiring.AboutReply); o != before {
		t.Errorf("%+v, was %+v", o, before)
	}
}

// TestWhatIsRemindedOfBeforehandRests with its clock: both times move.
func TestWhatIsRemindedOfBeforehandRests(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.apply(hiring.Change{Owe: []hiring.Owed{{
		Subject: hiring.LookSubject(1, 1, kari), Since: at("2026-10-06 09:00"), DueAt: at("2026-10-08 16:00"), RemindAt: at("2026-10-08 08:00"), NudgeAt: at("2026-10-08 08:00"),
	}}})
	must[hiring.Role](d)(d.by(kari, "2026-10-06 12:00").Pause(1))
	must[hiring.Role](d)(d.by(kari, "2026-10-07 12:00").Resume(1))
	if o, _ := d.owes(kari, hiring.AboutLook); o.DueAt != at("2026-10-09 16:00") || o.RemindAt != at("2026-10-09 08:00") || o.NudgeAt != at("2026-10-09 08:00") {
		t.Errorf("%+v", o)
	}
}
