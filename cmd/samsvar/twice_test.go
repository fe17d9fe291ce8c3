package main

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// succession is one samsvar after the other on one record.
type succession struct {
	t     *testing.T
	slack *slacksim.Slack
	ola   *slacksim.Person
	now   *exec.Cmd
}

func newSuccession(t *testing.T, ack time.Duration) *succession {
	t.Helper()
	s := &succession{t: t, slack: house(t, slacksim.Options{AckTime: ack, Retries: []time.Duration{0, 0, 0}}, nil)}
	fillRecord(t, os.Getenv("SAMSVAR_DB"), 1)
	s.ola = s.slack.Person(ola)
	t.Cleanup(s.kill)
	s.start()
	return s
}

// later is when something comes again: another process is there by then, or
// soon.
const later = 4 * time.Second

// start starts the next process.
func (s *succession) start() {
	s.t.Helper()
	s.now = exec.Command(os.Args[0], "serve")
	s.now.Env = append(os.Environ(), realProcess+"=1")
	if err := s.now.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.check(s.slack.AwaitConnected(within(s.t), 1))
}

// kill kills the process and waits until Slack has noticed.
func (s *succession) kill() {
	if s.now == nil {
		return
	}
	_ = s.now.Process.Kill()
	_ = s.now.Wait() // says that it was killed
	s.now = nil
	s.check(s.slack.Await(within(s.t), func() bool { return s.slack.Connections() == 0 }))
}

func (s *succession) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// form opens and fills in the form that adds Nora.
func (s *succession) form() *slacksim.Modal {
	s.t.Helper()
	_, err := s.ola.Command(within(s.t), channelHiring, "/hire", "candidate R-1")
	s.check(err)
	m, err := s.ola.AwaitModal(within(s.t), "Add a candidate")
	s.check(err)
	s.check(m.Fill(string(hiring.FieldName), "Nora Vik"))
	s.check(m.Fill(string(hiring.FieldSource), string(hiring.Inbound)))
	return m
}

// published waits until Slack was given so many Homes.
func (s *succession) published(n int) {
	s.t.Helper()
	s.check(s.slack.Await(within(s.t), func() bool { return s.homes() >= n }))
}

func (s *succession) homes() (n int) {
	for _, c := range s.slack.Calls() {
		if c.Method == "views.publish" {
			n++
		}
	}
	return n
}

// once ends the succession and fails unless there is one event of a kind about
// a candidate added after the first.
func (s *succession) once(kind hiring.EventKind, candidate int) {
	s.t.Helper()
	s.kill()
	db, err := bolt.Open(os.Getenv("SAMSVAR_DB"), 0o600, &bolt.Options{ReadOnly: true})
	s.check(err)
	defer db.Close()
	n := 0
	s.check(db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("event")).ForEach(func(_, v []byte) error {
			var e storedEvent
			err := json.Unmarshal(v, &e)
			if e.Kind == string(kind) && e.Candidate >= candidate {
				n++
			}
			return err
		})
	}))
	if n != 1 {
		s.t.Errorf("%s: %d times", kind, n)
	}
}

func TestTwiceIsOnceAcrossProcesses(t *testing.T) {
	t.Run("a form submitted again after a timeout, to another process", func(t *testing.T) {
		s := newSuccession(t, 2*time.Second)
		m := s.form()
		s.slack.LoseAcks(1)
		if _, err := m.Submit(within(t)); !errors.Is(err, slacksim.ErrTimeout) {
			t.Fatal(err)
		}
		s.kill()
		s.start()
		if res, err := m.Submit(within(t)); err != nil || !res.Closed {
			t.Fatalf("%+v, %v", res, err)
		}
		s.once(hiring.CandidateAdded, 2)
	})
	t.Run("a double click", func(t *testing.T) {
		s := newSuccession(t, longest)
		m := s.form()
		var clicks sync.WaitGroup
		for range 2 {
			clicks.Go(func() { _, _ = m.Submit(within(t)) })
		}
		clicks.Wait()
		s.once(hiring.CandidateAdded, 2)
	})
	t.Run("a submission that comes again to another process", func(t *testing.T) {
		s := newSuccession(t, longest)
		m := s.form()
		s.slack.DeliverTwice(1)
		_, err := m.Submit(within(t))
		s.check(err)
		s.published(2) // by both deliveries
		m = s.form()
		s.slack.DeliverAgain(1, later)
		_, err = m.Submit(within(t))
		s.check(err)
		s.published(3)
		s.kill()
		s.start()
		s.published(4)
		s.once(hiring.CandidateAdded, 3) // beside the first of this test
	})
	t.Run("a press that comes again to another process", func(t *testing.T) {
		s := newSuccession(t, longest)
		_, err := s.ola.Command(within(t), channelHiring, "/hire", "candidate C-1")
		s.check(err)
		m, err := s.ola.AwaitModal(within(t), "")
		s.check(err)
		s.slack.DeliverTwice(1)
		s.slack.DeliverAgain(1, later)
		s.check(m.Press(within(t), templates.ActionTold))
		s.published(1)
		s.kill()
		before := s.homes()
		s.start()
		s.published(before + 1)
		s.once(hiring.CandidateTold, 1)
	})
	t.Run("an event that is told again after a restart", func(t *testing.T) {
		s := newSuccession(t, 2*time.Second)
		s.slack.LoseAcks(1)
		s.ola.OpenHome()
		s.published(1)
		s.kill()
		s.start()
		s.published(2)
		if _, there := s.ola.Home(); !there {
			t.Error("there is no Home")
		}
	})
}
