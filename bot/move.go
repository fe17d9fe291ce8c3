package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// maxOptions is how many options a select may offer (Block Kit reference).
const maxOptions = 100

// openMove opens the form that moves a candidate, after a choice of the
// candidate when none is named.
func (b *Bot) openMove(ctx context.Context, req *request) (reply, error) {
	k := key(req.typed)
	if k == "" {
		return open(req.write.PickCandidate()), nil
	}
	v, err := b.moveForm(ctx, req, k)
	if err != nil {
		return reply{}, err
	}
	return open(v), nil
}

// pickCandidate goes on from the choice of a candidate.
func (b *Bot) pickCandidate(ctx context.Context, req *request) (reply, error) {
	v, err := b.moveForm(ctx, req, key(req.typed))
	if err != nil {
		return reply{}, err
	}
	return update(v), nil
}

func (b *Bot) moveForm(ctx context.Context, req *request, k string) (slack.ModalViewRequest, error) {
	id, err := hiring.ParseCandidateID(k)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	return b.renderMove(ctx, req, templates.MoveForm{Candidate: id})
}

// pickStep renders the form again with the fields that belong to the choice.
func (b *Bot) pickStep(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadMove(req.view)
	if err != nil {
		return reply{}, err
	}
	v, err := b.renderMove(ctx, req, f)
	if err != nil {
		return reply{}, err
	}
	return update(v), nil
}

func (b *Bot) renderMove(ctx context.Context, req *request, f templates.MoveForm) (v slack.ModalViewRequest, err error) {
	err = b.Record.View(ctx, func(r hiring.Record) error {
		c, err := r.Candidate(f.Candidate)
		if err != nil {
			return err
		}
		role, err := b.ownRole(r, req, c.Role)
		if err != nil {
			return err
		}
		if c.Outcome != hiring.Active && c.Outcome != hiring.Hired {
			return hiring.Errorf("%v is no longer in the process of %v.", c.ID, role.ID)
		}
		v = req.write.Move(c, role, f)
		return nil
	})
	return v, err
}

// submitMove moves the candidate or records how the process ended.
func (b *Bot) submitMove(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadMove(req.view)
	if err != nil {
		return reply{}, err
	}
	if v, asks, err := b.behind(ctx, req, f); err != nil || asks {
		return update(v), err
	}
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
		switch {
		case f.Offer != "":
			return a.EndOffer(f.Candidate, f.Offer, f.Reason, f.Told)
		case f.Outcome != "" && f.Outcome != hiring.Active:
			return a.Close(f.Candidate, f.Outcome, f.Reason, f.Told)
		default:
			return a.Move(f.Candidate, f.To, f.Interview)
		}
	}, req.write.Moved)
}

// behind returns the form anew when it was saved before it had followed the
// choice of an interview: what it asks for by then is another stage's, or
// nothing.
func (b *Bot) behind(ctx context.Context, req *request, f templates.MoveForm) (v slack.ModalViewRequest, asks bool, err error) {
	if f.To == f.Shown {
		return v, false, nil
	}
	v, err = b.renderMove(ctx, req, f)
	return v, slices.Contains(inputs(slack.View{Blocks: v.Blocks}), string(hiring.FieldInterviewAt)), err
}

// suggestCandidates offers the active candidates of the person's roles whose
// key or name holds what was typed.
func (b *Bot) suggestCandidates(ctx context.Context, req *request) (rep reply, err error) {
	typed := strings.ToLower(strings.TrimSpace(dashes.Replace(req.typed)))
	roles := make(map[hiring.RoleID]hiring.Role)
	var found []hiring.Candidate
	err = b.Record.View(ctx, func(r hiring.Record) error {
		all, err := r.AllRoles()
		if err != nil {
			return err
		}
		for _, role := range all {
			if !b.house().Settings.MayOwn(role, req.person) {
				continue
			}
			roles[role.ID] = role
			active, err := r.ActiveIn(role.ID)
			if err != nil {
				return err
			}
			for _, c := range active {
				if strings.Contains(strings.ToLower(c.ID.String()+" "+c.Name), typed) {
					found = append(found, c)
				}
			}
		}
		return nil
	})
	list := req.write.CandidateOptions(found[:min(len(found), maxOptions)], roles)
	return reply{options: &list}, err
}
