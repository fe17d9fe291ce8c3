package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Options say how a Slack is started. The zero value is a good one.
type Options struct {
	// Addr is where to listen; empty for a free port of 127.0.0.1.
	Addr string
	// Clock tells the time of messages, triggers and limits; nil for the
	// system's.
	Clock func() time.Time
	// AckTime is how long an app may take to acknowledge, in real time; zero
	// for Slack's three seconds.
	AckTime time.Duration
	// PingTime is the pause between pings on a socket, in real time; zero for
	// five seconds.
	PingTime time.Duration
	// Grace is how long a socket that was told to disconnect stays open unless
	// the app closes it, in real time; zero for ten seconds.
	Grace time.Duration
	// Retries are the pauses before an event that was not acknowledged comes
	// again, in real time; nil for Slack's: none, one minute, five minutes.
	Retries []time.Duration
	// Scopes are what the bot token may do; nil for everything.
	Scopes []string
	// Tiers switches Slack's rate limits on.
	Tiers bool
}

// Slack is a Slack in a box. Its methods may be called from any goroutine.
type Slack struct {
	o        Options
	listener net.Listener
	server   *http.Server
	url      string

	mu         sync.Mutex
	changed    chan struct{} // closed and replaced at every change
	closed     bool
	seq        int
	lastTS     time.Time
	users      map[string]*User
	joined     []string // user ids in the order of joining
	channels   map[string]*conversation
	order      []string // channel ids in the order of making
	views      map[string]*view
	homes      map[string]*view
	stacks     map[string][]*view // open modals of each person, the top last
	shown      map[string]int     // how often a person's modals changed
	triggers   map[string]*trigger
	hooks      map[string]*hook
	deliveries []Delivery
	uploads    map[string]*upload
	sockets    []*socket
	turn       int // counts what was sent to them
	tickets    map[string]bool
	pending    map[string]*envelope
	revoked    map[string]bool
	calls      []Call
	faults     faults
	limits     limits
	watchers   []*watcher
	read       map[string]map[string]string // the last ts read, by person and conversation
	page       *Page
	wire       []Wire
	events     sync.WaitGroup
	ctx        context.Context
	stop       context.CancelFunc
}

// User is somebody in the workspace.
type User struct {
	ID           string // made when empty
	Name         string // the handle
	RealName     string
	TZ           string // IANA name
	Locale       string // such as en-US
	Email        string
	IsBot        bool
	IsRestricted bool      // a guest
	Deleted      bool      // deactivated
	Snoozed      time.Time // until when notifications are paused; zero for not
}

// Channel is a public or private channel.
type Channel struct {
	ID          string // made when empty
	Name        string
	Private     bool
	Members     []string // ids of people
	BotIsMember bool
	Archived    bool
}

// ids of the workspace and the app, as they stand in payloads.
const (
	teamID = "T0SAMSIM"
	appID  = "A0SAMSIM"
	botID  = "B0SAMSIM"
	botUID = "U0SAMBOT"
)

// The app's tokens.
const (
	botToken = "xoxb-slacksim-bot"
	appToken = "xapp-slacksim-app"
)

// Start starts a Slack on a loopback port.
func Start(o Options) (*Slack, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.AckTime == 0 {
		o.AckTime = 3 * time.Second
	}
	if o.PingTime == 0 {
		o.PingTime = 5 * time.Second
	}
	if o.Grace == 0 {
		o.Grace = 10 * time.Second
	}
	if o.Retries == nil {
		o.Retries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("start slacksim on %s: %w", o.Addr, err)
	}
	s := &Slack{
		o: o, listener: l, url: "http://" + l.Addr().String() + "/api/",
		changed: make(chan struct{}), users: map[string]*User{}, channels: map[string]*conversation{},
		views: map[string]*view{}, homes: map[string]*view{}, stacks: map[string][]*view{}, shown: map[string]int{},
		triggers: map[string]*trigger{}, hooks: map[string]*hook{}, uploads: map[string]*upload{}, tickets: map[string]bool{},
		pending: map[string]*envelope{}, revoked: map[string]bool{}, read: map[string]map[string]string{},
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.users[botUID] = &User{ID: botUID, Name: "app", RealName: "App", IsBot: true}
	s.joined = []string{botUID}
	s.server = &http.Server{Handler: s.routes()}
	go func() { _ = s.server.Serve(l) }()
	return s, nil
}

// Close drops all sockets and stops listening.
func (s *Slack) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	err := s.server.Close()
	s.events.Wait()
	return err
}

// APIURL is the base of the Web API, with the slash at its end.
func (s *Slack) APIURL() string { return s.url }

// Handler answers calls of the Web API without a network, as the address of
// APIURL does: for tests whose clock stands still while a network is read.
func (s *Slack) Handler() http.Handler { return s.server.Handler }

// BotToken is the app's bot token.
func (s *Slack) BotToken() string { return botToken }

// AppToken is the app-level token, for Socket Mode.
func (s *Slack) AppToken() string { return appToken }

// BotUserID is the id of the app's bot user.
func (s *Slack) BotUserID() string { return botUID }

// AddUser puts somebody into the workspace and returns them to act as.
func (s *Slack) AddUser(u User) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == "" {
		u.ID = s.id("U")
	}
	if s.users[u.ID] == nil {
		s.joined = append(s.joined, u.ID)
	}
	s.users[u.ID] = &u
	s.touch()
	return &Person{s: s, ID: u.ID}
}

// ChangeUser lets fn change somebody's profile.
func (s *Slack) ChangeUser(id string, fn func(*User)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.users[id]; u != nil {
		fn(u)
	}
	s.touch()
}

// Person returns somebody to act as.
func (s *Slack) Person(id string) *Person { return &Person{s: s, ID: id} }

// AddChannel makes a channel and returns its id.
func (s *Slack) AddChannel(c Channel) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.ID == "" {
		c.ID = s.id("C")
	}
	s.channels[c.ID] = &conversation{Channel: c}
	s.order = append(s.order, c.ID)
	s.touch()
	return c.ID
}

// ChangeChannel lets fn change a channel. When the app becomes a member, or the
// channel is archived no more, the app is told.
func (s *Slack) ChangeChannel(id string, fn func(*Channel)) {
	s.mu.Lock()
	c := s.channels[id]
	if c == nil {
		s.mu.Unlock()
		return
	}
	before := c.Channel
	fn(&c.Channel)
	after := c.Channel
	s.touch()
	var told []object
	if after.BotIsMember && !before.BotIsMember {
		told = append(told, s.joinedEvent(after))
	}
	if before.Archived && !after.Archived && after.BotIsMember {
		told = append(told, s.unarchivedEvent(after))
	}
	s.mu.Unlock()
	for _, event := range told {
		s.event(event)
	}
}

// joinedEvent tells that the app joined a channel, unarchivedEvent that a
// channel is back from the archive; the lock is held.
func (s *Slack) joinedEvent(c Channel) object {
	kind := "C"
	if c.Private {
		kind = "G"
	}
	return object{"type": "member_joined_channel", "user": botUID, "channel": c.ID, "channel_type": kind, "team": teamID, "event_ts": s.ts()}
}

func (s *Slack) unarchivedEvent(c Channel) object {
	kind := "channel_unarchive"
	if c.Private {
		kind = "group_unarchive"
	}
	var by string
	if len(c.Members) > 0 {
		by = c.Members[0]
	}
	return object{"type": kind, "channel": c.ID, "user": by, "event_ts": s.ts()}
}

// id makes an id; the lock is held.
func (s *Slack) id(letter string) string {
	s.seq++
	return fmt.Sprintf("%s0SIM%05d", letter, s.seq)
}

// ts makes a message's timestamp: unique and increasing. The lock is held.
func (s *Slack) ts() string {
	now := s.o.Clock().Truncate(time.Microsecond)
	if !now.After(s.lastTS) {
		now = s.lastTS.Add(time.Microsecond)
	}
	s.lastTS = now
	return fmt.Sprintf("%d.%06d", now.Unix(), now.Nanosecond()/1000)
}

// touch wakes whoever awaits something; the lock is held.
func (s *Slack) touch() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// object is parsed JSON.
type object = map[string]any

func parse(raw json.RawMessage) any {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	return v
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

func sub(v any, keys ...string) any {
	for _, k := range keys {
		m, ok := v.(object)
		if !ok {
			return nil
		}
		v = m[k]
	}
	return v
}

func list(v any) []object {
	items, _ := v.([]any)
	var out []object
	for _, i := range items {
		if m, ok := i.(object); ok {
			out = append(out, m)
		}
	}
	return out
}
