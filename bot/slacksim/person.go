package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Person is somebody to act as.
type Person struct {
	s  *Slack
	ID string
}

var (
	// ErrTimeout is what a person sees when the app did not acknowledge in
	// three seconds: operation_timeout, or "trouble connecting" in a modal.
	ErrTimeout = errors.New("operation_timeout: the app did not answer in time")
	// ErrTrouble is what a person sees when Slack can't use the app's answer.
	ErrTrouble = errors.New("we had some trouble connecting: Slack can't use the app's answer")
	// ErrNotThere says that the person tries to use what they don't see.
	ErrNotThere = errors.New("that is not there")
)

func (s *Slack) userJSON(id string) object {
	u := s.users[id]
	return object{"id": id, "username": u.Name, "name": u.Name, "team_id": teamID}
}

// base is what interactive payloads have in common.
func (p *Person) base(kind, view string) object {
	s := p.s
	return object{
		"type": kind, "user": s.userJSON(p.ID), "api_app_id": appID, "token": "token", "trigger_id": s.trigger(p.ID, view),
		"team": object{"id": teamID, "domain": "slacksim"}, "enterprise": nil, "is_enterprise_install": false,
	}
}

func (p *Person) acted(act, channel string) {
	p.s.tell(Event{Kind: PersonActed, User: p.ID, Channel: channel, Act: act})
}

// Command runs a slash command in a conversation. The answer that rode on the
// acknowledgement, if any, stands in the conversation afterwards; it is
// returned, too.
func (p *Person) Command(_ context.Context, channel, command, text string) (*Message, error) {
	s := p.s
	s.mu.Lock()
	c := s.channels[channel]
	if c == nil {
		s.mu.Unlock()
		return nil, fmt.Errorf("channel %s: %w", channel, ErrNotThere)
	}
	p.acted(strings.TrimSpace(command+" "+text), channel)
	url := s.hook(p.ID, channel, "")
	payload := object{
		"token": "token", "team_id": teamID, "team_domain": "slacksim", "channel_id": channel, "channel_name": c.Name,
		"user_id": p.ID, "user_name": s.users[p.ID].Name, "command": command, "text": Escape(text), "api_app_id": appID,
		"is_enterprise_install": "false", "response_url": url, "trigger_id": s.trigger(p.ID, ""),
	}
	s.mu.Unlock()
	answer, ok := s.deliver("slash_commands", payload, true, nil)
	if !ok {
		return nil, ErrTimeout
	}
	return p.answered(answer, channel)
}

// answered shows the message that rode on an acknowledgement.
func (p *Person) answered(answer json.RawMessage, channel string) (*Message, error) {
	fields, _ := parse(answer).(object)
	if len(fields) == 0 {
		return nil, nil
	}
	a := args{}
	for k, v := range fields {
		raw, _ := json.Marshal(v)
		a[k] = plain(raw)
	}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if err := p.s.respond(&hook{user: p.ID, channel: channel}, a); err != nil {
		return nil, fmt.Errorf("%w: %s %v", ErrTrouble, err.word, err.more)
	}
	c := p.s.channels[channel]
	m := c.messages[len(c.messages)-1].public(channel)
	return &m, nil
}

// Escape escapes a text as Slack does.
func Escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// Shortcut uses a global shortcut.
func (p *Person) Shortcut(_ context.Context, callback string) error {
	p.s.mu.Lock()
	p.acted("shortcut "+callback, "")
	payload := p.base("shortcut", "")
	payload["callback_id"], payload["action_ts"] = callback, p.s.ts()
	p.s.mu.Unlock()
	if _, ok := p.s.deliver("interactive", payload, false, nil); !ok {
		return ErrTimeout
	}
	return nil
}

// DM returns the id of the person's direct message with the app.
func (p *Person) DM() string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.dm(p.ID).ID
}

// Messages returns what the person sees in a conversation, oldest first.
func (p *Person) Messages(channel string) []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.channels[channel]
	if c == nil {
		return nil
	}
	var out []Message
	for _, m := range c.messages {
		if m.ephemeral == "" || m.ephemeral == p.ID {
			out = append(out, m.public(channel))
		}
	}
	return out
}

// AwaitMessage waits for a message that the person sees and that is as wanted,
// and returns the newest such.
func (p *Person) AwaitMessage(ctx context.Context, channel string, wanted func(Message) bool) (Message, error) {
	var found Message
	err := p.s.Await(ctx, func() bool {
		for _, m := range slices.Backward(p.Messages(channel)) {
			if wanted(m) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("a message to %s in %s: %w", p.ID, channel, err)
	}
	return found, nil
}

// OpenHome opens the app's Home.
func (p *Person) OpenHome() {
	p.s.mu.Lock()
	p.acted("opens the Home", "")
	payload := object{"type": "app_home_opened", "user": p.ID, "channel": p.s.dm(p.ID).ID, "event_ts": p.s.ts(), "tab": "home"}
	if v := p.s.homes[p.ID]; v != nil {
		payload["view"] = p.s.viewJSON(v)
	}
	p.s.mu.Unlock()
	p.s.event(payload)
}

// Home returns the person's Home; false when none was published.
func (p *Person) Home() (View, bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	v := p.s.homes[p.ID]
	if v == nil {
		return View{}, false
	}
	return v.public(), true
}

// AwaitHome waits for a Home as wanted.
func (p *Person) AwaitHome(ctx context.Context, wanted func(View) bool) (View, error) {
	var found View
	err := p.s.Await(ctx, func() bool {
		v, ok := p.Home()
		found = v
		return ok && wanted(v)
	})
	return found, err
}
