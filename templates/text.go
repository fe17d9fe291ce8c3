package templates

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/message"
	"golang.org/x/text/unicode/bidi"

	"github.com/samsvar/samsvar/hiring"
)

// Mrkdwn is text in Slack's markup in which everything people wrote is
// escaped. Sections take only this type, so raw text does not compile.
type Mrkdwn string

// mention finds what only Slack can spell out: people, channels and dates.
var mention = regexp.MustCompile(`<(?:([@#])|!date\^\d+\^[^|>]*\|)([^>|]*)>`)

// unmarked takes markup and entities out.
var unmarked = strings.NewReplacer("*", "", "`", "", "&amp;", "&", "&lt;", "<", "&gt;", ">")

// Plain returns the text without markup, for what Slack shows as it is, such
// as the complaint under an input.
func (m Mrkdwn) Plain() string {
	text := mention.ReplaceAllString(string(m), "$1$2")
	return unmarked.Replace(text)
}

// t returns a sentence in the reader's language as plain text, for objects of
// type plain_text: nothing in it is escaped.
func (w Writer) t(key string, args ...any) string {
	return w.sentence(key, args, w.plainArg)
}

// m returns a sentence in the reader's language as mrkdwn. Strings are
// escaped, people and channels become mentions, times become dates in the
// reader's own zone.
func (w Writer) m(key string, args ...any) Mrkdwn {
	return Mrkdwn(w.sentence(key, args, w.mrkdwnArg))
}

func (w Writer) sentence(key string, args []any, shape func(any) any) string {
	shaped := make([]any, len(args))
	for i, a := range args {
		shaped[i] = shape(a)
	}
	return w.printer.Sprintf(message.Key(key, key), shaped...)
}

func (w Writer) plainArg(a any) any {
	switch a := a.(type) {
	case string:
		return oneLine(a)
	case Mrkdwn:
		return a.Plain()
	case hiring.Command:
		return w.typed(string(a))
	case time.Time:
		return w.moment(a)
	case hiring.Date:
		return w.day(a.Midnight(time.UTC))
	case int:
		return a
	case fmt.Stringer:
		return a.String()
	default:
		return oneLine(fmt.Sprint(a))
	}
}

func (w Writer) mrkdwnArg(a any) any {
	switch a := a.(type) {
	case Mrkdwn:
		return string(a)
	case hiring.UserID:
		return string(w.person(a))
	case hiring.ChannelID:
		return "<#" + escape(string(a)) + ">"
	case time.Time:
		// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
		return fmt.Sprintf("<!date^%d^{date_short_pretty} {time}|%s>", a.Unix(), w.moment(a))
	case int:
		return a
	default:
		return escape(fmt.Sprint(w.plainArg(a)))
	}
}

// person mentions somebody.
func (w Writer) person(u hiring.UserID) Mrkdwn {
	if u == "" {
		return w.m("somebody")
	}
	return Mrkdwn("<@" + escape(string(u)) + ">")
}

// entities are the characters that Slack wants escaped, and no others.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// twins look like the characters that Slack reads as markup, which has no
// escape for them.
var twins = map[rune]rune{'*': '∗', '_': 'ˍ', '~': '∼', '`': 'ˋ'}

// escape makes what somebody wrote safe inside a sentence: it mentions nobody,
// links nothing, formats nothing and stays on its line.
func escape(s string) string {
	if harmless(s) {
		return s
	}
	runes := []rune(oneLine(s))
	for i, r := range runes {
		twin, marks := twins[r]
		// Between letters Slack reads no markup: snake_case stays.
		if marks && !(wordAt(runes, i-1) && wordAt(runes, i+1)) {
			runes[i] = twin
		}
	}
	return entities.Replace(isolate(string(runes)))
}

// harmless says whether there is nothing in a text to escape, as in most: letters
// of English, digits, and marks that mean nothing to Slack.
func harmless(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c > '~', strings.IndexByte("&<>*_~`", c) >= 0:
			return false
		}
	}
	return s == "" || s[0] != ' ' && s[len(s)-1] != ' '
}

func wordAt(runes []rune, i int) bool {
	return i >= 0 && i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i]))
}

// oneLine takes out what would break a line or turn the text around it: line
// breaks, control characters and marks of direction.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// isolate keeps text that runs from right to left from turning the sentence
// around it (Unicode Annex 9, 2.4.2).
func isolate(s string) string {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		if c := p.Class(); c == bidi.R || c == bidi.AL {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

// cut shortens plain text to so many characters, with … where it was cut.
func cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return strings.TrimRightFunc(string([]rune(s)[:limit-1]), unicode.IsSpace) + "…"
}

// cut shortens markup without cutting an entity, a mention or a date in two.
func (m Mrkdwn) cut(limit int) Mrkdwn {
	if utf8.RuneCountInString(string(m)) <= limit {
		return m
	}
	s := string([]rune(string(m))[:limit-1])
	if i := strings.LastIndexByte(s, '<'); i > strings.LastIndexByte(s, '>') {
		s = s[:i]
	}
	if i := strings.LastIndexByte(s, '&'); i > strings.LastIndexByte(s, ';') {
		s = s[:i]
	}
	return Mrkdwn(strings.TrimRightFunc(s, unicode.IsSpace) + "…")
}

// lines joins what is not empty, a line each.
func lines(parts ...Mrkdwn) Mrkdwn { return join("\n", parts...) }

func join(sep string, parts ...Mrkdwn) Mrkdwn {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		b.WriteString(string(p))
	}
	return Mrkdwn(b.String())
}

// raw escapes text that people wrote.
func raw(s string) Mrkdwn { return Mrkdwn(escape(s)) }

// bold escapes text that people wrote and makes it bold.
func bold(s string) Mrkdwn {
	if e := escape(s); e != "" {
		return Mrkdwn("*" + e + "*")
	}
	return ""
}

// struck escapes text that people wrote and strikes it out.
func struck(s string) Mrkdwn {
	if e := escape(s); e != "" {
		return Mrkdwn("~" + e + "~")
	}
	return ""
}

// keyed puts the key behind a name: Ola Nordmann (C-41).
func keyed(name Mrkdwn, key fmt.Stringer) Mrkdwn {
	return join(" ", name, raw("("+key.String()+")"))
}
