package hiring_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// add adds a candidate from a source.
func (d desk) add(source hiring.Source, when string) hiring.Candidate {
	d.t.Helper()
	return must[hiring.Candidate](d)(d.by(ola, when).AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: source}))
}

// ends adds a candidate and ends their process in a stage.
func (d desk) ends(source hiring.Source, stage hiring.StageID, outcome hiring.Outcome, when string) hiring.Candidate {
	d.t.Helper()
	c := d.add(source, when)
	if stage != hiring.StageSourced {
		c = must[hiring.Candidate](d)(d.by(ola, when).Move(c.ID, stage, hiring.Interview{Start: at(when), Length: time.Hour}))
	}
	return must[hiring.Candidate](d)(d.by(ola, when).Close(c.ID, outcome, "Other plans.", true))
}

// sweptAt sweeps everybody at a time.
func (d desk) sweptAt(when string) {
	d.t.Helper()
	due, _ := d.Due(at(when))
	for _, u := range due {
		c, err := hiring.Sweep(d.memory, settings(), u, at(when))
		if err == nil {
			d.apply(c)
		} else if err != hiring.ErrNothing {
			d.t.Fatal(err)
		}
	}
}

func TestAnOfferThatIsOpenForLong(t *testing.T) {
	offered := func(t *testing.T) (desk, hiring.Candidate) {
		d := newDesk(t)
		d.openRole()
		c := d.add(hiring.Referral, "2026-10-06 09:00")
		return d, must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Move(c.ID, hiring.StageOffer, hiring.Interview{})) // a Thursday
	}
	alerts := func(d desk) (list []hiring.UserID) {
		for _, n := range d.sent(hiring.AlertOffer) {
			list = append(list, n.User)
		}
		slices.Sort(list)
		return list
	}
	both := []hiring.UserID{kari, ola}
	t.Run("is told to both owners after three working days, once", func(t *testing.T) {
		d, _ := offered(t)
		d.sweptAt("2026-10-13 08:59") // Tuesday, a minute early
		d.want("before", alerts(d), []hiring.UserID(nil))
		d.sweptAt("2026-10-13 09:00")
		d.want("then", alerts(d), both)
		for _, when := range []string{"2026-10-13 09:15", "2026-10-14 09:00", "2026-10-30 09:00"} {
			d.sweptAt(when)
		}
		d.want("and never again", alerts(d), both)
		if owed, _ := d.OwedBy(kari); slices.ContainsFunc(owed, func(o hiring.Owed) bool { return o.Subject.Kind == hiring.AboutOffer }) {
			t.Error("it is still owed")
		}
	})
	t.Run("is nobody's debt", func(t *testing.T) {
		d, _ := offered(t)
		owed, _ := d.OwedBy(kari)
		for _, o := range owed {
			if o.Subject.Kind == hiring.AboutOffer && (o.Overdue(at("2026-12-01 09:00")) || o.DueAt != at("2026-10-13 09:00")) {
				t.Errorf("%+v", o)
			}
		}
		view, _ := hiring.DeskOf(d, settings(), kari, at("2026-10-12 09:00"))
		if slices.ContainsFunc(view.Move, func(o hiring.Owed) bool { return o.Subject.Kind == hiring.AboutOffer }) {
			t.Error("it stands on the Home")
		}
	})
	t.Run("waits for the reader's working hours", func(t *testing.T) {
		d, _ := offered(t)
		d.sweptAt("2026-10-17 11:00") // a Saturday
		d.want("on Saturday", len(alerts(d)), 0)
		d.sweptAt("2026-10-19 07:59")
		d.want("early on Monday", len(alerts(d)), 0)
		d.sweptAt("2026-10-19 08:00")
		d.want("on Monday", alerts(d), both)
	})
	t.Run("is not told when it was answered", func(t *testing.T) {
		d, c := offered(t)
		must[hiring.Candidate](d)(d.by(ola, "2026-10-12 09:00").Close(c.ID, hiring.Withdrawn, "Another offer.", false))
		d.sweptAt("2026-10-14 09:00")
		d.want("alerts", len(alerts(d)), 0)
	})
	t.Run("stands still while the role rests", func(t *testing.T) {
		d, _ := offered(t)
		must[hiring.Role](d)(d.by(ola, "2026-10-09 09:00").Pause(1))
		d.sweptAt("2026-10-20 09:00")
		d.want("while it rests", len(alerts(d)), 0)
		must[hiring.Role](d)(d.by(ola, "2026-10-20 09:00").Resume(1))
		d.sweptAt("2026-10-22 08:30")
		d.want("too early", len(alerts(d)), 0)
		d.sweptAt("2026-10-22 09:00")
		d.want("two days later", alerts(d), both)
	})
	t.Run("is told to who owns the role by then", func(t *testing.T) {
		d, _ := offered(t)
		must[hiring.Role](d)(d.by(ola, "2026-10-09 09:00").HandOver(1, kari, jonas))
		d.sweptAt("2026-10-13 09:00")
		d.want("alerts", alerts(d), []hiring.UserID{jonas, kari})
	})
	t.Run("is one situation, however it is corrected", func(t *testing.T) {
		d, c := offered(t)
		d.sweptAt("2026-10-13 09:00")
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-14 09:00").Correct(c.ID, redate(d.candidates[c.ID], -1, "2026-10-07 12:00")))
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-14 10:00").Close(c.ID, hiring.Withdrawn, "Another offer.", false))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-14 11:00").Correct(c.ID, undo(c, -1)))
		d.sweptAt("2026-10-30 09:00")
		d.want("alerts", alerts(d), both)
	})
	t.Run("is told when its end was undone before", func(t *testing.T) {
		d, c := offered(t)
		c = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 10:00").Close(c.ID, hiring.Withdrawn, "Another offer.", false))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-14 11:00").Correct(c.ID, undo(c, -1)))
		d.sweptAt("2026-10-14 11:15")
		d.want("alerts", alerts(d), both)
	})
}

func TestTheThirdWithdrawalAtAStage(t *testing.T) {
	tests := []struct {
		it   string
		ends [][3]string // stage, outcome, when
		want int         // alerts, to two owners each
	}{
		{"two are two people", [][3]string{{"interview-1", "withdrawn", "2026-10-06 10:00"}, {"interview-1", "withdrawn", "2026-10-07 10:00"}}, 0},
		{"three are worth a word", [][3]string{{"interview-1", "withdrawn", "2026-10-06 10:00"}, {"interview-1", "withdrawn", "2026-10-07 10:00"}, {"interview-1", "withdrawn", "2026-10-28 10:00"}}, 1},
		{"at different stages they are not", [][3]string{{"interview-1", "withdrawn", "2026-10-06 10:00"}, {"screen", "withdrawn", "2026-10-07 10:00"}, {"interview-2", "withdrawn", "2026-10-08 10:00"}}, 0},
		{"rejections do not count", [][3]string{{"interview-1", "withdrawn", "2026-10-06 10:00"}, {"interview-1", "rejected", "2026-10-07 10:00"}, {"interview-1", "withdrawn", "2026-10-08 10:00"}}, 0},
		{"in more than four weeks they are not", [][3]string{{"interview-1", "withdrawn", "2026-10-06 10:00"}, {"interview-1", "withdrawn", "2026-10-07 10:00"}, {"interview-1", "withdrawn", "2026-11-03 11:00"}}, 0},
		{"the fourth and fifth are the same situation", [][3]string{{"interview-1", "withdrawn", "2026-10-06 10:00"}, {"interview-1", "withdrawn", "2026-10-07 10:00"}, {"interview-1", "withdrawn", "2026-10-08 10:00"}, {"interview-1", "withdrawn", "2026-10-09 10:00"}, {"interview-1", "withdrawn", "2026-10-12 10:00"}}, 1},
		{"three more are another", [][3]string{{"screen", "withdrawn", "2026-10-06 10:00"}, {"screen", "withdrawn", "2026-10-07 10:00"}, {"screen", "withdrawn", "2026-10-08 10:00"}, {"screen", "withdrawn", "2026-10-09 10:00"}, {"screen", "withdrawn", "2026-10-12 10:00"}, {"screen", "withdrawn", "2026-10-13 10:00"}}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			for _, e := range tt.ends {
				d.ends(hiring.Referral, hiring.StageID(e[0]), hiring.Outcome(e[1]), e[2])
			}
			if got := d.sent(hiring.AlertWithdrawals); len(got) != 2*tt.want {
				t.Errorf("%d alerts: %+v", len(got), got)
			}
			d.want("kept with the role", len(d.roles[1].Alerts), tt.want)
		})
	}
	t.Run("is told within working hours", func(t *testing.T) {
		d := newDesk(t)
		d.openRole()
		for range 3 {
			d.ends(hiring.Referral, hiring.StageScreen, hiring.Withdrawn, "2026-10-09 21:00") // Friday night
		}
		d.want("not before", d.sent(hiring.AlertWithdrawals)[0].NotBefore, at("2026-10-12 08:00"))
	})
}

func TestASourceWhoseCandidatesMissTheSameMustHave(t *testing.T) {
	// found rejects somebody from a source, found to miss a must-have in a way.
	type found func(d desk, source hiring.Source)
	byDecision := func(skill int) found {
		return func(d desk, source hiring.Source) {
			c := d.add(source, "2026-10-06 09:00")
			must[hiring.Candidate](d)(d.by(kari, "2026-10-06 10:00").Decide(c.ID, hiring.Ruling{
				Verdict: hiring.Reject, Criteria: []int{skill}, Reason: "No.", Contact: hiring.Contact{By: ola, On: "2026-10-09"},
			}))
		}
	}
	byLook := func(d desk, source hiring.Source) {
		c := d.add(source, "2026-10-06 09:00")
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Propose(c.ID, ""))
		must[hiring.Candidate](d)(d.by(kari, "2026-10-06 11:00").AnswerLook(c.ID, hiring.LookReply{Answer: hiring.LookNo, Missing: "Go"}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Close(c.ID, hiring.Rejected, "No Go.", true))
	}
	rated := func(r hiring.Rating, outcome hiring.Outcome) found {
		return func(d desk, source hiring.Source) {
			c := d.add(source, "2026-10-06 09:00")
			must[hiring.Candidate](d)(d.by(ola, "2026-10-06 10:00").Move(c.ID, "interview-1", hiring.Interview{Start: at("2026-10-06 10:00"), Length: time.Hour}))
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-06 12:00").SubmitFeedback(key(c.ID, ingrid), hiring.Scorecard{
				Ratings: []hiring.Rating{r, hiring.NotAssessed}, Recommendation: hiring.No,
			}))
			if outcome != hiring.Active {
				must[hiring.Candidate](d)(d.by(ola, "2026-10-06 13:00").Close(c.ID, outcome, "No.", true))
			}
		}
	}
	silently := func(d desk, source hiring.Source) {
		d.ends(source, hiring.StageSourced, hiring.Rejected, "2026-10-06 10:00")
	}
	lacks := rated(hiring.DoesNotMeet, hiring.Rejected)
	tests := []struct {
		it    string
		found []found
		want  int
	}{
		{"three are too few to say", []found{byDecision(0), byLook, lacks}, 0},
		{"four, however it was found out, are worth the question", []found{byDecision(0), byLook, lacks, byDecision(0)}, 1},
		{"a fifth is the same situation", []found{byDecision(0), byLook, lacks, byDecision(0), byLook}, 1},
		{"one of whom nobody said so is not all", []found{byDecision(0), byLook, lacks, silently, byDecision(0)}, 0},
		{"different must-haves are not the same", []found{byDecision(0), byLook, lacks, byDecision(1)}, 0},
		{"somebody still in the process who meets it says that the source can", []found{rated(hiring.Meets, hiring.Active), byDecision(0), byLook, lacks, byDecision(0)}, 0},
		{"somebody who withdrew and exceeds it, too", []found{rated(hiring.Exceeds, hiring.Withdrawn), byDecision(0), byLook, lacks, byDecision(0)}, 0},
		{"partly meeting it is neither", []found{rated(hiring.PartlyMeets, hiring.Active), byDecision(0), byLook, lacks, byDecision(0)}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			for _, find := range tt.found {
				find(d, hiring.Agency)
				silently(d, hiring.Inbound) // another source's rejections say nothing of this one
			}
			got := d.sent(hiring.AlertMustHave)
			if len(got) != 2*tt.want {
				t.Fatalf("%d alerts: %+v", len(got), got)
			}
			if tt.want == 1 {
				x := d.roles[1].Alerts[0]
				d.want("the must-have", x.Skill, "Go")
				d.want("the source", x.Source, hiring.Agency)
				d.want("the next step's subject", got[0].Subjects[0], hiring.AlertSubject(1, 1))
			}
		})
	}
}

// TestNoSituationAlertsTwice plays random months with a sweep each hour: each
// owner hears of an offer at most once for each time somebody was moved to it,
// each withdrawal stands in one alert at most, and each source and must-have in
// one.
func TestNoSituationAlertsTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMonth(t)
		for i := range 120 {
			m.now = m.now.Add(time.Duration(rapid.IntRange(10, 900).Draw(t, "minutes")) * time.Minute)
			switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
			case kind == 0 && len(m.candidates) > 0:
				m.correctOrEnd(i)
			case kind == 1 && len(m.candidates) > 0:
				id := hiring.CandidateID(rapid.IntRange(1, len(m.candidates)).Draw(t, "offered"))
				m.do(ola, func(a hiring.Act) (hiring.Change, error) {
					_, c, err := a.Move(id, hiring.StageOffer, hiring.Interview{})
					return c, err
				})
			default:
				m.anything()
			}
			m.sweep()
		}
		m.checkAlerts()
	})
}

func (m *month) checkAlerts() {
	type told struct {
		c hiring.CandidateID
		u hiring.UserID
	}
	offers, alerted := map[hiring.CandidateID]int{}, map[told]int{}
	for _, e := range m.events {
		if e.Kind == hiring.CandidateMoved && e.To == hiring.StageOffer {
			offers[e.Candidate]++
		}
	}
	for _, n := range m.notices {
		if n.Kind != hiring.AlertOffer {
			continue
		}
		p, _ := m.Person(n.User)
		if !settings().WorkTime(p).Working(n.NotBefore) {
			m.t.Fatalf("%s is alerted at %v", n.User, n.NotBefore)
		}
		for _, s := range n.Subjects {
			k := told{s.Candidate, n.User}
			if alerted[k]++; alerted[k] > offers[s.Candidate] {
				m.t.Fatalf("%s is alerted %d times of %v, who was offered %d times", n.User, alerted[k], s.Candidate, offers[s.Candidate])
			}
		}
	}
	withdrawn := map[string]bool{}
	skills := map[string]bool{}
	for _, x := range m.roles[1].Alerts {
		for _, c := range x.Candidates {
			k := string(x.Stage) + c.String()
			if x.Kind == hiring.AlertWithdrawals && withdrawn[k] {
				m.t.Fatalf("%v stands in two alerts", c)
			}
			withdrawn[k] = withdrawn[k] || x.Kind == hiring.AlertWithdrawals
		}
		k := string(x.Source) + x.Skill
		if x.Kind == hiring.AlertMustHave && skills[k] {
			m.t.Fatalf("%s is alerted twice", k)
		}
		skills[k] = true
	}
}
