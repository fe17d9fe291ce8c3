package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"

	"github.com/samsvar/samsvar/bot"
)

// printed runs samsvar manifest and returns what it prints.
func printed(t *testing.T, args ...string) []byte {
	t.Helper()
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}) // it needs no tokens
	var out, errs bytes.Buffer
	p := &program{stdout: &out, stderr: &errs, clock: time.Now}
	if code := p.run(t.Context(), append([]string{"manifest"}, args...)); code != exitOK {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	return out.Bytes()
}

func TestManifestIsWhatTheCodeNeeds(t *testing.T) {
	var m manifest
	if err := json.Unmarshal(printed(t, "--json"), &m); err != nil {
		t.Fatal(err)
	}
	needs := bot.Manifest()
	if !slices.Equal(m.OAuth.Scopes.Bot, needs.Scopes) || !slices.Equal(m.Settings.Events.Bot, needs.Events) {
		t.Errorf("scopes %v and events %v, want %v", m.OAuth.Scopes.Bot, m.Settings.Events.Bot, needs)
	}
	var callbacks []string
	for _, s := range m.Features.Shortcuts {
		callbacks = append(callbacks, s.Callback)
	}
	if !slices.Equal(callbacks, needs.Shortcuts) || len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/hire" {
		t.Errorf("shortcuts %v, commands %+v", callbacks, m.Features.Commands)
	}
	if !m.Settings.SocketMode || !m.Settings.Interactivity.Enabled || m.Settings.Rotation || !m.Features.Home.Home || !m.Features.Home.Messages {
		t.Errorf("settings %+v, home %+v", m.Settings, m.Features.Home)
	}
}

func TestManifestHasTheConfiguredCommand(t *testing.T) {
	environment(t, map[string]string{"SAMSVAR_COMMAND": "/ansett"})
	r := launch(t, "manifest")
	if code := r.exit(t); code != exitOK || !strings.Contains(r.out.String(), "command: /ansett\n") {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
	environment(t, map[string]string{"SAMSVAR_COMMAND": "hire"})
	r = launch(t, "manifest")
	if code := r.exit(t); code != exitUsage || !strings.Contains(r.out.String(), "SAMSVAR_COMMAND") {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestManifestReadsTheSameInBothForms(t *testing.T) {
	var fromJSON, fromYAML any
	if err := json.Unmarshal(printed(t, "--json"), &fromJSON); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(printed(t), &fromYAML); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(fromJSON, fromYAML) {
		t.Errorf("JSON says %v\nYAML says %v", fromJSON, fromYAML)
	}
}

func TestSlackGoKnowsEveryFieldOfTheManifest(t *testing.T) {
	d := json.NewDecoder(bytes.NewReader(printed(t, "--json")))
	d.DisallowUnknownFields()
	var m slack.Manifest
	if err := d.Decode(&m); err != nil {
		t.Error(err)
	}
}

func TestManifestKeepsSlacksLimits(t *testing.T) {
	m := newManifest("/hire")
	within := func(what, text string, least, most int) {
		if n := utf8.RuneCountInString(text); n < least || n > most {
			t.Errorf("%s has %d characters, Slack takes %d to %d", what, n, least, most)
		}
	}
	within("name", m.Display.Name, 1, 35)
	within("description", m.Display.Description, 1, 140)
	within("long description", m.Display.Long, 175, 4000)
	within("bot name", m.Features.Bot.Name, 1, 80)
	for _, c := range m.Features.Commands {
		within("command", c.Command, 2, 32)
		if !strings.HasPrefix(c.Command, "/") || strings.ContainsFunc(c.Command, unicode.IsSpace) {
			t.Errorf("%q is no command", c.Command)
		}
		within("command description", c.Description, 1, 2000)
		within("usage hint", c.Hint, 1, 1000)
	}
	if len(shortcuts) != len(m.Features.Shortcuts) {
		t.Error("a shortcut that the bot does not answer has a name")
	}
	for _, s := range m.Features.Shortcuts {
		within("shortcut", s.Name, 1, 24)
		within("shortcut description", s.Description, 1, 150)
		within("callback id", s.Callback, 1, 255)
	}
}
