package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

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
		s.SignOffDays != 2 || s.NudgesOwner != 2 || s.MaxRounds != 4 || len(s.Admins) != 0 {
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
		{"SLACK_APP_TOKEN", testBotToken, "SLACK_APP_TOKEN must start with xapp-"},
		{"SLACK_BOT_TOKEN", " \t", "SLACK_BOT_TOKEN is empty"},
		{"SLACK_BOT_TOKEN", testBotToken + "\r\n", ""},
		{"SLACK_BOT_TOKEN", "xoxb-0000 marker", "SLACK_BOT_TOKEN holds a space"},
		{"SLACK_APP_TOKEN", "xapp-0000é-marker", "SLACK_APP_TOKEN holds a space or another character"},
		{"SLACK_API_URL", "http://127.0.0.1:8080/api/", ""},
		{"SAMSVAR_SLACK_CONNECTIONS", "1", ""},
		{"SAMSVAR_SLACK_CONNECTIONS", "0", "SAMSVAR_SLACK_CONNECTIONS must be"},
		{"SAMSVAR_SLACK_CONNECTIONS", "11", "SAMSVAR_SLACK_CONNECTIONS must be"},
		{"SAMSVAR_SLACK_CONNECTIONS", "marker", "SAMSVAR_SLACK_CONNECTIONS must be"},
		{"SAMSVAR_HTTP_ADDR", "127.0.0.1:9464", ""},
		{"SAMSVAR_HTTP_ADDR", "[::1]:0", ""},
		{"SAMSVAR_HTTP_ADDR", ":9464", "SAMSVAR_HTTP_ADDR must be"},
		{"SAMSVAR_HTTP_ADDR", "marker", "SAMSVAR_HTTP_ADDR must be"},
		{"SAMSVAR_HTTP_ADDR", "127.0.0.1:70000", "SAMSVAR_HTTP_ADDR must be"},
		{"SLACK_API_URL", "https://", "SLACK_API_URL must be"},
		{"SLACK_API_URL", "https://:443/marker/", "SLACK_API_URL must be"},
		{"SLACK_API_URL", "https://slack.com/api/?marker=1", "SLACK_API_URL must be"},
		{"SLACK_API_URL", "https://slack-gov.com/api", ""},
		{"SLACK_API_URL", "marker", "SLACK_API_URL must be"},
		{"SLACK_API_URL", "ftp://marker/api/", "SLACK_API_URL must be"},
		{"SAMSVAR_COMMAND", "/ansett", ""},
		{"SAMSVAR_COMMAND", "marker", "SAMSVAR_COMMAND must be"},
		{"SAMSVAR_COMMAND", "/Marker", "SAMSVAR_COMMAND must be"},
		{"SAMSVAR_ADMINS", "U024BE7LH, W12", ""},
		{"SAMSVAR_ADMINS", "marker", "SAMSVAR_ADMINS must be"},
		{"SAMSVAR_ADMINS", "U024BE7LH,marker", "SAMSVAR_ADMINS must be"},
		{"SAMSVAR_COMMAND", "/" + strings.Repeat("a", 31), ""},
		{"SAMSVAR_COMMAND", "/" + strings.Repeat("a", 32), "SAMSVAR_COMMAND must be"},
		{"SAMSVAR_COMMAND", "/hire marker", "SAMSVAR_COMMAND must be"},
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
		{"SAMSVAR_WORK_HOURS", "08:00-24:01", "SAMSVAR_WORK_HOURS must be"},
		{"SAMSVAR_WORK_HOURS", "24:00-24:00", "SAMSVAR_WORK_HOURS must be"},
		{"SAMSVAR_WORK_HOURS", "08:00", "SAMSVAR_WORK_HOURS must be"},
		{"SAMSVAR_FEEDBACK_DUE", "3s", ""},
		{"SAMSVAR_FEEDBACK_DUE", "-1h", "SAMSVAR_FEEDBACK_DUE must be"},
		{"SAMSVAR_FEEDBACK_DUE", "marker", "SAMSVAR_FEEDBACK_DUE must be"},
		{"SAMSVAR_FEEDBACK_DUE", "0s", "SAMSVAR_FEEDBACK_DUE must be"},
		{"SAMSVAR_FEEDBACK_DUE", "8", "SAMSVAR_FEEDBACK_DUE must be"},
		{"SAMSVAR_NUDGE_CRON", "@every 2s", ""},
		{"SAMSVAR_NUDGE_CRON", "TZ=Europe/Oslo", "SAMSVAR_NUDGE_CRON must be"},
		{"SAMSVAR_DIGEST_CRON", "0 9 31 2 *", "SAMSVAR_DIGEST_CRON must be"},
		{"SAMSVAR_DIGEST_CRON", "0 8 * * 5", ""},
		{"SAMSVAR_DIGEST_CRON", "marker", "SAMSVAR_DIGEST_CRON must be"},
		{"SAMSVAR_DIGEST_CHANNEL", "C024BE91L", ""},
		{"SAMSVAR_DIGEST_CHANNEL", "#marker", "SAMSVAR_DIGEST_CHANNEL must be"},
		{"SAMSVAR_DB", "/var/lib/samsvar/record.db", ""},
		{"SAMSVAR_LOG_LEVEL", "debug", ""},
		{"SAMSVAR_LOG_LEVEL", "marker", "SAMSVAR_LOG_LEVEL must be"},
		{"SAMSVAR_LOG_FORMAT", "json", ""},
		{"SAMSVAR_LOG_FORMAT", "marker", "SAMSVAR_LOG_FORMAT must be"},
	}
	for _, tt := range tests {
		t.Run(tt.variable+"="+tt.value, func(t *testing.T) {
			environment(t, map[string]string{tt.variable: tt.value})
			c, err := loadConfig()
			noLeak(t, c, err)
			switch {
			case tt.complaint == "" && err != nil:
				t.Fatal(err)
			case tt.complaint == "":
				return
			case err == nil || !strings.Contains(err.Error(), tt.complaint):
				t.Fatalf("got %v, want %q", err, tt.complaint)
			}
			if said := err.Error(); strings.Contains(strings.ToLower(said), "marker") {
				t.Errorf("the error holds the value: %s", said)
			}
		})
	}
}

// TestEmptyMeansDefault sets every variable to nothing, as an env file does
// that only lists their names.
func TestEmptyMeansDefault(t *testing.T) {
	environment(t, nil)
	want, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	empty := map[string]string{}
	for _, name := range variables() {
		if !strings.HasSuffix(name, "_TOKEN") {
			empty[name] = ""
		}
	}
	environment(t, empty)
	got, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	for f, v := range reflect.ValueOf(got).Fields() {
		if f.IsExported() && fmt.Sprint(v) != fmt.Sprint(reflect.ValueOf(want).FieldByIndex(f.Index)) {
			t.Errorf("%s is %v", f.Name, v)
		}
	}
}

// TestNamesAreUpperCase: a variable written otherwise is another one.
func TestNamesAreUpperCase(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "samsvar_locale": "nb"})
	t.Setenv("slack_bot_token", testBotToken)
	c, err := loadConfig()
	if err == nil || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN is empty") || c.Locale != "en" {
		t.Errorf("locale %s, %v", c.Locale, err)
	}
}

func TestWhatIsParsed(t *testing.T) {
	environment(t, map[string]string{
		"SAMSVAR_FEEDBACK_DUE": "3s", "SAMSVAR_NUDGE_CRON": "@every 2s", "SAMSVAR_WORK_HOURS": "00:00-24:00", "SAMSVAR_WORK_DAYS": "Sun-Thu",
		"SAMSVAR_ADMINS": "U024BE7LH, W012A3CDE", "SAMSVAR_COUNTRY": "se", "SLACK_API_URL": "https://slack-gov.com/api", "SAMSVAR_LOG_LEVEL": "warn",
	})
	c, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	s := c.settings
	if s.FeedbackDue != 3*time.Second || s.WorkFrom != 0 || s.WorkTo != 24*time.Hour || s.WorkDays != [7]bool{true, true, true, true, true, false, false} ||
		!slices.Equal(s.Admins, []hiring.UserID{"U024BE7LH", "W012A3CDE"}) || s.Country != "SE" {
		t.Errorf("settings %+v", s)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if next := c.nudges.Next(now); !next.Equal(now.Add(2 * time.Second)) {
		t.Errorf("the sweep comes at %v", next)
	}
	if c.APIURL != "https://slack-gov.com/api/" || c.level != slog.LevelWarn {
		t.Errorf("API %s, level %v", c.APIURL, c.level)
	}
}

func TestEverythingWrongIsSaidAtOnce(t *testing.T) {
	wrong := map[string]string{}
	for _, name := range variables() {
		wrong[name] = "#marker#"
	}
	delete(wrong, "SAMSVAR_DB") // any name is one
	environment(t, wrong)
	c, err := loadConfig()
	noLeak(t, c, err)
	if err == nil {
		t.Fatal("nothing is wrong")
	}
	for name := range wrong {
		if strings.Count(err.Error(), name+" ") != 1 {
			t.Errorf("%s is not said once", name)
		}
	}
	if strings.Contains(err.Error(), "marker") {
		t.Errorf("the error holds a value: %v", err)
	}
}

func TestSwappedTokens(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": testAppToken, "SLACK_APP_TOKEN": testBotToken})
	c, err := loadConfig()
	noLeak(t, c, err)
	if err == nil || strings.Count(err.Error(), "swapped") != 2 {
		t.Errorf("got %v", err)
	}
}

func TestWorkOffline(t *testing.T) {
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""})
	if _, err := loadOffline(); err != nil {
		t.Errorf("it asks for tokens: %v", err)
	}
}

func TestSecretsCannotPrint(t *testing.T) {
	environment(t, nil)
	c, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	noLeak(t, c, c.BotToken, c.AppToken, &c.BotToken, []Secret{c.AppToken}, map[string]any{"token": c.BotToken})
}

// variables are the names of all variables.
func variables() (names []string) {
	for f := range reflect.TypeFor[Config]().Fields() {
		if name := f.Tag.Get("envconfig"); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// noLeak prints the values in every way there is and looks for the tokens.
func noLeak(t *testing.T, c Config, values ...any) {
	t.Helper()
	var out bytes.Buffer
	for _, v := range append(values, c, &c) {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		_ = json.NewEncoder(&out).Encode(v) // what cannot be encoded is not printed
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
	}
	for _, secret := range []string{"sesame", fmt.Sprintf("%x", "sesame"), fmt.Sprintf("%X", "sesame"), fmt.Sprint([]byte("sesame"))} {
		if before, _, found := strings.Cut(out.String(), strings.Trim(secret, "[]")); found {
			t.Errorf("a token was printed: …%.80s", before[max(0, len(before)-80):])
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
	for _, name := range variables() {
		if strings.Count(out.String(), "\n  "+name+" ") != 1 {
			t.Errorf("%s is not there once", name)
		}
	}
	for line := range strings.Lines(out.String()) {
		if utf8.RuneCountInString(line) > 100 { // with its end
			t.Errorf("too long: %s", line)
		}
	}
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
	f.Add("mon - fri , SUN", " 8:00 - 16:30 ")
	f.Add("-,--,Mon-", "-")
	f.Fuzz(func(t *testing.T, days, hours string) {
		if on, err := parseWorkDays(days); err == nil && !slices.Contains(on[:], true) {
			t.Errorf("%q has no working day", days)
		}
		if from, to, err := parseWorkHours(hours); err == nil && (from < 0 || to <= from || to > 24*time.Hour) {
			t.Errorf("%q is %v to %v", hours, from, to)
		}
	})
}
