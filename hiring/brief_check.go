package hiring

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Check returns what cannot be in one section of the draft; nil when it can
// stand.
func (a Act) Check(d Draft, section Section) (FieldErrors, error) {
	errs := FieldErrors{}
	d.check(section, errs)
	var err error
	switch section {
	case TheRole:
		for field, u := range map[Field]UserID{FieldHiringManager: d.HiringManager, FieldRecruiter: d.Recruiter, FieldDeputy: d.Terms.Deputy} {
			if err == nil {
				err = a.reachable(errs, field, u)
			}
		}
	case TheDecision:
		if err = a.reachable(errs, FieldDecides, d.Terms.Decides); err == nil {
			err = a.panels(errs, d.Terms)
		}
	}
	if err != nil || len(errs) == 0 {
		return nil, err
	}
	return errs, nil
}

// check adds what cannot be in a section.
func (d Draft) check(section Section, errs FieldErrors) {
	switch section {
	case TheRole:
		ownersCheck(errs, d.HiringManager, d.Recruiter)
		d.Terms.checkRole(errs)
	case ThePerson:
		d.Terms.checkPerson(errs)
	case TheDecision:
		d.Terms.checkDecision(errs)
	case TheOffer:
		d.Terms.checkOffer(errs)
	case ThePlan:
		d.Terms.checkPlan(errs)
	}
}

// check returns what cannot be in the terms, never nil.
func (t Terms) check() FieldErrors {
	errs := FieldErrors{}
	t.checkRole(errs)
	t.checkPerson(errs)
	t.checkDecision(errs)
	t.checkOffer(errs)
	t.checkPlan(errs)
	return errs
}

func (t Terms) checkRole(errs FieldErrors) {
	if t.Title == "" {
		errs[FieldTitle] = Errorf("Give the role a title, such as “Backend developer”.")
	}
	tooLong(errs, FieldTitle, t.Title, MaxTitle)
	if t.Team == "" {
		errs[FieldTeam] = Errorf("Name the team; candidates ask for it first.")
	}
	tooLong(errs, FieldTeam, t.Team, MaxTitle)
	if t.Openings < 1 || t.Openings > MaxOpenings {
		errs[FieldOpenings] = Errorf("Openings must be a whole number from 1 to %v.", MaxOpenings)
	}
	if !slices.Contains(Needs(), t.Need) {
		errs[FieldNeed] = Errorf("Choose why there is an opening.")
	}
	if !slices.Contains(Levels(), t.Level) {
		errs[FieldLevel] = Errorf("Choose how experienced the person has to be.")
	}
	if !slices.Contains(Employments(), t.Employment) {
		errs[FieldEmployment] = Errorf("Choose the kind of contract.")
	}
	tooLong(errs, FieldWhyNow, t.WhyNow, MaxText)
}

func (t Terms) checkPerson(errs FieldErrors) {
	if len(t.Success) == 0 {
		errs[FieldSuccess] = Errorf("Write what has been achieved after three months, one a line. It is what you hire for.")
	}
	for field, list := range map[Field][]string{
		FieldSuccess: t.Success, FieldSuccessHalf: t.SuccessHalf, FieldSuccessYear: t.SuccessYear, FieldTasks: t.Tasks,
	} {
		checkLines(errs, field, list)
	}
	if len(t.MustHaves) == 0 {
		errs[FieldMustHaves] = Errorf("Name at least one must-have, one a line. Feedback rates exactly these.")
	}
	checkSkills(errs, FieldMustHaves, t.Skills())
	checkSkills(errs, FieldNiceToHaves, t.NiceToHaves)
	checkSkills(errs, FieldDisqualifiers, t.Disqualifiers)
}

func (t Terms) checkDecision(errs FieldErrors) {
	if len(t.Interviews) == 0 {
		errs[FieldInterviews] = Errorf("Plan at least one interview, with somebody to hold it.")
	}
	for _, s := range t.Interviews {
		s.check(errs)
	}
	for i, m := range t.MustHaves {
		for _, c := range m.VerifiedBy {
			if !slices.Contains(Checks(), c) && !slices.ContainsFunc(t.Interviews, func(s Stage) bool { return Check(s.ID) == c }) {
				errs[VerifiedField(i)] = Errorf("This names an interview that is no longer in the plan. Choose another way to find out.")
			}
		}
	}
}

func (s Stage) check(errs FieldErrors) {
	if s.Name == "" {
		errs[InterviewField(s.ID, PartName)] = Errorf("Name this interview, such as “Technical interview”.")
	}
	tooLong(errs, InterviewField(s.ID, PartName), s.Name, MaxSkill)
	if s.Minutes < 5 || s.Minutes > MaxMinutes {
		errs[InterviewField(s.ID, PartMinutes)] = Errorf("Minutes must be a whole number from 5 to %v.", MaxMinutes)
	}
	if s.WorkDays < 1 || s.WorkDays > MaxStageDays {
		errs[InterviewField(s.ID, PartDays)] = Errorf("Working days must be a whole number from 1 to %v.", MaxStageDays)
	}
	if len(s.Panel) == 0 {
		errs[InterviewField(s.ID, PartPanel)] = Errorf("Choose who interviews; they are asked for feedback.")
	}
	if len(s.Panel) > MaxPanel {
		errs[InterviewField(s.ID, PartPanel)] = Errorf("At most %v people can be on a panel.", MaxPanel)
	}
}

func (t Terms) checkOffer(errs FieldErrors) {
	t.Pay.check(errs)
	if t.Reasons.Count() == 0 {
		errs[FieldLife] = Errorf("Give at least one reason to move, better three. Which fits this role?")
	}
	if t.Downside == "" {
		errs[FieldDownside] = Errorf("Name one honest downside. Whoever hears it before signing stays.")
	}
	if t.Location == "" {
		errs[FieldLocation] = Errorf("Say where the work is.")
	}
	if t.Language == "" {
		errs[FieldLanguage] = Errorf("Say which language people work in, and how well it has to be spoken.")
	}
	for field, text := range map[Field]string{
		FieldLife: t.Reasons.Life, FieldAutonomy: t.Reasons.Autonomy, FieldChallenge: t.Reasons.Challenge, FieldStability: t.Reasons.Stability,
		FieldDownside: t.Downside, FieldFlexibility: t.Flexibility, FieldLocation: t.Location, FieldLanguage: t.Language,
		FieldRelocation: t.Relocation, FieldOnboarding: t.Onboarding,
	} {
		tooLong(errs, field, text, MaxText)
	}
}

func (p Pay) check(errs FieldErrors) {
	switch {
	case p.From < 0 || p.From > MaxPay:
		errs[FieldPayFrom] = Errorf("Write the pay as a whole number from 0 to %v.", MaxPay)
	case p.To < 0 || p.To > MaxPay:
		errs[FieldPayTo] = Errorf("Write the pay as a whole number from 0 to %v.", MaxPay)
	case p.To != 0 && p.To < p.From:
		errs[FieldPayTo] = Errorf("The upper end of the range is below the lower one.")
	case p.From+p.To > 0 && !slices.Contains(Currencies(), p.Currency):
		errs[FieldCurrency] = Errorf("Choose the currency.")
	}
}

func (t Terms) checkPlan(errs FieldErrors) {
	if t.TargetStart == "" {
		errs[FieldTargetStart] = Errorf("Choose when the person should start.")
	}
	if t.LatestStart != "" && t.LatestStart < t.TargetStart {
		errs[FieldLatestStart] = Errorf("The latest start is before the target.")
	}
	if t.NoticeMonths < 0 || t.NoticeMonths > MaxNotice {
		errs[FieldNoticeMonths] = Errorf("The notice period must be a whole number of months from 0 to %v.", MaxNotice)
	}
	if len(t.Sources) == 0 {
		errs[FieldSources] = Errorf("Choose where to look, at least one.")
	}
	for _, s := range t.Sources {
		if !slices.Contains(Sources(), s) {
			errs[FieldSources] = Errorf("Choose where to look, at least one.")
		}
	}
	checkSkills(errs, FieldOffLimits, t.OffLimits)
}

// checkLines complains about a list of more than three lines or too long ones.
func checkLines(errs FieldErrors, field Field, list []string) {
	if len(list) > MaxLines {
		errs[field] = Errorf("At most %v lines, please; there are %v. Which matter most?", MaxLines, len(list))
	}
	tooLong(errs, field, strings.Join(list, "\n"), MaxText)
}

func checkSkills(errs FieldErrors, field Field, skills []string) {
	if len(skills) > MaxSkills {
		errs[field] = Errorf("At most %v lines, please; there are %v. Keep what you would really decide by.", MaxSkills, len(skills))
	}
	for i, s := range skills {
		if utf8.RuneCountInString(s) > MaxSkill {
			errs[field] = Errorf("Line %v is longer than %v characters. Keep it short; details fit under what success looks like.", i+1, MaxSkill)
			return
		}
		if slices.ContainsFunc(skills[:i], func(o string) bool { return strings.EqualFold(o, s) }) {
			errs[field] = Errorf("“%s” stands there twice.", s)
			return
		}
	}
}

func tooLong(errs FieldErrors, field Field, text string, limit int) {
	if n := utf8.RuneCountInString(text); n > limit {
		errs[field] = Errorf("That is %v characters; at most %v fit.", n, limit)
	}
}
