package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// team is a bot in the simulated Slack, which refuses whatever Slack would.
type team struct {
	testing.TB
	ctx               context.Context
	slack             *slacksim.Slack
	kari, ola, ingrid *slacksim.Person
	channel           string
	record            *store.Store
}

func newTeam(t testing.TB, locale hiring.Locale) *team {
	t.Helper()
	return newTeamWith(t, locale, slacksim.Options{}, func(r bot.Record) bot.Record { return r })
}

func newTeamWith(t testing.TB, locale hiring.Locale, o slacksim.Options, wrap func(bot.Record) bot.Record) *team {
	t.Helper()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, oslo)
	clock := func() time.Time { return now }
	o.Clock = clock
	sim, err := slacksim.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sim.Close() })
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: hiring.Settings{Zone: oslo}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = record.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), 4*patience)
	if _, bench := t.(*testing.B); bench { // as long as it takes
		ctx, cancel = context.WithCancel(t.Context())
	}
	t.Cleanup(cancel)
	m := &team{TB: t, ctx: ctx, slack: sim, record: record}
	m.kari = sim.AddUser(slacksim.User{Name: "kari", RealName: "Kari Solberg", TZ: "Europe/Oslo"})
	m.ola = sim.AddUser(slacksim.User{Name: "ola", RealName: "Ola Nordmann", TZ: "Europe/Oslo"})
	m.ingrid = sim.AddUser(slacksim.User{Name: "ingrid", RealName: "Ingrid Vik", TZ: "Europe/Oslo"})
	m.channel = sim.AddChannel(slacksim.Channel{Name: "backend", Members: []string{m.kari.ID, m.ola.ID, m.ingrid.ID}, BotIsMember: true})

	rules := settings()
	rules.Locale = locale
	pace := bot.NewPace(http.DefaultTransport, time.Now)
	api := slack.New(sim.BotToken(), slack.OptionAppLevelToken(sim.AppToken()), slack.OptionAPIURL(sim.APIURL()), slack.OptionHTTPClient(pace.Client()))
	b := bot.New(bot.Config{
		API: api, Pace: pace, Record: wrap(record), House: templates.House{Command: "/hire", Settings: rules},
		Directory: bot.NewDirectory(api, wrap(record)), Clock: clock, Log: slog.New(slog.DiscardHandler),
	})
	run, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- b.Run(run, socketmode.New(api)) }()
	t.Cleanup(func() {
		stop()
		if err := stopped(t, ended); err != nil {
			t.Errorf("the bot stopped with %v", err)
		}
	})
	m.check(sim.AwaitConnected(ctx, 1))
	return m
}

func (m *team) check(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

// modal runs a command and returns the modal it opens.
func (m *team) modal(p *slacksim.Person, typed, title string) *slacksim.Modal {
	m.Helper()
	_, err := p.Command(m.ctx, m.channel, "/hire", typed)
	m.check(err)
	modal, err := p.AwaitModal(m.ctx, title)
	m.check(err)
	return modal
}

// fill fills an input of a modal.
func (m *team) fill(modal *slacksim.Modal, label string, values ...any) {
	m.Helper()
	var err error
	gaveUp := m.slack.Await(m.ctx, func() bool { // a choice may bring the input
		err = modal.Fill(label, values...)
		return !errors.Is(err, slacksim.ErrNotThere)
	})
	m.check(errors.Join(err, gaveUp))
}

// submit submits a modal that must be taken.
func (m *team) submit(modal *slacksim.Modal) {
	m.Helper()
	r, err := modal.Submit(m.ctx)
	m.check(err)
	if len(r.Errors) > 0 || !r.Updated {
		m.Fatalf("%q was answered with %+v", modal.Title, r)
	}
}

// intake fills in and proposes a new role.
func (m *team) intake(form *slacksim.Modal, submit func(*slacksim.Modal)) {
	m.Helper()
	for _, step := range [][]any{
		{"team", "Metering", "recruiter", m.ola, "channel", "backend", "need", "growth", "level", "senior", "employment", "permanent"},
		{"success", "Owns metering", "must_haves", "Go\nSQL"},
		{"interview-1_panel", m.ingrid, "interview-2_name", ""},
		{"verified_0", "interview-1"},
		{"reason_life", "Home by four.", "downside", "On call.", "location", "Oslo", "language", "Norsk"},
		{"target_start", "2027-06-01", "sources", "referral"},
	} {
		for i := 0; i < len(step); i += 2 {
			m.fill(form, step[i].(string), step[i+1])
		}
		submit(form)
	}
}

// gone submits a modal that must be taken or be known already.
func (m *team) gone(modal *slacksim.Modal) {
	m.Helper()
	r, err := modal.Submit(m.ctx)
	m.check(err)
	if len(r.Errors) > 0 || !r.Updated && !r.Closed {
		m.Fatalf("%q was answered with %+v", modal.Title, r)
	}
}

func (m *team) awaitHome(p *slacksim.Person, text string) {
	m.Helper()
	_, err := p.AwaitHome(m.ctx, func(v slacksim.View) bool { return bytes.Contains(v.Blocks, []byte(text)) })
	m.check(err)
}

// bokmal is what the journey's labels are called in Norwegian.
var bokmal = map[string]string{
	"New role 1/6": "Ny stilling 1/6", "First interview": "Førstegangsintervju",
	"Brief of R-1": "Brief for R-1", "Add a candidate": "Ny kandidat", "Name": "Navn",
	"Where do they come from?": "Hvor kommer kandidaten fra?", "Referral": "Tips fra kollega",
	"Move a candidate": "Flytt en kandidat", "What happened?": "Hva skjedde?", "When is the interview?": "Når er intervjuet?",
	"Feedback": "Tilbakemelding", "Meets it": "Oppfylt", "Would you hire them?": "Ville du ansatt kandidaten?", "Yes": "Ja",
	"intake": "inntak", "brief": "stilling", "candidate": "kandidat", "move": "flytt", "feedback": "tilbakemelding",
}

// TestJourney goes from the intake to the feedback as people do it.
func TestJourney(t *testing.T) {
	t.Run("in English", func(t *testing.T) {
		journey(newTeam(t, hiring.English), func(s string) string { return s })
	})
	t.Run("in Norwegian", func(t *testing.T) {
		journey(newTeam(t, hiring.Norwegian), func(s string) string { return bokmal[s] })
	})
}

func journey(m *team, w func(string) string) {
	m.Helper()
	form := m.modal(m.kari, w("intake")+" Backend developer", w("New role 1/6"))
	m.intake(form, m.submit)
	m.kari.OpenHome()
	m.awaitHome(m.kari, "R-1")

	m.submit(m.modal(m.ola, w("brief")+" R-1", w("Brief of R-1")))
	form = m.modal(m.ola, w("candidate"), w("Add a candidate"))
	m.fill(form, w("Name"), "Nora <!channel> Vik")
	m.fill(form, w("Where do they come from?"), w("Referral"))
	m.submit(form)

	form = m.modal(m.ola, w("move")+" C-1", w("Move a candidate"))
	m.fill(form, w("What happened?"), w("First interview"))
	m.fill(form, w("When is the interview?"), time.Date(2026, 11, 23, 7, 0, 0, 0, oslo))
	m.submit(form)

	form = m.modal(m.ingrid, w("feedback"), w("Feedback"))
	for _, must := range []string{"Go", "SQL"} {
		m.fill(form, must, w("Meets it"))
	}
	m.fill(form, w("Would you hire them?"), w("Yes"))
	m.submit(form)

	for _, typed := range []string{"", "help", "roles", "funnel R-1", "settings", "breif"} {
		answer, err := m.ola.Command(m.ctx, m.channel, "/hire", typed)
		if strings.HasPrefix(typed, "funnel") { // what has a table comes after the acknowledgement
			var late slacksim.Message
			late, err = m.ola.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool { return a.Ephemeral && strings.Contains(string(a.Blocks), "data_table") })
			answer = &late
		}
		if err != nil || answer == nil || !answer.Ephemeral || strings.Contains(string(answer.Blocks), "<!channel>") {
			m.Errorf("/hire %s: %+v, %v", typed, answer, err)
		}
	}
	m.ola.OpenHome()
	m.awaitHome(m.ola, "R-1")
}

// TestEverythingTwice has Slack deliver every envelope twice. Whichever of two
// is answered first, the form is gone afterwards: the one that acted shows
// what came of it, the other one closes.
func TestEverythingTwice(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.slack.DeliverTwice(100)
	form := m.modal(m.kari, "intake Backend developer", "New role 1/6")
	m.intake(form, m.gone)
	form = m.modal(m.kari, "candidate", "Add a candidate")
	m.fill(form, "Name", "Nora Vik")
	m.fill(form, "Where do they come from?", "Referral")
	m.gone(form)
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		roles, err := r.AllRoles()
		if err != nil {
			return err
		}
		candidates, err := r.CandidatesOf(1)
		if len(roles) != 1 || len(candidates) != 1 {
			t.Errorf("there are %d roles and %d candidates", len(roles), len(candidates))
		}
		return err
	}))
}

// TestGuestInSlack reads the guest's profile from Slack.
func TestGuestInSlack(t *testing.T) {
	m := newTeam(t, hiring.English)
	visitor := m.slack.AddUser(slacksim.User{Name: "guest", RealName: "Gjest", IsRestricted: true})
	_, err := visitor.Command(m.ctx, m.channel, "/hire", "intake")
	m.check(err)
	answer, err := visitor.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool { return a.Ephemeral })
	m.check(err)
	mustContain(t, "a guest", answer.Text, "members of the workspace")
}

// TestSlackGoesAway reconnects after every way Slack has to hang up.
func TestSlackGoesAway(t *testing.T) {
	m := newTeam(t, hiring.English)
	for _, reason := range []string{"warning", "refresh_requested"} {
		m.slack.Disconnect(reason)
		m.check(m.slack.Await(m.ctx, func() bool { return m.slack.Connections() == 0 }))
		m.check(m.slack.AwaitConnected(m.ctx, 1))
	}
	m.modal(m.kari, "intake", "New role 1/6")
}
