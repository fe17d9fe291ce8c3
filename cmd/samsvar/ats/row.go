package ats

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// entry is the entry into a stage as the file tells it.
type entry struct {
	stage hiring.StageID
	moment
}

// row reads one candidate. The error is a sentence.
func (r *reader) row(row record) (hiring.Imported, error) {
	c := hiring.Imported{Line: row.line, Name: r.name(row), Outcome: hiring.Active}
	added, err := r.date(row, FieldAdded)
	if err != nil {
		return c, err
	}
	if added.at.IsZero() {
		return c, refusal("The column “%s” is empty: the day the candidate was added is needed.", r.header.cells[r.at[FieldAdded]])
	}
	path, err := r.path(row, added)
	if err != nil {
		return c, err
	}
	e, err := r.ending(row)
	if err != nil {
		return c, err
	}
	if path, err = r.arrive(row, path, &e); err != nil {
		return c, err
	}
	if e.outcome != hiring.Active {
		path = append(path, entry{moment: e.moment})
	}
	settle(path)
	if e.outcome != hiring.Active {
		c.Outcome, c.ClosedAt = e.outcome, path[len(path)-1].at
		if e.outcome != hiring.Hired {
			c.Reason = cut(r.cell(row, FieldReason), hiring.MaxText)
		}
		path = path[:len(path)-1]
	}
	c.AddedAt = path[0].at
	for _, p := range path[1:] {
		c.Moves = append(c.Moves, hiring.ImportedMove{Stage: p.stage, At: p.at})
	}
	c.External, c.Email = r.key(row, c.Name, added.at), r.mail(row)
	c.Source, c.Link = r.source(row), r.link(row)
	r.jobs[r.cell(row, FieldJob)] = true
	return c, nil
}

func (r *reader) name(row record) string {
	name := r.cell(row, FieldName)
	if name == "" {
		name = r.cell(row, FieldFirst) + " " + r.cell(row, FieldLast)
	}
	return strings.Join(strings.Fields(name), " ")
}

// key is what the file knows the candidate by: the system's id, else the
// e-mail address, else the name with the day they were added.
func (r *reader) key(row record, name string, added time.Time) string {
	if id := r.cell(row, FieldID); id != "" {
		return id
	}
	if mail := r.mail(row); mail != "" {
		return mail
	}
	return strings.ToLower(decomposed.Replace(name)) + " " + added.In(r.Zone).Format(time.DateOnly)
}

// mail returns the candidate's e-mail address. What is none, such as a dash,
// would make all who have it one person.
func (r *reader) mail(row record) string {
	mail := strings.ToLower(r.cell(row, FieldEmail))
	if !strings.Contains(mail, "@") {
		return ""
	}
	return mail
}

func (r *reader) source(row record) hiring.Source {
	name := r.cell(row, FieldSource)
	source, ok := sourceOf(name)
	if !ok && name != "" {
		r.unknown[short(name)]++
	}
	return source
}

// link returns the candidate's web address.
func (r *reader) link(row record) string {
	link := r.cell(row, FieldLink)
	if link == "" {
		return ""
	}
	if !strings.Contains(link, "://") {
		link = "https://" + link
	}
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || !strings.Contains(u.Host, ".") || strings.ContainsAny(link, " \n") || len(link) > hiring.MaxText {
		r.links++
		return ""
	}
	return link
}

// path returns the addition and the dated stages in the order of their days,
// those of one day in the plan's order unless each has a time.
func (r *reader) path(row record, added moment) ([]entry, error) {
	path := []entry{{hiring.StageSourced, added}}
	exact := true
	for _, id := range r.stages {
		m, err := r.date(row, Field(id))
		switch {
		case err != nil:
			return nil, err
		case m.at.IsZero():
			continue
		}
		path, exact = append(path, entry{id, m}), exact && m.exact
	}
	slices.SortStableFunc(path[1:], func(a, b entry) int {
		if !exact && sameDay(a.at.In(r.Zone), b.at.In(r.Zone)) {
			return 0
		}
		return a.at.Compare(b.at)
	})
	return path, nil
}

// arrive adds the current stage where the dated ones don't lead to it, and
// gives an ending without a date the last one of the row.
func (r *reader) arrive(row record, path []entry, e *ending) ([]entry, error) {
	activity, err := r.date(row, FieldActivity)
	if err != nil {
		return nil, err
	}
	last := path[len(path)-1]
	if activity.at.After(last.at) {
		last.moment = activity
	}
	if e.outcome != hiring.Active && e.at.IsZero() {
		e.moment = last.moment
		r.undated++
	}
	if e.outcome != hiring.Active && e.at.Before(last.at) && !e.at.Before(path[len(path)-1].at) {
		last.moment = e.moment // activity after the end is no move
	}
	if e.stage == "" || !inner(e.stage) || e.stage == path[len(path)-1].stage {
		return path, nil
	}
	r.unplaced++
	return append(path, entry{e.stage, last.moment}), nil
}

// ending is how a process stands: the stage the file names, and how and when
// it ended.
type ending struct {
	stage   hiring.StageID // empty if the file names none
	outcome hiring.Outcome
	moment  // zero if there is no date
}

// ending reads the stage, the status, the dates of endings and the reason.
func (r *reader) ending(row record) (ending, error) {
	e := ending{outcome: hiring.Active}
	said, err := r.said(row, &e)
	if err != nil {
		return e, err
	}
	dates := map[hiring.Outcome]moment{}
	for outcome, f := range map[hiring.Outcome]Field{hiring.Hired: FieldHired, hiring.Rejected: FieldRejected, hiring.Withdrawn: FieldWithdrawn} {
		if dates[outcome], err = r.date(row, f); err != nil {
			return e, err
		}
	}
	closed, err := r.date(row, FieldClosed)
	if err != nil {
		return e, err
	}
	if e.outcome, err = agree(said, dates); err != nil {
		return e, err
	}
	reason := r.cell(row, FieldReason)
	if e.outcome == hiring.Rejected && left(reason) {
		e.outcome = hiring.Withdrawn
		r.own++
	}
	if e.outcome == hiring.Active && said == "" && (reason != "" || !closed.at.IsZero()) {
		if e.outcome, err = fromReason(reason); err != nil {
			return e, err
		}
	}
	e.moment = firstOf(dates[e.outcome], dates[hiring.Rejected], dates[hiring.Withdrawn], closed)
	return e, nil
}

// said returns the outcome that the status or the stage names; empty if
// neither does.
func (r *reader) said(row record, e *ending) (hiring.Outcome, error) {
	var said hiring.Outcome
	if stage := r.cell(row, FieldStage); stage != "" {
		var ok bool
		if e.stage, ok = stageOf(r.Plan, stage); !ok {
			if said, ok = outcomeOf(stage); !ok {
				return "", refusal("The role has no stage “%s”. Its stages are %s.", short(stage), r.stageNames())
			}
		}
	}
	if status := r.cell(row, FieldStatus); status != "" {
		outcome, ok := outcomeOf(status)
		if ok && outcome != hiring.Active {
			said = outcome
		} else if ok && said == "" {
			said = hiring.Active
		} else if id, isStage := stageOf(r.Plan, status); !ok && isStage && e.stage == "" {
			e.stage = id // some systems call the stage status
		} else if !ok {
			return "", refusal("The status “%s” is not known: write active, hired, rejected or withdrawn.", short(status))
		}
	}
	switch {
	case e.stage != hiring.StageHired:
		return said, nil
	case said == hiring.Rejected || said == hiring.Withdrawn:
		return "", refusal("The stage says hired, the status %s.", said)
	}
	return hiring.Hired, nil
}

// agree returns the outcome that the words and the dates of endings have in
// common.
func agree(said hiring.Outcome, dates map[hiring.Outcome]moment) (hiring.Outcome, error) {
	hired := !dates[hiring.Hired].at.IsZero()
	ended := !dates[hiring.Rejected].at.IsZero() || !dates[hiring.Withdrawn].at.IsZero()
	switch {
	case hired && ended:
		return "", refusal("There is a date of hiring and one of rejection or withdrawal; only one can hold.")
	case said == hiring.Active && (hired || ended), said == hiring.Hired && ended, (said == hiring.Rejected || said == hiring.Withdrawn) && hired:
		return "", refusal("The status says %s, but there is a date for another ending.", said)
	case said != "":
		return said, nil
	case hired:
		return hiring.Hired, nil
	case !dates[hiring.Withdrawn].at.IsZero():
		return hiring.Withdrawn, nil
	case ended:
		return hiring.Rejected, nil
	}
	return hiring.Active, nil
}

// fromReason returns how a process ended that has only a reason or a date.
func fromReason(reason string) (hiring.Outcome, error) {
	if reason == "" {
		return "", refusal("There is a date on which the process ended, but not how: hired, rejected or withdrawn.")
	}
	if outcome, ok := outcomeOf(reason); ok && outcome != hiring.Active {
		return outcome, nil
	}
	if left(reason) {
		return hiring.Withdrawn, nil
	}
	return hiring.Rejected, nil
}

func (r *reader) stageNames() string {
	names := make([]string, len(r.Plan))
	for i, s := range r.Plan {
		names[i] = StageName(s)
	}
	return strings.Join(names, ", ")
}

// settle moves moments without a time of day within their day, so that they
// stand in the path's order.
func settle(path []entry) {
	for i := len(path) - 2; i >= 0; i-- {
		if next := path[i+1].at; !path[i].exact && path[i].at.After(next) && sameDay(path[i].at, next.In(path[i].at.Location())) {
			path[i].at = next
		}
	}
	for i := 1; i < len(path); i++ {
		if before := path[i-1].at; !path[i].exact && path[i].at.Before(before) && sameDay(path[i].at, before.In(path[i].at.Location())) {
			path[i].at = before
		}
	}
}

func firstOf(moments ...moment) moment {
	for _, m := range moments {
		if !m.at.IsZero() {
			return m
		}
	}
	return moment{}
}

func sameDay(a, b time.Time) bool {
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

// cut shortens a text to so many characters.
func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
