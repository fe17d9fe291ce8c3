package hiring

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Dimension is what the numbers of a funnel are told apart by.
type Dimension string

// The dimensions.
const (
	ByStage       Dimension = "stage"
	BySources     Dimension = "source"
	ByInterviewer Dimension = "interviewer"
)

// Question is what somebody asks of the funnel.
type Question struct {
	Role    RoleID
	All     bool   // over all roles
	Team    string // over the roles of a hiring manager, as typed: an id or a name
	Window  Window // zero for the weeks that are usual
	Agreed  bool   // since the brief was first agreed on
	By      Dimension
	Period  bool // what happened in the window, instead of those added in it
	Compare bool // beside all roles together
}

// DefaultWeeks is how many weeks a funnel looks back unless told otherwise.
const DefaultWeeks = 12

// maxWeeks is how many weeks a funnel can look at: ten years.
const maxWeeks = 522

// String writes the question so that [ParseQuestion] reads it again.
func (q Question) String() string {
	var words []string
	add := func(yes bool, word string) {
		if yes {
			words = append(words, word)
		}
	}
	add(q.Role != 0, q.Role.String())
	add(q.All, "all")
	add(q.Team != "", "team "+q.Team)
	add(q.Window != Window{}, string(q.Window.From)+".."+string(q.Window.To.Add(-1)))
	add(q.Agreed, "agreed")
	add(q.By == BySources || q.By == ByInterviewer, string(q.By))
	add(q.Period, "period")
	add(q.Compare, "compare")
	return strings.Join(words, " ")
}

// questionWords are the words of a question, in English and Norwegian.
var questionWords = map[string]func(*Question){
	"all": allRoles, "alle": allRoles,
	"agreed": sinceAgreed, "avtalt": sinceAgreed, "enighet": sinceAgreed,
	"stage": by(ByStage), "stages": by(ByStage), "steg": by(ByStage),
	"source": by(BySources), "sources": by(BySources), "kilde": by(BySources), "kilder": by(BySources),
	"interviewer": by(ByInterviewer), "interviewers": by(ByInterviewer), "intervjuer": by(ByInterviewer), "intervjuere": by(ByInterviewer),
	"cohort": period(false), "kohort": period(false), "kull": period(false),
	"period": period(true), "periode": period(true),
	"compare": compared, "sammenlign": compared, "sammenlikn": compared,
}

// fillers may stand between the words and mean nothing.
var fillers = []string{"by", "per", "etter", "since", "siden", "of", "for", "av", "the", "roles", "roller", "stillinger", "load", "with", "med"}

func allRoles(q *Question)                 { q.All = true }
func sinceAgreed(q *Question)              { q.Agreed = true }
func compared(q *Question)                 { q.Compare = true }
func by(d Dimension) func(*Question)       { return func(q *Question) { q.By = d } }
func period(happened bool) func(*Question) { return func(q *Question) { q.Period = happened } }

// ParseQuestion reads a question as people type it: R-12 12w by source. Errors
// are [Error]s that name the word.
func ParseQuestion(typed string, now time.Time, zone *time.Location) (Question, error) {
	q := Question{By: ByStage}
	words := strings.Fields(typed)
	for i := 0; i < len(words); i++ {
		word := strings.ToLower(words[i])
		if word == "team" || word == "teamet" {
			if i++; i == len(words) {
				return q, Errorf("Whose team? Name its hiring manager, such as `team kari`.")
			}
			q.Team = strings.TrimPrefix(words[i], "@")
			continue
		}
		if err := q.read(word, now, zone); err != nil {
			return q, err
		}
	}
	return q, q.check()
}

func (q *Question) read(word string, now time.Time, zone *time.Location) error {
	if set, known := questionWords[word]; known {
		set(q)
		return nil
	}
	if slices.Contains(fillers, word) || word == "-" {
		return nil
	}
	window, ok, err := parseWindow(word, now, zone)
	switch {
	case err != nil:
		return err
	case ok && q.Window != Window{}:
		return Errorf("“%s” is a second span of time; one is enough.", word)
	case ok:
		q.Window = window
		return nil
	}
	id, err := ParseRoleID(word)
	switch {
	case err != nil:
		return Errorf("I don't understand “%s”. A funnel takes a role, a span and a view: `%v R-12 12w by source`, `%v all 2026-Q3`.", word, Command("funnel"), Command("funnel"))
	case q.Role != 0:
		return Errorf("“%s” is a second role; ask for one at a time, or for `all`.", word)
	}
	q.Role = id
	return nil
}

func (q *Question) check() error {
	scopes := 0
	for _, named := range []bool{q.Role != 0, q.All, q.Team != ""} {
		if named {
			scopes++
		}
	}
	switch {
	case scopes > 1:
		return Errorf("Ask for one role, one team or all roles, not for several of them at once.")
	case q.Agreed && q.Window != Window{}:
		return Errorf("Ask for a span of time or for everything since the agreement, not for both.")
	case q.Agreed && q.Role == 0 && scopes > 0:
		return Errorf("Only a single role has a moment of agreement. Name one, such as R-12.")
	}
	return nil
}

// parseWindow reads a span of time: 30d, 12w, 2026, 2026-Q3, 2026-10,
// 2026-W48, or two of the last four with .. between them. Months and quarters
// are the weeks whose Monday lies in them. ok is false for what is none.
func parseWindow(word string, now time.Time, zone *time.Location) (w Window, ok bool, err error) {
	this := WeekOf(now, zone)
	if from, ok := parseBack(word, now.In(zone)); ok {
		return Window{From: WeekOf(from, zone), To: this.Add(1)}, true, nil
	}
	from, to, ranged := strings.Cut(word, "..")
	first, last, ok := parsePart(from, zone)
	if !ok {
		return Window{}, false, nil
	}
	switch {
	case ranged && to == "":
		last = this.Add(1).Start(zone)
	case ranged:
		if _, last, ok = parsePart(to, zone); !ok {
			return Window{}, false, Errorf("“%s” has an end that I can't read. Such as 2026-10..2026-11.", word)
		}
	}
	w = Window{From: mondayFrom(first, zone), To: mondayFrom(last, zone)}
	switch {
	case w.From > this:
		return Window{}, false, Errorf("“%s” lies ahead; there is nothing to count yet.", word)
	case w.From >= w.To:
		return Window{}, false, Errorf("“%s” ends before it begins.", word)
	case w.From.Add(maxWeeks) < w.To:
		return Window{}, false, Errorf("“%s” is longer than ten years.", word)
	}
	return w, true, nil
}

// parseBack reads 30d, 12w, 12u (uker) or 3m as the moment so far back: 12w
// are twelve weeks with the one that runs.
func parseBack(word string, now time.Time) (from time.Time, ok bool) {
	if len(word) < 2 || word[0] < '0' || word[0] > '9' {
		return from, false
	}
	n, err := strconv.Atoi(word[:len(word)-1])
	if err != nil || n < 1 || n > 7*maxWeeks {
		return from, false
	}
	switch word[len(word)-1] {
	case 'd':
		from = now.AddDate(0, 0, -n)
	case 'w', 'u':
		from = now.AddDate(0, 0, 7*(1-n))
	case 'm':
		from = now.AddDate(0, -n, 0)
	default:
		return from, false
	}
	return from, !from.Before(now.AddDate(0, 0, -7*maxWeeks))
}

// parsePart reads 2026, 2026-q3 (in Norwegian k3), 2026-10 or 2026-w48 (u48)
// as the days it begins and ends on; the end is not part of it.
func parsePart(s string, zone *time.Location) (from, to time.Time, ok bool) {
	y, rest, more := strings.Cut(s, "-")
	year, err := strconv.Atoi(y)
	if err != nil || len(y) != 4 || year < 2000 {
		return from, to, false
	}
	date := func(month int) time.Time { return onClock(year, time.Month(month), 1, 0, zone) }
	number := func(digits string, most int) (int, bool) {
		n, err := strconv.Atoi(digits)
		return n, err == nil && digits[0] != '+' && n >= 1 && n <= most
	}
	switch {
	case !more:
		return date(1), date(13), true
	case rest == "":
		return from, to, false
	case rest[0] == 'q' || rest[0] == 'k':
		n, ok := number(rest[1:], 4)
		return date(3*n - 2), date(3*n + 1), ok
	case rest[0] == 'w' || rest[0] == 'u':
		n, ok := number(rest[1:], 53)
		week := Week(y + "-W" + pad(n))
		return week.Start(zone), week.Add(1).Start(zone), ok && week.Start(time.UTC).Equal(week.Add(0).Start(time.UTC)) && week.Add(0) == week
	default:
		n, ok := number(rest, 12)
		return date(n), date(n + 1), ok
	}
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// mondayFrom returns the first week whose Monday does not lie before t's day.
func mondayFrom(t time.Time, zone *time.Location) Week {
	w := WeekOf(t, zone)
	if w.Start(zone).Before(t) {
		return w.Add(1)
	}
	return w
}
