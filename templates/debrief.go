package templates

import (
	"cmp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// maxColumns is how many interviewers a table shows side by side, so that it
// can be read on a phone.
const maxColumns = 6

// criterion is what the interviewers say of one must-have.
type criterion struct {
	skill   string
	ratings []hiring.Rating // by interviewer; Unrated where it was not asked
	apart   int             // by how many steps they differ
}

// debrief shows all feedback of a stage side by side, what they differ on
// first. Whoever decides gets the buttons for it.
func (p page) debrief(t thing, standing bool) (Message, error) {
	t, err := p.byDecider(t)
	if err != nil {
		return Message{}, err
	}
	given, err := p.given(t)
	if err != nil {
		return Message{}, err
	}
	if len(given) == 0 || t.progress == moot && !standing {
		return Message{}, hiring.ErrNothing
	}
	why, err := p.mayReadWhy(t.subject)
	if err != nil {
		return Message{}, err
	}
	text := p.m("All feedback on %s is in.", p.whom(t))
	if !why { // they owe theirs at another stage
		blocks := []slack.Block{section(lines(text, p.about(t))), small(p.m("You see it once you have given your own."))}
		return say(text, append(blocks, p.decideNow(t, why)...)...), nil
	}
	blocks := append([]slack.Block{section(lines(text, p.about(t), p.verdicts(given)))}, p.gathered(given, t.role)...)
	return say(text, append(blocks, p.decideNow(t, why)...)...), nil
}

// gathered shows feedback by must-have and by interviewer, and what each wrote.
func (p page) gathered(given []hiring.Feedback, role hiring.Role) (blocks []slack.Block) {
	rows := criteria(role, given)
	if apart := p.apart(rows, given); apart != "" {
		blocks = append(blocks, section(apart))
	}
	if len(rows) > 0 {
		blocks = append(blocks, p.sideBySide(rows, given))
	}
	for _, f := range given[:min(len(given), maxColumns)] {
		if said := p.said(f, role); said != "" {
			blocks = append(blocks, section(said))
		}
	}
	return blocks
}

// byDecider is a decision that waits no more for whom it did, as it stands with
// who decides now.
func (p page) byDecider(t thing) (thing, error) {
	if t.progress != moot || t.role.ID == 0 {
		return t, nil
	}
	t.subject.Person = t.role.Decides()
	return p.look(t.subject)
}

// given is the feedback on a stage that is in, the earliest first.
func (p page) given(t thing) ([]hiring.Feedback, error) {
	all, err := p.record.FeedbackOn(t.subject.Candidate)
	given := slices.DeleteFunc(slices.Clone(all), func(f hiring.Feedback) bool {
		return f.Stage != t.subject.Stage || f.Status != hiring.Submitted
	})
	slices.SortStableFunc(given, func(a, b hiring.Feedback) int { return a.SubmittedAt.Compare(b.SubmittedAt) })
	return given, err
}

// verdicts names what each would do: Jonas: Strong yes · Ingrid: No.
func (p page) verdicts(given []hiring.Feedback) Mrkdwn {
	var list []Mrkdwn
	for _, f := range given {
		list = append(list, p.who(f.Interviewer)+": "+bold(p.recommendation(f.Recommendation)))
	}
	return join(" · ", list...)
}

// criteria returns what the interviewers say of each must-have, those they
// differ most on first. Feedback given under different revisions is joined by
// the skill's words.
func criteria(role hiring.Role, given []hiring.Feedback) []criterion {
	var rows []criterion
	for n, f := range given {
		brief, _ := role.Revision(f.Revision)
		for i, skill := range brief.Terms.Skills() {
			at := slices.IndexFunc(rows, func(c criterion) bool { return c.skill == skill })
			if at < 0 {
				at = len(rows)
				rows = append(rows, criterion{skill: skill, ratings: slices.Repeat([]hiring.Rating{hiring.Unrated}, len(given))})
			}
			if i < len(f.Ratings) {
				rows[at].ratings[n] = f.Ratings[i]
			}
		}
	}
	for i := range rows {
		rows[i].apart = spread(rows[i].ratings)
	}
	slices.SortStableFunc(rows, func(a, b criterion) int { return cmp.Compare(b.apart, a.apart) })
	return rows
}

// spread is how many steps lie between the best and the worst rating.
func spread(ratings []hiring.Rating) int {
	rated := slices.DeleteFunc(slices.Clone(ratings), func(r hiring.Rating) bool { return r <= hiring.NotAssessed })
	if len(rated) == 0 {
		return 0
	}
	return int(slices.Max(rated) - slices.Min(rated))
}

// apart says in words what they differ on by more than a step.
func (p page) apart(rows []criterion, given []hiring.Feedback) Mrkdwn {
	var list []Mrkdwn
	for _, row := range rows {
		if row.apart < 2 {
			break
		}
		best, worst := slices.Index(row.ratings, slices.Max(row.ratings)), lowest(row.ratings)
		list = append(list, p.m("• %s: %s says “%s”, %s says “%s”", row.skill,
			p.who(given[best].Interviewer), p.rating(row.ratings[best]), p.who(given[worst].Interviewer), p.rating(row.ratings[worst])))
	}
	if len(list) == 0 {
		return ""
	}
	return lines(append([]Mrkdwn{p.m("*Talk about these first*")}, list...)...)
}

func lowest(ratings []hiring.Rating) int {
	at := -1
	for i, r := range ratings {
		if r > hiring.NotAssessed && (at < 0 || r < ratings[at]) {
			at = i
		}
	}
	return at
}

// sideBySide is the table of must-haves by interviewer.
func (p page) sideBySide(rows []criterion, given []hiring.Feedback) slack.Block {
	shown := given[:min(len(given), maxColumns)]
	head := []slack.TableCell{cell(p.t("Must-have"))}
	for _, f := range shown {
		head = append(head, cell(p.plainName(f.Interviewer)))
	}
	table := slack.NewTableBlock("").AddRow(head...).WithColumnSettings(slack.ColumnSetting{Align: slack.ColumnAlignmentLeft, IsWrapped: true})
	for _, row := range rows {
		cells := []slack.TableCell{cell(row.skill)}
		for i := range shown {
			cells = append(cells, cell(p.ratingOrNone(row.ratings[i])))
		}
		table.AddRow(cells...)
	}
	return table
}

func (w Writer) ratingOrNone(r hiring.Rating) string {
	if r == hiring.Unrated {
		return "–"
	}
	return w.rating(r)
}

// cell is a cell of a table; Slack refuses an empty one.
func cell(text string) slack.TableCell {
	return slack.NewTableRawTextCell(plain(oneLine(text), maxText).Text)
}

// plainName is a person's name where there is no markup.
func (p page) plainName(u hiring.UserID) string {
	if person, err := p.record.Person(u); err == nil && person.Name != "" {
		return cut(person.Name, maxChartLabel)
	}
	return string(u)
}

// said is what an interviewer wrote: what was seen, what to find out, a note.
func (p page) said(f hiring.Feedback, role hiring.Role) Mrkdwn {
	brief, _ := role.Revision(f.Revision)
	list := []Mrkdwn{p.m("*%s wrote*", p.plainName(f.Interviewer))}
	for i, skill := range brief.Terms.Skills() {
		if i < len(f.Evidence) && f.Evidence[i] != "" {
			list = append(list, "• "+raw(skill)+": "+raw(f.Evidence[i]))
		}
	}
	if f.Note != "" {
		list = append(list, raw(cut(strings.Join(strings.Fields(f.Note), " "), maxPreview)))
	}
	if f.Probe != "" {
		list = append(list, p.m("To find out: %s", f.Probe))
	}
	if newest := role.InForce().Revision; newest != f.Revision {
		list = append(list, p.m("_By revision %d of the brief; revision %d holds now._", f.Revision, newest))
	}
	if len(list) == 1 {
		return ""
	}
	return lines(list...)
}

// decideNow is how it goes on: the buttons for whoever decides, else who that
// is, else what was decided, and why if the reader may read that.
func (p page) decideNow(t thing, why bool) []slack.Block {
	c := t.candidate.ID.String()
	switch {
	case t.progress != waits:
		for i := len(t.candidate.Decisions) - 1; i >= 0; i-- {
			if d := t.candidate.Decisions[i]; d.Stage == t.subject.Stage {
				return []slack.Block{section(p.decided(d, why))}
			}
		}
		return []slack.Block{section(p.settled(t))}
	case p.reader == t.subject.Person:
		row := buttons(
			button(ActionDecide+"#advance", string(hiring.Advance)+"/"+c, p.t("Advance")),
			button(ActionDecide+"#reject", string(hiring.Reject)+"/"+c, p.t("Reject")),
			button(ActionDecide+"#talk", string(hiring.TalkFirst)+"/"+c, p.t("Talk first")))
		if t.due.IsZero() { // nobody owed it any more in roles that earlier versions opened again
			return []slack.Block{row}
		}
		return []slack.Block{row, small(p.m("Please by %s: until then the candidate waits.", t.due))}
	case t.due.IsZero():
		return nil
	default:
		return []slack.Block{small(p.m("%s decides, by %s.", p.who(t.subject.Person), t.due))}
	}
}

// decided says what was decided and by whom; why only to who may read it.
func (p page) decided(d hiring.Decision, why bool) Mrkdwn {
	text := p.m("✓ %s decided: *%s*", p.who(d.By), p.verdict(d.Verdict))
	if d.Reason == "" || !why {
		return text
	}
	return lines(text, p.m("Why: %s", cut(d.Reason, maxPreview)))
}

// decision tells the owners what was decided on a candidate, and what follows.
func (p page) decision(n hiring.Notice, t thing, standing bool) (Message, error) {
	var d, last hiring.Decision
	for _, x := range t.candidate.Decisions {
		if x.Stage != t.subject.Stage {
			continue
		}
		if last = x; x.At.Equal(n.CreatedAt) {
			d = x
		}
	}
	switch {
	case !last.At.Equal(d.At) && !standing, d.At.IsZero() && !standing:
		return Message{}, hiring.ErrNothing
	case d.At.IsZero(): // it was undone
		return p.Notify(p.m("%s is not decided on any more: what was recorded has been undone.", p.whom(t))), nil
	case last.At.After(d.At):
		return p.Notify(p.m("%s was decided on: “%s”. By now it is “%s”.", p.whom(t), p.verdict(d.Verdict), p.verdict(last.Verdict))), nil
	}
	text := p.m("%s is decided on: “%s”.", p.whom(t), p.verdict(d.Verdict))
	blocks := []slack.Block{section(lines(text, p.about(t)))}
	why, err := p.mayReadWhy(t.subject)
	if err != nil {
		return Message{}, err
	}
	if why {
		blocks = append(blocks, section(lines(p.decided(d, why), p.restsOn(d, t.role))))
	}
	contact := t.candidate.Contact
	if contact.By != "" && !contact.Usual {
		blocks = append(blocks, small(p.m("%s tells the candidate by %s.", p.who(contact.By), contact.On)))
	}
	if t.candidate.HeardAt.After(d.At) {
		blocks = append(blocks, small(p.m("✓ %s has heard from us. Thank you.", p.whom(t))))
	}
	return say(text, append(blocks, p.follows(d, t)...)...), nil
}

// follows is what the reader can do once a candidate is decided on.
func (p page) follows(d hiring.Decision, t thing) []slack.Block {
	on := t.candidate
	c, contact := on.ID.String(), on.Contact
	var row []*slack.ButtonBlockElement
	if d.Verdict == hiring.Advance && t.role.Active() && on.Stage == d.Stage && on.Outcome == hiring.Active {
		row = append(row, button(ActionMove, c, p.t("Plan the next step")))
	}
	if contact.By == p.reader && p.reader != "" && !contact.Usual {
		row = append(row, button(ActionTold, c, p.t("They know now")))
	}
	if len(row) == 0 {
		return nil
	}
	return []slack.Block{buttons(row...)}
}

// restsOn names the must-haves a decision rests on.
func (p page) restsOn(d hiring.Decision, role hiring.Role) Mrkdwn {
	brief, _ := role.Revision(d.Revision)
	var skills []Mrkdwn
	for _, i := range d.Criteria {
		if all := brief.Terms.Skills(); i >= 0 && i < len(all) {
			skills = append(skills, raw(all[i]))
		}
	}
	if len(skills) == 0 {
		return ""
	}
	return p.m("It rests on: %s", p.and(skills))
}
