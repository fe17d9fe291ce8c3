package hiring

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rules are what admins set for the workspace in Slack. They take the place of
// what the process was started with.
type Rules struct {
	Promises
	Ladder
	Interviewing
	WorkDays         [7]bool       // by time.Weekday
	WorkFrom, WorkTo time.Duration // since midnight
	Country          string        // ISO 3166 code
	Locale           Locale
	Admins           []UserID
	DigestChannel    ChannelID // hears the digest over all roles; empty for none
	NudgeCron        string
	DigestCron       string
	ChangedBy        UserID
	ChangedAt        time.Time    // zero for rules that nobody has set
	Log              []RuleChange // what was changed, the last first
}

// RuleChange is one rule that an admin set to something else. The values are
// as [Rules.Value] writes them.
type RuleChange struct {
	At       time.Time
	By       UserID // empty for the configuration
	Rule     Field
	From, To string
}

// maxRuleLog is how many changes of rules are kept for reading. Events keep
// that there were more.
const maxRuleLog = 20

// Set says whether admins have set the rules.
func (r Rules) Set() bool { return !r.ChangedAt.IsZero() }

// With returns the settings under the rules.
func (s Settings) With(r Rules) Settings {
	if !r.Set() {
		return s
	}
	s.Promises, s.Ladder, s.Interviewing = r.Promises, r.Ladder, r.Interviewing
	s.WorkDays, s.WorkFrom, s.WorkTo = r.WorkDays, r.WorkFrom, r.WorkTo
	s.Country, s.Locale, s.Admins = r.Country, r.Locale, r.Admins
	return s
}

// ChangeRules sets the rules for the workspace in the place of the former ones;
// the other admins hear of it. wrong is what else speaks against them, such as
// a cron line that cannot be read. It returns [FieldErrors].
func (a Act) ChangeRules(former, r Rules, wrong FieldErrors) (Rules, Change, error) {
	if !a.Settings.May(SeeStuck, a.By, About{}) {
		return Rules{}, Change{}, Errorf("Only admins can change the rules.")
	}
	errs := FieldErrors{}
	for field, e := range wrong {
		errs[field] = e
	}
	r.Promises.check(errs)
	r.Ladder.check(errs)
	r.Interviewing.check(errs)
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
	named := slices.DeleteFunc(slices.Clone(r.Admins), func(u UserID) bool { return slices.Contains(former.Admins, u) })
	if err := a.reachable(errs, FieldAdmins, named...); err != nil {
		return Rules{}, Change{}, err
	}
	if err := errs.OrNil(); err != nil {
		return Rules{}, Change{}, err
	}
	changed := r.since(former, a.By.ID, a.Now)
	if len(changed) == 0 {
		return former, Change{}, nil
	}
	r.ChangedBy, r.ChangedAt = a.By.ID, a.Now
	r.Log = former.Log
	r.log(changed)
	c := Change{Rules: r, Events: []Event{{Kind: RulesChanged, At: a.Now, By: a.By.ID, Count: len(changed)}}}
	for _, u := range distinct(slices.Concat(r.Admins, a.Settings.Admins)) {
		if u != a.By.ID {
			c.Notices = append(c.Notices, Notice{Kind: TellRules, User: u, About: a.By.ID, Subjects: []Subject{{Kind: AboutRole}}, CreatedAt: a.Now, NotBefore: a.Now})
		}
	}
	return r, c, nil
}

// ReplaceAdmins makes those whom the process was started with admins when all
// whom the rules on record name are deactivated or guests now: only an admin
// could name others. It returns the rules then on record, and [ErrNothing] when
// they stay as they are.
func ReplaceAdmins(record Record, configured []UserID, now time.Time) (Rules, Change, error) {
	r, err := record.Rules()
	if err != nil || !r.Set() {
		return r, Change{}, cmp.Or(err, ErrNothing)
	}
	former, err := stillThere(record, r.Admins)
	if err != nil {
		return r, Change{}, err
	}
	next, err := stillThere(record, configured)
	switch {
	case err != nil:
		return r, Change{}, err
	case len(former) > 0 || len(next) == 0:
		return r, Change{}, ErrNothing
	}
	before := r
	r.Admins = next
	r.log(r.since(before, "", now))
	return r, Change{Rules: r, Events: []Event{{Kind: RulesChanged, At: now, Count: 1}}}, nil
}

// stillThere returns those who are neither deactivated nor guests, as far as is
// known.
func stillThere(record Record, users []UserID) (list []UserID, err error) {
	for _, u := range users {
		p, err := record.Person(u)
		if err != nil {
			return nil, err
		}
		if !p.Away && !p.Guest {
			list = append(list, u)
		}
	}
	return list, nil
}

// log keeps what was changed, the last first.
func (r *Rules) log(changed []RuleChange) {
	r.Log = append(changed, r.Log...)
	r.Log = r.Log[:min(len(r.Log), maxRuleLog)]
}

// RuleFields lists the fields of every rule, in the order of the forms.
func RuleFields() []Field {
	return slices.Concat(PromiseFields(), []Field{
		FieldSignOffDays, FieldLookBackAnswers, FieldLookBackDays,
		FieldGrace, FieldEveryDays, FieldNudgesOwner, FieldNudgesAdmins, FieldMaxSnoozeDays, FieldNudgeCron,
		FieldMaxRounds, FieldOpenFeedback,
		FieldWorkDays, FieldWorkFrom, FieldWorkTo, FieldCountry, FieldLocale,
		FieldDigestChannel, FieldDigestCron, FieldAdmins,
	})
}

// Value writes a rule as text that is the same for the same rule: hours and
// counts in digits, days of the week as numbers from 0 for Sunday, times of day
// since midnight, people by their ids, yes or nothing.
func (r Rules) Value(f Field) string {
	if d := r.Promises.Duration(f); d != nil {
		return hours(*d)
	}
	switch f {
	case FieldGrace:
		return hours(r.Grace)
	case FieldOpenFeedback:
		return map[bool]string{true: "yes"}[r.OpenFeedback]
	case FieldWorkDays:
		var days []string
		for day, works := range r.WorkDays {
			if works {
				days = append(days, strconv.Itoa(day))
			}
		}
		return strings.Join(days, " ")
	case FieldWorkFrom:
		return r.WorkFrom.String()
	case FieldWorkTo:
		return r.WorkTo.String()
	case FieldAdmins:
		return fmt.Sprint(distinct(slices.Clone(r.Admins)))
	default:
		return r.word(f)
	}
}

// word writes the rules that are a number or a text.
func (r Rules) word(f Field) string {
	numbers := map[Field]int{
		FieldSignOffDays: r.SignOffDays, FieldLookBackAnswers: r.LookBackAnswers, FieldLookBackDays: r.LookBackDays, FieldEveryDays: r.EveryDays,
		FieldNudgesOwner: r.NudgesOwner, FieldNudgesAdmins: r.NudgesAdmins, FieldMaxSnoozeDays: r.MaxSnoozeDays, FieldMaxRounds: r.MaxRounds,
	}
	if n, ok := numbers[f]; ok {
		return strconv.Itoa(n)
	}
	return map[Field]string{
		FieldNudgeCron: r.NudgeCron, FieldDigestCron: r.DigestCron, FieldCountry: r.Country, FieldLocale: string(r.Locale), FieldDigestChannel: string(r.DigestChannel),
	}[f]
}

// hours writes a duration in hours, such as 8 or 1.5.
func hours(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', -1, 64) }

// since lists what is otherwise than in the former rules.
func (r Rules) since(former Rules, by UserID, now time.Time) []RuleChange {
	var list []RuleChange
	for _, f := range RuleFields() {
		if from, to := former.Value(f), r.Value(f); from != to {
			list = append(list, RuleChange{At: now, By: by, Rule: f, From: from, To: to})
		}
	}
	return list
}
