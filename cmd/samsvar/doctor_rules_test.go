package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestDoctorGoesByTheRulesInForce has what was set in Slack take the place of
// the environment, also for the doctor.
func TestDoctorGoesByTheRulesInForce(t *testing.T) {
	gone := func(s *slacksim.Slack, id string) { s.ChangeUser(id, func(u *slacksim.User) { u.Deleted = true }) }
	archived := func(s *slacksim.Slack, id string) {
		s.ChangeChannel(id, func(c *slacksim.Channel) { c.Archived = true })
	}
	admins := func(ids ...hiring.UserID) func(*hiring.Rules) { return func(r *hiring.Rules) { r.Admins = ids } }
	tests := []struct {
		it     string
		set    map[string]string
		rules  func(*hiring.Rules)
		before func(*slacksim.Slack)
		code   int
		want   []string
		never  string
	}{
		{it: "sees that the admin in force is there", set: map[string]string{"SAMSVAR_ADMINS": tone}, rules: admins(kari),
			before: func(s *slacksim.Slack) { gone(s, tone) }, code: exitOK, want: []string{"✓ admins", "1 found"}},
		{it: "sees that an admin in force has left", set: map[string]string{"SAMSVAR_ADMINS": tone}, rules: admins(kari, tone),
			before: func(s *slacksim.Slack) { gone(s, kari) }, code: exitFailed, want: []string{"✗ admins", kari + ": deactivated", "another admin", "/hire settings"}, never: "correct SAMSVAR_ADMINS"},
		{it: "sees that the only admin has left", set: map[string]string{"SAMSVAR_ADMINS": tone}, rules: admins(kari),
			before: func(s *slacksim.Slack) { gone(s, kari) }, code: exitFailed, want: []string{"✗ admins", "SAMSVAR_ADMINS and start"}, never: "another admin"},
		{it: "finds admins that the environment does not name", rules: admins(kari), code: exitOK, want: []string{"1 found"}, never: "SAMSVAR_ADMINS"},
		{it: "sees the digest channel in force", set: map[string]string{"SAMSVAR_DIGEST_CHANNEL": channelHiring}, rules: func(r *hiring.Rules) { r.DigestChannel = "C0OWNERS" },
			before: func(s *slacksim.Slack) { archived(s, channelHiring) }, code: exitOK, want: []string{"#hiring-owners"}},
		{it: "sees that the one in force is archived", set: map[string]string{"SAMSVAR_DIGEST_CHANNEL": channelHiring}, rules: func(r *hiring.Rules) { r.DigestChannel = "C0OWNERS" },
			before: func(s *slacksim.Slack) { archived(s, "C0OWNERS") }, code: exitFailed, want: []string{"✗ digest channel", "is archived", "/hire settings"}, never: "correct SAMSVAR_DIGEST_CHANNEL"},
		{it: "sees that none is in force", set: map[string]string{"SAMSVAR_DIGEST_CHANNEL": "C404"}, rules: func(r *hiring.Rules) { r.DigestChannel = "" },
			code: exitOK, want: []string{"✓ digest channel", "none"}},
	}
	for _, tt := range tests {
		t.Run(tt.it, func(t *testing.T) {
			s := house(t, slacksim.Options{}, tt.set)
			setRules(t, os.Getenv("SAMSVAR_DB"), tt.rules)
			if tt.before != nil {
				tt.before(s)
			}
			r := launch(t, "doctor")
			code, out := r.exit(t), r.out.String()
			if code != tt.code || tt.never != "" && strings.Contains(out, tt.never) {
				t.Errorf("exit %d, want %d, and never %q:\n%s", code, tt.code, tt.never, out)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("does not say %q:\n%s", want, out)
				}
			}
		})
	}
}

// TestDoctorSaysThatItGoesByTheEnvironment where the record cannot be read.
func TestDoctorSaysThatItGoesByTheEnvironment(t *testing.T) {
	house(t, slacksim.Options{}, map[string]string{"SAMSVAR_ADMINS": tone, "SAMSVAR_DB": newerFile(t)})
	r := launch(t, "doctor")
	r.exit(t)
	for _, want := range []string{"1 found", "by SAMSVAR_ADMINS: what /hire settings has in its place", "by SAMSVAR_DIGEST_CHANNEL"} {
		if out := r.out.String(); !strings.Contains(out, want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
}

// TestDoctorCountsByTheCalendarOfTheCounts has a count be wrong, and the doctor
// run where another country is set, or after admins changed the working days. It
// finds the count, and changes nothing.
func TestDoctorCountsByTheCalendarOfTheCounts(t *testing.T) {
	const anew = "a start with these makes them anew"
	for _, serves := range []bool{true, false} {
		for _, country := range []string{"NO", "SE"} {
			house(t, slacksim.Options{}, map[string]string{"SAMSVAR_DB": miscounted(t)})
			stop := func() {}
			if serves {
				serving := launch(t, "serve")
				serving.says(t, "connected to Slack")
				stop = func() { serving.stop(); serving.exit(t) }
			}
			t.Setenv("SAMSVAR_COUNTRY", country)
			for range 2 { // the first changes nothing that the second would see
				r := launch(t, "doctor")
				code, out := r.exit(t), r.out.String()
				if code != exitFailed || !strings.Contains(out, "✗ numbers        1 count,") || strings.Contains(out, anew) != (country != "NO") {
					t.Errorf("served %v, %s: exit %d\n%s", serves, country, code, out)
				}
			}
			stop()
		}
	}
}

// TestDoctorSaysThatNumbersWillBeMadeAnew after a change of the working days,
// which is no reason to complain.
func TestDoctorSaysThatNumbersWillBeMadeAnew(t *testing.T) {
	house(t, slacksim.Options{}, map[string]string{"SAMSVAR_DB": recordWith(t, false)})
	setRules(t, os.Getenv("SAMSVAR_DB"), func(r *hiring.Rules) { r.WorkDays = [7]bool{time.Thursday: true} })
	r := launch(t, "doctor")
	if code, out := r.exit(t), r.out.String(); code != exitOK || !strings.Contains(out, "add up") || !strings.Contains(out, "a start with these makes them anew") {
		t.Errorf("exit %d\n%s", code, out)
	}
}
