package templates

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

func TestPresetsOfTheProgram(t *testing.T) {
	list, err := LoadPresets("")
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range list {
		ids = append(ids, p.ID)
		if len(p.MustHaves) < 5 || len(p.Rounds) > 3 {
			t.Errorf("%s has %d must-haves to choose from and %d rounds", p.ID, len(p.MustHaves), len(p.Rounds))
		}
	}
	want := "backend-developer cloud-devops-engineer data-analyst data-engineer fullstack-developer security-specialist general"
	if got := strings.Join(ids, " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const goodPreset = `name: {en: Chef, nb: Kokk}
must_haves:
  - {skill: {en: Cooks, nb: Lager mat}, verified: kitchen, meets: {en: a, nb: b}, exceeds: {en: c, nb: d}}
nice_to_haves: [{en: Bakes, nb: Baker}]
questions: [{en: Why so, nb: Hvorfor det}]
rounds: [{key: kitchen, name: {en: Kitchen, nb: Kjøkken}, minutes: 60, days: 5}]
sources: [{source: referral, why: {en: Known, nb: Kjent}}]
hard_to_fill: [{en: Hours, nb: Timer}]
`

func TestPresetsOfAFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"chef.yaml", "general.yaml"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(goodPreset), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := LoadPresets(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 8 || list[1].ID != "chef" || list[7].ID != "general" || list[7].Name.Norwegian != "Kokk" {
		t.Errorf("got %d presets: %+v", len(list), list)
	}
	if _, err := LoadPresets(filepath.Join(dir, "nowhere")); err == nil || !strings.Contains(err.Error(), "no such folder") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestPresetsThatNeedAChange(t *testing.T) {
	change := func(old, new string) string { return strings.Replace(goodPreset, old, new, 1) }
	tests := []struct{ it, text, want string }{
		{"no YAML", "\t", "1: "},
		{"an unknown key", goodPreset + "colour: red\n", "9: field colour not found"},
		{"a list that is none", change("sources: [{source: referral, why: {en: Known, nb: Kjent}}]", "sources: referral"), "7: cannot unmarshal"},
		{"a text in one language", change(", nb: Lager mat", ""), "3: must_haves.0.skill needs a text in en and in nb"},
		{"a text that is too long", change("Cooks", strings.Repeat("x", 71)), "3: must_haves.0.skill is longer than 70 characters"},
		{"a check by nothing", change("verified: kitchen", "verified: stars"), `3: must_haves.0 is verified by "stars"`},
		{"a source that is none", change("source: referral", "source: sea"), `7: sources.0 is no source: "sea"`},
		{"a round without time", change("minutes: 60", "minutes: 0"), "6: rounds.0 needs minutes"},
		{"a round named as a check", change("key: kitchen", "key: cv"), "6: rounds.0 needs a key of its own"},
		{"no questions", change("questions: [{en: Why so, nb: Hvorfor det}]\n", ""), "1: questions is empty"},
		{"a skill twice", change("must_haves:\n", "must_haves:\n  - {skill: {en: Cooks, nb: Steker}, verified: cv, meets: {en: a, nb: b}, exceeds: {en: c, nb: d}}\n"), "4: must_haves.1 stands there twice"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, errs := parsePreset([]byte(tt.text))
			for _, err := range errs {
				if strings.HasPrefix(err.Error(), tt.want) {
					return
				}
			}
			t.Errorf("got %q, want %q", errs, tt.want)
		})
	}
	if _, errs := parsePreset([]byte(goodPreset)); errs != nil {
		t.Error(errs)
	}
}

func FuzzPreset(f *testing.F) {
	f.Add(goodPreset)
	f.Add("a: &a [*a]")
	f.Add("must_haves: [{}]\nrounds: {}\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, errs := parsePreset([]byte(text))
		if errs != nil {
			return
		}
		p.ID = "made-up"
		w := House{Presets: []Preset{p}}.For(hiring.English, nil)
		for step := range Steps {
			s := surface{what: w.Intake(w.WithPreset(IntakeForm{Unfinished: hiring.Unfinished{Step: step + 1, Preset: p.ID}}))}
			if problems := s.check(t); len(problems) > 0 {
				t.Errorf("Slack would refuse step %d: %q", step+1, problems)
			}
		}
	})
}
