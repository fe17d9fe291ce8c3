package store

import (
	"path/filepath"
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

func TestNextQueued(t *testing.T) {
	s := openTest(t)
	next := func(now time.Time) (time.Time, bool) {
		at, any, err := s.NextQueued(t.Context(), now)
		ok(t, err)
		return at, any
	}
	if _, any := next(monday); any {
		t.Error("something is queued in an empty store")
	}
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.AskFeedback, monday.Add(time.Hour)), notice(hiring.Digest, monday)}})
	if at, any := next(monday.Add(-1)); !any || !at.Equal(monday) {
		t.Errorf("next at %v, %v", at, any)
	}
	if at, any := next(monday); !any || !at.Equal(monday.Add(time.Hour)) {
		t.Errorf("then at %v, %v", at, any)
	}
	if at, any := next(monday.Add(time.Hour)); any {
		t.Errorf("and at last at %v", at)
	}
}

// TestSendable leaves out what may not be sent, and asks for each in order.
func TestSendable(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Notices: []hiring.Notice{
		inChannel("C1"), notice(hiring.Nudge, monday), notice(hiring.AskFeedback, monday), inChannel("C2"), inChannel("C1"),
	}})
	var asked []hiring.Conversation
	list := must(s.Sendable(t.Context(), monday, 2, func(u hiring.Urgency, to hiring.Conversation) bool {
		asked = append(asked, to)
		return to.Channel != "C1"
	}))
	if len(list) != 2 || list[0].ID != 3 || list[1].ID != 4 {
		t.Errorf("sendable %+v", list)
	}
	same(t, "asked", asked, []hiring.Conversation{{Channel: "C1"}, {User: expert}, {Channel: "C2"}})
}

func inChannel(id hiring.ChannelID) hiring.Notice {
	return hiring.Notice{Kind: hiring.TellBrief, Channel: id, Subjects: []hiring.Subject{aboutRole}, CreatedAt: monday, NotBefore: monday}
}

// unreached has a conversation be unreachable, or on trial.
func unreached(t *testing.T, s *Store, to hiring.Conversation, trying bool) {
	t.Helper()
	change(t, s, hiring.Change{Unreachable: []hiring.Unreachable{{To: to, Problem: hiring.ProblemArchived, Since: monday, TryAt: monday.Add(hiring.TryAfter), Trying: trying}}})
}

// TestUndeliverable has what goes to an archived channel wait until it can be
// tried again.
func TestUndeliverable(t *testing.T) {
	s := openTest(t)
	to := hiring.Conversation{Channel: "C1"}
	waitsFor := func() int {
		n := 0
		view(t, s, func(r hiring.Record) { n = len(must(r.NoticesTo(to))) })
		return n
	}
	change(t, s, hiring.Change{Notices: []hiring.Notice{inChannel("C1"), inChannel("C1"), inChannel("C2")}})
	if !must(s.Sending(t.Context(), 1, monday)) {
		t.Fatal("it is not there")
	}
	same(t, "waits", waitsFor(), 1)
	view(t, s, func(r hiring.Record) { same(t, "is being sent", len(must(r.SendingTo(to))), 1) })
	unreached(t, s, to, false)
	change(t, s, hiring.Change{Notices: []hiring.Notice{inChannel("C1")}}) // one more
	same(t, "queued", queued(t, s, monday, 9), ids{3})
	same(t, "waits", waitsFor(), 2)
	same(t, "may stand there already", len(must(s.Unsettled(t.Context()))), 1)
	if err := s.Postpone(t.Context(), 1, monday, hiring.ProblemArchived); err != nil {
		t.Fatal(err)
	}
	same(t, "waits, too", waitsFor(), 3)
	same(t, "being sent", len(must(s.Unsettled(t.Context()))), 0)
	same(t, "undeliverable", must(s.Waiting(t.Context(), monday))[NoticeUndeliverable].Count, 3)
	if must(s.Sending(t.Context(), 2, monday)) {
		t.Error("what is held is sent")
	}

	unreached(t, s, to, true)
	same(t, "queued again", queued(t, s, monday, 9), ids{1, 2, 3, 4})
	send(t, s, 2, "") // dropped as moot: nobody was reached
	view(t, s, func(r hiring.Record) {
		if u, known, err := r.Unreachable(to); err != nil || !known || !u.Trying {
			t.Errorf("%+v, %v, %v", u, known, err)
		}
		same(t, "all of them", len(must(r.AllUnreachable())), 1)
	})
	send(t, s, 1, "1.1")
	view(t, s, func(r hiring.Record) {
		same(t, "after a message arrived", len(must(r.AllUnreachable())), 0)
	})
	change(t, s, hiring.Change{Dropped: []hiring.NoticeID{4, 99}})
	same(t, "after one was dropped", queued(t, s, monday, 9), ids{3})
	same(t, "and for good", waitsFor(), 0)
}

// TestWhatIsBeingSentIsNotDropped has a message be taken back too late.
func TestWhatIsBeingSentIsNotDropped(t *testing.T) {
	s := openTest(t)
	change(t, s, hiring.Change{Notices: []hiring.Notice{inChannel("C1")}})
	if !must(s.Sending(t.Context(), 1, monday)) {
		t.Fatal("it is not there")
	}
	change(t, s, hiring.Change{Dropped: []hiring.NoticeID{1}})
	same(t, "being sent", len(must(s.Unsettled(t.Context()))), 1)
}

// TestNoticesOfBeforeAreSorted opens a file of version 1.
func TestNoticesOfBeforeAreSorted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s := must(open(path, Options{}, migrations[:1]))
	ok(t, s.engine.update(t.Context(), func(t *txn) error {
		for id, row := range map[hiring.NoticeID]noticeRow{1: {}, 2: {Sending: true}} {
			n := inChannel("C1")
			n.ID, row.Notice, row.At = id, messageRowOf(n), monday
			row.Notice.ID = uint64(id)
			save(t, inNotice, noticeKey(id), row)
			if row.Sending {
				t.put(inNoticeSending, noticeKey(id), nil)
			} else {
				t.put(inNoticeQueued, noticeQueuedKey(0, monday, id), noticeKey(id))
			}
		}
		return nil
	}))
	ok(t, s.Close())
	s = openAt(t, path, Options{})
	same(t, "queued", queued(t, s, monday, 9), ids{1})
	asked := 0
	must(s.Sendable(t.Context(), monday, 9, func(_ hiring.Urgency, to hiring.Conversation) bool {
		asked++
		return to.Channel == "C1"
	}))
	same(t, "asked", asked, 1)
	ok(t, s.Settle(t.Context(), 2, hiring.Post{}, monday))
	view(t, s, func(r hiring.Record) { same(t, "waits", len(must(r.NoticesTo(hiring.Conversation{Channel: "C1"}))), 1) })
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

// TestDroppedWhileItIsSent has a notice be known where it was posted, and not be
// sent again where it was not.
func TestDroppedWhileItIsSent(t *testing.T) {
	for it, end := range map[string]func(*Store) error{
		"it was posted":  func(s *Store) error { return s.Settle(t.Context(), 1, hiring.Post{Channel: "C1", TS: "1.1"}, monday) },
		"it was not":     func(s *Store) error { return s.Postpone(t.Context(), 1, monday, "ratelimited") },
		"it was refused": func(s *Store) error { return s.Fail(t.Context(), 1, monday, monday, "invalid_blocks") },
	} {
		t.Run(it, func(t *testing.T) {
			s := openTest(t)
			change(t, s, hiring.Change{Notices: []hiring.Notice{inChannel("C1")}})
			if !must(s.Sending(t.Context(), 1, monday)) {
				t.Fatal("it is not there")
			}
			change(t, s, hiring.Change{Dropped: []hiring.NoticeID{1}})
			same(t, "looked up after a crash", len(must(s.Unsettled(t.Context()))), 1)
			view(t, s, func(r hiring.Record) {
				same(t, "is being sent", len(must(r.SendingTo(hiring.Conversation{Channel: "C1"}))), 0)
			})
			ok(t, end(s))
			same(t, "looked up then", len(must(s.Unsettled(t.Context()))), 0)
			same(t, "queued", queued(t, s, monday, 9), ids(nil))
			_, known, err := s.PostOf(t.Context(), 1)
			if err != nil || known != (it == "it was posted") {
				t.Errorf("known: %v, %v", known, err)
			}
			ok(t, s.Check(t.Context()))
		})
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

// TestPutBackByAClockThatWasAhead has notices wait for a day that is further
// away than any pause: the one that was tried is due, when nothing else is.
func TestPutBackByAClockThatWasAhead(t *testing.T) {
	s := openTest(t)
	year := monday.AddDate(1, 0, 0)
	change(t, s, hiring.Change{Notices: []hiring.Notice{inChannel("C1"), notice(hiring.LookBack, year), notice(hiring.Nudge, monday), inChannel("C2")}})
	for _, id := range []hiring.NoticeID{1, 3} {
		ok(t, s.Postpone(t.Context(), id, year, "service_unavailable"))
	}
	ok(t, s.KeepQuiet(t.Context(), 4, year))
	same(t, "due", queued(t, s, monday, 9), ids{1, 4})
	same(t, "up to the limit", queued(t, s, monday, 1), ids{1})
	asked := must(s.Sendable(t.Context(), monday, 9, func(u hiring.Urgency, to hiring.Conversation) bool { return to.User != "" }))
	same(t, "where they may go", asked[0].ID, hiring.NoticeID(3))
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.AskFeedback, monday)}})
	same(t, "after what is due", queued(t, s, monday, 9), ids{5})
	send(t, s, 5, "")
	ok(t, s.KeepQuiet(t.Context(), 1, monday.Add(hiring.LongestPause)))
	same(t, "the longest pause", queued(t, s, monday, 9), ids{4})
}

// TestWrittenByAClockThatWasAhead has notices be queued, refused, held and sent
// by a clock that is days ahead: once it is right, they are due, and written when
// they were.
func TestWrittenByAClockThatWasAhead(t *testing.T) {
	s := openTest(t)
	ahead := monday.AddDate(0, 0, 3)
	written := func(n hiring.Notice) hiring.Notice { n.CreatedAt, n.NotBefore = ahead, ahead; return n }
	change(t, s, hiring.Change{Notices: []hiring.Notice{
		written(inChannel("C1")), written(inChannel("C2")), written(inChannel("C3")), written(inChannel("C4")), notice(hiring.LookBack, ahead),
	}})
	ok(t, s.Postpone(t.Context(), 2, ahead.Add(time.Minute), "service_unavailable"))
	unreached(t, s, hiring.Conversation{Channel: "C3"}, false)
	must(s.Sending(t.Context(), 4, ahead))
	same(t, "before", len(queued(t, s, monday, 9)), 0)
	for range 2 {
		ok(t, s.SetRight(t.Context(), monday))
		same(t, "due", queued(t, s, monday, 9), ids{1, 2})
	}
	same(t, "written", must(s.Queued(t.Context(), monday, 1))[0].CreatedAt, ahead)
	same(t, "sent", must(s.Unsettled(t.Context()))[0].NotBefore, monday)
	same(t, "since", must(s.SendingSince(t.Context(), 4)), monday)
	unreached(t, s, hiring.Conversation{Channel: "C3"}, true)
	same(t, "with what was held", queued(t, s, monday, 9), ids{1, 2, 3})
	ok(t, s.Postpone(t.Context(), 4, monday, "interrupted"))
	same(t, "with what was sent", queued(t, s, monday, 9), ids{1, 2, 3, 4})
	ok(t, s.Check(t.Context()))
}

// TestKeepQuiet has a reminder wait for the end of a pause: it is known until
// when, also after another try.
func TestKeepQuiet(t *testing.T) {
	s := openTest(t)
	until := monday.Add(5 * time.Hour)
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.Nudge, monday)}})
	ok(t, s.KeepQuiet(t.Context(), 1, until))
	same(t, "during the pause", len(queued(t, s, until.Add(-1), 9)), 0)
	same(t, "after it", queued(t, s, until, 9), ids{1})
	same(t, "attempts", must(s.Attempts(t.Context(), 1)), 0)
	ok(t, s.Postpone(t.Context(), 1, monday, "ratelimited"))
	n := must(s.Queued(t.Context(), until, 1))[0]
	same(t, "since when it could be sent", n.Since(), monday)
	same(t, "until when it was quiet", n.QuietUntil, until)
	same(t, "late", n.Late(until.Add(hiring.LateAfter-1)), false)
}

// TestFailRemembersTheFirst of several failures, also when another kind of
// pause comes between them, and for what a message takes the place of.
func TestFailRemembersTheFirst(t *testing.T) {
	s := openTest(t)
	one := notice(hiring.CatchUp, monday)
	one.Parts = []hiring.Notice{notice(hiring.Nudge, monday), notice(hiring.AskFeedback, monday)}
	change(t, s, hiring.Change{Notices: []hiring.Notice{one}})
	day := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	first := func() time.Time {
		n := must(s.Queued(t.Context(), day(9), 1))[0]
		same(t, "a part", n.Parts[1].FailedAt, n.FailedAt)
		since, _ := n.Failing()
		return since
	}
	same(t, "before", first(), time.Time{})
	ok(t, s.Postpone(t.Context(), 1, day(1), "service_unavailable"))
	ok(t, s.Fail(t.Context(), 1, day(2), day(2), "invalid_blocks"))
	ok(t, s.Postpone(t.Context(), 1, day(3), "service_unavailable"))
	ok(t, s.Fail(t.Context(), 1, day(4), day(4), "invalid_blocks"))
	same(t, "first failed", first(), day(2))
	ok(t, s.Fail(t.Context(), 1, day(1), day(1), "invalid_blocks"))
	same(t, "after the clock was set back", first(), day(1))
	same(t, "attempts", must(s.Attempts(t.Context(), 1)), 5)
	_, times := must(s.Queued(t.Context(), day(9), 1))[0].Failing()
	same(t, "failures", times, 3)
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

// TestWhatPassesOnIsRefreshedWhoeverOwedIt when its message was sent. What is
// somebody's own is not.
func TestWhatPassesOnIsRefreshedWhoeverOwedIt(t *testing.T) {
	decision := func(u hiring.UserID) hiring.Subject { return hiring.DecisionSubject(1, 41, "interview-1", u) }
	feedback := func(u hiring.UserID) hiring.Subject {
		return hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 41, Stage: "interview-1", Interviewer: u})
	}
	tests := []struct {
		it             string
		sent, changed  hiring.Subject
		want, wantSent int // refreshes of a message that stands, and of one being sent
	}{
		{"a decision that is another's now", decision("UKARI"), decision("UJONAS"), 1, 1},
		{"one on another stage", decision("UKARI"), hiring.DecisionSubject(1, 41, "interview-2", "UKARI"), 0, 0},
		{"one on another candidate", decision("UKARI"), hiring.DecisionSubject(1, 42, "interview-1", "UKARI"), 0, 0},
		{"somebody's feedback", feedback("UKARI"), feedback("UKARI"), 1, 1},
		{"another's feedback", feedback("UKARI"), feedback("UJONAS"), 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			s := openTest(t)
			change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.TellDebrief, monday, tt.sent), notice(hiring.TellDebrief, monday, tt.sent)}})
			send(t, s, 1, "1.1")
			if !must(s.Sending(t.Context(), 2, monday)) {
				t.Fatal("it is not there")
			}
			change(t, s, hiring.Change{Refresh: []hiring.Subject{tt.changed}})
			same(t, "of what stands", len(queued(t, s, monday, 9)), tt.want)
			ok(t, s.Settle(t.Context(), 2, hiring.Post{Channel: "D1", TS: "2.2"}, monday))
			same(t, "of what was being sent", len(queued(t, s, monday, 9))-tt.want, tt.wantSent)
		})
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
