package bot

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/templates"
)

// working says that a submission takes longer: in a window on top of the form,
// or, where two stand below it and there is no room, in the form itself.
func working(write templates.Writer, form slack.View) *slack.ViewSubmissionResponse {
	v := write.Working()
	first := inputs(form)
	switch {
	case !third(form):
		v.ExternalID = workingOn(form)
		return slack.NewPushViewSubmissionResponse(&v)
	case len(first) > 0: // what was typed stays
		return slack.NewErrorsViewSubmissionResponse(map[string]string{first[0]: write.Patience().Plain()})
	default:
		return slack.NewUpdateViewSubmissionResponse(&v)
	}
}

// workingOn names the window that stands on a form while it is worked on.
func workingOn(v slack.View) string { return "working/" + v.ID }

// Times of looking for the window that stands on a form: it may take Slack a
// moment to show it, and Slack may be out of order for a moment. Who waits sees
// only that it takes longer until then.
const (
	findPause = 300 * time.Millisecond
	findTries = 5
)

// showFinished shows what came of a submission that was acknowledged before it was
// done or that was too much for its acknowledgement, in the window that stands
// on it, or in the form itself where none does. What was typed is still there. Of
// a form that was submitted twice, the submission that was carried out says it.
func (b *Bot) showFinished(ctx context.Context, req *request, rep reply) error {
	if rep.again && b.working.leaves(req) {
		return nil
	}
	external, id := workingOn(req.view), ""
	if third(req.view) {
		external, id = "", req.view.ID
		pause(ctx, findPause) // the complaint on the acknowledgement is about the form as it was
	}
	v := rep.finished(req)
	err := b.replace(ctx, req, v, external, id)
	if slackError(err) == "not_found" {
		return b.showBelow(ctx, req, rep)
	}
	return err
}

// finished is the window that says what came of a submission.
func (rep reply) finished(req *request) view {
	switch {
	case rep.saved && third(req.view):
		return req.write.Noted(req.view, rep.why)
	case len(rep.errors) > 0 && third(req.view):
		return req.write.Unsaved(req.view, rep.errors)
	case len(rep.errors) > 0:
		return req.write.Finished(rep.errors)
	case rep.update != nil:
		return *rep.update
	case rep.open != nil:
		return *rep.open
	default:
		v := req.write.Finished(nil)
		v.ClearOnClose = true
		return v
	}
}

// showBelow says in the form what came of it when the window on it was
// closed: the person may be changing it. A next step is not shown: it comes
// when they go on. Where the form is gone, too, a message says what was not
// saved.
func (b *Bot) showBelow(ctx context.Context, req *request, rep reply) error {
	var text templates.Mrkdwn
	switch {
	case len(rep.errors) > 0:
		text = req.write.NotSaved(rep.errors)
	case rep.why != "" && !rep.saved:
		text = req.write.NotSaved(map[string]string{"": rep.why.Plain()})
	case rep.update != nil && !rep.update.ClearOnClose:
		return nil
	default:
		text = req.write.Error(errMended, "")
	}
	err := b.replace(ctx, req, req.write.Noted(req.view, text), "", req.view.ID)
	if slackError(err) != "not_found" {
		return err
	}
	if len(rep.errors) == 0 && rep.why == "" { // saved, as whoever closes everything expects
		return nil
	}
	return b.direct(ctx, req, req.write.OfForm(req.view, text))
}

// replace puts a view in the place of another, which may still be on its way.
// It does not where the form was changed and submitted again: what came of that
// is to stand there.
func (b *Bot) replace(ctx context.Context, req *request, v view, external, id string) (err error) {
	for range findTries {
		if b.working.mended(req) {
			return nil
		}
		err = patiently(ctx, answerPause, func() error {
			_, err := b.API.UpdateViewContext(ctx, v, external, "", id)
			return err
		})
		settled := err == nil || answered(err) && slackError(err) != "not_found"
		if settled || !pause(ctx, findPause) {
			break
		}
	}
	return err
}
