package templates

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// File is a file as it is sent.
type File struct {
	Name    string
	Title   string
	Comment Mrkdwn // the message it comes with
	Content []byte
}

// FunnelCSV writes figures as a table with one figure a row: how it counts, of
// what, its name, its value, and of how many. The lines before it, each behind
// a #, say what the figures mean. role is nil for those of several roles. There
// is nobody's name in it: sources of few applications stand together, and
// interviewers are left out.
func (w Writer) FunnelCSV(f hiring.Figures, role *hiring.Role, now time.Time) File {
	s := sheet{Writer: w}
	name, title := "all-roles", w.t("All roles")
	comment := w.m("The funnel over all roles, as a file. Its first lines say what each figure means.")
	if role != nil {
		name, title = role.ID.String(), w.plainRole(*role)
		comment = w.m("The funnel of %s, as a file. Its first lines say what each figure means.", w.role(*role))
	}
	s.note("Samsvar: " + title)
	s.note(w.t("Weeks %s to %s, in %s. Written %s.", string(f.Window.From), string(f.Window.To.Add(-1)), w.House.Settings.Zone.String(), now.UTC().Format(time.RFC3339)))
	s.definitions()
	s.row("kind", "group", "name", "figure", "value", "of")
	s.stages(f)
	s.sources(f)
	s.rest(f)
	return File{
		Name:  fmt.Sprintf("funnel-%s-%s.csv", name, hiring.DateOf(now, w.House.Settings.Zone)),
		Title: w.t("Funnel: %s", title), Comment: comment, Content: s.bytes(),
	}
}

// FileComes says that a file comes as a direct message.
func (w Writer) FileComes() Mrkdwn {
	return w.m("I send you the file as a direct message.")
}

// FileForYou says that a file came as a direct message, since others read the
// conversation.
func (w Writer) FileForYou() Mrkdwn {
	return w.m("The file is in our direct messages: not everybody in this conversation may read these numbers.")
}

// FileNotHere says that a file came as a direct message, since the app cannot
// share it in the conversation.
func (w Writer) FileNotHere() Mrkdwn {
	return w.m("The file is in our direct messages: I am not in this conversation and cannot share files here. To have them here, invite me.")
}

// sheet is a CSV file in the making.
type sheet struct {
	Writer
	notes bytes.Buffer
	rows  [][]string
}

// How a figure counts (docs/metrics.md).
const (
	cohort = "cohort"
	period = "period"
	atOnce = "now"
)

func (s *sheet) note(text string) { s.notes.WriteString("# " + oneLine(text) + "\n") }

func (s *sheet) row(cells ...string) { s.rows = append(s.rows, cells) }

// bytes is the file: a mark that it is UTF-8, which spreadsheets want, the
// notes, the rows.
func (s *sheet) bytes() []byte {
	b := bytes.NewBufferString("\ufeff" + s.notes.String())
	out := csv.NewWriter(b)
	_ = out.WriteAll(s.rows) // a buffer takes everything
	return b.Bytes()
}

// cellOf makes what people wrote a cell that no spreadsheet computes.
func cellOf(text string) string {
	if text = oneLine(text); text != "" && strings.ContainsRune("=+-@\t", rune(text[0])) {
		return "'" + text
	}
	return text
}

func (s *sheet) count(kind, group, name, figure string, n int) {
	s.row(kind, group, cellOf(name), figure, strconv.Itoa(n), "")
}

func (s *sheet) share(kind, group, name, figure string, x hiring.Share) {
	s.row(kind, group, cellOf(name), figure, strconv.Itoa(x.K), strconv.Itoa(x.N))
}

// spread writes a median and what nine in ten do not exceed, in units; of few,
// only how many there are.
func (s *sheet) spread(kind, group, name, figure string, x hiring.Spread, unit time.Duration) {
	value := func(d time.Duration) string {
		if x.N < hiring.MinShare || unit <= 0 {
			return ""
		}
		return strconv.FormatFloat(math.Round(10*float64(d)/float64(unit))/10, 'f', -1, 64)
	}
	s.row(kind, group, cellOf(name), figure+"_median", value(x.Median), strconv.Itoa(x.N))
	s.row(kind, group, cellOf(name), figure+"_p90", value(x.P90), strconv.Itoa(x.N))
}

// definitions say what each figure means, in the words of docs/metrics.md.
func (s *sheet) definitions() {
	for _, line := range []string{
		s.t("cohort: applications added in these weeks, as far as they have come. period: what happened in these weeks. now: when this was written. Never divide one period figure by another."),
		s.t("value is how many, of is out of how many. Medians are of five or more only. Sources of fewer than five applications stand together as other."),
		s.t("reached: entered the stage, or skipped past it. left: of these, those no longer in it. went_on: of those who left, those who went further; going back and forth counts once."),
		s.t("withdrew: ended here by the candidate's choice. rejected: ended here by ours. other_end: ended here by neither."),
		s.t("entered: first entries into the stage. there_now: in it now. days_in_stage: entry to exit, all exits, in working days. drop_off_share: of all withdrawals, those here."),
		s.t("added: applications. interviewed: those with at least one interview that was held. interviewed_of_settled: the same among those interviewed or ended. hired: those hired."),
		s.t("first_contact_hours: from the addition to the first contact, working hours. first_contact_in_time: within the promise."),
		s.t("offers_accepted: accepted of all accepted, declined, expired and withdrawn from after accepting; those we took back and those pending stand apart."),
		s.t("days_to_hire: added to accepted. days_to_fill: brief agreed to accepted, per opening; days_to_fill_unpaused leaves paused days out. days_to_shortlist: brief agreed to the first candidate shown. All in days by the calendar."),
		s.t("kept: done by its due time, of all that came due. overdue: past due now."),
		s.t("revisions: of the brief, after it was agreed. drift: those that change must-haves. interviews_per_hire, rounds_held of those planned, panels_agreed: all said yes, or all no. decision_hours: last feedback in to decision, working hours."),
	} {
		s.note(line)
	}
}

func (s *sheet) stages(f hiring.Figures) {
	day := s.House.Settings.WorkTime(hiring.Person{}).Day()
	for _, l := range f.Stages {
		name, g := s.stage(l.Stage), "stage"
		s.count(cohort, g, name, "reached", l.Reached)
		s.count(cohort, g, name, "left", l.Left)
		if l.Kind != hiring.KindHired {
			s.share(cohort, g, name, "went_on", l.PassThrough())
			s.share(cohort, g, name, "withdrew", l.DropOff())
			s.share(cohort, g, name, "rejected", l.Rejection())
			s.share(cohort, g, name, "other_end", l.OtherEnd())
		}
		s.count(period, g, name, "entered", l.Entered)
		s.share(period, g, name, "drop_off_share", l.DropOffShare())
		s.count(period, g, name, "withdrew", l.Dropped)
		s.count(period, g, name, "rejected", l.Refused)
		s.count(period, g, name, "other_end", l.Lapsed)
		s.spread(period, g, name, "days_in_stage", l.TimeIn, day)
		s.count(atOnce, g, name, "there_now", l.Inside)
	}
}

func (s *sheet) sources(f hiring.Figures) {
	list, other := hiring.FoldSources(f.Sources)
	if other.Added > 0 {
		list = append(list, other)
	}
	for _, c := range list {
		name, g := "other", "source"
		if c.Source != "" {
			name = string(c.Source)
		}
		s.count(cohort, g, name, "added", c.Added)
		s.share(cohort, g, name, "interviewed", c.Conversion())
		s.share(cohort, g, name, "interviewed_of_settled", c.Resolved())
		s.count(cohort, g, name, "hired", c.Hired)
	}
}

// rest are the figures of all together.
func (s *sheet) rest(f hiring.Figures) {
	const g, days = "all", 24 * time.Hour
	s.count(cohort, g, "", "added", f.Added)
	s.spread(cohort, g, "", "first_contact_hours", f.Engagement.Took, time.Hour)
	s.share(cohort, g, "", "first_contact_in_time", f.Engagement.InTime)
	s.count(atOnce, g, "", "first_contact_waiting", f.Engagement.Waiting)
	s.share(period, g, "", "offers_accepted", f.Offers.Acceptance())
	s.count(period, g, "", "offers_declined", f.Offers.Declined)
	s.count(period, g, "", "offers_expired", f.Offers.Expired)
	s.count(period, g, "", "offers_renounced", f.Offers.Renounced)
	s.count(period, g, "", "offers_taken_back", f.Offers.TakenBack)
	s.count(atOnce, g, "", "offers_pending", f.Offers.Pending)
	s.spread(period, g, "", "days_to_hire", f.TimeToHire, days)
	s.spread(period, g, "", "days_to_fill", f.TimeToFill, days)
	s.spread(period, g, "", "days_to_fill_unpaused", f.TimeUnpaused, days)
	s.spread(period, g, "", "days_to_shortlist", f.TimeToShortlist, days)
	for _, p := range f.Promises {
		s.share(period, "promise", string(p.Promise), "kept", p.Kept)
		s.count(atOnce, "promise", string(p.Promise), "overdue", p.Overdue)
	}
	a := f.Alignment
	s.count(period, g, "", "revisions", a.Revisions)
	s.count(period, g, "", "drift", a.Drift)
	s.share(period, g, "", "interviews_per_hire", hiring.Share{K: a.Interviews, N: a.Hires})
	s.share(period, g, "", "rounds_held", hiring.Share{K: a.RoundsHeld, N: a.RoundsPlanned})
	s.share(period, g, "", "panels_agreed", a.Agreement)
	s.spread(period, g, "", "decision_hours", a.Decision, time.Hour)
}
