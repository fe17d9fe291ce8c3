package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

func TestWhyThisNumber(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.interviewed(o.addCandidate("Nora Vik"))
	o.addCandidate("Ida Holm")
	o.meet(admin, ingrid, jonas)
	value := "R-1 2026-W48..2026-W48/reached|interview-1|"
	o.pressInMessage(kari, templates.ActionWhy, value)
	why := o.opened(kari)
	mustContain(t, "why", why.text(), "Nora Vik", "1 candidate stands behind", "Counted:")
	if strings.Contains(why.text(), "Ida Holm") {
		t.Error("somebody stands behind a number who does not count in it")
	}
	for _, c := range []struct{ it, by, value, want string }{
		{"a colleague may not know", jonas, value, "Only the owners"},
		{"a guest neither", guest, value, "for members of the workspace"},
		{"another role's number", kari, "R-9/reached|screen|", "There is no role R-9"},
		{"a forged number", kari, "R-1/feedback", "no longer in use"},
		{"nonsense", kari, "/", "no longer in use"},
		{"nobody's number", admin, "2026-W48..2026-W48/reached|screen|", "no longer in use"},
		{"a number since nobody's agreement", admin, "agreed/reached|screen|", "no longer in use"},
		{"all roles are for admins", kari, "all/reached|screen|", "Only admins"},
		{"another's team", ola, "team " + kari + "/reached|screen|", "and admins see the numbers of that team"},
		{"a colleague's look at it", jonas, "team " + kari + "/reached|screen|", "and admins see the numbers of that team"},
		{"a team of nobody's", admin, "team " + jonas + "/reached|screen|", "is no hiring manager"},
		{"a guest's look at all", guest, "all/reached|screen|", "for members of the workspace"},
	} {
		o.pressInMessage(c.by, templates.ActionWhy, c.value)
		mustContain(t, c.it, text(o.wait("answer")), c.want)
	}
	for _, value := range []string{"R-1/feedback|interview-1|", "all/reached|interview-1|"} {
		o.pressInMessage(admin, templates.ActionWhy, value)
		mustContain(t, "a number there is not", o.opened(admin).text(), "0 candidates")
	}
}

// secondRole opens a role of another hiring manager, with as many candidates.
func (o *office) secondRole(candidates int) {
	o.t.Helper()
	o.meet(jonas)
	terms := o.roles()[0].Brief().Terms
	terms.Title = "Data engineer"
	o.act(jonas, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{HiringManager: jonas, Recruiter: ola, Channel: "CBACKEND", Terms: terms})
		return c, err
	})
	for i := range candidates {
		o.act(ola, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.AddCandidate(2, hiring.Applicant{Name: fmt.Sprint("Siri Bakke ", i), Source: hiring.Inbound})
			return c, err
		})
	}
}

// TestWhyOverRoles looks behind the numbers of a team and of all roles: at the
// candidates, role by role, or at the roles, each of which opens its own.
func TestWhyOverRoles(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.interviewed(o.addCandidate("Nora Vik"))
	o.addCandidate("Ida Holm")
	o.secondRole(3)
	o.meet(admin, ingrid)

	o.pressInMessage(admin, templates.ActionWhy, "all 2026-W48..2026-W48/reached|sourced|")
	all := o.opened(admin).text()
	mustContain(t, "all roles", all, "5 candidates stand behind this number of all roles", "*Data engineer* (R-2): 3 of 5", "*Backend developer* (R-1): 2 of 5", "Nora Vik", "Siri Bakke 2")
	if strings.Index(all, "(R-2)") > strings.Index(all, "(R-1)") {
		t.Errorf("the larger part stands last: %s", all)
	}
	o.pressInMessage(kari, templates.ActionWhy, "team "+kari+" 2026-W48..2026-W48/reached|interviews|")
	team := o.opened(kari).text()
	mustContain(t, "a team", team, "1 candidate stands behind this number of the roles of <@"+kari+">", "*Interviews*: reached", "Nora Vik")
	if strings.Contains(team, "Siri") || strings.Contains(team, "Ida") {
		t.Errorf("a team's number shows others: %s", team)
	}

	for i := range templates.MaxBehind {
		o.addCandidate(fmt.Sprint("Per Dahl ", i))
	}
	o.pressInMessage(admin, templates.ActionWhy, "all 2026-W48..2026-W48/reached|sourced|")
	roles := o.opened(admin)
	mustContain(t, "roles alone", roles.text(), "(R-1): 42 of 45", "(R-2): 3 of 45", "Show")
	if strings.Contains(roles.text(), "Siri") || strings.Contains(roles.text(), "Per Dahl") {
		t.Errorf("more candidates than anybody reads: %s", roles.text())
	}
	value := roles.button(templates.ActionWhy)
	roles.press(templates.ActionWhy, value)
	one := o.pushed(admin)
	mustContain(t, "a role of them", one.text(), "42 candidates stand behind", "Per Dahl 39", "and 2 more, who came before them")
	if strings.Contains(one.text(), "Nora Vik") || strings.Contains(one.text(), "Siri") {
		t.Errorf("the newest of the role are not those that are shown: %s", one.text())
	}
	one.press(templates.ActionWhy, one.button(templates.ActionWhy))
	older := one.updated()
	mustContain(t, "those before them", older.text(), "42 candidates stand behind", "Nora Vik", "Ida Holm", "These were added before C-", "Show the newest")
	if strings.Contains(older.text(), "Per Dahl") || strings.Contains(older.text(), "Siri") {
		t.Errorf("the older of the role are not those that are shown: %s", older.text())
	}
	older.press(templates.ActionWhy, older.button(templates.ActionWhy))
	mustContain(t, "back", older.updated().text(), "Per Dahl 39", "and 2 more, who came before them")
	o.pressInMessage(admin, templates.ActionWhy, value+"/C-0")
	mustContain(t, "a candidate that is none", text(o.wait("answer")), "is not a candidate")
	for who, reads := range map[string]string{jonas: "Only the owners", guest: "for members of the workspace"} { // who was never shown the button
		o.pressInMessage(who, templates.ActionWhy, value)
		mustContain(t, who, text(o.wait("answer")), reads)
	}
}

// TestWhyInTheSimulatedSlack asks behind a team's numbers where everything that
// Slack would refuse is refused: from the funnel to the roles, to one role's
// candidates, to a candidate.
func TestWhyInTheSimulatedSlack(t *testing.T) {
	m := newTeam(t, hiring.Norwegian)
	form := m.modal(m.kari, "inntak Backendutvikler", "Ny stilling 1/6")
	m.intake(form, m.submit)
	m.submit(m.modal(m.ola, "brief R-1", "Brief for R-1"))
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, oslo)
	m.check(m.record.Change(m.ctx, "test/candidates", now, func(r hiring.Record) (all hiring.Change, err error) {
		rows := make([]hiring.Imported, templates.MaxBehind+5)
		for i := range rows {
			rows[i] = hiring.Imported{Line: i + 2, External: fmt.Sprint(i), Name: fmt.Sprint("Nora Vik ", i), Source: hiring.Referral, AddedAt: now, Outcome: hiring.Active}
		}
		_, all, err = hiring.Act{Settings: settings(), Record: r, By: hiring.Person{ID: hiring.UserID(m.ola.ID)}, Now: now}.Import(1, rows)
		return all, err
	}))
	_, err := m.kari.Command(m.ctx, m.channel, "/hire", "trakt team "+m.kari.ID)
	m.check(err)
	funnel, err := m.kari.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool { return strings.Contains(string(a.Blocks), "data_table") })
	m.check(err)
	m.check(m.kari.Choose(m.ctx, funnel, "Hvorfor dette tallet?", "Funnet: 45 kom hit"))
	why, err := m.kari.AwaitModal(m.ctx, "Hvorfor dette tallet?")
	m.check(err)
	m.check(why.Press(m.ctx, "Vis"))
	var one *slacksim.Modal
	m.check(m.slack.Await(m.ctx, func() bool {
		var open bool
		one, open = m.kari.Modal()
		return open && strings.Contains(string(one.Raw), "Nora Vik 44")
	}))
	mustContain(t, "a role", string(one.Raw), "45 kandidater", "og 5 til")
	m.check(one.Press(m.ctx, "C-45"))
	_, err = m.kari.AwaitModal(m.ctx, "Kandidat")
	m.check(err)
}
