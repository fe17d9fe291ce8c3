package hiring_test

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// offered takes a candidate of a role with two openings to the offer.
func offered(t *testing.T) (desk, hiring.Candidate) {
	d := newDesk(t)
	d.openRole()
	c := must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Inbound}))
	return d, must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Move(c.ID, hiring.StageOffer, hiring.Interview{}))
}

func TestAnOfferEnds(t *testing.T) {
	for _, tt := range []struct {
		it      string
		end     func(hiring.Act, hiring.CandidateID) (hiring.Candidate, hiring.Change, error)
		offer   hiring.OfferEnd
		outcome hiring.Outcome
		rate    hiring.Share
		back    int
	}{
		{"is accepted by who is hired", closed(hiring.Hired), hiring.Accepted, hiring.Hired, hiring.Share{K: 1, N: 1}, 0},
		{"is declined by who withdraws", closed(hiring.Withdrawn), hiring.Declined, hiring.Withdrawn, hiring.Share{N: 1}, 0},
		{"is taken back when we say no", closed(hiring.Rejected), hiring.TakenBack, hiring.Rejected, hiring.Share{}, 1},
		{"runs out", ended(hiring.Expired), hiring.Expired, hiring.Withdrawn, hiring.Share{N: 1}, 0},
		{"is declined in words", ended(hiring.Declined), hiring.Declined, hiring.Withdrawn, hiring.Share{N: 1}, 0},
		{"is accepted in words", ended(hiring.Accepted), hiring.Accepted, hiring.Hired, hiring.Share{K: 1, N: 1}, 0},
		{"is taken back in words", ended(hiring.TakenBack), hiring.TakenBack, hiring.Rejected, hiring.Share{}, 1},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d, c := offered(t)
			c = must[hiring.Candidate](d)(tt.end(d.by(ola, "2026-10-09 09:00"), c.ID))
			if c.Offer != tt.offer || c.Outcome != tt.outcome {
				t.Errorf("got %s, %s", c.Offer, c.Outcome)
			}
			f, err := hiring.FiguresOf(d.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks("2026-W41", 1), at("2026-10-12 09:00"))
			if err != nil || f.Offers.Acceptance() != tt.rate || f.Offers.TakenBack != tt.back || f.Offers.Pending != 0 {
				t.Errorf("offers %+v, %v", f.Offers, err)
			}
		})
	}
}

func closed(o hiring.Outcome) func(hiring.Act, hiring.CandidateID) (hiring.Candidate, hiring.Change, error) {
	return func(a hiring.Act, id hiring.CandidateID) (hiring.Candidate, hiring.Change, error) {
		return a.Close(id, o, "Another job.", true)
	}
}

func ended(e hiring.OfferEnd) func(hiring.Act, hiring.CandidateID) (hiring.Candidate, hiring.Change, error) {
	return func(a hiring.Act, id hiring.CandidateID) (hiring.Candidate, hiring.Change, error) {
		return a.EndOffer(id, e, "Another job.", true)
	}
}

func TestOneDecisionAnApplication(t *testing.T) {
	d, c := offered(t)
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Close(c.ID, hiring.Hired, "", true))
	if r, _ := d.Role(1); r.Status != hiring.Filled {
		t.Fatalf("the role is %s", r.Status)
	}
	c = must[hiring.Candidate](d)(d.by(ola, "2026-10-15 09:00").EndOffer(c.ID, hiring.Renounced, "Stays.", true))
	if r, _ := d.Role(1); r.Status != hiring.Open || r.Hired != 0 || c.Stage != hiring.StageOffer || c.Outcome != hiring.Withdrawn {
		t.Errorf("the role is %s with %d hired, the candidate %s in %s", r.Status, r.Hired, c.Outcome, c.Stage)
	}
	for week, want := range map[hiring.Week]hiring.OfferCount{"2026-W41": {}, "2026-W42": {Renounced: 1}} {
		f, err := hiring.FiguresOf(d.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks(week, 1), at("2026-10-19 09:00"))
		if err != nil || f.Offers != want || f.TimeToHire.N != 0 {
			t.Errorf("%s: %+v, hires %d, %v", week, f.Offers, f.TimeToHire.N, err)
		}
	}
}

func TestOffersAreRefused(t *testing.T) {
	d, c := offered(t)
	early := must[hiring.Candidate](d)(d.by(ola, "2026-10-07 10:00").AddCandidate(1, hiring.Applicant{Name: "Erik Lie", Source: hiring.Referral}))
	for _, tt := range []struct {
		it     string
		by     hiring.UserID
		id     hiring.CandidateID
		end    hiring.OfferEnd
		reason string
		want   string
	}{
		{"without an offer", ola, early.ID, hiring.Expired, "x", "has no offer"},
		{"without a reason", ola, c.ID, hiring.Expired, "", "reason"},
		{"renouncing before accepting", ola, c.ID, hiring.Renounced, "x", "is not hired"},
		{"an end that is none", ola, c.ID, "lost", "x", "what happened"},
		{"by an interviewer", jonas, c.ID, hiring.Declined, "x", "Only the owners"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			_, _, err := d.by(tt.by, "2026-10-08 09:00").EndOffer(tt.id, tt.end, tt.reason, true)
			d.refused(err, tt.want)
		})
	}
}

// A hire takes the lowest opening that is free, and its clock began when that
// opening was agreed on.
func TestEachOpeningHasItsClock(t *testing.T) {
	d, c := offered(t)
	must[hiring.Candidate](d)(d.by(ola, "2026-10-12 09:00").Close(c.ID, hiring.Hired, "", true)) // 7 days after 5 October
	must[hiring.Role](d)(d.by(ola, "2026-11-02 09:00").Reopen(1, "One more."))
	must[hiring.Role](d)(d.by(kari, "2026-11-03 09:00").Sign(1, 2))
	next := must[hiring.Candidate](d)(d.by(ola, "2026-11-03 10:00").AddCandidate(1, hiring.Applicant{Name: "Erik Lie", Source: hiring.Referral}))
	next = must[hiring.Candidate](d)(d.by(ola, "2026-11-13 09:00").Close(next.ID, hiring.Hired, "", true)) // 10 days after 3 November
	if next.Opening != 2 {
		t.Errorf("the second takes opening %d", next.Opening)
	}
	f, err := hiring.FiguresOf(d.memory, settings(), hiring.Scope{Role: 1}, hiring.Weeks("2026-W46", 8), at("2026-11-16 09:00"))
	day := 24 * time.Hour
	if err != nil || f.TimeToFill != (hiring.Spread{N: 2, Median: 17 * day / 2, P90: 10 * day}) {
		t.Errorf("time to fill %+v, %v", f.TimeToFill, err)
	}
}

func TestFirstContact(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	add := func(s hiring.Source) hiring.CandidateID {
		return must[hiring.Candidate](d)(d.by(ola, "2026-10-06 09:00").AddCandidate(1, hiring.Applicant{Name: "X", Source: s})).ID
	}
	plan := d.roles[1].Plan()
	wrote, found := add(hiring.Inbound), add(hiring.Outbound)
	for _, id := range []hiring.CandidateID{wrote, found} {
		must[hiring.Candidate](d)(d.by(ola, "2026-10-06 12:00").Told(id))
	}
	if at1 := d.candidates[wrote].Engaged(plan); at1 != at("2026-10-06 12:00") {
		t.Errorf("who wrote to us heard from us, first contact %v", at1)
	}
	if at1 := d.candidates[found].Engaged(plan); !at1.IsZero() {
		t.Errorf("who we wrote to has not answered, first contact %v", at1)
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-07 09:00").Move(found, hiring.StageScreen, hiring.Interview{}))
	if at1 := d.candidates[found].Engaged(plan); !at1.IsZero() {
		t.Errorf("the screen is ahead, first contact %v", at1)
	}
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 09:00").Move(found, "interview-1", hiring.Interview{Start: at("2026-10-12 09:00"), Length: time.Hour}))
	if at1 := d.candidates[found].Engaged(plan); at1 != at("2026-10-08 09:00") {
		t.Errorf("they went on from the screen, first contact %v", at1)
	}
	_, _, err := d.by(ola, "2026-10-08 10:00").Engage(found)
	d.refused(err, "already")
	third := add(hiring.Agency)
	_, _, err = d.by(jonas, "2026-10-08 10:00").Engage(third)
	d.refused(err, "Only the owners")
	must[hiring.Candidate](d)(d.by(ola, "2026-10-08 10:00").Engage(third))
	if e := d.events[len(d.events)-1]; e.Kind != hiring.CandidateEngaged || e.Candidate != third {
		t.Errorf("told as %+v", e)
	}
}

// What counts as held, and what does not.
func TestHeld(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	for _, tt := range []struct {
		it   string
		do   func(hiring.CandidateID)
		want bool
	}{
		{"an interview that was held", func(id hiring.CandidateID) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").HoldInterview(id, 0))
		}, true},
		{"one with feedback", func(id hiring.CandidateID) {
			card := hiring.Scorecard{Ratings: []hiring.Rating{hiring.Meets, hiring.Meets}, Recommendation: hiring.Yes}
			must[hiring.Feedback](d)(d.by(ingrid, "2026-10-09 09:00").SubmitFeedback(key(id, ingrid), card))
		}, true},
		{"one nobody came to", func(id hiring.CandidateID) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").CancelInterview(id, 0, hiring.NoShow))
		}, false},
		{"one called off", func(id hiring.CandidateID) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").CancelInterview(id, 0, hiring.CalledOff))
		}, false},
		{"one that is over and nobody says anything of, also when the candidate goes on", func(id hiring.CandidateID) {
			must[hiring.Candidate](d)(d.by(ola, "2026-10-09 09:00").Move(id, hiring.StageOffer, hiring.Interview{}))
		}, false},
	} {
		c := d.interviewed("2026-10-08 11:00")
		tt.do(c.ID)
		if got := d.candidates[c.ID].Interviewed(d.roles[1].Plan(), "interview-1"); got != tt.want {
			t.Errorf("%s: held %v", tt.it, got)
		}
	}
}
