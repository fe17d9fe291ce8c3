//go:build unix

package store

import (
	"os"
	"path/filepath"
	"testing"
)

// somebody is a user and a group that this process is not.
const somebody, theirs = 4711, 4712

// giveAway gives a file to somebody.
func giveAway(t *testing.T, path string) {
	t.Helper()
	if err := os.Chown(path, somebody, theirs); err != nil {
		t.Skip("only root gives files away: ", err)
	}
}

func belongsToSomebody(t *testing.T, path string) {
	t.Helper()
	if uid, gid, _ := ownerOf(must(os.Stat(path))); uid != somebody || gid != theirs {
		t.Errorf("%s belongs to %d:%d", path, uid, gid)
	}
}

func TestRestoreGivesTheRecordToWhoHadIt(t *testing.T) {
	for _, links := range []bool{true, false} {
		if !links {
			withoutLinks(t)
		}
		backup, record, _, _ := backups(t)
		giveAway(t, record)
		r, err := Restore(t.Context(), backup, record, true, monday)
		ok(t, err)
		belongsToSomebody(t, record)
		belongsToSomebody(t, r.Replaced)
		if r.Owner != "" {
			t.Errorf("links %v: still to be given to %s", links, r.Owner)
		}
	}
}

func TestRestoreGivesANewRecordToWhoHasTheFolder(t *testing.T) {
	backup, _, _, _ := backups(t)
	folder := t.TempDir()
	giveAway(t, folder)
	record := filepath.Join(folder, "samsvar.db")
	must(Restore(t.Context(), backup, record, false, monday))
	belongsToSomebody(t, record)
}

func TestOpenGivesANewRecordToWhoHasTheFolder(t *testing.T) {
	folder := t.TempDir()
	giveAway(t, folder)
	record, link := filepath.Join(folder, "samsvar.db"), filepath.Join(t.TempDir(), "link.db")
	ok(t, os.Symlink(record, link))
	for range 2 { // made, and opened again
		ok(t, must(Open(link, Options{})).Close())
		belongsToSomebody(t, record)
	}
}

func TestRestoreOfOnesOwnChangesNoOwner(t *testing.T) {
	backup, record, _, _ := backups(t)
	r := must(Restore(t.Context(), backup, record, true, monday))
	if uid, _, _ := ownerOf(must(os.Stat(record))); uid != os.Getuid() || r.Owner != "" {
		t.Errorf("it belongs to %d, and is to be given to %q", uid, r.Owner)
	}
}
