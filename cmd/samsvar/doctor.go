package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fatih/color"
	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/store"
)

func (p *program) doctorCommand() *cobra.Command {
	var mend bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check configuration, database, numbers, tokens, scopes and the socket", Args: noArgs,
		Long: "Check everything Samsvar needs and say what to do about what is wrong. The numbers\n" +
			"are counted again from the events; while Samsvar serves, in a copy of the record.\n\n" +
			"The exit status is 0 when all is well, 1 or 2 when something is not.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.doctor(cmd.Context(), mend) },
	}
	cmd.Flags().BoolVar(&mend, "mend-numbers", false, "put numbers right that are wrong; stop Samsvar first")
	return cmd
}

// doctorTime bounds each check that talks to Slack.
const doctorTime = 10 * time.Second

// finding is what a check found.
type finding struct {
	what string
	ok   string // what is well; empty when something is not
	bad  string // what is wrong
	do   string // what to do about it
}

// doctor runs the checks, each on its own, and prints what they found.
func (p *program) doctor(ctx context.Context, mend bool) error {
	c, err := loadConfig()
	if err != nil {
		p.report(finding{what: "configuration", bad: "not complete"})
		return err
	}
	removeCopies(c.DB, p.clock())
	d := &doctor{c: c, mend: mend, api: newClient(c, bot.NewPace(http.DefaultTransport, p.clock))}
	healthy := p.report(finding{what: "configuration", ok: "complete"})
	d.open(ctx)
	healthy = p.report(d.database(ctx)) && healthy // these two take as long as they take
	healthy = p.report(d.numbers(ctx)) && healthy
	d.close()
	for _, check := range []func(context.Context) finding{d.botToken, d.scopes, d.events, d.socket, d.admins, d.digestChannel} {
		limited, cancel := context.WithTimeout(ctx, doctorTime)
		healthy = p.report(check(limited)) && healthy
		cancel()
	}
	if !healthy {
		return errFailed
	}
	return nil
}

// report prints a finding and returns whether it is a good one.
func (p *program) report(f finding) bool {
	if f.bad == "" {
		fmt.Fprintf(p.stdout, "%s %-14s %s\n", color.GreenString("✓"), f.what, f.ok)
		return true
	}
	fmt.Fprintf(p.stdout, "%s %-14s %s\n", color.RedString("✗"), f.what, f.bad)
	if f.do != "" {
		fmt.Fprintf(p.stdout, "  %-14s → %s\n", "", f.do)
	}
	return false
}

type doctor struct {
	c       Config
	mend    bool         // the numbers
	record  *store.Store // or a copy of it; nil when it could not be opened
	refused error        // then
	made    bool         // by opening it
	remove  func()       // the copy; nil when it is none
	api     *slack.Client
	granted []string // scopes of the bot token; nil when it does not work
}

// open opens the record, or a copy of it that the Samsvar that serves lends.
func (d *doctor) open(ctx context.Context) {
	_, err := os.Stat(d.c.DB)
	d.made = errors.Is(err, fs.ErrNotExist)
	d.record, d.refused = store.Open(d.c.DB, store.Options{Settings: d.c.settings})
	if errors.Is(d.refused, store.ErrInUse) && isServed(d.c.DB) {
		d.record, d.remove, d.refused = d.copied(ctx)
	}
}

func (d *doctor) close() {
	if d.record != nil {
		_ = d.record.Close() // if it was not closed well, the next start checks it in full
	}
	if d.remove != nil {
		d.remove()
	}
}

func (d *doctor) database(ctx context.Context) finding {
	f := finding{what: "database", do: "choose another file with SAMSVAR_DB, or put a backup in its place"}
	err := d.refused
	if err == nil {
		err = d.record.Check(ctx)
	}
	switch {
	case errors.Is(err, store.ErrInUse):
		f.bad, f.do = err.Error(), "stop what holds the file"
	case err != nil:
		f.bad = err.Error()
	case d.made:
		f.ok = d.c.DB + " can be made (it was empty until now)"
	case d.remove != nil:
		f.ok = d.c.DB + " is open in the Samsvar that serves, and consistent"
	default:
		f.ok = d.c.DB + " opens and is consistent"
	}
	return f
}

// numbers counts everything again from the events.
func (d *doctor) numbers(ctx context.Context) finding {
	f := finding{what: "numbers", ok: "none yet"}
	switch {
	case d.made && d.record != nil:
		return f
	case d.record == nil:
		f.bad, f.do = "cannot be counted", "see what is wrong with the database"
		return f
	}
	wrong, err := d.record.Recount(ctx)
	mended := 0
	if err == nil && len(wrong) > 0 && d.mend && d.remove == nil {
		mended = len(wrong)
		if err = d.record.CountAnew(ctx); err == nil {
			wrong, err = d.record.Recount(ctx)
		}
	}
	switch {
	case err != nil:
		f.bad = err.Error()
	case len(wrong) > 0 && d.mend:
		f.bad, f.do = fmt.Sprintf("%s, such as %s", count(len(wrong), "count"), wrongCount(wrong[0])), "candidates and events disagree, or Samsvar serves; stop it and try again, or go back to a backup from before: samsvar restore"
	case len(wrong) > 0:
		f.bad, f.do = fmt.Sprintf("%s, such as %s", count(len(wrong), "count"), wrongCount(wrong[0])), "stop Samsvar, make a backup, then: samsvar doctor --mend-numbers"
	case mended > 0:
		f.ok = fmt.Sprintf("%s put right: all add up to what the events say", count(mended, "count"))
	default:
		f.ok = "add up to what the events say"
	}
	return f
}

// wrongCount says what a count is and should be.
func wrongCount(d store.Difference) string {
	of := "all roles"
	if d.Key.Role != 0 {
		of = d.Key.Role.String()
	}
	return fmt.Sprintf("%s of %s in %v: %d instead of %d", d.Key.Measure, of, d.Key.Week, d.Kept, d.Right)
}

// copied opens a copy of the record, to be closed and then removed.
func (d *doctor) copied(ctx context.Context) (s *store.Store, remove func(), err error) {
	folder, err := os.MkdirTemp(filepath.Dir(d.c.DB), filepath.Base(d.c.DB)+copyMark+"*") // where there is room, and nobody else reads
	remove = func() { _ = os.RemoveAll(folder) }
	file := filepath.Join(folder, "samsvar.db")
	if err == nil {
		_, err = borrowCopy(ctx, d.c.DB, file)
	}
	if err == nil {
		s, err = store.Open(file, store.Options{Settings: d.c.settings})
	}
	if err != nil {
		remove()
		return nil, nil, fmt.Errorf("%w, and no copy of it could be made: %w", store.ErrInUse, err)
	}
	return s, remove, nil
}

const (
	// copyMark is in the names of folders with such a copy.
	copyMark = ".doctor-"
	// copyAge is how old one is that nobody works with any more: counting takes
	// half a minute per million moves.
	copyAge = 24 * time.Hour
)

// removeCopies removes what a doctor or an export that was killed has left: it holds all
// that the record holds, names and feedback included.
func removeCopies(db string, now time.Time) {
	there, _ := os.ReadDir(filepath.Dir(db)) // if it cannot be read, other checks say so
	for _, e := range there {
		info, err := e.Info()
		if err == nil && e.IsDir() && isCopy(e.Name(), db) && now.Sub(info.ModTime()) > copyAge {
			_ = os.RemoveAll(filepath.Join(filepath.Dir(db), e.Name())) // the next doctor tries again
		}
	}
}

// botToken checks the bot token and reads its scopes, which Slack names in a
// header of every answer.
func (d *doctor) botToken(ctx context.Context) finding {
	f := finding{what: "bot token", do: "copy the Bot User OAuth Token from “OAuth & Permissions” into SLACK_BOT_TOKEN"}
	who, err := d.api.AuthTestContext(ctx)
	if err != nil {
		return f.because(err)
	}
	d.granted = strings.Split(strings.ReplaceAll(who.Header.Get("X-OAuth-Scopes"), " ", ""), ",")
	f.ok = fmt.Sprintf("works in the workspace %s", who.Team)
	return f
}

func (d *doctor) scopes(context.Context) finding {
	f := finding{what: "scopes", do: "update the app with the output of `samsvar manifest`, then install it again"}
	if d.granted == nil {
		f.bad, f.do = "not known, because the bot token does not work", ""
		return f
	}
	var missing []string
	for _, s := range bot.Manifest().Scopes {
		if !slices.Contains(d.granted, s) {
			missing = append(missing, s)
		}
	}
	if len(missing) > 0 {
		f.bad = "missing: " + strings.Join(missing, ", ")
		return f
	}
	f.ok = "all there"
	return f
}

// events names what the app must be subscribed to. Slack tells no app what it is.
func (d *doctor) events(context.Context) finding {
	return finding{what: "events", ok: "needed, and not to be seen from here: " + strings.Join(bot.Manifest().Events, ", ") + " (api.slack.com/apps, Event Subscriptions; `samsvar manifest` has them all)"}
}

// socket checks the app token by opening a connection as far as Slack's hello.
func (d *doctor) socket(ctx context.Context) finding {
	f := finding{what: "socket", do: "make an app-level token with connections:write under “Basic Information”, put it into SLACK_APP_TOKEN, and switch Socket Mode on"}
	_, url, err := d.api.StartSocketModeContext(ctx)
	if err != nil {
		return f.because(err)
	}
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	if err != nil {
		f.bad, f.do = "Slack's socket cannot be reached", "let this machine connect to wss://*.slack.com on port 443"
		return f
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	_ = conn.SetReadDeadline(deadline)
	var hello struct{ Type, Reason string }
	if err := conn.ReadJSON(&hello); err != nil || hello.Type != "hello" {
		f.bad = "Slack did not say hello " + hello.Reason
		return f
	}
	f.ok = "opens, and Slack says hello"
	return f
}

func (d *doctor) admins(ctx context.Context) finding {
	f := finding{what: "admins", do: "correct SAMSVAR_ADMINS: a person's id is in their Slack profile under “Copy member ID”"}
	if len(d.c.settings.Admins) == 0 {
		f.ok = "none (set SAMSVAR_ADMINS so that somebody hears when nudges do not help)"
		return f
	}
	for _, u := range d.c.settings.Admins {
		profile, err := d.api.GetUserInfoContext(ctx, string(u))
		switch {
		case err != nil:
			f = f.because(err)
			f.bad = fmt.Sprintf("%s: %s", u, f.bad)
			return f
		case profile.Deleted || profile.IsBot || profile.IsRestricted:
			f.bad = fmt.Sprintf("%s is deactivated, a guest or an app", u)
			return f
		}
	}
	f.ok = fmt.Sprintf("%d found", len(d.c.settings.Admins))
	return f
}

func (d *doctor) digestChannel(ctx context.Context) finding {
	f := finding{what: "digest channel", do: "invite Samsvar to the channel, or correct SAMSVAR_DIGEST_CHANNEL"}
	if d.c.DigestChannel == "" {
		f.ok = "none (each role's own channel gets its digest)"
		return f
	}
	c, err := d.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: d.c.DigestChannel})
	switch {
	case err != nil:
		return f.because(err)
	case c.IsArchived:
		f.bad = "is archived"
	default:
		f.ok = "#" + c.Name
	}
	return f
}

// because returns the finding with what Slack said. When Slack said nothing,
// it is no matter of tokens.
func (f finding) because(err error) finding {
	f.bad = slackTrouble(err)
	if _, said := errors.AsType[slack.SlackErrorResponse](err); !said {
		f.do = "check SLACK_API_URL and whether this machine reaches it"
	}
	return f
}

// slackTrouble says what Slack said, or that it did not answer; never a token.
func slackTrouble(err error) string {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return "Slack says " + answer.Err
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "Slack does not answer"
	}
	return "Slack cannot be reached"
}
