package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// workspace is the Slack of these tests: it sends envelopes, and keeps the
// acknowledgements and the calls that come back.
type workspace struct {
	t      *testing.T
	server *httptest.Server

	mu       sync.Mutex
	conn     *websocket.Conn
	acks     map[string]chan json.RawMessage
	refuse   map[string]string // method → Slack's error
	envelope int
	views    int

	online chan struct{}
	calls  chan call
}

// call is one call to the Web API or to a response URL (method "answer").
type call struct {
	method string
	body   map[string]any
}

func newWorkspace(t *testing.T) *workspace {
	w := &workspace{
		t: t, acks: map[string]chan json.RawMessage{}, refuse: map[string]string{},
		online: make(chan struct{}, 10), calls: make(chan call, 1000),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", w.api)
	mux.HandleFunc("/answer", w.answered)
	mux.HandleFunc("/socket", w.socket)
	w.server = httptest.NewServer(mux)
	t.Cleanup(w.server.Close)
	return w
}

func (w *workspace) api(rw http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	w.mu.Lock()
	problem := w.refuse[method]
	w.views++
	id := fmt.Sprintf("V%d", w.views)
	w.mu.Unlock()
	rw.Header().Set("Content-Type", "application/json")
	switch {
	case problem != "":
		fmt.Fprintf(rw, `{"ok":false,"error":%q}`, problem)
	case method == "apps.connections.open":
		fmt.Fprintf(rw, `{"ok":true,"url":"ws%s/socket"}`, strings.TrimPrefix(w.server.URL, "http"))
	case method == "auth.test":
		fmt.Fprint(rw, `{"ok":true,"team_id":"T1","user_id":"UBOT"}`)
	default:
		body := map[string]any{}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			w.t.Errorf("%s: %v", method, err)
		}
		body["new_id"] = id
		w.calls <- call{method, body}
		fmt.Fprintf(rw, `{"ok":true,"view":{"id":%q,"hash":"h"}}`, id)
	}
}

func (w *workspace) answered(rw http.ResponseWriter, r *http.Request) {
	body := map[string]any{}
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		w.t.Errorf("answer: %v", err)
	}
	w.calls <- call{"answer", body}
	_, _ = io.WriteString(rw, "ok")
}

func (w *workspace) socket(rw http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(rw, r, nil)
	if err != nil {
		return
	}
	w.mu.Lock()
	w.conn = conn
	_ = conn.WriteJSON(map[string]any{"type": "hello", "num_connections": 1})
	w.mu.Unlock()
	w.online <- struct{}{}
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if conn.ReadJSON(&ack) != nil {
			return
		}
		w.mu.Lock()
		c := w.acks[ack.ID]
		w.mu.Unlock()
		if c == nil {
			w.t.Errorf("acknowledged %q, which was never sent or twice", ack.ID)
			continue
		}
		c <- ack.Payload
	}
}

// send sends an envelope and returns where its acknowledgement will be.
func (w *workspace) send(kind string, payload any) <-chan json.RawMessage {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.envelope++
	id := fmt.Sprintf("E%d", w.envelope)
	c := make(chan json.RawMessage, 2)
	w.acks[id] = c
	if err := w.conn.WriteJSON(map[string]any{"envelope_id": id, "type": kind, "payload": payload}); err != nil {
		w.t.Errorf("sending an envelope: %v", err)
	}
	return c
}

// do sends an envelope and waits for its acknowledgement.
func (w *workspace) do(kind string, payload any) json.RawMessage {
	w.t.Helper()
	select {
	case ack := <-w.send(kind, payload):
		return ack
	case <-time.After(patience):
		w.t.Fatalf("no acknowledgement of %s", kind)
		return nil
	}
}

// wait returns the next call of a method, dropping others.
func (w *workspace) wait(method string) map[string]any {
	w.t.Helper()
	limit := time.After(patience)
	for {
		select {
		case c := <-w.calls:
			if c.method == method {
				return c.body
			}
		case <-limit:
			w.t.Fatalf("%s was not called", method)
			return nil
		}
	}
}

// fail makes a method answer with an error.
func (w *workspace) fail(method, problem string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refuse[method] = problem
}

func (w *workspace) trigger() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.envelope++
	return fmt.Sprintf("trigger-%d", w.envelope)
}

// ack is what rode on an acknowledgement.
type ack struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
	View   map[string]any    `json:"view"`
	Type   string            `json:"response_type"`
	Text   string            `json:"text"`
	Blocks []any             `json:"blocks"`
	raw    string
}

func decodeAck(t *testing.T, raw json.RawMessage) ack {
	t.Helper()
	var a ack
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &a); err != nil {
			t.Fatalf("acknowledgement %s: %v", raw, err)
		}
	}
	a.raw = string(raw)
	return a
}

func command(w *workspace, user, text string) map[string]any {
	return map[string]any{
		"command": "/hire", "text": text, "user_id": user, "channel_id": "C1", "trigger_id": w.trigger(),
		"response_url": w.server.URL + "/answer", "is_enterprise_install": "false",
	}
}

// types types a slash command.
func (w *workspace) types(user, text string) ack {
	w.t.Helper()
	return decodeAck(w.t, w.do("slash_commands", command(w, user, text)))
}

// pressInMessage presses a button that stands in a message.
func (w *workspace) pressInMessage(user, action, value string) {
	w.t.Helper()
	w.do("interactive", map[string]any{
		"type": "block_actions", "user": map[string]any{"id": user}, "trigger_id": w.trigger(), "response_url": w.server.URL + "/answer",
		"actions": []any{map[string]any{"action_id": action, "block_id": "b", "type": "button", "value": value}},
	})
}

// pressAtHome presses a button on the App Home, or chooses an option there.
func (w *workspace) pressAtHome(user, action, value string) {
	w.t.Helper()
	w.do("interactive", map[string]any{
		"type": "block_actions", "user": map[string]any{"id": user}, "trigger_id": w.trigger(),
		"view": map[string]any{"id": "VHOME", "type": "home", "hash": "h", "blocks": []any{}},
		"actions": []any{map[string]any{
			"action_id": action, "block_id": "b", "type": "static_select", "selected_option": map[string]any{"value": value},
		}},
	})
}

// stopped waits for run to end.
func stopped(t testing.TB, ended <-chan error) error {
	t.Helper()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		t.Fatal("the bot did not stop")
		return context.DeadlineExceeded
	}
}

func decode(t *testing.T, raw json.RawMessage, into any) {
	t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
}
