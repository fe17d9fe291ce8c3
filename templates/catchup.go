package templates

import (
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Bounds of a message that says everything at once: whole messages in it, and
// sections of news.
const (
	maxWhole   = 3
	maxNews    = 12
	newsLength = 300
)

// catchUp says everything that waited for the reader while nothing could reach
// them: first what they are to do, with its buttons, then the news, a line
// each, oldest first. Alone, a message is as it would have been.
func (p page) catchUp(n hiring.Notice, standing bool) (Message, error) {
	if len(n.Parts) == 1 {
		return p.Notice(p.record, n.Parts[0], OnePerson, standing, p.now)
	}
	todo, waiting, err := p.all(p.owedOf(n))
	if err != nil {
		return Message{}, err
	}
	var blocks []slack.Block
	shown, more := fold(unsettled(todo, standing), maxItems)
	for _, t := range shown {
		if t.progress == waits {
			blocks = append(blocks, p.todo(t)...)
		} else {
			blocks = append(blocks, section(p.settled(t)))
		}
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("And %d more, once these are done.", more)))
	}
	if waiting > 0 {
		blocks = append(blocks, p.ladder(n, todo)...)
	}
	news, err := p.news(n, standing)
	if err != nil {
		return Message{}, err
	}
	if blocks = append(blocks, news...); len(blocks) == 0 {
		return Message{}, hiring.ErrNothing
	}
	text := p.m("What waited for you while no message reached you, all in one.")
	return say(text, append([]slack.Block{section(text)}, blocks...)...), nil
}

// owedOf returns what the reader themselves owes of everything that waited,
// without repeats.
func (p page) owedOf(n hiring.Notice) []hiring.Subject {
	var owed []hiring.Subject
	seen := make(map[hiring.Subject]bool)
	for _, part := range n.Parts {
		for _, s := range part.Subjects {
			if asks(part) && s.Person == n.User && !seen[s] {
				seen[s] = true
				owed = append(owed, s)
			}
		}
	}
	return owed
}

// asks says whether a notice asks its reader for what it is about.
func asks(n hiring.Notice) bool {
	switch n.Kind {
	case hiring.Nudge, hiring.AskSignOff, hiring.AskRevision, hiring.AskFeedback, hiring.AskLook:
		return true
	default:
		return false
	}
}

// unsettled leaves out what is done, unless the message stands already.
func unsettled(things []thing, standing bool) []thing {
	var list []thing
	for _, t := range things {
		if t.progress == waits || standing {
			list = append(list, t)
		}
	}
	return list
}

// ladder says what happens when nothing happens, where a reminder is among
// what waited, and lets it be put off.
func (p page) ladder(n hiring.Notice, things []thing) []slack.Block {
	if !slices.ContainsFunc(n.Parts, func(part hiring.Notice) bool { return part.Kind == hiring.Nudge }) {
		return nil
	}
	return []slack.Block{small(p.next(things)), p.snooze()}
}

// news is what the reader is told. What asks them for an answer of its own
// stands as it is.
func (p page) news(n hiring.Notice, standing bool) ([]slack.Block, error) {
	var list []Mrkdwn
	var whole []slack.Block
	wholes := 0
	for _, part := range n.Parts {
		if asks(part) {
			continue
		}
		m, err := p.Notice(p.record, part, OnePerson, standing, p.now)
		switch {
		case errors.Is(err, hiring.ErrNothing):
			continue
		case err != nil:
			return nil, err
		case part.Kind == hiring.AskTakeOver && wholes < maxWhole:
			wholes++
			whole = append(whole, m.Blocks...)
		default:
			// What the reader may not know any more is the same of all of a role.
			if line := "• " + Mrkdwn(m.Text).cut(newsLength); !standing || !slices.Contains(list, line) {
				list = append(list, line)
			}
		}
	}
	if len(list) == 0 {
		return whole, nil
	}
	blocks := append(whole, header(p.t("News")))
	pages, more := paged(list)
	for _, one := range pages {
		blocks = append(blocks, section(one))
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("And %d more; your Home tab shows where everything stands.", more)))
	}
	return blocks, nil
}

// paged puts lines into as few texts as hold them, and says how many lines
// found no room.
func paged(list []Mrkdwn) (pages []Mrkdwn, more int) {
	for i, line := range list {
		last := len(pages) - 1
		switch {
		case last >= 0 && len([]rune(pages[last]))+1+len([]rune(line)) <= maxText:
			pages[last] = lines(pages[last], line)
		case len(pages) < maxNews:
			pages = append(pages, line)
		default:
			return pages, len(list) - i
		}
	}
	return pages, 0
}
