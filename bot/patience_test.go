package bot_test

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// TestAnswersOutliveALimit has Slack want a second's pause before each of the
// calls that bring an answer to somebody: it comes all the same.
func TestAnswersOutliveALimit(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	t.Run("a window", func(t *testing.T) {
		m.slack.RateLimit("views.open", 1, time.Second)
		m.modal(m.kari, "brief R-1", "")
	})
	t.Run("an answer on the response URL", func(t *testing.T) {
		m.slack.RateLimit("response_url", 1, time.Second)
		_, err := m.ola.Command(m.ctx, m.channel, "/hire", "funnel R-1")
		m.check(err)
		_, err = m.ola.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool { return strings.Contains(string(a.Blocks), "R-1") })
		m.check(err)
	})
	t.Run("one's Home", func(t *testing.T) {
		m.slack.RateLimit("views.publish", 1, time.Second)
		m.kari.OpenHome()
		m.awaitHome(m.kari, templates.ActionNewRole)
	})
	t.Run("the Home of somebody else", func(t *testing.T) {
		m.ingrid.OpenHome()
		m.awaitHome(m.ingrid, templates.ActionNewRole)
		form := m.modal(m.ola, "candidate R-1", "Add a candidate")
		m.fill(form, "Name", "Per Holm")
		m.fill(form, "Where do they come from?", "Referral")
		m.submit(form)
		form = m.modal(m.ola, "move C-1", "Move a candidate")
		m.fill(form, "What happened?", "Technical")
		m.fill(form, "When is the interview?", time.Date(2026, 11, 23, 7, 0, 0, 0, oslo))
		m.slack.RateLimit("views.publish", 2, time.Second) // Ola's own, too
		m.submit(form)
		m.awaitHome(m.ingrid, templates.ActionGiveFeedback)
	})
	t.Run("none that takes too long: the person is told to try again", func(t *testing.T) {
		m.slack.RateLimit("views.open", 1, time.Minute)
		_, err := m.ingrid.Command(m.ctx, m.channel, "/hire", "brief R-1")
		m.check(err)
		_, err = m.ingrid.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool {
			return strings.Contains(a.Text+string(a.Blocks), "try again in a moment")
		})
		m.check(err)
	})
}

// TestNobodyIsLeftWithWorking has a form take long, and Slack fail in different
// ways when the window is to say what came of it.
func TestNobodyIsLeftWithWorking(t *testing.T) {
	for it, fail := range map[string]func(*slacksim.Slack){
		"Slack is out of order for a moment": func(s *slacksim.Slack) { s.Fail("views.update", 2, 503) },
		"the reply is lost":                  func(s *slacksim.Slack) { s.LoseReply("views.update", 1) },
		"Slack wants a pause":                func(s *slacksim.Slack) { s.RateLimit("views.update", 1, time.Second) },
	} {
		t.Run(it, func(t *testing.T) {
			var slow atomic.Bool
			m := newTeamWith(t, hiring.English, slacksim.Options{}, func(r bot.Record) bot.Record { return slowDisk{r, &slow} })
			m.openRole()
			form := m.modal(m.ola, "candidate R-1", "Add a candidate")
			m.fill(form, "Name", "Nora Vik")
			m.fill(form, "Where do they come from?", "Referral")
			slow.Store(true)
			fail(m.slack)
			_, err := form.Submit(m.ctx)
			m.check(err)
			m.see(t, m.ola, "Nora Vik")
		})
	}
}
