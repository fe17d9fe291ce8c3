package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// storyTime bounds the story in real time: it is to take seconds.
const storyTime = 30 * time.Second

// story plays the demo company's four weeks by acting as its people would.
// After the first error every act does nothing.
type story struct {
	*sandbox
	ctx  context.Context
	zone *time.Location
	tell *teller
	err  error
}

func newStory(ctx context.Context, b *sandbox, tell *teller) *story {
	return &story{sandbox: b, ctx: ctx, zone: b.config.settings.Zone, tell: tell}
}

// storyStart is the moment at which the story begins.
func storyStart() time.Time { return time.Date(2026, 10, 5, 6, 55, 0, 0, time.UTC) }

// story plays the story and prints what everybody saw.
func (p *program) story(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, storyTime)
	defer cancel()
	began := p.clock()
	db, remove, err := scratch()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	b, err := newSandbox(ctx, p, slacksim.Options{}, storyStart(), db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	s := newStory(ctx, b, newTeller(p.stdout, b.slack, b.config.settings.Zone))
	b.slack.Watch(s.tell.hear)
	s.play()
	if err := s.failure(); err != nil {
		return err
	}
	s.tell.end(p.clock().Sub(began))
	return nil
}

// failure says where the story stopped, if it did.
func (s *story) failure() error {
	if s.err == nil {
		return nil
	}
	return fmt.Errorf("the story stopped at %s: %w", s.clock.Now().In(s.zone).Format("Mon 2 Jan 15:04"), s.err)
}

// at moves the clock to a time in Oslo, such as "Mon 5 Oct 09:12".
func (s *story) at(when string) {
	t, err := time.ParseInLocation("2006 Mon 2 Jan 15:04", "2026 "+when, s.zone)
	if err == nil && t.Format("Mon") != when[:3] {
		err = fmt.Errorf("%s is not a %s", when, when[:3])
	}
	s.try(err)
	s.try2(func() error { return s.moveTo(s.ctx, t) })
	s.settle()
}

// try keeps the first error.
func (s *story) try(err error) {
	if s.err == nil {
		s.err = err
	}
}

// try2 does something unless the story has failed already.
func (s *story) try2(fn func() error) {
	if s.err == nil {
		s.err = fn()
	}
}

// settle delivers what the last act caused, a few seconds of the story later.
func (s *story) settle() {
	s.try2(func() error { return s.moveTo(s.ctx, s.clock.Now().Add(5*time.Second)) })
	s.tell.flush()
}

// person returns somebody to act as.
func (s *story) person(id string) *slacksim.Person { return s.slack.Person(id) }

// hire runs the slash command.
func (s *story) hire(who, text string) {
	s.try2(func() error {
		_, err := s.person(who).Command(s.ctx, channelHiring, "/hire", text)
		return err
	})
}

// field is an input of a form, by its id, and what is put there.
type field struct {
	id     string
	values []any
}

// fill is what to put into an input.
func fill[T ~string](id T, values ...any) field { return field{string(id), values} }

// form fills and submits the form that somebody has in front of them, and
// closes what comes after it.
func (s *story) form(who string, fields ...field) {
	s.step(who, fields...)
	s.try2(func() error {
		if after, open := s.person(who).Modal(); open {
			return after.Close(s.ctx)
		}
		return nil
	})
	s.settle()
}

// step fills and submits one step of a form.
func (s *story) step(who string, fields ...field) {
	s.try2(func() error {
		m, err := s.person(who).AwaitModal(s.ctx, "")
		if err != nil {
			return err
		}
		for _, f := range fields {
			if err := s.fill(m, f); err != nil {
				return err
			}
		}
		s.tell.filled(m)
		res, err := m.Submit(s.ctx)
		if err == nil && len(res.Errors) > 0 {
			err = fmt.Errorf("the form %q complains: %v", m.Title, res.Errors)
		}
		return err
	})
}

// fill fills one input, waiting for it to appear: a choice may bring it.
func (s *story) fill(m *slacksim.Modal, f field) error {
	var err error
	gaveUp := s.slack.Await(s.ctx, func() bool {
		err = m.Fill(f.id, f.values...)
		return !errors.Is(err, slacksim.ErrNotThere)
	})
	return errors.Join(err, gaveUp)
}

// press presses a button in the newest message that holds it, by its value.
func (s *story) press(who, channel, value string) {
	s.try2(func() error {
		p := s.person(who)
		m, err := p.AwaitMessage(s.ctx, channel, func(m slacksim.Message) bool {
			return strings.Contains(string(m.Blocks), `"`+value+`"`) && strings.Contains(string(m.Blocks), `"button"`)
		})
		if err != nil {
			return err
		}
		return p.Press(s.ctx, m, value)
	})
}

// sign reads and signs the brief from the message that asks for it.
func (s *story) sign(who string) {
	s.press(who, s.person(who).DM(), "R-1")
	s.form(who)
}

// add adds a candidate.
func (s *story) add(name string, source hiring.Source) {
	s.hire(ola, "candidate R-1")
	s.form(ola, fill(hiring.FieldName, name), fill(hiring.FieldSource, string(source)))
}

// move moves a candidate to a stage without an interview.
func (s *story) move(id hiring.CandidateID, to hiring.StageID) {
	s.hire(ola, "move "+id.String())
	s.form(ola, fill(hiring.FieldStage, "stage:"+string(to)))
}

// interview moves a candidate to an interview at a time.
func (s *story) interview(id hiring.CandidateID, to hiring.StageID, when string) {
	t, err := time.ParseInLocation("2006 Mon 2 Jan 15:04", "2026 "+when, s.zone)
	s.try(err)
	s.hire(ola, "move "+id.String())
	s.form(ola, fill(hiring.FieldStage, "stage:"+string(to)), fill(hiring.FieldInterviewAt, t))
}

// finish ends a candidate's process.
func (s *story) finish(id hiring.CandidateID, outcome hiring.Outcome, reason string, also ...field) {
	s.ends(id, "outcome:"+string(outcome), reason, also...)
}

// ends ends a candidate's process in one of the ways the form knows.
func (s *story) ends(id hiring.CandidateID, how, reason string, also ...field) {
	s.hire(ola, "move "+id.String())
	fields := []field{fill(hiring.FieldStage, how)}
	if reason != "" {
		fields = append(fields, fill(hiring.FieldReason, reason))
	}
	s.form(ola, append(fields, also...)...)
}

// told says that a candidate who is rejected knows already.
var told = fill(hiring.FieldTold, string(hiring.FieldTold))

// propose proposes a candidate to the hiring manager.
func (s *story) propose(id hiring.CandidateID, why string) {
	s.hire(ola, "candidate "+id.String())
	s.pressInWindow(ola, templates.ActionPropose)
	s.form(ola, fill(hiring.FieldNote, why))
}

// look answers whether to meet a candidate, with a must-have that is missing
// for a no.
func (s *story) look(id hiring.CandidateID, answer hiring.LookAnswer, missing ...any) {
	s.press(kari, s.person(kari).DM(), templates.EncodeLook(answer, id))
	if answer == hiring.LookNo {
		s.form(kari, fill(hiring.FieldMissing, missing...))
		return
	}
	s.settle()
}

// decide decides on a candidate from the debrief.
func (s *story) decide(id hiring.CandidateID, verdict hiring.Verdict, why string, criteria ...any) {
	s.press(kari, s.person(kari).DM(), string(verdict)+"/"+id.String())
	s.form(kari, fill(hiring.FieldReason, why), fill(hiring.FieldCriteria, criteria...))
}

// tellCandidate records that a candidate has heard from us, from the newest
// message that asks for it.
func (s *story) tellCandidate(id hiring.CandidateID) {
	s.try2(func() error {
		p := s.person(ola)
		m, err := p.AwaitMessage(s.ctx, p.DM(), func(m slacksim.Message) bool {
			return strings.Contains(string(m.Blocks), `"`+templates.ActionTold+`"`) && strings.Contains(string(m.Blocks), `"`+id.String()+`"`)
		})
		if err != nil {
			return err
		}
		return p.Press(s.ctx, m, templates.ActionTold)
	})
	s.settle()
}

// pressInWindow presses a button in the window that somebody has in front of
// them, and waits for the form that opens on top: it does after the press was
// acknowledged.
func (s *story) pressInWindow(who, action string) {
	s.try2(func() error {
		m, err := s.person(who).AwaitModal(s.ctx, "")
		if err != nil {
			return err
		}
		if err := m.Press(s.ctx, action); err != nil {
			return err
		}
		return s.slack.Await(s.ctx, func() bool {
			top, open := s.person(who).Modal()
			return open && top.ID != m.ID
		})
	})
}

// feedback gives somebody's feedback from the message that asks for it.
func (s *story) feedback(who string, id hiring.CandidateID, stage hiring.StageID, would hiring.Recommendation, note string, ratings ...hiring.Rating) {
	key := hiring.FeedbackKey{Candidate: id, Stage: stage, Interviewer: hiring.UserID(who)}
	s.press(who, s.person(who).DM(), templates.EncodeFeedbackKey(key))
	fields := []field{fill(hiring.FieldRecommendation, string(would)), fill(hiring.FieldNote, note)}
	for i, r := range ratings {
		fields = append(fields, fill(hiring.RatingField(i), fmt.Sprint(int(r))))
	}
	s.form(who, fields...)
}
