package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/samsvar/samsvar/templates"
)

// handler answers a request. It writes to the record but does not talk to
// Slack: what is to be shown stands in the reply.
type handler func(*Bot, context.Context, *request) (reply, error)

// route says who answers what.
type route struct {
	kind   kind
	name   string
	also   []string // other words for the same command
	handle handler
}

type routeKey struct {
	kind kind
	name string
}

// table lists everything people can do. The manifest follows from it.
func table() []route {
	return slices.Concat(commands(), briefActions(), candidateActions(), deskActions(), submissions(), events())
}

// commands are the words after the slash command, and the shortcut.
func commands() []route {
	return []route{
		{onCommand, "", nil, (*Bot).desk},
		{onCommand, "help", []string{"hjelp", "?"}, (*Bot).help},
		{onCommand, "intake", []string{"inntak", "new", "ny"}, (*Bot).newRole},
		{onCommand, "brief", []string{"role", "rolle", "stilling"}, (*Bot).openBrief},
		{onCommand, "roles", []string{"roller", "stillinger"}, (*Bot).roles},
		{onCommand, "candidate", []string{"kandidat", "add"}, (*Bot).openCandidate},
		{onCommand, "move", []string{"flytt"}, (*Bot).openMove},
		{onCommand, "feedback", []string{"tilbakemelding", "tilbakemeldinger"}, (*Bot).feedback},
		{onCommand, "funnel", []string{"trakt"}, (*Bot).funnel},
		{onCommand, "digest", []string{"digests", "ukesoversikt", "ukeoversikt"}, (*Bot).digests},
		{onCommand, "settings", []string{"innstillinger"}, (*Bot).settings},
		{onShortcut, templates.ShortcutNewRole, nil, (*Bot).newRole},
	}
}

// briefActions are the buttons of the intake and the brief.
func briefActions() []route {
	return []route{
		{onAction, templates.ActionNewRole, nil, (*Bot).newRole},
		{onAction, templates.ActionUnfinished, nil, (*Bot).goOn},
		{onAction, templates.ActionIntakeBack, nil, (*Bot).intakeBack},
		{onAction, templates.ActionIntakeAfresh, nil, (*Bot).intakeAfresh},
		{onAction, templates.ActionPreset, nil, (*Bot).choosePreset},
		{onAction, templates.ActionSendBack, nil, (*Bot).openSendBack},
		{onAction, templates.ActionMore, nil, (*Bot).moreOfRole},
		{onAction, templates.ActionCompareFrom, nil, (*Bot).compare},
		{onAction, templates.ActionCompareTo, nil, (*Bot).compare},
		{onAction, templates.ActionHandOver, nil, (*Bot).openOwners},
		{onAction, templates.ActionCancelRole, nil, (*Bot).cancelRole},
		{onAction, templates.ActionAddInterview, nil, (*Bot).addInterview},
		{onAction, templates.ActionOpenBrief, nil, (*Bot).openBrief},
		{onAction, templates.ActionChangeBrief, nil, (*Bot).openChange},
	}
}

// candidateActions are the buttons of candidates and of what is owed on them.
func candidateActions() []route {
	return []route{
		{onAction, templates.ActionAddCandidate, nil, (*Bot).openCandidate},
		{onAction, templates.ActionMove, nil, (*Bot).openMove},
		{onAction, templates.ActionPickCandidate, nil, (*Bot).pickCandidate},
		{onAction, templates.ActionPickStep, nil, (*Bot).pickStep},
		{onAction, templates.ActionGiveFeedback, nil, (*Bot).openScorecard},
		{onAction, templates.ActionDraft, nil, (*Bot).keepDraft},
		{onAction, templates.ActionInstead, nil, (*Bot).instead},
		{onAction, templates.ActionTakeOver, nil, (*Bot).takeOver},
		{onAction, templates.ActionDecline, nil, (*Bot).decline},
		{onAction, templates.ActionRemind, nil, (*Bot).remind},
		{onAction, templates.ActionSnooze, nil, (*Bot).snooze},
		{onAction, templates.ActionDecide, nil, (*Bot).openDecide},
		{onAction, templates.ActionVerdict, nil, (*Bot).pickVerdict},
		{onAction, templates.ActionTold, nil, (*Bot).told},
		{onAction, templates.ActionEngaged, nil, (*Bot).engaged},
		{onAction, templates.ActionPromise, nil, (*Bot).openPromise},
		{onAction, templates.ActionPropose, nil, (*Bot).openPropose},
		{onAction, templates.ActionLook, nil, (*Bot).answerLook},
		{onAction, templates.ActionInterview, nil, (*Bot).interview},
		{onAction, templates.ActionOpenCandidate, nil, (*Bot).openCandidateView},
		{onAction, templates.ActionCorrect, nil, (*Bot).openCorrect},
		{onAction, templates.ActionCandidates, nil, (*Bot).candidates},
	}
}

// deskActions are the buttons of the Home, the numbers and the rules.
func deskActions() []route {
	return []route{
		{onAction, templates.ActionSettings, nil, (*Bot).openChoices},
		{onAction, templates.ActionRules, nil, (*Bot).settings},
		{onAction, templates.ActionFunnel, nil, (*Bot).funnel},
		{onAction, templates.ActionCharts, nil, (*Bot).charts},
		{onAction, templates.ActionWhy, nil, (*Bot).why},
		{onAction, templates.ActionDigests, nil, (*Bot).digests},
		{onAction, templates.ActionSubscribe, nil, (*Bot).openSubscribe},
		{onAction, templates.ActionUnsubscribe, nil, (*Bot).unsubscribe},
		{onAction, templates.ActionRefreshDigest, nil, (*Bot).refreshDigest},
		{onAction, templates.ActionFunnelCSV, nil, (*Bot).funnelCSV},
		{onAction, templates.ActionLanguage, nil, (*Bot).language},
		{onAction, templates.ActionTryAgain, nil, (*Bot).tryAgain},
		{onAction, templates.ActionHelp, nil, (*Bot).help},
	}
}

// submissions are the forms, and what a select offers while somebody types.
func submissions() []route {
	return []route{
		{onSubmit, templates.CallbackIntake, nil, (*Bot).submitIntake},
		{onSubmit, templates.CallbackBrief, nil, (*Bot).submitBrief},
		{onSubmit, templates.CallbackSendBack, nil, (*Bot).submitSendBack},
		{onSubmit, templates.CallbackWaive, nil, (*Bot).submitWaive},
		{onSubmit, templates.CallbackReopen, nil, (*Bot).submitReopen},
		{onSubmit, templates.CallbackOwners, nil, (*Bot).submitOwners},
		{onSubmit, templates.CallbackCandidate, nil, (*Bot).submitCandidate},
		{onSubmit, templates.CallbackMove, nil, (*Bot).submitMove},
		{onSubmit, templates.CallbackScorecard, nil, (*Bot).submitScorecard},
		{onSubmit, templates.CallbackExcuse, nil, (*Bot).submitExcuse},
		{onSubmit, templates.CallbackOffer, nil, (*Bot).submitOffer},
		{onSubmit, templates.CallbackDecide, nil, (*Bot).submitDecide},
		{onSubmit, templates.CallbackPromise, nil, (*Bot).submitPromise},
		{onSubmit, templates.CallbackInterview, nil, (*Bot).submitInterview},
		{onSubmit, templates.CallbackPropose, nil, (*Bot).submitPropose},
		{onSubmit, templates.CallbackLookNo, nil, (*Bot).submitLookNo},
		{onSubmit, templates.CallbackCorrect, nil, (*Bot).submitCorrect},
		{onSubmit, templates.CallbackSettings, nil, (*Bot).submitChoices},
		{onSubmit, templates.CallbackRules, nil, (*Bot).submitRules},
		{onSubmit, templates.CallbackSubscribe, nil, (*Bot).submitSubscribe},
		{onSuggest, templates.ActionPickCandidate, nil, (*Bot).suggestCandidates},
	}
}

// events are what Slack tells by itself.
func events() []route {
	return []route{
		{onEvent, "app_home_opened", nil, (*Bot).homeOpened},
		{onEvent, "member_joined_channel", nil, (*Bot).channelOpened},
		{onEvent, "channel_unarchive", nil, (*Bot).channelOpened},
		{onEvent, "group_unarchive", nil, (*Bot).channelOpened},
	}
}

// index makes the table fit for looking up, and panics on duplicates.
func index(table []route) (map[routeKey]route, []string) {
	routes := make(map[routeKey]route, 2*len(table))
	var words []string
	for _, r := range table {
		for _, name := range append([]string{r.name}, r.also...) {
			key := routeKey{r.kind, name}
			if _, taken := routes[key]; taken {
				panic(fmt.Sprintf("bot: the %s %q has two routes", r.kind, name))
			}
			routes[key] = r
			if r.kind == onCommand && len(name) > 1 {
				words = append(words, name)
			}
		}
	}
	slices.Sort(words)
	return routes, words
}

// Needs is what the app's manifest must contain for the bot to work.
type Needs struct {
	Scopes    []string // of the bot token, sorted
	Events    []string // bot events, sorted
	Shortcuts []string // callback ids of global shortcuts, sorted
}

// Manifest returns what the routes and the calls to Slack's API need.
func Manifest() Needs {
	n := Needs{Scopes: scopes()}
	for _, r := range table() {
		switch r.kind {
		case onEvent:
			n.Events = append(n.Events, r.name)
		case onShortcut:
			n.Shortcuts = append(n.Shortcuts, r.name)
		}
	}
	slices.Sort(n.Events)
	slices.Sort(n.Shortcuts)
	return n
}
