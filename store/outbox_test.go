package store

import (
	"reflect"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

var (
	aboutRole = hiring.RoleSubject(1)
	aboutKari = hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 1, Stage: interview, Interviewer: expert})
)

func notice(kind hiring.NoticeKind, at time.Time, about ...hiring.Subject) hiring.Notice {
	return hiring.Notice{Kind: kind, User: expert, Subjects: about, CreatedAt: monday, NotBefore: at}
}

// queued returns the ids of what may be sent by now.
func queued(t *testing.T, s *Store, now time.Time, limit int) (ids []hiring.NoticeID) {
	t.Helper()
	for _, n := range must(s.Queued(t.Context(), now, limit)) {
		ids = append(ids, n.ID)
	}
	return ids
}

// send takes a notice through to its message.
func send(t *testing.T, s *Store, id hiring.NoticeID, ts string) {
	t.Helper()
	if !must(s.Sending(t.Context(), id, monday)) {
		t.Fatalf("notice %d is not to be sent", id)
	}
	ok(t, s.Settle(t.Context(), id, hiring.Post{Channel: "D1", TS: ts}, monday))
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

type ids = []hiring.NoticeID

func TestQueuedByUrgencyThenAge(t *testing.T) {
	s := openTest(t)
	later := monday.Add(time.Minute)
	change(t, s, hiring.Change{Notices: []hiring.Notice{
		notice(hiring.Digest, monday), notice(hiring.Nudge, later), notice(hiring.Escalation, monday),
		notice(hiring.AskFeedback, later), notice(hiring.AskSignOff, monday), notice(hiring.TellAgreed, later.Add(1)),
	}})
	same(t, "all that is due", queued(t, s, later, 10), ids{5, 4, 3, 2, 1})
	same(t, "up to the limit", queued(t, s, later, 2), ids{5, 4})
	same(t, "earlier", queued(t, s, monday, 10), ids{5, 3, 1})
	same(t, "before everything", queued(t, s, monday.Add(-1), 10), ids(nil))
	got := must(s.Queued(t.Context(), monday, 1))[0]
	want := notice(hiring.AskSignOff, monday)
	want.ID = 5
	same(t, "the notice", got, want)
}

func TestEveryKindHasAnUrgencyOfItsSort(t *testing.T) {
	for kind, want := range map[hiring.NoticeKind]uint64{
		hiring.TellImported: urgentAnswer, hiring.TellFilled: urgentAnswer, hiring.TellCancelled: urgentAnswer, hiring.TellOwners: urgentAnswer, hiring.RefreshMessage: urgentRefresh,
		hiring.TellUnreached: urgentNudge, hiring.Digest: urgentDigest,
	} {
		same(t, string(kind), urgency(kind), want)
	}
}

func TestNextQueued(t *testing.T) {
	s := openTest(t)
	next := func() (time.Time, bool) {
		at, any, err := s.NextQueued(t.Context())
		ok(t, err)
		return at, any
	}
	if _, any := next(); any {
		t.Error("something is queued in an empty store")
	}
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.AskFeedback, monday.Add(time.Hour)), notice(hiring.Digest, monday)}})
	if at, any := next(); !any || !at.Equal(monday) {
		t.Errorf("next at %v, %v", at, any)
	}
	send(t, s, 2, "")
	if at, _ := next(); !at.Equal(monday.Add(time.Hour)) {
		t.Errorf("then at %v", at)
	}
}

func TestSendingIsForOne(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.Nudge, monday)}})
	for i, want := range []bool{true, false} {
		if got := must(s.Sending(t.Context(), 1, monday)); got != want {
			t.Errorf("sender %d: %v", i, got)
		}
	}
	if must(s.Sending(t.Context(), 7, monday)) {
		t.Error("a notice that is not there was given out")
	}
	same(t, "queued", queued(t, s, monday, 9), ids(nil))
	left := must(s.Unsettled(t.Context()))
	if len(left) != 1 || left[0].ID != 1 {
		t.Errorf("unsettled %+v", left)
	}
	ok(t, s.Settle(t.Context(), 1, hiring.Post{}, monday))
	if must(s.Sending(t.Context(), 1, monday)) || len(must(s.Unsettled(t.Context()))) > 0 {
		t.Error("settled, it is still there")
	}
}

func TestPostpone(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.Nudge, monday)}})
	for i := range 2 {
		until := monday.Add(time.Duration(i+1) * time.Hour)
		if !must(s.Sending(t.Context(), 1, monday)) {
			t.Fatal("it is not there")
		}
		ok(t, s.Postpone(t.Context(), 1, until, "ratelimited"))
		same(t, "before", queued(t, s, until.Add(-1), 9), ids(nil))
		same(t, "then", queued(t, s, until, 9), ids{1})
		same(t, "attempts", must(s.Attempts(t.Context(), 1)), i+1)
		same(t, "not before", must(s.Queued(t.Context(), until, 9))[0].NotBefore, monday)
	}
	ok(t, s.Settle(t.Context(), 1, hiring.Post{}, monday)) // dropped while queued
	ok(t, s.Postpone(t.Context(), 1, monday, ""))
	ok(t, s.Settle(t.Context(), 1, hiring.Post{Channel: "D1", TS: "1.1"}, monday))
	same(t, "gone", queued(t, s, monday.AddDate(1, 0, 0), 9), ids(nil))
	same(t, "attempts of what is gone", must(s.Attempts(t.Context(), 1)), 0)
	if _, posted, _ := s.PostOf(t.Context(), 1); posted {
		t.Error("what was gone was posted")
	}
}

func TestRefresh(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.AskFeedback, monday, aboutKari, aboutRole), notice(hiring.Nudge, monday, aboutKari), notice(hiring.Nudge, monday, aboutKari)}})
	send(t, s, 1, "1.1")
	send(t, s, 2, "2.2")
	send(t, s, 3, "") // dropped: there is no message to refresh
	post, posted, err := s.PostOf(t.Context(), 1)
	ok(t, err)
	first := notice(hiring.AskFeedback, monday, aboutKari, aboutRole)
	first.ID = 1
	same(t, "the message", post, hiring.Post{Notice: first, Channel: "D1", TS: "1.1"})
	same(t, "posted", posted, true)

	both := hiring.Change{Refresh: []hiring.Subject{aboutKari, aboutRole, hiring.RoleSubject(9)}}
	change(t, s, both)
	change(t, s, both)
	list := must(s.Queued(t.Context(), monday, 9))
	if len(list) != 2 || list[0].Post != 1 || list[1].Post != 2 || list[0].Kind != hiring.RefreshMessage || list[0].User != expert {
		t.Fatalf("one refresh for each message: %+v", list)
	}
	if !must(s.Sending(t.Context(), list[0].ID, monday)) {
		t.Fatal("it is not there")
	}
	change(t, s, both)
	same(t, "what is being sent already may be stale: another", len(queued(t, s, monday, 9)), 2)
	ok(t, s.Postpone(t.Context(), list[0].ID, monday, "timeout"))
	same(t, "which replaces the one that failed", len(queued(t, s, monday, 9)), 2)
	for _, id := range queued(t, s, monday, 9) {
		send(t, s, id, "9.9")
		if _, posted, _ := s.PostOf(t.Context(), id); posted {
			t.Error("a refresh made a message of its own")
		}
	}
	same(t, "nothing is left", queued(t, s, monday, 9), ids(nil))
}

// TestWhatChangesWhileItIsSentIsRefreshed covers the gap between rendering a
// message and knowing where it stands.
func TestWhatChangesWhileItIsSentIsRefreshed(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.AskFeedback, monday, aboutKari), notice(hiring.TellBrief, monday, aboutRole)}})
	for _, id := range []hiring.NoticeID{1, 2} {
		if !must(s.Sending(t.Context(), id, monday)) {
			t.Fatal("it is not there")
		}
	}
	change(t, s, hiring.Change{Refresh: []hiring.Subject{aboutKari}})
	for _, id := range []hiring.NoticeID{1, 2} {
		ok(t, s.Settle(t.Context(), id, hiring.Post{Channel: "D1", TS: "1.1"}, monday))
	}
	list := must(s.Queued(t.Context(), monday, 9))
	if len(list) != 1 || list[0].Post != 1 {
		t.Errorf("queued %+v", list)
	}
}

func TestWake(t *testing.T) {
	s := openTest(t)
	woken := func() bool {
		select {
		case <-s.Wake():
			return true
		default:
			return false
		}
	}
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(1)}})
	same(t, "without notices", woken(), false)
	for range 2 {
		change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.Nudge, monday, aboutKari)}})
	}
	same(t, "with notices", woken(), true)
	same(t, "once for several", woken(), false)
	send(t, s, 1, "1.1")
	same(t, "a message sent", woken(), false)
	change(t, s, hiring.Change{Refresh: []hiring.Subject{aboutKari}})
	same(t, "a refresh", woken(), true)
}
