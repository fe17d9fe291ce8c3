package templates

import (
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// meta is what a form carries along unseen (view.private_metadata, at most
// 3,000 characters): ids only, for it is kept by Slack.
type meta struct {
	Role      hiring.RoleID      `json:"role,omitempty"`
	Revision  int                `json:"revision,omitempty"`
	From      int                `json:"from,omitempty"`
	Step      int                `json:"step,omitempty"`
	Used      int                `json:"used,omitempty"`
	Sheet     int                `json:"sheet,omitempty"`
	Slots     []hiring.StageID   `json:"slots,omitempty"`
	Candidate hiring.CandidateID `json:"candidate,omitempty"`
	Stage     hiring.StageID     `json:"stage,omitempty"`
	Person    hiring.UserID      `json:"person,omitempty"`
	Criteria  int                `json:"criteria,omitempty"`
	Rules     RuleSection        `json:"rules,omitempty"`
	Channel   hiring.ChannelID   `json:"channel,omitempty"`
}

// String returns the metadata as it stands in a view.
func (m meta) String() string {
	js, err := json.Marshal(m)
	if err != nil {
		panic("templates: metadata: " + err.Error()) // strings and numbers always encode
	}
	return string(js)
}

// Concerns returns the role that a view is about, else the candidate; both are
// 0 when it is about neither. In the form that adds a candidate the role is
// chosen.
func Concerns(v slack.View) (hiring.RoleID, hiring.CandidateID) {
	m, _ := metaOf(v) // without metadata it is about neither
	if m.Role == 0 && v.CallbackID == CallbackCandidate {
		f, _ := ReadCandidate(v)
		m.Role = f.Role
	}
	return m.Role, m.Candidate
}

func metaOf(v slack.View) (m meta, err error) {
	if err := json.Unmarshal([]byte(v.PrivateMetadata), &m); err != nil {
		return meta{}, fmt.Errorf("metadata of form %s: %w", v.CallbackID, err)
	}
	return m, nil
}
