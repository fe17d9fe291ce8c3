package templates

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// later separates what is needed before sourcing from what can follow.
func (w Writer) later() []slack.Block {
	return []slack.Block{divider(), small(w.m("The rest can wait, or stay empty."))}
}

func (w Writer) roleStep(f IntakeForm) []slack.Block {
	d, t := f.Draft, f.Draft.Terms
	var blocks []slack.Block
	if f.Role != 0 {
		blocks = append(blocks, textInput(hiring.FieldReason, w.t("Why does the brief change?"), w.t("One line. The other owner reads it."), f.Reason))
	} else if preset := w.presetInput(f.Preset); preset != nil {
		blocks = append(blocks, preset)
	}
	title := textInput(hiring.FieldTitle, w.t("Title"), w.t("Such as “Backend developer”."), t.Title)
	// Slack shows what stood in an input before as long as its ids stay: another
	// action id lets the preset's title in.
	title.Element.(*slack.PlainTextInputBlockElement).ActionID += "#" + f.Preset
	blocks = append(blocks, title,
		textInput(hiring.FieldTeam, w.t("Team"), "", t.Team))
	if f.Role == 0 {
		blocks = append(blocks,
			userInput(hiring.FieldHiringManager, w.t("Hiring manager"), "", d.HiringManager),
			userInput(hiring.FieldRecruiter, w.t("Recruiter"), "", d.Recruiter),
			optional(channelInput(hiring.FieldChannel, w.t("Channel"), w.t("Hears the brief once you agree, and the digest on Mondays. Candidates have names in a private channel only. Empty makes the role confidential: direct messages, no channel."), d.Channel, f.SavedAt.IsZero())))
	}
	blocks = append(blocks,
		numberInput(hiring.FieldOpenings, w.t("Openings"), "", t.Openings, 1, hiring.MaxOpenings),
		selectInput(hiring.FieldNeed, w.t("Why is there an opening?"), options(hiring.Needs(), w.need), string(t.Need)),
		selectInput(hiring.FieldLevel, w.t("Level"), options(hiring.Levels(), w.level), string(t.Level)),
		selectInput(hiring.FieldEmployment, w.t("Contract"), options(hiring.Employments(), w.employment), string(t.Employment)))
	blocks = append(blocks, w.later()...)
	return append(blocks,
		optional(textArea(hiring.FieldWhyNow, w.t("Why now?"), w.t("What breaks without this person?"), t.WhyNow)),
		optional(userInput(hiring.FieldDeputy, w.t("Deputy for the hiring manager"), "", t.Deputy)))
}

// options are the options of a select for every value of a list.
func options[T ~string](list []T, name func(T) string) []*slack.OptionBlockObject {
	var all []*slack.OptionBlockObject
	for _, v := range list {
		all = append(all, option(string(v), name(v)))
	}
	return all
}

func (w Writer) personStep(f IntakeForm) []slack.Block {
	t := f.Draft.Terms
	musts, nices := t.Skills(), t.NiceToHaves
	blocks := []slack.Block{
		textArea(hiring.FieldSuccess, w.t("After three months, this person has …"), w.t("Up to three, one a line. Could a stranger see whether it happened?"), strings.Join(t.Success, "\n")),
	}
	if p, ok := w.preset(f.Preset); ok {
		blocks = append(blocks, w.questions(p)...)
		offered := w.presetSkills(p.MustHaves)
		musts = without(musts, offered)
		blocks = append(blocks, optional(choicesInput(fieldMustChoices, w.t("Must-haves to choose from"), w.t("Would you say no to somebody excellent without it?"), offered, t.Skills())))
		nicesOffered := w.presetTexts(p.NiceToHaves)
		nices = without(nices, nicesOffered)
		blocks = append(blocks, w.mustArea(musts, true))
		blocks = append(blocks, optional(choicesInput(fieldNiceChoices, w.t("Nice-to-haves to choose from"), "", nicesOffered, t.NiceToHaves)))
	} else {
		blocks = append(blocks, w.mustArea(musts, false))
	}
	blocks = append(blocks, optional(textArea(hiring.FieldNiceToHaves, w.t("Nice-to-haves"), w.t("One a line, the most useful first, at most %d.", hiring.MaxSkills), strings.Join(nices, "\n"))))
	blocks = append(blocks, w.later()...)
	return append(blocks,
		optional(textArea(hiring.FieldSuccessHalf, w.t("After half a year"), w.t("Up to three, one a line."), strings.Join(t.SuccessHalf, "\n"))),
		optional(textArea(hiring.FieldSuccessYear, w.t("After a year"), w.t("Up to three, one a line."), strings.Join(t.SuccessYear, "\n"))),
		optional(textArea(hiring.FieldTasks, w.t("The top three tasks"), w.t("One a line."), strings.Join(t.Tasks, "\n"))),
		optional(textArea(hiring.FieldDisqualifiers, w.t("What rules somebody out"), w.t("One a line, about the job, never about the person."), strings.Join(t.Disqualifiers, "\n"))))
}

// mustArea asks for must-haves in the manager's own words; when some can be
// chosen beside it, it may stay empty.
func (w Writer) mustArea(lines []string, may bool) slack.Block {
	b := textArea(hiring.FieldMustHaves, w.t("Must-haves"), w.t("One a line, five are plenty. Would you say no to somebody excellent without it? Feedback rates exactly these."), strings.Join(lines, "\n"))
	if may {
		return optional(b)
	}
	return b
}

func (w Writer) roundsStep(t hiring.Terms) []slack.Block {
	blocks := []slack.Block{small(w.m("The screen comes before these, the offer after. Leave name and panel empty to drop a round."))}
	for i, s := range t.Interviews {
		if i > 0 {
			blocks = append(blocks, divider())
		}
		blocks = append(blocks,
			optional(textInput(hiring.InterviewField(s.ID, hiring.PartName), w.t("Interview %d", i+1), "", s.Name)),
			optional(usersInput(hiring.InterviewField(s.ID, hiring.PartPanel), w.t("Who interviews"), w.t("Each of them is asked for feedback."), s.Panel)),
			optional(numberInput(hiring.InterviewField(s.ID, hiring.PartMinutes), w.t("Minutes"), "", s.Minutes, 5, hiring.MaxMinutes)),
			optional(numberInput(hiring.InterviewField(s.ID, hiring.PartDays), w.t("Working days it may take"), "", s.WorkDays, 1, hiring.MaxStageDays)))
	}
	if len(t.Interviews) < hiring.MaxInterviews {
		blocks = append(blocks, buttons(button(ActionAddInterview, "", w.t("Add an interview"))))
	}
	return append(blocks, optional(userInput(hiring.FieldDecides, w.t("Who decides?"), w.t("Empty: the hiring manager."), t.Decides)))
}

func (w Writer) checksStep(t hiring.Terms) []slack.Block {
	blocks := []slack.Block{small(w.m("How do you find out about each must-have? Once, in one interview, is best. An applicant who asks has a right to know how their qualifications were judged."))}
	ways := w.ways(t)
	for i, m := range t.MustHaves {
		hint := ""
		if m.Meets != "" {
			hint = w.t("Meets it: %s Exceeds it: %s", cut(m.Meets, maxPlaceholder), cut(m.Exceeds, maxPlaceholder))
		}
		e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, string(hiring.VerifiedField(i)), ways...)
		for _, c := range m.VerifiedBy {
			if o := chosen(ways, string(c)); o != nil {
				e.InitialOptions = append(e.InitialOptions, o)
			}
		}
		blocks = append(blocks, optional(input(hiring.VerifiedField(i), m.Skill, hint, e)))
	}
	if len(t.MustHaves) == 0 {
		return blocks
	}
	var learnable []*slack.OptionBlockObject
	e := slack.NewCheckboxGroupsBlockElement(string(hiring.FieldLearnable))
	for i, m := range t.MustHaves {
		o := option(string(hiring.VerifiedField(i)), m.Skill)
		if learnable = append(learnable, o); m.Learnable {
			e.InitialOptions = append(e.InitialOptions, o)
		}
	}
	e.Options = learnable
	return append(blocks, divider(), optional(input(hiring.FieldLearnable, w.t("Which could be learned in three months?"), w.t("Then it is likely a nice-to-have."), e)))
}

// ways are the ways to find out about a must-have: the interviews first.
func (w Writer) ways(t hiring.Terms) []*slack.OptionBlockObject {
	var all []*slack.OptionBlockObject
	for _, s := range t.Interviews {
		all = append(all, option(string(s.ID), w.stage(s)))
	}
	return append(all, options(hiring.Checks(), w.check)...)
}

func (w Writer) offerStep(t hiring.Terms) []slack.Block {
	told := []*slack.OptionBlockObject{option("yes", w.t("Yes, before the first interview")), option("no", w.t("No, later"))}
	when := slack.NewRadioButtonsBlockElement(string(hiring.FieldPayTold), told...)
	if when.InitialOption = told[0]; t.Pay.ToldLate {
		when.InitialOption = told[1]
	}
	currencies := options(hiring.Currencies(), func(c string) string { return c })
	blocks := []slack.Block{
		optional(numberInput(hiring.FieldPayFrom, w.t("Pay from, per year"), "", t.Pay.From, 0, hiring.MaxPay)),
		optional(numberInput(hiring.FieldPayTo, w.t("Pay to, per year"), "", t.Pay.To, 0, hiring.MaxPay)),
		selectInput(hiring.FieldCurrency, w.t("Currency"), currencies, t.Pay.Currency),
		input(hiring.FieldPayTold, w.t("Do candidates hear the range?"), "", when),
		divider(),
		small(w.m("Why would somebody employed and content move? In your own words; three reasons are convincing, empty ones are fine.")),
		optional(textArea(hiring.FieldLife, w.t("Work and life"), "", t.Reasons.Life)),
		optional(textArea(hiring.FieldAutonomy, w.t("Leadership and autonomy"), "", t.Reasons.Autonomy)),
		optional(textArea(hiring.FieldChallenge, w.t("Technical challenge"), "", t.Reasons.Challenge)),
		optional(textArea(hiring.FieldStability, w.t("Stability"), "", t.Reasons.Stability)),
		textArea(hiring.FieldDownside, w.t("One honest downside"), w.t("Whoever hears it before signing stays."), t.Downside),
		divider(),
		optional(textArea(hiring.FieldFlexibility, w.t("Flexibility"), w.t("Days on site, hours, remote from where, travel, on call."), t.Flexibility)),
		textInput(hiring.FieldLocation, w.t("Place"), "", t.Location),
		textInput(hiring.FieldLanguage, w.t("Working language"), w.t("And how well it has to be spoken."), t.Language),
	}
	blocks = append(blocks, w.later()...)
	return append(blocks,
		optional(textArea(hiring.FieldRelocation, w.t("Relocation and visa"), w.t("Whom you help to move here, and how."), t.Relocation)),
		optional(textArea(hiring.FieldOnboarding, w.t("Onboarding from abroad"), w.t("Language training, housing, somebody who shows around."), t.Onboarding)))
}

func (w Writer) planStep(f IntakeForm) []slack.Block {
	t := f.Draft.Terms
	var blocks []slack.Block
	if p, ok := w.preset(f.Preset); ok {
		blocks = append(blocks, w.hard(p))
	}
	blocks = append(blocks,
		dateInput(hiring.FieldTargetStart, w.t("Target start"), t.TargetStart),
		optional(numberInput(hiring.FieldNoticeMonths, w.t("Notice period to expect, months"), "", t.NoticeMonths, 0, hiring.MaxNotice)),
		choicesInput(hiring.FieldSources, w.t("Where to look"), "", w.sourceOptions(), sourceValues(t.Sources)))
	if p, ok := w.preset(f.Preset); ok {
		blocks = append(blocks, w.where(p))
	}
	blocks = append(blocks, w.later()...)
	return append(blocks,
		optional(dateInput(hiring.FieldLatestStart, w.t("Latest start"), t.LatestStart)),
		optional(dateInput(hiring.FieldShortlistBy, w.t("First shortlist by"), t.ShortlistBy)),
		optional(textArea(hiring.FieldOffLimits, w.t("Companies that are off limits"), w.t("One a line."), strings.Join(t.OffLimits, "\n"))),
		small(w.promises()))
}

// promises says what owners and panel promise each other by the rules.
func (w Writer) promises() Mrkdwn {
	s := w.House.Settings
	return w.m("What you promise each other: feedback within %s of an interview, a decision within %s of the last feedback, and a look back at this brief after %s or %s.",
		w.within(s.FeedbackDue), w.within(s.DecisionDue), w.t("%d answers on candidates", s.LookBackAnswers), w.t("%d working days", s.LookBackDays))
}

func (w Writer) sourceOptions() []*slack.OptionBlockObject {
	return options(hiring.Sources(), w.source)
}

// without returns the texts that are not among options.
func without(list []string, offered []*slack.OptionBlockObject) []string {
	var rest []string
	for _, s := range list {
		if !has(offered, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

func has(offered []*slack.OptionBlockObject, text string) bool {
	for _, o := range offered {
		if o.Text.Text == text {
			return true
		}
	}
	return false
}

// listed returns sources in the order in which forms show them.
func listed(list []hiring.Source) []hiring.Source {
	all := hiring.Sources()
	return slices.SortedFunc(slices.Values(list), func(a, b hiring.Source) int { return slices.Index(all, a) - slices.Index(all, b) })
}

func sourceValues(list []hiring.Source) []string {
	values := make([]string, len(list))
	for i, s := range list {
		values[i] = string(s)
	}
	return values
}
