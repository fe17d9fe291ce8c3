package slacksim

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// shown starts a Slack with a page and two people.
func shown(t *testing.T) (*Slack, string) {
	t.Helper()
	s, err := Start(Options{AckTime: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.AddUser(User{ID: "U0KARI", Name: "kari", RealName: "Kari Solberg", TZ: "Europe/Oslo"})
	s.AddUser(User{ID: "U0OLA", Name: "ola", RealName: "Ola Bakken", TZ: "Europe/Oslo"})
	s.AddChannel(Channel{ID: "C0ALL", Name: "all", Members: []string{"U0KARI", "U0OLA"}, BotIsMember: true})
	s.AddChannel(Channel{ID: "C0OLA", Name: "secret", Private: true, Members: []string{"U0OLA"}, BotIsMember: true})
	s.ShowPage(Page{Team: "Test", Zone: time.UTC, Commands: []SlashCommand{{Command: "/todo"}}, Language: func(string) string { return "nb" }, Title: func(user, _ string) string { return "title of " + user }})
	return s, s.PageURL()
}

// ask sends a request and returns the status and the answer.
func ask(t *testing.T, method, url, body string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestPageRefuses(t *testing.T) {
	s, url := shown(t)
	do := url + "page/do?person=U0KARI"
	long := strings.Repeat("x", 40001)
	tests := []struct {
		it, method, url, body string
		status                int
		headers               []string
	}{
		{"a name that was made to point here", "GET", url, "", http.StatusForbidden, []string{"Host", "evil.example"}},
		{"another page's form", "POST", do, `{"act":"home"}`, http.StatusForbidden, []string{"Origin", "https://evil.example"}},
		{"another site's script", "POST", do, `{"act":"home"}`, http.StatusForbidden, []string{"Sec-Fetch-Site", "cross-site"}},
		{"another site's call of the Web API", "POST", url + "api/auth.test", ``, http.StatusForbidden, []string{"Sec-Fetch-Site", "cross-site"}},
		{"text that is no JSON by its type", "POST", do, `{"act":"home"}`, http.StatusUnsupportedMediaType, []string{"Content-Type", "text/plain"}},
		{"broken JSON", "POST", do, `{"act":`, http.StatusBadRequest, nil},
		{"JSON of another shape", "POST", do, `{"act":[1]}`, http.StatusBadRequest, nil},
		{"an act that is none", "POST", do, `{"act":"fly"}`, http.StatusBadRequest, nil},
		{"somebody who is nobody", "POST", url + "page/do?person=U0EVE", `{"act":"home"}`, http.StatusBadRequest, nil},
		{"the app itself", "POST", url + "page/do?person=U0SAMBOT", `{"act":"home"}`, http.StatusBadRequest, nil},
		{"a message that is too long", "POST", do, `{"act":"say","channel":"C0ALL","text":"` + long + `"}`, http.StatusBadRequest, nil},
		{"an act that is too large", "POST", do, `{"act":"say","channel":"C0ALL","text":"` + strings.Repeat("x", maxAct) + `"}`, http.StatusBadRequest, nil},
		{"a bad day of no kind", "POST", do, `{"act":"fault","kind":"flood"}`, http.StatusBadRequest, nil},
		{"a clock where there is none", "POST", do, `{"act":"clock","to":"1h"}`, http.StatusBadRequest, nil},
		{"messages of a channel that is not seen", "GET", url + "page/messages?person=U0KARI&channel=C0OLA", "", http.StatusNotFound, nil},
		{"a stream for nobody", "GET", url + "page/stream?person=U0EVE", "", http.StatusNotFound, nil},
		{"a file that is none", "GET", url + "assets/page.go", "", http.StatusNotFound, nil},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			if status, body := ask(t, tt.method, tt.url, tt.body, tt.headers...); status != tt.status {
				t.Errorf("got %d, want %d: %s", status, tt.status, body)
			}
		})
	}
	if n := len(s.Person("U0KARI").Messages("C0ALL")); n != 0 {
		t.Errorf("%d messages were posted", n)
	}
}

func TestPageSaysWhatDidNotWork(t *testing.T) {
	_, url := shown(t)
	do := url + "page/do?person=U0KARI"
	tests := []struct{ it, body, code string }{
		{"a command nobody answers", `{"act":"command","channel":"C0ALL","command":"/todo"}`, "timeout"},
		{"a command that is none", `{"act":"command","channel":"C0ALL","command":"/dance"}`, "gone"},
		{"a command where the person is not", `{"act":"command","channel":"C0OLA","command":"/todo"}`, "gone"},
		{"a message where the person is not", `{"act":"say","channel":"C0OLA","text":"hi"}`, "gone"},
		{"a modal that is not open", `{"act":"submit","view":"V1"}`, "gone"},
		{"a button of a message that is not there", `{"act":"action","channel":"C0ALL","ts":"1.2","block":"b","action":"a"}`, "gone"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			status, body := ask(t, "POST", do, tt.body)
			var got struct {
				OK   bool   `json:"ok"`
				Code string `json:"code"`
			}
			if err := json.Unmarshal([]byte(body), &got); err != nil || got.OK || got.Code != tt.code || status != http.StatusOK {
				t.Errorf("got %d %s, want %s (%v)", status, body, tt.code, err)
			}
		})
	}
}

func TestPageShowsOnlyWhatThePersonSees(t *testing.T) {
	s, url := shown(t)
	for _, c := range []string{"C0ALL", "C0OLA"} {
		if err := s.Person("U0OLA").Say(c, "<script>alert(1)</script>", ""); err != nil {
			t.Fatal(err)
		}
	}
	_, body := ask(t, "GET", url+"page/messages?person=U0KARI&channel=C0ALL", "")
	var got struct{ Messages []pageMessage }
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got.Messages) != 1 || got.Messages[0].Text != "&lt;script&gt;alert(1)&lt;/script&gt;" {
		t.Errorf("got %s (%v)", body, err)
	}
	w := s.workspace("U0KARI")
	for _, c := range w.Conversations {
		if c.ID == "C0OLA" {
			t.Error("Kari sees a private channel of Ola's")
		}
		if want := map[bool]int{true: 1, false: 0}[c.ID == "C0ALL"]; c.Unread != want {
			t.Errorf("%s has %d unread, want %d", c.ID, c.Unread, want)
		}
	}
	s.MarkRead("U0KARI", "C0ALL")
	if c := s.workspace("U0KARI").Conversations[0]; c.Unread != 0 {
		t.Errorf("%d are unread after reading", c.Unread)
	}
}

// TestStreamTellsWhatChanges reads a stream until it has told of a message.
func TestStreamTellsWhatChanges(t *testing.T) {
	s, url := shown(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", url+"page/stream?person=U0KARI", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var heard []string
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		name, ok := strings.CutPrefix(lines.Text(), "event: ")
		if !ok {
			continue
		}
		heard = append(heard, name)
		if name == "home" { // the first picture is complete
			for _, c := range []string{"C0OLA", "C0ALL"} {
				if err := s.Person("U0OLA").Say(c, "hello "+c, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		if name == "message" {
			break
		}
	}
	lines.Scan()
	if got := strings.Join(heard, " "); got != "workspace modals home message" || !strings.Contains(lines.Text(), "hello C0ALL") {
		t.Errorf("heard %s, last %s", got, lines.Text())
	}
}
