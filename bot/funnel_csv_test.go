package bot_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// withFunnel is a team with an agreed role, R-1 of #backend, and a candidate.
func withFunnel(t *testing.T, o slacksim.Options) *team {
	t.Helper()
	m := newTeamWith(t, hiring.English, o, func(r bot.Record) bot.Record { return r })
	m.intake(m.modal(m.kari, "intake Backend developer", "New role 1/6"), m.submit)
	m.submit(m.modal(m.ola, "brief R-1", "Brief of R-1"))
	form := m.modal(m.ola, "candidate", "Add a candidate")
	m.fill(form, "Name", "Nora Vik")
	m.fill(form, "Where do they come from?", "Referral")
	m.submit(form)
	return m
}

// presses asks for the funnel in a conversation and presses a button in the
// answer.
func (m *team) presses(p *slacksim.Person, channel, button string) {
	m.Helper()
	_, err := p.Command(m.ctx, channel, "/hire", "funnel R-1")
	m.check(err)
	answer, err := p.AwaitMessage(m.ctx, channel, func(x slacksim.Message) bool { return strings.Contains(string(x.Blocks), "data_table") })
	m.check(err)
	m.check(p.Press(m.ctx, answer, button))
}

// file waits for a file in a conversation and returns its rows without the
// comments.
func (m *team) file(p *slacksim.Person, channel string) (slacksim.File, [][]string) {
	m.Helper()
	got, err := p.AwaitMessage(m.ctx, channel, func(x slacksim.Message) bool { return len(x.Files) > 0 })
	m.check(err)
	f := got.Files[0]
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(f.Content), "\ufeff")))
	r.Comment = '#'
	rows, err := r.ReadAll()
	m.check(err)
	return f, rows
}

func (m *team) says(p *slacksim.Person, channel, text string) {
	m.Helper()
	_, err := p.AwaitMessage(m.ctx, channel, func(x slacksim.Message) bool { return x.Ephemeral && strings.Contains(x.Text, text) })
	m.check(err)
}

func TestTheFunnelAsAFile(t *testing.T) {
	m := withFunnel(t, slacksim.Options{})
	m.presses(m.ola, m.channel, "As CSV")
	f, rows := m.file(m.ola, m.channel)
	if !strings.HasPrefix(f.Name, "funnel-R-1-2026-11-23") || !strings.Contains(string(f.Content), "# reached: entered the stage") {
		t.Errorf("%s\n%s", f.Name, f.Content)
	}
	if strings.Contains(string(f.Content), "Nora") || strings.Contains(string(f.Content), "Ingrid") || strings.Contains(string(f.Content), m.ingrid.ID) {
		t.Errorf("somebody is named in it:\n%s", f.Content)
	}
	want := "cohort stage Sourced reached 1 "
	found := false
	for _, row := range rows {
		found = found || strings.Join(row, " ") == want
	}
	if !found {
		t.Errorf("%q is not among %v", want, rows)
	}
}

// TestWhereAFileGoes has the funnel asked for where others read, and where the
// app is not.
func TestWhereAFileGoes(t *testing.T) {
	m := withFunnel(t, slacksim.Options{})
	others := m.slack.AddChannel(slacksim.Channel{Name: "everybody", Members: []string{m.ola.ID}, BotIsMember: true})
	m.presses(m.ola, others, "As CSV")
	m.file(m.ola, m.ola.DM())
	m.says(m.ola, others, "not everybody in this conversation")
	for _, x := range m.ola.Messages(others) {
		if len(x.Files) > 0 {
			t.Error("a file in a channel whose readers may not read the role")
		}
	}
	m.slack.ChangeChannel(m.channel, func(c *slacksim.Channel) { c.BotIsMember = false })
	m.presses(m.kari, m.channel, "As CSV")
	m.file(m.kari, m.kari.DM())
	m.says(m.kari, m.channel, "I am not in this conversation")

	m.presses(m.ingrid, m.ingrid.DM(), "As CSV") // on the panel, in their own conversation with the app
	m.file(m.ingrid, m.ingrid.DM())
}

func TestAFileThatCannotBeSent(t *testing.T) {
	m := withFunnel(t, slacksim.Options{Scopes: []string{"chat:write", "chat:write.public", "users:read", "im:write", "channels:read", "groups:read", "commands"}})
	m.presses(m.ola, m.channel, "As CSV")
	m.says(m.ola, m.channel, "lacks the scope files:write")
}

// TestADeliveryAgainSaysNothingAgain has Slack deliver a press and a command
// twice: one file and one answer come of them. Where the answer to one of the
// deliveries is too late for its acknowledgement, the acknowledgement of the
// other may have been lost, so that the person rather has two.
func TestADeliveryAgainSaysNothingAgain(t *testing.T) {
	var m *team
	t.Cleanup(func() { // the bot has stopped, and nothing is under way any more
		calls := make(map[string]int)
		for _, c := range m.slack.Calls() {
			calls[c.Method]++
		}
		files, late, answers := calls["files.completeUploadExternal"], calls["response_url"], 0
		for _, x := range m.ola.Messages(m.channel) {
			if x.Ephemeral {
				answers++
				t.Log(x.Text)
			}
		}
		if files != 1 || late > 1 || answers-late > 1 {
			t.Errorf("%d files and %d answers came, %d of these late", files, answers, late)
		}
	})
	m = withFunnel(t, slacksim.Options{})
	m.slack.DeliverTwice(2)
	m.presses(m.ola, m.channel, "As CSV")
	m.file(m.ola, m.channel)
}

// TestForgedFiles presses the button with roles one may not read.
func TestForgedFiles(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(hiring.UserID(jonas), hiring.UserID(guest))
	for _, who := range []string{jonas, guest} {
		o.pressInMessage(who, templates.ActionFunnelCSV, "R-1")
		if said := text(o.wait("answer")); !strings.Contains(said, "Only the owners") && !strings.Contains(said, "for members of the workspace") {
			t.Errorf("%s reads %s", who, said)
		}
	}
	o.meet(ola)
	for _, value := range []string{"R-9", "C-1", "all", "🙂"} {
		o.pressInMessage(ola, templates.ActionFunnelCSV, value)
		if said := text(o.wait("answer")); strings.Contains(said, "went wrong") || said == "" {
			t.Errorf("%q: %s", value, said)
		}
	}
}
