package templates

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Choices renders the form where a person says when they work: hours, country,
// days away.
func (w Writer) Choices(p hiring.Person) slack.ModalViewRequest {
	work := w.House.Settings.WorkTime(p)
	blocks := []slack.Block{
		small(w.m("I remind you only in your working time. Your time zone is %s, as in your Slack profile.", work.Zone.String())),
		timeInput(hiring.FieldWorkFrom, w.t("Your day begins"), work.From),
		timeInput(hiring.FieldWorkTo, w.t("Your day ends"), work.To),
	}
	if len(w.House.Settings.Countries) > 0 {
		blocks = append(blocks, w.countryInput(cmp.Or(p.Country, w.House.Settings.Country)))
	}
	blocks = append(blocks, divider(), section(w.m("*Days away*")))
	if away := w.away(p); away != nil {
		blocks = append(blocks, away)
	}
	return w.form(CallbackSettings, w.t("My working hours"), w.t("Save"), append(blocks,
		optional(dateInput(hiring.FieldAwayFrom, w.t("Away from"), "")),
		optional(dateInput(hiring.FieldAwayTo, w.t("Last day away"), "")),
		small(w.m("Nothing comes due for you on these days, and nobody can hand anything over to you."))))
}

// away lists the days the person is away, to take out; nil when there are
// none.
func (w Writer) away(p hiring.Person) slack.Block {
	var all []*slack.OptionBlockObject
	for _, s := range p.Free {
		all = append(all, option(fmt.Sprintf("%s/%s", s.From, s.To), w.span(s)))
	}
	if len(all) == 0 {
		return nil
	}
	e := slack.NewCheckboxGroupsBlockElement(string(hiring.FieldAwayKeep), all...)
	e.InitialOptions = all
	return optional(input(hiring.FieldAwayKeep, w.t("You are away"), w.t("Take the mark away when you are not."), e))
}

// span names a range of days.
func (w Writer) span(s hiring.Span) string {
	if s.From == s.To {
		return w.day(s.From.Midnight(time.UTC))
	}
	return w.day(s.From.Midnight(time.UTC)) + " – " + w.day(s.To.Midnight(time.UTC))
}

// ReadChoices reads the form where a person says when they work. A day that
// ends at 00:00 lasts until midnight.
func ReadChoices(v slack.View) hiring.Choices {
	s := stateOf(v)
	c := hiring.Choices{
		Country:  s.option(hiring.FieldCountry),
		WorkFrom: sinceMidnight(s.at(hiring.FieldWorkFrom).SelectedTime), WorkTo: sinceMidnight(s.at(hiring.FieldWorkTo).SelectedTime),
	}
	if c.WorkTo == 0 {
		c.WorkTo = 24 * time.Hour
	}
	for _, o := range s.at(hiring.FieldAwayKeep).SelectedOptions {
		from, to, _ := strings.Cut(o.Value, "/")
		c.Free = append(c.Free, hiring.Span{From: hiring.Date(from), To: hiring.Date(to)})
	}
	if from, to := s.date(hiring.FieldAwayFrom), s.date(hiring.FieldAwayTo); from != "" || to != "" {
		c.Free = append(c.Free, hiring.Span{From: from, To: to})
	}
	return c
}

// sinceMidnight reads a time of day as Slack writes it: 08:30.
func sinceMidnight(text string) time.Duration {
	h, m, _ := strings.Cut(text, ":")
	hours, _ := strconv.Atoi(h) // Slack sends two numbers or nothing
	minutes, _ := strconv.Atoi(m)
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
}

func timeInput(field hiring.Field, label string, d time.Duration) *slack.InputBlock {
	e := slack.NewTimePickerBlockElement(string(field))
	e.InitialTime = clock(d % (24 * time.Hour))
	return input(field, label, "", e)
}

// Chosen says what a person chose.
func (w Writer) Chosen(p hiring.Person) slack.ModalViewRequest {
	work := w.House.Settings.WorkTime(p)
	text := []Mrkdwn{w.m("✓ You work from %s to %s. I remind you only then.", w.timeOfDay(work.From), w.timeOfDay(work.To))}
	for _, s := range p.Free {
		text = append(text, w.m("• Away %s", w.span(s)))
	}
	return w.done(w.t("Saved"), lines(text...))
}
