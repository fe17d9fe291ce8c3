package bot

import (
	"context"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openPropose opens the form that proposes a candidate to the hiring manager.
func (b *Bot) openPropose(ctx context.Context, req *request) (rep reply, err error) {
	err = b.ownCandidate(ctx, req, func(_ hiring.Record, c hiring.Candidate, role hiring.Role) error {
		rep = open(req.write.Propose(c, role))
		return nil
	})
	return rep, err
}

// submitPropose asks the hiring manager.
func (b *Bot) submitPropose(ctx context.Context, req *request) (reply, error) {
	id, pitch, err := templates.ReadNote(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) { return a.Propose(id, pitch) }, req.write.ProposedCandidate)
}

// answerLook records the hiring manager's answer. A no asks what is missing
// first.
func (b *Bot) answerLook(ctx context.Context, req *request) (rep reply, err error) {
	answer, id, err := templates.DecodeLook(req.typed)
	if err != nil {
		return reply{}, err
	}
	if answer == hiring.LookNo {
		err = b.Record.View(ctx, func(r hiring.Record) error {
			role, c, err := b.acting(r, req).Lookable(id)
			if err != nil {
				return err
			}
			rep = open(req.write.LookNo(c, role))
			return nil
		})
		return rep, err
	}
	rep, err = b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
		return a.AnswerLook(id, hiring.LookReply{Answer: answer})
	}, req.write.LookAnswered)
	if req.inModal() || err != nil {
		return rep, err
	}
	return reply{home: true}, nil // the message itself says so
}

// submitLookNo records a no with what is missing.
func (b *Bot) submitLookNo(ctx context.Context, req *request) (reply, error) {
	id, answer, err := templates.ReadLookNo(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) { return a.AnswerLook(id, answer) }, req.write.LookAnswered)
}
