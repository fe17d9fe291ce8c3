package hiring

import (
	"slices"
	"time"
)

// StageID names a stage within its role. It stays the same when a later
// revision of the brief renames the stage.
type StageID string

// The stages every role has. Interview stages are named interview-1,
// interview-2 and so on.
const (
	StageSourced StageID = "sourced"
	StageScreen  StageID = "screen"
	StageOffer   StageID = "offer"
	StageHired   StageID = "hired"
)

// StageInterviews stands for all interviews of a role together. No plan has it;
// figures over several roles do, as their interviews differ.
const StageInterviews StageID = "interviews"

// Kind returns what happens in the stage.
func (id StageID) Kind() StageKind {
	switch id {
	case StageSourced, StageScreen, StageOffer, StageHired:
		return StageKind(id)
	default:
		return KindInterview
	}
}

// Kinds is the plan of several roles together.
func Kinds() Plan {
	return Plan{
		{ID: StageSourced, Kind: KindSourced}, {ID: StageScreen, Kind: KindScreen}, {ID: StageInterviews, Kind: KindInterview},
		{ID: StageOffer, Kind: KindOffer}, {ID: StageHired, Kind: KindHired},
	}
}

// StageKind says what happens in a stage.
type StageKind string

// The kinds of stages.
const (
	KindSourced   StageKind = "sourced"
	KindScreen    StageKind = "screen"
	KindInterview StageKind = "interview"
	KindOffer     StageKind = "offer"
	KindHired     StageKind = "hired"
)

// DefaultStageDays is how many working days a stage may take unless the brief
// says otherwise. It is also what the stages around the interviews get.
const DefaultStageDays = 5

// Stage is one step of a role's process.
type Stage struct {
	ID       StageID
	Kind     StageKind
	Name     string   // what the brief calls it; empty for the stages every role has
	WorkDays int      // working days a candidate may stay
	Minutes  int      // how long an interview takes
	Panel    []UserID // who interviews; only for interviews
}

// Interview is one of the stage as the plan has it, with no time yet.
func (s Stage) Interview() Interview {
	return Interview{Stage: s.ID, Panel: s.Panel, Length: time.Duration(s.Minutes) * time.Minute}
}

// Plan is a role's stages in order, from sourced to hired.
type Plan []Stage

// Plan returns the stages around and including the interviews.
func (t Terms) Plan() Plan {
	plan := make(Plan, 0, len(t.Interviews)+4)
	plan = append(plan,
		Stage{ID: StageSourced, Kind: KindSourced, WorkDays: DefaultStageDays},
		Stage{ID: StageScreen, Kind: KindScreen, WorkDays: DefaultStageDays})
	plan = append(plan, t.Interviews...)
	return append(plan,
		Stage{ID: StageOffer, Kind: KindOffer, WorkDays: DefaultStageDays},
		Stage{ID: StageHired, Kind: KindHired})
}

// Index returns the stage's place in the plan, or -1.
func (p Plan) Index(id StageID) int {
	return slices.IndexFunc(p, func(s Stage) bool { return s.ID == id })
}

// Stage returns the stage with that id, or false.
func (p Plan) Stage(id StageID) (Stage, bool) {
	if i := p.Index(id); i >= 0 {
		return p[i], true
	}
	return Stage{}, false
}

// On says whether the person is on the panel of any stage.
func (p Plan) On(u UserID) bool {
	return slices.ContainsFunc(p, func(s Stage) bool { return slices.Contains(s.Panel, u) })
}
