package templates

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// prepare tells an interviewer what to look for: their share of the
// must-haves, the candidate's way so far, and nobody's ratings.
func (p page) prepare(n hiring.Notice, t thing, standing bool) (Message, error) {
	at, ok := p.ahead(t)
	if !ok || t.progress != waits || outdated(n, t) {
		if standing {
			return p.Notify(p.insteadOfPreparing(t)), nil
		}
		return Message{}, hiring.ErrNothing
	}
	if !standing && !p.now.Before(at.End()) {
		return Message{}, hiring.ErrNothing
	}
	text := p.m("You talk with %s %s.", p.whom(t), at.Start)
	if i, ok := ofNotice(n, t); ok && !n.Was.IsZero() && !n.Was.Equal(at.Start) && i.Start.Equal(at.Start) {
		text = p.m("The interview with %s is moved from %s to %s.", p.whom(t), n.Was, at.Start)
	}
	blocks := []slack.Block{section(lines(text, p.about(t), p.with(at)))}
	brief, _ := t.role.Revision(t.feedback.Revision)
	if share := p.share(brief.Terms, t.subject.Stage); len(share) > 0 {
		blocks = append(blocks, section(lines(append([]Mrkdwn{p.m("*What to find out*")}, share...)...)))
	}
	blocks = append(blocks, small(lines(p.journey(t.candidate, t.role), p.link(t.candidate))))
	for _, probe := range p.probes(t) {
		blocks = append(blocks, small(p.m("An earlier interviewer would find out: %s", probe)))
	}
	return say(text, append(blocks, small(p.m("I ask you how it went when it is over.")))...), nil
}

// ahead returns the interview that an interviewer prepares for: of those of the
// stage that they sit in, the next, or else the last.
func (p page) ahead(t thing) (at hiring.Interview, ok bool) {
	for _, i := range t.candidate.Interviews {
		if i.Stage != t.subject.Stage || !i.Stands() || !slices.Contains(i.Panel, t.subject.Person) {
			continue
		}
		over := !i.End().After(p.now)
		if !ok || !at.End().After(p.now) || !over && i.Start.Before(at.Start) {
			at, ok = i, true
		}
	}
	if n, any := lastInterview(t.candidate, t.subject.Stage); !ok && any {
		return t.candidate.Interviews[n], true
	}
	return at, ok
}

// insteadOfPreparing says what became of the interview that a message prepared
// its reader for.
func (p page) insteadOfPreparing(t thing) Mrkdwn {
	n, ok := lastInterview(t.candidate, t.subject.Stage)
	if !ok || !slices.Contains(t.candidate.Interviews[n].Panel, p.reader) {
		return p.settled(t)
	}
	switch at := t.candidate.Interviews[n]; {
	case at.Status == hiring.CalledOff:
		return p.m("The interview with %s is called off.", p.whom(t))
	case t.progress == waits && p.now.Before(at.End()): // it was moved
		return p.m("You talk with %s %s.", p.whom(t), at.Start)
	default:
		return p.settled(t)
	}
}

// with names who else interviews.
func (p page) with(i hiring.Interview) Mrkdwn {
	var others []Mrkdwn
	for _, u := range i.Panel {
		if u != p.reader {
			others = append(others, p.who(u))
		}
	}
	if len(others) == 0 {
		return ""
	}
	return p.m("Together with %s", p.and(others))
}

// share is what a stage is to find out, by the brief; all must-haves when it
// does not say.
func (p page) share(t hiring.Terms, stage hiring.StageID) []Mrkdwn {
	musts := t.Covered(stage)
	if len(musts) == 0 {
		musts = t.MustHaves
	}
	var list []Mrkdwn
	for _, m := range musts {
		list = append(list, "• "+bold(m.Skill))
		if m.Meets != "" {
			list = append(list, p.m("    meets it: %s", m.Meets), p.m("    exceeds it: %s", m.Exceeds))
		}
	}
	return list
}

// probes are what interviewers of earlier stages would find out next. Who said
// it is left out, and so is what they think.
func (p page) probes(t thing) []string {
	all, err := p.record.FeedbackOn(t.candidate.ID)
	if err != nil {
		return nil
	}
	var list []string
	for _, f := range all {
		if f.Status == hiring.Submitted && f.Stage != t.subject.Stage && f.Probe != "" && len(list) < maxListed {
			list = append(list, f.Probe)
		}
	}
	return list
}

// outdated says whether a notice is from before the interview was moved: a
// newer one stands in its place.
func outdated(n hiring.Notice, t thing) bool {
	return n.About == "" && !t.feedback.RequestedAt.IsZero() && n.CreatedAt.Before(t.feedback.RequestedAt)
}

// excused tells the recruiter, or the interviewer, that feedback is not asked
// for any more, and why.
func (p page) excused(n hiring.Notice, t thing) Message {
	text := p.m("%s gives no feedback on %s.", p.who(t.subject.Person), p.whom(t))
	if n.About != t.subject.Person {
		text = p.m("%s goes on without your feedback on %s. There is nothing left to do for you.", p.who(n.About), p.whom(t))
	}
	blocks := []slack.Block{section(lines(text, p.about(t)))}
	if t.feedback.Excuse != "" {
		blocks = append(blocks, section(p.m("Why: %s", cut(t.feedback.Excuse, maxPreview))))
	}
	if n.About == t.subject.Person && t.progress != done {
		blocks = append(blocks, buttons(button(ActionOpenCandidate, t.candidate.ID.String(), p.t("Read"))))
	}
	return say(text, blocks...)
}

// takeOver asks a colleague to give feedback in somebody's place.
func (p page) takeOver(n hiring.Notice, t thing, standing bool) (Message, error) {
	if t.progress != waits || t.feedback.Offered != n.User {
		if standing {
			return p.Notify(p.m("✓ This is settled. Thank you.")), nil
		}
		return Message{}, hiring.ErrNothing
	}
	text := p.m("%s asks you to give the feedback on %s instead of %s.", p.who(n.About), p.whom(t), p.who(t.subject.Person))
	if n.About == t.subject.Person {
		text = p.m("%s asks you to give the feedback on %s in their place.", p.who(n.About), p.whom(t))
	}
	key := EncodeFeedbackKey(t.subject.FeedbackKey())
	return say(text,
		section(lines(text, p.about(t))),
		buttons(primary(ActionTakeOver, key, p.t("I take it over")), button(ActionDecline, key, p.t("I can't"))),
		small(p.m("Only if you were there. Until you take it over, it stays with %s.", p.who(t.subject.Person)))), nil
}

// takenOver tells who handed feedback over what the colleague said.
func (p page) takenOver(n hiring.Notice, t thing) Message {
	if n.Declined() {
		return p.Notify(p.m("%s can't give the feedback on %s, so it is still with you.", p.who(n.About), p.whom(t)))
	}
	return p.Notify(p.m("✓ %s gives the feedback on %s. There is nothing left to do for you.", p.who(n.About), p.whom(t)))
}

// Excuse renders the form that says why feedback is not asked for any more.
func (w Writer) Excuse(f hiring.Feedback, c hiring.Candidate, own bool) slack.ModalViewRequest {
	name := keyed(bold(cut(c.Name, hiring.MaxName)), c.ID)
	text, hint := w.m("You give no feedback on %s.", name), w.t("Such as: I was ill, the interview was moved. The recruiter reads it.")
	if !own {
		text, hint = w.m("You go on without the feedback of %s on %s.", f.Interviewer, name), w.t("They read it.")
	}
	v := w.form(CallbackExcuse, w.t("No feedback"), w.t("Save"), []slack.Block{
		section(text), textInput(hiring.FieldReason, w.t("Why?"), hint, ""),
	})
	v.PrivateMetadata = meta{Candidate: f.Candidate, Stage: f.Stage, Person: f.Interviewer}.String()
	return v
}

// Offer renders the form that hands feedback over to a colleague.
func (w Writer) Offer(f hiring.Feedback, c hiring.Candidate) slack.ModalViewRequest {
	v := w.form(CallbackOffer, w.t("Hand over"), w.t("Ask them"), []slack.Block{
		section(w.m("Who was there and gives the feedback on %s instead?", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID))),
		userInput(hiring.FieldColleague, w.t("Colleague"), w.t("They are asked first. Until they accept, it stays where it is."), ""),
	})
	v.PrivateMetadata = meta{Candidate: f.Candidate, Stage: f.Stage, Person: f.Interviewer}.String()
	return v
}

// ReadExcuse reads the form that excuses, or hands over: whose feedback, the
// reason, the colleague.
func ReadExcuse(v slack.View) (k hiring.FeedbackKey, reason string, colleague hiring.UserID, err error) {
	m, err := metaOf(v)
	if err != nil {
		return k, "", "", err
	}
	s := stateOf(v)
	return hiring.FeedbackKey{Candidate: m.Candidate, Stage: m.Stage, Interviewer: m.Person}, s.text(hiring.FieldReason), s.user(hiring.FieldColleague), nil
}

// Excused says that feedback is not asked for any more.
func (w Writer) Excused(f hiring.Feedback) slack.ModalViewRequest {
	return w.done(w.t("Saved"), w.m("✓ Feedback on %v is no longer asked of %s.", f.Candidate, f.Interviewer))
}

// OfferAnswered answers a colleague who takes feedback over, or can't.
func (w Writer) OfferAnswered(k hiring.FeedbackKey, accepted bool) Message {
	if !accepted {
		return w.Notify(w.m("All right. I tell %s.", k.Interviewer))
	}
	return w.Notify(w.m("Thank you! The feedback on %v is yours now; I have sent you the scorecard.", k.Candidate))
}

// Reminded says that somebody is asked in the person's name.
func (w Writer) Reminded(k hiring.FeedbackKey) Message {
	return w.Notify(w.m("✓ I ask %s in your name, in their working hours.", k.Interviewer))
}

// OfferedTo says that a colleague is asked.
func (w Writer) OfferedTo(f hiring.Feedback) slack.ModalViewRequest {
	return w.done(w.t("Asked"), w.m("I have asked %s. You hear from me when they answer.", f.Offered))
}
