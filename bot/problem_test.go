package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// known makes the bot know somebody, who then gets answers without a wait.
func (m *team) known(people ...*slacksim.Person) {
	m.Helper()
	for _, p := range people {
		_, err := p.Command(m.ctx, m.channel, "/hire", "help")
		m.check(err)
		_, err = p.AwaitMessage(m.ctx, m.channel, func(slacksim.Message) bool { return true })
		m.check(err)
	}
}

// toldDirectly waits for a sentence in somebody's conversation with the app,
// and fails when it stands there twice.
func (m *team) toldDirectly(p *slacksim.Person, sentence string) {
	m.Helper()
	says := func(a slacksim.Message) bool { return strings.Contains(a.Text, sentence) }
	_, err := p.AwaitMessage(m.ctx, p.DM(), says)
	m.check(err)
	n := 0
	for _, message := range p.Messages(p.DM()) {
		if says(message) {
			n++
		}
	}
	if n != 1 {
		m.Errorf("%q is said %d times", sentence, n)
	}
}

// called returns how often a method was called.
func (m *team) called(method string) (n int) {
	for _, c := range m.slack.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// TestAProblemInAThirdForm has a choice fail in a form on top of two other
// windows, where Slack lets no other stand: the form itself says why.
func TestAProblemInAThirdForm(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	m.known(m.ola)
	m.interviewed(1)
	form := m.thirdForm(templates.ActionMove)
	m.act(m.kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Close(1, hiring.Rejected, "Too little SQL.", false)
		return c, err
	})
	for i, choice := range []string{"Offer", "Hired"} { // the second finds the first one's sentence
		m.fill(form, "What happened?", choice)
		m.check(m.slack.Await(m.ctx, func() bool { return m.called("views.update") == i+1 }))
		m.see(t, m.ola, "C-1 is no longer in the process of R-1")
		now, _ := m.ola.Modal()
		if now.ID != form.ID || now.Values()["What happened?"] != choice {
			t.Errorf("what was chosen is gone: %v", now.Values())
		}
		if n := strings.Count(string(now.Blocks), "no longer in the process"); n != 1 {
			t.Errorf("it is said %d times", n)
		}
	}
}

// TestAProblemWhenTheTriggerIsGone has Slack open no window any more: the form
// says what is wrong, or else a message does.
func TestAProblemWhenTheTriggerIsGone(t *testing.T) {
	const late = "That took too long for Slack to open a window"
	gone := func(m *team) {
		for _, method := range []string{"views.open", "views.push"} {
			m.slack.Refuse(method, 100, "expired_trigger_id")
		}
	}
	t.Run("a button on the Home, delivered twice", func(t *testing.T) {
		m := newTeam(t, hiring.English)
		m.openRole()
		m.known(m.ola)
		m.ola.OpenHome()
		m.awaitHome(m.ola, templates.ActionCandidates)
		gone(m)
		m.slack.DeliverTwice(1)
		m.check(m.ola.PressHome(m.ctx, templates.ActionCandidates))
		m.toldDirectly(m.ola, late)
	})
	t.Run("the shortcut", func(t *testing.T) {
		m := newTeam(t, hiring.Norwegian)
		m.known(m.kari)
		gone(m)
		m.check(m.kari.Shortcut(m.ctx, templates.ShortcutNewRole))
		m.toldDirectly(m.kari, "Det tok for lang tid")
	})
	t.Run("a choice in a form", func(t *testing.T) {
		m := newTeam(t, hiring.English)
		m.openRole()
		m.known(m.ola)
		m.interviewed(1)
		form := m.modal(m.ola, "move C-1", "Move a candidate")
		gone(m)
		m.act(m.kari, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Close(1, hiring.Rejected, "Too little SQL.", false)
			return c, err
		})
		m.fill(form, "What happened?", "Offer")
		m.see(t, m.ola, "C-1 is no longer in the process of R-1")
		if now, _ := m.ola.Modal(); now.ID != form.ID || now.Values()["What happened?"] != "Offer" {
			t.Errorf("what was chosen is gone: %v", now.Values())
		}
	})
	t.Run("a form that Slack does not change either", func(t *testing.T) {
		m := newTeam(t, hiring.English)
		m.openRole()
		m.known(m.ola)
		m.interviewed(1)
		form := m.modal(m.ola, "move C-1", "Move a candidate")
		gone(m)
		m.slack.Fail("views.update", 100, 503)
		m.fill(form, "What happened?", "Offer")
		m.toldDirectly(m.ola, "Something went wrong")
	})
}

// TestAProblemInAThirdWindowWithoutInputs has a brief on top of two other
// windows signed too late: it says so, and can still be read.
func TestAProblemInAThirdWindowWithoutInputs(t *testing.T) {
	o := newOffice(t)
	o.propose()
	o.meet(kari, ola)
	o.types(ola, "brief R-1")
	brief := o.opened(ola)
	brief.below = []string{"V-ROOT", "V-BELOW"}
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		terms := o.roles()[0].Brief().Terms
		terms.Location = "Bergen"
		_, c, err := a.ChangeBrief(1, 1, terms, "The office moved.")
		return c, err
	})
	for range 2 {
		brief = brief.must()
		brief.below = []string{"V-ROOT", "V-BELOW"}
		mustContain(t, "the brief", brief.text(), "revision 2 is the newest", "Oslo")
	}
	if n := strings.Count(brief.text(), "revision 2 is the newest"); n != 1 {
		t.Errorf("it is said %d times", n)
	}
}

// TestAFormThatIsNotKnown was left open while Samsvar was made newer, or cannot
// be read: it stays open.
func TestAFormThatIsNotKnown(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola)
	o.types(ola, "candidate R-1")
	form := o.opened(ola).fill("name", "Nora Vik")
	form.raw["callback_id"] = "of_an_older_version"
	if a := form.submit(); a.Action != "push" || !strings.Contains(text(a.View), "This form is no longer in use") {
		t.Errorf("acknowledged with %s", a.raw)
	}
	form.below = []string{"V-ROOT", "V-BELOW"}
	if a := form.submit(); a.Action != "errors" || !strings.Contains(a.raw, "This form is no longer in use") {
		t.Errorf("on top of two others it is acknowledged with %s", a.raw)
	}
	form.state["name"] = map[string]any{"name": map[string]any{"type": "plain_text_input", "value": 5}}
	unread := o.send("interactive", map[string]any{
		"type": "view_submission", "user": map[string]any{"id": ola}, "trigger_id": o.trigger(), "view": form.payload(),
	})
	o.types(ola, "help") // it has been read by then
	o.stop()
	select {
	case a := <-unread:
		t.Errorf("a form that cannot be read is acknowledged with %q, which closes it", a)
	default:
	}
	if !strings.Contains(o.log.String(), "could not be read") {
		t.Errorf("it was read: %s", o.log)
	}
}

// TestAButtonInAFormThatIsNotKnown says so, and loses nothing; a choice that is
// not known is read with the form.
func TestAButtonInAFormThatIsNotKnown(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola)
	o.types(ola, "candidate R-1")
	form := o.opened(ola).fill("name", "Nora Vik")
	form.press("of_an_older_version", "")
	mustContain(t, "the window", o.pushed(ola).text(), "This button is no longer in use")
	form.below = []string{"V-ROOT", "V-BELOW"}
	form.press("of_an_older_version", "")
	noted := form.updated()
	mustContain(t, "the form", noted.text(), "This button is no longer in use")
	mustContain(t, "what was typed", fmt.Sprint(noted.state), "Nora Vik")
	o.do("interactive", map[string]any{
		"type": "block_actions", "user": map[string]any{"id": ola}, "trigger_id": o.trigger(), "view": form.payload(),
		"actions": []any{map[string]any{"action_id": "of_an_older_version", "block_id": "b", "type": "static_select", "selected_option": map[string]any{"value": "x"}}},
	})
	o.stop()
	for len(o.calls) > 0 {
		if c := <-o.calls; strings.HasPrefix(c.method, "views.") {
			t.Errorf("a choice is answered with %s", c.method)
		}
	}
}

// TestAShortcutThatIsNotKnown says so.
func TestAShortcutThatIsNotKnown(t *testing.T) {
	o := newOffice(t)
	o.meet(kari)
	o.do("interactive", map[string]any{"type": "shortcut", "callback_id": "of_an_older_version", "user": map[string]any{"id": kari}, "trigger_id": o.trigger()})
	mustContain(t, "the window", o.opened(kari).text(), "This shortcut is no longer in use")
}
