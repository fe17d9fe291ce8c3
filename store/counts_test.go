package store

import (
	"context"
	"fmt"
	"maps"
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
	if d := wrongCounts(t, h.s); len(d) > 0 {
		t.Fatalf("counts differ: %+v", d)
	}
}

func TestKeptCountsAreRight(t *testing.T) {
	zone := must(time.LoadLocation("Europe/Oslo"))
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		s := must(Open(filepath.Join(dir, fmt.Sprint(n)), Options{Settings: hiring.Settings{Zone: zone}}))
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

// wrongCounts compares what is kept with what the candidates add up to.
func wrongCounts(t interface {
	Fatal(...any)
	Context() context.Context
}, s *Store) (wrong []Difference) {
	err := s.engine.view(t.Context(), func(tx *txn) error {
		overall := make(hiring.Tally)
		candidates := func(m hiring.Measure) bool { return !m.OfEvents() }
		for _, role := range must((&record{tx}).AllRoles()) {
			right := must(tallyOf(tx, role.ID, s.settings.Counter(role)))
			wrong = append(wrong, differences(tx, role.ID, right, candidates)...)
			overall.Add(right.Take(0))
		}
		wrong = append(wrong, differences(tx, 0, overall, candidates)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wrong
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
		get := func(role hiring.RoleID, from, to hiring.Week) hiring.Tally {
			t := must(r.Counts(role, from, to))
			for k := range t {
				if k.Measure != hiring.Going && k.Measure != hiring.Entered && k.Measure != hiring.Inside {
					delete(t, k)
				}
			}
			return t
		}
		inside := func(day int) hiring.CountKey {
			return hiring.CountKey{Role: 1, Stage: hiring.StageSourced, Source: hiring.Referral, Measure: hiring.Inside, Value: int(monday.Unix()/86400) + day}
		}
		week := func(w hiring.Week, m hiring.Measure) hiring.CountKey {
			return hiring.CountKey{Role: 1, Week: w, Stage: hiring.StageSourced, Source: hiring.Referral, Measure: m}
		}
		now := hiring.Tally{inside(0): 1, inside(7): 1, inside(14): 1, inside(21): 1, inside(28): 1}
		same(t, "no week", get(1, "2026-W11", "2026-W11"), now)
		two := maps.Clone(now)
		for _, w := range []hiring.Week{"2026-W11", "2026-W12"} {
			two[week(w, hiring.Going)], two[week(w, hiring.Entered)] = 1, 1
		}
		same(t, "two weeks and now", get(1, "2026-W11", "2026-W13"), two)
		same(t, "no role", get(7, "", "9"), hiring.Tally{})
		all := week("2026-W10", hiring.Going)
		all.Role = 0
		same(t, "all roles", get(0, "2026-W10", "2026-W11")[all], 6)
	})
}
