package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// app is Samsvar put together: what serve runs against Slack, and the sandbox
// against a Slack in a box.
type app struct {
	api       *slack.Client
	record    *store.Store
	bot       *bot.Bot
	courier   *bot.Courier
	scheduler *scheduler.Scheduler
	lines     int // connections to Slack
	clock     func() time.Time
	log       *slog.Logger
	metrics   *metrics
	swept     chan struct{}   // closed after the first sweep
	house     templates.House // at the start
	trial     trial
}

// newApp opens the record and puts Samsvar together. The clock is everybody's.
func newApp(c Config, clock func() time.Time, log *slog.Logger) (*app, error) {
	m := newMetrics(clock)
	record, err := store.Open(c.DB, store.Options{Settings: c.settings, Committed: m.committed})
	if err != nil {
		return nil, err
	}
	m.watchOutbox(record)
	pace := bot.NewPace(countCalls(c, m), clock)
	api := newClient(c, pace)
	house := templates.House{Command: c.Command, Settings: c.settings, Presets: c.presets, DigestChannel: hiring.ChannelID(c.DigestChannel)}
	directory := bot.NewDirectory(api, record)
	swept := make(chan struct{})
	first := sync.OnceFunc(func() { close(swept) })
	a := &app{
		house: house, swept: swept,
		api: api, record: record, lines: c.connections, clock: clock, log: log, metrics: m,
		courier: bot.NewCourier(bot.CourierConfig{
			API: api, Pace: pace, Record: record, Outbox: outboxWithLog{record, log}, House: house, Directory: directory, Clock: clock, Log: log,
		}),
		scheduler: scheduler.New(scheduler.Config{
			Record: record, Settings: c.settings, Nudges: c.nudges, Digests: c.digests,
			Channel: hiring.ChannelID(c.DigestChannel), Log: log, Start: clock(),
			Swept: func(planned, now time.Time, err error) { m.swept(planned, now, err); first() },
		}),
	}
	m.watchSweeps(a.scheduler.NextSweep)
	rules := &rulebook{app: a, config: c}
	a.bot = bot.New(bot.Config{API: api, Pace: pace, Record: record, House: house, Rulebook: rules, Directory: directory, Clock: clock, Log: log, Meter: m})
	if err := rules.read(context.Background()); err != nil {
		return nil, errors.Join(err, record.Close())
	}
	return a, nil
}

// outboxWithLog says in the log what becomes of each notice, for whoever asks
// why somebody was not told.
type outboxWithLog struct {
	*store.Store
	log *slog.Logger
}

// Settle logs a line first: one too many, after a crash, but none too few.
func (o outboxWithLog) Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error {
	o.log.Debug("a notice is settled", "notice", id, "posted", post.TS != "")
	return o.Store.Settle(ctx, id, post, now)
}

// newClient returns a client for Slack's Web API whose calls keep a pace.
func newClient(c Config, p *bot.Pace) *slack.Client {
	return slack.New(string(c.BotToken), slack.OptionAppLevelToken(string(c.AppToken)),
		slack.OptionAPIURL(c.APIURL), slack.OptionHTTPClient(p.Client()))
}

// upkeep is how often marks of acts long past are forgotten and the record is
// checked.
const upkeep = 24 * time.Hour

// damageTime is how long a damaged record is waited for: whoever reads it may
// wait for ever.
const damageTime = 2 * time.Second

// run serves until ctx ends or something fails that does not heal.
func (a *app) run(ctx context.Context) error {
	damaged, ended := make(chan error, 1), make(chan error, 1)
	go func() { ended <- a.work(ctx, damaged) }()
	select {
	case err := <-ended:
		return err
	case err := <-damaged:
		select {
		case <-ended:
		case <-time.After(damageTime):
		}
		return err
	}
}

// work serves until everything has ended. It says on damaged when the record
// is.
func (a *app) work(ctx context.Context, damaged chan<- error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.bot.Run(ctx, newLines(a.api, a.lines)...) })
	group.Go(func() error { return a.deliver(ctx) })
	group.Go(func() error { return a.scheduler.Run(ctx, a.clock) })
	group.Go(func() error { return a.prune(ctx) })
	group.Go(func() error { return a.watch(ctx, damaged) })
	return group.Wait()
}

// sweepFirst is how long the courier waits for the first sweep at most.
const sweepFirst = 5 * time.Second

// deliver lets the courier work once it is known what is overdue: whoever comes
// back after Samsvar was away finds what waited and today's reminder in one.
func (a *app) deliver(ctx context.Context) error {
	timer := time.NewTimer(sweepFirst)
	defer timer.Stop()
	select {
	case <-a.swept:
	case <-timer.C:
	case <-ctx.Done():
	}
	return a.courier.Run(ctx)
}

// upkeepAgain is how long upkeep that failed waits: a day without it hurts
// nobody, but what failed, such as a full disk, is over sooner as a rule.
const upkeepAgain = time.Hour

// prune keeps the record from growing by what nobody needs any more.
func (a *app) prune(ctx context.Context) error {
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
		wait := upkeep
		if _, err := a.record.Prune(ctx, a.clock()); err != nil && ctx.Err() == nil {
			a.log.Warn("upkeep of the record failed", "error", err)
			wait = upkeepAgain
		}
		next.Reset(wait)
	}
}

// checkAfter is when the record is checked first: connecting to Slack has the
// processors to itself until then.
const checkAfter = 20 * time.Second

// lookEvery is how often it is looked whether the record is in its place.
const lookEvery = 10 * time.Second

// watch checks the record soon after the start, then every day, and when
// something could not be read or written as it should. Damage ends the process:
// nothing may be built on it. So does what somebody else has written to the
// file, which this process cannot go on with, and a record that is no longer in
// its place: the next process would not find it.
func (a *app) watch(ctx context.Context, damaged chan<- error) error {
	next := time.NewTimer(checkAfter)
	defer next.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			if err := a.record.InPlace(); err != nil {
				return err
			}
			continue
		case <-next.C:
		case cause := <-a.record.Doubts():
			a.log.Warn("the record could not be read or written as it should; checking all of it", "error", cause)
		}
		next.Reset(upkeep)
		err := a.record.Check(ctx)
		switch {
		case errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrChanged):
			damaged <- err
			return err
		case err != nil && ctx.Err() == nil:
			a.log.Warn("the record could not be checked", "error", err)
		}
	}
}

// rescue copies a record that is no longer in its place to a file beside it:
// when this process ends, what was removed is gone. So where it was, and no copy
// can be made, the process goes on, doing nothing but to lend copies, and tries
// again until it is told to stop.
func (a *app) rescue(ctx context.Context, db string, moved error) error {
	for {
		to, err := a.save(db)
		switch removed := a.record.Removed(); {
		case err == nil:
			return fmt.Errorf("%w. What it held is in %s. Put that in its place, then start Samsvar again: samsvar restore %s", moved, to, to)
		case !removed:
			return fmt.Errorf("%w. Put it back if it was moved: no copy of it could be made (%w)", moved, err)
		case ctx.Err() != nil || errors.Is(err, store.ErrDamaged):
			return fmt.Errorf("%w. No copy of it could be made, so what it held is lost, unless there is a backup (%w)", moved, err)
		}
		a.log.Error("the record was removed, and no copy of it could be made: only this process holds it now. It does nothing else, and tries again. "+
			"Do what the error says, or save it elsewhere with `samsvar backup FILE`. Stop Samsvar only then: what it held is lost otherwise", "db", db, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		}
	}
}

// save copies the record to a file beside its place.
func (a *app) save(db string) (to string, err error) {
	to = db + store.RescuedMark + a.clock().UTC().Format("20060102T150405Z")
	return to, a.record.Snapshot(context.Background(), func(s store.Snapshot) error {
		_, err := store.Save(context.Background(), to, s.Sum, s.WriteTo)
		return err
	})
}

// close closes the record.
func (a *app) close() error {
	if err := a.record.Close(); err != nil {
		return fmt.Errorf("close the record: %w", err)
	}
	return nil
}

// newLines returns connections to Slack's Socket Mode, not yet open.
func newLines(api *slack.Client, n int) []*socketmode.Client {
	lines := make([]*socketmode.Client, n)
	for i := range lines {
		lines[i] = socketmode.New(api)
	}
	return lines
}
