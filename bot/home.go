package bot

import (
	"context"
	"fmt"
	"sync"
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
	if req.person.ReadAt.IsZero() {
		b.meet(ctx, req) // it may work by now
	}
	return patiently(ctx, answerPause, func() error { return b.publishTo(ctx, req.user, req.now) })
}

// staleHomes are the Homes that are to be rendered anew although nobody waits
// for it.
type staleHomes struct {
	mu    sync.Mutex
	of    map[hiring.UserID]bool
	added chan struct{} // gets a value when there are some
}

func newStaleHomes() staleHomes {
	return staleHomes{of: make(map[hiring.UserID]bool), added: make(chan struct{}, 1)}
}

func (s *staleHomes) add(u hiring.UserID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.of[u] = true
	select {
	case s.added <- struct{}{}:
	default:
	}
}

func (s *staleHomes) some() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.of) > 0
}

// take takes one out. There must be some.
func (s *staleHomes) take() (u hiring.UserID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for u = range s.of {
		break
	}
	delete(s.of, u)
	return u
}

// touch has the Homes of others rendered anew that an act concerns, as far as
// they have ever looked at theirs.
func (b *Bot) touch(req *request) {
	for _, u := range req.touched {
		if _, opened := b.opened.Load(u); opened && u != req.user {
			b.stale.add(u)
		}
	}
}

// keepHomes renders stale Homes anew, as fast as Slack's limits leave room for
// what can wait, until ctx ends. A Home that many acts concern meanwhile is
// rendered once.
func (b *Bot) keepHomes(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.stale.added:
		}
		for b.stale.some() {
			granted, err := b.Pace.await(ctx, publishView)
			if err != nil {
				return
			}
			b.keepHome(granted, b.stale.take())
		}
	}
}

func (b *Bot) keepHome(ctx context.Context, u hiring.UserID) {
	ctx, cancel := context.WithTimeout(ctx, afterTime)
	defer cancel()
	err := b.publishTo(ctx, u, b.Clock())
	switch _, limited := rateLimited(err); {
	case limited:
		b.stale.add(u) // the pace knows when
	case err != nil && ctx.Err() == nil:
		b.suspect(ctx, err)
		b.Log.Warn("cannot publish a Home", "user", u, "error", cause(err))
	}
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
		if d.Person.ReadAt.IsZero() { // it may be a guest, who is to see nothing
			v = write.HomeUnread()
			return nil
		}
		v, err = write.Home(r, d, now)
		return err
	})
	return v, err
}
