package hiring

import (
	"reflect"
	"slices"
	"strings"
)

// Difference is one field that two revisions of a brief say differently.
type Difference struct {
	Field Field
	Was   any // of the same type as Is: text, a number, a date, a list …
	Is    any
}

// termField is one field of terms: what it is called and where it is.
type termField struct {
	name Field
	at   any // a pointer into the terms
}

// fields returns the fields of terms in the order of the form.
func (t *Terms) fields() []termField {
	return []termField{
		{FieldTitle, &t.Title}, {FieldTeam, &t.Team}, {FieldOpenings, &t.Openings}, {FieldNeed, &t.Need}, {FieldWhyNow, &t.WhyNow},
		{FieldLevel, &t.Level}, {FieldEmployment, &t.Employment}, {FieldDeputy, &t.Deputy},
		{FieldSuccess, &t.Success}, {FieldSuccessHalf, &t.SuccessHalf}, {FieldSuccessYear, &t.SuccessYear}, {FieldTasks, &t.Tasks},
		{FieldMustHaves, &t.MustHaves}, {FieldNiceToHaves, &t.NiceToHaves}, {FieldDisqualifiers, &t.Disqualifiers},
		{FieldDecides, &t.Decides}, {FieldInterviews, &t.Interviews},
		{FieldPay, &t.Pay}, {FieldLife, &t.Reasons.Life}, {FieldAutonomy, &t.Reasons.Autonomy}, {FieldChallenge, &t.Reasons.Challenge},
		{FieldStability, &t.Reasons.Stability}, {FieldDownside, &t.Downside}, {FieldFlexibility, &t.Flexibility}, {FieldLocation, &t.Location},
		{FieldLanguage, &t.Language}, {FieldRelocation, &t.Relocation}, {FieldOnboarding, &t.Onboarding},
		{FieldTargetStart, &t.TargetStart}, {FieldLatestStart, &t.LatestStart}, {FieldShortlistBy, &t.ShortlistBy},
		{FieldNoticeMonths, &t.NoticeMonths}, {FieldSources, &t.Sources}, {FieldOffLimits, &t.OffLimits},
	}
}

// value returns what a field says. Empty lists are all the same.
func (f termField) value() any {
	v := reflect.ValueOf(f.at).Elem()
	if v.Kind() == reflect.Slice && v.Len() == 0 {
		return reflect.Zero(v.Type()).Interface()
	}
	return v.Interface()
}

// saysTheSame says whether two values of a field mean the same. What is chosen
// from a list has no order: forms return it as it was clicked, or as the list
// goes.
func saysTheSame(a, b any) bool { return reflect.DeepEqual(unordered(a), unordered(b)) }

// unordered sorts what of a value is chosen from a list: sources, how
// must-haves are found out, panels.
func unordered(v any) any {
	switch v := v.(type) {
	case []Source:
		return slices.Sorted(slices.Values(v))
	case []MustHave:
		v = slices.Clone(v)
		for i := range v {
			v[i].VerifiedBy = slices.Sorted(slices.Values(v[i].VerifiedBy))
		}
		return v
	case []Stage:
		v = slices.Clone(v)
		for i := range v {
			v[i].Panel = slices.Sorted(slices.Values(v[i].Panel))
		}
		return v
	}
	return v
}

// Diff returns what is says differently from was, in the order of the form.
// The order of what is chosen from a list is no difference.
func Diff(was, is Terms) []Difference {
	var list []Difference
	before, after := was.fields(), is.fields()
	for i, f := range after {
		if a, b := before[i].value(), f.value(); !saysTheSame(a, b) {
			list = append(list, Difference{f.name, a, b})
		}
	}
	return list
}

// Replay returns terms with differences carried out.
func Replay(t Terms, differences []Difference) Terms {
	for _, f := range t.fields() {
		for _, d := range differences {
			if d.Field == f.name {
				reflect.ValueOf(f.at).Elem().Set(reflect.ValueOf(d.Is))
			}
		}
	}
	return t
}

// Merge brings two changes of the same terms together, field by field. Where
// both changed the same field differently, mine holds; those fields are
// returned as theirs said them.
func Merge(base, mine, theirs Terms) (Terms, []Difference) {
	own := Diff(base, mine)
	var lost []Difference
	merged := theirs
	for _, d := range own {
		if i := slices.IndexFunc(Diff(mine, theirs), func(t Difference) bool { return t.Field == d.Field }); i >= 0 {
			if other := Diff(mine, theirs)[i]; !saysTheSame(other.Is, d.Was) {
				lost = append(lost, other)
			}
		}
	}
	return Replay(merged, own), lost
}

// Place says where a brief has a skill.
type Place string

// The places.
const (
	Nowhere Place = ""
	Must    Place = "must-have"
	Nice    Place = "nice-to-have"
)

// SkillChange is one skill that a new revision has elsewhere.
type SkillChange struct {
	Skill    string
	From, To Place
}

// SkillChanges returns which skills were added, removed, or moved between
// must-have and nice-to-have.
func SkillChanges(was, is Terms) []SkillChange {
	var list []SkillChange
	for _, skill := range slices.Concat(is.Skills(), is.NiceToHaves, was.Skills(), was.NiceToHaves) {
		from, to := was.place(skill), is.place(skill)
		change := SkillChange{skill, from, to}
		if from != to && !slices.Contains(list, change) {
			list = append(list, change)
		}
	}
	return list
}

func (t Terms) place(skill string) Place {
	switch {
	case slices.Contains(t.Skills(), skill):
		return Must
	case slices.Contains(t.NiceToHaves, skill):
		return Nice
	default:
		return Nowhere
	}
}

// WordChange is a run of words that stayed, or was added or removed.
type WordChange struct {
	Text           string
	Added, Removed bool
}

// maxWords is how many words of two texts are compared one by one; longer ones
// are shown as replaced.
const maxWords = 400

// Words compares two texts word by word, by their longest common subsequence.
func Words(was, is string) []WordChange {
	a, b := strings.Fields(was), strings.Fields(is)
	if len(a)+len(b) > maxWords {
		return []WordChange{{Text: was, Removed: true}, {Text: is, Added: true}}
	}
	common := longest(a, b)
	var list []WordChange
	for i, j := 0, 0; i < len(a) || j < len(b); {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			list = joined(list, WordChange{Text: a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			list = joined(list, WordChange{Text: a[i], Removed: true})
			i++
		default:
			list = joined(list, WordChange{Text: b[j], Added: true})
			j++
		}
	}
	return list
}

// longest returns how many words the texts from i and j on have in common, in
// order.
func longest(a, b []string) [][]int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	return table
}

// joined adds a word to the last run where it is of the same kind.
func joined(list []WordChange, w WordChange) []WordChange {
	if last := len(list) - 1; last >= 0 && list[last].Added == w.Added && list[last].Removed == w.Removed {
		list[last].Text += " " + w.Text
		return list
	}
	return append(list, w)
}
