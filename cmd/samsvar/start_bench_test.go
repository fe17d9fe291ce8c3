package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

var onFileAtStart = flag.Int("bench.candidates", 10_000, "how many candidates are on file in BenchmarkStart")

// BenchmarkStart starts the real binary, turn by turn on an empty record and
// on one with many candidates, and reports how long it takes until it is
// connected, how much memory it has resident then, and its size.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "samsvar")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	empty, full := filepath.Join(dir, "empty.db"), filepath.Join(dir, "full.db")
	fillRecord(b, full, *onFileAtStart)
	files := []string{empty, full}
	for _, db := range files {
		startOnce(b, binary, db) // what only the first start does, such as making the file
	}
	var took, rss [2]float64
	for range b.N {
		for j, db := range files {
			d, kb := startOnce(b, binary, db)
			took[j] += float64(d.Milliseconds())
			rss[j] += kb / 1024
		}
	}
	n := float64(b.N)
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/(1<<20), "MiB-binary")
	b.ReportMetric(took[0]/n, "ms-empty")
	b.ReportMetric(took[1]/n, fmt.Sprintf("ms-%d", *onFileAtStart))
	b.ReportMetric(took[1]/took[0], "start-ratio")
	b.ReportMetric(rss[0]/n, "MiB-empty")
	b.ReportMetric(rss[1]/n, fmt.Sprintf("MiB-%d", *onFileAtStart))
	b.ReportMetric(rss[1]/rss[0], "memory-ratio")
}

// startOnce starts the binary, waits until it is connected and stops it. It
// returns how long that took and the resident memory in KiB.
func startOnce(b *testing.B, binary, db string) (time.Duration, float64) {
	b.Helper()
	s, err := slacksim.Start(slacksim.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithTimeout(b.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary)
	cmd.Env = append(os.Environ(), "SLACK_BOT_TOKEN="+s.BotToken(), "SLACK_APP_TOKEN="+s.AppToken(), "SLACK_API_URL="+s.APIURL(), "SAMSVAR_DB="+db)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	if err := s.AwaitConnected(ctx, 1); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	kb := resident(b, cmd.Process.Pid)
	_ = cmd.Process.Signal(syscall.SIGTERM)
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
	return took, kb
}

// resident returns a process's resident memory in KiB, as Linux counts it.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skip("resident memory is read from /proc, which this system does not have")
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kb float64
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		b.Fatal(err)
	}
	return kb
}

// inOneRole is how many candidates a role has at most in a record that is filled.
const inOneRole = 10_000

// fillRecord makes a record with n candidates, in as many open roles as they
// take.
func fillRecord(b testing.TB, path string, n int) {
	b.Helper()
	rules := settingsOf(b) // by others, the first start would count everything anew
	s, err := store.Open(path, store.Options{Settings: rules})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	act := func(decide func(hiring.Act) (hiring.Change, error)) {
		err := s.Change(b.Context(), "", now, func(r hiring.Record) (hiring.Change, error) {
			return decide(hiring.Act{Settings: rules, Record: r, By: hiring.Person{ID: kari}, Now: now})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	for from := 0; from < n; from += inOneRole {
		role := hiring.RoleID(from/inOneRole + 1)
		act(func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: channelHiring, Terms: hiring.Terms{
				Title: "Backend developer", Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
				Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
				MustHaves:  hiring.MustHaves("Go"),
				Interviews: []hiring.Stage{{ID: technical, Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{ingrid}}},
			}})
			return c, err
		})
		act(func(a hiring.Act) (hiring.Change, error) {
			var rows []hiring.Imported
			for i := from; i < min(from+inOneRole, n); i++ {
				rows = append(rows, hiring.Imported{
					Line: i + 1, External: fmt.Sprint(i), Name: fmt.Sprintf("Candidate %d", i), Source: hiring.Inbound,
					AddedAt: now.Add(-time.Duration(i) * time.Minute), Outcome: hiring.Active,
				})
			}
			_, c, err := a.Import(role, rows)
			return c, err
		})
	}
}

// settingsOf returns the settings that the environment asks for.
func settingsOf(t testing.TB) hiring.Settings {
	t.Helper()
	if os.Getenv("SLACK_BOT_TOKEN") == "" {
		t.Setenv("SLACK_BOT_TOKEN", testBotToken)
		t.Setenv("SLACK_APP_TOKEN", testAppToken)
	}
	c, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	return c.settings
}
