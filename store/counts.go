package store

import "github.com/samsvar/samsvar/hiring"

// counting collects how a change moves the counts. A candidate's contribution
// depends on their role's plan, agreements and pauses, so a role of which these
// change is counted anew from its candidates.
type counting struct {
	settings hiring.Settings
	moved    hiring.Tally
	roles    map[hiring.RoleID]hiring.Role
	anew     map[hiring.RoleID]bool
}

func newCounting(s hiring.Settings) *counting {
	return &counting{
		settings: s, moved: make(hiring.Tally), roles: make(map[hiring.RoleID]hiring.Role), anew: make(map[hiring.RoleID]bool),
	}
}

// changed notes a role before and after.
func (c *counting) changed(before, after hiring.Role) {
	if !before.CountsAs(after) {
		c.anew[after.ID] = true
	}
}

// role returns a role as it is by now.
func (c *counting) role(t *txn, id hiring.RoleID) (hiring.Role, error) {
	role, known := c.roles[id]
	if known {
		return role, nil
	}
	role, err := (&record{t}).Role(id)
	if err == nil {
		c.roles[id] = role
	}
	return role, err
}

// add notes a candidate's contribution, n times.
func (c *counting) add(t *txn, p hiring.Candidate, n int) error {
	if c.anew[p.Role] {
		return nil
	}
	role, err := c.role(t, p.Role)
	if err == nil {
		c.moved.Count(hiring.Contribution(p, role, c.settings), n)
	}
	return err
}

// happened notes what an event counts by itself.
func (c *counting) happened(e hiring.Event) { c.moved.Count(hiring.Facts(e, c.settings), 1) }

// write moves the kept counts.
func (c *counting) write(t *txn) error {
	for id := range c.anew {
		role, err := c.role(t, id)
		if err != nil {
			return err
		}
		right, err := tallyOf(t, role, c.settings)
		if err != nil {
			return err
		}
		for _, d := range differences(t, id, right, func(m hiring.Measure) bool { return !m.OfEvents() }) {
			c.moved.Count([]hiring.CountKey{d.Key}, d.Right-d.Kept)
		}
	}
	for k, n := range c.moved {
		t.add(countKey(k), n)
	}
	return nil
}

// tallyOf counts a role's candidates.
func tallyOf(t *txn, role hiring.Role, s hiring.Settings) (hiring.Tally, error) {
	candidates, err := (&record{t}).CandidatesOf(role.ID)
	tally := make(hiring.Tally)
	for _, c := range candidates {
		tally.Count(hiring.Contribution(c, role, s), 1)
	}
	return tally, err
}

// readCounts adds the counts of a span of keys to a tally.
func readCounts(t *txn, s span, into hiring.Tally) {
	for k, n := range t.counters(s) {
		into[cutCount(k)] = n
	}
}

// Difference is a count that is not what it should be.
type Difference struct {
	Key   hiring.CountKey
	Kept  int // what the record says
	Right int
}

// differences compares the counts that are kept of a role, or of all together
// when it is 0, with what they should be. Measures that are not among those
// asked for are left out.
func differences(t *txn, id hiring.RoleID, right hiring.Tally, among func(hiring.Measure) bool) []Difference {
	kept := make(hiring.Tally)
	readCounts(t, under(roleKey(id)), kept)
	var list []Difference
	for k, n := range kept {
		if right[k] != n && among(k.Measure) {
			list = append(list, Difference{Key: k, Kept: n, Right: right[k]})
		}
	}
	for k, n := range right {
		if _, known := kept[k]; !known && k.Role == id && among(k.Measure) {
			list = append(list, Difference{Key: k, Right: n})
		}
	}
	return list
}

func anyMeasure(hiring.Measure) bool { return true }
