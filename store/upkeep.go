package store

import (
	"context"
	"fmt"
	"time"
)

// OnceKept is how long the name of an act is remembered. Slack repeats a
// delivery within an hour; the longest period of a job is a week.
const OnceKept = 30 * 24 * time.Hour

// pruneBatch bounds how many marks one transaction drops, so that other
// writers never wait long.
const pruneBatch = 1000

// markOnce notes that an act was carried out, and what it said. Versions that
// do not know the latter look at nothing but whether the mark is there.
func markOnce(t *txn, name string, now time.Time, said string) {
	t.put(inOnce, onceKey(name), append(key{}.at(now), said...))
	t.put(inOnceByTime, onceByTimeKey(now, name), nil)
}

// CarriedOut returns whether the act of a name was carried out, and what it
// said; see [hiring.Change].
func (r *record) CarriedOut(act string) (said string, done bool) {
	mark := r.t.get(inOnce, onceKey(act))
	_, rest := cutTime(mark)
	return string(rest), mark != nil
}

// Prune forgets the names of acts older than [OnceKept] and returns how many
// they were.
func (s *Store) Prune(ctx context.Context, now time.Time) (int, error) {
	total := 0
	for {
		n := 0
		err := s.engine.update(ctx, func(t *txn) error {
			n = pruneOnce(t, now.Add(-OnceKept))
			return nil
		})
		if err != nil || n == 0 {
			return total, err
		}
		total += n
	}
}

func pruneOnce(t *txn, before time.Time) int {
	var old [][]byte
	for k := range t.walk(inOnceByTime, span{to: key{}.at(before)}) {
		if old = append(old, k); len(old) == pruneBatch {
			break
		}
	}
	for _, k := range old {
		_, rest := cutTime(k)
		name, _ := cutText(rest)
		t.delete(inOnce, onceKey(name))
		t.delete(inOnceByTime, k)
	}
	return len(old)
}

// InPlace returns [ErrMoved] when what is written goes into a file that no
// longer has the record's name. It looks at the name alone.
func (s *Store) InPlace() error {
	if s.engine.moved() {
		return fmt.Errorf("the record %s: %w", s.engine.db.Path(), ErrMoved)
	}
	return nil
}

// Removed says whether the file that is open has no name any more, so that
// closing it ends what it holds. It is false where the system does not tell.
func (s *Store) Removed() bool {
	info, err := s.engine.file.Stat()
	return err == nil && hasNoName(info)
}

// Check reads the whole file as it is at this moment and returns what is wrong
// with it, wrapping [ErrDamaged], or [ErrChanged] when it is whole and nothing
// can be written to it for that. Others may read and write meanwhile.
func (s *Store) Check(ctx context.Context) error {
	if err := s.engine.check(ctx); err != nil {
		return fmt.Errorf("check the record %s: %w", s.engine.db.Path(), helpful(err))
	}
	return nil
}

// Doubts returns a channel that gets the reason when something could not be read
// or written as it should, so that the file is worth a Check. It holds one.
func (s *Store) Doubts() <-chan error { return s.engine.doubts }

// LastRun returns when a job last ran; false when it never did.
func (s *Store) LastRun(ctx context.Context, job string) (at time.Time, ran bool, err error) {
	err = s.engine.view(ctx, func(t *txn) error {
		if v := t.get(inRun, runKey(job)); v != nil {
			at, _ = cutTime(v)
			ran = true
		}
		return nil
	})
	return at, ran, err
}

// Ran notes that a job ran. What a job changes can note it, too, as
// [hiring.Change.Ran].
func (s *Store) Ran(ctx context.Context, job string, at time.Time) error {
	return s.engine.update(ctx, func(t *txn) error {
		t.put(inRun, runKey(job), key{}.at(at))
		return nil
	})
}
