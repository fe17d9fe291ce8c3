package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// longImport is from how many rows on an import shows its progress: a second
// or so of work.
const longImport = 10_000

// reading returns what shows on a terminal how far a long file is read; nil
// where nobody watches.
func reading(w io.Writer) func(done, total int) {
	if !isTerminal(w) {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if total < longImport {
			return
		}
		if bar == nil {
			bar = progressbar.NewOptions(total,
				progressbar.OptionSetWriter(w), progressbar.OptionSetDescription("Reading"),
				progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set(done) // a bar that can't be drawn is no reason to stop
	}
}

// writing says on a terminal that a long import is being written: one
// transaction, which has no half to show. The function returned takes the
// line away.
func writing(w io.Writer, rows int) (done func()) {
	if rows < longImport || !isTerminal(w) {
		return func() {}
	}
	fmt.Fprintf(w, "Writing %d candidates …", rows)
	return func() { fmt.Fprint(w, "\r\x1b[K") }
}
