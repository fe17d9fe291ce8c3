package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// files returns the names of what is in a folder.
func files(t *testing.T, folder string) (names []string) {
	t.Helper()
	for _, e := range must(os.ReadDir(folder)) {
		names = append(names, e.Name())
	}
	return names
}

// saved saves a snapshot of an open store.
func saved(s *Store, to string, spoil func(io.Writer) io.Writer) (c Contents, err error) {
	err2 := s.Snapshot(context.Background(), func(snap Snapshot) error {
		c, err = Save(context.Background(), to, snap.Sum, func(w io.Writer) (int64, error) { return snap.WriteTo(spoil(w)) })
		return err
	})
	return c, err2
}

func asItIs(w io.Writer) io.Writer { return w }

func TestBackupOfAClosedFile(t *testing.T) {
	path := written(t)
	before, to := must(os.ReadFile(path)), filepath.Join(t.TempDir(), "backup.db")
	c, err := Backup(t.Context(), path, to)
	ok(t, err)
	if c.Roles != 2 || c.Candidates != 60 || c.Bytes != sizeAt(t, to) {
		t.Errorf("it is said to hold %+v", c)
	}
	if mode := must(os.Stat(to)).Mode(); mode != 0o600 {
		t.Errorf("mode %v", mode)
	}
	if !bytes.Equal(before, must(os.ReadFile(path))) {
		t.Error("the record was changed")
	}
	want := holding(t, openAt(t, path, Options{}))
	if !reflect.DeepEqual(holding(t, openAt(t, to, Options{})), want) {
		t.Error("the backup holds something else")
	}
}

// TestSaveWhileOthersWrite takes backups of a record that is written to. Each
// is one moment: as many candidates as things owed.
func TestSaveWhileOthersWrite(t *testing.T) {
	s, folder := openTest(t), t.TempDir()
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(1)}})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		for ctx.Err() == nil {
			err := s.Change(context.Background(), "", monday, func(r hiring.Record) (hiring.Change, error) {
				c := testCandidate(r.NextCandidate(), 1)
				return hiring.Change{Candidates: []hiring.Candidate{c}, Owe: []hiring.Owed{testOwed(1, c.ID, expert, monday)}}, nil
			})
			if err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	last := 0
	for i := range 20 {
		to := filepath.Join(folder, fmt.Sprint(i))
		c, err := saved(s, to, asItIs)
		ok(t, err)
		backup := openAt(t, to, Options{})
		view(t, backup, func(r hiring.Record) {
			n, owed := len(must(r.ActiveIn(1))), len(must(r.OwedIn(1)))
			if n != c.Candidates || n != owed || n < last {
				t.Errorf("%d candidates, %d owed, after %d; said to hold %+v", n, owed, last, c)
			}
			last = n
		})
	}
	cancel()
	ok(t, <-done)
}

// TestACopyThatStallsHoldsUpNobody has whoever copies a small record wait, such as
// for a disk that hangs, while the record becomes many times as large. The copy
// is of the moment when it began.
func TestACopyThatStallsHoldsUpNobody(t *testing.T) {
	s, to := openTest(t), filepath.Join(t.TempDir(), "backup.db")
	fill(t, s)
	want := holding(t, s)
	begun, goOn, ended := make(chan bool), make(chan bool), make(chan error, 1)
	go func() {
		_, err := saved(s, to, func(w io.Writer) io.Writer { close(begun); <-goOn; return w })
		ended <- err
	}()
	<-begun
	done := make(chan error, 1)
	go func() {
		var many []hiring.Person
		for i := range 4000 { // of two kilobytes
			many = append(many, hiring.Person{ID: hiring.UserID(fmt.Sprintf("U%d", i)), Name: strings.Repeat("x", 2000)})
		}
		done <- cmp.Or(
			s.Change(context.Background(), "", monday, func(hiring.Record) (hiring.Change, error) { return hiring.Change{People: many}, nil }),
			s.View(context.Background(), func(hiring.Record) error { return nil }))
	}()
	select {
	case err := <-done:
		ok(t, err)
	case <-time.After(20 * time.Second):
		t.Error("nobody can write while a copy stalls")
	}
	close(goOn)
	ok(t, <-ended)
	if !reflect.DeepEqual(holding(t, openAt(t, to, Options{})), want) {
		t.Error("the copy holds something else")
	}
}

// flip turns a bit on its way.
type flip struct {
	io.Writer
	at int
}

func (f *flip) Write(p []byte) (int, error) {
	if f.at >= 0 && f.at < len(p) {
		p = bytes.Clone(p)
		p[f.at] ^= 4
	}
	f.at -= len(p)
	return f.Writer.Write(p)
}

// short takes no more than so many bytes.
type short struct {
	io.Writer
	left int
}

var errFull = errors.New("the disk is full")

func (s *short) Write(p []byte) (int, error) {
	if s.left -= len(p); s.left < 0 {
		return 0, errFull
	}
	return s.Writer.Write(p)
}

func TestSaveKeepsNothingThatIsNotWhole(t *testing.T) {
	s := openTest(t)
	fill(t, s)
	folder, random := t.TempDir(), rand.New(rand.NewPCG(1, 2))
	to := filepath.Join(folder, "backup.db")
	want := holding(t, s)
	for range 200 {
		_, err := saved(s, to, func(w io.Writer) io.Writer { return &flip{w, random.IntN(200_000)} })
		if err == nil { // the bit was one that matters to nobody
			backup := must(Open(to, Options{}))
			if !reflect.DeepEqual(holding(t, backup), want) {
				t.Fatal("the backup holds what was never written")
			}
			ok(t, backup.Close())
			ok(t, os.Remove(to))
		} else if !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
	}
	if _, err := saved(s, to, func(w io.Writer) io.Writer { return &short{w, 100_000} }); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
	_, err := Save(t.Context(), to, 0, func(w io.Writer) (n int64, err error) {
		err = s.Snapshot(t.Context(), func(snap Snapshot) error { n, err = snap.WriteTo(w); return err })
		return n, err
	})
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "does not hold what the record holds") {
		t.Errorf("another sum: %v", err)
	}
	if _, err := Save(t.Context(), to, 0, func(io.Writer) (int64, error) { return 0, nil }); !errors.Is(err, ErrForeign) {
		t.Errorf("nothing: %v", err)
	}
	if left := files(t, folder); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestBackupRefuses(t *testing.T) {
	folder := t.TempDir()
	there := filepath.Join(folder, "there.db")
	ok(t, os.WriteFile(there, []byte("mine"), 0o600))
	damaged := filepath.Join(folder, "damaged.db")
	file := must(os.ReadFile(written(t)))
	ok(t, os.WriteFile(damaged, file[:len(file)/3], 0o600))
	open := written(t)
	openAt(t, open, Options{})
	tests := []struct {
		it         string
		record, to string
		want       error
	}{
		{"a file that is there", written(t), there, fs.ErrExist},
		{"a record that is open", open, filepath.Join(folder, "new"), ErrInUse},
		{"a damaged record", damaged, filepath.Join(folder, "new"), ErrDamaged},
		{"what is no record", there, filepath.Join(folder, "new"), ErrForeign},
		{"a record that is not there", filepath.Join(folder, "none"), filepath.Join(folder, "new"), fs.ErrNotExist},
		{"a folder that is not there", written(t), filepath.Join(folder, "none", "new"), fs.ErrNotExist},
	}
	before := files(t, folder)
	for _, tt := range tests {
		if _, err := Backup(t.Context(), tt.record, tt.to); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.it, err)
		}
	}
	if after := files(t, folder); !reflect.DeepEqual(before, after) {
		t.Errorf("left behind: %q", after)
	}
}

// backups makes a backup and a record that has changed since.
func backups(t *testing.T) (backup, record string, then, now map[string][]entry) {
	t.Helper()
	record = written(t)
	backup = filepath.Join(t.TempDir(), "backup.db")
	must(Backup(t.Context(), record, backup))
	s := must(Open(record, Options{}))
	then = holding(t, s)
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(3)}})
	now = holding(t, s)
	ok(t, s.Close())
	return backup, record, then, now
}

func held(t *testing.T, path string) map[string][]entry {
	t.Helper()
	s := must(Open(path, Options{}))
	defer s.Close()
	return holding(t, s)
}

func TestRestore(t *testing.T) {
	backup, record, then, now := backups(t)
	file := must(os.ReadFile(backup))
	if _, err := Restore(t.Context(), backup, record, false, monday); !errors.Is(err, fs.ErrExist) {
		t.Errorf("without force: %v", err)
	}
	if !reflect.DeepEqual(held(t, record), now) {
		t.Fatal("the record was changed")
	}
	r, err := Restore(t.Context(), backup, record, true, monday)
	ok(t, err)
	if r.Roles != 2 || r.Replaced != record+".before-restore-20260302T080000Z" {
		t.Errorf("%+v", r)
	}
	if !reflect.DeepEqual(held(t, record), then) || !reflect.DeepEqual(held(t, r.Replaced), now) {
		t.Error("the record is not the backup, or what it was is not kept")
	}
	if !bytes.Equal(file, must(os.ReadFile(backup))) {
		t.Error("the backup was changed")
	}
	if mode := must(os.Stat(record)).Mode(); mode != 0o600 {
		t.Errorf("mode %v", mode)
	}
	elsewhere := filepath.Join(t.TempDir(), "samsvar.db")
	r, err = Restore(t.Context(), backup, elsewhere, false, monday)
	ok(t, err)
	if r.Replaced != "" || !reflect.DeepEqual(held(t, elsewhere), then) {
		t.Error("where no record was, there is not the backup")
	}
}

func TestRestoreReplacesWhatCannotBeRead(t *testing.T) {
	for it, file := range map[string][]byte{"nothing": nil, "another's": []byte("notes"), "zeros": make([]byte, 100_000)} {
		backup, record, then, _ := backups(t)
		ok(t, os.WriteFile(record, file, 0o600))
		if _, err := Restore(t.Context(), backup, record, false, monday); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s, without force: %v", it, err)
		}
		r, err := Restore(t.Context(), backup, record, true, monday)
		ok(t, err)
		if !reflect.DeepEqual(held(t, record), then) || !bytes.Equal(must(os.ReadFile(r.Replaced)), file) {
			t.Errorf("%s: not as it should be", it)
		}
	}
}

// withoutLinks takes away what some file systems don't have.
func withoutLinks(t *testing.T) {
	t.Helper()
	before := link
	link = func(from, to string) error {
		return &os.LinkError{Op: "link", Old: from, New: to, Err: errors.ErrUnsupported}
	}
	t.Cleanup(func() { link = before })
}

func TestRestoreWithoutHardLinks(t *testing.T) {
	withoutLinks(t)
	backup, record, then, now := backups(t)
	changed := must(os.Stat(record)).ModTime()
	r, err := Restore(t.Context(), backup, record, true, monday)
	ok(t, err)
	if !must(os.Stat(r.Replaced)).ModTime().Equal(changed) {
		t.Error("what is kept counts as touched")
	}
	if !reflect.DeepEqual(held(t, record), then) || !reflect.DeepEqual(held(t, r.Replaced), now) {
		t.Error("the record is not the backup, or what it was is not kept")
	}
	if left := files(t, filepath.Dir(record)); len(left) != 2 {
		t.Errorf("left behind: %q", left)
	}
}

// TestRestoreTwiceInASecond keeps both files that were replaced, also where a
// kill came after the first was kept and before it was replaced.
func TestRestoreTwiceInASecond(t *testing.T) {
	for _, links := range []bool{true, false} {
		if !links {
			withoutLinks(t)
		}
		backup, record, then, now := backups(t)
		name := record + ".before-restore-20260302T080000Z"
		ok(t, setAside(record, name)) // and killed
		for i, want := range []map[string][]entry{now, then} {
			r, err := Restore(t.Context(), backup, record, true, monday)
			ok(t, err)
			if r.Replaced != fmt.Sprintf("%s-%d", name, i+2) || !reflect.DeepEqual(held(t, r.Replaced), want) {
				t.Errorf("links %v: restore %d kept %s", links, i+1, r.Replaced)
			}
		}
		if !reflect.DeepEqual(held(t, name), now) {
			t.Errorf("links %v: what the killed one kept is gone", links)
		}
	}
}

// TestRestoreCannotKeepTheOldFile leaves it where it is.
func TestRestoreCannotKeepTheOldFile(t *testing.T) {
	withoutLinks(t)
	backup, record, _, now := backups(t)
	d := must(newDraft(record))
	must(d.restore(t.Context(), backup))
	nowhere := filepath.Join(t.TempDir(), "none", "old.db")
	if _, err := d.replace(nowhere); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "which is as it was") {
		t.Error(err)
	}
	d.discard()
	if left := files(t, filepath.Dir(record)); len(left) != 1 || !reflect.DeepEqual(held(t, record), now) {
		t.Errorf("the record was changed, or something left behind: %q", left)
	}
}

func TestRestoreRefusesAFolder(t *testing.T) {
	backup, _, _, _ := backups(t)
	folder := filepath.Join(t.TempDir(), "folder")
	ok(t, os.Mkdir(folder, 0o700))
	for _, force := range []bool{false, true} {
		_, err := Restore(t.Context(), backup, folder, force, monday)
		if err == nil || errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), "is a folder") {
			t.Errorf("force %v: %v", force, err)
		}
	}
	if left := files(t, filepath.Dir(folder)); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
}

func TestRestoreThroughASymbolicLink(t *testing.T) {
	backup, record, then, _ := backups(t)
	link := filepath.Join(t.TempDir(), "link.db")
	ok(t, os.Symlink(record, link))
	_, err := Restore(t.Context(), backup, link, true, monday)
	ok(t, err)
	if !reflect.DeepEqual(held(t, record), then) || must(os.Lstat(link)).Mode()&fs.ModeSymlink == 0 {
		t.Error("the link's own file was not replaced")
	}
}

// TestALinkToNothingIsFilled by a restore and by a first start: both place the
// file where the last link leads.
func TestALinkToNothingIsFilled(t *testing.T) {
	backup, _, then, _ := backups(t)
	fill := map[string]func(link string) error{
		"restore":     func(link string) error { _, err := Restore(t.Context(), backup, link, false, monday); return err },
		"by force":    func(link string) error { _, err := Restore(t.Context(), backup, link, true, monday); return err },
		"first start": func(link string) error { return must(Open(link, Options{})).Close() },
	}
	for it, fill := range fill {
		dir := t.TempDir()
		for _, folder := range []string{"data", "links/deep"} {
			ok(t, os.MkdirAll(filepath.Join(dir, folder), 0o700))
		}
		target := filepath.Join(dir, "data", "target.db")
		ok(t, os.Symlink(target, filepath.Join(dir, "second.db")))
		ok(t, os.Symlink("../../second.db", filepath.Join(dir, "links", "deep", "first.db")))
		ok(t, os.Symlink("links/deep", filepath.Join(dir, "short")))
		ok(t, fill(filepath.Join(dir, "short", "first.db")))
		if !must(os.Lstat(target)).Mode().IsRegular() {
			t.Errorf("%s: the file is elsewhere", it)
		}
		if it != "first start" && !reflect.DeepEqual(held(t, target), then) {
			t.Errorf("%s: it is not the backup", it)
		}
		if left := files(t, filepath.Join(dir, "data")); len(left) != 1 {
			t.Errorf("%s: left behind: %q", it, left)
		}
	}
}

func TestLinksThatCannotBeFilled(t *testing.T) {
	backup, _, _, _ := backups(t)
	dir := t.TempDir()
	link, folder, round := filepath.Join(dir, "link.db"), filepath.Join(dir, "none"), filepath.Join(dir, "round.db")
	ok(t, os.Symlink(filepath.Join("none", "target.db"), link))
	ok(t, os.Symlink("round.db", round))
	_, opened := Open(link, Options{})
	_, restored := Restore(t.Context(), backup, link, true, monday)
	for it, err := range map[string]error{"open": opened, "restore": restored} {
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), link+" is a link into the folder "+folder) {
			t.Errorf("%s: %v", it, err)
		}
	}
	if _, err := Restore(t.Context(), backup, round, true, monday); err == nil || !strings.Contains(err.Error(), "leads to no file") {
		t.Errorf("a link to itself: %v", err)
	}
}

func TestRestoreRefuses(t *testing.T) {
	backup, record, _, now := backups(t)
	folder := t.TempDir()
	damaged := filepath.Join(folder, "damaged.db")
	ok(t, os.WriteFile(damaged, must(os.ReadFile(backup))[:20*4096], 0o600))
	notes := filepath.Join(folder, "notes")
	ok(t, os.WriteFile(notes, []byte("notes"), 0o600))
	steps := append(migrations[:len(migrations):len(migrations)], migration{newest(migrations) + 1, func(*txn) error { return nil }})
	newer := filepath.Join(folder, "newer.db")
	ok(t, must(open(newer, Options{}, steps)).Close())
	used := written(t)
	openAt(t, used, Options{})
	tests := []struct {
		it     string
		backup string
		want   error
	}{
		{"a damaged backup", damaged, ErrDamaged},
		{"what is no backup", notes, ErrForeign},
		{"a backup that is not there", filepath.Join(folder, "none"), fs.ErrNotExist},
		{"a backup of a newer version", newer, ErrNewer},
		{"a record in use, as a backup", used, ErrInUse},
		{"the record itself", record, nil},
	}
	for _, tt := range tests {
		if _, err := Restore(t.Context(), tt.backup, record, true, monday); err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.it, err)
		}
	}
	if _, err := Restore(t.Context(), backup, used, true, monday); !errors.Is(err, ErrInUse) {
		t.Errorf("a record in use: %v", err)
	}
	if !reflect.DeepEqual(held(t, record), now) {
		t.Error("the record was changed")
	}
	if left := files(t, filepath.Dir(record)); len(left) != 1 {
		t.Errorf("left behind: %q", left)
	}
}

// TestOpenWhileRestored holds that whoever waits for the lock of a file that
// is replaced meanwhile does not go on with the old one.
func TestOpenWhileRestored(t *testing.T) {
	backup, record, then, _ := backups(t)
	unlock, err := lock(record)
	ok(t, err)
	d := must(newDraft(record))
	defer d.discard()
	must(d.restore(t.Context(), backup))
	opened := make(chan error)
	go func() {
		e, err := openBolt(record, false)
		if err == nil {
			err = e.db.Close()
		}
		opened <- err
	}()
	time.Sleep(lockTimeout / 5) // it waits for the lock by now; if not, it opens the new file below
	must(d.replace(record + ".old"))
	unlock()
	if err := <-opened; err != nil && !errors.Is(err, ErrInUse) {
		t.Error(err)
	}
	if !reflect.DeepEqual(held(t, record), then) {
		t.Error("the record is not the backup")
	}
}
