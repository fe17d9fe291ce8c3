package hiring

import (
	"fmt"
	"strings"
)

// The fields of the intake form, in its order.
const (
	FieldTitle         Field = "title"
	FieldTeam          Field = "team"
	FieldHiringManager Field = "hiring_manager"
	FieldRecruiter     Field = "recruiter"
	FieldDeputy        Field = "deputy"
	FieldChannel       Field = "channel"
	FieldOpenings      Field = "openings"
	FieldNeed          Field = "need"
	FieldWhyNow        Field = "why_now"
	FieldLevel         Field = "level"
	FieldEmployment    Field = "employment"

	FieldSuccess       Field = "success"
	FieldSuccessHalf   Field = "success_half"
	FieldSuccessYear   Field = "success_year"
	FieldTasks         Field = "tasks"
	FieldMustHaves     Field = "must_haves"
	FieldNiceToHaves   Field = "nice_to_haves"
	FieldDisqualifiers Field = "disqualifiers"

	FieldDecides    Field = "decides"
	FieldInterviews Field = "interviews"
	FieldLearnable  Field = "learnable"

	FieldPay         Field = "pay"
	FieldPayFrom     Field = "pay_from"
	FieldPayTo       Field = "pay_to"
	FieldCurrency    Field = "currency"
	FieldPayTold     Field = "pay_told"
	FieldLife        Field = "reason_life"
	FieldAutonomy    Field = "reason_autonomy"
	FieldChallenge   Field = "reason_challenge"
	FieldStability   Field = "reason_stability"
	FieldDownside    Field = "downside"
	FieldFlexibility Field = "flexibility"
	FieldLocation    Field = "location"
	FieldLanguage    Field = "language"
	FieldRelocation  Field = "relocation"
	FieldOnboarding  Field = "onboarding"

	FieldTargetStart  Field = "target_start"
	FieldLatestStart  Field = "latest_start"
	FieldShortlistBy  Field = "shortlist_by"
	FieldNoticeMonths Field = "notice_months"
	FieldSources      Field = "sources"
	FieldOffLimits    Field = "off_limits"
)

// The fields of the other forms.
const (
	FieldReason         Field = "reason"
	FieldSection        Field = "section"
	FieldComment        Field = "comment"
	FieldName           Field = "name"
	FieldSource         Field = "source"
	FieldLink           Field = "link"
	FieldStage          Field = "stage"
	FieldInterviewAt    Field = "interview_at"
	FieldLength         Field = "length"
	FieldRecommendation Field = "recommendation"
	FieldNote           Field = "note"
	FieldProbe          Field = "probe"
	FieldPanel          Field = "panel"
	FieldColleague      Field = "colleague"
	FieldVerdict        Field = "verdict"
	FieldCriteria       Field = "criteria"
	FieldContact        Field = "contact"
	FieldContactOn      Field = "contact_on"
	FieldTold           Field = "told"
	FieldMissing        Field = "missing"
	FieldFeedbackDue    Field = "feedback_due"
	FieldSignOffDays    Field = "sign_off_days"
	FieldWorkDays       Field = "work_days"
	FieldLocale         Field = "locale"
	FieldAdmins         Field = "admins"
	FieldDigestChannel  Field = "digest_channel"
	FieldNudgeCron      Field = "nudge_cron"
	FieldDigestCron     Field = "digest_cron"
	FieldDigestDay      Field = "digest_day"
	FieldDigestAt       Field = "digest_at"
	FieldWorkFrom       Field = "work_from"
	FieldWorkTo         Field = "work_to"
	FieldCountry        Field = "country"
	FieldAwayFrom       Field = "away_from"
	FieldAwayTo         Field = "away_to"
	FieldAwayKeep       Field = "away_keep"
	FieldStep           Field = "step"
	FieldFix            Field = "fix"
	FieldFixedAt        Field = "fixed_at"
)

// The parts of an interview's fields.
const (
	PartName    = "name"
	PartPanel   = "panel"
	PartMinutes = "minutes"
	PartDays    = "days"
)

// InterviewField names one input of one interview stage in the intake form.
func InterviewField(id StageID, part string) Field { return Field(fmt.Sprintf("%s_%s", id, part)) }

// RatingField names the input that rates the i-th must-have, from 0.
func RatingField(i int) Field { return Field(fmt.Sprintf("rating_%d", i)) }

// EvidenceField names the input for what was seen of the i-th must-have, from 0.
func EvidenceField(i int) Field { return Field(fmt.Sprintf("evidence_%d", i)) }

// VerifiedField names the input that says how the i-th must-have is verified,
// from 0.
func VerifiedField(i int) Field { return Field(fmt.Sprintf("verified_%d", i)) }

// Limits of what people type, in characters. They leave room for Slack's own:
// a text of a section holds 3,000 characters, an option 75 (Block Kit
// reference).
const (
	MaxTitle      = 100
	MaxSkill      = 70
	MaxSkills     = 10
	MaxText       = 2000
	MaxEvidence   = 300
	MaxName       = 120
	MaxInterviews = 6
	MaxOpenings   = 100
	MaxStageDays  = 60
	MaxPanel      = 10
	MaxLines      = 3 // outcomes of one kind, and tasks
	MaxMinutes    = 480
	MaxPay        = 100_000_000
	MaxNotice     = 12 // months
)

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
