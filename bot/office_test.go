package bot_test

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/samsvar/samsvar/bot"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// The people of the tests.
const (
	kari   = "UKARI"   // hiring manager
	ola    = "UOLA"    // recruiter
	ingrid = "UINGRID" // interviewer
	jonas  = "UJONAS"  // nobody in particular
	guest  = "UGUEST"
	robot  = "UROBOT"
	admin  = "UADMIN"
)

var oslo = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err)
	}
	return zone
}()

func settings() hiring.Settings {
	var days [7]bool
	for d := time.Monday; d <= time.Friday; d++ {
		days[d] = true
	}
	return hiring.Settings{
		Zone: oslo, Country: "NO", Locale: hiring.English, WorkDays: days, WorkFrom: 8 * time.Hour, WorkTo: 16 * time.Hour,
		Promises: hiring.DefaultPromises(), Ladder: hiring.DefaultLadder(), Interviewing: hiring.DefaultInterviewing(), Admins: []hiring.UserID{admin},
	}
}

// office is a bot at work in a workspace, with a real record.
type office struct {
	*workspace
	record *store.Store
	cancel context.CancelFunc
	ended  chan error
	log    *syncBuffer
	once   sync.Once
	now    time.Time
	meter  refusals
}

// refusals is a [bot.Meter] that counts the requests turned away by kind, and
// nothing else.
type refusals struct {
	mu sync.Mutex
	of map[string]int
}

func (r *refusals) Taken() func(string) { return func(string) {} }
func (r *refusals) Failed(string)       {}
func (r *refusals) Connected(int)       {}
func (r *refusals) NotConnected()       {}

func (r *refusals) Refused(kind string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.of[kind]++
}

// counted returns how many of each kind were turned away.
func (r *refusals) counted() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.of)
}

// newOffice starts a bot on Monday 23 November 2026, 09:00 in Oslo.
func newOffice(t *testing.T) *office {
	return newOfficeWith(t, func(r bot.Record) bot.Record { return r })
}

func newOfficeWith(t *testing.T, wrap func(bot.Record) bot.Record) *office {
	t.Helper()
	return newOfficeBy(t, func(c *bot.Config) { c.Record = wrap(c.Record) })
}

// newOfficeBy starts a bot that is put together otherwise.
func newOfficeBy(t *testing.T, otherwise func(*bot.Config)) *office {
	t.Helper()
	record, err := store.Open(filepath.Join(t.TempDir(), "samsvar.db"), store.Options{Settings: settings()})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{
		workspace: newWorkspace(t), record: record, log: &syncBuffer{},
		ended: make(chan error, 1), now: time.Date(2026, 11, 23, 9, 0, 0, 0, oslo).UTC(), meter: refusals{of: make(map[string]int)},
	}
	t.Cleanup(func() {
		if wrong, err := record.Recount(context.Background()); err != nil || len(wrong) > 0 {
			t.Errorf("what is counted is not what the events add up to: %+v, %v", wrong, err)
		}
		_ = record.Close()
	})
	pace := bot.NewPace(http.DefaultTransport, time.Now)
	api := slack.New("xoxb-test", slack.OptionAppLevelToken("xapp-test"), slack.OptionAPIURL(o.server.URL+"/api/"), slack.OptionHTTPClient(pace.Client()))
	config := bot.Config{
		API: api, Pace: pace, Record: record, House: templates.House{Command: "/hire", Settings: settings()}, Directory: profiles{record}, Clock: o.clock,
		Log: slog.New(slog.NewTextHandler(o.log, nil)), Meter: &o.meter,
	}
	otherwise(&config)
	b := bot.New(config)
	ctx, cancel := context.WithCancel(t.Context())
	o.cancel = cancel
	go func() { o.ended <- b.Run(ctx, socketmode.New(api)) }()
	t.Cleanup(func() { o.stop() })
	select {
	case <-o.online:
	case err := <-o.ended:
		t.Fatalf("the bot stopped: %v", err)
	case <-time.After(patience):
		t.Fatal("the bot did not connect")
	}
	return o
}

// stop ends the bot and waits for it.
func (o *office) stop() {
	o.once.Do(func() {
		o.cancel()
		if err := stopped(o.t, o.ended); err != nil {
			o.t.Errorf("the bot stopped with %v", err)
		}
	})
}

func (o *office) clock() time.Time { return o.now }

// read looks into the record.
func (o *office) read(fn func(hiring.Record) error) {
	o.t.Helper()
	if err := o.record.View(o.t.Context(), fn); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) roles() (roles []hiring.Role) {
	o.t.Helper()
	o.read(func(r hiring.Record) (err error) {
		roles, err = r.AllRoles()
		return err
	})
	return roles
}

func (o *office) candidate(id hiring.CandidateID) (c hiring.Candidate) {
	o.t.Helper()
	o.read(func(r hiring.Record) (err error) {
		c, err = r.Candidate(id)
		return err
	})
	return c
}

// meet makes the bot know people.
func (o *office) meet(users ...hiring.UserID) {
	o.t.Helper()
	if err := (profiles{o.record}).Learn(o.t.Context(), o.clock(), users...); err != nil {
		o.t.Fatal(err)
	}
}

// act does something to the record behind Slack's back.
func (o *office) act(user string, decide func(hiring.Act) (hiring.Change, error)) {
	o.t.Helper()
	o.meet(hiring.UserID(user))
	err := o.record.Change(o.t.Context(), "test/"+o.trigger(), o.clock(), func(r hiring.Record) (hiring.Change, error) {
		p, err := r.Person(hiring.UserID(user))
		if err != nil {
			return hiring.Change{}, err
		}
		return decide(hiring.Act{Settings: settings(), Record: r, By: p, Now: o.clock()})
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// openRole proposes a role by Kari and has Ola sign it.
func (o *office) openRole() {
	o.t.Helper()
	o.propose()
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Sign(1, 1)
		return c, err
	})
}

// propose proposes a role by Kari.
func (o *office) propose() {
	o.t.Helper()
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Channel: "CBACKEND", Terms: hiring.Terms{
			Title: "Backend developer", Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
			Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
			MustHaves:  hiring.MustHaves("Go", "SQL"),
			Interviews: []hiring.Stage{{ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{ingrid}}},
		}})
		return c, err
	})
}

// addCandidate adds a candidate of Ola's to R-1.
func (o *office) addCandidate(name string) (id hiring.CandidateID) {
	o.t.Helper()
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		c, change, err := a.AddCandidate(1, hiring.Applicant{Name: name, Source: hiring.Referral})
		id = c.ID
		return change, err
	})
	return id
}

// interviewed moves a candidate to an interview that was over an hour ago.
func (o *office) interviewed(id hiring.CandidateID) {
	o.t.Helper()
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(id, "interview-1", hiring.Interview{Start: a.Now.Add(-2 * time.Hour), Length: time.Hour})
		return c, err
	})
}

// profiles is a directory in which everybody has a profile.
type profiles struct{ record *store.Store }

func (p profiles) Audience(context.Context, time.Time, hiring.ChannelID) (templates.Audience, error) {
	return templates.PublicChannel, nil
}

func (p profiles) Learn(ctx context.Context, now time.Time, users ...hiring.UserID) error {
	for _, u := range users {
		err := p.record.Change(ctx, "learn/"+string(u)+now.String(), now, func(r hiring.Record) (hiring.Change, error) {
			known, err := r.Person(u)
			known.ID, known.Name, known.Zone, known.ReadAt = u, "Person "+string(u), "Europe/Oslo", now
			known.Guest, known.Bot = u == guest, u == robot
			return hiring.Change{People: []hiring.Person{known}}, err
		})
		if err != nil && err != hiring.ErrRepeated {
			return err
		}
	}
	return nil
}

// syncBuffer is a log that can be read while it is written.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
