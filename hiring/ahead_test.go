package hiring_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// TestWhatWasPutOffWhileTheClockWasAhead comes up in its time, and what was put
// off for a reason waits for that.
func TestWhatWasPutOffWhileTheClockWasAhead(t *testing.T) {
	for _, tt := range []struct {
		it   string
		owed hiring.Owed
		want string // when it is looked at; empty for as before
	}{
		{"what is overdue at once", hiring.Owed{DueAt: at("2026-10-05 09:00"), NudgeAt: at("2026-11-04 08:00")}, "2026-10-07 11:00"},
		{"what is not yet when it is due", hiring.Owed{DueAt: at("2026-10-20 09:00"), NudgeAt: at("2026-11-04 08:00")}, "2026-10-20 09:00"},
		{"what is far away stays there", hiring.Owed{DueAt: at("2027-01-20 09:00"), NudgeAt: at("2027-01-20 09:00")}, ""},
		{"what is due in the evening stays where it was", hiring.Owed{DueAt: at("2026-10-20 19:00"), NudgeAt: at("2026-10-21 08:00")}, ""},
		{"what waits for tomorrow does", hiring.Owed{DueAt: at("2026-10-05 09:00"), NudgeAt: at("2026-10-08 08:00")}, ""},
		{"what was snoozed is", hiring.Owed{DueAt: at("2026-10-05 09:00"), NudgeAt: at("2026-10-12 08:00"), SnoozedUntil: at("2026-10-12 08:00")}, ""},
		{"what was snoozed, and put off after that, is not", hiring.Owed{DueAt: at("2026-10-05 09:00"), NudgeAt: at("2026-11-04 08:00"), SnoozedUntil: at("2026-10-12 08:00")}, "2026-10-07 11:00"},
		{"what was reminded of beforehand waits until it is late", hiring.Owed{DueAt: at("2026-10-07 16:00"), RemindAt: at("2026-10-07 08:00"), NudgeAt: at("2026-10-08 08:00")}, ""},
		{"what is to be reminded of beforehand is so", hiring.Owed{DueAt: at("2026-10-08 16:00"), RemindAt: at("2026-10-08 08:00"), NudgeAt: at("2026-10-09 08:00")}, "2026-10-08 08:00"},
		{"what is paused is", hiring.Owed{DueAt: at("2026-10-05 09:00"), NudgeAt: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), PausedAt: at("2026-10-04 09:00")}, ""},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			tt.owed.Subject = hiring.SignOffSubject(1, 1, ingrid)
			d.apply(hiring.Change{Owe: []hiring.Owed{tt.owed}})
			c, err := hiring.SetRight(d.memory, settings(), ingrid, at("2026-10-07 11:00"))
			if tt.want == "" {
				if !errors.Is(err, hiring.ErrNothing) {
					t.Errorf("%+v, %v", c, err)
				}
				return
			}
			if err != nil || len(c.Owe) != 1 || c.Owe[0].NudgeAt != at(tt.want) {
				t.Errorf("%+v, %v", c, err)
			}
		})
	}
}

// TestASweepIsBelieved: what one sets off for later is not looked at before, nor
// set right, at any time until then.
func TestASweepIsBelieved(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := settings()
		s.EveryDays = rapid.IntRange(1, 3).Draw(rt, "every days")
		s.Grace = time.Duration(rapid.IntRange(0, 20).Draw(rt, "grace")) * time.Hour
		now := at("2026-10-07 11:00").Add(time.Duration(rapid.IntRange(0, 7*24*60).Draw(rt, "now")) * time.Minute)
		d := newDesk(t)
		p := hiring.Person{ID: ingrid, Away: rapid.Bool().Draw(rt, "deactivated")}
		if rapid.Bool().Draw(rt, "on leave") {
			p.Free = []hiring.Span{{From: hiring.DateOf(now, oslo), To: hiring.DateOf(now.AddDate(0, rapid.IntRange(0, 6).Draw(rt, "months"), 0), oslo)}}
		}
		d.people[ingrid] = p
		d.roles[1] = hiring.Role{ID: 1, HiringManager: kari, Recruiter: ola}
		for i := range rapid.IntRange(1, 3).Draw(rt, "debts") {
			due := now.Add(time.Duration(rapid.IntRange(-5*24*60, 0).Draw(rt, "due")) * time.Minute)
			o := hiring.Owed{Subject: hiring.SignOffSubject(1, i, ingrid), DueAt: due, NudgeAt: due}
			if rapid.Bool().Draw(rt, "beforehand") {
				o.RemindAt, o.DueAt = due, due.Add(time.Duration(rapid.IntRange(1, 4*24*60).Draw(rt, "later"))*time.Minute)
			}
			d.apply(hiring.Change{Owe: []hiring.Owed{o}})
		}
		c, err := hiring.Sweep(d.memory, s, ingrid, now)
		if err != nil {
			rt.Fatal(err)
		}
		d.apply(c)
		until := c.Owe[0].NudgeAt
		for when := now; when.Before(until); when = when.Add(until.Sub(now)/5 + 1) {
			if c, err := hiring.Sweep(d.memory, s, ingrid, when); !errors.Is(err, hiring.ErrNothing) {
				rt.Fatalf("at %v it is looked at although that was to be at %v: %+v, %v", when, until, c, err)
			}
			if c, err := hiring.SetRight(d.memory, s, ingrid, when); !errors.Is(err, hiring.ErrNothing) {
				rt.Fatalf("at %v something is set right that was to be looked at at %v: %+v, %v", when, until, c, err)
			}
		}
	})
}

// TestNoticesOfAClockThatWasAhead are sent in their time, and set right once:
// whoever asks again meanwhile gets the same.
func TestNoticesOfAClockThatWasAhead(t *testing.T) {
	const day = 24 * time.Hour
	now := at("2026-10-07 11:00")
	for _, tt := range []struct {
		it          string
		kind        hiring.NoticeKind
		ahead, wait time.Duration // how far the clock was ahead, and how long it was to wait
		want        time.Duration // from now on
	}{
		{"what was written in time stays", hiring.Nudge, -time.Hour, 0, -time.Hour},
		{"what was planned in time, too", hiring.LookBack, -time.Hour, 14 * day, 14*day - time.Hour},
		{"what was to go at once goes", hiring.TellAgreed, 3 * day, 0, 0},
		{"by a clock that was minutes ahead, too", hiring.TellAgreed, time.Minute, 0, 0},
		{"an edit, too", hiring.RefreshMessage, 365 * day, 0, 0},
		{"what was to wait for the morning comes on one of these days", hiring.Nudge, 365 * day, 15 * time.Hour, day + 15*time.Hour},
		{"where the clock was ahead by days, it stays", hiring.Nudge, 3 * day, 15 * time.Hour, 3*day + 15*time.Hour},
		{"what was to wait for weeks stays", hiring.LookBack, 365 * day, 14 * day, 379 * day},
		{"what waits for an interview, too", hiring.AskFeedback, 10 * day, time.Hour, 10*day + time.Hour},
		{"and what was late for it", hiring.AskFeedback, 10 * day, -9 * day, day},
		{"and a digest", hiring.Digest, 3 * day, 0, 3 * day},
	} {
		t.Run(tt.it, func(t *testing.T) {
			written := now.Add(tt.ahead)
			n := hiring.Notice{ID: 7, Kind: tt.kind, CreatedAt: written, NotBefore: written.Add(tt.wait)}
			said := hiring.Notice{Kind: hiring.CatchUp, CreatedAt: now.Add(-time.Hour), NotBefore: now, Parts: []hiring.Notice{n}}
			set, changed := n.SetRight(now)
			if got := set.NotBefore.Sub(now); got != tt.want || changed != (tt.want != tt.ahead+tt.wait) || set.CreatedAt != written {
				t.Errorf("it comes in %v, %v: %+v", got, changed, set)
			}
			all, _ := said.SetRight(now)
			if !all.Parts[0].NotBefore.Equal(set.NotBefore) || !said.Parts[0].NotBefore.Equal(n.NotBefore) {
				t.Errorf("as a part: %+v of %+v", all, said)
			}
			for _, later := range []time.Duration{0, time.Hour, day, 8 * day} {
				if again, changed := set.SetRight(now.Add(later)); changed {
					t.Errorf("%v later: %+v", later, again)
				}
			}
		})
	}
}
