package store

import (
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type termsRow struct {
	Title         string        `json:"title,omitzero"`
	Team          string        `json:"team,omitzero"`
	Openings      int           `json:"openings,omitzero"`
	Need          string        `json:"need,omitzero"`
	WhyNow        string        `json:"why_now,omitzero"`
	Level         string        `json:"level,omitzero"`
	Employment    string        `json:"employment,omitzero"`
	Deputy        string        `json:"deputy,omitzero"`
	Success       []string      `json:"success,omitzero"`
	SuccessHalf   []string      `json:"success_half,omitzero"`
	SuccessYear   []string      `json:"success_year,omitzero"`
	Tasks         []string      `json:"tasks,omitzero"`
	MustHaves     []mustHaveRow `json:"must_haves,omitzero"`
	NiceToHaves   []string      `json:"nice_to_haves,omitzero"`
	Disqualifiers []string      `json:"disqualifiers,omitzero"`
	Decides       string        `json:"decides,omitzero"`
	Interviews    []stageRow    `json:"interviews,omitzero"`
	Pay           payRow        `json:"pay,omitzero"`
	Reasons       reasonsRow    `json:"reasons,omitzero"`
	Downside      string        `json:"downside,omitzero"`
	Flexibility   string        `json:"flexibility,omitzero"`
	Location      string        `json:"location,omitzero"`
	Language      string        `json:"language,omitzero"`
	Relocation    string        `json:"relocation,omitzero"`
	Onboarding    string        `json:"onboarding,omitzero"`
	TargetStart   string        `json:"target_start,omitzero"`
	LatestStart   string        `json:"latest_start,omitzero"`
	ShortlistBy   string        `json:"shortlist_by,omitzero"`
	NoticeMonths  int           `json:"notice_months,omitzero"`
	Sources       []string      `json:"sources,omitzero"`
	OffLimits     []string      `json:"off_limits,omitzero"`
}

type mustHaveRow struct {
	Skill      string   `json:"skill"`
	VerifiedBy []string `json:"verified_by,omitzero"`
	Learnable  bool     `json:"learnable,omitzero"`
	Meets      string   `json:"meets,omitzero"`
	Exceeds    string   `json:"exceeds,omitzero"`
}

type payRow struct {
	From     int    `json:"from,omitzero"`
	To       int    `json:"to,omitzero"`
	Currency string `json:"currency,omitzero"`
	ToldLate bool   `json:"told_late,omitzero"`
}

type reasonsRow struct {
	Life      string `json:"life,omitzero"`
	Autonomy  string `json:"autonomy,omitzero"`
	Challenge string `json:"challenge,omitzero"`
	Stability string `json:"stability,omitzero"`
}

// unfinishedRow is an intake form that somebody has begun.
type unfinishedRow struct {
	By            string    `json:"by"`
	Role          int       `json:"role,omitzero"`
	Base          int       `json:"base,omitzero"`
	Preset        string    `json:"preset,omitzero"`
	Step          int       `json:"step"`
	HiringManager string    `json:"hiring_manager,omitzero"`
	Recruiter     string    `json:"recruiter,omitzero"`
	Channel       string    `json:"channel,omitzero"`
	Terms         termsRow  `json:"terms"`
	Reason        string    `json:"reason,omitzero"`
	SavedAt       time.Time `json:"saved_at,omitzero"`
}

func termsRowOf(t hiring.Terms) termsRow {
	return termsRow{
		Title: t.Title, Team: t.Team, Openings: t.Openings, Need: string(t.Need),
		WhyNow: t.WhyNow, Level: string(t.Level), Employment: string(t.Employment), Deputy: string(t.Deputy),
		Success: t.Success, SuccessHalf: t.SuccessHalf, SuccessYear: t.SuccessYear, Tasks: t.Tasks,
		MustHaves: each(t.MustHaves, mustHaveRowOf), NiceToHaves: t.NiceToHaves, Disqualifiers: t.Disqualifiers, Decides: string(t.Decides),
		Interviews: each(t.Interviews, stageRowOf), Pay: payRow(t.Pay), Reasons: reasonsRow(t.Reasons), Downside: t.Downside,
		Flexibility: t.Flexibility, Location: t.Location, Language: t.Language, Relocation: t.Relocation,
		Onboarding: t.Onboarding, TargetStart: string(t.TargetStart), LatestStart: string(t.LatestStart), ShortlistBy: string(t.ShortlistBy),
		NoticeMonths: t.NoticeMonths, Sources: texts[string](t.Sources), OffLimits: t.OffLimits,
	}
}

func (t termsRow) terms() hiring.Terms {
	return hiring.Terms{
		Title: t.Title, Team: t.Team, Openings: t.Openings, Need: hiring.Need(t.Need),
		WhyNow: t.WhyNow, Level: hiring.Level(t.Level), Employment: hiring.Employment(t.Employment), Deputy: hiring.UserID(t.Deputy),
		Success: slices.Clone(t.Success), SuccessHalf: slices.Clone(t.SuccessHalf), SuccessYear: slices.Clone(t.SuccessYear), Tasks: slices.Clone(t.Tasks),
		MustHaves: each(t.MustHaves, mustHaveRow.mustHave), NiceToHaves: slices.Clone(t.NiceToHaves), Disqualifiers: slices.Clone(t.Disqualifiers), Decides: hiring.UserID(t.Decides),
		Interviews: each(t.Interviews, stageRow.stage), Pay: hiring.Pay(t.Pay), Reasons: hiring.Reasons(t.Reasons), Downside: t.Downside,
		Flexibility: t.Flexibility, Location: t.Location, Language: t.Language, Relocation: t.Relocation,
		Onboarding: t.Onboarding, TargetStart: hiring.Date(t.TargetStart), LatestStart: hiring.Date(t.LatestStart), ShortlistBy: hiring.Date(t.ShortlistBy),
		NoticeMonths: t.NoticeMonths, Sources: texts[hiring.Source](t.Sources), OffLimits: slices.Clone(t.OffLimits),
	}
}

func mustHaveRowOf(m hiring.MustHave) mustHaveRow {
	return mustHaveRow{Skill: m.Skill, VerifiedBy: texts[string](m.VerifiedBy), Learnable: m.Learnable, Meets: m.Meets, Exceeds: m.Exceeds}
}

func (m mustHaveRow) mustHave() hiring.MustHave {
	return hiring.MustHave{Skill: m.Skill, VerifiedBy: texts[hiring.Check](m.VerifiedBy), Learnable: m.Learnable, Meets: m.Meets, Exceeds: m.Exceeds}
}

func unfinishedRowOf(u hiring.Unfinished) unfinishedRow {
	return unfinishedRow{
		By: string(u.By), Role: int(u.Role), Base: u.Base, Preset: u.Preset, Step: u.Step, HiringManager: string(u.Draft.HiringManager),
		Recruiter: string(u.Draft.Recruiter), Channel: string(u.Draft.Channel), Terms: termsRowOf(u.Draft.Terms), Reason: u.Reason, SavedAt: u.SavedAt.UTC(),
	}
}

func (u unfinishedRow) unfinished() hiring.Unfinished {
	return hiring.Unfinished{
		By: hiring.UserID(u.By), Role: hiring.RoleID(u.Role), Base: u.Base, Preset: u.Preset, Step: u.Step, Reason: u.Reason, SavedAt: u.SavedAt,
		Draft: hiring.Draft{
			HiringManager: hiring.UserID(u.HiringManager), Recruiter: hiring.UserID(u.Recruiter), Channel: hiring.ChannelID(u.Channel), Terms: u.Terms.terms(),
		},
	}
}
