package hiring

import (
	"sync"
	"time"
)

// Locale is a language people read: en or nb.
type Locale string

// The languages.
const (
	English   Locale = "en"
	Norwegian Locale = "nb"
)

// Person is somebody in the workspace, as Slack's profile and the person's
// own choices say.
type Person struct {
	ID       UserID
	Name     string
	Zone     string        // IANA name from Slack's profile; empty when unknown
	Country  string        // ISO 3166 code; empty for the workspace's
	Locale   Locale        // chosen on the App Home; empty for the workspace's
	Away     bool          // deactivated in Slack: cannot be reached
	Guest    bool          // guest or from another organisation: sees nothing
	Bot      bool          // an app, not a person
	WorkFrom time.Duration // since midnight; with WorkTo zero the workspace's
	WorkTo   time.Duration // since midnight; up to 24h
	Free     []Span        // days marked as away, in the person's zone
	NudgedAt time.Time     // the last nudge; zero for never
	ReadAt   time.Time     // when Slack's profile was read; zero for never
}

// Settings are the workspace's rules.
type Settings struct {
	Zone     *time.Location
	Country  string // ISO 3166 code
	Locale   Locale
	WorkDays [7]bool       // by time.Weekday
	WorkFrom time.Duration // since midnight
	WorkTo   time.Duration // since midnight; up to 24h
	Promises
	Ladder
	Interviewing
	Admins    []UserID
	Countries []string // those whose public holidays are known, as ISO 3166 codes
	// Holiday says whether a day is free in a country (ISO 3166 code).
	Holiday func(country string, day Date) bool
}

// WorkTime returns when the person works, filled up with the workspace's
// values where the profile says nothing.
func (s Settings) WorkTime(p Person) WorkTime {
	country := p.Country
	if country == "" {
		country = s.Country
	}
	w := WorkTime{Zone: s.ZoneOf(p), Days: s.WorkDays, From: s.WorkFrom, To: s.WorkTo}
	if p.WorkTo != 0 {
		w.From, w.To = p.WorkFrom, p.WorkTo
	}
	free, holiday := p.Free, s.Holiday
	w.Holiday = func(d Date) bool {
		_, away := awayOn(free, d)
		return away || holiday != nil && holiday(country, d)
	}
	return w
}

// ZoneOf returns the person's zone, or the workspace's when Slack's profile
// names none that is known.
func (s Settings) ZoneOf(p Person) *time.Location {
	if p.Zone == "" {
		return s.Zone
	}
	if zone, known := zones.Load(p.Zone); known {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		return s.Zone
	}
	zones.Store(p.Zone, zone)
	return zone
}

// zones are the zones by name that were read: reading one takes longer than
// anything else that is done for an answer.
var zones sync.Map

// LocaleOf returns the language the person reads.
func (s Settings) LocaleOf(p Person) Locale {
	if p.Locale != "" {
		return p.Locale
	}
	return s.Locale
}

func (p Person) insider() bool { return !p.Guest && !p.Bot && !p.Away }
