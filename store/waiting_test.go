package store

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestQuietIsNoTry has a notice wait for its reader's quiet, before a try and
// after one. Its age counts from the end of that, also where the clock that said
// so was ahead.
func TestQuietIsNoTry(t *testing.T) {
	s := openTest(t)
	at := func(hours int) time.Time { return monday.Add(time.Duration(hours) * time.Hour) }
	change(t, s, hiring.Change{Notices: []hiring.Notice{notice(hiring.Nudge, monday)}})
	waits := func(when string, now time.Time, state string, since time.Time) {
		t.Helper()
		same(t, when, must(s.Waiting(t.Context(), now)), map[string]Waiting{state: {Count: 1, Since: since}})
	}
	ok(t, s.KeepQuiet(t.Context(), 1, at(20)))
	waits("quiet", at(3), NoticeLater, at(20))
	waits("then", at(21), NoticeDue, at(20))
	ok(t, s.Postpone(t.Context(), 1, monday, "ratelimited")) // which keeps its place
	waits("tried", at(21), NoticePostponed, at(20))
	ok(t, s.KeepQuiet(t.Context(), 1, at(44)))
	waits("quiet once more", at(30), NoticeLater, at(44))
	same(t, "attempts", must(s.Attempts(t.Context(), 1)), 0)
	ok(t, s.KeepQuiet(t.Context(), 1, monday.AddDate(1, 0, 0)))
	if !must(s.Sending(t.Context(), 1, at(45))) {
		t.Fatal("it cannot be sent")
	}
	ok(t, s.Postpone(t.Context(), 1, at(45), "ratelimited"))
	waits("after a clock that was ahead", at(46), NoticePostponed, at(45))
}

// TestAgeAfterAClockThatWasAhead counts from when the clock was put right.
func TestAgeAfterAClockThatWasAhead(t *testing.T) {
	s := openTest(t)
	n := notice(hiring.Nudge, monday.AddDate(0, 0, 3))
	n.CreatedAt = n.NotBefore
	change(t, s, hiring.Change{Notices: []hiring.Notice{n}})
	ok(t, s.SetRight(t.Context(), monday))
	same(t, "waiting", must(s.Waiting(t.Context(), monday.Add(time.Hour))), map[string]Waiting{NoticeDue: {Count: 1, Since: monday}})
}
