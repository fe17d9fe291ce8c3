package templates

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// CorrectForm is the form that corrects a step of a candidate's way.
type CorrectForm struct {
	Candidate hiring.CandidateID
	Fix       hiring.Fix
}

// What can be done with a step.
const (
	fixUndo = "undo"
	fixDate = "date"
)

// Correct renders the form that corrects a candidate's way: which step, whether
// it never happened, and when it did.
func (w Writer) Correct(c hiring.Candidate, role hiring.Role) slack.ModalViewRequest {
	var steps []*slack.OptionBlockObject
	for _, n := range newestFirst(c.Recorded()) {
		if s := c.Recorded()[n]; len(steps) < maxOptions {
			steps = append(steps, option(encodeStep(n, s.At), capital(w.step(s, role))+", "+w.moment(s.At)))
		}
	}
	at := slack.NewDateTimePickerBlockElement(string(hiring.FieldFixedAt))
	what := slack.NewRadioButtonsBlockElement(string(hiring.FieldFix),
		option(fixUndo, w.t("It never happened: undo it")), option(fixDate, w.t("It happened at another time")))
	v := w.form(CallbackCorrect, w.t("Correct a step"), w.t("Save"), []slack.Block{
		section(lines(bold(cut(c.Name, hiring.MaxName)), join(" · ", raw(c.ID.String()), w.role(role)))),
		small(w.journey(c, role)),
		selectInput(hiring.FieldStep, w.t("What was recorded wrongly?"), steps, steps[0].Value),
		input(hiring.FieldFix, w.t("How was it?"), "", what),
		optional(input(hiring.FieldFixedAt, w.t("When was it?"), w.t("Only if it happened at another time."), at)),
		small(w.m("Undoing a step gives back what waited before it. The funnel follows at once; digests already sent stay as they are, and the next one says what was corrected.")),
	})
	v.PrivateMetadata = meta{Candidate: c.ID}.String()
	return v
}

// newestFirst returns the numbers of steps by their dates; of one date, the
// later step first.
func newestFirst(steps []hiring.Step) []int {
	numbers := make([]int, len(steps))
	for n := range steps {
		numbers[n] = n
	}
	slices.SortFunc(numbers, func(a, b int) int { return cmp.Or(steps[b].At.Compare(steps[a].At), b-a) })
	return numbers
}

// capital begins a line with a capital letter.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// encodeStep writes a step as the value of an option: 2@1764000000000000000.
func encodeStep(n int, at time.Time) string { return fmt.Sprintf("%d@%d", n, at.UnixNano()) }

// ReadCorrect reads the form that corrects a candidate's way. A step that
// cannot be read is none of them.
func ReadCorrect(v slack.View) (CorrectForm, error) {
	m, err := metaOf(v)
	if err != nil {
		return CorrectForm{}, err
	}
	s := stateOf(v)
	f := CorrectForm{Candidate: m.Candidate, Fix: hiring.Fix{Step: -1, Undo: s.option(hiring.FieldFix) == fixUndo}}
	number, nanos, _ := strings.Cut(s.option(hiring.FieldStep), "@")
	n, bad := strconv.Atoi(number)
	at, bad2 := strconv.ParseInt(nanos, 10, 64)
	if bad == nil && bad2 == nil {
		f.Fix.Step, f.Fix.At = n, time.Unix(0, at).UTC()
	}
	if unix := s.at(hiring.FieldFixedAt).SelectedDateTime; unix != 0 {
		f.Fix.Is = time.Unix(unix, 0).UTC()
	}
	return f, nil
}

// step names a step of a candidate's way.
func (w Writer) step(s hiring.Step, role hiring.Role) string {
	switch {
	case s.Kind == hiring.CandidateAdded:
		return w.t("the addition")
	case s.Kind == hiring.CandidateEngaged:
		return w.t("the first contact")
	case s.Kind == hiring.CandidateMoved:
		return w.t("the move to %s", w.stageOf(role, s.To))
	case s.Outcome == hiring.Hired:
		return w.t("the hire")
	case s.Outcome == hiring.Rejected:
		return w.t("the rejection")
	default:
		return w.t("the withdrawal")
	}
}

// correction says what was corrected: the move to Offer, undone.
func (w Writer) correction(s hiring.Step, is time.Time, role hiring.Role) Mrkdwn {
	switch {
	case is.IsZero():
		return w.m("%s, undone", w.step(s, role))
	case w.dayOf(is) == w.dayOf(s.At):
		return w.m("%s, at %s instead of %s", w.step(s, role), w.moment(is), w.moment(s.At))
	default:
		return w.m("%s, on %s instead of %s", w.step(s, role), w.dayOf(is), w.dayOf(s.At))
	}
}

// corrections lists what was corrected of a candidate's way, the newest last;
// why they had been decided on only to who may read it.
func (p page) corrections(c hiring.Candidate, role hiring.Role, why bool) []slack.Block {
	var list []Mrkdwn
	for _, x := range c.Corrections[max(0, len(c.Corrections)-maxListed):] {
		list = append(list, p.m("Corrected by %s, %s: %s", p.who(x.By), p.dayOf(x.At), join(" · ", p.correction(x.Step, x.Is, role), because(x.Reason, why))))
	}
	if len(list) == 0 {
		return nil
	}
	return []slack.Block{small(lines(list...))}
}

// Corrected says what was corrected, and where the candidate is now.
func (w Writer) Corrected(c hiring.Candidate, r hiring.Role) slack.ModalViewRequest {
	x := c.Corrections[len(c.Corrections)-1]
	text := lines(w.m("✓ Corrected: %s.", w.correction(x.Step, x.Is, r)), w.isNow(c, r))
	return w.done(w.t("Corrected"), text, button(ActionOpenCandidate, c.ID.String(), w.t("Open")), button(ActionFunnel, r.ID.String(), w.t("Funnel")))
}

// isNow says where a candidate is, or how the process ended.
func (w Writer) isNow(c hiring.Candidate, r hiring.Role) Mrkdwn {
	name := keyed(bold(cut(c.Name, hiring.MaxName)), c.ID)
	if c.Outcome != hiring.Active {
		return w.m("%s: %s, %s.", name, w.outcome(c.Outcome), w.dayOf(c.ClosedAt))
	}
	return w.m("%s is in %s since %s.", name, w.stageOf(r, c.Stage), w.dayOf(c.Since()))
}

// corrected tells an owner what the other has corrected.
func (p page) corrected(n hiring.Notice) (Message, error) {
	s := n.Subjects[0]
	c, err := p.record.Candidate(s.Candidate)
	if err != nil || s.Revision < 1 || s.Revision > len(c.Corrections) {
		return Message{}, orNothing(unlessGone(err))
	}
	r, err := p.record.Role(s.Role)
	if err != nil {
		return Message{}, err
	}
	x := c.Corrections[s.Revision-1]
	text := p.m("%s has corrected what is recorded of %s: %s.", p.who(n.About), p.candidate(c.ID), p.correction(x.Step, x.Is, r))
	where := p.m("Now in %s since %s.", p.stageOf(r, c.Stage), p.dayOf(c.Since()))
	if c.Outcome != hiring.Active {
		where = p.m("Now: %s, %s.", p.outcome(c.Outcome), p.dayOf(c.ClosedAt))
	}
	return say(text, section(lines(text, where)), buttons(button(ActionOpenCandidate, c.ID.String(), p.t("Open")))), nil
}
