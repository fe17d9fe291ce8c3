package hiring_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// TestTheTableOfRightsIsTheDocument holds docs/who-may-see.md and the rules
// together.
func TestTheTableOfRightsIsTheDocument(t *testing.T) {
	text, err := os.ReadFile("../docs/who-may-see.md")
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	seen := map[hiring.Right]bool{}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if head == nil {
			head = cells
			continue
		}
		right := hiring.Right(cells[0])
		var want []string
		for i, c := range cells[1:] {
			if c != "" {
				want = append(want, head[i+1])
			}
		}
		var got []string
		for _, st := range right.Holders() {
			got = append(got, string(st))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: the rules say %v, the document %v", right, got, want)
		}
		seen[right] = true
	}
	for _, right := range hiring.Rights() {
		if !seen[right] {
			t.Errorf("the document does not have: %s", right)
		}
	}
}

func TestRightsGoByStanding(t *testing.T) {
	d := newDesk(t)
	r := d.openRole()
	c := d.interviewed("2026-10-07 11:00")
	on, _ := d.FeedbackOn(c.ID)
	c.Contact.By = "UPROMISED"
	about := hiring.About{Role: r, Candidate: c, Feedback: on}
	people := map[hiring.UserID][]hiring.Standing{
		kari: {hiring.IsHiringManager, hiring.IsDecider, hiring.IsPanel}, ola: {hiring.IsRecruiter}, ingrid: {hiring.IsPanel, hiring.IsAsked},
		"UPROMISED": {hiring.IsPromised}, admin: {hiring.IsAdmin}, "UNOBODY": nil,
	}
	for u, standings := range people {
		for _, right := range hiring.Rights() {
			want := slices.ContainsFunc(right.Holders(), func(st hiring.Standing) bool { return slices.Contains(standings, st) })
			if got := settings().May(right, hiring.Person{ID: u}, about); got != want {
				t.Errorf("%s, %s: %v, want %v", u, right, got, want)
			}
			for _, p := range []hiring.Person{{ID: u, Guest: true}, {ID: u, Bot: true}, {ID: u, Away: true}} {
				if settings().May(right, p, about) {
					t.Errorf("%+v may %s", p, right)
				}
			}
		}
	}
}
