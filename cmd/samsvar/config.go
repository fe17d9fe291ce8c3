package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kelseyhightower/envconfig"
	"github.com/robfig/cron/v3"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/templates"
)

// Secret is a token. It prints as a row of dots, whichever way it is printed.
type Secret string

const redacted = "•••"

// String returns dots.
func (Secret) String() string { return redacted }

// GoString returns dots.
func (Secret) GoString() string { return redacted }

// Format prints dots for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue returns dots.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns dots; JSON uses it, too.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Config is what the environment says. The order, the defaults and the
// descriptions are what `samsvar help config` shows. What is read is text and
// lists of text, so that envconfig never stops at a value that it cannot
// parse, nor puts one into an error.
type Config struct {
	BotToken Secret `envconfig:"SLACK_BOT_TOKEN" group:"Slack" must:"true" desc:"bot token, starts with xoxb-"`
	AppToken Secret `envconfig:"SLACK_APP_TOKEN" must:"true" desc:"app-level token with connections:write, starts with xapp-"`
	APIURL   string `envconfig:"SLACK_API_URL" default:"https://slack.com/api/" desc:"Slack's Web API; another one for GovSlack"`
	LineText string `envconfig:"SAMSVAR_SLACK_CONNECTIONS" default:"2" desc:"connections to Slack, 1 to 10; Slack refreshes each now and then, and with two there is always one"`

	DB        string   `envconfig:"SAMSVAR_DB" default:"samsvar.db" group:"Samsvar" desc:"the file that keeps the record"`
	Command   string   `envconfig:"SAMSVAR_COMMAND" default:"/hire" desc:"the slash command"`
	Admins    []string `envconfig:"SAMSVAR_ADMINS" desc:"Slack user ids of admins, separated by commas"`
	Locale    string   `envconfig:"SAMSVAR_LOCALE" default:"en" desc:"language until a person chooses their own: en or nb"`
	PresetDir string   `envconfig:"SAMSVAR_PRESETS" desc:"folder with presets of your own for the intake"`

	Timezone  string `envconfig:"SAMSVAR_TIMEZONE" default:"Europe/Oslo" group:"Working time" desc:"the workspace's zone, for digests and for people whose profile names none"`
	Country   string `envconfig:"SAMSVAR_COUNTRY" default:"NO" desc:"whose public holidays are free, as a two-letter code"`
	WorkDays  string `envconfig:"SAMSVAR_WORK_DAYS" default:"Mon-Fri" desc:"working days, such as Mon-Fri or Mon,Tue,Thu"`
	WorkHours string `envconfig:"SAMSVAR_WORK_HOURS" default:"08:00-16:00" desc:"working hours; 00:00-24:00 for always"`

	FeedbackText  string `envconfig:"SAMSVAR_FEEDBACK_DUE" default:"8h" group:"Reminders and digests" desc:"when feedback is due after an interview, in the interviewer's working time, such as 8h or 90m"`
	NudgeCron     string `envconfig:"SAMSVAR_NUDGE_CRON" default:"*/15 * * * *" desc:"when to look for what is overdue"`
	DigestCron    string `envconfig:"SAMSVAR_DIGEST_CRON" default:"0 9 * * 1" desc:"when the weekly digests go out"`
	DigestChannel string `envconfig:"SAMSVAR_DIGEST_CHANNEL" desc:"channel id for the digest over all roles; empty for none"`

	HTTPAddr string `envconfig:"SAMSVAR_HTTP_ADDR" group:"Seen from outside" desc:"where to answer /healthz, /readyz and /metrics, such as 127.0.0.1:9464; empty for nowhere"`

	LogLevel  string `envconfig:"SAMSVAR_LOG_LEVEL" default:"info" group:"Log" desc:"debug, info, warn or error"`
	LogFormat string `envconfig:"SAMSVAR_LOG_FORMAT" default:"text" desc:"text or json"`

	FeedbackDue time.Duration `ignored:"true"` // of FeedbackText; zero when that is no duration

	connections int
	settings    hiring.Settings
	presets     []templates.Preset
	nudges      cron.Schedule
	digests     cron.Schedule
	level       slog.Level
}

// loadConfig reads the environment and checks it. The error names every
// variable that is wrong, and never its value.
func loadConfig() (Config, error) {
	c, err := readConfig()
	if err == nil {
		err = c.check((*Config).checkTokens, (*Config).checkSlack, (*Config).checkTime, (*Config).checkPresets, (*Config).checkHTTP, (*Config).checkLog)
	}
	return c, err
}

// loadOffline reads and checks what work on the record needs: no tokens.
func loadOffline() (Config, error) {
	c, err := readConfig()
	if err == nil {
		err = c.check((*Config).checkSlack, (*Config).checkTime, (*Config).checkLog)
	}
	return c, err
}

// readConfig reads the environment. A variable that is set to nothing, as
// `NAME=` in a file of variables does, has its default.
func readConfig() (Config, error) {
	var c Config
	if err := envconfig.Process("", &c); err != nil {
		return c, err
	}
	for f, v := range reflect.ValueOf(&c).Elem().Fields() {
		if f.IsExported() && v.Kind() == reflect.String {
			v.SetString(cmp.Or(strings.TrimSpace(v.String()), f.Tag.Get("default")))
		}
	}
	c.FeedbackDue, _ = time.ParseDuration(c.FeedbackText) // zero is refused below
	return c, nil
}

// problem is one variable that is wrong and what it should be.
type problem struct{ variable, want string }

// problems are everything that is wrong with the configuration.
type problems []problem

// Error lists the variables, a line each.
func (p problems) Error() string {
	lines := make([]string, len(p))
	for i, x := range p {
		lines[i] = x.variable + " " + x.want
	}
	return "The configuration needs a change:\n  " + strings.Join(lines, "\n  ") + "\n`samsvar help config` describes every variable."
}

var (
	commandForm = regexp.MustCompile(`^/[a-z0-9_-]{1,31}$`)
	userForm    = regexp.MustCompile(`^[UW][A-Z0-9]{2,}$`)
	channelForm = regexp.MustCompile(`^[CG][A-Z0-9]{2,}$`)
)

// maxConnections is how many connections Slack allows an app (docs.slack.dev,
// Socket Mode).
const maxConnections = 10

// check fills in what is parsed and returns [problems].
func (c *Config) check(parts ...func(*Config, func(variable, want string))) error {
	var bad problems
	for _, part := range parts {
		part(c, func(variable, want string) { bad = append(bad, problem{variable, want}) })
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

func (c *Config) checkTokens(wrong func(string, string)) {
	checkToken(wrong, "SLACK_BOT_TOKEN", c.BotToken, "xoxb-", c.AppToken)
	checkToken(wrong, "SLACK_APP_TOKEN", c.AppToken, "xapp-", c.BotToken)
}

func checkToken(wrong func(string, string), variable string, token Secret, prefix string, other Secret) {
	switch {
	case token == "":
		wrong(variable, "is empty; set it to the token that starts with "+prefix)
	case !strings.HasPrefix(string(token), prefix) && strings.HasPrefix(string(other), prefix):
		wrong(variable, "must start with "+prefix+"; the two tokens seem to be swapped")
	case !strings.HasPrefix(string(token), prefix):
		wrong(variable, "must start with "+prefix)
	case strings.ContainsFunc(string(token), func(r rune) bool { return r <= ' ' || r > '~' }):
		wrong(variable, "holds a space or another character that no token has; copy it again")
	}
}

func (c *Config) checkSlack(wrong func(string, string)) {
	if u, err := url.Parse(c.APIURL); err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(c.APIURL, "?#") {
		wrong("SLACK_API_URL", "must be a URL such as https://slack.com/api/")
	} else if !strings.HasSuffix(c.APIURL, "/") {
		c.APIURL += "/" // slack-go joins method names to it as they are
	}
	var err error
	if c.connections, err = strconv.Atoi(c.LineText); err != nil || c.connections < 1 || c.connections > maxConnections {
		wrong("SAMSVAR_SLACK_CONNECTIONS", "must be a number from 1 to 10")
	}
	if !commandForm.MatchString(c.Command) {
		wrong("SAMSVAR_COMMAND", "must be a slash and up to 31 lower-case letters, digits, - or _, such as /hire")
	}
	for _, u := range c.Admins {
		if u = strings.TrimSpace(u); !userForm.MatchString(u) {
			wrong("SAMSVAR_ADMINS", "must be Slack user ids separated by commas, such as U024BE7LH")
			break
		}
		c.settings.Admins = append(c.settings.Admins, hiring.UserID(u))
	}
	if c.settings.Locale = hiring.Locale(c.Locale); c.settings.Locale != hiring.English && c.settings.Locale != hiring.Norwegian {
		wrong("SAMSVAR_LOCALE", "must be en or nb")
	}
	if c.DigestChannel != "" && !channelForm.MatchString(c.DigestChannel) {
		wrong("SAMSVAR_DIGEST_CHANNEL", "must be a channel's id, such as C024BE91L: open the channel's details in Slack and copy it from the bottom")
	}
}

func (c *Config) checkTime(wrong func(string, string)) {
	s := &c.settings
	var err error
	if s.Zone, err = time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" || c.Timezone == "Local" {
		wrong("SAMSVAR_TIMEZONE", "must be a zone's name such as Europe/Oslo")
		s.Zone = time.UTC
	}
	s.Country, s.Holiday, s.Countries = strings.ToUpper(c.Country), newHolidays().isFree, countries()
	if _, known := calendars[s.Country]; !known {
		wrong("SAMSVAR_COUNTRY", "must be one of "+strings.Join(countries(), ", "))
	}
	if s.WorkDays, err = parseWorkDays(c.WorkDays); err != nil {
		wrong("SAMSVAR_WORK_DAYS", err.Error())
	}
	if s.WorkFrom, s.WorkTo, err = parseWorkHours(c.WorkHours); err != nil {
		wrong("SAMSVAR_WORK_HOURS", err.Error())
	}
	s.Promises, s.Ladder, s.Interviewing = hiring.DefaultPromises(), hiring.DefaultLadder(), hiring.DefaultInterviewing()
	if s.FeedbackDue = c.FeedbackDue; c.FeedbackDue <= 0 {
		wrong("SAMSVAR_FEEDBACK_DUE", "must be a duration above zero, such as 8h")
	}
	if c.nudges, err = scheduler.ParseSpec(c.NudgeCron, s.Zone); err != nil {
		wrong("SAMSVAR_NUDGE_CRON", "must be a cron line of five fields or @every 15m, such as */15 * * * *")
	}
	if c.digests, err = scheduler.ParseSpec(c.DigestCron, s.Zone); err != nil {
		wrong("SAMSVAR_DIGEST_CRON", "must be a cron line of five fields, such as 0 9 * * 1 for Monday at nine")
	}
}

func (c *Config) checkPresets(wrong func(string, string)) {
	var err error
	if c.presets, err = templates.LoadPresets(c.PresetDir); err != nil {
		wrong("SAMSVAR_PRESETS", "has something that needs a change:\n    "+strings.ReplaceAll(err.Error(), "\n", "\n    "))
	}
}

// checkHTTP wants the host said: what is seen from everywhere is to be chosen.
func (c *Config) checkHTTP(wrong func(string, string)) {
	if c.HTTPAddr == "" {
		return
	}
	host, port, err := net.SplitHostPort(c.HTTPAddr)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || host == "" || bad != nil || n == 0 && port != "0" {
		wrong("SAMSVAR_HTTP_ADDR", "must be a host and a port, such as 127.0.0.1:9464, or 0.0.0.0:9464 for every address of the machine")
	}
}

func (c *Config) checkLog(wrong func(string, string)) {
	if err := c.level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		wrong("SAMSVAR_LOG_LEVEL", "must be debug, info, warn or error")
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		wrong("SAMSVAR_LOG_FORMAT", "must be text or json")
	}
}

var dayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// parseWorkDays reads days such as Mon-Fri or Mon,Tue,Thu; a span may run over
// the end of the week, as Sun-Thu does.
func parseWorkDays(text string) (days [7]bool, err error) {
	want := errors.New("must be days such as Mon-Fri or Mon,Tue,Thu")
	for part := range strings.SplitSeq(strings.ToLower(text), ",") {
		first, last, span := strings.Cut(strings.TrimSpace(part), "-")
		if !span {
			last = first
		}
		from, to := slices.Index(dayNames, strings.TrimSpace(first)), slices.Index(dayNames, strings.TrimSpace(last))
		if from < 0 || to < 0 {
			return days, want
		}
		for d := from; ; d = (d + 1) % 7 {
			days[d] = true
			if d == to {
				break
			}
		}
	}
	return days, nil
}

// parseWorkHours reads hours such as 08:00-16:00, up to 24:00.
func parseWorkHours(text string) (from, to time.Duration, err error) {
	want := errors.New("must be hours such as 08:00-16:00, the end after the start")
	first, last, ok := strings.Cut(text, "-")
	if !ok {
		return 0, 0, want
	}
	if from, ok = parseClock(first); !ok {
		return 0, 0, want
	}
	if to, ok = parseClock(last); !ok || to <= from {
		return 0, 0, want
	}
	return from, to, nil
}

func parseClock(text string) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if text == "24:00" {
		return 24 * time.Hour, true
	}
	t, err := time.Parse("15:04", text)
	if err != nil {
		return 0, false
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, true
}

// describeConfig writes every variable with its default and what it is for.
func describeConfig() string {
	var b strings.Builder
	b.WriteString("Samsvar is configured by environment variables. One that is empty has its default.\n")
	for f := range reflect.TypeFor[Config]().Fields() {
		name, standard := f.Tag.Get("envconfig"), f.Tag.Get("default")
		if name == "" {
			continue
		}
		if group := f.Tag.Get("group"); group != "" {
			b.WriteString("\n" + group + "\n")
		}
		if f.Tag.Get("must") != "" {
			standard = "(required)"
		}
		for _, line := range wrap(f.Tag.Get("desc"), 48) {
			fmt.Fprintf(&b, "  %-22s  %-22s  %s\n", name, standard, line)
			name, standard = "", ""
		}
	}
	return b.String()
}

// wrap breaks text between words into lines of at most width bytes; a longer
// word has a line of its own.
func wrap(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		if last := len(lines) - 1; last >= 0 && len(lines[last])+1+len(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}
