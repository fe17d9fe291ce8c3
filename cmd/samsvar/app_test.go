package main

import (
	"bytes"
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/store"
)

// TestUpkeepThatFailsIsTriedAgain has a record that takes no changes.
func TestUpkeepThatFailsIsTriedAgain(t *testing.T) {
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := record.Close(); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		a := &app{record: record, clock: time.Now, log: slog.New(slog.NewTextHandler(&log, nil))}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Hour+time.Minute)
		defer cancel()
		if err := a.prune(ctx); err != nil {
			t.Error(err)
		}
	})
	if n := strings.Count(log.String(), "upkeep of the record failed"); n != 4 {
		t.Errorf("in three hours upkeep was tried %d times, want 4:\n%s", n, &log)
	}
}
