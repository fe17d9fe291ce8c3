package main

import (
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/store"
)

// TestTheRecordIsOverwritten has somebody copy an older file over the record
// while Samsvar serves. It ends, says why, and the next start goes on with that
// file.
func TestTheRecordIsOverwritten(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	noted(t, db, "before")
	older, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	noted(t, db, "after")
	record, err := store.Open(db, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	log, damaged := &buffer{}, make(chan error, 1)
	a := &app{record: record, clock: time.Now, log: slog.New(slog.NewTextHandler(log, nil))}
	if err := os.WriteFile(db, older, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := record.Ran(t.Context(), "lost", time.Now()); !errors.Is(err, store.ErrChanged) {
		t.Errorf("writing says %v", err)
	}
	err = a.watch(t.Context(), damaged)
	if !errors.Is(err, store.ErrChanged) || !strings.Contains(err.Error(), db) || !strings.Contains(err.Error(), "Start Samsvar again") || !errors.Is(<-damaged, err) {
		t.Errorf("it ends with %v", err)
	}
	if said := log.String(); !strings.Contains(said, `checking all of it" error="it was changed by something else`) {
		t.Errorf("it says\n%s", said)
	}
	if err := a.close(); err != nil {
		t.Error(err)
	}
	serveAgain(t, s).end(t)
	if !noted(t, db, "before") || noted(t, db, "after") || noted(t, db, "lost") {
		t.Error("it does not go on with the file that is there now")
	}
}
