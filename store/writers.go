package store

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// maxGroup bounds how many writers share a commit, and with it how long the
// first of them waits for the others.
const maxGroup = 512

// errAbandoned is what the others of a group get when the goroutine that led
// it was ended inside a decision.
var errAbandoned = errors.New("the group of writers was abandoned")

// writers is who waits to write. One of them leads: it runs everybody who has
// come by then in one transaction and commits once, while newcomers wait for
// the next. So writers share the sync to disk, and nobody waits for a timer.
type writers struct {
	mu      sync.Mutex
	waiting []*writer
	led     bool
}

type writer struct {
	ctx context.Context
	run func(*txn) error
	err error
	// turn gets true when the writer is to lead, false when it is done.
	turn chan bool
}

// update runs fn in a transaction that other writers may share; each is all
// or nothing for itself and sees what those before it wrote. It returns when
// the transaction is committed. fn may run on another writer's goroutine.
func (e *engine) update(ctx context.Context, fn func(*txn) error) error {
	return e.updates(ctx, fn)[0]
}

// updates runs several as update runs one, in order and next to each other, so
// that they share a transaction, or few. It returns the error of each.
func (e *engine) updates(ctx context.Context, fns ...func(*txn) error) []error {
	errs := make([]error, len(fns))
	all := make([]*writer, len(fns))
	for i, fn := range fns {
		errs[i] = ctx.Err()
		all[i] = &writer{ctx: ctx, run: fn, turn: make(chan bool, 1)}
	}
	if len(fns) == 0 || errs[0] != nil {
		return errs
	}
	leads := e.writers.join(all)
	for i, w := range all {
		if leads && i == 0 || <-w.turn {
			e.lead(w)
		}
		errs[i] = w.err
	}
	return errs
}

// join says whether the first of all is to lead.
func (ws *writers) join(all []*writer) bool {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.waiting = append(ws.waiting, all...)
	leads := !ws.led
	ws.led = true
	return leads
}

// next takes who has waited longest, nil when nobody waits.
func (ws *writers) next() *writer {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if len(ws.waiting) == 0 {
		return nil
	}
	w := ws.waiting[0]
	ws.waiting = ws.waiting[1:]
	return w
}

// handOver makes who has waited longest the leader.
func (ws *writers) handOver() {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.led = len(ws.waiting) > 0
	if ws.led {
		ws.waiting[0].turn <- true
	}
}

// lead runs one group. own, the leader, is the first of those who wait.
func (e *engine) lead(own *writer) {
	var group []*writer
	failed := errAbandoned
	defer func() {
		for _, w := range group {
			if failed != nil { // also what a decision said may rest on what is lost
				w.err = failed
			}
			if w != own {
				w.turn <- false
			}
		}
		e.writers.handOver()
	}()
	take := func() *writer {
		if len(group) == maxGroup {
			return nil
		}
		w := e.writers.next()
		if w != nil {
			group = append(group, w)
		}
		return w
	}
	failed = e.inTransaction(func(t *txn) error {
		for w := take(); w != nil; w = take() {
			var broken error
			if w.err = w.ctx.Err(); w.err != nil {
				continue
			}
			if w.err, broken = t.attempt(w.run); broken != nil {
				return e.doubt(broken)
			}
			_ = e.doubt(w.err)
		}
		return nil
	})
	if len(group) == 0 { // the transaction did not start
		take()
	}
}

// attempt runs fn all or nothing: after an error or a panic the transaction
// is as it was, and others can still use it. broken says that it could not be
// restored.
func (t *txn) attempt(fn func(*txn) error) (err, broken error) {
	t.undo, t.adding, t.err = t.undo[:0], t.adding[:0], nil
	numbers := t.numbers
	err = guard(func() error { return fn(t) })
	if err == nil {
		err = t.err
	}
	if err == nil {
		if len(t.undo) > 0 || len(t.adding) > 0 {
			t.wrote = true
			t.writers++
			t.records += len(t.undo)
			for _, a := range t.adding {
				t.added[a.key] += a.n
			}
		}
		return nil, nil
	}
	t.numbers = numbers
	for _, w := range slices.Backward(t.undo) {
		broken := guard(func() error {
			_, err := t.write(w.bucket, w.key, func([]byte) []byte { return w.value })
			return err
		})
		if broken != nil {
			return err, broken
		}
	}
	return err, nil
}
