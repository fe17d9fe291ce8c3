package bot

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestHopeless(t *testing.T) {
	for _, c := range []struct {
		what string
		err  error
		want string // part of the advice; empty when trying again may help
	}{
		{"a revoked token stays revoked", slack.SlackErrorResponse{Err: "token_revoked"}, "install the app again"},
		{"a bot token in the app token's place", fmt.Errorf("opening: %w", slack.SlackErrorResponse{Err: "not_allowed_token_type"}), "xapp-"},
		{"Slack is out of order", slack.SlackErrorResponse{Err: "internal_error"}, ""},
		{"the network is down", errors.New("connection refused"), ""},
		{"all is well", nil, ""},
	} {
		got := hopeless(c.err)
		if (got != nil) != (c.want != "") {
			t.Errorf("%s: %v", c.what, got)
			continue
		}
		if got != nil && !strings.Contains(got.Error(), c.want) {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func TestCauseKeepsAddressesOut(t *testing.T) {
	err := fmt.Errorf("answering: %w", &url.Error{Op: "Post", URL: "https://hooks.slack.com/commands/T1/SECRET", Err: errors.New("refused")})
	if got := cause(err); strings.Contains(got, "SECRET") || !strings.Contains(got, "refused") {
		t.Errorf("cause says %q", got)
	}
}
