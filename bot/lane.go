package bot

import (
	"context"
	"strings"
	"sync"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// maxInLane is how many requests about one role may wait for each other. The
// rest of the house stays free for other roles.
const maxInLane = 16

// laneKey says whose order is kept: a role's, or, where a new role is in the
// making, its author's. None is the zero value.
type laneKey struct {
	role hiring.RoleID
	by   hiring.UserID
}

// lanes keep what concerns one role in the order in which it came in; what
// concerns different roles is handled at the same time. The order is that of
// the envelopes: each waits for the one before it to have found its lane, and
// then for the one before it in the lane.
type lanes struct {
	mu    sync.Mutex
	newly chan struct{} // closed when the newest envelope has found its lane
	lanes map[laneKey]*lane
}

type lane struct {
	last  chan struct{} // closed when the newest in the lane has been handled
	count int
}

// place is an envelope's place in the order.
type place struct {
	before <-chan struct{} // closed when the one before has found its lane
	found  func()          // says that this one has
}

// take gives the next place.
func (l *lanes) take() place {
	l.mu.Lock()
	defer l.mu.Unlock()
	before, found := l.newly, make(chan struct{})
	l.newly = found
	return place{before, sync.OnceFunc(func() { close(found) })}
}

// pass gives a place up without delaying those behind it.
func (p place) pass() {
	select {
	case <-p.before:
		p.found()
	default:
		go func() { <-p.before; p.found() }()
	}
}

// turn is an envelope's turn in its role's lane.
type turn struct {
	before <-chan struct{} // closed when the one before has been handled
	leave  func()          // ends it; those behind still wait for those before
	err    error           // says why there is none
}

// find joins a lane in the order of the places. Nobody behind finds theirs
// before, so what may take long comes after it.
func (l *lanes) find(ctx context.Context, p place, of laneKey) turn {
	defer p.pass()
	none := turn{before: free, leave: func() {}}
	if of == (laneKey{}) {
		return none
	}
	select {
	case <-p.before:
	case <-ctx.Done():
		none.err = errBusy
		return none
	}
	before, done := l.join(of)
	if done == nil {
		none.err = errBusy
		return none
	}
	return turn{before: before, leave: sync.OnceFunc(func() {
		select {
		case <-before:
			l.leave(of, done)
		default:
			go func() { <-before; l.leave(of, done) }()
		}
	})}
}

// wait waits for the turn. The error says that it takes too long, or that too
// many wait.
func (t turn) wait(ctx context.Context) error {
	select {
	case <-t.before: // it is one's turn, however late
		return t.err
	default:
	}
	select {
	case <-t.before:
		return nil
	case <-ctx.Done():
		return errBusy
	}
}

// join adds one to a lane; done is nil when the lane is full.
func (l *lanes) join(of laneKey) (before <-chan struct{}, done chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	in := l.lanes[of]
	if in == nil {
		in = &lane{last: free}
		l.lanes[of] = in
	}
	if in.count == maxInLane {
		return nil, nil
	}
	before, done = in.last, make(chan struct{})
	in.last = done
	in.count++
	return before, done
}

func (l *lanes) leave(of laneKey, done chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(done)
	in := l.lanes[of]
	if in.count--; in.count == 0 {
		delete(l.lanes, of)
	}
}

// free is closed: it is nobody's turn.
var free = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

func newLanes() lanes {
	return lanes{newly: free, lanes: make(map[laneKey]*lane)}
}

// laneOf returns the lane that a request belongs to. The form of a new role is
// kept step by step, so its steps have an order before there is a role.
func (b *Bot) laneOf(ctx context.Context, req *request) laneKey {
	role := b.roleOf(ctx, req)
	if role == 0 && req.view.CallbackID == templates.CallbackIntake {
		return laneKey{by: req.user}
	}
	return laneKey{role: role}
}

// roleOf returns the role that a request concerns, 0 when it names none. A
// candidate's is read from the record.
func (b *Bot) roleOf(ctx context.Context, req *request) (role hiring.RoleID) {
	role, candidate := concerns(req)
	if role != 0 || candidate == 0 {
		return role
	}
	_ = b.Record.View(ctx, func(r hiring.Record) error { // without it, there is no lane
		c, err := r.Candidate(candidate)
		role = c.Role
		return err
	})
	return role
}

// concerns finds the role, else the candidate, that a request names.
func concerns(req *request) (hiring.RoleID, hiring.CandidateID) {
	if req.view.CallbackID != "" || req.view.PrivateMetadata != "" {
		if role, candidate := templates.Concerns(req.view); role != 0 || candidate != 0 {
			return role, candidate
		}
	}
	if k, err := templates.DecodeFeedbackKey(req.typed); err == nil {
		return 0, k.Candidate
	}
	if req.name == "intake" { // a title follows
		return 0, 0
	}
	for part := range strings.SplitSeq(req.typed, "/") {
		if id, err := hiring.ParseRoleID(key(part)); err == nil {
			return id, 0
		}
		if id, err := hiring.ParseCandidateID(key(part)); err == nil {
			return 0, id
		}
	}
	return 0, 0
}
