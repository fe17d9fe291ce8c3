package bot

import (
	"context"
	"strings"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openCandidate opens the form that adds a candidate, or the candidate that is
// named.
func (b *Bot) openCandidate(ctx context.Context, req *request) (rep reply, err error) {
	if strings.HasPrefix(strings.ToLower(key(req.typed)), "c") { // C-41, and not R-12
		return b.openCandidateView(ctx, req)
	}
	var f templates.CandidateForm
	if f.Role, err = b.chooseRole(ctx, req); err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		if f.Role != 0 {
			role, err := b.ownRole(r, req, f.Role)
			if err == nil {
				err = role.Hiring()
			}
			if err != nil {
				return err
			}
		}
		d, err := hiring.DeskOf(r, b.house().Settings, req.user, req.now)
		if err != nil {
			return err
		}
		if len(d.Roles) == 0 {
			return hiring.Errorf("You have no role that hires. Start one with `%v`.", hiring.Command("intake"))
		}
		rep = open(req.write.Candidate(f, d.Roles))
		return nil
	})
	return rep, err
}

// submitCandidate adds the candidate.
func (b *Bot) submitCandidate(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadCandidate(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
		return a.AddCandidate(f.Role, f.Applicant)
	}, req.write.CandidateAdded)
}
