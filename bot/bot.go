// Package bot is the conversation: what people do in Slack comes in through
// Socket Mode, becomes a decision of package hiring, and is answered.
//
// Every envelope from Slack becomes a request; [table] says which handler
// takes it. A handler returns a reply, a value that says what rides on the
// acknowledgement (errors under fields, the next view, an answer only the
// person sees) and what may outlive it. Slack wants the acknowledgement
// within three seconds, so what may take long comes after it. Errors become
// sentences in one place, [Bot.problem].
//
// Whatever is posted later than the direct answer goes through the courier.
package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// Record is where everything is kept.
type Record interface {
	// View runs fn on one consistent moment and returns its error.
	View(ctx context.Context, fn func(hiring.Record) error) error
	// Change decides and writes in one transaction. once names the act: a
	// second time it returns [hiring.ErrRepeated] and writes nothing. An error
	// of decide is returned and nothing is written. decide may run more than
	// once.
	Change(ctx context.Context, once string, now time.Time, decide func(hiring.Record) (hiring.Change, error)) error
}

// People knows who people are in Slack, and who reads what.
type People interface {
	// Learn reads the profiles that are missing in the record or older than a
	// day into it.
	Learn(ctx context.Context, now time.Time, users ...hiring.UserID) error
	// Audience returns who reads a channel, or Slack's error.
	Audience(ctx context.Context, now time.Time, channel hiring.ChannelID) (templates.Audience, error)
}

// Rulebook makes the rules that admins set take effect.
type Rulebook interface {
	// Rules returns those in force.
	Rules() hiring.Rules
	// Check returns what speaks against cron lines.
	Check(hiring.Rules) hiring.FieldErrors
	// Runs returns the next runs of a cron line after now; none of one that
	// cannot be read.
	Runs(spec string, now time.Time) []time.Time
	// Apply makes new rules take effect. Of several sets the last one counts:
	// they come in the order in which they were written.
	Apply(hiring.Rules)
}

// Config is what a [Bot] needs.
type Config struct {
	API       *slack.Client // whose calls keep the pace
	Pace      *Pace
	Record    Record
	House     templates.House // at the start; see [Bot.Use]
	Rulebook  Rulebook        // nil where rules cannot be changed
	Directory People
	Clock     func() time.Time // read once per envelope
	Log       *slog.Logger
	Meter     Meter // nil for none
}

// Bot answers what people do in Slack.
type Bot struct {
	Config
	current atomic.Pointer[templates.House]
	routes  map[routeKey]route
	words   []string // every command word, for suggestions

	running sync.WaitGroup
	lanes   lanes
	slots   chan struct{} // taken by envelopes being handled
	refused chan struct{} // taken by envelopes being told to try again
	revoked chan error    // says that Slack takes the token no more
	stagger time.Duration // between opening two connections
	lines   lines
	said    said
	working ongoing
	ruling  chan struct{} // holds a value while rules are written and take effect

	// opened are the people who have looked at their Home since the start; it
	// is kept current for them.
	opened sync.Map

	// stale are Homes to be rendered anew by keepHomes.
	stale staleHomes

	// homes holds a lock for each group of people, so that the Home published
	// last is the one rendered last.
	homes [16]sync.Mutex
}

// Bounds of what runs at once. Slack sends at most a few envelopes a second
// in a workspace, so a full house is a storm.
const (
	maxRunning = 64
	maxRefused = 64
)

// New returns a bot. It panics when two routes clash: that is a mistake in
// the program, not in what it was given.
func New(c Config) *Bot {
	routes, words := index(table())
	if c.Meter == nil {
		c.Meter = noMeter{}
	}
	b := &Bot{
		Config: c, routes: routes, words: words, lanes: newLanes(),
		slots: make(chan struct{}, maxRunning), refused: make(chan struct{}, maxRefused),
		revoked: make(chan error, 1), stagger: stagger, lines: lines{open: make(map[*socketmode.Client]bool)},
		stale: newStaleHomes(), ruling: make(chan struct{}, 1),
	}
	b.Use(c.House)
	return b
}

// Times of stopping: five seconds in all, less what it takes to close the
// record. What runs gets most of it; then the socket stays open a moment so
// that queued acknowledgements get out (socketmode does not say when it has
// written them). A write that hangs even after that is left behind: it is whole
// on disk or not there, and nobody has been told that it is.
const (
	finishTime = 3 * time.Second
	flushTime  = 250 * time.Millisecond
	leaveTime  = time.Second
)

// tokenTime is how long the check of the token at the start may take.
const tokenTime = 10 * time.Second

// stagger is the pause between opening two connections. Slack refreshes each of
// them now and then, with ten seconds' warning at best; opened apart, they are
// not refreshed together.
const stagger = 15 * time.Second

// heard is an event and the connection that it is to be answered on.
type heard struct {
	line *socketmode.Client
	evt  socketmode.Event
}

// Run connects the lines, one after the other, and answers their envelopes
// until ctx ends, then stops: it finishes what runs, at most three seconds,
// and lets acknowledgements out. It returns nil after that, or an error that
// trying again does not heal, such as a token that was revoked.
func (b *Bot) Run(ctx context.Context, lines ...*socketmode.Client) error {
	if err := b.checkToken(ctx); err != nil {
		return err
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ended, events := make(chan error, len(lines)), make(chan heard)
	var open sync.WaitGroup
	for i, line := range lines {
		open.Go(func() {
			if pause(work, time.Duration(i)*b.stagger) {
				ended <- b.keepOpen(work, line)
			}
		})
		open.Go(func() { forward(work, line, events) })
	}
	open.Go(func() { b.keepHomes(work) })
	err := b.listen(ctx, work, events, ended)
	if err == nil {
		b.finish(work, events)
	}
	stop()
	b.leave(&open) // the sockets are closed
	return err
}

// leave waits a moment for what runs and for the lines, which have been told
// to end.
func (b *Bot) leave(open *sync.WaitGroup) {
	ended := make(chan struct{})
	go func() { b.running.Wait(); open.Wait(); close(ended) }()
	limit := time.NewTimer(leaveTime)
	defer limit.Stop()
	select {
	case <-ended:
	case <-limit.C:
		b.Log.Error("stopped although something hangs")
	}
}

// pause waits; false when ctx ended meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// forward hands a line's events on.
func forward(ctx context.Context, line *socketmode.Client, events chan<- heard) {
	for {
		select {
		case evt := <-line.Events:
			select {
			case events <- heard{line, evt}:
			case <-ctx.Done():
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// listen takes envelopes until ctx ends or a connection is beyond healing.
func (b *Bot) listen(ctx, work context.Context, events <-chan heard, ended <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-ended:
			return fmt.Errorf("connecting to Slack: %w", explain(err))
		case err := <-b.revoked:
			return fmt.Errorf("calling Slack: %w", err)
		case h := <-events:
			if ctx.Err() != nil { // both were ready
				b.refuse(work, h.line, h.evt)
				return nil
			}
			if err := b.take(work, h.line, h.evt); err != nil {
				return fmt.Errorf("connecting to Slack: %w", err)
			}
		}
	}
}

// finish waits for what runs, refusing what still comes in, and then lets the
// queued acknowledgements out.
func (b *Bot) finish(work context.Context, events <-chan heard) {
	done := make(chan struct{})
	go func() { b.running.Wait(); close(done) }()
	limit, cancel := context.WithTimeout(work, finishTime)
	defer cancel()
	for waiting := true; waiting; {
		select {
		case <-done:
			waiting = false
		case <-limit.Done():
			b.Log.Warn("stopping although requests are still running")
			waiting = false
		case h := <-events:
			b.refuse(work, h.line, h.evt)
		}
	}
	flush, cancel := context.WithTimeout(work, flushTime)
	defer cancel()
	<-flush.Done()
}

// act decides and writes something for the person who asked.
func (b *Bot) act(ctx context.Context, req *request, decide func(hiring.Act) (hiring.Change, error)) error {
	err := b.Record.Change(ctx, req.once, req.now, func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person(req.user)
		if err != nil {
			return hiring.Change{}, fmt.Errorf("person %s: %w", req.user, err)
		}
		change, err := decide(hiring.Act{Settings: b.house().Settings, Record: r, By: p, Now: req.now})
		req.touched, change.Said = touched(change), req.said
		return change, err
	})
	req.written = err == nil
	if errors.Is(err, hiring.ErrRepeated) {
		return b.repeated(ctx, req)
	}
	return err
}

// touched returns whose Home a change concerns: who owes or is told something
// by it.
func touched(c hiring.Change) []hiring.UserID {
	people := map[hiring.UserID]bool{}
	for _, o := range c.Owe {
		people[o.Person()] = true
	}
	for _, s := range c.Settled {
		people[s.Person] = true
	}
	for _, n := range c.Notices {
		people[n.User] = true
	}
	delete(people, "")
	return slices.Sorted(maps.Keys(people))
}

// house is the house under the rules of now.
func (b *Bot) house() *templates.House { return b.current.Load() }

// Use lets the house's rules be others from now on.
func (b *Bot) Use(h templates.House) { b.current.Store(&h) }

// role returns a role that the person may see.
func (b *Bot) role(r hiring.Record, req *request, id hiring.RoleID) (hiring.Role, error) {
	role, err := r.Role(id)
	if err != nil {
		return hiring.Role{}, err
	}
	if !b.house().Settings.MaySee(role, req.person) {
		return hiring.Role{}, hiring.Errorf("Only the owners of %v, its interviewers and admins may see that. Its hiring manager is %v, its recruiter %v.", id, role.HiringManager, role.Recruiter)
	}
	return role, nil
}

// known returns the role of a candidate whom the person may know.
func (b *Bot) known(r hiring.Record, req *request, c hiring.Candidate) (hiring.Role, error) {
	role, err := r.Role(c.Role)
	if err != nil {
		return hiring.Role{}, err
	}
	on, err := r.FeedbackOn(c.ID)
	if err == nil && !b.house().Settings.May(hiring.KnowCandidate, req.person, hiring.About{Role: role, Candidate: c, Feedback: on}) {
		return b.role(r, req, c.Role)
	}
	return role, err
}

// ownRole returns a role that the person may act for.
func (b *Bot) ownRole(r hiring.Record, req *request, id hiring.RoleID) (hiring.Role, error) {
	role, err := r.Role(id)
	if err != nil {
		return hiring.Role{}, err
	}
	if !b.house().Settings.MayOwn(role, req.person) {
		return hiring.Role{}, hiring.Errorf("Only the owners of %v and admins may do that. Its hiring manager is %v, its recruiter %v.", id, role.HiringManager, role.Recruiter)
	}
	return role, nil
}

// home returns the lock of the person's Home.
func (b *Bot) home(u hiring.UserID) *sync.Mutex {
	h := fnv.New32a()
	_, _ = h.Write([]byte(u)) // never fails
	return &b.homes[h.Sum32()%uint32(len(b.homes))]
}

// checkToken fails when Slack refuses the bot token for good. A Slack that
// cannot be reached is no reason not to start.
func (b *Bot) checkToken(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, tokenTime)
	defer cancel()
	_, err := b.API.AuthTestContext(ctx)
	if fatal := hopeless(err); fatal != nil {
		return fmt.Errorf("checking the bot token: %w", fatal)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		b.Log.Warn("Slack did not answer; going on", "error", cause(err))
	}
	return nil
}
