package bot_test

import (
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// archive has the brief of R-1 wait for a channel that is archived.
func (o *office) archive() {
	o.t.Helper()
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		n := hiring.Notice{Kind: hiring.TellBrief, Channel: "CBACKEND", Subjects: []hiring.Subject{hiring.RoleSubject(1)}, CreatedAt: a.Now, NotBefore: a.Now}
		u := hiring.Unreachable{To: n.To(), Problem: hiring.ProblemArchived, Since: a.Now, TryAt: a.Now.Add(hiring.TryAfter)}
		return hiring.Change{Unreachable: []hiring.Unreachable{u}, Notices: []hiring.Notice{n}}, nil
	})
}

// trying says whether the channel of R-1 is tried again.
func (o *office) trying() (trying bool) {
	o.t.Helper()
	o.read(func(r hiring.Record) error {
		u, _, err := r.Unreachable(hiring.Conversation{Channel: "CBACKEND"})
		trying = u.Trying
		return err
	})
	return trying
}

// TestAChannelThatOpens has Slack tell of a channel: what waits for it goes.
func TestAChannelThatOpens(t *testing.T) {
	for it, c := range map[string]struct {
		event map[string]any
		want  bool
	}{
		"Samsvar was let in":     {map[string]any{"type": "member_joined_channel", "user": "UBOT", "channel": "CBACKEND", "channel_type": "C"}, true},
		"it is unarchived":       {map[string]any{"type": "channel_unarchive", "user": kari, "channel": "CBACKEND"}, true},
		"a private one is":       {map[string]any{"type": "group_unarchive", "channel": "CBACKEND"}, true},
		"another one is":         {map[string]any{"type": "channel_unarchive", "user": kari, "channel": "COTHER"}, false},
		"something else happens": {map[string]any{"type": "channel_archive", "user": kari, "channel": "CBACKEND"}, false},
	} {
		t.Run(it, func(t *testing.T) {
			o := newOffice(t)
			o.openRole()
			o.archive()
			for range 2 { // Slack tells some things twice
				o.do("events_api", map[string]any{"type": "event_callback", "event_id": "Ev1", "event": c.event})
			}
			o.stop()
			if o.trying() != c.want {
				t.Errorf("it is tried again: %v\n%s", !c.want, o.log)
			}
			if strings.Contains(o.log.String(), "level=ERROR") {
				t.Error(o.log)
			}
		})
	}
}

// TestTryAgainButton is for those whose role it is about; a forged value does
// nothing.
func TestTryAgainButton(t *testing.T) {
	value := templates.EncodeConversation(hiring.Conversation{Channel: "CBACKEND"})
	for it, c := range map[string]struct {
		who, value string
		want       bool
	}{
		"an owner":             {ola, value, true},
		"an admin":             {admin, value, true},
		"somebody else":        {jonas, value, false},
		"an unknown channel":   {ola, "channel/CNONE", false},
		"nonsense":             {ola, "<!channel>", false},
		"a person, for once":   {ola, "person/" + kari, false},
		"nothing in it at all": {ola, "", false},
	} {
		t.Run(it, func(t *testing.T) {
			o := newOffice(t)
			o.openRole()
			o.meet(kari, ola, admin, jonas)
			o.archive()
			o.pressAtHome(c.who, templates.ActionTryAgain, c.value)
			o.stop()
			if o.trying() != c.want {
				t.Errorf("it is tried again: %v", !c.want)
			}
			if strings.Contains(o.log.String(), "level=ERROR") {
				t.Error(o.log)
			}
		})
	}
}

// TestTheHomeShowsWhatIsNotDelivered to an owner, with the button.
func TestTheHomeShowsWhatIsNotDelivered(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola)
	o.archive()
	o.do("events_api", opened(ola))
	home := o.home(ola)
	for _, says := range []string{"Not delivered", "the channel is archived", "R-1", templates.ActionTryAgain} {
		mustContain(t, "the Home", home.text(), says)
	}
}

func FuzzDecodeConversation(f *testing.F) {
	f.Add("person/UKARI")
	f.Add("channel/C1")
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := templates.DecodeConversation(s); err == nil && templates.EncodeConversation(c) != s && s != "person/" {
			t.Errorf("%q became %+v", s, c)
		}
	})
}
