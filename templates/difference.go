package templates

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// drift says what the newest revision changes in the agreed one, why, and whom
// it concerns.
func (p page) drift(r hiring.Role) ([]slack.Block, error) {
	agreed, _ := r.Agreed()
	newest := r.Brief()
	active, err := p.record.ActiveIn(r.ID)
	if err != nil {
		return nil, err
	}
	blocks := []slack.Block{section(lines(p.m("*What changes* from revision %d", agreed.Revision), p.differences(agreed.Terms, newest.Terms)))}
	if newest.Reason != "" {
		blocks = append(blocks, section(p.m("Why: %s", newest.Reason)))
	}
	return append(blocks, small(p.m("%d candidates are in the process by the agreed brief.", len(active))), divider()), nil
}

// differences lists what one brief says differently from another: skills by
// where they went, everything else field by field, texts word by word.
func (w Writer) differences(was, is hiring.Terms) Mrkdwn {
	var list []Mrkdwn
	for _, c := range hiring.SkillChanges(was, is) {
		list = append(list, w.skillChange(c))
	}
	for _, d := range hiring.Diff(was, is) {
		skills := d.Field == hiring.FieldMustHaves || d.Field == hiring.FieldNiceToHaves
		if line := w.difference(d); line != "" && !(skills && sameSkills(d)) {
			list = append(list, line)
		}
	}
	return lines(list...)
}

// sameSkills says whether the skills of a list were moved, added or removed,
// which SkillChanges tells: then there is nothing else to say.
func sameSkills(d hiring.Difference) bool {
	was, is := skillsOf(d.Was), skillsOf(d.Is)
	return strings.Join(was, "\n") != strings.Join(is, "\n")
}

func skillsOf(v any) []string {
	switch v := v.(type) {
	case []hiring.MustHave:
		return hiring.Terms{MustHaves: v}.Skills()
	case []string:
		return v
	default:
		return nil
	}
}

func (w Writer) skillChange(c hiring.SkillChange) Mrkdwn {
	switch {
	case c.From == hiring.Nowhere && c.To == hiring.Must:
		return w.m("＋ must-have: %s", c.Skill)
	case c.From == hiring.Nowhere:
		return w.m("＋ nice-to-have: %s", c.Skill)
	case c.To == hiring.Nowhere && c.From == hiring.Must:
		return w.m("－ must-have: %s", c.Skill)
	case c.To == hiring.Nowhere:
		return w.m("－ nice-to-have: %s", c.Skill)
	case c.To == hiring.Must:
		return w.m("↑ now a must-have: %s", c.Skill)
	default:
		return w.m("↓ now only a nice-to-have: %s", c.Skill)
	}
}

// difference says what a field was and is. Removed words are struck, added
// ones bold.
func (w Writer) difference(d hiring.Difference) Mrkdwn {
	name := bold(w.field(d.Field)) + ": "
	switch was := d.Was.(type) {
	case string:
		return name + words(was, d.Is.(string))
	case []string:
		return name + words(strings.Join(was, " · "), strings.Join(d.Is.([]string), " · "))
	case []hiring.MustHave:
		return name + w.m("how it is found out: %s", w.mustHaves(hiring.Terms{MustHaves: d.Is.([]hiring.MustHave)}))
	case []hiring.Stage:
		return name + w.rounds(hiring.Terms{Interviews: d.Is.([]hiring.Stage)})
	case hiring.UserID:
		return name + arrow(w.person(was), w.person(d.Is.(hiring.UserID)))
	case hiring.Pay:
		return name + arrow(w.pay(was), w.pay(d.Is.(hiring.Pay)))
	default:
		return name + arrow(raw(w.plainValue(d.Was)), raw(w.plainValue(d.Is)))
	}
}

// plainValue is what a field says in a word or two.
func (w Writer) plainValue(v any) string {
	switch v := v.(type) {
	case hiring.Need:
		return w.need(v)
	case hiring.Level:
		return w.level(v)
	case hiring.Employment:
		return w.employment(v)
	case hiring.Date:
		if v == "" {
			return ""
		}
		return w.day(v.Midnight(time.UTC))
	case []hiring.Source:
		var names []string
		for _, s := range listed(v) {
			names = append(names, w.source(s))
		}
		return strings.Join(names, ", ")
	default:
		return fmt.Sprint(v)
	}
}

func arrow(was, is Mrkdwn) Mrkdwn { return orDash(was) + " → " + orDash(is) }

func orDash(m Mrkdwn) Mrkdwn {
	if m == "" {
		return "–"
	}
	return m
}

// words shows a text with what was removed struck and what was added bold.
func words(was, is string) Mrkdwn {
	var list []Mrkdwn
	for _, c := range hiring.Words(oneLine(cut(was, maxPreview)), oneLine(cut(is, maxPreview))) {
		switch {
		case c.Removed:
			list = append(list, struck(c.Text))
		case c.Added:
			list = append(list, bold(c.Text))
		default:
			list = append(list, raw(c.Text))
		}
	}
	return orDash(join(" ", list...))
}
