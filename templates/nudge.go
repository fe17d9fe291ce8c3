package templates

import (
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// nudge reminds a person of everything they owe, oldest first, and says what
// comes next. It speaks of who waits and not of who is late.
func (p page) nudge(n hiring.Notice, standing bool) (Message, error) {
	things, waiting, err := p.all(n.Subjects)
	if err != nil {
		return Message{}, err
	}
	if waiting == 0 && !standing {
		return Message{}, hiring.ErrNothing
	}
	things = slices.DeleteFunc(things, func(t thing) bool { return t.progress != waits && !standing })
	text := p.headline(waiting, n.Subjects)
	if waiting == 1 {
		i := slices.IndexFunc(things, func(t thing) bool { return t.progress == waits })
		text = p.wait(things[i]) + "."
	}
	if waiting == 0 {
		text = p.m("✓ All done. Thank you.")
	}
	var blocks []slack.Block
	if waiting != 1 {
		blocks = append(blocks, section(text))
	}
	shown, more := fold(things, maxItems)
	for _, t := range shown {
		if t.progress == waits {
			blocks = append(blocks, p.todo(t)...)
		} else {
			blocks = append(blocks, section(p.settled(t)))
		}
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("And %d more: %s", more, p.command("feedback"))))
	}
	if waiting > 0 {
		blocks = append(blocks, small(p.next(things)), p.snooze())
	}
	return say(text, blocks...), nil
}

// snooze lets the reader put reminders off.
func (w Writer) snooze() slack.Block {
	var all []*slack.OptionBlockObject
	for _, z := range hiring.Snoozes() {
		all = append(all, option(string(z), w.snoozed(z)))
	}
	return slack.NewActionBlock("", slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(w.t("Remind me later"), maxPlaceholder), ActionSnooze, all...))
}

// PutOff answers somebody who put reminders off.
func (w Writer) PutOff(until time.Time) Message {
	return w.Notify(w.m("I remind you again %s. It can wait until then, but not for more than %d working days in all.", until, w.House.Settings.MaxSnoozeDays))
}

// rung is how far the ladder of reminders has come with a thing, and what comes
// next.
type rung int

const (
	calm rung = iota
	ownerNext
	ownerTold
	adminNext
	adminsTold
)

// rung returns how far the ladder has come with a thing that waits.
func (p page) rung(t thing) rung {
	ladder, admins := p.House.Settings.Ladder, len(p.House.Settings.Admins) > 0
	switch {
	case admins && t.told == hiring.ToldAdmins:
		return adminsTold
	case admins && t.told == hiring.ToldOwner && t.nudges >= ladder.NudgesAdmins:
		return adminNext
	case t.told != hiring.ToldNobody:
		return ownerTold
	case t.nudges >= ladder.NudgesOwner:
		return ownerNext
	default:
		return calm
	}
}

// next says what happens when nothing happens, so that it surprises nobody. Who
// is told goes by the thing: of each owner it says the furthest that they have
// come with one of theirs. Nobody else hears of word that was promised and is
// not due yet.
func (p page) next(things []thing) Mrkdwn {
	var owners []hiring.UserID
	both, furthest := false, make(map[hiring.UserID]rung)
	for _, t := range things {
		u := t.role.OtherOwner(t.subject.Person)
		switch {
		case t.progress != waits, t.subject.Kind == hiring.AboutReply && p.now.Before(t.due):
			continue
		case t.shared():
			both = true
			continue
		case !slices.Contains(owners, u):
			owners = append(owners, u)
		}
		furthest[u] = max(furthest[u], p.rung(t))
	}
	if len(owners) == 0 && both {
		return p.m("I remind both owners, at most once a working day.")
	}
	var text []Mrkdwn
	for r := adminsTold; r > calm; r-- {
		if on := slices.DeleteFunc(slices.Clone(owners), func(u hiring.UserID) bool { return furthest[u] != r }); len(on) > 0 {
			text = append(text, p.onRung(r, p.people(on)))
		}
	}
	if len(text) == 0 {
		return p.m("I remind you at most once a working day.")
	}
	return lines(text...)
}

// onRung says who else knows, or hears next.
func (p page) onRung(r rung, who Mrkdwn) Mrkdwn {
	switch r {
	case ownerNext:
		return p.m("With the next reminder I tell %s too, so that somebody can help.", who)
	case adminNext:
		return p.m("I have told %s too. With the next reminder I tell an admin as well.", who)
	case adminsTold:
		return p.m("I have told %s and the admins too. Write to them if you are stuck.", who)
	default:
		return p.m("I have told %s too, so that somebody can help. Write to them if you are stuck.", who)
	}
}

// escalation tells an owner, and later an admin, what reminders did not get
// moving: what is stuck, since when, with whom, and what to do. What is asked
// for once more is not stuck until it is due.
func (p page) escalation(n hiring.Notice, standing bool) (Message, error) {
	all, _, err := p.allTheirs(n.Subjects)
	if err != nil {
		return Message{}, err
	}
	things := slices.DeleteFunc(slices.Clone(all), func(t thing) bool { return t.progress != waits || p.now.Before(t.due) })
	waiting := len(things)
	switch {
	case waiting == 0 && !standing:
		return Message{}, hiring.ErrNothing
	case len(all) == 0:
		return p.notTheirs(n.Subjects[0]), nil
	case waiting == 0:
		return p.Notify(p.m("✓ What waited for %s is settled. Nothing to do.", p.who(n.About))), nil
	}
	text := p.m("%d things are stuck and need your help.", waiting)
	if waiting == 1 {
		text = p.stuck(things[0])
	}
	blocks := []slack.Block{section(p.m("*Stuck, and you can help*"))}
	shown, more := fold(things, maxListed)
	for _, t := range shown {
		blocks = append(blocks, p.unstick(t)...)
	}
	if more > 0 {
		blocks = append(blocks, small(p.m("and %d more", more)))
	}
	blocks = append(blocks, section(p.help(n, things)))
	if p.House.Settings.Admin(n.User) && !things[0].role.Owner(n.User) {
		blocks = append(blocks, small(p.m("You read this as an admin: %d reminders did not help, and the other owner knows.", n.Step)))
	} else {
		blocks = append(blocks, small(p.m("%s has had %d reminders and knows that I tell you.", p.who(n.About), n.Step)))
	}
	return say(text, blocks...), nil
}

// help says what the reader can do about what is stuck.
func (p page) help(n hiring.Notice, things []thing) Mrkdwn {
	about := p.who(n.About)
	briefs := slices.ContainsFunc(things, thing.ofBrief)
	switch {
	case !briefs:
		return p.m("Talk to %s: often something is in the way that you can move.", about)
	case !slices.ContainsFunc(things, func(t thing) bool { return !t.ofBrief() }):
		return p.m("Talk to %s: what in the brief is not right? Change it together, or sign it.", about)
	default:
		return lines(p.m("Talk to %s: often something is in the way that you can move.", about), p.m("As to the brief: what is not right in it? Change it together, or sign it."))
	}
}

// unstick is a thing that is stuck, with what the reader can do about it.
func (p page) unstick(t thing) []slack.Block {
	text := section("• " + p.stuck(t))
	key, c := EncodeFeedbackKey(t.subject.FeedbackKey()), t.subject.Candidate.String()
	switch t.subject.Kind {
	case hiring.AboutSignOff, hiring.AboutRevision:
		return []slack.Block{text, buttons(button(ActionOpenBrief, t.role.ID.String(), p.t("Read the brief")))}
	case hiring.AboutFeedback:
		return []slack.Block{text, buttons(
			button(ActionRemind, key, p.t("Ask in person")),
			button(ActionInstead+"#offer", EncodeInstead(InsteadOffer, t.subject.FeedbackKey()), p.t("Ask somebody else")),
			button(ActionInstead+"#excuse", EncodeInstead(InsteadExcuse, t.subject.FeedbackKey()), p.t("Go on without it")))}
	case hiring.AboutDecision:
		return []slack.Block{text, buttons(button(ActionDecide, c, p.t("Decide")), button(ActionOpenCandidate, c, p.t("Read")))}
	case hiring.AboutNext:
		return []slack.Block{text, buttons(button(ActionMove, c, p.t("Move the candidate")), button(ActionOpenCandidate, c, p.t("Read")))}
	default:
		return []slack.Block{text, buttons(button(ActionOpenCandidate, c, p.t("Read")))}
	}
}

// unreached tells the other owner whom or which channel Samsvar cannot reach,
// and what to do about it.
func (p page) unreached(n hiring.Notice, standing bool) (Message, error) {
	things, _, err := p.allTheirs(n.Subjects)
	switch {
	case err != nil:
		return Message{}, err
	case len(things) == 0 && !standing:
		return Message{}, hiring.ErrNothing
	case len(things) == 0:
		return p.notTheirs(n.Subjects[0]), nil
	}
	text, todo := p.problem(n)
	if n.Kind == hiring.TellGivenUp {
		text, todo = p.givenUp(n, text)
	}
	blocks := []slack.Block{section(lines(text, todo))}
	if list := p.missing(things); len(list) > 0 {
		blocks = append(blocks, section(lines(list...)))
	}
	if r := things[0].role; r.ID != 0 {
		row := []*slack.ButtonBlockElement{button(ActionOpenBrief, r.ID.String(), p.t("Read the brief"))}
		if r.Active() && r.Owner(n.About) && n.Problem == hiring.ProblemAway {
			row = append([]*slack.ButtonBlockElement{primary(ActionHandOver, r.ID.String(), p.t("Name a successor"))}, row...)
		}
		blocks = append(blocks, small(p.m("It is about %s.", p.role(r))), buttons(row...))
	}
	return say(text, blocks...), nil
}

// missing lists what waits for somebody whom nothing reaches.
func (p page) missing(things []thing) []Mrkdwn {
	var list []Mrkdwn
	shown, more := fold(things, maxListed)
	for _, t := range shown {
		switch {
		case t.role.ID == 0 || t.progress != waits:
		case t.subject.Kind == hiring.AboutSignOff:
			list = append(list, p.m("• Missing: a signature under revision %d of %s. Open the brief and hand the role over to somebody who can give it.", t.subject.Revision, p.role(t.role)))
		case t.subject.Kind == hiring.AboutRevision:
			list = append(list, p.m("• Missing: a change to the brief of %s, which was sent back.", p.role(t.role)))
		case t.subject.Kind == hiring.AboutFeedback:
			list = append(list, p.m("• Missing: feedback on %s (%s). Ask somebody else who was there, or go on without it.", p.candidate(t.subject.Candidate), p.stageOf(t.role, t.subject.Stage)))
		default:
			list = append(list, "• "+p.owing(t))
		}
	}
	if more > 0 {
		list = append(list, p.m("and %d more", more))
	}
	return list
}

func (p page) personProblem(n hiring.Notice) (text, todo Mrkdwn) {
	switch n.Problem {
	case hiring.ProblemAway:
		return p.m("I can't reach %s: the account is deactivated.", p.who(n.About)), ""
	case hiring.ProblemClosed:
		return p.m("I can't write to %s: direct messages from Samsvar are switched off.", p.who(n.About)), p.m("Whoever runs Samsvar switches them on at api.slack.com/apps, App Home, Messages Tab. What waits arrives then.")
	}
	return p.m("I can't write to %s (Slack says “%s”).", p.who(n.About), n.Problem), p.m("Tell them yourself what waits, and whoever runs Samsvar what Slack says.")
}

func (p page) channelProblem(n hiring.Notice) (text, todo Mrkdwn) {
	switch n.Problem {
	case hiring.ProblemArchived:
		return p.m("I can't post in %s: the channel is archived.", n.Channel), p.m("Unarchive it, and what waits arrives.")
	case hiring.ProblemNotIn:
		return p.m("I can't post in %s: I am not in the channel.", n.Channel), p.m("Write `/invite @Samsvar` there, and what waits arrives.")
	case hiring.ProblemNoChannel:
		return p.m("I can't find the channel %s: it is private, or it is gone.", n.Channel), p.m("If it is private, write `/invite @Samsvar` there, and what waits arrives.")
	case hiring.ProblemRestricted:
		return p.m("I can't post in %s: only some may post there.", n.Channel), p.m("Let Samsvar post, in the channel's settings under posting permissions. What waits arrives within a day.")
	default:
		return p.m("I can't post in %s (Slack says “%s”).", n.Channel, n.Problem), p.m("Tell whoever runs Samsvar what Slack says.")
	}
}
