package templates

import "github.com/samsvar/samsvar/hiring"

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
func (w Writer) command(rest string) Mrkdwn {
	text := w.Command
	if rest != "" {
		text += " " + rest
	}
	return Mrkdwn("`" + escape(text) + "`")
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
