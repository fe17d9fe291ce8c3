package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// bare is what the bare program says: on the acknowledgement of a command, or
// in the window it opens after it.
type bare struct {
	Message json.RawMessage         // rides on the acknowledgement; empty for none
	View    *slack.ModalViewRequest // opened after it; nil for none
}

// runBare runs a program that does with slack-go what samsvar does, and nothing
// else, until it is killed.
func runBare(path string) int {
	var says bare
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &says)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	ctx := context.Background()
	api := slack.New(os.Getenv("SLACK_BOT_TOKEN"), slack.OptionAppLevelToken(os.Getenv("SLACK_APP_TOKEN")), slack.OptionAPIURL(os.Getenv("SLACK_API_URL")))
	line := socketmode.New(api)
	go func() {
		for evt := range line.Events {
			if command, ok := evt.Data.(slack.SlashCommand); ok {
				go says.answer(ctx, api, line, evt.Request.EnvelopeID, command.TriggerID)
			}
		}
	}()
	fmt.Fprintln(os.Stderr, line.RunContext(ctx))
	return exitFailed
}

// answer answers one command.
func (b bare) answer(ctx context.Context, api *slack.Client, line *socketmode.Client, envelope, trigger string) {
	var payload any
	if len(b.Message) > 0 {
		payload = b.Message
	}
	if err := line.AckCtx(ctx, envelope, payload); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if b.View == nil {
		return
	}
	if _, err := api.OpenViewContext(ctx, trigger, *b.View); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
