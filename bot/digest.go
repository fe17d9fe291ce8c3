package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// digests shows which channels hear the digest of a role, or of all roles, to
// those who may choose; without a role, the person's roles.
func (b *Bot) digests(ctx context.Context, req *request) (reply, error) {
	var id hiring.RoleID
	if word := strings.ToLower(key(req.typed)); word != "all" && word != "alle" {
		role, err := b.chooseRole(ctx, req)
		switch {
		case err != nil:
			return reply{}, err
		case role == 0:
			return b.roles(ctx, req)
		}
		id = role
	}
	return b.digestsOf(ctx, req, id)
}

// digestsOf shows which channels hear the digest of a role, or of all roles
// when id is 0.
func (b *Bot) digestsOf(ctx context.Context, req *request, id hiring.RoleID) (rep reply, err error) {
	err = b.ofDigest(ctx, req, id, func(_ hiring.Record, role *hiring.Role, list []hiring.Subscription) error {
		rep = open(req.write.Subscriptions(role, list, b.usual(req.now)))
		return nil
	})
	return rep, err
}

// ofDigest reads the channels that hear the digest of a role, or of all roles
// when id is 0, for somebody who may choose them.
func (b *Bot) ofDigest(ctx context.Context, req *request, id hiring.RoleID, read func(hiring.Record, *hiring.Role, []hiring.Subscription) error) error {
	return b.Record.View(ctx, func(r hiring.Record) error {
		own, role := b.house().DigestChannel, (*hiring.Role)(nil)
		if id != 0 {
			found, err := b.ownRole(r, req, id)
			if err != nil {
				return err
			}
			own, role = found.Channel, &found
		} else if !b.house().Settings.May(hiring.ReadAll, req.person, hiring.About{}) {
			return errOnlyAdmins
		}
		list, err := hiring.SubscriptionsOf(r, id, own)
		if err != nil {
			return err
		}
		return read(r, role, list)
	})
}

var errOnlyAdmins = hiring.Errorf("Only admins see the numbers over all roles. `%v` lists yours.", hiring.Command("roles"))

// usual returns when the rules' day and time of digests come next; zero when
// that is not known.
func (b *Bot) usual(now time.Time) time.Time {
	if b.Rulebook == nil {
		return time.Time{}
	}
	runs := b.Rulebook.Runs(b.Rulebook.Rules().DigestCron, now)
	if len(runs) == 0 {
		return time.Time{}
	}
	return runs[0]
}

// openSubscribe opens the form that lets a channel hear a digest.
func (b *Bot) openSubscribe(ctx context.Context, req *request) (rep reply, err error) {
	about, err := templates.DecodeDigestKey(req.typed)
	if err != nil {
		return reply{}, err
	}
	err = b.ofDigest(ctx, req, about.Role, func(_ hiring.Record, _ *hiring.Role, list []hiring.Subscription) error {
		sub, known := hiring.Subscription{Role: about.Role}, false
		for _, s := range list {
			if s.Channel == about.Channel {
				sub, known = s, true
			}
		}
		rep = open(req.write.Subscribe(sub, known, b.usual(req.now)))
		return nil
	})
	return rep, err
}

// submitSubscribe lets a channel hear a digest.
func (b *Bot) submitSubscribe(ctx context.Context, req *request) (reply, error) {
	want, err := templates.ReadSubscribe(req.view)
	if err != nil {
		return reply{}, err
	}
	var sub hiring.Subscription
	err = b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		sub, c, err = a.Subscribe(want, b.house().DigestChannel, b.usual(req.now))
		return c, err
	})
	if err != nil {
		return reply{}, err
	}
	next := b.usual(req.now)
	if sub.Own {
		next = sub.Next(req.now, b.house().Settings.Zone)
	}
	if sub.Told == "" && sub.FirstAt.After(next) {
		next = sub.FirstAt
	}
	return done(req.write.Subscribed(sub, next)), nil
}

// unsubscribe lets a channel hear no more digests.
func (b *Bot) unsubscribe(ctx context.Context, req *request) (reply, error) {
	about, err := templates.DecodeDigestKey(req.typed)
	if err != nil {
		return reply{}, err
	}
	var sub hiring.Subscription
	err = b.act(ctx, req, func(a hiring.Act) (c hiring.Change, err error) {
		sub, c, err = a.Unsubscribe(about.Role, b.house().DigestChannel, about.Channel)
		return c, err
	})
	if err != nil {
		return reply{}, err
	}
	if req.inModal() {
		return update(req.write.Window(req.write.Unsubscribed(sub))), nil
	}
	return b.message(req, req.write.Unsubscribed(sub)), nil
}

// refreshPause is how often a digest can be brought up to date: an edit is
// seen by everybody, and Slack counts them (chat.update, 50 a minute).
const refreshPause = time.Minute

// refreshDigest brings last week's digest up to date for somebody who may read
// the numbers in it.
func (b *Bot) refreshDigest(ctx context.Context, req *request) (reply, error) {
	about, err := templates.DecodeDigestKey(req.typed)
	if err != nil {
		return reply{}, err
	}
	refresh := func(r hiring.Record) (hiring.Change, error) {
		own := b.house().DigestChannel
		if about.Role != 0 {
			role, err := b.role(r, req, about.Role)
			if err != nil {
				return hiring.Change{}, err
			}
			own = role.Channel
		} else if !b.house().Settings.May(hiring.ReadAll, req.person, hiring.About{}) {
			return hiring.Change{}, errOnlyAdmins
		}
		return hiring.RefreshDigest(r, hiring.DigestSubject(about.Role, about.Week), own, about.Channel)
	}
	// Who may not is told so before whoever was too quick.
	if err := b.Record.View(ctx, func(r hiring.Record) error { _, err := refresh(r); return err }); err != nil {
		return reply{}, err
	}
	once := fmt.Sprintf("refresh/%s/%d", about, req.now.Unix()/int64(refreshPause/time.Second))
	err = b.Record.Change(ctx, once, req.now, refresh)
	if errors.Is(err, hiring.ErrRepeated) {
		return reply{}, hiring.Errorf("The digest was brought up to date just now. Try again in a minute.")
	}
	if err != nil {
		return reply{}, err
	}
	return b.message(req, req.write.Refreshed()), nil
}
