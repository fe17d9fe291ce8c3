package hiring

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// The fields of the forms.
const (
	FieldTitle          Field = "title"
	FieldHiringManager  Field = "hiring_manager"
	FieldRecruiter      Field = "recruiter"
	FieldChannel        Field = "channel"
	FieldOpenings       Field = "openings"
	FieldMustHaves      Field = "must_haves"
	FieldNiceToHaves    Field = "nice_to_haves"
	FieldSuccess        Field = "success"
	FieldTargetStart    Field = "target_start"
	FieldLocation       Field = "location"
	FieldCompensation   Field = "compensation"
	FieldPitch          Field = "pitch"
	FieldSources        Field = "sources"
	FieldReason         Field = "reason"
	FieldName           Field = "name"
	FieldSource         Field = "source"
	FieldLink           Field = "link"
	FieldStage          Field = "stage"
	FieldInterviewAt    Field = "interview_at"
	FieldLength         Field = "length"
	FieldRecommendation Field = "recommendation"
	FieldNote           Field = "note"
)

// The parts of an interview's fields.
const (
	PartName  = "name"
	PartDays  = "days"
	PartPanel = "panel"
)

// InterviewField names one input of one interview stage in the intake form.
func InterviewField(id StageID, part string) Field { return Field(fmt.Sprintf("%s_%s", id, part)) }

// RatingField names the input that rates the i-th must-have, from 0.
func RatingField(i int) Field { return Field(fmt.Sprintf("rating_%d", i)) }

// Limits of what people type, in characters. They leave room for Slack's own:
// a text of a section holds 3,000 characters, an option 75 (Block Kit
// reference).
const (
	MaxTitle      = 100
	MaxSkill      = 70
	MaxSkills     = 10
	MaxText       = 2000
	MaxName       = 120
	MaxInterviews = 6
	MaxOpenings   = 100
	MaxStageDays  = 60
	MaxPanel      = 10
)

// check returns what cannot be in the draft, never nil.
func (d Draft) check() FieldErrors {
	errs := d.Terms.check()
	ownersCheck(errs, d.HiringManager, d.Recruiter)
	if d.Channel == "" {
		errs[FieldChannel] = Errorf("Choose the channel that gets the brief and the weekly digest.")
	}
	return errs
}

// check returns what cannot be in the terms, never nil.
func (t Terms) check() FieldErrors {
	errs := FieldErrors{}
	if t.Title == "" {
		errs[FieldTitle] = Errorf("Give the role a title, such as “Backend developer”.")
	}
	tooLong(errs, FieldTitle, t.Title, MaxTitle)
	if t.Openings < 1 || t.Openings > MaxOpenings {
		errs[FieldOpenings] = Errorf("Openings must be a whole number from 1 to %v.", MaxOpenings)
	}
	if len(t.MustHaves) == 0 {
		errs[FieldMustHaves] = Errorf("Name at least one must-have, one a line. Feedback rates exactly these.")
	}
	checkSkills(errs, FieldMustHaves, t.MustHaves)
	checkSkills(errs, FieldNiceToHaves, t.NiceToHaves)
	for field, text := range map[Field]string{
		FieldSuccess: t.Success, FieldLocation: t.Location, FieldCompensation: t.Compensation, FieldPitch: t.Pitch,
	} {
		tooLong(errs, field, text, MaxText)
	}
	for _, s := range t.Interviews {
		s.check(errs)
	}
	return errs
}

func (s Stage) check(errs FieldErrors) {
	if s.Name == "" {
		errs[InterviewField(s.ID, PartName)] = Errorf("Name this interview, such as “Technical interview”.")
	}
	tooLong(errs, InterviewField(s.ID, PartName), s.Name, MaxSkill)
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

func checkSkills(errs FieldErrors, field Field, skills []string) {
	if len(skills) > MaxSkills {
		errs[field] = Errorf("At most %v lines, please; there are %v. Keep what you would really decide by.", MaxSkills, len(skills))
	}
	for i, s := range skills {
		if utf8.RuneCountInString(s) > MaxSkill {
			errs[field] = Errorf("Line %v is longer than %v characters. Keep each skill short; details fit under “What success looks like”.", i+1, MaxSkill)
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

// Lines splits what a person typed or pasted into a list: one item a line,
// bullets and numbering taken off, blank lines and outer spaces dropped.
func Lines(text string) []string {
	var items []string
	for line := range strings.Lines(text) {
		if item := strings.TrimSpace(bullet(strings.TrimSpace(line))); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// bullet takes a list marker off: •, -, *, –, 1., 2).
func bullet(line string) string {
	if rest, ok := strings.CutPrefix(line, "•"); ok {
		return rest
	}
	for _, mark := range []string{"- ", "* ", "– ", "— ", "· ", "▪ ", "◦ ", "‣ "} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return rest
		}
	}
	digits := strings.TrimLeft(line, "0123456789")
	if len(digits) < len(line) && len(line)-len(digits) <= 2 {
		for _, end := range []string{". ", ") "} {
			if rest, ok := strings.CutPrefix(digits, end); ok {
				return rest
			}
		}
	}
	return line
}
