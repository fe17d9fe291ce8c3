package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
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

// learn has a record know so many people more, by two kilobytes each.
func learn(s *store.Store, from, to int) error {
	var many []hiring.Person
	for i := from; i < to; i++ {
		many = append(many, hiring.Person{ID: hiring.UserID(fmt.Sprintf("U%d", i)), Name: strings.Repeat("x", 2000)})
	}
	return s.Change(context.Background(), "", time.Now(), func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{People: many}, nil
	})
}

// stall asks for a copy and reads no more than the beginning of the answer, as a
// backup that was stopped with Ctrl-Z does, or whose disk hangs.
func stall(t *testing.T, db string) (answer string) {
	t.Helper()
	conn, err := net.Dial("unix", socketOf(db))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, "GET /copy HTTP/1.1\r\nHost: samsvar\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 300)
	n, err := conn.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[:n])
}

// TestBackupsThatStallHoldUpNobody has as many backups stall as there may be at
// once. Everybody reads and writes meanwhile, and who wants one more is told.
func TestBackupsThatStallHoldUpNobody(t *testing.T) {
	db := filepath.Join(t.TempDir(), "samsvar.db")
	environment(t, map[string]string{"SAMSVAR_DB": db})
	s, err := store.Open(db, store.Options{Settings: hiring.Settings{Zone: time.UTC}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := learn(s, 0, 1000); err != nil { // more than a socket takes unread
		t.Fatal(err)
	}
	stop, err := lendCopies(s, db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for range copiesAtOnce {
		if answer := stall(t, db); !strings.Contains(answer, "200 OK") {
			t.Fatal(answer)
		}
	}
	wrote := make(chan error, 1)
	go func() { wrote <- learn(s, 1000, 5000) }()
	select {
	case err := <-wrote:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Error("nobody can write while backups stall")
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	does(t, exitFailed, "4 copies are under way already. Try again", "backup", backup)
	stop() // which ends them
	if stop, err = lendCopies(s, db, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	defer stop()
	does(t, exitOK, "holds", "backup", backup)
}
