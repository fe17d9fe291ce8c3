package templates

import (
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// ofNotice returns the interview that a notice is about, where it names one.
func ofNotice(n hiring.Notice, t thing) (i hiring.Interview, ok bool) {
	if n.Step < 1 || n.Step > len(t.candidate.Interviews) {
		return i, false
	}
	return t.candidate.Interviews[n.Step-1], true
}

// interviewChanged tells somebody on a panel what has become of an interview
// that they know of, as it is when it is sent.
func (p page) interviewChanged(n hiring.Notice, t thing, standing bool) (Message, error) {
	i, ok := ofNotice(n, t)
	if !ok && standing {
		return p.Notify(p.settled(t)), nil
	}
	if !ok {
		return Message{}, hiring.ErrNothing
	}
	is := t.candidate.Meets(t.role, n.Step-1, n.User)
	last := n.Was
	if is.After(last) {
		last = is
	}
	if !standing && (n.Was.Equal(is) || !last.Add(i.Length).After(p.now)) {
		return Message{}, hiring.ErrNothing
	}
	text := p.becameOf(t, n, i, is)
	return say(text, section(lines(text, p.about(t)))), nil
}

// becameOf says what has become of an interview for its reader: when they know
// it to be, and when it is.
func (p page) becameOf(t thing, n hiring.Notice, i hiring.Interview, is time.Time) Mrkdwn {
	var instead []Mrkdwn // who interviews
	for _, u := range i.Panel {
		if !t.candidate.Meets(t.role, n.Step-1, u).IsZero() {
			instead = append(instead, p.who(u))
		}
	}
	switch over := n.Was.Equal(is) || i.Overtaken(n); {
	case over && is.IsZero():
		return p.m("✓ You do not interview %s.", p.whom(t))
	case over:
		return p.m("✓ You talk with %s %s.", p.whom(t), is)
	case n.Was.IsZero():
		return p.m("You interview %s after all: %s.", p.whom(t), is)
	case is.IsZero() && (len(instead) == 0 || slices.Contains(i.Panel, n.User)):
		return p.m("The interview with %s (%s) is called off.", p.whom(t), n.Was)
	case is.IsZero():
		return p.m("You no longer interview %s (%s). That is up to %s now.", p.whom(t), n.Was, p.and(instead))
	default:
		return p.m("The interview with %s is moved from %s to %s.", p.whom(t), n.Was, is)
	}
}
