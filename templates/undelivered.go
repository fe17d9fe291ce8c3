package templates

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Where a conversation begins in the value of a button.
const (
	toPerson  = "person/"
	toChannel = "channel/"
)

// EncodeConversation writes where messages go as the value of a button.
func EncodeConversation(c hiring.Conversation) string {
	if c.User != "" {
		return toPerson + string(c.User)
	}
	return toChannel + string(c.Channel)
}

// DecodeConversation reads what [EncodeConversation] wrote. Anything else is a
// [hiring.Error].
func DecodeConversation(s string) (hiring.Conversation, error) {
	if u, ok := strings.CutPrefix(s, toPerson); ok {
		return hiring.Conversation{User: hiring.UserID(u)}, nil
	}
	if c, ok := strings.CutPrefix(s, toChannel); ok {
		return hiring.Conversation{Channel: hiring.ChannelID(c)}, nil
	}
	return hiring.Conversation{}, hiring.Errorf("This button is no longer in use. Open the message again, or start from the Home tab.")
}

// undelivered is what did not reach its reader: why, and what to do.
func (p page) undelivered(list []hiring.Undelivered) []slack.Block {
	if len(list) == 0 {
		return nil
	}
	blocks := []slack.Block{header(p.t("Not delivered"))}
	shown, more := fold(list, maxListed)
	for _, u := range shown {
		problem, todo := p.problem(hiring.Notice{About: u.To.User, Channel: u.To.Channel, Problem: u.Problem})
		if u.Problem == hiring.ProblemAway && u.To.User != "" {
			todo = p.m("Hand over what they own and owe. If the account comes back, what waits arrives.")
		}
		wait := join(" · ", p.m("%d messages wait since %s", len(u.Notices), u.Notices[0].NotBefore), p.rolesOf(u.Notices))
		if u.Trying {
			blocks = append(blocks, section(lines(problem, wait, p.m("I am trying again."))))
			continue
		}
		blocks = append(blocks, sectionWith(lines(problem, wait, todo), button(ActionTryAgain, EncodeConversation(u.To), p.t("Try again"))))
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("and %d more", more)))
	}
	return blocks
}

// rolesOf names the roles that notices are about, by their keys, as far as the
// reader may act for them.
func (p page) rolesOf(notices []hiring.Notice) Mrkdwn {
	var keys []Mrkdwn
	for _, n := range notices {
		for _, s := range n.Subjects {
			if s.Role == 0 || slices.Contains(keys, raw(s.Role.String())) {
				continue
			}
			if may, err := p.may(hiring.RunRole, hiring.RoleSubject(s.Role)); may && err == nil {
				keys = append(keys, raw(s.Role.String()))
			}
		}
	}
	slices.Sort(keys)
	shown, _ := fold(keys, maxListed)
	return join(", ", shown...)
}

// problem says what keeps messages from a person or a channel, and what to do
// about it.
func (p page) problem(n hiring.Notice) (text, todo Mrkdwn) {
	if n.About != "" {
		return p.personProblem(n)
	}
	return p.channelProblem(n)
}

// givenUp begins the last word on what did not reach its reader for a week:
// where others do reach them, one message was the trouble.
func (p page) givenUp(n hiring.Notice, problem Mrkdwn) (text, rest Mrkdwn) {
	if !hiring.Undeliverable(n.Problem) {
		return p.messageGivenUp(n)
	}
	rest = lines(problem, p.m("Once the reason is gone, what is new arrives."))
	if n.About != "" {
		return p.m("For a week nothing reached %s. What waited is given up; what they owe stays on record.", p.who(n.About)), rest
	}
	return p.m("For a week I could not post in %s. What waited for it is given up.", n.Channel), rest
}

func (p page) messageGivenUp(n hiring.Notice) (text, rest Mrkdwn) {
	switch n.Problem {
	case hiring.ProblemUnanswered, hiring.ProblemInterrupted, hiring.ProblemBroken:
		rest = p.m("That is my fault: whoever runs Samsvar finds the reason in its log.")
	default:
		rest = p.m("Slack says “%s”. Whoever runs Samsvar finds more in its log.", n.Problem)
	}
	if n.About != "" {
		return p.m("A message to %s has not got through for a week and is given up; what they owe stays on record.", p.who(n.About)), rest
	}
	return p.m("A message for %s has not got through for a week and is given up.", n.Channel), rest
}
