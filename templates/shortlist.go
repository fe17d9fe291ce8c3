package templates

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// askLook asks the hiring manager whether to meet a candidate.
func (p page) askLook(t thing) Message {
	text := p.m("%s proposes %s. Do you want to meet them?", p.who(t.candidate.Look.ProposedBy), p.whom(t))
	blocks := []slack.Block{section(lines(text, join(" · ", p.role(t.role), raw(p.source(t.candidate.Source)), p.link(t.candidate))))}
	if t.candidate.Look.Pitch != "" {
		blocks = append(blocks, prose(cut(t.candidate.Look.Pitch, maxPreview)))
	}
	blocks = append(blocks, section(lines(p.m("*Must-haves*"), bullets(t.role.InForce().Terms.Skills()))))
	blocks = append(blocks, p.lookButtons(t.candidate.ID))
	if !t.due.IsZero() { // nobody owed it any more in roles that earlier versions opened again
		blocks = append(blocks, small(p.m("One click is enough, please by %s.", t.due)))
	}
	return say(text, blocks...)
}

// looked tells the recruiter what the hiring manager said.
func (p page) looked(t thing) (Message, error) {
	l := t.candidate.Look
	if l.AnsweredAt.IsZero() {
		return Message{}, hiring.ErrNothing
	}
	text := p.m("%s on %s: *%s*", p.who(t.subject.Person), p.whom(t), p.lookAnswer(l.Answer))
	blocks := []slack.Block{section(lines(text, p.role(t.role)))}
	if l.Missing != "" {
		blocks = append(blocks, section(p.m("Missing: %s", l.Missing)))
	}
	if l.Why != "" {
		blocks = append(blocks, section(p.m("Why: %s", cut(l.Why, maxPreview))))
	}
	c := t.candidate.ID.String()
	switch {
	case t.candidate.Outcome != hiring.Active:
	case l.Answer == hiring.LookInterview && t.role.Active():
		blocks = append(blocks, buttons(button(ActionMove, c, p.t("Plan the interview"))))
	default:
		blocks = append(blocks, buttons(button(ActionOpenCandidate, c, p.t("Read")), button(ActionMove, c, p.t("Move the candidate"))))
	}
	return say(text, blocks...), nil
}

// lookBack asks both owners whether the brief still says what is chosen. It
// names must-haves and no candidate. What the days since the agreement bring
// does not come in a pause. One that stands asks no more once the role no longer
// hires.
func (p page) lookBack(r hiring.Role, n hiring.Notice, standing bool) (Message, error) {
	all, err := p.record.CandidatesOf(r.ID)
	if err != nil || !r.Active() && !standing {
		return Message{}, cmp.Or(err, hiring.ErrNothing)
	}
	answers, yes, missing := 0, 0, map[string]int{}
	for _, c := range all {
		if c.Look.AnsweredAt.IsZero() {
			continue
		}
		answers++
		if c.Look.Answer == hiring.LookInterview {
			yes++
		}
		if c.Look.Missing != "" {
			missing[c.Look.Missing]++
		}
	}
	enough := !r.LookedBackAt.IsZero() || answers >= p.House.Settings.LookBackAnswers
	early := !n.NotBefore.After(n.CreatedAt)
	if !early && !standing && (enough || r.Status == hiring.Paused) {
		return Message{}, hiring.ErrNothing // it came with the fifth answer, or comes after the pause
	}
	text := p.m("A short look back at %s.", p.role(r))
	blocks := []slack.Block{section(lines(text, join(" ", p.m("%d candidates were proposed and answered.", answers), p.toMeet(yes, answers))))}
	if answers == 0 {
		blocks = []slack.Block{section(lines(text, p.nobodyYet(r)))}
	}
	if list := p.missed(missing); len(list) > 0 {
		blocks = append(blocks, section(lines(append([]Mrkdwn{p.m("*What was missing*")}, list...)...)))
	}
	read := button(ActionOpenBrief, r.ID.String(), p.t("Read the brief"))
	if !r.Active() {
		return say(text, append(blocks, section(p.status(r)), buttons(read))...), nil
	}
	return say(text, append(blocks,
		section(p.m("Does the brief still say whom you would choose? Is each must-have really one?")),
		buttons(read, button(ActionChangeBrief, r.ID.String(), p.t("Change the brief"))))...), nil
}

// nobodyYet says when the brief was first agreed, and that no answer came since.
func (p page) nobodyYet(r hiring.Role) Mrkdwn {
	var first time.Time
	for _, b := range slices.Backward(r.Briefs) {
		if b.Agreed() {
			first = b.AgreedAt()
		}
	}
	return p.m("You agreed on the brief on %s. Nobody has been answered on yet.", p.dayOf(first))
}

// toMeet says how many of the candidates who were answered are to be met.
func (p page) toMeet(yes, answers int) Mrkdwn {
	switch {
	case answers == 1 && yes == 0:
		return p.m("So far you will not meet them.")
	case answers == 1:
		return p.m("You will meet them.")
	case yes == 0:
		return p.m("So far you will meet none of them.")
	default:
		return p.m("You will meet %d of them.", yes)
	}
}

// missed lists the must-haves that were missing, the most frequent first.
func (p page) missed(missing map[string]int) []Mrkdwn {
	var skills []string
	for skill := range missing {
		skills = append(skills, skill)
	}
	slices.SortFunc(skills, func(a, b string) int { return cmp.Or(missing[b]-missing[a], cmp.Compare(a, b)) })
	var list []Mrkdwn
	for _, skill := range skills {
		list = append(list, p.m("• %s: %d times", skill, missing[skill]))
	}
	return list
}

// Propose renders the form that proposes a candidate to the hiring manager.
func (w Writer) Propose(c hiring.Candidate, role hiring.Role) slack.ModalViewRequest {
	v := w.form(CallbackPropose, w.t("Propose"), w.t("Propose"), []slack.Block{
		section(w.m("%s is asked whether to meet %s, with one click.", role.HiringManager, keyed(bold(cut(c.Name, hiring.MaxName)), c.ID))),
		optional(textArea(hiring.FieldNote, w.t("Why them?"), w.t("Two lines by the must-haves help more than a CV."), "")),
	})
	v.PrivateMetadata = meta{Candidate: c.ID}.String()
	return v
}

// ReadNote reads a form about a candidate with a text in it.
func ReadNote(v slack.View) (hiring.CandidateID, string, error) {
	m, err := metaOf(v)
	return m.Candidate, stateOf(v).text(hiring.FieldNote), err
}

// LookNo renders the form that says what a candidate lacks.
func (w Writer) LookNo(c hiring.Candidate, role hiring.Role) slack.ModalViewRequest {
	var musts []*slack.OptionBlockObject
	for i, skill := range role.InForce().Terms.Skills() {
		musts = append(musts, option(strconv.Itoa(i), skill))
	}
	blocks := []slack.Block{section(w.m("You do not want to meet %s.", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID)))}
	if len(musts) > 0 {
		e := slack.NewRadioButtonsBlockElement(string(hiring.FieldMissing), musts...)
		blocks = append(blocks, optional(input(hiring.FieldMissing, w.t("Which must-have is missing?"), "", e)))
	}
	v := w.form(CallbackLookNo, w.t("No"), w.t("Save"), append(blocks,
		optional(textInput(hiring.FieldNote, w.t("In a line"), w.t("About the job, not the person. It helps to search better."), ""))))
	v.PrivateMetadata = meta{Candidate: c.ID}.String()
	return v
}

// ReadLookNo reads the form that says what a candidate lacks. The must-have
// goes by its words, as the brief may change meanwhile.
func ReadLookNo(v slack.View) (hiring.CandidateID, hiring.LookReply, error) {
	m, err := metaOf(v)
	s := stateOf(v)
	answer := hiring.LookReply{Answer: hiring.LookNo, Why: s.text(hiring.FieldNote)}
	if o := s.at(hiring.FieldMissing).SelectedOption; o.Text != nil {
		answer.Missing = o.Text.Text
	}
	return m.Candidate, answer, err
}

// ProposedCandidate says that the hiring manager is asked.
func (w Writer) ProposedCandidate(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
	return w.done(w.t("Proposed"), w.m("%s is asked whether to meet %s. You hear the answer from me.", r.HiringManager, keyed(bold(cut(c.Name, hiring.MaxName)), c.ID)),
		button(ActionOpenCandidate, c.ID.String(), w.t("Read")))
}

// LookAnswered says that an answer on a candidate is on record.
func (w Writer) LookAnswered(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
	return w.done(w.t("Saved"), w.m("✓ %s on %s. %s hears of it.", w.lookAnswer(c.Look.Answer), keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), r.Recruiter))
}
