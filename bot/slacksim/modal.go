package slacksim

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Modal is the modal a person has in front of them.
type Modal struct {
	View
	p *Person
}

// Modal returns the person's top modal; false when none is open.
func (p *Person) Modal() (*Modal, bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	v := p.s.top(p.ID)
	if v == nil {
		return nil, false
	}
	return &Modal{View: v.public(), p: p}, true
}

// AwaitModal waits for a modal with that title; an empty title is any.
func (p *Person) AwaitModal(ctx context.Context, title string) (*Modal, error) {
	var m *Modal
	err := p.s.Await(ctx, func() bool {
		var ok bool
		m, ok = p.Modal()
		return ok && (title == "" || m.Title == title)
	})
	if err != nil {
		return nil, fmt.Errorf("a modal %q for %s: %w", title, p.ID, err)
	}
	return m, nil
}

// label returns what a person calls an input.
func label(b, e object) string {
	if l := str(sub(b, "label", "text")); l != "" {
		return l
	}
	if l := str(sub(e, "placeholder", "text")); l != "" {
		return l
	}
	return str(sub(b, "text", "text"))
}

// input finds an input by its label or its action or block id, and lists the
// labels there are.
func input(body object, name string) (block, element object, labels []string) {
	for _, b := range list(body["blocks"]) {
		for _, e := range interactive(b) {
			if !stateful(e) {
				continue
			}
			l := label(b, e)
			named := l == name || str(e["action_id"]) == name || str(b["block_id"]) == name
			if labels = append(labels, l); named && block == nil {
				block, element = b, e
			}
		}
	}
	return block, element, labels
}

// Fill fills an input, found by its label or, whatever the language, by its
// action or block id: texts and numbers as they are typed, dates as 2006-01-02
// or time.Time, choices by the text or the value of the option, people and
// channels by id or name.
func (m *Modal) Fill(name string, values ...any) error {
	s := m.p.s
	s.mu.Lock()
	v := s.views[m.ID]
	if v == nil {
		s.mu.Unlock()
		return fmt.Errorf("the modal %q: %w", m.Title, ErrNotThere)
	}
	b, e, labels := input(v.body, name)
	if b == nil {
		s.mu.Unlock()
		return fmt.Errorf("no input %q in %q, only %q: %w", name, m.Title, labels, ErrNotThere)
	}
	state, err := s.typed(e, values)
	if err != nil {
		s.mu.Unlock()
		return fmt.Errorf("%q: %w", name, err)
	}
	v.values[str(b["block_id"])][str(e["action_id"])] = state
	v.touched = true
	dispatch := str(b["type"]) != "input" || b["dispatch_action"] == true
	s.touch()
	s.mu.Unlock()
	if dispatch && str(e["type"]) != "plain_text_input" {
		return m.p.act(v, nil, b, e, state)
	}
	return nil
}

// typed returns an element's state after values were put in.
func (s *Slack) typed(e object, values []any) (object, error) {
	kind := str(e["type"])
	key := stateKey(kind)
	if len(values) == 0 {
		return initial(object{"type": kind}), nil
	}
	var value any
	var err error
	switch key {
	case "value":
		value, err = typedText(e, fmt.Sprint(values[0]))
	case "selected_date", "selected_time":
		value = fmt.Sprint(values[0])
	case "selected_date_time":
		at, ok := values[0].(time.Time)
		if !ok {
			return nil, fmt.Errorf("%v is not a time.Time", values[0])
		}
		value = at.Unix()
	case "selected_option", "selected_options":
		value, err = options(e, values)
	default:
		value, err = s.ids(values, strings.Contains(key, "user"))
	}
	if chosen, ok := value.([]any); ok && err == nil && !strings.HasSuffix(key, "s") {
		value = chosen[0] // the element holds one
	}
	return object{"type": kind, key: value}, err
}

// typedText is what a text or number input holds; nil for nothing.
func typedText(e object, text string) (any, error) {
	if limit, ok := e["max_length"].(float64); ok && utf8.RuneCountInString(text) > int(limit) {
		return nil, fmt.Errorf("only %v characters fit", limit)
	}
	if text == "" {
		return nil, nil
	}
	if _, err := strconv.ParseFloat(text, 64); str(e["type"]) == "number_input" && err != nil {
		return nil, fmt.Errorf("%q is not a number", text)
	}
	return text, nil
}

// options finds the options of an element by their texts.
func options(e object, texts []any) ([]any, error) {
	all := list(e["options"])
	for _, g := range list(e["option_groups"]) {
		all = append(all, list(g["options"])...)
	}
	var chosen []any
	for _, t := range texts {
		if o, ok := t.(object); ok { // from an external select
			chosen = append(chosen, o)
			continue
		}
		i := slices.IndexFunc(all, func(o object) bool {
			return str(sub(o, "text", "text")) == fmt.Sprint(t) || str(o["value"]) == fmt.Sprint(t)
		})
		if i < 0 {
			var there []string
			for _, o := range all {
				there = append(there, str(sub(o, "text", "text")))
			}
			return nil, fmt.Errorf("no option %q, only %q", t, there)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// ids finds people or channels by id or name.
func (s *Slack) ids(values []any, people bool) ([]any, error) {
	var out []any
	for _, v := range values {
		name := fmt.Sprint(v)
		if p, ok := v.(*Person); ok {
			name = p.ID
		}
		id := ""
		if people {
			for _, u := range s.users {
				if u.ID == name || u.Name == name || u.RealName == name {
					id = u.ID
				}
			}
		} else {
			for _, c := range s.channels {
				if c.ID == name || c.Name == name {
					id = c.ID
				}
			}
		}
		if id == "" {
			return nil, fmt.Errorf("nobody and nothing is called %q", name)
		}
		out = append(out, id)
	}
	return out, nil
}

// Search types into an external select, found by its label, and returns the
// options the app suggests, to be given to Choose.
func (m *Modal) Search(name, query string) ([]string, error) {
	all, err := m.suggest(name, query)
	var texts []string
	for _, o := range all {
		texts = append(texts, str(sub(o, "text", "text")))
	}
	return texts, err
}

// Choose searches an external select and chooses the first suggestion whose
// text contains the query.
func (m *Modal) Choose(name, query string) error {
	all, err := m.suggest(name, query)
	if err != nil {
		return err
	}
	for _, o := range all {
		if strings.Contains(str(sub(o, "text", "text")), query) {
			return m.Fill(name, o)
		}
	}
	return fmt.Errorf("%q: no suggestion with %q among %d", name, query, len(all))
}

func (m *Modal) suggest(name, query string) ([]object, error) {
	s := m.p.s
	s.mu.Lock()
	v := s.views[m.ID]
	if v == nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("the modal %q: %w", m.Title, ErrNotThere)
	}
	b, e, labels := input(v.body, name)
	s.mu.Unlock()
	if b == nil {
		return nil, fmt.Errorf("no input %q, only %q: %w", name, labels, ErrNotThere)
	}
	answer, err := m.p.suggest(v, b, e, query)
	all := list(answer["options"])
	for _, g := range list(answer["option_groups"]) {
		all = append(all, list(g["options"])...)
	}
	return all, err
}

// suggest asks the app for the options of an external select.
func (p *Person) suggest(v *view, b, e object, query string) (object, error) {
	s := p.s
	s.mu.Lock()
	payload := p.base("block_suggestion", v.id)
	delete(payload, "trigger_id")
	payload["action_id"], payload["block_id"], payload["value"] = e["action_id"], b["block_id"], query
	payload["container"], payload["view"] = object{"type": "view", "view_id": v.id}, s.viewJSON(v)
	s.mu.Unlock()
	answer, ok := s.deliver("interactive", payload, true, nil)
	if !ok {
		return nil, ErrTimeout
	}
	parsed, _ := parse(answer).(object)
	return parsed, nil
}

// Press presses a button of the modal by its text, or by its action id where
// a text stands several times.
func (m *Modal) Press(_ context.Context, text string) error {
	m.p.s.mu.Lock()
	v := m.p.s.views[m.ID]
	var blocks []object
	if v != nil {
		blocks = list(snapshot(v.body)["blocks"])
	}
	m.p.s.mu.Unlock()
	if v == nil {
		return fmt.Errorf("the modal %q: %w", m.Title, ErrNotThere)
	}
	return m.p.press(v, nil, "", blocks, text)
}

// Values returns what stands in the modal's inputs, by label. Where a label
// stands twice, it is the last one's; see [Modal.Inputs].
func (m *Modal) Values() map[string]string {
	out := map[string]string{}
	for _, in := range m.Inputs() {
		out[in.Label] = in.Value
	}
	return out
}

// shownValue is an element's state as text, a moment in the zone.
func (s *Slack) shownValue(state any, zone *time.Location) string {
	kind := str(sub(state, "type"))
	switch value := sub(state, stateKey(kind)).(type) {
	case int64:
		return time.Unix(value, 0).In(zone).Format("2 Jan 2006 15:04")
	case float64:
		return time.Unix(int64(value), 0).In(zone).Format("2 Jan 2006 15:04")
	case nil:
		return ""
	case object:
		return str(sub(value, "text", "text"))
	case []any:
		var parts []string
		for _, v := range value {
			if o, ok := v.(object); ok {
				parts = append(parts, str(sub(o, "text", "text")))
			} else {
				parts = append(parts, s.name(fmt.Sprint(v)))
			}
		}
		return strings.Join(parts, ", ")
	case string:
		return s.name(value)
	default:
		return fmt.Sprint(value)
	}
}

// name returns a person's or channel's name, or the text itself.
func (s *Slack) name(id string) string {
	if u := s.users[id]; u != nil {
		return u.RealName
	}
	if c := s.channels[id]; c != nil && c.dm == "" {
		return "#" + c.Name
	}
	return id
}
