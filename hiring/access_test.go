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
		kari: {hiring.IsHiringManager, hiring.IsDecider, hiring.IsPanel}, ola: {hiring.IsRecruiter}, ingrid: {hiring.IsPanel, hiring.IsInterviewer, hiring.IsAsked},
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

// TestWhoInterviewsReadsFeedback on that candidate, also where no plan names
// them. Who owned the role before, was taken off the interview, was excused or
// handed it over does not.
func TestWhoInterviewsReadsFeedback(t *testing.T) {
	const newcomer = "UTONE"
	none := []hiring.Right(nil)
	blind := []hiring.Right{hiring.KnowCandidate, hiring.GiveFeedback}
	reads := []hiring.Right{hiring.KnowCandidate, hiring.ReadFeedback, hiring.GiveFeedback}
	gives := func(d desk, c hiring.Candidate, u hiring.UserID) {
		must[hiring.Feedback](d)(d.by(u, "2026-10-07 15:00").SubmitFeedback(key(c.ID, u), card(hiring.Yes)))
	}
	chosen := func(d desk, c hiring.Candidate, panel ...hiring.UserID) {
		i := c.Interviews[0]
		i.Panel = panel
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").MoveInterview(c.ID, 0, i))
	}
	over := func(d desk, c hiring.Candidate, from, to hiring.UserID) {
		must[hiring.Feedback](d)(d.by(from, "2026-10-07 12:00").OfferFeedback(key(c.ID, from), to))
		must[hiring.Feedback](d)(d.by(to, "2026-10-07 12:00").AnswerOffer(key(c.ID, from), true))
	}
	for it, tt := range map[string]struct {
		reader hiring.UserID
		so     func(desk, hiring.Candidate)
		may    []hiring.Right
	}{
		"chosen and not heard yet": {newcomer, func(d desk, c hiring.Candidate) { chosen(d, c, ingrid, newcomer) }, blind},
		"chosen and heard":         {newcomer, func(d desk, c hiring.Candidate) { chosen(d, c, ingrid, newcomer); gives(d, c, newcomer) }, reads},
		"took over":                {newcomer, func(d desk, c hiring.Candidate) { over(d, c, ingrid, newcomer); gives(d, c, newcomer) }, reads},
		"asked to take over": {newcomer, func(d desk, c hiring.Candidate) {
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-07 12:00").OfferFeedback(key(c.ID, ingrid), newcomer))
		}, blind},
		"taken off before": {newcomer, func(d desk, c hiring.Candidate) {
			chosen(d, c, ingrid, newcomer)
			c, _ = d.Candidate(c.ID)
			chosen(d, c, ingrid)
		}, none},
		"excused": {newcomer, func(d desk, c hiring.Candidate) {
			chosen(d, c, ingrid, newcomer)
			must[hiring.Feedback](d)(d.by(ola, "2026-10-07 12:00").ExcuseFeedback(key(c.ID, newcomer), "Was ill."))
		}, none},
		"handed it over": {newcomer, func(d desk, c hiring.Candidate) { chosen(d, c, ingrid, newcomer); over(d, c, newcomer, jonas) }, none},
		"a former owner": {ola, func(d desk, c hiring.Candidate) {
			must[hiring.Role](d)(d.by(kari, "2026-10-07 12:00").HandOver(1, kari, "UNEW"))
		}, none},
	} {
		t.Run(it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			c := d.interviewed("2026-10-07 11:00")
			tt.so(d, c)
			r, _ := d.Role(1)
			c, _ = d.Candidate(c.ID)
			c.Contact = hiring.Contact{}
			on, _ := d.FeedbackOn(c.ID)
			var may []hiring.Right
			about := hiring.About{Role: r, Candidate: c, Feedback: on}
			for _, right := range []hiring.Right{hiring.ReadRole, hiring.KnowCandidate, hiring.ReadFeedback, hiring.GiveFeedback, hiring.RunRole} {
				blinded := right == hiring.ReadFeedback && !settings().MayReadWhy(hiring.Person{ID: tt.reader}, about)
				if settings().May(right, hiring.Person{ID: tt.reader}, about) && !blinded {
					may = append(may, right)
				}
			}
			if !slices.Equal(may, tt.may) {
				t.Errorf("they may %q, want %q", may, tt.may)
			}
		})
	}
}
