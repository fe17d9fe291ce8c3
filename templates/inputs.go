package templates

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// An input's block id and action id are the name of its field, so that
// complaints of hiring find it and Slack keeps what was typed when a form is
// rendered again.

func input(field hiring.Field, label, hint string, element slack.BlockElement) *slack.InputBlock {
	var h *slack.TextBlockObject
	if hint != "" {
		h = plain(hint, maxLabel)
	}
	return slack.NewInputBlock(string(field), plain(oneLine(label), maxLabel), h, element)
}

func optional(b *slack.InputBlock) *slack.InputBlock { return b.WithOptional(true) }

func textInput(field hiring.Field, label, hint, value string) *slack.InputBlock {
	e := slack.NewPlainTextInputBlockElement(nil, string(field))
	e.InitialValue = cut(value, maxInput)
	return input(field, label, hint, e)
}

func textArea(field hiring.Field, label, hint, value string) *slack.InputBlock {
	e := slack.NewPlainTextInputBlockElement(nil, string(field)).WithMultiline(true)
	e.InitialValue = cut(value, maxInput)
	return input(field, label, hint, e)
}

// numberInput asks for a whole number. One outside its bounds is not shown.
func numberInput(field hiring.Field, label, hint string, value, from, to int) *slack.InputBlock {
	e := slack.NewNumberInputBlockElement(nil, string(field), false)
	e.MinValue, e.MaxValue = strconv.Itoa(from), strconv.Itoa(to)
	if value != 0 && value >= from && value <= to {
		e.InitialValue = strconv.Itoa(value)
	}
	return input(field, label, hint, e)
}

func userInput(field hiring.Field, label, hint string, u hiring.UserID) *slack.InputBlock {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, string(field))
	e.InitialUser = string(u)
	return input(field, label, hint, e)
}

func usersInput(field hiring.Field, label, hint string, users []hiring.UserID) *slack.InputBlock {
	e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, nil, string(field))
	for _, u := range users {
		e.InitialUsers = append(e.InitialUsers, string(u))
	}
	return input(field, label, hint, e)
}

// channelInput offers public and private channels of the own workspace; here
// says whether the one the person is in is chosen for them.
func channelInput(field hiring.Field, label, hint string, c hiring.ChannelID, here bool) *slack.InputBlock {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, string(field))
	e.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeExternalSharedChannels: true}
	if c != "" {
		e.InitialConversation = string(c)
	} else {
		e.DefaultToCurrentConversation = here
	}
	return input(field, label, hint, e)
}

func dateInput(field hiring.Field, label string, d hiring.Date) *slack.InputBlock {
	e := slack.NewDatePickerBlockElement(string(field))
	if !d.Midnight(time.UTC).IsZero() {
		e.InitialDate = string(d)
	}
	return input(field, label, "", e)
}

func selectInput(field hiring.Field, label string, options []*slack.OptionBlockObject, value string) *slack.InputBlock {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, string(field), options...)
	e.InitialOption = chosen(options, value)
	return input(field, label, "", e)
}

// choicesInput lets several options be chosen; those with one of the values, or
// one of them as their text, are chosen.
func choicesInput(field hiring.Field, label, hint string, options []*slack.OptionBlockObject, values []string) *slack.InputBlock {
	e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, string(field), options...)
	for _, o := range options {
		if slices.Contains(values, o.Value) || slices.Contains(values, o.Text.Text) {
			e.InitialOptions = append(e.InitialOptions, o)
		}
	}
	return input(field, label, hint, e)
}

// state reads a form as it was submitted. Slack says nothing about an input
// that was left empty, so everything missing is a zero value.
type state struct {
	values map[string]map[string]slack.BlockAction
}

func stateOf(v slack.View) state {
	if v.State == nil {
		return state{}
	}
	return state{v.State.Values}
}

// at returns what stands in the only element of a field's input.
func (s state) at(field hiring.Field) slack.BlockAction {
	for _, action := range s.values[string(field)] {
		return action
	}
	return slack.BlockAction{}
}

func (s state) text(field hiring.Field) string {
	return strings.TrimSpace(strings.ToValidUTF8(s.at(field).Value, ""))
}

func (s state) option(field hiring.Field) string { return s.at(field).SelectedOption.Value }

// number reads a whole number; ok is false when something else was typed.
func (s state) number(field hiring.Field) (n int, ok bool) {
	n, err := strconv.Atoi(s.text(field))
	return n, err == nil
}

// whole reads a whole number; nothing is otherwise, and what is none is
// complained about.
func (s state) whole(field hiring.Field, otherwise int, errs hiring.FieldErrors, complaint *hiring.Error) int {
	if s.text(field) == "" {
		return otherwise
	}
	n, ok := s.number(field)
	if !ok {
		errs[field] = complaint
	}
	return n
}

func (s state) user(field hiring.Field) hiring.UserID {
	return hiring.UserID(s.at(field).SelectedUser)
}

func (s state) date(field hiring.Field) hiring.Date { return hiring.Date(s.at(field).SelectedDate) }

// chosen returns the texts of the options that were chosen.
func (s state) chosen(field hiring.Field) []string {
	var list []string
	for _, o := range s.at(field).SelectedOptions {
		if o.Text != nil {
			list = append(list, o.Text.Text)
		}
	}
	return list
}

func (s state) users(field hiring.Field) []hiring.UserID {
	var list []hiring.UserID
	for _, u := range s.at(field).SelectedUsers {
		list = append(list, hiring.UserID(u))
	}
	return list
}
