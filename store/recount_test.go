package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/samsvar/samsvar/hiring"
)

// people of the histories; any of them may try anything.
var everybody = []hiring.UserID{manager, recruiter, recruiter, manager, recruiter, "UADMIN", expert}

func workspace() hiring.Settings {
	return hiring.Settings{
		Zone: must(time.LoadLocation("Europe/Oslo")), Country: "NO", WorkDays: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true},
		WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour, Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Admins: []hiring.UserID{"UADMIN"},
		Holiday: func(_ string, d hiring.Date) bool { return d == "2026-04-03" || d == "2026-04-06" },
	}
}

// wholeTerms are terms that a brief can have.
func wholeTerms(rounds, openings int, skills ...string) hiring.Terms {
	t := hiring.Terms{
		Title: "Backend developer", Team: "Platform", Openings: openings, Need: hiring.Growth, Level: hiring.Senior,
		Employment: hiring.Permanent, WhyNow: "The meters wait.", Success: []string{"Ships a service."}, Downside: "On call.",
		Pay: hiring.Pay{From: 700_000, To: 900_000, Currency: "NOK"}, Reasons: hiring.Reasons{Life: "Home by four.", Autonomy: "Own service.", Challenge: "Meters."},
		Flexibility: "Two days on site.", Location: "Oslo", Language: "Norwegian", TargetStart: "2026-09-01", NoticeMonths: 3, Sources: []hiring.Source{hiring.Referral},
	}
	for _, skill := range skills {
		t.MustHaves = append(t.MustHaves, hiring.MustHave{Skill: skill, VerifiedBy: []hiring.Check{hiring.CheckCV}})
	}
	for i := range rounds {
		id := hiring.StageID(fmt.Sprintf("interview-%d", i+1))
		t.Interviews = append(t.Interviews, hiring.Stage{ID: id, Kind: hiring.KindInterview, Name: string(id), WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{expert, manager}})
	}
	return t
}

// story drives a store through the rules: whoever tries whatever, in any
// order. What a rule refuses does not happen.
type story struct {
	s        *Store
	settings hiring.Settings
	now      time.Time
	n        int // of tries
	did      int // of them
	numbers  int // that were looked behind
}

func (h *story) try(t *rapid.T, rule func(hiring.Act) (hiring.Change, error)) {
	h.now = h.now.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute)
	by := rapid.SampledFrom(everybody).Draw(t, "who")
	h.n++
	err := h.s.Change(t.Context(), "", h.now, func(r hiring.Record) (hiring.Change, error) {
		return rule(hiring.Act{Settings: h.settings, Record: r, By: hiring.Person{ID: by}, Now: h.now})
	})
	var refused *hiring.Error
	var fields hiring.FieldErrors
	switch {
	case err == nil:
		h.did++
	case !errors.As(err, &refused) && !errors.As(err, &fields):
		var outdated *hiring.Outdated
		if !errors.As(err, &outdated) {
			t.Fatal(err)
		}
	}
}

func (h *story) role(t *rapid.T) hiring.RoleID {
	return hiring.RoleID(rapid.IntRange(1, 2).Draw(t, "role"))
}

func (h *story) candidate(t *rapid.T) hiring.CandidateID {
	return hiring.CandidateID(rapid.IntRange(1, 5).Draw(t, "candidate"))
}

func (h *story) terms(t *rapid.T) hiring.Terms {
	skills := []string{"Go", "SQL", "Kafka"}
	return wholeTerms(rapid.IntRange(1, 3).Draw(t, "rounds"), rapid.IntRange(1, 2).Draw(t, "openings"), skills[:rapid.IntRange(1, 3).Draw(t, "skills")]...)
}

func (h *story) stage(t *rapid.T) hiring.StageID {
	return rapid.SampledFrom([]hiring.StageID{hiring.StageSourced, hiring.StageScreen, "interview-1", "interview-2", hiring.StageOffer}).Draw(t, "stage")
}

func (h *story) meeting(t *rapid.T, stage hiring.StageID) hiring.Interview {
	return hiring.Interview{
		Stage: stage, Start: h.now.Add(time.Duration(rapid.IntRange(-48, 48).Draw(t, "hours")) * time.Hour), Length: time.Hour,
		Panel: []hiring.UserID{expert, rapid.SampledFrom(everybody).Draw(t, "panel")},
	}
}

// Brief proposes a role or another revision.
func (h *story) Brief(t *rapid.T) {
	id, terms := h.role(t), h.terms(t)
	h.try(t, func(a hiring.Act) (hiring.Change, error) {
		r, err := a.Record.Role(id)
		if err != nil {
			_, c, err := a.ProposeRole(hiring.Draft{HiringManager: manager, Recruiter: recruiter, Channel: channel, Terms: terms})
			return c, err
		}
		_, c, err := a.ChangeBrief(id, r.Brief().Revision, terms, "Because.")
		return c, err
	})
}

// Sign has everybody who may sign or, at times, send the brief back.
func (h *story) Sign(t *rapid.T) {
	id, back := h.role(t), rapid.IntRange(0, 5).Draw(t, "back") == 0
	h.try(t, func(a hiring.Act) (c hiring.Change, err error) {
		r, err := a.Record.Role(id)
		if err != nil {
			return c, err
		}
		for _, u := range []hiring.UserID{r.HiringManager, r.Recruiter} {
			if r.ConfirmedBy(u) {
				continue
			}
			a.By = hiring.Person{ID: u}
			if back {
				_, c, err = a.SendBack(id, r.Brief().Revision, hiring.TheOffer, "More.")
			} else {
				_, c, err = a.Sign(id, r.Brief().Revision)
			}
			return c, err
		}
		return c, nil
	})
}

// Rest pauses, resumes, reopens, cancels or hands a role over.
func (h *story) Rest(t *rapid.T) {
	id, which := h.role(t), rapid.IntRange(0, 9).Draw(t, "which")
	h.try(t, func(a hiring.Act) (c hiring.Change, err error) {
		switch {
		case which < 3:
			_, c, err = a.Pause(id)
		case which < 7:
			_, c, err = a.Resume(id)
		case which < 8:
			_, c, err = a.Reopen(id, "One more.")
		case which < 9:
			_, c, err = a.HandOver(id, rapid.SampledFrom(everybody).Draw(t, "manager"), rapid.SampledFrom(everybody).Draw(t, "recruiter"))
		default:
			if rapid.IntRange(0, 4).Draw(t, "cancel") == 0 {
				_, c, err = a.Cancel(id)
			}
		}
		return c, err
	})
}

func (h *story) Add(t *rapid.T) {
	id, source := h.role(t), rapid.SampledFrom(hiring.Sources()).Draw(t, "source")
	h.try(t, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(id, hiring.Applicant{Name: "Nora Vik", Source: source})
		return c, err
	})
}

// Import adds somebody with a past.
func (h *story) Import(t *rapid.T) {
	id := h.role(t)
	ago := func(days int) time.Time { return h.now.AddDate(0, 0, -days) }
	row := hiring.Imported{
		Line: 2, External: fmt.Sprint(h.n), Name: "Erik Lie", Source: rapid.SampledFrom(hiring.Sources()).Draw(t, "source"), AddedAt: ago(30),
		Outcome: rapid.SampledFrom([]hiring.Outcome{hiring.Active, hiring.Hired, hiring.Rejected, hiring.Withdrawn}).Draw(t, "outcome"),
	}
	for i, s := range []hiring.StageID{hiring.StageScreen, "interview-1", hiring.StageOffer}[:rapid.IntRange(0, 3).Draw(t, "moves")] {
		row.Moves = append(row.Moves, hiring.ImportedMove{Stage: s, At: ago(20 - i)})
	}
	if row.Outcome != hiring.Active {
		row.ClosedAt = ago(3)
	}
	h.try(t, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Import(id, []hiring.Imported{row})
		return c, err
	})
}

func (h *story) Move(t *rapid.T) {
	id, stage := h.candidate(t), h.stage(t)
	meeting := h.meeting(t, stage)
	h.try(t, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Move(id, stage, meeting); return c, err })
}

// End ends somebody's process in one of all ways.
func (h *story) End(t *rapid.T) {
	id, told := h.candidate(t), rapid.Bool().Draw(t, "told")
	if rapid.Bool().Draw(t, "by the offer") {
		end := rapid.SampledFrom(hiring.OfferEnds()).Draw(t, "end")
		h.try(t, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.EndOffer(id, end, "Because.", told)
			return c, err
		})
		return
	}
	outcome := rapid.SampledFrom([]hiring.Outcome{hiring.Hired, hiring.Rejected, hiring.Withdrawn}).Draw(t, "outcome")
	h.try(t, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Close(id, outcome, "Because.", told)
		return c, err
	})
}

// Contact says something to a candidate, or of them.
func (h *story) Contact(t *rapid.T) {
	id, which := h.candidate(t), rapid.IntRange(0, 4).Draw(t, "which")
	verdict := rapid.SampledFrom(hiring.Verdicts()).Draw(t, "verdict")
	h.try(t, func(a hiring.Act) (c hiring.Change, err error) {
		contact := hiring.Contact{By: recruiter, On: hiring.DateOf(a.Now.AddDate(0, 0, 3), h.settings.Zone)}
		switch which {
		case 0:
			_, c, err = a.Engage(id)
		case 1:
			_, c, err = a.Told(id)
		case 2:
			_, c, err = a.Propose(id, "")
		case 3:
			_, c, err = a.AnswerLook(id, hiring.LookReply{Answer: hiring.LookInterview})
		default:
			_, c, err = a.Decide(id, hiring.Ruling{Verdict: verdict, Reason: "Strong.", Contact: contact})
		}
		return c, err
	})
}

// Interview plans, moves, holds or calls an interview off.
func (h *story) Interview(t *rapid.T) {
	id, which, n := h.candidate(t), rapid.IntRange(0, 4).Draw(t, "which"), rapid.IntRange(0, 2).Draw(t, "n")
	meeting := h.meeting(t, "interview-1")
	h.try(t, func(a hiring.Act) (c hiring.Change, err error) {
		switch which {
		case 0:
			_, c, err = a.AddInterview(id, meeting)
		case 1:
			_, c, err = a.MoveInterview(id, n, meeting)
		case 2:
			_, c, err = a.CancelInterview(id, n, hiring.CalledOff)
		case 3:
			_, c, err = a.CancelInterview(id, n, hiring.NoShow)
		default:
			_, c, err = a.HoldInterview(id, n)
		}
		return c, err
	})
}

// Feedback gives or excuses what is asked for of somebody.
func (h *story) Feedback(t *rapid.T) {
	id, which := h.candidate(t), rapid.IntRange(0, 5).Draw(t, "which")
	excuse, yes := rapid.IntRange(0, 4).Draw(t, "excuse") == 0, rapid.Bool().Draw(t, "yes")
	h.try(t, func(a hiring.Act) (c hiring.Change, err error) {
		asked, err := a.Record.FeedbackOn(id)
		asked = slices.DeleteFunc(asked, func(f hiring.Feedback) bool { return f.Status != hiring.Requested })
		if err != nil || len(asked) == 0 {
			return c, err
		}
		key := asked[which%len(asked)].FeedbackKey
		a.By = hiring.Person{ID: key.Interviewer}
		if excuse {
			_, c, err = a.ExcuseFeedback(key, "Ill.")
			return c, err
		}
		card := hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.Meets, hiring.Meets}, Recommendation: hiring.No}
		if yes {
			card.Recommendation = hiring.Yes
		}
		_, c, err = a.SubmitFeedback(key, card)
		return c, err
	})
}

// Correct undoes a step or dates it differently.
func (h *story) Correct(t *rapid.T) {
	id, undo := h.candidate(t), rapid.Bool().Draw(t, "undo")
	step, by := rapid.IntRange(0, 6).Draw(t, "step"), time.Duration(rapid.IntRange(-9000, 9000).Draw(t, "by"))*time.Minute
	h.try(t, func(a hiring.Act) (hiring.Change, error) {
		p, err := a.Record.Candidate(id)
		if err != nil {
			return hiring.Change{}, err
		}
		steps := p.Recorded()
		n := min(step, len(steps)-1)
		_, c, err := a.Correct(id, hiring.Fix{Step: n, At: steps[n].At, Undo: undo, Is: steps[n].At.Add(by)})
		return c, err
	})
}

// Check holds the counts against the events and against each other.
func (h *story) Check(t *rapid.T) {
	if wrong := must(h.s.Recount(t.Context())); len(wrong) > 0 {
		t.Fatalf("kept otherwise than the events say: %+v", wrong)
	}
	if wrong := wrongCounts(t, h.s); len(wrong) > 0 {
		t.Fatalf("kept otherwise than the candidates say: %+v", wrong)
	}
	if err := h.s.View(t.Context(), func(r hiring.Record) error { return h.consistent(t, r) }); err != nil {
		t.Fatal(err)
	}
}

// always is a window that holds everything.
var always = hiring.Window{From: "2000-W01", To: "2100-W01"}

func (h *story) consistent(t *rapid.T, r hiring.Record) error {
	everything := 0
	for _, role := range must(r.AllRoles()) {
		f, err := hiring.FiguresOf(r, h.settings, hiring.Scope{Role: role.ID}, always, h.now)
		if err != nil {
			return err
		}
		all := must(r.CandidatesOf(role.ID))
		everything += len(all)
		h.ofRole(t, f, all)
	}
	f, err := hiring.FiguresOf(r, h.settings, hiring.Scope{}, always, h.now)
	if err != nil {
		return err
	}
	if f.Added != everything || len(f.Stages) != 5 {
		t.Fatalf("%d candidates over all roles, counted %d", everything, f.Added)
	}
	shares(t, f)
	h.backed(t, r)
	return nil
}

// ofRole holds one role's figures against its candidates.
func (h *story) ofRole(t *rapid.T, f hiring.Figures, all []hiring.Candidate) {
	shares(t, f)
	active, ended, dropped, hired, inside := 0, 0, 0, 0, 0
	for _, c := range all {
		switch c.Outcome {
		case hiring.Active:
			active++
		case hiring.Hired:
			hired++
		default:
			ended++
		}
	}
	place, cohortEnds, periodEnds := 0, 0, 0
	for _, s := range f.Stages {
		if s.Passed+s.DroppedAt+s.RefusedAt+s.LapsedAt != s.Left {
			t.Fatalf("%s: left %+v", s.ID, s)
		}
		inside += s.Inside
		dropped += s.Dropped
		cohortEnds += s.DroppedAt + s.RefusedAt + s.LapsedAt
		periodEnds += s.Dropped + s.Refused + s.Lapsed
		place += s.Reached - s.Passed
		if s.Entered > s.Reached {
			t.Fatalf("%s: entered %d, reached %d", s.ID, s.Entered, s.Reached)
		}
	}
	gone := slices.ContainsFunc(all, func(c hiring.Candidate) bool {
		return c.Outcome == hiring.Active && !slices.ContainsFunc(f.Stages, func(s hiring.StageCount) bool { return s.ID == c.Stage })
	})
	if place != len(all) || !gone && inside != active {
		t.Fatalf("%d candidates, %d active: in %d places, %d inside", len(all), active, place, inside)
	}
	if cohortEnds != ended || periodEnds != ended {
		t.Fatalf("%d ended: %d by cohort, %d by period", ended, cohortEnds, periodEnds)
	}
	if f.Offers.Accepted != hired || f.TimeToHire.N != hired || f.Stages[0].Reached != len(all) || f.Added != len(all) {
		t.Fatalf("%d added and %d hired: %+v", len(all), hired, f)
	}
}

// shares are between none and all.
func shares(t *rapid.T, f hiring.Figures) {
	list := []hiring.Share{f.Engagement.InTime, f.Offers.Acceptance(), f.Alignment.Agreement}
	for _, s := range f.Stages {
		list = append(list, s.PassThrough(), s.DropOff(), s.Rejection(), s.OtherEnd(), s.DropOffShare())
	}
	for _, s := range f.Sources {
		list = append(list, s.Conversion(), s.Resolved(), hiring.Share{K: s.Hired, N: s.Added}, hiring.Share{K: s.Settled, N: s.Added})
	}
	for _, p := range f.Promises {
		list = append(list, p.Kept)
	}
	for _, s := range list {
		if s.K < 0 || s.K > s.N {
			t.Fatalf("a share of %+v in %+v", s, f)
		}
	}
	if f.TimeToFill.N > f.TimeToHire.N || f.TimeUnpaused.Median > f.TimeToFill.Median {
		t.Fatalf("time to fill %+v, unpaused %+v, to hire %+v", f.TimeToFill, f.TimeUnpaused, f.TimeToHire)
	}
}

// TestTheEventsCountTheSame plays random histories through the rules, with
// corrections, imports, pauses and revisions. The counts that are kept are
// those that the events alone add up to, and those of the candidates.
func TestTheEventsCountTheSame(t *testing.T) {
	dir, n, tried, did, numbers := t.TempDir(), 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		h := &story{settings: workspace(), now: monday}
		h.s = must(Open(filepath.Join(dir, fmt.Sprint(n)), Options{Settings: h.settings}))
		defer h.s.Close()
		h.s.engine.db.NoSync = true
		h.Brief(t)
		h.Sign(t)
		t.Repeat(rapid.StateMachineActions(h))
		tried, did, numbers = tried+h.n, did+h.did, numbers+h.numbers
	})
	if did*5 < tried || numbers < tried {
		t.Errorf("of %d tries only %d did anything, and only %d numbers were looked behind", tried, did, numbers)
	}
}

func TestRecountReportsDifferences(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "samsvar.db"), Options{Settings: workspace()})
	addNora(t, s, workspace())
	if wrong := must(s.Recount(t.Context())); len(wrong) != 0 {
		t.Fatalf("wrong from the start: %+v", wrong)
	}
	extra := hiring.CountKey{Role: 1, Week: "2026-W10", Measure: hiring.Entered, Stage: interview, Source: hiring.Agency}
	missing := hiring.CountKey{Role: 0, Week: "2026-W10", Measure: hiring.Going, Stage: hiring.StageSourced, Source: hiring.Referral}
	ok(t, s.engine.update(t.Context(), func(t *txn) error {
		t.add(extra, 5)
		t.add(missing, -1)
		return nil
	}))
	same(t, "differences", must(s.Recount(t.Context())), []Difference{{Key: extra, Kept: 5}, {Key: missing, Right: 1}})
}

// TestCountAnew has a count be wrong that candidates and events contradict.
func TestCountAnew(t *testing.T) {
	s := openTest(t)
	key := hiring.CountKey{Week: hiring.WeekOf(monday, time.UTC), Measure: hiring.Entered, Stage: hiring.StageSourced, Source: hiring.Referral}
	if err := s.engine.update(t.Context(), func(tx *txn) error {
		tx.add(key, 3)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if wrong := must(s.Recount(t.Context())); len(wrong) == 0 {
		t.Fatal("nothing is wrong")
	}
	if err := s.CountAnew(t.Context()); err != nil {
		t.Fatal(err)
	}
	if wrong := must(s.Recount(t.Context())); len(wrong) > 0 {
		t.Errorf("still wrong: %+v", wrong)
	}
}
