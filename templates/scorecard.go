package templates

import (
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Scorecard renders the form for one interviewer's feedback: a rating for each
// must-have of the revision it was asked under with what was seen, what to find
// out next, a note, a recommendation. What is filled in is kept with every
// choice; the last one is the recommendation. It shows nothing of what others
// think.
func (w Writer) Scorecard(f hiring.Feedback, c hiring.Candidate, role hiring.Role) slack.ModalViewRequest {
	brief, _ := role.Revision(f.Revision)
	card, submit := f.Draft, w.t("Give feedback")
	blocks := []slack.Block{
		section(lines(
			keyed(bold(cut(c.Name, hiring.MaxName)), c.ID),
			join(" · ", raw(w.stageOf(role, f.Stage)), w.role(role)))),
	}
	switch {
	case f.Status == hiring.Submitted:
		card, submit = f.Scorecard, w.t("Save")
		blocks = append(blocks, small(w.m("You gave this %s. You can change it until it is decided on; what stood here before is kept.", f.SubmittedAt)))
	case !card.Empty():
		blocks = append(blocks, small(w.m("What you had filled in is here again.")))
	}
	for i, m := range brief.Terms.MustHaves {
		blocks = append(blocks, w.rate(i, m, card)...)
	}
	blocks = append(blocks,
		optional(textInput(hiring.FieldProbe, w.t("What should the next one find out?"), "", card.Probe)),
		optional(textArea(hiring.FieldNote, w.t("Note"), w.t("What you saw, about the job. The candidate may ask to read it."), card.Note)),
		w.recommend(card.Recommendation))
	v := w.form(CallbackScorecard, w.t("Feedback"), submit, blocks)
	v.PrivateMetadata = meta{Candidate: f.Candidate, Stage: f.Stage, Person: f.Interviewer, Criteria: len(brief.Terms.MustHaves)}.String()
	return v
}

// rate asks for the rating of the i-th must-have, and what was seen.
func (w Writer) rate(i int, m hiring.MustHave, card hiring.Scorecard) []slack.Block {
	var ratings []*slack.OptionBlockObject
	for _, r := range hiring.Ratings() {
		ratings = append(ratings, option(strconv.Itoa(int(r)), w.rating(r)))
	}
	chosen, evidence := "", ""
	if i < len(card.Ratings) {
		chosen = strconv.Itoa(int(card.Ratings[i]))
	}
	if i < len(card.Evidence) {
		evidence = card.Evidence[i]
	}
	b := selectInput(hiring.RatingField(i), m.Skill, ratings, chosen)
	e := b.Element.(*slack.SelectBlockElement)
	e.Placeholder, e.ActionID = plain(w.t("Choose"), maxPlaceholder), ActionDraft+"#"+string(hiring.RatingField(i))
	b.DispatchAction = true
	if hint := w.looksLike(m); hint != "" {
		b.Hint = plain(hint, maxLabel)
	}
	seen := optional(textInput(hiring.EvidenceField(i), w.t("What did you see?"), "", evidence))
	seen.Element.(*slack.PlainTextInputBlockElement).Placeholder = plain(w.t("A sentence is enough"), maxPlaceholder)
	return []slack.Block{b, seen}
}

// looksLike says what meeting and exceeding a must-have look like; empty when
// the brief does not say.
func (w Writer) looksLike(m hiring.MustHave) string {
	if m.Meets == "" {
		return ""
	}
	return w.t("Meets it: %s Exceeds it: %s", cut(m.Meets, maxPlaceholder), cut(m.Exceeds, maxPlaceholder))
}

func (w Writer) recommend(chosenOne hiring.Recommendation) slack.Block {
	var all []*slack.OptionBlockObject
	for _, r := range hiring.Recommendations() {
		all = append(all, option(string(r), w.recommendation(r)))
	}
	e := slack.NewRadioButtonsBlockElement(ActionDraft+"#"+string(hiring.FieldRecommendation), all...)
	e.InitialOption = chosen(all, string(chosenOne))
	b := input(hiring.FieldRecommendation, w.t("Would you hire them?"), "", e)
	b.DispatchAction = true
	return b
}

// ReadScorecard reads the form for feedback, also while it is being filled in.
// A rating that was not chosen is [hiring.Unrated], which hiring complains
// about.
func ReadScorecard(v slack.View) (hiring.FeedbackKey, hiring.Scorecard, error) {
	m, err := metaOf(v)
	if err != nil {
		return hiring.FeedbackKey{}, hiring.Scorecard{}, err
	}
	s := stateOf(v)
	card := hiring.Scorecard{
		Recommendation: hiring.Recommendation(s.option(hiring.FieldRecommendation)),
		Note:           s.text(hiring.FieldNote), Probe: s.text(hiring.FieldProbe),
	}
	for i := range min(m.Criteria, maxOptions) {
		rating := hiring.Unrated
		if n, err := strconv.Atoi(s.option(hiring.RatingField(i))); err == nil {
			rating = hiring.Rating(n)
		}
		card.Ratings = append(card.Ratings, rating)
		card.Evidence = append(card.Evidence, s.text(hiring.EvidenceField(i)))
	}
	return hiring.FeedbackKey{Candidate: m.Candidate, Stage: m.Stage, Interviewer: m.Person}, card, nil
}

// FeedbackList shows the feedback somebody owes, a button each.
func (w Writer) FeedbackList(r hiring.Record, owed []hiring.Owed, now time.Time) (slack.ModalViewRequest, error) {
	return w.feedbackList(r, owed, w.m("%d candidates wait for your feedback. Two minutes each.", len(owed)), now)
}

// RestingFeedback shows the feedback asked of somebody by roles that are
// paused: it is not due, and can be given.
func (w Writer) RestingFeedback(r hiring.Record, rests []hiring.Owed, now time.Time) (slack.ModalViewRequest, error) {
	return w.feedbackList(r, rests, w.m("Nothing is due while a role is paused. Your feedback is still asked for, and you can give it now."), now)
}

func (w Writer) feedbackList(r hiring.Record, owed []hiring.Owed, text Mrkdwn, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, now: now}
	blocks := []slack.Block{section(text)}
	list, more := fold(owed, maxRows)
	for _, o := range list {
		p.reader = o.Person()
		b, err := p.owedToYou(o)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		blocks = append(blocks, b...)
	}
	if more > 0 {
		blocks = append(blocks, small(w.m("And %d more, once these are done.", more)))
	}
	return w.window(w.t("Your feedback"), blocks), nil
}

// maxRows is how many things a window lists with a button each, of the 100
// blocks a view may have.
const maxRows = 40
