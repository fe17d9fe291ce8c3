package bot

import (
	"context"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// withCharts makes a call with the blocks of a message. When Slack refuses
// them and there are charts or tables among them, it is made once more
// without, and the record remembers: such a workspace is not sent any for a
// while. The text beside them says the same.
func withCharts(ctx context.Context, record Record, now time.Time, m templates.Message, call func([]slack.Block) error) error {
	if !m.Drawn() {
		return call(m.Blocks)
	}
	takes := true
	err := record.View(ctx, func(r hiring.Record) (err error) {
		takes, err = hiring.TakesCharts(r, now)
		return err
	})
	if err != nil {
		return err
	}
	if !takes {
		return call(m.WithoutCharts())
	}
	err = call(m.Blocks)
	if !slices.Contains(refused, slackError(err)) {
		return err
	}
	if err := call(m.WithoutCharts()); err != nil {
		return err
	}
	return record.Change(ctx, "", now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{ChartsRefused: now}, nil
	})
}
