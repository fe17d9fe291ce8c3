package templates

import (
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Notice renders a notice from the record as it is now. When there is nothing
// left to say it returns [hiring.ErrNothing], unless standing is true: then the
// message stands in Slack already and is to be kept current, so that it says
// what was done and loses its buttons. A [hiring.RefreshMessage] has nothing to
// say itself; what it keeps current is rendered by its own notice.
func (w Writer) Notice(r hiring.Record, n hiring.Notice, a Audience, standing bool, now time.Time) (Message, error) {
	p := page{Writer: w, record: r, to: a, reader: n.User, now: now}
	if len(n.Subjects) == 0 {
		return Message{}, hiring.ErrNothing
	}
	switch may, err := p.mayRead(n); {
	case err != nil:
		return Message{}, err
	case !may && !standing:
		return Message{}, hiring.ErrNothing
	case !may:
		return p.notTheirs(n.Subjects[0]), nil
	}
	return p.notice(n, standing)
}

// notice renders a notice that its reader may read.
func (p page) notice(n hiring.Notice, standing bool) (Message, error) {
	switch n.Kind {
	case hiring.Nudge:
		return p.nudge(n, standing)
	case hiring.Escalation:
		return p.escalation(n, standing)
	case hiring.TellRules:
		return p.rulesChanged(n)
	case hiring.Digest:
		return p.digest(n, standing)
	case hiring.DigestDetails:
		return p.details(n, standing)
	case hiring.Preview:
		return p.preview(n, standing)
	case hiring.AskSignOff, hiring.AskRevision, hiring.AskFeedback, hiring.TellFeedback, hiring.Prepare, hiring.TellInterview, hiring.TellExcused,
		hiring.AskTakeOver, hiring.TellTakeOver, hiring.TellDebrief, hiring.TellDecision, hiring.AskLook, hiring.TellLook:
		return p.one(n, standing)
	case hiring.TellUnreached, hiring.TellGivenUp:
		return p.unreached(n, standing)
	case hiring.CatchUp:
		return p.catchUp(n, standing)
	case hiring.TellCorrected:
		return p.corrected(n)
	case hiring.AlertOffer:
		return p.offersOpen(n, standing)
	case hiring.AlertWithdrawals, hiring.AlertMustHave:
		return p.alert(n, standing)
	case hiring.TellBrief, hiring.PostBrief, hiring.TellAgreed, hiring.TellWaived, hiring.TellPaused, hiring.TellFilled, hiring.TellCancelled, hiring.TellOwners, hiring.TellImported, hiring.LookBack:
		return p.ofRole(n, standing)
	case hiring.RefreshMessage:
		return Message{}, hiring.ErrNothing
	default:
		return Message{}, fmt.Errorf("notice %d: no text for the kind %q", n.ID, n.Kind)
	}
}

// ofRole renders what is about a role as a whole.
func (p page) ofRole(n hiring.Notice, standing bool) (Message, error) {
	role, err := p.record.Role(n.Subjects[0].Role)
	if err != nil {
		return Message{}, err
	}
	switch n.Kind {
	case hiring.TellAgreed:
		if _, agreed := role.Agreed(); !agreed && !standing {
			return Message{}, hiring.ErrNothing
		}
		return p.agreed(role, n), nil
	case hiring.TellFilled:
		return p.filled(role, standing)
	case hiring.TellCancelled:
		return p.cancelled(role, n.About)
	case hiring.TellOwners:
		return p.newOwners(role, n), nil
	case hiring.TellImported:
		return p.imported(role, n.CreatedAt)
	case hiring.TellWaived:
		return p.waived(role), nil
	case hiring.LookBack:
		return p.lookBack(role, n, standing)
	case hiring.TellPaused:
		return p.rested(role, n), nil
	case hiring.PostBrief:
		return p.brief(role), nil
	default:
		return p.proposal(role), nil
	}
}

// one renders what is about one piece of feedback or one sign-off.
func (p page) one(n hiring.Notice, standing bool) (Message, error) {
	t, err := p.look(n.Subjects[0])
	if err != nil {
		return Message{}, err
	}
	switch n.Kind {
	case hiring.TellFeedback:
		return p.feedback(t, standing)
	case hiring.Prepare:
		return p.prepare(n, t, standing)
	case hiring.TellInterview:
		return p.interviewChanged(n, t, standing)
	case hiring.TellExcused:
		return p.excused(n, t), nil
	case hiring.AskTakeOver:
		return p.takeOver(n, t, standing)
	case hiring.TellTakeOver:
		return p.takenOver(n, t), nil
	case hiring.TellDebrief:
		return p.debrief(t, standing)
	case hiring.TellDecision:
		return p.decision(n, t, standing)
	case hiring.TellLook:
		return p.looked(t)
	}
	switch {
	case t.progress != waits && !standing:
		return Message{}, hiring.ErrNothing
	case t.progress != waits:
		return p.Notify(p.settled(t)), nil
	case n.Kind == hiring.AskSignOff:
		return p.askSignOff(t), nil
	case n.Kind == hiring.AskRevision:
		return p.askRevision(t), nil
	case n.Kind == hiring.AskLook:
		return p.askLook(t), nil
	case !standing && outdated(n, t):
		return Message{}, hiring.ErrNothing
	default:
		return p.askFeedback(n, t), nil
	}
}

// proposal is what a channel hears while a brief is being agreed on.
func (p page) proposal(r hiring.Role) Message {
	text := p.m("A new role is being agreed on: %s. %s", p.role(r), p.status(r))
	if r.Status != hiring.Drafting {
		text = lines(p.role(r), p.status(r))
	}
	m := p.Notify(text)
	if r.Active() {
		m.Blocks = append(m.Blocks, buttons(button(ActionOpenBrief, r.ID.String(), p.t("Read"))))
	}
	return m
}

// brief is the brief both agreed on, as its channel reads it. A change that is
// not agreed is named and not shown.
func (p page) brief(r hiring.Role) Message {
	t := r.InForce().Terms
	blocks := []slack.Block{
		header(oneLine(t.Title)),
		section(lines(p.status(r), join(" · ", raw(r.ID.String()), p.m("%d openings", t.Openings), raw(t.Team), raw(p.level(t.Level)), p.owners(r)))),
		section(lines(p.m("*After three months*"), bullets(t.Success))),
		section(lines(p.m("*Must-haves*"), bullets(t.Skills()))),
	}
	if len(t.NiceToHaves) > 0 {
		blocks = append(blocks, section(lines(p.m("*Nice-to-haves*"), bullets(t.NiceToHaves))))
	}
	blocks = append(blocks, section(lines(p.m("*The way there*"), p.way(t.Plan()))))
	if offer := p.offer(t); offer != "" {
		blocks = append(blocks, section(lines(p.m("*The offer*"), offer)))
	}
	if r.Active() {
		blocks = append(blocks, buttons(
			button(ActionOpenBrief, r.ID.String(), p.t("Read")),
			button(ActionAddCandidate, r.ID.String(), p.t("Add a candidate"))))
	}
	return say(p.m("The brief of %s: %s", p.role(r), p.status(r)), blocks...)
}

// offer is what a candidate is offered, in a few lines.
func (p page) offer(t hiring.Terms) Mrkdwn {
	var start, money Mrkdwn
	if t.TargetStart != "" {
		start = p.m("Start %s", t.TargetStart)
	}
	if t.Pay.From+t.Pay.To > 0 {
		money = raw(p.money(t.Pay))
	}
	return lines(start, money, raw(cut(oneLine(t.Location), maxPreview)), raw(cut(oneLine(t.Flexibility), maxPreview)))
}

func (p page) askSignOff(t thing) Message {
	b, _ := t.role.Revision(t.subject.Revision)
	text := p.m("%s asks you to sign the brief of %s.", p.who(b.ProposedBy), p.role(t.role))
	instead := p.m("Please by %s. Not what you want? Send it back or change it from the same window.", t.due)
	switch {
	case b.Agreed(): // what is agreed can be changed, not sent back
		text = p.m("You own %s now. Read what was agreed before you, and confirm it.", p.role(t.role))
		instead = p.m("Please by %s. Not what you want? Change it from the same window.", t.due)
	case b.Revision > 1:
		text = p.m("%s has changed the brief of %s and asks you to sign revision %d.", p.who(b.ProposedBy), p.role(t.role), b.Revision)
	}
	blocks := []slack.Block{section(text)}
	if agreed, ok := t.role.Agreed(); ok && !b.Agreed() {
		blocks = append(blocks, section(p.differences(agreed.Terms, b.Terms)))
	} else {
		blocks = append(blocks, section(lines(p.m("*Must-haves*"), bullets(b.Terms.Skills()))))
	}
	if b.Reason != "" {
		blocks = append(blocks, section(p.m("Why: %s", cut(b.Reason, maxPreview))))
	}
	return say(text, append(blocks,
		buttons(primary(ActionOpenBrief, t.role.ID.String(), p.t("Read and sign"))),
		small(instead))...)
}

// askRevision asks an owner to change what the other sent back.
func (p page) askRevision(t thing) Message {
	b, _ := t.role.Revision(t.subject.Revision)
	text := p.m("%s sent the brief of %s back.", p.who(t.role.OtherOwner(t.subject.Person)), p.role(t.role))
	blocks := []slack.Block{section(text)}
	for _, c := range b.Comments {
		blocks = append(blocks, section(p.m("About %s: %s", p.sectionName(c.Section), cut(c.Text, maxPreview))))
	}
	return say(text, append(blocks,
		buttons(primary(ActionChangeBrief, t.role.ID.String(), p.t("Change the brief")), button(ActionOpenBrief, t.role.ID.String(), p.t("Read the brief"))),
		small(p.m("Please by %s. Talking helps: it can still be signed as it is.", t.due)))...)
}

func (p page) waived(r hiring.Role) Message {
	m := p.Notify(lines(p.m("🔓 %s lets candidates of %s go on before you both have signed.", p.who(r.Waiver.By), p.role(r)), p.m("Why: %s", cut(r.Waiver.Reason, maxPreview))))
	m.Blocks = append(m.Blocks, buttons(button(ActionOpenBrief, r.ID.String(), p.t("Read the brief"))))
	return m
}

// rested tells of a pause or of its end. What told of a pause that is over says
// so, and leaves the rest to what told of its end.
func (p page) rested(r hiring.Role, n hiring.Notice) Message {
	over := slices.ContainsFunc(r.Pauses, func(x hiring.Pause) bool { return x.From.Equal(n.CreatedAt) })
	switch {
	case over:
		return p.Notify(p.m("⏸️ %s had paused %s. It has gone on since then.", p.who(n.About), p.role(r)))
	case r.Status == hiring.Paused:
		return p.Notify(p.m("⏸️ %s has paused %s. Nothing of it comes due until it goes on, but for word that candidates were promised.", p.who(n.About), p.role(r)))
	}
	return p.Notify(p.m("▶️ %s goes on. What was due has as much working time left as before.", p.role(r)))
}

// agreed tells that both have signed. What told of an earlier revision says that
// another holds now.
func (p page) agreed(r hiring.Role, n hiring.Notice) Message {
	b, _ := r.Agreed()
	for _, own := range r.Briefs {
		then := slices.ContainsFunc(own.Signatures, func(s hiring.Signature) bool { return s.At.Equal(n.CreatedAt) })
		if then && own.Agreed() && own.Revision < b.Revision {
			return p.Notify(p.m("✅ Revision %d of the brief of %s was agreed. Revision %d holds now.", own.Revision, p.role(r), b.Revision))
		}
	}
	text := p.m("✅ The brief of %s is agreed. You have both signed; the search can start.", p.role(r))
	if b.Revision > 1 {
		text = p.m("✅ Revision %d of the brief of %s is agreed. Everything goes by it from now on.", b.Revision, p.role(r))
	}
	if r.Status == hiring.Filled && r.ClosedAt.Equal(b.AgreedAt()) {
		text = p.m("✅ Revision %d of the brief of %s is agreed. All its openings are taken, so the role is filled.", b.Revision, p.role(r))
	}
	m := p.Notify(text)
	if r.Active() {
		m.Blocks = append(m.Blocks, buttons(
			button(ActionAddCandidate, r.ID.String(), p.t("Add a candidate")),
			button(ActionOpenBrief, r.ID.String(), p.t("Read the brief"))))
	}
	return m
}

func (p page) askFeedback(n hiring.Notice, t thing) Message {
	text := p.m("How did it go with %s?", p.candidate(t.subject.Candidate))
	if n.About != "" {
		text = p.m("%s asks: how did it go with %s?", p.who(n.About), p.candidate(t.subject.Candidate))
	}
	key := t.subject.FeedbackKey()
	return say(text,
		section(lines(text, p.about(t))),
		buttonsAnd(p.instead(key), primary(ActionGiveFeedback, EncodeFeedbackKey(key), p.t("Give feedback"))),
		small(p.m("Two minutes while it is fresh, please by %s.", t.due)))
}

// feedback tells the recruiter what an interviewer thinks, unless the
// recruiter owes their own feedback on the candidate: then it waits, so that
// they judge for themselves.
func (p page) feedback(t thing, standing bool) (Message, error) {
	f, err := p.record.Feedback(t.subject.FeedbackKey())
	if err != nil {
		if err := unlessGone(err); err != nil || !standing {
			return Message{}, orNothing(err)
		}
		return p.Notify(p.m("✓ No longer needed.")), nil
	}
	in, asked, blind, err := p.answered(f)
	if err != nil {
		return Message{}, err
	}
	text := p.m("Feedback from %s on %s is in.", p.who(f.Interviewer), p.candidate(f.Candidate))
	blocks := []slack.Block{section(lines(text, p.about(t)))}
	switch {
	case blind || p.to != OnePerson:
		blocks = append(blocks, small(p.m("You see it once you have given your own.")))
	default:
		blocks = append(blocks, p.scores(f, t.role)...)
	}
	blocks = append(blocks, small(p.m("%d of %d on the panel have answered.", in, asked)))
	if c, err := p.record.Candidate(f.Candidate); err == nil && c.Outcome == hiring.Active {
		blocks = append(blocks, buttons(button(ActionMove, f.Candidate.String(), p.t("Move the candidate"))))
	}
	return say(text, blocks...), nil
}

// answered counts who of those asked has answered on the stage, and says
// whether the reader is to judge for themselves first.
func (p page) answered(f hiring.Feedback) (in, asked int, blind bool, err error) {
	all, err := p.record.FeedbackOn(f.Candidate)
	for _, other := range all {
		if other.Status == hiring.Excused || other.Stage != f.Stage {
			continue
		}
		asked++
		if other.Status == hiring.Submitted {
			in++
		}
	}
	return in, asked, p.House.Settings.Blind(p.reader, all), err
}

func orNothing(err error) error {
	if err == nil {
		return hiring.ErrNothing
	}
	return err
}

// scores is what an interviewer thinks: the recommendation, the ratings, the
// note.
func (p page) scores(f hiring.Feedback, role hiring.Role) []slack.Block {
	list := []Mrkdwn{bold(p.recommendation(f.Recommendation))}
	brief, _ := role.Revision(f.Revision)
	for i, skill := range brief.Terms.Skills() {
		if i < len(f.Ratings) {
			list = append(list, raw(cut(skill, hiring.MaxSkill))+": "+bold(p.rating(f.Ratings[i])))
		}
		if i < len(f.Evidence) && f.Evidence[i] != "" {
			list = append(list, "    "+raw(f.Evidence[i]))
		}
	}
	if f.Probe != "" {
		list = append(list, p.m("To find out: %s", f.Probe))
	}
	if n := len(f.Earlier); n > 0 {
		list = append(list, p.m("_Changed %s._", f.SubmittedAt))
	}
	if newest := role.InForce().Revision; newest != f.Revision {
		list = append(list, p.m("_By revision %d of the brief; revision %d holds now._", f.Revision, newest))
	}
	blocks := []slack.Block{section(lines(list...))}
	if f.Note != "" {
		blocks = append(blocks, prose(cut(f.Note, maxPreview)))
	}
	return blocks
}

// imported tells of a file by when it came in: there may be others.
func (p page) imported(r hiring.Role, at time.Time) (Message, error) {
	active, err := p.record.ActiveIn(r.ID)
	if err != nil {
		return Message{}, err
	}
	m := p.Notify(p.m("Candidates came in from a file for %s, %s. %d candidates are in the process now.", p.role(r), at, len(active)))
	m.Blocks = append(m.Blocks, buttons(button(ActionFunnel, r.ID.String(), p.t("Funnel")), button(ActionMove, "", p.t("Move a candidate"))))
	return m, nil
}
