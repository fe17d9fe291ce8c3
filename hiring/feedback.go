package hiring

import (
	"slices"
	"time"
)

// FeedbackStatus says whether feedback is still owed.
type FeedbackStatus string

// The statuses of feedback.
const (
	Requested FeedbackStatus = "requested"
	Submitted FeedbackStatus = "submitted"
	Excused   FeedbackStatus = "excused"
)

// FeedbackKey identifies feedback: one interviewer's assessment of one
// candidate at one stage.
type FeedbackKey struct {
	Candidate   CandidateID
	Stage       StageID
	Interviewer UserID
}

// Feedback is one interviewer's assessment of one candidate at one stage. Its
// criteria are the must-haves of the revision it was asked under.
type Feedback struct {
	FeedbackKey
	Role         RoleID
	Revision     int // of the brief; 0 when none was agreed yet
	Status       FeedbackStatus
	RequestedAt  time.Time // the last time; notices of earlier ones say nothing any more
	RemindedAt   time.Time // when an owner last asked in person; zero for never
	InterviewEnd time.Time
	DueAt        time.Time
	Scorecard              // empty until submitted
	SubmittedAt  time.Time // zero until submitted
	Draft        Scorecard // what is filled in and not submitted yet
	Earlier      []Version // what stood here before it was mended, oldest first
	Offered      UserID    // the colleague who is asked to take it over; empty for none
	Excuse       string    // why it was excused, in somebody's words; may be empty
}

// Scorecard is an interviewer's assessment as filled in. Ratings and evidence
// are one a must-have, in the revision's order.
type Scorecard struct {
	Ratings        []Rating
	Evidence       []string // what was seen, in a sentence; may be empty
	Recommendation Recommendation
	Note           string
	Probe          string // what to find out next; may be empty
}

// Empty says whether nothing is filled in.
func (s Scorecard) Empty() bool {
	filled := func(text string) bool { return text != "" }
	return !slices.ContainsFunc(s.Ratings, func(r Rating) bool { return r != Unrated }) &&
		!slices.ContainsFunc(s.Evidence, filled) && s.Recommendation == "" && s.Note == "" && s.Probe == ""
}

// Version is a scorecard that was given and mended later.
type Version struct {
	At time.Time // when it was given
	Scorecard
}

// Rating says how well a candidate meets one must-have. There is no neutral
// middle.
type Rating int

// Unrated is a rating that was not chosen yet; no feedback that was given has it.
const Unrated Rating = -1

// The ratings.
const (
	NotAssessed Rating = iota
	DoesNotMeet
	PartlyMeets
	Meets
	Exceeds
)

// Ratings lists every rating, best first, in the order forms show them.
func Ratings() []Rating { return []Rating{Exceeds, Meets, PartlyMeets, DoesNotMeet, NotAssessed} }

// Recommendation is what an interviewer would do.
type Recommendation string

// The recommendations.
const (
	StrongNo  Recommendation = "strong-no"
	No        Recommendation = "no"
	Yes       Recommendation = "yes"
	StrongYes Recommendation = "strong-yes"
)

// Recommendations lists every recommendation, best first.
func Recommendations() []Recommendation { return []Recommendation{StrongYes, Yes, No, StrongNo} }

// yes says whether the candidate should go on.
func (r Recommendation) yes() bool { return r == Yes || r == StrongYes }
