package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// holding returns what a store holds, beside the mark of when it was closed.
func holding(t testing.TB, s *Store) map[string][]entry {
	t.Helper()
	all := contents(t, s)
	var meta []entry
	for _, e := range all[string(inMeta)] {
		if string(e.key) != string(metaClosed) {
			meta = append(meta, e)
		}
	}
	all[string(inMeta)] = meta
	return all
}

// sample is a file, closed, and what it holds.
type sample struct {
	file []byte
	want map[string][]entry
}

func newSample(t *testing.T) sample {
	t.Helper()
	path := written(t)
	file := must(os.ReadFile(path))
	return sample{file, holding(t, openAt(t, path, Options{}))}
}

// try opens a file made from the sample: it is refused for a clear reason and
// left as it is, or everything in it is as it was written.
func (s sample) try(t *testing.T, how string, file []byte) (refused bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samsvar.db")
	ok(t, os.WriteFile(path, file, 0o600))
	opened, err := Open(path, Options{})
	if err != nil {
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("%s: the reason is not clear: %v", how, err)
		}
		if errors.Is(err, ErrDamaged) && !strings.Contains(err.Error(), "samsvar restore") {
			t.Fatalf("%s: no way back: %v", how, err)
		}
		if !bytes.Equal(file, must(os.ReadFile(path))) {
			t.Fatalf("%s: the file was changed", how)
		}
		return true
	}
	defer opened.engine.db.Close() // without the syncs of Close
	if got := holding(t, opened); !reflect.DeepEqual(got, s.want) {
		t.Fatalf("%s: it was opened and does not hold what was written", how)
	}
	return false
}

func TestOpenFindsFlippedBits(t *testing.T) {
	s, random, found := newSample(t), rand.New(rand.NewPCG(1, 2)), 0
	for range 1500 {
		file, at, bit := bytes.Clone(s.file), random.IntN(len(s.file)), random.IntN(8)
		file[at] ^= 1 << bit
		if s.try(t, fmt.Sprintf("bit %d of byte %d", bit, at), file) {
			found++
		}
	}
	t.Logf("%d of 1500 refused, the others matter to nobody", found)
	if found < 300 {
		t.Error("too few: the test tests nothing")
	}
}

// TestOpenFindsFlippedBytesOfHeaders goes through both headers byte by byte.
func TestOpenFindsFlippedBytesOfHeaders(t *testing.T) {
	s := newSample(t)
	for page := range 2 {
		for at := range pageHeader + metaSize {
			file := bytes.Clone(s.file)
			file[page*4096+at] ^= 0xff
			s.try(t, fmt.Sprintf("byte %d of header %d", at, page), file)
		}
	}
	file := bytes.Clone(s.file)
	file[20], file[4096+20] = 1, 1
	if !s.try(t, "both headers", file) {
		t.Error("a file without a header was opened")
	}
}

func TestOpenFindsWhatIsCutShort(t *testing.T) {
	s, random := newSample(t), rand.New(rand.NewPCG(3, 4))
	for size := 0; size < len(s.file); size += 1 + random.IntN(4096) {
		s.try(t, fmt.Sprintf("%d bytes", size), s.file[:size])
	}
	for pages := range len(s.file) / 4096 {
		s.try(t, fmt.Sprintf("%d pages", pages), s.file[:pages*4096])
	}
}

// TestOpenFindsHalfWrittenPages has pages, or sectors of them, as they were
// before the last changes, zero, or another page's, as a disk leaves them that
// says a write is done before it is.
func TestOpenFindsHalfWrittenPages(t *testing.T) {
	path := written(t)
	before := must(os.ReadFile(path))
	opened := must(Open(path, Options{}))
	for id := range hiring.CandidateID(60) {
		ok(t, opened.Change(t.Context(), "", monday, func(r hiring.Record) (hiring.Change, error) {
			c, err := r.Candidate(id + 1)
			c.Reason = strings.Repeat("x", len(c.Reason)) // so that pages are as large as before
			return hiring.Change{Candidates: []hiring.Candidate{c}}, err
		}))
	}
	ok(t, opened.Close())
	file := must(os.ReadFile(path))
	s := sample{file, holding(t, openAt(t, path, Options{}))}
	random, found, tried := rand.New(rand.NewPCG(5, 6)), 0, 0
	for page := 2; page < len(before)/4096; page++ {
		at := page * 4096
		for name, source := range map[string][]byte{
			"old": before[at : at+4096], "zero": make([]byte, 4096), "another": file[random.IntN(len(file)/4096)*4096:][:4096],
		} {
			for _, sectors := range [][2]int{{0, 8}, {0, 4}, {4, 8}, {random.IntN(4), 5 + random.IntN(4)}} {
				damaged := bytes.Clone(file)
				copy(damaged[at+sectors[0]*512:at+sectors[1]*512], source[sectors[0]*512:])
				if bytes.Equal(damaged, file) {
					continue
				}
				tried++
				if s.try(t, fmt.Sprintf("sectors %v of page %d are %s", sectors, page, name), damaged) {
					found++
				}
			}
		}
	}
	t.Logf("%d of %d refused, the others matter to nobody", found, tried)
	if found < tried/4 {
		t.Error("too few: the test tests nothing")
	}
}

// TestOpenRefusesALostChange has a file lose either header: the change that it
// led to was perhaps acknowledged. What is left can be restored.
func TestOpenRefusesALostChange(t *testing.T) {
	path := written(t)
	s := must(Open(path, Options{}))
	ok(t, s.Ran(t.Context(), "sweep", monday))
	crash(t, s)
	file := must(os.ReadFile(path))
	for page := range 2 {
		damaged := bytes.Clone(file)
		damaged[page*4096+60] ^= 1
		ok(t, os.WriteFile(path, damaged, 0o600))
		refused(t, path, ErrDamaged, "one of its two headers")
		restored := filepath.Join(t.TempDir(), "restored.db")
		_, _, err := Restore(t.Context(), path, restored, false, monday)
		ok(t, err)
		openAt(t, restored, Options{})
	}
}

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

func TestCheckWhileOthersWrite(t *testing.T) {
	s := openTest(t)
	fill(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		for i := 0; ctx.Err() == nil; i++ {
			if err := s.Ran(context.Background(), fmt.Sprint("job ", i%500), monday); err != nil {
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
			if err := readAll(s); !errors.Is(err, ErrDamaged) {
				t.Errorf("reading says %v", err)
			}
			select {
			case <-s.Doubts():
			default:
				t.Error("nobody hears of it")
			}
			_ = s.Ran(t.Context(), "sweep", monday)
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
