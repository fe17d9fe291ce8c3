package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot"
)

// botToken checks the bot token and reads its scopes, which Slack names in a
// header of every answer.
func (d *doctor) botToken(ctx context.Context) finding {
	f := finding{what: "bot token", do: "copy the Bot User OAuth Token from “OAuth & Permissions” into SLACK_BOT_TOKEN"}
	who, err := d.api.AuthTestContext(ctx)
	if err != nil {
		return f.because(err)
	}
	d.granted = strings.Split(strings.ReplaceAll(who.Header.Get("X-OAuth-Scopes"), " ", ""), ",")
	f.ok = fmt.Sprintf("works in the workspace %s", who.Team)
	return f
}

func (d *doctor) scopes(context.Context) finding {
	f := finding{what: "scopes", do: "update the app with the output of `samsvar manifest`, then install it again"}
	if d.granted == nil {
		f.bad, f.do = "not known, because the bot token does not work", ""
		return f
	}
	var missing []string
	for _, s := range bot.Manifest().Scopes {
		if !slices.Contains(d.granted, s) {
			missing = append(missing, s)
		}
	}
	if len(missing) > 0 {
		f.bad = "missing: " + strings.Join(missing, ", ")
		return f
	}
	f.ok = "all there"
	return f
}

// events names what the app must be subscribed to. Slack tells no app what it is.
func (d *doctor) events(context.Context) finding {
	return finding{what: "events", ok: "needed, and not to be seen from here: " + strings.Join(bot.Manifest().Events, ", ") + " (api.slack.com/apps, Event Subscriptions; `samsvar manifest` has them all)"}
}

// socket checks the app token by opening a connection as far as Slack's hello.
func (d *doctor) socket(ctx context.Context) finding {
	f := finding{what: "socket", do: "make an app-level token with connections:write under “Basic Information”, put it into SLACK_APP_TOKEN, and switch Socket Mode on"}
	_, url, err := d.api.StartSocketModeContext(ctx)
	if err != nil {
		return f.because(err)
	}
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	if err != nil {
		f.bad, f.do = "Slack's socket cannot be reached", "let this machine connect to wss://*.slack.com on port 443"
		return f
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	_ = conn.SetReadDeadline(deadline)
	var hello struct{ Type, Reason string }
	switch err := conn.ReadJSON(&hello); {
	case err == nil && hello.Type == "hello":
		f.ok = "opens, and Slack says hello"
	case hello.Reason == "too_many_websockets" && d.remove != nil:
		f.ok = fmt.Sprintf("not opened: all %d connections that Slack allows an app are in use, and Samsvar serves", maxConnections)
	case hello.Reason == "too_many_websockets":
		f.bad = fmt.Sprintf("all %d connections that Slack allows an app are in use", maxConnections)
		f.do = "nothing is wrong if Samsvar serves elsewhere with SAMSVAR_SLACK_CONNECTIONS at that number; otherwise stop what else uses this app"
	default:
		f.bad = strings.TrimSpace("Slack did not say hello " + hello.Reason)
	}
	return f
}

// admins checks those in force: what was set in Slack takes the place of the
// environment.
func (d *doctor) admins(ctx context.Context) finding {
	f := d.byTheRules("admins", "SAMSVAR_ADMINS", "correct SAMSVAR_ADMINS: a person's id is in their Slack profile under “Copy member ID”", "have another admin correct them")
	all := d.c.settings.With(d.rules).Admins
	if len(all) == 0 {
		f.ok = "none (set SAMSVAR_ADMINS so that somebody hears when nudges do not help)"
		return f
	}
	var gone []string
	for _, u := range all {
		profile, err := d.api.GetUserInfoContext(ctx, string(u))
		if err != nil {
			f = f.because(err)
			f.bad = fmt.Sprintf("%s: %s", u, f.bad)
			return f
		}
		if profile.Deleted || profile.IsBot || profile.IsRestricted {
			gone = append(gone, string(u))
		}
	}
	if len(gone) == len(all) && d.rules.Set() {
		f.do = "name somebody who is there in SAMSVAR_ADMINS and start Samsvar anew: it goes by that when nobody is left of those set in Slack"
	}
	if len(gone) > 0 {
		f.bad = strings.Join(gone, ", ") + ": deactivated, a guest or an app"
		return f
	}
	f.ok = fmt.Sprintf("%d found", len(all))
	return f
}

// digestChannel checks the one in force.
func (d *doctor) digestChannel(ctx context.Context) finding {
	f := d.byTheRules("digest channel", "SAMSVAR_DIGEST_CHANNEL", "invite Samsvar to the channel, or correct SAMSVAR_DIGEST_CHANNEL", "invite Samsvar to the channel, or have an admin choose another")
	channel := d.c.DigestChannel
	if d.rules.Set() {
		channel = string(d.rules.DigestChannel)
	}
	if channel == "" {
		f.ok = "none (each role's own channel gets its digest)"
		return f
	}
	c, err := d.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
	switch {
	case err != nil:
		return f.because(err)
	case c.IsArchived:
		f.bad = "is archived"
	default:
		f.ok = "#" + c.Name
	}
	return f
}

// byTheRules returns a finding about what a variable says until admins set it in
// Slack: what to do when the variable is in force, and when the rules are.
func (d *doctor) byTheRules(what, variable, set, ruled string) finding {
	f := finding{what: what, do: set}
	switch {
	case d.rules.Set():
		f.do = fmt.Sprintf("%s in Slack: %s settings, which took the place of %s", ruled, d.c.Command, variable)
	case d.refused != nil && !d.absent:
		f.note = fmt.Sprintf("by %s: what %s settings has in its place, if anything, could not be read", variable, d.c.Command)
	}
	return f
}
