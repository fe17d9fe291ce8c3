package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// crash closes the file as the end of the process does.
func crash(t *testing.T, s *Store) {
	t.Helper()
	ok(t, s.engine.db.Close())
}

// large makes a file of which not every page is read when it is opened as it
// was closed.
func large(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s := must(Open(path, Options{}))
	s.engine.db.NoSync = true
	fill(t, s)
	for from := hiring.CandidateID(100); sizeAt(t, path) <= checkLimit; from += 5000 {
		var c hiring.Change
		for id := range hiring.CandidateID(5000) {
			c.Candidates = append(c.Candidates, testCandidate(from+id, 1, hiring.StageScreen, interview))
		}
		change(t, s, c)
	}
	ok(t, s.Close())
	return path
}

func sizeAt(t *testing.T, path string) int64 {
	t.Helper()
	return must(os.Stat(path)).Size()
}

// damageLeaf turns a bit in a value that stands deep in the file.
func damageLeaf(t *testing.T, path string) {
	t.Helper()
	file := must(os.ReadFile(path))
	at := bytes.Index(file, []byte(`"source":"referral"`))
	f := must(os.OpenFile(path, os.O_RDWR, 0))
	defer f.Close()
	for ; at >= 0; at = nextIndex(file, at) { // one of them is in use; the others may be free
		must(f.WriteAt([]byte("X"), int64(at)+10))
	}
}

func nextIndex(file []byte, at int) int {
	next := bytes.Index(file[at+1:], []byte(`"source":"referral"`))
	if next < 0 {
		return next
	}
	return at + 1 + next
}

func TestLargeFilesAreCheckedUnlessTheyAreAsTheyWereClosed(t *testing.T) {
	path := large(t)
	file, closed := must(os.ReadFile(path)), must(os.Stat(path)).ModTime()
	tests := []struct {
		it      string
		change  func(t *testing.T)
		refused bool
	}{
		{"as it was closed", func(*testing.T) {}, false},
		{"as it was closed, twice", func(t *testing.T) { ok(t, must(Open(path, Options{})).Close()) }, false},
		{"damaged", func(t *testing.T) { damageLeaf(t, path) }, true},
		{"damaged by the disk itself", func(t *testing.T) {
			damageLeaf(t, path)
			ok(t, os.Chtimes(path, time.Time{}, closed))
		}, false},
		{"written to, killed, and damaged", func(t *testing.T) {
			s := must(Open(path, Options{}))
			ok(t, s.Ran(t.Context(), "sweep", monday))
			crash(t, s)
			damageLeaf(t, path)
			ok(t, os.Chtimes(path, time.Time{}, closed)) // a crash of the machine may lose a time of change
		}, true},
		{"copied by hand, written to, killed, and damaged", func(t *testing.T) {
			ok(t, os.Chtimes(path, time.Time{}, closed.Add(time.Hour))) // the note is old before anybody writes
			s := must(Open(path, Options{}))
			ok(t, s.Ran(t.Context(), "sweep", monday))
			crash(t, s)
			damageLeaf(t, path)
			ok(t, os.Chtimes(path, time.Time{}, closed))
		}, true},
		{"only read, killed, and damaged", func(t *testing.T) {
			crash(t, must(Open(path, Options{})))
			damageLeaf(t, path)
		}, true},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			ok(t, os.WriteFile(path, file, 0o600))
			ok(t, os.Chtimes(path, time.Time{}, closed))
			tt.change(t)
			if tt.refused {
				refused(t, path, ErrDamaged, "do not add up", "samsvar restore")
				return
			}
			s := must(Open(path, Options{}))
			defer s.Close()
			damaged := strings.Contains(tt.it, "damaged")
			if err := s.Check(t.Context()); errors.Is(err, ErrDamaged) != damaged {
				t.Errorf("Check says %v", err)
			}
		})
	}
	refused(t, path, ErrDamaged) // what Check found damaged is not closed as if it were whole
}

// TestLargeFilesNeverEndTheProcess scribbles over a file that is not checked
// in full, behind its back, and uses it.
func TestLargeFilesNeverEndTheProcess(t *testing.T) {
	path := large(t)
	file, closed := must(os.ReadFile(path)), must(os.Stat(path)).ModTime()
	random, opened, unclear := rand.New(rand.NewPCG(7, 8)), 0, 0
	for i := range 30 {
		path := fmt.Sprint(path, i) // the last one may still be held
		ok(t, os.WriteFile(path, scribble(random, bytes.Clone(file)), 0o600))
		ok(t, os.Chtimes(path, time.Time{}, closed))
		s, err := Open(path, Options{})
		if err != nil {
			continue
		}
		opened++
		_ = readAll(s)
		_ = s.Change(t.Context(), "", monday, func(r hiring.Record) (hiring.Change, error) {
			c, err := r.Candidate(7)
			return hiring.Change{Candidates: []hiring.Candidate{c}}, err
		})
		if err := s.Check(context.Background()); err != nil && !errors.Is(err, ErrDamaged) {
			unclear++
			t.Error(err)
		}
		go func() { _ = s.engine.db.Close() }() // it waits for whoever reads, perhaps for ever
	}
	t.Logf("%d of 30 opened", opened)
}

// TestCheckWhileOthersWrite has the file outgrow its map again and again
// meanwhile: whoever writes then waits for those who read.
func TestCheckWhileOthersWrite(t *testing.T) {
	s := openTest(t)
	fill(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		for i := 0; ctx.Err() == nil; i++ {
			if err := s.Ran(context.Background(), fmt.Sprintf("job %d %2000d", i, i), monday); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for range 50 {
		ok(t, s.Check(t.Context()))
	}
	cancel()
	ok(t, <-done)
	if err := s.Check(ctx); !errors.Is(err, context.Canceled) || errors.Is(err, ErrDamaged) {
		t.Errorf("a check that was called off says %v", err)
	}
}

// TestDamageWhileOpen has somebody write to the file of a running process.
func TestDamageWhileOpen(t *testing.T) {
	tests := []struct {
		it     string
		damage func(t *testing.T, path string)
	}{
		{"it is emptied", func(t *testing.T, path string) { ok(t, os.Truncate(path, 0)) }},
		{"it is cut in half", func(t *testing.T, path string) { ok(t, os.Truncate(path, 20*4096)) }},
		{"pages are overwritten", func(t *testing.T, path string) {
			f := must(os.OpenFile(path, os.O_RDWR, 0))
			defer f.Close()
			must(f.WriteAt(bytes.Repeat([]byte("x"), int(sizeAt(t, path))-8192), 8192))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			path := written(t)
			s := must(Open(path, Options{}))
			tt.damage(t, path)
			if err := readAll(s); !errors.Is(err, ErrDamaged) || strings.Contains(err.Error(), "goroutine") {
				t.Errorf("reading says %v", err)
			}
			select {
			case <-s.Doubts():
			default:
				t.Error("nobody hears of it")
			}
			if err := s.Ran(t.Context(), "sweep", monday); err != nil && strings.Contains(err.Error(), "goroutine") {
				t.Errorf("writing says %v", err)
			}
			if err := s.Check(t.Context()); !errors.Is(err, ErrDamaged) {
				t.Errorf("Check says %v", err)
			}
			ok(t, s.Close())
			if _, err := Open(path, Options{}); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrInUse) {
				t.Errorf("Open says %v", err)
			}
		})
	}
}

// TestAPanicIsNoDamage holds that a mistake of ours is not blamed on the file.
func TestAPanicIsNoDamage(t *testing.T) {
	s := openTest(t)
	var nobody *hiring.Role
	for _, reason := range []func(){func() { panic("oops") }, func() { nobody.Status = hiring.Open }, func() { _ = []int{}[len(s.Doubts())] }} {
		err := s.View(t.Context(), func(hiring.Record) error { reason(); return nil })
		if err == nil || errors.Is(err, ErrDamaged) || len(s.Doubts()) > 0 {
			t.Errorf("got %v", err)
		}
	}
}

// TestCheckAcceptsWhatIsWritten has trees grow and shrink at random.
func TestCheckAcceptsWhatIsWritten(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "samsvar.db"), Options{})
	s.engine.db.NoSync = true
	random := rand.New(rand.NewPCG(7, 8))
	for round := range 120 {
		many, share := 1+random.IntN(400), random.Float64()
		ok(t, s.engine.update(t.Context(), func(t *txn) error {
			from := random.Uint64N(5000)
			for range many {
				k := key{}.num(from + random.Uint64N(1000))
				if random.Float64() < share {
					t.put(inCandidate, k, bytes.Repeat([]byte("x"), random.IntN(random.IntN(3000)+1)))
				} else {
					t.delete(inCandidate, k)
				}
			}
			return nil
		}))
		if err := s.Check(t.Context()); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
	}
}
