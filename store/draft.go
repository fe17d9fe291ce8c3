package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// draft is a file in the making. It stands beside the file that it becomes,
// so that it becomes it in one step or not at all. A crash may leave one
// behind: whatever has .part- in its name can be removed.
type draft struct {
	*os.File
	name string
}

func newDraft(path string) (*draft, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*") // mode 0600
	if err != nil {
		return nil, err
	}
	return &draft{f, f.Name()}, nil
}

// discard removes the draft, unless it has become what it was for.
func (d *draft) discard() {
	_ = d.Close() // closed already when all went well
	_ = os.Remove(d.name)
}

// place gives the draft its name, which must be free: the error is
// [fs.ErrExist] when it is not.
func (d *draft) place(path string) error {
	if err := d.keep(); err != nil {
		return err
	}
	err := os.Link(d.name, path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // some file systems have no links
		if _, there := os.Lstat(path); !errors.Is(there, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", path, fs.ErrExist)
		}
		err = os.Rename(d.name, path)
	}
	if err != nil {
		return err
	}
	return syncFolder(path)
}

// replace gives the draft the name of a file, which gets another name.
func (d *draft) replace(path, old string) error {
	if err := d.keep(); err != nil {
		return err
	}
	if err := os.Link(path, old); err != nil {
		return fmt.Errorf("keep the old file: %v", err) // which is there, or this file system has no links
	}
	if err := os.Rename(d.name, path); err != nil {
		return err
	}
	return syncFolder(path)
}

// keep makes sure that the draft is on disk.
func (d *draft) keep() error {
	return errors.Join(d.Sync(), d.Close())
}

// syncFolder makes sure that the name of a file is on disk.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close() // only read
	_ = folder.Sync()    // some file systems cannot
	return nil
}
