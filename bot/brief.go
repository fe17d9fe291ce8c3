package bot

import (
	"context"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openBrief shows a role's brief; without a role, the person's roles.
func (b *Bot) openBrief(ctx context.Context, req *request) (rep reply, err error) {
	id, err := b.chooseRole(ctx, req)
	if err != nil {
		return reply{}, err
	}
	if id == 0 {
		return b.roles(ctx, req)
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		role, err := b.role(r, req, id)
		if err != nil {
			return err
		}
		v, err := req.write.Brief(r, role, req.person, req.now)
		rep = open(v)
		return err
	})
	return rep, err
}

// submitBrief signs the revision the person has read.
func (b *Bot) submitBrief(ctx context.Context, req *request) (reply, error) {
	id, revision, err := templates.ReadBrief(req.view)
	if err != nil {
		return reply{}, err
	}
	var role hiring.Role
	err = b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		role, c, err = a.Sign(id, revision)
		return c, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(req.write.Signed(role)), nil
}

// openChange opens the intake form with the newest brief in it.
func (b *Bot) openChange(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseRoleID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		role, err := b.ownRole(r, req, id)
		if err != nil {
			return err
		}
		rep = open(req.write.Intake(templates.ChangeForm(role)))
		return nil
	})
	return rep, err
}

// cancelRole gives the role up whose brief is shown.
func (b *Bot) cancelRole(ctx context.Context, req *request) (reply, error) {
	id, err := hiring.ParseRoleID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	var role hiring.Role
	left := 0
	err = b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		if role, c, err = a.Cancel(id); err != nil {
			return c, err
		}
		active, err := a.Record.ActiveIn(id)
		left = len(active)
		return c, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(req.write.Cancelled(role, left)), nil
}
