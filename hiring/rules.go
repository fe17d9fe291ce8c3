package hiring

import (
	"slices"
	"time"
)

// Rules are what admins set for the workspace in Slack. They take the place of
// what the process was started with.
type Rules struct {
	FeedbackDue      time.Duration // in the interviewer's working time
	SignOffDays      int           // working days
	WorkDays         [7]bool       // by time.Weekday
	WorkFrom, WorkTo time.Duration // since midnight
	Country          string        // ISO 3166 code
	Locale           Locale
	Admins           []UserID
	DigestChannel    ChannelID // hears the digest over all roles; empty for none
	NudgeCron        string
	DigestCron       string
	ChangedBy        UserID
	ChangedAt        time.Time // zero for rules that nobody has set
}

// Set says whether admins have set the rules.
func (r Rules) Set() bool { return !r.ChangedAt.IsZero() }

// With returns the settings under the rules.
func (s Settings) With(r Rules) Settings {
	if !r.Set() {
		return s
	}
	s.FeedbackDue, s.SignOffDays = r.FeedbackDue, r.SignOffDays
	s.WorkDays, s.WorkFrom, s.WorkTo = r.WorkDays, r.WorkFrom, r.WorkTo
	s.Country, s.Locale, s.Admins = r.Country, r.Locale, r.Admins
	return s
}

// Bounds of rules.
const (
	MaxFeedbackHours = 80
	MaxSignOffDays   = 30
)

// ChangeRules sets the rules for the workspace; the other admins hear of it.
// wrong is what else speaks against them, such as a cron line that cannot be
// read. It returns [FieldErrors].
func (a Act) ChangeRules(r Rules, wrong FieldErrors) (Rules, Change, error) {
	if !a.Settings.May(SeeStuck, a.By, About{}) {
		return Rules{}, Change{}, Errorf("Only admins can change the rules.")
	}
	errs := FieldErrors{}
	for field, e := range wrong {
		errs[field] = e
	}
	if r.FeedbackDue < time.Minute || r.FeedbackDue > MaxFeedbackHours*time.Hour {
		errs[FieldFeedbackDue] = Errorf("Write a number of hours from 1 to %v.", MaxFeedbackHours)
	}
	if r.SignOffDays < 1 || r.SignOffDays > MaxSignOffDays {
		errs[FieldSignOffDays] = Errorf("Write a number of days from 1 to %v.", MaxSignOffDays)
	}
	if r.WorkTo <= r.WorkFrom {
		errs[FieldWorkTo] = Errorf("The day must end after it begins.")
	}
	if !slices.Contains(r.WorkDays[:], true) {
		errs[FieldWorkDays] = Errorf("Choose at least one working day.")
	}
	if !slices.Contains(a.Settings.Countries, r.Country) {
		errs[FieldCountry] = Errorf("Choose one of the countries in the list.")
	}
	if r.Locale != English && r.Locale != Norwegian {
		errs[FieldLocale] = Errorf("Choose one of the languages in the list.")
	}
	if !slices.Contains(r.Admins, a.By.ID) {
		errs[FieldAdmins] = Errorf("You must stay among the admins; another admin can take you out.")
	}
	if err := a.reachable(errs, FieldAdmins, r.Admins...); err != nil {
		return Rules{}, Change{}, err
	}
	if err := errs.OrNil(); err != nil {
		return Rules{}, Change{}, err
	}
	r.ChangedBy, r.ChangedAt = a.By.ID, a.Now
	c := Change{Rules: r, Events: []Event{{Kind: RulesChanged, At: a.Now, By: a.By.ID}}}
	for _, u := range distinct(slices.Concat(r.Admins, a.Settings.Admins)) {
		if u != a.By.ID {
			c.Notices = append(c.Notices, Notice{Kind: TellRules, User: u, About: a.By.ID, Subjects: []Subject{{Kind: AboutRole}}, CreatedAt: a.Now, NotBefore: a.Now})
		}
	}
	return r, c, nil
}
