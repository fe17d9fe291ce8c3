package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/store"
)

// rulebook makes the rules that admins set in Slack take effect: the bot, the
// courier and the scheduler go by them at once.
type rulebook struct {
	app    *app
	config Config // what the process was started with

	mu    sync.Mutex
	rules hiring.Rules
}

// read applies the rules on record, if admins have set any and all are not gone.
func (b *rulebook) read(ctx context.Context) error {
	var rules hiring.Rules
	now := b.app.clock()
	err := b.app.record.Change(ctx, "", now, func(r hiring.Record) (c hiring.Change, err error) {
		rules, c, err = hiring.ReplaceAdmins(r, b.config.settings.Admins, now)
		return c, err
	})
	switch {
	case err == nil:
		b.app.log.Warn("no admin set in Slack is there any more: those in SAMSVAR_ADMINS are admins now", "admins", rules.Admins)
	case !errors.Is(err, hiring.ErrNothing):
		return fmt.Errorf("the rules: %w", err)
	}
	if rules.Set() {
		b.Apply(rules)
	}
	return nil
}

// rulesOn returns the rules that admins have set, as they stand on a record.
func rulesOn(ctx context.Context, record *store.Store) (rules hiring.Rules, err error) {
	err = record.View(ctx, func(r hiring.Record) (err error) {
		rules, err = r.Rules()
		return err
	})
	if err != nil {
		return rules, fmt.Errorf("the rules: %w", err)
	}
	return rules, nil
}

// Rules returns those in force.
func (b *rulebook) Rules() hiring.Rules {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rules.Set() {
		return b.rules
	}
	s := b.config.settings
	return hiring.Rules{
		Promises: s.Promises, Ladder: s.Ladder, Interviewing: s.Interviewing, WorkDays: s.WorkDays, WorkFrom: s.WorkFrom, WorkTo: s.WorkTo,
		Country: s.Country, Locale: s.Locale, Admins: s.Admins, DigestChannel: hiring.ChannelID(b.config.DigestChannel),
		NudgeCron: b.config.NudgeCron, DigestCron: b.config.DigestCron,
	}
}

// Check returns what speaks against cron lines.
func (b *rulebook) Check(r hiring.Rules) hiring.FieldErrors {
	errs := hiring.FieldErrors{}
	if _, err := b.parse(r.NudgeCron); err != nil {
		errs[hiring.FieldNudgeCron] = hiring.Errorf("That is no cron line. Such as */15 * * * * for every 15 minutes.")
	}
	if _, err := b.parse(r.DigestCron); err != nil {
		errs[hiring.FieldDigestCron] = hiring.Errorf("That is no cron line. Such as 0 9 * * 1 for Monday at nine.")
	}
	return errs
}

func (b *rulebook) parse(spec string) (cron.Schedule, error) {
	return scheduler.ParseSpec(spec, b.config.settings.Zone)
}

// shownRuns is how many of the next runs of a cron line are shown.
const shownRuns = 5

// Runs returns the next runs of a cron line.
func (b *rulebook) Runs(spec string, now time.Time) []time.Time {
	schedule, err := b.parse(spec)
	if err != nil {
		return nil
	}
	var runs []time.Time
	for next := schedule.Next(now); len(runs) < shownRuns && !next.IsZero(); next = schedule.Next(next) {
		runs = append(runs, next)
	}
	return runs
}

// Apply makes new rules take effect. Cron lines that cannot be read any more
// leave the old ones.
func (b *rulebook) Apply(r hiring.Rules) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rules = r
	settings := b.config.settings.With(r)
	house := b.app.house
	house.Settings, house.DigestChannel = settings, r.DigestChannel
	b.app.bot.Use(house)
	b.app.courier.Use(house)
	plan := scheduler.Plan{Settings: settings, Nudges: b.config.nudges, Digests: b.config.digests, Channel: r.DigestChannel}
	if s, err := b.parse(r.NudgeCron); err == nil {
		plan.Nudges = s
	}
	if s, err := b.parse(r.DigestCron); err == nil {
		plan.Digests = s
	}
	b.app.scheduler.Use(plan, r.ChangedAt) // also after a start: what was missed while down is made up for
}
