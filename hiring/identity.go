package hiring

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// identity is what tells people from files of applicant tracking systems
// apart. Only the name is always known.
type identity struct {
	id    string // the system's
	mail  string
	words []string // of the name, sorted, so that “Vik, Nora” is Nora Vik
	day   string   // they were added
}

// dayAfterName is the end of a key that is made of a name and a day.
const dayAfterName = " " + time.DateOnly

// identityOf reads what a file knows a person by. The key is the system's id,
// or for want of one the e-mail address, or the name with the day.
func identityOf(external, mail, name string, added time.Time, zone *time.Location) identity {
	p := identity{id: external, mail: mail, words: nameWords(name), day: added.In(zone).Format(time.DateOnly)}
	if mail == "" && strings.Contains(external, "@") {
		p.mail = external
	}
	if p.id == p.mail {
		p.id = ""
	}
	if at := len(external) - len(dayAfterName); at > 0 {
		if _, err := time.Parse(dayAfterName, external[at:]); err == nil {
			p.id, p.day = "", external[at+1:] // also when the addition was dated differently since
		}
	}
	return p
}

// nameWords returns the words of a name in lower case. macOS takes the letter å
// apart.
func nameWords(name string) []string {
	name = strings.ReplaceAll(strings.ToLower(name), "a\u030a", "å")
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
	slices.Sort(words)
	return words
}

// sameName says whether one name is within the other: a middle name may be
// left out.
func (p identity) sameName(q identity) bool {
	few, many := p.words, q.words
	if len(few) > len(many) {
		few, many = many, few
	}
	for _, w := range few {
		if !slices.Contains(many, w) {
			return false
		}
	}
	return len(few) > 0
}

// likeness is how two rows relate.
type likeness int

const (
	otherPerson likeness = iota // two people, or two applications of one
	samePerson                  // one person
	sameID                      // the same id and another name: nobody can tell
	sameMail                    // the same e-mail address and another name
)

// like compares two people by two signs: a name, an id or an address alone
// makes nobody the same. Two systems may both count from 1, a recruitment
// firm may give its own address for everybody, and names are shared.
func (p identity) like(q identity) likeness {
	known := func(a, b string) bool { return a != "" && b != "" }
	idIs, mailIs := known(p.id, q.id) && p.id == q.id, known(p.mail, q.mail) && p.mail == q.mail
	idIsNot, mailIsNot := known(p.id, q.id) && !idIs, known(p.mail, q.mail) && !mailIs
	switch {
	case idIs && mailIs:
		return samePerson
	case mailIs && idIsNot: // applied once more, unless it was on the same day
		if p.day == q.day && p.sameName(q) {
			return samePerson
		}
		return otherPerson
	case idIs || mailIs:
		switch {
		case p.sameName(q):
			return samePerson
		case mailIs:
			return sameMail
		case mailIsNot:
			return otherPerson
		default:
			return sameID
		}
	case !idIsNot && !mailIsNot && p.day == q.day && slices.Equal(p.words, q.words):
		return samePerson
	default:
		return otherPerson
	}
}

// register finds people by what they are known by.
type register struct {
	entries []entry
	by      map[string][]int // id or address to the entries
	named   map[string]int   // one of the same name, day and kinds of keys
}

// entry is somebody in a register: on record, or in a line of the file.
type entry struct {
	identity
	candidate CandidateID // 0 for a row of the file
	line      int
}

// add puts somebody in.
func (g *register) add(e entry) {
	for _, k := range e.keys() {
		g.by[k] = append(g.by[k], len(g.entries))
	}
	g.named[e.nameKey(e.id != "", e.mail != "")] = len(g.entries)
	g.entries = append(g.entries, e)
}

// find returns who somebody is; if nobody is the same, who it may be.
func (g *register) find(p identity) (e entry, l likeness) {
	for _, k := range p.keys() {
		for _, i := range g.by[k] {
			switch is := p.like(g.entries[i].identity); {
			case is == samePerson:
				return g.entries[i], samePerson
			case is != otherPerson && l == otherPerson:
				e, l = g.entries[i], is
			}
		}
	}
	for _, id := range []bool{false, true} {
		for _, mail := range []bool{false, true} {
			if i, ok := g.named[p.nameKey(id, mail)]; ok && p.like(g.entries[i].identity) == samePerson {
				return g.entries[i], samePerson
			}
		}
	}
	return e, l
}

// keys are what somebody is found by.
func (p identity) keys() (keys []string) {
	if p.id != "" {
		keys = append(keys, "id "+p.id)
	}
	if p.mail != "" {
		keys = append(keys, "mail "+p.mail)
	}
	return keys
}

// nameKey is the same for people of one name and day who are known by the same
// kinds of keys: whether any of them is somebody without such a key is the same
// for all.
func (p identity) nameKey(id, mail bool) string {
	kinds := []byte("--")
	if id {
		kinds[0] = 'i'
	}
	if mail {
		kinds[1] = 'm'
	}
	return string(kinds) + " " + p.day + " " + strings.Join(p.words, " ")
}

// unclear says why nobody can tell whether a row is somebody who is there.
func (e entry) unclear(l likeness) *Error {
	switch {
	case l == sameID && e.candidate != 0:
		return Errorf("%v has the same id and another name. If it is the same person, write the name as it is there; if two systems give out the same ids, import this file without them.", e.candidate)
	case l == sameID:
		return Errorf("Line %v has the same id and another name. Correct the one that is wrong.", e.line)
	case e.candidate != 0:
		return Errorf("%v has the same e-mail address and another name. If it is the same person, write the name as it is there, else leave the address out.", e.candidate)
	default:
		return Errorf("Line %v has the same e-mail address and another name. Correct the one that is wrong.", e.line)
	}
}
