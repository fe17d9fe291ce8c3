package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// sandbox is Samsvar at work in a Slack in a box, with a clock that can be
// moved.
type sandbox struct {
	slack  *slacksim.Slack
	clock  *sandboxClock
	config Config
	p      *program
	app    atomic.Pointer[app] // another one after a restart

	// driving is held by whoever lets the scheduler and the courier work.
	driving sync.Mutex
	stop    context.CancelFunc // of the conversation
	ended   chan error
}

// sandboxClock is a clock that is moved by hand, and in between stands still
// or runs.
type sandboxClock struct {
	mu   sync.Mutex
	now  time.Time
	real func() time.Time // nil while the clock stands still
	from time.Time        // what real said when now was set
}

// Now returns the clock's time in UTC.
func (c *sandboxClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.real == nil {
		return c.now
	}
	return c.now.Add(c.real().Sub(c.from))
}

// set stops the clock at a time.
func (c *sandboxClock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now, c.real = t.UTC(), nil
}

// run lets the clock run from where it stands, as fast as another one.
func (c *sandboxClock) run(real func() time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.real, c.from = real, real()
}

// newSandbox starts a Slack in a box with the company in it, and Samsvar
// beside it on the record in the file.
func newSandbox(ctx context.Context, p *program, o slacksim.Options, start time.Time, db string) (*sandbox, error) {
	b := &sandbox{clock: &sandboxClock{now: start.UTC()}, p: p}
	var err error
	o.Clock = b.clock.Now
	if b.slack, err = slacksim.Start(o); err != nil {
		return nil, err
	}
	company(b.slack)
	if b.config, err = sandboxConfig(b.slack, db); err == nil {
		err = b.start(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, b.slack.Close())
	}
	return b, nil
}

// sandboxConfig is the configuration that a small Norwegian company would use.
func sandboxConfig(s *slacksim.Slack, db string) (Config, error) {
	c := Config{
		BotToken: Secret(s.BotToken()), AppToken: Secret(s.AppToken()), APIURL: s.APIURL(), LineText: "1", DB: db,
		Command: "/hire", Admins: []string{tone}, Locale: string(hiring.English),
		Timezone: sandboxZone, Country: "NO", WorkDays: "Mon-Fri", WorkHours: "08:00-16:00", FeedbackDue: 8 * time.Hour,
		NudgeCron: "*/15 * * * *", DigestCron: "0 9 * * 1", LogLevel: "warn", LogFormat: "text",
	}
	return c, c.check((*Config).checkTokens, (*Config).checkSlack, (*Config).checkTime, (*Config).checkPresets, (*Config).checkLog)
}

// start starts Samsvar. Only the conversation runs by itself; the courier and
// the scheduler work when the sandbox lets them.
func (b *sandbox) start(ctx context.Context) error {
	a, err := newApp(b.config, b.clock.Now, b.p.logger(b.config))
	if err != nil {
		return err
	}
	b.app.Store(a)
	ctx, b.stop = context.WithCancel(ctx)
	b.ended = make(chan error, 1)
	go func() { b.ended <- a.converse(ctx) }()
	return nil
}

// restart cuts Samsvar off from Slack in the middle of whatever it does, and
// starts it again on the same record.
func (b *sandbox) restart(ctx context.Context) error {
	b.driving.Lock()
	defer b.driving.Unlock()
	b.slack.DropSockets()
	b.stop()
	<-b.ended // whatever it was doing when it was cut off
	if err := b.slack.Await(ctx, func() bool { return b.slack.Connections() == 0 }); err != nil {
		return err
	}
	if err := b.app.Load().close(); err != nil {
		return err
	}
	if err := b.start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	if err := b.app.Load().courier.Recover(ctx); err != nil {
		return err
	}
	return b.slack.AwaitConnected(ctx, 1)
}

// moveTo moves the clock forward and leaves it standing there. What fires on
// the way fires in order, at its time.
func (b *sandbox) moveTo(ctx context.Context, t time.Time) error {
	b.driving.Lock()
	defer b.driving.Unlock()
	return b.drive(ctx, t)
}

// drive does what moveTo says; the caller drives.
func (b *sandbox) drive(ctx context.Context, t time.Time) error {
	for {
		if err := b.catchUp(ctx); err != nil {
			return err
		}
		now := b.clock.Now()
		if !now.Before(t) {
			return nil
		}
		next := t
		if job := b.app.Load().scheduler.Next(now); !job.IsZero() && job.Before(next) {
			next = job
		}
		queued, waits, err := b.app.Load().record.NextQueued(ctx, now)
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
	a := b.app.Load()
	if err := a.scheduler.Tick(ctx, b.clock.Now()); err != nil {
		return err
	}
	return a.courier.Deliver(ctx)
}

// close stops Samsvar and the Slack.
func (b *sandbox) close() error {
	b.driving.Lock()
	defer b.driving.Unlock()
	b.stop()
	err := <-b.ended
	return errors.Join(err, b.app.Load().close(), b.slack.Close())
}

// converse answers what people do; nothing else of Samsvar runs by itself.
func (a *app) converse(ctx context.Context) error {
	if err := a.bot.Run(ctx, newLines(a.api, a.lines)...); err != nil {
		return fmt.Errorf("the conversation with Slack: %w", err)
	}
	return nil
}

// scratch returns the path of a record that is removed in the end.
func scratch() (db string, remove func() error, err error) {
	dir, err := os.MkdirTemp("", "samsvar-sandbox-")
	if err != nil {
		return "", nil, fmt.Errorf("make room for a record among the temporary files: %w. TMPDIR names another folder for them, such as TMPDIR=/data in the Docker image", err)
	}
	return filepath.Join(dir, "samsvar.db"), func() error { return os.RemoveAll(dir) }, nil
}
