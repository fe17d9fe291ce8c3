package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

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
// left as it is, or everything in it is as it was written and can be written
// again.
func (s sample) try(t *testing.T, how string, file []byte) (refused bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samsvar.db")
	ok(t, os.WriteFile(path, file, 0o600))
	opened, err := Open(path, Options{})
	if err != nil {
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) {
			t.Fatalf("%s: the reason is not clear: %v", how, err)
		}
		if !strings.Contains(err.Error(), "samsvar restore") {
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
	if err := writeAnew(opened, s.want); err != nil {
		t.Fatalf("%s: it was opened and cannot be written to: %v", how, err)
	}
	return false
}

// writeAnew writes a record of each leaf again and checks what becomes of it.
func writeAnew(s *Store, all map[string][]entry) error {
	s.engine.db.NoSync = true
	err := s.engine.update(context.Background(), func(t *txn) error {
		for _, records := range all {
			for i := 0; i < len(records); i += 10 {
				t.put(records[i].bucket, records[i].key, records[i].value)
			}
		}
		return nil
	})
	return cmp.Or(err, s.Check(context.Background()))
}

// TestOpenFindsFlippedBitsOfBranches turns bits in pages that lead to others.
func TestOpenFindsFlippedBitsOfBranches(t *testing.T) {
	s, tried, found := newSample(t), 0, 0
	for at := 2 * 4096; at < len(s.file); at += 4096 {
		page := s.file[at : at+4096]
		if native.Uint16(page[8:]) != branchPage {
			continue
		}
		used := pageHeader
		for i := range int(native.Uint16(page[10:])) {
			element := page[pageHeader+i*pageElement:]
			used = max(used, pageHeader+i*pageElement+int(native.Uint32(element))+int(native.Uint32(element[4:])))
		}
		for i := 0; i < used; i += 3 {
			file := bytes.Clone(s.file)
			file[at+i] ^= 1 << (i % 8)
			tried++
			if s.try(t, fmt.Sprintf("byte %d", at+i), file) {
				found++
			}
		}
	}
	t.Logf("%d of %d refused, the others matter to nobody", found, tried)
	if found < 100 {
		t.Error("too few: the test tests nothing")
	}
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

// TestOpenFindsWhatSaysThatItIsNotOurs has a bit turn in the words that say what
// the file is.
func TestOpenFindsWhatSaysThatItIsNotOurs(t *testing.T) {
	s := newSample(t)
	for word, want := range map[string]error{"formatsamsvar": ErrDamaged, "version" + fmt.Sprint(len(migrations)): ErrDamaged} {
		file, turned := bytes.Clone(s.file), 0
		for at := bytes.Index(file, []byte(word)); at >= 0; at = bytes.Index(file, []byte(word)) { // also where it is free
			file[at+len(word)-1] ^= 2
			turned++
		}
		path := filepath.Join(t.TempDir(), "samsvar.db")
		ok(t, os.WriteFile(path, file, 0o600))
		if turned == 0 {
			t.Errorf("%s does not stand in the file", word)
		}
		refused(t, path, want, "samsvar restore")
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
		_, err := Restore(t.Context(), path, restored, false, monday)
		ok(t, err)
		openAt(t, restored, Options{})
	}
}
