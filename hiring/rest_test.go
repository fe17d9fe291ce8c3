package hiring_test

import (
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestARoleFilledInAPause still asks for feedback on the others: it comes due, and
// its interviewer is reminded.
func TestARoleFilledInAPause(t *testing.T) {
	begin := func(t *testing.T) (d desk, erik hiring.Candidate, nudged func(string) bool) {
		d = newDesk(t)
		d.openRole()
		d.interviewed("2026-10-07 11:00")
		erik = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Erik", Source: hiring.Referral}))
		must[hiring.Role](d)(d.by(kari, "2026-10-07 12:00").Pause(1))
		erik = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 13:00").Close(erik.ID, hiring.Hired, "", true))
		return d, erik, func(when string) bool {
			c, err := hiring.Sweep(d.memory, settings(), ingrid, at(when))
			return err == nil && len(c.Notices) > 0
		}
	}
	t.Run("what was left of the time is left when it is filled", func(t *testing.T) {
		d, _, nudged := begin(t)
		if r, _ := d.Role(1); r.Status != hiring.Filled {
			t.Fatal(r.Status)
		}
		if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.DueAt != at("2026-10-12 12:00") {
			t.Errorf("due %v", o.DueAt)
		}
		if nudged("2026-10-12 11:00") || !nudged("2026-10-12 12:00") {
			t.Error("not reminded when it is due")
		}
	})
	t.Run("nobody is reminded once the hire is undone and the pause goes on", func(t *testing.T) {
		d, erik, nudged := begin(t)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-12 09:00").Correct(erik.ID, undo(erik, -1)))
		if r, _ := d.Role(1); r.Status != hiring.Paused {
			t.Fatal(r.Status)
		}
		if nudged("2026-10-20 10:00") {
			t.Error("reminded in a pause")
		}
		must[hiring.Role](d)(d.by(kari, "2026-10-20 10:00").Resume(1))
		if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.DueAt != at("2026-10-20 13:00") {
			t.Errorf("due %v", o.DueAt)
		}
	})
	t.Run("a record in which the clock still stands is set right when it opens again", func(t *testing.T) {
		d, _, nudged := begin(t)
		o, _ := d.owes(ingrid, hiring.AboutFeedback)
		o.PausedAt, o.DueAt, o.NudgeAt = at("2026-10-07 12:00"), at("2026-10-08 11:00"), at("9999-01-01 00:00")
		d.apply(hiring.Change{Owe: []hiring.Owed{o}})
		must[hiring.Role](d)(d.by(kari, "2026-10-20 11:00").Reopen(1, "One more."))
		if nudged("2026-10-21 09:00") || !nudged("2026-10-21 10:00") {
			t.Error("not reminded when it is due")
		}
	})
}

// TestWhatWasLateBeforeAPause is late while it lasts and after it, in the week it
// was due in. What rests waits for nobody meanwhile.
func TestWhatWasLateBeforeAPause(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	nora := d.interviewed("2026-10-07 11:00") // feedback is due on the 8th at 11
	feedback := func(when string, now int) {
		t.Helper()
		for week, late := range map[hiring.Week]int{"2026-W41": 2, "2026-W42": 0} {
			f, err := hiring.FiguresOf(d.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks(week, 1), at(when))
			if err != nil {
				t.Fatal(err)
			}
			p := f.Promises[slices.IndexFunc(f.Promises, func(p hiring.PromiseCount) bool { return p.Promise == hiring.PromiseFeedback })]
			if p.Kept != (hiring.Share{K: 0, N: late}) || p.Overdue != now {
				t.Errorf("%s, at %s: %v on time, %d overdue", week, when, p.Kept, p.Overdue)
			}
		}
	}
	feedback("2026-10-13 09:00", 2)
	must[hiring.Role](d)(d.by(kari, "2026-10-13 10:00").Pause(1))
	feedback("2026-10-13 11:00", 0)
	if sum, err := hiring.Summarize(d.memory, settings(), 1, "2026-W41", at("2026-10-13 11:00")); err != nil || slices.ContainsFunc(sum.Stuck, func(x hiring.Stuck) bool { return x.Subject.Kind == hiring.AboutFeedback }) {
		t.Errorf("stuck in a role that rests: %v, %v", sum.Stuck, err)
	}
	must[hiring.Role](d)(d.by(kari, "2026-10-20 10:00").Resume(1))
	feedback("2026-10-20 11:00", 2)
	if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.NudgeAt != at("2026-10-20 10:00") {
		t.Errorf("reminded at %v", o.NudgeAt)
	}
	for _, u := range []hiring.UserID{ingrid, jonas} {
		must[hiring.Feedback](d)(d.by(u, "2026-10-20 12:00").SubmitFeedback(key(nora.ID, u), card(hiring.Yes)))
		for _, e := range d.events {
			if e.Kind == hiring.PromiseKept && e.Person == u && e.Due != at("2026-10-08 11:00") {
				t.Errorf("it was due at %v", e.Due)
			}
		}
	}
}

// TestAPauseBeforeAnInterview: nothing of the time for feedback has run before
// the interview is over, so nothing of it is given back.
func TestAPauseBeforeAnInterview(t *testing.T) {
	for _, tt := range []struct{ it, to, due string }{
		{"still ahead when the role goes on", "2026-10-20 10:00", "2026-10-23 11:00"},
		{"held in the pause: all of the time is left", "2026-10-23 10:00", "2026-10-26 10:00"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			d.interviewed("2026-10-22 11:00")
			must[hiring.Role](d)(d.by(kari, "2026-10-13 10:00").Pause(1))
			must[hiring.Role](d)(d.by(kari, tt.to).Resume(1))
			if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.DueAt != at(tt.due) || o.NudgeAt != at(tt.due) {
				t.Errorf("due %v, reminded at %v", o.DueAt, o.NudgeAt)
			}
		})
	}
}

// TestAPauseAndReminders has a role rest while a reminder of it is put off or
// not yet due.
func TestAPauseAndReminders(t *testing.T) {
	s := settings()
	s.Grace = 2 * time.Hour
	begin := func(t *testing.T, z hiring.Snooze) (d desk, rest func(from, to string), sweep func(string) bool) {
		d = newDesk(t)
		d.openRole()
		d.interviewed("2026-10-07 11:00")
		sweep = func(when string) bool {
			c, err := hiring.Sweep(d.memory, s, ingrid, at(when))
			if err == nil {
				d.apply(c)
			}
			d.delivered()
			return len(c.Notices) > 0
		}
		rest = func(from, to string) {
			must[hiring.Role](d)(d.by(ola, from).Pause(1))
			act := d.by(ola, to)
			act.Settings = s
			must[hiring.Role](d)(act.Resume(1))
		}
		if z != "" {
			sweep("2026-10-08 12:00")
			_, c, err := d.by(ingrid, "2026-10-08 12:30").PutOff(z)
			if err != nil {
				t.Fatal(err)
			}
			d.apply(c)
		}
		return d, rest, sweep
	}
	t.Run("what was put off until after it stays so", func(t *testing.T) {
		d, rest, sweep := begin(t, hiring.SnoozeMonday)
		rest("2026-10-08 13:00", "2026-10-08 14:00")
		if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.NudgeAt != at("2026-10-12 08:00") {
			t.Errorf("it is looked at again at %v", o.NudgeAt)
		}
		if sweep("2026-10-09 09:00") || !sweep("2026-10-12 08:00") {
			t.Error("Monday was not kept")
		}
	})
	t.Run("what was put off until a time in it makes no second reminder", func(t *testing.T) {
		d, rest, sweep := begin(t, hiring.SnoozeHours)
		rest("2026-10-08 13:00", "2026-10-09 10:00")
		p := d.people[ingrid]
		p.NudgedAt = at("2026-10-09 08:00") // of something else
		d.people[ingrid] = p
		if sweep("2026-10-09 10:00") || !sweep("2026-10-12 08:00") {
			t.Error("not once a day")
		}
	})
	t.Run("what was put off until a time in it is reminded of with its end", func(t *testing.T) {
		_, rest, sweep := begin(t, hiring.SnoozeHours)
		rest("2026-10-08 13:00", "2026-10-08 15:00")
		if !sweep("2026-10-08 15:00") {
			t.Error("no reminder")
		}
	})
	t.Run("the first reminder waits for the time of grace", func(t *testing.T) {
		d, rest, _ := begin(t, "")
		rest("2026-10-07 14:00", "2026-10-07 15:00")
		if o, _ := d.owes(ingrid, hiring.AboutFeedback); o.DueAt != at("2026-10-08 12:00") || o.NudgeAt != at("2026-10-08 14:00") {
			t.Errorf("due %v, reminded at %v", o.DueAt, o.NudgeAt)
		}
	})
}

// TestALookBackAfterAPause comes with the working days it had left, to both owners
// once.
func TestALookBackAfterAPause(t *testing.T) {
	waiting := func(d desk, u hiring.UserID) (at []time.Time) {
		list, _ := d.NoticesTo(hiring.Conversation{User: u})
		for _, n := range list {
			if n.Kind == hiring.LookBack {
				at = append(at, n.NotBefore)
			}
		}
		return at
	}
	for _, tt := range []struct {
		it     string
		pauses [][2]string
		sent   string // when everything that waited was sent, or dropped; empty for never
		want   []string
	}{
		{"it still waits when the pause is over", [][2]string{{"2026-10-07 10:00", "2026-10-09 10:00"}}, "", []string{"2026-10-21 10:00"}},
		{"after two pauses", [][2]string{{"2026-10-07 10:00", "2026-10-09 10:00"}, {"2026-10-12 10:00", "2026-10-13 10:00"}}, "", []string{"2026-10-22 10:00"}},
		{"its time came in the pause, when nothing was said", [][2]string{{"2026-10-15 10:00", "2026-10-29 10:00"}}, "2026-10-20 10:00", []string{"2026-11-02 10:00"}},
		{"it came before the pause", [][2]string{{"2026-10-21 10:00", "2026-10-28 10:00"}}, "2026-10-20 10:00", nil},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole() // agreed on Monday, 5 October, at ten: they look back on the 19th
			for _, u := range []hiring.UserID{kari, ola} {
				d.want("before", waiting(d, u), []time.Time{at("2026-10-19 10:00")})
			}
			for _, p := range tt.pauses {
				if tt.sent != "" && tt.sent < p[0] {
					d.delivered()
				}
				must[hiring.Role](d)(d.by(kari, p[0]).Pause(1))
				if tt.sent > p[0] {
					d.delivered()
				}
				must[hiring.Role](d)(d.by(ola, p[1]).Resume(1))
			}
			var want []time.Time
			for _, w := range tt.want {
				want = append(want, at(w))
			}
			for _, u := range []hiring.UserID{kari, ola} {
				d.want(string(u), waiting(d, u), want)
			}
		})
	}
}
