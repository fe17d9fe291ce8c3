package bot

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// funnelCSV sends the figures of a question as a file. Sending takes long, so
// it comes after the acknowledgement.
func (b *Bot) funnelCSV(ctx context.Context, req *request) (reply, error) {
	return b.ask(ctx, req, func(_ hiring.Record, a templates.Answer) reply {
		readers := hiring.ChannelID("") // of a team's numbers there is no channel
		switch {
		case a.Role != nil:
			readers = a.Role.Channel
		case a.Question.All:
			readers = b.house().DigestChannel
		}
		return b.file(req, req.write.FunnelCSV(a.Figures, a.Role, req.now), readers)
	})
}

// file sends a file: into the conversation when that is the one whose readers
// may read it, or the person's own with the app; else to the person, who is
// told so.
func (b *Bot) file(req *request, f templates.File, readers hiring.ChannelID) reply {
	rep := reply{after: func(ctx context.Context) error { return b.sendFile(ctx, req, f, readers) }}
	if req.answer == "" { // from a window or the Home
		v := req.write.Window(req.write.Notify(req.write.FileComes()))
		rep.open = &v
	}
	return rep
}

// unshared are Slack's errors (files.completeUploadExternal) about a
// conversation that a file cannot be shared in.
var unshared = []string{"channel_not_found", "not_in_channel", "invalid_channel", "posting_to_channel_denied", "is_archived", "access_denied"}

func (b *Bot) sendFile(ctx context.Context, req *request, f templates.File, readers hiring.ChannelID) error {
	here := req.channel
	audience := req.write.FileForYou()
	if direct := len(here) > 0 && here[0] == 'D'; direct || here != "" && here == readers {
		err := b.upload(ctx, here, f)
		if err == nil {
			return nil
		}
		if !slices.Contains(unshared, slackError(err)) {
			return b.fileFailed(ctx, req, err)
		}
		audience = req.write.FileNotHere()
	}
	dm, _, _, err := b.API.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(req.user)}})
	if err == nil {
		err = b.upload(ctx, hiring.ChannelID(dm.ID), f)
	}
	if err != nil {
		return b.fileFailed(ctx, req, err)
	}
	if req.answer == "" {
		return nil // the window has said so
	}
	return b.answer(ctx, req, say(req.write.Notify(audience)))
}

// upload shares a file in a conversation.
func (b *Bot) upload(ctx context.Context, channel hiring.ChannelID, f templates.File) error {
	_, err := b.API.UploadFileContext(ctx, slack.UploadFileParameters{
		Channel: string(channel), Filename: f.Name, Title: f.Title, FileSize: len(f.Content), Content: string(f.Content), InitialComment: string(f.Comment),
	})
	if err != nil {
		return fmt.Errorf("send the file %s: %w", f.Name, err)
	}
	return nil
}

// fileFailed says why no file comes: on the response URL, or in a message.
func (b *Bot) fileFailed(ctx context.Context, req *request, err error) error {
	var why error
	switch slackError(err) {
	case "missing_scope":
		why = hiring.Errorf("Samsvar may not send files in your workspace yet: it lacks the scope files:write. Ask whoever runs it to install the app again with the new manifest; `samsvar doctor` says how.")
	case "file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed":
		why = hiring.Errorf("Your workspace takes no such files from apps. Ask whoever runs it, or use `samsvar export`.")
	case "storage_limit_reached":
		why = hiring.Errorf("Your workspace has no room for files left.")
	default:
		why = err
	}
	m := req.write.Notify(req.write.Error(why, b.refOf(req, why)))
	if req.answer != "" {
		return b.answer(ctx, req, say(m))
	}
	return b.direct(ctx, req, m)
}
