package templates

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// MoveForm is the form that moves a candidate or ends their process.
type MoveForm struct {
	Candidate hiring.CandidateID
	To        hiring.StageID  // empty when an outcome is chosen, or nothing yet
	Shown     hiring.StageID  // what To was when the form was last rendered
	Outcome   hiring.Outcome  // empty when a stage is chosen, or nothing yet
	Offer     hiring.OfferEnd // how the offer ended, when the outcome is of one
	Interview hiring.Interview
	Reason    string
	Told      bool // a candidate who is rejected knows already
}

// Values of the options: a stage's id or an outcome behind what it is.
const (
	toStage   = "stage:"
	toOutcome = "outcome:"
	toOffer   = "offer:"
)

// defaultLength is how long an interview takes unless somebody says otherwise.
const defaultLength = time.Hour

// Move renders the form that moves a candidate. What it asks for follows from
// the step chosen, so it is rendered again after [ActionPickStep].
func (w Writer) Move(c hiring.Candidate, role hiring.Role, f MoveForm) slack.ModalViewRequest {
	plan := role.Plan()
	groups := w.steps(c, role)
	e := slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, plain(w.t("Choose"), maxPlaceholder), ActionPickStep, groups...)
	for _, g := range groups {
		if o := chosen(g.Options, f.value()); o != nil {
			e.InitialOption = o
		}
	}
	step := input(hiring.FieldStage, w.t("What happened?"), "", e).WithDispatchAction(true)
	blocks := []slack.Block{
		section(lines(bold(cut(c.Name, hiring.MaxName)), join(" · ", raw(c.ID.String()), w.role(role), raw(w.source(c.Source)), w.link(c)))),
		small(w.journey(c, role)),
		step,
	}
	switch stage, _ := plan.Stage(f.To); {
	case stage.Kind == hiring.KindInterview:
		i, planned := f.Interview, stage.Interview()
		if len(i.Panel) == 0 {
			i.Panel = planned.Panel
		}
		if i.Length <= 0 {
			i.Length = planned.Length
		}
		asks := w.interviewAt(i)
		renew(asks[1:], string(f.To)) // its panel and length are not another stage's
		blocks = append(blocks, asks...)
	case f.Outcome == hiring.Rejected, f.Outcome == hiring.Withdrawn:
		blocks = append(blocks, textArea(hiring.FieldReason, w.t("Why?"), w.t("A line about the job, not the person. It is what you learn from later."), f.Reason))
		if f.Outcome == hiring.Rejected {
			blocks = append(blocks, w.told(f.Told))
		}
	case f.Outcome == hiring.Hired:
		blocks = append(blocks, small(w.m("%d of %d openings are taken so far.", role.Hired, role.InForce().Terms.Openings)))
	}
	if waiting(role) {
		blocks = append(blocks, small(w.m("The brief is not signed by both yet. Until it is, candidates wait in the screen.")))
	}
	v := w.form(CallbackMove, w.t("Move a candidate"), w.t("Save"), blocks)
	v.PrivateMetadata = meta{Candidate: c.ID, Stage: f.To}.String()
	return v
}

func (f MoveForm) value() string {
	if f.Offer != "" {
		return toOffer + string(f.Offer)
	}
	if f.Outcome != "" {
		return toOutcome + string(f.Outcome)
	}
	return toStage + string(f.To)
}

// waiting says whether candidates wait for the owners to agree.
func waiting(r hiring.Role) bool { return r.Status == hiring.Drafting && !r.Waived() }

// steps are the stages a candidate can go to and the ways the process can end,
// as hiring allows them for the role as it stands.
func (w Writer) steps(c hiring.Candidate, role hiring.Role) []*slack.OptionGroupBlockObject {
	plan, active := role.Plan(), role.Active()
	var groups []*slack.OptionGroupBlockObject
	var onwards, ends []*slack.OptionBlockObject
	for i, s := range plan {
		held := waiting(role) && i > plan.Index(hiring.StageScreen)
		if active && s.ID != c.Stage && s.ID != hiring.StageHired && !held {
			onwards = append(onwards, option(toStage+string(s.ID), w.stage(s)))
		}
	}
	if len(onwards) > 0 {
		groups = append(groups, slack.NewOptionGroupBlockElement(plain(w.t("Moves to"), maxOptionText), onwards...))
	}
	for _, o := range []hiring.Outcome{hiring.Hired, hiring.Rejected, hiring.Withdrawn} {
		if o == hiring.Hired && active && !waiting(role) || o != hiring.Hired && c.Stage != hiring.StageOffer {
			ends = append(ends, option(toOutcome+string(o), w.outcome(o)))
		}
	}
	if c.Stage == hiring.StageOffer {
		for _, e := range []hiring.OfferEnd{hiring.Declined, hiring.Expired, hiring.TakenBack} {
			ends = append(ends, option(toOffer+string(e), w.offerEnd(e)))
		}
	}
	if c.Outcome == hiring.Hired {
		groups, ends = nil, []*slack.OptionBlockObject{option(toOffer+string(hiring.Renounced), w.offerEnd(hiring.Renounced))}
	}
	return append(groups, slack.NewOptionGroupBlockElement(plain(w.t("The process ends"), maxOptionText), ends...))
}

// told asks whether a candidate who is rejected knows already.
func (w Writer) told(yes bool) slack.Block {
	o := option(string(hiring.FieldTold), w.t("They know already"))
	e := slack.NewCheckboxGroupsBlockElement(string(hiring.FieldTold), o)
	if yes {
		e.InitialOptions = []*slack.OptionBlockObject{o}
	}
	return optional(input(hiring.FieldTold, w.t("Have they heard?"), w.t("If not, I remind the recruiter to write to them."), e))
}

func (w Writer) interviewAt(i hiring.Interview) []slack.Block {
	at := slack.NewDateTimePickerBlockElement(string(hiring.FieldInterviewAt))
	if unix := i.Start.Unix(); unix >= 1e9 && unix < 1e10 { // Slack takes ten digits
		at.InitialDateTime = unix
	}
	length := i.Length
	if length <= 0 {
		length = defaultLength
	}
	var options []*slack.OptionBlockObject
	for _, minutes := range []int{30, 45, 60, 90, 120, 180, 240} {
		options = append(options, option(strconv.Itoa(minutes), w.t("%d minutes", minutes)))
	}
	if o := strconv.Itoa(int(length / time.Minute)); chosen(options, o) == nil {
		options = append(options, option(o, w.t("%d minutes", int(length/time.Minute))))
	}
	return []slack.Block{
		input(hiring.FieldInterviewAt, w.t("When is the interview?"), "", at),
		usersInput(hiring.FieldPanel, w.t("Who interviews?"), w.t("An hour before, each reads what to look for; when it is over, each is asked for feedback."), i.Panel),
		selectInput(hiring.FieldLength, w.t("How long?"), options, strconv.Itoa(int(length/time.Minute))),
	}
}

// journey is how a candidate came here, the latest stages when there are many.
func (w Writer) journey(c hiring.Candidate, role hiring.Role) Mrkdwn {
	moves := c.Journey
	var list []Mrkdwn
	if len(moves) > maxListed {
		moves = moves[len(moves)-maxListed:]
		list = append(list, "…")
	}
	for _, m := range moves {
		list = append(list, raw(w.stageOf(role, m.To)+" "+w.dayOf(m.At)))
	}
	return join(" → ", list...)
}

// link shows a candidate's profile when it is a web address.
func (w Writer) link(c hiring.Candidate) Mrkdwn {
	if !strings.HasPrefix(c.Link, "https://") && !strings.HasPrefix(c.Link, "http://") || len(c.Link) > 1000 || strings.ContainsAny(c.Link, "<>| \t\r\n\"") {
		return ""
	}
	return Mrkdwn("<" + strings.ReplaceAll(c.Link, "&", "&amp;") + "|" + escape(w.t("Profile")) + ">")
}

// ReadMove reads the form that moves a candidate, also while it is being
// filled in. The panel and the length of one stage are not those of another
// that was chosen since.
func ReadMove(v slack.View) (MoveForm, error) {
	m, err := metaOf(v)
	if err != nil {
		return MoveForm{}, err
	}
	s := stateOf(v)
	f := MoveForm{Candidate: m.Candidate, Shown: m.Stage, Reason: s.text(hiring.FieldReason)}
	step := s.option(hiring.FieldStage)
	if id, ok := strings.CutPrefix(step, toStage); ok {
		f.To = hiring.StageID(id)
	}
	if o, ok := strings.CutPrefix(step, toOutcome); ok {
		f.Outcome = hiring.Outcome(o)
	}
	if e, ok := strings.CutPrefix(step, toOffer); ok {
		f.Offer = hiring.OfferEnd(e)
		f.Outcome = f.Offer.Outcome()
	}
	if f.Interview = s.interview(); f.To != f.Shown {
		f.Interview.Panel, f.Interview.Length = nil, 0
	}
	f.Told = len(s.at(hiring.FieldTold).SelectedOptions) > 0
	return f, nil
}
