package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/templates"
)

func (p *program) manifestCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "manifest", Short: "Print the Slack app manifest", Args: noArgs,
		Long: "Print the manifest of the Slack app, with exactly what this version needs.\nPaste it at https://api.slack.com/apps under “Create New App”, “From a manifest”.",
		RunE: func(*cobra.Command, []string) error {
			c, err := loadOffline()
			if err != nil {
				return err
			}
			return p.printManifest(newManifest(c.Command), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON instead of YAML")
	return cmd
}

func (p *program) printManifest(m manifest, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(p.stdout)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(m)
	}
	var out bytes.Buffer // what yaml makes of an error of writing no longer says that nobody reads
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := cmp.Or(e.Encode(m), e.Close()); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	_, err := out.WriteTo(p.stdout)
	return err
}

// manifest is a Slack app manifest, as far as Samsvar needs it (app manifest
// reference, schema 2.0.0).
type manifest struct {
	Display  manifestDisplay  `json:"display_information" yaml:"display_information"`
	Features manifestFeatures `json:"features" yaml:"features"`
	OAuth    manifestOAuth    `json:"oauth_config" yaml:"oauth_config"`
	Settings manifestSettings `json:"settings" yaml:"settings"`
}

type manifestDisplay struct {
	Name        string `json:"name" yaml:"name"`
	Description string `json:"description" yaml:"description"`
	Long        string `json:"long_description" yaml:"long_description"`
	Color       string `json:"background_color" yaml:"background_color"`
}

type manifestFeatures struct {
	Home      manifestHome       `json:"app_home" yaml:"app_home"`
	Bot       manifestBot        `json:"bot_user" yaml:"bot_user"`
	Shortcuts []manifestShortcut `json:"shortcuts" yaml:"shortcuts"`
	Commands  []manifestCommand  `json:"slash_commands" yaml:"slash_commands"`
}

type manifestHome struct {
	Home     bool `json:"home_tab_enabled" yaml:"home_tab_enabled"`
	Messages bool `json:"messages_tab_enabled" yaml:"messages_tab_enabled"`
	ReadOnly bool `json:"messages_tab_read_only_enabled" yaml:"messages_tab_read_only_enabled"`
}

type manifestBot struct {
	Name   string `json:"display_name" yaml:"display_name"`
	Online bool   `json:"always_online" yaml:"always_online"`
}

type manifestShortcut struct {
	Name        string `json:"name" yaml:"name"`
	Type        string `json:"type" yaml:"type"`
	Callback    string `json:"callback_id" yaml:"callback_id"`
	Description string `json:"description" yaml:"description"`
}

type manifestCommand struct {
	Command     string `json:"command" yaml:"command"`
	Description string `json:"description" yaml:"description"`
	Hint        string `json:"usage_hint" yaml:"usage_hint"`
	Escape      bool   `json:"should_escape" yaml:"should_escape"`
}

type manifestOAuth struct {
	Scopes struct {
		Bot []string `json:"bot" yaml:"bot"`
	} `json:"scopes" yaml:"scopes"`
}

type manifestSettings struct {
	Events struct {
		Bot []string `json:"bot_events" yaml:"bot_events"`
	} `json:"event_subscriptions" yaml:"event_subscriptions"`
	Interactivity struct {
		Enabled bool `json:"is_enabled" yaml:"is_enabled"`
	} `json:"interactivity" yaml:"interactivity"`
	OrgDeploy  bool `json:"org_deploy_enabled" yaml:"org_deploy_enabled"`
	SocketMode bool `json:"socket_mode_enabled" yaml:"socket_mode_enabled"`
	Rotation   bool `json:"token_rotation_enabled" yaml:"token_rotation_enabled"`
}

// shortcuts are the names of the global shortcuts in Slack's menu.
var shortcuts = map[string]manifestShortcut{
	templates.ShortcutNewRole: {Name: "New role intake", Type: "global", Description: "Agree on a new role before anyone is sourced"},
}

// newManifest returns the manifest of what the bot's routes and calls need.
func newManifest(command string) manifest {
	needs := bot.Manifest()
	m := manifest{
		Display: manifestDisplay{
			Name: "Samsvar", Color: "#1f4e5f",
			Description: "Keeps hiring managers and recruiters in agreement.",
			Long: "Samsvar keeps the two people who hire, the hiring manager and the recruiter, in agreement: " +
				"on what the role is before anyone is sourced, on what each candidate is worth within a working day of the interview, " +
				"and on where the process leaks. The role's brief is a form both sign, reminders keep to working hours, and the weekly digest says what to do next.",
		},
		Features: manifestFeatures{
			Home: manifestHome{Home: true, Messages: true, ReadOnly: true},
			Bot:  manifestBot{Name: "Samsvar", Online: true},
			Commands: []manifestCommand{{
				Command: command, Description: "Hire in agreement: roles, candidates, feedback, funnel",
				Hint: "[intake | brief | roles | candidate | move | feedback | funnel | help]",
			}},
		},
	}
	for _, id := range needs.Shortcuts {
		s := shortcuts[id]
		s.Callback = id
		m.Features.Shortcuts = append(m.Features.Shortcuts, s)
	}
	m.OAuth.Scopes.Bot = needs.Scopes
	m.Settings.Events.Bot = needs.Events
	m.Settings.Interactivity.Enabled = true
	m.Settings.SocketMode = true
	return m
}
