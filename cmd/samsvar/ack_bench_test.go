package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// Load of the benchmarks: people who act at once, and how often all of them do
// in one turn.
const (
	crowd   = 16
	perTurn = 400
)

// BenchmarkAck measures the whole process over a real WebSocket, turn by turn
// with a bare slack-go program that makes the same calls with fixed content:
// acknowledgements a second when people ask without a pause, and the 99th
// percentile from the envelope to the acknowledgement at half that load. For a
// form the window counts, too. The form is one of no role: what concerns one
// role waits its turn.
func BenchmarkAck(b *testing.B) {
	for _, c := range []struct{ name, text string }{{"help", "help"}, {"form", "intake"}} {
		b.Run(c.name, func(b *testing.B) {
			ours := startLoaded(b, c.text, "")
			floor := startLoaded(b, c.text, ours.learn(b))
			var took, cpu [2]time.Duration
			for range b.N {
				for i, p := range []*loaded{ours, floor} {
					began, used := time.Now(), p.cpu(b)
					p.storm(b, perTurn)
					took[i] += time.Since(began)
					cpu[i] += p.cpu(b) - used
				}
			}
			n := float64(b.N * perTurn)
			b.ReportMetric(n/took[0].Seconds(), "acks/s")
			b.ReportMetric(n/took[1].Seconds(), "acks/s-floor")
			b.ReportMetric(took[1].Seconds()/took[0].Seconds(), "throughput-ratio")
			b.ReportMetric(float64(cpu[0].Microseconds())/n, "µs-cpu/ack")
			b.ReportMetric(float64(cpu[1].Microseconds())/n, "µs-cpu/ack-floor")
			b.ReportMetric(0, "ns/op")
			every := 2 * took[0] / time.Duration(b.N*perTurn) // half of the load that ours bears
			var late [2][]time.Duration
			for range b.N {
				for i, p := range []*loaded{ours, floor} {
					late[i] = append(late[i], p.stream(b, perTurn, every)...)
				}
			}
			p99 := [2]time.Duration{percentile(late[0], 99), percentile(late[1], 99)}
			b.ReportMetric(float64(p99[0].Microseconds()), "µs-p99")
			b.ReportMetric(float64(p99[1].Microseconds()), "µs-p99-floor")
			b.ReportMetric(float64(p99[0])/float64(p99[1]), "p99-ratio")
		})
	}
}

func percentile(all []time.Duration, p int) time.Duration {
	slices.Sort(all)
	return all[len(all)*p/100]
}

// loaded is a process that answers a crowd in a Slack of its own.
type loaded struct {
	pid    int
	people []*slacksim.Person
	text   string
	window map[string]chan struct{} // gets a value when one opens, by person; nil when none does
}

// startLoaded starts samsvar, or the bare program that says what stands in a
// file.
func startLoaded(b *testing.B, text, answers string) *loaded {
	b.Helper()
	s, err := slacksim.Start(slacksim.Options{AckTime: time.Minute})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	company(s)
	p := &loaded{text: text}
	var admins []string
	for i := range crowd {
		who := s.AddUser(slacksim.User{ID: fmt.Sprintf("U0CROWD%d", i), Name: fmt.Sprint("crowd", i), RealName: fmt.Sprint("One of a crowd ", i), TZ: "Europe/Oslo", Locale: "en-GB"})
		p.people, admins = append(p.people, who), append(admins, who.ID)
	}
	if text != "help" {
		p.watch(s)
	}
	db, as := filepath.Join(b.TempDir(), "samsvar.db"), bareAnswers+"="+answers
	if answers == "" {
		fillRecord(b, db, 10)
		as = realProcess + "=1"
	}
	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env = append(os.Environ(), as, "SLACK_BOT_TOKEN="+s.BotToken(), "SLACK_APP_TOKEN="+s.AppToken(), "SLACK_API_URL="+s.APIURL(), "SAMSVAR_DB="+db,
		"SAMSVAR_ADMINS="+strings.Join(admins, ","), "SAMSVAR_SLACK_CONNECTIONS=1", "SAMSVAR_LOG_LEVEL=warn")
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	p.pid = cmd.Process.Pid
	b.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	ctx, cancel := context.WithTimeout(b.Context(), longest)
	defer cancel()
	if err := s.AwaitConnected(ctx, 1); err != nil {
		b.Fatal(err)
	}
	p.storm(b, 4*crowd) // people are known from then on
	return p
}

// learn has one person ask and returns a file with the answer.
func (p *loaded) learn(b *testing.B) string {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), longest)
	defer cancel()
	var says bare
	m, err := p.people[0].Command(ctx, channelHiring, "/hire", p.text)
	if err == nil && m != nil {
		says.Message, err = json.Marshal(map[string]any{"response_type": "ephemeral", "text": m.Text, "blocks": m.Blocks})
	} else if err == nil {
		var form *slacksim.Modal
		if form, err = p.people[0].AwaitModal(ctx, ""); err == nil {
			err = json.Unmarshal(form.Raw, &says.View)
		}
	}
	text, err2 := json.Marshal(says)
	path := filepath.Join(b.TempDir(), "answers.json")
	if err == nil && err2 == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil || err2 != nil {
		b.Fatal(err, err2)
	}
	return path
}

// storm has everybody ask without a pause, n times in all, and waits for the
// windows.
func (p *loaded) storm(b *testing.B, n int) {
	b.Helper()
	var busy sync.WaitGroup
	for _, who := range p.people {
		busy.Go(func() {
			for range n / len(p.people) {
				p.ask(b, who)
			}
		})
	}
	busy.Wait()
}

// stream has people ask once in every so often, however long the answers take,
// and returns how long each took.
func (p *loaded) stream(b *testing.B, n int, every time.Duration) []time.Duration {
	b.Helper()
	took := make([]time.Duration, n)
	var busy sync.WaitGroup
	began := time.Now()
	for i := range n {
		time.Sleep(time.Until(began.Add(time.Duration(i) * every)))
		busy.Go(func() { took[i] = p.ask(b, p.people[i%len(p.people)]) })
	}
	busy.Wait()
	return took
}

// windowTime is how long a window is waited for.
const windowTime = 10 * time.Second

// ask asks once, waits for the window if there is to be one, and returns how
// long the acknowledgement took.
func (p *loaded) ask(b *testing.B, who *slacksim.Person) time.Duration {
	began := time.Now()
	if _, err := who.Command(b.Context(), channelHiring, "/hire", p.text); err != nil {
		b.Error(err)
		return 0
	}
	took := time.Since(began)
	if p.window == nil {
		return took
	}
	select {
	case <-p.window[who.ID]:
	case <-time.After(windowTime):
		said := "nothing"
		if all := who.Messages(channelHiring); len(all) > 0 {
			said = all[len(all)-1].Text
		}
		b.Errorf("no window opened for %s; the last it was told is %q", who.ID, said)
	}
	return took
}

// watch watches for windows.
func (p *loaded) watch(s *slacksim.Slack) {
	p.window = make(map[string]chan struct{})
	for _, who := range p.people {
		p.window[who.ID] = make(chan struct{}, perTurn)
	}
	s.Watch(func(e slacksim.Event) {
		if e.Kind == slacksim.ViewOpened {
			p.window[e.User] <- struct{}{}
		}
	})
}

// cpu returns the time that the process has spent on processors.
func (p *loaded) cpu(b *testing.B) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name may hold anything
	fields := strings.Fields(rest)
	var user, system time.Duration
	if _, err := fmt.Sscan(fields[11]+" "+fields[12], &user, &system); err != nil {
		b.Fatal(err)
	}
	return (user + system) * 10 * time.Millisecond // Linux counts in hundredths of a second
}
