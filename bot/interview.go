package bot

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openCandidateView shows a candidate.
func (b *Bot) openCandidateView(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseCandidateID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		c, err := r.Candidate(id)
		if err != nil {
			return err
		}
		role, err := b.known(r, req, c)
		if err != nil {
			return err
		}
		v, err := req.write.CandidateView(r, c, role, req.person, req.now)
		rep = open(v)
		return err
	})
	return rep, err
}

// candidates lists a role's candidates.
func (b *Bot) candidates(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseRoleID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		role, err := b.ownRole(r, req, id)
		if err != nil {
			return err
		}
		v, err := req.write.Candidates(r, role, req.person, req.now)
		rep = open(v)
		return err
	})
	return rep, err
}

// interview does what a button says about an interview, or opens the form for
// it.
func (b *Bot) interview(ctx context.Context, req *request) (reply, error) {
	what, id, n, err := templates.DecodeInterview(req.typed)
	if err != nil {
		return reply{}, err
	}
	did := func(do func(hiring.Act) (hiring.Candidate, hiring.Change, error)) (reply, error) {
		return b.onCandidate(ctx, req, do, func(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
			return req.write.InterviewSaved(c, r, n)
		})
	}
	switch what {
	case templates.InterviewHeld:
		return did(func(a hiring.Act) (hiring.Candidate, hiring.Change, error) { return a.HoldInterview(id, n) })
	case templates.InterviewMissed:
		return did(func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
			return a.CancelInterview(id, n, hiring.NoShow)
		})
	case templates.InterviewCancel:
		return did(func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
			return a.CancelInterview(id, n, hiring.CalledOff)
		})
	case templates.InterviewAdd:
		n = -1
	}
	req.typed = id.String()
	return b.openInterview(ctx, req, n)
}

// openInterview opens the form that moves a candidate's n-th interview, or
// adds one to the stage they are in when n is -1.
func (b *Bot) openInterview(ctx context.Context, req *request, n int) (rep reply, err error) {
	err = b.ownCandidate(ctx, req, func(_ hiring.Record, c hiring.Candidate, role hiring.Role) error {
		f := templates.InterviewForm{Candidate: c.ID, Number: n}
		if n >= 0 && n < len(c.Interviews) {
			f.Interview = c.Interviews[n]
		} else {
			stage, _ := role.Plan().Stage(c.Stage)
			f.Number, f.Interview = -1, stage.Interview()
		}
		rep = open(req.write.Interview(c, role, f))
		return nil
	})
	return rep, err
}

// submitInterview adds or moves an interview.
func (b *Bot) submitInterview(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadInterview(req.view)
	if err != nil {
		return reply{}, err
	}
	b.acquaint(ctx, req)
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
		if f.Number < 0 {
			return a.AddInterview(f.Candidate, f.Interview)
		}
		return a.MoveInterview(f.Candidate, f.Number, f.Interview)
	}, func(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
		if f.Number < 0 {
			f.Number = len(c.Interviews) - 1
		}
		return req.write.InterviewSaved(c, r, f.Number)
	})
}

// openChoices opens the form where a person says when they work.
func (b *Bot) openChoices(_ context.Context, req *request) (reply, error) {
	return open(req.write.Choices(req.person)), nil
}

// submitChoices keeps when a person works.
func (b *Bot) submitChoices(ctx context.Context, req *request) (reply, error) {
	var p hiring.Person
	err := b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		p, change, err = a.Choose(templates.ReadChoices(req.view))
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(req.write.Chosen(p)), nil
}
