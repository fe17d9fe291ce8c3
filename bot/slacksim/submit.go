package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Result is what became of a submission.
type Result struct {
	Errors  map[string]string // by label, from the page by block id; the modal stays open
	Updated bool              // the modal shows something else now
	Pushed  bool              // another modal stands on top
	Closed  bool
}

// Submit submits the modal as Slack's client does: inputs that are required
// and empty are complained about without asking the app.
func (m *Modal) Submit(_ context.Context) (Result, error) {
	v, err := m.p.modal(m.ID)
	if err != nil {
		return Result{}, err
	}
	labels := m.p.s.labels(v)
	res, err := m.p.submit(v)
	byLabel := make(map[string]string, len(res.Errors))
	for id, complaint := range res.Errors {
		byLabel[labels[id]] = complaint
	}
	res.Errors = byLabel
	return res, err
}

// modal returns the person's top modal, which must have that id.
func (p *Person) modal(id string) (*view, error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	v := p.s.top(p.ID)
	if v == nil || v.id != id {
		return nil, fmt.Errorf("the modal %s: %w", id, ErrNotThere)
	}
	return v, nil
}

// labels returns a view's inputs' labels by block id.
func (s *Slack) labels(v *view) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]string{}
	for _, b := range list(v.body["blocks"]) {
		if e, ok := b["element"].(object); ok {
			out[str(b["block_id"])] = label(b, e)
		}
	}
	return out
}

// submit submits a modal. Errors are by block id.
func (p *Person) submit(v *view) (Result, error) {
	s := p.s
	s.mu.Lock()
	if sub(v.body, "submit", "text") == nil {
		s.mu.Unlock()
		return Result{}, fmt.Errorf("a submit button in %q: %w", v.public().Title, ErrNotThere)
	}
	if empty := v.missing(); len(empty) > 0 {
		s.mu.Unlock()
		return Result{Errors: empty}, nil
	}
	p.acted("submits “"+v.public().Title+"”", "")
	payload := p.base("view_submission", v.id)
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

// missing returns a complaint for each required input that is empty, by block
// id.
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
			out[str(b["block_id"])] = "Please complete this required field."
		}
	}
	return out
}

// submitted carries out the app's answer to a submission.
func (s *Slack) submitted(v *view, answer json.RawMessage) (Result, error) {
	parsed, _ := parse(answer).(object)
	if s.top(v.user) != v { // something else was faster
		return Result{Closed: s.views[v.id] == nil}, nil
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
		res.Errors[id] = str(text)
	}
	if len(errs) == 0 {
		return Result{}, fmt.Errorf("%w: no errors in an answer with errors", ErrTrouble)
	}
	return res, nil
}

// Close closes the modal with its close button.
func (m *Modal) Close(_ context.Context) error {
	v, err := m.p.modal(m.ID)
	if err != nil {
		return err
	}
	return m.p.close(v)
}

// close closes a person's top modal.
func (p *Person) close(v *view) error {
	s := p.s
	s.mu.Lock()
	var payload object
	if v.body["notify_on_close"] == true {
		payload = p.base("view_closed", v.id)
		delete(payload, "trigger_id")
		closed := s.viewJSON(v)
		closed["state"] = object{"values": object{}}
		payload["view"], payload["is_cleared"] = closed, false
	}
	if v.body["clear_on_close"] == true {
		s.clear(p.ID)
	} else if s.top(p.ID) == v {
		s.pop(p.ID)
	}
	s.mu.Unlock()
	if payload != nil {
		if _, ok := s.deliver("interactive", payload, false, nil); !ok {
			return ErrTimeout
		}
	}
	return nil
}
