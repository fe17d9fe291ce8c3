package main

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// recordWith returns a record with a candidate; or with an event too many, as if
// the file had been changed behind our back.
func recordWith(t *testing.T, odd bool) string {
	t.Helper()
	environment(t, map[string]string{"SLACK_BOT_TOKEN": testBotToken, "SLACK_APP_TOKEN": testAppToken})
	db := filepath.Join(t.TempDir(), "samsvar.db")
	fillRecord(t, db, 1)
	if !odd {
		return db
	}
	s, err := store.Open(db, store.Options{Settings: settingsOf(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	err = s.Change(t.Context(), "", now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Events: []hiring.Event{{Kind: hiring.CandidateAdded, At: now, By: ola, Role: 1, Candidate: 99, To: hiring.StageSourced, Source: hiring.Referral}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// miscounted returns a record of which a count is wrong, as a mistake of ours
// would leave it: what stands in the file adds up.
func miscounted(t *testing.T) string {
	t.Helper()
	path := recordWith(t, false)
	writeRaw(t, path, "count", func(counts *bolt.Bucket) (k, v []byte) {
		k, v = counts.Cursor().First()
		return k, []byte{v[0] + 1}
	})
	return path
}

// TestDoctorCountsWhileSamsvarServes in a copy, and leaves nothing behind.
func TestDoctorCountsWhileSamsvarServes(t *testing.T) {
	house(t, slacksim.Options{}, nil)
	db := os.Getenv("SAMSVAR_DB")
	fillRecord(t, db, 1)
	serving := launch(t, "serve")
	serving.says(t, "connected to Slack")
	r := launch(t, "doctor")
	if code, out := r.exit(t), r.out.String(); code != exitOK || !strings.Contains(out, "✓ numbers") || !strings.Contains(out, "open in the Samsvar that serves, and consistent") {
		t.Errorf("exit %d, it says\n%s", code, out)
	}
	if left, err := filepath.Glob(db + doctorMark + "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	serving.stop()
	serving.exit(t)
}

// TestDoctorFindsNothingWrongWithAllConnectionsInUse while Samsvar serves. Slack
// lets nobody open ten in the time of a test.
func TestDoctorFindsNothingWrongWithAllConnectionsInUse(t *testing.T) {
	s := house(t, slacksim.Options{}, nil)
	serving := launch(t, "serve")
	if err := s.AwaitConnected(within(t), 2); err != nil {
		t.Fatal(err)
	}
	s.Crowd(1)
	r := launch(t, "doctor")
	if code, out := r.exit(t), r.out.String(); code != exitOK || !strings.Contains(out, "all 10 connections") {
		t.Errorf("exit %d, it says\n%s", code, out)
	}
	serving.stop()
	serving.exit(t)
}

// TestDoctorRemovesWhatWasLeftByKilled doctors and exports, a day later: until
// then they may be at work.
func TestDoctorRemovesWhatWasLeftByKilled(t *testing.T) {
	db := recordWith(t, false)
	t.Setenv("SAMSVAR_DB", db)
	t.Setenv("SLACK_API_URL", "http://127.0.0.1:1/")
	record, err := store.Open(db, store.Options{Settings: settingsOf(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	stop, err := lendCopies(record, db, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	copied, _, err := (&doctor{c: Config{DB: db, settings: settingsOf(t)}}).copied(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_ = copied.Close() // and killed
	if _, _, err := copyBeside(t.Context(), db, exportMark); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(db)
	others := []string{filepath.Join(dir, "doctor-notes"), filepath.Join(dir, "other.db"+doctorMark+"1"), filepath.Join(dir, "other.db"+exportMark+"1"), db + ".export-1"}
	for _, folder := range others {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	left := func(after time.Duration) int {
		p := &program{stdout: io.Discard, stderr: io.Discard, clock: func() time.Time { return time.Now().Add(after) }}
		p.run(t.Context(), []string{"doctor"})
		exports, err := filepath.Glob(db + exportMark + "*")
		doctors, err2 := filepath.Glob(db + doctorMark + "*")
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		return len(exports) + len(doctors)
	}
	if n := left(copyAge - time.Hour); n != 2 {
		t.Errorf("%d copies are left within a day", n)
	}
	if n := left(copyAge + time.Hour); n != 0 {
		t.Errorf("%d copies are left after a day", n)
	}
	for _, name := range append(others, db, socketOf(db)) {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("it removed what is none of its business: %v", err)
		}
	}
}

// TestDoctorMakesNoRecord before the first start, nor under a name that is
// misspelt.
func TestDoctorMakesNoRecord(t *testing.T) {
	house(t, slacksim.Options{}, nil)
	folder := t.TempDir()
	link := filepath.Join(folder, "link.db")
	if err := os.Symlink(filepath.Join(t.TempDir(), "samsvar.db"), link); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		it, db string
		code   int
		want   []string
	}{
		{"no record", filepath.Join(folder, "samsvr.db"), exitOK, []string{"✓ database", "there is no record yet", filepath.Join(folder, "samsvr.db"), "SAMSVAR_DB", "✓ numbers", "none yet"}},
		{"a link to none", link, exitOK, []string{"there is no record yet"}},
		{"no folder", filepath.Join(folder, "nowhere", "samsvar.db"), exitFailed, []string{"✗ database", "is not there. Make it", "SAMSVAR_DB", "✓ numbers"}},
	}
	for _, tt := range tests {
		t.Setenv("SAMSVAR_DB", tt.db)
		r := launch(t, "doctor")
		if code := r.exit(t); code != tt.code {
			t.Errorf("%s: exit %d:\n%s", tt.it, code, r.out)
		}
		for _, want := range tt.want {
			if out := r.out.String(); !strings.Contains(out, want) {
				t.Errorf("%s: does not say %q:\n%s", tt.it, want, out)
			}
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
			t.Errorf("%s: it leaves behind %v, %v", tt.it, left, err)
		}
		if _, err := os.Stat(tt.db); err == nil {
			t.Errorf("%s: it made a record", tt.it)
		}
	}
}

func TestDoctor(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(foreign, []byte("not a record"), 0o600); err != nil {
		t.Fatal(err)
	}
	locked := filepath.Join(t.TempDir(), "locked.db")
	other, err := store.Open(locked, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	newer, miscounts := newerFile(t), miscounted(t)
	fewer := bot.Manifest().Scopes[1:]
	tests := []struct {
		it     string
		slack  slacksim.Options
		set    map[string]string
		before func(*slacksim.Slack)
		args   []string
		code   int
		want   []string
	}{
		{it: "finds nothing wrong", code: exitOK, set: map[string]string{"SAMSVAR_ADMINS": tone, "SAMSVAR_DIGEST_CHANNEL": channelHiring},
			want: []string{"✓ configuration", "✓ database", "✓ bot token", "✓ scopes", "✓ socket", "✓ admins", "#hiring-backend"}},
		{it: "names a missing scope", slack: slacksim.Options{Scopes: fewer}, code: exitFailed,
			want: []string{"✗ scopes", "missing: " + bot.Manifest().Scopes[0], "samsvar manifest"}},
		{it: "sees a bot token that does not work", set: map[string]string{"SLACK_BOT_TOKEN": testBotToken}, code: exitFailed,
			want: []string{"✗ bot token", "invalid_auth", "SLACK_BOT_TOKEN", "✓ socket"}},
		{it: "sees an app token that does not work", set: map[string]string{"SLACK_APP_TOKEN": testAppToken}, code: exitFailed,
			want: []string{"✓ bot token", "✗ socket", "connections:write"}},
		{it: "sees a revoked token", before: func(s *slacksim.Slack) { s.Revoke(s.BotToken()) }, code: exitFailed, want: []string{"token_revoked"}},
		{it: "sees swapped tokens", set: map[string]string{"SLACK_BOT_TOKEN": testAppToken, "SLACK_APP_TOKEN": testBotToken}, code: exitUsage,
			want: []string{"✗ configuration", "swapped"}},
		{it: "sees that Slack is away", set: map[string]string{"SLACK_API_URL": "http://127.0.0.1:1/"}, code: exitFailed,
			want: []string{"Slack cannot be reached", "SLACK_API_URL"}},
		{it: "sees a file that is in use", set: map[string]string{"SAMSVAR_DB": locked}, code: exitFailed, want: []string{"✗ database", "stop what holds the file"}},
		{it: "sees a file that is not ours", set: map[string]string{"SAMSVAR_DB": foreign}, code: exitFailed, want: []string{"✗ database", "not a record of Samsvar"}},
		{it: "sees a folder", set: map[string]string{"SAMSVAR_DB": filepath.Dir(foreign)}, code: exitFailed, want: []string{"✗ database", "is a folder", "name a file with SAMSVAR_DB"}},
		{it: "sees a file of a newer version", set: map[string]string{"SAMSVAR_DB": newer}, code: exitFailed, want: []string{"✗ database", "a newer version of Samsvar wrote it"}},
		{it: "sees a socket that is revoked", before: func(s *slacksim.Slack) { s.Revoke(s.AppToken()) }, code: exitFailed,
			want: []string{"✓ bot token", "✗ socket", "token_revoked", "SLACK_APP_TOKEN"}},
		{it: "sees that all connections are in use", before: func(s *slacksim.Slack) { s.Crowd(1) }, code: exitFailed,
			want: []string{"✗ socket", "all 10 connections", "nothing is wrong if Samsvar serves elsewhere"}},
		{it: "sees a deactivated admin", set: map[string]string{"SAMSVAR_ADMINS": tone}, code: exitFailed,
			before: func(s *slacksim.Slack) { s.ChangeUser(tone, func(u *slacksim.User) { u.Deleted = true }) }, want: []string{"✗ admins", tone + ": deactivated"}},
		{it: "sees a digest channel nobody knows", set: map[string]string{"SAMSVAR_DIGEST_CHANNEL": "C404"}, code: exitFailed,
			want: []string{"✗ digest channel", "channel_not_found", "SAMSVAR_DIGEST_CHANNEL"}},
		{it: "counts everything again", set: map[string]string{"SAMSVAR_DB": recordWith(t, false)}, code: exitOK, want: []string{"✓ numbers", "add up"}},
		{it: "sees numbers that are wrong", set: map[string]string{"SAMSVAR_DB": recordWith(t, true)}, code: exitFailed,
			want: []string{"✗ numbers", "of R-1", "instead of 1", "samsvar doctor --mend-numbers"}},
		{it: "says which numbers cannot be put right", args: []string{"--mend-numbers"}, set: map[string]string{"SAMSVAR_DB": recordWith(t, true)}, code: exitFailed,
			want: []string{"✗ numbers", "candidates and events disagree", "samsvar restore"}},
		{it: "sees a count that is wrong", set: map[string]string{"SAMSVAR_DB": miscounts}, code: exitFailed, want: []string{"✓ database", "✗ numbers", "1 count,", "samsvar doctor --mend-numbers"}},
		{it: "puts it right", args: []string{"--mend-numbers"}, set: map[string]string{"SAMSVAR_DB": miscounts}, code: exitOK, want: []string{"✓ numbers", "1 count put right", "add up"}},
		{it: "and it stays right", set: map[string]string{"SAMSVAR_DB": miscounts}, code: exitOK, want: []string{"✓ numbers", "add up"}},
		{it: "has nothing to put right", args: []string{"--mend-numbers"}, set: map[string]string{"SAMSVAR_DB": recordWith(t, false)}, code: exitOK, want: []string{"✓ numbers", "add up"}},
		{it: "names the events that are needed", code: exitOK, want: []string{"member_joined_channel", "Event Subscriptions"}},
		{it: "sees an admin nobody knows", set: map[string]string{"SAMSVAR_ADMINS": "U404"}, code: exitFailed, want: []string{"✗ admins", "U404"}},
		{it: "sees an archived digest channel", set: map[string]string{"SAMSVAR_DIGEST_CHANNEL": channelHiring}, code: exitFailed,
			before: func(s *slacksim.Slack) {
				s.ChangeChannel(channelHiring, func(c *slacksim.Channel) { c.Archived = true })
			}, want: []string{"is archived"}},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			s := house(t, tt.slack, tt.set)
			if tt.before != nil {
				tt.before(s)
			}
			r := launch(t, append([]string{"doctor"}, tt.args...)...)
			code := r.exit(t)
			if code != tt.code {
				t.Errorf("exit %d, want %d", code, tt.code)
			}
			out := r.out.String()
			if tt.code == exitOK && strings.Contains(out, "✗") {
				t.Errorf("not all is well:\n%s", out)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("does not say %q:\n%s", want, out)
				}
			}
			for _, secret := range []string{"sesame", s.BotToken(), s.AppToken()} {
				if strings.Contains(out, secret) {
					t.Errorf("a token was printed:\n%s", out)
				}
			}
		})
	}
}
