package hiring

import (
	"slices"
	"time"
)

// Imported is one candidate as a file of an applicant tracking system tells
// of them.
type Imported struct {
	Line     int    // in the file, from 1, for messages
	External string // what the file knows the person by: the system's id, for want of one the address, or name and day
	Email    string // may be empty
	Name     string
	Source   Source
	Link     string
	AddedAt  time.Time
	Moves    []ImportedMove // in order of time, without the addition
	Outcome  Outcome
	Reason   string
	ClosedAt time.Time // zero while active
}

// ImportedMove is the entry into a stage on a day.
type ImportedMove struct {
	Stage StageID
	At    time.Time
}

// Refusal is a row that cannot be imported and why.
type Refusal struct {
	Line int
	Why  *Error
}

// ImportResult says what an import does: all of it, or nothing when any row
// is refused.
type ImportResult struct {
	Added   []Candidate
	Present int // rows whose candidate is on record already
	Refused []Refusal
}

// Import adds candidates with their journeys to a role. Candidates who came in
// by an import already are left as they are, so importing a file again changes
// nothing; who is the same is told by two of id, e-mail address and name. When a
// row is refused the change is empty. Nobody is asked for feedback on interviews
// that are past; who is still in the process waits for their next step like
// everybody else.
func (a Act) Import(id RoleID, rows []Imported) (ImportResult, Change, error) {
	r, err := a.Record.Role(id)
	if err != nil {
		return ImportResult{}, Change{}, err
	}
	present, err := a.Record.CandidatesOf(id)
	if err != nil {
		return ImportResult{}, Change{}, err
	}
	known := a.imported(present)
	var res ImportResult
	next, opening := a.Record.NextCandidate(), freeOpenings(present)
	for _, row := range rows {
		who := identityOf(row.External, row.Email, row.Name, row.AddedAt, a.Settings.Zone)
		e, is := known.find(who)
		switch why := row.check(r, a.Now); {
		case is == samePerson && e.candidate != 0:
			res.Present++
			continue
		case is == samePerson:
			res.refuse(row.Line, Errorf("The same candidate stands in line %v already.", e.line))
			continue
		case is != otherPerson:
			res.refuse(row.Line, e.unclear(is))
			continue
		case why != nil:
			res.refuse(row.Line, why)
			continue
		}
		known.add(entry{identity: who, line: row.Line})
		c := row.candidate(next, r.ID, a.By.ID)
		if c.Outcome == Hired {
			c.Opening = opening()
		}
		res.Added = append(res.Added, c)
		next++
	}
	if len(res.Refused) > 0 || len(res.Added) == 0 {
		return res, Change{}, nil
	}
	change, err := a.importChange(r, res.Added)
	return res, change, err
}

// imported returns those of a role's candidates who came in from files.
func (a Act) imported(present []Candidate) *register {
	g := &register{by: make(map[string][]int), named: make(map[string]int)}
	for _, c := range present {
		if c.External != "" {
			g.add(entry{identity: identityOf(c.External, c.Email, c.Name, c.AddedAt, a.Settings.Zone), candidate: c.ID})
		}
	}
	return g
}

func (res *ImportResult) refuse(line int, why *Error) {
	res.Refused = append(res.Refused, Refusal{Line: line, Why: why})
}

func (a Act) importChange(r Role, added []Candidate) (Change, error) {
	c := Change{
		Candidates: added,
		Events:     []Event{{Kind: CandidatesImported, At: a.Now, By: a.By.ID, Role: r.ID, Count: len(added)}},
		Notices: []Notice{{
			Kind: TellImported, User: r.Recruiter, Subjects: []Subject{RoleSubject(r.ID)}, CreatedAt: a.Now, NotBefore: a.Now,
		}},
	}
	before := r.Hired
	for _, p := range added {
		if p.Outcome == Hired {
			r.Hired++
		}
		c.Events = append(c.Events, history(p)...)
	}
	// A role that was opened again has as many hires as were agreed on until both
	// have signed for more.
	if r.Hired > before && r.Hired >= r.InForce().Terms.Openings && r.Status == Open {
		r.Status, r.ClosedAt = Filled, a.Now
		c.Events = append(c.Events, Event{Kind: RoleFilled, At: a.Now, By: a.By.ID, Role: r.ID})
		if err := a.dropRequests(&c, r); err != nil {
			return Change{}, err
		}
	}
	for i := range added {
		if err := a.awaitImported(&c, r, &added[i]); err != nil {
			return Change{}, err
		}
	}
	c.Roles = []Role{r}
	c.refreshRole(r.ID)
	return c, nil
}

// awaitImported lets an active candidate wait for their next step from now on,
// so that nobody is late with what happened before the import. An offer is open
// since it was made. A role that does not hire owes nobody a step or a word.
func (a Act) awaitImported(change *Change, r Role, c *Candidate) error {
	if c.Outcome != Active || !r.Active() {
		return nil
	}
	if err := a.nextContact(change, r, c); err != nil {
		return err
	}
	if err := a.watchOffer(change, r, *c); err != nil {
		return err
	}
	return a.awaitStep(change, r, *c, a.Now)
}

// history returns a candidate's journey as events.
func history(p Candidate) []Event {
	var events []Event
	for i, m := range p.Journey {
		e := Event{Kind: CandidateMoved, At: m.At, By: m.By, Role: p.Role, Candidate: p.ID, From: m.From, To: m.To, Source: p.Source}
		if i == 0 {
			e.Kind = CandidateAdded
		}
		if m.To != StageHired {
			events = append(events, e)
		}
	}
	if p.Outcome != Active {
		from := p.Stage
		if p.Outcome == Hired {
			from = p.Journey[len(p.Journey)-1].From
		}
		events = append(events, Event{
			Kind: CandidateClosed, At: p.ClosedAt, By: p.AddedBy, Role: p.Role, Candidate: p.ID, From: from, Source: p.Source,
			Outcome: p.Outcome, Offer: p.Offer, Number: p.Opening,
		})
	}
	return events
}

func (row Imported) check(r Role, now time.Time) *Error {
	errs := FieldErrors{}
	tooLong(errs, FieldName, row.Name, MaxName)
	plan := r.Plan()
	switch {
	case row.Name == "":
		return Errorf("The candidate has no name.")
	case errs[FieldName] != nil:
		return errs[FieldName]
	case !slices.Contains(Sources(), row.Source):
		return Errorf("The source “%s” is not known.", string(row.Source))
	case row.AddedAt.IsZero():
		return Errorf("The date the candidate was added is missing.")
	case row.AddedAt.After(now):
		return Errorf("The candidate was added in the future.")
	}
	last := row.AddedAt
	for _, m := range row.Moves {
		switch {
		case plan.Index(m.Stage) < 0:
			return Errorf("The role has no stage “%s”.", string(m.Stage))
		case m.At.Before(last):
			return Errorf("The dates run backwards at the stage “%s”.", string(m.Stage))
		case m.At.After(now):
			return Errorf("The stage “%s” lies in the future.", string(m.Stage))
		}
		if m.Stage == StageHired && row.Outcome != Hired {
			return Errorf("The candidate was hired, but the outcome says otherwise.")
		}
		last = m.At
	}
	if row.Outcome != Active && row.ClosedAt.Before(last) {
		return Errorf("The process ended before its last stage.")
	}
	if row.ClosedAt.After(now) {
		return Errorf("The process ends in the future.")
	}
	return nil
}

func (row Imported) candidate(id CandidateID, role RoleID, by UserID) Candidate {
	c := Candidate{
		ID: id, Role: role, Name: row.Name, Source: row.Source, Link: row.Link, External: row.External, Email: row.Email,
		Stage: StageSourced, Outcome: row.Outcome, Reason: row.Reason, AddedBy: by,
		AddedAt: row.AddedAt.UTC(), ClosedAt: row.ClosedAt.UTC(),
		Journey: []Move{{At: row.AddedAt.UTC(), To: StageSourced, By: by}},
	}
	enter := func(s StageID, at time.Time) {
		c.Journey = append(c.Journey, Move{At: at.UTC(), From: c.Stage, To: s, By: by})
		c.Stage = s
	}
	for _, m := range row.Moves {
		if m.Stage != c.Stage {
			enter(m.Stage, m.At)
		}
	}
	if c.Outcome == Hired && c.Stage != StageHired {
		enter(StageHired, row.ClosedAt)
	}
	switch {
	case c.Outcome == Active:
		c.ClosedAt = time.Time{}
		return c
	case c.Outcome == Hired:
		c.ClosedAt = c.Since() // the hire is the end
	}
	c.Offer = c.offerEnd(c.Outcome)
	return c
}
