package templates

import (
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// TestWhoOnlyReadsIsOfferedOnlyToRead: the windows of numbers and candidates
// show an interviewer nothing that would be refused.
func TestWhoOnlyReadsIsOfferedOnlyToRead(t *testing.T) {
	o, w := newOffice(), house.For(hiring.English, oslo)
	role := o.roles[1]
	for reader, runs := range map[hiring.UserID]bool{kari: true, per: false} {
		funnel := w.Funnel(o, Answer{Question: hiring.Question{Role: 1}, Role: &role, Reader: reader, Runs: runs}, now)
		window, err := w.Candidates(o, role, o.people[reader], now)
		if err != nil {
			t.Fatal(err)
		}
		offered := strings.Join(append(pressed(t, funnel.Blocks), pressed(t, window.Blocks.BlockSet)...), " ")
		for _, action := range []string{ActionAddCandidate, ActionDigests} {
			if got := strings.Contains(offered, action); got != runs {
				t.Errorf("%s is offered %s: %v", reader, action, got)
			}
		}
	}
}
