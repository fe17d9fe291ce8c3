package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type alertRow struct {
	Kind       string    `json:"kind"`
	At         time.Time `json:"at"`
	Stage      string    `json:"stage,omitzero"`
	Source     string    `json:"source,omitzero"`
	Skill      string    `json:"skill,omitzero"`
	Candidates []int     `json:"candidates"`
}

func alertRowOf(a hiring.Alert) alertRow {
	return alertRow{
		Kind: string(a.Kind), At: a.At.UTC(), Stage: string(a.Stage), Source: string(a.Source), Skill: a.Skill,
		Candidates: each(a.Candidates, func(c hiring.CandidateID) int { return int(c) }),
	}
}

func (a alertRow) alert() hiring.Alert {
	return hiring.Alert{
		Kind: hiring.NoticeKind(a.Kind), At: a.At, Stage: hiring.StageID(a.Stage), Source: hiring.Source(a.Source), Skill: a.Skill,
		Candidates: each(a.Candidates, func(c int) hiring.CandidateID { return hiring.CandidateID(c) }),
	}
}
