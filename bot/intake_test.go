package bot_test

import (
	"testing"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// TestAPrivateChannelNobodyInvitedTheBotTo is complained about while the form
// is open.
func TestAPrivateChannelNobodyInvitedTheBotTo(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.slack.AddChannel(slacksim.Channel{Name: "closed", Private: true, Members: []string{m.kari.ID}})
	form := m.modal(m.kari, "intake Backend developer", "New role 1/6")
	for field, value := range map[string]any{"team": "Metering", "recruiter": m.ola, "channel": "closed", "need": "growth", "level": "senior", "employment": "permanent"} {
		m.fill(form, field, value)
	}
	res, err := form.Submit(m.ctx)
	m.check(err)
	mustContain(t, "the channel", res.Errors["Channel"], "/invite @Samsvar")
	m.fill(form, "channel", "backend")
	m.submit(form)
}

// TestTheAgreedBriefIsPinned also where Slack refuses it: then it stands there
// without.
func TestTheAgreedBriefIsPinned(t *testing.T) {
	for _, scopes := range [][]string{nil, {"chat:write", "chat:write.public", "users:read", "channels:read", "groups:read", "im:write", "im:history", "channels:history", "groups:history"}} {
		p := newPostOffice(t, slacksim.Options{Scopes: scopes})
		p.deliver()
		p.done()
		if n := p.count("pins.add"); n != 1 {
			t.Errorf("%d calls of pins.add", n)
		}
		mustContain(t, "the channel", string(p.newest(backend).Blocks), "Must-haves")
	}
}

// TestStartAfreshIsEmpty also in the step that was shown.
func TestStartAfreshIsEmpty(t *testing.T) {
	m := newTeam(t, hiring.English)
	form := m.modal(m.kari, "intake Old idea", "New role 1/6")
	for field, value := range map[string]any{"team": "Metering", "recruiter": m.ola, "channel": "backend", "need": "growth", "level": "senior", "employment": "permanent"} {
		m.fill(form, field, value)
	}
	m.submit(form)
	second, err := m.kari.AwaitModal(m.ctx, "New role 2/6")
	m.check(err)
	m.check(second.Press(m.ctx, templates.ActionIntakeBack))
	back, err := m.kari.AwaitModal(m.ctx, "New role 1/6")
	m.check(err)
	m.check(back.Close(m.ctx))
	form = m.modal(m.kari, "intake", "New role 1/6")
	if team := form.Values()["Team"]; team != "Metering" {
		t.Fatalf("opened again: %q", team)
	}
	m.check(form.Press(m.ctx, templates.ActionIntakeAfresh))
	m.check(m.slack.Await(m.ctx, func() bool {
		now, there := m.kari.Modal()
		return there && now.Values()["Team"] == "" && now.Values()["Title"] == ""
	}))
}
