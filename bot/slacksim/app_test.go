package slacksim_test

import (
	"context"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// app is a small Slack app on slack-go, the client a test's handler speaks
// through.
type app struct {
	*slack.Client
	socket *socketmode.Client
}

// handler answers one envelope; what it returns rides on the acknowledgement.
// The second result false leaves the envelope unacknowledged.
type handler func(app, socketmode.Event) (any, bool)

// start starts a Slack and an app that answers with the handler.
func start(t *testing.T, o slacksim.Options, handle handler) (*slacksim.Slack, app) {
	t.Helper()
	s, err := slacksim.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	api := slack.New(s.BotToken(), slack.OptionAppLevelToken(s.AppToken()), slack.OptionAPIURL(s.APIURL()))
	a := app{api, socketmode.New(api)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = a.socket.RunContext(ctx) }()
	answering := make(chan struct{})
	go func() {
		defer close(answering)
		for {
			select {
			case <-ctx.Done():
				return
			case evt := <-a.socket.Events:
				if evt.Request == nil || evt.Request.EnvelopeID == "" {
					continue
				}
				if payload, ok := handle(a, evt); ok {
					_ = a.socket.AckCtx(ctx, evt.Request.EnvelopeID, payload)
				}
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-answering
		<-done
		_ = s.Close()
	})
	if err := s.AwaitConnected(soon(t), 1); err != nil {
		t.Fatal(err)
	}
	return s, a
}

// soon is a context for what should happen at once.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func quiet(app, socketmode.Event) (any, bool) { return nil, true }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, text, false, false), nil, nil)
}

func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

func form(blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "form", Title: plain("A form"), Submit: plain("Send"), Close: plain("Cancel"),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func text(id, label string) *slack.InputBlock {
	return slack.NewInputBlock(id, plain(label), nil, slack.NewPlainTextInputBlockElement(nil, id))
}
