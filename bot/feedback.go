package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// feedback opens the scorecard the person owes, or a list when there are
// several. Where none is owed, it lists what can be given while roles rest.
func (b *Bot) feedback(ctx context.Context, req *request) (rep reply, err error) {
	err = b.Record.View(ctx, func(r hiring.Record) error {
		d, err := hiring.DeskOf(r, b.house().Settings, req.user, req.now)
		if err != nil {
			return err
		}
		owed := slices.DeleteFunc(d.Move, func(o hiring.Owed) bool { return o.Subject.Kind != hiring.AboutFeedback })
		var v slack.ModalViewRequest
		switch len(owed) {
		case 0:
			if len(d.Rests) > 0 {
				v, err = req.write.RestingFeedback(r, d.Rests, req.now)
				break
			}
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

// acting returns an act that only reads.
func (b *Bot) acting(r hiring.Record, req *request) hiring.Act {
	return hiring.Act{Settings: b.house().Settings, Record: r, By: req.person, Now: req.now}
}

// scorecard renders the form for feedback that the person may give or mend.
func (b *Bot) scorecard(r hiring.Record, req *request, k hiring.FeedbackKey) (v slack.ModalViewRequest, err error) {
	f, err := b.acting(r, req).FillIn(k)
	if err != nil {
		return v, err
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

// keepDraft keeps what is filled in so far. The form stays as it is: what goes
// wrong here is said when it is submitted.
func (b *Bot) keepDraft(ctx context.Context, req *request) (reply, error) {
	k, s, err := templates.ReadScorecard(req.view)
	if err != nil {
		return reply{}, err
	}
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) { return a.KeepDraft(k, s) })
	if err != nil && !errors.Is(err, hiring.ErrRepeated) {
		b.Log.Warn("a draft was not kept", "user", req.user, "error", cause(err))
	}
	return reply{}, nil
}

// submitScorecard records the person's feedback.
func (b *Bot) submitScorecard(ctx context.Context, req *request) (reply, error) {
	k, s, err := templates.ReadScorecard(req.view)
	if err != nil {
		return reply{}, err
	}
	var f hiring.Feedback
	var c hiring.Candidate
	err = b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		if f, change, err = a.SubmitFeedback(k, s); err == nil {
			c, err = a.Record.Candidate(f.Candidate)
		}
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(req.write.FeedbackGiven(f, c)), nil
}

// instead opens the form that excuses feedback, or hands it over.
func (b *Bot) instead(ctx context.Context, req *request) (rep reply, err error) {
	what, k, err := templates.DecodeInstead(req.typed)
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		f, _, err := b.acting(r, req).Asked(k)
		if err != nil {
			return err
		}
		c, err := r.Candidate(k.Candidate)
		if err != nil {
			return err
		}
		if what == templates.InsteadOffer {
			rep = open(req.write.Offer(f, c))
		} else {
			rep = open(req.write.Excuse(f, c, k.Interviewer == req.user))
		}
		return nil
	})
	return rep, err
}

// onFeedback carries out what somebody does about feedback, and shows what
// came of it.
func (b *Bot) onFeedback(ctx context.Context, req *request, do func(hiring.Act) (hiring.Feedback, hiring.Change, error), say func(hiring.Feedback) slack.ModalViewRequest) (reply, error) {
	var f hiring.Feedback
	err := b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		f, change, err = do(a)
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(say(f)), nil
}

// submitExcuse takes a request for feedback back.
func (b *Bot) submitExcuse(ctx context.Context, req *request) (reply, error) {
	k, reason, _, err := templates.ReadExcuse(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.onFeedback(ctx, req, func(a hiring.Act) (hiring.Feedback, hiring.Change, error) { return a.ExcuseFeedback(k, reason) }, req.write.Excused)
}

// submitOffer asks a colleague to take feedback over.
func (b *Bot) submitOffer(ctx context.Context, req *request) (reply, error) {
	k, _, colleague, err := templates.ReadExcuse(req.view)
	if err != nil {
		return reply{}, err
	}
	b.acquaint(ctx, req)
	return b.onFeedback(ctx, req, func(a hiring.Act) (hiring.Feedback, hiring.Change, error) { return a.OfferFeedback(k, colleague) }, req.write.OfferedTo)
}

// takeOver takes feedback over; decline does not.
func (b *Bot) takeOver(ctx context.Context, req *request) (reply, error) {
	return b.answerOffer(ctx, req, true)
}
func (b *Bot) decline(ctx context.Context, req *request) (reply, error) {
	return b.answerOffer(ctx, req, false)
}

func (b *Bot) answerOffer(ctx context.Context, req *request, accept bool) (reply, error) {
	k, err := templates.DecodeFeedbackKey(req.typed)
	if err != nil {
		return reply{}, err
	}
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) {
		_, change, err := a.AnswerOffer(k, accept)
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	return reply{home: true, say: ptr(req.write.OfferAnswered(k, accept))}, nil
}

func ptr[T any](v T) *T { return &v }

// remind asks for feedback in an owner's name.
func (b *Bot) remind(ctx context.Context, req *request) (reply, error) {
	k, err := templates.DecodeFeedbackKey(req.typed)
	if err != nil {
		return reply{}, err
	}
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) {
		_, change, err := a.Remind(k)
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	return b.message(req, req.write.Reminded(k)), nil
}

// snooze puts reminders off.
func (b *Bot) snooze(ctx context.Context, req *request) (rep reply, err error) {
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) {
		until, change, err := a.PutOff(hiring.Snooze(req.typed))
		rep = b.message(req, req.write.PutOff(until))
		return change, err
	})
	return rep, err
}
