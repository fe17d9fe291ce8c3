package slacksim

import "encoding/json"

// identify gives blocks and elements the ids that the app left out, as Slack
// does: an action without a block id is no action for most clients.
func (s *Slack) identify(blocks []object) {
	for _, b := range blocks {
		if str(b["block_id"]) == "" {
			b["block_id"] = s.id("b")
		}
		for _, e := range interactive(b) {
			if str(e["action_id"]) == "" {
				e["action_id"] = s.id("a")
			}
		}
	}
}

// interactive returns the elements of a block that a person can act on.
func interactive(b object) []object {
	var out []object
	candidates := list(b["elements"])
	for _, k := range []string{"element", "accessory"} {
		if e, ok := b[k].(object); ok {
			candidates = append(candidates, e)
		}
	}
	if kind := str(b["type"]); kind != "actions" && kind != "context_actions" && kind != "input" && kind != "section" {
		return nil
	}
	for _, e := range candidates {
		if kind := str(e["type"]); kind != "image" && kind != "mrkdwn" && kind != "plain_text" {
			out = append(out, e)
		}
	}
	return out
}

// identified returns a message's blocks with ids.
func (s *Slack) identified(raw json.RawMessage) json.RawMessage {
	blocks := list(parse(raw))
	if len(blocks) == 0 {
		return nil
	}
	s.identify(blocks)
	out, _ := json.Marshal(blocks)
	return out
}

// snapshot copies what is to leave the lock.
func snapshot(o object) object {
	raw, _ := json.Marshal(o)
	out, _ := parse(raw).(object)
	return out
}
