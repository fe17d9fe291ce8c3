package hiring_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

func TestBothSignaturesOpenTheRole(t *testing.T) {
	d := newDesk(t)
	r := must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{
		HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms(),
	}))
	if r.Status != hiring.Drafting || !r.Brief().SignedBy(kari) || r.Brief().SignedBy(ola) {
		t.Fatalf("proposed: %+v", r)
	}
	owed, _ := d.OwedBy(ola)
	if len(owed) != 1 || owed[0].DueAt != at("2026-10-07 09:00") {
		t.Fatalf("the recruiter owes %+v", owed)
	}
	r = must[hiring.Role](d)(d.by(ola, "2026-10-05 10:00").Sign(r.ID, 1))
	if r.Status != hiring.Open || r.OpenedAt != at("2026-10-05 10:00") || r.Drifted() {
		t.Errorf("signed by both: %+v", r)
	}
	if owed, _ := d.OwedBy(ola); len(owed) != 0 {
		t.Errorf("after signing, the recruiter owes %+v", owed)
	}
	kinds := []hiring.NoticeKind{}
	for _, n := range d.notices {
		kinds = append(kinds, n.Kind)
	}
	if want := []hiring.NoticeKind{hiring.AskSignOff, hiring.TellBrief, hiring.TellAgreed, hiring.LookBack, hiring.LookBack, hiring.PostBrief}; !slices.Equal(kinds, want) {
		t.Errorf("notices %v, want %v", kinds, want)
	}
}

func TestProposeRoleRefuses(t *testing.T) {
	d := newDesk(t)
	d.people["UBOT"] = hiring.Person{ID: "UBOT", Bot: true}
	d.people["UGONE"] = hiring.Person{ID: "UGONE", Away: true}
	d.people["UGUEST"] = hiring.Person{ID: "UGUEST", Guest: true}
	good := func() hiring.Draft {
		return hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms()}
	}
	tests := []struct {
		it     string
		change func(*hiring.Draft)
		field  hiring.Field
	}{
		{"no title", func(d *hiring.Draft) { d.Terms.Title = "" }, hiring.FieldTitle},
		{"a title of 3,000 characters", func(d *hiring.Draft) { d.Terms.Title = strings.Repeat("æ", 3000) }, hiring.FieldTitle},
		{"no openings", func(d *hiring.Draft) { d.Terms.Openings = 0 }, hiring.FieldOpenings},
		{"no must-have", func(d *hiring.Draft) { d.Terms.MustHaves = nil }, hiring.FieldMustHaves},
		{"the same must-have twice", func(d *hiring.Draft) { d.Terms.MustHaves = hiring.MustHaves("Go", "GO") }, hiring.FieldMustHaves},
		{"eleven must-haves", func(d *hiring.Draft) {
			d.Terms.MustHaves = hiring.MustHaves(strings.Split("a b c d e f g h i j k", " ")...)
		}, hiring.FieldMustHaves},
		{"one person as both owners", func(d *hiring.Draft) { d.Recruiter = kari }, hiring.FieldRecruiter},
		{"no team", func(d *hiring.Draft) { d.Terms.Team = "" }, hiring.FieldTeam},
		{"no word on why", func(d *hiring.Draft) { d.Terms.Need = "boredom" }, hiring.FieldNeed},
		{"no level", func(d *hiring.Draft) { d.Terms.Level = "" }, hiring.FieldLevel},
		{"no kind of contract", func(d *hiring.Draft) { d.Terms.Employment = "" }, hiring.FieldEmployment},
		{"a deputy who is an app", func(d *hiring.Draft) { d.Terms.Deputy = "UBOT" }, hiring.FieldDeputy},
		{"nothing to achieve", func(d *hiring.Draft) { d.Terms.Success = nil }, hiring.FieldSuccess},
		{"four things to achieve", func(d *hiring.Draft) { d.Terms.SuccessYear = strings.Split("a b c d", " ") }, hiring.FieldSuccessYear},
		{"no interview", func(d *hiring.Draft) { d.Terms.Interviews = nil; d.Terms.MustHaves = hiring.MustHaves("Go") }, hiring.FieldInterviews},
		{"a check by an interview that is not planned", func(d *hiring.Draft) { d.Terms.MustHaves[0].VerifiedBy = []hiring.Check{"interview-9"} }, hiring.VerifiedField(0)},
		{"an interview of a day and a night", func(d *hiring.Draft) { d.Terms.Interviews[0].Minutes = 1440 }, "interview-1_minutes"},
		{"a decision by a guest", func(d *hiring.Draft) { d.Terms.Decides = "UGUEST" }, hiring.FieldDecides},
		{"a range upside down", func(d *hiring.Draft) { d.Terms.Pay.To = 1 }, hiring.FieldPayTo},
		{"pay below nothing", func(d *hiring.Draft) { d.Terms.Pay.From = -1 }, hiring.FieldPayFrom},
		{"pay in shells", func(d *hiring.Draft) { d.Terms.Pay.Currency = "SHELL" }, hiring.FieldCurrency},
		{"no reason to move", func(d *hiring.Draft) { d.Terms.Reasons = hiring.Reasons{} }, hiring.FieldLife},
		{"no downside", func(d *hiring.Draft) { d.Terms.Downside = "" }, hiring.FieldDownside},
		{"no place", func(d *hiring.Draft) { d.Terms.Location = "" }, hiring.FieldLocation},
		{"no language", func(d *hiring.Draft) { d.Terms.Language = "" }, hiring.FieldLanguage},
		{"no start", func(d *hiring.Draft) { d.Terms.TargetStart = "" }, hiring.FieldTargetStart},
		{"a latest start before the target", func(d *hiring.Draft) { d.Terms.LatestStart = "2027-01-01" }, hiring.FieldLatestStart},
		{"a notice period of two years", func(d *hiring.Draft) { d.Terms.NoticeMonths = 24 }, hiring.FieldNoticeMonths},
		{"nowhere to look", func(d *hiring.Draft) { d.Terms.Sources = nil }, hiring.FieldSources},
		{"a source that is none", func(d *hiring.Draft) { d.Terms.Sources = []hiring.Source{"sea"} }, hiring.FieldSources},
		{"an app as recruiter", func(d *hiring.Draft) { d.Recruiter = "UBOT" }, hiring.FieldRecruiter},
		{"a deactivated manager", func(d *hiring.Draft) { d.HiringManager = "UGONE" }, hiring.FieldHiringManager},
		{"a guest on the panel", func(d *hiring.Draft) { d.Terms.Interviews[0].Panel = []hiring.UserID{"UGUEST"} }, "interview-1_panel"},
		{"an empty panel", func(d *hiring.Draft) { d.Terms.Interviews[1].Panel = nil }, "interview-2_panel"},
		{"an interview that takes no days", func(d *hiring.Draft) { d.Terms.Interviews[1].WorkDays = 0 }, "interview-2_days"},
		{"a downside of 2,001 characters", func(d *hiring.Draft) { d.Terms.Downside = strings.Repeat("x", 2001) }, hiring.FieldDownside},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			draft := good()
			tt.change(&draft)
			_, change, err := d.by(kari, "2026-10-05 09:00").ProposeRole(draft)
			var errs hiring.FieldErrors
			if !errors.As(err, &errs) || errs[tt.field] == nil || len(errs) != 1 || !change.Empty() {
				t.Errorf("got %v (fields %v), want a complaint about %s alone", err, slices.Collect(maps.Keys(errs)), tt.field)
			}
		})
	}
}

func TestSignRefuses(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	tests := []struct {
		it   string
		by   hiring.UserID
		rev  int
		want string
	}{
		{"a second signature of the same owner", ola, 1, "already signed"},
		{"an admin, who owns nothing", admin, 1, "can sign the brief"},
		{"somebody else", jonas, 1, "Only the owners"},
		{"a revision that is not the newest", kari, 2, "revision 1 is the newest"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			if _, _, err := d.by(tt.by, "2026-10-05 11:00").Sign(1, tt.rev); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestAChangeAfterAgreementIsDrift(t *testing.T) {
	d := newDesk(t)
	agreed := d.openRole()
	changed := terms()
	changed.MustHaves = hiring.MustHaves("Go", "SQL", "Kubernetes")
	r := must[hiring.Role](d)(d.by(kari, "2026-10-12 09:00").ChangeBrief(1, 1, changed, "The platform moves to Kubernetes."))
	if !r.Drifted() || r.Status != hiring.Open || r.InForce().Revision != 1 || len(agreed.Briefs) != 1 {
		t.Fatalf("after the change: %+v", r)
	}
	r = must[hiring.Role](d)(d.by(ola, "2026-10-12 10:00").Sign(1, 2))
	if r.Drifted() || r.InForce().Revision != 2 {
		t.Errorf("after both signed: %+v", r)
	}
}

func TestChangeBriefRefuses(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.interviewed("2026-10-07 11:00")
	without := terms()
	without.Interviews = without.Interviews[1:]
	without.MustHaves = hiring.MustHaves("Go", "SQL")
	other := terms()
	other.Location = "Oslo, two days on site"
	tests := []struct {
		it     string
		base   int
		terms  hiring.Terms
		reason string
		want   string
	}{
		{"a change of a revision somebody else replaced", 0, other, "x", "while you had it open"},
		{"a change without a reason", 1, other, "", "why the brief changes"},
		{"a change of nothing", 1, terms(), "x", "Nothing in the brief"},
		{"dropping a stage a candidate is in", 1, without, "x", "C-1 is in this stage"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, change, err := d.by(kari, "2026-10-12 09:00").ChangeBrief(1, tt.base, tt.terms, tt.reason)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !change.Empty() {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestSigningCannotDropAStageEnteredMeanwhile(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	without := terms()
	without.Interviews = without.Interviews[1:]
	without.MustHaves = hiring.MustHaves("Go", "SQL")
	must[hiring.Role](d)(d.by(kari, "2026-10-05 12:00").ChangeBrief(1, 1, without, "One round is enough."))
	d.interviewed("2026-10-07 11:00")
	if _, _, err := d.by(ola, "2026-10-06 12:00").Sign(1, 2); err == nil || !strings.Contains(err.Error(), "C-1 is in this stage") {
		t.Errorf("got %v", err)
	}
}

func TestHandingOverAnAgreedRole(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	r := must[hiring.Role](d)(d.by(ola, "2026-10-06 09:00").HandOver(1, ingrid, ola))
	if r.HiringManager != ingrid || r.Status != hiring.Open || r.Drifted() || len(r.Briefs) != 1 {
		t.Errorf("role %+v", r)
	}
	if owed, _ := d.OwedBy(ingrid); len(owed) != 1 || owed[0].Subject != hiring.SignOffSubject(1, 1, ingrid) {
		t.Errorf("the new manager owes %+v", owed)
	}
	r = must[hiring.Role](d)(d.by(ingrid, "2026-10-06 09:30").Sign(1, 1))
	if owed, _ := d.OwedBy(ingrid); len(owed) != 0 || !r.ConfirmedBy(ingrid) || len(r.Brief().Signatures) != 2 {
		t.Errorf("after confirming, the new manager owes %+v of %+v", owed, r)
	}
	var told []hiring.UserID
	for _, n := range d.notices {
		if n.Kind == hiring.TellOwners {
			told = append(told, n.User)
		}
	}
	if !slices.Equal(told, []hiring.UserID{ingrid, kari}) {
		t.Errorf("told %v", told)
	}
	if _, _, err := d.by(kari, "2026-10-06 10:00").AddCandidate(1, hiring.Applicant{Name: "Nora", Source: hiring.Other}); err == nil {
		t.Error("the former manager still acts for the role")
	}
}

func TestHandingOverABriefThatIsNotSignedAsksTheNewOwner(t *testing.T) {
	d := newDesk(t)
	must[hiring.Role](d)(d.by(ola, "2026-10-05 09:00").ProposeRole(hiring.Draft{
		HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: terms(),
	}))
	r := must[hiring.Role](d)(d.by(ola, "2026-10-06 09:00").HandOver(1, ingrid, ola))
	if owed, _ := d.OwedBy(kari); len(owed) != 0 {
		t.Errorf("the former manager owes %+v", owed)
	}
	owed, _ := d.OwedBy(ingrid)
	if len(owed) != 1 || owed[0].Subject.Revision != r.Brief().Revision {
		t.Fatalf("the new manager owes %+v", owed)
	}
	r = must[hiring.Role](d)(d.by(ingrid, "2026-10-06 10:00").Sign(1, r.Brief().Revision))
	if r.Status != hiring.Open {
		t.Errorf("signed by both: %+v", r)
	}
}

func TestHandOverRefuses(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.people["UGONE"] = hiring.Person{ID: "UGONE", Away: true}
	tests := []struct {
		it                     string
		by, manager, recruiter hiring.UserID
		want                   string
	}{
		{"the same owners", ola, kari, ola, "these owners already"},
		{"one person as both", ola, ola, ola, "two people"},
		{"nobody", ola, "", ola, "Choose the hiring manager"},
		{"a deactivated account", ola, "UGONE", ola, "deactivated"},
		{"an interviewer who takes it", jonas, jonas, ola, "Only the owners"},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			_, c, err := d.by(tt.by, "2026-10-06 09:00").HandOver(1, tt.manager, tt.recruiter)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !c.Empty() {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
