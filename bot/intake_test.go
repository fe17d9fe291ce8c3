package bot_test

import (
	"strings"
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

// unfinished returns what Kari has begun of a new role.
func (o *office) unfinished() []hiring.Unfinished {
	o.t.Helper()
	var list []hiring.Unfinished
	o.read(func(r hiring.Record) (err error) {
		list, err = r.UnfinishedBy(kari)
		return err
	})
	return list
}

// TestAPressOfTheIntakeComesAgain after the person went on: nothing is undone.
func TestAPressOfTheIntakeComesAgain(t *testing.T) {
	press := func(o *office, s *screen) map[string]any {
		return map[string]any{"type": "view_submission", "user": map[string]any{"id": kari}, "trigger_id": o.trigger(), "view": s.payload()}
	}
	t.Run("Start afresh", func(t *testing.T) {
		o := newOffice(t)
		o.meet(kari, ola)
		o.types(kari, "intake")
		_ = fillRole(o.opened(kari)).must()
		o.types(kari, "intake")
		again := o.opened(kari)
		afresh := press(o, again)
		afresh["type"], afresh["actions"] = "block_actions", []any{map[string]any{"action_id": templates.ActionIntakeAfresh, "block_id": "b", "type": "button"}}
		o.do("interactive", afresh)
		_ = fillRole(again.updated()).fill("title", "Designer").must()
		o.do("interactive", afresh)
		if list := o.unfinished(); len(list) != 1 || list[0].Draft.Terms.Title != "Designer" {
			t.Errorf("what was typed since is gone: %+v", list)
		}
	})
	t.Run("Next, after the step was changed", func(t *testing.T) {
		o := newOffice(t)
		o.meet(kari, ola)
		o.types(kari, "intake")
		first := fillRole(o.opened(kari))
		next := press(o, first)
		mustContain(t, "the second step", string(o.do("interactive", next)), "must_haves")
		_ = first.fill("title", "Designer").must()
		mustContain(t, "the second step again", string(o.do("interactive", next)), "must_haves")
		if list := o.unfinished(); len(list) != 1 || list[0].Draft.Terms.Title != "Designer" {
			t.Errorf("what was changed is undone: %+v", list)
		}
	})
	t.Run("Next, after the role was proposed", func(t *testing.T) {
		o := newOffice(t)
		o.meet(kari, ola)
		o.types(kari, "intake")
		rounds := fillPerson(fillRole(o.opened(kari)).must()).must()
		offer := fillOffer(fillRounds(rounds).must().fill("verified_0", "Technical").must())
		next := press(o, offer)
		last := fillPlan(o.screen(kari, offer.id, decodeAck(t, o.do("interactive", next)).View))
		_ = last.must()
		o.do("interactive", next)
		if a := offer.submit(); a.Action == "update" { // pressed anew, in a view that was left open
			t.Errorf("another step: %s", a.raw)
		}
		last.press(templates.ActionIntakeBack, "")
		mustContain(t, "a step back", o.pushed(kari).text(), "proposed already")
		if list := o.unfinished(); len(list) != 0 || len(o.roles()) != 1 {
			t.Errorf("%d roles, and a ghost: %+v", len(o.roles()), list)
		}
	})
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

// Nobody goes through the form of a change that cannot be proposed: it does not
// open for a role that is filled, nor does one that was begun wait.
func TestAFilledRoleIsNotChanged(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	id := o.addCandidate("Nora Vik")
	o.pressInMessage(kari, templates.ActionChangeBrief, "R-1")
	o.opened(kari).fill("reason", "More of them.").must()
	if len(o.unfinished()) != 1 {
		t.Fatal("the change that was begun is not kept")
	}
	o.act(ola, func(a hiring.Act) (c hiring.Change, err error) {
		_, c, err = a.Close(id, hiring.Hired, "", false)
		return c, err
	})
	o.pressInMessage(kari, templates.ActionChangeBrief, "R-1")
	mustContain(t, "the change of a filled role", text(o.wait("answer")), "Role R-1 is already filled. To hire again, open its brief, More …, Open it again.")
	if a := o.types(kari, ""); strings.Contains(string(a.raw), templates.ActionUnfinished) {
		t.Errorf("a change that cannot be made waits: %s", a.raw)
	}
	o.act(kari, func(a hiring.Act) (c hiring.Change, err error) {
		_, c, err = a.Reopen(1, "One more.")
		return c, err
	})
	o.pressInMessage(kari, templates.ActionChangeBrief, "R-1")
	mustContain(t, "the change of a role that hires again", o.opened(kari).text(), "Change the brief")
}
