package slacksim

import "time"

// Name returns the person's name as others see it.
func (p *Person) Name() string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.name(p.ID)
}

// ChannelName returns a channel's name; empty for a direct message.
func (s *Slack) ChannelName(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[id]; c != nil {
		return c.Name
	}
	return ""
}

// Partner returns who talks with the app in a direct message; empty for a
// channel.
func (s *Slack) Partner(id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[id]; c != nil {
		return c.dm
	}
	return ""
}

// Input is one input of a modal as a person sees it.
type Input struct {
	Label string
	Value string // what stands in it, as text; moments in the person's zone
}

// Inputs returns the modal's inputs from top to bottom.
func (m *Modal) Inputs() []Input {
	s := m.p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.views[m.ID]
	if v == nil {
		return nil
	}
	var out []Input
	for _, b := range list(v.body["blocks"]) {
		for _, e := range interactive(b) {
			if stateful(e) {
				state := v.values[str(b["block_id"])][str(e["action_id"])]
				out = append(out, Input{Label: label(b, e), Value: s.shownValue(state, s.zoneOf(m.p.ID))})
			}
		}
	}
	return out
}

// zoneOf returns the zone of a person's profile.
func (s *Slack) zoneOf(user string) *time.Location {
	if u := s.users[user]; u != nil && u.TZ != "" {
		if zone, err := time.LoadLocation(u.TZ); err == nil {
			return zone
		}
	}
	return time.UTC
}
