package bot

import (
	"context"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// quietUntil returns until when a reminder waits because its reader has
// paused notifications in Slack: the next working moment after that. It is
// zero when it need not wait, and when Slack does not say.
func (c *Courier) quietUntil(ctx context.Context, n hiring.Notice, now time.Time) time.Time {
	if n.Kind != hiring.Nudge && n.Kind != hiring.CatchUp || c.noDND.Load() {
		return time.Time{}
	}
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	user := string(n.User)
	status, err := c.API.GetDNDInfoContext(ctx, &user)
	if err != nil {
		if slackError(err) == "missing_scope" {
			c.noDND.Store(true)
			c.Log.Info("paused notifications are not looked at: the token lacks the scope dnd:read")
		}
		return time.Time{}
	}
	var until time.Time
	if start, end := unix(status.NextStartTimestamp), unix(status.NextEndTimestamp); status.Enabled && !now.Before(start) && now.Before(end) {
		until = end
	}
	if end := unix(status.SnoozeEndTime); status.SnoozeEnabled && end.After(now) && end.After(until) {
		until = end
	}
	if until.IsZero() {
		return until
	}
	err = c.Record.View(ctx, func(r hiring.Record) error {
		p, err := r.Person(n.User)
		until = c.house().Settings.WorkTime(p).Next(until)
		return err
	})
	if err != nil {
		return time.Time{}
	}
	return until
}

func unix(seconds int) time.Time { return time.Unix(int64(seconds), 0).UTC() }
