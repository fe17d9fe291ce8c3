package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// noCopyLeft says that no copy of the record is left beside it.
func noCopyLeft(t *testing.T, db string) {
	t.Helper()
	there, err := os.ReadDir(filepath.Dir(db))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range there {
		if isCopy(e.Name(), db) {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}

// noTemporaryFiles takes the folder for temporary files away, as in an image with
// nothing else in it.
func noTemporaryFiles(t *testing.T) {
	t.Helper()
	missing := filepath.Join(t.TempDir(), "none")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, missing)
	}
}

// TestExportWithoutTemporaryFiles exports with nobody serving, and while
// somebody does.
func TestExportWithoutTemporaryFiles(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	fillRecord(t, db, 1)
	to := t.TempDir()
	noTemporaryFiles(t)
	for _, name := range []string{"alone", "served"} {
		if name == "served" {
			defer serveAgain(t, s).end(t)
		}
		does(t, exitOK, "C-1,", "export", "-", "--table", "candidates")
		does(t, exitOK, "holds everything", "export", filepath.Join(to, name))
		noCopyLeft(t, db)
	}
}

// TestExportRemovesWhatAKilledOneLeft where it was to write, once nobody works
// with it any more, and nothing else.
func TestExportRemovesWhatAKilledOneLeft(t *testing.T) {
	environment(t, map[string]string{"SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db")})
	fillRecord(t, os.Getenv("SAMSVAR_DB"), 1)
	to := t.TempDir()
	for name, old := range map[string]bool{exportDraft + "1": true, exportDraft + "2": false, "samsvar-export-3": true} {
		folder := filepath.Join(to, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "events.csv"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if at := time.Now().Add(-copyAge - time.Hour); old {
			if err := os.Chtimes(folder, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	does(t, exitOK, "holds everything", "export", filepath.Join(to, "new"))
	left, err := os.ReadDir(to)
	if err != nil || len(left) != 3 || left[0].Name() != exportDraft+"2" || left[1].Name() != "new" {
		t.Errorf("there are %v, %v", left, err)
	}
}

func TestExportIntoAFolderThatIsNotThere(t *testing.T) {
	environment(t, map[string]string{"SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db")})
	fillRecord(t, os.Getenv("SAMSVAR_DB"), 1)
	none := filepath.Join(t.TempDir(), "none")
	for _, end := range []string{"", string(filepath.Separator)} {
		does(t, exitFailed, "samsvar: write the export: the folder "+none+" is not there. Make it, or choose another place", "export", filepath.Join(none, "new")+end)
	}
}

func TestSandboxWithoutTemporaryFiles(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""})
	noTemporaryFiles(t)
	does(t, exitFailed, "TMPDIR names another", "sandbox", "--no-open")
	does(t, exitFailed, "TMPDIR names another", "sandbox", "--story")
}
