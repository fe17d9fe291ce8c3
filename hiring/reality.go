package hiring

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Remark is something about a brief that its owners should know before they
// sign. It blocks nothing.
type Remark struct {
	Section Section
	Say     *Error // one sentence, from the brief's own numbers
}

// Bounds within which a brief gets no remark.
const (
	fewMustHaves  = 5
	planDays      = 15 // working days from first talk to offer: three weeks
	busyWeek      = 8  // interviews of one person
	enoughReasons = 3
)

// Remarks returns what speaks against a draft in reality, in the order of the
// form.
func Remarks(r Record, s Settings, t Terms, now time.Time) ([]Remark, error) {
	var list remarks
	list.aboutPerson(t)
	list.aboutRounds(t, s.MaxRounds)
	if err := list.aboutPanel(r, s, t, now); err != nil {
		return nil, err
	}
	list.aboutOffer(t)
	list.aboutTime(s, t, now)
	list.aboutWords(t)
	return list, nil
}

type remarks []Remark

func (l *remarks) add(section Section, say *Error) { *l = append(*l, Remark{section, say}) }

func (l *remarks) aboutPerson(t Terms) {
	if n := len(t.MustHaves); n > fewMustHaves {
		l.add(ThePerson, Errorf("%v must-haves: each one leaves fewer people. Which would you give up for somebody excellent?", n))
	}
	for _, m := range t.MustHaves {
		if m.Learnable {
			l.add(ThePerson, Errorf("“%s” could be learned in three months. Is it a nice-to-have?", m.Skill))
		}
		if slices.ContainsFunc(t.NiceToHaves, func(n string) bool { return strings.EqualFold(n, m.Skill) }) {
			l.add(ThePerson, Errorf("“%s” is both a must-have and a nice-to-have. Which is it?", m.Skill))
		}
	}
}

func (l *remarks) aboutRounds(t Terms, most int) {
	if n := len(t.Interviews); n > most {
		l.add(TheDecision, Errorf("%v interviews: good candidates tend to leave before the last one.", n))
	}
	if days := t.days(); days > planDays {
		l.add(TheDecision, Errorf("%v working days from first talk to offer: more than three weeks, and good candidates are gone by then.", days))
	}
	for _, m := range t.MustHaves {
		var rounds []string
		for _, s := range t.Interviews {
			if slices.Contains(m.VerifiedBy, Check(s.ID)) {
				rounds = append(rounds, s.Name)
			}
		}
		switch {
		case len(m.VerifiedBy) == 0:
			l.add(TheDecision, Errorf("Nobody finds out about “%s”. Choose how, or drop it.", m.Skill))
		case len(rounds) == 0:
			l.add(TheDecision, Errorf("“%s” is in no interview, so nobody can rate it.", m.Skill))
		case len(rounds) > 1:
			l.add(TheDecision, Errorf("“%s” is tested in %v and again in %v. Once is enough.", m.Skill, rounds[0], rounds[1]))
		}
	}
}

// days returns the working days from the first talk to an offer.
func (t Terms) days() int {
	days := 0
	for _, s := range t.Plan() {
		if s.Kind == KindScreen || s.Kind == KindInterview {
			days += s.WorkDays
		}
	}
	return days
}

// aboutPanel remarks on people who carry too much.
func (l *remarks) aboutPanel(r Record, s Settings, t Terms, now time.Time) error {
	rounds := map[UserID]int{}
	for _, stage := range t.Interviews {
		for _, u := range stage.Panel {
			rounds[u]++
		}
	}
	for _, u := range sortedKeys(rounds) {
		if n := len(t.Interviews); n > 1 && rounds[u] == n {
			l.add(TheDecision, Errorf("%v is in every one of the %v interviews. Who steps in when they can't?", u, n))
		}
		held, err := interviewsThisWeek(r, s, u, now)
		if err != nil {
			return err
		}
		if held > busyWeek {
			l.add(TheDecision, Errorf("%v has %v interviews this week already.", u, held))
		}
	}
	return nil
}

// interviewsThisWeek counts the interviews of a person's week that they have
// not answered yet.
func interviewsThisWeek(r Record, s Settings, u UserID, now time.Time) (int, error) {
	owed, err := r.OwedBy(u)
	n := 0
	for _, o := range owed {
		if o.Subject.Kind == AboutFeedback && WeekOf(o.Since, s.Zone) == WeekOf(now, s.Zone) {
			n++
		}
	}
	return n, err
}

func (l *remarks) aboutOffer(t Terms) {
	if t.Pay.From+t.Pay.To == 0 {
		l.add(TheOffer, Errorf("No pay range: most people ask for it first, and many don't answer without."))
	}
	if t.Flexibility == "" {
		l.add(TheOffer, Errorf("Nothing about flexibility: who is settled asks about days on site and hours first."))
	}
	if n := t.Reasons.Count(); n > 0 && n < enoughReasons {
		l.add(TheOffer, Errorf("%v of three reasons to move. Somebody content needs more than one.", n))
	}
	if t.Relocation != "" && t.Onboarding == "" {
		l.add(TheOffer, Errorf("People who move here need help to arrive: name onboarding or language support."))
	}
}

func (l *remarks) aboutTime(s Settings, t Terms, now time.Time) {
	if t.Relocation != "" && t.TargetStart != "" && t.LatestStart == "" {
		l.add(ThePlan, Errorf("Moving takes longer than a notice period. Name a latest start, too."))
	}
	if t.TargetStart == "" {
		return
	}
	notice := max(t.NoticeMonths, 0)
	offer := s.WorkTime(Person{}).AddDays(now, t.days()+DefaultStageDays)
	if first := DateOf(offer.AddDate(0, notice, 0), s.Zone); t.TargetStart < first {
		l.add(ThePlan, Errorf("The target start is nearer than the plan allows: %v working days to an offer and %v months of notice lead to %v.", t.days()+DefaultStageDays, notice, first))
	}
}

// neverAsked are beginnings of words that point at what must not decide
// (Norway: Equality and Anti-Discrimination Act § 30, Working Environment Act
// § 13-4). A space ends a whole word.
var neverAsked = []string{
	"age ", "aged ", "young", "youthful", "gender", "female", "male ", "pregnan", "maternity", "children", "married", "religio", "christian", "muslim",
	"ethnic", "native speaker", "nationality", "disab", "handicap", "sexual", "politic", "union member",
	"alder", "unge ", "ung ", "kjønn", "kvinne", "mann ", "gravid", "småbarn", "barn ", "gift ", "livssyn", "kristen", "etnis", "morsmål",
	"statsborger", "funksjons", "seksuel", "politisk", "fagforening",
}

// aboutWords remarks on texts that seem to ask for what must not be asked.
func (l *remarks) aboutWords(t Terms) {
	texts := slices.Concat([]string{t.Title, t.WhyNow}, t.Skills(), t.NiceToHaves, t.Disqualifiers, t.Success, t.Tasks)
	if word := forbidden(texts); word != "" {
		l.add(ThePerson, Errorf("“%s”: age, sex, family, belief, origin, health, politics and union membership must not decide. Say what the work needs instead.", word))
	}
}

// forbidden returns the first word that points at what must not decide.
func forbidden(texts []string) string {
	for _, text := range texts {
		words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
		line := " " + strings.Join(words, " ") + " "
		for _, start := range neverAsked {
			if i := strings.Index(line, " "+start); i >= 0 {
				rest := line[i+1:]
				return rest[:len(start)-1] + strings.SplitN(rest[len(start)-1:], " ", 2)[0]
			}
		}
	}
	return ""
}
