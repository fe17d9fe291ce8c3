package store

import (
	"context"
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// Waiting is what waits in the outbox in one state, and since when the oldest
// of it could have been sent; zero when nothing does.
type Waiting struct {
	Count int
	Since time.Time
}

// The states of notices in the outbox.
const (
	NoticeDue       = "due"       // may be sent by now
	NoticeLater     = "later"     // may not be sent yet
	NoticePostponed = "postponed" // was tried, and will be again
	NoticeSending   = "sending"   // is being sent

	NoticeUndeliverable = "undeliverable" // Slack takes no message for where it goes
)

// Waiting returns what waits in the outbox, by state. It reads the whole
// outbox.
func (s *Store) Waiting(ctx context.Context, now time.Time) (map[string]Waiting, error) {
	states := make(map[string]Waiting)
	err := s.engine.view(ctx, func(t *txn) error {
		for k, v := range t.walk(inNotice, everything) {
			row, err := decode[noticeRow](inNotice, k, v)
			if err != nil {
				return err
			}
			w := states[row.state(now)]
			w.Count++
			since := row.since(now)
			if w.Since.IsZero() || since.Before(w.Since) {
				w.Since = since
			}
			states[row.state(now)] = w
		}
		return nil
	})
	return states, err
}

// since returns from when a notice could first be sent, its reader's last quiet
// left out. When a clock that was ahead wrote it tells nothing.
func (n noticeRow) since(now time.Time) time.Time {
	times := []time.Time{n.Notice.NotBefore, n.Notice.QuietUntil}
	if !n.Notice.CreatedAt.After(now) {
		times = append(times, n.Notice.CreatedAt)
	}
	return slices.MaxFunc(times, time.Time.Compare)
}

func (n noticeRow) state(now time.Time) string {
	switch {
	case n.Sending:
		return NoticeSending
	case n.Held || n.Attempts > 0 && hiring.Undeliverable(n.Problem):
		return NoticeUndeliverable
	case n.Attempts > 0:
		return NoticePostponed
	case n.At.After(now):
		return NoticeLater
	default:
		return NoticeDue
	}
}
