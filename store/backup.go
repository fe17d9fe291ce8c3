package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Contents are what a file holds whose every page was checked.
type Contents struct {
	Roles, Candidates int
	Bytes             int64
}

// Snapshot is the record at one moment, to be copied.
type Snapshot struct {
	// Size is how many bytes WriteTo writes.
	Size int64
	// Sum is what the records add up to, as it was kept while they were
	// written. [Save] compares.
	Sum uint64
	io.WriterTo
}

// Snapshot lets fn copy the record as it is now, while others read and write,
// and takes as long as fn does. The snapshot is valid only within fn. A small
// record is held in memory until fn returns, so many at once are many times
// that; the file of a large one grows until then by whatever is written.
func (s *Store) Snapshot(ctx context.Context, fn func(Snapshot) error) error {
	var small Snapshot
	err := s.engine.view(ctx, func(t *txn) (err error) {
		snap := t.snapshot()
		if s.engine.roomy || snap.Size >= heldFile {
			return fn(snap)
		}
		small, err = snap.held()
		return err
	})
	if err != nil || small.WriterTo == nil {
		return err
	}
	return s.engine.doubt(guard(func() error { return fn(small) }))
}

// held returns the snapshot with its pages in memory, for after the transaction:
// whoever copies may wait for a disk or a network.
func (s Snapshot) held() (Snapshot, error) {
	b := bytes.NewBuffer(make([]byte, 0, s.Size+bytes.MinRead)) // which it wants free at the end
	if _, err := s.WriteTo(b); err != nil {
		return Snapshot{}, fmt.Errorf("read the record: %w", err)
	}
	s.WriterTo = bytes.NewReader(b.Bytes())
	return s, nil
}

// Backup copies the record that nobody has open to a file that is not there
// yet, and checks both. Errors wrap [ErrInUse], [ErrForeign], [ErrDamaged],
// [ErrNewer] or [fs.ErrExist].
func Backup(ctx context.Context, record, to string) (c Contents, err error) {
	if err := isFree(to); err != nil {
		return c, err
	}
	var failed error // of the copy, which says nothing about the record
	err = inspect(ctx, record, migrations, true, func(e *engine, f findings) error {
		if err := f.nothingMissing(); err != nil {
			return err
		}
		return e.view(ctx, func(t *txn) error {
			c, failed = Save(ctx, to, f.sum(), t.snapshot().WriteTo)
			return nil
		})
	})
	if err != nil {
		return c, fmt.Errorf("back up the record %s: %w", record, helpful(err))
	}
	return c, failed
}

// Save makes a file out of what write writes, a snapshot with that sum. The
// file appears once all of it is on disk and has been checked, with mode 0600;
// until then it is not there. The error wraps [fs.ErrExist] when it is there
// already.
func Save(ctx context.Context, to string, sum uint64, write func(io.Writer) (int64, error)) (Contents, error) {
	if err := isFree(to); err != nil {
		return Contents{}, err
	}
	d, err := newDraft(to)
	if err != nil {
		return Contents{}, err
	}
	defer d.discard()
	c, err := d.copy(ctx, sum, write)
	if err == nil {
		err = d.place()
	}
	return c, err
}

// Restored is what stands in the record's place now.
type Restored struct {
	Contents
	// Replaced is the name that what was there has now; empty when nothing was.
	Replaced string
	// Owner is whom the record should belong to and does not, because only root
	// gives files away: who had the one before, or else has the folder. It is as
	// chown takes it, and empty when all is well.
	Owner string
}

// Restore puts a backup in the record's place, after it has checked the
// backup and its own copy of it. A record that is there is replaced only by
// force, and stays under another name; nobody may have it open. Errors wrap
// [ErrInUse], [ErrForeign], [ErrDamaged], [ErrNewer] or [fs.ErrExist], and the
// record is as it was.
func Restore(ctx context.Context, backup, record string, force bool, now time.Time) (r Restored, err error) {
	if record, err = Follow(record); err != nil {
		return r, err
	}
	if isSame(backup, record) {
		return r, fmt.Errorf("%s is the record itself; name a backup", backup)
	}
	if err := canBeRecord(record); err != nil {
		return r, err
	}
	taken := isFree(record)
	owned := filepath.Dir(record)
	switch {
	case errors.Is(taken, fs.ErrExist) && force:
		unlock, err := lock(record)
		if err != nil {
			return r, fmt.Errorf("replace the record %s: %w", record, Explain(record, err))
		}
		defer unlock()
		owned = record
	case taken != nil:
		return r, taken
	}
	d, err := newDraft(record)
	if err != nil {
		return r, err
	}
	defer d.discard()
	if r.Contents, err = d.restore(ctx, backup); err != nil {
		return r, fmt.Errorf("restore the backup %s: %w", backup, err)
	}
	r.Owner = d.giveTo(owned)
	if taken == nil {
		return r, d.place()
	}
	r.Replaced, err = d.replace(record + replacedMark + now.UTC().Format("20060102T150405Z"))
	return r, err
}

// restore fills the draft with a backup, whose newest change may be missing:
// what is left of it is all there is.
func (d *draft) restore(ctx context.Context, backup string) (c Contents, err error) {
	err = inspect(ctx, backup, migrations, true, func(e *engine, f findings) error {
		return e.view(ctx, func(t *txn) (err error) {
			c, err = d.copy(ctx, f.sum(), t.snapshot().WriteTo)
			return err
		})
	})
	return c, err
}

// copy fills the draft with a snapshot and checks it.
func (d *draft) copy(ctx context.Context, sum uint64, write func(io.Writer) (int64, error)) (c Contents, err error) {
	if _, err := write(d); err != nil {
		return c, fmt.Errorf("write the copy: %w", Explain(d.path, cmp.Or(d.failed, err)))
	}
	f, err := examine(ctx, d.File, migrations, true)
	if err == nil {
		err = f.nothingMissing()
	}
	if err == nil && len(f.buckets) == 0 {
		err = fmt.Errorf("%w: nothing is in it yet", ErrForeign)
	}
	if err == nil && f.sum() != sum {
		err = fmt.Errorf("%w: it does not hold what the record holds", ErrDamaged)
	}
	if err != nil {
		return c, fmt.Errorf("check the copy: %w", err)
	}
	return Contents{
		Roles: f.buckets[inRole].records, Candidates: f.buckets[inCandidate].records,
		Bytes: int64(f.header.end * f.header.size),
	}, nil
}

// canBeRecord refuses what no record can have the place of: a folder, a device.
func canBeRecord(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil || info.Mode().IsRegular():
		return nil // what is not there is not replaced
	case info.IsDir():
		return fmt.Errorf("%s is a folder, and %w. Name a file in it, such as %s", path, ErrNoFile, filepath.Join(path, "samsvar.db"))
	}
	return fmt.Errorf("%s is a device or the like, and %w. Name another", path, ErrNoFile)
}

// isFree says whether nothing has that name yet.
func isFree(path string) error {
	_, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		err = fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return Explain(path, err)
}

// isSame says whether two names are those of one file.
func isSame(a, b string) bool {
	first, err := os.Stat(a)
	second, err2 := os.Stat(b)
	return err == nil && err2 == nil && os.SameFile(first, second)
}
