package main

import (
	"os"
	"path/filepath"
	"testing"

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

func TestSandboxWithoutTemporaryFiles(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""})
	noTemporaryFiles(t)
	does(t, exitFailed, "TMPDIR names another", "sandbox", "--no-open")
	does(t, exitFailed, "TMPDIR names another", "sandbox", "--story")
}
