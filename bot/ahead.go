package bot

import (
	"context"
	"fmt"
	"time"
)

// setRight has what was written while the clock was ahead go out: at the start,
// and when the clock turns out to have been set back.
func (c *Courier) setRight(ctx context.Context, now time.Time) error {
	if c.seen.IsZero() || now.Before(c.seen) {
		if err := c.Outbox.SetRight(ctx, now); err != nil {
			return fmt.Errorf("set the outbox right: %w", err)
		}
	}
	c.seen = now
	return nil
}
