package slacksim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// surface is where blocks are shown.
type surface string

const (
	surfaceMessage surface = "message"
	surfaceModal   surface = "modal"
	surfaceHome    surface = "home"
)

// CheckMessage returns Slack's complaints on the blocks of a message, each with
// a JSON pointer below /blocks. It is empty when Slack would accept them. Apps
// call it on a golden file, without a server.
func CheckMessage(blocks json.RawMessage) []string {
	return checkBlocks(blocks, surfaceMessage, "/blocks")
}

// CheckView returns Slack's complaints on a whole modal or Home view, each with
// a JSON pointer below /view. It is empty when Slack would accept the view.
func CheckView(view json.RawMessage) []string {
	return checkView(view)
}

// checkBlocks returns Slack's complaints on a JSON array of blocks, with JSON
// pointers below base ("/blocks"). It is empty when they are fine.
func checkBlocks(raw json.RawMessage, on surface, base string) []string {
	c := newKitChecker(on)
	v, err := decodeKit(raw)
	if err != nil {
		c.complain(base, "must be valid JSON")
		return c.complaints
	}
	blocks := viewBlocks
	if on == surfaceMessage {
		blocks = messageBlocks
	}
	blocks.check(c, v, base)
	return c.complaints
}

// checkView returns Slack's complaints on a whole view, with JSON pointers
// below /view. It is empty when the view is fine.
func checkView(raw json.RawMessage) []string {
	const base = "/view"
	c := newKitChecker("")
	if len(raw) > maxViewBytes {
		c.complain(base, "must be less than %d bytes", maxViewBytes+1)
		return c.complaints
	}
	v, err := decodeKit(raw)
	if err != nil {
		c.complain(base, "must be valid JSON")
		return c.complaints
	}
	if o, ok := v.(map[string]any); ok {
		c.on = surface(kitGet[string](o, "type"))
	}
	kitOneOf{set: viewTypes}.check(c, v, base)
	return c.complaints
}

// decodeKit reads exactly one JSON value. Numbers keep their wire form, so that
// 1 and 1.5 and "1" stay three different things.
func decodeKit(raw json.RawMessage) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return v, nil
}

// kitChecker walks one message or view. It holds the complaints and what has to
// be counted across blocks.
type kitChecker struct {
	on         surface
	complaints []string
	blockIDs   map[string]bool
	focused    bool // an element with focus_on_load was seen
	charts     int  // data_visualization blocks
	nested     int  // containers and layouts around the current block
	text       map[string]int
}

func newKitChecker(on surface) *kitChecker {
	return &kitChecker{on: on, blockIDs: map[string]bool{}, text: map[string]int{}}
}

// complain notes one complaint about the value at the JSON pointer.
func (c *kitChecker) complain(at, format string, args ...any) {
	c.complaints = append(c.complaints, fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}
