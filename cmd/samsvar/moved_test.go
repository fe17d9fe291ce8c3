package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/store"
)

// TestTheRecordIsMovedAway while Samsvar serves: it ends, and nothing is lost.
func TestTheRecordIsMovedAway(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": testBotToken, "SLACK_APP_TOKEN": testAppToken})
	db := filepath.Join(t.TempDir(), "samsvar.db")
	fillRecord(t, db, 3)
	synctest.Test(t, func(t *testing.T) {
		s, err := store.Open(db, store.Options{Settings: settingsOf(t)})
		if err != nil {
			t.Fatal(err)
		}
		a := &app{record: s, clock: time.Now}
		if err := os.Remove(db); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		err = a.watch(t.Context(), make(chan error, 1))
		if took := time.Since(began); took != lookEvery || !errors.Is(err, store.ErrMoved) {
			t.Errorf("after %v: %v", took, err)
		}
		err = a.rescue(t.Context(), db, err)
		said := regexp.MustCompile(`samsvar restore (\S+)$`).FindStringSubmatch(err.Error())
		if said == nil {
			t.Fatalf("it says %v", err)
		}
		if held, err := store.Restore(t.Context(), said[1], db, false, time.Now()); err != nil || held.Candidates != 3 {
			t.Errorf("restored: %+v, %v", held, err)
		}
		if err := a.close(); err != nil {
			t.Error(err)
		}
	})
}

// TestTheRecordIsMovedAwayAndSamsvarStopped at once, before it looks whether the
// record is in its place: nothing is lost all the same.
func TestTheRecordIsMovedAwayAndSamsvarStopped(t *testing.T) {
	for it, move := range map[string]func(db, old string) error{
		"removed":  func(db, _ string) error { return os.Remove(db) },
		"replaced": func(db, old string) error { return os.Rename(old, db) },
	} {
		t.Run(it, func(t *testing.T) {
			s := house(t, slacksim.Options{}, nil)
			db := os.Getenv("SAMSVAR_DB")
			old := filepath.Join(t.TempDir(), "old.db")
			fillRecord(t, old, 1)
			fillRecord(t, db, 3)
			r := serveAgain(t, s)
			if err := move(db, old); err != nil {
				t.Fatal(err)
			}
			r.stop()
			if code := r.exit(t); code != exitRecord {
				t.Errorf("exit %d:\n%s", code, r.out)
			}
			said := regexp.MustCompile(`samsvar restore (\S+)\n`).FindStringSubmatch(r.out.String())
			if said == nil || strings.Contains(r.out.String(), "samsvar has stopped") {
				t.Fatalf("it says\n%s", r.out)
			}
			does(t, exitOK, "holds 1 role and 3 candidates", "restore", said[1], "--force")
		})
	}
}

// TestTheNameOfARecordThatIsServed is taken by nobody else meanwhile, also where
// SAMSVAR_DB is a link to the file.
func TestTheNameOfARecordThatIsServed(t *testing.T) {
	for _, linked := range []bool{false, true} {
		t.Run(map[bool]string{false: "a file", true: "a link"}[linked], func(t *testing.T) {
			s := house(t, slacksim.Options{}, nil)
			db := os.Getenv("SAMSVAR_DB")
			file := db
			if linked {
				file = filepath.Join(t.TempDir(), "real.db")
				if err := os.Symlink(file, db); err != nil {
					t.Fatal(err)
				}
			}
			fillRecord(t, file, 1)
			dir := t.TempDir()
			backup, export := filepath.Join(dir, "backup.db"), filepath.Join(dir, "export")
			serving := serveAgain(t, s)
			does(t, exitOK, "holds 1 role", "backup", backup)
			does(t, exitOK, "holds everything", "export", export)
			if err := os.Rename(file, file+".away"); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"restore", backup}, {"serve"}, {"import", export}, {"doctor"}} {
				does(t, exitFailed, "serves the record "+db, args...)
			}
			if _, err := os.Lstat(file); err == nil {
				t.Error("a new record is in its place")
			}
			if err := os.Rename(file+".away", file); err != nil {
				t.Fatal(err)
			}
			serving.end(t)
		})
	}
}

// TestAStartAfterTheRecordWasMovedAway makes no empty record, whatever starts
// it, and what was rescued can be restored.
func TestAStartAfterTheRecordWasMovedAway(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	fillRecord(t, db, 2)
	left := db + store.RescuedMark + "20261123T090000Z"
	if err := os.Rename(db, left); err != nil {
		t.Fatal(err)
	}
	does(t, exitRecord, "samsvar restore "+left, "serve")
	does(t, exitFailed, "samsvar restore "+left, "doctor")
	if _, err := os.Lstat(db); err == nil {
		t.Fatal("there is a new record")
	}
	does(t, exitOK, "holds 1 role and 2 candidates", "restore", left)
	r := serveAgain(t, s)
	if r.end(t); strings.Contains(r.out.String(), "empty") {
		t.Errorf("it says\n%s", r.out)
	}
}

// TestServeSaysThatTheRecordIsNew, in case that there should have been one.
func TestServeSaysThatTheRecordIsNew(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	for _, first := range []bool{true, false} {
		r := serveAgain(t, s)
		r.end(t)
		said := strings.Contains(r.out.String(), `level=WARN msg="there was no record, and a new, empty one was made.`) && strings.Contains(r.out.String(), "db="+os.Getenv("SAMSVAR_DB"))
		if said != first {
			t.Errorf("first %v, and it says\n%s", first, r.out)
		}
	}
}
