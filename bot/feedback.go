package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// feedback opens the scorecard the person owes, or a list when there are
// several.
func (b *Bot) feedback(ctx context.Context, req *request) (rep reply, err error) {
	err = b.Record.View(ctx, func(r hiring.Record) error {
		d, err := hiring.DeskOf(r, b.House.Settings, req.user, req.now)
		if err != nil {
			return err
		}
		owed := slices.DeleteFunc(d.Move, func(o hiring.Owed) bool { return o.Subject.Kind != hiring.AboutFeedback })
		var v slack.ModalViewRequest
		switch len(owed) {
		case 0:
			return hiring.Errorf("You owe no feedback. When an interview of yours is over, Samsvar asks you.")
		case 1:
			v, err = b.scorecard(r, req, owed[0].Subject.FeedbackKey())
		default:
			v, err = req.write.FeedbackList(r, owed, req.now)
		}
		rep = open(v)
		return err
	})
	return rep, err
}

// openScorecard opens the scorecard a button names.
func (b *Bot) openScorecard(ctx context.Context, req *request) (rep reply, err error) {
	k, err := templates.DecodeFeedbackKey(req.typed)
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		v, err := b.scorecard(r, req, k)
		rep = open(v)
		return err
	})
	return rep, err
}

// scorecard renders the form for feedback that is asked of the person and not
// given yet.
func (b *Bot) scorecard(r hiring.Record, req *request, k hiring.FeedbackKey) (v slack.ModalViewRequest, err error) {
	if k.Interviewer != req.user {
		return v, hiring.Errorf("This feedback is asked of %v; only they can give it.", k.Interviewer)
	}
	f, err := r.Feedback(k)
	if err != nil {
		return v, err
	}
	if f.Status == hiring.Submitted {
		return v, hiring.Errorf("You have already given your feedback on %v.", k.Candidate)
	}
	c, err := r.Candidate(k.Candidate)
	if err != nil {
		return v, err
	}
	role, err := r.Role(f.Role)
	if err != nil {
		return v, err
	}
	return req.write.Scorecard(f, c, role), nil
}

// submitScorecard records the person's feedback.
func (b *Bot) submitScorecard(ctx context.Context, req *request) (rep reply, err error) {
	k, s, err := templates.ReadScorecard(req.view)
	if err != nil {
		return reply{}, err
	}
	var f hiring.Feedback
	err = b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		f, change, err = a.SubmitFeedback(k, s)
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		c, err := r.Candidate(f.Candidate)
		rep = done(req.write.FeedbackGiven(f, c))
		return err
	})
	return rep, err
}
