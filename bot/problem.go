package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// problem is the one place where an error becomes an answer: complaints about
// a form stand under its fields, a sentence of hiring is said in the person's
// language, and everything else is logged under a reference that the person
// can pass on. Nothing that was typed is lost: the form stays open.
func (b *Bot) problem(req *request, err error) reply {
	if errors.Is(err, hiring.ErrRepeated) {
		return reply{close: true, home: true, again: true} // carried out, just not by this delivery
	}
	if errs, ok := errors.AsType[hiring.FieldErrors](err); ok {
		if rep, ok := underFields(req, errs); ok {
			return rep
		}
	}
	why := req.write.Error(err, b.refOf(req, err))
	if req.written { // to try again would do it twice
		why = req.write.Error(errUnshown, "")
	}
	rep := b.tell(req, why)
	rep.why, rep.saved = why, errors.Is(err, errMended)
	return rep
}

// errUnshown is what a person is told who did something that is written, when
// only the answer to it failed.
var errUnshown = hiring.Errorf("That is saved, but what came of it could not be shown.")

// refOf logs an error that is no sentence for people and returns the
// reference it is logged under; empty for the others.
func (b *Bot) refOf(req *request, err error) string {
	_, sentence := errors.AsType[*hiring.Error](err)
	_, fields := errors.AsType[hiring.FieldErrors](err)
	if sentence || fields {
		return ""
	}
	ref := b.ref()
	b.Meter.Failed(string(req.kind))
	b.report(req, ref, err)
	return ref
}

// ref returns a short name for one failure, such as 7f3a.
func (b *Bot) ref() string { return fmt.Sprintf("%04x", rand.Uint32()&0xffff) }

// report logs a failure. Only ids are logged, nothing anybody wrote.
func (b *Bot) report(req *request, ref string, err error) {
	attrs := []any{"ref", ref, "kind", req.kind, "user", req.user, "error", cause(err)}
	if _, known := b.routes[routeKey{req.kind, req.name}]; known {
		attrs = append(attrs, "name", req.name)
	}
	if p, ok := errors.AsType[*panicked](err); ok {
		attrs = append(attrs, "stack", string(p.stack))
	}
	b.Log.Error("a request failed", attrs...)
}

// tell says a sentence where the person is looking.
func (b *Bot) tell(req *request, sentence templates.Mrkdwn) reply {
	switch {
	case req.kind == onSuggest:
		return reply{}
	case req.kind == onEvent:
		return reply{home: req.opens == ""} // who looks at their Home sees something in any case
	case req.kind == onSubmit:
		return b.tellInForm(req, sentence)
	case req.answer != "":
		return say(req.write.Notify(sentence))
	default:
		return reply{problem: sentence}
	}
}

// showProblem says a sentence where the person acted, by the first way that
// works: in a window; in the form itself, which needs neither a living trigger
// nor room on top and keeps what was typed; in a message to the person. Of a
// press that is delivered twice it is said once.
func (b *Bot) showProblem(ctx context.Context, req *request, sentence templates.Mrkdwn) error {
	if req.trigger != "" && !b.said.first(req.trigger) {
		return nil
	}
	var ways []reply
	if !third(req.view) {
		ways = append(ways, open(req.write.Problem("", sentence)))
	}
	if req.inModal() {
		ways = append(ways, update(req.write.Noted(req.view, sentence)))
	}
	for _, way := range ways {
		err := b.show(ctx, req, way)
		if err == nil {
			return nil
		}
		b.Log.Warn("cannot show a problem yet", "kind", req.kind, "user", req.user, "error", cause(err))
	}
	return b.direct(ctx, req, req.write.Notify(sentence))
}

// direct writes to the person what no window can say.
func (b *Bot) direct(ctx context.Context, req *request, m templates.Message) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	return patiently(ctx, answerPause, func() error {
		_, _, err := b.API.PostMessageContext(ctx, string(req.user), slack.MsgOptionText(m.Text, false))
		return err
	})
}

// tellInForm keeps the form and puts the sentence in a window on top of it.
// When three views, all that Slack stacks, stand there already, it stands under
// the form's first input, or at its top where it has none.
func (b *Bot) tellInForm(req *request, sentence templates.Mrkdwn) reply {
	switch first := inputs(req.view); {
	case !third(req.view):
		return open(req.write.Problem("", sentence))
	case len(first) > 0:
		return reply{errors: map[string]string{first[0]: sentence.Plain()}}
	default:
		return update(req.write.Noted(req.view, sentence))
	}
}

// underFields puts complaints under their inputs; ok is false when one of
// them has no input in the form.
func underFields(req *request, errs hiring.FieldErrors) (rep reply, ok bool) {
	if req.kind != onSubmit {
		return reply{}, false
	}
	there := inputs(req.view)
	for field := range errs {
		if !slices.Contains(there, string(field)) {
			return reply{}, false
		}
	}
	return reply{errors: req.write.FieldErrors(errs)}, true
}

// third says whether a view stands on two others, so that Slack lets none
// stand on it.
func third(v slack.View) bool {
	return v.PreviousViewID != "" && v.PreviousViewID != v.RootViewID
}

// inputs returns the block ids of a view's inputs. Slack refuses complaints
// about any other block.
func inputs(v slack.View) []string {
	var ids []string
	for _, block := range v.Blocks.BlockSet {
		if in, ok := block.(*slack.InputBlock); ok {
			ids = append(ids, in.BlockID)
		}
	}
	return ids
}

// slackError returns Slack's word for what went wrong; empty when err is
// something else.
func slackError(err error) string {
	answer, _ := errors.AsType[slack.SlackErrorResponse](err)
	return answer.Err
}

// named returns the people that stand in a view's inputs, without repeats.
func named(v slack.View) []hiring.UserID {
	if v.State == nil {
		return nil
	}
	var people []hiring.UserID
	for _, actions := range v.State.Values {
		for _, a := range actions {
			for _, u := range append(a.SelectedUsers, a.SelectedUser) {
				if u != "" {
					people = append(people, hiring.UserID(u))
				}
			}
		}
	}
	slices.Sort(people)
	return slices.Compact(people)
}
