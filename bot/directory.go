package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// channelKept is how long what Slack said of a channel is believed.
const channelKept = time.Hour

// Directory knows who people are and who reads a conversation.
type Directory struct {
	api    *slack.Client
	record Record

	mu       sync.Mutex
	channels map[hiring.ChannelID]audience
	own      *slack.AuthTestResponse // the workspace; nil until Slack was asked
}

type audience struct {
	of    templates.Audience
	until time.Time
}

// NewDirectory returns a directory that asks Slack and remembers in the record.
func NewDirectory(api *slack.Client, record Record) *Directory {
	return &Directory{api: api, record: record, channels: make(map[hiring.ChannelID]audience)}
}

// Learn reads the profiles of people that are missing in the record or older
// than a day into it. One profile that cannot be read does not keep the
// others away; the errors are joined.
func (d *Directory) Learn(ctx context.Context, now time.Time, users ...hiring.UserID) error {
	var errs []error
	seen := make(map[hiring.UserID]bool)
	for _, u := range users {
		if u == "" || seen[u] {
			continue
		}
		seen[u] = true
		if err := d.learn(ctx, now, u); err != nil {
			errs = append(errs, fmt.Errorf("profile of %s: %w", u, err))
		}
	}
	return errors.Join(errs...)
}

func (d *Directory) learn(ctx context.Context, now time.Time, u hiring.UserID) error {
	var known hiring.Person
	err := d.record.View(ctx, func(r hiring.Record) (err error) {
		known, err = r.Person(u)
		return err
	})
	if err != nil {
		return err
	}
	if !known.ReadAt.IsZero() && now.Sub(known.ReadAt) < freshness {
		return nil
	}
	own, err := d.workspace(ctx)
	if err != nil {
		return fmt.Errorf("the workspace: %w", err)
	}
	profile, err := d.api.GetUserInfoContext(ctx, string(u))
	if err != nil {
		return err
	}
	return d.record.Change(ctx, "", now, func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person(u)
		if err != nil {
			return hiring.Change{}, err
		}
		p.Name, p.Zone = nameOf(profile), profile.TZ
		p.Away, p.Bot = profile.Deleted, profile.IsBot || u == "USLACKBOT"
		p.Guest = profile.IsRestricted || profile.IsUltraRestricted || profile.IsStranger || foreign(profile, own)
		p.ReadAt = now
		c := hiring.Change{People: []hiring.Person{p}}
		if p.Away {
			return c, nil
		}
		back, err := hiring.Reachable(r, hiring.Conversation{User: u})
		c.Add(back)
		if errors.Is(err, hiring.ErrNothing) {
			err = nil
		}
		return c, err
	})
}

// workspace returns whose token this is. Slack is asked once.
func (d *Directory) workspace(ctx context.Context) (*slack.AuthTestResponse, error) {
	d.mu.Lock()
	own := d.own
	d.mu.Unlock()
	if own != nil {
		return own, nil
	}
	own, err := d.api.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.own = own
	return own, nil
}

// foreign says whether somebody is from another organisation. In a channel
// shared with us they are no stranger to Slack, so the team decides.
func foreign(u *slack.User, own *slack.AuthTestResponse) bool {
	ours := u.TeamID == "" || u.TeamID == own.TeamID || slices.Contains(u.Enterprise.Teams, own.TeamID) ||
		own.EnterpriseID != "" && u.Enterprise.EnterpriseID == own.EnterpriseID
	return !ours
}

// nameOf returns what colleagues call a person.
func nameOf(u *slack.User) string {
	for _, name := range []string{u.Profile.DisplayName, u.RealName, u.Name} {
		if name != "" {
			return name
		}
	}
	return ""
}

// Knows says whether it is known who reads a channel.
func (d *Directory) Knows(channel hiring.ChannelID, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	known, ok := d.channels[channel]
	return ok && now.Before(known.until)
}

// Audience returns who reads a conversation: a channel, a direct message, or a
// person's id for the direct messages with them. When Slack does not say, it is
// everybody, the careful answer, together with the error.
func (d *Directory) Audience(ctx context.Context, now time.Time, id hiring.ChannelID) (templates.Audience, error) {
	if id == "" {
		return templates.PublicChannel, errors.New("no channel")
	}
	if strings.ContainsRune("DUW", rune(id[0])) { // direct messages; people, as chat.postMessage takes them
		return templates.OnePerson, nil
	}
	d.mu.Lock()
	known, ok := d.channels[id]
	d.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.of, nil
	}
	c, err := d.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: string(id)})
	if err != nil {
		return templates.PublicChannel, fmt.Errorf("channel %s: %w", id, err)
	}
	of := templates.PublicChannel
	// A channel shared with another organisation is public to us.
	if c.IsPrivate && !c.IsExtShared && !c.IsPendingExtShared {
		of = templates.PrivateChannel
	}
	d.mu.Lock()
	d.channels[id] = audience{of, now.Add(channelKept)}
	d.mu.Unlock()
	return of, nil
}
