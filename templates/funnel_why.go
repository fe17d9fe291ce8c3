package templates

import (
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

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
