package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// apply writes a change. It reads what it replaces, so that indexes and
// counts follow.
func (s *Store) apply(t *txn, c hiring.Change, now time.Time) error {
	counts := newCounting(t, s.settings)
	for _, r := range c.Roles {
		if err := putRole(t, counts, r); err != nil {
			return fmt.Errorf("%v: %w", r.ID, err)
		}
	}
	for _, p := range c.Candidates {
		if err := putCandidate(t, counts, p); err != nil {
			return err
		}
	}
	for _, f := range c.Feedback {
		save(t, inFeedback, feedbackKey(f.FeedbackKey), feedbackRowOf(f))
	}
	for _, p := range c.People {
		save(t, inPerson, personKey(p.ID), personRowOf(p))
	}
	for _, u := range c.Unfinished {
		save(t, inUnfinished, unfinishedKey(u.Key()), unfinishedRowOf(u))
	}
	for _, k := range c.Finished {
		t.delete(inUnfinished, unfinishedKey(k))
	}
	if c.Rules.Set() {
		save(t, inMeta, metaRules, rulesRowOf(c.Rules))
	}
	for _, s := range c.Subscriptions {
		save(t, inSubscription, subscriptionKey(s.Role, s.Channel), subscriptionRowOf(s))
	}
	putRun(t, c.Ran)
	if !c.ChartsRefused.IsZero() {
		t.put(inMeta, metaCharts, key{}.at(c.ChartsRefused))
	}
	settled, err := putOwed(t, c.Settled, c.Owe)
	if err != nil {
		return err
	}
	for _, e := range append(c.Events, hiring.Kept(settled, c.Events, now)...) {
		putEvent(t, e)
		counts.happened(e)
	}
	if err := counts.recount(); err != nil {
		return err
	}
	if err := s.applyOutgoing(t, c); err != nil {
		return err
	}
	return refresh(t, c.Refresh, now)
}

// putRun notes a run, if there is one. Many who share a commit note the same.
func putRun(t *txn, r hiring.Run) {
	k, at := runKey(r.Job), key{}.at(r.At)
	if r.Job != "" && !bytes.Equal(t.get(inRun, k), at) {
		t.put(inRun, k, at)
	}
}

func putEvent(t *txn, e hiring.Event) {
	n := t.nextNumber(ofEvents)
	save(t, inEvent, eventKey(n), eventRowOf(e))
	if e.Kind == hiring.CandidateCorrected {
		t.put(inCorrection, correctionKey(e.Role, e.At, n), nil)
	}
}

var errNoID = errors.New("it has no id")

func putRole(t *txn, counts *counting, r hiring.Role) error {
	if r.ID < 1 || len(r.Briefs) == 0 {
		return errNoID
	}
	old, known, err := loadRole(t, r.ID)
	if err != nil {
		return err
	}
	if known {
		counts.changed(old, r)
	}
	t.reach(ofRoles, uint64(r.ID))
	save(t, inRole, roleKey(r.ID), roleRowOf(r))
	return nil
}

func putCandidate(t *txn, counts *counting, c hiring.Candidate) error {
	if c.ID < 1 {
		return fmt.Errorf("%v: %w", c.ID, errNoID)
	}
	old, known, err := loadCandidate(t, c.ID)
	if err != nil {
		return err
	}
	var was []entry
	var counted []hiring.CountKey
	if known {
		if counted, err = counts.of(old); err != nil {
			return err
		}
		was = candidateIndexes(old)
	}
	counting, err := counts.of(c)
	if err != nil {
		return err
	}
	t.replace(counted, counting)
	t.reach(ofCandidates, uint64(c.ID))
	save(t, inCandidate, candidateKey(c.ID), candidateRowOf(c))
	t.reindex(was, candidateIndexes(c))
	return nil
}

func candidateIndexes(c hiring.Candidate) []entry {
	k := candidateOfRoleKey(c.Role, c.ID)
	if c.Outcome != hiring.Active {
		return []entry{{inCandidateOfRole, k, nil}}
	}
	return []entry{{inCandidateOfRole, k, nil}, {inCandidateActive, k, nil}}
}

// reindex puts what is in the indexes now in the place of what was.
func (t *txn) reindex(was, now []entry) {
	same := func(a entry) func(entry) bool {
		return func(b entry) bool {
			return a.bucket == b.bucket && bytes.Equal(a.key, b.key) && bytes.Equal(a.value, b.value)
		}
	}
	for _, w := range was {
		if !slices.ContainsFunc(now, same(w)) {
			t.delete(w.bucket, w.key)
		}
	}
	for _, w := range now {
		if !slices.ContainsFunc(was, same(w)) {
			t.put(w.bucket, w.key, w.value)
		}
	}
}

// putOwed takes off what is settled and then puts what is owed. It returns what
// was settled.
func putOwed(t *txn, subjects []hiring.Subject, owe []hiring.Owed) (settled []hiring.Owed, err error) {
	for _, subject := range subjects {
		old, known, err := loadOwed(t, subject)
		if err != nil {
			return nil, err
		}
		if known {
			settled = append(settled, old)
			t.delete(inOwed, owedKey(subject))
			t.reindex(owedIndexes(old), nil)
		}
	}
	for _, o := range owe {
		var was []entry
		old, known, err := loadOwed(t, o.Subject)
		if err != nil {
			return nil, err
		}
		if known {
			was = owedIndexes(old)
		}
		save(t, inOwed, owedKey(o.Subject), owedRowOf(o))
		t.reindex(was, owedIndexes(o))
	}
	return settled, nil
}

func loadOwed(t *txn, s hiring.Subject) (hiring.Owed, bool, error) {
	row, known, err := load[owedRow](t, inOwed, owedKey(s))
	if err != nil || !known {
		return hiring.Owed{}, false, err
	}
	return row.owed(), true, nil
}

func owedIndexes(o hiring.Owed) []entry {
	return []entry{
		{inOwedByTime, owedByTimeKey(o), []byte(o.Person())},
		{inOwedByPerson, owedByPersonKey(o), owedKey(o.Subject)},
		{inOwedByRole, owedByRoleKey(o), owedByRoleValue(o)},
	}
}

// owedPaused stands in the index for a promise whose clock stands.
const owedPaused = "paused"

func owedByRoleValue(o hiring.Owed) []byte {
	if !o.PausedAt.IsZero() {
		return []byte(owedPaused)
	}
	return []byte(o.Promise())
}
