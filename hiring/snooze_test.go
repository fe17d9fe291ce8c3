package hiring_test

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// reminded sweeps for somebody and says whether they are reminded.
func (d desk) reminded(u hiring.UserID, when string) bool {
	d.t.Helper()
	c, err := hiring.Sweep(d.memory, settings(), u, at(when))
	if err == nil {
		d.apply(c)
	}
	return err == nil && len(c.Notices) > 0
}

// putOff puts everything off that somebody owes.
func (d desk) putOff(u hiring.UserID, when string, z hiring.Snooze) {
	d.t.Helper()
	must[time.Time](d)(d.by(u, when).PutOff(z))
}

// TestTheSuccessorHasPutOffNothing of what a former owner did.
func TestTheSuccessorHasPutOffNothing(t *testing.T) {
	proposed := func(t *testing.T) desk {
		d := newDesk(t)
		d.openRole()
		c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Propose(c.ID, ""))
		if !d.reminded(kari, "2026-10-12 08:00") {
			t.Fatal("not reminded")
		}
		d.putOff(kari, "2026-10-12 09:00", hiring.SnoozeMonday)
		return d
	}
	t.Run("they are reminded in their own working time", func(t *testing.T) {
		d := proposed(t)
		d.people["UTONE"] = hiring.Person{ID: "UTONE", Free: []hiring.Span{{From: "2026-10-12", To: "2026-10-12"}}}
		must[hiring.Role](d)(d.by(ola, "2026-10-12 10:00").HandOver(1, "UTONE", ola))
		if o, _ := d.owes("UTONE", hiring.AboutLook); o.Snoozed != 0 || o.NudgeAt != at("2026-10-13 08:00") {
			t.Errorf("looked at at %v, %v of the five days used up", o.NudgeAt.In(oslo), o.Snoozed)
		}
		if !d.reminded("UTONE", "2026-10-13 08:00") {
			t.Error("not reminded")
		}
	})
	t.Run("but not while the role is paused", func(t *testing.T) {
		d := proposed(t)
		must[hiring.Role](d)(d.by(ola, "2026-10-12 09:30").Pause(1))
		must[hiring.Role](d)(d.by(ola, "2026-10-12 10:00").HandOver(1, "UTONE", ola))
		if d.reminded("UTONE", "2026-10-13 08:00") {
			t.Error("reminded in the pause")
		}
		must[hiring.Role](d)(d.by(ola, "2026-10-14 10:00").Resume(1))
		if o, _ := d.owes("UTONE", hiring.AboutLook); o.NudgeAt != at("2026-10-14 10:00") {
			t.Errorf("looked at at %v after it", o.NudgeAt.In(oslo))
		}
	})
}

// TestTheLastTimeChosenCounts and not those before it that have not come yet.
func TestTheLastTimeChosenCounts(t *testing.T) {
	const hour = time.Hour
	tests := []struct {
		it    string
		press []hiring.Snooze // a minute apart, from Monday 08:30 on
		until string
		all   time.Duration
	}{
		{"once", []hiring.Snooze{hiring.SnoozeMonday}, "2026-10-19 08:00", 39*hour + 30*time.Minute},
		{"twice the same", []hiring.Snooze{hiring.SnoozeMonday, hiring.SnoozeMonday}, "2026-10-19 08:00", 39*hour + 30*time.Minute},
		{"a shorter time than before", []hiring.Snooze{hiring.SnoozeMonday, hiring.SnoozeTomorrow}, "2026-10-13 08:00", 7*hour + 30*time.Minute},
		{"a longer time than before", []hiring.Snooze{hiring.SnoozeTomorrow, hiring.SnoozeMonday}, "2026-10-19 08:00", 39*hour + 30*time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			d.interviewed("2026-10-07 11:00")
			if !d.reminded(ingrid, "2026-10-12 08:00") {
				t.Fatal("not reminded")
			}
			for i, z := range tt.press {
				d.putOff(ingrid, at("2026-10-12 08:30").Add(time.Duration(i)*time.Minute).In(oslo).Format("2006-01-02 15:04"), z)
			}
			if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.SnoozedUntil != at(tt.until) || o.Snoozed != tt.all {
				t.Errorf("put off until %v, for %v in all", o.SnoozedUntil.In(oslo), o.Snoozed)
			}
		})
	}
}
