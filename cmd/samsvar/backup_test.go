package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/store"
)

// serveAgain starts a samsvar in the house there is.
func serveAgain(t *testing.T, s *slacksim.Slack) *running {
	t.Helper()
	r := launch(t)
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, r.out)
	}
	return r
}

func (r *running) end(t *testing.T) {
	t.Helper()
	r.stop()
	if code := r.exit(t); code != exitOK {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

// does runs a command to its end and looks for words in what it says.
func does(t *testing.T, code int, want string, args ...string) {
	t.Helper()
	r := launch(t, args...)
	if got := r.exit(t); got != code || !strings.Contains(r.out.String(), want) {
		t.Errorf("samsvar %s: exit %d, want %d and %q:\n%s", strings.Join(args, " "), got, code, want, r.out)
	}
}

// noted opens a record that nobody has open, notes that a job of that name ran,
// and returns whether it had before.
func noted(t *testing.T, db, job string) bool {
	t.Helper()
	s, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, before, err := s.LastRun(t.Context(), job)
	if err := errors.Join(err, s.Ran(t.Context(), job, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))); err != nil {
		t.Fatal(err)
	}
	return before
}

func TestBackupAndRestore(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	backup := filepath.Join(t.TempDir(), "backup.db")
	does(t, exitFailed, "there is no record at", "backup", backup)
	noted(t, db, "before")
	r := serveAgain(t, s)
	does(t, exitOK, "backup.db holds 0 roles and 0 candidates", "backup", backup)
	does(t, exitFailed, "is there already, and a backup never overwrites a file", "backup", backup)
	does(t, exitFailed, "Stop it first, then restore", "restore", backup, "--force")
	r.end(t)
	noted(t, db, "after")

	file, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	does(t, exitFailed, "samsvar restore "+backup+" --force", "restore", backup)
	does(t, exitOK, "is kept: "+db+".before-restore-", "restore", backup, "--force")
	if !noted(t, db, "before") || noted(t, db, "after") {
		t.Error("the record is not what was backed up")
	}
	does(t, exitOK, "holds 0 roles", "backup", filepath.Join(t.TempDir(), "cold.db"))
	serveAgain(t, s).end(t)
	if again, _ := os.ReadFile(backup); !bytes.Equal(file, again) {
		t.Error("the backup was changed")
	}
}

func TestBackupAndRestoreTakeOneFile(t *testing.T) {
	environment(t, map[string]string{"SAMSVAR_TIMEZONE": "Atlantis"}) // which is none of their business
	dir := t.TempDir()
	t.Setenv("SAMSVAR_DB", filepath.Join(dir, "samsvar.db"))
	noted(t, filepath.Join(dir, "samsvar.db"), "before")
	does(t, exitUsage, "name one file: `samsvar backup FILE", "backup")
	does(t, exitUsage, "name one file", "backup", "a", "b")
	does(t, exitUsage, "name one file", "restore", "")
	does(t, exitOK, "holds", "backup", filepath.Join(dir, "backup.db"))
	does(t, exitFailed, "none.db is not there. Look at its name", "restore", filepath.Join(dir, "none.db"), "--force")
	does(t, exitFailed, "samsvar: the folder "+filepath.Join(dir, "none")+" is not there. Make it", "backup", filepath.Join(dir, "none", "backup.db"))
	does(t, exitFailed, "not a record of Samsvar", "restore", os.Args[0], "--force")
}

func TestNextAfterARestore(t *testing.T) {
	tests := map[string]store.Restored{
		"You can start Samsvar now.": {},
		"It belongs to you, but its folder to 7:8. Start Samsvar as you, or first, as root: chown 7:8 the.db":      {Owner: "7:8"},
		"It belongs to you, but the file before to 7:8. Start Samsvar as you, or first, as root: chown 7:8 the.db": {Owner: "7:8", Replaced: "old"},
	}
	for want, r := range tests {
		if got := next(r, "the.db"); got != want {
			t.Errorf("%+v: %s", r, got)
		}
	}
}

func TestTheSocketIsThereWhileServing(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	left, err := net.Listen("unix", socketOf(db)) // by a process that was killed
	if err != nil {
		t.Fatal(err)
	}
	left.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = left.Close()
	r := serveAgain(t, s)
	info, err := os.Stat(socketOf(db))
	if err != nil || info.Mode() != fs.ModeSocket|0o600 {
		t.Errorf("%v, %v", info, err)
	}
	does(t, exitOK, "holds", "backup", filepath.Join(t.TempDir(), "backup.db"))
	r.end(t)
	if _, err := os.Stat(socketOf(db)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is still there: %v", err)
	}
}

// TestBackupFindsWhoServesThroughALink, whichever of both has the link's name.
func TestBackupFindsWhoServesThroughALink(t *testing.T) {
	dir := t.TempDir()
	db, link := filepath.Join(dir, "live.db"), filepath.Join(dir, "link.db")
	s := house(t, slacksim.Options{}, map[string]string{"SAMSVAR_DB": db})
	noted(t, db, "before")
	if err := os.Symlink("live.db", link); err != nil {
		t.Fatal(err)
	}
	for i, names := range [][2]string{{db, link}, {link, db}} {
		t.Setenv("SAMSVAR_DB", names[0])
		r := serveAgain(t, s)
		t.Setenv("SAMSVAR_DB", names[1])
		does(t, exitOK, "holds", "backup", filepath.Join(dir, fmt.Sprint("backup", i)))
		r.end(t)
	}
}

func TestServeWithoutASocket(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := house(t, slacksim.Options{}, map[string]string{"SAMSVAR_DB": filepath.Join(dir, "samsvar.db")})
	r := serveAgain(t, s)
	r.says(t, "will need Samsvar stopped")
	does(t, exitFailed, "lends no copy of it. Stop that one", "backup", filepath.Join(t.TempDir(), "backup.db"))
	r.end(t)
}

// TestBackupFromAProcessThatFails has something else than a sound samsvar
// answer on the socket.
func TestBackupFromAProcessThatFails(t *testing.T) {
	tests := []struct {
		it     string
		answer http.HandlerFunc
		want   string
	}{
		{"it ends halfway", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			w.Header().Set(sumHeader, "7")
			_, _ = w.Write(make([]byte, 50_000))
		}, "unexpected EOF"},
		{"it sends something else", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(sumHeader, "7")
			_, _ = w.Write(make([]byte, 50_000))
		}, "check the copy"},
		{"it is of another version", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }, "another version"},
		{"it cannot read the record", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "it is damaged", 500) }, "cannot copy the record: it is damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			dir := t.TempDir()
			db := filepath.Join(dir, "db")
			environment(t, map[string]string{"SAMSVAR_DB": db})
			record, err := store.Open(db, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer record.Close()
			listener, err := net.Listen("unix", socketOf(db))
			if err != nil {
				t.Fatal(err)
			}
			server := &http.Server{Handler: tt.answer}
			go server.Serve(listener) //nolint:errcheck // ends when it is closed
			defer server.Close()
			to := filepath.Join(t.TempDir(), "backup.db")
			does(t, exitFailed, tt.want, "backup", to)
			if left, _ := os.ReadDir(filepath.Dir(to)); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// TestDamageIsToldAndHealed damages the record of a samsvar that is stopped.
func TestDamageIsToldAndHealed(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db, backup := os.Getenv("SAMSVAR_DB"), filepath.Join(t.TempDir(), "backup.db")
	noted(t, db, "before")
	does(t, exitOK, "holds", "backup", backup)
	whole, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	// Wherever it stands: some pages are no longer in use.
	flipped := bytes.ReplaceAll(whole, []byte("before"), []byte("beforf"))
	if bytes.Equal(flipped, whole) {
		t.Fatal("the record does not hold what was noted")
	}
	for it, file := range map[string][]byte{"a bit": flipped, "half of it": whole[:len(whole)/3], "all of it": {}} {
		if err := os.WriteFile(db, file, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"serve"}, {"doctor"}, {"backup", filepath.Join(t.TempDir(), "new.db")}} {
			r := launch(t, args...)
			want := exitFailed
			if args[0] == "serve" {
				want = exitRecord
			}
			if code := r.exit(t); code != want || !strings.Contains(r.out.String(), "it is damaged") || !strings.Contains(r.out.String(), "samsvar restore BACKUP --force") {
				t.Errorf("%s, %s: exit %d\n%s", it, args[0], code, r.out)
			}
		}
		does(t, exitOK, "is kept", "restore", backup, "--force")
		serveAgain(t, s).end(t)
	}
}

// TestServeEndsWhenTheRecordIsDamaged damages the file under a samsvar that
// serves.
func TestServeEndsWhenTheRecordIsDamaged(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	r := serveAgain(t, s)
	if err := os.Truncate(os.Getenv("SAMSVAR_DB"), 0); err != nil {
		t.Fatal(err)
	}
	_, _ = s.Person(kari).Command(within(t), channelHiring, "/hire", "help") // it may still be answered
	if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), "samsvar restore BACKUP --force") {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}
