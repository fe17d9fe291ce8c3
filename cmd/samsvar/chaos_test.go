package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

var (
	chaosKills = flag.Int("chaos.kills", 6, "how often TestChaos ends samsvar")
	chaosSeed  = flag.Uint64("chaos.seed", 0, "what TestChaos draws its bad days from; 0 for another each time")
)

// killsARound is after how many ends everything is let calm down and compared.
const killsARound = 10

// TestChaos runs the real process against a Slack on bad days: it is killed at
// any instant, its disk fills up, its clock jumps, Slack fails, forgets, is
// slow and delivers twice, while people work. After each round what Slack saw
// is compared with what the record says people were owed.
//
// The seed draws what goes wrong and what people do; the order in which the
// threads of two processes meet it cannot set.
func TestChaos(t *testing.T) {
	seed := *chaosSeed
	if seed == 0 {
		seed = rand.Uint64N(1_000_000)
	}
	t.Logf("to replay it: go test ./cmd/samsvar -run TestChaos -chaos.kills %d -chaos.seed %d", *chaosKills, seed)
	c := newChaos(t, seed)
	for left := *chaosKills; left > 0 && !t.Failed(); left -= killsARound {
		c.round(min(left, killsARound))
		c.compare()
		t.Logf("%d lives, %d messages", c.lives, len(c.posted()))
	}
	t.Logf("%d lives, %d messages; %v", c.lives, len(c.posted()), c.deeds.tally())
	if t.Failed() {
		t.Logf("the seed is %d; the record is kept in %s; samsvar's last words:\n%s", seed, c.keep(), c.log)
	}
}

// chaos is a workspace on bad days.
type chaos struct {
	t     *testing.T
	slack *slacksim.Slack
	clock *chaosClock
	log   *chaosLog
	seed  uint64
	rand  *rand.Rand // of the ends; everybody else has their own
	db    string

	settings hiring.Settings // samsvar's
	teams    []chaosTeam
	staff    []*actor
	deeds    deeds
	lives    int
	pid      atomic.Int64 // of the process that runs; 0 while none does
}

// Two mornings before a weekend on which the clocks change.
var chaosStarts = []time.Time{
	time.Date(2026, 10, 23, 7, 0, 0, 0, time.UTC), // back, on the Sunday
	time.Date(2027, 3, 24, 8, 0, 0, 0, time.UTC),  // forth, over Easter
}

func newChaos(t *testing.T, seed uint64) *chaos {
	t.Helper()
	draw := rand.New(rand.NewPCG(seed, 0))
	c := &chaos{t: t, seed: seed, rand: draw, db: filepath.Join(t.TempDir(), "samsvar.db")}
	c.clock = newChaosClock(t, chaosStarts[draw.IntN(len(chaosStarts))])
	c.log = &chaosLog{kinds: make(map[uint64]hiring.NoticeKind), settled: make(map[uint64]bool), said: make(map[uint64]bool), wrote: make(chan struct{}, 1)}
	c.slack = house(t, slacksim.Options{
		Clock: c.clock.now, AckTime: 2 * time.Second, PingTime: 2 * time.Second, Grace: time.Second,
		Retries: []time.Duration{0, time.Second, 3 * time.Second},
	}, map[string]string{"SAMSVAR_DB": c.db, "SAMSVAR_HTTP_ADDR": "127.0.0.1:0", "SAMSVAR_LOG_LEVEL": "debug", "SAMSVAR_ADMINS": tone})
	c.settings = settingsOf(t)
	for n := range chaosTeams {
		team := newChaosTeam(c.slack, n+1)
		c.teams = append(c.teams, team)
		added := make(chan hiring.CandidateID, 100)
		for i, id := range team.people() {
			c.staff = append(c.staff, &actor{
				Person: c.slack.Person(id), c: c, team: team, rand: rand.New(rand.NewPCG(seed, uint64(100+10*n+i))), begun: make(map[string]bool), added: added,
			})
		}
	}
	c.openRoles()
	t.Cleanup(func() {
		if running, err := os.FindProcess(int(c.pid.Load())); err == nil && running.Pid != 0 {
			_ = running.Kill()
		}
	})
	return c
}

// openRoles writes down the roles that people work on.
func (c *chaos) openRoles() {
	s, err := store.Open(c.db, store.Options{Settings: c.settings})
	if err != nil {
		c.t.Fatal(err)
	}
	defer s.Close()
	for _, team := range c.teams {
		for _, who := range []string{team.manager, team.recruiter} {
			now := c.clock.now().UTC()
			err := s.Change(c.t.Context(), "", now, func(r hiring.Record) (change hiring.Change, err error) {
				a := hiring.Act{Settings: c.settings, Record: r, By: hiring.Person{ID: hiring.UserID(who)}, Now: now}
				if who == team.manager {
					_, change, err = a.ProposeRole(team.draft())
				} else {
					_, change, err = a.Sign(team.role, 1)
				}
				return change, err
			})
			if err != nil {
				c.t.Fatal(err)
			}
		}
	}
}

func (t chaosTeam) draft() hiring.Draft {
	return hiring.Draft{
		HiringManager: hiring.UserID(t.manager), Recruiter: hiring.UserID(t.recruiter), Channel: hiring.ChannelID(t.channel),
		Terms: hiring.Terms{
			Title: fmt.Sprint("Developer ", t.role), Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
			Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-09-01", Sources: []hiring.Source{hiring.Inbound},
			MustHaves: hiring.MustHaves("Go"),
			Interviews: []hiring.Stage{{
				ID: technical, Kind: hiring.KindInterview, Name: "Technical interview", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{hiring.UserID(t.panel[0]), hiring.UserID(t.panel[1])},
			}},
		},
	}
}

// interviewTime is when an interview was that is over.
func (c *chaos) interviewTime() time.Time {
	y, m, d := c.clock.now().In(c.settings.Zone).AddDate(0, 0, -1).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, c.settings.Zone)
}

// fail ends the test.
func (c *chaos) fail(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf(format, args...)
}

// round lets people work while samsvar is ended n times, and then everything
// calm down.
func (c *chaos) round(n int) {
	ctx, cancel := context.WithCancel(c.t.Context())
	var busy sync.WaitGroup
	for _, a := range c.staff {
		busy.Go(func() { a.work(ctx) })
	}
	busy.Go(func() { c.spoil(ctx) })
	for i := 0; i < n && !c.t.Failed(); i++ {
		c.life()
	}
	cancel()
	c.slack.Heal()
	c.clock.set(0)
	if !c.t.Failed() {
		c.calm(&busy)
	}
	busy.Wait()
}

// life starts samsvar, ends it at some instant, looks at its file and lets some
// time go by.
func (c *chaos) life() {
	p := c.launch()
	by := syscall.SIGKILL
	if c.rand.IntN(5) == 0 {
		by = syscall.SIGTERM
	}
	c.untilTheEnd(p)
	select {
	case <-p.over: // by itself, such as when the disk is full at the start
	default:
		c.end(p, by)
	}
	if p.code != -1 && p.code != exitOK && !c.disk() {
		c.fail("life %d ended with the code %d", c.lives, p.code)
	}
	c.inspect()
	if c.rand.IntN(3) == 0 {
		c.clock.leap([]time.Duration{20 * time.Minute, time.Hour, 5 * time.Hour, 17 * time.Hour}[c.rand.IntN(4)])
	}
}

// longLife is how long samsvar lives at most. It takes more than a second to
// connect again.
const longLife = 4 * time.Second

// untilTheEnd waits until samsvar is to end: a while after its start, or at
// once when Slack has done something for the n-th time, before samsvar can
// know. Then it is killed right there.
func (c *chaos) untilTheEnd(p *process) {
	timer := time.NewTimer(time.Duration(c.rand.Int64N(int64(longLife))))
	defer timer.Stop()
	kinds := []slacksim.EventKind{slacksim.MessagePosted, slacksim.MessageUpdated, slacksim.ViewOpened, slacksim.ViewUpdated, slacksim.HomePublished, slacksim.PersonActed}
	kind, left := kinds[c.rand.IntN(len(kinds))], 1+c.rand.IntN(8)
	if c.rand.IntN(2) == 0 {
		timer.Reset(longLife)
		defer c.slack.Watch(func(e slacksim.Event) {
			if e.Kind != kind {
				return
			}
			if left--; left == 0 {
				_ = p.cmd.Process.Kill()
			}
		})()
	}
	select {
	case <-p.over:
	case <-timer.C:
	}
}

var logFull = regexp.MustCompile(`file too large`)

// disk says whether samsvar complains of a full disk.
func (c *chaos) disk() bool { return logFull.MatchString(c.log.String()) }

// spoil makes things go wrong until ctx ends.
func (c *chaos) spoil(ctx context.Context) {
	draw := rand.New(rand.NewPCG(c.seed, 1))
	faults := c.faults(draw)
	for {
		pause := time.NewTimer(time.Duration(100+draw.IntN(700)) * time.Millisecond)
		select {
		case <-ctx.Done():
			pause.Stop()
			return
		case <-pause.C:
			faults[draw.IntN(len(faults))]()
		}
	}
}

// Errors that Slack answers with: some pass by themselves, or leave it open
// whether something happened; some say that a conversation takes no message
// until somebody does something.
var (
	passingWords = []string{"service_unavailable", "team_added_to_org", "fatal_error", "internal_error"}
	closedWords  = []string{"messages_tab_disabled", "restricted_action"}
)

// faults are all that goes wrong.
func (c *chaos) faults(draw *rand.Rand) []func() {
	s := c.slack
	method := func() string {
		return []string{"", "chat.postMessage", "chat.postMessage", "chat.update", "conversations.history", "views.open", "views.update", "views.publish", "users.info", "response_url"}[draw.IntN(10)]
	}
	few := func() int { return 1 + draw.IntN(3) }
	status := func() int { return 500 + draw.IntN(4) }
	return []func(){
		func() { s.RateLimit(method(), few(), time.Second) },
		func() { s.Fail(method(), few(), status()) },
		func() { s.FailAfter(method(), few(), status()) },
		func() { s.Refuse(method(), few(), passingWords[draw.IntN(len(passingWords))]) },
		func() { s.Refuse("chat.postMessage", 1, closedWords[draw.IntN(len(closedWords))]) },
		func() { s.LoseReply(method(), few()) },
		func() { s.Delay(method(), few(), time.Duration(draw.IntN(3000))*time.Millisecond) },
		func() { s.DeliverTwice(few()) },
		func() { s.DeliverAgain(few(), time.Duration(draw.IntN(4000))*time.Millisecond) },
		func() { s.LoseAcks(few()) },
		func() {
			[]func(){s.DropSockets, s.Refresh, func() { s.Disconnect("warning") }, func() { s.Crowd(few()); s.DropSockets() }}[draw.IntN(4)]()
		},
		func() { c.clock.set(time.Duration(draw.IntN(3)-1) * time.Hour) },
		func() { c.fill(draw) },
	}
}

// fill fills the disk for a moment: the file can grow no more, or nothing can
// be written to it at all.
func (c *chaos) fill(draw *rand.Rand) {
	pid, size := int(c.pid.Load()), int64(0)
	if info, err := os.Stat(c.db); err == nil && draw.IntN(2) == 0 {
		size = info.Size()
	}
	if pid == 0 || !fillDisk(pid, size) {
		return
	}
	time.AfterFunc(time.Duration(draw.IntN(600))*time.Millisecond, func() { freeDisk(pid) })
}

// calm lets people finish what they do and samsvar what it owes, on a day on
// which nothing goes wrong.
func (c *chaos) calm(busy *sync.WaitGroup) {
	c.clock.leap(time.Hour) // what was written down while the clock was ahead
	for range 8 {
		c.clock.leap(11 * time.Minute) // longer than anything is put off
		now := c.clock.now()
		c.clock.leap(c.settings.WorkTime(hiring.Person{}).Next(now).Sub(now)) // most of it is for working hours
		p := c.launch()
		busy.Wait()
		left, err := c.finish(p)
		c.end(p, syscall.SIGTERM)
		if err != nil || p.code != exitOK {
			c.fail("on a calm day: %v, exit code %d", err, p.code)
			return
		}
		switch {
		case left[store.NoticeUndeliverable] > 0:
			c.clock.leap(hiring.TryAfter)
		case left[store.NoticePostponed] == 0:
			return
		}
	}
	c.fail("notices are still postponed or cannot be delivered")
}

// stillTime is for how long nothing happens before what is postponed is left to
// the next life.
const stillTime = 3 * time.Second

// calmPace is by how much the clock moves on while something is due: Slack's
// limits are calls a minute.
const calmPace = 5 * time.Second

// finish waits until what is overdue was looked for and nothing is due, and
// returns how many notices are left in each state: what is postponed for longer,
// and what cannot be delivered.
func (c *chaos) finish(p *process) (states map[string]int, err error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 4*time.Minute)
	defer cancel()
	address, err := c.log.outside(ctx)
	if err != nil {
		return nil, err
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for last, since := -1, time.Now(); ; {
		now, swept, err := waiting(ctx, "http://"+address+"/metrics")
		if err == nil {
			states = now
		}
		busy, postponed := states[store.NoticeDue]+states[store.NoticeSending], states[store.NoticePostponed]
		if busy > 0 || postponed != last {
			last, since = postponed, time.Now()
		}
		if err == nil && swept && (postponed == 0 && busy == 0 || time.Since(since) > stillTime) {
			return states, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("it does not come to an end: %v, %v", states, err)
		case <-p.over:
			return nil, fmt.Errorf("it has ended by itself: %v", states)
		case <-tick.C:
			if busy > 0 {
				c.clock.leap(calmPace)
			}
		}
	}
}

var (
	noticesLine = regexp.MustCompile(`(?m)^samsvar_notices\{state="(\w+)"\} (\d+)`)
	sweptLine   = regexp.MustCompile(`(?m)^samsvar_sweeps_total\{result="done"\} [1-9]`)
)

// waiting reads how many notices wait in each state, and whether what is
// overdue was looked for since the start.
func waiting(ctx context.Context, url string) (states map[string]int, swept bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, false, err
	}
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, false, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	states = make(map[string]int)
	for _, m := range noticesLine.FindAllStringSubmatch(string(body), -1) {
		var n int
		_, _ = fmt.Sscan(m[2], &n)
		states[m[1]] = n
	}
	if err == nil && len(states) == 0 {
		err = fmt.Errorf("no notices in %.100s", body)
	}
	return states, sweptLine.Match(body), err
}

// keep copies the record to where it outlives the test.
func (c *chaos) keep() string {
	folder, err := os.MkdirTemp("", "chaos")
	if err != nil {
		return err.Error()
	}
	file, err := os.ReadFile(c.db)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "samsvar.db"), file, 0o600)
	}
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(folder)
}
