package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

var errRefused = errors.New("refused")

func TestOnce(t *testing.T) {
	s := openTest(t)
	calls := 0
	act := func(once string, err error) error {
		return s.Change(t.Context(), once, monday, func(r hiring.Record) (hiring.Change, error) {
			calls++
			return hiring.Change{Roles: []hiring.Role{testRole(r.NextRole())}}, err
		})
	}
	for _, step := range []struct {
		name      string
		once      string
		err, want error
		calls     int
	}{
		{"a refused act doesn't use its name up", "a", errRefused, errRefused, 1},
		{"so it can be done", "a", nil, nil, 2},
		{"the second of a name isn't decided", "a", nil, hiring.ErrRepeated, 2},
		{"another name is another act", "b", nil, nil, 3},
		{"without a name nothing is remembered", "", nil, nil, 4},
		{"also not the second time", "", nil, nil, 5},
	} {
		if err := act(step.once, step.err); err != step.want {
			t.Errorf("%s: got %v", step.name, err)
		}
		if calls != step.calls {
			t.Errorf("%s: decided %d times", step.name, calls)
		}
	}
	view(t, s, func(r hiring.Record) {
		if n := len(must(r.AllRoles())); n != 4 {
			t.Errorf("%d roles", n)
		}
	})
}

// TestWhatARepeatedActSaidFirst is kept with its name, and is nothing in the
// marks of versions that did not keep it.
func TestWhatARepeatedActSaidFirst(t *testing.T) {
	s := openTest(t)
	say := func(said string) error {
		return s.Change(t.Context(), "a", monday, func(hiring.Record) (hiring.Change, error) { return hiring.Change{Said: said}, nil })
	}
	ok(t, say("2f1c09aa"))
	if err := say("00000000"); err != hiring.ErrRepeated {
		t.Errorf("said otherwise: %v", err)
	}
	ok(t, s.engine.update(t.Context(), func(t *txn) error { t.put(inOnce, onceKey("old"), key{}.at(monday)); return nil }))
	view(t, s, func(r hiring.Record) {
		for act, want := range map[string]string{"a": "2f1c09aa true", "old": " true", "none": " false"} {
			if said, done := r.CarriedOut(act); fmt.Sprint(said, " ", done) != want {
				t.Errorf("%s: %q, %v", act, said, done)
			}
		}
	})
}

func TestPruneForgetsOldNames(t *testing.T) {
	s := openTest(t)
	nothing := func(hiring.Record) (hiring.Change, error) { return hiring.Change{}, nil }
	for i := range pruneBatch + 5 {
		ok(t, s.Change(t.Context(), fmt.Sprint("old\x00", i), monday, nothing))
	}
	ok(t, s.Change(t.Context(), "young", monday.Add(time.Hour), nothing))
	if n := must(s.Prune(t.Context(), monday.Add(OnceKept))); n != 0 {
		t.Errorf("forgot %d on the last day", n)
	}
	if n := must(s.Prune(t.Context(), monday.Add(OnceKept+time.Second))); n != pruneBatch+5 {
		t.Errorf("forgot %d", n)
	}
	if err := s.Change(t.Context(), "young", monday, nothing); err != hiring.ErrRepeated {
		t.Errorf("the young one: %v", err)
	}
	ok(t, s.Change(t.Context(), "old\x000", monday, nothing))
}

// TestAFailedChangeWritesNothing lets a change fail at its end, after most of
// it was written.
func TestAFailedChangeWritesNothing(t *testing.T) {
	s := openTest(t)
	fill(t, s)
	before := contents(t, s)
	moved := testCandidate(1, 1, hiring.StageScreen, hiring.StageOffer)
	c := hiring.Change{
		Roles: []hiring.Role{testRole(3)}, Candidates: []hiring.Candidate{moved, testCandidate(99, 77)},
		Settled: []hiring.Subject{testOwed(1, 1, expert, monday).Subject},
	}
	err := s.Change(t.Context(), "fails", monday, func(hiring.Record) (hiring.Change, error) { return c, nil })
	if err == nil || err.Error() != "There is no role R-77." {
		t.Fatal(err)
	}
	c.Candidates = c.Candidates[:1]
	for _, breaks := range []func(*hiring.Change){
		func(c *hiring.Change) {
			c.Notices = []hiring.Notice{{NotBefore: time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)}}
		},
		func(c *hiring.Change) { c.People = []hiring.Person{{ID: hiring.UserID(strings.Repeat("U", 40_000))}} },
		func(c *hiring.Change) { c.Roles = []hiring.Role{{ID: 4}} },
		func(c *hiring.Change) { c.Candidates = append(c.Candidates, hiring.Candidate{}) },
	} {
		broken := c
		breaks(&broken)
		if err := s.Change(t.Context(), "fails", monday, func(hiring.Record) (hiring.Change, error) { return broken, nil }); err == nil {
			t.Fatal("it didn't fail")
		}
	}
	if after := contents(t, s); !reflect.DeepEqual(before, after) {
		t.Error("something was written")
	}
}

func TestAPanicIsContained(t *testing.T) {
	s := openTest(t)
	err := s.Change(t.Context(), "x", monday, func(hiring.Record) (hiring.Change, error) { panic("oh") })
	if err == nil || !strings.Contains(err.Error(), "oh") || !strings.Contains(err.Error(), "change_test.go") {
		t.Errorf("change: %v", err)
	}
	if err := s.View(t.Context(), func(hiring.Record) error { panic("oh") }); err == nil {
		t.Error("view: no error")
	}
	ok(t, s.Change(t.Context(), "x", monday, func(hiring.Record) (hiring.Change, error) { return hiring.Change{}, nil }))
}

func TestARecordKeptTooLongSaysSo(t *testing.T) {
	s := openTest(t)
	var kept hiring.Record
	view(t, s, func(r hiring.Record) { kept = r })
	ok(t, s.Change(t.Context(), "", monday, func(r hiring.Record) (hiring.Change, error) {
		err := guard(func() error { _, err := kept.AllRoles(); return err })
		if err == nil || !strings.Contains(err.Error(), "outside its transaction") {
			t.Errorf("got %v", err)
		}
		kept = r
		return hiring.Change{}, nil
	}))
	if err := guard(func() error { _, err := kept.AllRoles(); return err }); err == nil {
		t.Error("the record of a change can be kept")
	}
}

func TestACancelledContextStartsNothing(t *testing.T) {
	s := openTest(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Change(ctx, "x", monday, func(hiring.Record) (hiring.Change, error) { panic("decided") })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("change: %v", err)
	}
	if err := s.View(ctx, func(hiring.Record) error { panic("read") }); !errors.Is(err, context.Canceled) {
		t.Errorf("view: %v", err)
	}
}

func TestDecideSeesTheStateBefore(t *testing.T) {
	s := openTest(t)
	for i := range 3 {
		ok(t, s.Change(t.Context(), "", monday, func(r hiring.Record) (hiring.Change, error) {
			if n := len(must(r.AllRoles())); n != i {
				t.Errorf("saw %d roles, want %d", n, i)
			}
			return hiring.Change{Roles: []hiring.Role{testRole(r.NextRole())}}, nil
		}))
	}
}

func TestUnknownThingsAreSentences(t *testing.T) {
	s := openTest(t)
	view(t, s, func(r hiring.Record) {
		_, role := r.Role(7)
		_, candidate := r.Candidate(8)
		_, feedback := r.Feedback(hiring.FeedbackKey{Candidate: 8, Stage: interview, Interviewer: expert})
		for err, want := range map[error]string{
			role:      "There is no role R-7.",
			candidate: "There is no candidate C-8.",
			feedback:  "No feedback was asked of UEXPERT on C-8 at that stage.",
		} {
			var sentence *hiring.Error
			if !errors.As(err, &sentence) || err.Error() != want {
				t.Errorf("got %v, want %v", err, want)
			}
		}
		if p := must(r.Person("UNEW")); !reflect.DeepEqual(p, hiring.Person{ID: "UNEW"}) {
			t.Errorf("a person never seen: %+v", p)
		}
	})
}

func TestOwed(t *testing.T) {
	s := openTest(t)
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	late, early := testOwed(1, 1, expert, day(2)), testOwed(1, 2, expert, day(1))
	other := testOwed(2, 3, manager, day(3))
	change(t, s, hiring.Change{Owe: []hiring.Owed{late, early, other}})
	see := func(name string, now time.Time, by, in []hiring.Owed, due ...hiring.UserID) {
		t.Helper()
		view(t, s, func(r hiring.Record) {
			if got := must(r.OwedBy(expert)); !reflect.DeepEqual(got, by) {
				t.Errorf("%s: owed by the expert %+v", name, got)
			}
			remind := slices.DeleteFunc(slices.Clone(by), func(o hiring.Owed) bool { return o.RemindFrom().After(now) })
			if got := must(r.ToRemind(expert, now)); !slices.EqualFunc(got, remind, func(a, b hiring.Owed) bool { return reflect.DeepEqual(a, b) }) {
				t.Errorf("%s: the expert is to be reminded of %+v", name, got)
			}
			if got := must(r.OwedIn(1)); !reflect.DeepEqual(got, in) {
				t.Errorf("%s: owed for R-1 %+v", name, got)
			}
			if got, want := must(r.OverdueIn(1, now)), hiring.PastDue(in, now); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: overdue for R-1 %+v, want %+v", name, got, want)
			}
			if got := must(r.Due(now)); !reflect.DeepEqual(got, due) {
				t.Errorf("%s: due %v", name, got)
			}
		})
	}
	both := []hiring.Owed{early, late}
	see("by due time, nothing due yet", day(1).Add(-1), both, both)
	see("due at the moment itself", day(1), both, both, expert)
	see("without repeats, who waits longest first", day(3), both, both, expert, manager)
	early.Nudges, early.NudgeAt = 1, day(5)
	late.DueAt = day(0)
	change(t, s, hiring.Change{Owe: []hiring.Owed{early, late}})
	both = []hiring.Owed{late, early}
	see("changed, it moves in every index", day(3), both, both, expert, manager)
	change(t, s, hiring.Change{Settled: []hiring.Subject{late.Subject, late.Subject, hiring.RoleSubject(9)}})
	see("settled, it is gone", day(3), both[1:], both[1:], manager)
	change(t, s, hiring.Change{Settled: []hiring.Subject{early.Subject}, Owe: []hiring.Owed{early}})
	see("what is owed anew stays", day(5), both[1:], both[1:], manager, expert)
	early.PausedAt, late.PausedAt = day(3), day(-1)
	change(t, s, hiring.Change{Owe: []hiring.Owed{early, late}})
	both = []hiring.Owed{late, early}
	see("what rests is past due if it was before", day(6), both, both, expert, manager)
	early.PausedAt, early.RemindAt = time.Time{}, day(-1)
	change(t, s, hiring.Change{Owe: []hiring.Owed{early}})
	both = []hiring.Owed{late, early}
	see("what is reminded of beforehand, before what is due earlier", day(-1), both, both)
	change(t, s, hiring.Change{Settled: []hiring.Subject{early.Subject}})
	see("and is gone from there once it is settled", day(6), both[:1], both[:1], expert, manager)
}

func TestCandidateLists(t *testing.T) {
	s := openTest(t)
	a, b, c := testCandidate(1, 1), testCandidate(2, 2), testCandidate(300, 1)
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(1), testRole(2)}, Candidates: []hiring.Candidate{c, b, a}})
	a.Outcome, a.ClosedAt = hiring.Withdrawn, monday
	b.Role = 1
	change(t, s, hiring.Change{Candidates: []hiring.Candidate{a, b}})
	view(t, s, func(r hiring.Record) {
		for _, test := range []struct {
			name      string
			got, want []hiring.Candidate
		}{
			{"all, oldest first", must(r.CandidatesOf(1)), []hiring.Candidate{a, b, c}},
			{"only the active", must(r.ActiveIn(1)), []hiring.Candidate{b, c}},
			{"none after the last left", must(r.CandidatesOf(2)), nil},
		} {
			if !reflect.DeepEqual(test.got, test.want) {
				t.Errorf("%s: %+v", test.name, test.got)
			}
		}
		if r.NextCandidate() != 301 {
			t.Errorf("next %v", r.NextCandidate())
		}
	})
	if d := wrongCounts(t, s); len(d) > 0 {
		t.Errorf("moving between roles spoilt counts: %+v", d)
	}
}

func TestFeedbackOn(t *testing.T) {
	s := openTest(t)
	give := func(c hiring.CandidateID, stage hiring.StageID, u hiring.UserID) hiring.Feedback {
		return hiring.Feedback{FeedbackKey: hiring.FeedbackKey{Candidate: c, Stage: stage, Interviewer: u}, Role: 1, Status: hiring.Requested}
	}
	list := []hiring.Feedback{give(1, "interview-1", "UA"), give(1, "interview-1", "UB"), give(1, "interview-2", "UA")}
	change(t, s, hiring.Change{Feedback: []hiring.Feedback{list[2], give(2, "interview-1", "UA"), list[1], list[0]}})
	view(t, s, func(r hiring.Record) {
		if got := must(r.FeedbackOn(1)); !reflect.DeepEqual(got, list) {
			t.Errorf("got %+v", got)
		}
		if got := must(r.Feedback(list[1].FeedbackKey)); !reflect.DeepEqual(got, list[1]) {
			t.Errorf("got %+v", got)
		}
	})
}

func TestRuns(t *testing.T) {
	s := openTest(t)
	if _, ran, err := s.LastRun(t.Context(), "sweep"); ran || err != nil {
		t.Errorf("before: %v, %v", ran, err)
	}
	for i := range 2 {
		at := monday.Add(time.Duration(i) * time.Minute)
		ok(t, s.Ran(t.Context(), "sweep", at))
		if got, ran, err := s.LastRun(t.Context(), "sweep"); !got.Equal(at) || !ran || err != nil {
			t.Errorf("got %v, %v, %v", got, ran, err)
		}
	}
}

// TestARunIsNotedWithWhatItMoves, and with nothing else.
func TestARunIsNotedWithWhatItMoves(t *testing.T) {
	s := openTest(t)
	for _, tt := range []struct {
		it    string
		c     hiring.Change
		err   error
		noted bool
	}{
		{"moves nothing", hiring.Change{}, hiring.ErrNothing, false},
		{"fails", hiring.Change{Roles: []hiring.Role{testRole(1)}}, hiring.ErrNothing, false},
		{"moves something", hiring.Change{Roles: []hiring.Role{testRole(1)}}, nil, true},
	} {
		tt.c.Ran = hiring.Run{Job: tt.it, At: monday}
		err := s.Change(t.Context(), "", monday, func(hiring.Record) (hiring.Change, error) { return tt.c, tt.err })
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v", tt.it, err)
		}
		if at, ran, err := s.LastRun(t.Context(), tt.it); ran != tt.noted || ran && !at.Equal(monday) || err != nil {
			t.Errorf("%s: got %v, %v, %v", tt.it, at, ran, err)
		}
	}
}
