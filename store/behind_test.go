package store

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// backed holds the numbers of any scope and window against who stands behind them: as
// many, each once, and all of them when there is room for all. It does so every
// fourth time: it reads more than everything else together.
func (h *story) backed(t *rapid.T, r hiring.Record) {
	if rapid.IntRange(0, 3).Draw(t, "behind the numbers") > 0 {
		return
	}
	admin := hiring.Person{ID: "UADMIN"}
	scopes := []hiring.Scope{{}}
	for _, role := range must(r.AllRoles()) {
		scopes = append(scopes, hiring.Scope{Role: role.ID}, hiring.Scope{HiringManager: role.HiringManager})
	}
	this := hiring.WeekOf(h.now, h.settings.Zone)
	recent := hiring.Weeks(this.Add(-rapid.IntRange(0, 3).Draw(t, "last week")), rapid.IntRange(1, 5).Draw(t, "weeks"))
	of, w := rapid.SampledFrom(scopes).Draw(t, "scope"), rapid.SampledFrom([]hiring.Window{always, recent}).Draw(t, "window")
	f := must(hiring.FiguresOf(r, h.settings, of, w, h.now))
	for _, n := range slices.Concat(f.Numbers(false), f.Numbers(true)) {
		h.numbers++
		b := must(hiring.Behind(r, h.settings, admin, of, w, n.Number, hiring.Page{Most: 1000}))
		if b.Total != n.Count || b.Hidden != 0 || len(seen(t, b)) != n.Count {
			t.Fatalf("%+v in %+v: %v is %d, behind it %+v", of, w, n.Number, n.Count, b)
		}
		h.parted(t, r, of, b)
		h.shared(t, f, b)
	}
}

// seen returns the candidates of all parts; none is there twice.
func seen(t *rapid.T, b hiring.Backing) map[hiring.CandidateID]bool {
	all := map[hiring.CandidateID]bool{}
	for _, p := range b.Parts {
		if len(p.Candidates) != p.Count {
			t.Fatalf("%v: %d candidates of %v, counted %d", b.Number, len(p.Candidates), p.Role, p.Count)
		}
		for _, c := range p.Candidates {
			if all[c.ID] || c.Role != p.Role {
				t.Fatalf("%v: %v of %v stands behind it twice, or in the wrong role %v", b.Number, c.ID, c.Role, p.Role)
			}
			all[c.ID] = true
		}
	}
	return all
}

// parted asks for each part by itself, as pressing a role does, page by page.
func (h *story) parted(t *rapid.T, r hiring.Record, of hiring.Scope, b hiring.Backing) {
	last := 1 << 30
	for _, p := range b.Parts {
		if of.Role == 0 {
			var paged []hiring.Candidate
			page := hiring.Page{Most: rapid.IntRange(1, 3).Draw(t, "on a page")}
			for more := true; more && len(paged) <= p.Count; page.Before = paged[len(paged)-1].ID {
				one := must(hiring.Behind(r, h.settings, hiring.Person{ID: "UADMIN"}, hiring.Scope{Role: p.Role}, b.Window, b.Number, page))
				if one.Total != p.Count || len(one.Parts) != 1 || len(one.Parts[0].Candidates) == 0 || len(one.Parts[0].Candidates) > page.Most {
					t.Fatalf("%v: %v has %+v, by itself %+v", b.Number, p.Role, p, one)
				}
				paged, more = append(paged, one.Parts[0].Candidates...), one.Parts[0].More
			}
			if !reflect.DeepEqual(paged, p.Candidates) {
				t.Fatalf("%v: %v has %+v, on pages %+v", b.Number, p.Role, p.Candidates, paged)
			}
		}
		if p.Count > last {
			t.Fatalf("%v: %d after %d", b.Number, p.Count, last)
		}
		last = p.Count
	}
}

// shared compares the share that a number is part of with the figures'.
func (h *story) shared(t *rapid.T, f hiring.Figures, b hiring.Backing) {
	for _, l := range f.Stages {
		if b.Number.Measure == hiring.NumberPassed && b.Number.Stage == l.ID && b.Passed != l.PassThrough() {
			t.Fatalf("%v: a share of %+v, the figures say %+v", b.Number, b.Passed, l.PassThrough())
		}
	}
}

// TestNewestFirst goes through a role's candidates and stops where it is told.
func TestNewestFirst(t *testing.T) {
	s := funnelRecord(t, 2, 20, 3)
	defer s.Close()
	ok(t, s.View(t.Context(), func(r hiring.Record) error {
		all := must(r.CandidatesOf(2))
		slices.Reverse(all)
		var newest []hiring.Candidate
		for c, err := range r.NewestOf(2, 0) {
			ok(t, err)
			if newest = append(newest, c); len(newest) == 7 {
				break
			}
		}
		same(t, "the newest", newest, all[:7])
		var older []hiring.Candidate
		for c, err := range r.NewestOf(2, newest[6].ID) {
			ok(t, err)
			older = append(older, c)
		}
		same(t, "those before them", older, all[7:])
		return nil
	}))
}

// BenchmarkWhy looks behind a number of all roles with few candidates and with
// ten times as many. ratio is how much longer the latter takes: what is read
// grows with the roles and their counters, of which there are so many a week.
func BenchmarkWhy(b *testing.B) {
	many := funnelRecord(b, *funnelRoles, *funnelCandidates, *funnelMoves)
	defer many.Close()
	few := funnelRecord(b, *funnelRoles, *funnelCandidates/10, *funnelMoves)
	defer few.Close()
	for _, s := range []*Store{many, few} { // a record made in the shortest way has given no numbers
		ok(b, s.engine.update(b.Context(), func(t *txn) error {
			t.put(inSequence, ofRoles.key(), key{}.num(uint64(*funnelRoles)))
			return nil
		}))
	}
	w := hiring.Weeks(funnelWeek, hiring.DefaultWeeks)
	look := func(s *Store, of hiring.Scope, n hiring.Number) time.Duration {
		start := time.Now()
		ok(b, s.View(b.Context(), func(r hiring.Record) error {
			backing, err := hiring.Behind(r, s.settings, hiring.Person{ID: "UADMIN"}, of, w, n, hiring.Page{Most: 40})
			if err == nil && backing.Total == 0 {
				b.Fatal("nobody stands behind it")
			}
			return err
		}))
		return time.Since(start)
	}
	reached, inside := hiring.Number{Measure: hiring.NumberReached, Stage: hiring.StageInterviews}, hiring.Number{Measure: hiring.Inside, Stage: hiring.StageInterviews}
	for _, c := range []struct {
		name string
		of   hiring.Scope
		n    hiring.Number
	}{{"all roles, reached", hiring.Scope{}, reached}, {"all roles, inside", hiring.Scope{}, inside}, {"a team, reached", hiring.Scope{HiringManager: "U00001"}, reached}} {
		b.Run(c.name, func(b *testing.B) {
			small, large := time.Hour, time.Hour
			for b.Loop() {
				small, large = min(small, look(few, c.of, c.n)), min(large, look(many, c.of, c.n))
			}
			b.ReportMetric(large.Seconds()/small.Seconds(), "ratio")
			b.ReportMetric(large.Seconds()*1000, "ms-at-best")
			b.ReportMetric(0, "ns/op")
		})
	}
}
