package templates

import (
	"errors"
	"maps"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Error returns the sentence for the person who caused it: that of a
// [hiring.Error] or of the first of [hiring.FieldErrors], else one that names
// the reference under which the cause was logged.
func (w Writer) Error(err error, ref string) Mrkdwn {
	if fields, ok := errors.AsType[hiring.FieldErrors](err); ok && len(fields) > 0 {
		var first hiring.Field
		for f := range fields {
			if first == "" || f < first {
				first = f
			}
		}
		err = fields[first]
	}
	if e, ok := errors.AsType[*hiring.Error](err); ok {
		return Mrkdwn(w.sentence(e.Format, e.Args, w.mrkdwnArg)).cut(maxText)
	}
	return w.m("Something went wrong (ref %s). Try again in a moment; if it stays, give the reference to whoever runs Samsvar.", ref)
}

// FieldErrors returns the complaints about a form by block id, as plain text.
func (w Writer) FieldErrors(errs hiring.FieldErrors) map[string]string {
	texts := make(map[string]string, len(errs))
	for field, e := range errs {
		texts[string(field)] = cut(w.sentence(e.Format, e.Args, w.plainArg), maxLabel)
	}
	return texts
}

// Notify is a message of one sentence.
func (w Writer) Notify(text Mrkdwn) Message {
	return say(text, section(text))
}

// Problem is a window with one sentence; without a title it bears Samsvar's
// name.
func (w Writer) Problem(title string, text Mrkdwn) slack.ModalViewRequest {
	if title == "" {
		title = "Samsvar"
	}
	return w.window(title, []slack.Block{section(text)})
}

// Working is the window that stands on a form whose submission takes long.
func (w Writer) Working() slack.ModalViewRequest {
	return w.window("Samsvar", []slack.Block{section(w.Patience())})
}

// Patience says that a submission takes long, where there is no room for a
// window of its own.
func (w Writer) Patience() Mrkdwn {
	return w.m("This takes longer than usual. Leave this window open and as it is: it will say what came of it.")
}

// Finished is what that window becomes when the submission wants to say nothing
// else, or has complaints about the form beneath.
func (w Writer) Finished(complaints map[string]string) slack.ModalViewRequest {
	if len(complaints) == 0 {
		return w.Problem("", w.m("Done."))
	}
	return w.Problem("", w.listed(w.m("Close this window to change what is in the form:"), complaints))
}

// notedBlock is the block that says something of a form that stays.
const notedBlock = "unsaved"

// Unsaved is a form with the complaints about it on top.
func (w Writer) Unsaved(form slack.View, complaints map[string]string) slack.ModalViewRequest {
	return w.Noted(form, w.NotSaved(complaints))
}

// NotSaved says why a form is not saved.
func (w Writer) NotSaved(complaints map[string]string) Mrkdwn {
	return w.listed(w.m("This is not saved yet:"), complaints)
}

// Noted is a form with a text on top. Its inputs keep what was typed, as their
// blocks are the same.
func (w Writer) Noted(form slack.View, text Mrkdwn) slack.ModalViewRequest {
	note := slack.NewSectionBlock(markup(text, maxText), nil, nil, slack.SectionBlockOptionBlockID(notedBlock))
	blocks := slices.DeleteFunc(slices.Clone(form.Blocks.BlockSet), func(b slack.Block) bool { return b.ID() == notedBlock })
	return slack.ModalViewRequest{
		Type: form.Type, Title: form.Title, Submit: form.Submit, Close: form.Close, Blocks: slack.Blocks{BlockSet: append([]slack.Block{note}, blocks...)},
		PrivateMetadata: form.PrivateMetadata, CallbackID: form.CallbackID, ClearOnClose: form.ClearOnClose, NotifyOnClose: form.NotifyOnClose,
	}
}

// OfForm is a message about a form that is closed.
func (w Writer) OfForm(form slack.View, text Mrkdwn) Message {
	title := ""
	if form.Title != nil {
		title = form.Title.Text
	}
	return w.Notify(lines(w.m("About the form “%s” that you sent:", title), text))
}

// listed puts complaints below a sentence, a line each.
func (w Writer) listed(text Mrkdwn, complaints map[string]string) Mrkdwn {
	for _, field := range slices.Sorted(maps.Keys(complaints)) {
		text = lines(text, w.m("• %s", complaints[field]))
	}
	return text.cut(maxText)
}

// Window shows a message where there is no conversation to answer in. Charts,
// which modals do not take, are left out: the text says the same.
func (w Writer) Window(m Message) slack.ModalViewRequest {
	blocks := m.WithoutCharts()
	if len(blocks) == 0 {
		blocks = []slack.Block{section(Mrkdwn(m.Text))}
	}
	return w.window("Samsvar", blocks)
}

// Unknown answers a word that is no command. suggestion is the nearest command
// word; empty when none is near.
func (w Writer) Unknown(word, suggestion string) Message {
	if suggestion == "" {
		return w.Notify(w.m("I don't know “%s”. %s lists everything I do.", word, w.command("help")))
	}
	return w.Notify(w.m("I don't know “%s”. Did you mean %s? %s lists everything I do.", word, w.command(suggestion), w.command("help")))
}

// Help lists all commands, one line each.
func (w Writer) Help() Message {
	list := lines(
		w.m("%s – what waits for you", w.command("")),
		w.m("%s – start a new role", w.command(w.t("intake [title]"))),
		w.m("%s – read, sign or change a role's brief", w.command("brief R-12")),
		w.m("%s – your roles and how they stand", w.command("roles")),
		w.m("%s – add a candidate to a role", w.command("candidate R-12")),
		w.m("%s – all about a candidate: interviews, feedback, what is promised", w.command("candidate C-41")),
		w.m("%s – move a candidate, or say how it ended", w.command("move C-41")),
		w.m("%s – give the feedback you owe", w.command("feedback")),
		w.m("%s – a role's funnel: 30d, 2026-Q3, by source, compare; all for admins, team for a hiring manager's", w.command("funnel R-12 [12w]")),
		w.m("%s – which channels hear a role's digest, when, in which language", w.command("digest R-12")),
		w.m("%s – the rules, for admins", w.command("settings")),
		w.m("%s – this list", w.command("help")),
	)
	return say(w.m("What Samsvar can do"),
		section(w.m("*What Samsvar can do*")),
		section(list),
		small(w.m("The Home tab has buttons for nearly all of it. Only you see this answer.")),
		buttons(button(ActionNewRole, "", w.t("New role")), button(ActionAddCandidate, "", w.t("Add a candidate")), button(ActionMove, "", w.t("Move a candidate"))))
}

// RulesBy tells somebody who may not change the rules who may.
func (w Writer) RulesBy() Message {
	admins := w.people(w.House.Settings.Admins)
	if admins == "" {
		return w.Notify(w.m("Whoever runs Samsvar in your workspace sets its rules. Ask them for a change."))
	}
	return w.Notify(w.m("Admins set the rules: %s. Ask one of them for a change.", admins))
}
