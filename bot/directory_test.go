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

// person reads somebody from the record.
func (p *postOffice) person(id hiring.UserID) (found hiring.Person) {
	p.Helper()
	p.check(p.record.View(p.Context(), func(r hiring.Record) (err error) {
		found, err = r.Person(id)
		return err
	}))
	return found
}

func TestLearn(t *testing.T) {
	for _, c := range []struct {
		it       string
		profile  string // fields of the profile
		own      string // fields of the answer of auth.test
		insider  bool
		away     bool
		bot      bool
		name, tz string
	}{
		{"a member", `"team_id":"T1","real_name":"Per Hansen","tz":"Europe/Oslo"`, `"team_id":"T1"`, true, false, false, "Per Hansen", "Europe/Oslo"},
		{"the display name goes first", `"team_id":"T1","real_name":"Per Hansen","profile":{"display_name":"Per"}`, `"team_id":"T1"`, true, false, false, "Per", ""},
		{"somebody who has left", `"team_id":"T1","deleted":true`, `"team_id":"T1"`, true, true, false, "", ""},
		{"an app", `"team_id":"T1","is_bot":true`, `"team_id":"T1"`, true, false, true, "", ""},
		{"a guest of several channels", `"team_id":"T1","is_restricted":true`, `"team_id":"T1"`, false, false, false, "", ""},
		{"a guest of one channel", `"team_id":"T1","is_ultra_restricted":true`, `"team_id":"T1"`, false, false, false, "", ""},
		{"a stranger", `"team_id":"T2","is_stranger":true`, `"team_id":"T1"`, false, false, false, "", ""},
		{"somebody of another organisation, in a shared channel", `"team_id":"T2","is_stranger":false`, `"team_id":"T1"`, false, false, false, "", ""},
		{"somebody of another organisation that is a grid", `"team_id":"T2","enterprise_user":{"enterprise_id":"E2","teams":["T2"]}`, `"team_id":"T1","enterprise_id":"E1"`, false, false, false, "", ""},
		{"a colleague in another workspace of the organisation", `"team_id":"T2","enterprise_user":{"enterprise_id":"E1","teams":["T2"]}`, `"team_id":"T1","enterprise_id":"E1"`, true, false, false, "", ""},
		{"a colleague whose home is another workspace", `"team_id":"T2","enterprise_user":{"teams":["T2","T1"]}`, `"team_id":"T1"`, true, false, false, "", ""},
	} {
		t.Run(c.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.restart() // with a directory that knows nothing yet
			p.wire.say("auth.test", `{"ok":true,`+c.own+`}`)
			p.wire.say("users.info", `{"ok":true,"user":{"id":"UPER",`+c.profile+`}}`)
			p.check(p.directory.Learn(t.Context(), p.now, "UPER"))
			got := p.person("UPER")
			if got.Guest == c.insider || got.Away != c.away || got.Bot != c.bot || got.Name != c.name || got.Zone != c.tz || !got.ReadAt.Equal(p.now) {
				t.Errorf("learnt %+v", got)
			}
		})
	}
}

func TestLearnKeepsWhatPeopleChose(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	nudged := p.now.Add(-time.Hour)
	p.check(p.record.Change(t.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
		k, err := r.Person(kari)
		k.Locale, k.Country, k.NudgedAt = hiring.Norwegian, "SE", nudged
		return hiring.Change{People: []hiring.Person{k}}, err
	}))
	p.slack.ChangeUser(kari, func(u *slacksim.User) { u.TZ = "Europe/Stockholm" })
	p.move(24 * time.Hour)
	p.check(p.directory.Learn(t.Context(), p.now, kari))
	if k := p.person(kari); k.Locale != hiring.Norwegian || k.Country != "SE" || !k.NudgedAt.Equal(nudged) || k.Zone != "Europe/Stockholm" {
		t.Errorf("learnt %+v", k)
	}
}

func TestLearnAsksOnceADay(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	calls := func() int { return p.count("users.info") + p.count("auth.test") }
	for _, c := range []struct {
		it    string
		after time.Duration
		users []hiring.UserID
		want  int
	}{
		{"a fresh profile is believed", 0, []hiring.UserID{kari, ola}, 0},
		{"and still a day later, almost", 24*time.Hour - time.Second, []hiring.UserID{kari}, 0},
		{"an old one is read again, once for each", time.Second, []hiring.UserID{kari, "", kari, ola}, 2},
		{"nobody is nobody", 0, []hiring.UserID{""}, 0},
	} {
		p.move(c.after)
		before := calls()
		p.check(p.directory.Learn(t.Context(), p.now, c.users...))
		if n := calls() - before; n != c.want {
			t.Errorf("%s: %d calls, want %d", c.it, n, c.want)
		}
	}
}

func TestLearnGoesOnAfterAFailure(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.move(25 * time.Hour)
	p.wire.say("users.info", "user_not_found")
	err := p.directory.Learn(t.Context(), p.now, "UNOBODY", kari)
	if err == nil || !strings.Contains(err.Error(), "UNOBODY") {
		t.Errorf("learning ended with %v", err)
	}
	if !p.person(kari).ReadAt.Equal(p.now) {
		t.Error("Kari's profile was not read")
	}
	// Whose people these are is not known: nothing is believed.
	p.restart()
	p.wire.say("auth.test", "internal_error")
	if err := p.directory.Learn(t.Context(), p.now, "UPER"); err == nil || !p.person("UPER").ReadAt.IsZero() {
		t.Errorf("learning ended with %v", err)
	}
}

func TestAudience(t *testing.T) {
	channel := func(fields string) string { return fmt.Sprintf(`{"ok":true,"channel":{"id":"C1",%s}}`, fields) }
	for _, c := range []struct {
		it     string
		id     hiring.ChannelID
		answer string
		want   templates.Audience
		fails  bool
	}{
		{"a direct message has one reader", "D1", "", templates.OnePerson, false},
		{"a person is one reader", "U1", "", templates.OnePerson, false},
		{"so is one with an old id of a grid", "W1", "", templates.OnePerson, false},
		{"a public channel", "C1", channel(`"is_channel":true`), templates.PublicChannel, false},
		{"a private channel", "C1", channel(`"is_private":true`), templates.PrivateChannel, false},
		{"a private channel shared with others is public", "C1", channel(`"is_private":true,"is_ext_shared":true`), templates.PublicChannel, false},
		{"one about to be shared is public", "C1", channel(`"is_private":true,"is_pending_ext_shared":true`), templates.PublicChannel, false},
		{"one Slack does not tell of is public", "C1", "channel_not_found", templates.PublicChannel, true},
		{"no channel at all is public", "", "", templates.PublicChannel, true},
	} {
		t.Run(c.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			if c.answer != "" {
				p.wire.say("conversations.info", c.answer)
			}
			got, err := p.directory.Audience(t.Context(), p.now, c.id)
			if got != c.want || (err != nil) != c.fails {
				t.Errorf("%v, %v", got, err)
			}
		})
	}
}

func TestAudienceIsBelievedForAnHour(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.restart()
	p.wire.say("conversations.info", "fatal_error") // not believed at all
	ask := func(after time.Duration, want templates.Audience) {
		t.Helper()
		p.move(after)
		if got, _ := p.directory.Audience(t.Context(), p.now, backend); got != want {
			t.Errorf("the channel is %v, want %v", got, want)
		}
	}
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Private = true })
	ask(0, templates.PublicChannel)
	ask(0, templates.PrivateChannel)
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Private = false })
	ask(59*time.Minute, templates.PrivateChannel)
	ask(time.Minute, templates.PublicChannel)
}
