package hiring_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// anyTerms draws terms that differ in some fields.
func anyTerms(t *rapid.T, label string) hiring.Terms {
	terms := terms()
	text := rapid.SampledFrom([]string{"", "a", "b c", "b d"})
	terms.Title, terms.Location, terms.Downside = text.Draw(t, label+"title"), text.Draw(t, label+"place"), text.Draw(t, label+"downside")
	terms.Reasons.Life, terms.TargetStart = text.Draw(t, label+"life"), hiring.Date(text.Draw(t, label+"start"))
	terms.Openings, terms.Pay.From = rapid.IntRange(1, 3).Draw(t, label+"openings"), rapid.IntRange(0, 2).Draw(t, label+"pay")
	terms.NiceToHaves = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Go", "SQL", "Rust"}), 0, 3, rapid.ID).Draw(t, label+"nice")
	terms.MustHaves = hiring.MustHaves(rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"Go", "SQL", "Rust"}), 0, 3, rapid.ID).Draw(t, label+"must")...)
	terms.Sources = rapid.SliceOfNDistinct(rapid.SampledFrom([]hiring.Source{hiring.Outbound, hiring.Referral}), 1, 2, rapid.ID).Draw(t, label+"sources")
	terms.Interviews = terms.Interviews[:rapid.IntRange(0, 2).Draw(t, label+"interviews")]
	return terms
}

// TestReplayingADiffGivesTheNewer holds for any two terms.
func TestReplayingADiffGivesTheNewer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, is := anyTerms(t, "was "), anyTerms(t, "is ")
		diff := hiring.Diff(was, is)
		if got := hiring.Replay(was, diff); len(hiring.Diff(got, is)) != 0 {
			t.Fatalf("got %+v, want %+v", got, is)
		}
		if same := hiring.Diff(was, was); len(same) != 0 {
			t.Fatalf("terms differ from themselves by %+v", same)
		}
	})
}

// TestTheOrderOfAChoiceIsNoChange: a form that returns what was chosen in
// another order has changed nothing, and takes nothing from who has.
func TestTheOrderOfAChoiceIsNoChange(t *testing.T) {
	base, mine, theirs := terms(), terms(), terms()
	base.Sources, mine.Sources = []hiring.Source{hiring.Referral, hiring.Outbound}, []hiring.Source{hiring.Outbound, hiring.Referral}
	base.MustHaves[0].VerifiedBy, mine.MustHaves[0].VerifiedBy = []hiring.Check{"cv", "interview-1"}, []hiring.Check{"interview-1", "cv"}
	base.Interviews[0].Panel, mine.Interviews[0].Panel = []hiring.UserID{kari, ola}, []hiring.UserID{ola, kari}
	if diff := hiring.Diff(base, mine); len(diff) != 0 {
		t.Errorf("nothing was changed, and told is %+v", diff)
	}
	theirs.Sources, theirs.MustHaves[0].VerifiedBy, theirs.Interviews[0].Panel = append(base.Sources, hiring.Inbound), base.MustHaves[0].VerifiedBy, base.Interviews[0].Panel
	merged, lost := hiring.Merge(base, mine, theirs)
	if len(lost) != 0 || len(hiring.Diff(merged, theirs)) != 0 {
		t.Errorf("lost %+v, and got %+v", lost, merged.Sources)
	}
	mine.Sources = append(mine.Sources, hiring.Inbound) // the same as they did
	if _, lost := hiring.Merge(base, mine, theirs); len(lost) != 0 {
		t.Errorf("lost %+v though both say the same", lost)
	}
}

// TestDiffSeesEveryField changes one field of terms after the other, however
// deep.
func TestDiffSeesEveryField(t *testing.T) {
	var each func(v reflect.Value, path string, whole *hiring.Terms)
	each = func(v reflect.Value, path string, whole *hiring.Terms) {
		before := *whole
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				each(v.Field(i), path+"."+v.Type().Field(i).Name, whole)
			}
			return
		case reflect.String:
			v.SetString("changed")
		case reflect.Int:
			v.SetInt(7)
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		default:
			t.Fatalf("%s is of a kind that Diff does not know", path)
		}
		if len(hiring.Diff(before, *whole)) != 1 {
			t.Errorf("a change of %s is not seen as one", path)
		}
	}
	var whole hiring.Terms
	each(reflect.ValueOf(&whole).Elem(), "Terms", &whole)
}

// TestMergeLosesNothing: what only one side changed is as that side says; what
// both changed is as mine, and named.
func TestMergeLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, mine, theirs := anyTerms(t, "base "), anyTerms(t, "mine "), anyTerms(t, "theirs ")
		merged, lost := hiring.Merge(base, mine, theirs)
		changed := func(by hiring.Terms) map[hiring.Field]bool {
			set := map[hiring.Field]bool{}
			for _, d := range hiring.Diff(base, by) {
				set[d.Field] = true
			}
			return set
		}
		own, other := changed(mine), changed(theirs)
		for _, d := range hiring.Diff(mine, merged) {
			if own[d.Field] {
				t.Fatalf("%s was changed by me and is lost", d.Field)
			}
		}
		for _, d := range hiring.Diff(theirs, merged) {
			if !own[d.Field] {
				t.Fatalf("%s was changed by them alone and is lost", d.Field)
			}
			if other[d.Field] && !named(lost, d.Field) {
				t.Fatalf("%s was changed by both, and nothing says so", d.Field)
			}
		}
	})
}

func named(list []hiring.Difference, f hiring.Field) bool {
	for _, d := range list {
		if d.Field == f {
			return true
		}
	}
	return false
}

func TestSkillChanges(t *testing.T) {
	was := hiring.Terms{MustHaves: hiring.MustHaves("Go", "SQL", "Rust"), NiceToHaves: []string{"Kubernetes"}}
	is := hiring.Terms{MustHaves: hiring.MustHaves("Go", "Kubernetes", "On call"), NiceToHaves: []string{"SQL"}}
	want := []hiring.SkillChange{
		{Skill: "Kubernetes", From: hiring.Nice, To: hiring.Must}, {Skill: "On call", To: hiring.Must},
		{Skill: "SQL", From: hiring.Must, To: hiring.Nice}, {Skill: "Rust", From: hiring.Must},
	}
	if got := hiring.SkillChanges(was, is); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestWords: what is not added reads as before, what is not removed as after.
func TestWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"two", "days", "on", "site", "remote"}), 0, 12)
		was, is := strings.Join(words.Draw(t, "was"), " "), strings.Join(words.Draw(t, "is"), " ")
		var before, after []string
		for _, w := range hiring.Words(was, is) {
			if !w.Added {
				before = append(before, w.Text)
			}
			if !w.Removed {
				after = append(after, w.Text)
			}
		}
		if strings.Join(before, " ") != was || strings.Join(after, " ") != is {
			t.Fatalf("%q to %q reads as %q to %q", was, is, before, after)
		}
	})
	got := hiring.Words("two days on site", "three days on site, home by four")
	want := []hiring.WordChange{{Text: "two", Removed: true}, {Text: "three", Added: true}, {Text: "days on"}, {Text: "site", Removed: true}, {Text: "site, home by four", Added: true}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
