package hiring_test

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// memory is the record of a test: maps, written by apply.
type memory struct {
	roles      map[hiring.RoleID]hiring.Role
	candidates map[hiring.CandidateID]hiring.Candidate
	feedback   map[hiring.FeedbackKey]hiring.Feedback
	people     map[hiring.UserID]hiring.Person
	owed       map[hiring.Subject]hiring.Owed
	unfinished map[hiring.UnfinishedKey]hiring.Unfinished
	events     []hiring.Event
	notices    []hiring.Notice          // all that were ever queued
	gone       map[hiring.NoticeID]bool // sent or dropped
	sending    map[hiring.NoticeID]bool // or in doubt
	kept       map[hiring.Conversation]hiring.Unreachable
	refresh    []hiring.Subject
	rules      hiring.Rules
	subscribed map[hiring.RoleID]map[hiring.ChannelID]hiring.Subscription
	noCharts   time.Time
}

func newMemory() *memory {
	return &memory{
		roles:      map[hiring.RoleID]hiring.Role{},
		candidates: map[hiring.CandidateID]hiring.Candidate{},
		feedback:   map[hiring.FeedbackKey]hiring.Feedback{},
		people:     map[hiring.UserID]hiring.Person{},
		owed:       map[hiring.Subject]hiring.Owed{},
		unfinished: map[hiring.UnfinishedKey]hiring.Unfinished{},
		gone:       map[hiring.NoticeID]bool{},
		sending:    map[hiring.NoticeID]bool{},
		kept:       map[hiring.Conversation]hiring.Unreachable{},
	}
}

func (m *memory) Rules() (hiring.Rules, error) { return m.rules, nil }

func (m *memory) CarriedOut(string) (string, bool) { return "", false }

func (m *memory) Subscriptions(id hiring.RoleID) ([]hiring.Subscription, error) {
	var list []hiring.Subscription
	for _, c := range slices.Sorted(maps.Keys(m.subscribed[id])) {
		list = append(list, m.subscribed[id][c])
	}
	return list, nil
}

func (m *memory) AllSubscriptions() (list []hiring.Subscription, err error) {
	for _, id := range slices.Sorted(maps.Keys(m.subscribed)) {
		of, _ := m.Subscriptions(id)
		list = append(list, of...)
	}
	return list, nil
}

func (m *memory) ChartsRefused() (time.Time, error) { return m.noCharts, nil }

func (m *memory) apply(c hiring.Change) {
	for _, s := range c.Subscriptions {
		if m.subscribed == nil {
			m.subscribed = map[hiring.RoleID]map[hiring.ChannelID]hiring.Subscription{}
		}
		if m.subscribed[s.Role] == nil {
			m.subscribed[s.Role] = map[hiring.ChannelID]hiring.Subscription{}
		}
		m.subscribed[s.Role][s.Channel] = s
	}
	if !c.ChartsRefused.IsZero() {
		m.noCharts = c.ChartsRefused
	}
	if c.Rules.Set() {
		m.rules = c.Rules
	}
	for _, r := range c.Roles {
		m.roles[r.ID] = r
	}
	for _, p := range c.Candidates {
		m.candidates[p.ID] = p
	}
	for _, f := range c.Feedback {
		m.feedback[f.FeedbackKey] = f
	}
	for _, p := range c.People {
		m.people[p.ID] = p
	}
	for _, u := range c.Unfinished {
		m.unfinished[u.Key()] = u
	}
	for _, k := range c.Finished {
		delete(m.unfinished, k)
	}
	var settled []hiring.Owed
	for _, s := range c.Settled {
		if o, ok := m.owed[s]; ok {
			settled = append(settled, o)
		}
		delete(m.owed, s)
	}
	if len(c.Events) > 0 {
		c.Events = append(slices.Clip(c.Events), hiring.Kept(settled, c.Events, c.Events[0].At)...)
	}
	for _, o := range c.Owe {
		m.owed[o.Subject] = o
	}
	m.events = append(m.events, c.Events...)
	for _, id := range c.Dropped {
		m.gone[id] = true
	}
	for _, u := range c.Unreachable {
		m.kept[u.To] = u
	}
	for _, n := range c.Notices {
		n.ID = hiring.NoticeID(len(m.notices) + 1)
		m.notices = append(m.notices, n)
	}
	m.refresh = append(m.refresh, c.Refresh...)
}

func (m *memory) NoticesTo(to hiring.Conversation) ([]hiring.Notice, error) {
	return m.outgoing(to, false)
}

func (m *memory) SendingTo(to hiring.Conversation) ([]hiring.Notice, error) {
	return m.outgoing(to, true)
}

func (m *memory) outgoing(to hiring.Conversation, sending bool) ([]hiring.Notice, error) {
	var list []hiring.Notice
	for _, n := range m.notices {
		if n.To() == to && !m.gone[n.ID] && m.sending[n.ID] == sending {
			list = append(list, n)
		}
	}
	return list, nil
}

// delivered has everything queued so far sent.
func (m *memory) delivered() {
	for _, n := range m.notices {
		m.gone[n.ID] = true
	}
}

func (m *memory) Unreachable(to hiring.Conversation) (hiring.Unreachable, bool, error) {
	u, known := m.kept[to]
	return u, known, nil
}

func (m *memory) AllUnreachable() ([]hiring.Unreachable, error) {
	return sorted(m.kept, func(hiring.Unreachable) bool { return true }, func(u hiring.Unreachable) int { return int(u.Since.Unix()) }), nil
}

func (m *memory) Role(id hiring.RoleID) (hiring.Role, error) {
	r, ok := m.roles[id]
	if !ok {
		return r, hiring.Errorf("There is no role %v.", id)
	}
	return r, nil
}

func (m *memory) AllRoles() ([]hiring.Role, error) {
	return sorted(m.roles, func(hiring.Role) bool { return true }, func(r hiring.Role) int { return int(r.ID) }), nil
}

func (m *memory) NextRole() hiring.RoleID { return hiring.RoleID(len(m.roles) + 1) }

func (m *memory) UnfinishedBy(u hiring.UserID) ([]hiring.Unfinished, error) {
	return sorted(m.unfinished, func(f hiring.Unfinished) bool { return f.By == u }, func(f hiring.Unfinished) int { return int(f.Role) }), nil
}

func (m *memory) Person(u hiring.UserID) (hiring.Person, error) {
	p := m.people[u]
	p.ID = u
	return p, nil
}

func (m *memory) Candidate(id hiring.CandidateID) (hiring.Candidate, error) {
	c, ok := m.candidates[id]
	if !ok {
		return c, hiring.Errorf("There is no candidate %v.", id)
	}
	return c, nil
}

func (m *memory) ActiveIn(id hiring.RoleID) ([]hiring.Candidate, error) {
	return sorted(m.candidates, func(c hiring.Candidate) bool { return c.Role == id && c.Outcome == hiring.Active }, candidateID), nil
}

func (m *memory) CandidatesOf(id hiring.RoleID) ([]hiring.Candidate, error) {
	return sorted(m.candidates, func(c hiring.Candidate) bool { return c.Role == id }, candidateID), nil
}

func (m *memory) NewestOf(id hiring.RoleID, before hiring.CandidateID) iter.Seq2[hiring.Candidate, error] {
	return func(yield func(hiring.Candidate, error) bool) {
		list, _ := m.CandidatesOf(id)
		for _, c := range slices.Backward(list) {
			if before != 0 && c.ID >= before {
				continue
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (m *memory) Corrections(id hiring.RoleID, since time.Time) ([]hiring.Event, error) {
	var list []hiring.Event
	for _, e := range m.events {
		if e.Kind == hiring.CandidateCorrected && e.Role == id && e.At.After(since) {
			list = append(list, e)
		}
	}
	return list, nil
}

func candidateID(c hiring.Candidate) int { return int(c.ID) }

func (m *memory) NextCandidate() hiring.CandidateID {
	return hiring.CandidateID(len(m.candidates) + 1)
}

func (m *memory) Feedback(k hiring.FeedbackKey) (hiring.Feedback, error) {
	f, ok := m.feedback[k]
	if !ok {
		return f, hiring.Errorf("No feedback was asked of %v on %v at that stage.", k.Interviewer, k.Candidate)
	}
	return f, nil
}

func (m *memory) FeedbackOn(id hiring.CandidateID) ([]hiring.Feedback, error) {
	var list []hiring.Feedback
	for k, f := range m.feedback {
		if k.Candidate == id {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b hiring.Feedback) int {
		return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Interviewer, b.Interviewer))
	})
	return list, nil
}

func (m *memory) OwedBy(u hiring.UserID) ([]hiring.Owed, error) {
	return m.owedWhere(func(o hiring.Owed) bool { return o.Person() == u }), nil
}

func (m *memory) ToRemind(u hiring.UserID, now time.Time) ([]hiring.Owed, error) {
	return m.owedWhere(func(o hiring.Owed) bool { return o.Person() == u && !o.RemindFrom().After(now) }), nil
}

func (m *memory) OwedIn(id hiring.RoleID) ([]hiring.Owed, error) {
	return m.owedWhere(func(o hiring.Owed) bool { return o.Subject.Role == id }), nil
}

func (m *memory) owedWhere(keep func(hiring.Owed) bool) []hiring.Owed {
	var list []hiring.Owed
	for _, o := range m.owed {
		if keep(o) {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b hiring.Owed) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.Subject.String(), b.Subject.String()))
	})
	return list
}

func (m *memory) Due(now time.Time) ([]hiring.UserID, error) {
	var users []hiring.UserID
	for _, o := range m.owed {
		if !o.NudgeAt.After(now) {
			users = append(users, o.Person())
		}
	}
	slices.Sort(users)
	return slices.Compact(users), nil
}

func (m *memory) Counts(id hiring.RoleID, from, to hiring.Week, only ...hiring.Measure) (hiring.Tally, error) {
	t := hiring.Tally{}
	for _, c := range m.candidates {
		t.Count(settings().Counter(m.roles[c.Role]).Contribution(c), 1)
	}
	for _, e := range m.events {
		t.Count(hiring.Facts(e, settings()), 1)
	}
	t = t.Take(id)
	for k := range t {
		if k.Week != "" && (k.Week < from || k.Week >= to) || len(only) > 0 && !slices.Contains(only, k.Measure) {
			delete(t, k)
		}
	}
	return t, nil
}

func (m *memory) OverdueIn(id hiring.RoleID, now time.Time) ([]hiring.Due, error) {
	owed, err := m.OwedIn(id)
	return hiring.PastDue(owed, now), err
}

func sorted[K comparable, V any](m map[K]V, keep func(V) bool, key func(V) int) []V {
	var list []V
	for _, v := range m {
		if keep(v) {
			list = append(list, v)
		}
	}
	slices.SortFunc(list, func(a, b V) int { return key(a) - key(b) })
	return list
}

// The people of the tests.
const (
	kari   = hiring.UserID("UKARI")   // hiring manager
	ola    = hiring.UserID("UOLA")    // recruiter
	ingrid = hiring.UserID("UINGRID") // interviewer
	jonas  = hiring.UserID("UJONAS")  // interviewer
	admin  = hiring.UserID("UADMIN")
)

var oslo = mustZone("Europe/Oslo")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// at reads a time on Oslo's wall clock.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, oslo)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func weekdays() (days [7]bool) {
	for d := time.Monday; d <= time.Friday; d++ {
		days[d] = true
	}
	return days
}

func settings() hiring.Settings {
	return hiring.Settings{
		Zone: oslo, Country: "NO", Locale: hiring.English, WorkDays: weekdays(),
		WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(),
		Admins:  []hiring.UserID{admin},
		Holiday: func(country string, d hiring.Date) bool { return country == "NO" && d == "2027-05-17" },
	}
}

// terms are those of a brief that nothing speaks against in reality.
func terms() hiring.Terms {
	return hiring.Terms{
		Title: "Backend developer", Team: "Metering", Openings: 1, Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent,
		Success: []string{"Owns the metering service"},
		MustHaves: []hiring.MustHave{
			{Skill: "Go", VerifiedBy: []hiring.Check{"interview-1"}}, {Skill: "SQL", VerifiedBy: []hiring.Check{"interview-2", hiring.CheckWorkSample}},
		},
		NiceToHaves: []string{"Kubernetes"},
		Interviews: []hiring.Stage{
			{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{ingrid, jonas}},
			{ID: "interview-2", Kind: hiring.KindInterview, Name: "Team interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{kari}},
		},
		Pay:     hiring.Pay{From: 750_000, To: 900_000, Currency: "NOK"},
		Reasons: hiring.Reasons{Life: "Home by four.", Autonomy: "Your own service.", Challenge: "Ten million meters."}, Downside: "On call one week in five.",
		Flexibility: "Two days on site.", Location: "Oslo", Language: "Norwegian, fluent", NoticeMonths: 3,
		TargetStart: "2027-04-01", Sources: []hiring.Source{hiring.Referral},
	}
}

// desk is a test's hiring: a record and a way to act on it.
type desk struct {
	*memory
	t *testing.T
}

func newDesk(t *testing.T) desk { return desk{newMemory(), t} }

func (d desk) by(u hiring.UserID, when string) hiring.Act {
	p, _ := d.Person(u)
	return hiring.Act{Settings: settings(), Record: d.memory, By: p, Now: at(when)}
}

// must applies what a rule decided and fails the test on its error.
func must[T any](d desk) func(T, hiring.Change, error) T {
	return func(v T, c hiring.Change, err error) T {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
		d.apply(c)
		return v
	}
}

// openRole takes a role to the second signature on Monday 5 October 2026.
func (d desk) openRole() hiring.Role {
	d.t.Helper()
	must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{
		HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms(),
	}))
	return must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").Sign(1, 1))
}

// interviewed takes a new candidate to an interview that ends at the time.
func (d desk) interviewed(end string) hiring.Candidate {
	d.t.Helper()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral}))
	return must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(c.ID, "interview-1", hiring.Interview{
		Start: at(end).Add(-time.Hour), Length: time.Hour,
	}))
}
