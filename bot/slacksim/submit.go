package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Result is what became of a submission.
type Result struct {
	Errors  map[string]string // by label; the modal stays open
	Updated bool              // the modal shows something else now
	Pushed  bool              // another modal stands on top
	Closed  bool
}

// Submit submits the modal as Slack's client does: inputs that are required
// and empty are complained about without asking the app.
func (m *Modal) Submit(_ context.Context) (Result, error) {
	s := m.p.s
	s.mu.Lock()
	v := s.views[m.ID]
	if v == nil || s.top(m.p.ID) != v {
		s.mu.Unlock()
		return Result{}, fmt.Errorf("the modal %q: %w", m.Title, ErrNotThere)
	}
	if sub(v.body, "submit", "text") == nil {
		s.mu.Unlock()
		return Result{}, fmt.Errorf("a submit button in %q: %w", m.Title, ErrNotThere)
	}
	if empty := v.missing(); len(empty) > 0 {
		s.mu.Unlock()
		return Result{Errors: empty}, nil
	}
	m.p.acted("submits “"+m.Title+"”", "")
	payload := m.p.base("view_submission", v.id)
	payload["view"], payload["response_urls"] = s.viewJSON(v), []any{}
	raw, _ := json.Marshal(payload) // as it is now: the state may change while the app thinks
	body, _ := parse(raw).(object)
	s.mu.Unlock()
	answer, ok := s.deliver("interactive", body, true, nil)
	if !ok {
		return Result{}, ErrTimeout
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.submitted(v, answer)
}

// missing returns a complaint for each required input that is empty.
func (v *view) missing() map[string]string {
	out := map[string]string{}
	for _, b := range list(v.body["blocks"]) {
		if str(b["type"]) != "input" || b["optional"] == true {
			continue
		}
		e, _ := b["element"].(object)
		state := v.values[str(b["block_id"])][str(e["action_id"])]
		value := sub(state, stateKey(str(e["type"])))
		if many, ok := value.([]any); value == nil || value == "" || ok && len(many) == 0 {
			out[label(b, e)] = "Please complete this required field."
		}
	}
	return out
}

// submitted carries out the app's answer to a submission.
func (s *Slack) submitted(v *view, answer json.RawMessage) (Result, error) {
	parsed, _ := parse(answer).(object)
	if s.top(v.user) != v {
		return Result{Closed: true}, nil
	}
	if len(parsed) == 0 {
		s.pop(v.user)
		return Result{Closed: true}, nil
	}
	raw, _ := json.Marshal(parsed["view"])
	switch str(parsed["response_action"]) {
	case "errors":
		return v.complaints(parsed)
	case "clear":
		s.clear(v.user)
		return Result{Closed: true}, nil
	case "update", "push":
		body, no := s.checked(raw, "modal")
		if no == nil && str(parsed["response_action"]) == "push" {
			_, no = s.put(v.user, body)
			return Result{Pushed: no == nil}, trouble(no)
		}
		if no == nil {
			no = s.fill(v, body)
		}
		if no == nil {
			s.shown[v.user]++
			s.tell(Event{Kind: ViewUpdated, User: v.user, View: v.public()})
		}
		return Result{Updated: no == nil}, trouble(no)
	default:
		return Result{}, fmt.Errorf("%w: %s", ErrTrouble, answer)
	}
}

func trouble(no *apiError) error {
	if no == nil {
		return nil
	}
	return fmt.Errorf("%w: %s %v", ErrTrouble, no.word, no.more)
}

func (v *view) complaints(parsed object) (Result, error) {
	res := Result{Errors: map[string]string{}}
	errs, _ := parsed["errors"].(object)
	for id, text := range errs {
		i := slices.IndexFunc(list(v.body["blocks"]), func(b object) bool { return str(b["block_id"]) == id && str(b["type"]) == "input" })
		if i < 0 {
			return Result{}, fmt.Errorf("%w: an error for %q, which is not an input", ErrTrouble, id)
		}
		b := list(v.body["blocks"])[i]
		e, _ := b["element"].(object)
		res.Errors[label(b, e)] = str(text)
	}
	if len(errs) == 0 {
		return Result{}, fmt.Errorf("%w: no errors in an answer with errors", ErrTrouble)
	}
	return res, nil
}

// Close closes the modal with its close button.
func (m *Modal) Close(_ context.Context) error {
	s := m.p.s
	s.mu.Lock()
	v := s.views[m.ID]
	if v == nil || s.top(m.p.ID) != v {
		s.mu.Unlock()
		return fmt.Errorf("the modal %q: %w", m.Title, ErrNotThere)
	}
	var payload object
	if v.body["notify_on_close"] == true {
		payload = m.p.base("view_closed", v.id)
		delete(payload, "trigger_id")
		closed := s.viewJSON(v)
		closed["state"] = object{"values": object{}}
		payload["view"], payload["is_cleared"] = closed, false
	}
	if v.body["clear_on_close"] == true {
		s.clear(m.p.ID)
	} else {
		s.pop(m.p.ID)
	}
	s.mu.Unlock()
	if payload != nil {
		if _, ok := s.deliver("interactive", payload, false, nil); !ok {
			return ErrTimeout
		}
	}
	return nil
}
