package store

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// panicError is a panic, contained.
type panicError struct {
	reason any
	stack  []byte
	damage bool
}

// Is says that a panic of bbolt's, and a fault in reading the mapped file, is
// [ErrDamaged]: that is how damage shows when nobody has looked for it.
func (p *panicError) Is(target error) bool { return target == ErrDamaged && p.damage }

// Error returns the reason; where it happened only when that is a mistake of
// ours.
func (p *panicError) Error() string {
	if p.damage {
		return fmt.Sprintf("%v: %v", ErrDamaged, p.reason)
	}
	return fmt.Sprintf("panic: %v\n%s", p.reason, p.stack)
}

// guard runs fn and returns its panic as an error. A fault in reading the
// mapped file counts as a panic.
func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			_, fault := p.(interface{ Addr() uintptr })
			err = &panicError{reason: p, stack: debug.Stack(), damage: fault || inBolt()}
		}
	}()
	return fn()
}

// inBolt says whether the panic that is being recovered is bbolt's own.
func inBolt() bool {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(1, callers)])
	for panicked := false; ; {
		f, more := frames.Next()
		inside := strings.HasPrefix(f.Function, "runtime.")
		if panicked && !inside {
			return strings.HasPrefix(f.Function, "go.etcd.io/bbolt")
		}
		panicked = panicked || f.Function == "runtime.gopanic"
		if !more {
			return false
		}
	}
}

func (e *engine) isBroken() bool {
	select {
	case <-e.broken:
		return true
	default:
		return false
	}
}

// unlessBroken runs what takes bbolt's locks.
func (e *engine) unlessBroken(fn func() error) error {
	if e.isBroken() {
		return ErrDamaged
	}
	err := guard(fn)
	if errors.Is(err, ErrDamaged) {
		e.breakOnce.Do(func() { close(e.broken) })
	}
	return e.doubt(err)
}

// compare notes when the file is not as the last commit left it: the next
// transaction is not the one after that, as when another file was copied over
// this one. What is copied within the milliseconds of a commit is found as
// damage, by the next check.
func (e *engine) compare(next int) {
	if e.newest != 0 && next != e.newest+1 {
		e.changed.Store(true)
	}
	e.newest = next - 1
}

// commit writes a transaction, unless the file is not as the last one left it:
// what bbolt takes for free may be in use there.
func (e *engine) commit(id int, write func() error) error {
	if e.changed.Load() {
		return ErrChanged
	}
	e.newest = 0 // one that fails may have come as far as the header
	err := guard(write)
	switch {
	case err == nil:
		e.newest = id
	case errors.Is(err, ErrDamaged): // or else the file is damaged, which a check says
		e.changed.Store(true)
	}
	return err
}

// doubt notes that something could not be read or written as it should: the
// file is to be checked, now and when it is opened again.
func (e *engine) doubt(err error) error {
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrChanged) {
		e.doubted.Store(true)
		select {
		case e.doubts <- err:
		default:
		}
	}
	return err
}
