package bot

import (
	"context"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// funnel answers a question to the funnel; when it names neither a role nor
// several and the person has not just one, it lists their roles.
func (b *Bot) funnel(ctx context.Context, req *request) (rep reply, err error) {
	return b.ask(ctx, req, func(r hiring.Record, f templates.Answer) reply {
		return b.message(req, req.write.Funnel(r, f, req.now))
	})
}

// charts draws the numbers of a question.
func (b *Bot) charts(ctx context.Context, req *request) (rep reply, err error) {
	return b.ask(ctx, req, func(r hiring.Record, f templates.Answer) reply {
		return b.message(req, req.write.Charts(f, req.now))
	})
}

// ask reads a question and its figures.
func (b *Bot) ask(ctx context.Context, req *request, show func(hiring.Record, templates.Answer) reply) (rep reply, err error) {
	zone := b.house().Settings.Zone
	q, err := hiring.ParseQuestion(dashes.Replace(req.typed), req.now, zone)
	if err != nil {
		return reply{}, err
	}
	if q.Role == 0 && !q.All && q.Team == "" {
		if q.Role, err = b.chooseRole(ctx, &request{user: req.user, now: req.now}); err != nil {
			return reply{}, err
		}
		if q.Role == 0 {
			return b.roles(ctx, req)
		}
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		f, err := b.answerTo(r, req, q)
		if err == nil {
			rep = show(r, f)
		}
		return err
	})
	return rep, err
}

// answerTo reads the figures of a question, for somebody who may read them.
func (b *Bot) answerTo(r hiring.Record, req *request, q hiring.Question) (f templates.Answer, err error) {
	settings := b.house().Settings
	f = templates.Answer{Question: q, Reader: req.user}
	of, err := b.scopeOf(r, req, q, &f)
	if err != nil {
		return f, err
	}
	window, err := b.windowOf(q, f.Role, req.now)
	if err != nil {
		return f, err
	}
	f.Question.Window, f.Question.Agreed = window, false
	if f.Figures, err = hiring.FiguresOf(r, settings, of, window, req.now); err != nil || !q.Compare {
		return f, err
	}
	all, err := hiring.FiguresOf(r, settings, hiring.Scope{}, window, req.now)
	f.All = &all
	return f, err
}

// windowOf returns the weeks that a question is about.
func (b *Bot) windowOf(q hiring.Question, role *hiring.Role, now time.Time) (hiring.Window, error) {
	if q.Window != (hiring.Window{}) {
		return q.Window, nil
	}
	zone := b.house().Settings.Zone
	window := hiring.Weeks(hiring.WeekOf(now, zone), hiring.DefaultWeeks)
	switch {
	case q.Agreed && role.OpenedAt.IsZero():
		return window, hiring.Errorf("The brief of %v is not agreed yet, so there is nothing since.", q.Role)
	case q.Agreed:
		window.From = hiring.WeekOf(role.OpenedAt, zone)
	case role != nil: // all of it
		window.From = hiring.WeekOf(role.CreatedAt, zone)
	}
	return window, nil
}

// scopeOf returns whose figures a question asks for, if the person may read
// them.
func (b *Bot) scopeOf(r hiring.Record, req *request, q hiring.Question, f *templates.Answer) (hiring.Scope, error) {
	settings := b.house().Settings
	f.Everyone = settings.May(hiring.ReadAll, req.person, hiring.About{})
	f.Runs = f.Everyone
	switch {
	case q.Role != 0:
		role, err := b.role(r, req, q.Role)
		f.Role = &role
		f.Runs = settings.MayOwn(role, req.person)
		f.Everyone = f.Everyone || f.Runs
		return hiring.Scope{Role: q.Role}, err
	case q.All && !f.Everyone:
		return hiring.Scope{}, errOnlyAdmins
	case q.All:
		return hiring.Scope{}, nil
	}
	manager, err := b.manager(r, q.Team)
	if err == nil && manager != req.user && !f.Everyone {
		err = hiring.Errorf("Only %v and admins see the numbers of that team. `%v` lists your roles.", manager, hiring.Command("roles"))
	}
	f.Everyone = true
	f.Question.Team = string(manager)
	return hiring.Scope{HiringManager: manager}, err
}

// manager finds a hiring manager by what was typed: a mention, an id, or the
// beginning of a name.
func (b *Bot) manager(r hiring.Record, typed string) (hiring.UserID, error) {
	typed, _, _ = strings.Cut(strings.Trim(typed, "<@>"), "|")
	roles, err := r.AllRoles()
	if err != nil {
		return "", err
	}
	found := map[hiring.UserID]bool{}
	for _, role := range roles {
		p, err := r.Person(role.HiringManager)
		if err != nil {
			return "", err
		}
		if strings.EqualFold(string(p.ID), typed) {
			return p.ID, nil
		}
		if typed != "" && strings.HasPrefix(strings.ToLower(p.Name), strings.ToLower(typed)) {
			found[p.ID] = true
		}
	}
	if len(found) > 1 {
		return "", hiring.Errorf("Several hiring managers are called “%s”. Mention the one you mean.", typed)
	}
	for id := range found {
		return id, nil
	}
	return "", hiring.Errorf("“%s” is no hiring manager of any role. Mention one, such as `team @kari`.", typed)
}

// why shows who stands behind a number, as far as the person may know them.
func (b *Bot) why(ctx context.Context, req *request) (rep reply, err error) {
	asked, number, _ := strings.Cut(req.typed, "/")
	number, before, older := strings.Cut(number, "/")
	page := hiring.Page{Most: templates.MaxBehind}
	n, err := hiring.ParseNumber(number)
	if err == nil && before != "" {
		page.Before, err = hiring.ParseCandidateID(before)
	}
	if err != nil {
		return reply{}, err
	}
	q, err := hiring.ParseQuestion(asked, req.now, b.house().Settings.Zone)
	switch {
	case err != nil:
		return reply{}, err
	case q.Role == 0 && !q.All && q.Team == "":
		return reply{}, hiring.Errorf("This button is no longer in use. Open the message again, or start from the Home tab.")
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		f := templates.Answer{Question: q, Reader: req.user}
		of, err := b.scopeOf(r, req, q, &f)
		if err != nil {
			return err
		}
		f.Figures.Scope = of
		if f.Role != nil && !b.house().Settings.May(hiring.KnowCandidate, req.person, hiring.About{Role: *f.Role}) {
			return hiring.Errorf("Only the owners of %v, its interviewers and admins may see that. Its hiring manager is %v, its recruiter %v.", q.Role, f.Role.HiringManager, f.Role.Recruiter)
		}
		window, err := b.windowOf(q, f.Role, req.now)
		if err != nil {
			return err
		}
		backing, err := hiring.Behind(r, b.house().Settings, req.person, of, window, n, page)
		if err != nil {
			return err
		}
		v, err := req.write.Why(r, f, backing, req.now)
		if rep = open(v); older { // a page of the same window
			rep = update(v)
		}
		return err
	})
	return rep, err
}
