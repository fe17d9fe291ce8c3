package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// newRole opens the intake form for a new role. Whoever starts it is taken
// for its hiring manager until the form says otherwise.
func (b *Bot) newRole(_ context.Context, req *request) (reply, error) {
	f := templates.IntakeForm{Draft: hiring.Draft{HiringManager: req.user}}
	if req.kind == onCommand {
		f.Draft.Terms.Title = req.typed
	}
	return open(req.write.Intake(f)), nil
}

// addInterview renders the form again with one interview more.
func (b *Bot) addInterview(_ context.Context, req *request) (reply, error) {
	f, _ := templates.ReadIntake(req.view)
	return update(req.write.Intake(f.AddInterview())), nil
}

// submitIntake proposes a new role or the next revision of a brief.
func (b *Bot) submitIntake(ctx context.Context, req *request) (reply, error) {
	f, unread := templates.ReadIntake(req.view)
	b.acquaint(ctx, req, f.Draft)
	var role hiring.Role
	err := b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		if f.Role == 0 {
			role, c, err = a.ProposeRole(f.Draft)
		} else {
			role, c, err = a.ChangeBrief(f.Role, f.Base, f.Draft.Terms, f.Reason)
		}
		return c, complain(err, unread)
	})
	if err != nil {
		return reply{}, err
	}
	return done(req.write.Proposed(role)), nil
}

// acquaint reads the profiles of everybody the form names, so that guests and
// deactivated accounts are noticed while the form is open. When Slack does not
// answer in time the form is taken as it is: the courier says later who cannot
// be reached.
func (b *Bot) acquaint(ctx context.Context, req *request, d hiring.Draft) {
	people := []hiring.UserID{d.HiringManager, d.Recruiter}
	for _, s := range d.Terms.Interviews {
		people = append(people, s.Panel...)
	}
	people = slices.DeleteFunc(people, func(u hiring.UserID) bool { return u == "" })
	slices.Sort(people)
	ctx, cancel := context.WithTimeout(ctx, ackTime/2)
	defer cancel()
	if err := b.Directory.Learn(ctx, req.now, slices.Compact(people)...); err != nil {
		b.Log.Warn("cannot read the profiles a form names", "user", req.user, "error", cause(err))
	}
}

// complain adds what could not be read from a form to what a rule says of the
// rest, so that a person sees everything at once.
func complain(err error, unread hiring.FieldErrors) error {
	if len(unread) == 0 {
		return err
	}
	all := hiring.FieldErrors{}
	if found, ok := errors.AsType[hiring.FieldErrors](err); ok {
		for field, e := range found {
			all[field] = e
		}
	} else if err != nil {
		return err
	}
	for field, e := range unread {
		all[field] = e
	}
	return all
}
