package bot_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// firstSent is what somebody reads whose form is saved as they first sent it.
const firstSent = "This is saved the way you first sent it."

// gate is a record that takes no changes while it is shut.
type gate struct {
	bot.Record
	shut *atomic.Bool
	open chan struct{}
}

func (g gate) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	if g.shut.Load() {
		select {
		case <-g.open:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return g.Record.Change(ctx, once, now, decide)
}

// gatedTeam has a role and a candidate who was interviewed. shut keeps the
// record from taking changes until open is called.
func gatedTeam(t *testing.T) (m *team, shut, open func()) {
	t.Helper()
	m, g := gated(t)
	return m, func() { g.shut.Store(true) }, func() { g.shut.Store(false); close(g.open) }
}

// gated returns the same with its gate, which lets one change pass for each
// value that its channel takes.
func gated(t *testing.T) (m *team, g gate) {
	t.Helper()
	g = gate{shut: new(atomic.Bool), open: make(chan struct{})}
	m = newTeamWith(t, hiring.English, slacksim.Options{}, func(r bot.Record) bot.Record { g.Record = r; return g })
	m.openRole()
	_, err := m.ola.Command(m.ctx, m.channel, "/hire", "help") // who is known from then on
	m.check(err)
	m.interviewed(1)
	return m, g
}

// pass lets one change pass.
func (g gate) pass(m *team) {
	m.Helper()
	select {
	case g.open <- struct{}{}:
	case <-m.ctx.Done():
		m.Fatal("nothing wants to be written")
	}
}

// TestAFormMendedWhileItIsSaved has the window that says "This takes longer"
// closed, and the form below it changed and submitted again.
func TestAFormMendedWhileItIsSaved(t *testing.T) {
	m, shut, open := gatedTeam(t)
	form := m.modal(m.ingrid, "feedback", "Feedback")
	for _, must := range []string{"Go", "SQL", "Operations"} {
		m.fill(form, must, "Meets it")
	}
	m.fill(form, "Would you hire them?", "Yes")
	m.fill(form, "note", "First.")
	shut()
	res, err := form.Submit(m.ctx)
	if err != nil || !res.Pushed {
		t.Fatalf("%+v, %v", res, err)
	}
	working, _ := m.ingrid.Modal()
	m.check(working.Close(m.ctx))
	m.fill(form, "note", "Second.")
	open()
	m.see(t, m.ingrid, firstSent)
	m.stands(form, "Second.")
	res, err = form.Submit(m.ctx)
	if err != nil || !res.Pushed {
		t.Fatalf("submitted again: %+v, %v", res, err)
	}
	m.see(t, m.ingrid, firstSent)
	said, _ := m.ingrid.Modal()
	m.check(said.Close(m.ctx))
	m.stands(form, "Second.")
	m.fill(form, "note", "First.")
	if res, err = form.Submit(m.ctx); err != nil || !res.Closed {
		t.Errorf("as it was first sent: %+v, %v", res, err)
	}
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		f, err := r.Feedback(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: hiring.UserID(m.ingrid.ID)})
		if f.Note != "First." {
			t.Errorf("the record has %q", f.Note)
		}
		return err
	}))
}

// stands fails unless Ingrid has the form before her with that in it.
func (m *team) stands(form *slacksim.Modal, typed string) {
	m.Helper()
	now, open := m.ingrid.Modal()
	if !open || now.ID != form.ID {
		m.Fatalf("the form is gone; open: %v", open)
	}
	for _, value := range now.Values() {
		if value == typed {
			return
		}
	}
	m.Errorf("%q is gone: %v", typed, now.Values())
}

// TestAThirdFormMendedWhileItIsSaved has no window to close: the form itself
// says that it takes longer, and is changed.
func TestAThirdFormMendedWhileItIsSaved(t *testing.T) {
	m, shut, open := gatedTeam(t)
	form := m.promising("2026-12-01")
	shut()
	for _, day := range []string{"2026-12-01", "2026-12-03"} {
		m.fill(form, string(hiring.FieldContactOn), day)
		res, err := form.Submit(m.ctx)
		if err != nil || len(res.Errors) != 1 {
			t.Fatalf("%+v, %v", res, err)
		}
	}
	open()
	m.see(t, m.ola, firstSent)
	now, _ := m.ola.Modal()
	if now.ID != form.ID || now.Values()["By when?"] != "2026-12-03" {
		t.Errorf("what was typed is gone: %v", now.Values())
	}
	if strings.Contains(string(now.Blocks), "not saved yet") {
		t.Errorf("it says both: %s", now.Blocks)
	}
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		c, err := r.Candidate(1)
		if c.Contact.On != "2026-12-01" {
			t.Errorf("the record has %v", c.Contact.On)
		}
		return err
	}))
}

// TestAThirdFormPressedTwice has a form that stands on two others submitted
// again, unchanged, while it is saved: what came of it stays to be read. The
// second press comes to the record when the first one's answer is seen.
func TestAThirdFormPressedTwice(t *testing.T) {
	m, g := gated(t)
	form := m.promising("2026-12-01")
	g.shut.Store(true)
	for range 2 {
		if res, err := form.Submit(m.ctx); err != nil || len(res.Errors) != 1 {
			t.Fatalf("%+v, %v", res, err)
		}
	}
	g.pass(m)
	m.see(t, m.ola, "writes to")
	g.pass(m)
	ctx, cancel := context.WithTimeout(m.ctx, 2*time.Second) // it would be said in a third of a second
	defer cancel()
	if m.slack.Await(ctx, func() bool { now, _ := m.ola.Modal(); return !strings.Contains(string(now.Blocks), "writes to") }) == nil {
		t.Error("what came of it is gone")
	}
}

// TestAClosedFormThatIsNotSaved has every window closed while the form is
// worked on, and something wrong with it.
func TestAClosedFormThatIsNotSaved(t *testing.T) {
	m, shut, open := gatedTeam(t)
	top := m.modal(m.ola, "candidate C-1", "")
	m.check(top.Press(m.ctx, templates.ActionPromise))
	m.check(m.slack.Await(m.ctx, func() bool { form, _ := m.ola.Modal(); return form.ID != top.ID }))
	form, _ := m.ola.Modal()
	m.fill(form, string(hiring.FieldContactOn), "2026-11-01")
	shut()
	res, err := form.Submit(m.ctx)
	if err != nil || !res.Pushed {
		t.Fatalf("%+v, %v", res, err)
	}
	for v, there := m.ola.Modal(); there; v, there = m.ola.Modal() {
		m.check(v.Close(m.ctx))
	}
	open()
	_, err = m.ola.AwaitMessage(m.ctx, m.ola.DM(), func(a slacksim.Message) bool {
		return strings.Contains(a.Text, "About the form") && strings.Contains(a.Text, "This is not saved yet")
	})
	m.check(err)
}

// TestAFormSentAgainAfterALostAcknowledgement has the acknowledgement of a
// form be lost, so that Slack keeps it open and says that it did not work, while
// Slack's API is slow. It is sent again while the disk is slow: what came of it
// takes the place of "This takes longer".
func TestAFormSentAgainAfterALostAcknowledgement(t *testing.T) {
	m, shut, open := gatedTeam(t)
	form := m.modal(m.ingrid, "feedback", "Feedback")
	for _, must := range []string{"Go", "SQL", "Operations"} {
		m.fill(form, must, "Meets it")
	}
	m.fill(form, "Would you hire them?", "Yes")
	m.fill(form, "note", "First.")
	release := m.slack.Hold("views.publish", "", 1) // Ingrid's Home is slow to change
	defer release()
	m.slack.LoseAcks(1)
	if res, err := form.Submit(m.ctx); err == nil {
		t.Fatalf("the acknowledgement was not lost: %+v", res)
	}
	shut()
	res, err := form.Submit(m.ctx)
	if err != nil || !res.Pushed {
		t.Fatalf("%+v, %v", res, err)
	}
	working, _ := m.ingrid.Modal()
	open()
	ctx, cancel := context.WithTimeout(m.ctx, 5*time.Second)
	defer cancel()
	err = m.slack.Await(ctx, func() bool {
		v, there := m.ingrid.Modal()
		return !there || string(v.Blocks) != string(working.Blocks)
	})
	if err != nil {
		t.Errorf("it goes on saying that it takes longer: %s", working.Blocks)
	}
}
