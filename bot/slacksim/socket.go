package slacksim

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Limits of Socket Mode (docs.slack.dev, Socket Mode).
const (
	maxSockets = 10
	maxAck     = 20480 // bytes; larger acknowledgements are dropped
)

// socket is one connection of the app.
type socket struct {
	s     *Slack
	conn  *websocket.Conn
	write sync.Mutex
}

func (s *Slack) openConnection(args) (object, *apiError) {
	ticket := s.id("T")
	s.tickets[ticket] = true
	return object{"url": strings.Replace(strings.TrimSuffix(s.url, "api/"), "http://", "ws://", 1) + "link?ticket=" + ticket + "&app_id=" + appID}, nil
}

func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	ticket := r.URL.Query().Get("ticket")
	good := s.tickets[ticket] && !s.closed
	delete(s.tickets, ticket) // single use
	s.mu.Unlock()
	if !good {
		http.Error(w, "bad ticket", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{s: s, conn: conn}
	defer context.AfterFunc(s.ctx, c.drop)()
	c.write.Lock() // so that hello is the first thing the app hears
	s.mu.Lock()
	full := len(s.sockets) >= maxSockets || s.faults.one(&s.faults.crowded)
	if !full {
		s.sockets = append(s.sockets, c)
	}
	n := len(s.sockets)
	s.mu.Unlock()
	if full {
		_ = conn.WriteJSON(disconnect("too_many_websockets"))
		c.write.Unlock()
		c.drop()
		return
	}
	_ = conn.WriteJSON(object{
		"type": "hello", "num_connections": n, "connection_info": object{"app_id": appID},
		"debug_info": object{"host": "slacksim", "build_number": 1, "approximate_connection_time": 18060},
	})
	c.write.Unlock()
	s.mu.Lock()
	s.touch()
	s.mu.Unlock()
	c.read()
}

func disconnect(reason string) object {
	return object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "slacksim"}}
}

// read takes acknowledgements until the socket ends.
func (c *socket) read() {
	done := make(chan struct{})
	go c.ping(done)
	for {
		_, body, err := c.conn.ReadMessage()
		if err != nil {
			break
		}
		c.s.acknowledge(body)
	}
	close(done)
	c.conn.Close()
	c.s.mu.Lock()
	c.s.sockets = slices.DeleteFunc(c.s.sockets, func(o *socket) bool { return o == c })
	c.s.touch()
	c.s.mu.Unlock()
}

func (c *socket) ping(done chan struct{}) {
	tick := time.NewTicker(c.s.o.PingTime)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
			c.write.Lock()
			_ = c.conn.WriteControl(websocket.PingMessage, []byte("ping"), time.Time{})
			c.write.Unlock()
		}
	}
}

func (c *socket) send(v any) bool {
	c.write.Lock()
	defer c.write.Unlock()
	return c.conn.WriteJSON(v) == nil
}

// drop closes the connection without a close frame.
func (c *socket) drop() { _ = c.conn.UnderlyingConn().Close() }

// Disconnect tells every socket to go, with Slack's reason: warning,
// refresh_requested, link_disabled or too_many_websockets. After all but a
// warning nothing is sent there any more; a socket that the app does not close
// is closed after [Options].Grace.
func (s *Slack) Disconnect(reason string) {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	if reason != "warning" {
		s.sockets = nil
		s.touch()
	}
	s.mu.Unlock()
	for _, c := range sockets {
		c.send(disconnect(reason))
		if reason != "warning" {
			time.AfterFunc(s.o.Grace, c.drop)
		}
	}
}

// Refresh tells the oldest socket to go, as Slack does with each after some
// hours.
func (s *Slack) Refresh() {
	s.mu.Lock()
	if len(s.sockets) == 0 {
		s.mu.Unlock()
		return
	}
	c := s.sockets[0]
	s.sockets = s.sockets[1:]
	s.touch()
	s.mu.Unlock()
	c.send(disconnect("refresh_requested"))
	time.AfterFunc(s.o.Grace, c.drop)
}

// DropSockets closes every socket without a word.
func (s *Slack) DropSockets() {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	s.mu.Unlock()
	for _, c := range sockets {
		c.drop()
	}
}

// envelope is one thing the app is told, until it is acknowledged.
type envelope struct {
	id    string
	acked chan json.RawMessage // gets the payload, once
}

func (s *Slack) acknowledge(body []byte) {
	var ack struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	if len(body) >= maxAck || json.Unmarshal(body, &ack) != nil {
		return // Slack drops it silently
	}
	if s.faults.one(&s.faults.unheard) {
		return
	}
	s.mu.Lock()
	e := s.pending[ack.ID]
	delete(s.pending, ack.ID)
	s.touch()
	s.mu.Unlock()
	if e != nil {
		e.acked <- ack.Payload
	}
}

// deliver sends an envelope to one of the app's sockets and waits for its
// acknowledgement. It is false when none came in time.
func (s *Slack) deliver(kind string, payload object, answers bool, more object) (json.RawMessage, bool) {
	s.mu.Lock()
	e := &envelope{id: s.id("E"), acked: make(chan json.RawMessage, 1)}
	s.pending[e.id] = e
	s.onWire(Wire{What: cmp.Or(str(payload["type"]), kind), Who: actor(payload), Result: "sent"}, payload)
	s.mu.Unlock()
	body := object{"envelope_id": e.id, "type": kind, "payload": payload, "accepts_response_payload": answers}
	for k, v := range more {
		body[k] = v
	}
	timer := time.NewTimer(s.o.AckTime)
	defer timer.Stop()
	s.repeat(body)
	copies := 1
	if s.faults.one(&s.faults.double) {
		copies = 2
	}
	for range copies {
		if !s.toSocket(body, timer.C) {
			return nil, false
		}
	}
	select {
	case answer := <-e.acked:
		s.mu.Lock()
		s.onWire(Wire{Out: true, What: "acknowledgement", Who: actor(payload), Result: "ok"}, answer)
		s.mu.Unlock()
		return answer, true
	case <-timer.C:
	case <-s.ctx.Done():
	}
	s.mu.Lock()
	s.onWire(Wire{What: "acknowledgement", Who: actor(payload), Result: "none in time"}, nil)
	delete(s.pending, e.id)
	s.mu.Unlock()
	return nil, false
}

// toSocket sends to the next socket in turn, waiting for one to be there.
func (s *Slack) toSocket(body object, timeout <-chan time.Time) bool {
	for {
		s.mu.Lock()
		changed := s.changed
		var c *socket
		if len(s.sockets) > 0 {
			s.turn++
			c = s.sockets[s.turn%len(s.sockets)]
		}
		s.mu.Unlock()
		if c != nil && c.send(body) {
			return true
		}
		select {
		case <-changed:
		case <-timeout:
			return false
		case <-s.ctx.Done():
			return false
		}
	}
}

// event tells the app of an event, and again when it is not acknowledged.
func (s *Slack) event(payload object) {
	s.mu.Lock()
	outer := object{
		"type": "event_callback", "team_id": teamID, "api_app_id": appID, "event": payload, "event_id": s.id("Ev"),
		"event_time": s.o.Clock().Unix(), "is_ext_shared_channel": false,
		"authorizations": []object{{"enterprise_id": nil, "team_id": teamID, "user_id": botUID, "is_bot": true, "is_enterprise_install": false}},
	}
	s.mu.Unlock()
	kind, _ := payload["type"].(string)
	send := func(attempt int, reason string) bool {
		_, acked := s.deliver("events_api", outer, false, object{"retry_attempt": attempt, "retry_reason": reason})
		s.mu.Lock()
		defer s.mu.Unlock()
		s.deliveries = append(s.deliveries, Delivery{kind, attempt, acked})
		s.touch()
		return acked
	}
	s.events.Go(func() {
		if send(0, "") {
			return
		}
		for i, pause := range s.o.Retries {
			if !s.pause(pause) || send(i+1, "timeout") {
				return
			}
		}
	})
}

// Delivery is one sending of an event to the app.
type Delivery struct {
	Event   string // its type
	Attempt int    // 0 for the first
	Acked   bool   // in time
}

// Deliveries returns every sending of an event that was acknowledged or given
// up, in the order in which they ended.
func (s *Slack) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.deliveries)
}

// pause waits; false when Slack was closed meanwhile.
func (s *Slack) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return s.ctx.Err() == nil
	case <-s.ctx.Done():
		return false
	}
}
