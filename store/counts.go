package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"reflect"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// counting collects how a change moves the counts. A candidate's contribution
// depends on the plan of the role, so a role whose plan changes is counted
// anew from its candidates.
type counting struct {
	zone  *time.Location
	moved hiring.Tally
	anew  map[hiring.RoleID]bool
}

func newCounting(zone *time.Location) *counting {
	return &counting{zone: zone, moved: make(hiring.Tally), anew: make(map[hiring.RoleID]bool)}
}

// planned notes a role's plan before and after.
func (c *counting) planned(id hiring.RoleID, before, after hiring.Plan) {
	if !reflect.DeepEqual(before, after) {
		c.anew[id] = true
	}
}

// add notes a candidate's contribution, n times.
func (c *counting) add(t *txn, p hiring.Candidate, n int) error {
	if c.anew[p.Role] {
		return nil
	}
	role, err := (&record{t}).Role(p.Role)
	if err != nil {
		return err
	}
	for _, k := range hiring.Contribution(p, role.Plan(), c.zone) {
		c.moved[k] += n
	}
	return nil
}

// write moves the kept counts.
func (c *counting) write(t *txn) error {
	for k, n := range c.moved {
		if n != 0 {
			putCount(t, k, count(t.get(inCount, countKey(k)))+n)
		}
	}
	for id := range c.anew {
		if _, err := recount(t, id, c.zone); err != nil {
			return err
		}
	}
	return nil
}

func putCount(t *txn, k hiring.CountKey, n int) {
	if n == 0 {
		t.delete(inCount, countKey(k))
		return
	}
	t.put(inCount, countKey(k), binary.BigEndian.AppendUint64(nil, uint64(n)))
}

func count(v []byte) int {
	n, _ := cutNum(v)
	return int(n)
}

// readCounts adds the counts of a span of keys to a tally.
func readCounts(t *txn, s span, into hiring.Tally) {
	for k, v := range t.walk(inCount, s) {
		var c hiring.CountKey
		role, rest := cutNum(k)
		week, rest := cutText(rest)
		stage, rest := cutText(rest)
		source, rest := cutText(rest)
		measure, _ := cutText(rest)
		c.Role, c.Week, c.Stage = hiring.RoleID(role), hiring.Week(week), hiring.StageID(stage)
		c.Source, c.Measure = hiring.Source(source), hiring.Measure(measure)
		into[c] = count(v)
	}
}

// Difference is a count that was not what the candidates add up to.
type Difference struct {
	Key   hiring.CountKey
	Kept  int // what the record said
	Right int // what it says now
}

// recount makes a role's counts anew from its candidates.
func recount(t *txn, id hiring.RoleID, zone *time.Location) ([]Difference, error) {
	r := &record{t}
	role, err := r.Role(id)
	if err != nil {
		return nil, err
	}
	candidates, err := r.CandidatesOf(id)
	if err != nil {
		return nil, err
	}
	right, plan := make(hiring.Tally), role.Plan()
	for _, c := range candidates {
		for _, k := range hiring.Contribution(c, plan, zone) {
			right[k]++
		}
	}
	kept := make(hiring.Tally)
	readCounts(t, under(roleKey(id)), kept)
	for k := range kept {
		right[k] += 0 // so that what is no longer counted is among them
	}
	var differences []Difference
	for k, n := range right {
		if kept[k] != n {
			putCount(t, k, n)
			differences = append(differences, Difference{Key: k, Kept: kept[k], Right: n})
		}
	}
	return differences, nil
}

// recountAll makes the counts of all roles anew.
func recountAll(t *txn, zone *time.Location) ([]Difference, error) {
	roles, err := (&record{t}).AllRoles()
	if err != nil {
		return nil, err
	}
	var all []Difference
	for _, role := range roles {
		differences, err := recount(t, role.ID, zone)
		if err != nil {
			return nil, fmt.Errorf("count %v: %w", role.ID, err)
		}
		all = append(all, differences...)
	}
	return all, nil
}

// Rebuild makes all counts anew from the candidates and returns those that
// were wrong: none, unless the file was changed behind our back or a count is
// made in another way since.
func (s *Store) Rebuild(ctx context.Context) ([]Difference, error) {
	var all []Difference
	err := s.engine.update(ctx, func(t *txn) error {
		var err error
		all, err = recountAll(t, s.zone)
		return err
	})
	return all, err
}
