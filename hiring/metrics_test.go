package hiring_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// documented returns the rows of the table in docs/metrics.md whose header
// begins so, without the header.
func documented(t *testing.T, header ...string) [][]string {
	t.Helper()
	text, err := os.ReadFile("../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	in := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			in = false
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case len(cells) >= len(header) && slices.Equal(cells[:len(header)], header):
			in = true
		case in && !strings.HasPrefix(cells[0], "---"):
			rows = append(rows, cells)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("docs/metrics.md has no table %v", header)
	}
	return rows
}

func TestWilsonAsDocumented(t *testing.T) {
	for _, row := range documented(t, "k of n", "from %", "to %") {
		var s hiring.Share
		if _, err := fmt.Sscanf(row[0], "%d of %d", &s.K, &s.N); err != nil {
			t.Fatal(err)
		}
		low, high := s.Wilson()
		if got := []string{row[0], percent(low), percent(high)}; !slices.Equal(got, row) {
			t.Errorf("got %v, documented is %v", got, row)
		}
	}
}

func percent(x float64) string { return strconv.FormatFloat(round(100*x), 'f', -1, 64) }

// example is the worked example of docs/metrics.md.
type example struct {
	desk
	when string
	c    hiring.CandidateID
}

// play does what a row of the example says.
func (e *example) play(when, who, what string) {
	e.t.Helper()
	e.when = when
	words := strings.Fields(what)
	if who == "role" {
		e.role(what)
		return
	}
	e.c, _ = hiring.ParseCandidateID(who)
	ola, kari := e.by(ola, when), e.by(kari, when)
	one := must[hiring.Candidate](e.desk)
	switch {
	case words[0] == "added":
		if c := one(ola.AddCandidate(1, hiring.Applicant{Name: who, Source: hiring.Source(words[1])})); c.ID != e.c {
			e.t.Fatalf("%s was added as %v", who, c.ID)
		}
	case words[0] == "moved":
		one(ola.Move(e.c, hiring.StageID(words[1]), hiring.Interview{}))
	case what == "shown":
		one(ola.Propose(e.c, ""))
	case what == "looked at":
		one(kari.AnswerLook(e.c, hiring.LookReply{Answer: hiring.LookInterview}))
	case what == "told":
		one(ola.Told(e.c))
	case what == "answered":
		one(ola.Engage(e.c))
	case what == "advances":
		contact := hiring.Contact{By: "UOLA", On: hiring.DateOf(kari.Now.AddDate(0, 0, 1), oslo)}
		one(kari.Decide(e.c, hiring.Ruling{Verdict: hiring.Advance, Reason: "Strong.", Contact: contact}))
	case what == "rejected":
		one(ola.Close(e.c, hiring.Rejected, "Too little SQL.", true))
	case what == "withdrew":
		one(ola.Close(e.c, hiring.Withdrawn, "Another job.", true))
	case slices.Contains(hiring.OfferEnds(), hiring.OfferEnd(what)):
		one(ola.EndOffer(e.c, hiring.OfferEnd(what), "Another job.", true))
	default:
		e.meeting(words, what)
	}
}

func (e *example) role(what string) {
	e.t.Helper()
	one := must[hiring.Role](e.desk)
	two := terms()
	two.Openings = 2
	switch what {
	case "proposed":
		one(e.by(kari, e.when).ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: two}))
	case "agreed":
		r, _ := e.Role(1)
		one(e.by(ola, e.when).Sign(1, r.Brief().Revision))
	case "another must-have":
		two.MustHaves = append(two.MustHaves, hiring.MustHave{Skill: "Kafka", VerifiedBy: []hiring.Check{hiring.CheckCV}})
		one(e.by(kari, e.when).ChangeBrief(1, 1, two, "We need it."))
	case "paused":
		one(e.by(ola, e.when).Pause(1))
	case "resumed":
		one(e.by(ola, e.when).Resume(1))
	default:
		e.t.Fatalf("the example does not know “%s”", what)
	}
}

// meeting plans an interview, or says what became of it.
func (e *example) meeting(words []string, what string) {
	e.t.Helper()
	one := must[hiring.Candidate](e.desk)
	ola := e.by(ola, e.when)
	c, _ := e.Candidate(e.c)
	switch {
	case words[0] == "meets" && words[1] != "again":
		one(ola.Move(e.c, hiring.StageID(words[1]), hiring.Interview{Start: at(words[2] + " " + words[3]), Length: time.Hour}))
	case words[0] == "meets":
		last := c.Interviews[len(c.Interviews)-1]
		one(ola.AddInterview(e.c, hiring.Interview{Stage: c.Stage, Start: at(words[2] + " " + words[3]), Length: time.Hour, Panel: last.Panel}))
	case what == "did not come":
		one(ola.CancelInterview(e.c, len(c.Interviews)-1, hiring.NoShow))
	case what == "interview called off":
		one(ola.CancelInterview(e.c, len(c.Interviews)-1, hiring.CalledOff))
	case words[1] == "says":
		card := hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.Meets, hiring.Meets}, Recommendation: hiring.Recommendation(words[2])}
		u := hiring.UserID("U" + strings.ToUpper(words[0]))
		must[hiring.Feedback](e.desk)(e.by(u, e.when).SubmitFeedback(hiring.FeedbackKey{Candidate: e.c, Stage: hiring.StageID(words[3]), Interviewer: u}, card))
	default:
		e.t.Fatalf("the example does not know “%s”", what)
	}
}

func worked(t *testing.T) (desk, hiring.Figures) {
	e := &example{desk: newDesk(t)}
	for _, row := range documented(t, "when", "who", "what") {
		e.play(row[0], row[1], row[2])
	}
	f, err := hiring.FiguresOf(e.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks("2026-W44", 4), at("2026-11-02 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	return e.desk, f
}

func workDays(d time.Duration) string { return fmt.Sprintf("%.1f days", d.Hours()/8) }
func workHours(d time.Duration) string {
	return strconv.FormatFloat(d.Hours(), 'f', -1, 64) + " h"
}
func calendarDays(s hiring.Spread) string { return fmt.Sprintf("%d days", int(s.Median.Hours()/24)) }
func of(s hiring.Share) string            { return fmt.Sprintf("%d of %d", s.K, s.N) }

func TestTheWorkedExample(t *testing.T) {
	_, f := worked(t)
	var stages [][]string
	for _, s := range f.Stages {
		row := []string{string(s.ID)}
		for _, n := range []int{s.Reached, s.Left, s.Passed, s.DroppedAt, s.RefusedAt, s.LapsedAt, s.Entered, s.Dropped} {
			row = append(row, strconv.Itoa(n))
		}
		stages = append(stages, append(row, fmt.Sprintf("%s of %d", workDays(s.TimeIn.Median), s.TimeIn.N), strconv.Itoa(s.Inside)))
	}
	asDocumented(t, stages, documented(t, "stage", "reached"))
	var sources [][]string
	for _, s := range f.Sources {
		sources = append(sources, []string{string(s.Source), strconv.Itoa(s.Added), strconv.Itoa(s.Interviewed), strconv.Itoa(s.Settled), strconv.Itoa(s.Hired)})
	}
	asDocumented(t, sources, documented(t, "source", "added"))
	said := values(f)
	var got [][]string
	for _, row := range documented(t, "figure", "value") {
		got = append(got, []string{row[0], said[row[0]]})
	}
	asDocumented(t, got, documented(t, "figure", "value"))
	if n := len(documented(t, "figure", "value")); n != len(said) {
		t.Errorf("%d figures are documented, %d are known", n, len(said))
	}
}

// values are the figures that the example names.
func values(f hiring.Figures) map[string]string {
	a := f.Alignment
	said := map[string]string{
		"time to engage, median": workHours(f.Engagement.Took.Median), "time to engage, 90th percentile": workHours(f.Engagement.Took.P90),
		"engaged in time": of(f.Engagement.InTime), "not engaged yet": strconv.Itoa(f.Engagement.Waiting),
		"offer acceptance": of(f.Offers.Acceptance()), "taken back": strconv.Itoa(f.Offers.TakenBack), "offers open now": strconv.Itoa(f.Offers.Pending),
		"time to hire": calendarDays(f.TimeToHire), "time to fill": calendarDays(f.TimeToFill), "time to fill without pauses": calendarDays(f.TimeUnpaused),
		"time to shortlist": calendarDays(f.TimeToShortlist), "time to give feedback": workHours(a.FeedbackTook.Median), "decision latency": workHours(a.Decision.Median),
		"revisions after agreement": strconv.Itoa(a.Revisions), "drift": strconv.Itoa(a.Drift), "days to the first drift": calendarDays(a.FirstDrift),
		"interviews held": strconv.Itoa(a.Interviews), "hires": strconv.Itoa(a.Hires), "agreement": of(a.Agreement),
		"rounds held against planned": of(hiring.Share{K: a.RoundsHeld, N: a.RoundsPlanned}), "oldest in sourced": workDays(f.Stages[0].InsideOldest),
	}
	for _, p := range f.Promises {
		name := "promise " + string(p.Promise)
		if p.Promise == hiring.PromiseFeedback {
			name = "feedback on time"
		}
		said[name] = of(p.Kept)
	}
	for _, i := range f.Interviewers {
		said["load of "+strings.ToLower(string(i.Person[1:]))] = fmt.Sprintf("%d interviews, %s on time", i.Interviews, of(i.OnTime))
	}
	return said
}

func asDocumented(t *testing.T, got, want [][]string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("documented, but not there: %v", want[i])
		case i >= len(want) || !slices.Equal(got[i], want[i]):
			t.Errorf("got %v, documented is %v", got[i], want[min(i, len(want)-1)])
		}
	}
}

// Over several roles all interviews are one stage. What all roles count
// together is what one hiring manager's roles do, when all are theirs.
func TestFiguresOverSeveralRoles(t *testing.T) {
	d, one := worked(t)
	window, now := hiring.Weeks("2026-W44", 4), at("2026-11-02 09:00")
	read := func(s hiring.Scope) hiring.Figures {
		f, err := hiring.FiguresOf(d.memory, settings(), s, window, now)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	all, hers := read(hiring.Scope{}), read(hiring.Scope{HiringManager: kari})
	if len(all.Stages) != 5 || all.Stages[2].ID != hiring.StageInterviews {
		t.Fatalf("the stages are %+v", all.Stages)
	}
	s := all.Stages[2]
	want := hiring.StageCount{
		Stage: s.Stage, Reached: 6, Left: 6, Passed: 5, RefusedAt: 1, Entered: 3, Refused: 1, AllDropped: 3,
		TimeIn: hiring.Spread{N: 3, Median: 64 * time.Hour, P90: 65 * time.Hour}, // C-6 37, C-4 64, C-1 65
	}
	d.want("all interviews", s, want)
	d.want("time to engage", all.Engagement, one.Engagement)
	d.want("alignment", all.Alignment, one.Alignment)
	if len(all.Interviewers) != 0 || len(hers.Interviewers) != 3 {
		t.Errorf("interviewers over all roles %+v, of one hiring manager %+v", all.Interviewers, hers.Interviewers)
	}
	hers.Interviewers, hers.Scope = nil, all.Scope
	if fmt.Sprintf("%+v", hers) != fmt.Sprintf("%+v", all) {
		t.Errorf("of one hiring manager\n%+v, of all\n%+v", hers, all)
	}
	if none := read(hiring.Scope{HiringManager: jonas}); none.Added != 0 || len(none.Roles) != 0 {
		t.Errorf("of somebody without roles: %+v", none)
	}
}

func TestWindows(t *testing.T) {
	w := hiring.Weeks("2026-W02", 4)
	if w != (hiring.Window{From: "2025-W51", To: "2026-W03"}) || w.Before() != (hiring.Window{From: "2025-W47", To: "2025-W51"}) {
		t.Errorf("the window is %+v, before it %+v", w, w.Before())
	}
}

func TestFewFoldIntoOther(t *testing.T) {
	shown, other := hiring.FoldSources([]hiring.SourceCount{
		{Source: hiring.Inbound, Added: 20, Hired: 1}, {Source: hiring.Agency, Added: 5}, {Source: hiring.Referral, Added: 4, Interviewed: 2, Settled: 3}, {Source: hiring.Meetup, Added: 1, Hired: 1},
	})
	if len(shown) != 2 || other != (hiring.SourceCount{Added: 5, Interviewed: 2, Settled: 3, Hired: 1}) {
		t.Errorf("shown %+v, other %+v", shown, other)
	}
	people, rest := hiring.FoldInterviewers([]hiring.InterviewerCount{
		{Person: ingrid, Interviews: 5}, {Person: jonas, Interviews: 4, OnTime: hiring.Share{K: 1, N: 2}}, {Person: kari, Interviews: 1, OnTime: hiring.Share{K: 1, N: 1}},
	})
	if len(people) != 1 || rest != (hiring.InterviewerCount{Interviews: 5, OnTime: hiring.Share{K: 2, N: 3}}) {
		t.Errorf("shown %+v, other %+v", people, rest)
	}
}
