package hiring_test

import (
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// TestDigestsAfterAClockAhead has the clock be weeks ahead for some ticks, with
// ~, and then right again: each week is told of on its Monday, once. R-1 is
// agreed on Monday 5 October 2026.
func TestDigestsAfterAClockAhead(t *testing.T) {
	for _, tt := range []struct {
		it    string
		ticks []string // Mondays at the rules' time
		want  string
	}{
		{"it was told of before", []string{"2026-10-12", "~2026-11-09", "2026-10-19", "2026-10-26"}, "digest CBACKEND 19 09:00, digest CBACKEND 26 09:00"},
		{"it was told of twice meanwhile", []string{"2026-10-12", "~2026-11-09", "~2026-11-16", "2026-10-19", "2026-10-26"}, "digest CBACKEND 19 09:00, digest CBACKEND 26 09:00"},
		{"the week that was told of last is not told of again", []string{"2026-10-12", "~2026-11-09", "2026-10-13", "2026-10-19"}, "digest CBACKEND 19 09:00"},
		{"the first was written meanwhile", []string{"~2026-11-09", "2026-10-12", "2026-10-19"}, "preview UKARICBACKEND 12 09:00, preview UOLACBACKEND 12 09:00, digest CBACKEND 12 13:00, digest CBACKEND 19 09:00"},
		{"it was ahead by less than a week", []string{"2026-10-12", "~2026-10-20", "2026-10-19"}, "digest CBACKEND 19 09:00"},
		{"the time comes that was ahead", []string{"2026-10-12", "~2026-10-26", "2026-10-19", "2026-10-26"}, "digest CBACKEND 19 09:00, digest CBACKEND 26 09:00"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			d.delivered()
			var all []hiring.Notice
			right := false
			for _, tick := range tt.ticks {
				list := d.plan(usual(strings.TrimPrefix(tick, "~")+" 09:00", ""))
				if ahead := tick[0] == '~'; right && !ahead {
					all = append(all, list...)
				} else if ahead {
					right = true
				}
			}
			if got := told(all); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			waiting, _ := d.NoticesTo(toChannel)
			last := at(tt.ticks[len(tt.ticks)-1] + " 09:00")
			weeks := make(map[hiring.Week]bool)
			for _, n := range waiting {
				if weeks[n.Subjects[0].Week] || n.CreatedAt.After(last) {
					t.Errorf("one of the digests of then waits: %+v", n)
				}
				weeks[n.Subjects[0].Week] = true
			}
		})
	}
}
