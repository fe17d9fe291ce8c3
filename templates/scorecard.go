package templates

import (
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Scorecard renders the form for one interviewer's feedback: a rating for each
// must-have of the revision it was asked under, a recommendation, a note. It
// shows nothing of what others think.
func (w Writer) Scorecard(f hiring.Feedback, c hiring.Candidate, role hiring.Role) slack.ModalViewRequest {
	brief, _ := role.Revision(f.Revision)
	criteria := brief.Terms.Skills()
	blocks := []slack.Block{
		section(lines(
			keyed(bold(cut(c.Name, hiring.MaxName)), c.ID),
			join(" · ", raw(w.stageOf(role, f.Stage)), w.role(role)))),
	}
	var ratings []*slack.OptionBlockObject
	for _, r := range hiring.Ratings() {
		ratings = append(ratings, option(strconv.Itoa(int(r)), w.rating(r)))
	}
	for i, skill := range criteria {
		b := selectInput(hiring.RatingField(i), skill, ratings, "")
		b.Element.(*slack.SelectBlockElement).Placeholder = plain(w.t("What did you see?"), maxPlaceholder)
		blocks = append(blocks, b)
	}
	var recommendations []*slack.OptionBlockObject
	for _, r := range hiring.Recommendations() {
		recommendations = append(recommendations, option(string(r), w.recommendation(r)))
	}
	blocks = append(blocks,
		input(hiring.FieldRecommendation, w.t("Would you hire them?"), "",
			slack.NewRadioButtonsBlockElement(string(hiring.FieldRecommendation), recommendations...)),
		optional(textArea(hiring.FieldNote, w.t("Note"), w.t("What you saw, about the job. The candidate may ask to read it."), "")))
	v := w.form(CallbackScorecard, w.t("Feedback"), w.t("Give feedback"), blocks)
	v.PrivateMetadata = meta{Candidate: f.Candidate, Stage: f.Stage, Person: f.Interviewer, Criteria: len(criteria)}.String()
	return v
}

// ReadScorecard reads the form for feedback. A rating that was not chosen is
// -1, which hiring complains about.
func ReadScorecard(v slack.View) (hiring.FeedbackKey, hiring.Scorecard, error) {
	m, err := metaOf(v)
	if err != nil {
		return hiring.FeedbackKey{}, hiring.Scorecard{}, err
	}
	s := stateOf(v)
	card := hiring.Scorecard{
		Recommendation: hiring.Recommendation(s.option(hiring.FieldRecommendation)),
		Note:           s.text(hiring.FieldNote),
	}
	for i := range min(m.Criteria, maxOptions) {
		rating := -1
		if n, err := strconv.Atoi(s.option(hiring.RatingField(i))); err == nil {
			rating = n
		}
		card.Ratings = append(card.Ratings, hiring.Rating(rating))
	}
	return hiring.FeedbackKey{Candidate: m.Candidate, Stage: m.Stage, Interviewer: m.Person}, card, nil
}

// FeedbackList shows the feedback somebody owes, a button each.
func (w Writer) FeedbackList(r hiring.Record, owed []hiring.Owed, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, now: now}
	blocks := []slack.Block{section(w.m("%d candidates wait for your feedback. Two minutes each.", len(owed)))}
	list, more := fold(owed, maxRows)
	for _, o := range list {
		p.reader = o.Person()
		b, err := p.owedToYou(o)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		blocks = append(blocks, b)
	}
	if more > 0 {
		blocks = append(blocks, small(w.m("And %d more, once these are done.", more)))
	}
	return w.window(w.t("Your feedback"), blocks), nil
}

// maxRows is how many things a window lists with a button each, of the 100
// blocks a view may have.
const maxRows = 40
