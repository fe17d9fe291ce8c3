package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// The tokens of the tests; no output may hold them.
const (
	testBotToken = "xoxb-0000-sesame-bot"
	testAppToken = "xapp-0000-sesame-app"
)

// environment sets variables for a test, and the tokens unless it says
// otherwise. Variables of the machine are taken away.
func environment(t *testing.T, set map[string]string) {
	t.Helper()
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, "SAMSVAR_") || strings.HasPrefix(name, "SLACK_") {
			t.Setenv(name, "") // restores it afterwards
			_ = os.Unsetenv(name)
		}
	}
	t.Setenv("SLACK_BOT_TOKEN", testBotToken)
	t.Setenv("SLACK_APP_TOKEN", testAppToken)
	for name, value := range set {
		t.Setenv(name, value)
	}
}

func TestDefaults(t *testing.T) {
	environment(t, nil)
	c, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	s := c.settings
	if s.Zone.String() != "Europe/Oslo" || s.Country != "NO" || s.Locale != hiring.English || s.FeedbackDue != 8*time.Hour ||
		s.WorkFrom != 8*time.Hour || s.WorkTo != 16*time.Hour || s.WorkDays != [7]bool{false, true, true, true, true, true, false} ||
		s.SignOffDays != hiring.DefaultSignOffDays || len(s.Admins) != 0 {
		t.Errorf("settings %+v", s)
	}
	if c.DB != "samsvar.db" || c.Command != "/hire" || c.APIURL != "https://slack.com/api/" || c.DigestChannel != "" || c.level != slog.LevelInfo {
		t.Errorf("config %+v", c)
	}
	monday := time.Date(2026, 11, 23, 9, 0, 0, 0, s.Zone)
	if next := c.digests.Next(monday); !next.Equal(monday.AddDate(0, 0, 7)) {
		t.Errorf("after Monday at nine the digest comes at %v", next)
	}
	if next := c.nudges.Next(monday); !next.Equal(monday.Add(15 * time.Minute)) {
		t.Errorf("after nine the sweep comes at %v", next)
	}
}

func TestConfigValues(t *testing.T) {
	tests := []struct{ variable, value, complaint string }{
		{"SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN is empty"},
		{"SLACK_BOT_TOKEN", testAppToken, "SLACK_BOT_TOKEN must start with xoxb-"},
		{"SLACK_APP_TOKEN", "", "SLACK_APP_TOKEN is empty"},
		{"SLACK_APP_TOKEN", "marker", "SLACK_APP_TOKEN must start with xapp-"},
		{"SLACK_API_URL", "https://slack-gov.com/api", ""},
		{"SLACK_API_URL", "marker", "SLACK_API_URL must be"},
		{"SLACK_API_URL", "ftp://marker/api/", "SLACK_API_URL must be"},
		{"SAMSVAR_COMMAND", "/ansett", ""},
		{"SAMSVAR_COMMAND", "marker", "SAMSVAR_COMMAND must be"},
		{"SAMSVAR_COMMAND", "/Marker", "SAMSVAR_COMMAND must be"},
		{"SAMSVAR_ADMINS", "U024BE7LH, W12", ""},
		{"SAMSVAR_ADMINS", "marker", "SAMSVAR_ADMINS must be"},
		{"SAMSVAR_LOCALE", "nb", ""},
		{"SAMSVAR_LOCALE", "marker", "SAMSVAR_LOCALE must be"},
		{"SAMSVAR_TIMEZONE", "America/New_York", ""},
		{"SAMSVAR_TIMEZONE", "Marker/Base", "SAMSVAR_TIMEZONE must be"},
		{"SAMSVAR_TIMEZONE", "Local", "SAMSVAR_TIMEZONE must be"},
		{"SAMSVAR_COUNTRY", "se", ""},
		{"SAMSVAR_COUNTRY", "MARKER", "SAMSVAR_COUNTRY must be one of"},
		{"SAMSVAR_WORK_DAYS", "Sun-Thu", ""},
		{"SAMSVAR_WORK_DAYS", "Mon, Tue,Thu", ""},
		{"SAMSVAR_WORK_DAYS", "Mon-marker", "SAMSVAR_WORK_DAYS must be"},
		{"SAMSVAR_WORK_HOURS", "00:00-24:00", ""},
		{"SAMSVAR_WORK_HOURS", "16:00-08:00", "SAMSVAR_WORK_HOURS must be"},
		{"SAMSVAR_WORK_HOURS", "marker", "SAMSVAR_WORK_HOURS must be"},
		{"SAMSVAR_FEEDBACK_DUE", "3s", ""},
		{"SAMSVAR_FEEDBACK_DUE", "-1h", "SAMSVAR_FEEDBACK_DUE must be"},
		{"SAMSVAR_FEEDBACK_DUE", "marker", "SAMSVAR_FEEDBACK_DUE must be"},
		{"SAMSVAR_NUDGE_CRON", "@every 2s", ""},
		{"SAMSVAR_NUDGE_CRON", "TZ=Europe/Oslo", "SAMSVAR_NUDGE_CRON must be"},
		{"SAMSVAR_DIGEST_CRON", "0 8 * * 5", ""},
		{"SAMSVAR_DIGEST_CRON", "marker", "SAMSVAR_DIGEST_CRON must be"},
		{"SAMSVAR_DIGEST_CHANNEL", "C024BE91L", ""},
		{"SAMSVAR_DIGEST_CHANNEL", "#marker", "SAMSVAR_DIGEST_CHANNEL must be"},
		{"SAMSVAR_DB", "", "SAMSVAR_DB is empty"},
		{"SAMSVAR_LOG_LEVEL", "debug", ""},
		{"SAMSVAR_LOG_LEVEL", "marker", "SAMSVAR_LOG_LEVEL must be"},
		{"SAMSVAR_LOG_FORMAT", "json", ""},
		{"SAMSVAR_LOG_FORMAT", "marker", "SAMSVAR_LOG_FORMAT must be"},
	}
	for _, tt := range tests {
		t.Run(tt.variable+"="+tt.value, func(t *testing.T) {
			environment(t, map[string]string{tt.variable: tt.value})
			_, err := loadConfig()
			switch {
			case tt.complaint == "" && err != nil:
				t.Fatal(err)
			case tt.complaint == "":
				return
			case err == nil || !strings.Contains(err.Error(), tt.complaint):
				t.Fatalf("got %v, want %q", err, tt.complaint)
			}
			if said := err.Error(); strings.Contains(strings.ToLower(said), "marker") || strings.Contains(said, "sesame") {
				t.Errorf("the error holds the value: %s", said)
			}
		})
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	environment(t, map[string]string{
		"SLACK_BOT_TOKEN": testAppToken, "SLACK_APP_TOKEN": testBotToken, "SAMSVAR_COUNTRY": "XX", "SAMSVAR_LOG_LEVEL": "loud",
	})
	_, err := loadConfig()
	for _, want := range []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "swapped", "SAMSVAR_COUNTRY", "SAMSVAR_LOG_LEVEL"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in: %v", want, err)
		}
	}
}

func TestSecretsCannotPrint(t *testing.T) {
	environment(t, nil)
	c, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", c.BotToken)
		fmt.Fprintf(&out, verb+"\n", c)
		fmt.Fprintf(&out, verb+"\n", &c)
	}
	_ = json.NewEncoder(&out).Encode(c)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "config", c, "token", c.AppToken)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "config", c, "token", c.AppToken)
	hexed := fmt.Sprintf("%x", testBotToken)
	for _, secret := range []string{"sesame", hexed} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("a token was printed:\n%s", out.String())
		}
	}
}

func TestHelpConfigDescribesEveryVariable(t *testing.T) {
	var out bytes.Buffer
	p := &program{stdout: &out, stderr: &out, clock: time.Now}
	if code := p.run(t.Context(), []string{"help", "config"}); code != exitOK {
		t.Fatalf("exit %d: %s", code, out.String())
	}
	golden(t, "testdata/help-config.txt", out.String())
}

// golden compares with a file, or rewrites it when told to.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and look at the change:\n%s", path, got)
	}
}

func FuzzWorkDaysAndHours(f *testing.F) {
	f.Add("Mon-Fri", "08:00-16:00")
	f.Add("Sun-Thu,Sat", "00:00-24:00")
	f.Fuzz(func(t *testing.T, days, hours string) {
		if on, err := parseWorkDays(days); err == nil && !slices.Contains(on[:], true) {
			t.Errorf("%q has no working day", days)
		}
		if from, to, err := parseWorkHours(hours); err == nil && (from < 0 || to <= from || to > 24*time.Hour) {
			t.Errorf("%q is %v to %v", hours, from, to)
		}
	})
}
