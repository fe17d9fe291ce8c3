package bot

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// enter finds a role's lane and waits for the turn there.
func (l *lanes) enter(ctx context.Context, p place, role hiring.RoleID) (leave func(), err error) {
	turn := l.find(ctx, p, laneKey{role: role})
	if err := turn.wait(ctx); err != nil {
		turn.leave()
		return nil, err
	}
	return turn.leave, nil
}

// TestLanesKeepTheOrderOfARole has thirty requests about three roles find
// their lanes at different speeds: each role's are handled in the order in
// which they came in.
func TestLanesKeepTheOrderOfARole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		var mu sync.Mutex
		order := map[hiring.RoleID][]int{}
		var all sync.WaitGroup
		for i := range 30 {
			p, role := l.take(), hiring.RoleID(i%3+1)
			all.Go(func() {
				pause(t.Context(), time.Duration(30-i)*time.Millisecond)
				leave, err := l.enter(t.Context(), p, role)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order[role] = append(order[role], i)
				mu.Unlock()
				pause(t.Context(), time.Millisecond)
				leave()
			})
		}
		all.Wait()
		for role, got := range order {
			if len(got) != 10 || !slices.IsSorted(got) {
				t.Errorf("%v: %v", role, got)
			}
		}
		if len(l.lanes) > 0 {
			t.Errorf("%d lanes are left", len(l.lanes))
		}
	})
}

// hanging has one hang in the lane of role 1, and the one behind give up.
func hanging(t *testing.T, l *lanes) (goOn func()) {
	t.Helper()
	goOn, err := l.enter(t.Context(), l.take(), 1)
	if err != nil {
		t.Fatal(err)
	}
	limit, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := l.enter(limit, l.take(), 1); err != errBusy {
		t.Errorf("behind one that hangs: %v", err)
	}
	return goOn
}

func TestLanesOfOtherRolesGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		hung := hanging(t, &l)
		for _, role := range []hiring.RoleID{2, 0} {
			leave, err := l.enter(t.Context(), l.take(), role)
			if err != nil {
				t.Fatal(err)
			}
			leave()
		}
		hung()
		leave, err := l.enter(t.Context(), l.take(), 1)
		if err != nil {
			t.Fatal(err)
		}
		leave()
	})
}

func TestAFullLaneIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		first, err := l.enter(t.Context(), l.take(), 1)
		if err != nil {
			t.Fatal(err)
		}
		var waiting sync.WaitGroup
		for range maxInLane - 1 {
			p := l.take()
			waiting.Go(func() {
				leave, err := l.enter(t.Context(), p, 1)
				if err != nil {
					t.Error(err)
					return
				}
				leave()
			})
		}
		synctest.Wait()
		if _, err := l.enter(t.Context(), l.take(), 1); err != errBusy {
			t.Errorf("one too many: %v", err)
		}
		first()
		waiting.Wait()
	})
}

// TestWhoGivesUpDelaysNobodyAndLetsNobodyPass has one in the middle of a lane
// give up: the one behind waits for the one before all the same.
func TestWhoGivesUpDelaysNobodyAndLetsNobodyPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		first := hanging(t, &l)
		third := l.find(t.Context(), l.take(), laneKey{role: 1})
		defer third.leave()
		limit, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := third.wait(limit); err != errBusy {
			t.Errorf("the one that gave up let the next pass: %v", err)
		}
		first()
		if err := third.wait(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// TestAFreeLaneIsFreeHoweverLate has one's time be over, as after a profile that
// took long: who need not wait is not told that there is a lot going on.
func TestAFreeLaneIsFreeHoweverLate(t *testing.T) {
	l := newLanes()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for i := range 40 {
		turn := l.find(t.Context(), l.take(), laneKey{role: hiring.RoleID(i % 2)})
		if err := turn.wait(over); err != nil {
			t.Error(err)
		}
		turn.leave()
	}
}

// TestAPlaceGivenUpDelaysNobody has envelopes that find no lane at all.
func TestAPlaceGivenUpDelaysNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes()
		slow, gone := l.take(), l.take()
		gone.pass()
		third := l.take()
		limit, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.enter(limit, third, 1); err != errBusy {
			t.Errorf("before the first found its lane: %v", err)
		}
		slow.pass()
		leave, err := l.enter(t.Context(), l.take(), 1)
		if err != nil {
			t.Fatal(err)
		}
		leave()
	})
}

// TestANewRolesFormHasALane has two presses on the form of a role that is not
// there yet: who looks longer at the people named is not overtaken.
func TestANewRolesFormHasALane(t *testing.T) {
	form := slack.View{CallbackID: templates.CallbackIntake, PrivateMetadata: `{"step":1}`}
	var b Bot
	for _, c := range []struct {
		what string
		req  request
		want laneKey
	}{
		{"a step of a new role", request{user: "UKARI", view: form}, laneKey{by: "UKARI"}},
		{"one of a brief", request{user: "UKARI", view: slack.View{CallbackID: templates.CallbackIntake, PrivateMetadata: `{"role":12}`}}, laneKey{role: 12}},
		{"another form about nothing", request{user: "UKARI", view: slack.View{CallbackID: "choices"}}, laneKey{}},
	} {
		if got := b.laneOf(t.Context(), &c.req); got != c.want {
			t.Errorf("%s: %+v", c.what, got)
		}
	}
}

func TestConcerns(t *testing.T) {
	feedback := templates.EncodeFeedbackKey(hiring.FeedbackKey{Candidate: 41, Stage: "interview-1", Interviewer: "U1"})
	for _, c := range []struct {
		what      string
		req       request
		role      hiring.RoleID
		candidate hiring.CandidateID
	}{
		{"a command with a role", request{typed: "R-12 30d"}, 12, 0},
		{"a command with a candidate", request{typed: "c-41"}, 0, 41},
		{"a title is no key", request{name: "intake", typed: "R-12 again"}, 0, 0},
		{"a button for feedback", request{typed: feedback}, 0, 41},
		{"a choice in a brief", request{typed: "pause/R-12"}, 12, 0},
		{"a form about a role", request{view: slack.View{PrivateMetadata: `{"role":12}`}}, 12, 0},
		{"a form about a candidate", request{view: slack.View{PrivateMetadata: `{"candidate":41}`}}, 0, 41},
		{"nothing", request{}, 0, 0},
	} {
		if role, candidate := concerns(&c.req); role != c.role || candidate != c.candidate {
			t.Errorf("%s: %v, %v", c.what, role, candidate)
		}
	}
}
