package main

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/scheduler"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

var quarterRoles = flag.Int("quarter.roles", 3, "roles in the simulated quarter; docs/quarter.md has 40")

// The simulated quarter: real rules, record and scheduler, and people who do
// what they owe after a while. How long they take, and what a reminder does,
// are assumptions.
const (
	perRole      = 15               // candidates
	usualDelay   = 4 * time.Hour    // median time, in working hours, until somebody does what they owe by themselves
	delaySpread  = 1.1              // sigma of its logarithm: one in ten takes more than two working days
	heeds        = 0.6              // share of reminders that are acted on
	heedsWithin  = 90 * time.Minute // mean, in working time
	saysYes      = 0.6              // share of answers, recommendations and decisions that are a yes
	quarterWeeks = 13
)

// task is something that somebody does at a time.
type task struct {
	at      time.Time
	subject hiring.Subject
}

type tasks []task

func (q tasks) Len() int           { return len(q) }
func (q tasks) Less(i, j int) bool { return q[i].at.Before(q[j].at) }
func (q tasks) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *tasks) Push(x any)        { *q = append(*q, x.(task)) }
func (q *tasks) Pop() any          { old := *q; x := old[len(old)-1]; *q = old[:len(old)-1]; return x }

// quarter is the simulation. As a scheduler's record it sees every nudge. The
// real courier delivers what people are owed to a Slack in a box, where it is
// counted.
type quarter struct {
	*store.Store
	slack    *slacksim.Slack
	courier  *bot.Courier
	now      time.Time
	t        *testing.T
	settings hiring.Settings
	random   *rand.Rand
	people   []hiring.Person
	queue    tasks
	began    map[hiring.Subject]hiring.Owed
	waited   map[hiring.SubjectKind][]time.Duration // working time from when it was owed until it was done
	sent     map[hiring.UserID]map[hiring.Date]int
	nudges   map[hiring.UserID]map[hiring.Date]int
	kinds    map[hiring.NoticeKind]int
	left     map[hiring.RoleID]int // candidates to be added yet
}

// Change notes what a change lets people owe, and what reminds them.
func (q *quarter) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	var c hiring.Change
	err := q.Store.Change(ctx, once, now, func(r hiring.Record) (_ hiring.Change, err error) {
		c, err = decide(r)
		return c, err
	})
	if err != nil {
		return err
	}
	for _, s := range c.Settled {
		if o, known := q.began[s]; known && !o.Since.After(now) {
			q.waited[s.Kind] = append(q.waited[s.Kind], q.work(s.Person).Between(o.Since, now))
		}
		delete(q.began, s)
	}
	for _, o := range c.Owe {
		if o.Subject.Kind == hiring.AboutOffer { // watched, and nobody's to do
			continue
		}
		if _, known := q.began[o.Subject]; !known {
			q.began[o.Subject] = o
			delay := time.Duration(float64(usualDelay) * math.Exp(q.random.NormFloat64()*delaySpread))
			heap.Push(&q.queue, task{q.work(o.Person()).Add(o.Since, delay), o.Subject})
		}
	}
	return nil
}

// Settle counts a message that stands in Slack now, and lets its reader react.
func (q *quarter) Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error {
	if err := q.Store.Settle(ctx, id, post, now); err != nil || post.TS == "" {
		return err
	}
	stands, _, err := q.PostOf(ctx, id)
	if err == nil && stands.Notice.User != "" {
		q.told(stands.Notice, now)
	}
	return err
}

// told counts a message and lets the person react to a reminder.
func (q *quarter) told(n hiring.Notice, now time.Time) {
	work := q.work(n.User)
	count := func(in map[hiring.UserID]map[hiring.Date]int) {
		if in[n.User] == nil {
			in[n.User] = map[hiring.Date]int{}
		}
		in[n.User][hiring.DateOf(now, work.Zone)]++
	}
	count(q.sent)
	q.kinds[n.Kind]++
	if n.Kind != hiring.Nudge {
		return
	}
	count(q.nudges)
	if !work.Working(now) {
		q.t.Fatalf("%s is reminded at %v", n.User, now.In(work.Zone))
	}
	for _, s := range n.Subjects {
		if q.random.Float64() < heeds {
			heap.Push(&q.queue, task{work.Add(now, time.Duration(q.random.ExpFloat64()*float64(heedsWithin))), s})
		}
	}
}

func (q *quarter) work(u hiring.UserID) hiring.WorkTime {
	i := slices.IndexFunc(q.people, func(p hiring.Person) bool { return p.ID == u })
	return q.settings.WorkTime(q.people[i])
}

// act lets somebody act; a rule may say no, for somebody else was faster.
func (q *quarter) act(u hiring.UserID, now time.Time, rule func(hiring.Act) (hiring.Change, error)) {
	err := q.Change(q.t.Context(), "", now, func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person(u)
		if err != nil {
			return hiring.Change{}, err
		}
		return rule(hiring.Act{Settings: q.settings, Record: r, By: p, Now: now})
	})
	_, sentence := errors.AsType[*hiring.Error](err)
	_, fields := errors.AsType[hiring.FieldErrors](err)
	if err != nil && !sentence && !fields {
		q.t.Fatal(err)
	}
}

// do does what a subject is about, if it is still owed.
func (q *quarter) do(s hiring.Subject, now time.Time) {
	if _, owed := q.began[s]; !owed {
		return
	}
	yes := q.random.Float64() < saysYes
	q.act(s.Person, now, func(a hiring.Act) (c hiring.Change, err error) {
		switch s.Kind {
		case hiring.AboutSignOff:
			_, c, err = a.Sign(s.Role, s.Revision)
		case hiring.AboutLook:
			answer := hiring.LookReply{Answer: hiring.LookInterview}
			if !yes {
				answer = hiring.LookReply{Answer: hiring.LookNo, Missing: "Go"}
			}
			_, c, err = a.AnswerLook(s.Candidate, answer)
		case hiring.AboutFeedback:
			card := hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.Meets}, Recommendation: hiring.No}
			if yes {
				card.Recommendation = hiring.Yes
			}
			_, c, err = a.SubmitFeedback(s.FeedbackKey(), card)
		case hiring.AboutDecision:
			ruling := hiring.Ruling{Verdict: hiring.Reject, Reason: "Not enough Go.", Contact: hiring.Contact{By: q.role(a, s).Recruiter, On: hiring.DateOf(now.AddDate(0, 0, 3), q.settings.Zone)}}
			if yes {
				ruling.Verdict = hiring.Advance
			}
			_, c, err = a.Decide(s.Candidate, ruling)
		case hiring.AboutReply:
			_, c, err = a.Told(s.Candidate)
		case hiring.AboutNext:
			c, err = q.next(a, s, yes)
		}
		return c, err
	})
}

func (q *quarter) role(a hiring.Act, s hiring.Subject) hiring.Role {
	r, err := a.Record.Role(s.Role)
	if err != nil {
		q.t.Fatal(err)
	}
	return r
}

// next is what a recruiter does about a candidate who waits for a next step.
func (q *quarter) next(a hiring.Act, s hiring.Subject, yes bool) (hiring.Change, error) {
	r := q.role(a, s)
	c, err := a.Record.Candidate(s.Candidate)
	if err != nil || r.Recruiter != s.Person || c.LookWaits() {
		return hiring.Change{}, errNotNow
	}
	plan := r.Plan()
	to := plan[min(plan.Index(c.Stage)+1, len(plan)-1)]
	var change hiring.Change
	switch {
	case c.Stage == hiring.StageScreen && c.Look.ProposedAt.IsZero():
		_, change, err = a.Propose(c.ID, "")
	case c.Look.Answer == hiring.LookNo:
		_, change, err = a.Close(c.ID, hiring.Rejected, "Not enough Go.", false)
	case to.Kind == hiring.KindHired && yes:
		_, change, err = a.Close(c.ID, hiring.Hired, "", true)
	case to.Kind == hiring.KindHired:
		_, change, err = a.Close(c.ID, hiring.Withdrawn, "Stays where they are.", true)
	default:
		start := q.work(r.HiringManager).Add(a.Now, time.Duration(8+q.random.IntN(24))*time.Hour).Truncate(time.Hour)
		_, change, err = a.Move(c.ID, to.ID, hiring.Interview{Start: start, Length: time.Hour})
	}
	return change, err
}

var errNotNow = hiring.Errorf("Not now.")

// begin has a role proposed, and the other owner asked to sign.
func (q *quarter) begin(now time.Time) {
	owner := func() hiring.UserID { return q.people[q.random.IntN(len(q.people))].ID }
	manager, recruiter := owner(), owner()
	for recruiter == manager {
		recruiter = owner()
	}
	panel := func() []hiring.UserID {
		return slices.Compact(slices.Sorted(slices.Values([]hiring.UserID{owner(), owner()})))
	}
	q.act(manager, now, func(a hiring.Act) (hiring.Change, error) {
		r, c, err := a.ProposeRole(hiring.Draft{HiringManager: manager, Recruiter: recruiter, Terms: hiring.Terms{
			Title: "Backend developer", Team: "Metering", Openings: 2, Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent,
			Success: []string{"Owns a service"}, MustHaves: hiring.MustHaves("Go", "SQL"),
			Interviews: []hiring.Stage{
				{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: panel()},
				{ID: "interview-2", Kind: hiring.KindInterview, Name: "Team interview", WorkDays: 5, Minutes: 60, Panel: panel()},
			},
			Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian",
			TargetStart: "2027-09-01", Sources: []hiring.Source{hiring.Referral},
		}})
		q.left[r.ID] = perRole
		return c, err
	})
}

// arrive adds a candidate to every role now and then.
func (q *quarter) arrive(now time.Time) {
	for id := hiring.RoleID(1); int(id) <= len(q.left); id++ {
		if q.left[id] == 0 || q.random.Float64() > 0.4 {
			continue
		}
		var recruiter hiring.UserID
		if err := q.View(q.t.Context(), func(r hiring.Record) error {
			role, err := r.Role(id)
			recruiter = role.Recruiter
			return err
		}); err != nil {
			q.t.Fatal(err)
		}
		q.left[id]--
		q.act(recruiter, now, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.AddCandidate(id, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
			return c, err
		})
	}
}

// newQuarter opens a record with people in four zones.
func newQuarter(t *testing.T, roles int) *quarter {
	t.Helper()
	oslo, err := time.LoadLocation(sandboxZone)
	if err != nil {
		t.Fatal(err)
	}
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: hiring.Settings{Zone: oslo}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if wrong, err := record.Recount(context.Background()); err != nil || len(wrong) > 0 {
			t.Errorf("what is counted is not what the events add up to: %+v, %v", wrong, err)
		}
		_ = record.Close()
	})
	q := &quarter{
		Store: record, t: t, random: rand.New(rand.NewPCG(2027, 1)),
		settings: hiring.Settings{
			Zone: oslo, Country: "NO", Locale: hiring.English, WorkDays: [7]bool{false, true, true, true, true, true, false},
			WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(), Holiday: newHolidays().isFree,
		},
		began: map[hiring.Subject]hiring.Owed{}, waited: map[hiring.SubjectKind][]time.Duration{},
		sent: map[hiring.UserID]map[hiring.Date]int{}, nudges: map[hiring.UserID]map[hiring.Date]int{}, kinds: map[hiring.NoticeKind]int{}, left: map[hiring.RoleID]int{},
	}
	zones := []string{sandboxZone, sandboxZone, sandboxZone, "Europe/London", "America/New_York", "Asia/Kolkata"}
	countries := []string{"NO", "NO", "NO", "GB", "US", ""}
	for i := range max(8, roles*3/2) {
		q.people = append(q.people, hiring.Person{
			ID: hiring.UserID(fmt.Sprintf("U%03d", i)), Zone: zones[i%len(zones)], Country: countries[i%len(zones)], ReadAt: time.Unix(1, 0),
		})
	}
	if err := record.Change(t.Context(), "", time.Unix(1, 0), func(hiring.Record) (hiring.Change, error) { return hiring.Change{People: q.people}, nil }); err != nil {
		t.Fatal(err)
	}
	q.open()
	return q
}

// open opens a Slack in a box with the people in it.
func (q *quarter) open() {
	var err error
	if q.slack, err = slacksim.Start(slacksim.Options{Clock: func() time.Time { return q.now }}); err != nil {
		q.t.Fatal(err)
	}
	q.t.Cleanup(func() { _ = q.slack.Close() })
	for _, p := range q.people {
		q.slack.AddUser(slacksim.User{ID: string(p.ID), Name: strings.ToLower(string(p.ID)), RealName: string(p.ID), TZ: p.Zone})
	}
	clock := func() time.Time { return q.now }
	pace := bot.NewPace(http.DefaultTransport, clock)
	api := slack.New(q.slack.BotToken(), slack.OptionAPIURL(q.slack.APIURL()), slack.OptionHTTPClient(pace.Client()))
	q.courier = bot.NewCourier(bot.CourierConfig{
		API: api, Pace: pace, Record: q.Store, Outbox: q, House: templates.House{Command: "/hire", Settings: q.settings}, Directory: bot.NewDirectory(api, q.Store),
		Clock: clock, Log: slog.New(slog.DiscardHandler),
	})
}

// play plays the quarter, a quarter of an hour at a time.
func (q *quarter) play(roles int) {
	every, err := scheduler.ParseSpec("*/15 * * * *", q.settings.Zone)
	weekly, err2 := scheduler.ParseSpec("0 9 * * 1", q.settings.Zone)
	if err := errors.Join(err, err2); err != nil {
		q.t.Fatal(err)
	}
	sweeps := scheduler.New(scheduler.Config{Record: q, Settings: q.settings, Nudges: every, Digests: weekly, Log: slog.New(slog.DiscardHandler)})
	start := time.Date(2027, 4, 5, 6, 0, 0, 0, time.UTC)
	for now := start; now.Before(start.AddDate(0, 0, 7*quarterWeeks)); now = now.Add(15 * time.Minute) {
		if len(q.left) < roles && q.random.IntN(96) < 2 {
			q.begin(now)
		}
		if now.Hour() == 10 && now.Minute() == 0 && now.Weekday() != time.Saturday && now.Weekday() != time.Sunday {
			q.arrive(now)
		}
		for len(q.queue) > 0 && !q.queue[0].at.After(now) {
			next := heap.Pop(&q.queue).(task)
			q.do(next.subject, now)
		}
		q.now = now
		if err := errors.Join(sweeps.Tick(q.t.Context(), now), q.courier.Deliver(q.t.Context())); err != nil {
			q.t.Fatal(err)
		}
	}
}

// TestQuarter plays a quarter of several teams and prints how many messages
// people got and how long things waited.
//
//	go test ./cmd/samsvar -run TestQuarter -v -quarter.roles 40
func TestQuarter(t *testing.T) {
	q := newQuarter(t, *quarterRoles)
	q.play(*quarterRoles)
	for u, days := range q.nudges {
		for day, n := range days {
			if n > 1 {
				t.Errorf("%s is reminded %d times on %s", u, n, day)
			}
		}
	}
	for _, p := range q.people {
		counted := 0
		for _, n := range q.sent[p.ID] {
			counted += n
		}
		if person := q.slack.Person(string(p.ID)); len(person.Messages(person.DM())) != counted {
			t.Errorf("%s has %d messages, counted were %d", p.ID, len(person.Messages(person.DM())), counted)
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%d roles, %d people, %d weeks\n", len(q.left), len(q.people), quarterWeeks)
	q.printDays(&out, "messages a person and working day", q.sent)
	q.printDays(&out, "reminders a person and working day", q.nudges)
	for _, kind := range slices.Sorted(maps.Keys(q.kinds)) {
		fmt.Fprintf(&out, "%-11s %5d messages\n", kind, q.kinds[kind])
	}
	for _, kind := range slices.Sorted(maps.Keys(q.waited)) {
		list := q.waited[kind]
		slices.Sort(list)
		fmt.Fprintf(&out, "%-9s %5d done; median %5.1f working hours, 90th percentile %5.1f, most %5.1f\n", kind, len(list),
			list[len(list)/2].Hours(), list[len(list)*9/10].Hours(), list[len(list)-1].Hours())
	}
	t.Log("\n" + out.String())
}

// printDays prints how many there were a day, days without any among them.
func (q *quarter) printDays(out *strings.Builder, what string, by map[hiring.UserID]map[hiring.Date]int) {
	var all []int
	for _, p := range q.people {
		work := q.settings.WorkTime(p)
		start := time.Date(2027, 4, 5, 12, 0, 0, 0, time.UTC)
		for d := range 7 * quarterWeeks {
			day := start.AddDate(0, 0, d)
			if n := by[p.ID][hiring.DateOf(day, work.Zone)]; n > 0 || work.Working(time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, work.Zone)) {
				all = append(all, n)
			}
		}
	}
	slices.SortFunc(all, cmp.Compare)
	sum := 0
	for _, n := range all {
		sum += n
	}
	fmt.Fprintf(out, "%s: mean %.2f, median %d, 95th percentile %d, most %d\n", what, float64(sum)/float64(len(all)), all[len(all)/2], all[len(all)*95/100], all[len(all)-1])
}
