package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// TestThePanelIsNotifiedThatAnInterviewChanges has one moved, and then called
// off, after its panel was told to prepare: each time they get a message of its
// own, for nobody is notified of an edit.
func TestThePanelIsNotifiedThatAnInterviewChanges(t *testing.T) {
	noTokens(t)
	p := &program{stdout: io.Discard, stderr: io.Discard, clock: time.Now}
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	t.Cleanup(cancel)
	b, err := newSandbox(ctx, p, slacksim.Options{}, storyStart(), filepath.Join(t.TempDir(), "samsvar.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.close() })
	s := newStory(ctx, b, newTeller(io.Discard, b.slack, b.config.settings.Zone))
	s.open()
	s.weekOne()
	s.at("Fri 9 Oct 14:00")
	s.interview(sara, technical, "Mon 12 Oct 14:00")
	s.at("Mon 12 Oct 13:10")
	new := s.newest(ingrid)
	if said := new(); len(said) != 1 || !strings.Contains(said[0], "You talk with") {
		t.Fatalf("an hour before, Ingrid reads %q", said)
	}

	s.hire(ola, "candidate C-3")
	s.pressInWindow(ola, "Change time or panel")
	s.form(ola, fill(hiring.FieldInterviewAt, time.Date(2026, 10, 13, 15, 0, 0, 0, s.zone)))
	if said := new(); len(said) != 1 || !strings.Contains(said[0], "is moved from") {
		t.Errorf("when it is moved, Ingrid reads %q", said)
	}

	s.hire(ola, "candidate C-3")
	s.try2(func() error {
		m, err := s.person(ola).AwaitModal(s.ctx, "")
		if err != nil {
			return err
		}
		if err := m.Press(s.ctx, "Call it off"); err != nil {
			return err
		}
		return s.slack.Await(s.ctx, func() bool {
			m, open := s.person(ola).Modal()
			return open && strings.Contains(string(m.Blocks), "called off")
		})
	})
	s.settle()
	if said := new(); len(said) != 1 || !strings.Contains(said[0], "is called off") {
		t.Errorf("when it is called off, Ingrid reads %q", said)
	}
	s.at("Tue 13 Oct 16:30")
	if said := new(); len(said) != 0 {
		t.Errorf("later, Ingrid reads %q", said)
	}
	if err := s.failure(); err != nil {
		t.Fatal(err)
	}
}

// newest returns what somebody reads in their direct messages, each message
// once: the last of those that stand there at first, then what is new since.
func (s *story) newest(who string) func() []string {
	read := max(0, len(s.person(who).Messages(s.person(who).DM()))-1)
	return func() (said []string) {
		all := s.person(who).Messages(s.person(who).DM())
		for _, m := range all[read:] {
			said = append(said, s.slack.Text(m, s.zone))
		}
		read = len(all)
		return said
	}
}
