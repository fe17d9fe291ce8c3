package bot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseOrder(t *testing.T) {
	for _, c := range []struct {
		what, text string
		want       order
	}{
		{"nothing asks for the desk", "", order{}},
		{"spaces are nothing", "  \t ", order{}},
		{"one word", "roles", order{word: "roles"}},
		{"phones write the first word with a capital", "Brief R-12", order{word: "brief", rest: "R-12"}},
		{"a title keeps its capitals and inner spaces", "intake Backend  developer ", order{word: "intake", rest: "Backend  developer"}},
		{"Slack escapes three characters", "intake R&amp;D &lt;lead&gt;", order{word: "intake", rest: "R&D <lead>"}},
		{"a no-break space separates, too", "brief\u00a0R-12", order{word: "brief", rest: "R-12"}},
		{"Norwegian letters", "TILBAKEMELDING", order{word: "tilbakemelding"}},
	} {
		if got := parseOrder(c.text); got != c.want {
			t.Errorf("%s: parseOrder(%q) = %+v, want %+v", c.what, c.text, got, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ what, typed, want string }{
		{"a plain key", "R-12", "R-12"},
		{"a phone's dash", "R–12", "R-12"},
		{"a minus sign", "r−12", "r-12"},
		{"what follows the key is left out", "R-12 30d", "R-12"},
		{"nothing", "  ", ""},
		{"a button that names nothing", "-", ""},
	} {
		if got := key(c.typed); got != c.want {
			t.Errorf("%s: key(%q) = %q, want %q", c.what, c.typed, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	_, words := index(table())
	for _, c := range []struct{ what, typed, want string }{
		{"a letter too few", "intke", "intake"},
		{"two letters swapped", "breif", "brief"},
		{"the plural", "candidates", "candidate"},
		{"Norwegian with a slip", "kandidt", "kandidat"},
		{"something else altogether", "pizza", ""},
		{"a monster", strings.Repeat("brief", 600), ""},
	} {
		if got := nearest(c.typed, words); got != c.want {
			t.Errorf("%s: nearest(%q) = %q, want %q", c.what, c.typed, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "brief R–12", "intake R&amp;D", "&#0;", "\u00a0", "flytt C-41", "<!channel>"} {
		f.Add(seed)
	}
	_, words := index(table())
	f.Fuzz(func(t *testing.T, text string) {
		o := parseOrder(text)
		if o.word != strings.ToLower(o.word) || strings.ContainsAny(o.word, " \t\n\u00a0") {
			t.Errorf("parseOrder(%q) left the word %q", text, o.word)
		}
		if strings.ContainsAny(key(o.rest), " –—\u00a0") {
			t.Errorf("key(%q) = %q", o.rest, key(o.rest))
		}
		if w := echo(o.word); utf8.RuneCountInString(w) > maxEcho+1 {
			t.Errorf("echo(%q) is too long", o.word)
		}
		nearest(o.word, words)
	})
}
