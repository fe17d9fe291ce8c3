package bot

import (
	"context"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openOwners opens the form that hands a role over.
func (b *Bot) openOwners(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseRoleID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		role, err := b.ownRole(r, req, id)
		if err != nil {
			return err
		}
		rep = open(req.write.Owners(role))
		return nil
	})
	return rep, err
}

// submitOwners hands the role over.
func (b *Bot) submitOwners(ctx context.Context, req *request) (reply, error) {
	id, manager, recruiter, err := templates.ReadOwners(req.view)
	if err != nil {
		return reply{}, err
	}
	b.acquaint(ctx, req)
	var role hiring.Role
	err = b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		role, c, err = a.HandOver(id, manager, recruiter)
		return c, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(req.write.HandedOver(role)), nil
}
