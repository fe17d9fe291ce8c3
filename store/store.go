package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// Options say how the record is kept.
type Options struct {
	// Settings say in what working time, and in which zone's weeks, counts are
	// made; without a zone that is UTC. What admins have set takes its place.
	// When it is not as the file's counts were made, they are made anew at Open.
	Settings hiring.Settings
	// KeepCounts has Open leave the counts as they are, for whoever looks whether
	// they are right. [Store.Calendar] says what they were made by.
	KeepCounts bool
	// Committed is told of each commit: how many writers shared it, how many
	// records it wrote, and its error. It must be quick. Nil for nobody.
	Committed func(writers, records int, err error)
}

// Store is the record, open. Its methods may be called from any goroutine,
// but not from within the function given to another of its methods.
type Store struct {
	engine   *engine
	settings hiring.Settings // those that counts are made by
	calendar Calendar        // that those on file were made by
	wake     chan struct{}
}

// Open opens the record in a file, and makes the file when there is none. A
// file that is in use, not ours, damaged or of a newer version is left
// untouched, and the error wraps [ErrInUse], [ErrForeign], [ErrDamaged] or
// [ErrNewer]. None is made where one has left something: that is [ErrGone].
//
// Open always checks both headers, the length of the file, the list of free
// pages, and that every bucket is there. It reads every page, and adds up every
// record, when the file is no larger than 8 MiB, when it was not closed, and
// when anything has touched it since it was closed, which its time of change
// tells. That finds any record that is not as it was written, and takes a
// second per gigabyte from memory, longer from a disk.
//
// What Open doesn't find is what changes in a larger file without its time of
// change: bits that turn on the disk itself. [Store.Check] finds them, as does
// a backup. Until then, a page that cannot be read is an error wrapping
// [ErrDamaged] and a value on [Store.Doubts], but a letter that turned into
// another in a text is read as it stands. Only a page that leads back to itself
// would end the process. Bytes that no record stands in are not checked.
func Open(path string, o Options) (*Store, error) {
	s, err := open(path, o, migrations)
	if err != nil {
		return nil, fmt.Errorf("open the record %s: %w", path, helpful(err))
	}
	return s, nil
}

// helpful adds the way back to what says that the record is damaged, or that
// the file is none, which damage can look like.
func helpful(err error) error {
	switch {
	case errors.Is(err, ErrDamaged):
		return fmt.Errorf("%w. To put a backup in its place: samsvar restore BACKUP --force", err)
	case errors.Is(err, ErrChanged):
		return fmt.Errorf("%w, such as by a copy over it. Nothing was written to it since. Start Samsvar again: it goes on with what is in the file now. What it held before is only where somebody has kept it, such as in a backup", err)
	case errors.Is(err, ErrForeign) && !errors.Is(err, ErrNoFile): // which a backup never replaces
		return fmt.Errorf("%w. If it should be one, put a backup in its place: samsvar restore BACKUP --force (the file is kept beside it)", err)
	}
	return err
}

func open(path string, o Options, steps []migration) (*Store, error) {
	e, err := openEngine(path, steps)
	if err != nil {
		return nil, err
	}
	s := &Store{engine: e, settings: o.Settings, wake: make(chan struct{}, 1)}
	if s.settings.Zone == nil {
		s.settings.Zone = time.UTC
	}
	calendar := ""
	err = e.update(context.Background(), func(t *txn) error {
		if err := migrate(t, steps); err != nil {
			return err
		}
		rules, err := (&record{t}).Rules()
		s.settings = s.settings.With(rules)
		calendar = string(t.get(inMeta, metaCalendar))
		return err
	})
	switch {
	case err == nil && o.KeepCounts:
		s.keepCounts(calendar)
	case err == nil && calendar != calendarOf(s.settings):
		err = s.countAnew(context.Background())
	}
	if err != nil {
		_ = e.close() // the first error says what is wrong
		return nil, Explain(path, err)
	}
	e.committed = s.signal
	if o.Committed != nil {
		e.counted = o.Committed
	}
	return s, nil
}

// Close waits for what runs and closes the file.
func (s *Store) Close() error { return s.engine.close() }

// View runs fn on one consistent moment. The record is valid only within fn.
func (s *Store) View(ctx context.Context, fn func(hiring.Record) error) error {
	return s.engine.view(ctx, func(t *txn) error { return fn(&record{t}) })
}

// Change runs decide on the record as it is and writes what it returns, all
// or nothing, in one transaction. An error or a panic of decide is returned
// and nothing is written. What is settled goes before what is owed.
//
// once, when not empty, names the act: a second change of that name writes
// nothing and returns [hiring.ErrRepeated]. A change that failed doesn't use
// the name up. Names are kept for [OnceKept].
//
// decide must be quick and do nothing but decide: other writers wait for it,
// and it may run on another's goroutine.
func (s *Store) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	return s.engine.update(ctx, func(t *txn) error { return s.change(t, once, now, decide) })
}

// Changes is [Store.Change] for several decisions, in order. Each is all or
// nothing for itself and sees what those before it wrote; they share a commit,
// or few. It returns the error of each.
func (s *Store) Changes(ctx context.Context, now time.Time, decide ...func(hiring.Record) (hiring.Change, error)) []error {
	runs := make([]func(*txn) error, len(decide))
	for i, d := range decide {
		runs[i] = func(t *txn) error { return s.change(t, "", now, d) }
	}
	return s.engine.updates(ctx, runs...)
}

// change is [Store.Change] within a transaction.
func (s *Store) change(t *txn, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	r := &record{t}
	if once != "" {
		if _, done := r.CarriedOut(once); done {
			return hiring.ErrRepeated
		}
	}
	c, err := decide(r)
	r.t = nil // whoever keeps the record is told so instead of reading another writer's state
	if err != nil {
		return err
	}
	if once != "" {
		markOnce(t, once, now, c.Said)
	}
	return s.apply(t, c, now)
}

// Wake returns a channel that gets a value after a commit that queued
// notices. It holds one value: several commits may share it.
func (s *Store) Wake() <-chan struct{} { return s.wake }

func (s *Store) signal(t *txn) {
	if !t.queued {
		return
	}
	select {
	case s.wake <- struct{}{}:
	default: // one is waiting already
	}
}
