package bot_test

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// rulebook is a [bot.Rulebook] whose rules are in force for nobody.
type rulebook struct {
	mu      sync.Mutex
	rules   hiring.Rules
	applied chan struct{} // gets a value with each set
}

func (*rulebook) Check(hiring.Rules) hiring.FieldErrors { return hiring.FieldErrors{} }
func (*rulebook) Runs(string, time.Time) []time.Time    { return nil }

func (b *rulebook) Rules() hiring.Rules {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.rules
}

func (b *rulebook) Apply(r hiring.Rules) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rules = r
	b.applied <- struct{}{}
}

// lateNews is a record whose first writer learns of their commit only after
// others had time to act, as one does who waits for a processor.
type lateNews struct {
	bot.Record
	told      *atomic.Bool  // somebody was the first
	committed chan struct{} // closed once the first has written
	others    <-chan struct{}
}

func (l lateNews) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	err := l.Record.Change(ctx, once, now, decide)
	if !l.told.CompareAndSwap(false, true) {
		return err
	}
	close(l.committed)
	select {
	case <-l.others:
	case <-time.After(200 * time.Millisecond):
	}
	return err
}

// TestRulesSetAtOnce has two admins save a section each at the same moment: the
// rules in force are those on record.
func TestRulesSetAtOnce(t *testing.T) {
	s := settings()
	s.Countries, s.Admins = []string{"NO"}, []hiring.UserID{admin, kari}
	inForce := &rulebook{applied: make(chan struct{}, 10), rules: hiring.Rules{
		Promises: s.Promises, Ladder: s.Ladder, Interviewing: s.Interviewing, WorkDays: s.WorkDays, WorkFrom: s.WorkFrom, WorkTo: s.WorkTo,
		Country: s.Country, Locale: s.Locale, Admins: s.Admins, NudgeCron: "*/15 * * * *", DigestCron: "0 9 * * 1",
	}}
	committed := make(chan struct{})
	o := newOfficeBy(t, func(c *bot.Config) {
		c.House.Settings, c.Rulebook = s, inForce
		c.Record = lateNews{c.Record, new(atomic.Bool), committed, inForce.applied}
	})
	o.meet(admin, kari)
	form := func(who string, section templates.RuleSection, field hiring.Field, value string) *screen {
		o.pressAtHome(who, templates.ActionRules, string(section))
		return o.opened(who).fill(string(field), value)
	}
	send := func(f *screen) <-chan json.RawMessage {
		return o.send("interactive", map[string]any{"type": "view_submission", "user": map[string]any{"id": f.user}, "trigger_id": o.trigger(), "view": f.payload()})
	}
	one := form(admin, templates.RulesReminders, hiring.FieldMaxSnoozeDays, "2")
	two := form(kari, templates.RulesInterviewing, hiring.FieldMaxRounds, "3")
	first := send(one)
	<-committed
	second := send(two)
	for _, sent := range []<-chan json.RawMessage{first, second} {
		if a := decodeAck(t, <-sent); a.Action != "" {
			t.Errorf("acknowledged with %s", a.raw)
		}
	}
	o.read(func(r hiring.Record) error {
		kept, err := r.Rules()
		now := inForce.Rules()
		if kept.MaxSnoozeDays != 2 || kept.MaxRounds != 3 || now.MaxSnoozeDays != 2 || now.MaxRounds != 3 {
			t.Errorf("on record are %d days and %d rounds, in force %d and %d", kept.MaxSnoozeDays, kept.MaxRounds, now.MaxSnoozeDays, now.MaxRounds)
		}
		return err
	})
}
