package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

func (p *program) sandboxCommand() *cobra.Command {
	var play bool
	cmd := &cobra.Command{
		Use: "sandbox --story", Short: "See Samsvar at work without Slack", Args: noArgs,
		Long: "Play four weeks of a small company hiring a backend developer, against a Slack in a box\nin this process: nothing leaves this machine and nothing is kept.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !play {
				return usageError{errors.New("the sandbox plays a story: samsvar sandbox --story")}
			}
			return p.story(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&play, "story", false, "play the story and print what everybody saw")
	return cmd
}

// sandbox is Samsvar at work in a Slack in a box, with a clock that is moved
// by hand.
type sandbox struct {
	slack *slacksim.Slack
	app   *app
	clock *sandboxClock
	dir   string // holds the record
	stop  context.CancelFunc
	ended chan error
}

// sandboxClock is a clock that is moved by hand.
type sandboxClock struct {
	mu  sync.Mutex
	now time.Time
}

// Now returns the clock's time in UTC.
func (c *sandboxClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *sandboxClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t.UTC()
}

// newSandbox starts a Slack in a box with the company in it, and Samsvar
// beside it on an empty record.
func newSandbox(ctx context.Context, p *program, start time.Time) (*sandbox, error) {
	b := &sandbox{clock: &sandboxClock{now: start.UTC()}, ended: make(chan error, 1)}
	var err error
	if b.slack, err = slacksim.Start(slacksim.Options{Clock: b.clock.Now}); err != nil {
		return nil, err
	}
	if b.dir, err = os.MkdirTemp("", "samsvar-sandbox-"); err != nil {
		return nil, errors.Join(err, b.slack.Close())
	}
	c, err := sandboxConfig(b.slack, filepath.Join(b.dir, "samsvar.db"))
	if err == nil {
		b.app, err = newApp(c, b.clock.Now, p.logger(c))
	}
	if err != nil {
		return nil, errors.Join(err, b.slack.Close(), os.RemoveAll(b.dir))
	}
	ctx, b.stop = context.WithCancel(ctx)
	// Only the conversation runs by itself; the courier and the scheduler work
	// when the clock is moved.
	go func() { b.ended <- b.app.converse(ctx) }()
	return b, nil
}

// sandboxConfig is the configuration that a small Norwegian company would use.
func sandboxConfig(s *slacksim.Slack, db string) (Config, error) {
	c := Config{
		BotToken: Secret(s.BotToken()), AppToken: Secret(s.AppToken()), APIURL: s.APIURL(), DB: db,
		Command: "/hire", Admins: []string{tone}, Locale: string(hiring.English),
		Timezone: "Europe/Oslo", Country: "NO", WorkDays: "Mon-Fri", WorkHours: "08:00-16:00", FeedbackDue: 8 * time.Hour,
		NudgeCron: "*/15 * * * *", DigestCron: "0 9 * * 1", LogLevel: "warn", LogFormat: "text",
	}
	return c, c.check((*Config).checkTokens, (*Config).checkSlack, (*Config).checkTime, (*Config).checkLog)
}

// moveTo moves the clock forward. What fires on the way fires in order, at its
// time.
func (b *sandbox) moveTo(ctx context.Context, t time.Time) error {
	for {
		if err := b.catchUp(ctx); err != nil {
			return err
		}
		now := b.clock.Now()
		if !now.Before(t) {
			return nil
		}
		next := t
		if job := b.app.scheduler.Next(now); !job.IsZero() && job.Before(next) {
			next = job
		}
		queued, waits, err := b.app.record.NextQueued(ctx)
		if err != nil {
			return err
		}
		if waits && queued.Before(next) {
			next = queued
		}
		b.clock.set(next)
	}
}

// catchUp does what is due now.
func (b *sandbox) catchUp(ctx context.Context) error {
	if err := b.app.scheduler.Tick(ctx, b.clock.Now()); err != nil {
		return err
	}
	return b.app.courier.Deliver(ctx)
}

// close stops Samsvar and the Slack, and removes the record.
func (b *sandbox) close() error {
	b.stop()
	err := <-b.ended
	return errors.Join(err, b.app.close(), b.slack.Close(), os.RemoveAll(b.dir))
}

// converse answers what people do; nothing else of Samsvar runs by itself.
func (a *app) converse(ctx context.Context) error {
	if err := a.bot.Run(ctx, newLine(a.api)); err != nil {
		return fmt.Errorf("the conversation with Slack: %w", err)
	}
	return nil
}
