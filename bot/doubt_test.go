package bot

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestWhatADoubtHoldsUp is what is as urgent in its conversation, and once it is
// late every message there.
func TestWhatADoubtHoldsUp(t *testing.T) {
	reminder := hiring.Notice{ID: 1, Kind: hiring.Nudge, User: "UINGRID", NotBefore: monday}
	edit := hiring.Notice{ID: 2, Kind: hiring.RefreshMessage, User: "UINGRID", NotBefore: monday}
	for it, c := range map[string]struct {
		doubt   hiring.Notice
		word    string
		urgency hiring.Urgency
		to      hiring.UserID
		after   time.Duration
		want    bool
	}{
		"a reminder after a reminder":    {reminder, hiring.ProblemUnanswered, hiring.UrgentNudge, "UINGRID", time.Minute, true},
		"an answer after a reminder":     {reminder, hiring.ProblemUnanswered, hiring.UrgentAnswer, "UINGRID", time.Minute, false},
		"an answer after a late one":     {reminder, hiring.ProblemUnanswered, hiring.UrgentAnswer, "UINGRID", hiring.LateAfter, true},
		"a reminder to somebody else":    {reminder, hiring.ProblemUnanswered, hiring.UrgentNudge, "UKARI", hiring.LateAfter, false},
		"after an edit":                  {edit, hiring.ProblemInterrupted, hiring.UrgentAnswer, "UINGRID", hiring.LateAfter, false},
		"after one whose look-up breaks": {reminder, hiring.ProblemBroken, hiring.UrgentNudge, "UINGRID", time.Minute, false},
	} {
		t.Run(it, func(t *testing.T) {
			d := newDoubts()
			d.add(c.doubt, monday, c.word)
			if got := d.holdUp(stream{c.urgency, hiring.Conversation{User: c.to}}, monday.Add(c.after)); got != c.want {
				t.Errorf("held up: %v", got)
			}
		})
	}
}
