package templates

import (
	"github.com/samsvar/samsvar/hiring"
)

func (p page) filled(r hiring.Role, standing bool) (Message, error) {
	switch {
	case r.Status != hiring.Filled && !standing:
		return Message{}, hiring.ErrNothing
	case r.Status != hiring.Filled:
		return p.Notify(lines(p.m("%s was filled and is not any more.", p.role(r)), p.status(r))), nil
	}
	left, err := p.record.ActiveIn(r.ID)
	if err != nil {
		return Message{}, err
	}
	text := p.m("🎉 %s is filled: %d of %d openings are taken.", p.role(r), r.Hired, r.InForce().Terms.Openings)
	return p.ended(text, len(left)), nil
}

func (p page) cancelled(r hiring.Role, by hiring.UserID) (Message, error) {
	left, err := p.record.ActiveIn(r.ID)
	if err != nil {
		return Message{}, err
	}
	return p.ended(p.m("%s has cancelled %s.", p.who(by), p.role(r)), len(left)), nil
}

// ended says how a role ended, and who still waits for an answer.
func (p page) ended(text Mrkdwn, left int) Message {
	m := p.Notify(text)
	if left > 0 {
		m.Blocks = append(m.Blocks,
			section(p.m("%d candidates are still in the process and should hear from us.", left)),
			buttons(button(ActionMove, "", p.t("Move a candidate"))))
	}
	return m
}
