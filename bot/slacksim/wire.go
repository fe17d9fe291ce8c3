package slacksim

import (
	"encoding/json"
	"time"
)

// Wire is one thing that went between Slack and the app, for whoever debugs.
type Wire struct {
	At     time.Time
	Out    bool   // from the app to Slack
	What   string // a method of the Web API, or the kind of an envelope
	Who    string // the conversation or person it is about, where there is one
	Result string // ok, sent, or Slack's error word
	Body   string // what it carried, as readable JSON, cut when long
}

// Bounds of what is kept of the wire.
const (
	maxWire     = 200
	maxWireBody = 8000
)

// onWire remembers and tells what went over the wire, when a page is shown or
// somebody watches; the lock is held.
func (s *Slack) onWire(w Wire, carried any) {
	if s.page == nil {
		return
	}
	w.At, w.Body = s.o.Clock(), pretty(carried)
	if s.wire = append(s.wire, w); len(s.wire) > maxWire {
		s.wire = s.wire[1:]
	}
	s.tell(Event{Kind: WentOverWire, Wire: w})
}

// pretty is JSON to be read; the JSON that calls carry as text is unfolded.
func pretty(v any) string {
	if a, ok := v.(args); ok {
		fields := object{}
		for k, text := range a {
			fields[k] = text
			if json.Valid([]byte(text)) {
				fields[k] = json.RawMessage(text)
			}
		}
		v = fields
	}
	if raw, ok := v.(json.RawMessage); ok && len(raw) == 0 || v == nil {
		return ""
	}
	out, _ := json.MarshalIndent(v, "", "  ")
	if len(out) > maxWireBody {
		return string(out[:maxWireBody]) + "…"
	}
	return string(out)
}

// actor returns the person an envelope is about.
func actor(payload object) string {
	for _, path := range [][]string{{"user_id"}, {"user", "id"}, {"event", "user"}} {
		if id := str(sub(payload, path...)); id != "" {
			return id
		}
	}
	return ""
}
