package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type subscriptionRow struct {
	Role        int           `json:"role,omitzero"`
	Channel     string        `json:"channel"`
	Own         bool          `json:"own,omitzero"`
	Day         int           `json:"day,omitzero"` // by time.Weekday
	At          time.Duration `json:"at_ns,omitzero"`
	Locale      string        `json:"locale,omitzero"`
	Off         bool          `json:"off,omitzero"`
	By          string        `json:"by,omitzero"`
	SetAt       time.Time     `json:"set_at,omitzero"`
	PreviewedAt time.Time     `json:"previewed_at,omitzero"`
	FirstAt     time.Time     `json:"first_at,omitzero"`
	Told        string        `json:"told,omitzero"`
	ToldAt      time.Time     `json:"told_at,omitzero"`
	Before      time.Time     `json:"before,omitzero"`
}

func subscriptionRowOf(s hiring.Subscription) subscriptionRow {
	return subscriptionRow{
		Role: int(s.Role), Channel: string(s.Channel), Own: s.Own, Day: int(s.Day), At: s.At, Locale: string(s.Locale), Off: s.Off,
		By: string(s.By), SetAt: s.SetAt.UTC(), PreviewedAt: s.PreviewedAt.UTC(),
		FirstAt: s.FirstAt.UTC(), Told: string(s.Told), ToldAt: s.ToldAt.UTC(), Before: s.Before.UTC(),
	}
}

func (s subscriptionRow) subscription() hiring.Subscription {
	return hiring.Subscription{
		Role: hiring.RoleID(s.Role), Channel: hiring.ChannelID(s.Channel), Own: s.Own, Day: time.Weekday(s.Day), At: s.At,
		Locale: hiring.Locale(s.Locale), Off: s.Off, By: hiring.UserID(s.By), SetAt: s.SetAt, PreviewedAt: s.PreviewedAt,
		FirstAt: s.FirstAt, Told: hiring.Week(s.Told), ToldAt: s.ToldAt, Before: s.Before,
	}
}
