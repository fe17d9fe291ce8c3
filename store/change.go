package store

import (
	"errors"
	"fmt"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// apply writes a change. It reads what it replaces, so that indexes and
// counts follow.
func (s *Store) apply(t *txn, c hiring.Change, now time.Time) error {
	counts := newCounting(s.settings)
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
		t.save(inFeedback, feedbackKey(f.FeedbackKey), feedbackRowOf(f))
	}
	for _, p := range c.People {
		t.save(inPerson, personKey(p.ID), personRowOf(p))
	}
	for _, u := range c.Unfinished {
		t.save(inUnfinished, unfinishedKey(u.Key()), unfinishedRowOf(u))
	}
	for _, k := range c.Finished {
		t.delete(inUnfinished, unfinishedKey(k))
	}
	if c.Rules.Set() {
		t.save(inMeta, metaRules, rulesRowOf(c.Rules))
	}
	for _, s := range c.Subscriptions {
		t.save(inSubscription, subscriptionKey(s.Role, s.Channel), subscriptionRowOf(s))
	}
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
	if err := counts.write(t); err != nil {
		return err
	}
	if err := s.applyOutgoing(t, c); err != nil {
		return err
	}
	return refresh(t, c.Refresh, now)
}

func putEvent(t *txn, e hiring.Event) {
	n := t.nextNumber(seqEvent)
	t.save(inEvent, eventKey(n), eventRowOf(e))
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
	t.reach(seqRole, uint64(r.ID))
	t.save(inRole, roleKey(r.ID), roleRowOf(r))
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
	if known {
		if err := counts.add(t, old, -1); err != nil {
			return err
		}
		t.delete(inCandidateOfRole, candidateOfRoleKey(old.Role, old.ID))
		t.delete(inCandidateActive, candidateOfRoleKey(old.Role, old.ID))
	}
	if err := counts.add(t, c, 1); err != nil {
		return err
	}
	t.reach(seqCandidate, uint64(c.ID))
	t.save(inCandidate, candidateKey(c.ID), candidateRowOf(c))
	t.put(inCandidateOfRole, candidateOfRoleKey(c.Role, c.ID), nil)
	if c.Outcome == hiring.Active {
		t.put(inCandidateActive, candidateOfRoleKey(c.Role, c.ID), nil)
	}
	return nil
}

// putOwed takes off what is settled and then puts what is owed. It returns what
// was settled.
func putOwed(t *txn, subjects []hiring.Subject, owe []hiring.Owed) (settled []hiring.Owed, err error) {
	for _, subject := range subjects {
		old, known, err := dropOwed(t, subject)
		if err != nil {
			return nil, err
		}
		if known {
			settled = append(settled, old)
		}
	}
	for _, o := range owe {
		if _, _, err := dropOwed(t, o.Subject); err != nil {
			return nil, err
		}
		k := owedKey(o.Subject)
		t.save(inOwed, k, owedRowOf(o))
		t.put(inOwedByTime, owedByTimeKey(o), []byte(o.Person()))
		t.put(inOwedByPerson, owedByPersonKey(o), k)
		t.put(inOwedByRole, owedByRoleKey(o), owedByRoleValue(o))
	}
	return settled, nil
}

// owedPaused stands in the index for a promise whose clock stands.
const owedPaused = "paused"

func owedByRoleValue(o hiring.Owed) []byte {
	if !o.PausedAt.IsZero() {
		return []byte(owedPaused)
	}
	return []byte(o.Promise())
}

func dropOwed(t *txn, s hiring.Subject) (hiring.Owed, bool, error) {
	k := owedKey(s)
	row, known, err := load[owedRow](t, inOwed, k)
	if err != nil || !known {
		return hiring.Owed{}, false, err
	}
	old := row.owed()
	t.delete(inOwed, k)
	t.delete(inOwedByTime, owedByTimeKey(old))
	t.delete(inOwedByPerson, owedByPersonKey(old))
	t.delete(inOwedByRole, owedByRoleKey(old))
	return old, true, nil
}
