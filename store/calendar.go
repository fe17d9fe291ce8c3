package store

import (
	"fmt"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// Calendar says by which settings the counts of a record were made.
type Calendar int

// The calendars of counts.
const (
	CalendarNow   Calendar = iota // by those of now
	CalendarOther                 // by others, which Recount and CountAnew go by, too
	CalendarNone                  // by none that can be read: they are nothing to go by
)

// Calendar returns it. It is [CalendarNow] unless [Options.KeepCounts] is set.
func (s *Store) Calendar() Calendar { return s.calendar }

// calendarOf names what counts are made by: when any of it changes, they are
// made anew at the next start.
func calendarOf(s hiring.Settings) string {
	return fmt.Sprintf("%v %v %v–%v %s %v", s.Zone, s.WorkDays, s.WorkFrom, s.WorkTo, s.Country, s.ContactDue)
}

// keepCounts has the store count as the counts of the file were made.
func (s *Store) keepCounts(calendar string) {
	made, known := settingsOf(calendar, s.settings)
	switch {
	case !known:
		s.calendar = CalendarNone
	case calendar != calendarOf(s.settings):
		s.calendar, s.settings = CalendarOther, made
	}
}

// settingsOf returns the settings with those that a calendar names in their
// place; false when it names none that can be read.
func settingsOf(calendar string, s hiring.Settings) (hiring.Settings, bool) {
	var zone, hours, contact string
	d := &s.WorkDays
	_, err := fmt.Sscanf(calendar, "%s [%t %t %t %t %t %t %t] %s %s %s", &zone, &d[0], &d[1], &d[2], &d[3], &d[4], &d[5], &d[6], &hours, &s.Country, &contact)
	if err == nil {
		s.Zone, err = time.LoadLocation(zone)
	}
	from, to, _ := strings.Cut(hours, "–")
	for _, x := range []struct {
		text string
		into *time.Duration
	}{{from, &s.WorkFrom}, {to, &s.WorkTo}, {contact, &s.ContactDue}} {
		if err == nil {
			*x.into, err = time.ParseDuration(x.text)
		}
	}
	return s, err == nil && calendarOf(s) == calendar
}
