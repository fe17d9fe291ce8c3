package hiring_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

func TestRules(t *testing.T) {
	d := newDesk(t)
	good := someRules(admin, kari)
	former := good
	former.FeedbackDue, former.Admins = 8*time.Hour, []hiring.UserID{admin}
	good.FeedbackDue, good.EveryDays, good.OpenFeedback = 90*time.Minute, 2, true
	act := d.by(admin, "2026-10-07 12:00")
	act.Settings.Countries = []string{"NO"}
	r := must[hiring.Rules](d)(act.ChangeRules(former, good, nil))
	if s := settings().With(r); s.FeedbackDue != 90*time.Minute || s.EveryDays != 2 || !s.OpenFeedback || s.WorkFrom != 7*time.Hour || s.Locale != hiring.Norwegian || !s.Admin(kari) {
		t.Errorf("the settings under the rules: %+v", s)
	}
	want := []hiring.RuleChange{
		{At: act.Now, By: admin, Rule: hiring.FieldFeedbackDue, From: "8", To: "1.5"}, {At: act.Now, By: admin, Rule: hiring.FieldEveryDays, From: "1", To: "2"},
		{At: act.Now, By: admin, Rule: hiring.FieldOpenFeedback, From: "", To: "yes"}, {At: act.Now, By: admin, Rule: hiring.FieldAdmins, From: "[UADMIN]", To: "[UADMIN UKARI]"},
	}
	if !slices.Equal(r.Log, want) {
		t.Errorf("the log says %+v", r.Log)
	}
	if again, change, err := act.ChangeRules(r, r, nil); err != nil || !change.Empty() || len(again.Log) != len(r.Log) {
		t.Errorf("nothing was changed: %+v, %v", change, err)
	}
	if told := d.sent(hiring.TellRules); len(told) != 1 || told[0].User != kari {
		t.Errorf("told %+v", told)
	}
	if same := settings().With(hiring.Rules{}); same.FeedbackDue != settings().FeedbackDue {
		t.Error("rules that nobody set hold")
	}
	other := d.by(kari, "2026-10-07 12:00")
	_, _, err := other.ChangeRules(former, good, nil)
	d.refused(err, "Only admins")
	for want, change := range map[string]func(*hiring.Rules){
		"hours above 0":       func(r *hiring.Rules) { r.FeedbackDue = 0 },
		"at most 80":          func(r *hiring.Rules) { r.ReplyDue = 81 * time.Hour },
		"hours from 0":        func(r *hiring.Rules) { r.Grace = -time.Hour },
		"days from 1":         func(r *hiring.Rules) { r.SignOffDays = 31 },
		"days from 1 to 10":   func(r *hiring.Rules) { r.EveryDays = 0 },
		"more than 3":         func(r *hiring.Rules) { r.NudgesOwner, r.NudgesAdmins = 3, 3 },
		"number from 1 to 6":  func(r *hiring.Rules) { r.MaxRounds = 7 },
		"number from 1 to 20": func(r *hiring.Rules) { r.LookBackAnswers = 0 },
		"end after it begins": func(r *hiring.Rules) { r.WorkTo = r.WorkFrom },
		"one working day":     func(r *hiring.Rules) { r.WorkDays = [7]bool{} },
		"countries":           func(r *hiring.Rules) { r.Country = "XX" },
		"languages":           func(r *hiring.Rules) { r.Locale = "sv" },
		"stay among":          func(r *hiring.Rules) { r.Admins = []hiring.UserID{kari} },
	} {
		bad := good
		change(&bad)
		_, _, err := act.ChangeRules(former, bad, nil)
		d.refused(err, want)
	}
	_, _, err = act.ChangeRules(former, good, hiring.FieldErrors{hiring.FieldNudgeCron: hiring.Errorf("No cron line.")})
	d.refused(err, "No cron line")
}

// TestRulesAfterAnAdminLeft has one of two admins deactivated: the other still
// changes rules and takes them out, but names nobody who is not there.
func TestRulesAfterAnAdminLeft(t *testing.T) {
	d := newDesk(t)
	former := someRules(admin, kari)
	d.memory.people[kari] = hiring.Person{ID: kari, Away: true}
	act := d.by(admin, "2026-10-07 12:00")
	act.Settings.Countries = []string{"NO"}
	next := former
	next.EveryDays = 2
	if _, _, err := act.ChangeRules(former, next, nil); err != nil {
		t.Errorf("another rule: %v", err)
	}
	next.Admins = []hiring.UserID{admin}
	if _, _, err := act.ChangeRules(former, next, nil); err != nil {
		t.Errorf("taken out: %v", err)
	}
	_, _, err := act.ChangeRules(next, former, nil)
	d.refused(err, "deactivated")
}

// TestReplaceAdmins starts with others in the configuration than in the rules.
func TestReplaceAdmins(t *testing.T) {
	now := at("2026-10-07 12:00")
	for _, tt := range []struct {
		it         string
		rules      hiring.Rules
		away       []hiring.UserID
		configured []hiring.UserID
		want       []hiring.UserID // nil for those there were
	}{
		{"nobody has set rules", hiring.Rules{}, []hiring.UserID{admin}, []hiring.UserID{ola}, nil},
		{"one is still there", someRules(admin, kari), []hiring.UserID{admin}, []hiring.UserID{ola}, nil},
		{"nobody is there", someRules(admin, kari), []hiring.UserID{admin, kari}, []hiring.UserID{admin, ola}, []hiring.UserID{ola}},
		{"nor anybody who is configured", someRules(admin), []hiring.UserID{admin}, []hiring.UserID{admin}, nil},
		{"nobody is configured", someRules(admin), []hiring.UserID{admin}, nil, nil},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.apply(hiring.Change{Rules: tt.rules})
			for _, u := range tt.away {
				d.memory.people[u] = hiring.Person{ID: u, Away: true}
			}
			r, c, err := hiring.ReplaceAdmins(d.memory, tt.configured, now)
			if tt.want == nil {
				if !errors.Is(err, hiring.ErrNothing) || !slices.Equal(r.Admins, tt.rules.Admins) {
					t.Errorf("got %v, %v", r.Admins, err)
				}
				return
			}
			if err != nil || !slices.Equal(r.Admins, tt.want) || !slices.Equal(c.Rules.Admins, tt.want) {
				t.Fatalf("got %v, %+v, %v", r.Admins, c, err)
			}
			if want := (hiring.RuleChange{At: now, Rule: hiring.FieldAdmins, From: "[UADMIN UKARI]", To: "[UOLA]"}); len(r.Log) != 1 || r.Log[0] != want {
				t.Errorf("the log says %+v", r.Log)
			}
			if !r.ChangedAt.Equal(tt.rules.ChangedAt) {
				t.Error("the digests' schedule would count from now on")
			}
		})
	}
}

// someRules are rules that some admins have set.
func someRules(admins ...hiring.UserID) hiring.Rules {
	return hiring.Rules{
		Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(), WorkDays: weekdays(), WorkFrom: 7 * time.Hour, WorkTo: 15 * time.Hour, Country: "NO", Locale: hiring.Norwegian,
		Admins: admins, NudgeCron: "*/15 * * * *", DigestCron: "0 9 * * 1", ChangedBy: admins[0], ChangedAt: at("2026-10-05 12:00"),
	}
}
