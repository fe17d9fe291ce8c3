package bot_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

// screen is a view as a person sees it, and what stands in its inputs.
type screen struct {
	w      *workspace
	user   string
	id     string
	raw    map[string]any
	view   slack.View
	inputs map[string]map[string]any // block id → element
	state  map[string]map[string]any // block id → action id → value
	below  []string                  // the views it stands on, the first one first
}

func (w *workspace) screen(user, id string, raw any) *screen {
	w.t.Helper()
	js, err := json.Marshal(raw)
	if err != nil {
		w.t.Fatal(err)
	}
	s := &screen{w: w, user: user, id: id, inputs: map[string]map[string]any{}, state: map[string]map[string]any{}}
	if err := json.Unmarshal(js, &s.view); err != nil {
		w.t.Fatalf("a view cannot be read: %v\n%s", err, js)
	}
	if err := json.Unmarshal(js, &s.raw); err != nil {
		w.t.Fatal(err)
	}
	blocks, _ := s.raw["blocks"].([]any)
	for _, b := range blocks {
		block, _ := b.(map[string]any)
		element, ok := block["element"].(map[string]any)
		if !ok {
			continue
		}
		field, _ := block["block_id"].(string)
		s.inputs[field] = element
		s.initial(field, element)
	}
	return s
}

// initial puts into an input what the view says stands there at first.
func (s *screen) initial(field string, element map[string]any) {
	value := map[string]any{"type": element["type"]}
	for k, v := range element {
		if rest, ok := strings.CutPrefix(k, "initial_"); ok && rest == "value" {
			value["value"] = v
		} else if ok {
			value["selected_"+rest] = v
		}
	}
	action, _ := element["action_id"].(string)
	s.state[field] = map[string]any{action: value}
}

// text returns everything that can be read in the view, as JSON.
func (s *screen) text() string { return text(s.raw) }

// text returns a payload as JSON without its escapes.
func text(v any) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v)
	return b.String()
}

// fill puts values into an input, the way its kind of input has them.
func (s *screen) fill(field string, values ...string) *screen {
	s.w.t.Helper()
	element, ok := s.inputs[field]
	if !ok {
		s.w.t.Fatalf("there is no input %q among %v", field, slices.Sorted(maps.Keys(s.inputs)))
	}
	kind, _ := element["type"].(string)
	value := map[string]any{"type": kind}
	options := []any{}
	for _, v := range values {
		options = append(options, map[string]any{"value": s.option(element, v), "text": map[string]any{"type": "plain_text", "text": v}})
	}
	switch kind {
	case "users_select":
		value["selected_user"] = values[0]
	case "multi_users_select":
		value["selected_users"] = values
	case "conversations_select":
		value["selected_conversation"] = values[0]
	case "channels_select":
		value["selected_channel"] = values[0]
	case "static_select", "radio_buttons", "external_select":
		value["selected_option"] = options[0]
	case "multi_static_select", "checkboxes":
		value["selected_options"] = options
	case "timepicker":
		value["selected_time"] = values[0]
	case "datepicker":
		value["selected_date"] = values[0]
	case "datetimepicker":
		value["selected_date_time"] = json.Number(values[0])
	default:
		value["value"] = values[0]
	}
	action, _ := element["action_id"].(string)
	s.state[field] = map[string]any{action: value}
	return s
}

// option returns the value of the option that shows the label, or the label
// where the element has no such option.
func (s *screen) option(element map[string]any, label string) string {
	list, _ := element["options"].([]any)
	groups, _ := element["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(map[string]any)
		inner, _ := group["options"].([]any)
		list = append(list, inner...)
	}
	for _, o := range list {
		option, _ := o.(map[string]any)
		shown, _ := option["text"].(map[string]any)
		said, _ := shown["text"].(string)
		if value, _ := option["value"].(string); strings.Contains(said, label) {
			return value
		}
	}
	return label
}

// payload is the view as it comes back with an interaction.
func (s *screen) payload() map[string]any {
	v := maps.Clone(s.raw)
	v["id"], v["hash"], v["root_view_id"] = s.id, "h", s.id
	v["state"] = map[string]any{"values": s.state}
	if n := len(s.below); n > 0 {
		v["root_view_id"], v["previous_view_id"] = s.below[0], s.below[n-1]
	}
	return v
}

// submit presses the form's button and returns the acknowledgement.
func (s *screen) submit() ack {
	s.w.t.Helper()
	return decodeAck(s.w.t, s.w.do("interactive", map[string]any{
		"type": "view_submission", "user": map[string]any{"id": s.user}, "trigger_id": s.w.trigger(), "view": s.payload(),
	}))
}

// must is submit where all is well; it returns what replaces the form.
func (s *screen) must() *screen {
	s.w.t.Helper()
	a := s.submit()
	if a.Action != "update" {
		s.w.t.Fatalf("acknowledged with %s", a.raw)
	}
	return s.w.screen(s.user, s.id, a.View)
}

// press presses a button in the view, or chooses an option that counts at
// once.
func (s *screen) press(action, value string) {
	s.w.t.Helper()
	s.w.do("interactive", map[string]any{
		"type": "block_actions", "user": map[string]any{"id": s.user}, "trigger_id": s.w.trigger(), "view": s.payload(),
		"actions": []any{map[string]any{"action_id": action, "block_id": "b", "type": "button", "value": value}},
	})
}

// button returns the value of a button in the view.
func (s *screen) button(action string) string {
	s.w.t.Helper()
	var found *string
	var walk func(any)
	walk = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			if id, _ := x["action_id"].(string); x["type"] == "button" && strings.HasPrefix(id, action) && found == nil {
				value, _ := x["value"].(string)
				found = &value
			}
			for _, e := range x {
				walk(e)
			}
		}
	}
	walk(s.raw)
	if found == nil {
		s.w.t.Fatalf("there is no button %s in %s", action, s.text())
	}
	return *found
}

// opened returns the next view opened for a person.
func (w *workspace) opened(user string) *screen { return w.shown(user, "views.open") }

// pushed returns the next view pushed for a person.
func (w *workspace) pushed(user string) *screen { return w.shown(user, "views.push") }

func (w *workspace) shown(user, method string) *screen {
	w.t.Helper()
	body := w.wait(method)
	return w.screen(user, body["new_id"].(string), body["view"])
}

// updated returns the view after it was rendered again. What was typed stays
// in the inputs that are still there.
func (s *screen) updated() *screen {
	s.w.t.Helper()
	next := s.w.screen(s.user, s.id, s.w.wait("views.update")["view"])
	for field, element := range next.inputs {
		action, _ := element["action_id"].(string)
		if old, ok := s.state[field][action]; ok {
			next.state[field] = map[string]any{action: old}
		}
	}
	return next
}

// home returns the person's Home as it was published next.
func (w *workspace) home(user string) *screen {
	w.t.Helper()
	for {
		if body := w.wait("views.publish"); body["user_id"] == user {
			return w.screen(user, "VHOME", body["view"])
		}
	}
}

func mustContain(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%s: %q is missing in %.3000s", what, p, text)
		}
	}
}
