package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// asks types a question to the funnel and returns the answer, which comes on
// the acknowledgement or after it.
func (o *office) asks(user, typed string) string {
	o.t.Helper()
	if a := o.types(user, typed); len(a.raw) > 0 && strings.Contains(string(a.raw), "text") {
		return string(a.raw)
	}
	return text(o.wait("answer"))
}

func TestFunnelQuestions(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.interviewed(o.addCandidate("Nora Vik"))
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.HoldInterview(1, 0)
		return c, err
	})
	o.meet(admin, ingrid, jonas)
	for _, c := range []struct{ it, by, typed, want string }{
		{"the only role", kari, "funnel", "R-1"},
		{"a role as a table", kari, "funnel R-1", "data_table"},
		{"in Norwegian", kari, "trakt R-1 12u etter kilde", "Source"},
		{"an interviewer may read it", ingrid, "funnel R-1", "data_table"},
		{"a colleague may not", jonas, "funnel R-1", "Only the owners"},
		{"a period", kari, "funnel R-1 2026-W48 period", "What happened in week 48"},
		{"an interviewer reads their own load alone", ingrid, "funnel R-1 by interviewer", "You"},
		{"since the agreement", kari, "funnel R-1 since agreed", "data_table"},
		{"beside all roles", kari, "funnel R-1 compare", "All roles"},
		{"all roles are for admins", kari, "funnel all", "Only admins"},
		{"and they may", admin, "funnel all", "All roles"},
		{"one's own team", kari, "funnel team " + kari, "The funnel of the roles of"},
		{"one's own team by mention", kari, "funnel team <@" + kari + "|kari>", "The funnel of the roles of"},
		{"another's team", ola, "funnel team " + kari, "and admins see the numbers of that team"},
		{"an admin may see it", admin, "funnel team " + kari, "The funnel of the roles of"},
		{"a team of nobody's", admin, "funnel team nobody", "is no hiring manager"},
		{"a role there is not", kari, "funnel R-7", "There is no role R-7"},
		{"nonsense is said back", kari, "funnel R-1 <!channel>", "I don't understand"},
		{"a time to come", kari, "funnel R-1 2031", "lies ahead"},
	} {
		answer := o.asks(c.by, c.typed)
		mustContain(t, c.it, answer, c.want)
		if strings.Contains(answer, "<!channel>") || strings.Contains(answer, "Nora") {
			t.Errorf("%s: %s", c.it, answer)
		}
	}
	if answer := o.asks(ingrid, "funnel R-1 by interviewer"); strings.Contains(answer, "Others") {
		t.Errorf("an interviewer reads others' load: %s", answer)
	}
}

// TestChartsOnDemand asks for the funnel in the simulated Slack, and for its
// charts, which a workspace may refuse.
func TestChartsOnDemand(t *testing.T) {
	m := newTeam(t, hiring.English)
	form := m.modal(m.kari, "intake Backend developer", "New role 1/6")
	m.intake(form, m.submit)
	m.submit(m.modal(m.ola, "brief R-1", "Brief of R-1"))
	for range 6 {
		form = m.modal(m.ola, "candidate", "Add a candidate")
		m.fill(form, "Name", "Nora Vik")
		m.fill(form, "Where do they come from?", "Referral")
		m.submit(form)
	}
	form = m.modal(m.ola, "move C-1", "Move a candidate")
	m.fill(form, "What happened?", "First interview")
	m.fill(form, "When is the interview?", time.Date(2026, 11, 23, 7, 0, 0, 0, oslo))
	m.submit(form)
	_, err := m.kari.Command(m.ctx, m.channel, "/hire", "funnel R-1")
	m.check(err)
	says := func(part string) slacksim.Message {
		t.Helper()
		a, err := m.kari.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool { return strings.Contains(string(a.Blocks), part) })
		m.check(err)
		return a
	}
	funnel := says("data_table")
	m.check(m.kari.Press(m.ctx, funnel, "Charts"))
	charts := says("data_visualization")
	mustContain(t, "the charts' text", charts.Text, "*Sourced*: 6 reached", "*First interview*: 1 reached")
	m.check(m.kari.Press(m.ctx, funnel, "By source"))
	mustContain(t, "by source", says("To an interview").Text, "Referral")
}
