package templates

import (
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// digest renders a digest, unless the channel hears none any more. One that
// stands is brought up to date until the next one is out.
func (p page) digest(n hiring.Notice, standing bool) (Message, error) {
	sub, err := p.heardOf(n, standing)
	if err != nil {
		return Message{}, err
	}
	about, since := n.Subjects[0], time.Time{}
	if sub.Told == about.Week {
		since = sub.Before
	}
	m, err := p.ofWeek(about, since)
	if err != nil {
		return Message{}, err
	}
	key := DigestKey{Role: about.Role, Channel: n.Channel, Week: about.Week}
	row := []*slack.ButtonBlockElement{button(ActionRefreshDigest, key.String(), p.t("Refresh")), button(ActionFunnel, digestRole(about.Role), p.t("More numbers"))}
	m.Blocks = append(m.Blocks, buttons(append(row, button(ActionDigests, digestRole(about.Role), p.t("When and where")))...))
	return m, nil
}

// heardOf returns the subscription that brings a digest to a channel, or
// [hiring.ErrNothing] when the channel hears it no more.
func (p page) heardOf(n hiring.Notice, standing bool) (hiring.Subscription, error) {
	about := n.Subjects[0]
	_, own, err := p.digestOf(about.Role)
	if err != nil {
		return hiring.Subscription{}, err
	}
	sub, on, err := hiring.SubscriptionOf(p.record, about.Role, own, n.Channel)
	if err == nil && (!standing && !on || standing && sub.Told != about.Week) {
		err = hiring.ErrNothing
	}
	return sub, err
}

// ofWeek renders a role's week, or with no role that of all roles. since is
// when the channel had its last digest; zero for never.
func (p page) ofWeek(s hiring.Subject, since time.Time) (Message, error) {
	p.parts = true
	if s.Role == 0 {
		p.to = PublicChannel // many teams read it
	}
	sum, err := hiring.Summarize(p.record, p.House.Settings, s.Role, s.Week, p.now)
	if err != nil {
		return Message{}, err
	}
	corrected, err := p.correctedSince(sum.Period.Roles, since)
	if err != nil {
		return Message{}, err
	}
	name, title := p.m("All roles"), p.t("All roles")
	if s.Role != 0 {
		name, title = p.role(sum.Role), oneLine(sum.Role.Title())
	}
	week := p.week(s.Week, p.now)
	if sum.Quiet() && len(corrected) == 0 {
		text := p.m("%s, %s: a quiet week. Nothing moved and nothing waits; %d candidates are in the process.", name, week, sum.Inside())
		return say(text, section(text)), nil
	}
	d := digestPage{page: p, sum: sum, name: name, corrected: corrected}
	return d.message(header(title+" · "+week), week), nil
}

// digestPage is a digest in the making. What stands in its blocks stands in
// its text, too: phones and screen readers get that alone.
type digestPage struct {
	page
	sum       hiring.Summary
	name      Mrkdwn         // of the role, or of all roles
	corrected []hiring.Event // since the last digest, the newest first
	text      []Mrkdwn
	blocks    []slack.Block
}

func (d *digestPage) message(title slack.Block, week string) Message {
	d.blocks = []slack.Block{title}
	d.text = []Mrkdwn{d.m("%s, %s: %s.", d.name, week, d.headline())}
	first := d.m("In %s: %s.", week, d.headline())
	if d.over() {
		first = d.headline() + "."
	}
	d.blocks = append(d.blocks, section(first))
	d.put("", d.trouble())
	if d.sum.Moved().Any() {
		d.funnel()
		d.sources()
	}
	d.put(d.m("*What is stuck, and whose move it is*"), d.stuck(maxStuck))
	d.put(d.m("*Where we lose people, against the four weeks before*"), d.losses())
	if d.sum.Role.ID == 0 {
		d.put(d.m("*Which roles*"), d.roles(maxRoleWeeks))
	}
	d.corrections()
	d.next()
	return Message{Text: string(lines(d.text...).cut(maxText)), Blocks: d.blocks}
}

// put adds a section with a heading, unless there is nothing to say.
func (d *digestPage) put(heading, text Mrkdwn) {
	if text == "" {
		return
	}
	d.text = append(d.text, lines(heading, text))
	d.blocks = append(d.blocks, section(lines(heading, text)))
}

// Our own limits of a digest; the rest stands in its thread.
const (
	maxStuck       = 5
	maxLosses      = 3
	maxRoleWeeks   = 8
	maxCorrections = 3
)

// correctedSince returns what was corrected of the roles' candidates since a
// channel had its last digest, the newest first; without one nothing was.
func (p page) correctedSince(roles []hiring.Role, last time.Time) ([]hiring.Event, error) {
	if last.IsZero() {
		return nil, nil
	}
	var list []hiring.Event
	for _, role := range roles {
		events, err := hiring.CorrectionsSince(p.record, role.ID, last)
		if err != nil {
			return nil, err
		}
		list = append(list, events...)
	}
	slices.Reverse(list)
	return list, nil
}

// corrections says what the last digest had counted otherwise: of one role
// each, of all roles how many.
func (d *digestPage) corrections() {
	if n := len(d.corrected); n > 0 && d.sum.Role.ID == 0 {
		d.put("", d.m("%d corrections since the last digest are in these numbers.", n))
		return
	}
	var list []Mrkdwn
	shown, more := fold(d.corrected, maxCorrections)
	for _, e := range shown {
		step := hiring.Step{Kind: e.Corrects, At: e.Was, From: e.From, To: e.To, Outcome: e.Outcome}
		list = append(list, "• "+join(": ", d.candidate(e.Candidate), d.correction(step, e.Is, d.sum.Role)))
	}
	if more > 0 {
		list = append(list, d.m("and %d more", more))
	}
	d.put(d.m("*Corrected since the last digest*"), lines(list...))
}

// headline says in one sentence what the week was: what is wrong first, then
// what moved.
func (d *digestPage) headline() Mrkdwn {
	list := d.moved(d.sum.Moved())
	if n := d.sum.InTrouble(); n > 0 && d.sum.Role.ID == 0 {
		return d.m("%d roles need help. Otherwise: %s", n, list)
	}
	if d.over() {
		return d.m("%s. In the week: %s", d.status(d.sum.Role), list)
	}
	for _, t := range d.sum.Trouble {
		switch t.Kind {
		case hiring.Unsigned:
			return d.m("the brief is not agreed yet. Otherwise: %s", list)
		case hiring.Drift:
			return d.m("the brief has changed and is not signed by both. Otherwise: %s", list)
		default:
			return d.m("nobody new was talked to in two weeks. Otherwise: %s", list)
		}
	}
	return list
}

// over says whether the role rests or has ended.
func (d *digestPage) over() bool {
	s := d.sum.Role.Status
	return d.sum.Role.ID != 0 && s != hiring.Open && s != hiring.Drafting
}

// moved says what the week brought, in counts of the week.
func (p page) moved(m hiring.Moves) Mrkdwn {
	var list []Mrkdwn
	for _, part := range []struct {
		n    int
		text Mrkdwn
	}{
		{m.Hired, p.m("%d hired", m.Hired)}, {m.Added, p.m("%d added", m.Added)}, {m.Onwards, p.m("%d steps onwards", m.Onwards)},
		{m.Withdrew, p.m("%d withdrew", m.Withdrew)}, {m.Rejected, p.m("%d rejected", m.Rejected)}, {m.Lapsed, p.m("%d offers expired", m.Lapsed)},
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

// trouble says what is wrong, a line each.
func (d *digestPage) trouble() Mrkdwn {
	var list []Mrkdwn
	shown, more := fold(d.sum.Trouble, maxListed)
	for _, t := range shown {
		name := Mrkdwn("")
		if d.sum.Role.ID == 0 {
			name = d.role(t.Role) + ": "
		}
		list = append(list, "⚠️ "+name+d.wrong(t))
	}
	if more > 0 {
		list = append(list, d.m("and %d more", more))
	}
	return lines(list...)
}

func (p page) wrong(t hiring.Trouble) Mrkdwn {
	switch t.Kind {
	case hiring.Unsigned:
		return p.m("Not agreed for %d working days: waiting for %s to sign", t.Days, p.unsigned(t.Role))
	case hiring.Drift:
		agreed, _ := t.Role.Agreed()
		return p.m("Changed and not agreed for %d working days: revision %d waits for %s to sign, revision %d holds", t.Days, t.Role.Brief().Revision, p.unsigned(t.Role), agreed.Revision)
	default:
		return p.m("No first contact with anybody in two weeks: the recruiter's move")
	}
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

// stuck lists what waits beyond its time, the longest first. In a channel
// nobody is named for being late.
func (d *digestPage) stuck(limit int) Mrkdwn {
	var list []Mrkdwn
	shown, more := fold(d.sum.Stuck, limit)
	for _, x := range shown {
		list = append(list, "• "+d.waits(x))
	}
	if more > 0 {
		list = append(list, d.m("and %d more", more))
	}
	return lines(list...)
}

// waits says what is stuck, whose move it is and for how long.
func (d *digestPage) waits(x hiring.Stuck) Mrkdwn {
	late := d.m("due today")
	if x.Days > 0 {
		late = d.m("%d working days late", x.Days)
	}
	var of Mrkdwn
	if d.sum.Role.ID == 0 {
		of = raw(x.Subject.Role.String())
	}
	return join(" · ", d.thing(x), d.side(x.Side), late, of)
}

// thing says what is stuck.
func (d *digestPage) thing(x hiring.Stuck) Mrkdwn {
	who, stage := d.candidate(x.Subject.Candidate), d.stageIn(x.Subject)
	switch x.Subject.Kind {
	case hiring.AboutSignOff:
		return d.m("Revision %d waits for a signature", x.Subject.Revision)
	case hiring.AboutRevision:
		return d.m("Revision %d was sent back and waits for a change", x.Subject.Revision)
	case hiring.AboutLook:
		return d.m("%s waits for an answer on whether to meet", who)
	case hiring.AboutDecision:
		return d.m("%s waits for a decision (%s)", who, stage)
	case hiring.AboutNext:
		return d.m("%s waits for a next step (%s)", who, stage)
	case hiring.AboutReply:
		return d.m("%s waits to hear from us", who)
	case hiring.AboutHeld:
		return d.m("%s: did the interview take place? (%s)", who, stage)
	}
	if x.People > 1 {
		return d.m("%s waits for feedback of %d people (%s)", who, x.People, stage)
	}
	return d.m("%s waits for feedback (%s)", who, stage)
}

func (d *digestPage) stageIn(s hiring.Subject) string {
	role := d.sum.Role
	if i := slices.IndexFunc(d.sum.Period.Roles, func(r hiring.Role) bool { return r.ID == s.Role }); i >= 0 {
		role = d.sum.Period.Roles[i]
	}
	return d.stageOf(role, s.Stage)
}

// side says whose move it is.
func (p page) side(s hiring.Side) Mrkdwn {
	switch s {
	case hiring.SideHiringManager:
		return p.m("the hiring manager's move")
	case hiring.SideRecruiter:
		return p.m("the recruiter's move")
	case hiring.SidePanel:
		return p.m("the panel's move")
	case hiring.SideDecider:
		return p.m("the decider's move")
	default:
		return p.m("the owners' move")
	}
}

// losses says where candidates were lost, in counts of the week and of the
// four weeks before, and where most of those who left by their own choice did.
func (d *digestPage) losses() Mrkdwn {
	var list []Mrkdwn
	shown, _ := fold(d.sum.Losses(), maxLosses)
	for _, l := range shown {
		var parts []Mrkdwn
		if l.Now.Dropped+l.Before.Dropped > 0 {
			parts = append(parts, d.m("%d withdrew (%d in the four weeks before)", l.Now.Dropped, l.Before.Dropped))
		}
		if l.Now.Refused+l.Before.Refused > 0 {
			parts = append(parts, d.m("%d rejected (%d in the four weeks before)", l.Now.Refused, l.Before.Refused))
		}
		list = append(list, "• "+bold(d.stageName(l.Now.Stage))+": "+join(" · ", append(parts, d.trend(l))...))
	}
	return lines(list...)
}

// trend says how large a part of all withdrawals the stage has, against the
// four weeks before, where the numbers carry it.
func (d *digestPage) trend(l hiring.Loss) Mrkdwn {
	now, before := l.Now.DropOffShare(), l.Before.DropOffShare()
	if now.K == 0 || now.Manner() != hiring.AsPercent {
		return ""
	}
	arrow := map[hiring.Trend]Mrkdwn{hiring.Up: "↑", hiring.Down: "↓", hiring.Steady: "→"}[now.Trend(before)]
	return join(" ", d.m("%s of all who withdrew", d.percent(now.K, now.N)), arrow)
}

// roles are the roles with something to tell, a line each.
func (d *digestPage) roles(limit int) Mrkdwn {
	var list []Mrkdwn
	shown, more := fold(d.sum.Roles, limit)
	for _, r := range shown {
		var stuck Mrkdwn
		if r.Stuck > 0 {
			stuck = d.m("%d waiting too long", r.Stuck)
		}
		list = append(list, "• "+join(" · ", d.role(r.Role), d.moved(r.Moved), d.m("%d in the process", r.Inside), stuck))
	}
	if more > 0 {
		list = append(list, d.m("and %d more", more))
	}
	return lines(list...)
}

// next are the most useful things to do, a button each.
func (d *digestPage) next() {
	if len(d.sum.Next) == 0 {
		return
	}
	heading := d.m("*What would help most*")
	d.text = append(d.text, heading)
	d.blocks = append(d.blocks, section(heading))
	for i, s := range d.sum.Next {
		text, b := d.action(s)
		b.ActionID += fmt.Sprintf("#%d", i+1)
		text = Mrkdwn(fmt.Sprintf("%d. ", i+1)) + text
		d.text = append(d.text, text)
		d.blocks = append(d.blocks, sectionWith(text, b))
	}
}

// action says what could be done, and the button that does it.
func (d *digestPage) action(s hiring.NextAction) (Mrkdwn, *slack.ButtonBlockElement) {
	role, c := s.Subject.Role.String(), s.Subject.Candidate.String()
	who := d.candidate(s.Subject.Candidate)
	switch s.Kind {
	case hiring.DoSign:
		return d.m("Agree on %d briefs, that of %s first: both owners read and sign, or say what to change.", s.N, s.Subject.Role), button(ActionOpenBrief, role, d.t("Read the brief"))
	case hiring.DoTell:
		return d.m("Write to %d candidates who were promised word, %s first.", s.N, who), button(ActionOpenCandidate, c, d.t("Open %s", c))
	case hiring.DoDecide:
		return d.m("Decide on %d candidates, all feedback is in: %s first.", s.N, who), button(ActionDecide, c, d.t("Decide on %s", c))
	case hiring.DoAsk:
		return d.m("Get the feedback on %d candidates, %s first: two minutes each.", s.N, who), button(ActionOpenCandidate, c, d.t("Open %s", c))
	case hiring.DoAnswer:
		return d.m("Give the answers asked for on %d candidates, %s first.", s.N, who), button(ActionOpenCandidate, c, d.t("Open %s", c))
	case hiring.DoMove:
		return d.m("Take the next step with %d candidates, %s first.", s.N, who), button(ActionMove, c, d.t("Move %s", c))
	case hiring.DoSource:
		return d.m("Find and write to new candidates: the pipeline runs dry."), button(ActionAddCandidate, role, d.t("Add a candidate"))
	default:
		return d.m("Look at why they leave: %d withdrew at %s in five weeks.", s.N, d.stageName(s.Stage)), button(ActionFunnel, digestRole(s.Subject.Role)+" period", d.t("Show the numbers"))
	}
}
