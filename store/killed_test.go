package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestKilledBetweenSteps kills a process that makes and restores backups all
// the time. Whatever is there is whole: the record as it was or as it becomes.
func TestKilledBetweenSteps(t *testing.T) {
	if folder := os.Getenv("SAMSVAR_TEST_RESTORE"); folder != "" {
		restoreForEver(folder)
		return
	}
	backup, record, then, now := backups(t)
	folder, random := filepath.Dir(record), rand.New(rand.NewPCG(1, 2))
	ok(t, os.Rename(backup, filepath.Join(folder, "old.backup")))
	must(Backup(t.Context(), record, filepath.Join(folder, "new.backup")))
	halfway := 0
	for range 25 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledBetweenSteps$")
		cmd.Env = append(os.Environ(), "SAMSVAR_TEST_RESTORE="+folder)
		ok(t, cmd.Start())
		time.Sleep(time.Duration(20+random.IntN(60)) * time.Millisecond) // any instant will do
		ok(t, cmd.Process.Kill())
		_ = cmd.Wait() // says that it was killed
		if got := held(t, record); !reflect.DeepEqual(got, then) && !reflect.DeepEqual(got, now) {
			t.Fatal("the record is neither the old nor the new one")
		}
		for _, name := range files(t, folder) {
			if strings.HasSuffix(name, ".copy") {
				held(t, filepath.Join(folder, name))
			}
			if strings.Contains(name, ".part-") {
				halfway++
			}
			if !strings.HasSuffix(name, ".backup") && name != filepath.Base(record) {
				ok(t, os.Remove(filepath.Join(folder, name)))
			}
		}
	}
	t.Logf("%d left halfway", halfway)
}

func restoreForEver(folder string) {
	record := filepath.Join(folder, "samsvar.db")
	for i := 0; ; i++ {
		for _, name := range []string{"old.backup", "new.backup"} {
			now := monday.Add(time.Duration(i) * time.Minute)
			r, err := Restore(context.Background(), filepath.Join(folder, name), record, true, now)
			if err != nil {
				fmt.Println(err)
			}
			_ = os.Remove(r.Replaced)
			_, _ = Backup(context.Background(), record, filepath.Join(folder, fmt.Sprint(name, i, ".copy")))
		}
	}
}

// TestKilledWhileItBegins kills processes that make a new file.
func TestKilledWhileItBegins(t *testing.T) {
	if folder := os.Getenv("SAMSVAR_TEST_BEGIN"); folder != "" {
		for i := 0; ; i++ {
			s, err := Open(filepath.Join(folder, fmt.Sprint(i, ".db")), Options{})
			if err == nil {
				_ = s.Close()
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 15 {
		folder := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilledWhileItBegins$")
		cmd.Env = append(os.Environ(), "SAMSVAR_TEST_BEGIN="+folder)
		ok(t, cmd.Start())
		time.Sleep(time.Duration(20+random.IntN(60)) * time.Millisecond)
		ok(t, cmd.Process.Kill())
		_ = cmd.Wait() // says that it was killed
		for _, name := range files(t, folder) {
			if !strings.Contains(name, ".part-") {
				ok(t, must(Open(filepath.Join(folder, name), Options{})).Close())
			}
		}
	}
}
