package slacksim

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kitGet returns a field, or the zero value when it is missing or of another
// type. The shapes complain about the type.
func kitGet[T any](o map[string]any, name string) T {
	v, _ := o[name].(T)
	return v
}

// kitObjects returns the objects in a list field; what is none becomes nil, so
// that positions stay.
func kitObjects(o map[string]any, name string) []map[string]any {
	var objects []map[string]any
	for _, item := range kitGet[[]any](o, name) {
		object, _ := item.(map[string]any)
		objects = append(objects, object)
	}
	return objects
}

// countFields is how many of the fields are there.
func countFields(o map[string]any, names []string) int {
	n := 0
	for _, name := range names {
		if _, ok := o[name]; ok {
			n++
		}
	}
	return n
}

// needOne wants at least one of the fields.
func needOne(names ...string) kitRule {
	return func(c *kitChecker, o map[string]any, at string) {
		if countFields(o, names) == 0 {
			c.complain(at, "missing required field: %s", strings.Join(names, " or "))
		}
	}
}

// atMostOne refuses more than one of the fields.
func atMostOne(names ...string) kitRule {
	return func(c *kitChecker, o map[string]any, at string) {
		if countFields(o, names) > 1 {
			c.complain(at, "only one of %s allowed", strings.Join(names, ", "))
		}
	}
}

// exactlyOne wants one of the fields and no more.
func exactlyOne(names ...string) kitRule {
	return func(c *kitChecker, o map[string]any, at string) {
		needOne(names...)(c, o, at)
		atMostOne(names...)(c, o, at)
	}
}

// uniqueBlockID refuses a block_id that another block of the surface has.
func uniqueBlockID(c *kitChecker, o map[string]any, at string) {
	id := kitGet[string](o, "block_id")
	if id == "" {
		return
	}
	if c.blockIDs[id] {
		c.complain(at+"/block_id", "`block_id` %q already exists", id)
	}
	c.blockIDs[id] = true
}

// uniqueActionIDs refuses two elements of one block with the same action_id. In
// another block the same action_id is fine: Slack names both in its payloads.
func uniqueActionIDs(c *kitChecker, o map[string]any, at string) {
	seen := map[string]bool{}
	for _, list := range []string{"actions", "elements"} {
		for i, element := range kitObjects(o, list) {
			noteActionID(c, seen, element, at+"/"+list+"/"+strconv.Itoa(i))
		}
	}
}

// uniqueCellActionIDs is uniqueActionIDs for the buttons in a data_table.
func uniqueCellActionIDs(c *kitChecker, o map[string]any, at string) {
	seen := map[string]bool{}
	for y, row := range kitGet[[]any](o, "rows") {
		cells, _ := row.([]any)
		for x, cell := range cells {
			cell, _ := cell.(map[string]any)
			element := kitGet[map[string]any](cell, "element")
			noteActionID(c, seen, element, fmt.Sprintf("%s/rows/%d/%d/element", at, y, x))
		}
	}
}

func noteActionID(c *kitChecker, seen map[string]bool, element map[string]any, at string) {
	id := kitGet[string](element, "action_id")
	if id == "" {
		return
	}
	if seen[id] {
		c.complain(at+"/action_id", "`action_id` %q already exists", id)
	}
	seen[id] = true
}

// focusOnce refuses a second element with focus_on_load.
func focusOnce(c *kitChecker, o map[string]any, at string) {
	if !kitGet[bool](o, "focus_on_load") {
		return
	}
	if c.focused {
		c.complain(at+"/focus_on_load", "only one element can have focus_on_load")
	}
	c.focused = true
}

// submitWithInput wants a submit button on a modal with an input block.
func submitWithInput(c *kitChecker, o map[string]any, at string) {
	if _, ok := o["submit"]; ok || !holdsInput(o["blocks"]) {
		return
	}
	c.complain(at, "missing required field: submit")
}

// holdsInput looks for an input block at any depth of a block list. Only
// containers and layouts nest, so it follows their fields.
func holdsInput(v any) bool {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if holdsInput(item) {
				return true
			}
		}
	case map[string]any:
		if kitGet[string](v, "type") == "input" {
			return true
		}
		for _, name := range []string{"child_blocks", "rows", "items", "block"} {
			if holdsInput(v[name]) {
				return true
			}
		}
	}
	return false
}

// optionsOf returns every option of a menu, those in groups included.
func optionsOf(o map[string]any) []map[string]any {
	options := kitObjects(o, "options")
	for _, group := range kitObjects(o, "option_groups") {
		options = append(options, kitObjects(group, "options")...)
	}
	return options
}

// distinctValues refuses two options with one value: the payload could not tell
// them apart, and Slack's reference calls the value unique.
func distinctValues(c *kitChecker, o map[string]any, at string) {
	seen := map[string]bool{}
	for i, option := range kitObjects(o, "options") {
		value := kitGet[string](option, "value")
		if value != "" && seen[value] {
			c.complain(at+"/options/"+strconv.Itoa(i)+"/value", "option value %q already exists", value)
		}
		seen[value] = true
	}
}

// initialAmongOptions wants what is chosen from the start to match one of the
// options exactly.
func initialAmongOptions(c *kitChecker, o map[string]any, at string) {
	options := optionsOf(o)
	among := func(initial map[string]any, at string) {
		for _, option := range options {
			if reflect.DeepEqual(initial, option) {
				return
			}
		}
		c.complain(at, "must match one of the options exactly")
	}
	if initial := kitGet[map[string]any](o, "initial_option"); initial != nil {
		among(initial, at+"/initial_option")
	}
	for i, initial := range kitObjects(o, "initial_options") {
		among(initial, at+"/initial_options/"+strconv.Itoa(i))
	}
}

// initialCount wants no more chosen from the start than can be chosen.
func initialCount(c *kitChecker, o map[string]any, at string) {
	most, err := kitGet[json.Number](o, "max_selected_items").Int64()
	if err != nil {
		return
	}
	for _, what := range []string{"options", "users", "conversations", "channels"} {
		if int64(len(kitGet[[]any](o, "initial_"+what))) > most {
			c.complain(at+"/initial_"+what, "no more than %d items allowed", most)
		}
	}
}

// respondInModal refuses response_url_enabled outside a modal.
func respondInModal(c *kitChecker, o map[string]any, at string) {
	if kitGet[bool](o, "response_url_enabled") && c.on != surfaceModal {
		c.complain(at+"/response_url_enabled", "only allowed in a modal")
	}
}

// lengthBounds wants min_length <= max_length, and a first value within.
func lengthBounds(c *kitChecker, o map[string]any, at string) {
	most, err := kitGet[json.Number](o, "max_length").Int64()
	if err != nil {
		return
	}
	if least, err := kitGet[json.Number](o, "min_length").Int64(); err == nil && least > most {
		c.complain(at+"/min_length", "must be less than %d", most+1)
	}
	if int64(utf8.RuneCountInString(kitGet[string](o, "initial_value"))) > most {
		c.complain(at+"/initial_value", "must be less than %d characters", most+1)
	}
}

// numberBounds wants whole numbers unless decimals are allowed, min_value <=
// max_value, and a first value between them.
func numberBounds(c *kitChecker, o map[string]any, at string) {
	number := func(name string) (float64, bool) {
		text := kitGet[string](o, name)
		f, err := strconv.ParseFloat(text, 64)
		if err == nil && strings.Contains(text, ".") && !kitGet[bool](o, "is_decimal_allowed") {
			c.complain(at+"/"+name, "must provide an integer")
		}
		return f, err == nil
	}
	least, hasLeast := number("min_value")
	most, hasMost := number("max_value")
	first, hasFirst := number("initial_value")
	if hasLeast && hasMost && least > most {
		c.complain(at+"/min_value", "must not be greater than max_value")
	}
	if hasFirst && (hasLeast && first < least || hasMost && first > most) {
		c.complain(at+"/initial_value", "must be between min_value and max_value")
	}
}

// collapsing checks what goes together on a container.
func collapsing(c *kitChecker, o map[string]any, at string) {
	collapsible := kitGet[bool](o, "is_collapsible")
	if kitGet[bool](o, "default_collapsed") && !collapsible {
		c.complain(at+"/default_collapsed", "requires is_collapsible")
	}
	if kitGet[bool](o, "has_header_divider") && collapsible {
		c.complain(at+"/has_header_divider", "not allowed with is_collapsible")
	}
}
