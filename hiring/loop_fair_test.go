package hiring_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// month is a random stretch of one role's life, with everybody doing anything
// at any time.
type month struct {
	desk
	t       *rapid.T
	now     time.Time
	nudged  map[hiring.UserID]map[hiring.Date]int
	asked   map[hiring.UserID]map[hiring.Date]int     // reminders asked for by putting others off
	heardOf map[hiring.Subject]time.Time              // when its owner last heard of it, or put it off to
	told    map[hiring.Subject]map[hiring.UserID]bool // who has heard that it is stuck
}

var everybody = []hiring.UserID{kari, ola, ingrid, jonas, "UTONE"}

func newMonth(t *rapid.T) *month {
	m := &month{
		desk: desk{newMemory(), nil}, t: t, now: at("2027-05-03 09:00"), // 17 May is a holiday
		nudged: map[hiring.UserID]map[hiring.Date]int{}, asked: map[hiring.UserID]map[hiring.Date]int{}, heardOf: map[hiring.Subject]time.Time{},
		told: map[hiring.Subject]map[hiring.UserID]bool{},
	}
	for _, u := range everybody {
		p := hiring.Person{ID: u, Zone: rapid.SampledFrom([]string{"Europe/Oslo", "America/New_York", "Asia/Kolkata"}).Draw(t, "zone")}
		if rapid.Bool().Draw(t, "away") {
			from := at("2027-05-01 12:00").AddDate(0, 0, rapid.IntRange(0, 20).Draw(t, "from"))
			p.Free = []hiring.Span{{From: hiring.DateOf(from, oslo), To: hiring.DateOf(from.AddDate(0, 0, rapid.IntRange(0, 4).Draw(t, "days")), oslo)}}
		}
		m.people[u], m.nudged[u], m.asked[u] = p, map[hiring.Date]int{}, map[hiring.Date]int{}
	}
	m.do(kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms()})
		return c, err
	})
	m.do(ola, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Sign(1, 1); return c, err })
	return m
}

// do lets somebody act. A rule may refuse in words; anything else is a mistake.
func (m *month) do(u hiring.UserID, rule func(hiring.Act) (hiring.Change, error)) {
	p, _ := m.Person(u)
	c, err := rule(hiring.Act{Settings: settings(), Record: m.memory, By: p, Now: m.now})
	if err == nil {
		m.begins(c.Owe)
		m.apply(c)
		return
	}
	_, sentence := errors.AsType[*hiring.Error](err)
	_, fields := errors.AsType[hiring.FieldErrors](err)
	if !sentence && !fields {
		m.t.Fatalf("%v", err)
	}
}

// begins has what is owed from now on count from now on: nobody could be
// reminded of it before, such as of an interview that is long past.
func (m *month) begins(owe []hiring.Owed) {
	for _, o := range owe {
		if old, owed := m.owed[o.Subject]; (!owed || !old.Since.Equal(o.Since)) && m.heardOf[o.Subject].Before(m.now) {
			m.heardOf[o.Subject] = m.now
		}
	}
}

// anything has somebody do something.
func (m *month) anything() {
	t := m.t
	u := rapid.SampledFrom(everybody).Draw(t, "who")
	c := hiring.CandidateID(rapid.IntRange(1, 4).Draw(t, "candidate"))
	stage := rapid.SampledFrom([]hiring.StageID{hiring.StageScreen, "interview-1", "interview-2", hiring.StageOffer}).Draw(t, "stage")
	meeting := hiring.Interview{Stage: stage, Start: m.now.Add(time.Duration(rapid.IntRange(-24, 72).Draw(t, "hours")) * time.Hour), Length: time.Hour, Panel: []hiring.UserID{ingrid, rapid.SampledFrom(everybody).Draw(t, "panel")}}
	k := hiring.FeedbackKey{Candidate: c, Stage: stage, Interviewer: rapid.SampledFrom(everybody).Draw(t, "interviewer")}
	if asked := m.asks(); len(asked) > 0 && rapid.Bool().Draw(t, "of what is asked") {
		k = rapid.SampledFrom(asked).Draw(t, "asked")
		u, c, stage, meeting.Stage = k.Interviewer, k.Candidate, k.Stage, k.Stage
		if rapid.Bool().Draw(t, "an owner") {
			u = kari
		}
	}
	contact := hiring.Contact{By: ola, On: hiring.DateOf(m.now.AddDate(0, 0, 2), oslo)}
	did := func(_ any, c hiring.Change, err error) (hiring.Change, error) { return c, err }
	acts := []func(hiring.Act) (hiring.Change, error){
		func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
			return c, err
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.Move(c, stage, meeting)
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.Close(c, hiring.Rejected, "No Go yet.", false)
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.SubmitFeedback(k, card(hiring.Yes))
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.ExcuseFeedback(k, "I was ill.")
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.OfferFeedback(k, "UTONE")
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.AnswerOffer(k, true)
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) { x, ch, err := a.Remind(k); return did(x, ch, err) },
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.AddInterview(c, meeting)
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.MoveInterview(c, 0, meeting)
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.CancelInterview(c, 0, hiring.NoShow)
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) { x, ch, err := a.HoldInterview(c, 0); return did(x, ch, err) },
		func(a hiring.Act) (hiring.Change, error) { x, ch, err := a.Propose(c, ""); return did(x, ch, err) },
		func(a hiring.Act) (hiring.Change, error) {
			x, ch, err := a.AnswerLook(c, hiring.LookReply{Answer: hiring.LookInterview})
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) {
			v := rapid.SampledFrom(hiring.Verdicts()).Draw(t, "verdict")
			x, ch, err := a.Decide(c, hiring.Ruling{Verdict: v, Reason: "Strong Go.", Contact: contact})
			return did(x, ch, err)
		},
		func(a hiring.Act) (hiring.Change, error) { x, ch, err := a.Promise(c, contact); return did(x, ch, err) },
		func(a hiring.Act) (hiring.Change, error) { x, ch, err := a.Told(c); return did(x, ch, err) },
		func(a hiring.Act) (hiring.Change, error) {
			until, ch, err := a.PutOff(rapid.SampledFrom(hiring.Snoozes()).Draw(t, "snooze"))
			for _, o := range ch.Owe {
				m.heardOf[o.Subject] = until
				m.asked[u][hiring.DateOf(until, settings().ZoneOf(a.By))]++
			}
			return ch, err
		},
		func(a hiring.Act) (hiring.Change, error) { x, ch, err := a.Pause(1); return did(x, ch, err) },
		func(a hiring.Act) (hiring.Change, error) {
			_, ch, err := a.Resume(1)
			for _, o := range ch.Owe { // the time it rested counts for nothing; what was put off for longer stays so
				if m.heardOf[o.Subject].Before(m.now) {
					m.heardOf[o.Subject] = m.now
				}
			}
			return ch, err
		},
	}
	m.do(u, acts[rapid.IntRange(0, len(acts)-1).Draw(t, "act")])
}

// asks returns the feedback that is asked for.
func (m *month) asks() (list []hiring.FeedbackKey) {
	for id := range hiring.CandidateID(5) {
		for _, u := range everybody {
			for _, stage := range []hiring.StageID{"interview-1", "interview-2"} {
				k := hiring.FeedbackKey{Candidate: id, Stage: stage, Interviewer: u}
				if m.feedback[k].Status == hiring.Requested {
					list = append(list, k)
				}
			}
		}
	}
	return list
}

// sweep sweeps and checks every reminder.
func (m *month) sweep() {
	due, _ := m.Due(m.now)
	for _, u := range due {
		p, _ := m.Person(u)
		work := settings().WorkTime(p)
		c, err := hiring.Sweep(m.memory, settings(), u, m.now)
		if errors.Is(err, hiring.ErrNothing) {
			continue
		}
		if err != nil {
			m.t.Fatal(err)
		}
		m.apply(c)
		m.delivered()
		for _, n := range c.Notices {
			if n.Kind == hiring.Escalation {
				m.tells(n)
			}
			if n.Kind != hiring.Nudge {
				continue
			}
			day := hiring.DateOf(n.NotBefore, work.Zone)
			m.nudged[u][day]++
			if !work.Working(n.NotBefore) || !work.Working(m.now) {
				m.t.Fatalf("%s is reminded at %v", u, n.NotBefore.In(work.Zone))
			}
			if m.nudged[u][day] > 1+m.asked[u][day] {
				m.t.Fatalf("%s is reminded %d times on %s, having asked for %d", u, m.nudged[u][day], day, m.asked[u][day])
			}
			for _, s := range n.Subjects {
				m.heardOf[s] = m.now
			}
		}
	}
}

// tells notes who hears of what is stuck.
func (m *month) tells(n hiring.Notice) {
	for _, s := range n.Subjects {
		if m.told[s] == nil {
			m.told[s] = map[hiring.UserID]bool{}
		}
		m.told[s][n.User] = true
	}
}

// forgotten complains about what is overdue and nobody has heard of for two
// working days.
func (m *month) forgotten() {
	for subject, o := range m.owed {
		p, _ := m.Person(o.Person())
		work := settings().WorkTime(p)
		since := o.DueAt
		if heard := m.heardOf[subject]; heard.After(since) {
			since = heard
		}
		if !o.Overdue(m.now) {
			continue
		}
		if left := work.Between(since, m.now); left > 2*work.Day() {
			m.t.Fatalf("%v is forgotten: due %v, heard of %v, now %v", subject, o.DueAt, m.heardOf[subject], m.now)
		}
		if _, err := m.Role(subject.Role); err != nil {
			m.t.Fatal(err)
		}
	}
}

// unseated complains about feedback that is asked of somebody who sits in no
// interview of the stage that stands.
func (m *month) unseated() {
	for k, f := range m.feedback {
		sits := slices.ContainsFunc(m.candidates[k.Candidate].Interviews, func(i hiring.Interview) bool {
			return i.Stage == k.Stage && i.Stands() && slices.Contains(i.Panel, k.Interviewer)
		})
		if f.Status == hiring.Requested && !sits {
			m.t.Fatalf("%+v is asked of somebody who is not there", k)
		}
	}
}

// unasked complains about an interview of the stage that a candidate is in of
// which nobody says, and nobody is asked, whether it took place. Once somebody
// has decided on the candidate, nobody needs to know.
func (m *month) unasked() {
	active, _ := m.ActiveIn(1)
	for _, c := range active {
		on, _ := m.FeedbackOn(c.ID)
		n, unsaid := c.FirstUnsaid(c.Stage, on)
		if !unsaid || len(c.Decisions) > 0 {
			continue
		}
		if o, asked := m.owed[hiring.HeldSubject(1, c.ID, c.Stage, ola)]; !asked || !o.Since.Equal(c.Interviews[n].End()) {
			m.t.Fatalf("nobody is asked about %+v of %+v", c.Interviews[n], c.Interviews)
		}
	}
}

// unheard complains about what stood in more reminders than the other owner is
// to be spared, and that they have not heard of.
func (m *month) unheard() {
	for s, o := range m.owed {
		r, _ := m.Role(s.Role)
		if other := r.OtherOwner(o.Person()); o.Nudges > settings().Ladder.NudgesOwner && !o.Shared() && !m.told[s][other] {
			m.t.Fatalf("%v stood in %d reminders, and %s has not heard of it", s, o.Nudges, other)
		}
	}
}

// undone complains about a decision that is not what is owed by: who is to go on
// waits for the recruiter to arrange it, and for nobody to decide.
func (m *month) undone() {
	for id, c := range m.candidates {
		var last hiring.Decision
		for _, d := range c.Decisions {
			if d.Stage == c.Stage && !d.At.Before(c.Since()) {
				last = d
			}
		}
		goesOn := c.Outcome == hiring.Active && last.Verdict == hiring.Advance
		next := m.owed[hiring.NextSubject(1, id, c.Stage, ola)]
		_, both := m.owed[hiring.NextSubject(1, id, c.Stage, kari)]
		_, asked := m.owed[hiring.DecisionSubject(1, id, c.Stage, kari)]
		if next.Decided != goesOn || goesOn && (both || asked) {
			m.t.Fatalf("%s, decided on with %q: next %+v, by both %v, to be decided %v", id, last.Verdict, next, both, asked)
		}
	}
}

// TestTheLoopIsFair plays random months: reminders come in working hours only,
// once a day but for those that were asked for, nothing overdue is forgotten,
// the other owner hears of it, nobody is asked about an interview they do not sit
// in, and a decision stands until another is made, whatever people do.
func TestTheLoopIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMonth(t)
		for range 24 * 18 {
			m.now = m.now.Add(time.Hour)
			if rapid.IntRange(0, 5).Draw(t, "busy") == 0 {
				m.anything()
			}
			m.sweep()
			m.forgotten()
			m.unseated()
			m.unasked()
			m.undone()
			m.unheard()
		}
	})
}
