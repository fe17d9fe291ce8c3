package templates

import (
	"strings"

	"github.com/slack-go/slack"
)

// Slack's limits, in characters unless said otherwise, from the pages of the
// blocks and objects below https://docs.slack.dev/reference/block-kit/.
const (
	maxText        = 3000
	maxHeader      = 150
	maxViewTitle   = 24 // the buttons of a view too
	maxLabel       = 2000
	maxOptionText  = 75
	maxButtonText  = 75
	maxPlaceholder = 150

	maxConfirmTitle  = 100
	maxConfirmText   = 300
	maxConfirmButton = 30

	maxInput      = 3000
	maxOptions    = 100
	maxChartTitle = 50
	maxChartLabel = 20
)

// Our own limits, so that a message stays readable on a phone and well within
// the 50 blocks of a message and the 100 of a view.
const (
	maxItems   = 12 // things to do, a button each
	maxListed  = 8  // lines of a list nobody presses
	maxRoles   = 10 // roles with buttons
	maxPreview = 600
)

// plain is text that Slack shows as it is, emoji codes included.
func plain(text string, limit int) *slack.TextBlockObject {
	if text = cut(text, limit); text == "" {
		text = "–" // Slack refuses an empty text
	}
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// markup is verbatim, so that Slack turns nothing people wrote, such as
// @channel, into a link of its own.
func markup(text Mrkdwn, limit int) *slack.TextBlockObject {
	if text = text.cut(limit); text == "" {
		text = "–"
	}
	return slack.NewTextBlockObject(slack.MarkdownType, string(text), false, true)
}

// header is a title. What people wrote needs no escape in it.
func header(text string) slack.Block {
	return slack.NewHeaderBlock(plain(oneLine(text), maxHeader))
}

// say is a message that begins with a sentence, which is also what a
// notification shows.
func say(text Mrkdwn, blocks ...slack.Block) Message {
	return Message{Text: string(text.cut(maxText)), Blocks: blocks}
}

func section(text Mrkdwn) slack.Block {
	return slack.NewSectionBlock(markup(text, maxText), nil, nil)
}

// sectionWith is a section with a button beside it.
func sectionWith(text Mrkdwn, b *slack.ButtonBlockElement) slack.Block {
	return slack.NewSectionBlock(markup(text, maxText), nil, slack.NewAccessory(b))
}

// prose shows text people wrote as they wrote it: Slack reads no markup in it.
func prose(text string) slack.Block {
	text = strings.Map(func(r rune) rune {
		if r != '\n' && oneLine("a"+string(r)+"a") == "aa" {
			return -1
		}
		return r
	}, text)
	return slack.NewSectionBlock(plain(text, maxText), nil, nil)
}

func small(text Mrkdwn) slack.Block {
	return slack.NewContextBlock("", markup(text, maxText))
}

func divider() slack.Block { return slack.NewDividerBlock() }

func buttons(list ...*slack.ButtonBlockElement) slack.Block {
	elements := make([]slack.BlockElement, len(list))
	for i, b := range list {
		elements[i] = b
	}
	return slack.NewActionBlock("", elements...)
}

// buttonsAnd is a row of buttons with a menu behind them.
func buttonsAnd(menu slack.BlockElement, list ...*slack.ButtonBlockElement) slack.Block {
	row := buttons(list...).(*slack.ActionBlock)
	row.Elements.ElementSet = append(row.Elements.ElementSet, menu)
	return row
}

func button(action, value, text string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, plain(text, maxButtonText))
}

// primary marks the one thing to do. A view has at most one.
func primary(action, value, text string) *slack.ButtonBlockElement {
	return button(action, value, text).WithStyle(slack.StylePrimary)
}

func option(value, text string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(oneLine(text), maxOptionText), nil)
}

// chosen returns the option with that value, or nil.
func chosen(options []*slack.OptionBlockObject, value string) *slack.OptionBlockObject {
	for _, o := range options {
		if o.Value == value {
			return o
		}
	}
	return nil
}

func modal(callback, title string, blocks []slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, Title: plain(title, maxViewTitle),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// form is a modal that is submitted.
func (w Writer) form(callback, title, submit string, blocks []slack.Block) slack.ModalViewRequest {
	v := modal(callback, title, blocks)
	v.Submit = plain(submit, maxViewTitle)
	v.Close = plain(w.t("Cancel"), maxViewTitle)
	return v
}

// window is a modal that is read.
func (w Writer) window(title string, blocks []slack.Block) slack.ModalViewRequest {
	v := modal(CallbackNone, title, blocks)
	v.Close = plain(w.t("Close"), maxViewTitle)
	return v
}

// fold keeps the first n of a list and says how many are left.
func fold[T any](list []T, n int) (shown []T, more int) {
	if len(list) <= n {
		return list, 0
	}
	return list[:n], len(list) - n
}
