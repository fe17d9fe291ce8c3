package templates

import (
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// whySelect offers the numbers that candidates stand behind.
func (p page) whySelect(f Answer) *slack.SelectBlockElement {
	var all []*slack.OptionBlockObject
	for _, n := range f.Figures.Numbers(f.Question.Period) {
		if value := whyValue(f.Question, n.Number); len(all) < maxOptions && len(value) <= maxOptionValue {
			all = append(all, option(value, p.countedIs(f.Role, n)))
		}
	}
	if len(all) == 0 {
		return nil
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.t("Why this number?"), maxPlaceholder), ActionWhy, all...)
}

// maxOptionValue is how long the value of an option may be.
const maxOptionValue = 150

// whyValue names a number of a question.
func whyValue(q hiring.Question, n hiring.Number) string { return q.String() + "/" + n.String() }

// MaxBehind is how many candidates stand behind a number in a window. Where
// several roles have more of them, roles stand there alone, the largest parts.
const (
	MaxBehind = 40
	maxParts  = 20
)

// Why shows the candidates behind a number, to somebody who may know them.
func (w Writer) Why(r hiring.Record, f Answer, b hiring.Backing, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, reader: f.Reader, now: now}
	_, name := p.funnelName(f)
	blocks := []slack.Block{
		section(lines(w.m("%d candidates stand behind this number of %s:", b.Total, name), p.counted(f.Role, b.Number))),
		small(lines(p.rule(b), p.interval(b))),
	}
	shown, more := b.Parts, 0
	if b.Total-b.Hidden > MaxBehind {
		shown, more = fold(b.Parts, maxParts)
	}
	for _, part := range shown {
		role, err := r.Role(part.Role)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		blocks = append(blocks, p.part(f, role, part, b)...)
	}
	if more > 0 {
		rest := 0
		for _, part := range b.Parts[len(shown):] {
			rest += part.Count
		}
		blocks = append(blocks, small(w.m("and %d in %d more roles", rest, more)))
	}
	if b.Hidden > 0 {
		blocks = append(blocks, small(w.m("%d of them are not shown, in %d of the roles: only a role's owners, its interviewers and admins may know who its candidates are.", b.Hidden, b.HiddenRoles)))
	}
	return w.window(w.t("Why this number?"), blocks), nil
}

// part shows what a role has of a number: its candidates or, where those of
// several roles are too many, a button that leads to them.
func (p page) part(f Answer, role hiring.Role, part hiring.Part, b hiring.Backing) (blocks []slack.Block) {
	share := join(": ", p.role(role), p.m("%d of %d", part.Count, b.Total))
	switch {
	case f.Role != nil:
	case len(part.Candidates) == 0:
		q := hiring.Question{Role: role.ID, Window: b.Window}
		return append(blocks, sectionWith(share, button(ActionWhy, whyValue(q, b.Number), p.t("Show"))))
	default:
		blocks = append(blocks, divider(), section(share))
	}
	for _, c := range part.Candidates {
		where := raw(p.stageOf(role, c.Stage))
		if c.Outcome != hiring.Active {
			where = join(" · ", raw(p.outcome(c.Outcome)), raw(p.dayOf(c.ClosedAt)))
		}
		blocks = append(blocks, sectionWith(lines(p.candidate(c.ID), join(" · ", where, raw(p.source(c.Source)), p.m("added %s", p.dayOf(c.AddedAt)))),
			button(ActionOpenCandidate, c.ID.String(), p.t("Open"))))
	}
	return append(blocks, p.older(part, b)...)
}

// older leads to those who were added before the candidates of a part, and back.
func (p page) older(part hiring.Part, b hiring.Backing) (blocks []slack.Block) {
	q := hiring.Question{Role: part.Role, Window: b.Window}
	lead := func(text Mrkdwn, before, label string) {
		blocks = append(blocks, sectionWith(text, button(ActionWhy, whyValue(q, b.Number)+"/"+before, label)))
	}
	if part.More {
		text := p.m("and others, who came before them")
		if b.Before == 0 {
			text = p.m("and %d more, who came before them", part.Count-len(part.Candidates))
		}
		lead(text, part.Candidates[len(part.Candidates)-1].ID.String(), p.t("Show older"))
	}
	if b.Before != 0 {
		lead(p.m("These were added before %s.", b.Before), "", p.t("Show the newest"))
	}
	return blocks
}

// counted names a number.
func (p page) counted(role *hiring.Role, n hiring.Number) Mrkdwn {
	text := map[hiring.Measure]Mrkdwn{
		hiring.NumberReached: p.m("reached"), hiring.NumberPassed: p.m("went on"), hiring.NumberAdded: p.m("added"),
		hiring.DroppedAt: p.m("withdrew"), hiring.RefusedAt: p.m("rejected"), hiring.LapsedAt: p.m("offers expired"),
		hiring.Dropped: p.m("withdrew"), hiring.Refused: p.m("rejected"), hiring.Lapsed: p.m("offers expired"),
		hiring.Entered: p.m("entered"), hiring.Inside: p.m("there now"), hiring.Interviewed: p.m("interviewed"), hiring.HiredAt: p.m("hired"),
	}[n.Measure]
	return join(": ", bold(p.numberOf(role, n)), text)
}

// numberOf is what a number is of: a source or a stage.
func (p page) numberOf(role *hiring.Role, n hiring.Number) string {
	switch {
	case n.Source != "":
		return p.source(n.Source)
	case role != nil && n.Stage != hiring.StageInterviews:
		return p.stageOf(*role, n.Stage)
	default:
		return p.stageName(hiring.Stage{ID: n.Stage, Kind: n.Stage.Kind()})
	}
}

// countedIs says how much a number is.
func (p page) countedIs(role *hiring.Role, n hiring.Counted) string {
	name := p.numberOf(role, n.Number)
	switch n.Measure {
	case hiring.Entered:
		return p.t("%s: %d entered", name, n.Count)
	case hiring.NumberReached:
		return p.t("%s: %d reached", name, n.Count)
	case hiring.NumberPassed:
		return p.t("%s: %d went on", name, n.Count)
	case hiring.Dropped, hiring.DroppedAt:
		return p.t("%s: %d withdrew", name, n.Count)
	case hiring.Refused, hiring.RefusedAt:
		return p.t("%s: %d rejected", name, n.Count)
	case hiring.Lapsed, hiring.LapsedAt:
		return p.t("%s: %d offers expired", name, n.Count)
	case hiring.Interviewed:
		return p.t("%s: %d interviewed", name, n.Count)
	case hiring.HiredAt:
		return p.t("%s: %d hired", name, n.Count)
	case hiring.NumberAdded:
		return p.t("%s: %d added", name, n.Count)
	default:
		return p.t("%s: %d there now", name, n.Count)
	}
}

// interval says how sure a share is that a number is part of (docs/metrics.md,
// small numbers).
func (p page) interval(b hiring.Backing) Mrkdwn {
	s := b.Passed
	if b.Number.Measure != hiring.NumberPassed || s.Manner() == hiring.AsCounts {
		return ""
	}
	low, high := s.Wilson()
	return p.m("%d of %d went on. With so many, the share lies between %s and %s (95%% Wilson interval).", s.K, s.N, p.percentOf(low), p.percentOf(high))
}

// rule says how a number is counted.
func (p page) rule(b hiring.Backing) Mrkdwn {
	from, to := p.week(b.Window.From, p.now), p.week(b.Window.To.Add(-1), p.now)
	switch b.Number.Measure {
	case hiring.Inside:
		return p.m("Counted: those active in the stage now.")
	case hiring.Entered:
		return p.m("Counted: the first entry into the stage, in %s to %s.", from, to)
	case hiring.Dropped, hiring.Refused, hiring.Lapsed:
		return p.m("Counted: processes that ended in %s to %s, at the furthest stage they came to.", from, to)
	case hiring.DroppedAt, hiring.RefusedAt, hiring.LapsedAt:
		return p.m("Counted: candidates added in %s to %s whose process ended here, at the furthest stage they came to.", from, to)
	case hiring.NumberPassed:
		return p.m("Counted: candidates added in %s to %s who came further than this stage; skipping ahead passes the stages skipped.", from, to)
	case hiring.NumberAdded:
		return p.m("Counted: candidates of this source added in %s to %s.", from, to)
	case hiring.Interviewed:
		return p.m("Counted: candidates of this source added in %s to %s who had an interview that was held.", from, to)
	case hiring.HiredAt:
		return p.m("Counted: candidates of this source added in %s to %s who were hired.", from, to)
	default:
		return p.m("Counted: candidates added in %s to %s who came to this stage or past it, each once.", from, to)
	}
}
