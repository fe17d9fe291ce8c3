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
	"UploadFileContext":          {"files:write"},
	"GetDNDInfoContext":          {"dnd:read"},
	"OpenConversationContext":    {"im:write"},
	"GetConversationInfoContext": {"channels:read", "groups:read"},
	// After a crash: whether a notice was posted.
	"GetConversationHistoryContext": {"channels:history", "groups:history", "im:history"},
	"GetConversationRepliesContext": {"channels:history", "groups:history", "im:history"},
}

// methods are the methods of Slack's API behind the calls, as they stand in
// its addresses, and the one that opens a connection.
var methods = []string{
	"apps.connections.open", "auth.test", "chat.postMessage", "chat.update", "conversations.history", "conversations.info", "conversations.open",
	"conversations.replies", "dnd.info", "files.completeUploadExternal", "files.getUploadURLExternal", "pins.add", "users.info", "views.open", "views.publish", "views.push", "views.update",
}

// Methods returns the methods of Slack's API that Samsvar calls.
func Methods() []string { return slices.Clone(methods) }

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
