package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/fatih/color"
	"github.com/slack-go/slack"
	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
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
	note string // what to know besides
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
	} else {
		fmt.Fprintf(p.stdout, "%s %-14s %s\n", color.RedString("✗"), f.what, f.bad)
	}
	if f.bad != "" && f.do != "" {
		fmt.Fprintf(p.stdout, "  %-14s → %s\n", "", f.do)
	}
	if f.note != "" {
		fmt.Fprintf(p.stdout, "  %-14s %s\n", "", f.note)
	}
	return f.bad == ""
}

type doctor struct {
	c       Config
	mend    bool         // the numbers
	record  *store.Store // or a copy of it; nil when there is none, or it could not be opened
	refused error        // why it could not be opened, or cannot be made
	absent  bool         // there is none yet
	remove  func() error // the copy; nil when it is none
	rules   hiring.Rules // that admins have set in Slack; of no record, none
	api     *slack.Client
	granted []string // scopes of the bot token; nil when it does not work
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
