package bot

import (
	"html"
	"strings"
	"unicode"
)

// order is what a person typed after the slash command.
type order struct {
	word string // the first word in lower case; empty for nothing
	rest string
}

// parseOrder reads the text of a slash command. Slack escapes &, < and > in
// it, and phones turn hyphens into dashes and spaces into no-break spaces.
func parseOrder(text string) order {
	text = html.UnescapeString(text)
	word, rest := text, ""
	text = strings.TrimSpace(text)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		word, rest = text[:i], strings.TrimSpace(text[i:])
	} else {
		word = text
	}
	return order{word: strings.ToLower(word), rest: rest}
}

// dashes are what keyboards and pasting make of a hyphen.
var dashes = strings.NewReplacer("‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-", "\u00a0", " ", "\u202f", " ")

// key returns the first word of what was typed, fit for reading an id from. A
// dash alone is nothing: it stands in buttons that name no role or candidate.
func key(typed string) string {
	words := strings.Fields(dashes.Replace(typed))
	if len(words) == 0 || words[0] == "-" {
		return ""
	}
	return words[0]
}

// maxEcho is how many characters of an unknown word are said back.
const maxEcho = 40

// echo shortens a word that is said back to whoever typed it.
func echo(word string) string {
	if r := []rune(word); len(r) > maxEcho {
		return string(r[:maxEcho]) + "…"
	}
	return word
}

// nearest returns the word that differs least from the one typed, or nothing
// when none is near: more than a third of the letters would have to change.
func nearest(typed string, words []string) string {
	r := []rune(typed)
	if len(r) > maxEcho {
		return ""
	}
	best, least := "", max(1, len(r)/3)+1
	for _, w := range words {
		if d := distance(r, []rune(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to get from a to b (optimal string alignment).
func distance(a, b []rune) int {
	before, above := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}
