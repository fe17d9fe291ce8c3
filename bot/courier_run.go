package bot

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// Times and bounds of the courier.
const (
	callTime  = 15 * time.Second // a call to Slack may take
	readTime  = 5 * time.Second  // reading the reader's profile or the channel may take
	maxSleep  = time.Minute      // so that a clock that jumps is noticed
	minSleep  = 100 * time.Millisecond
	batch     = 50              // notices taken from the outbox at once
	maxAtOnce = 16              // conversations that are written to at the same time
	pace      = time.Second     // between messages to one conversation (Slack: about one a second and channel)
	firstWait = time.Second     // before another try when Slack is out of order
	maxRetry  = 5 * time.Minute // between tries
	lastCalls = 2 * time.Second // calls under way may take when the courier is to stop
)

// round is a courier at work.
type round struct {
	*Courier
	work   context.Context // of deliveries
	ended  chan error      // one value for each delivery that ended
	active int             // deliveries under way
	next   time.Time       // when to look for more, unless something happens before
}

// Run delivers until ctx ends; calls under way then get two seconds more. It
// returns an error only when trying again does not heal it, such as a token
// that was revoked.
func (c *Courier) Run(ctx context.Context) error {
	c.paced = true
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	r := &round{Courier: c, work: work, ended: make(chan error)}
	known := false // whether what a crash left behind is known
	var paused time.Time
	for failures := 0; ; {
		now := c.Clock()
		resting := !ahead(paused, now, maxRetry).IsZero()
		err := error(nil)
		switch {
		case resting:
			r.next = paused
		case !known:
			err = c.doubt(ctx)
			known = err == nil
			fallthrough
		default:
			if err == nil {
				err = r.start(ctx)
			}
		}
		if err == nil {
			var done bool
			if done, err = r.wait(ctx, !resting); done && err == nil {
				failures = 0
			}
		}
		switch {
		case ctx.Err() != nil:
			return r.finish(stop)
		case hopeless(err) != nil:
			_ = r.finish(stop) // the first error says what is wrong
			return err
		case err != nil: // such as a full disk: what is queued stays queued
			pause := grown(failures)
			failures++
			paused = c.Clock().Add(pause)
			c.Log.Error("the courier cannot go on; trying again", "wait", pause, "error", cause(err))
		}
	}
}

// start has as much sent as may be sent now: what is in doubt first, as long
// as Slack has not said whether it arrived. What is due already and cannot be
// looked up now says by itself when to ask again, or waits for a delivery to end.
func (r *round) start(ctx context.Context) error {
	now := r.Clock()
	if err := r.setRight(ctx, now); err != nil {
		return err
	}
	r.limits.forget(now)
	r.next = now.Add(maxSleep)
	r.sooner(r.limits.hushed(now))
	r.sooner(r.doubts.next(now))
	free := func() int { return r.limits.atOnce() - r.active }
	looking := []string{channelHistory, openConversation}
	for _, n := range r.doubts.due(now) {
		if free() > 0 && r.reserve(now, n.To(), looking...) {
			r.deliverer(n, looking, r.recover)
		}
	}
	if free() <= 0 {
		return nil
	}
	if err := r.startQueued(ctx, now, free()); err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	return nil
}

// startQueued has up to limit queued notices sent that may be sent now.
func (r *round) startQueued(ctx context.Context, now time.Time, limit int) error {
	left := map[string]int{}
	for _, m := range []string{postMessage, updateMessage} {
		left[m], _ = r.limits.left(now, m)
	}
	short := make(map[string]bool)                  // methods that something waits for the next call of
	taken := make(map[hiring.Conversation][]string) // and the methods that may be called for it
	list, err := r.Outbox.Sendable(ctx, now, limit, func(u hiring.Urgency, to hiring.Conversation) bool {
		if until := r.rests.of(stream{u, to}, now); !until.IsZero() {
			r.sooner(until)
			return false
		}
		show := shows(u)
		if left[show] <= 0 {
			short[show] = true
			return false
		}
		if show == postMessage && r.doubts.holdUp(stream{u, to}, now) { // until a look-up ends, which wakes the courier
			return false
		}
		needs := r.needs(show, u, to, now)
		if taken[to] != nil || !r.reserve(now, to, needs...) {
			return false
		}
		left[show]--
		taken[to] = needs
		return true
	})
	for _, n := range list {
		needs := taken[n.To()]
		delete(taken, n.To())
		r.deliverer(n, needs, r.deliver)
	}
	for to := range taken { // what was in the queue and nowhere else
		r.limits.free(to)
	}
	for m := range short { // asked once all that could be taken is
		_, next := r.limits.left(now, m)
		r.sooner(next)
	}
	if err != nil {
		return err
	}
	later, queued, err := r.Outbox.NextQueued(ctx, now)
	if queued {
		r.sooner(later)
	}
	return err
}

// shows returns the method that brings a notice to its reader.
func shows(u hiring.Urgency) string {
	if u == hiring.UrgentRefresh {
		return updateMessage
	}
	return postMessage
}

// needs returns the methods that delivering a notice calls and Slack limits.
func (r *round) needs(show string, u hiring.Urgency, to hiring.Conversation, now time.Time) []string {
	methods := []string{show}
	if to.User == "" && !r.Directory.Knows(to.Channel, now) {
		methods = append(methods, channelInfo)
	}
	if to.User != "" && u == hiring.UrgentNudge && !r.noDND.Load() {
		methods = append(methods, dndInfo)
	}
	return methods
}

// reserve takes a conversation, or notes when to ask again.
func (r *round) reserve(now time.Time, to hiring.Conversation, methods ...string) bool {
	taken, next := r.limits.take(now, to, methods...)
	r.sooner(next)
	return taken
}

// sooner has the next look be at a time at the latest; zero changes nothing.
func (r *round) sooner(at time.Time) {
	if !at.IsZero() && at.Before(r.next) {
		r.next = at
	}
}

// deliverer has something done with a notice whose conversation is reserved, and
// a call of each method. A panic costs this notice a try, and nothing else: one
// that Slack may have by then is looked up first.
func (r *round) deliverer(n hiring.Notice, methods []string, do func(context.Context, hiring.Notice) error) {
	r.active++
	ctx := granted(r.work, methods...)
	looking := r.doubts.holds(n.ID)
	go func() {
		var err error
		defer func() {
			if p := recover(); p != nil {
				r.Log.Error("a notice could not be sent", "notice", n.ID, "kind", n.Kind, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
				switch {
				case looking: // that is what broke
					err = r.broke(r.work, n)
				case !r.doubts.holds(n.ID):
					err = r.wrong(r.work, n, r.Clock(), hiring.ProblemBroken)
				}
			}
			r.limits.free(n.To())
			r.ended <- err
		}()
		err = do(ctx, n)
	}()
}

// wait waits until there is something to do; willing says whether new notices
// are something. It says whether a delivery ended, and returns its error.
func (r *round) wait(ctx context.Context, willing bool) (ended bool, err error) {
	var wake <-chan struct{}
	if willing && r.active < r.limits.atOnce() {
		wake = r.Outbox.Wake()
	}
	timer := time.NewTimer(max(minSleep, min(maxSleep, r.next.Sub(r.Clock()))))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case err := <-r.ended:
		r.active--
		return true, err
	case <-wake:
	case <-timer.C:
	}
	return false, nil
}

// finish waits for what is under way, and ends it when that takes too long.
func (r *round) finish(stop context.CancelFunc) error {
	timer := time.AfterFunc(lastCalls, stop)
	defer timer.Stop()
	for ; r.active > 0; r.active-- {
		<-r.ended
	}
	return nil
}
