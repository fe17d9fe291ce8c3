package hiring_test

import (
	"iter"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// reader counts what is read of a record.
type reader struct {
	*memory
	read  map[hiring.RoleID]int // candidates, one by one
	roles map[hiring.RoleID]int
}

func (r reader) NewestOf(id hiring.RoleID, before hiring.CandidateID) iter.Seq2[hiring.Candidate, error] {
	return func(yield func(hiring.Candidate, error) bool) {
		for c, err := range r.memory.NewestOf(id, before) {
			r.read[id]++
			if !yield(c, err) {
				return
			}
		}
	}
}

func (r reader) CandidatesOf(id hiring.RoleID) ([]hiring.Candidate, error) {
	list, err := r.memory.CandidatesOf(id)
	r.read[id] += len(list)
	return list, err
}

func (r reader) Role(id hiring.RoleID) (hiring.Role, error) {
	r.roles[id]++
	return r.memory.Role(id)
}

// TestBehindReadsWhatIsShown looks behind numbers of three roles: one with many
// candidates, one with few, one with none that count.
func TestBehindReadsWhatIsShown(t *testing.T) {
	d := newDesk(t)
	for id := hiring.RoleID(1); id <= 3; id++ {
		must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms()}))
		must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").Sign(id, 1))
	}
	add := func(role hiring.RoleID, when string, n int) {
		for range n {
			_, change, err := d.by(ola, when).AddCandidate(role, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
			if err != nil {
				t.Fatal(err)
			}
			d.apply(change)
		}
	}
	add(1, "2026-10-06 09:00", 60)
	add(1, "2026-10-13 09:00", 30)
	add(2, "2026-10-13 10:00", 5)
	add(3, "2026-10-06 09:00", 8)
	added := hiring.Number{Measure: hiring.NumberReached, Stage: hiring.StageSourced}
	first, second := hiring.Window{From: "2026-W41", To: "2026-W42"}, hiring.Window{From: "2026-W42", To: "2026-W43"}
	for _, c := range []struct {
		it    string
		by    hiring.UserID
		of    hiring.Scope
		w     hiring.Window
		parts []int
		read  map[hiring.RoleID]int
	}{
		{"more than are shown: nobody is read", admin, hiring.Scope{}, first, []int{60, 8}, map[hiring.RoleID]int{}},
		{"as many as are shown: those, and not the older ones", admin, hiring.Scope{}, second, []int{30, 5}, map[hiring.RoleID]int{1: 30, 2: 5}},
		{"of one role the newest, and one to know that there are more", admin, hiring.Scope{Role: 1}, hiring.Window{From: "2026-W41", To: "2026-W43"}, []int{90}, map[hiring.RoleID]int{1: 41}},
		{"a team is the same", kari, hiring.Scope{HiringManager: kari}, second, []int{30, 5}, map[hiring.RoleID]int{1: 30, 2: 5}},
		{"weeks in which nobody was added", jonas, hiring.Scope{}, hiring.Window{From: "2026-W50", To: "2026-W51"}, nil, map[hiring.RoleID]int{}},
		{"somebody from elsewhere", "UELSE", hiring.Scope{}, second, nil, map[hiring.RoleID]int{}},
	} {
		r := reader{d.memory, map[hiring.RoleID]int{}, map[hiring.RoleID]int{}}
		b, err := hiring.Behind(r, settings(), hiring.Person{ID: c.by}, c.of, c.w, added, hiring.Page{Most: 40})
		if err != nil {
			t.Fatal(err)
		}
		var parts []int
		for _, p := range b.Parts {
			parts = append(parts, p.Count)
		}
		d.want(c.it+", parts", parts, c.parts)
		d.want(c.it+", read", r.read, c.read)
		if c.by == admin && c.of == (hiring.Scope{}) && r.roles[3] > 0 {
			t.Errorf("%s: a role is read that nobody is shown of", c.it)
		}
		if c.by == "UELSE" && (b.Hidden != 35 || b.HiddenRoles != 2 || b.Total != 35) {
			t.Errorf("%s: %d of %d hidden, in %d roles", c.it, b.Hidden, b.Total, b.HiddenRoles)
		}
	}
	for _, forged := range []string{"", "|", "reached|sourced", "reached|sourced||"} {
		if _, err := hiring.ParseNumber(forged); err == nil {
			t.Errorf("%q is a number", forged)
		}
	}
	for _, p := range []hiring.Person{{ID: admin, Away: true}, {ID: kari, Guest: true}, {ID: ola, Bot: true}} {
		b, err := hiring.Behind(d, settings(), p, hiring.Scope{}, second, added, hiring.Page{Most: 40})
		if err != nil || len(b.Parts) > 0 || b.Hidden != 35 {
			t.Errorf("%+v is shown %+v, %v", p, b, err)
		}
	}
}
