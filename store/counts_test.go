package store

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// history drives a store at random: what people do, in any order.
type history struct {
	s   *Store
	now time.Time
}

func (h *history) write(t *rapid.T, decide func(r hiring.Record) hiring.Change) {
	h.now = h.now.Add(time.Duration(rapid.IntRange(0, 100).Draw(t, "hours")) * time.Hour)
	if err := h.s.Change(t.Context(), "", h.now, func(r hiring.Record) (hiring.Change, error) { return decide(r), nil }); err != nil {
		t.Fatal(err)
	}
}

// plan draws up to four interviews out of five, in any order.
func plan(t *rapid.T) []hiring.Stage {
	numbers := rapid.Permutation([]int{1, 2, 3, 4, 5}).Draw(t, "interviews")
	stages := make([]hiring.Stage, rapid.IntRange(0, 4).Draw(t, "rounds"))
	for i := range stages {
		stages[i] = hiring.Stage{ID: hiring.StageID(fmt.Sprintf("interview-%d", numbers[i])), Kind: hiring.KindInterview}
	}
	return stages
}

func (h *history) AddRole(t *rapid.T) {
	h.write(t, func(r hiring.Record) hiring.Change {
		role := testRole(r.NextRole())
		role.Briefs[0].Terms.Interviews = plan(t)
		return hiring.Change{Roles: []hiring.Role{role}}
	})
}

// ChangePlan proposes a revision, at times agreed, at times with candidates
// moving in the same change.
func (h *history) ChangePlan(t *rapid.T) {
	h.write(t, func(r hiring.Record) hiring.Change {
		role, any := draw(t, must(r.AllRoles()))
		if !any {
			return hiring.Change{}
		}
		b := role.Brief()
		b.Revision++
		b.Terms.Interviews = plan(t)
		if !rapid.Bool().Draw(t, "agreed") {
			b.Signatures = nil
		}
		role.Briefs = append(role.Briefs, b)
		c := hiring.Change{Roles: []hiring.Role{role}}
		if rapid.Bool().Draw(t, "also move") {
			c.Add(h.move(t, r, role))
		}
		return c
	})
}

func (h *history) AddCandidates(t *rapid.T) {
	h.write(t, func(r hiring.Record) hiring.Change {
		role, any := draw(t, must(r.AllRoles()))
		if !any {
			return hiring.Change{}
		}
		var c hiring.Change
		for i := range rapid.IntRange(1, 4).Draw(t, "candidates") {
			p := testCandidate(r.NextCandidate()+hiring.CandidateID(i), role.ID)
			p.Source = rapid.SampledFrom(hiring.Sources()).Draw(t, "source")
			p.AddedAt, p.Journey[0].At = h.now, h.now
			c.Candidates = append(c.Candidates, p)
		}
		return c
	})
}

func (h *history) Move(t *rapid.T) {
	h.write(t, func(r hiring.Record) hiring.Change {
		role, any := draw(t, must(r.AllRoles()))
		if !any {
			return hiring.Change{}
		}
		return h.move(t, r, role)
	})
}

// move moves or closes a candidate of the role, at times twice in one change.
func (h *history) move(t *rapid.T, r hiring.Record, role hiring.Role) hiring.Change {
	p, any := draw(t, must(r.CandidatesOf(role.ID)))
	var c hiring.Change
	if !any {
		return c
	}
	for range rapid.IntRange(1, 2).Draw(t, "steps") {
		p.Outcome = rapid.SampledFrom([]hiring.Outcome{hiring.Active, hiring.Active, hiring.Hired, hiring.Rejected, hiring.Withdrawn}).Draw(t, "outcome")
		p.ClosedAt = time.Time{}
		if p.Outcome != hiring.Active {
			p.ClosedAt = h.now
		}
		to := rapid.SampledFrom(role.Plan()).Draw(t, "to").ID
		p.Journey = append(p.Journey[:len(p.Journey):len(p.Journey)], hiring.Move{At: h.now, From: p.Stage, To: to, By: recruiter})
		p.Stage = to
		c.Candidates = append(c.Candidates, p)
	}
	return c
}

// draw picks one of a list, false when it is empty.
func draw[V any](t *rapid.T, list []V) (v V, any bool) {
	if len(list) == 0 {
		return v, false
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(t, "which")], true
}

// Check compares what is kept with what the candidates add up to.
func (h *history) Check(t *rapid.T) {
	if d := must(h.s.Rebuild(t.Context())); len(d) > 0 {
		t.Fatalf("counts differ: %+v", d)
	}
}

func TestKeptCountsAreRight(t *testing.T) {
	zone := must(time.LoadLocation("Europe/Oslo"))
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s := must(Open(filepath.Join(dir, fmt.Sprint(n)), Options{Zone: zone}))
		defer s.Close()
		s.engine.db.NoSync = true
		h := &history{s: s, now: monday}
		h.AddRole(t)
		t.Repeat(rapid.StateMachineActions(h))
		if err := s.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestRebuildReportsDifferences(t *testing.T) {
	s := openTest(t)
	fill(t, s)
	if d := must(s.Rebuild(t.Context())); len(d) > 0 {
		t.Errorf("kept counts differ: %+v", d)
	}
	var before hiring.Tally
	view(t, s, func(r hiring.Record) { before = must(r.Counts(1, "", "9999-W01")) })
	wrong := hiring.CountKey{Role: 1, Week: "2026-W10", Stage: interview, Source: hiring.Agency, Measure: hiring.Reached}
	missing := hiring.CountKey{Role: 1, Week: "2026-W10", Stage: interview, Source: hiring.Referral, Measure: hiring.Reached}
	ok(t, s.engine.update(t.Context(), func(t *txn) error {
		putCount(t, wrong, 5)
		putCount(t, missing, 0)
		return nil
	}))
	got := make(map[Difference]bool)
	for _, d := range must(s.Rebuild(t.Context())) {
		got[d] = true
	}
	same(t, "differences", got, map[Difference]bool{
		{Key: wrong, Kept: 5}: true, {Key: missing, Right: 30}: true,
	})
	view(t, s, func(r hiring.Record) { same(t, "counts", must(r.Counts(1, "", "9999-W01")), before) })
}

func TestCountsReadsWeeksAndNow(t *testing.T) {
	s := openTest(t)
	c := hiring.Change{Roles: []hiring.Role{testRole(1), testRole(2)}}
	for i := range hiring.CandidateID(5) {
		p := testCandidate(i+1, 1)
		p.AddedAt = monday.AddDate(0, 0, 7*int(i))
		p.Journey[0].At = p.AddedAt
		c.Candidates = append(c.Candidates, p, testCandidate(i+100, 2))
	}
	change(t, s, c)
	view(t, s, func(r hiring.Record) {
		inside := hiring.CountKey{Role: 1, Stage: hiring.StageSourced, Source: hiring.Referral, Measure: hiring.Inside}
		week := func(w hiring.Week, m hiring.Measure) hiring.CountKey {
			return hiring.CountKey{Role: 1, Week: w, Stage: hiring.StageSourced, Source: hiring.Referral, Measure: m}
		}
		same(t, "two weeks and now", must(r.Counts(1, "2026-W11", "2026-W13")), hiring.Tally{
			inside: 5, week("2026-W11", hiring.Reached): 1, week("2026-W11", hiring.Entered): 1,
			week("2026-W12", hiring.Reached): 1, week("2026-W12", hiring.Entered): 1,
		})
		same(t, "no week", must(r.Counts(1, "2026-W11", "2026-W11")), hiring.Tally{inside: 5})
		same(t, "no role", must(r.Counts(7, "", "9")), hiring.Tally{})
	})
}
