package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// piped is a samsvar of its own whose standard output is a pipe.
type piped struct {
	*exec.Cmd
	out  *os.File // the end that is read
	errs *buffer
}

func begin(t *testing.T, args ...string) piped {
	t.Helper()
	return beginAfter(t, func(*os.File) {}, args...)
}

// beginAfter does something to the end that is read first.
func beginAfter(t *testing.T, do func(out *os.File), args ...string) piped {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("pipes and signals are others here")
	}
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = out.Close() })
	p := piped{exec.CommandContext(within(t), os.Args[0], args...), out, &buffer{}}
	p.Env, p.Stdout, p.Stderr = append(os.Environ(), realProcess+"=1"), in, p.errs
	do(out)
	err = p.Start()
	_ = in.Close() // the process has its own
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ends waits for the end and holds that it is quiet.
func (p piped) ends(t *testing.T, codes ...int) {
	t.Helper()
	_ = p.Wait() // the code says it
	if got := p.ProcessState.ExitCode(); !slices.Contains(codes, got) || strings.Contains(p.errs.String(), "pipe") {
		t.Errorf("%v: exit %d, want %v: %v\n%s", p.Args[1:], got, codes, p.ProcessState, p.errs)
	}
}

// TestWhatNobodyReads has whoever reads the output go, as head does, after the
// first bytes of it or before any.
func TestWhatNobodyReads(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	fillRecord(t, db, 1000)
	defer serveAgain(t, s).end(t) // so that a doctor reads a copy, too
	for _, tt := range []struct {
		args string
		read bool // the first byte
		code int
	}{
		{"export - --table events", true, exitUnread},
		{"export - --table events", false, exitUnread},
		{"export " + filepath.Join(t.TempDir(), "export"), false, exitOK}, // it is written
		{"doctor", true, exitOK},
		{"doctor", false, exitOK},
	} {
		p := begin(t, strings.Fields(tt.args)...)
		if tt.read {
			if _, err := p.out.Read(make([]byte, 1)); err != nil {
				t.Error(err)
			}
		}
		_ = p.out.Close()
		p.ends(t, tt.code)
		noCopyLeft(t, db)
	}
}

// TestAManifestThatNobodyReads fits into a pipe, so whoever reads is gone before it
// is begun.
func TestAManifestThatNobodyReads(t *testing.T) {
	environment(t, nil)
	for _, args := range [][]string{{"manifest"}, {"manifest", "--json"}} {
		beginAfter(t, func(out *os.File) { _ = out.Close() }, args...).ends(t, exitUnread)
	}
}

// TestOutputOntoAFullDisk says once what is wrong.
func TestOutputOntoAFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no device here is always full: ", err)
	}
	defer full.Close()
	environment(t, map[string]string{"SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db")})
	fillRecord(t, os.Getenv("SAMSVAR_DB"), 1)
	for _, args := range []string{"export - --table events", "manifest", "manifest --json"} {
		var errs strings.Builder
		p := &program{stdout: full, stderr: &errs, clock: time.Now}
		code := p.run(t.Context(), strings.Fields(args))
		if said := errs.String(); code != exitFailed || strings.Count(said, "no space left on device") != 1 || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: exit %d: %s", args, code, said)
		}
	}
}

// TestAnImportWhoseReportNobodyReads imports all the same.
func TestAnImportWhoseReportNobodyReads(t *testing.T) {
	environment(t, nil)
	db := importRecord(t)
	file := filepath.Join(t.TempDir(), "candidates.csv")
	if err := os.WriteFile(file, []byte("id,name,added,source\n1,Nora Vik,2026-11-20,referral\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := begin(t, "import", file, "--role", "R-1")
	_ = p.out.Close()
	p.ends(t, exitOK)
	if all := imported(t, db); len(all) != 1 {
		t.Errorf("%d candidates are there", len(all))
	}
}

// TestAHangUp ends an export that is half read, and a samsvar that serves, as an
// interrupt does, however often it is said.
func TestAHangUp(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	fillRecord(t, db, 1000)
	p := begin(t, "export", "-", "--table", "events") // more than a pipe holds
	if _, err := p.out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := p.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	_ = p.out.Close()
	p.ends(t, exitUnread, exitFailed) // it may see either first
	noCopyLeft(t, db)
	p = begin(t, "serve")
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, p.errs)
	}
	if err := p.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	p.ends(t, exitOK)
}
