package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// openDecide opens the form that decides on a candidate, with the verdict
// that was pressed.
func (b *Bot) openDecide(ctx context.Context, req *request) (reply, error) {
	verdict, k, found := strings.Cut(req.typed, "/")
	if !found {
		verdict, k = "", req.typed
	}
	id, err := hiring.ParseCandidateID(key(k))
	if err != nil {
		return reply{}, err
	}
	v, err := b.renderDecide(ctx, req, templates.DecideForm{Candidate: id, Ruling: hiring.Ruling{Verdict: hiring.Verdict(verdict)}})
	if err != nil {
		return reply{}, err
	}
	return open(v), nil
}

// pickVerdict renders the form again with the fields that belong to the
// verdict.
func (b *Bot) pickVerdict(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadDecide(req.view)
	if err != nil {
		return reply{}, err
	}
	v, err := b.renderDecide(ctx, req, f)
	if err != nil {
		return reply{}, err
	}
	return update(v), nil
}

// renderDecide renders the form. The recruiter tells the candidate within the
// promise, unless somebody says otherwise.
func (b *Bot) renderDecide(ctx context.Context, req *request, f templates.DecideForm) (v slack.ModalViewRequest, err error) {
	err = b.Record.View(ctx, func(r hiring.Record) error {
		role, c, err := b.acting(r, req).Decidable(f.Candidate, f.Ruling.Verdict)
		if err != nil {
			return err
		}
		if f.Ruling.Contact == (hiring.Contact{}) {
			f.Ruling.Contact, err = b.usualContact(r, role, req.now)
		}
		v = req.write.Decide(c, role, f)
		return err
	})
	return v, err
}

// usualContact is who tells a candidate, and by when, unless somebody says
// otherwise.
func (b *Bot) usualContact(r hiring.Record, role hiring.Role, now time.Time) (hiring.Contact, error) {
	p, err := r.Person(role.Recruiter)
	s := b.house().Settings
	work := s.WorkTime(p)
	return hiring.Contact{By: role.Recruiter, On: hiring.DateOf(work.Add(now, s.ReplyDue), work.Zone)}, err
}

// submitDecide records the decision.
func (b *Bot) submitDecide(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadDecide(req.view)
	if err != nil {
		return reply{}, err
	}
	b.acquaint(ctx, req)
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) { return a.Decide(f.Candidate, f.Ruling) }, req.write.Decided)
}

// onCandidate carries out what somebody does about a candidate, and shows what
// came of it. All that it shows is read before it is written: there may be no
// time left after that.
func (b *Bot) onCandidate(ctx context.Context, req *request, do func(hiring.Act) (hiring.Candidate, hiring.Change, error), say func(hiring.Candidate, hiring.Role) slack.ModalViewRequest) (reply, error) {
	var c hiring.Candidate
	var role hiring.Role
	err := b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		if c, change, err = do(a); err == nil {
			role, err = roleAfter(a.Record, change, c.Role)
		}
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	return done(say(c, role)), nil
}

// roleAfter returns a role as a change leaves it.
func roleAfter(r hiring.Record, c hiring.Change, id hiring.RoleID) (hiring.Role, error) {
	for _, role := range slices.Backward(c.Roles) { // the last one counts
		if role.ID == id {
			return role, nil
		}
	}
	return r.Role(id)
}

// openPromise opens the form that promises a candidate to hear from us.
func (b *Bot) openPromise(ctx context.Context, req *request) (rep reply, err error) {
	err = b.ownCandidate(ctx, req, func(r hiring.Record, c hiring.Candidate, role hiring.Role) error {
		contact := c.Contact
		if contact.On == "" {
			contact, err = b.usualContact(r, role, req.now)
		}
		rep = open(req.write.Promise(c, role, contact))
		return err
	})
	return rep, err
}

// ownCandidate reads the candidate that a button names, for an owner of their
// role.
func (b *Bot) ownCandidate(ctx context.Context, req *request, fn func(hiring.Record, hiring.Candidate, hiring.Role) error) error {
	id, err := hiring.ParseCandidateID(key(req.typed))
	if err != nil {
		return err
	}
	return b.Record.View(ctx, func(r hiring.Record) error {
		c, err := r.Candidate(id)
		if err != nil {
			return err
		}
		role, err := b.ownRole(r, req, c.Role)
		if err != nil {
			return err
		}
		return fn(r, c, role)
	})
}

// submitPromise records who writes to a candidate by when.
func (b *Bot) submitPromise(ctx context.Context, req *request) (reply, error) {
	f, err := templates.ReadDecide(req.view)
	if err != nil {
		return reply{}, err
	}
	b.acquaint(ctx, req)
	return b.onCandidate(ctx, req, func(a hiring.Act) (hiring.Candidate, hiring.Change, error) {
		return a.Promise(f.Candidate, f.Ruling.Contact)
	}, req.write.Promised)
}

// told records that a candidate has heard from us.
func (b *Bot) told(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseCandidateID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) {
		c, change, err := a.Told(id)
		rep = reply{home: true} // the message itself says so
		if req.inModal() {
			rep = b.message(req, req.write.Told(c))
		}
		return change, err
	})
	return rep, err
}

// engaged records the first contact with a candidate.
func (b *Bot) engaged(ctx context.Context, req *request) (rep reply, err error) {
	id, err := hiring.ParseCandidateID(key(req.typed))
	if err != nil {
		return reply{}, err
	}
	err = b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) {
		c, change, err := a.Engage(id)
		rep = b.message(req, req.write.Engaged(c))
		return change, err
	})
	return rep, err
}
