package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type candidateRow struct {
	ID         int            `json:"id"`
	Role       int            `json:"role"`
	Name       string         `json:"name"`
	Source     string         `json:"source"`
	Link       string         `json:"link,omitzero"`
	External   string         `json:"external,omitzero"`
	Stage      string         `json:"stage"`
	Journey    []moveRow      `json:"journey"`
	Interviews []interviewRow `json:"interviews"`
	Outcome    string         `json:"outcome"`
	Reason     string         `json:"reason,omitzero"`
	AddedBy    string         `json:"added_by"`
	AddedAt    time.Time      `json:"added_at,omitzero"`
	ClosedAt   time.Time      `json:"closed_at,omitzero"`
}

type moveRow struct {
	At   time.Time `json:"at,omitzero"`
	From string    `json:"from,omitzero"`
	To   string    `json:"to"`
	By   string    `json:"by"`
}

type interviewRow struct {
	Stage  string        `json:"stage"`
	Start  time.Time     `json:"start,omitzero"`
	Length time.Duration `json:"length_ns"`
}

type feedbackRow struct {
	Candidate      int       `json:"candidate"`
	Stage          string    `json:"stage"`
	Interviewer    string    `json:"interviewer"`
	Role           int       `json:"role"`
	Revision       int       `json:"revision,omitzero"`
	Status         string    `json:"status"`
	InterviewEnd   time.Time `json:"interview_end,omitzero"`
	DueAt          time.Time `json:"due_at,omitzero"`
	Ratings        []int     `json:"ratings"`
	Recommendation string    `json:"recommendation,omitzero"`
	Note           string    `json:"note,omitzero"`
	SubmittedAt    time.Time `json:"submitted_at,omitzero"`
}

type personRow struct {
	ID       string    `json:"id"`
	Name     string    `json:"name,omitzero"`
	Zone     string    `json:"zone,omitzero"`
	Country  string    `json:"country,omitzero"`
	Locale   string    `json:"locale,omitzero"`
	Away     bool      `json:"away,omitzero"`
	Guest    bool      `json:"guest,omitzero"`
	Bot      bool      `json:"bot,omitzero"`
	NudgedAt time.Time `json:"nudged_at,omitzero"`
	ReadAt   time.Time `json:"read_at,omitzero"`
}

func candidateRowOf(c hiring.Candidate) candidateRow {
	return candidateRow{
		ID: int(c.ID), Role: int(c.Role), Name: c.Name, Source: string(c.Source), Link: c.Link, External: c.External,
		Stage: string(c.Stage), Journey: each(c.Journey, moveRowOf), Interviews: each(c.Interviews, interviewRowOf),
		Outcome: string(c.Outcome), Reason: c.Reason, AddedBy: string(c.AddedBy), AddedAt: c.AddedAt.UTC(), ClosedAt: c.ClosedAt.UTC(),
	}
}

func (c candidateRow) candidate() hiring.Candidate {
	return hiring.Candidate{
		ID: hiring.CandidateID(c.ID), Role: hiring.RoleID(c.Role), Name: c.Name, Source: hiring.Source(c.Source),
		Link: c.Link, External: c.External, Stage: hiring.StageID(c.Stage), Journey: each(c.Journey, moveRow.move),
		Interviews: each(c.Interviews, interviewRow.interview), Outcome: hiring.Outcome(c.Outcome), Reason: c.Reason,
		AddedBy: hiring.UserID(c.AddedBy), AddedAt: c.AddedAt, ClosedAt: c.ClosedAt,
	}
}

func moveRowOf(m hiring.Move) moveRow {
	return moveRow{At: m.At.UTC(), From: string(m.From), To: string(m.To), By: string(m.By)}
}

func (m moveRow) move() hiring.Move {
	return hiring.Move{At: m.At, From: hiring.StageID(m.From), To: hiring.StageID(m.To), By: hiring.UserID(m.By)}
}

func interviewRowOf(i hiring.Interview) interviewRow {
	return interviewRow{Stage: string(i.Stage), Start: i.Start.UTC(), Length: i.Length}
}

func (i interviewRow) interview() hiring.Interview {
	return hiring.Interview{Stage: hiring.StageID(i.Stage), Start: i.Start, Length: i.Length}
}

func feedbackRowOf(f hiring.Feedback) feedbackRow {
	return feedbackRow{
		Candidate: int(f.Candidate), Stage: string(f.Stage), Interviewer: string(f.Interviewer), Role: int(f.Role),
		Revision: f.Revision, Status: string(f.Status), InterviewEnd: f.InterviewEnd.UTC(), DueAt: f.DueAt.UTC(),
		Ratings:        each(f.Ratings, func(r hiring.Rating) int { return int(r) }),
		Recommendation: string(f.Recommendation), Note: f.Note, SubmittedAt: f.SubmittedAt.UTC(),
	}
}

func (f feedbackRow) feedback() hiring.Feedback {
	return hiring.Feedback{
		FeedbackKey: hiring.FeedbackKey{
			Candidate: hiring.CandidateID(f.Candidate), Stage: hiring.StageID(f.Stage), Interviewer: hiring.UserID(f.Interviewer),
		},
		Role: hiring.RoleID(f.Role), Revision: f.Revision, Status: hiring.FeedbackStatus(f.Status),
		InterviewEnd: f.InterviewEnd, DueAt: f.DueAt,
		Ratings:        each(f.Ratings, func(r int) hiring.Rating { return hiring.Rating(r) }),
		Recommendation: hiring.Recommendation(f.Recommendation), Note: f.Note, SubmittedAt: f.SubmittedAt,
	}
}

func personRowOf(p hiring.Person) personRow {
	return personRow{
		ID: string(p.ID), Name: p.Name, Zone: p.Zone, Country: p.Country, Locale: string(p.Locale),
		Away: p.Away, Guest: p.Guest, Bot: p.Bot, NudgedAt: p.NudgedAt.UTC(), ReadAt: p.ReadAt.UTC(),
	}
}

func (p personRow) person() hiring.Person {
	return hiring.Person{
		ID: hiring.UserID(p.ID), Name: p.Name, Zone: p.Zone, Country: p.Country, Locale: hiring.Locale(p.Locale),
		Away: p.Away, Guest: p.Guest, Bot: p.Bot, NudgedAt: p.NudgedAt, ReadAt: p.ReadAt,
	}
}
