package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
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
