package templates

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Text is what a preset says, in both languages.
type Text struct {
	English   string `yaml:"en"`
	Norwegian string `yaml:"nb"`
}

// in returns the text in the reader's language.
func (t Text) in(locale hiring.Locale) string {
	if locale == hiring.Norwegian {
		return t.Norwegian
	}
	return t.English
}

// Preset is a beginning for the intake of a common kind of role.
type Preset struct {
	ID          string         `yaml:"-"` // the file's name without its ending
	Name        Text           `yaml:"name"`
	MustHaves   []PresetSkill  `yaml:"must_haves"`
	NiceToHaves []Text         `yaml:"nice_to_haves"`
	Questions   []Text         `yaml:"questions"` // what separates the two
	Rounds      []PresetRound  `yaml:"rounds"`
	Sources     []PresetSource `yaml:"sources"`
	Hard        []Text         `yaml:"hard_to_fill"` // what makes the role hard to fill
}

// PresetSkill is a must-have to choose, with how it is found out and rated.
type PresetSkill struct {
	Skill    Text   `yaml:"skill"`
	Verified string `yaml:"verified"` // the key of a round, or a hiring.Check
	Meets    Text   `yaml:"meets"`
	Exceeds  Text   `yaml:"exceeds"`
}

// PresetSource is a source that works for such a role, and why.
type PresetSource struct {
	Source hiring.Source `yaml:"source"`
	Why    Text          `yaml:"why"`
}

// PresetRound is an interview of a lean plan.
type PresetRound struct {
	Key     string `yaml:"key"`
	Name    Text   `yaml:"name"`
	Minutes int    `yaml:"minutes"`
	Days    int    `yaml:"days"` // working days
}

// preset returns a preset; false when there is none of that id.
func (w Writer) preset(id string) (Preset, bool) {
	i := slices.IndexFunc(w.House.Presets, func(p Preset) bool { return p.ID == id })
	if i < 0 {
		return Preset{}, false
	}
	return w.House.Presets[i], true
}

// presetInput lets a preset be chosen; nil when there are none.
func (w Writer) presetInput(id string) slack.Block {
	if len(w.House.Presets) == 0 {
		return nil
	}
	var all []*slack.OptionBlockObject
	for _, p := range w.House.Presets {
		all = append(all, option(p.ID, p.Name.in(w.locale)))
	}
	b := optional(selectInput(fieldPreset, w.t("Begin with"), all, id))
	b.Hint = plain(w.t("Skills to choose from, a lean plan, where to look. Everything can be changed."), maxLabel)
	e := b.Element.(*slack.SelectBlockElement)
	e.ActionID = ActionPreset
	b.DispatchAction = true
	return b
}

// WithPreset returns the form as a preset begins it. What somebody has filled
// in stays.
func (w Writer) WithPreset(f IntakeForm) IntakeForm {
	p, ok := w.preset(f.Preset)
	if !ok {
		return f
	}
	t := &f.Draft.Terms
	if t.Title == "" {
		t.Title = p.Name.in(w.locale)
	}
	if !slices.ContainsFunc(t.Interviews, func(s hiring.Stage) bool { return len(s.Panel) > 0 }) {
		t.Interviews = nil
		for i, r := range p.Rounds {
			s := slot(i+1, r.Name.in(w.locale))
			s.Minutes, s.WorkDays = r.Minutes, r.Days
			t.Interviews = append(t.Interviews, s)
		}
	}
	if len(t.Sources) == 0 {
		for _, s := range p.Sources {
			t.Sources = append(t.Sources, s.Source)
		}
	}
	return f
}

// presetMustHave returns a must-have as its preset describes it, or with its
// skill alone.
func (w Writer) presetMustHave(id, skill string, rounds []hiring.Stage) hiring.MustHave {
	m := hiring.MustHave{Skill: skill}
	p, _ := w.preset(id)
	i := slices.IndexFunc(p.MustHaves, func(s PresetSkill) bool { return s.Skill.in(w.locale) == skill })
	if i < 0 {
		return m
	}
	s := p.MustHaves[i]
	m.Meets, m.Exceeds = s.Meets.in(w.locale), s.Exceeds.in(w.locale)
	round := slices.IndexFunc(p.Rounds, func(r PresetRound) bool { return r.Key == s.Verified })
	switch {
	case round >= 0 && round < len(rounds):
		m.VerifiedBy = []hiring.Check{hiring.Check(rounds[round].ID)}
	case round < 0:
		m.VerifiedBy = []hiring.Check{hiring.Check(s.Verified)}
	}
	return m
}

// questions help to tell must-haves from nice-to-haves.
func (w Writer) questions(p Preset) []slack.Block {
	return []slack.Block{section(lines(w.m("*Ask yourself*"), w.listOf(p.Questions)))}
}

// hard says what makes such a role hard to fill.
func (w Writer) hard(p Preset) slack.Block {
	return section(lines(w.m("*What makes this role hard to fill*"), w.listOf(p.Hard)))
}

// where says why the sources of a preset work.
func (w Writer) where(p Preset) slack.Block {
	var list []Mrkdwn
	for _, s := range p.Sources {
		list = append(list, "*"+raw(w.source(s.Source))+"*: "+raw(s.Why.in(w.locale)))
	}
	return small(lines(list...))
}

func (w Writer) listOf(texts []Text) Mrkdwn {
	var list []string
	for _, t := range texts {
		list = append(list, t.in(w.locale))
	}
	return bullets(list)
}

func (w Writer) presetSkills(skills []PresetSkill) []*slack.OptionBlockObject {
	var texts []Text
	for _, s := range skills {
		texts = append(texts, s.Skill)
	}
	return w.presetTexts(texts)
}

func (w Writer) presetTexts(texts []Text) []*slack.OptionBlockObject {
	var all []*slack.OptionBlockObject
	for i, t := range texts {
		all = append(all, option(fmt.Sprint(i), t.in(w.locale)))
	}
	return all
}

// check returns what cannot be in a preset, each with a key of the file.
func (p Preset) check() []presetProblem {
	var list []presetProblem
	wrong := func(at, say string) { list = append(list, presetProblem{at, say}) }
	text := func(at string, t Text, limit int) {
		switch {
		case strings.TrimSpace(t.English) == "" || strings.TrimSpace(t.Norwegian) == "":
			wrong(at, "needs a text in en and in nb")
		case len([]rune(t.English)) > limit || len([]rune(t.Norwegian)) > limit:
			wrong(at, fmt.Sprintf("is longer than %d characters", limit))
		}
	}
	text("name", p.Name, maxOptionText)
	keys := []string{string(hiring.CheckCV), string(hiring.CheckWorkSample), string(hiring.CheckReferences)}
	for i, r := range p.Rounds {
		at := fmt.Sprintf("rounds.%d", i)
		text(at+".name", r.Name, hiring.MaxSkill)
		if r.Key == "" || slices.Contains(keys, r.Key) {
			wrong(at, "needs a key of its own")
		}
		if r.Minutes < 5 || r.Minutes > hiring.MaxMinutes || r.Days < 1 || r.Days > hiring.MaxStageDays {
			wrong(at, "needs minutes and working days that can be")
		}
		keys = append(keys, r.Key)
	}
	seen := map[string]bool{}
	for i, s := range p.MustHaves {
		at := fmt.Sprintf("must_haves.%d", i)
		text(at+".skill", s.Skill, hiring.MaxSkill)
		text(at+".meets", s.Meets, maxPlaceholder)
		text(at+".exceeds", s.Exceeds, maxPlaceholder)
		if !slices.Contains(keys, s.Verified) {
			wrong(at, fmt.Sprintf("is verified by %q, which is none of %s", s.Verified, strings.Join(keys, ", ")))
		}
		if seen[s.Skill.English] || seen[s.Skill.Norwegian] {
			wrong(at, "stands there twice")
		}
		seen[s.Skill.English], seen[s.Skill.Norwegian] = true, true
	}
	for _, part := range []struct {
		at    string
		texts []Text
		limit int
	}{{"nice_to_haves", p.NiceToHaves, hiring.MaxSkill}, {"questions", p.Questions, maxConfirmText}, {"hard_to_fill", p.Hard, maxConfirmText}} {
		for i, t := range part.texts {
			text(fmt.Sprintf("%s.%d", part.at, i), t, part.limit)
		}
	}
	for i, s := range p.Sources {
		at := fmt.Sprintf("sources.%d", i)
		text(at+".why", s.Why, maxPlaceholder)
		if !slices.Contains(hiring.Sources(), s.Source) {
			wrong(at, fmt.Sprintf("is no source: %q", s.Source))
		}
	}
	return append(list, p.tooFew()...)
}

// tooFew complains about what a preset cannot do without.
func (p Preset) tooFew() []presetProblem {
	var list []presetProblem
	for key, n := range map[string]int{
		"must_haves": len(p.MustHaves), "nice_to_haves": len(p.NiceToHaves), "questions": len(p.Questions),
		"rounds": len(p.Rounds), "sources": len(p.Sources), "hard_to_fill": len(p.Hard),
	} {
		if n == 0 {
			list = append(list, presetProblem{key, "is empty"})
		}
	}
	slices.SortFunc(list, func(a, b presetProblem) int { return strings.Compare(a.at, b.at) })
	return list
}
