package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// The sizes of the record that the funnel is measured on.
var (
	funnelRoles      = flag.Int("funnel.roles", 100, "how many roles the record of the funnel's benchmarks has")
	funnelCandidates = flag.Int("funnel.candidates", 1000, "how many candidates")
	funnelMoves      = flag.Int("funnel.moves", 10, "how many moves each candidate has made")
	funnelDir        = flag.String("funnel.dir", "", "where records are made once and kept; a temporary folder when empty")
)

// funnelNow is the moment of the benchmarks, a Monday at 09:00 in Oslo.
var funnelNow = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

const funnelWeek = hiring.Week("2026-W48")

// bulk writes a record of many candidates in the shortest way: in the order of
// keys, counts once a role, and as large transactions as are good.
type bulk struct {
	s       *Store
	random  *rand.Rand
	overall hiring.Tally
	events  uint64
	t       *txn
	sums    map[bucket]uint64 // of the transaction's records
}

// within runs fn in a transaction that nobody takes back.
func (w *bulk) within(fn func()) error {
	return w.s.engine.update(context.Background(), func(t *txn) error {
		w.t, w.sums = t, make(map[bucket]uint64)
		fn()
		for name, sum := range w.sums {
			in := t.bucket(name)
			t.fail(in.SetSequence(in.Sequence() + sum))
		}
		t.put(inSequence, ofEvents.key(), key{}.num(w.events)) // so that there is something to commit
		return nil
	})
}

// put writes a record that is not there yet.
func (w *bulk) put(b bucket, k, v []byte) {
	in := w.t.bucket(b)
	in.FillPercent = 0.95 // keys come in order
	w.t.fail(in.Put(k, v))
	w.sums[b] += sumOf(k, v)
}

func (w *bulk) save(b bucket, k []byte, row any) { w.put(b, k, must(json.Marshal(row))) }

// funnelRecord opens the record of a size, and makes it when there is none.
func funnelRecord(b testing.TB, roles, candidates, moves int) *Store {
	dir := *funnelDir
	if dir == "" {
		dir = b.TempDir()
	}
	path := filepath.Join(dir, fmt.Sprintf("funnel-%d-%d-%d.db", roles, candidates, moves))
	_, err := os.Stat(path)
	s := must(Open(path, Options{Settings: workspace()}))
	s.engine.db.NoSync = true
	if err == nil {
		return s
	}
	w := &bulk{s: s, random: rand.New(rand.NewPCG(1, 2)), overall: make(hiring.Tally)}
	for role := 1; role <= roles; {
		ok(b, w.within(func() {
			for n := 0; n < max(1, 20_000*roles/candidates) && role <= roles; n++ {
				w.role(hiring.RoleID(role), candidates/roles, moves)
				role++
			}
		}))
	}
	ok(b, w.within(func() { w.counts(w.overall) }))
	return s
}

func (w *bulk) event(e hiring.Event) {
	w.events++
	w.save(inEvent, eventKey(w.events), eventRowOf(e))
}

func (w *bulk) counts(t hiring.Tally) {
	for k, n := range t {
		w.put(inCount, countKey(k), binary.AppendUvarint(nil, uint64(n)))
	}
}

func (w *bulk) role(id hiring.RoleID, candidates, moves int) {
	began := funnelNow.AddDate(0, 0, -350).Add(time.Duration(id) * time.Minute)
	b := hiring.Brief{
		Revision: 1, Terms: wholeTerms(3, 5, "Go", "SQL", "Kafka"), ProposedBy: manager, ProposedAt: began,
		Signatures: []hiring.Signature{{By: manager, At: began}, {By: recruiter, At: began}},
	}
	r := hiring.Role{
		ID: id, HiringManager: hiring.UserID(fmt.Sprintf("U%05d", id/20)), Recruiter: recruiter, Channel: channel, Status: hiring.Open,
		Briefs: []hiring.Brief{b}, CreatedAt: began, OpenedAt: began, ShownAt: began.AddDate(0, 0, 4),
	}
	w.save(inRole, roleKey(id), roleRowOf(r))
	w.event(hiring.Event{Kind: hiring.BriefProposed, At: began, By: manager, Role: id, Revision: 1, Count: 5, Stages: "interview-1 interview-2 interview-3"})
	w.event(hiring.Event{Kind: hiring.BriefSigned, At: began, By: manager, Role: id, Revision: 1})
	w.event(hiring.Event{Kind: hiring.BriefSigned, At: began, By: recruiter, Role: id, Revision: 1})
	tally, counter := make(hiring.Tally), w.s.settings.Counter(r)
	for n := range candidates {
		c := w.candidate(hiring.CandidateID(int(id-1)*candidates+n+1), r, moves)
		tally.Count(counter.Contribution(c), 1)
	}
	w.overall.Add(tally.Take(0))
	w.counts(tally)
}

// candidate goes to and fro between the stages, and mostly ends somewhere.
func (w *bulk) candidate(id hiring.CandidateID, r hiring.Role, moves int) hiring.Candidate {
	source := hiring.Sources()[w.random.IntN(8)]
	at := r.OpenedAt.Add(time.Duration(w.random.IntN(320*24)) * time.Hour)
	var c hiring.Candidate
	tell := func(e hiring.Event) {
		e.At, e.By, e.Role, e.Candidate, e.Source = at, recruiter, r.ID, id, source
		w.event(e)
		c = c.After(e)
	}
	tell(hiring.Event{Kind: hiring.CandidateAdded, To: hiring.StageSourced})
	stages := []hiring.StageID{hiring.StageSourced, hiring.StageScreen, "interview-1", "interview-2", "interview-3", hiring.StageOffer}
	here := 0
	for n := range moves {
		at = at.Add(time.Duration(1+w.random.IntN(40)) * time.Hour)
		if n == 1 {
			tell(hiring.Event{Kind: hiring.CandidateEngaged})
		}
		if to := here + 1 - 2*w.random.IntN(2); to >= 0 && to < len(stages) {
			here = to
		} else {
			here = 1 + w.random.IntN(2)
		}
		tell(hiring.Event{Kind: hiring.CandidateMoved, From: c.Stage, To: stages[here]})
		if n == moves/2 && here > 1 && here < 5 {
			tell(hiring.Event{Kind: hiring.InterviewPlanned, To: c.Stage, Since: at, Number: 1, People: hiring.IDs(expert)})
			tell(hiring.Event{Kind: hiring.InterviewHeld, To: c.Stage, Since: at, Number: 1, People: hiring.IDs(expert)})
		}
	}
	how := w.random.IntN(10)
	if at.Before(funnelNow.AddDate(0, 0, -30)) {
		how = 2 + how%8 // only who moved lately is still in the process
	}
	switch how {
	case 0, 1:
	case 2, 3, 4:
		tell(hiring.Event{Kind: hiring.CandidateClosed, From: c.Stage, Outcome: hiring.Withdrawn})
	case 5:
		tell(hiring.Event{Kind: hiring.CandidateClosed, From: c.Stage, Outcome: hiring.Hired, Offer: hiring.Accepted, Number: 1})
	default:
		tell(hiring.Event{Kind: hiring.CandidateClosed, From: c.Stage, Outcome: hiring.Rejected})
	}
	w.applicant(c, r)
	return c
}

func (w *bulk) applicant(c hiring.Candidate, r hiring.Role) {
	c.Name = "Nora Vik"
	w.save(inCandidate, candidateKey(c.ID), candidateRowOf(c))
	w.put(inCandidateOfRole, candidateOfRoleKey(c.Role, c.ID), nil)
	if c.Outcome != hiring.Active {
		return
	}
	w.put(inCandidateActive, candidateOfRoleKey(c.Role, c.ID), nil)
	for _, owner := range []hiring.UserID{r.HiringManager, r.Recruiter} {
		due := w.s.settings.WorkTime(hiring.Person{}).AddDays(c.Since(), 5)
		o := hiring.Owed{Subject: hiring.NextSubject(r.ID, c.ID, c.Stage, owner), Since: c.Since(), DueAt: due, NudgeAt: due}
		k := owedKey(o.Subject)
		w.save(inOwed, k, owedRowOf(o))
		w.put(inOwedByRole, owedByRoleKey(o), owedByRoleValue(o))
	}
}

// The record that is made in the shortest way is one that is right.
func TestBulkIsRight(t *testing.T) {
	s := funnelRecord(t, 5, 200, 10)
	defer s.Close()
	if wrong := must(s.Recount(t.Context())); len(wrong) > 0 {
		t.Errorf("%d counts are wrong: %+v", len(wrong), wrong[0])
	}
	if wrong := wrongCounts(t, s); len(wrong) > 0 {
		t.Errorf("%d counts are wrong: %+v", len(wrong), wrong[0])
	}
}

// BenchmarkDigest computes the digest of one role, and that of all roles with
// few candidates and with ten times as many. ratio is how much longer the
// latter takes: it should grow with the roles alone.
func BenchmarkDigest(b *testing.B) {
	many := funnelRecord(b, *funnelRoles, *funnelCandidates, *funnelMoves)
	defer many.Close()
	few := funnelRecord(b, *funnelRoles, *funnelCandidates/10, *funnelMoves)
	defer few.Close()
	summarize := func(s *Store, id hiring.RoleID) time.Duration {
		if id == 0 {
			runtime.GC() // what the one before left is not this one's
		}
		start := time.Now()
		ok(b, s.View(b.Context(), func(r hiring.Record) error {
			sum, err := hiring.Summarize(r, s.settings, id, funnelWeek, funnelNow)
			if err == nil && len(sum.Cohort.Stages) == 0 {
				b.Fatal("nothing was counted")
			}
			return err
		}))
		return time.Since(start)
	}
	b.Run("one role", func(b *testing.B) {
		n, best := 0, time.Hour
		for b.Loop() {
			n++
			best = min(best, summarize(many, hiring.RoleID(1+n*7919%*funnelRoles)))
		}
		b.ReportMetric(best.Seconds()*1000, "ms-at-best")
	})
	b.Run("all roles", func(b *testing.B) {
		small, large := time.Hour, time.Hour
		for b.Loop() {
			small, large = min(small, summarize(few, 0)), min(large, summarize(many, 0))
		}
		b.ReportMetric(large.Seconds()/small.Seconds(), "ratio")
		b.ReportMetric(large.Seconds()*1000, "ms-at-best")
		b.ReportMetric(0, "ns/op")
	})
}

// BenchmarkRecount counts everything from the events. The floor reads the same
// events and does nothing with them; ratio is how much longer counting takes.
func BenchmarkRecount(b *testing.B) {
	s := funnelRecord(b, *funnelRoles, *funnelCandidates, *funnelMoves)
	defer s.Close()
	moves := float64(*funnelCandidates) * float64(*funnelMoves)
	var read, recount time.Duration
	for b.Loop() {
		start := time.Now()
		ok(b, s.engine.view(b.Context(), func(t *txn) error { return eachEvent(t, func(hiring.Event) {}) }))
		read += time.Since(start)
		start = time.Now()
		if wrong := must(s.Recount(b.Context())); len(wrong) > 0 {
			b.Fatalf("%d counts are wrong", len(wrong))
		}
		recount += time.Since(start)
	}
	b.ReportMetric(moves*float64(b.N)/recount.Seconds(), "moves/s")
	b.ReportMetric(moves*float64(b.N)/read.Seconds(), "moves/s-reading")
	b.ReportMetric(recount.Seconds()/read.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
}
