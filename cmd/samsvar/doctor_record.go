package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/samsvar/samsvar/store"
)

// open opens the record, or a copy of it that the Samsvar that serves lends. It
// makes none: one made by root would not belong to who serves, and one under a
// name that is misspelt would pass for the record.
func (d *doctor) open(ctx context.Context) {
	if _, err := os.Stat(d.c.DB); errors.Is(err, fs.ErrNotExist) {
		if d.absent, d.refused = true, notServed(d.c.DB); d.refused == nil {
			d.refused = store.CanMake(d.c.DB)
		}
		return
	}
	d.record, d.refused = store.Open(d.c.DB, store.Options{Settings: d.c.settings, KeepCounts: true})
	if errors.Is(d.refused, store.ErrInUse) && isServed(d.c.DB) {
		d.record, d.remove, d.refused = d.copied(ctx)
	}
	if d.refused == nil {
		d.rules, d.refused = rulesOn(ctx, d.record)
	}
}

func (d *doctor) close() {
	if d.record != nil {
		_ = d.record.Close() // if it was not closed well, the next start checks it in full
	}
	if d.remove != nil {
		_ = d.remove() // the next one does, in a day
	}
}

func (d *doctor) database(ctx context.Context) finding {
	f := finding{what: "database", do: "choose another file with SAMSVAR_DB, or put a backup in its place"}
	err := d.refused
	if d.record != nil && err == nil {
		err = d.record.Check(ctx)
	}
	switch {
	case errors.Is(err, store.ErrGone):
		f.bad, f.do = err.Error(), "put back what is left of it, or look at SAMSVAR_DB"
	case errors.Is(err, store.ErrInUse):
		f.bad, f.do = err.Error(), "stop what holds the file"
	case d.absent && err != nil:
		f.bad, f.do = err.Error(), "choose another file with SAMSVAR_DB"
	case errors.Is(err, store.ErrNoFile):
		f.bad, f.do = err.Error(), "name a file with SAMSVAR_DB"
	case err != nil:
		f.bad = err.Error()
	case d.absent:
		f.ok, f.note = "there is no record yet; the first start makes it", "at "+absolute(d.c.DB)+"; if one should be there, look at SAMSVAR_DB"
	case d.remove != nil:
		f.ok = d.c.DB + " is open in the Samsvar that serves, and consistent"
	default:
		f.ok = d.c.DB + " opens and is consistent"
	}
	return f
}

// absolute returns a file's name from the root: by where the doctor runs it may
// be another than Samsvar's.
func absolute(name string) string {
	if whole, err := filepath.Abs(name); err == nil {
		return whole
	}
	return name
}

// numbers counts everything again from the events, by the working time that the
// counts were made by: a start by another makes them anew.
func (d *doctor) numbers(ctx context.Context) finding {
	f := finding{what: "numbers", ok: "none yet"}
	switch {
	case d.absent:
		return f
	case d.refused != nil:
		f.bad, f.do = "cannot be counted", "see what is wrong with the database"
		return f
	}
	switch d.record.Calendar() {
	case store.CalendarNone:
		if !d.mend {
			f.ok = "not to be counted: Samsvar makes them anew at its next start"
			return f
		}
	case store.CalendarOther:
		f.note = "made by another zone, country, working time or first contact than the rules and this environment have: a start with these makes them anew"
	}
	return d.recount(ctx, f)
}

// recount mends the numbers, if that is asked for and nobody serves, and says
// whether they are right.
func (d *doctor) recount(ctx context.Context, f finding) finding {
	wrong, err := d.record.Recount(ctx)
	mended := 0
	if err == nil && len(wrong) > 0 && d.mend && d.remove == nil {
		mended = len(wrong)
		if err = d.record.CountAnew(ctx); err == nil {
			wrong, err = d.record.Recount(ctx)
		}
	}
	if len(wrong) > 0 {
		f.bad = fmt.Sprintf("%s, such as %s", count(len(wrong), "count"), wrongCount(wrong[0]))
	}
	switch {
	case err != nil:
		f.bad = err.Error()
	case len(wrong) > 0 && d.mend:
		f.do = "candidates and events disagree, or Samsvar serves; stop it and try again, or go back to a backup from before: samsvar restore"
	case len(wrong) > 0:
		f.do = "stop Samsvar, make a backup, then: samsvar doctor --mend-numbers"
	case mended > 0:
		f.ok = fmt.Sprintf("%s put right: all add up to what the events say", count(mended, "count"))
	default:
		f.ok = "add up to what the events say"
	}
	return f
}

// wrongCount says what a count is and should be.
func wrongCount(d store.Difference) string {
	of := "all roles"
	if d.Key.Role != 0 {
		of = d.Key.Role.String()
	}
	return fmt.Sprintf("%s of %s in %v: %d instead of %d", d.Key.Measure, of, d.Key.Week, d.Kept, d.Right)
}

// copied opens a copy of the record, to be closed and then removed.
func (d *doctor) copied(ctx context.Context) (s *store.Store, remove func() error, err error) {
	file, remove, err := copyBeside(ctx, d.c.DB, doctorMark)
	if err == nil {
		if s, err = store.Open(file, store.Options{Settings: d.c.settings, KeepCounts: true}); err != nil {
			err = errors.Join(err, remove())
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%w, and no copy of it could be made: %w", store.ErrInUse, err)
	}
	return s, remove, nil
}
