package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// TestRulesTakeEffectAtOnceAndStay has an admin change the rules in Slack, and
// starts Samsvar anew.
func TestRulesTakeEffectAtOnceAndStay(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s := newStory(ctx, b, newTeller(io.Discard, b.slack, b.config.settings.Zone))
	s.home(tone)
	section := func(id templates.RuleSection) {
		s.try2(func() error {
			if m, open := s.person(tone).Modal(); open {
				return m.Close(s.ctx)
			}
			return nil
		})
		s.hire(tone, "settings")
		s.pressInWindow(tone, templates.ActionRules+"#"+string(id))
	}
	section(templates.RulesDigests)
	s.try2(func() error {
		m, err := s.person(tone).AwaitModal(s.ctx, "Weekly digests")
		if err != nil {
			return err
		}
		if err := m.Fill(string(hiring.FieldDigestCron), "every Monday"); err != nil {
			return err
		}
		res, err := m.Submit(s.ctx)
		if err == nil && len(res.Errors) != 1 {
			t.Errorf("a cron line that is none: %+v", res)
		}
		return err
	})
	s.step(tone, fill(hiring.FieldDigestCron, "30 10 * * 5"))
	s.try2(func() error { // the rules behind the form follow
		return s.slack.Await(s.ctx, func() bool {
			m, open := s.person(tone).Modal()
			return open && m.Title == "Rules" && strings.Contains(string(m.Blocks), "30 10 * * 5")
		})
	})
	section(templates.RulesPromises)
	s.form(tone, fill(hiring.FieldFeedbackDue, 4), fill(hiring.FieldSignOffDays, 3), fill(hiring.FieldReplyDue, "1.5"))
	section(templates.RulesReminders)
	s.form(tone, fill(hiring.FieldNudgesOwner, 1), fill(hiring.FieldMaxSnoozeDays, 2))
	if s.failure() != nil {
		t.Fatal(s.failure())
	}
	check := func(when string) {
		t.Helper()
		a := b.app.Load()
		next := a.scheduler.Next(b.clock.Now().AddDate(0, 0, 7))
		if next.IsZero() {
			t.Errorf("%s: nothing is planned", when)
		}
		var rules hiring.Rules
		if err := a.record.View(t.Context(), func(r hiring.Record) (err error) {
			rules, err = r.Rules()
			return err
		}); err != nil || rules.FeedbackDue != 4*time.Hour || rules.ReplyDue != 90*time.Minute || rules.NudgesOwner != 1 || len(rules.Log) != 6 || rules.DigestCron != "30 10 * * 5" || string(rules.ChangedBy) != tone {
			t.Errorf("%s: the record has %+v, %v", when, rules, err)
		}
	}
	check("at once")
	if err := b.restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("after a restart")
	section(templates.RulesDigests)
	s.try2(func() error {
		m, err := s.person(tone).AwaitModal(s.ctx, "Weekly digests")
		if err == nil && m.Values()["Digests run at"] != "30 10 * * 5" {
			t.Errorf("the form has %v", m.Values())
		}
		return err
	})
	if s.failure() != nil {
		t.Fatal(s.failure())
	}
}

// TestReadinessGoesByTheRules has an admin choose another time for reminders
// than Samsvar was started with, and starts Samsvar anew.
func TestReadinessGoesByTheRules(t *testing.T) {
	noTokens(t)
	nine := time.Date(2026, 10, 5, 7, 0, 0, 0, time.UTC) // in Oslo
	b, err := newSandbox(t.Context(), &program{stdout: io.Discard, stderr: io.Discard, clock: time.Now}, slacksim.Options{}, nine, filepath.Join(t.TempDir(), "samsvar.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.close() })
	minute := func(n int) time.Time { return nine.Add(time.Duration(n) * time.Minute) }
	tick := func(n int) {
		t.Helper()
		b.clock.set(minute(n))
		if err := b.app.Load().scheduler.Tick(t.Context(), minute(n)); err != nil {
			t.Fatal(err)
		}
	}
	late := func(n int, want time.Duration) {
		t.Helper()
		b.clock.set(minute(n))
		a := b.app.Load()
		said := strings.Contains(strings.Join(a.notReady(), " "), "The sweep for what is overdue is")
		if got := a.metrics.sweepOverdue(); got != want || said != (want > lateSweep) {
			t.Errorf("%d minutes after nine the sweep is %v late, want %v; that it is not ready is %t", n, got, want, said)
		}
	}
	set := func(cron string) {
		t.Helper()
		a := b.app.Load()
		rules := (&rulebook{app: a, config: b.config}).Rules()
		rules.NudgeCron, rules.ChangedBy, rules.ChangedAt = cron, tone, b.clock.Now()
		if err := a.record.Change(t.Context(), "", b.clock.Now(), func(hiring.Record) (hiring.Change, error) { return hiring.Change{Rules: rules}, nil }); err != nil {
			t.Fatal(err)
		}
		(&rulebook{app: a, config: b.config}).Apply(rules)
	}
	late(6, 6*time.Minute) // since the start
	tick(6)
	late(14, 0)
	late(21, 6*time.Minute) // each quarter of an hour
	tick(21)
	set("0 * * * *")
	late(55, 0)
	late(70, 10*time.Minute)
	tick(70)
	if err := b.restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	late(71, time.Minute)
	tick(71)
	late(115, 0)
	late(130, 10*time.Minute)
	tick(130)
	b.clock.set(minute(170))
	set("*/15 * * * *") // whose time has passed twice since the last sweep
	late(170, 0)
	late(190, 10*time.Minute)
}

// TestDigestsAreMadeUpForAfterAStart also where admins have set the rules: what
// was missed while down is, what another schedule would have had done is not.
func TestDigestsAreMadeUpForAfterAStart(t *testing.T) {
	noTokens(t)
	wednesday := time.Date(2026, 10, 7, 20, 0, 0, 0, time.UTC)
	b, err := newSandbox(t.Context(), &program{stdout: io.Discard, stderr: io.Discard, clock: time.Now}, slacksim.Options{}, wednesday.AddDate(0, 0, -3), filepath.Join(t.TempDir(), "samsvar.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.close() })
	ran := func(now, want time.Time) {
		t.Helper()
		b.clock.set(now)
		if err := b.restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := b.app.Load().scheduler.Tick(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if at, _, err := b.app.Load().record.LastRun(t.Context(), "digests"); err != nil || !at.Equal(want) {
			t.Errorf("as of %v the digests last ran at %v, %v, want %v", now, at, err, want)
		}
	}
	first := wednesday.AddDate(0, 0, -2) // the Monday before
	ran(first, first)
	a := b.app.Load()
	rules := (&rulebook{app: a, config: b.config}).Rules()
	rules.DigestCron, rules.ChangedBy, rules.ChangedAt = "0 8 * * 2", tone, wednesday // a Tuesday that is past
	if err := a.record.Change(t.Context(), "", wednesday, func(hiring.Record) (hiring.Change, error) { return hiring.Change{Rules: rules}, nil }); err != nil {
		t.Fatal(err)
	}
	ran(wednesday.Add(time.Minute), first)
	missed := wednesday.AddDate(0, 0, 7)
	ran(missed, missed)
}

// TestTheConfigurationNamesAnAdminWhenNoneIsLeft has the only admin leave, who
// was set in Slack; the environment names somebody else.
func TestTheConfigurationNamesAnAdminWhenNoneIsLeft(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	a := b.app.Load()
	rules := (&rulebook{app: a, config: b.config}).Rules()
	if !slices.Contains(rules.Admins, tone) {
		t.Fatalf("the configuration names %v", rules.Admins)
	}
	now := b.clock.Now()
	rules.Admins, rules.ChangedBy, rules.ChangedAt = []hiring.UserID{kari}, kari, now
	err := a.record.Change(t.Context(), "", now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Rules: rules, People: []hiring.Person{{ID: kari, Away: true}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := b.restart(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := rulesOn(t.Context(), b.app.Load().record)
		if err != nil || !slices.Equal(got.Admins, []hiring.UserID{tone}) || len(got.Log) != 1 {
			t.Errorf("admins are %v, %v; the log says %+v", got.Admins, err, got.Log)
		}
	}
	s := newStory(t.Context(), b, newTeller(io.Discard, b.slack, b.config.settings.Zone))
	s.hire(tone, "settings")
	s.try2(func() error {
		_, err := s.person(tone).AwaitModal(s.ctx, "Rules")
		return err
	})
	if s.failure() != nil {
		t.Fatal(s.failure())
	}
}

// setRules has an admin change the rules on a record that nobody serves, which
// are those of the environment until then.
func setRules(t *testing.T, db string, change func(*hiring.Rules)) {
	t.Helper()
	settingsOf(t) // sets tokens where there are none
	c, err := loadConfig()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(db, store.Options{Settings: c.settings})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rules := (&rulebook{config: c}).Rules()
	change(&rules)
	rules.ChangedBy, rules.ChangedAt = tone, importNow
	err = s.Change(t.Context(), "", importNow, func(hiring.Record) (hiring.Change, error) { return hiring.Change{Rules: rules}, nil })
	if err != nil {
		t.Fatal(err)
	}
}
