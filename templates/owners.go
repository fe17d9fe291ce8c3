package templates

import (
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Owners renders the form that hands a role over.
func (w Writer) Owners(r hiring.Role) slack.ModalViewRequest {
	v := w.form(CallbackOwners, w.t("Hand over"), w.t("Hand over"), []slack.Block{
		section(w.m("Who owns %s from now on? What waits for a signature moves along; a brief that is agreed stays agreed.", w.role(r))),
		userInput(hiring.FieldHiringManager, w.t("Hiring manager"), "", r.HiringManager),
		userInput(hiring.FieldRecruiter, w.t("Recruiter"), "", r.Recruiter),
	})
	v.PrivateMetadata = meta{Role: r.ID}.String()
	return v
}

// ReadOwners reads the form that hands a role over.
func ReadOwners(v slack.View) (id hiring.RoleID, manager, recruiter hiring.UserID, err error) {
	m, err := metaOf(v)
	s := stateOf(v)
	return m.Role, hiring.UserID(s.at(hiring.FieldHiringManager).SelectedUser), hiring.UserID(s.at(hiring.FieldRecruiter).SelectedUser), err
}

// HandedOver says who owns the role now.
func (w Writer) HandedOver(r hiring.Role) slack.ModalViewRequest {
	text := w.m("%s is handed over. Hiring manager is %s, recruiter %s; they hear of it.", w.role(r), w.person(r.HiringManager), w.person(r.Recruiter))
	return w.done(w.t("Handed over"), text, button(ActionOpenBrief, r.ID.String(), w.t("Read the brief")))
}

// newOwners tells who owns a role now, by when it changed hands: it may do so
// again.
func (p page) newOwners(r hiring.Role, n hiring.Notice) Message {
	text := p.m("%s has handed %s over, %s. Hiring manager is %s, recruiter %s.", p.who(n.About), p.role(r), n.CreatedAt, p.who(r.HiringManager), p.who(r.Recruiter))
	if !r.Owner(p.reader) {
		return p.Notify(lines(text, p.m("You need not do anything for it any more. Thank you.")))
	}
	m := p.Notify(lines(text, p.m("Read its brief; it is what you search and choose by.")))
	m.Blocks = append(m.Blocks, buttons(button(ActionOpenBrief, r.ID.String(), p.t("Read the brief"))))
	return m
}
