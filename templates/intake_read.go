package templates

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Inputs beside the fields of the brief.
const (
	fieldPreset      hiring.Field = "preset"
	fieldMustChoices hiring.Field = "must_choices"
	fieldNiceChoices hiring.Field = "nice_choices"
)

// IntakeKey returns whose form a view of the intake form is about and which
// step it shows: the role, 0 for a new one, and the revision it changes.
func IntakeKey(v slack.View) (role hiring.RoleID, base, step int) {
	m, err := metaOf(v)
	if err != nil {
		return 0, 0, StepRole
	}
	return m.Role, m.Revision, min(max(m.Step, StepRole), Steps)
}

// SheetOf returns which sheet a view of the intake form shows.
func SheetOf(v slack.View) int {
	m, _ := metaOf(v) // a form without shows the first
	return m.Sheet
}

// ReadChannel returns the channel that a view asks for; empty for none.
func ReadChannel(v slack.View) hiring.ChannelID {
	return hiring.ChannelID(stateOf(v).at(hiring.FieldChannel).SelectedConversation)
}

// ReadIntake returns the form with what stands in the view of one step.
// Interviews keep their ids; one without a name and a panel is none. What is no
// number is complained about under its field; everything else is for hiring to
// judge.
func (w Writer) ReadIntake(v slack.View, f IntakeForm) (IntakeForm, hiring.FieldErrors) {
	m, _ := metaOf(v) // a form without is the first step of a new role
	f.Step, f.Used, f.Sheet = min(max(m.Step, StepRole), Steps), max(f.Used, m.Used), m.Sheet
	s, errs := stateOf(v), hiring.FieldErrors{}
	switch f.Step {
	case StepRole:
		s.readRole(v, &f, errs)
	case StepPerson:
		w.readPerson(s, &f)
	case StepRounds:
		s.readRounds(&f, m.Slots, errs)
	case StepChecks:
		s.readChecks(&f)
	case StepOffer:
		s.readOffer(&f, errs)
	case StepPlan:
		s.readPlan(&f, errs)
	}
	if len(errs) == 0 {
		return f, nil
	}
	return f, errs
}

func (s state) readRole(v slack.View, f *IntakeForm, errs hiring.FieldErrors) {
	t := &f.Draft.Terms
	if f.Role == 0 {
		f.Preset = s.option(fieldPreset)
		f.Draft.HiringManager = s.user(hiring.FieldHiringManager)
		f.Draft.Recruiter = s.user(hiring.FieldRecruiter)
		f.Draft.Channel = ReadChannel(v)
	} else {
		f.Reason = s.text(hiring.FieldReason)
	}
	t.Title, t.Team = s.text(hiring.FieldTitle), s.text(hiring.FieldTeam)
	t.Openings = s.whole(hiring.FieldOpenings, 0, errs, hiring.Errorf("Openings must be a whole number from 1 to %v.", hiring.MaxOpenings))
	t.Need, t.Level = hiring.Need(s.option(hiring.FieldNeed)), hiring.Level(s.option(hiring.FieldLevel))
	t.Employment = hiring.Employment(s.option(hiring.FieldEmployment))
	t.WhyNow, t.Deputy = s.text(hiring.FieldWhyNow), s.user(hiring.FieldDeputy)
}

func (w Writer) readPerson(s state, f *IntakeForm) {
	t := &f.Draft.Terms
	t.Success, t.SuccessHalf = hiring.Lines(s.text(hiring.FieldSuccess)), hiring.Lines(s.text(hiring.FieldSuccessHalf))
	t.SuccessYear, t.Tasks = hiring.Lines(s.text(hiring.FieldSuccessYear)), hiring.Lines(s.text(hiring.FieldTasks))
	t.Disqualifiers = hiring.Lines(s.text(hiring.FieldDisqualifiers))
	t.NiceToHaves = once(append(s.chosen(fieldNiceChoices), hiring.Lines(s.text(hiring.FieldNiceToHaves))...))
	before := t.MustHaves
	t.MustHaves = nil
	for _, skill := range once(append(s.chosen(fieldMustChoices), hiring.Lines(s.text(hiring.FieldMustHaves))...)) {
		if i := slices.IndexFunc(before, func(m hiring.MustHave) bool { return m.Skill == skill }); i >= 0 {
			t.MustHaves = append(t.MustHaves, before[i])
			continue
		}
		t.MustHaves = append(t.MustHaves, w.presetMustHave(f.Preset, skill, t.Interviews))
	}
}

// once drops what was chosen and typed as well.
func once(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func (s state) readRounds(f *IntakeForm, slots []hiring.StageID, errs hiring.FieldErrors) {
	f.Draft.Terms.Decides = s.user(hiring.FieldDecides)
	f.Draft.Terms.Interviews = nil
	for _, id := range slots {
		field := func(part string) hiring.Field { return hiring.InterviewField(id, part) }
		stage := hiring.Stage{ID: id, Kind: hiring.KindInterview, Name: s.text(field(hiring.PartName)), Panel: s.users(field(hiring.PartPanel))}
		if stage.Name == "" && len(stage.Panel) == 0 {
			continue
		}
		stage.Minutes = s.whole(field(hiring.PartMinutes), 60, errs, hiring.Errorf("Minutes must be a whole number from 5 to %v.", hiring.MaxMinutes))
		stage.WorkDays = s.whole(field(hiring.PartDays), hiring.DefaultStageDays, errs, hiring.Errorf("Working days must be a whole number from 1 to %v.", hiring.MaxStageDays))
		f.Draft.Terms.Interviews = append(f.Draft.Terms.Interviews, stage)
	}
	// A check by a round that is gone is none.
	t := &f.Draft.Terms
	t.MustHaves = slices.Clone(t.MustHaves)
	for i, m := range t.MustHaves {
		t.MustHaves[i].VerifiedBy = slices.DeleteFunc(slices.Clone(m.VerifiedBy), func(c hiring.Check) bool {
			return !slices.Contains(hiring.Checks(), c) && t.Plan().Index(hiring.StageID(c)) < 0
		})
	}
}

func (s state) readChecks(f *IntakeForm) {
	t := &f.Draft.Terms
	t.MustHaves = slices.Clone(t.MustHaves)
	learnable := s.at(hiring.FieldLearnable).SelectedOptions
	for i := range t.MustHaves {
		m := &t.MustHaves[i]
		m.VerifiedBy = nil
		for _, o := range s.at(hiring.VerifiedField(i)).SelectedOptions {
			m.VerifiedBy = append(m.VerifiedBy, hiring.Check(o.Value))
		}
		m.Learnable = slices.ContainsFunc(learnable, func(o slack.OptionBlockObject) bool { return o.Value == string(hiring.VerifiedField(i)) })
	}
}

func (s state) readOffer(f *IntakeForm, errs hiring.FieldErrors) {
	t := &f.Draft.Terms
	sum := hiring.Errorf("Write the pay as a whole number from 0 to %v.", hiring.MaxPay)
	t.Pay = hiring.Pay{
		From: s.whole(hiring.FieldPayFrom, 0, errs, sum), To: s.whole(hiring.FieldPayTo, 0, errs, sum),
		Currency: s.option(hiring.FieldCurrency), ToldLate: s.option(hiring.FieldPayTold) == "no",
	}
	t.Reasons = hiring.Reasons{
		Life: s.text(hiring.FieldLife), Autonomy: s.text(hiring.FieldAutonomy),
		Challenge: s.text(hiring.FieldChallenge), Stability: s.text(hiring.FieldStability),
	}
	t.Downside, t.Flexibility = s.text(hiring.FieldDownside), s.text(hiring.FieldFlexibility)
	t.Location, t.Language = s.text(hiring.FieldLocation), s.text(hiring.FieldLanguage)
	t.Relocation, t.Onboarding = s.text(hiring.FieldRelocation), s.text(hiring.FieldOnboarding)
}

func (s state) readPlan(f *IntakeForm, errs hiring.FieldErrors) {
	t := &f.Draft.Terms
	t.TargetStart, t.LatestStart = s.date(hiring.FieldTargetStart), s.date(hiring.FieldLatestStart)
	t.ShortlistBy = s.date(hiring.FieldShortlistBy)
	t.NoticeMonths = s.whole(hiring.FieldNoticeMonths, 0, errs, hiring.Errorf("The notice period must be a whole number of months from 0 to %v.", hiring.MaxNotice))
	t.OffLimits = hiring.Lines(s.text(hiring.FieldOffLimits))
	t.Sources = nil
	for _, o := range s.at(hiring.FieldSources).SelectedOptions {
		t.Sources = append(t.Sources, hiring.Source(o.Value))
	}
	t.Sources = listed(t.Sources)
}
