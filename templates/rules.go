package templates

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/samsvar/samsvar/hiring"
)

// RuleSection is one part of the workspace's rules: what one form sets.
type RuleSection string

// The sections, in the order they are shown.
const (
	RulesPromises     RuleSection = "promises"
	RulesReminders    RuleSection = "reminders"
	RulesInterviewing RuleSection = "interviewing"
	RulesTime         RuleSection = "time"
	RulesDigests      RuleSection = "digests"
	RulesAdmins       RuleSection = "admins"
)

// ruleSection is what a section is called and which rules it sets.
type ruleSection struct {
	id    RuleSection
	title string
	rules []hiring.Field
}

func (w Writer) ruleSections() []ruleSection {
	return []ruleSection{
		{RulesPromises, w.t("What people promise"), append(hiring.PromiseFields(), hiring.FieldSignOffDays, hiring.FieldLookBackAnswers, hiring.FieldLookBackDays)},
		{RulesReminders, w.t("Reminders"), []hiring.Field{
			hiring.FieldGrace, hiring.FieldEveryDays, hiring.FieldNudgesOwner, hiring.FieldNudgesAdmins, hiring.FieldMaxSnoozeDays, hiring.FieldNudgeCron,
		}},
		{RulesInterviewing, w.t("Interviews"), []hiring.Field{hiring.FieldMaxRounds, hiring.FieldOpenFeedback}},
		{RulesTime, w.t("Working time and language"), []hiring.Field{
			hiring.FieldWorkDays, hiring.FieldWorkFrom, hiring.FieldWorkTo, hiring.FieldCountry, hiring.FieldLocale,
		}},
		{RulesDigests, w.t("Weekly digests"), []hiring.Field{hiring.FieldDigestChannel, hiring.FieldDigestCron}},
		{RulesAdmins, w.t("Admins"), []hiring.Field{hiring.FieldAdmins}},
	}
}

// rule is what a rule is called; values come behind it.
func (w Writer) rule(f hiring.Field) string {
	switch f {
	case hiring.FieldFeedbackDue:
		return w.t("Feedback after an interview, working hours")
	case hiring.FieldLookDue:
		return w.t("Answer on a proposed candidate, working hours")
	case hiring.FieldDecisionDue:
		return w.t("Decision after the last feedback, working hours")
	case hiring.FieldNextDue:
		return w.t("Next interview arranged, working hours")
	case hiring.FieldContactDue:
		return w.t("First contact with a candidate, working hours")
	case hiring.FieldReplyDue:
		return w.t("Candidate told after an interview or a no, working hours")
	case hiring.FieldHeldDue:
		return w.t("Word on whether an interview took place, working hours")
	case hiring.FieldSignOffDays:
		return w.t("Signature under a brief, working days")
	case hiring.FieldLookBackAnswers:
		return w.t("Look back at the brief after so many answers")
	case hiring.FieldLookBackDays:
		return w.t("Or after so many working days")
	default:
		return w.otherRule(f)
	}
}

func (w Writer) otherRule(f hiring.Field) string {
	switch f {
	case hiring.FieldGrace:
		return w.t("First reminder after the due time, working hours")
	case hiring.FieldEveryDays:
		return w.t("Working days between two reminders of a person")
	case hiring.FieldNudgesOwner:
		return w.t("Reminders before the other owner is told")
	case hiring.FieldNudgesAdmins:
		return w.t("Reminders before admins are told")
	case hiring.FieldMaxSnoozeDays:
		return w.t("Reminders can be put off for, working days")
	case hiring.FieldNudgeCron:
		return w.t("Reminders are looked at")
	case hiring.FieldMaxRounds:
		return w.t("Remark on a brief with more interviews than")
	case hiring.FieldOpenFeedback:
		return w.t("Interviewers read each other's feedback")
	case hiring.FieldWorkDays:
		return w.t("Working days")
	case hiring.FieldWorkFrom:
		return w.t("The day begins")
	case hiring.FieldWorkTo:
		return w.t("The day ends")
	case hiring.FieldCountry:
		return w.t("Public holidays of")
	case hiring.FieldLocale:
		return w.t("Language, until people choose their own")
	case hiring.FieldDigestChannel:
		return w.t("Digest over all roles")
	case hiring.FieldDigestCron:
		return w.t("Digests run at")
	default:
		return w.t("Admins")
	}
}

// ruleValue says a rule's value, as [hiring.Rules.Value] writes it, in words.
func (w Writer) ruleValue(f hiring.Field, value string) Mrkdwn {
	switch f {
	case hiring.FieldOpenFeedback:
		if value == "" {
			return w.m("once they have given their own")
		}
		return w.m("at any time")
	case hiring.FieldWorkDays:
		var days []Mrkdwn
		for i := range 7 {
			if day := (i + 1) % 7; slices.Contains(strings.Fields(value), strconv.Itoa(day)) {
				days = append(days, raw(w.weekday(day)))
			}
		}
		return w.and(days)
	case hiring.FieldWorkFrom, hiring.FieldWorkTo:
		d, err := time.ParseDuration(value)
		if err != nil {
			return raw(value)
		}
		return raw(w.timeOfDay(d % (24 * time.Hour)))
	case hiring.FieldCountry:
		return raw(w.countryName(value))
	case hiring.FieldLocale:
		return raw(languageNames[hiring.Locale(value)])
	case hiring.FieldDigestChannel:
		if value == "" {
			return w.m("none")
		}
		return Mrkdwn("<#" + escape(value) + ">")
	case hiring.FieldNudgeCron, hiring.FieldDigestCron:
		return Mrkdwn("`" + entities.Replace(strings.ReplaceAll(oneLine(value), "`", "")) + "`") // its asterisks stay
	case hiring.FieldAdmins:
		var people []Mrkdwn
		for _, u := range strings.Fields(strings.Trim(value, "[]")) {
			people = append(people, w.person(hiring.UserID(u)))
		}
		return w.and(people)
	default:
		return raw(value)
	}
}

// ruleBold is a rule's value so that it stands out. A cron line is code, which
// Slack does not make bold: the asterisks around it would stand beside its own.
func (w Writer) ruleBold(f hiring.Field, value string) Mrkdwn {
	said := w.ruleValue(f, value)
	if f == hiring.FieldNudgeCron || f == hiring.FieldDigestCron || said == "" {
		return said
	}
	return "*" + said + "*"
}

// languageNames are what languages call themselves.
var languageNames = map[hiring.Locale]string{hiring.English: "English", hiring.Norwegian: "Norsk"}

// Runs are when the cron lines of the rules run next.
type Runs struct{ Nudges, Digests []time.Time }

// Rules renders all of the workspace's rules, each section with the button that
// changes it, and what was changed lately.
func (w Writer) Rules(r hiring.Rules, next Runs) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, s := range w.ruleSections() {
		text := bold(s.title)
		for _, f := range s.rules {
			text = lines(text, join(": ", raw(w.rule(f)), w.ruleBold(f, r.Value(f))))
		}
		switch s.id {
		case RulesReminders:
			text = lines(text, raw(w.runs(next.Nudges)))
		case RulesDigests:
			text = lines(text, raw(w.runs(next.Digests)))
		}
		blocks = append(blocks, sectionWith(text, button(ActionRules+"#"+string(s.id), string(s.id), w.t("Change"))))
	}
	var presets []Mrkdwn
	for _, p := range w.House.Presets {
		presets = append(presets, raw(p.Name.in(w.locale)))
	}
	if len(presets) > 0 {
		blocks = append(blocks, small(w.m("Presets for the intake: %s. More come from the folder that SAMSVAR_PRESETS names.", join(", ", presets...))))
	}
	if len(r.Log) > 0 {
		blocks = append(blocks, divider(), section(lines(append([]Mrkdwn{w.m("*Changed lately*")}, w.ruleChanges(r.Log)...)...)))
	}
	return w.window(w.t("Rules"), blocks)
}

// ruleChanges lists changes of rules, the last first; those that somebody made
// at once stand together.
func (w Writer) ruleChanges(log []hiring.RuleChange) []Mrkdwn {
	shown, more := fold(log, maxListed)
	var list []Mrkdwn
	for i, c := range shown {
		if i == 0 || c.By != shown[i-1].By || !c.At.Equal(shown[i-1].At) {
			list = append(list, w.ruledBy(c))
		}
		list = append(list, w.ruleChange(c))
	}
	if more > 0 {
		list = append(list, w.m("and %d more", more))
	}
	return list
}

// ruledBy says who changed rules, and when.
func (w Writer) ruledBy(c hiring.RuleChange) Mrkdwn {
	if c.By == "" {
		return w.m("From the configuration, %s:", c.At)
	}
	return w.m("%s, %s:", c.By, c.At)
}

func (w Writer) ruleChange(c hiring.RuleChange) Mrkdwn {
	return w.m("• %s: %s → %s", raw(w.rule(c.Rule)), w.ruleValue(c.Rule, c.From), w.ruleBold(c.Rule, c.To))
}

// RulesForm renders the form that sets one section of the rules; an unknown
// section is the first one.
func (w Writer) RulesForm(id RuleSection, r hiring.Rules, next Runs) slack.ModalViewRequest {
	sections := w.ruleSections()
	s := sections[max(0, slices.IndexFunc(sections, func(s ruleSection) bool { return s.id == id }))]
	var blocks []slack.Block
	for _, f := range s.rules {
		blocks = append(blocks, w.ruleInput(f, r, next))
	}
	v := w.form(CallbackRules, s.title, w.t("Save"), blocks)
	v.PrivateMetadata = meta{Rules: s.id}.String()
	return v
}

// ruleInput is the input that sets one rule.
func (w Writer) ruleInput(f hiring.Field, r hiring.Rules, next Runs) slack.Block {
	label := w.rule(f)
	switch f {
	case hiring.FieldWorkDays:
		return w.workDaysInput(r.WorkDays)
	case hiring.FieldWorkFrom:
		return timeInput(f, label, r.WorkFrom)
	case hiring.FieldWorkTo:
		return timeInput(f, label, r.WorkTo)
	case hiring.FieldCountry:
		return w.countryInput(r.Country)
	case hiring.FieldLocale:
		return w.localeInput(r.Locale)
	case hiring.FieldDigestChannel:
		return optional(channelInput(f, label, w.t("A channel for the week of every role. Empty: none."), r.DigestChannel, false))
	case hiring.FieldDigestCron:
		return textInput(f, label, w.runs(next.Digests), r.DigestCron)
	case hiring.FieldNudgeCron:
		return textInput(f, label, w.runs(next.Nudges), r.NudgeCron)
	case hiring.FieldAdmins:
		return usersInput(f, label, w.t("They see everything that is stuck and may act for every role."), r.Admins)
	case hiring.FieldOpenFeedback:
		all := []*slack.OptionBlockObject{option("no", w.ruleValue(f, "").Plain()), option("yes", w.ruleValue(f, "yes").Plain())}
		chosen := "no"
		if r.OpenFeedback {
			chosen = "yes"
		}
		return selectInput(f, label, all, chosen)
	default:
		return w.ruleNumber(f, label, r)
	}
}

// ruleNumber is the input of a rule that is a number of hours, days or times.
func (w Writer) ruleNumber(f hiring.Field, label string, r hiring.Rules) slack.Block {
	most := map[hiring.Field]int{
		hiring.FieldSignOffDays: hiring.MaxPromiseDays, hiring.FieldLookBackDays: hiring.MaxPromiseDays, hiring.FieldMaxSnoozeDays: hiring.MaxPromiseDays,
		hiring.FieldLookBackAnswers: hiring.MaxAnswers, hiring.FieldMaxRounds: hiring.MaxInterviews,
		hiring.FieldEveryDays: hiring.MaxNudges, hiring.FieldNudgesOwner: hiring.MaxNudges, hiring.FieldNudgesAdmins: hiring.MaxNudges,
	}
	if n, counts := most[f]; counts {
		value, _ := strconv.Atoi(r.Value(f)) // a count is written in digits
		return numberInput(f, label, "", value, 1, n)
	}
	e := slack.NewNumberInputBlockElement(nil, string(f), true)
	e.MinValue, e.MaxValue, e.InitialValue = "0", strconv.Itoa(hiring.MaxPromiseHours), r.Value(f)
	return input(f, label, "", e)
}

// runs says when a cron line runs next.
func (w Writer) runs(next []time.Time) string {
	if len(next) == 0 {
		return w.t("A cron line of five fields: minute, hour, day, month, weekday.")
	}
	var list []Mrkdwn
	for _, t := range next {
		list = append(list, raw(w.moment(t)))
	}
	return w.t("Next: %s", join(" · ", list...))
}

func (w Writer) workDaysInput(days [7]bool) slack.Block {
	e := slack.NewCheckboxGroupsBlockElement(string(hiring.FieldWorkDays))
	for i := range 7 {
		day := (i + 1) % 7 // Monday first
		o := option(strconv.Itoa(day), w.weekday(day))
		if e.Options = append(e.Options, o); days[day] {
			e.InitialOptions = append(e.InitialOptions, o)
		}
	}
	return input(hiring.FieldWorkDays, w.t("Working days"), "", e)
}

func (w Writer) countryInput(chosen string) slack.Block {
	var all []*slack.OptionBlockObject
	for _, c := range w.House.Settings.Countries {
		all = append(all, option(c, w.countryName(c)))
	}
	if len(all) == 0 {
		all = append(all, option(chosen, w.countryName(chosen)))
	}
	slices.SortFunc(all, func(a, b *slack.OptionBlockObject) int { return strings.Compare(a.Text.Text, b.Text.Text) })
	return selectInput(hiring.FieldCountry, w.t("Public holidays of"), all, chosen)
}

// countryName names a country by its ISO 3166 code.
func (w Writer) countryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	tag := language.English
	if w.locale == hiring.Norwegian {
		tag = bokmal
	}
	if name := display.Regions(tag).Name(region); name != "" {
		return name
	}
	return code
}

func (w Writer) localeInput(chosen hiring.Locale) slack.Block {
	all := []*slack.OptionBlockObject{option(string(hiring.English), languageNames[hiring.English]), option(string(hiring.Norwegian), languageNames[hiring.Norwegian])}
	return selectInput(hiring.FieldLocale, w.t("Language, until people choose their own"), all, string(chosen))
}

// rulesChanged tells an admin what another has changed in the rules.
func (p page) rulesChanged(n hiring.Notice) (Message, error) {
	rules, err := p.record.Rules()
	if err != nil {
		return Message{}, err
	}
	text := []Mrkdwn{p.m("%s has changed the rules.", p.who(n.About))}
	shown, more := fold(slices.DeleteFunc(slices.Clone(rules.Log), func(c hiring.RuleChange) bool { return !c.At.Equal(n.CreatedAt) || c.By != n.About }), maxListed)
	for _, c := range shown {
		text = append(text, p.ruleChange(c))
	}
	if more > 0 {
		text = append(text, p.m("and %d more", more))
	}
	m := p.Notify(lines(text...))
	m.Blocks = append(m.Blocks, buttons(button(ActionRules, "", p.t("Read"))))
	return m, nil
}
