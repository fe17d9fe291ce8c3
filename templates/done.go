package templates

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// done replaces a form by what came of it and what can be done next.
func (w Writer) done(title string, text Mrkdwn, next ...*slack.ButtonBlockElement) slack.ModalViewRequest {
	blocks := []slack.Block{section(text)}
	if len(next) > 0 {
		blocks = append(blocks, buttons(next...))
	}
	return w.window(title, blocks)
}

// Proposed says that a new role, or a change to its brief, was proposed and
// who signs next.
func (w Writer) Proposed(r hiring.Role) slack.ModalViewRequest {
	b := r.Brief()
	if b.Agreed() {
		return w.Signed(r)
	}
	var ask []Mrkdwn
	for _, u := range []hiring.UserID{r.HiringManager, r.Recruiter} {
		if !b.SignedBy(u) {
			ask = append(ask, w.person(u))
		}
	}
	text := w.m("%s is proposed. I have asked %s to sign; %s hears the brief once you agree.", w.role(r), w.and(ask), r.Channel)
	if r.Channel == "" {
		text = w.m("%s is proposed. I have asked %s to sign. It is confidential: no channel hears of it.", w.role(r), w.and(ask))
	}
	if b.Revision > 1 {
		text = w.m("Revision %d of %s is proposed. I have asked %s to sign; until then the agreed brief holds.", b.Revision, w.role(r), w.and(ask))
	}
	return w.done(w.t("Proposed"), text, button(ActionOpenBrief, r.ID.String(), w.t("Read the brief")), button(ActionAddCandidate, r.ID.String(), w.t("Add a candidate")))
}

// Signed says what a signature brought about.
func (w Writer) Signed(r hiring.Role) slack.ModalViewRequest {
	b := r.Brief()
	if len(r.Confirmed) > 0 {
		return w.done(w.t("Signed"), w.m("✓ You have confirmed the brief of %s.", w.role(r)), button(ActionAddCandidate, r.ID.String(), w.t("Add a candidate")))
	}
	text := w.m("You have signed revision %d of %s. The other signature is still missing; I have asked for it.", b.Revision, w.role(r))
	if b.Agreed() {
		text = w.m("✅ %s is agreed. Both of you have signed revision %d, and everything goes by it from now on.", w.role(r), b.Revision)
	}
	if r.Status == hiring.Filled {
		text = w.m("✅ %s is agreed. Both of you have signed revision %d. All its openings are taken, so the role is filled.", w.role(r), b.Revision)
		return w.done(w.t("Signed"), text, button(ActionFunnel, r.ID.String(), w.t("Funnel")))
	}
	return w.done(w.t("Signed"), text, button(ActionAddCandidate, r.ID.String(), w.t("Add a candidate")), button(ActionFunnel, r.ID.String(), w.t("Funnel")))
}

// CandidateAdded says under which key a candidate was added.
func (w Writer) CandidateAdded(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
	text := w.m("%s is added to %s as %v.", bold(cut(c.Name, hiring.MaxName)), w.role(r), c.ID)
	return w.done(w.t("Added"), text, button(ActionMove, c.ID.String(), w.t("Move on")), button(ActionAddCandidate, r.ID.String(), w.t("Add another")))
}

// Moved says where a candidate is now, or how their process ended.
func (w Writer) Moved(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
	name, correct := keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), button(ActionCorrect, c.ID.String(), w.t("Correct it"))
	switch c.Outcome {
	case hiring.Hired:
		text := w.m("🎉 %s is hired.", name)
		if r.Status == hiring.Filled {
			text = w.m("🎉 %s is hired, and %s is filled.", name, w.role(r))
		}
		return w.done(w.t("Hired"), text, button(ActionFunnel, r.ID.String(), w.t("Funnel")), correct)
	case hiring.Rejected:
		return w.done(w.t("Saved"), w.m("%s is rejected. Tell them soon: a day of silence feels longer on their side.", name), button(ActionMove, "", w.t("Move another")), correct)
	case hiring.Withdrawn:
		if c.Offer == hiring.Expired {
			return w.done(w.t("Saved"), w.m("Our offer to %s has run out. The reason is kept.", name), button(ActionMove, "", w.t("Move another")))
		}
		return w.done(w.t("Saved"), w.m("%s has withdrawn. The reason is kept.", name), button(ActionMove, "", w.t("Move another")), correct)
	}
	text := w.m("%s is now in %s.", name, w.stageOf(r, c.Stage))
	for _, i := range slices.Backward(c.Interviews) { // the last is the one that was planned just now
		if i.Stage == c.Stage {
			text = w.m("%s is now in %s. I ask %s for feedback when the interview is over.", name, w.stageOf(r, c.Stage), w.people(i.Panel))
			break
		}
	}
	return w.done(w.t("Moved"), text, button(ActionMove, "", w.t("Move another")), button(ActionAddCandidate, r.ID.String(), w.t("Add a candidate")), correct)
}

// FeedbackGiven thanks an interviewer.
func (w Writer) FeedbackGiven(f hiring.Feedback, c hiring.Candidate) slack.ModalViewRequest {
	return w.done(w.t("Thank you"), w.m("✓ Your feedback on %s (%v) is in: %s. The recruiter has it now.", bold(cut(c.Name, hiring.MaxName)), c.ID, w.recommendation(f.Recommendation)))
}

// Cancelled is what the brief's window shows once the role is given up.
func (w Writer) Cancelled(r hiring.Role, left int) slack.ModalViewRequest {
	text := w.m("%s is cancelled.", w.role(r))
	if left > 0 {
		text = lines(text, w.m("%d candidates are still in the process and should hear from us.", left))
	}
	return w.done(w.t("Cancelled"), text, button(ActionMove, "", w.t("Move a candidate")))
}
