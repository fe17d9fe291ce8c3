package hiring_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// proposed is a role that the manager proposed and the recruiter has not
// signed.
func (d desk) proposed() hiring.Role {
	d.t.Helper()
	return must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{
		HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms(),
	}))
}

func TestSendingABriefBack(t *testing.T) {
	d := newDesk(t)
	d.proposed()
	r := must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").SendBack(1, 1, hiring.TheOffer, "The range is below the market."))
	if owed, _ := d.OwedBy(ola); len(owed) != 0 {
		t.Errorf("whoever sent it back owes %+v", owed)
	}
	owed, _ := d.OwedBy(kari)
	if len(owed) != 1 || owed[0].Subject != hiring.RevisionSubject(1, 1, kari) || owed[0].DueAt != at("2026-10-07 10:00") {
		t.Errorf("the manager owes %+v", owed)
	}
	if c := r.Brief().Comments; len(c) != 1 || c[0].Text != "The range is below the market." || c[0].Section != hiring.TheOffer {
		t.Errorf("comments %+v", c)
	}
	changed := terms()
	changed.Pay.To = 950_000
	r = must[hiring.Role](d)(d.by(kari, "2026-10-05 12:00").ChangeBrief(1, 1, changed, "Ola is right."))
	if owed, _ := d.OwedBy(kari); len(owed) != 0 {
		t.Errorf("after the change, the manager owes %+v", owed)
	}
	if owed, _ := d.OwedBy(ola); len(owed) != 1 || owed[0].Subject.Revision != 2 || r.Drifted() {
		t.Errorf("after the change, the recruiter owes %+v", owed)
	}
}

func TestSigningAfterAllTakesTheRequestBack(t *testing.T) {
	d := newDesk(t)
	d.proposed()
	must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").SendBack(1, 1, hiring.ThePlan, "Start later?"))
	r := must[hiring.Role](d)(d.by(ola, "2026-10-05 11:00").Sign(1, 1))
	if owed, _ := d.OwedIn(1); len(owed) != 0 || r.Status != hiring.Open {
		t.Errorf("%s, still owed %+v", r.Status, owed)
	}
}

// A brief that was sent back is to be changed by whoever did not send it back,
// until there is a new revision or it is signed after all.
func TestWhoIsToChangeABriefSentBack(t *testing.T) {
	d := newDesk(t)
	r := d.proposed()
	expect := func(when string, want ...hiring.UserID) {
		t.Helper()
		if got := r.SentBackTo(); !slices.Equal(got, want) {
			t.Errorf("%s it is to be changed by %v, want %v", when, got, want)
		}
	}
	expect("proposed,")
	r = must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").SendBack(1, 1, hiring.TheOffer, "Too low."))
	expect("sent back,", kari)
	changed := terms()
	changed.Pay.To = 950_000
	r = must[hiring.Role](d)(d.by(kari, "2026-10-05 12:00").ChangeBrief(1, 1, changed, "Ola is right."))
	expect("changed,")
	r = must[hiring.Role](d)(d.by(ola, "2026-10-05 13:00").SendBack(1, 2, hiring.TheOffer, "Still too low."))
	expect("sent back again,", kari)
	r = must[hiring.Role](d)(d.by(ola, "2026-10-05 14:00").Sign(1, 2))
	expect("signed after all,")
	changed.Pay.To = 990_000
	r = must[hiring.Role](d)(d.by(admin, "2026-10-06 12:00").ChangeBrief(1, 2, changed, "There is money."))
	r = must[hiring.Role](d)(d.by(kari, "2026-10-06 13:00").SendBack(1, 3, hiring.TheOffer, "Whose?"))
	expect("proposed by an admin and sent back,", ola)
	r = must[hiring.Role](d)(d.by(ola, "2026-10-06 14:00").SendBack(1, 3, hiring.TheOffer, "Yes, whose?"))
	expect("sent back by both,", kari, ola)
	r = must[hiring.Role](d)(d.by(kari, "2026-10-06 15:00").Sign(1, 3))
	expect("signed by one after all,", kari)
}

func TestSendBackRefuses(t *testing.T) {
	d := newDesk(t)
	d.proposed()
	tests := []struct {
		it       string
		by       hiring.UserID
		revision int
		section  hiring.Section
		text     string
		want     string
	}{
		{"no word", ola, 1, hiring.TheOffer, "", "what should change"},
		{"no part", ola, 1, "cake", "x", "Choose which part"},
		{"too many words", ola, 1, hiring.TheOffer, strings.Repeat("x", 2001), "2001 characters"},
		{"whoever signed it", kari, 1, hiring.TheOffer, "x", "already signed"},
		{"somebody else", jonas, 1, hiring.TheOffer, "x", "Only the owners"},
		{"another revision", ola, 2, hiring.TheOffer, "x", "revision 1 is the newest"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, c, err := d.by(tt.by, "2026-10-05 10:00").SendBack(1, tt.revision, tt.section, tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !c.Empty() {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	d.apply(hiring.Change{Roles: []hiring.Role{must[hiring.Role](d)(d.by(ola, "2026-10-05 11:00").Sign(1, 1))}})
	d.people["UNEW"] = hiring.Person{ID: "UNEW"}
	must[hiring.Role](d)(d.by(ola, "2026-10-05 12:00").HandOver(1, "UNEW", ola))
	if _, _, err := d.by("UNEW", "2026-10-05 13:00").SendBack(1, 1, hiring.TheOffer, "x"); err == nil || !strings.Contains(err.Error(), "agreed already") {
		t.Errorf("an agreed brief was sent back: %v", err)
	}
}

func TestAnAdminLetsCandidatesGoOn(t *testing.T) {
	d := newDesk(t)
	d.proposed()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-05 10:00").AddCandidate(1, hiring.Applicant{Name: "Nora", Source: hiring.Referral}))
	meeting := hiring.Interview{Start: at("2026-10-06 10:00"), Length: 3600e9}
	var errs hiring.FieldErrors
	if _, _, err := d.by(ola, "2026-10-05 11:00").Move(c.ID, "interview-1", meeting); !errors.As(err, &errs) {
		t.Errorf("before the waiver: %v", err)
	}
	if _, _, err := d.by(ola, "2026-10-05 11:00").Waive(1, "She has another offer."); err == nil {
		t.Error("an owner waived the agreement")
	}
	if _, _, err := d.by(admin, "2026-10-05 11:00").Waive(1, ""); !errors.As(err, &errs) {
		t.Errorf("without a reason: %v", err)
	}
	r := must[hiring.Role](d)(d.by(admin, "2026-10-05 11:00").Waive(1, "She has another offer."))
	if !r.Waived() || r.Waiver.Reason != "She has another offer." || r.Status != hiring.Drafting {
		t.Errorf("%+v", r)
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-05 12:00").Move(c.ID, "interview-1", meeting))
	if r = must[hiring.Role](d)(d.by(ola, "2026-10-05 13:00").Sign(1, 1)); r.Waived() || r.Status != hiring.Open {
		t.Errorf("after both signed: %+v", r)
	}
}

func TestPausingStopsTheClocks(t *testing.T) {
	d := newDesk(t)
	d.proposed() // the recruiter's signature is due on Wednesday at nine
	must[hiring.Role](d)(d.by(kari, "2026-10-06 09:00").Pause(1))
	if _, err := hiring.Sweep(d, settings(), ola, at("2026-10-20 10:00")); !errors.Is(err, hiring.ErrNothing) {
		t.Errorf("a sweep of a paused role: %v", err)
	}
	if sum, err := hiring.Summarize(d, settings(), 1, "2026-W42", at("2026-10-20 10:00")); err != nil || len(sum.Stuck) != 0 {
		t.Errorf("overdue while paused: %+v, %v", sum.Stuck, err)
	}
	if desk, _ := hiring.DeskOf(d, settings(), ola, at("2026-10-20 10:00")); len(desk.Move) != 0 {
		t.Errorf("on the desk while paused: %+v", desk.Move)
	}
	r := must[hiring.Role](d)(d.by(ola, "2026-10-20 13:00").Resume(1))
	owed, _ := d.OwedBy(ola)
	if r.Status != hiring.Drafting || !r.PausedAt.IsZero() || len(owed) != 1 || owed[0].DueAt != at("2026-10-21 13:00") {
		t.Errorf("%s, owed %+v", r.Status, owed)
	}
	if _, _, err := d.by(ola, "2026-10-20 14:00").Resume(1); err == nil {
		t.Error("a role that runs was resumed")
	}
	open := newDesk(t)
	open.openRole()
	c := must[hiring.Candidate](open)(open.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora", Source: hiring.Referral}))
	must[hiring.Role](open)(open.by(ola, "2026-10-06 10:00").Pause(1))
	if _, _, err := open.by(ola, "2026-10-06 11:00").Move(c.ID, hiring.StageScreen, hiring.Interview{}); err == nil || !strings.Contains(err.Error(), "paused") {
		t.Errorf("a candidate of a paused role moved: %v", err)
	}
	if r := must[hiring.Role](open)(open.by(ola, "2026-10-07 10:00").Resume(1)); r.Status != hiring.Open {
		t.Errorf("after the pause: %s", r.Status)
	}
}

func TestReopeningAFilledRole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	if _, _, err := d.by(kari, "2026-10-05 11:00").Reopen(1, "x"); err == nil {
		t.Error("an open role was reopened")
	}
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Close(c.ID, hiring.Hired, "", false))
	var errs hiring.FieldErrors
	if _, _, err := d.by(kari, "2026-10-09 09:00").Reopen(1, ""); !errors.As(err, &errs) {
		t.Errorf("without a reason: %v", err)
	}
	r := must[hiring.Role](d)(d.by(kari, "2026-10-09 09:00").Reopen(1, "Nora took another offer."))
	if r.Status != hiring.Open || !r.ClosedAt.IsZero() || r.Brief().Terms.Openings != 2 || !r.Drifted() {
		t.Errorf("%+v", r)
	}
	must[hiring.Role](d)(d.by(ola, "2026-10-09 10:00").Sign(1, 2))
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-09 11:00").AddCandidate(1, hiring.Applicant{Name: "Jakub", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-12 09:00").Close(c.ID, hiring.Hired, "", false))
	if r, _ := d.Role(1); r.Status != hiring.Filled {
		t.Errorf("after the second hire: %s", r.Status)
	}
}

// TestWhoWaitedInAReopenedRole is waited for again, with all of the time from
// then on: nobody is late with what nobody was to do while it was filled.
func TestWhoWaitedInAReopenedRole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	nora := d.interviewed("2026-10-07 11:00")
	erik := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddCandidate(1, hiring.Applicant{Name: "Erik", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Propose(erik.ID, ""))
	siri := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddCandidate(1, hiring.Applicant{Name: "Siri", Source: hiring.Referral}))
	must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:30").Move(siri.ID, "interview-1", hiring.Interview{Start: at("2026-10-06 13:00"), Length: time.Hour}))
	for _, u := range []hiring.UserID{ingrid, jonas} {
		must[hiring.Feedback](d)(d.by(u, "2026-10-06 15:00").SubmitFeedback(key(siri.ID, u), card(hiring.Yes)))
	}
	before := [][]string{d.owing(erik.ID), d.owing(siri.ID)}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 13:00").Close(nora.ID, hiring.Hired, "", true))
	if _, waits := d.owes(kari, hiring.AboutLook); waits {
		t.Fatal("an answer is owed in a filled role")
	}
	must[hiring.Role](d)(d.by(kari, "2026-10-20 09:00").Reopen(1, "We need one more."))
	d.want("owed again", [][]string{d.owing(erik.ID), d.owing(siri.ID)}, before)
	look, _ := d.owes(kari, hiring.AboutLook)
	decision, _ := d.owes(kari, hiring.AboutDecision)
	d.want("since", []time.Time{look.Since, decision.Since}, []time.Time{at("2026-10-06 12:00"), at("2026-10-06 15:00")})
	d.want("due", []time.Time{look.DueAt, decision.DueAt}, []time.Time{at("2026-10-21 09:00"), at("2026-10-22 09:00")})
	for _, o := range d.owed {
		if o.Subject.Kind != hiring.AboutReply && !o.DueAt.After(at("2026-10-20 09:00")) {
			t.Errorf("late at once: %+v", o)
		}
	}
}

// TestFewerOpeningsFillARole has one of two openings taken; then both owners agree
// that one is enough.
func TestFewerOpeningsFillARole(t *testing.T) {
	begin := func(t *testing.T) (d desk, erik hiring.Candidate, one hiring.Terms) {
		d = newDesk(t)
		two := terms()
		two.Openings = 2
		must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: two}))
		must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").Sign(1, 1))
		nora := d.interviewed("2026-10-07 11:00")
		erik = must[hiring.Candidate](d)(d.by(ola, "2026-10-06 11:00").AddCandidate(1, hiring.Applicant{Name: "Erik", Source: hiring.Referral}))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Close(nora.ID, hiring.Hired, "", true))
		two.Openings = 1
		return d, erik, two
	}
	for name, rest := range map[string]bool{"of an open role": false, "in a pause, which ends with that": true} {
		t.Run(name, func(t *testing.T) {
			d, erik, one := begin(t)
			if rest {
				must[hiring.Role](d)(d.by(kari, "2026-10-08 10:00").Pause(1))
			}
			must[hiring.Role](d)(d.by(kari, "2026-10-09 09:00").ChangeBrief(1, 1, one, "The budget is for one."))
			if r, _ := d.Role(1); r.Status == hiring.Filled {
				t.Error("filled by what only one has signed")
			}
			r := must[hiring.Role](d)(d.by(ola, "2026-10-09 10:00").Sign(1, 2))
			stored, _ := d.Role(1)
			d.want("role", []any{r.Status, r.ClosedAt, stored.Status}, []any{hiring.Filled, at("2026-10-09 10:00"), hiring.Filled})
			d.want("owed", d.owing(erik.ID), []string{"reply UOLA"})
			owed, _ := d.OwedIn(1)
			d.want("owed in all", len(owed), 1)
			d.want("the channel hears of it once", len(d.sent(hiring.TellFilled)), 1)
			if _, _, err := d.by(ola, "2026-10-12 10:00").Reopen(1, "One more."); err != nil {
				t.Errorf("it cannot be opened again: %v", err)
			}
		})
	}
	t.Run("fewer than are taken cannot be", func(t *testing.T) {
		d, erik, one := begin(t)
		must[hiring.Role](d)(d.by(kari, "2026-10-09 09:00").ChangeBrief(1, 1, func() hiring.Terms { one := one; one.Openings = 3; return one }(), "More."))
		must[hiring.Role](d)(d.by(ola, "2026-10-09 10:00").Sign(1, 2))
		must[hiring.Role](d)(d.by(kari, "2026-10-09 11:00").ChangeBrief(1, 2, one, "The budget is for one."))
		must[hiring.Candidate](d)(d.by(ola, "2026-10-09 12:00").Close(erik.ID, hiring.Hired, "", true))
		_, _, err := d.by(ola, "2026-10-09 13:00").Sign(1, 3)
		d.refused(err, "fewer openings than are taken by now (2)")
		must[hiring.Role](d)(d.by(ola, "2026-10-09 13:00").SendBack(1, 3, hiring.TheRole, "Two are hired."))
		var errs hiring.FieldErrors
		if _, _, err := d.by(ola, "2026-10-09 14:00").ChangeBrief(1, 3, func() hiring.Terms { one := one; one.Title = "Developer"; return one }(), "x"); !errors.As(err, &errs) || errs[hiring.FieldOpenings] == nil {
			t.Errorf("proposed: %v", err)
		}
	})
}

// TestAgreedInAPause is agreed on for the first time: what follows from that
// follows once.
func TestAgreedInAPause(t *testing.T) {
	d := newDesk(t)
	d.proposed()
	must[hiring.Role](d)(d.by(kari, "2026-10-05 10:00").Pause(1))
	r := must[hiring.Role](d)(d.by(ola, "2026-10-05 11:00").Sign(1, 1))
	d.want("agreed", []any{r.Status, r.OpenedAt}, []any{hiring.Paused, at("2026-10-05 11:00")})
	must[hiring.Role](d)(d.by(kari, "2026-10-06 11:00").Resume(1))
	other := terms()
	other.Location = "Bergen"
	must[hiring.Role](d)(d.by(kari, "2026-10-07 09:00").ChangeBrief(1, 1, other, "The office moves."))
	r = must[hiring.Role](d)(d.by(ola, "2026-10-07 10:00").Sign(1, 2))
	d.want("first agreed", []any{r.Status, r.OpenedAt}, []any{hiring.Open, at("2026-10-05 11:00")})
	d.want("the channel hears the brief", len(d.sent(hiring.PostBrief)), 1)
}

func TestAFormThatIsNotSentIsKept(t *testing.T) {
	d := newDesk(t)
	keep := func(who hiring.UserID, when string, u hiring.Unfinished) {
		c, err := d.by(who, when).Keep(u)
		if err != nil {
			t.Fatal(err)
		}
		d.apply(c)
	}
	keep(kari, "2026-10-05 08:30", hiring.Unfinished{Step: 2, Draft: hiring.Draft{Terms: hiring.Terms{Title: "Backend developer"}}})
	desk, err := hiring.DeskOf(d, settings(), kari, at("2026-10-05 08:40"))
	if err != nil || len(desk.Unfinished) != 1 || desk.Unfinished[0].By != kari || desk.Unfinished[0].SavedAt != at("2026-10-05 08:30") {
		t.Fatalf("%+v, %v", desk.Unfinished, err)
	}
	d.proposed()
	keep(kari, "2026-10-05 09:30", hiring.Unfinished{Role: 1, Base: 1, Step: 5})
	if desk, _ := hiring.DeskOf(d, settings(), kari, at("2026-10-05 09:40")); len(desk.Unfinished) != 1 || desk.Unfinished[0].Role != 1 {
		t.Errorf("after proposing: %+v", desk.Unfinished)
	}
}

func TestAConfidentialRoleTellsNoChannel(t *testing.T) {
	d := newDesk(t)
	must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Terms: terms()}))
	must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").Sign(1, 1))
	c := d.interviewed("2026-10-07 11:00")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Close(c.ID, hiring.Hired, "", false))
	if digests := d.planned("2026-10-12 09:00", ""); len(digests) != 0 {
		t.Errorf("digests %+v", digests)
	}
	for _, n := range d.notices {
		if n.User == "" {
			t.Errorf("a channel hears %s", n.Kind)
		}
	}
}
