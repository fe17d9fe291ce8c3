package bot

import (
	"cmp"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// kind says what a person did.
type kind string

// The kinds of requests.
const (
	onCommand  kind = "command"
	onAction   kind = "action"
	onSubmit   kind = "submission"
	onSuggest  kind = "suggestion"
	onShortcut kind = "shortcut"
	onEvent    kind = "event"
	onOther    kind = "other" // what is no business of ours
)

// request is one thing a person did, as handlers see it.
type request struct {
	kind  kind
	name  string // what routes go by: command word, action id, callback id, event type
	now   time.Time
	user  hiring.UserID
	once  string // names the act, the same when Slack delivers it again
	said  string // tells what stood in the form submitted from what stood there at another time
	press bool   // of a button, not a choice
	typed string // what follows a command's word; a button's or option's value; the text to suggest for

	trigger string           // opens a view; lives three seconds
	answer  string           // response URL; empty where there is none
	channel hiring.ChannelID // the conversation it happened in; empty in a view
	view    slack.View       // the view submitted or acted in
	opens   hiring.ChannelID // the channel that an event opened, which nobody did

	// What the record says, filled in before the handler runs.
	person hiring.Person
	write  templates.Writer

	touched []hiring.UserID // whose Home what was done concerns
	written bool            // what was done is in the record
}

// inModal says whether the person acted inside a form.
func (r *request) inModal() bool { return r.view.Type == slack.VTModal }

// waits says whether an answer can be given after the acknowledgement as well
// as on it. Forms and suggestions are answered by the acknowledgement only.
func (r *request) waits() bool { return r.kind != onSubmit && r.kind != onSuggest }

// read turns an envelope into a request; ok is false for what is no business
// of ours.
func read(evt socketmode.Event, now time.Time) (req *request, ok bool) {
	switch data := evt.Data.(type) {
	case slack.SlashCommand:
		o := parseOrder(data.Text)
		return &request{
			kind: onCommand, name: o.word, typed: o.rest, now: now, user: hiring.UserID(data.UserID),
			once: "trigger/" + data.TriggerID, trigger: data.TriggerID, answer: data.ResponseURL, channel: hiring.ChannelID(data.ChannelID),
		}, data.UserID != ""
	case slack.InteractionCallback:
		req = &request{
			now: now, user: hiring.UserID(data.User.ID), once: "trigger/" + data.TriggerID,
			trigger: data.TriggerID, answer: data.ResponseURL, view: data.View, channel: hiring.ChannelID(data.Channel.ID),
		}
		return req, req.interaction(data) && data.User.ID != ""
	case slackevents.EventsAPIEvent:
		return readEvent(data, now)
	default:
		return nil, false
	}
}

func (r *request) interaction(data slack.InteractionCallback) bool {
	switch data.Type {
	case slack.InteractionTypeBlockActions:
		if len(data.ActionCallback.BlockActions) == 0 {
			return false
		}
		action := data.ActionCallback.BlockActions[0]
		r.kind, r.name = onAction, templates.ActionName(action.ActionID)
		r.press = action.Type == slack.ActionType(slack.METButton)
		r.typed = cmp.Or(action.Value, action.SelectedOption.Value)
	case slack.InteractionTypeViewSubmission:
		r.kind, r.name = onSubmit, data.View.CallbackID
		// The view's id and not the trigger's: a person who saw no answer
		// presses the button again, and that is the same act.
		r.once, r.said = submissionOf(data.View, data.View.CallbackID), hashOfState(data.View)
	case slack.InteractionTypeBlockSuggestion:
		r.kind, r.name, r.typed = onSuggest, data.ActionID, data.Value
	case slack.InteractionTypeShortcut:
		r.kind, r.name = onShortcut, data.CallbackID
	default:
		return false
	}
	return true
}

func readEvent(data slackevents.EventsAPIEvent, now time.Time) (*request, bool) {
	outer, _ := data.Data.(*slackevents.EventsAPICallbackEvent)
	if outer == nil {
		return nil, false
	}
	req := &request{kind: onEvent, name: data.InnerEvent.Type, now: now, once: "event/" + outer.EventID}
	switch e := data.InnerEvent.Data.(type) {
	case *slackevents.AppHomeOpenedEvent:
		req.user, req.typed = hiring.UserID(e.User), e.Tab
	case *slackevents.MemberJoinedChannelEvent:
		req.opens = hiring.ChannelID(e.Channel)
	case *slackevents.ChannelUnarchiveEvent:
		req.opens = hiring.ChannelID(e.Channel)
	case *slackevents.GroupUnarchiveEvent:
		req.opens = hiring.ChannelID(e.Channel)
	}
	return req, req.user != "" || req.opens != ""
}

// submissionOf names what a view asks for when it is submitted.
func submissionOf(v slack.View, callback string) string {
	return "view/" + v.ID + "/" + callback
}

// eventIn finds the id of the envelope of an event that socketmode could not
// read; empty for anything else.
func eventIn(raw json.RawMessage) string {
	var e struct {
		ID   string `json:"envelope_id"`
		Type string `json:"type"`
	}
	if json.Unmarshal(raw, &e) != nil || e.Type != socketmode.RequestTypeEventsAPI {
		return ""
	}
	return e.ID
}
