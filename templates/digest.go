package templates

import (
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
	about := n.Subjects[0]
	if sub.Told != about.Week {
		sub = hiring.Subscription{} // one that came late: the newer tells what was corrected
	}
	m, err := p.ofWeek(about, sub.Before, sub.ToldAt)
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

// ofWeek renders a role's week, or with no role that of all roles. It tells of
// what was corrected between the channel's last digest and this one; zero for
// never. What is corrected later changes the numbers of one that is refreshed,
// too, but nobody is notified of that: the next one tells of it.
func (p page) ofWeek(s hiring.Subject, last, this time.Time) (Message, error) {
	p.parts = true
	if s.Role == 0 {
		p.to = PublicChannel // many teams read it
	}
	sum, err := hiring.Summarize(p.record, p.House.Settings, s.Role, s.Week, p.now)
	if err != nil {
		return Message{}, err
	}
	corrected, err := p.correctedBetween(sum.Period.Roles, last, this)
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

// correctedBetween returns what was corrected of the roles' candidates after a
// channel had its last digest, until it had this one, the newest first; without
// a last one nothing was.
func (p page) correctedBetween(roles []hiring.Role, last, this time.Time) ([]hiring.Event, error) {
	if last.IsZero() {
		return nil, nil
	}
	var list []hiring.Event
	for _, role := range roles {
		events, err := hiring.CorrectionsSince(p.record, role.ID, last)
		if err != nil {
			return nil, err
		}
		list = append(list, slices.DeleteFunc(events, func(e hiring.Event) bool { return e.At.After(this) })...)
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
	back := t.Role.SentBackTo()
	agreed, _ := t.Role.Agreed()
	switch {
	case t.Kind == hiring.Unsigned && len(back) > 0:
		return p.m("Not agreed for %d working days: sent back, waiting for %s to change it", t.Days, p.owned(t.Role, back))
	case t.Kind == hiring.Unsigned:
		return p.m("Not agreed for %d working days: waiting for %s to sign", t.Days, p.unsigned(t.Role))
	case t.Kind == hiring.Drift && len(back) > 0:
		return p.m("Changed and not agreed for %d working days: revision %d was sent back and waits for %s to change it, revision %d holds", t.Days, t.Role.Brief().Revision, p.owned(t.Role, back), agreed.Revision)
	case t.Kind == hiring.Drift:
		return p.m("Changed and not agreed for %d working days: revision %d waits for %s to sign, revision %d holds", t.Days, t.Role.Brief().Revision, p.unsigned(t.Role), agreed.Revision)
	default:
		return p.m("No first contact with anybody in two weeks: the recruiter's move")
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
		list = append(list, "• "+join(" · ", d.role(*r.Role), d.moved(r.Moved), d.m("%d in the process", r.Inside), stuck))
	}
	if more > 0 {
		list = append(list, d.m("and %d more", more))
	}
	return lines(list...)
}
