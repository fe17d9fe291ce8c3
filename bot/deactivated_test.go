package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// days lets days pass in which the scheduler sweeps for a person and for what
// could not be delivered, and the courier delivers.
func (p *postOffice) days(n int, u hiring.UserID) {
	p.Helper()
	for range n * 24 {
		p.move(time.Hour)
		err := p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
			return hiring.Sweep(r, settings(), u, p.now)
		})
		if err != nil && !errors.Is(err, hiring.ErrNothing) {
			p.Fatal(err)
		}
		p.sweepUndelivered()
		p.deliver()
	}
}

// account deactivates a person's account, or takes them back.
func (p *postOffice) account(u hiring.UserID, active bool) {
	p.slack.ChangeUser(string(u), func(x *slacksim.User) { x.Deleted = !active })
}

// TestTakenBackAfterWeeks deactivates Ingrid, who owes feedback, for so long
// that everything for her is given up. Once she is back she is reminded each
// working day; nobody is told again and again meanwhile.
func TestTakenBackAfterWeeks(t *testing.T) {
	for _, tt := range []struct {
		it      string
		weeks   int
		profile bool // that she is deactivated was read, before anything was sent
	}{
		{"a reminder did not reach her", 2, false},
		{"for months", 10, false},
		{"her profile said so", 2, true},
	} {
		t.Run(tt.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.interview()
			p.deliver()
			before, heard := len(p.in(ingrid)), len(p.in(ola))
			p.account(ingrid, false)
			if tt.profile {
				p.move(25 * time.Hour)
				p.check(p.directory.Learn(t.Context(), p.now, ingrid))
			}
			p.days(7*tt.weeks, ingrid)
			told := 0
			for _, m := range p.in(ola)[heard:] {
				if strings.Contains(m.Text, "reach") {
					told++
				}
			}
			if told < 1 || told > 3 { // that she cannot be reached, what she owes, that it is given up
				t.Errorf("Ola was told %d times", told)
			}
			p.grew(ingrid, before, 0)
			p.account(ingrid, true)
			p.days(7, ingrid)
			if n := len(p.in(ingrid)) - before; n < 4 || n > 5 {
				t.Errorf("Ingrid was reminded %d times in a week", n)
			}
			if slices.ContainsFunc(p.unreachable(), func(u hiring.Unreachable) bool { return u.To.User == ingrid }) {
				t.Error("she is still taken for unreachable")
			}
		})
	}
}
