package templates

import (
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

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
	var t table
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
	t.caption = p.t("How far candidates have come")
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
	t.caption = p.t("What happened")
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
	t.caption = p.t("Where they came from")
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
