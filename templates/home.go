package templates

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Home is a person's App Home: their move, what they wait for, their roles,
// and a button for everything.
func (w Writer) Home(r hiring.Record, d hiring.Desk, now time.Time) (slack.HomeTabViewRequest, error) {
	p := page{Writer: w, record: r, now: now, reader: d.Person.ID}
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: CallbackNone}
	if d.Person.Guest {
		view.Blocks.BlockSet = []slack.Block{section(w.m("Samsvar is for members of this workspace. Ask a colleague in the hiring team if you are to take part."))}
		return view, nil
	}
	blocks, err := p.move(d)
	if err != nil {
		return view, err
	}
	blocks = append(blocks, buttons(
		button(ActionNewRole, "", w.t("New role")),
		button(ActionAddCandidate, "", w.t("Add a candidate")),
		button(ActionMove, "", w.t("Move a candidate"))))
	others, err := p.others(d.Others)
	if err != nil {
		return view, err
	}
	stuck, err := p.stuckAnywhere(d.Stuck)
	if err != nil {
		return view, err
	}
	roles, err := p.roles(d.Roles)
	if err != nil {
		return view, err
	}
	blocks = slices.Concat(blocks, p.undelivered(d.Undelivered), stuck, others, roles)
	view.Blocks.BlockSet = append(blocks, divider(), w.language())
	return view, nil
}

// HomeUnread is the Home of somebody whose profile could not be read.
func (w Writer) HomeUnread() slack.HomeTabViewRequest {
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: CallbackNone, Blocks: slack.Blocks{BlockSet: []slack.Block{
		section(w.m("Samsvar could not read your Slack profile just now. Open this tab again in a moment.")),
	}}}
}

// language lets people choose theirs, with a button for help beside it.
func (w Writer) language() slack.Block {
	options := []*slack.OptionBlockObject{option(string(hiring.English), "English"), option(string(hiring.Norwegian), "Norsk")}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(w.t("Language"), maxPlaceholder), ActionLanguage, options...)
	e.InitialOption = chosen(options, string(w.locale))
	return slack.NewActionBlock("", e, button(ActionSettings, "", w.t("My working hours")), button(ActionHelp, "", w.t("Help")))
}

// move is what the reader is to do, a button each.
func (p page) move(d hiring.Desk) ([]slack.Block, error) {
	blocks := append([]slack.Block{header(p.t("Your move"))}, p.unfinished(d.Unfinished)...)
	if len(d.Move)+len(d.Unfinished) == 0 {
		return append(blocks, section(p.m("Nothing waits for you. Good work!"))), nil
	}
	shown, more := fold(d.Move, maxItems)
	for _, o := range shown {
		b, err := p.owedToYou(o)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, b...)
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("And %d more, once these are done.", more)))
	}
	return blocks, nil
}

// unfinished are the intake forms that the reader has begun.
func (p page) unfinished(list []hiring.Unfinished) []slack.Block {
	var blocks []slack.Block
	shown, _ := fold(list, maxListed)
	for _, u := range shown {
		text := p.m("You began a brief %s: %s, step %d of %d", u.SavedAt, bold(cut(u.Draft.Terms.Title, hiring.MaxTitle)), u.Step, Steps)
		if u.Draft.Terms.Title == "" {
			text = p.m("You began a brief %s: step %d of %d", u.SavedAt, u.Step, Steps)
		}
		blocks = append(blocks, sectionWith(text, button(ActionUnfinished, u.Role.String(), p.t("Go on"))))
	}
	return blocks
}

// others is what the reader's roles wait for.
func (p page) others(owed []hiring.Owed) ([]slack.Block, error) {
	if len(owed) == 0 {
		return nil, nil
	}
	shown, more := fold(owed, maxListed)
	var list []Mrkdwn
	for _, o := range shown {
		t, err := p.look(o.Subject)
		if err != nil {
			return nil, err
		}
		due := p.m("due %s", o.DueAt)
		if o.Overdue(p.now) {
			due = p.m("⏰ was due %s", o.DueAt)
		}
		list = append(list, "• "+join(" · ", p.owing(t), due))
	}
	if more > 0 {
		list = append(list, p.m("and %d more", more))
	}
	return []slack.Block{header(p.t("Waiting on others")), section(lines(list...))}, nil
}

// stuckAnywhere is what reminders did not get moving, for admins.
func (p page) stuckAnywhere(owed []hiring.Owed) ([]slack.Block, error) {
	if len(owed) == 0 {
		return nil, nil
	}
	blocks := []slack.Block{header(p.t("Stuck"))}
	shown, more := fold(owed, maxListed)
	for _, o := range shown {
		t, err := p.look(o.Subject)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, p.unstick(t)...)
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("and %d more", more)))
	}
	return blocks, nil
}

// roles are the reader's roles, each with its status, its funnel in a line and
// its buttons.
func (p page) roles(roles []hiring.Role) ([]slack.Block, error) {
	if len(roles) == 0 {
		return nil, nil
	}
	blocks := []slack.Block{header(p.t("Your roles"))}
	shown, more := fold(roles, maxRoles)
	for _, r := range shown {
		funnel, err := p.funnelLine(r)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, section(lines(p.role(r), p.status(r), funnel)), buttons(
			button(ActionOpenBrief, r.ID.String(), p.t("Brief")),
			button(ActionCandidates, r.ID.String(), p.t("Candidates")),
			button(ActionAddCandidate, r.ID.String(), p.t("Add a candidate")),
			button(ActionFunnel, r.ID.String(), p.t("Funnel"))))
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("And %d more. Each opens by its key: %s", more, p.command("brief R-12"))))
	}
	return blocks, nil
}

// funnelLine says who is where now: 5 in Screen · 1 in Offer.
func (p page) funnelLine(r hiring.Role) (Mrkdwn, error) {
	week := hiring.WeekOf(p.now, p.zone)
	now, err := p.record.Counts(r.ID, week, week) // no week: only what is so now
	if err != nil {
		return "", err
	}
	var list []Mrkdwn
	for _, l := range hiring.Funnel(now, r.Plan(), p.House.Settings, p.now) {
		if l.Inside > 0 && l.Kind != hiring.KindHired {
			list = append(list, p.m("%d in %s", l.Inside, p.stage(l.Stage)))
		}
	}
	if len(list) == 0 {
		return p.m("Nobody in the process yet"), nil
	}
	still, err := p.still(r)
	return join(" · ", append(list, still)...), err
}

// still says for how many working days nothing has moved; empty while things
// move.
func (p page) still(r hiring.Role) (Mrkdwn, error) {
	active, err := p.record.ActiveIn(r.ID)
	if err != nil || len(active) == 0 {
		return "", err
	}
	var last time.Time
	for _, c := range active {
		if c.Since().After(last) {
			last = c.Since()
		}
	}
	if days := p.workDays(hiring.Person{}, last, p.now); days >= stillDays {
		return p.m("nothing has moved for %d working days", days), nil
	}
	return "", nil
}

// stillDays is after how many working days a role that does not move is worth
// a word.
const stillDays = 3

// Desk answers the bare command: what waits for the person, else what they can
// do.
func (w Writer) Desk(r hiring.Record, d hiring.Desk, now time.Time) (Message, error) {
	p := page{Writer: w, record: r, now: now, reader: d.Person.ID}
	start := buttons(
		button(ActionNewRole, "", w.t("New role")),
		button(ActionAddCandidate, "", w.t("Add a candidate")),
		button(ActionMove, "", w.t("Move a candidate")),
		button(ActionHelp, "", w.t("Help")))
	if len(d.Move)+len(d.Unfinished) == 0 {
		m := w.Notify(w.m("Nothing waits for you. Good work!"))
		if len(d.Others) > 0 {
			m.Blocks = append(m.Blocks, small(w.m("%d things wait on others; the Home tab shows them.", len(d.Others))))
		}
		if d.Person.Guest {
			return m, nil
		}
		m.Blocks = append(m.Blocks, start)
		return m, nil
	}
	var subjects []hiring.Subject
	for _, o := range d.Move {
		subjects = append(subjects, o.Subject)
	}
	text := w.headline(len(d.Move)+len(d.Unfinished), subjects)
	if len(d.Unfinished) > 0 {
		text = w.m("%d things wait for you.", len(d.Move)+len(d.Unfinished))
	}
	blocks := append([]slack.Block{section(text)}, p.unfinished(d.Unfinished)...)
	shown, more := fold(d.Move, maxItems)
	for _, o := range shown {
		b, err := p.owedToYou(o)
		if err != nil {
			return Message{}, err
		}
		blocks = append(blocks, b...)
	}
	if more > 0 {
		blocks = append(blocks, small(w.m("And %d more, once these are done.", more)))
	}
	if len(d.Others) > 0 {
		blocks = append(blocks, small(w.m("%d things wait on others; the Home tab shows them.", len(d.Others))))
	}
	return say(text, append(blocks, start)...), nil
}

// Roles lists the person's roles that still hire.
func (w Writer) Roles(r hiring.Record, d hiring.Desk, now time.Time) (Message, error) {
	p := page{Writer: w, record: r, now: now, reader: d.Person.ID}
	if len(d.Roles) == 0 {
		m := w.Notify(w.m("You have no role that hires. Start one, and both owners sign its brief."))
		m.Blocks = append(m.Blocks, buttons(button(ActionNewRole, "", w.t("New role"))))
		return m, nil
	}
	blocks, err := p.roles(d.Roles)
	if err != nil {
		return Message{}, err
	}
	return say(w.m("You have %d roles that hire.", len(d.Roles)), blocks...), nil
}
