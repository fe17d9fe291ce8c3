package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type endingRow struct {
	ContactBy    string             `json:"contact_by,omitzero"`
	ContactOn    string             `json:"contact_on,omitzero"`
	ContactUsual bool               `json:"contact_usual,omitzero"`
	Asked        []feedbackWhoseRow `json:"asked,omitzero"`
}

type feedbackWhoseRow struct {
	Candidate   int    `json:"candidate"`
	Stage       string `json:"stage"`
	Interviewer string `json:"interviewer"`
}

type correctionRow struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Kind    string    `json:"kind"`
	Was     time.Time `json:"was"`
	From    string    `json:"from,omitzero"`
	To      string    `json:"to,omitzero"`
	Outcome string    `json:"outcome,omitzero"`
	Is      time.Time `json:"is,omitzero"`
	Reason  string    `json:"reason,omitzero"`
}

func endingRowOf(e hiring.Ending) endingRow {
	return endingRow{
		ContactBy: string(e.Contact.By), ContactOn: string(e.Contact.On), ContactUsual: e.Contact.Usual,
		Asked: each(e.Asked, func(k hiring.FeedbackKey) feedbackWhoseRow {
			return feedbackWhoseRow{int(k.Candidate), string(k.Stage), string(k.Interviewer)}
		}),
	}
}

func (e endingRow) ending() hiring.Ending {
	return hiring.Ending{
		Contact: hiring.Contact{By: hiring.UserID(e.ContactBy), On: hiring.Date(e.ContactOn), Usual: e.ContactUsual},
		Asked: each(e.Asked, func(k feedbackWhoseRow) hiring.FeedbackKey {
			return hiring.FeedbackKey{Candidate: hiring.CandidateID(k.Candidate), Stage: hiring.StageID(k.Stage), Interviewer: hiring.UserID(k.Interviewer)}
		}),
	}
}

func correctionRowOf(c hiring.Correction) correctionRow {
	return correctionRow{
		At: c.At.UTC(), By: string(c.By), Kind: string(c.Step.Kind), Was: c.Step.At.UTC(), From: string(c.Step.From),
		To: string(c.Step.To), Outcome: string(c.Step.Outcome), Is: c.Is.UTC(), Reason: c.Reason,
	}
}

func (c correctionRow) correction() hiring.Correction {
	return hiring.Correction{
		At: c.At, By: hiring.UserID(c.By), Is: c.Is, Reason: c.Reason,
		Step: hiring.Step{
			Kind: hiring.EventKind(c.Kind), At: c.Was, From: hiring.StageID(c.From), To: hiring.StageID(c.To), Outcome: hiring.Outcome(c.Outcome),
		},
	}
}
