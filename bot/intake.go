package bot

import (
	"context"
	"errors"
	"slices"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// newRole opens the intake form for a new role, where the person left it if
// they began one. Whoever starts it is taken for its hiring manager until the
// form says otherwise.
func (b *Bot) newRole(ctx context.Context, req *request) (rep reply, err error) {
	title := ""
	if req.kind == onCommand {
		title = req.typed
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		f, found, err := b.begun(r, req, 0)
		if err != nil {
			return err
		}
		if !found {
			f.Draft.HiringManager, f.Draft.Terms.Title = req.user, title
		}
		rep, err = b.form(r, req, f, open)
		return err
	})
	return rep, err
}

// openChange opens the intake form with the newest brief in it, or where the
// person left it.
func (b *Bot) openChange(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseRoleID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	return b.ofRole(ctx, req, id, true, func(r hiring.Record, role hiring.Role) (reply, error) {
		f, found, err := b.begun(r, req, id)
		if err == nil {
			err = role.Changeable()
		}
		if err != nil {
			return reply{}, err
		}
		if !found {
			f = templates.ChangeForm(role)
		}
		return b.form(r, req, f, open)
	})
}

// goOn opens a form that the person began: of a role's brief, or of a new role.
func (b *Bot) goOn(ctx context.Context, req *request) (reply, error) {
	if req.typed == hiring.RoleID(0).String() {
		return b.newRole(ctx, req)
	}
	return b.openChange(ctx, req)
}

// begun returns the form of a role, 0 for a new one, as far as the person has
// filled it in; false when they have not.
func (b *Bot) begun(r hiring.Record, req *request, id hiring.RoleID) (f templates.IntakeForm, found bool, err error) {
	list, err := r.UnfinishedBy(req.user)
	if err != nil {
		return f, false, err
	}
	i := slices.IndexFunc(list, func(u hiring.Unfinished) bool { return u.Role == id })
	if i < 0 {
		return f, false, nil
	}
	f.Unfinished, f.Resumed = list[i], true
	if id != 0 {
		role, err := r.Role(id)
		if err != nil {
			return f, false, err
		}
		f = f.Of(role)
	}
	return f, true, nil
}

// form renders a step with what speaks against the brief so far.
func (b *Bot) form(r hiring.Record, req *request, f templates.IntakeForm, show func(view) reply) (rep reply, err error) {
	f.Remarks, err = hiring.Remarks(r, b.house().Settings, f.Draft.Terms, req.now)
	return show(req.write.Intake(f)), err
}

// filled returns the form with what stands in the step that the person acted
// in, and what could not be read of it.
func (b *Bot) filled(r hiring.Record, req *request) (templates.IntakeForm, hiring.FieldErrors, error) {
	id, base, step := templates.IntakeKey(req.view)
	f, found, err := b.begun(r, req, id)
	if err != nil {
		return f, nil, err
	}
	if !found && id != 0 {
		role, err := b.ownRole(r, req, id)
		if err != nil {
			return f, nil, err
		}
		f = templates.ChangeForm(role)
		f.Base = base
	}
	if !found && id == 0 {
		f.Step = step
		f = req.write.Offered(f)
	}
	f.Resumed = false
	if found && base < f.Base {
		return b.outdated(r, req, f)
	}
	f, unread := req.write.ReadIntake(req.view, f)
	return f, unread, nil
}

// errProposed says why an intake form is not kept any more.
var errProposed = hiring.Errorf("This was proposed already, the way you first sent it. To change it, open the brief.")

// keep keeps a form and shows the step it is at. A step that is delivered again
// is shown again, and nothing is kept: the person may be further by then.
func (b *Bot) keep(ctx context.Context, req *request, change func(hiring.Act) (templates.IntakeForm, error)) (rep reply, err error) {
	decide := func(r hiring.Record) (hiring.Change, error) {
		if _, done := r.CarriedOut(submissionOf(req.view, templates.CallbackIntake)); done {
			return hiring.Change{}, errProposed
		}
		a := hiring.Act{Settings: b.house().Settings, Record: r, By: req.person, Now: req.now}
		f, err := change(a)
		if err != nil {
			return hiring.Change{}, err
		}
		c, err := a.Keep(f.Unfinished)
		if err != nil {
			return c, err
		}
		f.SavedAt = req.now
		rep, err = b.form(r, req, f, update)
		return c, err
	}
	// The press names it, not the view, which stays through the steps.
	err = b.Record.Change(ctx, "trigger/"+req.trigger, req.now, decide)
	if errors.Is(err, hiring.ErrRepeated) && req.kind == onSubmit {
		err = b.Record.View(ctx, func(r hiring.Record) error { _, err := decide(r); return err })
	}
	rep.home = true
	return rep, err
}

// addInterview renders the form again with one interview more.
func (b *Bot) addInterview(ctx context.Context, req *request) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		f, _, err := b.filled(a.Record, req)
		return f.AddInterview(), err
	})
}

// choosePreset begins the form with a preset.
func (b *Bot) choosePreset(ctx context.Context, req *request) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		f, _, err := b.filled(a.Record, req)
		f.Preset = req.typed
		return req.write.WithPreset(f), err
	})
}

// intakeBack goes one step back. Nothing is complained about: it is asked for
// again on the way forward.
func (b *Bot) intakeBack(ctx context.Context, req *request) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		f, _, err := b.filled(a.Record, req)
		f.Step--
		return f, err
	})
}

// intakeAfresh throws a form away and begins again.
func (b *Bot) intakeAfresh(ctx context.Context, req *request) (rep reply, err error) {
	id, _, _ := templates.IntakeKey(req.view)
	err = b.Record.Change(ctx, req.once, req.now, func(r hiring.Record) (hiring.Change, error) {
		f := templates.IntakeForm{Unfinished: hiring.Unfinished{Draft: hiring.Draft{HiringManager: req.user}}}
		if id != 0 {
			role, err := b.ownRole(r, req, id)
			if err != nil {
				return hiring.Change{}, err
			}
			f = templates.ChangeForm(role)
		}
		f.Sheet = templates.SheetOf(req.view) + 1
		rep, err = b.form(r, req, f, update)
		return hiring.Change{Finished: []hiring.UnfinishedKey{{By: req.user, Role: id}}}, err
	})
	rep.home = true
	return rep, err
}

// submitIntake goes on to the next step, or with the last proposes a new role
// or the next revision of a brief.
func (b *Bot) submitIntake(ctx context.Context, req *request) (reply, error) {
	b.acquaint(ctx, req)
	if _, _, step := templates.IntakeKey(req.view); step < templates.Steps {
		return b.nextStep(ctx, req, templates.SectionOf(step), b.closed(ctx, req))
	}
	rep, err := b.propose(ctx, req)
	if outdated, ok := errors.AsType[*hiring.Outdated](err); ok {
		return b.rebase(ctx, req, outdated)
	}
	if errs, ok := errors.AsType[hiring.FieldErrors](err); ok && onlyIn(req, errs) == nil {
		return b.astray(ctx, req, errs)
	}
	return rep, err
}

// closed complains about a channel that the bot cannot see: a private one that
// nobody invited it to.
func (b *Bot) closed(ctx context.Context, req *request) hiring.FieldErrors {
	channel := templates.ReadChannel(req.view)
	if channel == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, ackTime/2)
	defer cancel()
	if _, err := b.Directory.Audience(ctx, req.now, channel); slackError(err) == hiring.ProblemNoChannel {
		return hiring.FieldErrors{hiring.FieldChannel: hiring.Errorf("I am not in this channel. Write /invite @Samsvar there, then press Next again.")}
	}
	return nil
}

// nextStep goes on when nothing is wrong with what stands in this one, nor
// besides.
func (b *Bot) nextStep(ctx context.Context, req *request, section hiring.Section, besides hiring.FieldErrors) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		f, unread, err := b.filled(a.Record, req)
		if err != nil {
			return f, err
		}
		errs, err := a.Check(f.Draft, section)
		if err != nil {
			return f, err
		}
		if f.Newer == nil { // what came in between is to be looked through first
			f.Step++
		}
		return f, complain(complain(onlyIn(req, errs), unread), besides)
	})
}

// onlyIn keeps the complaints whose input stands in the step: those of the
// section's other step come there.
func onlyIn(req *request, errs hiring.FieldErrors) error {
	there := inputs(req.view)
	here := hiring.FieldErrors{}
	for field, e := range errs {
		if slices.Contains(there, string(field)) {
			here[field] = e
		}
	}
	return here.OrNil()
}

// propose carries out what the form asks for.
func (b *Bot) propose(ctx context.Context, req *request) (reply, error) {
	return b.changeRole(ctx, req, func(a hiring.Act) (role hiring.Role, c hiring.Change, err error) {
		f, unread, err := b.filled(a.Record, req)
		switch {
		case err != nil:
		case f.Newer != nil:
			err = &hiring.Outdated{Role: f.Role, Newest: *f.Newer}
		case f.Role == 0:
			role, c, err = a.ProposeRole(f.Draft)
		default:
			role, c, err = a.ChangeBrief(f.Role, f.Base, f.Draft.Terms, f.Reason)
		}
		return role, c, complain(err, unread)
	}, req.write.Proposed)
}

// astray leads to the step in which something is wrong that the last one
// cannot show, such as somebody who was deactivated meanwhile.
func (b *Bot) astray(ctx context.Context, req *request, errs hiring.FieldErrors) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		f, _, err := b.filled(a.Record, req)
		if err != nil {
			return f, err
		}
		f.Step = templates.StepRole // what only changes ask for stands there
		for step := templates.Steps; step > templates.StepRole; step-- {
			wrong, err := a.Check(f.Draft, templates.SectionOf(step))
			if err != nil {
				return f, err
			}
			if len(wrong) > 0 {
				f.Step = step
			}
		}
		for _, e := range errs {
			f.Wrong = e
		}
		return f, nil
	})
}

// acquaint reads the profiles of everybody a form names, so that guests and
// deactivated accounts are noticed while it is open. When Slack does not
// answer in time the form is taken as it is: the courier says later who cannot
// be reached.
func (b *Bot) acquaint(ctx context.Context, req *request) {
	people := named(req.view)
	if len(people) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, ackTime/2)
	defer cancel()
	if err := b.Directory.Learn(ctx, req.now, people...); err != nil {
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
