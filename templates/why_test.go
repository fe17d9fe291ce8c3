package templates

import (
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// why is who stands behind a number, for the reader of an answer.
func why(name string, o *office, a Answer, n hiring.Number, w Writer, add adder) {
	whyPage(name, o, a, n, hiring.Page{Most: MaxBehind}, w, add)
}

func whyPage(name string, o *office, a Answer, n hiring.Number, page hiring.Page, w Writer, add adder) {
	b, err := hiring.Behind(o, w.House.Settings, hiring.Person{ID: a.Reader}, a.Figures.Scope, a.Figures.Window, n, page)
	if err != nil {
		add(name, nil, err)
		return
	}
	v, err := w.Why(o, a, b, now)
	add(name, v, err)
}

// whysOfRole stand behind the numbers of a role.
func whysOfRole(o *office, a Answer, w Writer, add adder) {
	why("why", o, a, hiring.Number{Measure: hiring.NumberPassed, Stage: "interview-1"}, w, add)
	why("why-interviews", o, a, hiring.Number{Measure: hiring.Inside, Stage: hiring.StageInterviews}, w, add)
	why("why-source", o, a, hiring.Number{Measure: hiring.NumberAdded, Source: hiring.Referral}, w, add)
	why("why-none", o, a, hiring.Number{Measure: hiring.Lapsed, Stage: hiring.StageOffer}, w, add)
	reached := hiring.Number{Measure: hiring.NumberReached, Stage: hiring.StageSourced}
	whyPage("why-first", o, a, reached, hiring.Page{Most: 3}, w, add)
	whyPage("why-older", o, a, reached, hiring.Page{Most: 3, Before: 8}, w, add)
}

// whysOfAll stand behind the numbers of all roles: as candidates where they are
// few, as roles where they are many, and not at all where somebody may not know
// them.
func whysOfAll(fresh func() *office, busy *office, a Answer, w Writer, add adder) {
	reached := hiring.Number{Measure: hiring.NumberReached, Stage: hiring.StageInterviews}
	a.Reader = ann
	why("why-all", fresh().one(), a, reached, w, add)
	why("why-all-busy", busy, a, hiring.Number{Measure: hiring.NumberPassed, Stage: hiring.StageInterviews}, w, add)
	why("why-all-roles", fresh().wide(), a, reached, w, add)
	a.Reader = "U0NEW"
	why("why-all-hidden", fresh().one().recruitedBy(a.Reader, 5), a, reached, w, add)
}

// wide is the office with sixty roles more, of one to three candidates each.
func (o *office) wide() *office {
	for id := range hiring.RoleID(60) {
		r := o.roles[1]
		r.ID = 7 + id
		o.roles[r.ID] = r
		for k := range 1 + id%3 {
			c := o.candidates[3]
			c.ID, c.Role = hiring.CandidateID(2000+3*id+k), r.ID
			o.candidates[c.ID] = c
		}
	}
	return o
}

// recruitedBy is the office with another recruiter of a role.
func (o *office) recruitedBy(u hiring.UserID, id hiring.RoleID) *office {
	r := o.roles[id]
	r.Recruiter = u
	o.roles[id] = r
	return o
}

// TestBehindNumbersAsOneMayKnow looks behind a number of all roles as somebody
// who recruits for one of them, and presses no button that leads further.
func TestBehindNumbersAsOneMayKnow(t *testing.T) {
	for it, c := range map[string]struct {
		reader hiring.UserID
		knows  []hiring.CandidateID // of C-3 in R-1 and C-100 in R-5
		hidden int
	}{
		"an admin":            {ann, []hiring.CandidateID{3, 100}, 0},
		"a recruiter of one":  {"U0NEW", []hiring.CandidateID{100}, 9},
		"somebody of neither": {"U0NOBODY", nil, 10},
	} {
		o := newOffice().one().recruitedBy("U0NEW", 5)
		a, err := o.answer("all 12w")
		if err != nil {
			t.Fatal(err)
		}
		n := hiring.Number{Measure: hiring.NumberReached, Stage: hiring.StageInterviews}
		b, err := hiring.Behind(o, house.Settings, hiring.Person{ID: c.reader}, a.Figures.Scope, a.Figures.Window, n, hiring.Page{Most: MaxBehind})
		if err != nil {
			t.Fatal(err)
		}
		a.Reader = c.reader
		v, err := house.For(hiring.English, oslo).Why(o, a, b, now)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(marked(t, v), "\n")
		for _, id := range []hiring.CandidateID{3, 100} {
			if strings.Contains(text, "("+id.String()+")") != slices.Contains(c.knows, id) {
				t.Errorf("%s may know %v, and reads\n%s", it, c.knows, text)
			}
		}
		if b.Hidden != c.hidden || b.Total != 10 {
			t.Errorf("%s: %d of %d hidden, and reads\n%s", it, b.Hidden, b.Total, text)
		}
		if c.hidden > 0 != strings.Contains(text, "not shown") {
			t.Errorf("%s is not told how many are not shown:\n%s", it, text)
		}
	}
}

// TestEveryNumberCanBeAskedFor compares what the select offers with the
// figures, and each option with what it means.
func TestEveryNumberCanBeAskedFor(t *testing.T) {
	w := house.For(hiring.English, oslo)
	for _, typed := range []string{"R-1", "R-1 period", "R-5", "R-5 period", "all 12w", "all period", "team " + string(kari)} {
		o := newOffice().busy(200)
		a, err := o.answer(typed)
		if err != nil {
			t.Fatal(err)
		}
		numbers := a.Figures.Numbers(a.Question.Period)
		var options []*slack.OptionBlockObject
		for _, b := range w.Funnel(o, a, now).Blocks {
			if row, ok := b.(*slack.ActionBlock); ok {
				if s, ok := row.Elements.ElementSet[0].(*slack.SelectBlockElement); ok {
					options = s.Options
				}
			}
		}
		if len(options) == 0 || len(options) != len(numbers) {
			t.Fatalf("%s: %d options for %d numbers", typed, len(options), len(numbers))
		}
		for i, o := range options {
			asked, number, _ := strings.Cut(o.Value, "/")
			q, err := hiring.ParseQuestion(asked, now, oslo)
			if n, err2 := hiring.ParseNumber(number); err != nil || err2 != nil || n != numbers[i].Number || q.Window != a.Figures.Window {
				t.Errorf("%s: %q reads as %+v, %+v (%v, %v)", typed, o.Value, q, n, err, err2)
			}
		}
	}
}
