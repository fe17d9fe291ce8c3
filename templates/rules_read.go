package templates

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// ReadRules reads a form that sets one section of the rules, on top of those in
// force.
func ReadRules(v slack.View, r hiring.Rules) (hiring.Rules, hiring.FieldErrors) {
	s, errs := stateOf(v), hiring.FieldErrors{}
	m, _ := metaOf(v) // without it, nothing is set
	switch m.Rules {
	case RulesPromises:
		for _, f := range hiring.PromiseFields() {
			*r.Promises.Duration(f) = s.hours(f, errs)
		}
		r.SignOffDays, r.LookBackDays = s.count(hiring.FieldSignOffDays, errs), s.count(hiring.FieldLookBackDays, errs)
		r.LookBackAnswers = s.count(hiring.FieldLookBackAnswers, errs)
	case RulesReminders:
		r.Grace, r.EveryDays = s.hours(hiring.FieldGrace, errs), s.count(hiring.FieldEveryDays, errs)
		r.NudgesOwner, r.NudgesAdmins = s.count(hiring.FieldNudgesOwner, errs), s.count(hiring.FieldNudgesAdmins, errs)
		r.MaxSnoozeDays, r.NudgeCron = s.count(hiring.FieldMaxSnoozeDays, errs), s.text(hiring.FieldNudgeCron)
	case RulesInterviewing:
		r.MaxRounds, r.OpenFeedback = s.count(hiring.FieldMaxRounds, errs), s.option(hiring.FieldOpenFeedback) == "yes"
	case RulesTime:
		r.WorkDays, r.WorkFrom, r.WorkTo = s.workDays(), sinceMidnight(s.at(hiring.FieldWorkFrom).SelectedTime), sinceMidnight(s.at(hiring.FieldWorkTo).SelectedTime)
		if r.WorkTo == 0 {
			r.WorkTo = 24 * time.Hour
		}
		r.Country, r.Locale = s.option(hiring.FieldCountry), hiring.Locale(s.option(hiring.FieldLocale))
	case RulesDigests:
		r.DigestChannel, r.DigestCron = hiring.ChannelID(s.at(hiring.FieldDigestChannel).SelectedConversation), s.text(hiring.FieldDigestCron)
	case RulesAdmins:
		r.Admins = slices.DeleteFunc(s.users(hiring.FieldAdmins), func(u hiring.UserID) bool { return u == "" })
	}
	return r, errs
}

// count reads a whole number; nothing is 0.
func (s state) count(f hiring.Field, errs hiring.FieldErrors) int {
	return s.whole(f, 0, errs, hiring.Errorf("Write a whole number."))
}

// hours reads a number of hours, such as 8, 1.5 or 1,5; nothing is 0.
func (s state) hours(f hiring.Field, errs hiring.FieldErrors) time.Duration {
	text := strings.Replace(s.text(f), ",", ".", 1)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 0 && n <= 10*hiring.MaxPromiseHours) {
		errs[f] = hiring.Errorf("Write a number of hours above 0, at most %v.", hiring.MaxPromiseHours)
		return 0
	}
	return time.Duration(n * float64(time.Hour)).Round(time.Minute)
}

func (s state) workDays() (days [7]bool) {
	for _, o := range s.at(hiring.FieldWorkDays).SelectedOptions {
		if day, err := strconv.Atoi(o.Value); err == nil && day >= 0 && day < 7 {
			days[day] = true
		}
	}
	return days
}
