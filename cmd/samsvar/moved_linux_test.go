package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/store"
)

// smallDisk mounts a file system of 4 MB.
func smallDisk(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=4m"); err != nil {
		t.Skip("only root mounts file systems: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

// fillUp leaves no room on the disk of a folder, until the file is removed.
func fillUp(t *testing.T, folder string) (file string) {
	t.Helper()
	f, err := os.Create(filepath.Join(folder, "fills"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return f.Name()
}

// removedOnAFullDisk has a record of three candidates open that was removed, and
// whose disk has no room for a copy.
func removedOnAFullDisk(t *testing.T, log io.Writer) (a *app, db, fills string) {
	t.Helper()
	folder := smallDisk(t)
	db = filepath.Join(folder, "samsvar.db")
	environment(t, map[string]string{"SAMSVAR_DB": db})
	fillRecord(t, db, 3)
	s, err := store.Open(db, store.Options{Settings: settingsOf(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	fills = fillUp(t, folder)
	if err := os.Remove(db); err != nil {
		t.Fatal(err)
	}
	return &app{record: s, clock: time.Now, log: slog.New(slog.NewTextHandler(log, nil))}, db, fills
}

// TestARecordRemovedOnAFullDisk is held and lent until the process is told to
// stop, which says what is lost.
func TestARecordRemovedOnAFullDisk(t *testing.T) {
	r := running{out: &buffer{wrote: make(chan struct{}, 1)}}
	a, db, _ := removedOnAFullDisk(t, r.out)
	stopLending, err := lendCopies(a.record, db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer stopLending()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.rescue(ctx, db, store.ErrMoved) }()
	r.says(t, "only this process holds it now")
	r.says(t, "the disk is full")
	does(t, exitOK, "holds 1 role and 3 candidates", "backup", filepath.Join(t.TempDir(), "backup.db"))
	select {
	case err := <-ended:
		t.Fatalf("it ends: %v", err)
	default:
	}
	stop()
	if err := <-ended; !errors.Is(err, store.ErrMoved) || !strings.Contains(err.Error(), "what it held is lost, unless there is a backup") {
		t.Errorf("it says %v", err)
	}
}

// TestARemovedRecordIsSavedOnceThereIsRoom without anybody asking for it.
func TestARemovedRecordIsSavedOnceThereIsRoom(t *testing.T) {
	a, db, fills := removedOnAFullDisk(t, io.Discard)
	synctest.Test(t, func(t *testing.T) {
		time.AfterFunc(3*lookEvery/2, func() { _ = os.Remove(fills) })
		began := time.Now()
		err := a.rescue(t.Context(), db, store.ErrMoved)
		if took := time.Since(began); took != 2*lookEvery || !strings.Contains(err.Error(), "samsvar restore "+db+store.RescuedMark) {
			t.Errorf("after %v: %v", took, err)
		}
	})
	saved, err := filepath.Glob(db + store.RescuedMark + "*")
	if err != nil || len(saved) != 1 {
		t.Fatalf("saved: %v, %v", saved, err)
	}
	does(t, exitOK, "holds 1 role and 3 candidates", "restore", saved[0])
}
