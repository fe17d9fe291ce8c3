package templates

import (
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Answer is what a question to the funnel is answered with.
type Answer struct {
	Question hiring.Question
	Role     *hiring.Role // of one role; nil for a team or all roles
	Figures  hiring.Figures
	All      *hiring.Figures // of all roles, to compare with; nil for none
	Everyone bool            // the reader may see the figures of every interviewer, and not only their own
	Runs     bool            // the reader may add to the role, and choose who hears its digest
	Reader   hiring.UserID
}

// Funnel answers a question to the funnel: the numbers as a table, what
// stands beside them, and what else can be asked.
func (w Writer) Funnel(r hiring.Record, f Answer, now time.Time) Message {
	p := page{Writer: w, record: r, reader: f.Reader, now: now}
	title, name := p.funnelName(f)
	head := p.m("The funnel of %s", name)
	if f.Role == nil && f.Question.All {
		head = p.m("The funnel over all roles")
	}
	window := p.window(f.Figures, f.Question.Period)
	t := p.funnelTable(f)
	blocks := []slack.Block{header(title), section(window)}
	plain := blocks
	if len(t.rows) > 0 {
		plain = append(plain[:2:2], section(lines(t.lines()...)))
		blocks = append(blocks, t.block())
	} else {
		nothing := section(p.m("Nothing to count in that time."))
		plain, blocks = append(plain[:2:2], nothing), append(blocks, nothing)
	}
	var rest []slack.Block
	beside := p.beside(f.Figures)
	if beside != "" {
		rest = append(rest, section(beside))
	}
	rest = append(rest, p.funnelButtons(f)...)
	text := lines(append([]Mrkdwn{head, window}, append(t.lines(), beside)...)...)
	return Message{Text: string(text.cut(maxText)), Blocks: append(blocks, rest...), Plain: append(plain, rest...)}
}

func (p page) funnelName(f Answer) (title string, name Mrkdwn) {
	switch {
	case f.Role != nil:
		return oneLine(f.Role.Title()) + " · " + f.Role.ID.String(), p.role(*f.Role)
	case f.Question.All:
		return p.t("All roles"), p.m("all roles")
	default:
		return p.t("A team's roles"), p.m("the roles of %s", p.person(f.Figures.Scope.HiringManager))
	}
}

// beside is what stands beside the funnel: offers, times and promises, each
// with what it is of.
func (p page) beside(f hiring.Figures) Mrkdwn {
	var list []Mrkdwn
	if s := f.Offers.Acceptance(); s.N > 0 {
		list = append(list, p.m("Offers accepted: %s", p.ofAll(s)))
	}
	if f.Offers.Pending > 0 {
		list = append(list, p.m("Offers without an answer: %d", f.Offers.Pending))
	}
	if s := f.TimeToHire; s.N > 0 {
		list = append(list, p.m("From added to hired: %d days (median of %d)", int(s.Median.Hours()/24+0.5), s.N))
	}
	if s := f.Engagement.InTime; s.N > 0 {
		list = append(list, p.m("First contact within the promise: %s", p.ofAll(s)))
	}
	for _, c := range f.Promises {
		if c.Promise == hiring.PromiseFeedback && c.Kept.N > 0 {
			list = append(list, p.m("Feedback on time: %s", p.ofAll(c.Kept)))
		}
	}
	return lines(list...)
}

// ofAll writes a share with what it is of, however small: of few, how many did
// and how many did not.
func (p page) ofAll(s hiring.Share) Mrkdwn {
	if s.Manner() == hiring.AsCounts {
		return p.m("%d, and %d not", s.K, s.N-s.K)
	}
	return p.shareOf(s)
}

// funnelButtons are what else can be asked, and what can be done.
func (p page) funnelButtons(f Answer) []slack.Block {
	ask := func(action, text string, change func(*hiring.Question)) *slack.ButtonBlockElement {
		q := f.Question
		q.Compare = false
		change(&q)
		return button(action, q.String(), text)
	}
	q := f.Question
	same := func(*hiring.Question) {}
	row := []*slack.ButtonBlockElement{ask(ActionCharts, p.t("Charts"), same), ask(ActionFunnelCSV, p.t("As CSV"), same)}
	if q.By != hiring.ByStage || q.Compare {
		row = append(row, ask(ActionFunnel+"#stage", p.t("By stage"), func(q *hiring.Question) { q.By = hiring.ByStage }))
	}
	if q.By != hiring.BySources {
		row = append(row, ask(ActionFunnel+"#source", p.t("By source"), func(q *hiring.Question) { q.By = hiring.BySources }))
	}
	if q.By != hiring.ByInterviewer && !q.All {
		row = append(row, ask(ActionFunnel+"#interviewer", p.t("By interviewer"), func(q *hiring.Question) { q.By = hiring.ByInterviewer }))
	}
	if q.Period {
		row = append(row, ask(ActionFunnel+"#cohort", p.t("Those added"), func(q *hiring.Question) { q.Period = false }))
	} else {
		row = append(row, ask(ActionFunnel+"#period", p.t("What happened"), func(q *hiring.Question) { q.Period = true }))
	}
	if !q.All && !q.Compare {
		row = append(row, ask(ActionFunnel+"#compare", p.t("Beside all roles"), func(q *hiring.Question) { q.By, q.Period, q.Compare = hiring.ByStage, false, true }))
	}
	blocks := []slack.Block{buttons(row...)}
	if why := p.whySelect(f); why != nil {
		blocks = append(blocks, slack.NewActionBlock("", why))
	}
	if f.Role == nil {
		if f.Runs {
			blocks = append(blocks, buttons(button(ActionDigests, allRoles, p.t("Digest"))))
		}
		return blocks
	}
	id := f.Role.ID.String()
	row = []*slack.ButtonBlockElement{button(ActionOpenBrief, id, p.t("Read the brief")), button(ActionCandidates, id, p.t("Candidates"))}
	if f.Runs {
		row = append(row, button(ActionAddCandidate, id, p.t("Add a candidate")), button(ActionDigests, id, p.t("Digest")))
	}
	return append(blocks, buttons(row...))
}
