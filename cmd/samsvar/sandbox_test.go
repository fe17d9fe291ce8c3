package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// noTokens is an environment without a real workspace in it.
func noTokens(t *testing.T) {
	t.Helper()
	environment(t, map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""})
}

func TestSandboxServesAPage(t *testing.T) {
	noTokens(t)
	r := launch(t, "sandbox", "--no-open")
	r.says(t, "Ctrl+C ends it")
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(r.out.String())
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Request.URL.Path != "/client/"+kari+"/"+channelHiring {
		t.Errorf("%s at %s", answer.Status, answer.Request.URL)
	}
	r.stop()
	if code := r.exit(t); code != exitOK {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestSandboxNamesAFreePort(t *testing.T) {
	noTokens(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	r := launch(t, "sandbox", "--no-open", "--addr", taken.Addr().String())
	if code := r.exit(t); code != exitFailed || !strings.Contains(r.out.String(), "something else uses "+taken.Addr().String()) {
		t.Errorf("exit %d:\n%s", code, r.out)
	}
}

func TestSandboxKeepsARecord(t *testing.T) {
	db := filepath.Join(t.TempDir(), "kept.db")
	t.Run("a new file is told the story", func(t *testing.T) {
		b := play(t, sandboxFlags{db: db})
		if err := b.moveClock(t.Context(), "monday"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := b.leave(); err != nil {
				t.Error(err)
			}
		})
	})
	t.Run("it goes on at the time it was left", func(t *testing.T) {
		b := play(t, sandboxFlags{db: db})
		if now := b.clock.Now(); now.Before(time.Date(2026, 10, 26, 8, 0, 0, 0, time.UTC)) {
			t.Errorf("it is %s", now)
		}
		err := b.app.Load().record.View(t.Context(), func(r hiring.Record) error {
			role, err := r.Role(1)
			if err == nil && role.Title() != "Backend developer" {
				t.Errorf("the role is %q", role.Title())
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Run("a record of a workspace is left alone", func(t *testing.T) {
		real := newerFile(t)
		noTokens(t)
		r := launch(t, "sandbox", "--no-open", "--db", real)
		if code := r.exit(t); code != exitFailed {
			t.Errorf("exit %d:\n%s", code, r.out)
		}
	})
}

func TestSandboxEmpty(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	err := b.app.Load().record.View(t.Context(), func(r hiring.Record) error {
		if _, err := r.Role(1); err == nil {
			t.Error("an empty sandbox has a role")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := b.slack.Person(kari).Command(t.Context(), channelHiring, "/hire", "help"); err != nil {
		t.Error(err)
	}
}

// TestTheClockMovesInOrder: what fires on the way arrives at its time, in
// order, also over the night in which the clocks go back.
func TestTheClockMovesInOrder(t *testing.T) {
	b := play(t, sandboxFlags{})
	var posted []time.Time
	stop := b.slack.Watch(func(e slacksim.Event) {
		if e.Kind == slacksim.MessagePosted {
			posted = append(posted, e.At)
		}
	})
	if err := b.moveClock(t.Context(), "week"); err != nil {
		t.Fatal(err)
	}
	stop()
	if len(posted) == 0 || !slices.IsSortedFunc(posted, time.Time.Compare) {
		t.Errorf("posted at %v", posted)
	}
	digest := time.Date(2026, 10, 26, 8, 0, 0, 0, time.UTC)
	if !slices.ContainsFunc(posted, func(at time.Time) bool { return at.Sub(digest).Abs() < time.Minute }) {
		t.Errorf("no digest on Monday at nine; posted at %v", posted)
	}
	if err := b.moveClock(t.Context(), "year"); err == nil {
		t.Error("the clock went to nowhere")
	}
}

func TestRestartingTheSandbox(t *testing.T) {
	b := play(t, sandboxFlags{})
	before := b.app.Load()
	if err := b.restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b.app.Load() == before {
		t.Error("the same Samsvar runs on")
	}
	if _, err := b.slack.Person(kari).Command(t.Context(), channelHiring, "/hire", "roles"); err != nil {
		t.Error(err)
	}
}

// TestAPromisedDayIsNotLateInTheMorning has Ola be reminded of word that was
// promised by Wednesday, and give it within the day.
func TestAPromisedDayIsNotLateInTheMorning(t *testing.T) {
	s := begun(t)
	s.open()
	s.weekOne()
	s.weekTwo()
	s.at("Wed 21 Oct 08:45")
	reminders := s.person(ola).Messages(s.person(ola).DM())
	said := s.slack.Text(reminders[len(reminders)-1], s.zone)
	for _, says := range []string{"You promised *Nora Vik* (C-1) word by today", "(R-1) · due Oct 21, 2026 16:00", "I remind both owners"} { // the last of a next step, which is late
		if !strings.Contains(said, says) {
			t.Errorf("on the morning of the day Ola does not read %q:\n%s", says, said)
		}
	}
	s.at("Wed 21 Oct 10:00")
	s.tellCandidate(nora)
	s.try2(func() error {
		return s.app.Load().record.View(s.ctx, func(r hiring.Record) error {
			f, err := hiring.FiguresOf(r, s.config.settings, hiring.Scope{Role: 1}, hiring.Weeks("2026-W43", 1), s.clock.Now())
			for _, p := range f.Promises {
				if p.Promise == hiring.PromiseReply && (p.Kept.N == 0 || p.Kept.K != p.Kept.N) {
					t.Errorf("word by the end of the day: %+v", p)
				}
			}
			return err
		})
	})
	if err := s.failure(); err != nil {
		t.Fatal(err)
	}
}

// TestTheIntakeSurvivesAKillBetweenAnyTwoSteps cuts Samsvar off after every
// step, and once in the middle of one.
func TestTheIntakeSurvivesAKillBetweenAnyTwoSteps(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	s := newStory(t.Context(), b, newTeller(io.Discard, b.slack, b.config.settings.Zone))
	cut := func() {
		s.try2(func() error { return b.restart(t.Context()) })
	}
	s.hire(kari, "intake Backend developer")
	cut()
	for _, fields := range [][]field{
		{fill(hiring.FieldTeam, "Metering"), fill(hiring.FieldRecruiter, ola), fill(hiring.FieldChannel, channelHiring), fill(hiring.FieldNeed, string(hiring.Growth)),
			fill(hiring.FieldLevel, string(hiring.Senior)), fill(hiring.FieldEmployment, string(hiring.Permanent))},
		{fill(hiring.FieldSuccess, "Owns metering"), fill(hiring.FieldMustHaves, "Go\nSQL")},
		{fill(hiring.InterviewField(technical, hiring.PartPanel), ingrid), fill(hiring.InterviewField(team, hiring.PartPanel), jonas)},
		{fill(hiring.VerifiedField(0), string(technical))},
		{fill(hiring.FieldLife, "Home by four."), fill(hiring.FieldDownside, "On call."), fill(hiring.FieldLocation, "Oslo"), fill(hiring.FieldLanguage, "Norwegian")},
	} {
		s.step(kari, fields...)
		cut()
	}
	// Closed and found again, at the last step, with everything in it.
	s.try2(func() error {
		m, err := s.person(kari).AwaitModal(t.Context(), "New role 6/6")
		if err != nil {
			return err
		}
		return m.Close(t.Context())
	})
	s.hire(kari, "intake")
	s.step(kari, fill(hiring.FieldTargetStart, "2027-06-01"), fill(hiring.FieldSources, string(hiring.Referral)))
	cut()
	if s.err != nil {
		t.Fatal(s.err)
	}
	err := b.app.Load().record.View(t.Context(), func(r hiring.Record) error {
		role, err := r.Role(1)
		if err != nil {
			return err
		}
		if got := role.Brief().Terms; got.Team != "Metering" || len(got.MustHaves) != 2 || got.Downside != "On call." || len(got.Interviews) != 2 {
			t.Errorf("the brief says %+v", got)
		}
		left, err := r.UnfinishedBy(kari)
		if len(left) != 0 {
			t.Errorf("still unfinished: %+v", left)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestFreePortIsTried(t *testing.T) {
	if err := inUse("127.0.0.1:0", errors.New("something else")); err == nil || err.Error() != "something else" {
		t.Errorf("got %v", err)
	}
}
