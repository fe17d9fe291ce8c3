package bot

import (
	"maps"
	"slices"
)

// calls lists every method of Slack's API that this package calls, by the
// name slack-go gives it, and the scopes of the bot token it needs. A test
// compares it with the code.
var calls = map[string][]string{
	"AuthTestContext":    nil,
	"OpenViewContext":    nil,
	"PushViewContext":    nil,
	"UpdateViewContext":  nil,
	"PublishViewContext": nil,
	"GetUserInfoContext": {"users:read"},
	// The bot posts to public channels it was not invited to.
	"PostMessageContext":         {"chat:write", "chat:write.public"},
	"UpdateMessageContext":       {"chat:write"},
	"AddPinContext":              {"pins:write"},
	"OpenConversationContext":    {"im:write"},
	"GetConversationInfoContext": {"channels:read", "groups:read"},
	// After a crash: whether a notice was posted.
	"GetConversationHistoryContext": {"channels:history", "groups:history", "im:history"},
}

// scopes returns the scopes of the bot token, sorted. The slash command is a
// scope, too.
func scopes() []string {
	need := map[string]bool{"commands": true}
	for _, list := range calls {
		for _, s := range list {
			need[s] = true
		}
	}
	return slices.Sorted(maps.Keys(need))
}
