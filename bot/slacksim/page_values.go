package slacksim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// keep puts what stands in the page's inputs into a view. The lock is held.
func (s *Slack) keep(v *view, values map[string]object) error {
	blocks := list(v.body["blocks"])
	for block, actions := range values {
		for action, state := range actions {
			_, e, err := element(blocks, block, action)
			if err != nil {
				continue // the view has changed meanwhile
			}
			given, _ := state.(object)
			now, err := s.state(e, given)
			if err != nil {
				return err
			}
			v.values[block][action] = now
		}
	}
	v.touched = v.touched || len(values) > 0
	return nil
}

// used is the state of an element that somebody used.
func (s *Slack) used(e, given object) (object, error) {
	switch str(e["type"]) {
	case "button":
		return object{"value": e["value"]}, nil
	case "overflow":
		chosen, err := offered(e, given["selected_option"])
		return object{"selected_option": chosen}, err
	default:
		return s.state(e, given)
	}
}

// state checks what the page says stands in an element. The lock is held.
func (s *Slack) state(e, given object) (object, error) {
	kind := str(e["type"])
	if !stateful(e) {
		return nil, fmt.Errorf("%s holds nothing: %w", kind, errBad)
	}
	key := stateKey(kind)
	value, err := s.value(e, key, given[key])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", str(e["action_id"]), err)
	}
	return object{"type": kind, key: value}, nil
}

func (s *Slack) value(e object, key string, given any) (any, error) {
	many := strings.HasSuffix(key, "s")
	switch {
	case given == nil && many:
		return []any{}, nil
	case given == nil || given == "":
		return nil, nil
	case many:
		return s.values(e, key, given)
	case key == "selected_option":
		return offered(e, given)
	case key == "selected_date_time":
		at, ok := given.(float64)
		if !ok {
			return nil, fmt.Errorf("no moment: %w", errBad)
		}
		return int64(at), nil
	}
	text, ok := given.(string)
	if !ok {
		return nil, fmt.Errorf("no text: %w", errBad)
	}
	switch key {
	case "selected_date":
		_, err := time.Parse(time.DateOnly, text)
		return text, err
	case "selected_time":
		_, err := time.Parse("15:04", text)
		return text, err
	case "value":
		return typedText(e, text)
	default:
		return text, s.there(key, text)
	}
}

// values checks what a person chose where several may be chosen.
func (s *Slack) values(e object, key string, given any) (any, error) {
	all, ok := given.([]any)
	if !ok {
		return nil, fmt.Errorf("no list: %w", errBad)
	}
	out := []any{}
	for _, one := range all {
		if key == "selected_options" {
			option, err := offered(e, one)
			if err != nil {
				return nil, err
			}
			out = append(out, option)
			continue
		}
		if err := s.there(key, str(one)); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	if most, ok := e["max_selected_items"].(float64); ok && len(out) > int(most) {
		return nil, fmt.Errorf("at most %v can be chosen: %w", most, errBad)
	}
	return out, nil
}

// there says whether a person or a conversation exists.
func (s *Slack) there(key, id string) error {
	known := s.channels[id] != nil
	if strings.Contains(key, "user") {
		known = s.users[id] != nil
	}
	if !known {
		return fmt.Errorf("%q: %w", id, ErrNotThere)
	}
	return nil
}

// offered returns the option of an element that has the given one's value. Of
// an external select, whose options only the app knows, it is what was given.
func offered(e object, given any) (any, error) {
	all := list(e["options"])
	for _, g := range list(e["option_groups"]) {
		all = append(all, list(g["options"])...)
	}
	value := str(sub(given, "value"))
	if i := slices.IndexFunc(all, func(o object) bool { return str(o["value"]) == value }); i >= 0 {
		return all[i], nil
	}
	if strings.Contains(str(e["type"]), "external") && str(sub(given, "text", "text")) != "" {
		return object{"text": sub(given, "text"), "value": value}, nil
	}
	return nil, fmt.Errorf("the option %q: %w", value, ErrNotThere)
}
