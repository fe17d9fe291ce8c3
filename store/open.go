package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// checkLimit is the largest file whose every page is always read before it is
// used: so much takes a few milliseconds.
const checkLimit = 8 << 20

// Why a file is not opened, or not written to any more.
var (
	// ErrInUse says that another process has the file open.
	ErrInUse = errors.New("somebody else has it open")
	// ErrForeign says that the file is not a record of Samsvar.
	ErrForeign = errors.New("it is not a record of Samsvar")
	// ErrNoFile says that what has the name is a folder, a device or the like.
	ErrNoFile = errors.New("a record is a file")
	// ErrDamaged says that the file cannot be read as it should.
	ErrDamaged = errors.New("it is damaged")
	// ErrMoved says that another file, or none, has the name of the one that is
	// open.
	ErrMoved = errors.New("it was moved, removed or replaced while it was open")
	// ErrChanged says that somebody else has written to the file that is open.
	ErrChanged = errors.New("it was changed by something else while it was open")
)

// inspect checks a file and lets fn read it; nobody writes meanwhile, and
// nothing is changed. Every page is read when all is set, when the file is
// small, and when it is not as Samsvar closed it.
func inspect(ctx context.Context, path string, steps []migration, all bool, fn func(*engine, findings) error) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return Explain(path, err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: %w", ErrForeign, canBeRecord(path))
	case info.Size() == 0:
		return fmt.Errorf("%w: nothing is in it", ErrDamaged)
	}
	if err := checkHeader(path); err != nil {
		return Explain(path, err)
	}
	e, err := openBolt(path, true) // from here on nobody writes
	if err != nil {
		return Explain(path, err)
	}
	defer e.db.Close() // read-only: there is nothing to lose
	f, err := examine(ctx, e.file, steps, all)
	if err != nil {
		return err
	}
	return fn(e, f)
}

// examine checks a file that nobody writes to.
func examine(ctx context.Context, file *os.File, steps []migration, all bool) (f findings, err error) {
	info, err := file.Stat()
	if err != nil {
		return f, err
	}
	read := func(full bool) error {
		return withPages(ctx, file, func(p *pages) error {
			f, err = p.check(full)
			return err
		})
	}
	if err := read(false); err != nil {
		return f, err
	}
	if _, err := f.version(steps); err != nil {
		return f, f.trusted(err)
	}
	at, closed := f.closedAt()
	sealed := closed && info.ModTime().Equal(at)
	if all || !sealed || info.Size() <= checkLimit {
		if err := read(true); err != nil {
			return f, err
		}
		if err := f.addUp(); err != nil {
			return f, err
		}
	}
	f.sealed = sealed
	return f, nil
}

// openEngine opens a file for reading and writing, and makes it when there is
// none. What it refuses is left as it is.
func openEngine(path string, steps []migration) (*engine, error) {
	made, err := makeIfMissing(path)
	if err != nil {
		return nil, err
	}
	var f findings
	err = inspect(context.Background(), path, steps, false, func(_ *engine, seen findings) error {
		f = seen
		return f.nothingMissing()
	})
	if err != nil {
		return nil, err
	}
	e, err := openBolt(path, false)
	if err != nil {
		return nil, Explain(path, err)
	}
	if e.made = made; f.sealed {
		e.note = trueNote
	}
	return e, nil
}

// makeIfMissing makes the file when there is none, and says whether it did.
func makeIfMissing(path string) (made bool, err error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return false, nil // what else is wrong with it shows when it is opened
	}
	if err := nothingLeft(path); err != nil {
		return false, err
	}
	err = create(path)
	if errors.Is(err, fs.ErrExist) { // another has made it meanwhile
		return false, nil
	}
	return err == nil, err
}

// create makes a new file, all or nothing: a file that a crash left half made
// would be taken for a damaged one. It belongs to who has the folder.
func create(path string) error {
	path, err := Follow(path)
	if err != nil {
		return err
	}
	d, err := newDraft(path)
	if err != nil {
		return err
	}
	defer d.discard()
	e, err := openBolt(d.name, false)
	if err == nil {
		err = e.db.Close()
	}
	if err != nil {
		return Explain(path, err)
	}
	_ = d.giveTo(filepath.Dir(path)) // where root makes it for another, who has the folder
	return d.place()
}

// current says whether the file that is open is the one that has the name.
func (e *engine) current() bool {
	opened, err := e.file.Stat()
	named, err2 := os.Stat(e.db.Path())
	return err == nil && err2 == nil && os.SameFile(opened, named)
}

// moved says whether another file, or none, has the name of the one that is
// open.
func (e *engine) moved() bool {
	_, err := os.Stat(e.db.Path())
	return errors.Is(err, fs.ErrNotExist) || err == nil && !e.current()
}

// seal notes when the file was closed, and gives the file that time of
// change: as long as it has it, nobody has written to the file since. A crash
// in between leaves a file that is checked in full.
func (e *engine) seal() {
	var at time.Time
	err := e.update(context.Background(), func(t *txn) error {
		info, err := e.file.Stat()
		if err != nil || e.note == trueNote {
			return err
		}
		at, t.note = info.ModTime().Truncate(time.Second), trueNote // some file systems keep no more
		t.put(inMeta, metaClosed, key{}.at(at))
		return nil
	})
	if err == nil && !at.IsZero() {
		_ = os.Chtimes(e.db.Path(), time.Time{}, at) // if it fails the next start checks the file in full
	}
}

// unseal takes the note away, in the same commit as what is written first.
func unseal(t *txn) error {
	t.delete(inMeta, metaClosed)
	return nil
}

// check checks every page of the file as it is at this moment. Others may
// write meanwhile.
func (e *engine) check(ctx context.Context) error {
	checked := make(chan error, 1)
	go func() { checked <- e.checkPages(ctx) }()
	var err error
	select {
	case err = <-checked:
	case <-e.broken:
		err = fmt.Errorf("%w: it cannot be read any more", ErrDamaged)
	}
	changed := e.changed.Load()
	if changed && e.isBroken() { // bbolt fell over what it knew, and nobody writes any more
		err = withPages(ctx, e.file, allWhole)
	}
	if err == nil && changed {
		err = ErrChanged // whole, but not what this process knows
	}
	return e.doubt(err)
}

func (e *engine) checkPages(ctx context.Context) error {
	// Who writes sees whether the file is as the last commit left it.
	if err := e.update(ctx, func(*txn) error { return nil }); err != nil {
		return err
	}
	return e.snapshot(ctx, func(h header) error { return pagesOf(ctx, e.file, h, allWhole) })
}

// snapshot lets fn read the pages of one moment from the file.
func (e *engine) snapshot(ctx context.Context, fn func(header) error) error {
	for again := true; again; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var err error
		if again, err = e.snapshotOnce(fn); err != nil {
			return err
		}
	}
	return nil
}

// snapshotOnce is snapshot, unless two commits come between a transaction and
// its header: then it is to be tried again. It must not wait for a writer: one
// that has the map grow waits for those who read.
func (e *engine) snapshotOnce(fn func(header) error) (again bool, err error) {
	reading, err := e.begin(false)
	if err != nil {
		return false, err
	}
	defer e.end(reading)
	headers, _, err := readHeaders(e.file)
	if err != nil {
		return false, fmt.Errorf("%w: its headers cannot be read: %v", ErrDamaged, err)
	}
	for _, h := range headers {
		if h.transaction == uint64(reading.ID()) {
			return false, fn(h)
		}
		again = again || h.transaction > uint64(reading.ID())
	}
	if !again {
		err = fmt.Errorf("%w: its newest header is broken", ErrDamaged)
	}
	return again, err
}

// allWhole says whether every page is as it was written.
func allWhole(p *pages) error {
	f, err := p.check(true)
	if err != nil {
		return err
	}
	if _, err := f.version(migrations); err != nil {
		return err
	}
	return f.addUp()
}
