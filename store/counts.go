package store

import "github.com/samsvar/samsvar/hiring"

// counting collects how a change moves the counts. A candidate's contribution
// depends on their role's plan, agreements and pauses, so a role of which these
// change is counted anew from its candidates.
type counting struct {
	t        *txn
	settings hiring.Settings
	roles    map[hiring.RoleID]hiring.Role
	anew     map[hiring.RoleID]bool
}

func newCounting(t *txn, s hiring.Settings) *counting {
	return &counting{t: t, settings: s, roles: make(map[hiring.RoleID]hiring.Role), anew: make(map[hiring.RoleID]bool)}
}

// changed notes a role before and after.
func (c *counting) changed(before, after hiring.Role) {
	if !before.CountsAs(after) {
		c.anew[after.ID] = true
	}
}

// role returns a role as it is by now.
func (c *counting) role(id hiring.RoleID) (hiring.Role, error) {
	role, known := c.roles[id]
	if known {
		return role, nil
	}
	role, err := (&record{c.t}).Role(id)
	if err == nil {
		c.roles[id] = role
	}
	return role, err
}

// add notes a candidate's contribution, n times.
func (c *counting) add(p hiring.Candidate, n int) error {
	if c.anew[p.Role] {
		return nil
	}
	role, err := c.role(p.Role)
	if err == nil {
		c.t.count(hiring.Contribution(p, role, c.settings), n)
	}
	return err
}

// happened notes what an event counts by itself.
func (c *counting) happened(e hiring.Event) { c.t.count(hiring.Facts(e, c.settings), 1) }

// recount puts right what a role's candidates count after it has changed.
func (c *counting) recount() error {
	for id := range c.anew {
		role, err := c.role(id)
		if err != nil {
			return err
		}
		right, err := tallyOf(c.t, role, c.settings)
		if err != nil {
			return err
		}
		for _, d := range differences(c.t, id, right, func(m hiring.Measure) bool { return !m.OfEvents() }) {
			c.t.count([]hiring.CountKey{d.Key}, d.Right-d.Kept)
		}
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
