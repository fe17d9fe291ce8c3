package templates

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/samsvar/samsvar/hiring"
)

func TestEscape(t *testing.T) {
	for _, row := range []struct{ says, in, want string }{
		{"a name is left as it is", "Åse Ødegård-Vik", "Åse Ødegård-Vik"},
		{"a command for all becomes text", "<!channel>", "&lt;!channel&gt;"},
		{"an entity is escaped once more", "R&amp;D", "R&amp;amp;D"},
		{"markup gets twins", "*Ola* `x` ~y~ _z_", "∗Ola∗ ˋxˋ ∼y∼ ˍzˍ"},
		{"an underscore within a word stays", "snake_case", "snake_case"},
		{"a line break becomes a space", "Ola\nNordmann", "Ola Nordmann"},
		{"marks of direction and control characters go", "a\u202eb\x00c", "abc"},
		{"text from right to left is isolated", "محمد", "\u2068محمد\u2069"},
		{"bytes that are no text go", "a\xffb", "ab"},
		{"spaces alone are nothing", " \t ", ""},
	} {
		if got := escape(row.in); got != row.want {
			t.Errorf("%s: escape(%q) = %q, want %q", row.says, row.in, got, row.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, row := range []struct {
		says, in string
		limit    int
		want     string
	}{
		{"what fits stays", "abc", 3, "abc"},
		{"what does not fit says so", "abcd", 3, "ab…"},
		{"letters are counted, not bytes", "åøæé", 4, "åøæé"},
		{"no space is left before the mark", "ab cd", 4, "ab…"},
	} {
		if got := cut(row.in, row.limit); got != row.want {
			t.Errorf("%s: got %q, want %q", row.says, got, row.want)
		}
	}
	for _, row := range []struct {
		says     string
		in, want Mrkdwn
	}{
		{"an entity is not cut in two", "abc &amp; d", "abc…"},
		{"a mention is not cut in two", "abc <@U1> d", "abc…"},
		{"what stands before stays", "a &amp; bcd", "a &amp;…"},
	} {
		if got := row.in.cut(8); got != row.want {
			t.Errorf("%s: got %q, want %q", row.says, got, row.want)
		}
	}
}

func TestPlainTakesMarkupOut(t *testing.T) {
	for in, want := range map[Mrkdwn]string{
		"*Ola* &amp; Kari, `roles`":                              "Ola & Kari, roles",
		"by <@U1> in <#C1>":                                      "by @U1 in #C1",
		"<!date^1795014000^{date_short_pretty} {time}|at noon> ": "at noon ",
	} {
		if got := in.Plain(); got != want {
			t.Errorf("%q.Plain() = %q, want %q", in, got, want)
		}
	}
}

func TestWordsOfTime(t *testing.T) {
	en, nb := house.For(hiring.English, oslo), house.For(hiring.Norwegian, oslo)
	at := time.Date(2026, 3, 1, 23, 5, 0, 0, time.UTC) // 2 March in Oslo
	for _, row := range []struct{ says, got, want string }{
		{"a moment", en.moment(at), "2 Mar 2026, 00:05"},
		{"a moment in Norwegian", nb.moment(at), "02.03.2026 kl. 00.05"},
		{"a day", en.dayOf(at), "2 Mar 2026"},
		{"a day in Norwegian", nb.dayOf(at), "02.03.2026"},
		{"a date without a zone", en.t("Start %s", hiring.Date("2026-12-24")), "Start 24 Dec 2026"},
		{"a week of this year", nb.week("2026-W48", now), "uke 48"},
		{"a week of another year, not grouped", en.week("2025-W01", now), "week 1 of 2025"},
		{"a share", nb.percent(2, 3), "67\u00a0%"},
		{"a number of letters", en.t("%d openings", 1234), "1,234 openings"},
		{"one of something", en.t("%d openings", 1), "1 opening"},
		{"one of something in Norwegian", nb.t("%d openings", 1), "1 plass"},
	} {
		if row.got != row.want {
			t.Errorf("%s: got %q, want %q", row.says, row.got, row.want)
		}
	}
}

func TestErrorsInBothShapes(t *testing.T) {
	nb := house.For(hiring.Norwegian, oslo)
	err := hiring.Errorf("“%s” stands there twice.", "<R&D>")
	if got, want := nb.Error(err, ""), Mrkdwn("«&lt;R&amp;D&gt;» står der to ganger."); got != want {
		t.Errorf("in markup: got %q, want %q", got, want)
	}
	fields := hiring.FieldErrors{hiring.FieldMustHaves: err}
	if got, want := nb.FieldErrors(fields)["must_haves"], "«<R&D>» står der to ganger."; got != want {
		t.Errorf("under a field: got %q, want %q", got, want)
	}
	if got, want := nb.Error(fields, ""), nb.Error(err, ""); got != want {
		t.Errorf("of a form: got %q, want %q", got, want)
	}
}

func FuzzEscape(f *testing.F) {
	for _, text := range monsters {
		f.Add(text, 10)
	}
	f.Fuzz(func(t *testing.T, text string, limit int) {
		e := escape(text)
		for _, bad := range []string{"<", ">", "\n", "\u202e"} {
			if strings.Contains(e, bad) {
				t.Errorf("escape(%q) = %q holds %q", text, e, bad)
			}
		}
		if !utf8.ValidString(e) {
			t.Errorf("escape(%q) = %q is no text", text, e)
		}
		if got := Mrkdwn(e).Plain(); len(got) > 0 && strings.Contains(got, "&amp;") && !strings.Contains(text, "&amp;") {
			t.Errorf("Plain of %q still holds an entity: %q", e, got)
		}
		limit = 2 + max(limit, -limit, 0)%100
		if short := Mrkdwn(e).cut(limit); utf8.RuneCountInString(string(short)) > limit {
			t.Errorf("%q cut at %d has %d characters", e, limit, utf8.RuneCountInString(string(short)))
		}
	})
}
