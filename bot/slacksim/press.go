package slacksim

import (
	"context"
	"fmt"
	"slices"
)

// Press presses a button in a message by its text, or by its action id or value
// where a text stands several times. The message is looked up again: what it says now
// counts.
func (p *Person) Press(_ context.Context, m Message, text string) error {
	now, blocks, err := p.messageBlocks(m)
	if err != nil {
		return err
	}
	return p.press(nil, now, m.Channel, blocks, text)
}

// Choose chooses an option, by its text, of a select in a message, found like
// those of [Person.ChooseHome].
func (p *Person) Choose(_ context.Context, m Message, name, option string) error {
	now, blocks, err := p.messageBlocks(m)
	if err != nil {
		return err
	}
	return p.choose(nil, at(now, m.Channel), blocks, name, option)
}

// messageBlocks returns a message as it is now, and its blocks.
func (p *Person) messageBlocks(m Message) (now *message, blocks []object, err error) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if c := p.s.channels[m.Channel]; c != nil {
		if now = c.find(m.TS); now != nil {
			return now, list(parse(now.blocks)), nil
		}
	}
	return nil, nil, fmt.Errorf("the message %s: %w", m.TS, ErrNotThere)
}

// PressHome presses a button on the person's Home.
func (p *Person) PressHome(_ context.Context, text string) error {
	v, blocks := p.homeBlocks()
	if v == nil {
		return fmt.Errorf("the Home of %s: %w", p.ID, ErrNotThere)
	}
	return p.press(v, nil, "", blocks, text)
}

// ChooseHome chooses an option, by its text, of a select on the person's Home,
// found by its placeholder, the text beside it or its action id.
func (p *Person) ChooseHome(_ context.Context, name, option string) error {
	v, blocks := p.homeBlocks()
	if v == nil {
		return fmt.Errorf("the Home of %s: %w", p.ID, ErrNotThere)
	}
	return p.choose(v, nil, blocks, name, option)
}

// choose finds a select and chooses one of its options.
func (p *Person) choose(v *view, m *place, blocks []object, name, option string) error {
	for _, b := range blocks {
		for _, e := range interactive(b) {
			if stateful(e) && (label(b, e) == name || str(e["action_id"]) == name) {
				state, err := p.s.typed(e, []any{option})
				if err != nil {
					return fmt.Errorf("%q: %w", name, err)
				}
				return p.act(v, m, b, e, state)
			}
		}
	}
	return fmt.Errorf("no select %q: %w", name, ErrNotThere)
}

// homeBlocks returns the person's Home and a copy of its blocks.
func (p *Person) homeBlocks() (*view, []object) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	v := p.s.homes[p.ID]
	if v == nil {
		return nil, nil
	}
	return v, list(snapshot(v.body)["blocks"])
}

// press finds a button and presses it.
func (p *Person) press(v *view, m *message, channel string, blocks []object, text string) error {
	var there []string
	for _, b := range blocks {
		for _, e := range interactive(b) {
			switch str(e["type"]) {
			case "button":
				there = append(there, str(sub(e, "text", "text")))
				if str(sub(e, "text", "text")) == text || str(e["action_id"]) == text || text != "" && str(e["value"]) == text {
					p.s.mu.Lock()
					p.acted("presses ["+str(sub(e, "text", "text"))+"]", channel)
					p.s.mu.Unlock()
					return p.act(v, at(m, channel), b, e, object{"value": e["value"]})
				}
			case "overflow":
				if chosen, err := options(e, []any{text}); err == nil {
					return p.act(v, at(m, channel), b, e, object{"selected_option": chosen[0]})
				}
			}
		}
	}
	return fmt.Errorf("no button %q, only %q: %w", text, there, ErrNotThere)
}

// place is a message and where it stands.
type place struct {
	*message
	channel string
}

func at(m *message, channel string) *place {
	if m == nil {
		return nil
	}
	return &place{m, channel}
}

// act sends block_actions for one element of a view or a message.
func (p *Person) act(v *view, m *place, b, e, state object) error {
	s := p.s
	s.mu.Lock()
	action := object{"type": e["type"], "action_id": e["action_id"], "block_id": b["block_id"], "action_ts": s.ts()}
	for k, value := range state {
		action[k] = value
	}
	if t := sub(e, "text"); t != nil {
		action["text"] = t
	}
	var payload object
	if v != nil {
		payload = p.base("block_actions", modalID(v))
		payload["container"] = object{"type": "view", "view_id": v.id}
		if values := v.values[str(b["block_id"])]; values != nil && stateful(e) {
			values[str(e["action_id"])] = state
		}
		payload["view"] = s.viewJSON(v)
	} else {
		payload = p.base("block_actions", "")
		payload["container"] = object{"type": "message", "message_ts": m.ts, "channel_id": m.channel, "is_ephemeral": m.ephemeral != ""}
		payload["channel"] = object{"id": m.channel, "name": s.channels[m.channel].Name}
		payload["message"] = m.json()
		payload["response_url"] = s.hook(p.ID, m.channel, m.ts)
		payload["state"] = object{"values": object{}}
	}
	payload["actions"] = []any{action}
	s.mu.Unlock()
	if _, ok := s.deliver("interactive", payload, false, nil); !ok {
		return ErrTimeout
	}
	return nil
}

// modalID is the view a trigger may push on; a Home is none.
func modalID(v *view) string {
	if str(v.body["type"]) == "home" {
		return ""
	}
	return v.id
}

// Conversations returns the ids of the conversations the person sees.
func (p *Person) Conversations() []string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.s.order), func(id string) bool {
		c := p.s.channels[id]
		return c.Private && !slices.Contains(c.Members, p.ID)
	})
}
