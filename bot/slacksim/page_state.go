package slacksim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// workspace is what the page shows around the messages, as a person sees it.
type workspace struct {
	Team          string             `json:"team"`
	App           pageApp            `json:"app"`
	Now           time.Time          `json:"now"`
	Zone          string             `json:"zone"`
	Me            string             `json:"me"`
	Language      string             `json:"language"`
	People        []pagePerson       `json:"people"`
	Conversations []pageConversation `json:"conversations"`
	Commands      []SlashCommand     `json:"commands"`
	Shortcuts     []GlobalShortcut   `json:"shortcuts"`
	Connected     int                `json:"connected"`
	Faults        []Fault            `json:"faults"`
	Clock         bool               `json:"clock"`
	Restart       bool               `json:"restart"`
}

type pageApp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type pagePerson struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"realName"`
	Title    string `json:"title"`
	Zone     string `json:"zone"`
	Guest    bool   `json:"guest"`
	Deleted  bool   `json:"deleted"`
	Bot      bool   `json:"bot"`
	Unread   int    `json:"unread"`
}

type pageConversation struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"` // channel, private or dm
	Name     string   `json:"name"`
	Unread   int      `json:"unread"`
	Mentions int      `json:"mentions"`
	Read     string   `json:"read"` // the newest message that was read
	Archived bool     `json:"archived"`
	AppIsIn  bool     `json:"appIsIn"`
	Members  []string `json:"members"`
}

// workspace returns what a person sees now.
func (s *Slack) workspace(me string) workspace {
	faults := s.Faults()
	s.mu.Lock()
	p := *s.page
	w := workspace{
		Team: p.Team, App: pageApp{botUID, s.users[botUID].RealName}, Now: s.o.Clock(), Zone: p.Zone.String(), Me: me,
		Commands: orEmpty(p.Commands), Shortcuts: orEmpty(p.Shortcuts), Connected: len(s.sockets), Faults: faults,
		Clock: p.Clock != nil, Restart: p.Restart != nil,
	}
	s.dm(me)
	for _, id := range s.order {
		if c := s.channels[id]; c.seenBy(me) {
			w.Conversations = append(w.Conversations, s.pageConversation(c, me))
		}
	}
	for _, id := range s.joined {
		w.People = append(w.People, s.pagePerson(s.users[id]))
	}
	s.mu.Unlock()
	w.Language = p.Language(me) // asks the app's record: not under the lock
	for i, who := range w.People {
		w.People[i].Title = p.Title(who.ID, w.Language)
	}
	return w
}

func (s *Slack) pagePerson(u *User) pagePerson {
	p := pagePerson{ID: u.ID, Name: u.Name, RealName: u.RealName, Zone: u.TZ, Guest: u.IsRestricted, Deleted: u.Deleted, Bot: u.IsBot}
	if !u.IsBot {
		for _, id := range s.order {
			if c := s.channels[id]; c.seenBy(u.ID) {
				n, _ := s.unread(c, u.ID)
				p.Unread += n
			}
		}
	}
	return p
}

func (s *Slack) pageConversation(c *conversation, me string) pageConversation {
	out := pageConversation{ID: c.ID, Kind: "channel", Name: c.Name, Archived: c.Archived, AppIsIn: c.BotIsMember, Members: orEmpty(c.Members), Read: s.read[me][c.ID]}
	switch {
	case c.dm != "":
		out.Kind = "dm"
	case c.Private:
		out.Kind = "private"
	}
	out.Unread, out.Mentions = s.unread(c, me)
	return out
}

// unread counts the messages that a person has not read, and those among them
// that name the person.
func (s *Slack) unread(c *conversation, user string) (messages, mentions int) {
	last := s.read[user][c.ID]
	for _, m := range slices.Backward(c.messages) {
		if m.ts <= last {
			break
		}
		if m.user != user && (m.ephemeral == "" || m.ephemeral == user) {
			messages++
			if c.dm != "" || strings.Contains(m.text+string(m.blocks), "<@"+user+">") {
				mentions++
			}
		}
	}
	return messages, mentions
}

// MarkRead marks everything up to now as read by a person.
func (s *Slack) MarkRead(user, channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil && len(c.messages) > 0 {
		if s.read[user] == nil {
			s.read[user] = map[string]string{}
		}
		s.read[user][channel] = c.messages[len(c.messages)-1].ts
	}
	s.tell(Event{Kind: MessagesRead, User: user, Channel: channel})
}

// pageFile is a file of a message, with what stands in it.
type pageFile struct {
	Title string `json:"title"`
	Name  string `json:"name"`
	Text  string `json:"text"`
}

// pageMessage is a message as the page gets it.
type pageMessage struct {
	Channel   string          `json:"channel"`
	TS        string          `json:"ts"`
	User      string          `json:"user"`
	Text      string          `json:"text"`
	Blocks    json.RawMessage `json:"blocks"`
	Thread    string          `json:"thread"`
	Edited    bool            `json:"edited"`
	Ephemeral bool            `json:"ephemeral"`
	Replies   int             `json:"replies"`
	Files     []pageFile      `json:"files,omitempty"`
}

func toPage(m Message, replies int) pageMessage {
	var files []pageFile
	for _, f := range m.Files {
		files = append(files, pageFile{f.Title, f.Name, string(f.Content)})
	}
	return pageMessage{m.Channel, m.TS, m.User, m.Text, m.Blocks, m.Thread, m.Edited, m.Ephemeral, replies, files}
}

// Bounds of a page of messages.
const (
	usualMessages = 50
	maxMessages   = 200
)

// pageMessages answers with what a person sees in a conversation, the newest
// before a moment.
func (s *Slack) pageMessages(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	user, channel, thread := q.Get("person"), q.Get("channel"), q.Get("thread")
	limit := usualMessages
	if n, err := strconv.Atoi(q.Get("limit")); err == nil {
		limit = min(max(n, 1), maxMessages)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channels[channel]
	if s.users[user] == nil || c == nil || !c.seenBy(user) {
		answerJSON(w, http.StatusNotFound, refusal(fmt.Errorf("the conversation %q: %w", channel, ErrNotThere)))
		return
	}
	replies := map[string]int{}
	for _, m := range c.messages {
		if m.thread != "" {
			replies[m.thread]++
		}
	}
	out, more := []pageMessage{}, false
	for _, m := range slices.Backward(c.messages) {
		if before := q.Get("before"); before != "" && m.ts >= before || m.ephemeral != "" && m.ephemeral != user || !inThread(m, thread) {
			continue
		}
		if more = len(out) == limit; more {
			break
		}
		out = append(out, toPage(m.public(c.ID), replies[m.ts]))
	}
	slices.Reverse(out)
	answerJSON(w, http.StatusOK, object{"messages": out, "more": more})
}

// inThread says whether a message stands in a thread; without one, whether it
// stands in the conversation itself.
func inThread(m *message, thread string) bool {
	if thread == "" {
		return m.thread == "" || m.thread == m.ts
	}
	return m.thread == thread || m.ts == thread
}

// pageView is a view as the page gets it; nil for none.
func (s *Slack) pageView(v *view) object {
	if v == nil {
		return nil
	}
	o := s.viewJSON(v)
	return object{
		"id": v.id, "type": o["type"], "title": o["title"], "submit": o["submit"], "close": o["close"], "blocks": o["blocks"],
		"values": sub(o, "state", "values"), "previous": v.previous, "hash": v.hash, "touched": v.touched,
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
