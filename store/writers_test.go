package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// together makes sure that all changes end in one transaction, in order: the
// first decides only after the others have come to wait.
func together(t *testing.T, s *Store, changes ...func(context.Context) error) []error {
	t.Helper()
	errs := make([]error, len(changes))
	var group sync.WaitGroup
	waiting := func(n int) {
		for deadline := 5000; ; deadline-- {
			s.engine.writers.mu.Lock()
			got := len(s.engine.writers.waiting)
			s.engine.writers.mu.Unlock()
			if got == n {
				return
			}
			if deadline == 0 {
				t.Errorf("%d writers wait, not %d", got, n)
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
	started, release := make(chan struct{}), make(chan struct{})
	group.Go(func() {
		_ = s.engine.update(context.Background(), func(*txn) error {
			close(started)
			<-release
			return nil
		})
	})
	<-started
	for i, c := range changes {
		group.Go(func() { errs[i] = c(context.Background()) })
		waiting(i + 1)
	}
	close(release)
	group.Wait()
	return errs
}

// addRole returns a change that decides to add a role, after act.
func addRole(s *Store, once string, act func(hiring.Record) error) func(context.Context) error {
	return func(ctx context.Context) error {
		return s.Change(ctx, once, monday, func(r hiring.Record) (hiring.Change, error) {
			return hiring.Change{Roles: []hiring.Role{testRole(r.NextRole())}}, act(r)
		})
	}
}

func TestWritersShareACommitAndNothingElse(t *testing.T) {
	s := openTest(t)
	commits, saw := 0, 0
	s.engine.committed = func(*txn) { commits++ }
	cancelled, cancel := context.WithCancel(t.Context())
	panics := func(hiring.Record) error { panic("run") }
	errs := together(t, s,
		addRole(s, "", func(hiring.Record) error { cancel(); return nil }),
		addRole(s, "once", func(hiring.Record) error { return errRefused }),
		addRole(s, "once", panics),
		func(ctx context.Context) error { // fails after having written a role
			return s.Change(ctx, "once", monday, func(r hiring.Record) (hiring.Change, error) {
				return hiring.Change{Roles: []hiring.Role{testRole(r.NextRole())}, Candidates: []hiring.Candidate{testCandidate(1, 99)}}, nil
			})
		},
		func(context.Context) error { return addRole(s, "", panics)(cancelled) }, // cancelled while it waits
		addRole(s, "once", func(r hiring.Record) error { saw = len(must(r.AllRoles())); return nil }),
		addRole(s, "once", panics),
	)
	var contained *panicError
	var sentence *hiring.Error
	for i, right := range []bool{
		errs[0] == nil, errs[1] == errRefused, errors.As(errs[2], &contained), errors.As(errs[3], &sentence),
		errs[4] == context.Canceled, errs[5] == nil, errs[6] == hiring.ErrRepeated,
	} {
		if !right {
			t.Errorf("change %d: %v", i, errs[i])
		}
	}
	if saw != 1 || commits != 1 {
		t.Errorf("the last saw %d roles, want that of the first only; %d commits", saw, commits)
	}
	view(t, s, func(r hiring.Record) { same(t, "roles", len(must(r.AllRoles())), 2) })
}

func TestAFailedCommitFailsEverybody(t *testing.T) {
	s := openTest(t)
	errs := together(t, s,
		func(ctx context.Context) error {
			return s.engine.update(ctx, func(t *txn) error {
				t.put(inRun, runKey("a"), nil)
				return t.tx.Rollback() // so that the commit fails
			})
		},
		func(ctx context.Context) error { return s.Ran(ctx, "b", monday) },
	)
	for i, err := range errs {
		if err == nil {
			t.Errorf("change %d was told that it is written", i)
		}
	}
	ok(t, s.Ran(t.Context(), "c", monday))
}

// TestAnEndedGoroutineLeavesNobodyWaiting ends a goroutine inside its
// decision, as a failing test does.
func TestAnEndedGoroutineLeavesNobodyWaiting(t *testing.T) {
	s := openTest(t)
	var group sync.WaitGroup
	group.Go(func() {
		_ = s.Change(context.Background(), "", monday, func(hiring.Record) (hiring.Change, error) {
			runtime.Goexit()
			return hiring.Change{}, nil
		})
	})
	group.Wait()
	ok(t, s.Ran(t.Context(), "sweep", monday))
}

// TestManyWriters has every change applied exactly once, with readers that
// always see whole changes.
func TestManyWriters(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(1)}})
	const writers, each = 64, 10
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for i := range each {
				err := s.Change(context.Background(), fmt.Sprintf("%d/%d", w, i), monday, func(r hiring.Record) (hiring.Change, error) {
					c := testCandidate(r.NextCandidate(), 1)
					return hiring.Change{Candidates: []hiring.Candidate{c}, Owe: []hiring.Owed{testOwed(1, c.ID, expert, monday)}}, nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		view(t, s, func(r hiring.Record) {
			if c, o := len(must(r.ActiveIn(1))), len(must(r.OwedIn(1))); c != o {
				t.Errorf("%d candidates, %d owed", c, o)
			}
		})
	}
	view(t, s, func(r hiring.Record) {
		if n := len(must(r.ActiveIn(1))); n != writers*each {
			t.Errorf("%d candidates, want %d", n, writers*each)
		}
	})
	if d := wrongCounts(t, s); len(d) > 0 {
		t.Errorf("counts differ: %+v", d)
	}
}

// TestChangesShareACommit makes more changes than share one, each of which
// builds on the one before; every third fails.
func TestChangesShareACommit(t *testing.T) {
	s := openTest(t)
	commits := 0
	s.engine.committed = func(*txn) { commits++ }
	decide := make([]func(hiring.Record) (hiring.Change, error), maxGroup+100)
	for i := range decide {
		decide[i] = func(r hiring.Record) (hiring.Change, error) {
			c := hiring.Change{Roles: []hiring.Role{testRole(r.NextRole())}}
			if i%3 == 2 {
				c.Candidates = []hiring.Candidate{testCandidate(1, 9999)} // of a role that is not there
			}
			return c, nil
		}
	}
	for i, err := range s.Changes(t.Context(), monday, decide...) {
		if (err != nil) != (i%3 == 2) {
			t.Errorf("change %d: %v", i, err)
		}
	}
	if commits != 2 {
		t.Errorf("%d commits, want 2", commits)
	}
	view(t, s, func(r hiring.Record) {
		roles := must(r.AllRoles())
		if n := len(decide) - len(decide)/3; len(roles) != n || roles[n-1].ID != hiring.RoleID(n) {
			t.Errorf("%d roles, the last of them %v, want %d", len(roles), roles[len(roles)-1].ID, n)
		}
	})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	same(t, "errors", s.Changes(cancelled, monday, decide[:2]...), []error{context.Canceled, context.Canceled})
	same(t, "errors", s.Changes(t.Context(), monday), []error{})
}

// TestCountersOfOthersStay has writers who share a commit add to a counter. One
// reads it and then fails: what it added is gone, what it read stays.
func TestCountersOfOthersStay(t *testing.T) {
	s := openTest(t)
	k := hiring.CountKey{Role: 1, Week: "2026-W10", Measure: hiring.Entered, Stage: interview, Source: hiring.Agency}
	kept := func(tx *txn) int {
		tally := make(hiring.Tally)
		readCounts(tx, under(roleKey(1)), tally)
		return tally[k]
	}
	add := func(n, see int, err error) func(*txn) error {
		return func(tx *txn) error {
			same(t, "the counter", kept(tx), see)
			tx.add(k, n)
			return err
		}
	}
	for i, err := range s.engine.updates(t.Context(), add(2, 0, nil), add(5, 2, errRefused), add(1, 2, nil), add(-3, 3, nil)) {
		if (err != nil) != (i == 1) {
			t.Errorf("writer %d: %v", i, err)
		}
	}
	ok(t, s.engine.view(t.Context(), func(tx *txn) error {
		if v := tx.get(inCount, countKey(k)); v != nil {
			t.Errorf("a counter of nothing is kept as %x", v)
		}
		return nil
	}))
}
