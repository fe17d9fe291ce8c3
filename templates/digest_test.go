package templates

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// recounted is the office with a digest before, and steps of role 1 and one of
// role 5 corrected since; what was corrected before that digest is no news.
func (o *office) recounted() *office {
	for _, id := range []hiring.RoleID{0, 1, 5} {
		o.subscribed = append(o.subscribed, hiring.Subscription{Role: id, Channel: jobs, By: ola, SetAt: days(30), Told: "2026-W47", ToldAt: days(0), Before: days(7)})
	}
	fix := func(ago int, role hiring.RoleID, c hiring.CandidateID, s hiring.Step, is time.Time) {
		o.events = append(o.events, hiring.Event{
			Kind: hiring.CandidateCorrected, At: days(ago), By: ola, Role: role, Candidate: c,
			From: s.From, To: s.To, Outcome: s.Outcome, Corrects: s.Kind, Was: s.At, Is: is,
		})
	}
	fix(8, 1, 3, hiring.Step{Kind: hiring.CandidateAdded, At: days(12), To: hiring.StageSourced}, days(13))
	fix(6, 1, 4, hiring.Step{Kind: hiring.CandidateAdded, At: days(12), To: hiring.StageSourced}, days(13))
	fix(4, 1, 6, hiring.Step{Kind: hiring.CandidateClosed, At: days(5), From: "interview-1", Outcome: hiring.Rejected}, time.Time{})
	fix(3, 1, 5, hiring.Step{Kind: hiring.CandidateMoved, At: days(4), From: hiring.StageSourced, To: hiring.StageScreen}, days(6))
	fix(1, 1, 2, hiring.Step{Kind: hiring.CandidateMoved, At: days(2), From: hiring.StageScreen, To: hiring.StageOffer}, time.Time{})
	fix(1, 5, 9, hiring.Step{Kind: hiring.CandidateClosed, At: days(2), From: hiring.StageScreen, Outcome: hiring.Withdrawn}, time.Time{})
	return o
}

// figures returns what a chart shows, a line a point, as its text must say it:
// the label's beginning and the number.
func figures(t *testing.T, b slack.Block) (list [][2]string) {
	t.Helper()
	chart, ok := b.(*slack.DataVisualizationBlock)
	if !ok {
		return nil
	}
	bars, ok := chart.Chart.(*slack.DataVisualizationBarChart)
	if !ok {
		t.Fatalf("a chart of another kind: %T", chart.Chart)
	}
	for _, s := range bars.Series {
		for _, p := range s.Data {
			list = append(list, [2]string{strings.TrimRight(p.Label, "…"), fmt.Sprintf("%.0f", p.Value)})
		}
	}
	return list
}

// stands says whether a line begins with a name and holds a number of its own.
func stands(text, name, number string) bool {
	for line := range strings.Lines(strings.ReplaceAll(text, "\u00a0", "")) { // which groups digits
		line = strings.Trim(line, "*\n")
		if !strings.HasPrefix(line, name) {
			continue
		}
		for _, word := range strings.FieldsFunc(line[len(name):], func(r rune) bool { return r != '.' && r != ',' && (r < '0' || r > '9') }) {
			if strings.NewReplacer(",", "", ".", "").Replace(word) == number {
				return true
			}
		}
	}
	return false
}

// TestTheTextTellsTheSameStory finds every figure of every chart in the text
// alone, and in the blocks without charts, in both languages.
func TestTheTextTellsTheSameStory(t *testing.T) {
	charts := 0
	for _, locale := range []hiring.Locale{hiring.English, hiring.Norwegian} {
		for _, s := range surfaces(t, house.For(locale, oslo), newOffice) {
			m, ok := s.what.(Message)
			if !ok {
				continue
			}
			n := 0
			var blocks strings.Builder
			for _, b := range m.WithoutCharts() {
				if section, ok := b.(*slack.SectionBlock); ok && section.Text != nil {
					blocks.WriteString(section.Text.Text + "\n")
				}
				if drawn(b) {
					t.Errorf("%s.%s: %s is left", s.name, locale, b.BlockType())
				}
			}
			for _, b := range m.Blocks {
				for _, f := range figures(t, b) {
					n++
					for where, text := range map[string]string{"text": m.Text, "blocks": blocks.String()} {
						if !stands(text, f[0], f[1]) {
							t.Errorf("%s.%s: the %s does not say %s %s", s.name, locale, where, f[0], f[1])
						}
					}
				}
			}
			if n > 0 {
				charts++
			}
		}
	}
	if charts < 10 {
		t.Errorf("only %d messages with charts: the test tests nothing", charts)
	}
}

// TestATableAndItsLinesSayTheSame compares the cells of every table with the
// text.
func TestATableAndItsLinesSayTheSame(t *testing.T) {
	tables := 0
	for _, s := range surfaces(t, house.For(hiring.English, oslo), newOffice) {
		m, ok := s.what.(Message)
		if !ok {
			continue
		}
		for _, b := range m.Blocks {
			table, ok := b.(*slack.DataTableBlock)
			if !ok {
				continue
			}
			tables++
			for _, row := range table.Rows[1:] {
				name := row[0].(*slack.DataTableRawTextCell).Text
				for _, cell := range row[1:] {
					if n, ok := cell.(*slack.DataTableRawNumberCell); ok && !stands(m.Text, name, fmt.Sprintf("%.0f", n.Value)) {
						t.Errorf("%s: the text does not say %s %.0f", s.name, name, n.Value)
					}
				}
			}
		}
	}
	if tables < 5 {
		t.Errorf("only %d tables: the test tests nothing", tables)
	}
}

// TestNoNamesInPublicDigests looks for every candidate's name in what channels
// read.
func TestNoNamesInPublicDigests(t *testing.T) {
	o := newOffice().everythingStuck()
	w := house.For(hiring.English, oslo)
	names := map[string]bool{}
	for _, c := range o.candidates {
		names[c.Name] = true
	}
	for _, p := range o.people {
		names[p.Name] = true
	}
	read := func(kind hiring.NoticeKind, id hiring.RoleID, a Audience) string {
		m, err := w.Notice(o, hiring.Notice{Kind: kind, Channel: jobs, Subjects: []hiring.Subject{hiring.DigestSubject(id, "2026-W47")}}, a, false, now)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(m.Text, blocksText(m.Blocks), blocksText(m.Plain))
	}
	w.DigestChannel = jobs
	for what, text := range map[string]string{
		"the digest": read(hiring.Digest, 1, PublicChannel), "its details": read(hiring.DigestDetails, 1, PublicChannel),
		"that of all roles, in a private channel": read(hiring.Digest, 0, PrivateChannel), "its details, too": read(hiring.DigestDetails, 0, PrivateChannel),
	} {
		for name := range names {
			if strings.Contains(text, name) {
				t.Errorf("%s names %s", what, name)
			}
		}
		if !strings.Contains(text, "C-4") && strings.Contains(what, "digest") {
			t.Errorf("%s names nobody by key: the test tests nothing", what)
		}
	}
	if text := read(hiring.Digest, 1, PrivateChannel); !strings.Contains(text, "Nils Foss") {
		t.Error("a private channel reads no name")
	}
}

func blocksText(blocks []slack.Block) string {
	var list []string
	for _, b := range blocks {
		list = append(list, fmt.Sprintf("%+v", b))
		if s, ok := b.(*slack.SectionBlock); ok && s.Text != nil {
			list = append(list, s.Text.Text)
		}
	}
	return strings.Join(list, "\n")
}

// TestEachCorrectionIsToldOnce corrects something before, when and after every
// digest is written, and refreshes each at the end of its week: every correction
// stands in one digest, whichever of its states one reads.
func TestEachCorrectionIsToldOnce(t *testing.T) {
	o, w := newOffice(), house.For(hiring.English, oslo)
	const weeks = 5
	monday := func(n int) time.Time { return days(7 * (weeks - n)) } // of the n-th digest
	for n := range weeks {
		for i, at := range []time.Time{monday(n).Add(-time.Minute), monday(n), monday(n).Add(time.Minute)} {
			o.events = append(o.events, hiring.Event{
				Kind: hiring.CandidateCorrected, At: at, By: ola, Role: 1, Candidate: hiring.CandidateID(1 + 3*n + i),
				To: hiring.StageScreen, Corrects: hiring.CandidateMoved, Was: at, Is: at.Add(-time.Hour),
			})
		}
	}
	digests := map[hiring.CandidateID]map[hiring.Week]bool{} // that tell of the correction of a candidate
	for n := 1; n < weeks; n++ {
		week := hiring.WeekOf(monday(n), oslo).Add(-1)
		o.subscribed = []hiring.Subscription{{Role: 1, Channel: jobs, By: ola, SetAt: days(60), Told: week, ToldAt: monday(n), Before: monday(n - 1)}}
		notice := hiring.Notice{Kind: hiring.Digest, Channel: jobs, Subjects: []hiring.Subject{hiring.DigestSubject(1, week)}}
		for _, at := range []time.Time{monday(n).Add(time.Second), monday(n).Add(150 * time.Hour)} {
			m, err := w.Notice(o, notice, PublicChannel, at.After(monday(n).Add(time.Hour)), at)
			if err != nil {
				t.Fatal(err)
			}
			_, corrected, _ := strings.Cut(m.Text, "Corrected since the last digest*")
			for id := range hiring.CandidateID(3*weeks + 1) {
				if strings.Contains(corrected, fmt.Sprintf("• %v: ", id)) {
					if digests[id] == nil {
						digests[id] = map[hiring.Week]bool{}
					}
					digests[id][week] = true
				}
			}
		}
	}
	for id := hiring.CandidateID(3); id < 3*weeks; id++ { // after the first digest, until the last
		if len(digests[id]) != 1 {
			t.Errorf("the correction of %v is told in %d digests", id, len(digests[id]))
		}
	}
}
