package bot

import (
	"context"
	"encoding/json"
	"sync"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// view is a window as templates render it.
type view = slack.ModalViewRequest

// reply is what a handler wants the person to see. Its zero value says
// nothing, which closes the form that was submitted.
type reply struct {
	say    *templates.Message      // an answer only the person sees
	open   *slack.ModalViewRequest // a view on top of what is there
	update *slack.ModalViewRequest // a view in place of the one acted in
	errors map[string]string       // complaints under the inputs, by block id
	close  bool                    // close every view

	why   templates.Mrkdwn // the sentence of a problem, which stands in what is shown
	saved bool             // what was submitted first is saved, though that is a problem now
	again bool             // it was carried out before, by another delivery or press

	problem templates.Mrkdwn // a sentence that must reach the person somehow

	options *slack.OptionsResponse // what a select offers

	home  bool                        // the person's Home is to be rendered anew
	after func(context.Context) error // work that outlives the acknowledgement
}

// maxAck is where Slack silently drops an acknowledgement, envelope id and all
// (slack-go issue 1196), less room for what surrounds the payload.
const maxAck = 20480 - 256

// say answers with a message.
func say(m templates.Message) reply { return reply{say: &m} }

// open shows a view.
func open(v slack.ModalViewRequest) reply { return reply{open: &v} }

// update shows a view in place of the one acted in.
func update(v slack.ModalViewRequest) reply { return reply{update: &v} }

// done replaces a submitted form by what came of it. Closing that closes
// whatever stood behind the form, which is old by now.
func done(v slack.ModalViewRequest) reply {
	v.ClearOnClose = true
	return reply{update: &v, home: true}
}

// finish runs what outlives the acknowledgement.
func (rep reply) finish(ctx context.Context) error {
	if rep.after == nil {
		return nil
	}
	return rep.after(ctx)
}

// payload returns what rides on the acknowledgement; nil for nothing.
func (rep reply) payload(req *request) any {
	switch req.kind {
	case onCommand:
		if rep.say == nil || rep.say.Drawn() { // charts are sent where Slack can be heard refusing them
			return nil
		}
		if js, fits := small(ephemeral(*rep.say)); fits {
			return js // made once: it is most of the work of an answer
		}
	case onSuggest:
		return rep.suggestions()
	case onSubmit:
		return rep.submission()
	}
	return nil
}

// rest returns what is left to be said once a payload rode on the
// acknowledgement.
func (rep reply) rest(req *request, payload any) reply {
	if req.kind == onCommand && payload != nil {
		rep.say = nil
	}
	return rep
}

// fitting returns what a submission can be acknowledged with. A step full of
// long texts is too much: it follows, and whole is false.
func fitting(req *request, payload any) (ack any, whole bool) {
	if req.kind != onSubmit || payload == nil {
		return payload, true
	}
	js, fits := small(payload)
	if !fits {
		return working(req.write, req.view), false
	}
	return js, true
}

func (rep reply) submission() any {
	switch {
	case len(rep.errors) > 0:
		return slack.NewErrorsViewSubmissionResponse(rep.errors)
	case rep.update != nil:
		return slack.NewUpdateViewSubmissionResponse(rep.update)
	case rep.open != nil:
		return slack.NewPushViewSubmissionResponse(rep.open)
	case rep.close:
		return slack.NewClearViewSubmissionResponse()
	default:
		return nil
	}
}

// suggestions returns as many options as fit: names of many characters make
// a hundred of them too large.
func (rep reply) suggestions() any {
	if rep.options == nil {
		return slack.OptionsResponse{Options: []*slack.OptionBlockObject{}}
	}
	list := *rep.options
	for _, fits := small(list); !fits; _, fits = small(list) {
		list.Options = list.Options[:len(list.Options)/2]
	}
	return list
}

// commandAnswer is a message on a command's acknowledgement. Its type is
// given because the default of an answer is what Slack likes.
type commandAnswer struct {
	Type   string        `json:"response_type"`
	Text   string        `json:"text"`
	Blocks []slack.Block `json:"blocks,omitempty"`
}

func ephemeral(m templates.Message) commandAnswer {
	return commandAnswer{Type: slack.ResponseTypeEphemeral, Text: m.Text, Blocks: m.Blocks}
}

// small returns a payload as it rides on an acknowledgement, and whether it may.
func small(payload any) (json.RawMessage, bool) {
	js, err := json.Marshal(payload)
	return js, err == nil && len(js) < maxAck
}

// show opens, pushes or replaces a view, or shows a problem, for everything but
// a submission, whose views ride on the acknowledgement.
func (b *Bot) show(ctx context.Context, req *request, rep reply) error {
	switch {
	case req.kind == onSubmit:
		return nil
	case rep.problem != "":
		return b.showProblem(ctx, req, rep.problem)
	}
	ctx, cancel := context.WithTimeout(ctx, callTime) // it is time enough when the call is made in time
	defer cancel()
	return shown(patiently(ctx, triggerPause, func() error { return b.present(ctx, req, rep) }))
}

func (b *Bot) present(ctx context.Context, req *request, rep reply) (err error) {
	switch {
	case rep.update != nil && req.inModal():
		_, err = b.API.UpdateViewContext(ctx, *rep.update, "", req.view.Hash, req.view.ID)
	case rep.update != nil:
		_, err = b.API.OpenViewContext(ctx, req.trigger, *rep.update)
	case rep.open != nil && rep.open.Submit == nil && third(req.view) && len(inputs(req.view)) == 0:
		// There is no room on top, and nothing typed to lose. Only what cannot
		// be submitted may take a view's id over: an act goes by that id.
		_, err = b.API.UpdateViewContext(ctx, *rep.open, "", req.view.Hash, req.view.ID)
	case rep.open != nil && req.inModal():
		_, err = b.API.PushViewContext(ctx, req.trigger, *rep.open)
	case rep.open != nil:
		_, err = b.API.OpenViewContext(ctx, req.trigger, *rep.open)
	}
	return err
}

// shown makes sense of what Slack says to a view.
func shown(err error) error {
	if _, limited := rateLimited(err); limited {
		return errBusy
	}
	switch slackError(err) {
	case "":
		return err
	case "exchanged_trigger_id", "hash_conflict":
		// The same press was delivered twice, or a newer one was faster.
		return hiring.ErrRepeated
	case "expired_trigger_id", "invalid_trigger_id":
		return hiring.Errorf("That took too long for Slack to open a window. Please try again.")
	case "push_limit_reached":
		return hiring.Errorf("Too many windows are open on top of each other. Close them and start again.")
	default:
		return err
	}
}

// maxSaid is how many triggers are remembered: of what Slack delivers again, it
// does so soon.
const maxSaid = 1024

// said remembers the triggers that were answered lately other than on their
// acknowledgement. What is delivered twice changes the record once, by its name
// there; this is for what changes nothing. It is kept in memory, as reading
// must not cost a write: a bot that starts anew rather answers twice than not
// at all. An answer on an acknowledgement is given each time, because Slack
// takes one and may have missed the first.
type said struct {
	mu     sync.Mutex
	at     map[string]bool
	newest [maxSaid]string // a ring
	next   int
}

// first notes a trigger, and returns whether it was not there before.
func (s *said) first(trigger string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at[trigger] {
		return false
	}
	if s.at == nil {
		s.at = make(map[string]bool, maxSaid)
	}
	delete(s.at, s.newest[s.next])
	s.newest[s.next], s.at[trigger] = trigger, true
	s.next = (s.next + 1) % maxSaid
	return true
}

// holds says whether a trigger is noted.
func (s *said) holds(trigger string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at[trigger]
}

// unsaid returns what of a reply is still to be said and done after the
// acknowledgement, where that has not been for the same trigger.
func (b *Bot) unsaid(req *request, rep reply) reply {
	if (rep.say != nil || rep.after != nil) && req.trigger != "" && !b.said.first(req.trigger) {
		rep.say, rep.after = nil, nil
	}
	return rep
}

// answer posts what did not ride on the acknowledgement.
func (b *Bot) answer(ctx context.Context, req *request, rep reply) error {
	if rep.say == nil || req.answer == "" {
		return nil
	}
	return withCharts(ctx, b.Record, req.now, *rep.say, func(blocks []slack.Block) error {
		options := []slack.MsgOption{
			slack.MsgOptionText(rep.say.Text, false), slack.MsgOptionResponseURL(req.answer, slack.ResponseTypeEphemeral),
		}
		if len(blocks) > 0 {
			options = append(options, slack.MsgOptionBlocks(blocks...))
		}
		return patiently(ctx, answerPause, func() error {
			_, _, err := b.API.PostMessageContext(ctx, "", options...)
			return err
		})
	})
}
