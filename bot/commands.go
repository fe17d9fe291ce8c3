package bot

import (
	"context"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// desk answers the bare command: what waits for the person.
func (b *Bot) desk(ctx context.Context, req *request) (reply, error) {
	return b.fromDesk(ctx, req, req.write.Desk)
}

// roles lists the person's roles.
func (b *Bot) roles(ctx context.Context, req *request) (reply, error) {
	return b.fromDesk(ctx, req, req.write.Roles)
}

// fromDesk answers with a text about the person's desk.
func (b *Bot) fromDesk(ctx context.Context, req *request, text func(hiring.Record, hiring.Desk, time.Time) (templates.Message, error)) (rep reply, err error) {
	err = b.Record.View(ctx, func(r hiring.Record) error {
		d, err := hiring.DeskOf(r, b.house().Settings, req.user, req.now)
		if err != nil {
			return err
		}
		m, err := text(r, d, req.now)
		rep = b.message(req, m)
		return err
	})
	return rep, err
}

// help lists the commands.
func (b *Bot) help(_ context.Context, req *request) (reply, error) {
	return b.message(req, req.write.Help()), nil
}

// unknown answers what no route answers.
func (b *Bot) unknown(req *request) (reply, error) {
	switch {
	case req.kind == onCommand:
		return say(req.write.Unknown(echo(req.name), nearest(req.name, b.words))), nil
	case req.kind == onAction && req.inModal() && !req.press:
		return reply{}, nil // a choice in a form, read when the form is submitted
	case req.kind == onAction: // left from an earlier version
		return reply{}, hiring.Errorf("This button is no longer in use. Type the command `%s` to see what you can do.", b.house().Command)
	case req.kind == onSubmit: // of a form left open while Samsvar was made newer
		return reply{}, hiring.Errorf("This form is no longer in use. Copy what you wrote, close it and open it again.")
	case req.kind == onShortcut:
		return reply{}, hiring.Errorf("This shortcut is no longer in use. Type the command `%s` to see what you can do.", b.house().Command)
	default:
		return reply{}, nil
	}
}

// message answers with a message, in a window where there is no conversation
// to answer in.
func (b *Bot) message(req *request, m templates.Message) reply {
	if req.answer != "" {
		return say(m)
	}
	return open(req.write.Window(m))
}

// chooseRole finds the role a person means: the one named, else the only one
// of theirs that still hires. It returns 0 when there are none or several.
func (b *Bot) chooseRole(ctx context.Context, req *request) (id hiring.RoleID, err error) {
	if k := key(req.typed); k != "" {
		return hiring.ParseRoleID(k)
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		d, err := hiring.DeskOf(r, b.house().Settings, req.user, req.now)
		if err == nil && len(d.Roles) == 1 {
			id = d.Roles[0].ID
		}
		return err
	})
	return id, err
}
