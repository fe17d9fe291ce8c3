package templates

import (
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// CandidateForm is the form that adds a candidate.
type CandidateForm struct {
	Role      hiring.RoleID // 0 when not chosen yet
	Applicant hiring.Applicant
}

// fieldRole is the select of a role.
const fieldRole hiring.Field = "role"

// Candidate renders the form that adds a candidate to one of the roles, of
// which there must be at least one.
func (w Writer) Candidate(f CandidateForm, roles []hiring.Role) slack.ModalViewRequest {
	var options []*slack.OptionBlockObject
	for _, r := range roles {
		if len(options) < maxOptions || r.ID == f.Role {
			options = append(options, option(r.ID.String(), w.plainRole(r)))
		}
	}
	if len(options) > maxOptions { // the one asked for stands behind the first hundred
		options = append(options[:maxOptions-1], options[maxOptions])
	}
	role := selectInput(fieldRole, w.t("Role"), options, f.Role.String())
	source := selectInput(hiring.FieldSource, w.t("Where do they come from?"), w.sourceOptions(), string(f.Applicant.Source))
	link := optional(textInput(hiring.FieldLink, w.t("Link"), w.t("Profile or CV, if there is one."), f.Applicant.Link))
	return w.form(CallbackCandidate, w.t("Add a candidate"), w.t("Add"), []slack.Block{
		role,
		textInput(hiring.FieldName, w.t("Name"), w.t("Only those who hire for the role see it."), f.Applicant.Name),
		source,
		link,
	})
}

// ReadCandidate reads the form that adds a candidate. A role that is none is a
// [hiring.Error].
func ReadCandidate(v slack.View) (CandidateForm, error) {
	s := stateOf(v)
	id, err := hiring.ParseRoleID(s.option(fieldRole))
	if err != nil {
		return CandidateForm{}, err
	}
	return CandidateForm{Role: id, Applicant: hiring.Applicant{
		Name: oneLine(s.text(hiring.FieldName)), Source: hiring.Source(s.option(hiring.FieldSource)), Link: s.text(hiring.FieldLink),
	}}, nil
}

// PickCandidate asks which candidate is meant. The options come from
// [Writer.CandidateOptions] while the person types.
func (w Writer) PickCandidate() slack.ModalViewRequest {
	least := 0
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(w.t("Name or key, such as C-41"), maxPlaceholder), ActionPickCandidate)
	e.MinQueryLength = &least
	return w.window(w.t("Move a candidate"), []slack.Block{
		section(w.m("Whom do you want to move?")),
		slack.NewActionBlock("", e),
	})
}

// CandidateOptions are the candidates to choose from, with their role. Those
// beyond what Slack takes are left out: typing more finds them.
func (w Writer) CandidateOptions(list []hiring.Candidate, roles map[hiring.RoleID]hiring.Role) slack.OptionsResponse {
	answer := slack.OptionsResponse{Options: []*slack.OptionBlockObject{}}
	for _, c := range list[:min(len(list), maxOptions)] {
		o := option(c.ID.String(), c.ID.String()+" "+cut(c.Name, 40)+" · "+w.stageOf(roles[c.Role], c.Stage))
		o.Description = plain(w.plainRole(roles[c.Role]), maxOptionText)
		answer.Options = append(answer.Options, o)
	}
	return answer
}
