package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// profileTime is how long Slack takes for a profile here: longer than anybody
// else is to wait.
const profileTime = 2 * time.Second

// TestANewcomerHoldsUpNobodyElse has somebody never seen before ask about a
// role while profiles are slow: other roles go on.
func TestANewcomerHoldsUpNobodyElse(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	newcomer := m.slack.AddUser(slacksim.User{Name: "new", RealName: "New Person", TZ: "Europe/Oslo"})
	m.slack.Delay("users.info", 1, profileTime)
	_, err := newcomer.Command(m.ctx, m.channel, "/hire", "brief R-99") // acknowledged before the profile is read
	m.check(err)
	began := time.Now()
	m.modal(m.ola, "candidate R-1", "Add a candidate")
	if took := time.Since(began); took > profileTime*3/4 {
		t.Errorf("a window about R-1 took %v because a newcomer asked about R-99", took)
	}
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
	m.slack.Delay("users.info", 1, 2*profileTime)
	_, err := form.Submit(m.ctx) // acknowledged before the profile is read
	m.check(err)
	began := time.Now()
	_, err = m.kari.Command(m.ctx, m.channel, "/hire", "brief R-77")
	m.check(err)
	_, err = m.kari.AwaitMessage(m.ctx, m.channel, func(a slacksim.Message) bool {
		return strings.Contains(a.Text+string(a.Blocks), "There is no role R-77")
	})
	m.check(err)
	if took := time.Since(began); took > profileTime {
		t.Errorf("an answer about R-77 took %v because a profile is read", took)
	}
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
