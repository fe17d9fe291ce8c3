package templates

import (
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// stuck lists what waits beyond its time, the longest first. In a channel
// nobody is named for being late.
func (d *digestPage) stuck(limit int) Mrkdwn {
	var list []Mrkdwn
	shown, more := fold(d.sum.Stuck, limit)
	for _, x := range shown {
		list = append(list, "• "+d.waits(x))
	}
	if more > 0 {
		list = append(list, d.m("and %d more", more))
	}
	return lines(list...)
}

// waits says what is stuck, whose move it is and for how long.
func (d *digestPage) waits(x hiring.Stuck) Mrkdwn {
	late := d.m("less than a working day late")
	if days := d.sum.Late(x); days > 0 {
		late = d.m("%d working days late", days)
	} else if d.sum.DueToday(x) {
		late = d.m("due today")
	}
	var of Mrkdwn
	if d.sum.Role.ID == 0 {
		of = raw(x.Subject.Role.String())
	}
	return join(" · ", d.thing(x), d.side(x.Side), late, of)
}

// thing says what is stuck.
func (d *digestPage) thing(x hiring.Stuck) Mrkdwn {
	who, stage := d.candidate(x.Subject.Candidate), d.stageIn(x.Subject)
	switch x.Subject.Kind {
	case hiring.AboutSignOff:
		return d.m("Revision %d waits for a signature", x.Subject.Revision)
	case hiring.AboutRevision:
		return d.m("Revision %d was sent back and waits for a change", x.Subject.Revision)
	case hiring.AboutLook:
		return d.m("%s waits for an answer on whether to meet", who)
	case hiring.AboutDecision:
		return d.m("%s waits for a decision (%s)", who, stage)
	case hiring.AboutNext:
		return d.m("%s waits for a next step (%s)", who, stage)
	case hiring.AboutReply:
		return d.m("%s waits to hear from us", who)
	case hiring.AboutHeld:
		return d.m("%s: did the interview take place? (%s)", who, stage)
	}
	if x.People > 1 {
		return d.m("%s waits for feedback of %d people (%s)", who, x.People, stage)
	}
	return d.m("%s waits for feedback (%s)", who, stage)
}

func (d *digestPage) stageIn(s hiring.Subject) string {
	role := d.sum.Role
	if i := slices.IndexFunc(d.sum.Period.Roles, func(r hiring.Role) bool { return r.ID == s.Role }); i >= 0 {
		role = d.sum.Period.Roles[i]
	}
	return d.stageOf(role, s.Stage)
}

// side says whose move it is.
func (p page) side(s hiring.Side) Mrkdwn {
	switch s {
	case hiring.SideHiringManager:
		return p.m("the hiring manager's move")
	case hiring.SideRecruiter:
		return p.m("the recruiter's move")
	case hiring.SidePanel:
		return p.m("the panel's move")
	case hiring.SideDecider:
		return p.m("the decider's move")
	default:
		return p.m("the owners' move")
	}
}

// next are the most useful things to do, a button each.
func (d *digestPage) next() {
	if len(d.sum.Next) == 0 {
		return
	}
	heading := d.m("*What would help most*")
	d.text = append(d.text, heading)
	d.blocks = append(d.blocks, section(heading))
	for i, s := range d.sum.Next {
		text, b := d.action(s)
		b.ActionID += fmt.Sprintf("#%d", i+1)
		text = Mrkdwn(fmt.Sprintf("%d. ", i+1)) + text
		d.text = append(d.text, text)
		d.blocks = append(d.blocks, sectionWith(text, b))
	}
}

// action says what could be done, and the button that does it.
func (d *digestPage) action(s hiring.NextAction) (Mrkdwn, *slack.ButtonBlockElement) {
	role, c := s.Subject.Role.String(), s.Subject.Candidate.String()
	who := d.candidate(s.Subject.Candidate)
	switch s.Kind {
	case hiring.DoSign:
		return d.m("Agree on %d briefs, that of %s first: both owners read and sign, or say what to change.", s.N, s.Subject.Role), button(ActionOpenBrief, role, d.t("Read the brief"))
	case hiring.DoTell:
		return d.m("Write to %d candidates who were promised word, %s first.", s.N, who), button(ActionOpenCandidate, c, d.t("Open %s", c))
	case hiring.DoDecide:
		return d.m("Decide on %d candidates, all feedback is in: %s first.", s.N, who), button(ActionDecide, c, d.t("Decide on %s", c))
	case hiring.DoAsk:
		return d.m("Get the feedback on %d candidates, %s first: two minutes each.", s.N, who), button(ActionOpenCandidate, c, d.t("Open %s", c))
	case hiring.DoAnswer:
		return d.m("Give the answers asked for on %d candidates, %s first.", s.N, who), button(ActionOpenCandidate, c, d.t("Open %s", c))
	case hiring.DoMove:
		return d.m("Take the next step with %d candidates, %s first.", s.N, who), button(ActionMove, c, d.t("Move %s", c))
	case hiring.DoSource:
		return d.m("Find and write to new candidates: the pipeline runs dry."), button(ActionAddCandidate, role, d.t("Add a candidate"))
	default:
		return d.m("Look at why they leave: %d withdrew at %s in five weeks.", s.N, d.stageName(s.Stage)), button(ActionFunnel, digestRole(s.Subject.Role)+" period", d.t("Show the numbers"))
	}
}
