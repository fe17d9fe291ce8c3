package templates

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// IntakeForm is the intake form as it is filled in.
type IntakeForm struct {
	Role   hiring.RoleID // 0 for a new role
	Base   int           // the revision looked at; 0 for a new role
	Used   int           // the highest number an interview of any revision has
	Draft  hiring.Draft  // its Terms.Interviews are the interviews the form shows
	Reason string        // why the brief changes; not asked for a new role
}

// ChangeForm returns the form that changes a role's newest brief.
func ChangeForm(r hiring.Role) IntakeForm {
	f := IntakeForm{
		Role: r.ID, Base: r.Brief().Revision,
		Draft: hiring.Draft{HiringManager: r.HiringManager, Recruiter: r.Recruiter, Channel: r.Channel, Terms: r.Brief().Terms},
	}
	for _, b := range r.Briefs {
		f.Used = max(f.Used, highest(b.Terms.Interviews))
	}
	return f
}

// AddInterview returns the form with an empty interview more, as long as
// [hiring.MaxInterviews] allows. Its id was never used in the role.
func (f IntakeForm) AddInterview() IntakeForm {
	slots := f.Draft.Terms.Interviews
	if len(slots) >= hiring.MaxInterviews {
		return f
	}
	f.Used = max(f.Used, highest(slots)) + 1
	f.Draft.Terms.Interviews = append(slots[:len(slots):len(slots)], slot(f.Used, ""))
	return f
}

// slot is an interview as the form offers it.
func slot(number int, name string) hiring.Stage {
	return hiring.Stage{
		ID: hiring.StageID(fmt.Sprintf("interview-%d", number)), Kind: hiring.KindInterview,
		Name: name, WorkDays: hiring.DefaultStageDays,
	}
}

// highest returns the highest number in the ids of interviews.
func highest(slots []hiring.Stage) int {
	most := 0
	for _, s := range slots {
		if n, err := strconv.Atoi(strings.TrimPrefix(string(s.ID), "interview-")); err == nil {
			most = max(most, n)
		}
	}
	return most
}

// Intake renders the intake form: for a new role, or for a change to the brief
// of one, which asks for the reason instead of the owners and the channel.
// Without interviews in it the form offers two.
func (w Writer) Intake(f IntakeForm) slack.ModalViewRequest {
	t := &f.Draft.Terms
	if len(t.Interviews) == 0 {
		f.Used = max(f.Used, 0)
		t.Interviews = []hiring.Stage{slot(f.Used+1, w.t("First interview")), slot(f.Used+2, w.t("Technical interview"))}
	}
	f.Used = max(f.Used, highest(t.Interviews))
	if t.Openings == 0 && f.Role == 0 {
		t.Openings = 1
	}
	var blocks []slack.Block
	if f.Role == 0 {
		blocks = append(blocks, small(w.m("Both owners sign this. Until they do, nobody goes past the screen.")))
		blocks = append(blocks, w.ownerInputs(f.Draft)...)
	} else {
		blocks = append(blocks,
			small(w.m("This becomes revision %d of %v. The other owner is asked to sign it; until then the agreed one holds.", f.Base+1, f.Role)),
			textInput(hiring.FieldReason, w.t("Why does the brief change?"), w.t("One line. The other owner reads it."), f.Reason),
			textInput(hiring.FieldTitle, w.t("Title"), "", t.Title))
	}
	blocks = append(blocks, w.termInputs(*t)...)
	blocks = append(blocks, w.interviewInputs(t.Interviews)...)
	blocks = append(blocks, w.offerInputs(*t)...)

	title, submit := w.t("New role"), w.t("Propose")
	if f.Role != 0 {
		title, submit = w.t("Change the brief"), w.t("Propose the change")
	}
	v := w.form(CallbackIntake, title, submit, blocks)
	m := meta{Role: f.Role, Revision: f.Base, Used: f.Used}
	for _, s := range t.Interviews {
		m.Slots = append(m.Slots, s.ID)
	}
	v.PrivateMetadata = m.String()
	return v
}

func (w Writer) ownerInputs(d hiring.Draft) []slack.Block {
	return []slack.Block{
		textInput(hiring.FieldTitle, w.t("Title"), w.t("Such as “Backend developer”."), d.Terms.Title),
		userInput(hiring.FieldHiringManager, w.t("Hiring manager"), "", d.HiringManager),
		userInput(hiring.FieldRecruiter, w.t("Recruiter"), "", d.Recruiter),
		channelInput(hiring.FieldChannel, w.t("Channel"), w.t("Gets the brief now and the digest on Mondays. In a public channel candidates are keys such as C-41, in a private one they have names."), d.Channel),
	}
}

func (w Writer) termInputs(t hiring.Terms) []slack.Block {
	return []slack.Block{
		numberInput(hiring.FieldOpenings, w.t("Openings"), t.Openings, hiring.MaxOpenings),
		textArea(hiring.FieldMustHaves, w.t("Must-haves"), w.t("One a line, at most %d. Would you say no to somebody excellent without it? Feedback rates exactly these.", hiring.MaxSkills), strings.Join(t.MustHaves, "\n")),
		optional(textArea(hiring.FieldNiceToHaves, w.t("Nice-to-haves"), w.t("One a line, at most %d.", hiring.MaxSkills), strings.Join(t.NiceToHaves, "\n"))),
		optional(textArea(hiring.FieldSuccess, w.t("What success looks like"), w.t("What has this person achieved after three months, and after a year?"), t.Success)),
	}
}

func (w Writer) interviewInputs(slots []hiring.Stage) []slack.Block {
	var blocks []slack.Block
	for i, s := range slots {
		blocks = append(blocks,
			divider(),
			optional(textInput(hiring.InterviewField(s.ID, hiring.PartName), w.t("Interview %d", i+1), w.t("Its name. Leave name and panel empty to drop it."), s.Name)),
			optional(usersInput(hiring.InterviewField(s.ID, hiring.PartPanel), w.t("Who interviews"), w.t("Each of them is asked for feedback."), s.Panel)),
			optional(numberInput(hiring.InterviewField(s.ID, hiring.PartDays), w.t("Working days it may take"), s.WorkDays, hiring.MaxStageDays)))
	}
	if len(slots) < hiring.MaxInterviews {
		blocks = append(blocks, buttons(button(ActionAddInterview, "", w.t("Add an interview"))))
	}
	if len(slots) > roundsToWarn {
		blocks = append(blocks, small(w.m("More than %d interviews: good candidates tend to leave before the last one.", roundsToWarn)))
	}
	return append(blocks, divider())
}

// roundsToWarn is how many interviews pass without a word.
const roundsToWarn = 4

func (w Writer) offerInputs(t hiring.Terms) []slack.Block {
	return []slack.Block{
		optional(dateInput(hiring.FieldTargetStart, w.t("Target start"), t.TargetStart)),
		optional(textArea(hiring.FieldLocation, w.t("Place and flexibility"), w.t("Days on site, hours, remote from where, travel."), t.Location)),
		optional(textArea(hiring.FieldCompensation, w.t("Compensation"), w.t("The range, per year. It is shown in the channel."), t.Compensation)),
		optional(textArea(hiring.FieldPitch, w.t("Why would somebody want this?"), w.t("Three honest reasons, and one honest downside."), t.Pitch)),
		optional(w.sourcesInput(t.Sources)),
	}
}

func (w Writer) sourcesInput(selected []hiring.Source) *slack.InputBlock {
	options := w.sourceOptions()
	e := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, nil, string(hiring.FieldSources), options...)
	for _, s := range selected {
		if o := chosen(options, string(s)); o != nil {
			e.InitialOptions = append(e.InitialOptions, o)
		}
	}
	return input(hiring.FieldSources, w.t("Where to look"), "", e)
}

func (w Writer) sourceOptions() []*slack.OptionBlockObject {
	var options []*slack.OptionBlockObject
	for _, s := range hiring.Sources() {
		options = append(options, option(string(s), w.source(s)))
	}
	return options
}

// ReadIntake reads the intake form. Interviews keep their ids; one without a
// name and a panel is none. What is no number is complained about under its
// field; everything else is for hiring to judge.
func ReadIntake(v slack.View) (IntakeForm, hiring.FieldErrors) {
	m, err := metaOf(v)
	if err != nil {
		m = meta{}
	}
	s, errs := stateOf(v), hiring.FieldErrors{}
	f := IntakeForm{Role: m.Role, Base: m.Revision, Used: m.Used, Reason: s.text(hiring.FieldReason)}
	f.Draft.HiringManager = hiring.UserID(s.at(hiring.FieldHiringManager).SelectedUser)
	f.Draft.Recruiter = hiring.UserID(s.at(hiring.FieldRecruiter).SelectedUser)
	f.Draft.Channel = hiring.ChannelID(s.at(hiring.FieldChannel).SelectedConversation)
	t := &f.Draft.Terms
	t.Title = s.text(hiring.FieldTitle)
	t.MustHaves = hiring.Lines(s.text(hiring.FieldMustHaves))
	t.NiceToHaves = hiring.Lines(s.text(hiring.FieldNiceToHaves))
	t.Success, t.Location = s.text(hiring.FieldSuccess), s.text(hiring.FieldLocation)
	t.Compensation, t.Pitch = s.text(hiring.FieldCompensation), s.text(hiring.FieldPitch)
	t.TargetStart = hiring.Date(s.at(hiring.FieldTargetStart).SelectedDate)
	for _, o := range s.at(hiring.FieldSources).SelectedOptions {
		t.Sources = append(t.Sources, hiring.Source(o.Value))
	}
	var ok bool
	if t.Openings, ok = s.number(hiring.FieldOpenings); !ok {
		errs[hiring.FieldOpenings] = hiring.Errorf("Openings must be a whole number from 1 to %v.", hiring.MaxOpenings)
	}
	t.Interviews = s.interviews(m.Slots, errs)
	if len(errs) == 0 {
		return f, nil
	}
	return f, errs
}

func (s state) interviews(slots []hiring.StageID, errs hiring.FieldErrors) []hiring.Stage {
	var list []hiring.Stage
	for _, id := range slots {
		stage := hiring.Stage{
			ID: id, Kind: hiring.KindInterview,
			Name:  s.text(hiring.InterviewField(id, hiring.PartName)),
			Panel: s.users(hiring.InterviewField(id, hiring.PartPanel)),
		}
		if stage.Name == "" && len(stage.Panel) == 0 {
			continue
		}
		days, ok := hiring.InterviewField(id, hiring.PartDays), false
		switch stage.WorkDays, ok = s.number(days); {
		case s.text(days) == "":
			stage.WorkDays = hiring.DefaultStageDays
		case !ok:
			errs[days] = hiring.Errorf("Working days must be a whole number from 1 to %v.", hiring.MaxStageDays)
		}
		list = append(list, stage)
	}
	return list
}
