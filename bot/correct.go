package bot

import (
	"context"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openCorrect opens the form that corrects a candidate's way.
func (b *Bot) openCorrect(ctx context.Context, req *request) (rep reply, err error) {
	err = b.ownCandidate(ctx, req, func(_ hiring.Record, c hiring.Candidate, role hiring.Role) error {
		rep = open(req.write.Correct(c, role))
		return nil
	})
	return rep, err
}

// submitCorrect undoes a step or gives it another date.
func (b *Bot) submitCorrect(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadCorrect(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
		return a.Correct(f.Candidate, f.Fix)
	}, req.write.Corrected)
}
