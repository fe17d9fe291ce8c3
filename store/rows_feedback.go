package store

import (
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type feedbackRow struct {
	Candidate    int          `json:"candidate"`
	Stage        string       `json:"stage"`
	Interviewer  string       `json:"interviewer"`
	Role         int          `json:"role"`
	Revision     int          `json:"revision,omitzero"`
	Status       string       `json:"status"`
	RequestedAt  time.Time    `json:"requested_at,omitzero"`
	RemindedAt   time.Time    `json:"reminded_at,omitzero"`
	InterviewEnd time.Time    `json:"interview_end,omitzero"`
	DueAt        time.Time    `json:"due_at,omitzero"`
	Scorecard    scorecardRow `json:"scorecard,omitzero"`
	SubmittedAt  time.Time    `json:"submitted_at,omitzero"`
	Draft        scorecardRow `json:"draft,omitzero"`
	Earlier      []versionRow `json:"earlier,omitzero"`
	Offered      string       `json:"offered,omitzero"`
	Excuse       string       `json:"excuse,omitzero"`
}

type scorecardRow struct {
	Ratings        []int    `json:"ratings,omitzero"`
	Evidence       []string `json:"evidence,omitzero"`
	Recommendation string   `json:"recommendation,omitzero"`
	Note           string   `json:"note,omitzero"`
	Probe          string   `json:"probe,omitzero"`
}

// IsZero says whether nothing stands in it.
func (s scorecardRow) IsZero() bool { return s.card().Empty() }

type versionRow struct {
	At        time.Time    `json:"at"`
	Scorecard scorecardRow `json:"scorecard"`
}

func feedbackRowOf(f hiring.Feedback) feedbackRow {
	return feedbackRow{
		Candidate: int(f.Candidate), Stage: string(f.Stage), Interviewer: string(f.Interviewer), Role: int(f.Role),
		Revision: f.Revision, Status: string(f.Status), RequestedAt: f.RequestedAt.UTC(), RemindedAt: f.RemindedAt.UTC(),
		InterviewEnd: f.InterviewEnd.UTC(), DueAt: f.DueAt.UTC(),
		Scorecard: scorecardRowOf(f.Scorecard), SubmittedAt: f.SubmittedAt.UTC(), Draft: scorecardRowOf(f.Draft),
		Earlier: each(f.Earlier, func(v hiring.Version) versionRow { return versionRow{v.At.UTC(), scorecardRowOf(v.Scorecard)} }),
		Offered: string(f.Offered), Excuse: f.Excuse,
	}
}

func (f feedbackRow) feedback() hiring.Feedback {
	return hiring.Feedback{
		FeedbackKey: hiring.FeedbackKey{
			Candidate: hiring.CandidateID(f.Candidate), Stage: hiring.StageID(f.Stage), Interviewer: hiring.UserID(f.Interviewer),
		},
		Role: hiring.RoleID(f.Role), Revision: f.Revision, Status: hiring.FeedbackStatus(f.Status),
		RequestedAt: f.RequestedAt, RemindedAt: f.RemindedAt, InterviewEnd: f.InterviewEnd, DueAt: f.DueAt,
		Scorecard: f.Scorecard.card(), SubmittedAt: f.SubmittedAt, Draft: f.Draft.card(),
		Earlier: each(f.Earlier, func(v versionRow) hiring.Version { return hiring.Version{At: v.At, Scorecard: v.Scorecard.card()} }),
		Offered: hiring.UserID(f.Offered), Excuse: f.Excuse,
	}
}

func scorecardRowOf(s hiring.Scorecard) scorecardRow {
	return scorecardRow{
		Ratings: each(s.Ratings, func(r hiring.Rating) int { return int(r) }), Evidence: s.Evidence,
		Recommendation: string(s.Recommendation), Note: s.Note, Probe: s.Probe,
	}
}

func (s scorecardRow) card() hiring.Scorecard {
	return hiring.Scorecard{
		Ratings: each(s.Ratings, func(r int) hiring.Rating { return hiring.Rating(r) }), Evidence: slices.Clone(s.Evidence),
		Recommendation: hiring.Recommendation(s.Recommendation), Note: s.Note, Probe: s.Probe,
	}
}
