package hiring_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// TestBriefsInEveryHistory plays random histories of proposing, changing,
// signing, sending back, pausing and handing over: an agreed revision never changes, a role is open
// exactly when a revision was agreed, and whoever has not signed the newest
// revision, and nobody else, owes a signature.
func TestBriefsInEveryHistory(t *testing.T) {
	people := []hiring.UserID{kari, ola, ingrid, jonas, admin}
	rapid.Check(t, func(t *rapid.T) {
		m, now := newMemory(), at("2026-10-05 09:00")
		act := func() hiring.Act {
			by := rapid.SampledFrom(people).Draw(t, "by")
			now = now.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
			return hiring.Act{Settings: settings(), Record: m, By: hiring.Person{ID: by}, Now: now}
		}
		_, c, err := act().ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "C1", Terms: terms()})
		if err != nil {
			t.Fatal(err)
		}
		m.apply(c)
		agreed := map[int]hiring.Brief{}
		for i := range rapid.IntRange(1, 20).Draw(t, "acts") {
			a := act()
			switch rapid.IntRange(0, 5).Draw(t, "act") {
			case 0:
				_, c, err = a.Sign(1, m.roles[1].Brief().Revision)
			case 1:
				changed := terms()
				changed.Location = fmt.Sprint(i)
				_, c, err = a.ChangeBrief(1, m.roles[1].Brief().Revision, changed, "x")
			case 2:
				_, c, err = a.HandOver(1, rapid.SampledFrom(people).Draw(t, "manager"), rapid.SampledFrom(people).Draw(t, "recruiter"))
			case 3:
				_, c, err = a.SendBack(1, m.roles[1].Brief().Revision, hiring.TheOffer, "Pay more.")
			case 4:
				_, c, err = a.Pause(1)
			case 5:
				_, c, err = a.Resume(1)
			}
			if err == nil {
				m.apply(c)
			}
			checkBriefs(t, m, agreed)
		}
	})
}

func checkBriefs(t *rapid.T, m *memory, agreed map[int]hiring.Brief) {
	r := m.roles[1]
	for _, b := range r.Briefs {
		old, known := agreed[b.Revision]
		if known && !reflect.DeepEqual(old, b) {
			t.Fatalf("revision %d was agreed and has changed: %+v, was %+v", b.Revision, b, old)
		}
		if b.Agreed() {
			agreed[b.Revision] = b
			if len(b.Signatures) != 2 || b.Signatures[0].By == b.Signatures[1].By {
				t.Fatalf("revision %d is agreed by %+v", b.Revision, b.Signatures)
			}
		}
	}
	if open := r.Status == hiring.Open || r.Status == hiring.Paused && len(agreed) > 0; open != (len(agreed) > 0) {
		t.Fatalf("%s with %d agreed revisions", r.Status, len(agreed))
	}
	var want, owe []hiring.UserID
	for _, owner := range []hiring.UserID{r.HiringManager, r.Recruiter} {
		sentBack := slices.ContainsFunc(r.Brief().Comments, func(c hiring.Comment) bool { return c.By == owner })
		if !r.ConfirmedBy(owner) && !sentBack {
			want = append(want, owner)
		}
	}
	for s, o := range m.owed {
		if o.PausedAt.IsZero() == (r.Status == hiring.Paused) {
			t.Fatalf("the clock of %v runs: %v, in a role that is %s", s, o.PausedAt.IsZero(), r.Status)
		}
		if s.Kind == hiring.AboutRevision {
			continue
		}
		if s.Revision != r.Brief().Revision {
			t.Fatalf("a signature under revision %d is still owed", s.Revision)
		}
		owe = append(owe, s.Person)
	}
	slices.Sort(want)
	slices.Sort(owe)
	if !slices.Equal(want, owe) {
		t.Fatalf("%v owe a signature, want %v", owe, want)
	}
}
