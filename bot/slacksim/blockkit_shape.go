package slacksim

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// A kitShape is what Slack accepts at one place in the JSON. The tables in
// blockkit_blocks.go and its neighbours are made of shapes. Null fits none of
// them, as Slack takes a missing field but refuses a null one.
type kitShape interface {
	check(c *kitChecker, v any, at string)
}

// kitString is a string of min to max code points; max 0 sets no limit.
type kitString struct {
	min, max int
	form     func(string) string // a complaint about its form, or ""
}

func (s kitString) check(c *kitChecker, v any, at string) {
	text, ok := v.(string)
	if !ok {
		c.complain(at, "must provide a string")
		return
	}
	n := utf8.RuneCountInString(text)
	switch {
	case n < s.min:
		c.complain(at, "must be more than %d characters", s.min-1)
	case s.max > 0 && n > s.max:
		c.complain(at, "must be less than %d characters", s.max+1)
	case s.form != nil && text != "":
		if complaint := s.form(text); complaint != "" {
			c.complain(at, "%s", complaint)
		}
	}
}

// kitEnum is one of a few strings.
type kitEnum []string

func (s kitEnum) check(c *kitChecker, v any, at string) {
	text, ok := v.(string)
	if !ok {
		c.complain(at, "must provide a string")
		return
	}
	if !slices.Contains(s, text) {
		c.complain(at, "must be a valid enum value")
	}
}

// kitInt is a whole number from min to max.
type kitInt struct{ min, max int64 }

func (s kitInt) check(c *kitChecker, v any, at string) {
	number, ok := v.(json.Number)
	if !ok {
		c.complain(at, "must provide a number")
		return
	}
	n, err := strconv.ParseInt(number.String(), 10, 64)
	switch {
	case err != nil:
		c.complain(at, "must provide an integer")
	case n < s.min:
		c.complain(at, "must be greater than %d", s.min-1)
	case n > s.max:
		c.complain(at, "must be less than %d", s.max+1)
	}
}

// kitNumber is any number, or one above zero.
type kitNumber struct{ positive bool }

func (s kitNumber) check(c *kitChecker, v any, at string) {
	number, _ := v.(json.Number)
	f, err := number.Float64()
	switch {
	case err != nil:
		c.complain(at, "must provide a number")
	case s.positive && f <= 0:
		c.complain(at, "must be greater than 0")
	}
}

// kitBool is true or false.
type kitBool struct{}

func (kitBool) check(c *kitChecker, v any, at string) {
	if _, ok := v.(bool); !ok {
		c.complain(at, "must provide a boolean")
	}
}

// kitList is an array of min to max items of one shape.
type kitList struct {
	min, max int
	of       kitShape
}

func (s kitList) check(c *kitChecker, v any, at string) {
	items, ok := v.([]any)
	if !ok {
		c.complain(at, "must provide an array")
		return
	}
	if len(items) < s.min {
		c.complain(at, "no fewer than %d items allowed", s.min)
	}
	if len(items) > s.max {
		c.complain(at, "no more than %d items allowed", s.max)
		return
	}
	for i, item := range items {
		s.of.check(c, item, at+"/"+strconv.Itoa(i))
	}
}

type kitFields map[string]kitShape

// A kitRule checks what concerns several fields of an object, or several
// objects of a surface. It must bear fields of a wrong type.
type kitRule func(c *kitChecker, o map[string]any, at string)

// kitObject is a JSON object: the fields it needs, those it may have, and the
// rules between them. Any other field is a complaint, so that a typo shows.
type kitObject struct {
	need, may kitFields
	rules     []kitRule
	on        []surface // where it is allowed; nil is everywhere
	nests     bool      // it holds blocks of any type
}

func (s kitObject) check(c *kitChecker, v any, at string) {
	o, ok := v.(map[string]any)
	if !ok {
		c.complain(at, "must provide an object")
		return
	}
	s.checkFields(c, o, at)
}

// checkFields goes through the fields by name, so that the complaints of one
// object always come in the same order. Fields in also are known to the caller.
func (s kitObject) checkFields(c *kitChecker, o map[string]any, at string, also ...string) {
	for _, name := range slices.Sorted(maps.Keys(s.need)) {
		if _, ok := o[name]; !ok {
			c.complain(at, "missing required field: %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		shape := s.need[name]
		if shape == nil {
			shape = s.may[name]
		}
		switch {
		case shape != nil:
			shape.check(c, o[name], at+"/"+name)
		case !slices.Contains(also, name):
			c.complain(at, "invalid additional property: %s", name)
		}
	}
	for _, rule := range s.rules {
		rule(c, o, at)
	}
}

// only limits an object to some surfaces.
func (s kitObject) only(on ...surface) kitObject {
	s.on = on
	return s
}

// kitOneOf is an object whose "type" picks one object of a set. Without names,
// the whole set is allowed.
type kitOneOf struct {
	set   map[string]kitObject
	names []string
}

func (s kitOneOf) check(c *kitChecker, v any, at string) {
	o, ok := v.(map[string]any)
	if !ok {
		c.complain(at, "must provide an object")
		return
	}
	if _, ok := o["type"]; !ok {
		c.complain(at, "missing required field: type")
		return
	}
	name, ok := o["type"].(string)
	if !ok {
		c.complain(at+"/type", "must provide a string")
		return
	}
	spec, known := s.set[name]
	switch {
	case !known, s.names != nil && !slices.Contains(s.names, name):
		c.complain(at+"/type", "unsupported type: %s", name)
	case spec.on != nil && !slices.Contains(spec.on, c.on):
		c.complain(at+"/type", "unsupported type: %s (surface: %s)", name, c.on)
	case spec.nests && c.nested == maxNesting:
		c.complain(at, "no more than %d levels of nesting allowed", maxNesting)
	default:
		if spec.nests {
			c.nested++
			defer func() { c.nested-- }()
		}
		spec.checkFields(c, o, at, "type")
	}
}

// kitBlock is a block of one of the named types, or of any. It looks them up
// when it checks: blocks hold blocks, which a package variable cannot say.
type kitBlock struct{ names []string }

func (s kitBlock) check(c *kitChecker, v any, at string) {
	kitOneOf{blockTypes, s.names}.check(c, v, at)
}
