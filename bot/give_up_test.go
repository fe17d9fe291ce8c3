package bot_test

import (
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestWhatIsOldIsNotGivenUpAtOnce has Samsvar be down for eight days, and
// Slack then not take the first message, for a reason that passes, or once for
// another: it arrives all the same.
func TestWhatIsOldIsNotGivenUpAtOnce(t *testing.T) {
	for _, word := range []string{"service_unavailable", "team_added_to_org", "invalid_blocks"} {
		t.Run(word, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before, told := len(p.in(kari)), len(p.in(ola))
			p.queue(toUser(kari), hiring.Notice{Kind: hiring.TellOwners, User: kari, About: ola})
			p.move(8 * 24 * time.Hour)
			p.wire.say("chat.postMessage", word)
			for range 600 {
				p.after(time.Minute)
			}
			p.grew(kari, before, 1)
			p.grew(ola, told, 0)
			p.done()
		})
	}
}
