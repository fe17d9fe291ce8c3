package bot

import (
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/templates"
)

// TestAStormIsTurnedAwayByFew has a thousand requests turned away at once while
// Slack takes its time: 64 are, the others see Slack's own error.
func TestAStormIsTurnedAwayByFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(Config{House: templates.House{Command: "/hire"}, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
		var began atomic.Int32
		goOn := make(chan struct{})
		for range 1000 {
			b.turnAway(func() { began.Add(1); <-goOn })
		}
		synctest.Wait()
		if n := began.Load(); n != 64 {
			t.Errorf("%d are turned away at once", n)
		}
		close(goOn)
		synctest.Wait()
		b.turnAway(func() { began.Add(1) })
		synctest.Wait()
		if n := began.Load(); n != 65 {
			t.Errorf("%d were turned away after the storm", n)
		}
	})
}
