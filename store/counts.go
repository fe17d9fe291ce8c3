package store

import "github.com/samsvar/samsvar/hiring"

// counting collects how a change moves the counts. A candidate's contribution
// depends on their role's plan, agreements and pauses, so a role of which these
// change is counted anew from its candidates.
type counting struct {
	t        *txn
	settings hiring.Settings
	anew     map[hiring.RoleID]bool
}

func newCounting(t *txn, s hiring.Settings) *counting {
	return &counting{t: t, settings: s, anew: make(map[hiring.RoleID]bool)}
}

// changed notes a role before and after.
func (c *counting) changed(before, after hiring.Role) {
	if !before.CountsAs(after) {
		c.anew[after.ID] = true
	}
}

// counter returns what counts a role's candidates, by the role as it is now.
func (c *counting) counter(id hiring.RoleID) (*hiring.Counter, error) {
	if counter, known := c.t.countedBy[id]; known {
		return counter, nil
	}
	role, err := (&record{c.t}).Role(id)
	if err != nil {
		return nil, err
	}
	counter := c.settings.Counter(role)
	c.t.countedBy[id] = counter
	return counter, nil
}

// of returns a candidate's contribution; nothing when their role is counted
// anew.
func (c *counting) of(p hiring.Candidate) ([]hiring.CountKey, error) {
	if c.anew[p.Role] {
		return nil, nil
	}
	counter, err := c.counter(p.Role)
	if err != nil {
		return nil, err
	}
	return counter.Contribution(p), nil
}

// happened notes what an event counts by itself.
func (c *counting) happened(e hiring.Event) {
	for _, k := range hiring.Facts(e, c.settings) {
		c.t.count(k, 1)
	}
}

// recount puts right what a role's candidates count after it has changed.
func (c *counting) recount() error {
	for id := range c.anew {
		counter, err := c.counter(id)
		if err != nil {
			return err
		}
		right, err := tallyOf(c.t, id, counter)
		if err != nil {
			return err
		}
		for _, d := range differences(c.t, id, right, func(m hiring.Measure) bool { return !m.OfEvents() }) {
			c.t.count(d.Key, d.Right-d.Kept)
		}
	}
	return nil
}

// tallyOf counts a role's candidates.
func tallyOf(t *txn, id hiring.RoleID, counter *hiring.Counter) (hiring.Tally, error) {
	candidates, err := (&record{t}).CandidatesOf(id)
	tally := make(hiring.Tally)
	for _, c := range candidates {
		tally.Count(counter.Contribution(c), 1)
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
