package store

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// link gives a file a second name. Tests take it away, as file systems do that
// have none, such as FAT and some network shares.
var link = os.Link

// draftMark is in the name of every draft.
const draftMark = ".part-"

// draft is a file in the making. It stands beside the file that it becomes,
// so that it becomes it in one step or not at all. A crash may leave one
// behind: whatever has .part- in its name can be removed.
type draft struct {
	*os.File
	name   string // it has for now
	path   string // it is to have
	failed error  // the first of the errors of writing
}

// Write notes the error: what bbolt makes of it says no more than a text.
func (d *draft) Write(b []byte) (n int, err error) {
	n, err = d.File.Write(b)
	d.failed = cmp.Or(d.failed, err)
	return n, err
}

func newDraft(path string) (*draft, error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+draftMark+"*") // mode 0600
	if err != nil {
		return nil, Explain(path, err)
	}
	return &draft{File: f, name: f.Name(), path: path}, nil
}

// maxLinks is how many links in a row are followed, as Linux does.
const maxLinks = 40

// Follow returns the file that a name leads to, where links lead on; that file
// need not be there, but its folder.
func Follow(path string) (string, error) {
	file := path
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return path, nil // what is wrong shows when it is used
	}
	for range maxLinks {
		to, err := os.Readlink(file)
		if err != nil {
			return file, nil
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(folder, to)
		}
		if folder, err = filepath.EvalSymlinks(filepath.Dir(to)); err != nil {
			return "", fmt.Errorf("%s is a link into the folder %s, which cannot be reached. Make the folder, or remove the link (%w)", path, filepath.Dir(to), err)
		}
		file = filepath.Join(folder, filepath.Base(to))
	}
	return "", fmt.Errorf("%s is a link that leads to no file, only to other links. Remove it", path)
}

// CanMake says whether a record can be made that is not there yet; see [ErrGone].
// Nothing stays behind.
func CanMake(path string) error {
	file, err := Follow(path)
	if err == nil {
		err = nothingLeft(path)
	}
	if err == nil {
		var d *draft
		if d, err = newDraft(file); err == nil {
			d.discard()
			return nil
		}
	}
	return fmt.Errorf("make the record %s: %w", path, err)
}

// discard removes the draft, unless it has become what it was for.
func (d *draft) discard() {
	_ = d.Close() // closed already when all went well
	_ = os.Remove(d.name)
}

// place gives the draft its name, which must be free: the error is
// [fs.ErrExist] when it is not.
func (d *draft) place() error {
	if err := d.keep(); err != nil {
		return err
	}
	err := link(d.name, d.path)
	if err != nil && !errors.Is(err, fs.ErrExist) { // some file systems have no links
		if _, there := os.Lstat(d.path); !errors.Is(there, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", d.path, fs.ErrExist)
		}
		err = os.Rename(d.name, d.path)
	}
	if err != nil {
		return Explain(d.path, err)
	}
	return syncFolder(d.path)
}

// replace gives the draft its name, and the file that has it is kept under
// another: old, or old with a number where that is taken. At every moment the
// name leads to a whole file, also when the process is killed.
func (d *draft) replace(old string) (kept string, err error) {
	if err := d.keep(); err != nil {
		return "", err
	}
	kept = old
	for n := 2; ; n++ {
		if err = setAside(d.path, kept); !errors.Is(err, fs.ErrExist) {
			break
		}
		kept = fmt.Sprintf("%s-%d", old, n)
	}
	if err != nil {
		return "", fmt.Errorf("keep the old file, which is as it was: %w", err)
	}
	if err = os.Rename(d.name, d.path); err == nil {
		err = syncFolder(d.path)
	}
	if err != nil {
		return "", fmt.Errorf("%w. What was there is kept as %s", Explain(d.path, err), kept)
	}
	return kept, nil
}

// setAside gives a file a second name, which must be free. The first stays: were
// it only moved, and the process killed then, the next start would make an empty
// record.
func setAside(path, name string) error {
	err := link(path, name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return duplicate(path, name)
}

// duplicate copies a file that nobody writes to.
func duplicate(path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return Explain(path, err)
	}
	defer file.Close() // only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	d, err := newDraft(name)
	if err != nil {
		return err
	}
	defer d.discard()
	if _, err := io.Copy(d, file); err != nil {
		return Explain(name, err)
	}
	_ = d.giveTo(path)                                  // if it stays with this user, they can give it away
	_ = os.Chtimes(d.name, time.Time{}, info.ModTime()) // otherwise it counts as touched, and is read in full
	return d.place()
}

// giveTo gives the draft to whom a file or folder belongs. Where this process may
// not, which only root may, it returns them as chown takes it.
func (d *draft) giveTo(path string) (refused string) {
	theirs, err := os.Stat(path)
	mine, err2 := d.Stat()
	if err != nil || err2 != nil {
		return "" // what is wrong shows in what comes next
	}
	uid, gid, known := ownerOf(theirs)
	if have, _, _ := ownerOf(mine); !known || have == uid {
		return ""
	}
	if d.Chown(uid, gid) != nil {
		return fmt.Sprintf("%d:%d", uid, gid)
	}
	return ""
}

// keep makes sure that the draft is on disk.
func (d *draft) keep() error {
	return Explain(d.path, errors.Join(d.Sync(), d.Close()))
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
