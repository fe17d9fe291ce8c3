package slacksim_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot/slacksim"
)

func TestCommandOpensAFormThatComplainsAndThenCloses(t *testing.T) {
	s, _ := start(t, slacksim.Options{}, func(a app, evt socketmode.Event) (any, bool) {
		switch data := evt.Data.(type) {
		case slack.SlashCommand:
			_, _ = a.OpenView(data.TriggerID, form(text("name", "Name"), slack.NewInputBlock("who", plain("Who"), nil, slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, "who"))))
		case slack.InteractionCallback:
			if data.View.State.Values["name"]["name"].Value == "bad" {
				return slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "Not that one."}), true
			}
			_, _, _ = a.PostMessage(data.User.ID, slack.MsgOptionText("Hello "+data.View.State.Values["who"]["who"].SelectedUser, false))
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari", RealName: "Kari Solberg", TZ: "Europe/Oslo"})
	general := s.AddChannel(slacksim.Channel{Name: "general", Members: []string{kari.ID}, BotIsMember: true})
	ctx := soon(t)
	if answer, err := kari.Command(ctx, general, "/x", "open"); err != nil || answer != nil {
		t.Fatal(answer, err)
	}
	m, err := kari.AwaitModal(ctx, "A form")
	must(t, err)
	res, err := m.Submit(ctx)
	if err != nil || res.Errors["Name"] == "" || res.Errors["Who"] == "" {
		t.Errorf("empty: %+v, %v", res, err)
	}
	if err := m.Fill("Nmae", "x"); !errors.Is(err, slacksim.ErrNotThere) || !strings.Contains(err.Error(), "Name") {
		t.Errorf("a label that is not there: %v", err)
	}
	must(t, m.Fill("Name", "bad"))
	must(t, m.Fill("Who", "Kari Solberg"))
	if res, err = m.Submit(ctx); err != nil || res.Errors["Name"] != "Not that one." {
		t.Errorf("complaint: %+v, %v", res, err)
	}
	if got := m.Values(); got["Name"] != "bad" || got["Who"] != "Kari Solberg" {
		t.Errorf("what was typed is gone: %v", got)
	}
	must(t, m.Fill("Name", "good"))
	if res, err = m.Submit(ctx); err != nil || !res.Closed {
		t.Errorf("accepted: %+v, %v", res, err)
	}
	msg, err := kari.AwaitMessage(ctx, kari.DM(), func(m slacksim.Message) bool { return strings.HasPrefix(m.Text, "Hello") })
	must(t, err)
	if _, open := kari.Modal(); open || msg.Text != "Hello "+kari.ID {
		t.Errorf("modal open: %v, message %q", open, msg.Text)
	}
}

func TestAnswersOnTheAckAreEphemeral(t *testing.T) {
	s, _ := start(t, slacksim.Options{}, func(a app, evt socketmode.Event) (any, bool) {
		return map[string]string{"text": "only you & <@U0SAMBOT>"}, true
	})
	kari, ola := s.AddUser(slacksim.User{Name: "kari"}), s.AddUser(slacksim.User{Name: "ola"})
	c := s.AddChannel(slacksim.Channel{Name: "general", Members: []string{kari.ID, ola.ID}, BotIsMember: true})
	m, err := kari.Command(soon(t), c, "/x", "")
	if err != nil || m == nil || !m.Ephemeral || len(kari.Messages(c)) != 1 || len(ola.Messages(c)) != 0 {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAnAppThatDoesNotAnswerTimesOut(t *testing.T) {
	s, _ := start(t, slacksim.Options{AckTime: 50 * time.Millisecond}, func(app, socketmode.Event) (any, bool) { return nil, false })
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	if _, err := kari.Command(soon(t), c, "/x", ""); !errors.Is(err, slacksim.ErrTimeout) {
		t.Errorf("got %v", err)
	}
}

func TestAnAckThatSlackCannotUseIsTrouble(t *testing.T) {
	tests := map[string]any{
		"an unknown payload":          map[string]bool{"ok": true},
		"an error for a section":      slack.NewErrorsViewSubmissionResponse(map[string]string{"note": "x"}),
		"an update to a view of none": map[string]any{"response_action": "update", "view": map[string]any{"type": "modal"}},
		"an unknown response_action":  map[string]string{"response_action": "explode"},
	}
	for it, payload := range tests {
		t.Run(it, func(t *testing.T) {
			s, _ := start(t, slacksim.Options{}, func(a app, evt socketmode.Event) (any, bool) {
				if cmd, ok := evt.Data.(slack.SlashCommand); ok {
					note := section("x").(*slack.SectionBlock)
					note.BlockID = "note"
					_, _ = a.OpenView(cmd.TriggerID, form(text("name", "Name"), note))
					return nil, true
				}
				return payload, true
			})
			kari := s.AddUser(slacksim.User{Name: "kari"})
			c := s.AddChannel(slacksim.Channel{Name: "general"})
			_, err := kari.Command(soon(t), c, "/x", "")
			must(t, err)
			m, err := kari.AwaitModal(soon(t), "")
			must(t, err)
			must(t, m.Fill("Name", "x"))
			if _, err := m.Submit(soon(t)); !errors.Is(err, slacksim.ErrTrouble) {
				t.Errorf("got %v", err)
			}
			if got := m.Values()["Name"]; got != "x" {
				t.Errorf("what was typed is gone: %q", got)
			}
		})
	}
}

func TestButtonsAndEditedMessages(t *testing.T) {
	s, a := start(t, slacksim.Options{}, func(a app, evt socketmode.Event) (any, bool) {
		if in, ok := evt.Data.(slack.InteractionCallback); ok {
			_, _, _, _ = a.UpdateMessage(in.Channel.ID, in.Message.Timestamp, slack.MsgOptionText("Done: "+in.ActionCallback.BlockActions[0].Value, false))
			_, _, _ = a.PostMessage("", slack.MsgOptionText("thanks", false), slack.MsgOptionResponseURL(in.ResponseURL, slack.ResponseTypeEphemeral))
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	channel, ts, err := a.PostMessage(kari.ID, slack.MsgOptionText("Press", false), slack.MsgOptionBlocks(
		section("Press"), slack.NewActionBlock("row", slack.NewButtonBlockElement("go", "42", plain("Go")))))
	must(t, err)
	ctx := soon(t)
	m, err := kari.AwaitMessage(ctx, channel, func(m slacksim.Message) bool { return m.TS == ts })
	must(t, err)
	if err := kari.Press(ctx, m, "Stop"); !errors.Is(err, slacksim.ErrNotThere) {
		t.Errorf("a button that is not there: %v", err)
	}
	must(t, kari.Press(ctx, m, "Go"))
	m, err = kari.AwaitMessage(ctx, channel, func(m slacksim.Message) bool { return m.Text == "Done: 42" })
	must(t, err)
	if m.Blocks != nil || m.TS != ts {
		t.Errorf("text without blocks removes the blocks: %+v", m)
	}
	_, err = kari.AwaitMessage(ctx, channel, func(m slacksim.Message) bool { return m.Ephemeral && m.Text == "thanks" })
	must(t, err)
}

func TestResponseURLsHaveFiveUsesAndThirtyMinutes(t *testing.T) {
	var url atomic.Value
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var clock atomic.Pointer[time.Time]
	clock.Store(&now)
	s, a := start(t, slacksim.Options{Clock: func() time.Time { return *clock.Load() }}, func(_ app, evt socketmode.Event) (any, bool) {
		url.Store(evt.Data.(slack.SlashCommand).ResponseURL)
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	use := func() error {
		_, _, err := a.PostMessage("", slack.MsgOptionText("x", false), slack.MsgOptionResponseURL(url.Load().(string), slack.ResponseTypeEphemeral))
		return err
	}
	_, err := kari.Command(soon(t), c, "/x", "")
	must(t, err)
	for range 5 {
		must(t, use())
	}
	if use() == nil {
		t.Error("a sixth use was taken")
	}
	_, err = kari.Command(soon(t), c, "/x", "")
	must(t, err)
	later := now.Add(31 * time.Minute)
	clock.Store(&later)
	if use() == nil {
		t.Error("a use after thirty minutes was taken")
	}
}

func TestTriggersAndTheStack(t *testing.T) {
	var trigger atomic.Value
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var clock atomic.Pointer[time.Time]
	clock.Store(&now)
	s, a := start(t, slacksim.Options{Clock: func() time.Time { return *clock.Load() }}, func(a app, evt socketmode.Event) (any, bool) {
		switch data := evt.Data.(type) {
		case slack.SlashCommand:
			trigger.Store(data.TriggerID)
		case slack.InteractionCallback:
			trigger.Store(data.TriggerID)
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	ask := func() string {
		t.Helper()
		_, err := kari.Command(soon(t), c, "/x", "")
		must(t, err)
		return trigger.Load().(string)
	}
	expect := func(err error, word string) {
		t.Helper()
		var answer slack.SlackErrorResponse
		if word == "" && err != nil || word != "" && (!errors.As(err, &answer) || answer.Err != word) {
			t.Errorf("got %v, want %q", err, word)
		}
	}
	with := form(text("name", "Name"), slack.NewActionBlock("row", slack.NewButtonBlockElement("more", "", plain("More"))))
	id := ask()
	_, err := a.OpenView(id, with)
	expect(err, "")
	_, err = a.OpenView(id, with)
	expect(err, "exchanged_trigger_id")
	_, err = a.OpenView("nonsense", with)
	expect(err, "invalid_trigger_id")
	id = ask()
	later := now.Add(4 * time.Second)
	clock.Store(&later)
	_, err = a.OpenView(id, with)
	expect(err, "expired_trigger_id")
	for depth := range 3 {
		m, open := kari.Modal()
		if !open {
			t.Fatal("no modal")
		}
		must(t, m.Press(soon(t), "More"))
		_, err = a.PushView(trigger.Load().(string), with)
		expect(err, []string{"", "", "push_limit_reached"}[depth])
	}
}

func TestViewHashesAndWhatWasTyped(t *testing.T) {
	s, a := start(t, slacksim.Options{}, func(a app, evt socketmode.Event) (any, bool) {
		if cmd, ok := evt.Data.(slack.SlashCommand); ok {
			_, _ = a.OpenView(cmd.TriggerID, form(text("name", "Name")))
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	_, err := kari.Command(soon(t), c, "/x", "")
	must(t, err)
	m, err := kari.AwaitModal(soon(t), "")
	must(t, err)
	must(t, m.Fill("Name", "Nora"))
	answer, err := a.UpdateView(form(text("name", "Name"), text("more", "More")), "", "", m.ID)
	must(t, err)
	if got := m.Values(); got["Name"] != "Nora" {
		t.Errorf("what was typed is gone: %v", got)
	}
	_, err = a.UpdateView(form(text("name", "Name")), "", "stale", m.ID)
	if err == nil || err.Error() != "hash_conflict" {
		t.Errorf("a stale hash: %v", err)
	}
	_, err = a.UpdateView(form(text("name", "Name")), "", answer.Hash, m.ID)
	must(t, err)
}

func TestStrictBlocks(t *testing.T) {
	s, a := start(t, slacksim.Options{}, quiet)
	kari := s.AddUser(slacksim.User{Name: "kari"})
	_, _, err := a.PostMessage(kari.ID, slack.MsgOptionText("x", false), slack.MsgOptionBlocks(section(strings.Repeat("x", 3001))))
	if err == nil || err.Error() != "invalid_blocks" {
		t.Errorf("a section of 3,001 characters: %v", err)
	}
	_, err = a.PublishViewContext(context.Background(), slack.PublishViewContextRequest{UserID: kari.ID, View: slack.HomeTabViewRequest{Type: slack.VTHomeTab}})
	if err == nil || err.Error() != "invalid_arguments" {
		t.Errorf("a Home without blocks: %v", err)
	}
}

func TestHome(t *testing.T) {
	s, _ := start(t, slacksim.Options{}, func(a app, evt socketmode.Event) (any, bool) {
		if outer, ok := evt.Data.(slackevents.EventsAPIEvent); ok {
			opened := outer.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent)
			_, _ = a.PublishViewContext(context.Background(), slack.PublishViewContextRequest{UserID: opened.User, View: slack.HomeTabViewRequest{
				Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{section("Welcome home")}},
			}})
		}
		return nil, true
	})
	kari := s.AddUser(slacksim.User{Name: "kari"})
	kari.OpenHome()
	v, err := kari.AwaitHome(soon(t), func(v slacksim.View) bool { return strings.Contains(s.ViewText(v, nil), "Welcome") })
	if err != nil || v.Kind != "home" {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestWhereMessagesCannotGo(t *testing.T) {
	s, a := start(t, slacksim.Options{Scopes: []string{"chat:write"}}, quiet)
	gone := s.AddUser(slacksim.User{Name: "gone", Deleted: true})
	tests := []struct{ it, channel, want string }{
		{"nowhere", "C404", "channel_not_found"},
		{"an archived channel", s.AddChannel(slacksim.Channel{Name: "old", BotIsMember: true, Archived: true}), "is_archived"},
		{"a channel the app is not in", s.AddChannel(slacksim.Channel{Name: "other"}), "not_in_channel"},
		{"a private channel the app is not in", s.AddChannel(slacksim.Channel{Name: "secret", Private: true}), "channel_not_found"},
		{"a deactivated person", gone.ID, "account_inactive"},
	}
	for _, tt := range tests {
		if _, _, err := a.PostMessage(tt.channel, slack.MsgOptionText("x", false)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.it, err, tt.want)
		}
	}
	if _, err := a.GetUserInfo(gone.ID); err == nil || err.Error() != "missing_scope" {
		t.Errorf("a method without its scope: %v", err)
	}
}

func TestMetadataCanBeReadBack(t *testing.T) {
	s, a := start(t, slacksim.Options{}, quiet)
	kari := s.AddUser(slacksim.User{Name: "kari"})
	channel, _, err := a.PostMessage(kari.ID, slack.MsgOptionText("x", false), slack.MsgOptionMetadata(slack.SlackMetadata{
		EventType: "notice", EventPayload: map[string]any{"id": "7"},
	}))
	must(t, err)
	h, err := a.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true})
	must(t, err)
	if len(h.Messages) != 1 || h.Messages[0].Metadata.EventPayload["id"] != "7" {
		t.Errorf("history %+v", h.Messages)
	}
}

func TestSocketsComeBack(t *testing.T) {
	s, _ := start(t, slacksim.Options{}, quiet)
	kari := s.AddUser(slacksim.User{Name: "kari"})
	c := s.AddChannel(slacksim.Channel{Name: "general"})
	for _, drop := range []func(){s.DropSockets, func() { s.Disconnect("refresh_requested") }} {
		drop()
		if _, err := kari.Command(soon(t), c, "/x", ""); err != nil { // waits for the new socket
			t.Error(err)
		}
	}
	opened := 0
	for _, call := range s.Calls() {
		if call.Method == "apps.connections.open" {
			opened++
		}
	}
	if opened < 3 {
		t.Errorf("opened %d connections, want 3", opened)
	}
}

func TestASocketThatIsToldToGoIsClosedAfterAWhile(t *testing.T) {
	s, err := slacksim.Start(slacksim.Options{Grace: 20 * time.Millisecond})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	api := slack.New(s.BotToken(), slack.OptionAppLevelToken(s.AppToken()), slack.OptionAPIURL(s.APIURL()))
	_, url, err := api.StartSocketModeContext(context.Background())
	must(t, err)
	conn, _, err := dial(url)
	must(t, err)
	defer conn.Close()
	must(t, s.AwaitConnected(soon(t), 1))
	s.Disconnect("warning")
	s.Disconnect("refresh_requested")
	var said []string
	for {
		var m struct{ Type, Reason string }
		if conn.ReadJSON(&m) != nil {
			break
		}
		said = append(said, m.Type+" "+m.Reason)
	}
	if want := "hello , disconnect warning, disconnect refresh_requested"; strings.Join(said, ", ") != want || s.Connections() != 0 {
		t.Errorf("said %q with %d sockets left, want %q", said, s.Connections(), want)
	}
}

func TestEventsComeAgainThreeTimes(t *testing.T) {
	var mu sync.Mutex
	var attempts []int
	s, _ := start(t, slacksim.Options{AckTime: 20 * time.Millisecond, Retries: []time.Duration{0, time.Millisecond, time.Millisecond}},
		func(_ app, evt socketmode.Event) (any, bool) {
			mu.Lock()
			defer mu.Unlock()
			attempts = append(attempts, evt.Request.RetryAttempt)
			return nil, len(attempts) == 4
		})
	s.AddUser(slacksim.User{Name: "kari"}).OpenHome()
	must(t, s.Await(soon(t), func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(attempts) == 4
	}))
	mu.Lock()
	defer mu.Unlock()
	if !slices.Equal(attempts, []int{0, 1, 2, 3}) {
		t.Errorf("attempts %v", attempts)
	}
}

func TestTheEleventhSocketIsTooMany(t *testing.T) {
	s, _ := start(t, slacksim.Options{}, quiet)
	for range 12 {
		api := slack.New(s.BotToken(), slack.OptionAppLevelToken(s.AppToken()), slack.OptionAPIURL(s.APIURL()))
		_, url, err := api.StartSocketModeContext(context.Background())
		must(t, err)
		conn, res, err := dial(url)
		must(t, err)
		_ = res
		t.Cleanup(func() { conn.Close() })
		var hello struct{ Type, Reason string }
		must(t, conn.ReadJSON(&hello))
		if n := s.Connections(); hello.Type == "disconnect" && (hello.Reason != "too_many_websockets" || n != 10) {
			t.Errorf("%+v with %d sockets", hello, n)
		}
	}
	if n := s.Connections(); n != 10 {
		t.Errorf("%d sockets", n)
	}
}

// TestChannelsThatOpen has the app be told when it joins a channel, and when a
// channel it is in comes back from the archive.
func TestChannelsThatOpen(t *testing.T) {
	told := make(chan string, 10)
	s, _ := start(t, slacksim.Options{}, func(_ app, evt socketmode.Event) (any, bool) {
		if outer, ok := evt.Data.(slackevents.EventsAPIEvent); ok {
			switch e := outer.InnerEvent.Data.(type) {
			case *slackevents.MemberJoinedChannelEvent:
				told <- "joined " + e.Channel + " " + e.ChannelType
			case *slackevents.ChannelUnarchiveEvent:
				told <- "unarchived " + e.Channel
			case *slackevents.GroupUnarchiveEvent:
				told <- "private unarchived " + e.Channel
			}
		}
		return nil, true
	})
	open, closed := s.AddChannel(slacksim.Channel{ID: "COPEN", Archived: true, BotIsMember: true}), s.AddChannel(slacksim.Channel{ID: "CCLOSED", Private: true})
	for _, c := range []struct {
		id   string
		fn   func(*slacksim.Channel)
		want string
	}{
		{open, func(c *slacksim.Channel) { c.Archived = false }, "unarchived COPEN"},
		{closed, func(c *slacksim.Channel) { c.BotIsMember = true }, "joined CCLOSED G"},
		{closed, func(c *slacksim.Channel) { c.Archived = true }, ""},
		{closed, func(c *slacksim.Channel) { c.Archived = false }, "private unarchived CCLOSED"},
	} {
		s.ChangeChannel(c.id, c.fn)
		if c.want == "" {
			continue
		}
		select {
		case got := <-told:
			if got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		case <-soon(t).Done():
			t.Fatalf("not told: %s", c.want)
		}
	}
}
