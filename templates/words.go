package templates

import (
	"strings"

	"github.com/samsvar/samsvar/hiring"
)

// stage names a stage: what the brief calls it, or the word for those every
// role has. It is plain text.
func (w Writer) stage(s hiring.Stage) string {
	if s.Name != "" {
		return cut(s.Name, hiring.MaxSkill)
	}
	switch s.Kind {
	case hiring.KindSourced:
		return w.t("Sourced")
	case hiring.KindScreen:
		return w.t("Screen")
	case hiring.KindOffer:
		return w.t("Offer")
	case hiring.KindHired:
		return w.t("Hired")
	default:
		return string(s.ID)
	}
}

// stageOf names a stage of a role, also one that only an older revision has.
func (w Writer) stageOf(role hiring.Role, id hiring.StageID) string {
	if s, ok := role.Plan().Stage(id); ok {
		return w.stage(s)
	}
	for i := len(role.Briefs) - 1; i >= 0; i-- {
		if s, ok := role.Briefs[i].Terms.Plan().Stage(id); ok {
			return w.stage(s)
		}
	}
	return string(id)
}

func (w Writer) source(s hiring.Source) string {
	switch s {
	case hiring.Outbound:
		return w.t("We found them")
	case hiring.Referral:
		return w.t("Referral")
	case hiring.Inbound:
		return w.t("They applied")
	case hiring.Agency:
		return w.t("Agency")
	case hiring.TalentPool:
		return w.t("Talent pool")
	case hiring.Internal:
		return w.t("Internal")
	case hiring.Meetup:
		return w.t("Event")
	default:
		return w.t("Other")
	}
}

func (w Writer) outcome(o hiring.Outcome) string {
	switch o {
	case hiring.Hired:
		return w.t("Hired")
	case hiring.Rejected:
		return w.t("Rejected: we said no")
	case hiring.Withdrawn:
		return w.t("Withdrawn: the candidate said no")
	default:
		return w.t("In the process")
	}
}

// offerEnd says how an offer ended; nothing for one that was accepted, as the
// hire says it.
func (w Writer) offerEnd(e hiring.OfferEnd) string {
	switch e {
	case hiring.Declined:
		return w.t("Declined our offer")
	case hiring.Expired:
		return w.t("Let our offer run out")
	case hiring.Renounced:
		return w.t("Withdrew after accepting")
	case hiring.TakenBack:
		return w.t("We took the offer back")
	default:
		return ""
	}
}

func (w Writer) rating(r hiring.Rating) string {
	switch r {
	case hiring.Exceeds:
		return w.t("Exceeds it")
	case hiring.Meets:
		return w.t("Meets it")
	case hiring.PartlyMeets:
		return w.t("Partly meets it")
	case hiring.DoesNotMeet:
		return w.t("Does not meet it")
	default:
		return w.t("Not assessed")
	}
}

func (w Writer) recommendation(r hiring.Recommendation) string {
	switch r {
	case hiring.StrongYes:
		return w.t("Strong yes")
	case hiring.Yes:
		return w.t("Yes")
	case hiring.No:
		return w.t("No")
	case hiring.StrongNo:
		return w.t("Strong no")
	default:
		return w.t("No recommendation")
	}
}

// weekday names a day of the week.
func (w Writer) weekday(day int) string {
	return []string{w.t("Sunday"), w.t("Monday"), w.t("Tuesday"), w.t("Wednesday"), w.t("Thursday"), w.t("Friday"), w.t("Saturday")}[day]
}

// command is what to type: `/hire feedback`.
func (w Writer) command(rest string) Mrkdwn { return Mrkdwn("`" + escape(w.typed(rest)) + "`") }

// typed is what somebody types, with the command's word in their language.
func (w Writer) typed(rest string) string {
	if rest == "" {
		return w.Command
	}
	word, args, _ := strings.Cut(rest, " ")
	if own, ok := nbCommands[word]; ok && w.locale == hiring.Norwegian {
		word = own
	}
	return strings.TrimSpace(w.Command + " " + word + " " + args)
}

// nbCommands are the Norwegian words of the command, by the English ones; the bot
// understands more.
var nbCommands = map[string]string{
	"help": "hjelp", "intake": "inntak", "brief": "stilling", "roles": "roller", "candidate": "kandidat", "move": "flytt",
	"feedback": "tilbakemelding", "funnel": "trakt", "digest": "ukesoversikt", "settings": "innstillinger",
}

// and joins a list: Kari, Ola and Per.
func (w Writer) and(list []Mrkdwn) Mrkdwn {
	if len(list) < 2 {
		return join("", list...)
	}
	return w.m("%s and %s", join(", ", list[:len(list)-1]...), list[len(list)-1])
}

// bullets writes a list of what people wrote, a line each.
func bullets(items []string) Mrkdwn {
	list := make([]Mrkdwn, len(items))
	for i, s := range items {
		list[i] = "• " + raw(s)
	}
	return lines(list...)
}

// people mentions a list of people.
func (w Writer) people(users []hiring.UserID) Mrkdwn {
	list := make([]Mrkdwn, len(users))
	for i, u := range users {
		list[i] = w.person(u)
	}
	return w.and(list)
}

func (w Writer) need(n hiring.Need) string {
	switch n {
	case hiring.Backfill:
		return w.t("Somebody leaves")
	case hiring.Growth:
		return w.t("More of the same work")
	case hiring.Initiative:
		return w.t("Something new")
	default:
		return ""
	}
}

func (w Writer) level(l hiring.Level) string {
	switch l {
	case hiring.Junior:
		return w.t("Junior")
	case hiring.Mid:
		return w.t("Mid-level")
	case hiring.Senior:
		return w.t("Senior")
	case hiring.Principal:
		return w.t("Lead or principal")
	case hiring.Manager:
		return w.t("Manager")
	default:
		return ""
	}
}

func (w Writer) employment(e hiring.Employment) string {
	switch e {
	case hiring.Permanent:
		return w.t("Permanent")
	case hiring.Temporary:
		return w.t("Temporary")
	case hiring.PartTime:
		return w.t("Part-time")
	case hiring.Contract:
		return w.t("Contractor")
	default:
		return ""
	}
}

// check names a way to find out about a must-have outside interviews.
func (w Writer) check(c hiring.Check) string {
	switch c {
	case hiring.CheckCV:
		return w.t("CV or portfolio")
	case hiring.CheckWorkSample:
		return w.t("Work sample")
	case hiring.CheckReferences:
		return w.t("References")
	default:
		return string(c)
	}
}

// checks names how a must-have is found out.
func (w Writer) checks(m hiring.MustHave, t hiring.Terms) []string {
	var list []string
	for _, c := range m.VerifiedBy {
		if s, ok := t.Plan().Stage(hiring.StageID(c)); ok {
			list = append(list, w.stage(s))
		} else {
			list = append(list, w.check(c))
		}
	}
	return list
}

// sectionName names a part of the brief.
func (w Writer) sectionName(s hiring.Section) string {
	switch s {
	case hiring.ThePerson:
		return w.t("the person")
	case hiring.TheDecision:
		return w.t("the decision")
	case hiring.TheOffer:
		return w.t("the offer")
	case hiring.ThePlan:
		return w.t("the plan")
	default:
		return w.t("the role")
	}
}

// field names a field of the brief.
func (w Writer) field(f hiring.Field) string {
	names := map[hiring.Field]string{
		hiring.FieldTitle: w.t("Title"), hiring.FieldTeam: w.t("Team"), hiring.FieldOpenings: w.t("Openings"), hiring.FieldNeed: w.t("Why is there an opening?"),
		hiring.FieldWhyNow: w.t("Why now?"), hiring.FieldLevel: w.t("Level"), hiring.FieldEmployment: w.t("Contract"), hiring.FieldDeputy: w.t("Deputy for the hiring manager"),
		hiring.FieldSuccess: w.t("After three months"), hiring.FieldSuccessHalf: w.t("After half a year"), hiring.FieldSuccessYear: w.t("After a year"),
		hiring.FieldTasks: w.t("The top three tasks"), hiring.FieldMustHaves: w.t("Must-haves"), hiring.FieldNiceToHaves: w.t("Nice-to-haves"),
		hiring.FieldDisqualifiers: w.t("What rules somebody out"), hiring.FieldDecides: w.t("Who decides?"), hiring.FieldInterviews: w.t("The way there"),
		hiring.FieldPay: w.t("Pay"), hiring.FieldLife: w.t("Work and life"), hiring.FieldAutonomy: w.t("Leadership and autonomy"),
		hiring.FieldChallenge: w.t("Technical challenge"), hiring.FieldStability: w.t("Stability"), hiring.FieldDownside: w.t("One honest downside"),
		hiring.FieldFlexibility: w.t("Flexibility"), hiring.FieldLocation: w.t("Place"), hiring.FieldLanguage: w.t("Working language"),
		hiring.FieldRelocation: w.t("Relocation and visa"), hiring.FieldOnboarding: w.t("Onboarding from abroad"), hiring.FieldTargetStart: w.t("Target start"),
		hiring.FieldLatestStart: w.t("Latest start"), hiring.FieldShortlistBy: w.t("First shortlist by"), hiring.FieldNoticeMonths: w.t("Notice period to expect, months"),
		hiring.FieldSources: w.t("Where to look"), hiring.FieldOffLimits: w.t("Companies that are off limits"),
	}
	return names[f]
}

// number writes a number as the reader groups it.
func (w Writer) number(n int) string { return w.printer.Sprintf("%d", n) }

// verdict names what is decided on a candidate.
func (w Writer) verdict(v hiring.Verdict) string {
	switch v {
	case hiring.Advance:
		return w.t("Advance: on to the next stage")
	case hiring.Reject:
		return w.t("Reject: we say no")
	default:
		return w.t("Talk first")
	}
}

// lookAnswer names an answer to whether to meet a candidate.
func (w Writer) lookAnswer(a hiring.LookAnswer) string {
	switch a {
	case hiring.LookInterview:
		return w.t("Interview")
	case hiring.LookTalk:
		return w.t("Talk first")
	default:
		return w.t("No")
	}
}

// snoozed names until when reminders are put off.
func (w Writer) snoozed(z hiring.Snooze) string {
	switch z {
	case hiring.SnoozeHours:
		return w.t("in two working hours")
	case hiring.SnoozeTomorrow:
		return w.t("tomorrow morning")
	default:
		return w.t("on Monday")
	}
}
