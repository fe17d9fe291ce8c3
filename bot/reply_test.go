package bot

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

func TestAnswersFitTheAcknowledgement(t *testing.T) {
	req := &request{kind: onCommand}
	if say(templates.Message{Text: "short"}).payload(req) == nil {
		t.Error("a short answer does not ride on the acknowledgement")
	}
	if p := say(templates.Message{Text: strings.Repeat("<", 4000)}).payload(req); p != nil {
		t.Error("an answer that Slack would drop rides on the acknowledgement")
	}
}

func TestSuggestionsFitTheAcknowledgement(t *testing.T) {
	var list slack.OptionsResponse
	for range maxOptions {
		list.Options = append(list.Options, slack.NewOptionBlockObject("C-1",
			slack.NewTextBlockObject(slack.PlainTextType, strings.Repeat("<", 75), false, false), nil))
	}
	p, _ := reply{options: &list}.payload(&request{kind: onSuggest}).(slack.OptionsResponse)
	if _, fits := small(p); !fits || len(p.Options) == 0 {
		t.Errorf("%d options are offered", len(p.Options))
	}
	if p, _ := (reply{}).payload(&request{kind: onSuggest}).(slack.OptionsResponse); p.Options == nil {
		t.Error("no options must be an empty list: Slack takes nothing for an error")
	}
}

// form is a view with one input.
func form() slack.View {
	return slack.View{ID: "V3", Type: slack.VTModal, RootViewID: "V3", Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.PlainTextType, "Hello", false, false), nil, nil, slack.SectionBlockOptionBlockID("text")),
		slack.NewInputBlock("name", slack.NewTextBlockObject(slack.PlainTextType, "Name", false, false), nil,
			slack.NewPlainTextInputBlockElement(nil, "name")),
	}}}
}

func TestProblemsInForms(t *testing.T) {
	b := New(Config{})
	sentence := hiring.Errorf("Role %v is already filled.", hiring.RoleID(1))
	for _, c := range []struct {
		what     string
		err      error
		previous string
		want     string // response action
		under    string // block id
	}{
		{"a complaint about an input stands under it", hiring.FieldErrors{"name": sentence}, "", "errors", "name"},
		{"a complaint about something that is no input stands in a view of its own", hiring.FieldErrors{"text": sentence}, "", "push", ""},
		{"a complaint about an input that is not shown likewise", hiring.FieldErrors{"name": sentence, "stage": sentence}, "", "push", ""},
		{"a sentence keeps the form below it", sentence, "", "push", ""},
		{"there is room for a third view", sentence, "V3", "push", ""},
		{"there is no room for a fourth", sentence, "V2", "errors", "name"},
		{"done before is done", hiring.ErrRepeated, "", "clear", ""},
	} {
		req := &request{kind: onSubmit, view: form(), write: templates.House{Command: "/hire"}.For(hiring.English, nil)}
		req.view.PreviousViewID = c.previous
		got, _ := b.problem(req, c.err).payload(req).(*slack.ViewSubmissionResponse)
		if got == nil || string(got.ResponseAction) != c.want {
			t.Errorf("%s: %+v", c.what, got)
			continue
		}
		if c.under != "" && got.Errors[c.under] == "" {
			t.Errorf("%s: complaints %v", c.what, got.Errors)
		}
	}
}

func TestShown(t *testing.T) {
	for _, c := range []struct {
		what, slack string
		want        error // nil for any hiring.Error
	}{
		{"the same press again", "exchanged_trigger_id", hiring.ErrRepeated},
		{"a newer press was faster", "hash_conflict", hiring.ErrRepeated},
		{"too late", "expired_trigger_id", nil},
		{"too many views", "push_limit_reached", nil},
	} {
		err := shown(slack.SlackErrorResponse{Err: c.slack})
		if _, sentence := errors.AsType[*hiring.Error](err); c.want == nil && !sentence || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	if shown(nil) != nil {
		t.Error("no error became one")
	}
	if err := shown(slack.SlackErrorResponse{Err: "not_enabled"}); slackError(err) != "not_enabled" {
		t.Errorf("another error became %v", err)
	}
}

func TestComplainMergesFields(t *testing.T) {
	unread := hiring.FieldErrors{"openings": hiring.Errorf("Openings must be a whole number.")}
	for _, c := range []struct {
		what string
		err  error
		want int
	}{
		{"only what could not be read", nil, 1},
		{"both", hiring.FieldErrors{"title": hiring.Errorf("Give the role a title.")}, 2},
		{"the same field once", hiring.FieldErrors{"openings": hiring.Errorf("x")}, 1},
	} {
		if got, _ := errors.AsType[hiring.FieldErrors](complain(c.err, unread)); len(got) != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
	if err := complain(hiring.ErrRepeated, unread); !errors.Is(err, hiring.ErrRepeated) {
		t.Errorf("an error about something else became %v", err)
	}
}

func TestSaidForgetsTheOldest(t *testing.T) {
	var s said
	for i := range 2 * maxSaid {
		if trigger := strconv.Itoa(i); !s.first(trigger) || s.first(trigger) {
			t.Fatalf("trigger %d", i)
		}
	}
	if len(s.at) != maxSaid || s.first(strconv.Itoa(maxSaid)) || !s.first("0") {
		t.Errorf("it remembers %d triggers, and not the newest", len(s.at))
	}
}
