package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// homeOpened renders the Home of whoever opened it.
func (b *Bot) homeOpened(_ context.Context, req *request) (reply, error) {
	return reply{home: req.typed == "home"}, nil
}

// language keeps the language a person chose on their Home.
func (b *Bot) language(ctx context.Context, req *request) (reply, error) {
	chosen := hiring.Locale(req.typed)
	if chosen != hiring.English && chosen != hiring.Norwegian {
		return reply{}, hiring.Errorf("Choose one of the languages in the list.")
	}
	err := b.act(ctx, req, func(a hiring.Act) (hiring.Change, error) {
		p := a.By
		p.Locale = chosen
		return hiring.Change{People: []hiring.Person{p}}, nil
	})
	return reply{home: true}, err
}

// publish renders the person's Home anew where the reply asks for it. The
// record is read under the lock, so a slow rendering never overwrites a newer
// one.
func (b *Bot) publish(ctx context.Context, req *request, rep reply) error {
	if !rep.home {
		return nil
	}
	b.opened.Store(req.user, true)
	return b.publishTo(ctx, req.user, req.now)
}

// publishTouched keeps the Homes of others current that an act concerns, as
// far as they have ever looked at theirs.
func (b *Bot) publishTouched(ctx context.Context, req *request) error {
	var failed []error
	for _, u := range req.touched {
		if _, opened := b.opened.Load(u); opened && u != req.user {
			failed = append(failed, b.publishTo(ctx, u, req.now))
		}
	}
	return errors.Join(failed...)
}

func (b *Bot) publishTo(ctx context.Context, u hiring.UserID, now time.Time) error {
	lock := b.home(u)
	lock.Lock()
	defer lock.Unlock()
	v, err := b.renderHome(ctx, u, now)
	if err != nil {
		return fmt.Errorf("home of %s: %w", u, err)
	}
	_, err = b.API.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(u), View: v})
	return err
}

func (b *Bot) renderHome(ctx context.Context, u hiring.UserID, now time.Time) (v slack.HomeTabViewRequest, err error) {
	settings := b.house().Settings
	err = b.Record.View(ctx, func(r hiring.Record) error {
		d, err := hiring.DeskOf(r, settings, u, now)
		if err != nil {
			return err
		}
		write := b.house().For(settings.LocaleOf(d.Person), settings.ZoneOf(d.Person))
		v, err = write.Home(r, d, now)
		return err
	})
	return v, err
}

// funnel shows a role's funnel of the week that runs, of the candidates added
// in the span that was typed; without a role, the person's roles.
func (b *Bot) funnel(ctx context.Context, req *request) (rep reply, err error) {
	back, rest := span(req.typed)
	req.typed = rest
	id, err := b.chooseRole(ctx, req)
	if err != nil {
		return reply{}, err
	}
	if id == 0 {
		return b.roles(ctx, req)
	}
	settings := b.house().Settings
	var since hiring.Week
	if back > 0 {
		since = hiring.WeekOf(req.now.Add(-back), settings.Zone)
	}
	err = b.Record.View(ctx, func(r hiring.Record) error {
		if _, err := b.role(r, req, id); err != nil {
			return err
		}
		sum, err := hiring.Summarize(r, settings, id, hiring.WeekOf(req.now, settings.Zone), since, req.now)
		if err != nil {
			return err
		}
		m, err := req.write.Funnel(r, sum, templates.OnePerson, req.now)
		rep = b.message(req, m)
		return err
	})
	return rep, err
}
