package hiring

import "slices"

// Section is one part of a brief and one step of the intake form.
type Section string

// The sections, in the order of the form.
const (
	TheRole     Section = "role"
	ThePerson   Section = "person"
	TheDecision Section = "decision"
	TheOffer    Section = "offer"
	ThePlan     Section = "plan"
)

// Sections lists the sections in the order of the form.
func Sections() []Section { return []Section{TheRole, ThePerson, TheDecision, TheOffer, ThePlan} }

// Terms is what a brief says.
type Terms struct {
	// The role.
	Title      string
	Team       string
	Openings   int
	Need       Need
	WhyNow     string // what breaks without it
	Level      Level
	Employment Employment
	Deputy     UserID // stands in for the hiring manager; empty for nobody

	// The person.
	Success       []string // what is achieved after three months
	SuccessHalf   []string // after half a year
	SuccessYear   []string // after a year
	Tasks         []string // the top three
	MustHaves     []MustHave
	NiceToHaves   []string // the most useful first
	Disqualifiers []string // about the job, not about the person

	// The decision.
	Decides    UserID  // empty for the hiring manager
	Interviews []Stage // the interview stages of the plan, in order

	// The offer.
	Pay         Pay
	Reasons     Reasons
	Downside    string // one honest downside
	Flexibility string // days on site, hours, remote, travel, on call
	Location    string
	Language    string // of work, and the level needed
	Relocation  string // help with moving and visa
	Onboarding  string // of people from abroad; language training

	// The plan.
	TargetStart  Date
	LatestStart  Date
	ShortlistBy  Date
	NoticeMonths int // notice period assumed
	Sources      []Source
	OffLimits    []string // companies not to source from
}

// MustHave is a skill that a candidate needs. Feedback rates it.
type MustHave struct {
	Skill      string
	VerifiedBy []Check // how it is found out
	Learnable  bool    // could be learned within three months
	Meets      string  // what meeting it looks like; empty when nobody said
	Exceeds    string
}

// Check is a way to verify a must-have: one of those below, or an interview of
// the plan by its stage's id.
type Check string

// The checks outside interviews.
const (
	CheckCV         Check = "cv"
	CheckWorkSample Check = "work-sample"
	CheckReferences Check = "references"
)

// Checks lists the checks outside interviews.
func Checks() []Check { return []Check{CheckCV, CheckWorkSample, CheckReferences} }

// Skills returns the must-haves by name, as feedback rates them.
func (t Terms) Skills() []string {
	skills := make([]string, len(t.MustHaves))
	for i, m := range t.MustHaves {
		skills[i] = m.Skill
	}
	return skills
}

// Covered returns the must-haves that a stage verifies.
func (t Terms) Covered(id StageID) []MustHave {
	var list []MustHave
	for _, m := range t.MustHaves {
		if slices.Contains(m.VerifiedBy, Check(id)) {
			list = append(list, m)
		}
	}
	return list
}

// Need is why there is an opening.
type Need string

// The needs.
const (
	Backfill   Need = "backfill"
	Growth     Need = "growth"
	Initiative Need = "initiative"
)

// Needs lists every need.
func Needs() []Need { return []Need{Backfill, Growth, Initiative} }

// Level is how experienced somebody has to be.
type Level string

// The levels.
const (
	Junior    Level = "junior"
	Mid       Level = "mid"
	Senior    Level = "senior"
	Principal Level = "principal"
	Manager   Level = "manager"
)

// Levels lists every level.
func Levels() []Level { return []Level{Junior, Mid, Senior, Principal, Manager} }

// Employment is the kind of contract.
type Employment string

// The kinds of contract.
const (
	Permanent Employment = "permanent"
	Temporary Employment = "temporary"
	PartTime  Employment = "part-time"
	Contract  Employment = "contract"
)

// Employments lists every kind of contract.
func Employments() []Employment { return []Employment{Permanent, Temporary, PartTime, Contract} }

// Pay is what the role pays a year, before tax. The zero value is nothing
// said.
type Pay struct {
	From, To int
	Currency string // ISO 4217
	ToldLate bool   // not told before the first interview
}

// Currencies lists the currencies a brief can name.
func Currencies() []string { return []string{"NOK", "SEK", "DKK", "EUR", "GBP", "CHF", "USD"} }

// Reasons are why somebody employed and content would move, in the hiring
// manager's own words. Empty ones are none.
type Reasons struct {
	Life      string // work and life
	Autonomy  string // leadership and autonomy
	Challenge string // technical challenge
	Stability string
}

// Count returns how many reasons there are.
func (r Reasons) Count() int {
	n := 0
	for _, text := range []string{r.Life, r.Autonomy, r.Challenge, r.Stability} {
		if text != "" {
			n++
		}
	}
	return n
}

// usualNotice is the notice period that is usual in a country, in months, where
// it is not one.
var usualNotice = map[string]int{"NO": 3, "DE": 3, "SE": 3}

// UsualNotice returns the notice period that is usual in a country (ISO 3166
// code), in months.
func UsualNotice(country string) int {
	if months, ok := usualNotice[country]; ok {
		return months
	}
	return 1
}

// MustHaves returns must-haves of which only the skills are known.
func MustHaves(skills ...string) []MustHave {
	var list []MustHave
	for _, skill := range skills {
		list = append(list, MustHave{Skill: skill})
	}
	return list
}
