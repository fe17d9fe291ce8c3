package templates

import (
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// CandidateView is all there is about a candidate that the reader may see: the
// way so far, interviews, what was said, and what can be done. Others'
// feedback, and what was decided on it, shows only after one's own is in.
func (w Writer) CandidateView(r hiring.Record, c hiring.Candidate, role hiring.Role, reader hiring.Person, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, now: now, reader: reader.ID}
	owner := w.House.Settings.MayOwn(role, reader)
	on, err := r.FeedbackOn(c.ID)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	about := hiring.About{Role: role, Candidate: c, Feedback: on}
	why := w.House.Settings.MayReadWhy(reader, about)
	blocks := []slack.Block{
		section(lines(keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), join(" · ", w.role(role), raw(w.source(c.Source)), w.link(c)), p.standing(c, role, why))),
		small(w.journey(c, role)),
	}
	blocks = append(blocks, p.corrections(c, role, why)...)
	correct := button(ActionCorrect, c.ID.String(), w.t("Correct a step"))
	switch {
	case owner && c.Outcome == hiring.Active:
		blocks = append(blocks, w.candidateButtons(c, role, correct))
	case owner && c.Outcome == hiring.Hired:
		blocks = append(blocks, buttons(button(ActionMove, c.ID.String(), w.t("They withdrew after all")), correct))
	case owner:
		blocks = append(blocks, buttons(correct))
	}
	if owner && c.Contact.By != "" {
		blocks = append(blocks, section(p.promised(c)), buttons(button(ActionTold, c.ID.String(), w.t("They know now")), button(ActionPromise, c.ID.String(), w.t("Promise another day"))))
	}
	if !c.Look.AnsweredAt.IsZero() && owner {
		blocks = append(blocks, section(join(" · ", p.m("%s wants: *%s*", role.HiringManager, w.lookAnswer(c.Look.Answer)), raw(c.Look.Missing), raw(c.Look.Why))))
	}
	blocks = append(blocks, p.interviews(c, on, role, owner)...)
	if !w.House.Settings.May(hiring.ReadFeedback, reader, about) {
		return w.window(w.t("Candidate"), blocks), nil
	}
	feedback, err := p.feedbackOf(on, role, !why)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	blocks = append(blocks, feedback...)
	for _, d := range c.Decisions {
		text := lines(p.m("%s, %s", w.stageOf(role, d.Stage), d.At), p.decided(d, why))
		if why {
			text = lines(text, p.restsOn(d, role))
		}
		blocks = append(blocks, section(text))
	}
	return w.window(w.t("Candidate"), blocks[:min(len(blocks), 100)]), nil
}

// standing says in one line where a candidate is, and for how long they have
// heard nothing; why their process ended only to who may read it.
func (p page) standing(c hiring.Candidate, role hiring.Role, why bool) Mrkdwn {
	if c.Outcome != hiring.Active {
		return join(" · ", raw(p.outcome(c.Outcome)), raw(p.offerEnd(c.Offer)), raw(p.dayOf(c.ClosedAt)), because(c.Reason, why))
	}
	return join(" · ", p.m("in %s since %s", p.stageOf(role, c.Stage), p.dayOf(c.Since())), p.silence(c))
}

// because is why somebody was decided on, if the reader may read that.
func because(words string, why bool) Mrkdwn {
	if !why {
		return ""
	}
	return raw(cut(words, maxPreview))
}

// silence says for how long a candidate has heard nothing, in whole working
// days.
func (p page) silence(c hiring.Candidate) Mrkdwn {
	since, heard := c.AddedAt, false
	if c.HeardAt.After(since) {
		since, heard = c.HeardAt, true
	}
	for _, i := range c.Interviews { // who was talked with has heard from us
		if i.Stands() && i.End().After(since) && !i.End().After(p.now) {
			since, heard = i.End(), true
		}
	}
	days := p.workDays(hiring.Person{}, since, p.now)
	switch {
	case days > 0:
		return p.m("has heard nothing for %d working days", days)
	case heard:
		return p.m("heard from us recently")
	default: // who is new has waited for nothing yet
		return ""
	}
}

// promised says what a candidate was promised.
func (p page) promised(c hiring.Candidate) Mrkdwn {
	if c.Contact.Usual && c.Outcome == hiring.Active {
		return p.m("Next word to the candidate: %s, by %s", p.who(c.Contact.By), c.Contact.On)
	}
	return p.m("%s tells the candidate by %s.", p.who(c.Contact.By), c.Contact.On)
}

func (w Writer) candidateButtons(c hiring.Candidate, role hiring.Role, last ...*slack.ButtonBlockElement) slack.Block {
	id := c.ID.String()
	row := []*slack.ButtonBlockElement{button(ActionMove, id, w.t("Move"))}
	if role.Active() && !c.LookWaits() && c.Look.Answer != hiring.LookInterview {
		row = append(row, button(ActionPropose, id, w.t("Propose to the hiring manager")))
	}
	if stage, _ := role.Plan().Stage(c.Stage); stage.Kind == hiring.KindInterview && role.Active() {
		row = append(row, button(ActionInterview+"#add", EncodeInterview(InterviewAdd, c.ID, 0), w.t("Add an interview")), button(ActionDecide, id, w.t("Decide")))
	}
	if c.Engaged(role.Plan()).IsZero() {
		first := w.t("They answered us")
		if c.Source == hiring.Inbound {
			first = w.t("First contact made")
		}
		row = append(row, button(ActionEngaged, id, first))
	}
	if c.Contact.By == "" {
		row = append(row, button(ActionPromise, id, w.t("Promise a reply")), button(ActionTold, id, w.t("They heard from us")))
	}
	return buttons(append(row, last...)...)
}

// interviews lists a candidate's interviews, with what the owners can do.
func (p page) interviews(c hiring.Candidate, on []hiring.Feedback, role hiring.Role, owner bool) []slack.Block {
	if len(c.Interviews) == 0 {
		return nil
	}
	blocks := []slack.Block{section(p.m("*Interviews*"))}
	from := max(0, len(c.Interviews)-maxListed)
	for n, i := range c.Interviews[from:] {
		n += from
		var who []Mrkdwn
		for _, u := range i.Panel {
			who = append(who, p.who(u))
		}
		blocks = append(blocks, section(lines(p.m("%s, %s", p.stageOf(role, i.Stage), i.Start), join(" · ", p.and(who), raw(p.interviewStatus(i, p.now))))))
		if !owner || c.Outcome != hiring.Active || i.Status != hiring.Planned {
			continue
		}
		switch {
		case i.End().After(p.now):
			blocks = append(blocks, buttons(
				button(ActionInterview+"#move", EncodeInterview(InterviewMove, c.ID, n), p.t("Change time or panel")),
				button(ActionInterview+"#cancel", EncodeInterview(InterviewCancel, c.ID, n), p.t("Call it off"))))
		case c.Unsaid(n, on):
			blocks = append(blocks, p.interviewButtons(c.ID, n, p.t("It took place"), p.t("They did not come"), p.t("It is at another time")))
		}
	}
	return blocks
}

func (w Writer) interviewStatus(i hiring.Interview, now time.Time) string {
	switch {
	case i.Status == hiring.CalledOff:
		return w.t("called off")
	case i.Status == hiring.NoShow:
		return w.t("they did not come")
	case i.Status == hiring.TookPlace:
		return w.t("took place")
	case i.End().After(now):
		return w.t("planned")
	default:
		return ""
	}
}

// feedbackOf lists the feedback on a candidate; what others think not to a
// reader who is to judge for themselves first.
func (p page) feedbackOf(all []hiring.Feedback, role hiring.Role, blind bool) ([]slack.Block, error) {
	if len(all) == 0 {
		return nil, nil
	}
	blocks := []slack.Block{section(p.m("*Feedback*"))}
	for _, f := range all {
		line := join(" · ", p.who(f.Interviewer), raw(p.stageOf(role, f.Stage)))
		switch {
		case f.Status == hiring.Requested:
			t, err := p.look(hiring.FeedbackSubject(f.Role, f.FeedbackKey)) // a pause moves when it is due
			if err != nil {
				return nil, err
			}
			blocks = append(blocks, section(join(" · ", line, p.dueBy(t))))
		case f.Status == hiring.Excused:
			blocks = append(blocks, section(join(" · ", line, p.m("not asked any more"))))
		case blind:
			blocks = append(blocks, section(join(" · ", line, p.m("You see it once you have given your own."))))
		default:
			blocks = append(blocks, append([]slack.Block{section(line)}, p.scores(f, role)...)...)
		}
	}
	return blocks, nil
}

// Candidates lists a role's candidates who are in the process, those who have
// heard nothing the longest first as the stages go, and those who are owed a
// reply.
func (w Writer) Candidates(r hiring.Record, role hiring.Role, reader hiring.Person, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, now: now, reader: reader.ID}
	all, err := r.CandidatesOf(role.ID)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	var rows []hiring.Candidate
	for _, c := range all {
		if c.Outcome == hiring.Active || c.Contact.By != "" {
			rows = append(rows, c)
		}
	}
	blocks := []slack.Block{section(lines(w.role(role), p.status(role)))}
	if len(rows) == 0 {
		blocks = append(blocks, section(w.m("Nobody in the process yet")))
	}
	shown, more := fold(rows, maxRows)
	for _, c := range shown {
		on, err := r.FeedbackOn(c.ID)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		why := w.House.Settings.MayReadWhy(reader, hiring.About{Role: role, Candidate: c, Feedback: on})
		text := lines(keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), p.standing(c, role, why))
		if c.Contact.By != "" {
			text = lines(text, p.promised(c))
		}
		blocks = append(blocks, sectionWith(text, button(ActionOpenCandidate, c.ID.String(), w.t("Open"))))
	}
	if more > 0 {
		blocks = append(blocks, small(w.m("And %d more. Each opens by its key: %s", more, w.command("candidate C-41"))))
	}
	if w.House.Settings.MayOwn(role, reader) {
		blocks = append(blocks, buttons(button(ActionAddCandidate, role.ID.String(), w.t("Add a candidate"))))
	}
	return w.window(w.t("Candidates"), blocks), nil
}

// InterviewForm is the form that adds or moves an interview.
type InterviewForm struct {
	Candidate hiring.CandidateID
	Number    int // of the interview that is moved; -1 for a new one
	Interview hiring.Interview
}

// Interview renders the form that adds or moves an interview.
func (w Writer) Interview(c hiring.Candidate, role hiring.Role, f InterviewForm) slack.ModalViewRequest {
	title := w.t("Change an interview")
	if f.Number < 0 {
		title = w.t("Add an interview")
	}
	blocks := []slack.Block{section(lines(keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), join(" · ", raw(w.stageOf(role, f.Interview.Stage)), w.role(role))))}
	v := w.form(CallbackInterview, title, w.t("Save"), append(blocks, w.interviewAt(f.Interview)...))
	v.PrivateMetadata = meta{Candidate: c.ID, Stage: f.Interview.Stage, Step: f.Number + 1}.String()
	return v
}

// ReadInterview reads the form that adds or moves an interview.
func ReadInterview(v slack.View) (InterviewForm, error) {
	m, err := metaOf(v)
	if err != nil {
		return InterviewForm{}, err
	}
	i := stateOf(v).interview()
	i.Stage = m.Stage
	return InterviewForm{Candidate: m.Candidate, Number: m.Step - 1, Interview: i}, nil
}

// interview reads when an interview is, how long, and who interviews.
func (s state) interview() hiring.Interview {
	i := hiring.Interview{Panel: s.users(hiring.FieldPanel)}
	if unix := s.at(hiring.FieldInterviewAt).SelectedDateTime; unix != 0 {
		i.Start = time.Unix(unix, 0).UTC()
	}
	if minutes, err := strconv.Atoi(s.option(hiring.FieldLength)); err == nil && minutes <= 24*60 {
		i.Length = time.Duration(minutes) * time.Minute
	}
	return i
}

// InterviewSaved says what became of an interview.
func (w Writer) InterviewSaved(c hiring.Candidate, r hiring.Role, n int) slack.ModalViewRequest {
	i := c.Interviews[n]
	text := w.m("✓ The interview with %s is %s. Its panel hears from me.", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), i.Start)
	if i.Status != hiring.Planned {
		text = w.m("✓ The interview with %s: %s.", keyed(bold(cut(c.Name, hiring.MaxName)), c.ID), w.interviewStatus(i, i.End()))
	}
	return w.done(w.t("Saved"), text, button(ActionOpenCandidate, c.ID.String(), w.t("Read")))
}
