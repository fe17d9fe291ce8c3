package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// This is the only file that knows bbolt, beside pages.go, which reads a
// damaged file without it. The rest of the package is written on txn, a
// transaction over ordered keys, so that another engine with such
// transactions can stand behind it.

const (
	fileMode = 0o600
	// lockTimeout is how long an open waits for another process: long enough
	// for one that is just closing, short enough for a person at a terminal.
	lockTimeout = 500 * time.Millisecond
	// checkLimit is the largest file whose every page is checked when it is
	// opened: so much takes a fraction of a second. Larger files are for Check.
	checkLimit = 64 << 20
)

// Why a file is not opened.
var (
	// ErrInUse says that another process has the file open.
	ErrInUse = errors.New("somebody else has it open")
	// ErrForeign says that the file is not a record of Samsvar.
	ErrForeign = errors.New("it is not a record of Samsvar")
	// ErrDamaged says that the file cannot be read as it should.
	ErrDamaged = errors.New("it is damaged")
)

// errClosed says that the store was closed meanwhile.
var errClosed = errors.New("the record is closed")

type engine struct {
	db      *bolt.DB
	writers writers
	// committed is called after each commit, with the transaction that ended.
	committed func(*txn)
}

// openEngine opens the file for reading and writing, and makes it when it is
// not there. look sees an existing file first, read-only: what it or bbolt
// refuses stays untouched.
func openEngine(path string, look func(*txn) error) (*engine, error) {
	size, err := sizeOf(path)
	if err != nil {
		return nil, err
	}
	if size > 0 {
		if err := lookAt(path, size, look); err != nil {
			return nil, err
		}
	}
	db, err := openBolt(path, bolt.Options{})
	if err != nil {
		return nil, err
	}
	return &engine{db: db, committed: func(*txn) {}}, nil
}

// sizeOf returns the file's size, 0 when there is none.
func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%w: it is not a regular file", ErrForeign)
	}
	return info.Size(), nil
}

func openBolt(path string, o bolt.Options) (db *bolt.DB, err error) {
	o.Timeout, o.FreelistType, o.NoStatistics = lockTimeout, bolt.FreelistMapType, true
	err = guard(func() error {
		db, err = bolt.Open(path, fileMode, &o)
		return err
	})
	var panicked *panicError
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%w, perhaps a samsvar that runs already or a tool that reads the file; stop that one first", ErrInUse)
	case errors.As(err, &panicked), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrInvalid):
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return db, err
}

// lookAt opens the file read-only, checks it and lets look see it.
func lookAt(path string, size int64, look func(*txn) error) error {
	if err := checkMeta(path); err != nil {
		return err
	}
	db, err := openBolt(path, bolt.Options{ReadOnly: true}) // from here on nobody writes
	if err != nil {
		return err
	}
	defer db.Close() // read-only: there is nothing to lose
	full := size <= checkLimit
	if err := checkPages(path, full); err != nil {
		return err
	}
	e := &engine{db: db}
	return e.view(context.Background(), func(t *txn) error {
		if full {
			if err := checkTree(t.tx); err != nil {
				return err
			}
		}
		return look(t)
	})
}

// checkTree lets bbolt check all its pages: their order, and that each is
// either used or free. It trusts what checkPages has to check first.
func checkTree(tx *bolt.Tx) error {
	var problems []error
	for err := range tx.Check() {
		if len(problems) < 10 {
			problems = append(problems, err)
		}
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

func (e *engine) close() error { return e.db.Close() }

// check checks the pages of the open file. It holds off writers, because
// bbolt reads the list of free pages that they change.
func (e *engine) check() error {
	tx, err := e.begin(true)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := checkPages(e.db.Path(), true); err != nil {
		return err
	}
	return checkTree(tx)
}

func (e *engine) begin(writable bool) (*bolt.Tx, error) {
	tx, err := e.db.Begin(writable)
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return nil, errClosed
	}
	return tx, err
}

// view runs fn on one consistent moment.
func (e *engine) view(ctx context.Context, fn func(*txn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx, err := e.begin(false)
	if err != nil {
		return err
	}
	t := &txn{tx: tx}
	defer func() {
		t.tx = nil
		_ = tx.Rollback() // ends the reading; there is nothing to take back
	}()
	return guard(func() error { return fn(t) })
}

// inTransaction lets run write and commits, unless it returns an error or
// wrote nothing.
func (e *engine) inTransaction(run func(*txn) error) error {
	tx, err := e.begin(true)
	if err != nil {
		return err
	}
	t := &txn{tx: tx}
	defer func() {
		t.tx = nil
		_ = guard(tx.Rollback) // says that it is closed when it was committed
	}()
	if err := run(t); err != nil || !t.wrote {
		return err
	}
	if err := guard(tx.Commit); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	e.committed(t)
	return nil
}

// txn is a transaction over buckets of ordered keys. What get and walk return
// is valid until the transaction ends. Writing fails by leaving an error
// behind: whoever ends the transaction looks at it once.
type txn struct {
	tx     *bolt.Tx
	undo   []entry // what attempt takes back, oldest first
	err    error
	wrote  bool
	queued bool // notices were queued
}

// entry is what stands under a key; a nil value is nothing.
type entry struct {
	bucket bucket
	key    []byte
	value  []byte
}

func (t *txn) bucket(b bucket) *bolt.Bucket {
	if t == nil || t.tx == nil {
		panic("the record is used outside its transaction")
	}
	return t.tx.Bucket([]byte(b))
}

// get returns the value, nil when there is none.
func (t *txn) get(b bucket, k []byte) []byte {
	in := t.bucket(b)
	if in == nil {
		return nil
	}
	return in.Get(k)
}

// put writes a value, which must not be changed afterwards.
func (t *txn) put(b bucket, k, value []byte) {
	t.undo = append(t.undo, entry{b, slices.Clone(k), bytes.Clone(t.get(b, k))})
	if value == nil {
		value = []byte{}
	}
	t.fail(t.write(entry{b, k, value}))
}

// delete removes a key; one that is not there is no error.
func (t *txn) delete(b bucket, k []byte) {
	if old := t.get(b, k); old != nil {
		t.undo = append(t.undo, entry{b, slices.Clone(k), bytes.Clone(old)})
		t.fail(t.write(entry{b, k, nil}))
	}
}

func (t *txn) write(w entry) error {
	in := t.bucket(w.bucket)
	switch {
	case in == nil:
		return fmt.Errorf("bucket %s: %w", w.bucket, bolterrors.ErrBucketNotFound)
	case w.value == nil:
		return in.Delete(w.key)
	}
	if err := in.Put(w.key, w.value); err != nil {
		return fmt.Errorf("bucket %s: %w", w.bucket, err)
	}
	return nil
}

func (t *txn) fail(err error) {
	if t.err == nil {
		t.err = err
	}
}

// makeBuckets makes the buckets that are not there yet.
func (t *txn) makeBuckets(names []bucket) {
	for _, b := range names {
		_, err := t.tx.CreateBucketIfNotExists([]byte(b))
		t.fail(err)
	}
}

// empty says whether there is no bucket at all: the file is new.
func (t *txn) empty() bool {
	k, _ := t.tx.Cursor().First()
	return k == nil
}

// walk goes through the keys of a span in order. The bucket must not be
// written to meanwhile.
func (t *txn) walk(b bucket, s span) iter.Seq2[[]byte, []byte] {
	return func(yield func(k, v []byte) bool) {
		in := t.bucket(b)
		if in == nil {
			return
		}
		c := in.Cursor()
		for k, v := c.Seek(s.from); k != nil && (s.to == nil || bytes.Compare(k, s.to) < 0); k, v = c.Next() {
			if !yield(k, v) {
				return
			}
		}
	}
}

// attempt runs fn all or nothing: after an error or a panic the transaction
// is as it was, and others can still use it. broken says that it could not be
// restored.
func (t *txn) attempt(fn func(*txn) error) (err, broken error) {
	t.undo, t.err = nil, nil
	err = guard(func() error { return fn(t) })
	if err == nil {
		err = t.err
	}
	if err == nil {
		t.wrote = t.wrote || len(t.undo) > 0
		return nil, nil
	}
	for _, w := range slices.Backward(t.undo) {
		if broken := t.write(w); broken != nil {
			return err, broken
		}
	}
	return err, nil
}
