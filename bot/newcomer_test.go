package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestANewcomerHoldsUpNobodyElse has somebody never seen before ask about a
// role while Slack keeps the answer about their profile: other roles go on.
func TestANewcomerHoldsUpNobodyElse(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	newcomer := m.slack.AddUser(slacksim.User{Name: "new", RealName: "New Person", TZ: "Europe/Oslo"})
	release := m.slack.Hold("users.info", newcomer.ID, 1)
	defer release()
	_, err := newcomer.Command(m.ctx, m.channel, "/hire", "brief R-99") // acknowledged before the profile is read
	m.check(err)
	m.modal(m.ola, "candidate R-1", "Add a candidate")
	release()
	m.says(newcomer, m.channel, "There is no role R-99")
}

// TestAFormOfOneReadAnewHoldsUpNobodyElse is the same with a form, which is
// submitted by somebody whose profile is to be read again.
func TestAFormOfOneReadAnewHoldsUpNobodyElse(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	form := m.modal(m.ola, "candidate R-1", "Add a candidate")
	m.fill(form, "Name", "Nora Vik")
	m.fill(form, "Where do they come from?", "Referral")
	m.check(m.record.Change(m.ctx, "", time.Now(), func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person(hiring.UserID(m.ola.ID))
		p.Away, p.ReadAt = true, time.Time{} // as after Slack said that the account is gone
		return hiring.Change{People: []hiring.Person{p}}, err
	}))
	release := m.slack.Hold("users.info", m.ola.ID, 1)
	defer release()
	_, err := form.Submit(m.ctx) // acknowledged before the profile is read
	m.check(err)
	_, err = m.kari.Command(m.ctx, m.channel, "/hire", "brief R-77")
	m.check(err)
	m.says(m.kari, m.channel, "There is no role R-77")
	release()
	m.see(t, m.ola, "Nora Vik")
}

// TestTheHomeOfANewcomerWhoseProfileCannotBeRead says something in any case,
// and becomes what it is once the profile can be read.
func TestTheHomeOfANewcomerWhoseProfileCannotBeRead(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	m.slack.Fail("users.info", 1, 503)
	m.ola.OpenHome()
	m.awaitHome(m.ola, "R-1")
	m.slack.Fail("users.info", 100, 503)
	m.kari.OpenHome()
	m.awaitHome(m.kari, "could not read your Slack profile")
	if home, _ := m.kari.Home(); strings.Contains(string(home.Blocks), "R-1") {
		t.Errorf("somebody who may be a guest sees %s", home.Blocks)
	}
	m.slack.Heal()
	m.kari.OpenHome()
	m.awaitHome(m.kari, "R-1")
}
