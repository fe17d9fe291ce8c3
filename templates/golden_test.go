package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/slack-go/slack"

	"github.com/google/go-cmp/cmp"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

var update = flag.Bool("update", false, "write the golden files anew")

// surface is something people see, with a name for its golden file.
type surface struct {
	name string
	what any // Message, view, options or text
	err  error
}

// check returns what Slack would refuse.
func (s surface) check(t *testing.T) []string {
	t.Helper()
	switch what := s.what.(type) {
	case Message:
		js, err := json.Marshal(what.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		problems := slacksim.CheckMessage(js)
		if what.Text == "" || len([]rune(what.Text)) > maxText {
			problems = append(problems, "the text for notifications is empty or too long")
		}
		return problems
	case slack.ModalViewRequest, slack.HomeTabViewRequest:
		js, err := json.Marshal(what)
		if err != nil {
			t.Fatal(err)
		}
		return slacksim.CheckView(js)
	}
	return nil
}

func TestSurfaces(t *testing.T) {
	written := map[string]bool{}
	for _, locale := range []hiring.Locale{hiring.English, hiring.Norwegian} {
		for _, s := range surfaces(t, house.For(locale, oslo), newOffice) {
			name := s.name + "." + string(locale)
			t.Run(name, func(t *testing.T) {
				if s.err != nil {
					t.Fatal(s.err)
				}
				if problems := s.check(t); len(problems) > 0 {
					t.Errorf("Slack would refuse it: %q", problems)
				}
				if written[name] {
					t.Errorf("two surfaces are called %s", name)
				}
				written[name] = true
				golden(t, name+".json", s.what)
			})
		}
	}
	files, err := filepath.Glob("testdata/golden/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		if !written[name[:len(name)-len(".json")]] {
			t.Errorf("no surface is called %s", name)
		}
	}
}

func golden(t *testing.T, name string, what any) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(what); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./templates -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// Nothing left to say is no message, except where one stands already.
func TestNothingLeftToSay(t *testing.T) {
	o := newOffice().settle(per).settle(ola)
	w := house.For(hiring.English, oslo)
	item := hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per})
	for _, n := range []hiring.Notice{
		{Kind: hiring.Nudge, User: per, Subjects: []hiring.Subject{item}},
		{Kind: hiring.Escalation, User: ola, About: per, Subjects: []hiring.Subject{item}},
		{Kind: hiring.AskFeedback, User: per, Subjects: []hiring.Subject{item}},
		{Kind: hiring.AskSignOff, User: ola, Subjects: []hiring.Subject{hiring.SignOffSubject(2, 1, ola)}},
		{Kind: hiring.RefreshMessage, Subjects: []hiring.Subject{item}},
	} {
		if _, err := w.Notice(o, n, OnePerson, false, now); !errors.Is(err, hiring.ErrNothing) {
			t.Errorf("%s: got %v, want ErrNothing", n.Kind, err)
		}
		if n.Kind == hiring.RefreshMessage {
			continue
		}
		m, err := w.Notice(o, n, OnePerson, true, now)
		if err != nil {
			t.Errorf("%s standing: %v", n.Kind, err)
		}
		for _, b := range m.Blocks {
			if s, ok := b.(*slack.SectionBlock); b.BlockType() == slack.MBTAction || ok && s.Accessory != nil {
				t.Errorf("%s standing: a button is left", n.Kind)
			}
		}
	}
}
