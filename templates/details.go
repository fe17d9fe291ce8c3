package templates

import (
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// details is what stands in the thread of a digest: the numbers stage by
// stage, what stands beside them, and whatever was too long for the digest. A
// week with little to tell has none; what stands is brought up to date.
func (p page) details(n hiring.Notice, standing bool) (Message, error) {
	about := n.Subjects[0]
	if _, err := p.heardOf(n, standing); err != nil {
		return Message{}, err
	}
	p.parts = true
	if about.Role == 0 {
		p.to = PublicChannel // many teams read it
	}
	sum, err := hiring.Summarize(p.record, p.House.Settings, about.Role, about.Week, p.now)
	if err != nil {
		return Message{}, err
	}
	if !standing && (!sum.Moved().Any() || sum.Cohort.Added < hiring.MinShare) && len(sum.Stuck) <= maxStuck && len(sum.Roles) <= maxRoleWeeks {
		return Message{}, hiring.ErrNothing
	}
	d := digestPage{page: p, sum: sum}
	head := d.m("More on %s", p.week(about.Week, p.now))
	d.text, d.blocks = []Mrkdwn{head}, []slack.Block{section(bold(head.Plain()))}
	plain := d.tables()
	before := len(d.blocks)
	d.put(d.m("*Beside the funnel*"), d.beside(sum.Period))
	if len(sum.Stuck) > maxStuck {
		d.put(d.m("*What is stuck, and whose move it is*"), d.stuck(maxStuckInThread))
	}
	if len(sum.Roles) > maxRoleWeeks {
		d.put(d.m("*Which roles*"), d.roles(maxRoleLines))
	}
	m := Message{Text: string(lines(d.text...).cut(maxText)), Blocks: d.blocks}
	m.Plain = append(plain, d.blocks[before:]...)
	return m, nil
}

// Our own limits in a thread.
const (
	maxStuckInThread = 25
	maxRoleLines     = 40
)

// tables puts what happened and the cohort side by side, and returns the
// blocks so far without tables.
func (d *digestPage) tables() []slack.Block {
	plain := d.blocks[:1:1]
	for _, t := range []struct {
		period  bool
		figures hiring.Figures
	}{{true, d.sum.Period}, {false, d.sum.Cohort}} {
		window := d.window(t.figures, t.period)
		table := d.funnelTable(Answer{Figures: t.figures, Question: hiring.Question{Period: t.period}})
		if len(table.rows) == 0 {
			continue
		}
		d.text = append(append(d.text, window), table.lines()...)
		d.blocks = append(d.blocks, section(window), table.block())
		plain = append(plain, section(window), section(lines(table.lines()...)))
	}
	return plain
}
