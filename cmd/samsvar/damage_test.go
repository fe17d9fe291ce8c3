package main

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// damages is how many files are damaged at random.
const damages = 25

// TestDamageAtTheStart starts the process on files with bytes flipped anywhere,
// or cut short anywhere. Each time it says that the file is damaged and how to
// put a backup in its place, or everything is there, because nothing stands
// where the damage is. It never serves half of it.
func TestDamageAtTheStart(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	fillRecord(t, db, 300)
	startOnceMore(t, s)
	whole, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	want := everybody(t, db)
	seed := rand.Uint64()
	draw := rand.New(rand.NewPCG(seed, 0))
	refused := 0
	for range damages {
		file := bytes.Clone(whole)
		switch draw.IntN(3) {
		case 0:
			file[draw.IntN(len(file))] ^= byte(1 + draw.IntN(255))
		case 1:
			for range 1 + draw.IntN(64) {
				file[draw.IntN(len(file))] = byte(draw.Uint32())
			}
		case 2:
			file = file[:draw.IntN(len(file))]
		}
		if err := os.WriteFile(db, file, 0o600); err != nil {
			t.Fatal(err)
		}
		code, said := startOnceMore(t, s)
		switch {
		case code == exitRecord && (strings.Contains(said, "it is damaged") && strings.Contains(said, "samsvar restore BACKUP --force") || strings.Contains(said, "not a record of Samsvar")):
			refused++
		case code != exitOK:
			t.Fatalf("seed %d: exit %d:\n%s", seed, code, said)
		case !reflect.DeepEqual(everybody(t, db), want):
			t.Fatalf("seed %d: it served something else than what was on file", seed)
		}
	}
	if refused == 0 {
		t.Errorf("seed %d: no damage was found", seed)
	}
	t.Logf("%d of %d were refused; the rest was where nothing stands", refused, damages)
}

// startOnceMore starts the process in the house there is and stops it once it
// is connected, unless it ends by itself. It returns its exit code and what it
// said.
func startOnceMore(t *testing.T, s *slacksim.Slack) (int, string) {
	t.Helper()
	ctx, connected := context.WithCancel(within(t))
	defer connected()
	said := &buffer{}
	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env, cmd.Stderr = append(os.Environ(), realProcess+"=1"), said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		if s.AwaitConnected(ctx, 1) == nil {
			_ = cmd.Process.Signal(syscall.SIGTERM)
		}
	}()
	_ = cmd.Wait() // the code says it
	return cmd.ProcessState.ExitCode(), said.String()
}

// everybody returns all that is known of the candidates on file.
func everybody(t *testing.T, db string) (all []hiring.Candidate) {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy.db")
	file, err := os.ReadFile(db)
	if err == nil {
		err = os.WriteFile(copied, file, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	record, err := store.Open(copied, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	err = record.View(t.Context(), func(r hiring.Record) (err error) {
		all, err = r.CandidatesOf(1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
