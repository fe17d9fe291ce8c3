package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// get returns the status and the body at an address.
func get(t *testing.T, url string) (int, string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestSeenFromOutside(t *testing.T) {
	s := house(t, slacksim.Options{}, map[string]string{"SAMSVAR_HTTP_ADDR": "127.0.0.1:0"})
	r := launch(t)
	r.says(t, "seen from outside")
	base := "http://" + regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(r.out.String())[1]
	if code, body := get(t, base+"/healthz"); code != http.StatusOK || body != "alive\n" {
		t.Errorf("/healthz: %d %s", code, body)
	}
	if err := s.AwaitConnected(within(t), 1); err != nil {
		t.Fatal(err, r.out)
	}
	// The hello was sent; that it was heard shows in an answer.
	if _, err := s.Person(kari).Command(within(t), channelHiring, "/hire", "help"); err != nil {
		t.Fatal(err)
	}
	if code, body := get(t, base+"/readyz"); code != http.StatusOK {
		t.Errorf("/readyz: %d %s", code, body)
	}
	if _, body := get(t, base+"/metrics"); !strings.Contains(body, `samsvar_ack_seconds_count{kind="command"} 1`) || !strings.Contains(body, "samsvar_connections_open 1") {
		t.Errorf("/metrics:\n%s", body)
	}
	if code, _ := get(t, base+"/"); code != http.StatusNotFound {
		t.Errorf("/: %d", code)
	}
	r.stop()
	if code := r.exit(t); code != exitOK {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestServeSaysThatThePortIsTaken(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	environment(t, map[string]string{"SAMSVAR_DB": filepath.Join(t.TempDir(), "samsvar.db"), "SAMSVAR_HTTP_ADDR": other.Addr().String()})
	r := launch(t)
	if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), "something else listens on "+other.Addr().String()) {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

// played is a sandbox in which the story was told.
func played(t *testing.T) *sandbox {
	t.Helper()
	s := begun(t)
	s.play()
	if err := s.failure(); err != nil {
		t.Fatal(err)
	}
	return s.sandbox
}

// begun is the story before its first word.
func begun(t *testing.T) *story {
	t.Helper()
	noTokens(t)
	p := &program{stdout: io.Discard, stderr: io.Discard, clock: time.Now}
	ctx, cancel := context.WithTimeout(t.Context(), storyTime)
	t.Cleanup(cancel)
	b, err := newSandbox(ctx, p, slacksim.Options{}, storyStart(), filepath.Join(t.TempDir(), "samsvar.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.close() })
	return newStory(ctx, b, newTeller(io.Discard, b.slack, b.config.settings.Zone))
}

// TestLabelsNameNobody collects the metrics after a busy story: every label is
// of a fixed set.
func TestLabelsNameNobody(t *testing.T) {
	b := played(t)
	b.slack.RateLimit("chat.postMessage", 1, time.Second)
	b.slack.Fail("users.info", 1, http.StatusInternalServerError)
	fixed := map[string][]string{
		"kind": bot.Kinds(), "method": callMethods, "answer": callAnswers,
		"state": noticeStates, "result": {resultDone, resultFailed},
	}
	series := 0
	for _, family := range gather(t, b.app.Load().metrics) {
		for _, m := range family.GetMetric() {
			series++
			for _, l := range m.GetLabel() {
				if !slices.Contains(fixed[l.GetName()], l.GetValue()) {
					t.Errorf("%s has the label %s=%q", family.GetName(), l.GetName(), l.GetValue())
				}
				if l.GetValue() == methodOther && m.GetCounter().GetValue() > 0 && l.GetName() == "method" {
					t.Errorf("a method that is called is not in bot.Methods: %v", m)
				}
			}
		}
	}
	if series < 40 {
		t.Errorf("only %d series after the story", series)
	}
}

// TestAPausedPersonRaisesNoAlarm has somebody pause notifications for a day, which
// is nothing that docs/admin.md has an alarm for.
func TestAPausedPersonRaisesNoAlarm(t *testing.T) {
	b := played(t)
	a, now := b.app.Load(), b.clock.Now()
	b.slack.ChangeUser(jonas, func(u *slacksim.User) { u.Snoozed = now.Add(24 * time.Hour) })
	err := a.record.Change(t.Context(), "", now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Notices: []hiring.Notice{{Kind: hiring.Nudge, User: jonas, CreatedAt: now, NotBefore: now}}}, nil
	})
	if err == nil {
		err = b.catchUp(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	b.clock.set(now.Add(3 * time.Hour))
	waiting := map[string]float64{}
	for _, f := range gather(t, a.metrics) {
		for _, m := range f.GetMetric() {
			switch state := m.GetLabel(); f.GetName() {
			case "samsvar_notices":
				waiting[state[0].GetValue()] = m.GetGauge().GetValue()
			case "samsvar_oldest_notice_seconds":
				if age := m.GetGauge().GetValue(); age > 3600 {
					t.Errorf("%s is %v s old", state[0].GetValue(), age)
				}
			}
		}
	}
	if waiting[store.NoticeLater] != 1 || waiting[store.NoticePostponed] != 0 {
		t.Errorf("waiting: %v", waiting)
	}
}

func gather(t *testing.T, m *metrics) []*dto.MetricFamily {
	t.Helper()
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	return families
}

// registered returns the names of all metrics, sorted, and those of what can be
// asked for of each.
func registered(t *testing.T) (names []string, series map[string]bool) {
	t.Helper()
	series = map[string]bool{}
	for _, family := range gather(t, played(t).app.Load().metrics) {
		names = append(names, family.GetName())
		series[family.GetName()] = true
		if family.GetType() == dto.MetricType_HISTOGRAM {
			for _, end := range []string{"_bucket", "_sum", "_count"} {
				series[family.GetName()+end] = true
			}
		}
	}
	return names, series
}

// TestMetricsAreDescribed compares the registry with the administrator's guide
// and with the dashboard.
func TestMetricsAreDescribed(t *testing.T) {
	names, series := registered(t)
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "admin.md"))
	if err != nil {
		t.Fatal(err)
	}
	var described []string
	for _, row := range regexp.MustCompile("(?m)^\\| `(samsvar_[a-z_]+)` \\|").FindAllStringSubmatch(string(guide), -1) {
		described = append(described, row[1])
	}
	if !slices.Equal(described, names) {
		t.Errorf("docs/admin.md describes %v,\nthere are %v", described, names)
	}
	dashboard, err := os.ReadFile(filepath.Join("..", "..", "docs", "grafana.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(dashboard) {
		t.Error("docs/grafana.json is no JSON")
	}
	shown := regexp.MustCompile(`samsvar_[a-z_]+`).FindAllString(string(dashboard), -1)
	for _, name := range shown {
		if !series[name] {
			t.Errorf("the dashboard shows %s, which does not exist", name)
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(shown, func(s string) bool { return strings.HasPrefix(s, name) }) {
			t.Errorf("the dashboard does not show %s", name)
		}
	}
}

func TestReadiness(t *testing.T) {
	b := played(t)
	a := b.app.Load()
	if missing := a.notReady(); len(missing) > 0 {
		t.Errorf("after the story: %v", missing)
	}
	b.clock.set(b.clock.Now().Add(time.Hour))
	a.metrics.Connected(0)
	if err := a.record.Close(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.outside(nil))
	defer server.Close()
	code, body := get(t, server.URL+"/readyz")
	for _, want := range []string{"no connection to Slack", "takes no changes: the record is closed", "sweep for what is overdue is"} {
		if code != http.StatusServiceUnavailable || !strings.Contains(body, want) {
			t.Errorf("want %q in %d %s", want, code, body)
		}
	}
}

func TestCallsAreCountedByAnswer(t *testing.T) {
	for _, c := range []struct {
		path, body string
		status     int
		labels     []string
	}{
		{"/api/views.open", `{"ok":true}`, 200, []string{"views.open", answerOK}},
		{"/api/views.open", `{"ok":false,"error":"x"}`, 200, []string{"views.open", answerNo}},
		{"/api/users.info", `{}`, 429, []string{"users.info", answerLimited}},
		{"/api/users.info", `oops`, 503, []string{"users.info", answerFailed}},
		{"https://hooks.slack.com/commands/T1/secret", `ok`, 200, []string{methodResponse, answerOK}},
		{"https://hooks.slack.com/actions/T1/secret", `ok`, 200, []string{methodResponse, answerOK}},
		{"https://files.slack.com/upload/v1/secret", `OK - 12`, 200, []string{methodUpload, answerOK}},
		{"http://127.0.0.1:1/hook/secret", `ok`, 200, []string{methodResponse, answerOK}}, // a Slack in a box
		{"http://127.0.0.1:1/upload/F1", `OK - 12`, 200, []string{methodUpload, answerOK}},
		{"/api/made.up", `{"ok":true}`, 200, []string{methodOther, answerOK}},
	} {
		m := newMetrics(time.Now)
		wire := counted{answers(func() (*http.Response, error) {
			return &http.Response{StatusCode: c.status, Body: io.NopCloser(strings.NewReader(c.body))}, nil
		}), m, "/api/"}
		answer, err := wire.RoundTrip(httptest.NewRequest(http.MethodPost, c.path, nil))
		if err != nil {
			t.Fatal(err)
		}
		if body, _ := io.ReadAll(answer.Body); string(body) != c.body {
			t.Errorf("%s: the answer %q is read as %q", c.path, c.body, body)
		}
		if n := counter(t, m.calls.WithLabelValues(c.labels...)); n != 1 {
			t.Errorf("%s %d %s: %v counts %v", c.path, c.status, c.body, c.labels, n)
		}
	}
	m := newMetrics(time.Now)
	wire := counted{answers(func() (*http.Response, error) { return nil, errors.New("cut off") }), m, "/api/"}
	if _, err := wire.RoundTrip(httptest.NewRequest(http.MethodPost, "/api/users.info", nil)); err == nil {
		t.Error("the error got lost")
	}
	if n := counter(t, m.calls.WithLabelValues("users.info", answerNone)); n != 1 {
		t.Errorf("no answer counts %v", n)
	}
}

// answers is a wire that answers in a way of its own.
type answers func() (*http.Response, error)

func (a answers) RoundTrip(*http.Request) (*http.Response, error) { return a() }

func counter(t *testing.T, c prometheus.Counter) float64 {
	t.Helper()
	var m dto.Metric
	if err := c.Write(&m); err != nil {
		t.Fatal(err)
	}
	return m.GetCounter().GetValue()
}

// TestASweepThatFindsNothingWritesNothing sweeps twice at the same time: the
// second finds nothing.
func TestASweepThatFindsNothingWritesNothing(t *testing.T) {
	b := played(t)
	a, now := b.app.Load(), b.clock.Now()
	if err := a.scheduler.Sweep(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	before := counter(t, a.metrics.commits.WithLabelValues(resultDone))
	if err := a.scheduler.Sweep(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	if after := counter(t, a.metrics.commits.WithLabelValues(resultDone)); after != before {
		t.Errorf("%v commits for nothing", after-before)
	}
}
