package slacksim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// conversation is a channel or a direct message with the app, and what stands
// in it.
type conversation struct {
	Channel
	dm       string // the person of a direct message
	messages []*message
}

type message struct {
	ts        string
	user      string
	text      string
	blocks    json.RawMessage
	metadata  json.RawMessage
	thread    string
	edited    bool
	ephemeral string // who alone sees it; empty for everybody
	files     []File
}

// Message is a message as a person sees it.
type Message struct {
	Channel   string
	TS        string
	User      string // who posted it
	Text      string // the notification text
	Blocks    json.RawMessage
	Metadata  json.RawMessage
	Thread    string // the thread's first message; empty outside threads
	Edited    bool
	Ephemeral bool
	Files     []File
}

func (m *message) public(channel string) Message {
	return Message{
		Channel: channel, TS: m.ts, User: m.user, Text: m.text, Blocks: m.blocks, Metadata: m.metadata,
		Thread: m.thread, Edited: m.edited, Ephemeral: m.ephemeral != "", Files: m.files,
	}
}

func (c *conversation) find(ts string) *message {
	for _, m := range c.messages {
		if m.ts == ts {
			return m
		}
	}
	return nil
}

func (m *message) json() object {
	o := object{"type": "message", "ts": m.ts, "user": m.user, "text": m.text, "team": teamID}
	if m.user == botUID {
		o["bot_id"], o["app_id"] = botID, appID
	}
	if m.blocks != nil {
		o["blocks"] = m.blocks
	}
	if m.thread != "" {
		o["thread_ts"] = m.thread
	}
	return o
}

// dm returns the direct message of a person with the app, made when it is not
// there. The lock is held.
func (s *Slack) dm(user string) *conversation {
	id := "D" + strings.TrimLeft(user, "UW")
	if s.channels[id] == nil {
		s.channels[id] = &conversation{Channel: Channel{ID: id, Private: true, Members: []string{user}, BotIsMember: true}, dm: user}
		s.order = append(s.order, id)
	}
	return s.channels[id]
}

// target finds where a message is to go.
func (s *Slack) target(id string) (*conversation, *apiError) {
	if u := s.users[id]; u != nil && !u.IsBot {
		if u.Deleted {
			return nil, &apiError{word: "account_inactive"}
		}
		return s.dm(id), nil
	}
	c := s.channels[id]
	if c != nil && c.dm != "" && s.users[c.dm].Deleted {
		return nil, &apiError{word: "account_inactive"}
	}
	switch {
	case c == nil, c.Private && !c.BotIsMember:
		return nil, &apiError{word: "channel_not_found"}
	case c.Archived:
		return nil, &apiError{word: "is_archived"}
	case !c.BotIsMember && !slices.Contains(s.scopes(), "chat:write.public"):
		return nil, &apiError{word: "not_in_channel"}
	}
	return c, nil
}

// Limits of messages (docs.slack.dev, chat.postMessage and chat.update).
const (
	maxMessageText = 40000
	maxUpdatedText = 4000
	maxMetadata    = 32000
)

// content reads what a message says.
func (s *Slack) content(a args) (*message, *apiError) {
	m := &message{user: botUID, text: a["text"], blocks: a.raw("blocks"), metadata: a.raw("metadata"), thread: a["thread_ts"]}
	if m.blocks != nil {
		if complaints := checkBlocks(m.blocks, surfaceMessage, "/blocks"); len(complaints) > 0 {
			return nil, invalid("invalid_blocks", complaints)
		}
	}
	switch {
	case m.text == "" && (m.blocks == nil || len(list(parse(m.blocks))) == 0):
		return nil, &apiError{word: "no_text"}
	case len(m.metadata) > maxMetadata:
		return nil, &apiError{word: "metadata_too_large"}
	case m.metadata != nil && str(sub(parse(m.metadata), "event_type")) == "":
		m.metadata = nil
	}
	if r := []rune(m.text); len(r) > maxMessageText {
		m.text = string(r[:maxMessageText])
	}
	m.blocks = s.identified(m.blocks)
	return m, nil
}

func (s *Slack) postMessage(a args) (object, *apiError) {
	c, err := s.target(a["channel"])
	if err != nil {
		return nil, err
	}
	m, err := s.content(a)
	if err != nil {
		return nil, err
	}
	s.post(c, m)
	return object{"channel": c.ID, "ts": m.ts, "message": m.json()}, nil
}

// post puts a message into a conversation; the lock is held.
func (s *Slack) post(c *conversation, m *message) {
	m.ts = s.ts()
	c.messages = append(c.messages, m)
	s.tell(Event{Kind: MessagePosted, Channel: c.ID, User: m.ephemeral, Message: m.public(c.ID)})
}

func (s *Slack) postEphemeral(a args) (object, *apiError) {
	c, err := s.target(a["channel"])
	if err != nil {
		return nil, err
	}
	if !slices.Contains(c.Members, a["user"]) {
		return no("user_not_in_channel")
	}
	m, err := s.content(a)
	if err != nil {
		return nil, err
	}
	m.ephemeral = a["user"]
	s.post(c, m)
	return object{"message_ts": m.ts}, nil
}

func (s *Slack) own(a args) (*conversation, *message, *apiError) {
	c := s.channels[a["channel"]]
	if c == nil {
		return nil, nil, &apiError{word: "channel_not_found"}
	}
	m := c.find(a["ts"])
	switch {
	case m == nil || m.ephemeral != "":
		return nil, nil, &apiError{word: "message_not_found"}
	case m.user != botUID:
		return nil, nil, &apiError{word: "cant_update_message"}
	}
	return c, m, nil
}

func (s *Slack) updateMessage(a args) (object, *apiError) {
	c, m, err := s.own(a)
	if err != nil {
		return nil, err
	}
	if len([]rune(a["text"])) > maxUpdatedText {
		return no("msg_too_long")
	}
	next, err := s.content(a)
	if err != nil {
		return nil, err
	}
	m.edited = m.edited || next.blocks == nil
	m.text, m.blocks = next.text, next.blocks // text without blocks removes the blocks
	if next.metadata != nil {
		m.metadata = next.metadata
	}
	s.tell(Event{Kind: MessageUpdated, Channel: c.ID, Message: m.public(c.ID)})
	return object{"channel": c.ID, "ts": m.ts, "text": m.text}, nil
}

func (s *Slack) deleteMessage(a args) (object, *apiError) {
	c, m, err := s.own(a)
	if err != nil {
		return nil, err
	}
	c.messages = slices.DeleteFunc(c.messages, func(o *message) bool { return o == m })
	s.tell(Event{Kind: MessageDeleted, Channel: c.ID, Message: m.public(c.ID)})
	return object{"channel": c.ID, "ts": m.ts}, nil
}

func (s *Slack) permalink(a args) (object, *apiError) {
	c := s.channels[a["channel"]]
	if c == nil {
		return no("channel_not_found")
	}
	if c.find(a["message_ts"]) == nil {
		return no("message_not_found")
	}
	return object{"channel": c.ID, "permalink": "https://slacksim.slack.com/archives/" + c.ID + "/p" + strings.Replace(a["message_ts"], ".", "", 1)}, nil
}

func (c *conversation) json() object {
	return object{
		"id": c.ID, "name": c.Name, "is_channel": c.dm == "" && !c.Private, "is_group": c.dm == "" && c.Private, "is_im": c.dm != "",
		"is_private": c.Private, "is_archived": c.Archived, "is_member": c.BotIsMember, "user": c.dm, "num_members": len(c.Members),
	}
}

// visible returns a conversation the app may know of.
func (s *Slack) visible(id string) (*conversation, *apiError) {
	c := s.channels[id]
	if c == nil || c.Private && !c.BotIsMember {
		return nil, &apiError{word: "channel_not_found"}
	}
	return c, nil
}

func (s *Slack) conversationInfo(a args) (object, *apiError) {
	c, err := s.visible(a["channel"])
	if err != nil {
		return nil, err
	}
	return object{"channel": c.json()}, nil
}

func (s *Slack) conversationList(args) (object, *apiError) {
	channels := []object{}
	for _, id := range s.order {
		if c, err := s.visible(id); err == nil && c.dm == "" {
			channels = append(channels, c.json())
		}
	}
	return object{"channels": channels, "response_metadata": object{"next_cursor": ""}}, nil
}

func (s *Slack) conversationMembers(a args) (object, *apiError) {
	c, err := s.visible(a["channel"])
	if err != nil {
		return nil, err
	}
	return object{"members": c.Members, "response_metadata": object{"next_cursor": ""}}, nil
}

func (s *Slack) openConversation(a args) (object, *apiError) {
	u := s.users[a["users"]]
	if u == nil {
		return no("user_not_found")
	}
	c := s.dm(u.ID)
	return object{"channel": object{"id": c.ID}}, nil
}

func (s *Slack) joinConversation(a args) (object, *apiError) {
	c := s.channels[a["channel"]]
	switch {
	case c == nil || c.Private:
		return no("channel_not_found")
	case c.Archived:
		return no("is_archived")
	}
	c.BotIsMember = true
	s.touch()
	return object{"channel": c.json()}, nil
}

func (s *Slack) history(a args) (object, *apiError) {
	c, err := s.visible(a["channel"])
	if err != nil {
		return nil, err
	}
	if !c.BotIsMember {
		return no("not_in_channel")
	}
	limit := a.int("limit", 100)
	messages := []object{}
	for _, m := range slices.Backward(c.messages) {
		if m.ephemeral != "" || a["oldest"] != "" && m.ts < a["oldest"] || a["latest"] != "" && m.ts > a["latest"] {
			continue
		}
		if a["ts"] != "" && m.ts != a["ts"] && m.thread != a["ts"] {
			continue
		}
		o := m.json()
		if a["include_all_metadata"] == "true" || a["include_all_metadata"] == "1" {
			o["metadata"] = m.metadata
		}
		messages = append(messages, o)
	}
	more := len(messages) > limit
	return object{"messages": messages[:min(limit, len(messages))], "has_more": more}, nil
}

// hook is a response_url: five uses within thirty minutes.
type hook struct {
	user, channel string
	ts            string // the message it came from; empty for a command
	until         time.Time
	uses          int
}

func (s *Slack) hook(user, channel, ts string) string {
	id := s.id("H")
	s.hooks[id] = &hook{user: user, channel: channel, ts: ts, until: s.o.Clock().Add(30 * time.Minute), uses: 5}
	return strings.TrimSuffix(s.url, "api/") + "hook/" + id
}

func (s *Slack) serveHook(w http.ResponseWriter, r *http.Request) {
	fault := s.faults.next("response_url", nil)
	if !fault.waited(r) {
		return
	}
	fields := map[string]json.RawMessage{}
	_ = json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&fields)
	a := args{}
	for k, v := range fields {
		a[k] = plain(v)
	}
	s.mu.Lock()
	h := s.hooks[r.PathValue("id")]
	var no *apiError
	status, wait := http.StatusOK, 0
	switch {
	case fault.refuses():
		status, wait, no = fault.refusal()
	case h == nil || h.uses == 0 || s.o.Clock().After(h.until):
		status, no = http.StatusNotFound, &apiError{word: "used_url"}
	default:
		h.uses--
		no = s.respond(h, a)
	}
	s.log("response_url", a, status, no)
	s.mu.Unlock()
	if !fault.spoils(w) {
		welcomeAfter(w, wait)
		writeAnswer(w, status, nil, no)
	}
}

// respond carries out what was posted to a response_url or rode on an ack.
func (s *Slack) respond(h *hook, a args) *apiError {
	c := s.channels[h.channel]
	if c == nil {
		return &apiError{word: "channel_not_found"}
	}
	yes := func(k string) bool { ok, _ := strconv.ParseBool(a[k]); return ok }
	old := c.find(h.ts)
	if yes("delete_original") && old != nil {
		c.messages = slices.DeleteFunc(c.messages, func(o *message) bool { return o == old })
		s.tell(Event{Kind: MessageDeleted, Channel: c.ID, User: old.ephemeral, Message: old.public(c.ID)})
		return nil
	}
	m, err := s.content(a)
	if err != nil {
		return err
	}
	if yes("replace_original") && old != nil {
		old.text, old.blocks = m.text, m.blocks
		s.tell(Event{Kind: MessageUpdated, Channel: c.ID, User: old.ephemeral, Message: old.public(c.ID)})
		return nil
	}
	if a["response_type"] != "in_channel" {
		m.ephemeral = h.user
	}
	s.post(c, m)
	return nil
}
