package store

import (
	"context"
	"fmt"

	"github.com/samsvar/samsvar/hiring"
)

// Archive is the record at one moment with what no rule reads: everybody in it,
// every form begun and every event.
type Archive struct {
	hiring.Record
	t *txn
}

// Archive runs fn on one consistent moment. The archive is valid only within
// fn.
func (s *Store) Archive(ctx context.Context, fn func(Archive) error) error {
	return s.engine.view(ctx, func(t *txn) error { return fn(Archive{&record{t}, t}) })
}

// People runs fn on everybody, by id.
func (a Archive) People(fn func(hiring.Person) error) error {
	for k, v := range a.t.walk(inPerson, everything) {
		row, err := decode[personRow](inPerson, k, v)
		if err == nil {
			err = fn(row.person())
		}
		if err != nil {
			return fmt.Errorf("people: %w", err)
		}
	}
	return nil
}

// Unfinished runs fn on every intake form that somebody has begun, by who has
// and role.
func (a Archive) Unfinished(fn func(hiring.Unfinished) error) error {
	for k, v := range a.t.walk(inUnfinished, everything) {
		row, err := decode[unfinishedRow](inUnfinished, k, v)
		if err == nil {
			err = fn(row.unfinished())
		}
		if err != nil {
			return fmt.Errorf("unfinished forms: %w", err)
		}
	}
	return nil
}

// Events runs fn on every event and its number, in the order of writing.
func (a Archive) Events(fn func(number uint64, e hiring.Event) error) error {
	for k, v := range a.t.walk(inEvent, everything) {
		row, err := decode[eventRow](inEvent, k, v)
		if err == nil {
			number, _ := cutNum(k)
			err = fn(number, row.event())
		}
		if err != nil {
			return fmt.Errorf("events: %w", err)
		}
	}
	return nil
}
