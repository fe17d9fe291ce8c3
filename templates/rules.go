package templates

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/samsvar/samsvar/hiring"
)

// Rules renders the form that sets the workspace's rules. nudges and digests
// are the next runs of the cron lines.
func (w Writer) Rules(r hiring.Rules, nudges, digests []time.Time) slack.ModalViewRequest {
	blocks := []slack.Block{
		numberInput(hiring.FieldFeedbackDue, w.t("Feedback is due after, working hours"), "", int(math.Ceil(r.FeedbackDue.Hours())), 1, hiring.MaxFeedbackHours),
		numberInput(hiring.FieldSignOffDays, w.t("A signature is due after, working days"), "", r.SignOffDays, 1, hiring.MaxSignOffDays),
		divider(),
		w.workDaysInput(r.WorkDays),
		timeInput(hiring.FieldWorkFrom, w.t("The day begins"), r.WorkFrom),
		timeInput(hiring.FieldWorkTo, w.t("The day ends"), r.WorkTo),
		w.countryInput(r.Country),
		w.localeInput(r.Locale),
		divider(),
		optional(channelInput(hiring.FieldDigestChannel, w.t("Digest over all roles"), w.t("A channel for the week of every role. Empty: none."), r.DigestChannel, false)),
		textInput(hiring.FieldDigestCron, w.t("Digests run at"), w.runs(digests), r.DigestCron),
		textInput(hiring.FieldNudgeCron, w.t("Reminders are looked at"), w.runs(nudges), r.NudgeCron),
		divider(),
		usersInput(hiring.FieldAdmins, w.t("Admins"), w.t("They see everything that is stuck and may act for every role."), r.Admins),
	}
	var presets []Mrkdwn
	for _, p := range w.House.Presets {
		presets = append(presets, raw(p.Name.in(w.locale)))
	}
	if len(presets) > 0 {
		blocks = append(blocks, small(w.m("Presets for the intake: %s. More come from the folder that SAMSVAR_PRESETS names.", join(", ", presets...))))
	}
	if r.Set() {
		blocks = append(blocks, small(w.m("Last changed by %s, %s.", r.ChangedBy, r.ChangedAt)))
	}
	return w.form(CallbackRules, w.t("Rules"), w.t("Save"), blocks)
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
	all := []*slack.OptionBlockObject{option(string(hiring.English), "English"), option(string(hiring.Norwegian), "Norsk")}
	return selectInput(hiring.FieldLocale, w.t("Language, until people choose their own"), all, string(chosen))
}

// ReadRules reads the form that sets the workspace's rules.
func ReadRules(v slack.View) (hiring.Rules, hiring.FieldErrors) {
	s, errs := stateOf(v), hiring.FieldErrors{}
	hours := s.whole(hiring.FieldFeedbackDue, 0, errs, hiring.Errorf("Write a whole number."))
	r := hiring.Rules{
		FeedbackDue: time.Duration(hours) * time.Hour, SignOffDays: s.whole(hiring.FieldSignOffDays, 0, errs, hiring.Errorf("Write a whole number.")),
		WorkFrom: sinceMidnight(s.at(hiring.FieldWorkFrom).SelectedTime), WorkTo: sinceMidnight(s.at(hiring.FieldWorkTo).SelectedTime),
		Country: s.option(hiring.FieldCountry), Locale: hiring.Locale(s.option(hiring.FieldLocale)), Admins: s.users(hiring.FieldAdmins),
		DigestChannel: hiring.ChannelID(s.at(hiring.FieldDigestChannel).SelectedConversation),
		NudgeCron:     s.text(hiring.FieldNudgeCron), DigestCron: s.text(hiring.FieldDigestCron),
	}
	if r.WorkTo == 0 {
		r.WorkTo = 24 * time.Hour
	}
	for _, o := range s.at(hiring.FieldWorkDays).SelectedOptions {
		if day, err := strconv.Atoi(o.Value); err == nil && day >= 0 && day < 7 {
			r.WorkDays[day] = true
		}
	}
	r.Admins = slices.DeleteFunc(r.Admins, func(u hiring.UserID) bool { return u == "" })
	return r, errs
}

// RulesChanged says that new rules are in force.
func (w Writer) RulesChanged() slack.ModalViewRequest {
	return w.done(w.t("Saved"), w.m("✓ The new rules are in force. What is due already stays due when it was."), button(ActionRules, "", w.t("Read")))
}

// rulesChanged tells an admin that another has changed the rules.
func (p page) rulesChanged(by hiring.UserID) Message {
	m := p.Notify(p.m("%s has changed the rules.", p.who(by)))
	m.Blocks = append(m.Blocks, buttons(button(ActionRules, "", p.t("Read"))))
	return m
}
