package hiring_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// toChannel is what waits for the channel of R-1.
var toChannel = hiring.Conversation{Channel: "CBACKEND"}

// unreached has a notice find its conversation unreachable, and applies it.
func (d desk) unreached(n hiring.Notice, problem, when string) hiring.Change {
	d.t.Helper()
	c, err := hiring.Unreached(d.memory, settings(), n, problem, at(when))
	if err != nil {
		d.t.Fatal(err)
	}
	d.apply(c)
	return c
}

// queued has a notice wait.
func (d desk) queued(n hiring.Notice, when string) hiring.Notice {
	n.CreatedAt, n.NotBefore = at(when), at(when)
	d.apply(hiring.Change{Notices: []hiring.Notice{n}})
	return d.notices[len(d.notices)-1]
}

func brief(role hiring.RoleID) hiring.Notice {
	return hiring.Notice{Kind: hiring.TellBrief, Channel: toChannel.Channel, Subjects: []hiring.Subject{hiring.RoleSubject(role)}}
}

func TestWhoCanHelpHearsOnce(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	n := d.queued(brief(1), "2026-10-06 09:00")
	if c := d.unreached(n, hiring.ProblemArchived, "2026-10-06 09:00"); len(c.Notices) != 1 || c.Notices[0].User != ola || c.Notices[0].Problem != hiring.ProblemArchived {
		t.Errorf("at first: %+v", c.Notices)
	}
	if c := d.unreached(n, hiring.ProblemNotIn, "2026-10-07 09:00"); len(c.Notices) != 0 || c.Unreachable[0].Problem != hiring.ProblemNotIn || c.Unreachable[0].Since != at("2026-10-06 09:00") {
		t.Errorf("the next day: %+v", c)
	}
}

// TestTheOwnersOfAllRolesHear that share a channel with another recruiter each:
// that it cannot be reached, and when what is about theirs is given up.
func TestTheOwnersOfAllRolesHear(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	second := d.roles[1]
	second.ID, second.Recruiter = 2, jonas
	d.apply(hiring.Change{Roles: []hiring.Role{second}})
	d.unreached(d.queued(brief(1), "2026-10-06 09:00"), hiring.ProblemArchived, "2026-10-06 09:00")
	d.queued(brief(2), "2026-10-08 09:00")
	d.queued(hiring.Notice{Kind: hiring.RefreshMessage, Channel: toChannel.Channel, Subjects: []hiring.Subject{hiring.RoleSubject(2)}}, "2026-10-08 09:00")
	for _, step := range []struct {
		when string
		kind hiring.NoticeKind
		told hiring.UserID
	}{
		{"2026-10-08 08:45", "", ""}, // what is about R-2 is to be sent in a while
		{"2026-10-08 09:15", hiring.TellUnreached, jonas},
		{"2026-10-08 09:30", "", ""},
		{"2026-10-13 09:00", hiring.TellGivenUp, ola},
		{"2026-10-15 09:00", hiring.TellGivenUp, jonas},
		{"2026-10-16 09:00", "", ""},
	} {
		u := d.kept[toChannel]
		u.TryAt = at(step.when).Add(hiring.TryAfter)
		d.kept[toChannel] = u
		c, err := hiring.SweepUndelivered(d.memory, settings(), at(step.when))
		d.apply(c)
		switch {
		case step.told == "":
			if !errors.Is(err, hiring.ErrNothing) {
				t.Errorf("%s: %+v, %v", step.when, c.Notices, err)
			}
		case err != nil || len(c.Notices) != 1 || c.Notices[0].Kind != step.kind || c.Notices[0].User != step.told:
			t.Errorf("%s: %+v, %v", step.when, c.Notices, err)
		}
	}
}

// TestUndeliveredIsTriedDailyAndGivenUpAfterAWeek follows one channel.
func TestUndeliveredIsTriedDailyAndGivenUpAfterAWeek(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	first := d.queued(brief(1), "2026-10-06 09:00")
	d.unreached(first, hiring.ProblemArchived, "2026-10-06 09:00")
	d.gone[d.notices[len(d.notices)-1].ID] = true // Ola has read it
	for _, step := range []struct {
		when    string
		trying  bool
		dropped int
		told    int
	}{
		{"2026-10-06 18:00", false, 0, 0},
		{"2026-10-07 09:00", true, 0, 0},
		{"2026-10-09 09:00", false, 0, 0}, // tried in vain the day before
		{"2026-10-13 08:45", false, 0, 0},
		{"2026-10-13 09:00", false, 1, 1},
		{"2026-10-20 09:00", false, 1, 0}, // another one, a week later, without a word
	} {
		u := d.kept[toChannel]
		u.Trying = false
		if step.when != "2026-10-07 09:00" {
			u.TryAt = at(step.when).Add(time.Hour)
		}
		d.kept[toChannel] = u
		c, err := hiring.SweepUndelivered(d.memory, settings(), at(step.when))
		if nothing := !step.trying && step.dropped == 0; nothing != errors.Is(err, hiring.ErrNothing) || !nothing && err != nil {
			t.Fatalf("%s: %+v, %v", step.when, c, err)
		}
		d.apply(c)
		if d.kept[toChannel].Trying != step.trying || len(c.Dropped) != step.dropped || len(c.Notices) != step.told {
			t.Errorf("%s: %+v", step.when, c)
		}
		if step.told > 0 {
			if n := c.Notices[0]; n.Kind != hiring.TellGivenUp || n.User != ola || n.Channel != toChannel.Channel || n.Problem != hiring.ProblemArchived {
				t.Errorf("the last word: %+v", n)
			}
			d.queued(brief(1), "2026-10-13 09:00")
		}
	}
}

func TestTryAgain(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	n := d.queued(brief(1), "2026-10-06 09:00")
	for _, tt := range []struct {
		it  string
		by  hiring.UserID
		to  hiring.Conversation
		may bool
	}{
		{"an owner may", kari, toChannel, true},
		{"an admin may", admin, toChannel, true},
		{"an interviewer may not", ingrid, toChannel, false},
		{"nobody may with what is reachable", kari, hiring.Conversation{User: ola}, false},
		{"nor with what there is not", kari, hiring.Conversation{}, false},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d.unreached(n, hiring.ProblemArchived, "2026-10-06 09:00")
			c, err := d.by(tt.by, "2026-10-06 10:00").TryAgain(tt.to)
			if tt.may != (err == nil) || tt.may && !c.Unreachable[0].Trying {
				t.Errorf("%+v, %v", c, err)
			}
			if _, sentence := errors.AsType[*hiring.Error](err); !tt.may && !sentence {
				t.Errorf("%v is no sentence", err)
			}
		})
	}
	d.apply(hiring.Change{Unreachable: []hiring.Unreachable{{To: toChannel, Trying: true}}})
	if _, err := d.by(kari, "2026-10-06 10:00").TryAgain(toChannel); !errors.Is(err, hiring.ErrNothing) {
		t.Errorf("while it is tried: %v", err)
	}
}

// TestTheDeskShowsWhatIsNotDelivered to the owners of what it is about and to
// admins, and to nobody else.
func TestTheDeskShowsWhatIsNotDelivered(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	n := d.queued(brief(1), "2026-10-06 09:00")
	d.queued(hiring.Notice{Kind: hiring.Digest, Channel: toChannel.Channel, Subjects: []hiring.Subject{hiring.DigestSubject(0, "2026-W40")}}, "2026-10-06 09:00")
	d.queued(hiring.Notice{Kind: hiring.RefreshMessage, Channel: toChannel.Channel, Subjects: n.Subjects}, "2026-10-06 09:00")
	d.sending[d.queued(brief(1), "2026-10-06 09:00").ID] = true // and nobody knows whether it stands there
	d.unreached(n, hiring.ProblemArchived, "2026-10-06 09:00")
	for u, want := range map[hiring.UserID]int{kari: 2, ola: 2, admin: 3, ingrid: 0, "UGUEST": 0} {
		d.people["UGUEST"] = hiring.Person{ID: "UGUEST", Guest: true}
		desk, err := hiring.DeskOf(d.memory, settings(), u, at("2026-10-06 10:00"))
		got := 0
		for _, x := range desk.Undelivered {
			got += len(x.Notices)
		}
		if err != nil || got != want {
			t.Errorf("%s sees %d, %v, want %d", u, got, err, want)
		}
	}
}

// TestNobodyIsRemindedWhoCannotBeReached although the account is active: the
// recruiter hears what is missing instead.
func TestNobodyIsRemindedWhoCannotBeReached(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	d.delivered()
	d.apply(hiring.Change{Unreachable: []hiring.Unreachable{{To: hiring.Conversation{User: ingrid}, Problem: hiring.ProblemClosed}}})
	c, err := hiring.Sweep(d.memory, settings(), ingrid, at("2026-10-08 12:00"))
	if err != nil || len(c.Notices) != 1 || c.Notices[0].Kind != hiring.TellUnreached || c.Notices[0].User != ola || c.Notices[0].Problem != hiring.ProblemClosed {
		t.Errorf("%+v, %v", c, err)
	}
	if len(c.People) > 0 {
		t.Errorf("%+v is written", c.People)
	}
}

// TestAnOutageMovesNobodyUpTheLadder: as long as a reminder has not been sent,
// the next one takes its place and nobody else is told.
func TestAnOutageMovesNobodyUpTheLadder(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	d.delivered()
	for _, day := range []string{"2026-10-08", "2026-10-09", "2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15"} {
		c, err := hiring.Sweep(d.memory, settings(), ingrid, at(day+" 12:00"))
		if err != nil {
			t.Fatalf("%s: %v", day, err)
		}
		d.apply(c)
		if slices.ContainsFunc(c.Notices, func(n hiring.Notice) bool { return n.Kind != hiring.Nudge || n.Step != 1 }) {
			t.Errorf("%s: %+v", day, c.Notices)
		}
	}
	waiting, _ := d.NoticesTo(hiring.Conversation{User: ingrid})
	if len(waiting) != 1 || waiting[0].CreatedAt != at("2026-10-15 12:00") {
		t.Errorf("what waits: %+v", waiting)
	}
	// What became due meanwhile begins its own ladder.
	d.interviewed("2026-10-15 09:00")
	c, err := hiring.Sweep(d.memory, settings(), ingrid, at("2026-10-16 12:00"))
	if err != nil || len(c.Notices) != 1 || len(c.Notices[0].Subjects) != 2 || c.Notices[0].Step != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestAReminderInDoubtMovesNobodyUpTheLadder: as long as nobody knows whether one
// was sent, the next one stands on the same step, and the one in doubt stays.
func TestAReminderInDoubtMovesNobodyUpTheLadder(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	d.delivered()
	for _, day := range []string{"2026-10-08", "2026-10-09", "2026-10-12"} {
		c, err := hiring.Sweep(d.memory, settings(), ingrid, at(day+" 12:00"))
		if err != nil || len(c.Notices) != 1 || c.Notices[0].Step != 1 {
			t.Fatalf("%s: %+v, %v", day, c, err)
		}
		d.apply(c)
		d.sending[hiring.NoticeID(len(d.notices))] = day == "2026-10-08"
	}
	if list, _ := d.SendingTo(hiring.Conversation{User: ingrid}); len(list) != 1 {
		t.Errorf("in doubt: %+v", list)
	}
	if list, _ := d.NoticesTo(hiring.Conversation{User: ingrid}); len(list) != 1 {
		t.Errorf("what waits: %+v", list)
	}
	d.delivered()
	c, err := hiring.Sweep(d.memory, settings(), ingrid, at("2026-10-13 12:00"))
	if err != nil || len(c.Notices) != 1 || c.Notices[0].Step != 2 {
		t.Errorf("once one was sent: %+v, %v", c, err)
	}
}

// TestBackEarly finds what waited at once.
func TestBackEarly(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	d.people[kari] = hiring.Person{ID: kari, Free: []hiring.Span{{From: "2026-10-06", To: "2026-10-30"}}}
	d.queued(hiring.Notice{Kind: hiring.TellWaived, User: kari, Subjects: []hiring.Subject{hiring.RoleSubject(1)}}, "2026-10-06 09:00")
	c, err := hiring.Gather(d.memory, settings(), hiring.Conversation{User: kari}, at("2026-10-06 09:00"))
	if err != nil || len(c.Notices) != 1 || hiring.DateOf(c.Notices[0].NotBefore, oslo) != "2026-11-02" {
		t.Fatalf("%+v, %v", c, err)
	}
	d.apply(c)
	_, c, err = d.by(kari, "2026-10-08 10:00").Choose(hiring.Choices{WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour})
	if err != nil || len(c.Notices) != 1 || c.Notices[0].NotBefore != at("2026-10-08 10:00") || len(c.Dropped) != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestOnlyWhatIsOldIsGivenUp of a message that says several things.
func TestOnlyWhatIsOldIsGivenUp(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	to := hiring.Conversation{User: ingrid}
	d.apply(hiring.Change{Unreachable: []hiring.Unreachable{{To: to, Problem: hiring.ProblemClosed, Since: at("2026-10-06 09:00"), TryAt: at("2026-10-14 09:00")}}})
	part := func(id hiring.NoticeID, when string) hiring.Notice {
		return hiring.Notice{ID: id, Kind: hiring.TellWaived, User: ingrid, Subjects: []hiring.Subject{hiring.RoleSubject(1)}, NotBefore: at(when)}
	}
	d.queued(hiring.Notice{Kind: hiring.CatchUp, User: ingrid, Parts: []hiring.Notice{part(90, "2026-10-05 09:00"), part(91, "2026-10-08 09:00")}}, "2026-10-08 10:00")
	c, err := hiring.SweepUndelivered(d.memory, settings(), at("2026-10-13 10:00"))
	if err != nil || len(c.Dropped) != 1 || len(c.Notices) != 2 {
		t.Fatalf("%+v, %v", c, err)
	}
	if rest := c.Notices[0]; rest.Kind != hiring.CatchUp || len(rest.Parts) != 1 || rest.Parts[0].ID != 91 || c.Notices[1].Kind != hiring.TellGivenUp {
		t.Errorf("%+v", c.Notices)
	}
	d.apply(c)
	if c, err := hiring.SweepUndelivered(d.memory, settings(), at("2026-10-15 10:00")); err != nil || len(c.Dropped) != 1 || len(c.Notices) != 0 {
		t.Errorf("two days later: %+v, %v", c, err)
	}
}

// TestUnreachedWhileTheClockWasAhead by a year: it is tried again when the
// clock is set right, and its week counts from then.
func TestUnreachedWhileTheClockWasAhead(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	d.unreached(d.queued(brief(1), "2027-10-06 09:00"), hiring.ProblemArchived, "2027-10-06 09:00")
	c, err := hiring.SweepUndelivered(d.memory, settings(), at("2026-10-06 09:00"))
	if err != nil || len(c.Unreachable) != 1 || !c.Unreachable[0].Trying || c.Unreachable[0].TryAt != at("2026-10-07 09:00") || c.Unreachable[0].Since != at("2026-10-06 09:00") {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestADeactivatedPersonMayBeBack: with what they owe, it is found out once a
// day, and moves nothing up the ladder. What is held is tried by itself.
func TestADeactivatedPersonMayBeBack(t *testing.T) {
	now := at("2026-10-12 10:00")
	for _, tt := range []struct {
		it      string
		readAt  string
		kept    *hiring.Unreachable
		waits   bool
		nudged  bool
		noDebts bool
	}{
		{it: "their profile was read a day ago", readAt: "2026-10-11 10:00", nudged: true},
		{it: "it was read an hour ago", readAt: "2026-10-12 09:00"},
		{it: "it was read while the clock was ahead", readAt: "2026-11-12 09:00", nudged: true},
		{it: "the conversation is being tried", readAt: "0001-01-01 00:00", kept: &hiring.Unreachable{Trying: true}, nudged: true},
		{it: "a reminder is being tried already", readAt: "0001-01-01 00:00", kept: &hiring.Unreachable{Trying: true}, waits: true},
		{it: "it is held", readAt: "0001-01-01 00:00", kept: &hiring.Unreachable{Problem: hiring.ProblemAway}},
		{it: "nothing is overdue", readAt: "2026-10-01 10:00", noDebts: true},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			if !tt.noDebts {
				d.interviewed("2026-10-07 11:00")
			}
			d.delivered()
			to := hiring.Conversation{User: ingrid}
			d.people[ingrid] = hiring.Person{ID: ingrid, Away: true, ReadAt: at(tt.readAt)}
			if tt.kept != nil {
				tt.kept.To = to
				d.apply(hiring.Change{Unreachable: []hiring.Unreachable{*tt.kept}})
			}
			before, _ := d.owes(ingrid, hiring.AboutFeedback)
			if tt.waits {
				d.queued(hiring.Notice{Kind: hiring.Nudge, User: ingrid, Step: 1, Subjects: []hiring.Subject{before.Subject}}, "2026-10-12 08:00")
			}
			c, err := hiring.Sweep(d.memory, settings(), ingrid, now)
			if err != nil && !errors.Is(err, hiring.ErrNothing) {
				t.Fatal(err)
			}
			d.apply(c)
			nudged := slices.ContainsFunc(c.Notices, func(n hiring.Notice) bool { return n.Kind == hiring.Nudge && n.User == ingrid && n.Step == 1 })
			if nudged != tt.nudged {
				t.Errorf("nudged: %v, want %v", nudged, tt.nudged)
			}
			if after, _ := d.owes(ingrid, hiring.AboutFeedback); after.Nudges != before.Nudges {
				t.Errorf("%d nudges are counted, before %d", after.Nudges, before.Nudges)
			}
			if p := d.people[ingrid]; !p.Away {
				t.Error("they are taken to be back")
			}
			if c, err := hiring.Sweep(d.memory, settings(), ingrid, now.Add(time.Hour)); !errors.Is(err, hiring.ErrNothing) {
				t.Errorf("an hour later: %+v, %v", c, err)
			}
		})
	}
}

// TestEachOwnerHearsOfTheirRolesAlone when what does not reach somebody is
// about several, of which one may be confidential.
func TestEachOwnerHearsOfTheirRolesAlone(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.delivered()
	second := d.roles[1]
	second.ID, second.Recruiter = 2, jonas
	d.apply(hiring.Change{Roles: []hiring.Role{second}})
	first, other := hiring.DecisionSubject(1, 1, "interview-1", kari), hiring.RevisionSubject(2, 1, kari)
	n := d.queued(hiring.Notice{Kind: hiring.Nudge, User: kari, Subjects: []hiring.Subject{first, other}}, "2026-10-06 09:00")
	told := make(map[hiring.UserID][]hiring.Subject)
	for _, n := range d.unreached(n, hiring.ProblemAway, "2026-10-06 09:00").Notices {
		told[n.User] = append(told[n.User], n.Subjects...)
	}
	if !slices.Equal(told[ola], []hiring.Subject{first}) || !slices.Equal(told[jonas], []hiring.Subject{other}) || len(told) != 2 {
		t.Errorf("told: %+v", told)
	}
	for _, owner := range []hiring.UserID{ola, jonas} {
		desk, err := hiring.DeskOf(d.memory, settings(), owner, at("2026-10-06 10:00"))
		if err != nil || len(desk.Undelivered) != 1 {
			t.Errorf("%s sees %+v, %v", owner, desk.Undelivered, err)
		}
	}
}
