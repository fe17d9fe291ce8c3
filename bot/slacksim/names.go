package slacksim

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

// Labels returns what the modal's inputs are called, from top to bottom.
func (m *Modal) Labels() []string {
	m.p.s.mu.Lock()
	defer m.p.s.mu.Unlock()
	v := m.p.s.views[m.ID]
	if v == nil {
		return nil
	}
	_, _, labels := input(v.body, "")
	return labels
}
