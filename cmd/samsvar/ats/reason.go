package ats

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// leaving are parts of reasons that say that it was the candidate who ended
// it: systems file that under rejections, too. They are folded.
var leaving = []string{"withdrew", "withdrawn", "withdrawal", "declinedoffer", "declinedouroffer", "declinedtheoffer", "offerdeclined", "rejectedbycandidate",
	"acceptedotheroffer", "acceptedanotheroffer", "tookanotheroffer", "trakkseg", "trukketseg", "trakksøknad", "trukketsøknad", "søknadtrukket", "søknadentrukket",
	"takketnei", "takketjatilannet", "takketjatilannen", "takketjatilenannen"}

// Who ends a process in a reason, and what of ours can be taken back, in both
// languages.
const (
	we   = `(we|us|company|employer|organi[sz]ation|org|business|management|hiring manager|hiring team|recruiter|client|customer|vi|oss|arbeidsgiver|arbeidsgiveren|bedrift|bedriften|selskapet|firmaet|virksomheten|kunde|kunden|oppdragsgiver|leder|lederen|rekrutterer)`
	they = `(candidate|applicant|they|he|she|kandidat|kandidaten|søker|søkeren|hun|han|vedkommende)`
	ours = `((job ?)?offer|contract|position|role|job|requisition|req|opening|vacancy|posting|(jobb)?tilbud(et)?|kontrakt(en)?|stilling(en)?|rolle(n)?|jobb(en)?|utlysning(en)?|oppdrag(et)?)`
	gone = `(withdrawn|withdrawal|withdrew|pulled|declined|turned down|trukket|trakk|takket nei|avslått)`
)

// saysWho are what a reason says of who ended it. The first that fits decides:
// an offer can be withdrawn by us, and the same word is the candidate's.
var saysWho = []struct {
	says *regexp.Regexp
	left bool // it was the candidate
}{
	{regexp.MustCompile(` ` + gone + `( back| tilbake)? (by|av) ` + we + ` `), false},
	{regexp.MustCompile(` (by|av) ` + they + ` `), true},
	{regexp.MustCompile(` ` + they + ` (withdrew|declined|turned down|trakk|trukket|takket) `), true},
	{regexp.MustCompile(` ` + we + ` (withdrew|withdrawn|pulled|declined|turned down|trakk|trukket|takket nei) `), false},
	{regexp.MustCompile(` ` + ours + `( to candidate)? (withdrawn|withdrawal|pulled|rescinded|closed|filled|cancell?ed|frozen|on hold|trukket|besatt|fylt|lukket|avlyst|stengt) `), false},
	{regexp.MustCompile(` (withdrew|withdrawn|withdrawal of|pulled|rescinded|trakk|trukket)( back| tilbake)? ` + ours + ` , `), false},
}

// left says whether a reason is the candidate's own.
func left(reason string) bool {
	word := fold(reason)
	if !slices.ContainsFunc(leaving, func(part string) bool { return strings.Contains(word, part) }) {
		return false
	}
	text := spoken(reason)
	for _, who := range saysWho {
		if who.says.MatchString(text) {
			return who.left
		}
	}
	return true
}

// unsaid are words that say nothing of who ended it.
var unsaid = []string{"the", "our", "a", "an", "this", "that", "was", "were", "is", "has", "have", "had", "been", "den", "det", "vår", "vårt", "har", "hadde", "ble", "er", "blitt", "sin", "sitt"}

// spoken returns the words of a reason in lower case between single blanks, a
// comma for what separates, and without the words that say nothing, so that
// “The offer was withdrawn” and OFFER_WITHDRAWN are the same.
func spoken(reason string) string {
	var b strings.Builder
	before := ' '
	for _, r := range decomposed.Replace(reason) {
		switch {
		case unicode.IsLetter(r):
			if unicode.IsUpper(r) && unicode.IsLower(before) {
				b.WriteByte(' ')
			}
			b.WriteRune(unicode.ToLower(r))
		case r == '_' || unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteString(" , ")
		}
		before = r
	}
	words := slices.DeleteFunc(strings.Fields(b.String()), func(w string) bool { return slices.Contains(unsaid, w) })
	return " " + strings.Join(words, " ") + " , "
}
