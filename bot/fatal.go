package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// hopelessErrors are Slack's errors that trying again does not heal, and what
// to do about each (methods auth.test and apps.connections.open).
var hopelessErrors = map[string]string{
	"invalid_auth":            "the token is not valid: check that it was copied whole",
	"not_authed":              "no token was sent: set both tokens",
	"account_inactive":        "the token belongs to an app that was removed: install the app again",
	"token_revoked":           "the token was revoked: install the app again and use the new token",
	"token_expired":           "the token has expired: switch token rotation off and install the app again",
	"not_allowed_token_type":  "this is the wrong kind of token: the app token starts with xapp-, the bot token with xoxb-",
	"missing_scope":           "the token lacks a scope: the app token needs connections:write, the bot token those of the manifest",
	"no_permission":           "the token may not do this: install the app again",
	"access_denied":           "the workspace does not let the app in",
	"ekm_access_denied":       "the workspace's administrators have suspended access",
	"forbidden_team":          "the app may not be used in this workspace",
	"team_access_not_granted": "the app was not granted access to this workspace",
	"invalid_app":             "the app does not exist any more",
}

// hopeless returns err with advice when it never heals, otherwise nil.
func hopeless(err error) error {
	answer, ok := errors.AsType[slack.SlackErrorResponse](err)
	if !ok {
		return nil
	}
	advice, ok := hopelessErrors[answer.Err]
	if !ok {
		return nil
	}
	if answer.Needed != "" {
		advice += " (Slack asks for " + answer.Needed + ")"
	}
	return fmt.Errorf("%w: %s", answer, advice)
}

// suspect ends Run when an error of a call says that Slack takes the token no
// more. Slack is asked once more, because some of its words can mean a person's
// account, too.
func (b *Bot) suspect(ctx context.Context, err error) {
	if word := slackError(err); word != hiring.ProblemAway && !slices.Contains(revoked, word) {
		return
	}
	b.running.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTime)
		defer cancel()
		_, err := b.API.AuthTestContext(ctx)
		if fatal := hopeless(err); fatal != nil {
			select {
			case b.revoked <- fatal:
			default: // somebody has said so already
			}
		}
	})
}

// explain adds advice to a connection's last error where there is any.
func explain(err error) error {
	if fatal := hopeless(err); fatal != nil {
		return fatal
	}
	return err
}

// cause returns an error's text for the log. Addresses are left out: a
// response URL is a key to a conversation.
func cause(err error) string {
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return failed.Op + " Slack: " + failed.Err.Error()
	}
	return err.Error()
}
