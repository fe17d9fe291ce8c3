package templates

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// office is a small record in memory with people, roles and candidates in it.
type office struct {
	roles      map[hiring.RoleID]hiring.Role
	candidates map[hiring.CandidateID]hiring.Candidate
	feedback   map[hiring.FeedbackKey]hiring.Feedback
	people     map[hiring.UserID]hiring.Person
	owed       []hiring.Owed
	unfinished []hiring.Unfinished
	rules      hiring.Rules
	subscribed []hiring.Subscription
	kept       hiring.Tally // of so many candidates, once they were counted
	counted    int
	events     []hiring.Event
}

func (o *office) Role(id hiring.RoleID) (hiring.Role, error) {
	r, ok := o.roles[id]
	if !ok {
		return r, hiring.Errorf("There is no role %v.", id)
	}
	return r, nil
}

func (o *office) AllRoles() ([]hiring.Role, error) {
	return slices.SortedFunc(maps.Values(o.roles), func(a, b hiring.Role) int { return cmp.Compare(a.ID, b.ID) }), nil
}

func (o *office) Subscriptions(id hiring.RoleID) ([]hiring.Subscription, error) {
	return slices.DeleteFunc(slices.Clone(o.subscribed), func(s hiring.Subscription) bool { return s.Role != id }), nil
}

func (o *office) AllSubscriptions() ([]hiring.Subscription, error) { return o.subscribed, nil }

func (o *office) ChartsRefused() (time.Time, error) { return time.Time{}, nil }

func (o *office) Rules() (hiring.Rules, error) { return o.rules, nil }

func (o *office) CarriedOut(string) (string, bool) { return "", false }

func (o *office) NextRole() hiring.RoleID { return hiring.RoleID(len(o.roles) + 1) }

func (o *office) UnfinishedBy(u hiring.UserID) ([]hiring.Unfinished, error) {
	return slices.DeleteFunc(slices.Clone(o.unfinished), func(f hiring.Unfinished) bool { return f.By != u }), nil
}

func (o *office) Person(u hiring.UserID) (hiring.Person, error) {
	p := o.people[u]
	p.ID = u
	return p, nil
}

func (o *office) Candidate(id hiring.CandidateID) (hiring.Candidate, error) {
	c, ok := o.candidates[id]
	if !ok {
		return c, hiring.Errorf("There is no candidate %v.", id)
	}
	return c, nil
}

func (o *office) where(keep func(hiring.Candidate) bool) []hiring.Candidate {
	var list []hiring.Candidate
	for _, id := range slices.Sorted(maps.Keys(o.candidates)) {
		if keep(o.candidates[id]) {
			list = append(list, o.candidates[id])
		}
	}
	return list
}

func (o *office) ActiveIn(id hiring.RoleID) ([]hiring.Candidate, error) {
	return o.where(func(c hiring.Candidate) bool { return c.Role == id && c.Outcome == hiring.Active }), nil
}

func (o *office) CandidatesOf(id hiring.RoleID) ([]hiring.Candidate, error) {
	return o.where(func(c hiring.Candidate) bool { return c.Role == id }), nil
}

func (o *office) NewestOf(id hiring.RoleID, before hiring.CandidateID) iter.Seq2[hiring.Candidate, error] {
	return func(yield func(hiring.Candidate, error) bool) {
		list, _ := o.CandidatesOf(id)
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

func (o *office) Corrections(id hiring.RoleID, since time.Time) ([]hiring.Event, error) {
	return slices.DeleteFunc(slices.Clone(o.events), func(e hiring.Event) bool {
		return e.Kind != hiring.CandidateCorrected || e.Role != id || !e.At.After(since)
	}), nil
}

func (o *office) NextCandidate() hiring.CandidateID { return hiring.CandidateID(len(o.candidates) + 1) }

func (o *office) Feedback(k hiring.FeedbackKey) (hiring.Feedback, error) {
	f, ok := o.feedback[k]
	if !ok {
		return f, hiring.Errorf("No feedback was asked of %v on %v at that stage.", k.Interviewer, k.Candidate)
	}
	return f, nil
}

func (o *office) FeedbackOn(id hiring.CandidateID) ([]hiring.Feedback, error) {
	var list []hiring.Feedback
	for k, f := range o.feedback {
		if k.Candidate == id {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b hiring.Feedback) int {
		return cmp.Or(cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Interviewer, b.Interviewer))
	})
	return list, nil
}

func (o *office) owing(keep func(hiring.Owed) bool) []hiring.Owed {
	list := slices.DeleteFunc(slices.Clone(o.owed), func(x hiring.Owed) bool { return !keep(x) })
	slices.SortStableFunc(list, func(a, b hiring.Owed) int { return a.DueAt.Compare(b.DueAt) })
	return list
}

func (o *office) OwedBy(u hiring.UserID) ([]hiring.Owed, error) {
	return o.owing(func(x hiring.Owed) bool { return x.Person() == u }), nil
}

func (o *office) ToRemind(u hiring.UserID, now time.Time) ([]hiring.Owed, error) {
	return o.owing(func(x hiring.Owed) bool { return x.Person() == u && !x.RemindFrom().After(now) }), nil
}

func (o *office) OwedIn(id hiring.RoleID) ([]hiring.Owed, error) {
	return o.owing(func(x hiring.Owed) bool { return x.Subject.Role == id }), nil
}

func (o *office) NoticesTo(hiring.Conversation) ([]hiring.Notice, error) { return nil, nil }

func (o *office) SendingTo(hiring.Conversation) ([]hiring.Notice, error) { return nil, nil }

func (o *office) Unreachable(hiring.Conversation) (hiring.Unreachable, bool, error) {
	return hiring.Unreachable{}, false, nil
}

func (o *office) AllUnreachable() ([]hiring.Unreachable, error) { return nil, nil }

func (o *office) Due(time.Time) ([]hiring.UserID, error) { return nil, nil }

func (o *office) Counts(id hiring.RoleID, from, to hiring.Week, only ...hiring.Measure) (hiring.Tally, error) {
	if o.kept == nil || o.counted != len(o.candidates) {
		o.kept, o.counted = hiring.Tally{}, len(o.candidates)
		for _, c := range o.candidates {
			settings := hiring.Settings{Zone: oslo, WorkDays: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour}
			o.kept.Count(settings.Counter(o.roles[c.Role]).Contribution(c), 1)
		}
	}
	t := maps.Clone(o.kept).Take(id)
	for k := range t {
		if k.Week != "" && (k.Week < from || k.Week >= to) || len(only) > 0 && !slices.Contains(only, k.Measure) {
			delete(t, k)
		}
	}
	return t, nil
}

func (o *office) OverdueIn(id hiring.RoleID, now time.Time) ([]hiring.Due, error) {
	owed, err := o.OwedIn(id)
	return hiring.PastDue(owed, now), err
}

// The people of the office.
const (
	kari   hiring.UserID    = "U0KARI"   // hiring manager
	ola    hiring.UserID    = "U0OLA"    // recruiter
	per    hiring.UserID    = "U0PER"    // on the panel
	liv    hiring.UserID    = "U0LIV"    // on the panel
	ann    hiring.UserID    = "U0ANN"    // admin
	gro    hiring.UserID    = "U0GRO"    // nothing to do with any role
	jobs   hiring.ChannelID = "C0JOBS"   // public
	closed hiring.ChannelID = "C0CLOSED" // private
)

var (
	oslo = mustZone("Europe/Oslo")
	now  = time.Date(2026, 11, 23, 9, 0, 0, 0, oslo) // a Monday, week 48
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

var house = House{Command: "/hire", Presets: presets(), Settings: hiring.Settings{
	Zone: oslo, Country: "NO", Locale: hiring.English,
	WorkDays: [7]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true},
	WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour,
	Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(), Admins: []hiring.UserID{ann}, Countries: []string{"DE", "NO", "SE"},
}}

// presets are those of the program.
func presets() []Preset {
	list, err := LoadPresets("")
	if err != nil {
		panic(err)
	}
	return list
}

func terms() hiring.Terms {
	return hiring.Terms{
		Title: "Backend developer", Team: "Billing", Openings: 2, Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent,
		WhyNow: "Two releases wait for hands.", Deputy: gro,
		Success: []string{"Owns the billing service.", "The team asks this person first."}, SuccessYear: []string{"Has taught somebody else to run it."},
		MustHaves: []hiring.MustHave{
			{Skill: "Go in production", VerifiedBy: []hiring.Check{"interview-2"}, Meets: "Has run a service for a year.", Exceeds: "Has led its redesign."},
			{Skill: "Postgres & migrations", VerifiedBy: []hiring.Check{"interview-2", hiring.CheckWorkSample}},
			{Skill: "Explains choices well", VerifiedBy: []hiring.Check{"interview-1"}, Learnable: true},
		},
		NiceToHaves: []string{"Kubernetes", "Norwegian"},
		Interviews: []hiring.Stage{
			{ID: "interview-1", Kind: hiring.KindInterview, Name: "First interview", WorkDays: 5, Minutes: 45, Panel: []hiring.UserID{kari}},
			{ID: "interview-2", Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 3, Minutes: 90, Panel: []hiring.UserID{per, liv}},
		},
		Pay:     hiring.Pay{From: 750_000, To: 850_000, Currency: "NOK"},
		Reasons: hiring.Reasons{Life: "Home by four, most days.", Autonomy: "A small team, real ownership."}, Downside: "The build is slow.",
		Flexibility: "Two days a week from home.", Location: "Oslo", Language: "Norwegian or English, fluent",
		TargetStart: "2027-03-01", ShortlistBy: "2026-12-10", NoticeMonths: 3, Sources: []hiring.Source{hiring.Outbound, hiring.Referral},
	}
}

func signed(revision int, t hiring.Terms, at time.Time, by ...hiring.UserID) hiring.Brief {
	b := hiring.Brief{Revision: revision, Terms: t, ProposedBy: kari, ProposedAt: at}
	for i, u := range by {
		b.Signatures = append(b.Signatures, hiring.Signature{By: u, At: at.Add(time.Duration(i) * time.Hour)})
	}
	return b
}

// days returns the moment n days before now.
func days(n int) time.Time { return now.AddDate(0, 0, -n).UTC() }

func newOffice() *office {
	o := &office{
		roles: map[hiring.RoleID]hiring.Role{}, candidates: map[hiring.CandidateID]hiring.Candidate{},
		feedback: map[hiring.FeedbackKey]hiring.Feedback{}, people: map[hiring.UserID]hiring.Person{},
	}
	for u, name := range map[hiring.UserID]string{kari: "Kari Lie", ola: "Ola Moe", per: "Per Dahl", liv: "Liv Berg", ann: "Ann Vik", gro: "Gro Nes"} {
		o.people[u] = hiring.Person{ID: u, Name: name}
	}
	o.role(1, hiring.Open, signed(1, terms(), days(40), kari, ola))
	draft := terms()
	draft.Title = "Product designer"
	o.role(2, hiring.Drafting, signed(1, draft, days(3), kari))
	changed := terms()
	changed.MustHaves = hiring.MustHaves("Go in production", "Explains choices well", "Rust")
	changed.Openings, changed.Pay.To, changed.Flexibility = 1, 900_000, "Three days a week from home."
	second := signed(2, changed, days(4), kari)
	second.Reason = "The team moves two services to Rust."
	o.role(3, hiring.Open, signed(1, terms(), days(40), kari, ola), second)
	o.role(4, hiring.Filled, signed(1, terms(), days(60), kari, ola))
	quiet := terms()
	quiet.Title = "Data analyst"
	o.role(5, hiring.Open, signed(1, quiet, days(20), kari, ola))
	back := terms()
	back.Title = "Security engineer"
	sentBack := signed(1, back, days(3), kari)
	sentBack.Comments = []hiring.Comment{{By: ola, At: days(2), Section: hiring.TheOffer, Text: "The range is below what they earn today."}}
	o.role(6, hiring.Drafting, sentBack)
	waived := o.roles[6]
	waived.Waiver = hiring.Waiver{By: ann, At: days(1), Reason: "One of them has another offer."}
	o.roles[6] = waived
	o.owe(hiring.RevisionSubject(6, 1, kari), days(2))
	o.unfinished = []hiring.Unfinished{{By: kari, Step: 3, SavedAt: days(1), Draft: hiring.Draft{Terms: terms()}}, {By: kari, Role: 3, Step: 1, SavedAt: days(2)}}
	o.fillRole1()
	o.owe(hiring.SignOffSubject(2, 1, ola), days(3))
	o.owe(hiring.SignOffSubject(3, 2, ola), days(4))
	return o
}

func (o *office) role(id hiring.RoleID, status hiring.RoleStatus, briefs ...hiring.Brief) {
	r := hiring.Role{ID: id, HiringManager: kari, Recruiter: ola, Channel: jobs, Status: status, Briefs: briefs, CreatedAt: briefs[0].ProposedAt}
	if status == hiring.Filled {
		r.Hired, r.ClosedAt = 2, days(4)
	}
	o.roles[id] = r
}

// fillRole1 gives role 1 candidates at every stage.
func (o *office) fillRole1() {
	names := []string{"Ida Holm", "Jon Aas", "Siri Bakke", "Nils Foss", "Eva Lund"}
	path := []hiring.StageID{hiring.StageSourced, hiring.StageScreen, "interview-1", "interview-2", hiring.StageOffer}
	for i := range 26 {
		c := hiring.Candidate{
			ID: hiring.CandidateID(i + 1), Role: 1, Name: names[i%len(names)], Source: hiring.Sources()[i%3], Outcome: hiring.Active,
			AddedBy: ola, AddedAt: days(28 - i), Link: "https://example.com/cv?a=1&b=2",
		}
		reach := []int{0, 1, 2, 3, 1, 0, 4, 1}[i%8]
		for n := range reach + 1 {
			m := hiring.Move{At: days(28 - i - n), To: path[n], By: ola}
			if n > 0 {
				m.From = path[n-1]
			}
			c.Journey = append(c.Journey, m)
		}
		c.Stage = path[reach]
		switch i % 8 {
		case 4:
			c.Outcome, c.Reason, c.ClosedAt = hiring.Withdrawn, "Took another offer", days(max(28-i-3, 1))
		case 5, 7:
			c.Outcome, c.Reason, c.ClosedAt = hiring.Rejected, "No Go yet", days(max(28-i-3, 1))
		}
		o.candidates[c.ID] = c
	}
	o.ask(4, per, 5)
	o.ask(12, per, 3)
	o.ask(12, liv, 3)
	o.ask(20, per, 0)
	f := o.feedback[hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: liv}]
	f.Status, f.SubmittedAt, f.Recommendation = hiring.Submitted, days(2), hiring.Yes
	f.Ratings = []hiring.Rating{hiring.Exceeds, hiring.Meets, hiring.NotAssessed}
	f.Note = "Clear about trade-offs.\nAsked *good* questions <!channel>."
	o.feedback[f.FeedbackKey] = f
	o.owed = slices.DeleteFunc(o.owed, func(x hiring.Owed) bool { return x.Person() == liv })
}

// ask has somebody owe feedback on a candidate of role 1 for some days.
func (o *office) ask(c hiring.CandidateID, u hiring.UserID, ago int) {
	key := hiring.FeedbackKey{Candidate: c, Stage: "interview-2", Interviewer: u}
	end := days(ago).Add(-time.Hour)
	o.feedback[key] = hiring.Feedback{FeedbackKey: key, Role: 1, Revision: 1, Status: hiring.Requested, InterviewEnd: end, DueAt: house.Settings.WorkTime(hiring.Person{}).Add(end, 8*time.Hour)}
	o.owe(hiring.FeedbackSubject(1, key), end)
}

func (o *office) owe(s hiring.Subject, since time.Time) {
	o.owed = append(o.owed, hiring.Owed{Subject: s, Since: since, DueAt: house.Settings.WorkTime(hiring.Person{}).Add(since, 8*time.Hour)})
}

// subjects returns what a person owes.
func (o *office) subjects(u hiring.UserID) []hiring.Subject {
	var list []hiring.Subject
	owed, _ := o.OwedBy(u)
	for _, x := range owed {
		list = append(list, x.Subject)
	}
	return list
}

// desk reads a person's desk.
func (o *office) desk(t *testing.T, u hiring.UserID) hiring.Desk {
	t.Helper()
	d, err := hiring.DeskOf(o, house.Settings, u, now)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// nudged is the office where everything that is owed stood in some nudges.
func (o *office) nudged(n int) *office {
	ladder := house.Settings.Ladder
	for i := range o.owed {
		o.owed[i].Nudges, o.owed[i].Told = n, hiring.ToldNobody
		if n > ladder.NudgesOwner {
			o.owed[i].Told = hiring.ToldOwner
		}
		if n > ladder.NudgesAdmins {
			o.owed[i].Told = hiring.ToldAdmins
		}
	}
	return o
}

// late is the office where everything that is owed is due by now.
func (o *office) late() *office {
	for i, x := range o.owed {
		if now.Before(x.DueAt) {
			o.owed[i].Since, o.owed[i].DueAt = x.Since.AddDate(0, 0, -4), days(1)
		}
	}
	return o
}

// settle has everything that a person owes done.
func (o *office) settle(u hiring.UserID) *office {
	for k, f := range o.feedback {
		if k.Interviewer == u {
			f.Status = hiring.Submitted
			o.feedback[k] = f
		}
	}
	for id, r := range o.roles {
		b := r.Brief()
		if b.SignedBy(u) {
			continue
		}
		b.Signatures = append(slices.Clip(b.Signatures), hiring.Signature{By: u, At: now})
		r.Briefs = append(slices.Clone(r.Briefs[:len(r.Briefs)-1]), b)
		o.roles[id] = r
	}
	o.owed = slices.DeleteFunc(o.owed, func(x hiring.Owed) bool { return x.Person() == u })
	return o
}

var _ hiring.Record = (*office)(nil)

// revised is the office after the sent-back brief got a new revision.
func (o *office) revised() *office {
	r := o.roles[6]
	r.Briefs = append(r.Briefs, signed(2, terms(), days(0), kari))
	o.roles[6] = r
	return o
}

// sentBack is the office after the recruiter sent the change of role 3 back.
func (o *office) sentBack() *office {
	r := o.roles[3]
	r.Briefs = slices.Clone(r.Briefs)
	r.Briefs[1].Comments = []hiring.Comment{{By: ola, At: days(1), Section: hiring.TheOffer, Text: "Too low."}}
	o.roles[3] = r
	o.owed = slices.DeleteFunc(o.owed, func(x hiring.Owed) bool { return x.Subject == hiring.SignOffSubject(3, 2, ola) })
	o.owe(hiring.RevisionSubject(3, 2, kari), days(1))
	return o
}

// filled is the office after role 1 was filled, and nobody owes it anything but
// feedback and replies.
func (o *office) filled() *office {
	r := o.roles[1]
	r.Status, r.ClosedAt, r.Hired = hiring.Filled, days(0), r.InForce().Terms.Openings
	o.roles[1] = r
	o.owed = slices.DeleteFunc(o.owed, func(x hiring.Owed) bool {
		return x.Subject.Role == 1 && x.Subject.Kind != hiring.AboutFeedback && x.Subject.Kind != hiring.AboutReply
	})
	return o
}

// paused is the office while role 1 rests.
func (o *office) paused() *office {
	r := o.roles[1]
	r.Status, r.PausedAt = hiring.Paused, days(0)
	o.roles[1] = r
	for i, x := range o.owed {
		if x.Subject.Role == 1 && x.Subject.Kind != hiring.AboutReply {
			o.owed[i].PausedAt = days(0)
		}
	}
	return o
}

// resumed is the office after role 1 was paused for two days.
func (o *office) resumed() *office {
	r := o.roles[1]
	r.Pauses = []hiring.Pause{{From: days(3), To: days(1)}}
	o.roles[1] = r
	for i, x := range o.owed {
		if x.Subject.Role == 1 && x.Subject.Kind == hiring.AboutFeedback {
			o.owed[i].DueAt = x.DueAt.AddDate(0, 0, 2)
		}
	}
	return o
}

// handedOver is the office after role 1 got another hiring manager.
func (o *office) handedOver() *office {
	r := o.roles[1]
	r.HiringManager = gro
	o.roles[1] = r
	return o
}

// calm is the office after a first contact in a role that nobody was added
// to lately.
func (o *office) calm(id hiring.RoleID) *office {
	r := o.roles[id]
	r.OpenedAt = days(3)
	o.roles[id] = r
	return o
}

// one is the office with one candidate in role 5, who has an interview behind
// them.
func (o *office) one() *office {
	o.candidates[100] = hiring.Candidate{
		ID: 100, Role: 5, Name: "Ida Holm", Source: hiring.Referral, Outcome: hiring.Active, AddedBy: ola, AddedAt: days(5), Stage: "interview-1", EngagedAt: days(4),
		Journey: []hiring.Move{{At: days(5), To: hiring.StageSourced, By: ola}, {At: days(4), From: hiring.StageSourced, To: "interview-1", By: ola}},
	}
	return o
}

// many is how many candidates a busy role has; monsters are slower.
var many = 10_000

// busy is the office with so many candidates in role 5, spread over ten weeks
// and all stages.
func (o *office) busy(n int) *office {
	path := []hiring.StageID{hiring.StageSourced, hiring.StageScreen, "interview-1", "interview-2", hiring.StageOffer, hiring.StageHired}
	r := o.roles[5]
	r.CreatedAt, r.OpenedAt = days(75), days(75)
	o.roles[5] = r
	for i := range n {
		added := days(3 + i%67)
		reach := []int{0, 1, 1, 2, 0, 3, 1, 0, 2, 4, 1, 2, 0, 1, 3, 5}[i%16]
		c := hiring.Candidate{ID: hiring.CandidateID(1000 + i), Role: 5, Name: "Jon Aas", Source: hiring.Sources()[i%7*i%5], AddedBy: ola, AddedAt: added, Outcome: hiring.Active}
		for k := range reach + 1 {
			m := hiring.Move{At: added.Add(time.Duration(k) * 26 * time.Hour), To: path[k], By: ola}
			if m.At.After(now) {
				break
			}
			if k > 0 {
				m.From = path[k-1]
			}
			c.Journey, c.Stage = append(c.Journey, m), path[k]
		}
		last := c.Journey[len(c.Journey)-1].At
		if reach > 0 {
			c.EngagedAt = added.Add(time.Duration(1+i%4*10) * time.Hour)
		}
		ended := last.Add(20 * time.Hour)
		switch {
		case c.Stage == hiring.StageHired:
			c.Outcome, c.ClosedAt, c.Offer = hiring.Hired, last, hiring.Accepted
		case ended.After(now):
		case i%3 == 0:
			c.Outcome, c.ClosedAt, c.Reason = hiring.Rejected, ended, "x"
		case i%4 == 0:
			c.Outcome, c.ClosedAt, c.Reason = hiring.Withdrawn, ended, "x"
		}
		o.candidates[c.ID] = c
	}
	return o
}

// everythingStuck is the office where something of every kind is past due in
// role 1.
func (o *office) everythingStuck() *office {
	for i, s := range []hiring.Subject{
		hiring.LookSubject(1, 2, kari), hiring.DecisionSubject(1, 3, "interview-1", kari), hiring.DecisionSubject(1, 4, "interview-2", gro),
		hiring.NextSubject(1, 5, hiring.StageScreen, kari), hiring.NextSubject(1, 5, hiring.StageScreen, ola), hiring.ReplySubject(1, 6, ola),
		hiring.HeldSubject(1, 7, "interview-1", ola), hiring.RevisionSubject(1, 1, kari),
	} {
		o.owe(s, days(4+i))
	}
	return o
}

// answer answers a question as the bot does.
func (o *office) answer(typed string) (Answer, error) {
	q, err := hiring.ParseQuestion(typed, now, oslo)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Question: q, Reader: kari, Everyone: true, Runs: true}
	of, window := hiring.Scope{Role: q.Role, HiringManager: hiring.UserID(q.Team)}, q.Window
	if window == (hiring.Window{}) {
		window = hiring.Weeks("2026-W48", hiring.DefaultWeeks)
	}
	if q.Role != 0 {
		role := o.roles[q.Role]
		a.Role = &role
	}
	a.Question.Window = window
	if a.Figures, err = hiring.FiguresOf(o, house.Settings, of, window, now); err != nil || !q.Compare {
		return a, err
	}
	all, err := hiring.FiguresOf(o, house.Settings, hiring.Scope{}, window, now)
	a.All = &all
	return a, err
}
