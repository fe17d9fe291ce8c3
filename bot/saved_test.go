package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// slowSync is a record that writes at once and, while it is slow, says so only
// when the handler's time is over, as on a disk that hangs in its sync.
type slowSync struct {
	bot.Record
	slow *atomic.Bool
}

func (s slowSync) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	err := s.Record.Change(ctx, once, now, decide)
	if s.slow.Load() {
		<-ctx.Done()
	}
	return err
}

// TestWhatIsSavedLateIsNotAFailure has writes take longer than a trigger lives:
// nobody is told to do again what is done.
func TestWhatIsSavedLateIsNotAFailure(t *testing.T) {
	var slow atomic.Bool
	o := newOfficeWith(t, func(r bot.Record) bot.Record { return slowSync{r, &slow} })
	o.openRole()
	o.meet(kari, ola)
	o.addCandidate("Nora Vik")
	o.interviewed(1)
	o.types(ola, "candidate C-1")
	window := o.opened(ola)
	window.press(templates.ActionPropose, "C-1")
	o.pushed(ola).fill("note", "Two years of Go.").must()
	slow.Store(true)

	t.Run("in the window that it was done in", func(t *testing.T) {
		window.press(templates.ActionInterview, templates.EncodeInterview(templates.InterviewHeld, 1, 0))
		mustContain(t, "the window", window.updated().text(), "Nora Vik")
	})
	t.Run("from a message, when Slack opens no window any more", func(t *testing.T) {
		o.fail("views.open", "expired_trigger_id")
		o.pressInMessage(ola, templates.ActionInterview, templates.EncodeInterview(templates.InterviewMissed, 1, 0))
		mustContain(t, "the answer", text(o.wait("answer")), "That is saved")
		o.fail("views.open", "")
	})
	t.Run("from a message that says it by itself", func(t *testing.T) {
		o.pressInMessage(kari, templates.ActionLook+"#interview", "interview/C-1")
		o.home(kari)
	})
	o.stop()
	for len(o.calls) > 0 {
		if c := <-o.calls; c.method != "views.publish" {
			t.Errorf("besides, there is %s: %s", c.method, text(c.body))
		}
	}
	if c := o.candidate(1); c.Look.Answer != hiring.LookInterview || c.Interviews[0].Status != hiring.NoShow {
		t.Errorf("the record has %+v, %+v", c.Look, c.Interviews)
	}
	if strings.Contains(o.log.String(), "level=ERROR") {
		t.Error(o.log)
	}
}

// unreadOnceSaved is a record that cannot be read any more once something is
// written.
type unreadOnceSaved struct {
	bot.Record
	saved *atomic.Bool
}

func (u unreadOnceSaved) View(ctx context.Context, fn func(hiring.Record) error) error {
	if u.saved.Load() {
		return errors.New("the disk is gone")
	}
	return u.Record.View(ctx, fn)
}

func (u unreadOnceSaved) Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error {
	err := u.Record.Change(ctx, once, now, decide)
	u.saved.Store(err == nil)
	return err
}

// TestAnswersToFormsAreReadBeforeTheyAreWritten submits forms whose answer says
// more than what stands in them.
func TestAnswersToFormsAreReadBeforeTheyAreWritten(t *testing.T) {
	var saved atomic.Bool
	o := newOfficeWith(t, func(r bot.Record) bot.Record { return unreadOnceSaved{r, &saved} })
	o.openRole()
	o.meet(ola, ingrid)
	submit := func(form *screen, says string) {
		t.Helper()
		mustContain(t, "the answer", form.must().text(), says)
		saved.Store(false)
	}
	o.types(ola, "candidate R-1")
	submit(o.opened(ola).fill("name", "Nora Vik").fill("source", "referral"), "is added to *Backend developer*")
	o.interviewed(1)
	o.types(ingrid, "feedback")
	submit(fillScorecard(o.opened(ingrid)), "Nora Vik")
	o.types(ola, "move C-1")
	move := o.opened(ola)
	move.fill("stage", "Hired").press(templates.ActionPickStep, "")
	submit(move.updated(), "is filled") // which the move brings about
}
