package hiring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

func TestRemarks(t *testing.T) {
	d := newDesk(t)
	tests := []struct {
		it     string
		change func(*hiring.Terms)
		want   []string // in order; a part of each
	}{
		{"a brief that stands", func(*hiring.Terms) {}, nil},
		{"six must-haves", func(b *hiring.Terms) {
			for _, s := range []string{"a", "b", "c", "d"} {
				b.MustHaves = append(b.MustHaves, hiring.MustHave{Skill: s, VerifiedBy: []hiring.Check{"interview-1"}})
			}
		}, []string{"6 must-haves"}},
		{"a must-have that can be learned", func(b *hiring.Terms) { b.MustHaves[0].Learnable = true }, []string{"“Go” could be learned"}},
		{"a must-have that is a nice-to-have", func(b *hiring.Terms) { b.NiceToHaves = []string{"go"} }, []string{"“Go” is both"}},
		{"a must-have nobody verifies", func(b *hiring.Terms) { b.MustHaves[0].VerifiedBy = nil }, []string{"Nobody finds out about “Go”"}},
		{"a criterion in no round", func(b *hiring.Terms) { b.MustHaves[0].VerifiedBy = []hiring.Check{hiring.CheckCV} }, []string{"“Go” is in no interview"}},
		{"a criterion tested twice", func(b *hiring.Terms) { b.MustHaves[0].VerifiedBy = []hiring.Check{"interview-1", "interview-2"} }, []string{"“Go” is tested in Technical interview and again in Team interview"}},
		{"no pay", func(b *hiring.Terms) { b.Pay = hiring.Pay{} }, []string{"No pay range"}},
		{"no flexibility", func(b *hiring.Terms) { b.Flexibility = "" }, []string{"Nothing about flexibility"}},
		{"one reason", func(b *hiring.Terms) { b.Reasons = hiring.Reasons{Life: "x"} }, []string{"1 of three reasons"}},
		{"five rounds of five days", func(b *hiring.Terms) {
			for _, id := range []hiring.StageID{"interview-3", "interview-4", "interview-5"} {
				b.Interviews = append(b.Interviews, hiring.Stage{ID: id, Kind: hiring.KindInterview, Name: string(id), WorkDays: 5, Panel: []hiring.UserID{jonas}})
			}
		}, []string{"5 interviews", "30 working days"}},
		{"somebody in every round", func(b *hiring.Terms) { b.Interviews[1].Panel = append(b.Interviews[1].Panel, ingrid) }, []string{"UINGRID is in every one of the 2 interviews"}},
		{"a move without help", func(b *hiring.Terms) { b.Relocation, b.LatestStart = "yes", "2027-06-01" }, []string{"help to arrive"}},
		{"a move in a hurry", func(b *hiring.Terms) { b.Relocation, b.Onboarding = "yes", "a buddy" }, []string{"Name a latest start"}},
		{"a start next month", func(b *hiring.Terms) { b.TargetStart = "2026-11-15" }, []string{"20 working days to an offer and 3 months of notice lead to 2027-02-02"}},
		{"a word about age", func(b *hiring.Terms) { b.MustHaves[0].Skill = "Ung og sulten" }, []string{"“ung”: age"}},
		{"a word that only begins alike", func(b *hiring.Terms) { b.MustHaves[0].Skill = "Agents, packages and management" }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			b := terms()
			tt.change(&b)
			got, err := hiring.Remarks(d, settings(), b, at("2026-10-05 09:00"))
			if err != nil {
				t.Fatal(err)
			}
			var said []string
			for _, r := range got {
				said = append(said, r.Say.Error())
			}
			if !slices.EqualFunc(said, tt.want, strings.Contains) {
				t.Errorf("got %q, want %q", said, tt.want)
			}
		})
	}
}

func TestRemarkOnABusyWeek(t *testing.T) {
	d := newDesk(t)
	for i := range hiring.CandidateID(9) {
		s := hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: i + 1, Stage: "interview-1", Interviewer: jonas})
		d.owed[s] = hiring.Owed{Subject: s, Since: at("2026-10-07 10:00").Add(time.Duration(i) * time.Minute)}
	}
	got, err := hiring.Remarks(d, settings(), terms(), at("2026-10-05 09:00"))
	if err != nil || len(got) != 1 || !strings.Contains(got[0].Say.Error(), "UJONAS has 9 interviews this week") {
		t.Errorf("got %+v, %v", got, err)
	}
	if got, err := hiring.Remarks(d, settings(), terms(), at("2026-10-12 09:00")); err != nil || len(got) != 0 {
		t.Errorf("a week later: %+v, %v", got, err)
	}
}
