package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/samsvar/samsvar/bot"
)

// The answers of Slack, as labels.
const (
	answerOK       = "ok"
	answerNo       = "no"          // Slack itself said no
	answerLimited  = "ratelimited" // too many calls
	answerFailed   = "failed"      // Slack is out of order
	answerNone     = "none"        // no answer at all
	methodResponse = "response_url"
	methodUpload   = "upload" // the contents of a file
	methodOther    = "other"
)

// callMethods and callAnswers are all the labels of calls to Slack.
var (
	callMethods = append(bot.Methods(), methodResponse, methodUpload, methodOther)
	callAnswers = []string{answerOK, answerNo, answerLimited, answerFailed, answerNone}
)

// counted counts the calls to Slack's API that pass through it.
type counted struct {
	next    http.RoundTripper
	metrics *metrics
	base    string // path of the API
}

// idleCalls is how many connections to Slack stay open for the next calls.
// Go's default of two would have most calls of a busy minute connect anew,
// wherever Slack is reached without HTTP/2.
const idleCalls = 16

// countCalls returns a transport that counts the calls to Slack.
func countCalls(c Config, m *metrics) counted {
	base, _ := url.Parse(c.APIURL) // checked with the configuration
	keeping := http.DefaultTransport.(*http.Transport).Clone()
	keeping.MaxIdleConnsPerHost = idleCalls
	return counted{bot.Terse(keeping), m, base.Path}
}

// RoundTrip implements [http.RoundTripper].
func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	method, began := c.methodOf(r), c.metrics.clock()
	answer, err := c.next.RoundTrip(r)
	word := answerNone
	if err == nil {
		word, err = read(answer)
	}
	c.metrics.calls.WithLabelValues(method, word).Inc()
	c.metrics.callTook.WithLabelValues(method).Observe(c.metrics.clock().Sub(began).Seconds())
	return answer, err
}

// uploads is where the paths of addresses for a file's contents begin, Slack's
// (https://files.slack.com/upload/v1/…) and those of a Slack in a box.
const uploads = "/upload/"

// methodOf names the method called. What is posted elsewhere is the contents of
// a file or an answer to a response URL, whose path is a secret.
func (c counted) methodOf(r *http.Request) string {
	switch {
	case strings.HasPrefix(r.URL.Path, c.base):
	case strings.HasPrefix(r.URL.Path, uploads):
		return methodUpload
	default:
		return methodResponse
	}
	if method := path.Base(r.URL.Path); slices.Contains(callMethods, method) {
		return method
	}
	return methodOther
}

// read tells what Slack answered and leaves the answer to be read again.
func read(answer *http.Response) (word string, err error) {
	body, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return answerNone, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	var said struct {
		OK *bool `json:"ok"`
	}
	switch {
	case answer.StatusCode == http.StatusTooManyRequests:
		return answerLimited, nil
	case answer.StatusCode >= http.StatusInternalServerError:
		return answerFailed, nil
	case answer.StatusCode >= http.StatusMultipleChoices, json.Unmarshal(body, &said) == nil && said.OK != nil && !*said.OK:
		return answerNo, nil
	default:
		return answerOK, nil
	}
}
