package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"testing/synctest"
	"time"

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
		err = a.rescue(db, err)
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
