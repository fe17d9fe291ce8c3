package templates

import (
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// wait says how long a thing has waited, to the person who owes it.
func (p page) wait(t thing) Mrkdwn {
	days := p.waited(t.subject.Person, t.since)
	switch t.subject.Kind {
	case hiring.AboutRevision:
		return p.m("The brief of %s was sent back and waits for your change", p.role(t.role))
	case hiring.AboutSignOff:
		if days == 0 {
			return p.m("The brief of %s waits for your signature", p.role(t.role))
		}
		return p.m("The brief of %s has waited %d working days for your signature", p.role(t.role), days)
	case hiring.AboutLook:
		if days == 0 {
			return p.m("%s waits for your answer: do you want to meet them?", p.whom(t))
		}
		return p.m("%s has waited %d working days for your answer: do you want to meet them?", p.whom(t), days)
	case hiring.AboutDecision:
		if days == 0 {
			return p.m("%s waits for your decision. All feedback is in", p.whom(t))
		}
		return p.m("%s has waited %d working days for your decision. All feedback is in", p.whom(t), days)
	case hiring.AboutNext:
		return p.m("%s has waited %d working days for a next step. It is with %s", p.whom(t), days, p.whose(t))
	case hiring.AboutReply:
		if p.promisedToday(t) {
			return p.m("You promised %s word by today", p.whom(t))
		}
		return p.m("%s waits to hear from you", p.whom(t))
	case hiring.AboutHeld:
		return p.m("Did the interview with %s take place?", p.whom(t))
	}
	if days == 0 {
		return p.m("%s waits for your feedback", p.whom(t))
	}
	return p.m("%s has waited %d working days for your feedback", p.whom(t), days)
}

// promisedToday says whether word to a candidate was promised for today, and
// the day is not over for whoever promised it.
func (p page) promisedToday(t thing) bool {
	c := t.candidate.Contact
	return !c.Usual && p.now.Before(t.due) && c.On == hiring.DateOf(p.now, p.House.Settings.ZoneOf(p.personOf(t.subject.Person)))
}

// whom names the candidate that a thing is about.
func (p page) whom(t thing) Mrkdwn { return p.candidate(t.subject.Candidate) }

// whose names who makes the next step: whoever arranges what was decided on,
// those who still owe feedback, whoever decides, or the owner whose stage it is.
func (p page) whose(t thing) Mrkdwn {
	if t.decided {
		return p.who(t.subject.Person)
	}
	all, err := p.record.FeedbackOn(t.candidate.ID)
	if err != nil {
		return p.who(t.role.Recruiter)
	}
	var late []Mrkdwn
	in := false
	for _, f := range all {
		if f.Stage == t.subject.Stage && f.Status == hiring.Requested {
			late = append(late, p.who(f.Interviewer))
		}
		in = in || f.Stage == t.subject.Stage && f.Status == hiring.Submitted
	}
	stage, _ := t.role.Plan().Stage(t.subject.Stage)
	switch {
	case len(late) > 0:
		return p.and(late)
	case in && len(t.candidate.Decisions) == 0:
		return p.who(t.role.Decides())
	case stage.Kind == hiring.KindOffer:
		return p.who(t.role.HiringManager)
	default:
		return p.who(t.role.Recruiter)
	}
}

// about is what a thing belongs to: Technical interview · Backend developer
//
func (p page) about(t thing) Mrkdwn {
	switch t.subject.Kind {
	case hiring.AboutSignOff, hiring.AboutRevision:
		return p.m("Revision %d", t.subject.Revision)
	case hiring.AboutLook, hiring.AboutReply:
		return p.role(t.role)
	}
	return join(" · ", raw(p.stageOf(t.role, t.subject.Stage)), p.role(t.role))
}

// todo is a thing with the buttons that do it.
func (p page) todo(t thing) []slack.Block {
	text := lines(p.wait(t), join(" · ", p.about(t), p.dueBy(t)))
	if !t.again.IsZero() {
		text = lines(p.wait(t), join(" · ", p.about(t), p.m("put off until %s", t.again)))
	}
	id, c := t.role.ID.String(), t.subject.Candidate.String()
	switch t.subject.Kind {
	case hiring.AboutRevision:
		return []slack.Block{sectionWith(text, button(ActionChangeBrief, id, p.t("Change the brief")))}
	case hiring.AboutSignOff:
		return []slack.Block{sectionWith(text, button(ActionOpenBrief, id, p.t("Read and sign")))}
	case hiring.AboutLook:
		return []slack.Block{section(text), p.lookButtons(t.candidate.ID)}
	case hiring.AboutDecision:
		return []slack.Block{sectionWith(text, button(ActionDecide, c, p.t("Decide")))}
	case hiring.AboutReply:
		return []slack.Block{section(text), buttons(button(ActionTold, c, p.t("They know now")), button(ActionPromise, c, p.t("Promise another day")))}
	case hiring.AboutHeld:
		return []slack.Block{section(text), p.heldButtons(t)}
	case hiring.AboutNext:
		return []slack.Block{sectionWith(text, button(ActionMove, c, p.t("Move the candidate")))}
	}
	key := t.subject.FeedbackKey()
	return []slack.Block{section(text), buttonsAnd(p.instead(key), button(ActionGiveFeedback, EncodeFeedbackKey(key), p.t("Give feedback")))}
}

// instead is the menu of what can be done instead of giving feedback.
func (w Writer) instead(k hiring.FeedbackKey) *slack.OverflowBlockElement {
	return slack.NewOverflowBlockElement(ActionInstead,
		option(EncodeInstead(InsteadExcuse, k), w.t("I was not there")),
		option(EncodeInstead(InsteadOffer, k), w.t("Hand over to a colleague")))
}

// lookButtons are the answers to whether to meet a candidate.
func (w Writer) lookButtons(id hiring.CandidateID) slack.Block {
	list := make([]*slack.ButtonBlockElement, 0, 3)
	for _, a := range hiring.LookAnswers() {
		list = append(list, button(ActionLook+"#"+string(a), EncodeLook(a, id), w.lookAnswer(a)))
	}
	return buttons(list...)
}

// heldButtons are the answers to whether an interview took place.
func (p page) heldButtons(t thing) slack.Block {
	return p.interviewButtons(t.candidate.ID, t.interview, p.t("It took place"), p.t("They did not come"), p.t("It is at another time"))
}

// interviewButtons say what became of an interview.
func (w Writer) interviewButtons(id hiring.CandidateID, n int, held, missed, moved string) slack.Block {
	return buttons(
		button(ActionInterview+"#held", EncodeInterview(InterviewHeld, id, n), held),
		button(ActionInterview+"#missed", EncodeInterview(InterviewMissed, id, n), missed),
		button(ActionInterview+"#move", EncodeInterview(InterviewMove, id, n), moved))
}

// settled says that a thing needs nobody any more.
func (p page) settled(t thing) Mrkdwn {
	signOff := t.subject.Kind == hiring.AboutSignOff
	switch {
	case t.subject.Kind == hiring.AboutRevision && t.progress == done:
		return p.m("✓ %s has a new revision. Thank you.", p.role(t.role))
	case t.subject.Kind == hiring.AboutRevision && t.role.ID != 0:
		return p.m("✓ The brief of %s needs no change any more.", p.role(t.role))
	case signOff && t.progress == done:
		return p.m("✓ Revision %d of %s is signed. Thank you.", t.subject.Revision, p.role(t.role))
	case t.role.ID == 0:
		return p.m("✓ No longer needed.")
	case signOff && sentBack(t):
		return p.m("✓ You sent revision %d of %s back.", t.subject.Revision, p.role(t.role))
	case signOff:
		return p.m("✓ Revision %d of %s no longer needs a signature.", t.subject.Revision, p.role(t.role))
	case t.subject.Kind != hiring.AboutFeedback && t.progress != done:
		return p.m("✓ Nothing to do for %s any more.", p.whom(t))
	}
	switch t.subject.Kind {
	case hiring.AboutLook:
		return p.m("✓ You have answered on %s. Thank you.", p.whom(t))
	case hiring.AboutDecision:
		return p.m("✓ %s is decided on. Thank you.", p.whom(t))
	case hiring.AboutNext:
		return p.m("✓ %s has gone on. Thank you.", p.whom(t))
	case hiring.AboutReply:
		return p.m("✓ %s has heard from us. Thank you.", p.whom(t))
	case hiring.AboutHeld:
		return p.m("✓ The interview with %s is on record. Thank you.", p.whom(t))
	}
	switch {
	case t.progress == done:
		return p.m("✓ Feedback on %s is in. Thank you.", p.whom(t))
	default:
		return p.m("✓ Feedback on %s is no longer needed.", p.whom(t))
	}
}

// sentBack says whether who was to sign a revision sent it back instead.
func sentBack(t thing) bool {
	b, _ := t.role.Revision(t.subject.Revision)
	return b.SentBackBy(t.subject.Person)
}

// owedToYou is what somebody owes, to themselves.
func (p page) owedToYou(o hiring.Owed) ([]slack.Block, error) {
	t, err := p.look(o.Subject)
	if err != nil {
		return nil, err
	}
	if t.progress != waits {
		return []slack.Block{section(p.settled(t))}, nil
	}
	t.since, t.due = o.Since, o.DueAt
	return p.todo(t), nil
}

// stuck says what waits for somebody, to somebody else: since when and with
// whom.
func (p page) stuck(t thing) Mrkdwn {
	days, who := p.waited(t.subject.Person, t.since), p.who(t.subject.Person)
	switch t.subject.Kind {
	case hiring.AboutRevision:
		return p.m("The brief of %s was sent back and has waited %d working days for %s to change it.", p.role(t.role), days, who)
	case hiring.AboutSignOff:
		return p.m("The brief of %s, revision %d, has waited %d working days for %s to sign.", p.role(t.role), t.subject.Revision, days, who)
	case hiring.AboutLook:
		return p.m("%s has waited %d working days for %s to say whether to meet them (%s).", p.whom(t), days, who, t.role.ID)
	case hiring.AboutDecision:
		return p.m("%s has waited %d working days for a decision by %s (%s).", p.whom(t), days, who, t.role.ID)
	case hiring.AboutNext:
		return p.m("%s has waited %d working days for a next step (%s). It is with %s.", p.whom(t), days, t.role.ID, p.whose(t))
	case hiring.AboutReply:
		return p.m("%s waits to hear from %s (%s).", p.whom(t), who, t.role.ID)
	case hiring.AboutHeld:
		return p.m("Nobody has said whether the interview with %s took place (%s). It is with %s.", p.whom(t), t.role.ID, who)
	}
	return p.m("%s has waited %d working days for feedback from %s (%s, %s).", p.whom(t), days, who, p.stageOf(t.role, t.subject.Stage), t.role.ID)
}

// owing says what somebody owes in a few words, to somebody else.
func (p page) owing(t thing) Mrkdwn {
	who := p.who(t.subject.Person)
	switch t.subject.Kind {
	case hiring.AboutSignOff:
		return p.m("%s: %s to sign revision %d", p.role(t.role), who, t.subject.Revision)
	case hiring.AboutRevision:
		return p.m("%s: %s to change the brief", p.role(t.role), who)
	case hiring.AboutLook:
		return p.m("%s: %s to say whether to meet them", p.whom(t), who)
	case hiring.AboutDecision:
		return p.m("%s: %s to decide", p.whom(t), who)
	case hiring.AboutReply:
		return p.m("%s: %s to write to them", p.whom(t), who)
	case hiring.AboutHeld:
		return p.m("%s: %s to say whether the interview took place", p.whom(t), who)
	case hiring.AboutNext:
		return p.m("%s: next step by %s", p.whom(t), p.whose(t))
	}
	return p.m("%s: feedback from %s", p.whom(t), who)
}
