package store

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestNoRecordIsBegunWhereOneHasLeftSomething has files stand beside the place
// of a record that is not there.
func TestNoRecordIsBegunWhereOneHasLeftSomething(t *testing.T) {
	for _, c := range []struct {
		it, folder, names, want string
	}{
		{it: "there is nothing"},
		{it: "there is what was rescued", names: "samsvar.db.rescued-20261123T090000Z", want: "samsvar.db.rescued-20261123T090000Z"},
		{it: "there is what was replaced", names: "samsvar.db.before-restore-20261123T090000Z", want: "samsvar.db.before-restore-20261123T090000Z"},
		{
			it: "there is both, and the newest is named", want: "samsvar.db.rescued-20261123T090000Z",
			names: "samsvar.db.before-restore-20261122T090000Z samsvar.db.rescued-20261123T090000Z samsvar.db.rescued-20261121T090000Z",
		},
		{it: "there is half of a rescued one", names: "samsvar.db.rescued-20261123T090000Z.part-1"},
		{it: "there is what another record has left", names: "other.db.rescued-20261123T090000Z"},
		{it: "there is a backup", names: "samsvar.db.backup"},
		{it: "there is a folder of such a name", folder: "samsvar.db.rescued-20261123T090000Z"},
	} {
		t.Run(c.it, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "samsvar.db")
			for _, name := range strings.Fields(c.names) {
				ok(t, os.WriteFile(filepath.Join(dir, name), []byte("x"), fileMode))
			}
			if c.folder != "" {
				ok(t, os.Mkdir(filepath.Join(dir, c.folder), 0o700))
			}
			s, err := Open(path, Options{})
			if err == nil {
				if ok(t, s.Close()); c.want != "" || !s.Made() {
					t.Errorf("it was begun, and says %v", s.Made())
				}
				if s = openAt(t, path, Options{}); s.Made() {
					t.Error("it says so of one that is there")
				}
				return
			}
			if c.want == "" || !errors.Is(err, ErrGone) || !strings.Contains(err.Error(), "samsvar restore "+filepath.Join(dir, c.want)+".") {
				t.Errorf("it says %v", err)
			}
			if _, err := os.Lstat(path); err == nil {
				t.Error("there is a record now")
			}
		})
	}
}

// TestRestoreWhereARecordIsGone puts what is left of it in its place, also
// through a link.
func TestRestoreWhereARecordIsGone(t *testing.T) {
	backup, record, then, _ := backups(t)
	name := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(record, name); err != nil {
		t.Skip("no links here: ", err)
	}
	left := record + RescuedMark + "20261123T090000Z"
	ok(t, errors.Join(os.Remove(record), os.Rename(backup, left)))
	for _, path := range []string{record, name} {
		if _, err := Open(path, Options{}); !errors.Is(err, ErrGone) || !strings.Contains(err.Error(), left) {
			t.Errorf("%s: it says %v", path, err)
		}
	}
	must(Restore(t.Context(), left, name, false, monday))
	if got := held(t, record); !reflect.DeepEqual(got, then) {
		t.Error("it does not hold what was left")
	}
}
