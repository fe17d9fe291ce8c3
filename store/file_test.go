package store

import (
	"encoding/binary"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/hiring"
)

// marker stands wherever personal data may stand.
const marker = "Zebedæus Quartermain"

// fill writes something of every kind, and enough candidates for a few pages.
func fill(t testing.TB, s *Store) {
	t.Helper()
	c := hiring.Change{
		Roles:         []hiring.Role{testRole(1), testRole(2)},
		People:        []hiring.Person{{ID: manager, Name: marker}, {ID: recruiter, Name: marker}},
		Subscriptions: []hiring.Subscription{{Role: 2, Channel: "C0JOBS", By: manager, SetAt: monday}}, ChartsRefused: monday,
		Rules:      hiring.Rules{NudgeCron: "*/15 * * * *", ChangedAt: monday},
		Unfinished: []hiring.Unfinished{{By: manager, Role: 2, Step: 3, SavedAt: monday}},
		Events: []hiring.Event{{Kind: hiring.CandidateAdded, At: monday, Role: 1, Candidate: 1, To: hiring.StageSourced},
			{Kind: hiring.CandidateCorrected, At: monday, Role: 1, Candidate: 1, To: hiring.StageSourced, Corrects: hiring.CandidateAdded, Was: monday, Is: monday}},
	}
	for id := range hiring.CandidateID(60) {
		p := testCandidate(id+1, 1+hiring.RoleID(id%2), hiring.StageScreen, interview)
		p.Name, p.Link, p.External, p.Email, p.Reason = marker, "https://example.org/"+marker, marker, marker, marker
		if id%3 == 0 {
			p.Outcome, p.ClosedAt = hiring.Rejected, monday.AddDate(0, 0, 9)
		}
		o := testOwed(p.Role, p.ID, expert, monday.Add(time.Duration(id)*time.Hour))
		c.Candidates = append(c.Candidates, p)
		c.Owe = append(c.Owe, o)
		c.Feedback = append(c.Feedback, hiring.Feedback{FeedbackKey: o.Subject.FeedbackKey(), Role: p.Role, Status: hiring.Submitted, Scorecard: hiring.Scorecard{Note: marker}})
	}
	about := []hiring.Subject{c.Owe[0].Subject, hiring.RoleSubject(1)}
	for _, kind := range []hiring.NoticeKind{hiring.AskFeedback, hiring.Nudge, hiring.Digest, hiring.TellBrief} {
		c.Notices = append(c.Notices, hiring.Notice{Kind: kind, User: expert, Subjects: about, CreatedAt: monday, NotBefore: monday})
	}
	ok(t, s.Change(t.Context(), "act 1", monday, func(hiring.Record) (hiring.Change, error) { return c, nil }))
	for _, id := range []hiring.NoticeID{1, 2} {
		if !must(s.Sending(t.Context(), id, monday)) {
			t.Fatalf("notice %d is not there", id)
		}
	}
	ok(t, s.Settle(t.Context(), 1, hiring.Post{Channel: "D1", TS: "1.1"}, monday))
	change(t, s, hiring.Change{Refresh: about[:1]})
	ok(t, s.Postpone(t.Context(), 3, monday.Add(time.Hour), "ratelimited"))
	ok(t, s.Ran(t.Context(), "sweep", monday))
	change(t, s, hiring.Change{Unreachable: []hiring.Unreachable{{To: hiring.Conversation{Channel: "C1"}, Problem: hiring.ProblemArchived, Since: monday, TryAt: monday}}})
}

// contents returns the file's buckets with their keys and values.
func contents(t testing.TB, s *Store) map[string][]entry {
	t.Helper()
	all := make(map[string][]entry)
	ok(t, s.engine.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			all[string(name)] = nil
			return b.ForEach(func(k, v []byte) error {
				all[string(name)] = append(all[string(name)], entry{bucket(name), []byte(string(k)), []byte(string(v))})
				return nil
			})
		})
	}))
	return all
}

// documented reads the tree in the package comment: per bucket the forms of
// its keys.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	tree := make(map[string][]string)
	name := ""
	isBucket := regexp.MustCompile(`^//\t([a-z-]+)$`)
	isKey := regexp.MustCompile(`^//\t[├└]─ (.+?) → .+$`)
	for line := range strings.Lines(string(must(os.ReadFile("doc.go")))) {
		line = strings.TrimRight(line, "\n")
		if m := isBucket.FindStringSubmatch(line); m != nil {
			name = m[1]
			tree[name] = []string{}
		} else if m := isKey.FindStringSubmatch(line); m != nil {
			tree[name] = append(tree[name], m[1])
		}
	}
	return tree
}

// fits says whether a key has the documented form.
func fits(k []byte, form string) bool {
	form = strings.ReplaceAll(form, "*subject", "$kind #role #revision #candidate $stage $person $week")
	for part := range strings.FieldsSeq(form) {
		switch part[0] {
		case '#':
			if len(k) < 8 || binary.BigEndian.Uint64(k) > 1<<32 {
				return false
			}
			_, k = cutNum(k)
		case '@':
			if len(k) < 8 {
				return false
			}
			var at time.Time
			if at, k = cutTime(k); at.Year() != monday.Year() {
				return false
			}
		case '$':
			var rest []byte
			if _, rest = cutText(k); rest == nil {
				return false
			}
			k = rest
		default:
			return string(k) == part
		}
	}
	return len(k) == 0
}

// TestTheFileIsAsDocumented compares the package comment with a file that
// holds something of everything.
func TestTheFileIsAsDocumented(t *testing.T) {
	path := written(t) // closed once, which leaves its mark
	s := openAt(t, path, Options{})
	tree, file := documented(t), contents(t, s)
	for name := range tree {
		if _, there := file[name]; !there {
			t.Errorf("bucket %s is documented and not there", name)
		}
	}
	used := make(map[string]bool)
	for name, entries := range file {
		if len(entries) == 0 {
			t.Errorf("nothing was written to bucket %s: fill it", name)
		}
		for _, e := range entries {
			found := false
			for _, form := range tree[name] {
				if fits(e.key, form) {
					found, used[name+"/"+form] = true, true
				}
			}
			if !found {
				t.Errorf("%s: key %q is none of the documented %q", name, e.key, tree[name])
			}
		}
	}
	for name, forms := range tree {
		for _, form := range forms {
			if !used[name+"/"+form] {
				t.Errorf("%s: no key has the documented form %s", name, form)
			}
		}
	}
}

func TestPersonalDataStandsInItsPlace(t *testing.T) {
	s := openTest(t)
	fill(t, s)
	may := map[string]bool{"candidate": true, "feedback": true, "person": true}
	for name, entries := range contents(t, s) {
		found := false
		for _, e := range entries {
			in := strings.Contains(string(e.value), marker)
			found = found || in
			if strings.Contains(string(e.key), marker) || in && !may[name] {
				t.Errorf("%s: %q holds personal data", name, e.key)
			}
		}
		if may[name] && !found {
			t.Errorf("%s: the marker is missing, the test tests nothing", name)
		}
	}
}

func TestKeysSortLikeWhatTheyStandFor(t *testing.T) {
	times := []time.Time{{}, time.Unix(-1<<33, 0), time.Unix(-1, 0), time.Unix(0, 0), time.Unix(0, 1), monday, monday.AddDate(100, 0, 0), monday.AddDate(9000, 0, 0)}
	for i := 1; i < len(times); i++ {
		if a, b := string(key{}.at(times[i-1])), string(key{}.at(times[i])); a > b || a == b && i != 1 {
			t.Errorf("%v does not come before %v", times[i-1], times[i])
		}
	}
	texts := []string{"", "\x00", "\x00a", "a", "a\x00", "a\x00b", "ab", "b"}
	for i := 1; i < len(texts); i++ {
		if a, b := key(nil).text(texts[i-1]), key(nil).text(texts[i]); string(a) >= string(b) {
			t.Errorf("%q does not come before %q", texts[i-1], texts[i])
		}
	}
	for _, s := range texts {
		k := key(nil).text(s).num(7)
		if got, rest := cutText(k); got != s || len(rest) != 8 {
			t.Errorf("%q is read as %q", s, got)
		}
	}
	if at, _ := cutTime(key{}.at(monday)); !at.Equal(monday) {
		t.Errorf("%v is read as %v", monday, at)
	}
}

func TestUnder(t *testing.T) {
	for _, test := range []struct{ prefix, to string }{{"a", "b"}, {"a\xff", "b"}, {"\xff\xff", ""}} {
		if got := under(key(test.prefix)); string(got.to) != test.to {
			t.Errorf("under %q ends at %q", test.prefix, got.to)
		}
	}
}

func Example_key() {
	fmt.Printf("%q\n", candidateOfRoleKey(12, 41))
	// Output: "\x00\x00\x00\x00\x00\x00\x00\f\x00\x00\x00\x00\x00\x00\x00)"
}

// What is added at the end alone fills its pages: a file of years is half as
// large as when bbolt leaves every page that it splits half full.
func TestEventsFillTheirPages(t *testing.T) {
	s := openTest(t)
	for range 50 {
		var c hiring.Change
		for range 40 {
			c.Events = append(c.Events, hiring.Event{Kind: hiring.CandidateMoved, At: monday, By: recruiter, Role: 1, Candidate: 1})
		}
		change(t, s, c)
	}
	ok(t, s.engine.view(t.Context(), func(x *txn) error {
		pages := x.tx.Bucket([]byte(inEvent)).Stats()
		if filled := float64(pages.LeafInuse) / float64(pages.LeafAlloc); filled < 0.9 {
			t.Errorf("%d events fill %.2f of %d pages", pages.KeyN, filled, pages.LeafPageN)
		}
		return nil
	}))
}
