package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/hiring"
)

// written makes a file with something in it and returns its path.
func written(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s, err := Open(path, Options{})
	ok(t, err)
	fill(t, s)
	ok(t, s.Close())
	return path
}

// refused says that Open returns want and leaves the file as it is.
func refused(t *testing.T, path string, want error, words ...string) {
	t.Helper()
	before := must(os.ReadFile(path))
	s, err := Open(path, Options{})
	if err == nil {
		_ = s.Close()
	}
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	for _, w := range append(words, path) {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if !bytes.Equal(before, must(os.ReadFile(path))) {
		t.Error("the file was changed")
	}
}

func TestOpenRefusesWhatIsInUse(t *testing.T) {
	path := written(t)
	s := openAt(t, path, Options{})
	refused(t, path, ErrInUse, "samsvar") // rather than wait until it is free
	view(t, s, func(r hiring.Record) { must(r.Role(1)) })
}

// TestOpenWhileSomebodyWrites holds that a file in use is never taken for a
// damaged one.
func TestOpenWhileSomebodyWrites(t *testing.T) {
	path := written(t)
	s := openAt(t, path, Options{})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		for ctx.Err() == nil {
			if err := s.Ran(context.Background(), "sweep", monday); err != nil {
				done <- err
				return
			}
			_, _ = s.Recount(ctx)
		}
		done <- nil
	}()
	for range 4 {
		if _, err := Open(path, Options{}); !errors.Is(err, ErrInUse) {
			t.Error(err)
		}
	}
	cancel()
	ok(t, <-done)
}

func TestOpenRefusesWhatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"word": 4, "page": 4096, "letter": 5000, "book": 100_000} {
		path := filepath.Join(dir, name)
		ok(t, os.WriteFile(path, bytes.Repeat([]byte("text"), size/4), 0o600))
		refused(t, path, ErrForeign)
	}
	path := filepath.Join(dir, "other.db")
	db, err := bolt.Open(path, 0o600, nil)
	ok(t, err)
	ok(t, db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("other")); return err }))
	ok(t, db.Close())
	refused(t, path, ErrForeign)
	for path, what := range map[string]string{dir: "is a folder", os.DevNull: "is a device"} {
		_, err := Open(path, Options{})
		if !errors.Is(err, ErrForeign) || !errors.Is(err, ErrNoFile) || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "samsvar restore") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestOpenRefusesAFileWithNothingInIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty")
	ok(t, os.WriteFile(path, nil, 0o600))
	refused(t, path, ErrDamaged, "nothing is in it")
}

// TestOpenSurvivesDamage scribbles over files in every way it can think of.
// What Open takes must be usable without the process ending.
func TestOpenSurvivesDamage(t *testing.T) {
	whole := must(os.ReadFile(written(t)))
	random := rand.New(rand.NewPCG(1, 2))
	refused, read := 0, 0
	for range 400 {
		path := filepath.Join(t.TempDir(), "damaged.db")
		damaged := scribble(random, bytes.Clone(whole))
		ok(t, os.WriteFile(path, damaged, 0o600))
		s, err := Open(path, Options{})
		if err != nil {
			refused++
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrNewer) {
				t.Fatalf("the reason is not clear: %v", err)
			}
			if !bytes.Equal(damaged, must(os.ReadFile(path))) {
				t.Fatal("the file was changed")
			}
			continue
		}
		if readAll(s) == nil {
			read++
		}
		_, _ = s.Recount(context.Background())
		ok(t, s.Close())
	}
	t.Logf("%d refused, %d read to the end", refused, read)
	if refused < 100 {
		t.Errorf("only %d of 400 damaged files were refused", refused)
	}
}

// scribble overwrites bytes, words or a page, beyond the first 4 KB as well
// as within.
func scribble(random *rand.Rand, file []byte) []byte {
	for range 1 + random.IntN(8) {
		at := random.IntN(len(file) - 4096)
		switch page := at &^ 4095; random.IntN(5) {
		case 0:
			file[at] ^= 1 << random.IntN(8)
		case 1: // the page's header, where damage tells most
			file[page+random.IntN(32)] = byte(random.Uint32())
		case 2:
			copy(file[at:], []byte{0xff, 0xff, 0xff, 0x7f})
		case 3:
			clear(file[page : page+4096])
		case 4:
			copy(file[page:page+4096], file[random.IntN(len(file)-4096):])
		}
	}
	return file
}

// readAll reads everything through the record.
func readAll(s *Store) error {
	return s.View(context.Background(), func(r hiring.Record) error {
		roles, err := r.AllRoles()
		for _, role := range roles {
			_, e1 := r.CandidatesOf(role.ID)
			_, e2 := r.OwedIn(role.ID)
			_, e3 := r.Counts(role.ID, "", "9")
			err = errors.Join(err, e1, e2, e3)
		}
		_, e := r.Due(monday.AddDate(1, 0, 0))
		return errors.Join(err, e)
	})
}

func TestOpenRefusesANewerVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	steps := append(migrations[:len(migrations):len(migrations)], migration{newest(migrations) + 1, func(*txn) error { return nil }})
	s, err := open(path, Options{}, steps)
	ok(t, err)
	ok(t, s.Close())
	refused(t, path, ErrNewer, fmt.Sprintf("version is %d", newest(steps)), fmt.Sprintf("up to %d", newest(migrations)))
}

func TestMigrationsAreNumbered(t *testing.T) {
	for i, m := range migrations {
		if m.version != i+1 {
			t.Errorf("step %d leads to version %d", i+1, m.version)
		}
	}
}

func TestMigrationsRunOnceAndInOrder(t *testing.T) {
	path := written(t)
	var ran []int
	note := func(v int) migration {
		return migration{v, func(t *txn) error {
			ran = append(ran, v)
			t.put(inMeta, key("test"), []byte{byte(v)})
			return nil
		}}
	}
	last := newest(migrations)
	steps := append(migrations[:last:last], note(last+1), note(last+2))
	for range 2 {
		s, err := open(path, Options{}, steps)
		ok(t, err)
		ok(t, s.Close())
	}
	if len(ran) != 2 || ran[0] != last+1 || ran[1] != last+2 {
		t.Errorf("ran %v", ran)
	}
}

func TestAFailedMigrationLeavesTheVersion(t *testing.T) {
	path := written(t)
	broken := errors.New("broken")
	_, err := open(path, Options{}, append(migrations[:len(migrations):len(migrations)], migration{newest(migrations) + 1, func(t *txn) error {
		t.delete(inMeta, metaFormat)
		return broken
	}}))
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	openAt(t, path, Options{}) // still the version before, and ours
}

// TestMigration1 holds the first layout fast: files of it exist.
func TestMigration1(t *testing.T) {
	s, err := open(filepath.Join(t.TempDir(), "samsvar.db"), Options{}, migrations[:1])
	ok(t, err)
	defer s.Close()
	ok(t, s.engine.view(t.Context(), func(t *txn) error {
		for _, b := range firstBuckets {
			if t.bucket(b).Bucket == nil {
				return errors.New("no bucket " + string(b))
			}
		}
		if got := string(t.get(inMeta, metaVersion)); got != "1" {
			return errors.New("version " + got)
		}
		return nil
	}))
}

// TestMigration2 brings a file of the first layout to one that knows
// corrections, and keeps what stands in it.
func TestMigration2(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s, err := open(path, Options{}, migrations[:1])
	ok(t, err)
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(1)}, Candidates: []hiring.Candidate{testCandidate(1, 1)}})
	ok(t, s.Close())
	s, err = open(path, Options{}, migrations[:2])
	ok(t, err)
	defer s.Close()
	fix := hiring.Event{Kind: hiring.CandidateCorrected, At: monday, Role: 1, Candidate: 1, Corrects: hiring.CandidateMoved, Was: monday.Add(-time.Hour)}
	change(t, s, hiring.Change{Events: []hiring.Event{fix}})
	view(t, s, func(r hiring.Record) {
		if got := must(r.Corrections(1, monday.Add(-1))); len(got) != 1 || got[0] != fix {
			t.Errorf("corrections %+v", got)
		}
		if c := must(r.Candidate(1)); c.Name == "" {
			t.Error("the candidate is lost")
		}
	})
}

// TestMigration5 has the other owner told of what version 4 says they know, and
// that nobody told them: the next interview that was decided on is stuck.
func TestMigration5(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s, err := open(path, Options{}, migrations[:4])
	ok(t, err)
	now := time.Date(2026, 10, 14, 10, 0, 0, 0, time.UTC)
	owed := func(id hiring.CandidateID, decided bool, told hiring.Told) hiring.Owed {
		return hiring.Owed{
			Subject: hiring.NextSubject(1, id, "interview-1", "UREC"), Since: monday, DueAt: monday, NudgeAt: now, Decided: decided, Nudges: 3, Told: told,
		}
	}
	feedback := owed(4, false, hiring.ToldOwner)
	feedback.Subject.Kind = hiring.AboutFeedback
	before := []hiring.Owed{owed(1, true, hiring.ToldOwner), owed(2, true, hiring.ToldAdmins), owed(3, false, hiring.ToldOwner), feedback}
	role := testRole(1)
	role.HiringManager, role.Recruiter = "UMAN", "UREC"
	change(t, s, hiring.Change{Roles: []hiring.Role{role}, Owe: before})
	ok(t, s.Close())
	s = openAt(t, path, Options{})
	after := slices.Clone(before)
	after[0].Told, after[1].Told = hiring.ToldNobody, hiring.ToldNobody
	view(t, s, func(r hiring.Record) {
		for _, want := range after {
			all := must(r.OwedIn(1))
			if !slices.ContainsFunc(all, func(o hiring.Owed) bool { return o == want }) {
				t.Errorf("no %+v in %+v", want, all)
			}
		}
	})
	rules := hiring.Settings{
		Zone: time.UTC, WorkDays: [7]bool{true, true, true, true, true, true, true}, WorkTo: 24 * time.Hour, Ladder: hiring.DefaultLadder(),
		Admins: []hiring.UserID{"UADMIN"},
	}
	told := make(map[hiring.UserID]int)
	ok(t, s.Change(t.Context(), "", now, func(r hiring.Record) (hiring.Change, error) {
		c, err := hiring.Sweep(r, rules, "UREC", now)
		for _, n := range c.Notices {
			if n.Kind == hiring.Escalation {
				told[n.User] += len(n.Subjects)
			}
		}
		return c, err
	}))
	same(t, "told of how many things", told, map[hiring.UserID]int{"UMAN": 2})
}

func TestCorrections(t *testing.T) {
	s := openTest(t)
	at := func(role hiring.RoleID, minutes int) hiring.Event {
		return hiring.Event{Kind: hiring.CandidateCorrected, At: monday.Add(time.Duration(minutes) * time.Minute), Role: role, Candidate: 1, Corrects: hiring.CandidateMoved, Was: monday}
	}
	change(t, s, hiring.Change{Events: []hiring.Event{at(1, 3), at(1, 1), at(2, 2), {Kind: hiring.CandidateMoved, At: monday.Add(time.Hour), Role: 1}, at(1, 2)}})
	view(t, s, func(r hiring.Record) {
		if got := must(r.Corrections(1, monday.Add(time.Minute))); len(got) != 2 || got[0] != at(1, 2) || got[1] != at(1, 3) {
			t.Errorf("after the first minute: %+v", got)
		}
		if got := must(r.Corrections(3, time.Time{})); len(got) != 0 {
			t.Errorf("of a role without any: %+v", got)
		}
	})
}

func TestAnotherZoneMakesTheCountsAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samsvar.db")
	s := openAt(t, path, Options{})
	c := testCandidate(1, 1)
	c.AddedAt = time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC) // Monday in Oslo already
	c.Journey[0].At = c.AddedAt
	change(t, s, hiring.Change{Roles: []hiring.Role{testRole(1)}, Candidates: []hiring.Candidate{c}})
	week := func(s *Store) (weeks []hiring.Week) {
		view(t, s, func(r hiring.Record) {
			for k := range must(r.Counts(1, "2026-W01", "2026-W53")) {
				if k.Measure == hiring.Going {
					weeks = append(weeks, k.Week)
				}
			}
		})
		return weeks
	}
	if got := week(s); len(got) != 1 || got[0] != "2026-W09" {
		t.Errorf("in UTC %v", got)
	}
	ok(t, s.Close())
	s = openAt(t, path, Options{Settings: hiring.Settings{Zone: must(time.LoadLocation("Europe/Oslo"))}})
	if got := week(s); len(got) != 1 || got[0] != "2026-W10" {
		t.Errorf("in Oslo %v", got)
	}
}

func TestClosed(t *testing.T) {
	s := openTest(t)
	ok(t, s.Close())
	if err := s.View(t.Context(), nil); !errors.Is(err, errClosed) {
		t.Errorf("view: %v", err)
	}
	if err := s.Ran(t.Context(), "sweep", monday); !errors.Is(err, errClosed) {
		t.Errorf("write: %v", err)
	}
	ok(t, s.Close())
}
