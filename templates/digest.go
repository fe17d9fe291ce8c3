package templates

import (
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Small numbers (docs/metrics.md): below the first only counts, below the
// second “k of n”, from it on a percentage.
const (
	minRatio   = 5
	minPercent = 20
)

// Funnel shows where a role's funnel stands: what a digest says, and where
// candidates come from.
func (w Writer) Funnel(r hiring.Record, s hiring.Summary, a Audience, now time.Time) (Message, error) {
	p := page{Writer: w, record: r, to: a, parts: a != OnePerson, now: now}
	m := p.summary(s)
	if sources := p.sources(s); sources != "" {
		m.Blocks = append(m.Blocks, section(sources))
	}
	m.Blocks = append(m.Blocks, p.roleButtons(s.Role))
	return m, nil
}

// digest renders a digest, unless the channel hears none any more. One that
// stands is brought up to date until the next one is out.
func (p page) digest(n hiring.Notice, standing bool) (Message, error) {
	about := n.Subjects[0]
	_, own, err := p.digestOf(about.Role)
	if err != nil {
		return Message{}, err
	}
	sub, on, err := hiring.SubscriptionOf(p.record, about.Role, own, n.Channel)
	if err != nil {
		return Message{}, err
	}
	if !on && !standing || standing && sub.Told != about.Week {
		return Message{}, hiring.ErrNothing
	}
	m, err := p.ofWeek(about)
	if err != nil {
		return Message{}, err
	}
	return p.refreshable(m, DigestKey{Role: about.Role, Channel: n.Channel, Week: about.Week}), nil
}

// ofWeek renders a role's week, or with no role that of the workspace.
func (p page) ofWeek(s hiring.Subject) (Message, error) {
	p.parts = true
	if s.Role == 0 {
		return p.workspace(s.Week)
	}
	sum, err := hiring.Summarize(p.record, p.House.Settings, s.Role, s.Week, "", p.now)
	if err != nil {
		return Message{}, err
	}
	if sum.Quiet() {
		return p.Notify(p.m("%s, %s: a quiet week. Nothing moved and nothing waits; %d candidates are in the process.", p.role(sum.Role), p.week(s.Week, p.now), inside(sum))), nil
	}
	m := p.summary(sum)
	if sum.Role.Active() {
		m.Blocks = append(m.Blocks, p.roleButtons(sum.Role))
	}
	return m, nil
}

func (p page) roleButtons(r hiring.Role) slack.Block {
	return buttons(
		button(ActionOpenBrief, r.ID.String(), p.t("Read the brief")),
		button(ActionAddCandidate, r.ID.String(), p.t("Add a candidate")),
		button(ActionMove, "", p.t("Move a candidate")))
}

// summary is a role's week: first what is not agreed, then what moved, where
// the funnel stands, what waits and whose move it is.
func (p page) summary(s hiring.Summary) Message {
	week := p.week(s.Week, p.now)
	head := p.role(s.Role) + ", " + raw(week) + ": " + p.moved(s) + "."
	blocks := []slack.Block{header(s.Role.Title() + " · " + week)}
	if s.Role.Drifted() || s.Role.Status != hiring.Open {
		head = p.role(s.Role) + ", " + raw(week) + ": " + p.status(s.Role)
		blocks = append(blocks, section(p.status(s.Role)))
	}
	blocks = append(blocks, section(p.m("In %s: %s.", week, p.moved(s))))
	if len(s.Funnel) > 0 && s.Funnel[0].Reached > 0 {
		blocks = append(blocks, p.chart(s), section(p.stages(s)),
			small(p.m("Counts the %d candidates added since %s, as far as they have come. “Went on” is of those who have left the stage.", s.Funnel[0].Reached, p.week(s.Since, p.now))))
	} else {
		blocks = append(blocks, section(p.m("No candidates yet.")))
	}
	if waiting := p.waiting(s); waiting != "" {
		blocks = append(blocks, section(lines(p.m("*What waits, and whose move it is*"), waiting)))
	}
	return say(head, blocks...)
}

// moved says in one sentence what the week brought, in counts of the week.
func (p page) moved(s hiring.Summary) Mrkdwn {
	var added, on, hired, dropped, refused int
	for _, l := range s.Funnel {
		switch l.Kind {
		case hiring.KindSourced:
			added += l.Entered
		case hiring.KindHired:
			hired += l.Entered
		default:
			on += l.Entered
		}
		dropped, refused = dropped+l.Dropped, refused+l.Refused
	}
	var list []Mrkdwn
	for _, part := range []struct {
		n    int
		text Mrkdwn
	}{
		{hired, p.m("%d hired", hired)}, {added, p.m("%d added", added)}, {on, p.m("%d steps onwards", on)},
		{dropped, p.m("%d withdrew", dropped)}, {refused, p.m("%d rejected", refused)},
	} {
		if part.n > 0 {
			list = append(list, part.text)
		}
	}
	if len(list) == 0 {
		return p.m("nothing moved")
	}
	return p.and(list)
}

// chart shows how many candidates reached each stage.
func (p page) chart(s hiring.Summary) slack.Block {
	var labels []string
	var points []slack.DataVisualizationDataPoint
	taken := map[string]bool{}
	for i, l := range s.Funnel[:min(len(s.Funnel), 20)] { // Slack takes 20 points
		label := cut(oneLine(p.stage(l.Stage)), maxChartLabel)
		if label == "" || taken[label] { // Slack wants different names
			number := fmt.Sprintf(" %d", i+1)
			label = cut(label, maxChartLabel-len(number)) + number
		}
		taken[label] = true
		labels = append(labels, label)
		points = append(points, slack.NewDataVisualizationDataPoint(label, float64(l.Reached)))
	}
	return slack.NewDataVisualizationBlock(
		cut(p.t("How far candidates have come"), maxChartTitle),
		slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(labels...),
			slack.NewDataVisualizationDataSeries(cut(p.t("Candidates"), maxChartLabel), points...)))
}

// stages says what the chart shows, a line a stage.
func (p page) stages(s hiring.Summary) Mrkdwn {
	var list []Mrkdwn
	for _, l := range s.Funnel {
		if l.Reached == 0 {
			continue
		}
		parts := []Mrkdwn{p.m("%s: %d reached", bold(p.stage(l.Stage)), l.Reached), p.wentOn(l)}
		if l.DroppedAt > 0 {
			parts = append(parts, p.m("%d withdrew", l.DroppedAt))
		}
		if l.RefusedAt > 0 {
			parts = append(parts, p.m("%d rejected", l.RefusedAt))
		}
		if l.Inside > 0 && l.Kind != hiring.KindHired {
			parts = append(parts, p.m("%d there now", l.Inside))
		}
		list = append(list, join(" · ", parts...))
	}
	return lines(list...)
}

// wentOn is the pass-through of a stage: passed of left, a ratio only where
// the numbers carry it.
func (p page) wentOn(l hiring.StageCount) Mrkdwn {
	switch {
	case l.Left == 0 || l.Kind == hiring.KindHired:
		return ""
	case l.Left < minRatio:
		return p.m("%d went on", l.Passed)
	case l.Left < minPercent:
		return p.m("%d of %d went on", l.Passed, l.Left)
	default:
		return p.m("%s of %d went on", p.percent(l.Passed, l.Left), l.Left)
	}
}

// waiting lists what waits, the longest first. In a channel nobody is named
// for being late.
func (p page) waiting(s hiring.Summary) Mrkdwn {
	var list []Mrkdwn
	for _, x := range s.Overdue {
		list = append(list, "• "+p.late(s.Role, x))
	}
	for _, x := range s.Waiting {
		list = append(list, "• "+p.m("%s has waited %d working days in %s: the owners' move", p.candidate(x.Candidate), x.Days, p.stage(x.Stage)))
	}
	list, more := fold(together(list), maxListed)
	if more > 0 {
		list = append(list, p.m("and %d more", more))
	}
	return lines(list...)
}

// together says once, and how often, what stands there several times: in a
// channel two interviewers who owe feedback on one candidate read the same.
func together(list []Mrkdwn) []Mrkdwn {
	var out []Mrkdwn
	times := make(map[Mrkdwn]int)
	for _, line := range list {
		if times[line]++; times[line] == 1 {
			out = append(out, line)
		}
	}
	for i, line := range out {
		if n := times[line]; n > 1 {
			out[i] += Mrkdwn(fmt.Sprintf(" ×%d", n))
		}
	}
	return out
}

// late says what is overdue: with a name in person, with a part in a channel.
func (p page) late(r hiring.Role, o hiring.Owed) Mrkdwn {
	if o.Subject.Kind == hiring.AboutSignOff {
		switch {
		case p.to == OnePerson:
			return p.m("Revision %d waits for %s to sign", o.Subject.Revision, p.who(o.Person()))
		case o.Person() == r.HiringManager:
			return p.m("Revision %d waits for a signature: the hiring manager's move", o.Subject.Revision)
		default:
			return p.m("Revision %d waits for a signature: the recruiter's move", o.Subject.Revision)
		}
	}
	stage := p.stageOf(r, o.Subject.Stage)
	if p.to == OnePerson {
		return p.m("Feedback overdue on %s (%s): the move of %s", p.candidate(o.Subject.Candidate), stage, p.who(o.Person()))
	}
	return p.m("Feedback overdue on %s (%s): the panel's move", p.candidate(o.Subject.Candidate), stage)
}

// sources says where candidates came from; those of few candidates stand
// together, so that no person is read out of them.
func (p page) sources(s hiring.Summary) Mrkdwn {
	var list []Mrkdwn
	rest := hiring.SourceCount{}
	for _, c := range s.Sources {
		if c.Added < minRatio {
			rest.Added, rest.Interviewed, rest.Hired = rest.Added+c.Added, rest.Interviewed+c.Interviewed, rest.Hired+c.Hired
			continue
		}
		list = append(list, p.sourceLine(p.source(c.Source), c))
	}
	if rest.Added > 0 {
		name := p.t("Other sources")
		if len(list) == 0 {
			name = p.t("All sources")
		}
		list = append(list, p.sourceLine(name, rest))
	}
	if len(list) == 0 {
		return ""
	}
	return lines(append([]Mrkdwn{p.m("*Where they came from*")}, list...)...)
}

func (p page) sourceLine(name string, c hiring.SourceCount) Mrkdwn {
	return join(" · ", p.m("%s: %d added", name, c.Added), p.m("%d interviewed", c.Interviewed), p.m("%d hired", c.Hired))
}

func inside(s hiring.Summary) int {
	n := 0
	for _, l := range s.Funnel {
		n += l.Inside
	}
	return n
}

// workspace is a line for every role that hires or was filled in the week.
func (p page) workspace(week hiring.Week) (Message, error) {
	roles, err := p.record.AllRoles()
	if err != nil {
		return Message{}, err
	}
	p.to = PublicChannel // many teams read it
	var list []Mrkdwn
	for _, r := range roles {
		if !r.Active() && r.ClosedAt.Before(week.Start(p.House.Settings.Zone)) {
			continue
		}
		sum, err := hiring.Summarize(p.record, p.House.Settings, r.ID, week, "", p.now)
		if err != nil {
			return Message{}, err
		}
		list = append(list, p.roleWeek(sum))
	}
	name := p.week(week, p.now)
	text := p.m("%d roles in %s", len(list), name)
	blocks := []slack.Block{header(p.t("Hiring in %s", name))}
	if len(list) == 0 {
		return say(text, append(blocks, section(p.m("No role hires at the moment.")))...), nil
	}
	shown, more := fold(list, maxRoleLines)
	for _, line := range shown {
		blocks = append(blocks, section(line))
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("and %d more", more)))
	}
	return say(text, blocks...), nil
}

// maxRoleLines is how many roles a workspace digest tells of, a block each of
// the 50 a message has.
const maxRoleLines = 40

// roleWeek is a role's week in two lines: what is not agreed first.
func (p page) roleWeek(s hiring.Summary) Mrkdwn {
	var status, waiting Mrkdwn
	if s.Role.Drifted() || s.Role.Status != hiring.Open {
		status = p.status(s.Role)
	}
	if n := len(s.Waiting) + len(s.Overdue); n > 0 {
		waiting = p.m("%d waiting too long", n)
	}
	return lines(join(" · ", p.role(s.Role), status), join(" · ", p.m("%d in the process", inside(s)), p.moved(s), waiting))
}

// refreshable puts the buttons under a digest.
func (p page) refreshable(m Message, key DigestKey) Message { return m }

func (p page) details(n hiring.Notice, standing bool) (Message, error) {
	return Message{}, hiring.ErrNothing
}
