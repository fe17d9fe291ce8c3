package store

import (
	"iter"
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// record reads the nouns in a transaction.
type record struct{ t *txn }

var _ hiring.Record = (*record)(nil)

func loadRole(t *txn, id hiring.RoleID) (hiring.Role, bool, error) {
	row, known, err := load[roleRow](t, inRole, roleKey(id))
	if err != nil || !known {
		return hiring.Role{}, false, err
	}
	return row.role(), true, nil
}

func loadCandidate(t *txn, id hiring.CandidateID) (hiring.Candidate, bool, error) {
	row, known, err := load[candidateRow](t, inCandidate, candidateKey(id))
	if err != nil || !known {
		return hiring.Candidate{}, false, err
	}
	return row.candidate(), true, nil
}

// Role returns a role.
func (r *record) Role(id hiring.RoleID) (hiring.Role, error) {
	role, known, err := loadRole(r.t, id)
	if err == nil && !known {
		err = hiring.Errorf("There is no role %v.", id)
	}
	return role, err
}

// Rules returns what admins have set.
func (r *record) Rules() (hiring.Rules, error) {
	row, known, err := load[rulesRow](r.t, inMeta, metaRules)
	if err != nil || !known {
		return hiring.Rules{}, err
	}
	return row.rules(), nil
}

// Subscriptions returns who hears the digest of a role, or of all roles
// together, in the order of channels.
func (r *record) Subscriptions(id hiring.RoleID) ([]hiring.Subscription, error) {
	return r.subscriptions(under(roleKey(id)))
}

// AllSubscriptions returns who hears any digest.
func (r *record) AllSubscriptions() ([]hiring.Subscription, error) {
	return r.subscriptions(everything)
}

func (r *record) subscriptions(s span) ([]hiring.Subscription, error) {
	var list []hiring.Subscription
	for k, v := range r.t.walk(inSubscription, s) {
		row, err := decode[subscriptionRow](inSubscription, k, v)
		if err != nil {
			return nil, err
		}
		list = append(list, row.subscription())
	}
	return list, nil
}

// ChartsRefused returns when Slack last refused a chart; zero for never.
func (r *record) ChartsRefused() (time.Time, error) {
	v := r.t.get(inMeta, metaCharts)
	if v == nil {
		return time.Time{}, nil
	}
	at, _ := cutTime(v)
	return at, nil
}

// AllRoles returns every role, oldest first.
func (r *record) AllRoles() ([]hiring.Role, error) {
	var roles []hiring.Role
	for k, v := range r.t.walk(inRole, everything) {
		row, err := decode[roleRow](inRole, k, v)
		if err != nil {
			return nil, err
		}
		roles = append(roles, row.role())
	}
	return roles, nil
}

// NextRole returns the id the next new role gets.
func (r *record) NextRole() hiring.RoleID { return hiring.RoleID(r.t.number(ofRoles) + 1) }

// Person returns somebody; a person never seen has only the id.
func (r *record) Person(id hiring.UserID) (hiring.Person, error) {
	row, known, err := load[personRow](r.t, inPerson, personKey(id))
	if err != nil || !known {
		return hiring.Person{ID: id}, err
	}
	return row.person(), nil
}

// UnfinishedBy returns the intake forms that a person has begun, the last
// saved first.
func (r *record) UnfinishedBy(id hiring.UserID) ([]hiring.Unfinished, error) {
	var list []hiring.Unfinished
	for k, v := range r.t.walk(inUnfinished, under(personKey(id))) {
		row, err := decode[unfinishedRow](inUnfinished, k, v)
		if err != nil {
			return nil, err
		}
		list = append(list, row.unfinished())
	}
	slices.SortStableFunc(list, func(a, b hiring.Unfinished) int { return b.SavedAt.Compare(a.SavedAt) })
	return list, nil
}

// Candidate returns a candidate.
func (r *record) Candidate(id hiring.CandidateID) (hiring.Candidate, error) {
	c, known, err := loadCandidate(r.t, id)
	if err == nil && !known {
		err = hiring.Errorf("There is no candidate %v.", id)
	}
	return c, err
}

// ActiveIn returns the role's active candidates, oldest first.
func (r *record) ActiveIn(id hiring.RoleID) ([]hiring.Candidate, error) {
	return r.candidates(inCandidateActive, id)
}

// CandidatesOf returns all of the role's candidates, oldest first.
func (r *record) CandidatesOf(id hiring.RoleID) ([]hiring.Candidate, error) {
	return r.candidates(inCandidateOfRole, id)
}

func (r *record) candidates(index bucket, id hiring.RoleID) ([]hiring.Candidate, error) {
	var list []hiring.Candidate
	for k := range r.t.walk(index, under(roleKey(id))) {
		_, rest := cutNum(k)
		n, _ := cutNum(rest)
		c, err := r.Candidate(hiring.CandidateID(n))
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// NewestOf goes through the role's candidates that were added before one, or
// through all when that is 0, newest first, and reads them one
// by one.
func (r *record) NewestOf(id hiring.RoleID, before hiring.CandidateID) iter.Seq2[hiring.Candidate, error] {
	return func(yield func(hiring.Candidate, error) bool) {
		var ids []hiring.CandidateID
		all := under(roleKey(id))
		if before != 0 {
			all.to = candidateOfRoleKey(id, before)
		}
		for k := range r.t.walk(inCandidateOfRole, all) {
			_, rest := cutNum(k)
			n, _ := cutNum(rest)
			ids = append(ids, hiring.CandidateID(n))
		}
		for _, id := range slices.Backward(ids) {
			if !yield(r.Candidate(id)) {
				return
			}
		}
	}
}

// NextCandidate returns the id the next new candidate gets.
func (r *record) NextCandidate() hiring.CandidateID {
	return hiring.CandidateID(r.t.number(ofCandidates) + 1)
}

// Feedback returns one interviewer's feedback.
func (r *record) Feedback(key hiring.FeedbackKey) (hiring.Feedback, error) {
	row, known, err := load[feedbackRow](r.t, inFeedback, feedbackKey(key))
	if err == nil && !known {
		err = hiring.Errorf("No feedback was asked of %v on %v at that stage.", key.Interviewer, key.Candidate)
	}
	if err != nil {
		return hiring.Feedback{}, err
	}
	return row.feedback(), nil
}

// FeedbackOn returns all feedback on a candidate, in the order of stages' ids.
func (r *record) FeedbackOn(id hiring.CandidateID) ([]hiring.Feedback, error) {
	var list []hiring.Feedback
	for k, v := range r.t.walk(inFeedback, under(candidateKey(id))) {
		row, err := decode[feedbackRow](inFeedback, k, v)
		if err != nil {
			return nil, err
		}
		list = append(list, row.feedback())
	}
	return list, nil
}

// Corrections returns the events that correct something of the role's
// candidates, written after a moment, oldest first.
func (r *record) Corrections(id hiring.RoleID, since time.Time) ([]hiring.Event, error) {
	var list []hiring.Event
	for k := range r.t.walk(inCorrection, span{roleKey(id).at(since.Add(1)), under(roleKey(id)).to}) {
		_, rest := cutNum(k)
		_, rest = cutTime(rest)
		n, _ := cutNum(rest)
		row, _, err := load[eventRow](r.t, inEvent, eventKey(n))
		if err != nil {
			return nil, err
		}
		list = append(list, row.event())
	}
	return list, nil
}

// OwedBy returns everything the person owes, by due time.
func (r *record) OwedBy(id hiring.UserID) ([]hiring.Owed, error) {
	return r.owedByPerson(under(personKey(id)))
}

// ToRemind returns what the person owes and is to be reminded of by now, by due
// time.
func (r *record) ToRemind(id hiring.UserID, now time.Time) ([]hiring.Owed, error) {
	return r.owedByPerson(span{personKey(id), personKey(id).at(now.Add(1))})
}

func (r *record) owedByPerson(s span) ([]hiring.Owed, error) {
	var keys [][]byte
	for _, k := range r.t.walk(inOwedByPerson, s) {
		keys = append(keys, k)
	}
	list, err := r.owed(keys)
	slices.SortStableFunc(list, func(a, b hiring.Owed) int { return a.DueAt.Compare(b.DueAt) })
	return list, err
}

// OwedIn returns everything owed for a role, by due time.
func (r *record) OwedIn(id hiring.RoleID) ([]hiring.Owed, error) {
	var keys [][]byte
	for k := range r.t.walk(inOwedByRole, under(roleKey(id))) {
		keys = append(keys, k[owedByRoleHead:])
	}
	return r.owed(keys)
}

// OverdueIn returns what is owed for a role and past due, by due time. It reads
// the index alone, but for what stands still.
func (r *record) OverdueIn(id hiring.RoleID, now time.Time) ([]hiring.Due, error) {
	var list []hiring.Due
	for k, v := range r.t.walk(inOwedByRole, span{roleKey(id), roleKey(id).at(now.Add(1))}) {
		if string(v) == owedPaused {
			resting, err := r.owed([][]byte{k[owedByRoleHead:]})
			if err != nil {
				return nil, err
			}
			list = append(list, hiring.PastDue(resting, now)...)
			continue
		}
		_, rest := cutNum(k)
		at, rest := cutTime(rest)
		list = append(list, hiring.Due{Subject: cutSubject(rest, r.t.names), Promise: hiring.Promise(v), DueAt: at})
	}
	return list, nil
}

func (r *record) owed(keys [][]byte) ([]hiring.Owed, error) {
	var list []hiring.Owed
	for _, k := range keys {
		row, known, err := load[owedRow](r.t, inOwed, k)
		if err != nil {
			return nil, err
		}
		if known {
			list = append(list, row.owed())
		}
	}
	return list, nil
}

// Due returns who has something to be looked at by now, without repeats, who
// has waited longest first.
func (r *record) Due(now time.Time) ([]hiring.UserID, error) {
	var due []hiring.UserID
	seen := make(map[hiring.UserID]bool)
	for _, v := range r.t.walk(inOwedByTime, span{to: key{}.at(now.Add(1))}) {
		if u := hiring.UserID(v); !seen[u] {
			seen[u] = true
			due = append(due, u)
		}
	}
	return due, nil
}

// Counts returns the counts of a role, or of all together when it is 0, of the
// weeks from ≤ week < to, and those of no week; when measures are named, of
// these alone.
func (r *record) Counts(role hiring.RoleID, from, to hiring.Week, only ...hiring.Measure) (hiring.Tally, error) {
	tally := make(hiring.Tally)
	if len(only) == 0 || slices.Contains(only, hiring.Inside) { // no other measure is of no week
		readCounts(r.t, under(countWeekKey(role, "")), tally, only...)
	}
	if from < to {
		readCounts(r.t, span{countWeekKey(role, from), countWeekKey(role, to)}, tally, only...)
	}
	return tally, nil
}
