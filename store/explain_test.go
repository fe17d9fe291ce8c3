package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestExplain(t *testing.T) {
	path := filepath.Join("folder", "b.db")
	on := func(name string, cause error) error {
		return fmt.Errorf("write the copy: %w", &fs.PathError{Op: "open", Path: name, Err: cause})
	}
	draft := path + ".part-1"
	tests := []struct {
		err  error
		want string
	}{
		{on(path, syscall.ENOENT), "folder/b.db is not there. Look at its name"},
		{on(draft, syscall.ENOENT), "the folder folder is not there. Make it"},
		{on(path, syscall.EACCES), "this user may not open folder/b.db. Run samsvar as the user it belongs to"},
		{on(draft, syscall.EACCES), "this user may not write in the folder folder. Run samsvar as"},
		{&os.LinkError{Op: "rename", Old: draft, New: path, Err: syscall.EPERM}, "this user may not write in the folder folder"},
		{on(draft, syscall.EROFS), "its file system is for reading only. Choose another place"},
		{on(path, syscall.EROFS), "nobody may write in the folder folder"},
		{on(draft, syscall.ENOSPC), "there is no room for folder/b.db: the disk is full. Make room"},
		{syscall.ENOSPC, "there is no room for folder/b.db"},
		{on(draft, syscall.EDQUOT), "this user's quota is used up. Make room"},
		{on(draft, syscall.EIO), "write the copy: "},
	}
	for _, tt := range tests {
		cause, _ := errors.AsType[syscall.Errno](tt.err)
		err := Explain(path, tt.err)
		if !errors.Is(err, cause) || !strings.Contains(filepath.ToSlash(err.Error()), tt.want) {
			t.Errorf("%v: %v", tt.err, err)
		}
		if cause != syscall.EIO && strings.Contains(err.Error(), ".part-") {
			t.Errorf("the draft is named: %v", err)
		}
	}
	if err := Explain(path, errFull); err != errFull {
		t.Errorf("what the system did not say: %v", err)
	}
}

// TestFileErrorsNameNoDraft takes the way of each command into a folder that
// is not there and onto a disk that is full.
func TestFileErrorsNameNoDraft(t *testing.T) {
	record := written(t)
	folder := filepath.Join(t.TempDir(), "none")
	file := filepath.Join(folder, "b.db")
	full := filepath.Join(t.TempDir(), "b.db")
	_, opened := Open(file, Options{})
	_, backedUp := Backup(t.Context(), record, file)
	_, restored := Restore(t.Context(), record, file, false, monday)
	_, saved := Save(t.Context(), full, 0, func(w io.Writer) (int64, error) {
		return 0, &fs.PathError{Op: "write", Path: w.(*draft).Name(), Err: syscall.ENOSPC}
	})
	for it, err := range map[string]error{"open": opened, "back up": backedUp, "restore": restored} {
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "the folder "+folder+" is not there") || strings.Contains(err.Error(), ".part-") {
			t.Errorf("%s: %v", it, err)
		}
	}
	if !errors.Is(saved, syscall.ENOSPC) || !strings.Contains(saved.Error(), "no room for "+full) || strings.Contains(saved.Error(), ".part-") {
		t.Errorf("a full disk: %v", saved)
	}
}

func TestFilesThatAreNotThere(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none.db")
	_, backedUp := Backup(t.Context(), none, filepath.Join(t.TempDir(), "b.db"))
	_, restored := Restore(t.Context(), none, filepath.Join(t.TempDir(), "r.db"), false, monday)
	for it, err := range map[string]error{"back up": backedUp, "restore": restored} {
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), none+" is not there. Look at its name") {
			t.Errorf("%s: %v", it, err)
		}
	}
}

// TestAFullDiskIsToldByItsName also where bbolt, which writes the first pages of
// a copy, makes a text of what the system said.
func TestAFullDiskIsToldByItsName(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no device here is always full: ", err)
	}
	s, to := openTest(t), filepath.Join(t.TempDir(), "b.db")
	err = s.Snapshot(t.Context(), func(snap Snapshot) error {
		_, err := Save(t.Context(), to, snap.Sum, func(w io.Writer) (int64, error) {
			d := w.(*draft)
			_ = d.Close() // the one on a disk with room
			d.File = full
			return snap.WriteTo(w)
		})
		return err
	})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "no room for "+to+": the disk is full") || strings.Contains(err.Error(), "meta") {
		t.Errorf("it says %v", err)
	}
	if left := files(t, filepath.Dir(to)); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
