package store

import (
	"context"
	"fmt"

	"github.com/samsvar/samsvar/hiring"
)

// anewBatch bounds how many roles one transaction counts anew.
const anewBatch = 200

// countAnew makes all counts anew, from the candidates and from the events
// that count by themselves. Nobody else writes meanwhile: it runs while the
// file is opened. When it is interrupted, it begins again with the next start.
func (s *Store) countAnew(ctx context.Context) error {
	roles, facts, err := s.facts(ctx)
	overall := make(hiring.Tally)
	for from := 0; from < len(roles) && err == nil; from += anewBatch {
		err = s.engine.update(ctx, func(t *txn) error {
			for _, role := range roles[from:min(from+anewBatch, len(roles))] {
				right, err := tallyOf(t, role.ID, s.settings.Counter(role))
				if err != nil {
					return fmt.Errorf("count %v: %w", role.ID, err)
				}
				for k, n := range facts[role.ID] {
					right.Count([]hiring.CountKey{k}, n)
				}
				mend(t, role.ID, right)
				overall.Add(right.Take(0))
			}
			return nil
		})
	}
	if err != nil {
		return err
	}
	return s.engine.update(ctx, func(t *txn) error {
		mend(t, 0, overall)
		t.put(inMeta, metaCalendar, []byte(calendarOf(s.settings)))
		return nil
	})
}

// CountAnew puts right all counts that are wrong. Nobody else may write
// meanwhile.
func (s *Store) CountAnew(ctx context.Context) error {
	if err := s.countAnew(ctx); err != nil {
		return fmt.Errorf("count anew: %w", helpful(err))
	}
	return nil
}

// facts reads all roles, and what events count by themselves in each.
func (s *Store) facts(ctx context.Context) (roles []hiring.Role, facts map[hiring.RoleID]hiring.Tally, err error) {
	facts = make(map[hiring.RoleID]hiring.Tally)
	err = s.engine.view(ctx, func(t *txn) (err error) {
		if roles, err = (&record{t}).AllRoles(); err != nil {
			return err
		}
		return eachEvent(t, func(e hiring.Event) {
			for _, k := range hiring.Facts(e, s.settings) {
				if facts[k.Role] == nil {
					facts[k.Role] = make(hiring.Tally)
				}
				facts[k.Role][k]++
			}
		})
	})
	return roles, facts, err
}

// mend puts the counts of a role right.
func mend(t *txn, id hiring.RoleID, right hiring.Tally) {
	for _, d := range differences(t, id, right, anyMeasure) {
		t.add(d.Key, d.Right-d.Kept)
	}
}

// eachEvent goes through all events in the order of writing.
func eachEvent(t *txn, do func(hiring.Event)) error {
	for k, v := range t.walk(inEvent, everything) {
		row, err := decode[eventRow](inEvent, k, v)
		if err != nil {
			return err
		}
		do(row.event())
	}
	return nil
}

// Recount counts everything from the events alone, as of one moment, and
// returns the counts that are kept otherwise: none, unless the file was changed
// behind our back. Others may read and write meanwhile.
func (s *Store) Recount(ctx context.Context) ([]Difference, error) {
	var wrong []Difference
	err := s.engine.view(ctx, func(t *txn) error {
		anew := hiring.NewRecount(s.settings)
		if err := eachEvent(t, anew.Event); err != nil {
			return err
		}
		overall := make(hiring.Tally)
		for id, right := range anew.Tallies() {
			if err := ctx.Err(); err != nil {
				return err
			}
			wrong = append(wrong, differences(t, id, right, anyMeasure)...)
			overall.Add(right.Take(0))
		}
		wrong = append(wrong, differences(t, 0, overall, anyMeasure)...)
		return nil
	})
	return wrong, err
}
