package hiring_test

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// waiting numbers notices in their order and has them wait for Ingrid since
// their times.
func waiting(list ...hiring.Notice) []hiring.Notice {
	for i := range list {
		list[i].ID, list[i].User, list[i].CreatedAt = hiring.NoticeID(i+1), ingrid, list[i].NotBefore
		if list[i].Subjects == nil {
			list[i].Subjects = []hiring.Subject{hiring.RoleSubject(1)}
		}
	}
	return list
}

// TestPlanCatchUp has things wait for Ingrid, who works in Oslo from eight to
// four, and says what she finds.
func TestPlanCatchUp(t *testing.T) {
	one := func(kind hiring.NoticeKind, when string) hiring.Notice {
		return hiring.Notice{Kind: kind, NotBefore: at(when)}
	}
	about := func(n hiring.Notice, c hiring.CandidateID) hiring.Notice {
		n.Subjects = []hiring.Subject{hiring.FeedbackSubject(1, key(c, ingrid))}
		return n
	}
	quiet := func(n hiring.Notice, until string) hiring.Notice {
		n.QuietUntil = at(until)
		return n
	}
	later := func(n hiring.Notice, when string) hiring.Notice {
		n.NotBefore = at(when)
		return n
	}
	digest := func(role hiring.RoleID, when string) hiring.Notice {
		n := one(hiring.Digest, when)
		n.Subjects = []hiring.Subject{hiring.DigestSubject(role, hiring.WeekOf(n.NotBefore, oslo))}
		return n
	}
	held := hiring.Notice{
		Kind: hiring.CatchUp, NotBefore: at("2026-11-24 08:00"),
		Parts: []hiring.Notice{{ID: 90, Kind: hiring.TellAgreed, Subjects: []hiring.Subject{hiring.RoleSubject(2)}, CreatedAt: at("2026-11-20 09:00"), NotBefore: at("2026-11-20 09:00")}},
	}
	week := []hiring.Span{{From: "2026-11-23", To: "2026-11-27"}}
	tests := []struct {
		it      string
		waiting []hiring.Notice
		free    []hiring.Span
		now     string
		parts   []hiring.NoticeID // in one message; none when each goes as it is
		left    string            // ids and why
		at      string            // from when on that message may go, with Ingrid's own minute
	}{
		{it: "nothing is late: each goes as it is", now: "2026-11-23 10:00",
			waiting: waiting(about(one(hiring.AskFeedback, "2026-11-23 09:30"), 1), one(hiring.TellAgreed, "2026-11-23 09:45"))},
		{it: "one that is late goes as it is", now: "2026-11-23 10:00", waiting: waiting(one(hiring.TellAgreed, "2026-11-20 09:00"))},
		{it: "two, one of them late, are one message", now: "2026-11-23 10:00", parts: []hiring.NoticeID{1, 2}, at: "2026-11-23 10:00",
			waiting: waiting(one(hiring.TellAgreed, "2026-11-20 09:00"), about(one(hiring.AskFeedback, "2026-11-23 09:59"), 1))},
		{it: "what is not due yet waits on", now: "2026-11-23 10:00", waiting: waiting(one(hiring.TellAgreed, "2026-11-20 09:00"), one(hiring.LookBack, "2026-12-07 10:00"))},
		{it: "a reminder of last week is replaced by today's", now: "2026-11-23 10:00", left: "1: a later one says the same",
			waiting: waiting(one(hiring.Nudge, "2026-11-19 08:10"), one(hiring.Nudge, "2026-11-23 08:10"))},
		{it: "a digest that a later one overtook is left out, another role's is not", now: "2026-11-24 10:00", parts: []hiring.NoticeID{2, 3}, left: "1: a later one says the same", at: "2026-11-24 10:00",
			waiting: waiting(digest(1, "2026-11-19 09:00"), digest(2, "2026-11-19 09:00"), digest(1, "2026-11-23 09:00"))},
		{it: "a digest is of no use when the next week's is there", now: "2026-11-30 10:00", left: "1: its time has passed", waiting: waiting(digest(1, "2026-11-23 09:00"))},
		{it: "a pause and its end say the same", now: "2026-11-23 10:00", left: "1: a later one says the same",
			waiting: waiting(one(hiring.TellPaused, "2026-11-19 09:00"), one(hiring.TellPaused, "2026-11-20 09:00"))},
		{it: "feedback on two candidates is two things", now: "2026-11-23 10:00", parts: []hiring.NoticeID{1, 2}, at: "2026-11-23 10:00",
			waiting: waiting(about(one(hiring.AskFeedback, "2026-11-19 09:00"), 1), about(one(hiring.AskFeedback, "2026-11-19 09:00"), 2))},
		{it: "Slack is back at night: the message waits for the morning", now: "2026-11-23 22:00", parts: []hiring.NoticeID{1, 2}, at: "2026-11-24 08:00",
			waiting: waiting(one(hiring.TellAgreed, "2026-11-23 15:00"), about(one(hiring.AskFeedback, "2026-11-23 15:30"), 1))},
		{it: "so does a single one", now: "2026-11-21 12:00", parts: []hiring.NoticeID{1}, at: "2026-11-23 08:00", waiting: waiting(one(hiring.TellAgreed, "2026-11-20 15:00"))},
		{it: "what to look for in an interview does not wait for the morning, and takes nothing with it", now: "2026-11-23 17:00", parts: []hiring.NoticeID{1, 3}, at: "2026-11-24 08:00",
			waiting: waiting(one(hiring.TellAgreed, "2026-11-23 14:00"), about(one(hiring.Prepare, "2026-11-23 16:30"), 1), one(hiring.TellWaived, "2026-11-23 16:30"))},
		{it: "late itself, it goes as it is", now: "2026-11-23 17:00", waiting: waiting(about(one(hiring.Prepare, "2026-11-23 14:00"), 1), one(hiring.TellAgreed, "2026-11-23 16:30"))},
		{it: "in a week away, too", now: "2026-11-25 10:00", free: week, waiting: waiting(about(one(hiring.Prepare, "2026-11-25 10:00"), 1))},
		{it: "what waits for her first morning waits on", now: "2026-11-25 10:00", free: week, parts: []hiring.NoticeID{90, 2}, at: "2026-11-30 08:00",
			waiting: waiting(held, one(hiring.TellWaived, "2026-11-25 10:00"), about(one(hiring.Prepare, "2026-11-25 10:00"), 1))},
		{it: "a reminder that waits for the end of a pause holds nothing up", now: "2026-11-23 14:00",
			waiting: waiting(quiet(one(hiring.Nudge, "2026-11-23 08:10"), "2026-11-23 15:00"), about(one(hiring.AskFeedback, "2026-11-23 14:00"), 1))},
		{it: "nor when it is over", now: "2026-11-23 15:00",
			waiting: waiting(quiet(one(hiring.Nudge, "2026-11-23 08:10"), "2026-11-23 15:00"), about(one(hiring.AskFeedback, "2026-11-23 15:00"), 1))},
		{it: "what was held up after a pause is one message", now: "2026-11-24 10:00", parts: []hiring.NoticeID{1, 2}, at: "2026-11-24 10:00",
			waiting: waiting(quiet(one(hiring.Nudge, "2026-11-23 08:10"), "2026-11-24 08:00"), about(one(hiring.AskFeedback, "2026-11-24 09:30"), 1))},
		{it: "one message that waits for the end of a pause takes nothing in", now: "2026-11-24 10:00",
			waiting: waiting(quiet(held, "2026-11-24 12:00"), one(hiring.TellWaived, "2026-11-24 10:00"))},
		{it: "a reminder does not come in the evening, however little late", now: "2026-11-23 17:35", parts: []hiring.NoticeID{1, 2}, at: "2026-11-24 08:00",
			waiting: waiting(one(hiring.Nudge, "2026-11-23 15:55"), one(hiring.Escalation, "2026-11-23 15:55"), about(one(hiring.AskFeedback, "2026-11-23 15:55"), 1))},
		{it: "nor before the morning", now: "2026-11-24 07:50", parts: []hiring.NoticeID{1}, at: "2026-11-24 08:00", waiting: waiting(one(hiring.Escalation, "2026-11-24 07:40"))},
		{it: "it joins what waits for the morning", now: "2026-11-23 17:35", parts: []hiring.NoticeID{90, 2}, at: "2026-11-24 08:00",
			waiting: waiting(later(held, "2026-11-24 08:10"), one(hiring.Nudge, "2026-11-23 15:55"))},
		{it: "sent at the end of the day, it comes moments later", now: "2026-11-23 16:04", waiting: waiting(one(hiring.Nudge, "2026-11-23 15:59"), one(hiring.Escalation, "2026-11-23 15:59"))},
		{it: "so does one after a pause", now: "2026-11-23 16:00", waiting: waiting(quiet(one(hiring.Nudge, "2026-11-23 10:00"), "2026-11-23 15:59"))},
		{it: "in working hours it comes as it is", now: "2026-11-23 15:35", waiting: waiting(one(hiring.Nudge, "2026-11-23 14:00"))},
		{it: "a week away: it waits until she is back", now: "2026-11-24 10:00", free: week, parts: []hiring.NoticeID{1}, at: "2026-11-30 08:00",
			waiting: waiting(one(hiring.TellAgreed, "2026-11-24 10:00"))},
		{it: "and what comes meanwhile joins it", now: "2026-11-25 10:00", free: week, parts: []hiring.NoticeID{90, 2}, at: "2026-11-30 08:00",
			waiting: waiting(held, one(hiring.TellWaived, "2026-11-25 10:00"))},
		{it: "today's reminder joins what waited for the morning", now: "2026-11-24 08:29", parts: []hiring.NoticeID{90, 2}, at: "2026-11-24 08:29",
			waiting: waiting(held, one(hiring.Nudge, "2026-11-24 08:10"))},
		{it: "also when its minute is still to come", now: "2026-11-24 08:05", parts: []hiring.NoticeID{1, 2}, at: "2026-11-24 08:05",
			waiting: waiting(about(one(hiring.AskFeedback, "2026-11-19 09:00"), 1), one(hiring.Nudge, "2026-11-24 08:25"))},
		{it: "alone, it waits for it", now: "2026-11-24 08:05", waiting: waiting(one(hiring.Nudge, "2026-11-24 08:25"))},
		{it: "what waits for the morning goes as it is then", now: "2026-11-24 08:29", waiting: waiting(held)},
		{it: "who is back early finds it at once", now: "2026-11-23 10:00", parts: []hiring.NoticeID{90}, at: "2026-11-23 10:00", waiting: waiting(held)},
		{it: "edits are no messages", now: "2026-11-23 10:00", waiting: waiting(one(hiring.RefreshMessage, "2026-11-19 09:00"), one(hiring.RefreshMessage, "2026-11-20 09:00"))},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			plan := hiring.PlanCatchUp(hiring.Person{ID: ingrid, Free: tt.free}, tt.waiting, settings(), at(tt.now))
			var parts []hiring.NoticeID
			for _, n := range plan.Parts {
				parts = append(parts, n.ID)
			}
			left := ""
			for _, l := range plan.Left {
				left += fmt.Sprintf("%d: %s", l.Notice.ID, l.Reason)
			}
			if !slices.Equal(parts, tt.parts) || left != tt.left {
				t.Errorf("one message of %v, left out %q; want %v and %q", parts, left, tt.parts, tt.left)
			}
			if tt.at != "" && (plan.At.Before(at(tt.at)) || plan.At.After(at(tt.at).Add(30*time.Minute))) {
				t.Errorf("it goes at %v, want %s", plan.At.In(oslo), tt.at)
			}
		})
	}
}

// TestEveryKindHasAnAge compares the table with the kinds there are, as the
// source lists them: two of the same kind and subjects about the same are one.
func TestEveryKindSaysTheSameOnce(t *testing.T) {
	kinds := 0
	file, err := parser.ParseFile(token.NewFileSet(), "notice.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if of, ok := spec.Type.(*ast.Ident); !ok || of.Name != "NoticeKind" {
			return true
		}
		name, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		kind := hiring.NoticeKind(name)
		kinds++
		if !hiring.HasAge(kind) {
			t.Errorf("the table of ages does not know %q", kind)
		}
		if kind == hiring.RefreshMessage || kind == hiring.CatchUp || kind == hiring.Prepare || kind == hiring.TellInterview { // of two about one interview, the older is made nothing
			return true
		}
		again := hiring.Notice{Kind: kind, NotBefore: at("2026-11-20 09:00")}
		if plan := hiring.PlanCatchUp(hiring.Person{ID: ingrid}, waiting(again, again), settings(), at("2026-11-23 10:00")); len(plan.Left) != 1 || plan.Left[0].Notice.ID != 1 {
			t.Errorf("%s twice: %+v", kind, plan)
		}
		return true
	})
	if kinds < 30 {
		t.Fatalf("only %d kinds found", kinds)
	}
}

// TestCatchingUpLosesNothing has anything wait for one person for up to two
// weeks, and gathers it at random times until it is sent. Whatever is left out
// is said by a later one or is over by the table; the rest is sent once; and
// what was held up is one message.
func TestCatchingUpLosesNothing(t *testing.T) {
	kinds := []hiring.NoticeKind{
		hiring.AskSignOff, hiring.TellAgreed, hiring.AskFeedback, hiring.TellFeedback, hiring.Nudge, hiring.Escalation, hiring.TellUnreached,
		hiring.Prepare, hiring.TellDebrief, hiring.AskLook, hiring.Digest, hiring.TellPaused, hiring.LookBack, hiring.RefreshMessage,
	}
	rapid.Check(t, func(t *rapid.T) {
		m := newMemory()
		start := at("2026-11-16 00:00")
		p := hiring.Person{ID: ingrid}
		if rapid.Bool().Draw(t, "away") {
			p.Free = []hiring.Span{{From: "2026-11-18", To: hiring.DateOf(start.AddDate(0, 0, rapid.IntRange(2, 9).Draw(t, "back")), oslo)}}
		}
		m.people[ingrid] = p
		queued := map[hiring.NoticeID]hiring.Notice{}
		for i := range rapid.IntRange(0, 40).Draw(t, "notices") {
			n := hiring.Notice{
				ID: hiring.NoticeID(i + 1), User: ingrid, Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
				CreatedAt: start.Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(t, "minute")) * time.Minute),
				Subjects:  []hiring.Subject{{Kind: hiring.AboutFeedback, Role: hiring.RoleID(rapid.IntRange(1, 2).Draw(t, "role")), Candidate: hiring.CandidateID(rapid.IntRange(1, 3).Draw(t, "candidate"))}},
			}
			n.NotBefore = n.CreatedAt.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "later")) * time.Minute)
			if n.Kind == hiring.Nudge && rapid.Bool().Draw(t, "pause") {
				n.QuietUntil = n.NotBefore.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "quiet")) * time.Minute)
			}
			queued[n.ID] = n
			m.notices = append(m.notices, n)
		}
		work := settings().WorkTime(p)
		sent, overtaken := map[hiring.NoticeID]int{}, map[hiring.NoticeID]bool{}
		now := start
		for range rapid.IntRange(1, 6).Draw(t, "gatherings") {
			now = now.Add(time.Duration(rapid.IntRange(0, 5*24*60).Draw(t, "wait")) * time.Minute)
			gatherNow(t, m, now, overtaken)
			sendable, heldUp := sendNow(t, m, now, sent, rapid.Bool().Draw(t, "up"))
			if heldUp && sendable > 1 {
				t.Fatalf("%d messages at %v after an outage", sendable, now.In(oslo))
			}
			if heldUp && !work.Working(now) && sendable > 0 {
				t.Fatalf("what was late is sent at %v", now.In(oslo))
			}
		}
		for range 40 { // everything comes due, and Slack is up
			now = work.Next(now.Add(12 * time.Hour)).Add(45 * time.Minute)
			gatherNow(t, m, now, overtaken)
			sendNow(t, m, now, sent, true)
		}
		for id, n := range queued {
			switch {
			case n.Kind == hiring.RefreshMessage:
			case sent[id] > 1:
				t.Fatalf("%v was sent %d times", n, sent[id])
			case sent[id] == 0 && !overtaken[id]:
				t.Fatalf("%v was lost", n)
			case sent[id] == 1 && overtaken[id]:
				t.Fatalf("%v was left out and sent", n)
			}
		}
	})
}

// gatherNow gathers and checks what is left out; a second time changes nothing.
func gatherNow(t *rapid.T, m *memory, now time.Time, overtaken map[hiring.NoticeID]bool) {
	p, _ := m.Person(ingrid)
	waiting, _ := m.NoticesTo(hiring.Conversation{User: ingrid})
	for _, l := range hiring.PlanCatchUp(p, waiting, settings(), now).Left {
		if l.Reason == hiring.LeftOver && l.Notice.Kind != hiring.Digest {
			t.Fatalf("%v is over", l.Notice)
		}
		if l.Reason == hiring.LeftOvertaken && !slices.ContainsFunc(parts(waiting), func(n hiring.Notice) bool {
			return n.Kind == l.Notice.Kind && n.Subjects[0].Role == l.Notice.Subjects[0].Role && !n.CreatedAt.Before(l.Notice.CreatedAt) && n.ID != l.Notice.ID || n.Kind == hiring.Nudge
		}) {
			t.Fatalf("nothing says what %v says", l.Notice)
		}
		overtaken[l.Notice.ID] = true
	}
	c, err := hiring.Gather(m, settings(), hiring.Conversation{User: ingrid}, now)
	if errors.Is(err, hiring.ErrNothing) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	m.apply(c)
	if again, err := hiring.Gather(m, settings(), hiring.Conversation{User: ingrid}, now); !errors.Is(err, hiring.ErrNothing) {
		t.Fatalf("gathering again: %+v, %v", again, err)
	}
}

// parts returns notices and those they take the place of.
func parts(list []hiring.Notice) []hiring.Notice {
	for _, n := range list {
		list = append(list, n.Parts...)
	}
	return list
}

// sendNow sends what may be sent, and says how many messages that were, but for
// those about an interview: they go in any case.
func sendNow(t *rapid.T, m *memory, now time.Time, sent map[hiring.NoticeID]int, up bool) (messages int, heldUp bool) {
	waiting, _ := m.NoticesTo(hiring.Conversation{User: ingrid})
	p, _ := m.Person(ingrid)
	here := settings().WorkTime(p).Working(now)
	for _, n := range waiting {
		if n.NotBefore.After(now) || n.QuietUntil.After(now) || n.Kind == hiring.RefreshMessage {
			continue
		}
		if rests := n.Kind == hiring.Nudge || n.Kind == hiring.Escalation; rests && !here && now.Sub(n.NotBefore) > 5*time.Minute && now.Sub(n.QuietUntil) > 5*time.Minute {
			t.Fatalf("%v is sent at %v", n, now.In(oslo))
		}
		if n.Kind != hiring.Prepare {
			heldUp = heldUp || n.Late(now) || n.Kind == hiring.CatchUp
			messages++
		}
		if !up {
			continue
		}
		m.gone[n.ID] = true
		for _, part := range parts([]hiring.Notice{n}) {
			if part.Kind != hiring.CatchUp {
				sent[part.ID]++
			}
		}
	}
	return messages, heldUp
}

func TestAChannelHearsNoOldNews(t *testing.T) {
	m := newMemory()
	to := hiring.Conversation{Channel: "CBACKEND"}
	for _, n := range []hiring.Notice{
		{Kind: hiring.TellBrief, Subjects: []hiring.Subject{hiring.RoleSubject(1)}},
		{Kind: hiring.PostBrief, Subjects: []hiring.Subject{hiring.BriefSubject(1)}},
		{Kind: hiring.Digest, Subjects: []hiring.Subject{hiring.DigestSubject(1, "2026-W46")}},
		{Kind: hiring.Digest, Subjects: []hiring.Subject{hiring.DigestSubject(1, "2026-W47")}},
	} {
		n.ID, n.Channel, n.CreatedAt = hiring.NoticeID(len(m.notices)+1), to.Channel, at("2026-11-23 09:00")
		n.NotBefore = n.CreatedAt
		m.notices = append(m.notices, n)
	}
	if _, err := hiring.Gather(m, settings(), to, at("2026-11-23 10:00")); !errors.Is(err, hiring.ErrNothing) {
		t.Errorf("before anything is late: %v", err)
	}
	c, err := hiring.Gather(m, settings(), to, at("2026-11-24 10:00"))
	if err != nil || !slices.Equal(c.Dropped, []hiring.NoticeID{1, 3}) || len(c.Notices) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}
