package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// backend is the channel of R-1.
const backend = "CBACKEND"

// postOffice is a courier between a record and a Slack in a box, with a clock
// that is moved by hand.
type postOffice struct {
	*testing.T
	slack     *slacksim.Slack
	wire      *wire
	record    *store.Store
	directory *bot.Directory
	courier   *bot.Courier
	log       *syncBuffer

	mu   sync.Mutex
	now  time.Time        // written by the test only
	tick func() time.Time // in place of now, when set
}

// newPostOffice opens on Monday 23 November 2026, 09:00 in Oslo, with R-1
// agreed by Kari and Ola and everything about it delivered.
func newPostOffice(t *testing.T, o slacksim.Options) *postOffice {
	t.Helper()
	p := &postOffice{T: t, log: &syncBuffer{}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, oslo).UTC()}
	o.Clock = p.clock
	var err error
	p.slack, err = slacksim.Start(o)
	p.check(err)
	t.Cleanup(func() { _ = p.slack.Close() })
	p.record, err = store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: hiring.Settings{Zone: oslo}})
	p.check(err)
	t.Cleanup(func() {
		if err := p.record.Check(context.Background()); err != nil {
			t.Error(err)
		}
		_ = p.record.Close()
	})
	for id, name := range map[string]string{kari: "Kari Solberg", ola: "Ola Nordmann", ingrid: "Ingrid Vik", jonas: "Jonas Berg"} {
		p.slack.AddUser(slacksim.User{ID: id, Name: strings.ToLower(id), RealName: name, TZ: "Europe/Oslo"})
	}
	p.slack.AddChannel(slacksim.Channel{ID: backend, Name: "backend", Members: []string{kari, ola}, BotIsMember: true})
	p.wire = &wire{next: http.DefaultTransport}
	p.restart()
	p.check(p.directory.Learn(t.Context(), p.now, kari, ola, ingrid, jonas))
	p.openRole()
	p.deliver()
	return p
}

// restart replaces the courier, as a start of the program does.
func (p *postOffice) restart() { p.restartOn(p.clock) }

func (p *postOffice) restartOn(clock func() time.Time) {
	pace := bot.NewPace(p.wire, clock)
	api := slack.New(p.slack.BotToken(), slack.OptionAPIURL(p.slack.APIURL()), slack.OptionHTTPClient(&http.Client{Transport: pace}))
	p.directory = bot.NewDirectory(api, p.record)
	p.courier = bot.NewCourier(bot.CourierConfig{
		API: api, Pace: pace, Record: p.record, Outbox: p.record, House: templates.House{Command: "/hire", Settings: settings()},
		Directory: p.directory, Clock: clock, Log: slog.New(slog.NewTextHandler(p.log, nil)),
	})
}

// clock is read by the Slack in a box, too, even after it lost a reply.
func (p *postOffice) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tick != nil {
		return p.tick()
	}
	return p.now
}

// onTheClock lets Slack go by another clock.
func (p *postOffice) onTheClock(tick func() time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tick = tick
}

// move moves the clock forward.
func (p *postOffice) move(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = p.now.Add(d)
}

func (p *postOffice) check(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

// deliver does what is due now; after moves the clock first.
func (p *postOffice) deliver() {
	p.Helper()
	p.check(p.courier.Deliver(p.Context()))
}

func (p *postOffice) after(d time.Duration) {
	p.Helper()
	p.move(d)
	p.deliver()
}

func (p *postOffice) act(user hiring.UserID, decide func(hiring.Act) (hiring.Change, error)) {
	p.Helper()
	p.check(p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
		by, err := r.Person(user)
		if err != nil {
			return hiring.Change{}, err
		}
		return decide(hiring.Act{Settings: settings(), Record: r, By: by, Now: p.now})
	}))
}

func (p *postOffice) openRole() {
	p.Helper()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: backend, Terms: hiring.Terms{
			Title: "Backend developer", Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
			Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
			MustHaves:  hiring.MustHaves("Go", "SQL"),
			Interviews: []hiring.Stage{{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{ingrid}}},
		}})
		return c, err
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Sign(1, 1); return c, err })
}

// interview adds a candidate and has Ingrid owe feedback on them.
func (p *postOffice) interview() {
	p.Helper()
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
		return c, err
	})
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(1, "interview-1", hiring.Interview{Start: a.Now.Add(-2 * time.Hour), Length: time.Hour})
		return c, err
	})
}

// queue puts notices about R-1 into the outbox.
func (p *postOffice) queue(notices ...hiring.Notice) {
	p.Helper()
	for i := range notices {
		notices[i].CreatedAt, notices[i].NotBefore = p.now, p.now
		if notices[i].Subjects == nil {
			notices[i].Subjects = []hiring.Subject{hiring.RoleSubject(1)}
		}
	}
	p.check(p.record.Change(p.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Notices: notices}, nil
	}))
}

// The notices of the tests: all have something to say about R-1.
func toChannel() hiring.Notice { return hiring.Notice{Kind: hiring.TellBrief, Channel: backend} }
func toUser(u hiring.UserID) hiring.Notice {
	return hiring.Notice{Kind: hiring.TellAgreed, User: u}
}

func nudge() hiring.Notice {
	key := hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}
	return hiring.Notice{Kind: hiring.Nudge, User: ingrid, Step: 1, Subjects: []hiring.Subject{hiring.FeedbackSubject(1, key)}}
}

func digest() hiring.Notice {
	week := hiring.WeekOf(time.Date(2026, 11, 23, 9, 0, 0, 0, oslo), oslo)
	return hiring.Notice{Kind: hiring.Digest, Channel: backend, Subjects: []hiring.Subject{hiring.DigestSubject(1, week)}}
}

// in returns what stands in a conversation: a channel, or a person's direct
// messages.
func (p *postOffice) in(where string) []slacksim.Message {
	if where[0] == 'U' {
		return p.slack.Person(where).Messages(p.slack.Person(where).DM())
	}
	return p.slack.Person(kari).Messages(where)
}

// newest returns the last message of a conversation.
func (p *postOffice) newest(where string) slacksim.Message {
	p.Helper()
	all := p.in(where)
	if len(all) == 0 {
		p.Fatalf("nothing stands in %s", where)
	}
	return all[len(all)-1]
}

// count returns how many calls of a method Slack got so far.
func (p *postOffice) count(method string) (n int) {
	for _, c := range p.slack.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// left returns how many notices wait or are being sent, but for the look back
// that every agreed role has ahead.
func (p *postOffice) left() int {
	p.Helper()
	queued, err := p.record.Queued(p.Context(), p.now.Add(1000*time.Hour), 1000)
	p.check(err)
	sending, err := p.record.Unsettled(p.Context())
	p.check(err)
	queued = slices.DeleteFunc(queued, func(n hiring.Notice) bool { return n.Kind == hiring.LookBack && n.NotBefore.After(p.now) })
	return len(queued) + len(sending)
}

// done complains when anything waits.
func (p *postOffice) done() {
	p.Helper()
	if n := p.left(); n != 0 {
		p.Errorf("%d notices are left\n%s", n, p.log)
	}
}

// grew complains unless n messages came into a conversation since before.
func (p *postOffice) grew(where string, before, n int) {
	p.Helper()
	if got := len(p.in(where)) - before; got != n {
		p.Errorf("%d messages came into %s, want %d\n%s", got, where, n, p.log)
	}
}

// wire is the line to Slack. It answers methods itself when told to.
type wire struct {
	next http.RoundTripper

	mu   sync.Mutex
	says map[string][]string // method → answers, one for each call
	sent []sent
}

// sent is one call that went over the wire.
type sent struct {
	method, channel, thread string
	at                      time.Time
	request                 *http.Request
}

// say answers the next calls of a method in place of Slack: with {"ok":false}
// and a word, or with what begins with a brace.
func (w *wire) say(method string, answers ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.says == nil {
		w.says = map[string][]string{}
	}
	for _, a := range answers {
		if a[0] != '{' {
			a = `{"ok":false,"error":"` + a + `"}`
		}
		w.says[method] = append(w.says[method], a)
	}
}

// RoundTrip implements [http.RoundTripper].
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	method := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	form := r.Clone(r.Context())
	form.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.sent = append(w.sent, sent{method, form.FormValue("channel"), form.FormValue("thread_ts"), time.Now(), r})
	answers := w.says[method]
	if len(answers) > 0 {
		w.says[method] = answers[1:]
	}
	w.mu.Unlock()
	if len(answers) == 0 {
		return w.next.RoundTrip(r)
	}
	return answer(answers[0]), nil
}

func answer(body string) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// inBubble replaces the courier by one for a bubble of synctest, whose clock
// starts at the office's time.
func (p *postOffice) inBubble() {
	start := time.Now()
	p.restartOn(func() time.Time { return p.now.Add(time.Since(start)) })
	c := p.courier.CourierConfig
	c.Outbox = quiet{p.record, make(chan struct{})}
	p.courier = bot.NewCourier(c)
}

// run runs the courier for a while of the bubble's clock.
func (p *postOffice) run(t *testing.T, d time.Duration) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.courier.Run(ctx) }()
	time.Sleep(d)
	synctest.Wait()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// quiet is an outbox that wakes nobody: the store's own channel is from
// outside of the bubble.
type quiet struct {
	*store.Store
	wake chan struct{}
}

// Wake implements [bot.Outbox].
func (q quiet) Wake() <-chan struct{} { return q.wake }

// yes is a Slack without a socket that takes everything and keeps nothing.
type yes struct{}

// RoundTrip implements [http.RoundTripper].
func (yes) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "conversations.") {
		return answer(`{"ok":true,"channel":{"id":"D1"},"messages":[],"has_more":false}`), nil
	}
	return answer(`{"ok":true,"channel":"D1","ts":"1.000001"}`), nil
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements [http.RoundTripper].
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// noticeMessage is the message of a notice as Slack's history tells it.
func noticeMessage(id hiring.NoticeID) string {
	return fmt.Sprintf(`{"ts":"1.000001","metadata":{"event_type":"samsvar_notice","event_payload":{"notice":"%d"}}}`, id)
}
