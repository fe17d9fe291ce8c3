package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// This is the only file that knows bbolt, beside pages.go, which reads a file
// without it. The rest of the package is written on txn, a transaction over
// ordered keys, so that another engine with such transactions can stand
// behind it.

const (
	fileMode = 0o600
	// lockTimeout is how long an open waits for another process: long enough
	// for one that is just closing, short enough for a person at a terminal.
	lockTimeout = 500 * time.Millisecond
	// headroom is by how many bytes a large file can grow before a writer has
	// to wait for whoever reads for long, such as a backup, and everybody else
	// for that writer. It is address space only. bbolt lets files grow in steps
	// of largeFile once mapped so. Where there is no headroom, nobody reads for
	// long: files are copied into memory first, up to heldFile, which one that
	// was small when it was opened hardly ever outgrows.
	headroom  = 1 << 30
	largeFile = 16 << 20
	heldFile  = 64 << 20
)

// errClosed says that the store was closed meanwhile.
var errClosed = errors.New("the record is closed")

type engine struct {
	db      *bolt.DB
	file    *os.File // the one that db has open
	made    bool     // by opening it
	roomy   bool     // it is mapped with headroom
	writers writers
	memory  *memory // that the last transaction left; the writers' own
	// committed is called after each commit, with the transaction that ended.
	committed func(*txn)
	// counted is told of each commit: its writers, its records, its error.
	counted func(writers, records int, err error)

	note    note        // in the file; the writers' own
	newest  int         // the transaction committed last, 0 when that is not known; the writers' own
	changed atomic.Bool // the file is not as the last commit left it
	doubted atomic.Bool // something could not be read or written as it should
	doubts  chan error  // gets the first of the reasons then

	// broken is closed when bbolt panicked with its locks held: whoever needs
	// them waits for ever.
	broken    chan struct{}
	breakOnce sync.Once
}

// note is what a file says about when it was closed.
type note int

const (
	oldNote  note = iota // perhaps something that is no longer so
	trueNote             // it is as it was closed then
	noNote
)

// openBolt opens a file that is there.
func openBolt(path string, readOnly bool) (*engine, error) {
	e := &engine{committed: func(*txn) {}, counted: func(int, int, error) {}, doubts: make(chan error, 1), broken: make(chan struct{})}
	o := &bolt.Options{
		Timeout: lockTimeout, FreelistType: bolt.FreelistMapType, NoStatistics: true, ReadOnly: readOnly,
		OpenFile: func(name string, flag int, mode os.FileMode) (file *os.File, err error) {
			e.file, err = os.OpenFile(name, flag&^os.O_CREATE, mode)
			return e.file, err
		},
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	// Windows makes the file as large as the map; other systems may lack the addresses.
	if !readOnly && info.Size() >= largeFile && runtime.GOOS != "windows" && math.MaxInt > 1<<32 {
		e.roomy, o.InitialMmapSize = true, int(info.Size())+headroom
	}
	err = guard(func() (err error) {
		e.db, err = bolt.Open(path, fileMode, o)
		return err
	})
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%w, perhaps a samsvar that runs already or a tool that reads the file; stop that one first", ErrInUse)
	case errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrInvalid):
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case err != nil:
		return nil, err
	}
	if !e.current() {
		_ = e.db.Close() // nothing was written
		return nil, fmt.Errorf("%w: it was replaced just now; try again", ErrInUse)
	}
	return e, nil
}

func (e *engine) close() error {
	if !e.doubted.Load() && !e.moved() {
		e.seal()
	}
	if e.isBroken() {
		return nil // the end of the process closes it
	}
	return e.db.Close()
}

func (e *engine) begin(writable bool) (tx *bolt.Tx, err error) {
	err = e.unlessBroken(func() (err error) {
		tx, err = e.db.Begin(writable)
		return err
	})
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		err = errClosed
	}
	return tx, err
}

// end ends a transaction, unless it was committed.
func (e *engine) end(tx *bolt.Tx) {
	_ = e.unlessBroken(tx.Rollback) // it says when the transaction has ended already
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
	t := &txn{tx: tx, names: make(names)}
	defer func() {
		t.tx = nil
		e.end(tx)
	}()
	return e.doubt(guard(func() error { return fn(t) }))
}

// inTransaction lets run write and commits, unless it returns an error or
// wrote nothing.
func (e *engine) inTransaction(run func(*txn) error) error {
	tx, err := e.begin(true)
	if err != nil {
		return err
	}
	e.compare(tx.ID())
	t := &txn{tx: tx, names: make(names), memory: e.memory, note: noNote}
	if t.memory == nil {
		t.memory = newMemory()
	}
	e.memory = nil // unless this one succeeds
	defer func() {
		t.tx = nil
		e.end(tx)
	}()
	if e.note != noNote {
		if err, _ := t.attempt(unseal); err != nil {
			return e.doubt(err)
		}
		t.wrote, t.writers, t.records = false, 0, 0 // that alone is nothing to commit
	}
	if err := run(t); err != nil {
		return err
	}
	if !t.wrote {
		e.memory = t.memory
		return nil
	}
	if err := guard(func() error { return cmp.Or(t.writeCounters(), t.writeNumbers()) }); err != nil {
		return e.doubt(err)
	}
	err = e.doubt(e.commit(tx.ID(), tx.Commit))
	e.counted(t.writers, t.records, err)
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	e.note, e.memory = t.note, t.memory
	e.committed(t)
	return nil
}

// txn is a transaction over buckets of ordered keys. What get and walk return
// is valid until the transaction ends. Writing fails by leaving an error
// behind: whoever ends the transaction looks at it once.
type txn struct {
	tx      *bolt.Tx
	opened  map[bucket]opened // those asked for
	names   names             // in the keys read
	undo    []entry           // what attempt takes back, oldest first
	err     error
	*memory // nil when nothing can be written
	wrote   bool
	queued  bool // notices were queued
	note    note // that the file has afterwards
	// writers and records are how many wrote, and how much.
	writers, records int
}

// entry is what stands under a key; a nil value is nothing.
type entry struct {
	bucket bucket
	key    []byte
	value  []byte
}

// opened is a bucket in a transaction, and the cursor that finds keys in it: one
// for each key would be garbage at once.
type opened struct {
	*bolt.Bucket
	cursor *bolt.Cursor
}

// bucket returns a bucket; its Bucket is nil when there is none.
func (t *txn) bucket(b bucket) opened {
	if t == nil || t.tx == nil {
		panic("the record is used outside its transaction")
	}
	if in, known := t.opened[b]; known {
		return in
	}
	in := t.tx.Bucket([]byte(b))
	if in == nil {
		return opened{}
	}
	if t.opened == nil {
		t.opened = make(map[bucket]opened)
	}
	if b.growsAtItsEnd() {
		in.FillPercent = 1 // half, as bbolt leaves pages that it splits, would stay half
	}
	o := opened{in, in.Cursor()}
	t.opened[b] = o
	return o
}

// get returns the value, nil when there is none.
func (t *txn) get(b bucket, k []byte) []byte {
	in := t.bucket(b)
	if in.Bucket == nil {
		return nil
	}
	if found, value := in.cursor.Seek(k); bytes.Equal(found, k) {
		return value
	}
	return nil
}

// put writes a value, which must not be changed afterwards.
func (t *txn) put(b bucket, k, value []byte) {
	if value == nil {
		value = []byte{}
	}
	t.set(entry{b, k, value})
}

// delete removes a key; one that is not there is no error.
func (t *txn) delete(b bucket, k []byte) { t.set(entry{b, k, nil}) }

func (t *txn) set(w entry) {
	old, err := t.write(w.bucket, w.key, func([]byte) []byte { return w.value })
	if old != nil || w.value != nil {
		t.undo = append(t.undo, entry{w.bucket, slices.Clone(w.key), old})
	}
	t.fail(err)
}

// write replaces what stands under a key with what next makes of it, and
// returns what stood there. It keeps the sum of the bucket's records, where
// bbolt has a bucket's sequence, which is written with the bucket anyway.
func (t *txn) write(b bucket, k []byte, next func(old []byte) []byte) (old []byte, err error) {
	in := t.bucket(b)
	if in.Bucket == nil {
		if next(nil) == nil { // a file that is still empty
			return nil, nil
		}
		return nil, fmt.Errorf("bucket %s: %w", b, bolterrors.ErrBucketNotFound)
	}
	sum := in.Sequence()
	found, value := in.cursor.Seek(k)
	if bytes.Equal(found, k) {
		old = value
		sum -= sumOf(k, old)
	}
	value = next(old)
	switch {
	case value != nil:
		sum += sumOf(k, value)
		err = in.Put(k, value)
	case old != nil:
		err = in.cursor.Delete()
	}
	if err == nil {
		err = in.SetSequence(sum)
	}
	t.forget(b, k)
	if err != nil {
		return old, fmt.Errorf("bucket %s: %w", b, err)
	}
	return old, nil
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

// snapshot returns what copies the file as this transaction sees it.
func (t *txn) snapshot() Snapshot {
	return Snapshot{Size: t.tx.Size(), Sum: t.sum(), WriterTo: t.tx}
}

// sum adds up what the buckets say that their records add up to.
func (t *txn) sum() (total uint64) {
	c := t.tx.Cursor()
	for name, _ := c.First(); name != nil; name, _ = c.Next() {
		total += t.tx.Bucket(name).Sequence()
	}
	return total
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
		if in.Bucket == nil {
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
