package store

import (
	"bytes"
	"errors"
	"os"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// overwritten opens a record and copies its own backup, which is older, over it;
// the file stays the same. It returns the store and the backup.
func overwritten(t *testing.T) (s *Store, path string, older []byte) {
	t.Helper()
	backup, path, _, _ := backups(t)
	older = must(os.ReadFile(backup))
	s = must(Open(path, Options{}))
	ok(t, s.Ran(t.Context(), "sweep", monday))
	ok(t, os.WriteFile(path, older, fileMode))
	return s, path, older
}

// TestAFileThatIsOverwrittenIsNotWrittenTo while it is open: its pages are not
// where this process thinks.
func TestAFileThatIsOverwrittenIsNotWrittenTo(t *testing.T) {
	s, path, older := overwritten(t)
	for range 2 {
		if err := s.Ran(t.Context(), "sweep", monday); !errors.Is(err, ErrChanged) {
			t.Errorf("writing says %v", err)
		}
	}
	select {
	case cause := <-s.Doubts():
		if !errors.Is(cause, ErrChanged) {
			t.Errorf("the cause is %v", cause)
		}
	default:
		t.Error("nobody hears of it")
	}
	if err := s.Check(t.Context()); !errors.Is(err, ErrChanged) || errors.Is(err, ErrDamaged) {
		t.Errorf("Check says %v", err)
	}
	ok(t, s.Close())
	if !bytes.Equal(must(os.ReadFile(path)), older) {
		t.Error("it was written to")
	}
	openAt(t, path, Options{})
}

// TestCheckSeesThatAFileIsOverwritten although nobody has written since.
func TestCheckSeesThatAFileIsOverwritten(t *testing.T) {
	s, _, _ := overwritten(t)
	if err := s.Check(t.Context()); !errors.Is(err, ErrChanged) {
		t.Errorf("Check says %v", err)
	}
	ok(t, s.Close())
}

// TestACommitThatBboltCannotMake is of a file that is whole, but not what bbolt
// knows, also when bbolt falls once more while it puts things back.
func TestACommitThatBboltCannotMake(t *testing.T) {
	for _, twice := range []bool{false, true} {
		s := must(Open(written(t), Options{}))
		var falls *bolt.Tx
		if err := s.engine.doubt(s.engine.commit(s.engine.newest+1, falls.Commit)); !errors.Is(err, ErrDamaged) {
			t.Fatalf("writing says %v", err)
		}
		if twice {
			_ = s.engine.unlessBroken(falls.Commit)
		}
		if cause := <-s.Doubts(); !errors.Is(cause, ErrDamaged) {
			t.Errorf("the cause is %v", cause)
		}
		if err := s.Check(t.Context()); !errors.Is(err, ErrChanged) || errors.Is(err, ErrDamaged) {
			t.Errorf("Check says %v", err)
		}
		if err := s.Ran(t.Context(), "sweep", monday); err == nil {
			t.Error("it is written to")
		}
		ok(t, s.Close())
	}
}

// TestACommitThatFailsIsNoChange has a commit fail: what comes after it is
// written.
func TestACommitThatFailsIsNoChange(t *testing.T) {
	s := openTest(t)
	full := errors.New("the disk is full")
	ok(t, s.Ran(t.Context(), "sweep", monday))
	if err := s.engine.commit(s.engine.newest+1, func() error { return full }); !errors.Is(err, full) {
		t.Fatal(err)
	}
	ok(t, s.Ran(t.Context(), "sweep", monday))
	ok(t, s.Check(t.Context()))
}
