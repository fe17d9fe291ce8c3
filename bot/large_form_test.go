package bot_test

import (
	"strings"
	"testing"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// wordy makes eight texts of R-1's brief as long as people may write them: the
// step that shows them is larger than an acknowledgement may be.
func wordy(t *hiring.Terms) {
	long := strings.TrimSpace(string([]rune(strings.Repeat("Vi gjør det på en måte. ", 100))[:1900]))
	t.Reasons = hiring.Reasons{Life: long, Autonomy: long, Challenge: long, Stability: long}
	t.Downside, t.Flexibility, t.Relocation, t.Onboarding = long, long, long, long
}

// TestAStepOfLongTexts goes through a brief whose texts are long: the steps
// come, what was typed is kept, and complaints stand under their inputs.
func TestAStepOfLongTexts(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	m.act(m.kari, func(a hiring.Act) (hiring.Change, error) {
		role, err := a.Record.Role(1)
		if err != nil {
			return hiring.Change{}, err
		}
		terms := role.Brief().Terms
		wordy(&terms)
		_, c, err := a.ChangeBrief(1, 1, terms, "More.")
		return c, err
	})
	m.check(m.modal(m.ola, "brief R-1", "Brief of R-1").Press(m.ctx, templates.ActionChangeBrief))
	next := func(title string) *slacksim.Modal {
		t.Helper()
		form, err := m.ola.AwaitModal(m.ctx, title)
		m.check(err)
		return form
	}
	form := next("Change the brief 1/6")
	m.fill(form, "reason", "The platform moves.")
	for _, title := range []string{"Change the brief 2/6", "Change the brief 3/6", "Change the brief 4/6"} {
		m.submit(form)
		form = next(title)
	}
	res, err := form.Submit(m.ctx)
	if err != nil || !res.Pushed {
		t.Fatalf("a step before a large one is answered with %+v, %v", res, err)
	}
	form = next("Change the brief 5/6")
	m.fill(form, "location", "Bergen")
	m.submit(form)
	form = next("Change the brief 6/6")
	m.fill(form, "sources", "referral")
	m.submit(form)
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		role, err := r.Role(1)
		if terms := role.Brief().Terms; terms.Location != "Bergen" || len([]rune(terms.Downside)) != 1900 {
			t.Errorf("the brief has %q, and %d characters", terms.Location, len([]rune(terms.Downside)))
		}
		return err
	}))
}

// TestALargeStepOnTwoWindows has no room for a window on top of the form.
func TestALargeStepOnTwoWindows(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		terms := o.roles()[0].Brief().Terms
		wordy(&terms)
		_, c, err := a.ChangeBrief(1, 1, terms, "More.")
		return c, err
	})
	o.types(ola, "brief R-1")
	brief := o.opened(ola)
	brief.press(templates.ActionChangeBrief, brief.button(templates.ActionChangeBrief))
	checks := o.pushed(ola).fill("reason", "The platform moves.").must().must().must()
	checks.raw["previous_view_id"] = "VBELOW"
	if a := checks.submit(); a.Action != "errors" {
		t.Errorf("it is acknowledged with %.300s", a.raw)
	}
	offer := checks.updated()
	if len(offer.inputs["downside"]) == 0 {
		t.Fatalf("after it stands %.300s", offer.text())
	}
	if a := offer.fill("downside", "").submit(); a.Errors["downside"] == "" {
		t.Errorf("a complaint is acknowledged as %.300s", a.raw)
	}
}
