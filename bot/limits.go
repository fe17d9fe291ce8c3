package bot

import (
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/samsvar/samsvar/hiring"
)

// Methods of Slack's API whose calls are waited with.
const (
	postMessage      = "chat.postMessage"
	updateMessage    = "chat.update"
	channelInfo      = "conversations.info"
	channelHistory   = "conversations.history"
	openConversation = "conversations.open"
	dndInfo          = "dnd.info"
	userInfo         = "users.info"
	addPin           = "pins.add"
	publishView      = "views.publish"
)

// tiers are the calls a minute that Slack allows in a workspace (docs.slack.dev,
// rate limits). Posting is said to be limited to several hundred; this is a
// careful reading of it.
var tiers = map[string]int{
	postMessage: 300, updateMessage: 50, channelInfo: 50, channelHistory: 50, "conversations.replies": 50, openConversation: 50,
	dndInfo: 50, userInfo: 100, addPin: 20, publishView: 100, "views.open": 100, "views.push": 100, "views.update": 100,
	"files.getUploadURLExternal": 100, "files.completeUploadExternal": 100,
}

// burst is how many calls of a tier may follow each other at once. The rest of
// the minute's calls are spread over it, so that no minute has more than the
// tier.
func burst(perMinute int) int { return max(1, min(5, perMinute/10)) }

// keptFor is how many of the calls that may follow each other are kept for
// people: they wait for an answer, all else can wait.
func keptFor(burst int) int { return min(2, burst-1) }

// learnedFor is how long a limit lower than a tier's is believed, after Slack
// has said no.
const learnedFor = time.Hour

// allowance is what a method may still be called.
type allowance struct {
	perMinute int // of its tier
	allowed   int // calls a minute at the moment
	calls     *rate.Limiter
	made      []time.Time // in the last minute, the newest of them
	until     time.Time   // when Slack wants it called next
	learned   time.Time   // when Slack last said no; zero when the tier holds
}

func newAllowance(perMinute int) *allowance {
	a := &allowance{perMinute: perMinute}
	a.allow(perMinute)
	return a
}

// allow lets so many calls a minute be made.
func (a *allowance) allow(perMinute int) {
	a.allowed = perMinute
	b := burst(perMinute)
	a.calls = rate.NewLimiter(rate.Limit(max(1, perMinute-b))/60, b)
}

// next returns when the method may be called next by what can wait; zero for
// now.
func (a *allowance) next(now time.Time) time.Time {
	a.calls.ReserveN(now, 0) // after the clock was set back, the bucket is filled from here
	if !a.learned.IsZero() && (now.Sub(a.learned) > learnedFor || a.learned.After(now)) {
		a.learned = time.Time{}
		a.allow(a.perMinute)
	}
	if until := ahead(a.until, now, maxPause); !until.IsZero() {
		return until
	}
	missing := 1 + float64(keptFor(a.calls.Burst())) - a.calls.TokensAt(now)
	if missing <= 0 {
		return time.Time{}
	}
	return now.Add(time.Duration(missing / float64(a.calls.Limit()) * float64(time.Second)))
}

// left returns how many calls may be made at once, and when the next may be
// when none is left.
func (a *allowance) left(now time.Time) (int, time.Time) {
	if next := a.next(now); !next.IsZero() {
		return 0, next
	}
	return int(a.calls.TokensAt(now)) - keptFor(a.calls.Burst()), time.Time{}
}

// call counts a call. One that nobody asked for leave has the next ones wait
// longer, a minute at most.
func (a *allowance) call(now time.Time) {
	if a.calls.TokensAt(now) > -float64(a.allowed) {
		a.calls.ReserveN(now, 1)
	}
	if a.made = append(a.lately(now), now); len(a.made) > a.perMinute+1 { // more than the tier teaches nothing
		a.made = a.made[1:]
	}
}

func (a *allowance) lately(now time.Time) []time.Time {
	return slices.DeleteFunc(a.made, func(t time.Time) bool { return now.Sub(t) >= time.Minute || t.After(now) })
}

// refuse notes that Slack said no for a while. For an hour, no more calls a
// minute are made than it has just taken, but for half of what was allowed
// before: its reason may lie elsewhere. Calls that were under way when Slack
// said so teach nothing new.
func (a *allowance) refuse(now time.Time, pause time.Duration) {
	if !ahead(a.until, now, maxPause).IsZero() {
		return
	}
	a.made = a.lately(now)
	a.until, a.learned = now.Add(pause), now
	taken := len(a.made) - 1 // the last was refused
	if fewer := max(1, taken, a.allowed/2); fewer < a.allowed {
		a.allow(fewer)
		a.calls.AllowN(now, a.calls.Burst())
	}
}

// maxPause is the longest that Slack is left alone because it said so. Its own
// limits count calls a minute; who asks for more, such as a proxy on the way, is
// asked again once an hour, so that no odd word silences Samsvar for days.
const maxPause = time.Hour

// bounded returns how long a pause is kept that Slack asks for.
func bounded(pause time.Duration) time.Duration { return min(max(pause, firstWait), maxPause) }

// limits keep what goes to Slack within its limits: of a conversation, of a
// method in the workspace, and of a Slack that does not answer. They are for
// several goroutines at once.
type limits struct {
	mu      sync.Mutex
	methods map[string]*allowance
	busy    map[hiring.Conversation]bool // something is being sent there
	// spoken and limited hold when a message may be posted to a conversation
	// next, because of our own pace and because Slack said so.
	spoken, limited map[hiring.Conversation]time.Time
	silent          time.Time // until when Slack is left alone because it did not answer
	unanswered      int       // how often in a row it did not
}

func newLimits() *limits {
	l := &limits{
		methods: make(map[string]*allowance), busy: make(map[hiring.Conversation]bool),
		spoken: make(map[hiring.Conversation]time.Time), limited: make(map[hiring.Conversation]time.Time),
	}
	for method, perMinute := range tiers {
		l.methods[method] = newAllowance(perMinute)
	}
	return l
}

// take reserves a conversation and a call of each method, all or nothing.
// Otherwise next is when to ask again: zero when it is when the conversation is
// free.
func (l *limits) take(now time.Time, to hiring.Conversation, methods ...string) (taken bool, next time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy[to] {
		return false, time.Time{}
	}
	wait := func(until time.Time) {
		if until.After(next) {
			next = until
		}
	}
	wait(ahead(l.silent, now, maxRetry))
	if slices.Contains(methods, postMessage) {
		wait(ahead(l.limited[to], now, maxPause))
		wait(ahead(l.spoken[to], now, pace))
	}
	for _, m := range methods {
		wait(l.methods[m].next(now))
	}
	if !next.IsZero() {
		return false, next
	}
	for _, m := range methods {
		l.methods[m].call(now)
	}
	l.busy[to] = true
	return true, time.Time{}
}

// try takes a call of a method if there is one; otherwise next is when to ask
// again.
func (l *limits) try(now time.Time, method string) (taken bool, next time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.methods[method]
	if next = a.next(now); next.IsZero() {
		a.call(now)
	}
	return next.IsZero(), next
}

// spend counts a call that was made without asking; one of a method without a
// limit is not counted.
func (l *limits) spend(now time.Time, method string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a := l.methods[method]; a != nil {
		a.call(now)
	}
}

// tooMany notes that Slack wants a method called again only after a pause. Of
// messages that is not known: see refused.
func (l *limits) tooMany(now time.Time, method string, pause time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a := l.methods[method]; a != nil && method != postMessage {
		a.refuse(now, pause)
	}
}

// left returns how many calls of a method may be made at once, and when the
// next may be when none is left.
func (l *limits) left(now time.Time, method string) (int, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.methods[method].left(now)
}

// free gives a conversation back.
func (l *limits) free(to hiring.Conversation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.busy, to)
}

// posted notes that a message arrived.
func (l *limits) posted(now time.Time, to hiring.Conversation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.spoken[to] = now.Add(pace)
}

// answered notes that Slack answers.
func (l *limits) answered() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unanswered = 0
}

// answers says whether Slack answered what was asked last.
func (l *limits) answers() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.unanswered == 0
}

// refused notes that Slack wants a call made again only after a pause. Of a
// message, it does not say whether the conversation has too many or the
// workspace: it is the conversation, unless others have too many at the same
// time. All other methods are limited in the workspace, each by itself: a limit
// on edits holds up no message.
func (l *limits) refused(now time.Time, method string, to hiring.Conversation, pause time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.unanswered = 0
	all := method != postMessage
	for other, until := range l.limited {
		all = all || other != to && until.After(now)
	}
	if all {
		l.methods[method].refuse(now, pause)
	}
	if method == postMessage {
		l.limited[to] = now.Add(pause)
	}
}

// leaveAlone has nothing sent for a while after Slack did not answer: for one
// second, and twice as long each time it happens again. It returns until when.
func (l *limits) leaveAlone(now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !now.Before(l.silent) || ahead(l.silent, now, maxRetry).IsZero() {
		l.silent = now.Add(grown(l.unanswered))
		l.unanswered++
	}
	return l.silent
}

// hushed returns until when Slack is left alone; zero when it is not.
func (l *limits) hushed(now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return ahead(l.silent, now, maxRetry)
}

// held returns until when Slack wants no message posted to a conversation; zero
// when it may be.
func (l *limits) held(now time.Time, to hiring.Conversation) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return ahead(l.limited[to], now, maxPause)
}

// atOnce returns how much may be under way at once: one thing while it is not
// known whether Slack answers.
func (l *limits) atOnce() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.unanswered > 0 {
		return 1
	}
	return maxAtOnce
}

// forget drops what has passed, so that the maps stay small.
func (l *limits) forget(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range []map[hiring.Conversation]time.Time{l.spoken, l.limited} {
		for to, until := range m {
			if !now.Before(until) {
				delete(m, to)
			}
		}
	}
}

// ahead returns until when it lies ahead, and zero otherwise. Further ahead
// than it can have been set means that the clock was set back.
func ahead(until, now time.Time, most time.Duration) time.Time {
	if wait := until.Sub(now); wait <= 0 || wait > most {
		return time.Time{}
	}
	return until
}

// grown returns the pause after so many tries that failed.
func grown(tries int) time.Duration { return min(maxRetry, firstWait<<min(tries, 10)) }
