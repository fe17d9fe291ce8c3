package bot

import (
	"context"
	"slices"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// rebase puts the person's changes on top of what somebody else changed
// meanwhile and shows both, to be looked through and proposed again.
func (b *Bot) rebase(ctx context.Context, req *request, o *hiring.Outdated) (reply, error) {
	return b.keep(ctx, req, func(a hiring.Act) (templates.IntakeForm, error) {
		f, unread, err := b.filled(a.Record, req)
		if err != nil || len(unread) > 0 || f.Newer != nil { // it was done already
			return f, complain(err, unread)
		}
		role, err := a.Record.Role(o.Role)
		if err != nil {
			return f, err
		}
		base, _ := role.Revision(f.Base)
		f.Draft.Terms, f.Lost = hiring.Merge(base.Terms, f.Draft.Terms, o.Newest.Terms)
		f.Base, f.Newer = o.Newest.Revision, &o.Newest
		f.Sheet++
		return f, nil
	})
}

// outdated returns a form with what the person typed in a view that is about an
// older revision: the form was put on top of a newer one since, and the view was
// left open, or comes once more. Only what it says otherwise than its revision
// is theirs. What it merely repeats may be what somebody else has changed.
func (b *Bot) outdated(r hiring.Record, req *request, f templates.IntakeForm) (templates.IntakeForm, hiring.FieldErrors, error) {
	id, base, step := templates.IntakeKey(req.view)
	role, err := r.Role(id)
	if err != nil {
		return f, nil, err
	}
	old, _ := role.Revision(base)
	newest, _ := role.Revision(f.Base)
	alone := f
	alone.Draft.Terms = old.Terms
	alone, _ = req.write.ReadIntake(req.view, alone)
	typed := hiring.Diff(old.Terms, alone.Draft.Terms)
	if step == templates.StepChecks && !slices.Equal(old.Terms.Skills(), f.Draft.Terms.Skills()) {
		typed = nil // a check is told by the place of its must-have, which is another's now
	}
	laid, unread := req.write.ReadIntake(req.view, f)
	theirs := slices.DeleteFunc(hiring.Diff(f.Draft.Terms, laid.Draft.Terms), func(d hiring.Difference) bool {
		return !slices.ContainsFunc(typed, func(t hiring.Difference) bool { return t.Field == d.Field })
	})
	laid.Draft.Terms = hiring.Replay(f.Draft.Terms, theirs)
	_, laid.Lost = hiring.Merge(old.Terms, laid.Draft.Terms, newest.Terms)
	laid.Newer = &newest
	laid.Sheet++
	return laid, unread, nil
}
