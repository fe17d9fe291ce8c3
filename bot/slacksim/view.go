package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
	"time"
)

// view is a modal or a Home tab.
type view struct {
	id, user   string
	body       object // as the app sent it
	hash       string
	values     map[string]object // by block and action id, as in view.state.values
	previous   string
	root       string
	externalID string
	touched    bool
}

// View is a view as a person sees it.
type View struct {
	ID     string
	Kind   string // modal or home
	Title  string
	Blocks json.RawMessage
	Raw    json.RawMessage // as the app sent it
}

func (v *view) public() View {
	blocks, _ := json.Marshal(v.body["blocks"])
	raw, _ := json.Marshal(v.body)
	return View{ID: v.id, Kind: str(v.body["type"]), Title: str(sub(v.body, "title", "text")), Blocks: blocks, Raw: raw}
}

// trigger lets an app open a view, once and soon.
type trigger struct {
	user string
	view string // the modal it was pressed in, if any
	at   time.Time
	used bool
}

// triggerLife is how long a trigger id lives (docs.slack.dev, interactivity).
const triggerLife = 3 * time.Second

const maxStack = 3

func (s *Slack) trigger(user, view string) string {
	id := s.id("T")
	s.triggers[id] = &trigger{user: user, view: view, at: s.o.Clock()}
	return id
}

func (s *Slack) useTrigger(id string) (*trigger, *apiError) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, &apiError{word: "invalid_trigger_id"}
	case t.used:
		return nil, &apiError{word: "exchanged_trigger_id"}
	case s.o.Clock().Sub(t.at) > triggerLife:
		return nil, &apiError{word: "expired_trigger_id"}
	}
	t.used = true
	return t, nil
}

// checked parses a view and refuses what Slack refuses.
func (s *Slack) checked(raw json.RawMessage, kind string) (object, *apiError) {
	if len(raw) > maxViewBytes {
		return nil, &apiError{word: "view_too_large"}
	}
	complaints := checkView(raw)
	body, _ := parse(raw).(object)
	if body != nil && str(body["type"]) != kind {
		complaints = append(complaints, "invalid `type` [json-pointer:/view/type]")
	}
	if len(complaints) > 0 {
		return nil, invalid("invalid_arguments", complaints)
	}
	return body, nil
}

func (s *Slack) viewsOpen(a args) (object, *apiError) {
	body, err := s.checked(a.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	t, err := s.useTrigger(a["trigger_id"])
	if err != nil {
		return nil, err
	}
	if len(s.stacks[t.user]) > 0 && t.view == "" {
		s.stacks[t.user] = nil // a modal opened from elsewhere replaces what stands there
	}
	return s.put(t.user, body)
}

func (s *Slack) viewsPush(a args) (object, *apiError) {
	body, err := s.checked(a.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	t, err := s.useTrigger(a["trigger_id"])
	if err != nil {
		return nil, err
	}
	if t.view == "" || len(s.stacks[t.user]) == 0 {
		return no("invalid_trigger_id")
	}
	return s.put(t.user, body)
}

// put opens a view on top of a person's stack.
func (s *Slack) put(user string, body object) (object, *apiError) {
	stack := s.stacks[user]
	if len(stack) >= maxStack {
		return no("push_limit_reached")
	}
	v := &view{id: s.id("V"), user: user}
	if len(stack) > 0 {
		v.previous, v.root = stack[len(stack)-1].id, stack[0].id
	} else {
		v.root = v.id
	}
	if err := s.fill(v, body); err != nil {
		return nil, err
	}
	s.views[v.id] = v
	s.stacks[user] = append(stack, v)
	s.shown[user]++
	s.tell(Event{Kind: ViewOpened, User: user, View: v.public()})
	return object{"view": s.viewJSON(v)}, nil
}

// fill gives a view its content; what was typed stays where block and action
// ids stay.
func (s *Slack) fill(v *view, body object) *apiError {
	if id := str(body["external_id"]); id != "" {
		for _, o := range s.views {
			if o != v && o.externalID == id {
				return &apiError{word: "duplicate_external_id"}
			}
		}
		v.externalID = id
	}
	old := v.values
	v.body, v.values = body, map[string]object{}
	s.identify(list(body["blocks"]))
	for _, b := range list(body["blocks"]) {
		for _, e := range interactive(b) {
			if !stateful(e) {
				continue
			}
			block, action := str(b["block_id"]), str(e["action_id"])
			if v.values[block] == nil {
				v.values[block] = object{}
			}
			if old[block] != nil && old[block][action] != nil {
				v.values[block][action] = old[block][action]
				continue
			}
			v.values[block][action] = initial(e)
		}
	}
	v.hash = fmt.Sprintf("%d.%s", s.o.Clock().Unix(), s.id("h"))
	return nil
}

func stateful(e object) bool {
	k := str(e["type"])
	return k != "button" && k != "overflow" && k != "image"
}

// initial returns an element's state before anybody touched it.
func initial(e object) object {
	kind := str(e["type"])
	state := object{"type": kind}
	for from, to := range map[string]string{
		"initial_value": "value", "initial_date": "selected_date", "initial_time": "selected_time", "initial_date_time": "selected_date_time",
		"initial_option": "selected_option", "initial_options": "selected_options", "initial_user": "selected_user", "initial_users": "selected_users",
		"initial_channel": "selected_channel", "initial_channels": "selected_channels", "initial_conversation": "selected_conversation", "initial_conversations": "selected_conversations",
	} {
		if v, ok := e[from]; ok {
			state[to] = v
		}
	}
	key := stateKey(kind)
	if _, ok := state[key]; !ok {
		state[key] = nil
		if key == "selected_options" || key == "selected_users" || key == "selected_channels" || key == "selected_conversations" {
			state[key] = []any{}
		}
	}
	return state
}

// stateKey says where an element's state holds its value.
func stateKey(kind string) string {
	switch kind {
	case "datepicker":
		return "selected_date"
	case "timepicker":
		return "selected_time"
	case "datetimepicker":
		return "selected_date_time"
	case "static_select", "external_select", "radio_buttons":
		return "selected_option"
	case "multi_static_select", "multi_external_select", "checkboxes":
		return "selected_options"
	case "users_select":
		return "selected_user"
	case "multi_users_select":
		return "selected_users"
	case "channels_select":
		return "selected_channel"
	case "multi_channels_select":
		return "selected_channels"
	case "conversations_select":
		return "selected_conversation"
	case "multi_conversations_select":
		return "selected_conversations"
	default:
		return "value"
	}
}

func (s *Slack) viewsUpdate(a args) (object, *apiError) {
	v := s.views[a["view_id"]]
	if id := a["external_id"]; v == nil && id != "" {
		for _, o := range s.views {
			if o.externalID == id {
				v = o
			}
		}
	}
	if v == nil {
		return no("not_found")
	}
	body, err := s.checked(a.raw("view"), "modal")
	if err != nil {
		return nil, err
	}
	if a["hash"] != "" && a["hash"] != v.hash {
		return no("hash_conflict")
	}
	if err := s.fill(v, body); err != nil {
		return nil, err
	}
	s.shown[v.user]++
	s.tell(Event{Kind: ViewUpdated, User: v.user, View: v.public()})
	return object{"view": s.viewJSON(v)}, nil
}

func (s *Slack) viewsPublish(a args) (object, *apiError) {
	u := s.users[a["user_id"]]
	if u == nil {
		return no("user_not_found")
	}
	body, err := s.checked(a.raw("view"), "home")
	if err != nil {
		return nil, err
	}
	v := s.homes[u.ID]
	if v != nil && a["hash"] != "" && a["hash"] != v.hash {
		return no("hash_conflict")
	}
	v = &view{id: s.id("V"), user: u.ID}
	if err := s.fill(v, body); err != nil {
		return nil, err
	}
	s.homes[u.ID] = v
	s.tell(Event{Kind: HomePublished, User: u.ID, View: v.public()})
	return object{"view": s.viewJSON(v)}, nil
}

// viewJSON is a view as it stands in payloads and answers.
func (s *Slack) viewJSON(v *view) object {
	o := maps.Clone(v.body)
	absent := object{
		"private_metadata": "", "callback_id": "", "external_id": "", "title": nil, "submit": nil, "close": nil,
		"clear_on_close": false, "notify_on_close": false,
	}
	for k, value := range absent {
		if _, ok := o[k]; !ok {
			o[k] = value
		}
	}
	var previous any
	if v.previous != "" {
		previous = v.previous
	}
	maps.Copy(o, object{
		"id": v.id, "team_id": teamID, "hash": v.hash, "state": object{"values": v.values}, "previous_view_id": previous,
		"root_view_id": v.root, "app_id": appID, "app_installed_team_id": teamID, "bot_id": botID,
	})
	return snapshot(o)
}

// top returns a person's top modal, nil when none is open.
func (s *Slack) top(user string) *view {
	stack := s.stacks[user]
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// pop closes a person's top modal.
func (s *Slack) pop(user string) {
	stack := s.stacks[user]
	v := stack[len(stack)-1]
	delete(s.views, v.id)
	s.stacks[user] = stack[:len(stack)-1]
	s.shown[user]++
	s.tell(Event{Kind: ViewClosed, User: user, View: v.public()})
}

func (s *Slack) clear(user string) {
	for len(s.stacks[user]) > 0 {
		s.pop(user)
	}
}
