package bot

import (
	"context"
	"strconv"

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
	return b.ofRole(ctx, req, id, false, func(r hiring.Record, role hiring.Role) (reply, error) {
		v, err := req.write.Brief(r, role, req.person, req.now)
		return open(v), err
	})
}

// ofRole shows something of a role that the person may see, or must own.
func (b *Bot) ofRole(ctx context.Context, req *request, id hiring.RoleID, own bool, show func(hiring.Record, hiring.Role) (reply, error)) (rep reply, err error) {
	find := b.role
	if own {
		find = b.ownRole
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		role, err := find(r, req, id)
		if err == nil {
			rep, err = show(r, role)
		}
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
	return b.changeRole(ctx, req, func(a hiring.Act) (hiring.Role, hiring.Change, error) { return a.Sign(id, revision) }, req.write.Signed)
}

// changeRole decides something about a role and shows what came of it.
func (b *Bot) changeRole(ctx context.Context, req *request, decide func(hiring.Act) (hiring.Role, hiring.Change, error), show func(hiring.Role) view) (reply, error) {
	var role hiring.Role
	err := b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		role, c, err = decide(a)
		return c, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(show(role)), nil
}

// moreOfRole does what is chosen from a brief's window beside its buttons.
func (b *Bot) moreOfRole(ctx context.Context, req *request) (reply, error) {
	what, id, err := templates.DecodeMore(req.typed)
	if err != nil {
		return reply{}, err
	}
	switch what {
	case templates.MorePause:
		return b.changeRole(ctx, req, func(a hiring.Act) (hiring.Role, hiring.Change, error) { return a.Pause(id) }, req.write.Rested)
	case templates.MoreResume:
		return b.changeRole(ctx, req, func(a hiring.Act) (hiring.Role, hiring.Change, error) { return a.Resume(id) }, req.write.Rested)
	case templates.MoreAgain:
		return b.again(ctx, req, id)
	case templates.MoreDigest:
		return b.digestsOf(ctx, req, id)
	}
	return b.ofRole(ctx, req, id, true, func(r hiring.Record, role hiring.Role) (reply, error) {
		switch what {
		case templates.MoreCopy:
			return open(req.write.Copy(r, role)), nil
		case templates.MorePitch:
			return open(req.write.Pitch(role)), nil
		case templates.MoreOwners:
			return open(req.write.Owners(role)), nil
		case templates.MoreReopen:
			return open(req.write.Reopen(role)), nil
		case templates.MoreWaive:
			return open(req.write.Waive(role)), nil
		default:
			return open(req.write.History(r, role, 0, 0)), nil
		}
	})
}

// again begins the intake of a new role with an earlier one's brief.
func (b *Bot) again(ctx context.Context, req *request, id hiring.RoleID) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		role, err := b.ownRole(a.Record, req, id)
		if err != nil {
			return templates.IntakeForm{}, err
		}
		f, found, err := b.begun(a.Record, req, 0)
		if found {
			return f, hiring.Errorf("You have begun a new role already. Finish it or start afresh there, then come back.")
		}
		f.Draft, f.Step = role.Again(), templates.StepRole
		return f, err
	})
}

// compare shows what two other revisions say differently.
func (b *Bot) compare(ctx context.Context, req *request) (reply, error) {
	id, from, to, err := templates.ReadHistory(req.view)
	if err != nil {
		return reply{}, err
	}
	if n, err := strconv.Atoi(req.typed); err == nil && req.name == templates.ActionCompareFrom {
		from = n
	} else if err == nil {
		to = n
	}
	return b.ofRole(ctx, req, id, true, func(r hiring.Record, role hiring.Role) (reply, error) {
		return update(req.write.History(r, role, from, to)), nil
	})
}

// openSendBack opens the form that sends a brief back.
func (b *Bot) openSendBack(ctx context.Context, req *request) (reply, error) {
	id, err := hiring.ParseRoleID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	return b.ofRole(ctx, req, id, true, func(_ hiring.Record, role hiring.Role) (reply, error) {
		return open(req.write.SendBack(role)), nil
	})
}

// submitSendBack sends a brief back.
func (b *Bot) submitSendBack(ctx context.Context, req *request) (reply, error) {
	id, revision, section, text, err := templates.ReadSendBack(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.changeRole(ctx, req,
		func(a hiring.Act) (hiring.Role, hiring.Change, error) { return a.SendBack(id, revision, section, text) },
		func(r hiring.Role) view { return req.write.SentBack(r, req.user) })
}

// submitWaive lets candidates go on.
func (b *Bot) submitWaive(ctx context.Context, req *request) (reply, error) {
	id, reason, err := templates.ReadReason(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.changeRole(ctx, req, func(a hiring.Act) (hiring.Role, hiring.Change, error) { return a.Waive(id, reason) }, req.write.Waived)
}

// submitReopen opens a filled role again.
func (b *Bot) submitReopen(ctx context.Context, req *request) (reply, error) {
	id, reason, err := templates.ReadReason(req.view)
	if err != nil {
		return reply{}, err
	}
	return b.changeRole(ctx, req, func(a hiring.Act) (hiring.Role, hiring.Change, error) { return a.Reopen(id, reason) }, req.write.Proposed)
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
