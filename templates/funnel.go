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

// table is numbers in rows, as a native table or as lines. Cells are text or
// whole numbers.
type table struct {
	caption string
	head    []string
	rows    [][]any
	line    func(row []any) Mrkdwn // a row as text
}

// maxTableRows is how many rows Slack takes in a data_table, the head included;
// ours stay below.
const maxTableRows = 100

// block is the table as Slack draws it.
func (t table) block() slack.Block {
	b := slack.NewDataTableBlock(cut(oneLine(t.caption), maxHeader)).WithPageSize(maxPoints)
	var head []slack.DataTableCell
	for _, h := range t.head {
		head = append(head, slack.NewDataTableRawTextCell(h))
	}
	b.AddRow(head...)
	for _, row := range t.rows[:min(len(t.rows), maxTableRows)] {
		var cells []slack.DataTableCell
		for _, c := range row {
			switch c := c.(type) {
			case int:
				cells = append(cells, slack.NewDataTableRawNumberCell(float64(c)))
			case string:
				if c = oneLine(c); c == "" {
					c = "–"
				}
				cells = append(cells, slack.NewDataTableRawTextCell(c))
			}
		}
		b.AddRow(cells...)
	}
	return b
}

// lines is the table as text, a line a row.
func (t table) lines() []Mrkdwn {
	list := make([]Mrkdwn, len(t.rows))
	for i, row := range t.rows {
		list[i] = t.line(row)
	}
	return list
}

// rowLine writes a row of a table as a line: the first cell, and each other with
// its head.
func (p page) rowLine(t table, row []any) Mrkdwn {
	var parts []Mrkdwn
	for i, c := range row[1:] {
		value := Mrkdwn("–")
		switch c := c.(type) {
		case int:
			value = raw(p.number(c))
		case string:
			if c == "" {
				continue
			}
			value = raw(c)
		}
		parts = append(parts, raw(t.head[i+1])+" "+value)
	}
	name, _ := row[0].(string)
	return bold(name) + ": " + join(" · ", parts...)
}

func (p page) funnelTable(f Answer) table {
	t := table{caption: p.t("The funnel")}
	switch {
	case f.Question.By == hiring.BySources:
		p.bySource(&t, f)
	case f.Question.By == hiring.ByInterviewer:
		p.byInterviewer(&t, f)
	case f.All != nil:
		p.compared(&t, f)
	case f.Question.Period:
		p.byStageInPeriod(&t, f.Figures)
	default:
		p.byStage(&t, f.Figures)
	}
	t.line = func(row []any) Mrkdwn { return p.rowLine(t, row) }
	return t
}

// byStage are the cohort's numbers.
func (p page) byStage(t *table, f hiring.Figures) {
	t.head = []string{p.t("Stage"), p.t("Reached"), p.t("Went on"), p.t("Withdrew"), p.t("Rejected"), p.t("There now")}
	for _, l := range cameTo(f.Stages) {
		t.rows = append(t.rows, []any{p.stageName(l.Stage), l.Reached, p.plainShare(l.PassThrough(), l.Kind), l.DroppedAt, l.RefusedAt, l.Inside})
	}
}

// plainShare is the pass-through of a stage without markup; that of the last
// stage is none.
func (p page) plainShare(s hiring.Share, k hiring.StageKind) string {
	if s.N == 0 || k == hiring.KindHired {
		return ""
	}
	return p.shareOf(s).Plain()
}

// byStageInPeriod are the numbers of what happened.
func (p page) byStageInPeriod(t *table, f hiring.Figures) {
	t.head = []string{p.t("Stage"), p.t("Entered"), p.t("Withdrew"), p.t("Rejected"), p.t("Days, median"), p.t("There now")}
	some := false
	for _, l := range f.Stages {
		some = some || l.Entered+l.Dropped+l.Refused+l.Inside > 0
		t.rows = append(t.rows, []any{p.stageName(l.Stage), l.Entered, l.Dropped, l.Refused, p.workingDays(l.TimeIn), l.Inside})
	}
	if !some {
		t.rows = nil
	}
}

// workingDays writes a median in working days; none below the smallest number
// that a share is made of.
func (p page) workingDays(s hiring.Spread) string {
	day := p.House.Settings.WorkTime(hiring.Person{}).Day()
	if s.N < hiring.MinShare || day <= 0 {
		return ""
	}
	return p.t("%s (of %d)", p.decimal(float64(s.Median)/float64(day)), s.N)
}

func (p page) bySource(t *table, f Answer) {
	t.head = []string{p.t("Source"), p.t("Added"), p.t("Interviewed"), p.t("To an interview"), p.t("Hired")}
	list := folded(f.Figures.Sources)
	for _, c := range list {
		share := ""
		if s := c.Conversion(); s.Manner() != hiring.AsCounts {
			share = p.shareOf(s).Plain()
		}
		t.rows = append(t.rows, []any{p.sourceName(c.Source, len(list) == 1), c.Added, c.Interviewed, share, c.Hired})
	}
}

// byInterviewer shows whoever may see it how many interviews each took, and
// others their own figures only. Few interviews stand together.
func (p page) byInterviewer(t *table, f Answer) {
	t.caption = p.t("Interviews held, and feedback on time")
	t.head = []string{p.t("Interviewer"), p.t("Interviews"), p.t("Feedback on time")}
	add := func(name string, c hiring.InterviewerCount) {
		share := ""
		if c.OnTime.N > 0 {
			share = p.ofAll(c.OnTime).Plain()
		}
		t.rows = append(t.rows, []any{name, c.Interviews, share})
	}
	if !f.Everyone {
		for _, c := range f.Figures.Interviewers {
			if c.Person == f.Reader {
				add(p.t("You"), c)
			}
		}
		return
	}
	shown, other := hiring.FoldInterviewers(f.Figures.Interviewers)
	for _, c := range shown {
		add(p.nameOf(c.Person), c)
	}
	if other.Interviews+other.OnTime.N > 0 {
		add(p.t("Others"), other)
	}
}

// nameOf is a person's name where nobody can be mentioned, such as in a table.
func (p page) nameOf(u hiring.UserID) string {
	if p.record != nil {
		if person, err := p.record.Person(u); err == nil && person.Name != "" {
			return person.Name
		}
	}
	return string(u)
}

// compared puts a funnel beside that of all roles. Of those only what is large
// enough for a percentage is shown: what is smaller would be other people's
// candidates.
func (p page) compared(t *table, f Answer) {
	t.caption = p.t("Went on, beside all roles")
	t.head = []string{p.t("Stage"), p.t("Went on"), p.t("All roles")}
	all := make(map[hiring.StageKind]hiring.Share)
	for _, l := range f.All.Stages {
		all[l.Kind] = l.PassThrough()
	}
	for _, l := range cameTo(f.Figures.Stages) {
		if l.Kind == hiring.KindHired {
			continue
		}
		other := ""
		if s := all[l.Kind]; s.Manner() == hiring.AsPercent {
			other = p.percent(s.K, s.N)
		}
		t.rows = append(t.rows, []any{p.stageName(l.Stage), p.plainShare(l.PassThrough(), l.Kind), other})
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
	if f.Role == nil {
		return append(blocks, buttons(button(ActionDigests, allRoles, p.t("Digest"))))
	}
	id := f.Role.ID.String()
	second := buttons(
		button(ActionOpenBrief, id, p.t("Read the brief")), button(ActionCandidates, id, p.t("Candidates")),
		button(ActionAddCandidate, id, p.t("Add a candidate")), button(ActionDigests, id, p.t("Digest")))
	if why := p.whySelect(f); why != nil {
		return append(blocks, slack.NewActionBlock("", why), second)
	}
	return append(blocks, second)
}

// whySelect offers the numbers that candidates stand behind.
func (p page) whySelect(f Answer) *slack.SelectBlockElement {
	var all []*slack.OptionBlockObject
	add := func(n int, number hiring.Number, text string) {
		if value := f.Question.String() + "/" + number.String(); n > 0 && len(all) < maxOptions && len(value) <= maxOptionValue {
			all = append(all, option(value, text))
		}
	}
	for _, l := range f.Figures.Stages {
		name := p.stageName(l.Stage)
		number := func(m hiring.Measure) hiring.Number { return hiring.Number{Measure: m, Stage: l.ID} }
		if f.Question.Period {
			add(l.Entered, number(hiring.Entered), p.t("%s: %d entered", name, l.Entered))
			add(l.Dropped, number(hiring.Dropped), p.t("%s: %d withdrew", name, l.Dropped))
			add(l.Refused, number(hiring.Refused), p.t("%s: %d rejected", name, l.Refused))
		} else {
			add(l.Reached, number(hiring.NumberReached), p.t("%s: %d reached", name, l.Reached))
			add(l.Passed, number(hiring.NumberPassed), p.t("%s: %d went on", name, l.Passed))
			add(l.DroppedAt, number(hiring.DroppedAt), p.t("%s: %d withdrew", name, l.DroppedAt))
			add(l.RefusedAt, number(hiring.RefusedAt), p.t("%s: %d rejected", name, l.RefusedAt))
		}
		if l.Kind != hiring.KindHired {
			add(l.Inside, number(hiring.Inside), p.t("%s: %d there now", name, l.Inside))
		}
	}
	for _, c := range f.Figures.Sources {
		if c.Added >= hiring.MinShare {
			add(c.Added, hiring.Number{Measure: hiring.NumberAdded, Source: c.Source}, p.t("%s: %d added", p.source(c.Source), c.Added))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.t("Why this number?"), maxPlaceholder), ActionWhy, all...)
}

// maxOptionValue is how long the value of an option may be.
const maxOptionValue = 150

// Charts draws a question's numbers, with the same as text.
func (w Writer) Charts(f Answer, now time.Time) Message {
	p := page{Writer: w, reader: f.Reader, now: now}
	_, name := p.funnelName(f)
	d := digestPage{page: p, sum: hiring.Summary{Cohort: f.Figures}}
	head := p.m("The funnel of %s", name)
	d.text, d.blocks = []Mrkdwn{head}, []slack.Block{section(head)}
	d.funnel()
	d.sources()
	if len(d.blocks) == 1 {
		d.put("", p.m("Nothing to count in that time."))
	}
	return Message{Text: string(lines(d.text...).cut(maxText)), Blocks: d.blocks}
}

// Why shows the candidates behind a number, to somebody who may know them.
func (w Writer) Why(r hiring.Record, role hiring.Role, number hiring.Number, f hiring.Figures, list []hiring.Candidate, now time.Time) slack.ModalViewRequest {
	p := page{Writer: w, record: r, now: now}
	what := w.counted(role, number)
	blocks := []slack.Block{section(lines(w.m("%d candidates stand behind this number of %s:", len(list), w.role(role)), what)), small(lines(p.rule(number, f), p.interval(number, f)))}
	shown, more := fold(list, maxBehind)
	for _, c := range shown {
		where := raw(w.stageOf(role, c.Stage))
		if c.Outcome != hiring.Active {
			where = join(" · ", raw(w.outcome(c.Outcome)), raw(p.dayOf(c.ClosedAt)))
		}
		blocks = append(blocks, sectionWith(lines(p.candidate(c.ID), join(" · ", where, raw(w.source(c.Source)), w.m("added %s", p.dayOf(c.AddedAt)))),
			button(ActionOpenCandidate, c.ID.String(), w.t("Open"))))
	}
	if more > 0 {
		blocks = append(blocks, small(w.m("and %d more", more)))
	}
	return w.window(w.t("Why this number?"), blocks)
}

// maxBehind is how many candidates stand behind a number in a window.
const maxBehind = 40

// counted names a number.
func (w Writer) counted(role hiring.Role, n hiring.Number) Mrkdwn {
	name := w.stageOf(role, n.Stage)
	if n.Source != "" {
		name = w.source(n.Source)
	}
	text := map[hiring.Measure]Mrkdwn{
		hiring.NumberReached: w.m("reached"), hiring.NumberPassed: w.m("went on"), hiring.NumberAdded: w.m("added"),
		hiring.DroppedAt: w.m("withdrew"), hiring.RefusedAt: w.m("rejected"), hiring.Dropped: w.m("withdrew"), hiring.Refused: w.m("rejected"),
		hiring.Entered: w.m("entered"), hiring.Inside: w.m("there now"),
	}[n.Measure]
	return join(": ", bold(name), text)
}

// interval says how sure a share is that a number is part of (docs/metrics.md,
// small numbers).
func (p page) interval(n hiring.Number, f hiring.Figures) Mrkdwn {
	for _, l := range f.Stages {
		s := l.PassThrough()
		if n.Measure != hiring.NumberPassed || n.Stage != l.ID || s.Manner() == hiring.AsCounts {
			continue
		}
		low, high := s.Wilson()
		return p.m("%d of %d went on. With so many, the share lies between %s and %s (95%% Wilson interval).", s.K, s.N, p.percentOf(low), p.percentOf(high))
	}
	return ""
}

// rule says how a number is counted.
func (p page) rule(n hiring.Number, f hiring.Figures) Mrkdwn {
	from, to := p.week(f.Window.From, p.now), p.week(f.Window.To.Add(-1), p.now)
	switch n.Measure {
	case hiring.Inside:
		return p.m("Counted: those active in the stage now.")
	case hiring.Entered:
		return p.m("Counted: the first entry into the stage, in %s to %s.", from, to)
	case hiring.Dropped, hiring.Refused:
		return p.m("Counted: processes that ended in %s to %s, at the furthest stage they came to.", from, to)
	case hiring.DroppedAt, hiring.RefusedAt:
		return p.m("Counted: candidates added in %s to %s whose process ended here, at the furthest stage they came to.", from, to)
	case hiring.NumberPassed:
		return p.m("Counted: candidates added in %s to %s who came further than this stage; skipping ahead passes the stages skipped.", from, to)
	default:
		return p.m("Counted: candidates added in %s to %s who came to this stage or past it, each once.", from, to)
	}
}
