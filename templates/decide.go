package templates

import (
	"strconv"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// DecideForm is the form that decides on a candidate after a stage.
type DecideForm struct {
	Candidate hiring.CandidateID
	Ruling    hiring.Ruling
}

// Decide renders the form that decides on a candidate. What it asks for
// follows from the verdict, so it is rendered again after [ActionVerdict].
func (w Writer) Decide(c hiring.Candidate, role hiring.Role, f DecideForm) slack.ModalViewRequest {
	var verdicts []*slack.OptionBlockObject
	for _, v := range hiring.Verdicts() {
		verdicts = append(verdicts, option(string(v), w.verdict(v)))
	}
	e := slack.NewRadioButtonsBlockElement(ActionVerdict, verdicts...)
	e.InitialOption = chosen(verdicts, string(f.Ruling.Verdict))
	blocks := []slack.Block{
		section(lines(keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), join(" · ", raw(w.stageOf(role, c.Stage)), w.role(role)))),
		input(hiring.FieldVerdict, w.t("What is decided?"), "", e).WithDispatchAction(true),
	}
	if f.Ruling.Verdict == hiring.TalkFirst {
		blocks = append(blocks, optional(textArea(hiring.FieldReason, w.t("What is to be talked about?"), w.t("The other owner reads it."), f.Ruling.Reason)))
	} else {
		blocks = append(blocks, w.why(role, f.Ruling)...)
	}
	v := w.form(CallbackDecide, w.t("Decide"), w.t("Decide"), blocks)
	v.PrivateMetadata = meta{Candidate: c.ID}.String()
	return v
}

// why asks what a decision rests on, and who tells the candidate by when.
func (w Writer) why(role hiring.Role, r hiring.Ruling) []slack.Block {
	var musts []*slack.OptionBlockObject
	var rests []string
	for i, skill := range role.InForce().Terms.Skills() {
		musts = append(musts, option(strconv.Itoa(i), skill))
	}
	for _, i := range r.Criteria {
		rests = append(rests, strconv.Itoa(i))
	}
	var blocks []slack.Block
	if len(musts) > 0 {
		blocks = append(blocks, optional(choicesInput(hiring.FieldCriteria, w.t("Which must-haves does it rest on?"), "", musts, rests)))
	}
	return append(blocks,
		textArea(hiring.FieldReason, w.t("Why?"), w.t("A line about the job, not the person. The candidate may ask."), r.Reason),
		userInput(hiring.FieldContact, w.t("Who tells the candidate?"), "", r.Contact.By),
		dateInput(hiring.FieldContactOn, w.t("By when?"), r.Contact.On))
}

// ReadDecide reads the form that decides on a candidate, also while it is
// being filled in.
func ReadDecide(v slack.View) (DecideForm, error) {
	m, err := metaOf(v)
	if err != nil {
		return DecideForm{}, err
	}
	s := stateOf(v)
	f := DecideForm{Candidate: m.Candidate, Ruling: hiring.Ruling{
		Verdict: hiring.Verdict(s.option(hiring.FieldVerdict)), Reason: s.text(hiring.FieldReason),
		Contact: hiring.Contact{By: s.user(hiring.FieldContact), On: s.date(hiring.FieldContactOn)},
	}}
	for _, o := range s.at(hiring.FieldCriteria).SelectedOptions {
		if i, err := strconv.Atoi(o.Value); err == nil {
			f.Ruling.Criteria = append(f.Ruling.Criteria, i)
		}
	}
	return f, nil
}

// Decided says what follows from a decision.
func (w Writer) Decided(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
	d := c.Decisions[len(c.Decisions)-1]
	text := w.m("%s is decided on: “%s”.", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), w.verdict(d.Verdict))
	switch {
	case d.Verdict == hiring.TalkFirst:
		text = lines(text, w.m("%s hears of it. I ask you again when the talk should be over.", r.Recruiter))
	case c.Outcome != hiring.Active || c.Stage != d.Stage:
		text = lines(text, w.m("%s tells the candidate by %s.", c.Contact.By, c.Contact.On))
	default:
		text = lines(text, w.m("%s plans the next interview. %s tells the candidate by %s.", r.Recruiter, c.Contact.By, c.Contact.On))
	}
	return w.done(w.t("Decided"), text, button(ActionOpenCandidate, c.ID.String(), w.t("Read")))
}

// Promised says who writes to a candidate by when.
func (w Writer) Promised(c hiring.Candidate, _ hiring.Role) slack.ModalViewRequest {
	return w.done(w.t("Saved"), w.m("✓ %s writes to %s by %s.", c.Contact.By, keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), c.Contact.On))
}

// Told says that it is on record that a candidate has heard from us.
func (w Writer) Told(c hiring.Candidate) Message {
	return w.Notify(w.m("✓ %s has heard from us. Thank you.", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID)))
}

// Engaged says that the first contact with a candidate is on record.
func (w Writer) Engaged(c hiring.Candidate) Message {
	m := w.Notify(w.m("✓ The first contact with %s was today. The time to engage ends here.", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID)))
	m.Blocks = append(m.Blocks, buttons(button(ActionCorrect, c.ID.String(), w.t("Correct it"))))
	return m
}

// Promise renders the form that promises a candidate to hear from us.
func (w Writer) Promise(c hiring.Candidate, role hiring.Role, contact hiring.Contact) slack.ModalViewRequest {
	v := w.form(CallbackPromise, w.t("Promise a reply"), w.t("Save"), []slack.Block{
		section(lines(keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), w.role(role))),
		userInput(hiring.FieldContact, w.t("Who writes to the candidate?"), "", contact.By),
		dateInput(hiring.FieldContactOn, w.t("By when?"), contact.On),
		small(w.m("I remind them on that day. Press “They know now” when it is done.")),
	})
	v.PrivateMetadata = meta{Candidate: c.ID}.String()
	return v
}
