package store

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// editing has a message of a channel stand, and its edit refused at a time for a
// day.
func editing(t *testing.T, s *Store, problem string) (edit hiring.NoticeID) {
	t.Helper()
	change(t, s, hiring.Change{Notices: []hiring.Notice{inChannel("C1")}})
	send(t, s, 1, "1.1")
	changes(t, s, monday)
	refuse(t, s, 2, monday, problem)
	return 2
}

// changes has the role change at a time.
func changes(t *testing.T, s *Store, at time.Time) {
	t.Helper()
	ok(t, s.Change(t.Context(), "", at, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Refresh: []hiring.Subject{aboutRole}}, nil
	}))
}

// refuse has a notice tried and refused at a time, and put back for a day.
func refuse(t *testing.T, s *Store, id hiring.NoticeID, at time.Time, problem string) {
	t.Helper()
	if !must(s.Sending(t.Context(), id, at)) {
		t.Fatalf("notice %d is not to be sent", id)
	}
	ok(t, s.Fail(t.Context(), id, at, at.Add(hiring.TryAfter), problem))
}

// TestAnEditThatWaitsShowsWhatChanges, once an hour at the most, and keeps since
// when it is refused.
func TestAnEditThatWaitsShowsWhatChanges(t *testing.T) {
	s := openTest(t)
	edit := editing(t, s, hiring.ProblemNotIn)
	soon, hour := monday.Add(time.Minute), monday.Add(hiring.EditAgain)
	changes(t, s, soon)
	same(t, "just after it was refused", queued(t, s, hour.Add(-time.Second), 9), ids(nil))
	same(t, "an hour after", queued(t, s, hour, 9), ids{edit})
	refuse(t, s, edit, hour, hiring.ProblemNotIn)
	later := hour.Add(3 * time.Hour)
	changes(t, s, later)
	changes(t, s, later)
	list := must(s.Queued(t.Context(), later, 9))
	if len(list) != 1 || list[0].FailedAt != monday || list[0].Failures != 2 {
		t.Errorf("hours after: %+v", list)
	}
	send(t, s, edit, "")
	same(t, "after it went", queued(t, s, later.Add(48*time.Hour), 9), ids(nil))
	changes(t, s, later)
	same(t, "the next change", queued(t, s, later, 9), ids{edit + 1})
}

// TestAnEditWaitsForSlacksPace, whatever changes or opens.
func TestAnEditWaitsForSlacksPace(t *testing.T) {
	s := openTest(t)
	edit := editing(t, s, "invalid_blocks")
	later := monday.Add(3 * time.Hour)
	changes(t, s, later)
	change(t, s, hiring.Change{Opened: []hiring.Conversation{{Channel: "C1"}}})
	same(t, "later that day", queued(t, s, later, 9), ids(nil))
	same(t, "the next day", queued(t, s, monday.Add(hiring.TryAfter), 9), ids{edit})
}

// TestEditsAreTriedWhereItOpens and nowhere else.
func TestEditsAreTriedWhereItOpens(t *testing.T) {
	s := openTest(t)
	edit := editing(t, s, hiring.ProblemNotIn)
	change(t, s, hiring.Change{Opened: []hiring.Conversation{{Channel: "C2"}}})
	same(t, "elsewhere", queued(t, s, monday, 9), ids(nil))
	change(t, s, hiring.Change{Opened: []hiring.Conversation{{Channel: "C1"}}})
	same(t, "there", queued(t, s, monday, 9), ids{edit})
}
