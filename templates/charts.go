package templates

import (
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

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

// funnel shows how far candidates have come, as a chart and as lines.
func (d *digestPage) funnel() {
	stages := cameTo(d.sum.Cohort.Stages)
	if len(stages) == 0 {
		return
	}
	if len(stages) > 1 && d.sum.Cohort.Added >= hiring.MinShare { // of few, the lines say it all
		d.blocks = append(d.blocks, d.funnelChart(stages))
	}
	d.put(d.m("*How far candidates have come*"), d.stages(stages))
	d.blocks = append(d.blocks, small(d.window(d.sum.Cohort, false)))
}

// cameTo cuts off the stages that nobody has come to.
func cameTo(stages []hiring.StageCount) []hiring.StageCount {
	for len(stages) > 0 && stages[len(stages)-1].Reached == 0 {
		stages = stages[:len(stages)-1]
	}
	return stages
}

// window says which weeks the numbers are of, of how many candidates, and
// whether of those added in them or of what happened in them.
func (p page) window(f hiring.Figures, happened bool) Mrkdwn {
	from, to := p.week(f.Window.From, p.now), p.week(f.Window.To.Add(-1), p.now)
	span := p.t("%s to %s", from, to)
	if from == to {
		span = from
	}
	if happened {
		return p.m("What happened in %s.", span)
	}
	return p.m("Of the %d candidates added in %s, as far as they have come. “Went on” is of those who have left the stage.", f.Added, span)
}

// labels are what stands below the points of a chart: short and different.
func labels(names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		label := cut(oneLine(name), maxChartLabel)
		if label == "" || slices.Contains(list[:i], label) { // Slack wants different names
			number := fmt.Sprintf(" %d", i+1)
			label = cut(label, maxChartLabel-len(number)) + number
		}
		list[i] = label
	}
	return list
}

// maxPoints is how many points Slack takes in a chart.
const maxPoints = 20

func (p page) stageName(s hiring.Stage) string {
	if s.ID == hiring.StageInterviews {
		return p.t("Interviews")
	}
	return p.stage(s)
}

// funnelChart shows how many candidates reached each stage.
func (p page) funnelChart(stages []hiring.StageCount) slack.Block {
	var names []string
	var series [1][]int
	for _, l := range stages[:min(len(stages), maxPoints)] {
		names, series[0] = append(names, p.stageName(l.Stage)), append(series[0], l.Reached)
	}
	return barChart(p.t("How far candidates have come"), labels(names), []string{p.t("Candidates")}, series[:])
}

// barChart is a chart of a bar for every label and series.
func barChart(title string, labels, names []string, series [][]int) slack.Block {
	var all []slack.DataVisualizationDataSeries
	for i, name := range names {
		var points []slack.DataVisualizationDataPoint
		for j, label := range labels {
			points = append(points, slack.NewDataVisualizationDataPoint(label, float64(series[i][j])))
		}
		all = append(all, slack.NewDataVisualizationDataSeries(cut(name, maxChartLabel), points...))
	}
	return slack.NewDataVisualizationBlock(cut(title, maxChartTitle), slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(labels...), all...))
}

// stages says what the chart shows, a line a stage.
func (p page) stages(stages []hiring.StageCount) Mrkdwn {
	var list []Mrkdwn
	for _, l := range stages {
		parts := []Mrkdwn{p.m("%s: %d reached", bold(p.stageName(l.Stage)), l.Reached), p.wentOn(l)}
		if l.DroppedAt > 0 {
			parts = append(parts, p.m("%d withdrew", l.DroppedAt))
		}
		if l.RefusedAt > 0 {
			parts = append(parts, p.m("%d rejected", l.RefusedAt))
		}
		if l.LapsedAt > 0 {
			parts = append(parts, p.m("%d offers expired", l.LapsedAt))
		}
		if l.Inside > 0 && l.Kind != hiring.KindHired {
			parts = append(parts, p.m("%d there now", l.Inside))
		}
		list = append(list, join(" · ", parts...))
	}
	return lines(list...)
}

// wentOn is the pass-through of a stage.
func (p page) wentOn(l hiring.StageCount) Mrkdwn {
	share := l.PassThrough()
	switch {
	case share.N == 0 || l.Kind == hiring.KindHired:
		return ""
	case share.Manner() == hiring.AsCounts:
		return p.m("%d went on", share.K)
	default:
		return p.m("%s went on", p.shareOf(share))
	}
}

// shareOf writes k of n as its size allows: counts alone, “k of n”, or a
// percentage (docs/metrics.md, small numbers).
func (p page) shareOf(s hiring.Share) Mrkdwn {
	switch s.Manner() {
	case hiring.AsCounts:
		return raw(p.number(s.K))
	case hiring.AsKOfN:
		return p.m("%d of %d", s.K, s.N)
	default:
		return p.m("%s of %d", p.percent(s.K, s.N), s.N)
	}
}

// sources shows where candidates came from. Those of few candidates stand
// together, so that no person is read out of them.
func (d *digestPage) sources() {
	list := folded(d.sum.Cohort.Sources)
	if d.sum.Cohort.Added < hiring.MinShare {
		return // it would be about single people
	}
	if len(list) > 1 {
		d.blocks = append(d.blocks, d.sourceChart(list))
	}
	d.put(d.m("*Where they came from*"), d.sourceLines(list))
}

// folded returns the sources to be shown; that of few candidates each is
// without a name, and the last.
func folded(sources []hiring.SourceCount) []hiring.SourceCount {
	list, other := hiring.FoldSources(sources)
	if other.Added > 0 {
		list = append(list, other)
	}
	return list
}

func (p page) sourceName(s hiring.Source, alone bool) string {
	switch {
	case s != "":
		return p.source(s)
	case alone:
		return p.t("All sources")
	default:
		return p.t("Other sources")
	}
}

func (p page) sourceChart(list []hiring.SourceCount) slack.Block {
	var names []string
	series := make([][]int, 3)
	for _, c := range list {
		names = append(names, p.sourceName(c.Source, len(list) == 1))
		series[0], series[1], series[2] = append(series[0], c.Added), append(series[1], c.Interviewed), append(series[2], c.Hired)
	}
	return barChart(p.t("Where they came from"), labels(names), []string{p.t("Added"), p.t("Interviewed"), p.t("Hired")}, series)
}

func (p page) sourceLines(list []hiring.SourceCount) Mrkdwn {
	var out []Mrkdwn
	for _, c := range list {
		var converted Mrkdwn
		if share := c.Conversion(); share.Manner() == hiring.AsPercent {
			converted = p.m("%s to an interview", p.percent(share.K, share.N))
		}
		out = append(out, join(" · ", p.m("%s: %d added", p.sourceName(c.Source, len(list) == 1), c.Added),
			p.m("%d interviewed", c.Interviewed), p.m("%d hired", c.Hired), converted))
	}
	return lines(out...)
}
