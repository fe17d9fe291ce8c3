package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestNoCopyCanBeMadeBesideTheRecord says what is in the way and the way around
// it, in names that its reader gave.
func TestNoCopyCanBeMadeBesideTheRecord(t *testing.T) {
	for want, spoil := range map[string]func(folder string) error{
		"is for reading only": func(folder string) error {
			return syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
		},
		"the disk is full": func(folder string) error {
			fillUp(t, folder)
			return nil
		},
	} {
		t.Run(want, func(t *testing.T) {
			folder := smallDisk(t)
			db := filepath.Join(folder, "samsvar.db")
			environment(t, map[string]string{"SAMSVAR_DB": db})
			fillRecord(t, db, 1)
			if err := spoil(folder); err != nil {
				t.Fatal(err)
			}
			to, copied := t.TempDir(), filepath.Join(t.TempDir(), "copy.db")
			code, _, errs := samsvar(t, "export", filepath.Join(to, "new"))
			if code != exitFailed || !strings.Contains(errs, want) || !strings.Contains(errs, "`samsvar backup FILE`") || strings.Contains(errs, exportMark) {
				t.Errorf("exit %d: %s", code, errs)
			}
			noCopyLeft(t, db)
			does(t, exitOK, "holds", "backup", copied) // the way around
			t.Setenv("SAMSVAR_DB", copied)
			does(t, exitOK, "holds everything", "export", filepath.Join(to, "new"))
		})
	}
}

// TestExportOntoAFullDisk names the folder that was asked for.
func TestExportOntoAFullDisk(t *testing.T) {
	environment(t, map[string]string{"SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db")})
	fillRecord(t, os.Getenv("SAMSVAR_DB"), 1)
	folder := smallDisk(t)
	fillUp(t, folder)
	to := filepath.Join(folder, "new")
	does(t, exitFailed, "samsvar: write the export: there is no room for "+to+": the disk is full", "export", to)
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
