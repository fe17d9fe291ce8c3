package store

import (
	"fmt"
	"runtime/debug"
)

// panicError is a panic, contained.
type panicError struct {
	reason any
	stack  []byte
}

// Error returns the reason and where it happened.
func (p *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", p.reason, p.stack) }

// guard runs fn and returns its panic as an error. A fault in reading the
// mapped file counts as a panic: it is how damage shows.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = &panicError{reason: p, stack: debug.Stack()}
		}
	}()
	return fn()
}
