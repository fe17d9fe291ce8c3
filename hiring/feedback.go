package hiring

import "time"

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
	Role           RoleID
	Revision       int // of the brief; 0 when none was agreed yet
	Status         FeedbackStatus
	InterviewEnd   time.Time
	DueAt          time.Time
	Ratings        []Rating // one a must-have, in the revision's order
	Recommendation Recommendation
	Note           string
	SubmittedAt    time.Time // zero until submitted
}

// Rating says how well a candidate meets one must-have. There is no neutral
// middle.
type Rating int

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
