package main

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
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
