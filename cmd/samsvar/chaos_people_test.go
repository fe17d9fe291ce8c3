package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// chaosTeam is a role and its people, who have a conversation each, so that
// the pace of messages to one of them holds up nobody else.
type chaosTeam struct {
	role               hiring.RoleID
	channel            string
	manager, recruiter string
	panel              [2]string
}

// chaosTeams is how many roles there are.
const chaosTeams = 4

func newChaosTeam(s *slacksim.Slack, n int) chaosTeam {
	t := chaosTeam{role: hiring.RoleID(n)}
	person := func(post string) string {
		return s.AddUser(slacksim.User{
			ID: fmt.Sprintf("U0%s%d", strings.ToUpper(post), n), Name: fmt.Sprint(post, n), RealName: fmt.Sprint(post, " ", n), TZ: "Europe/Oslo", Locale: "en-GB",
		}).ID
	}
	t.manager, t.recruiter, t.panel = person("manager"), person("recruiter"), [2]string{person("first"), person("second")}
	t.channel = s.AddChannel(slacksim.Channel{ID: fmt.Sprintf("C0ROLE%d", n), Name: fmt.Sprint("role-", n), BotIsMember: true, Members: t.people()})
	return t
}

func (t chaosTeam) people() []string {
	return []string{t.manager, t.recruiter, t.panel[0], t.panel[1]}
}

// deed is something a person submitted, to be found in the record.
type deed struct {
	kind  string // added, moved, assessed or decided
	what  string // the name, the candidate's key, the note or the reason: nobody else's
	acked bool   // Slack showed that it is done
}

// deeds are all there were.
type deeds struct {
	mu   sync.Mutex
	all  []*deed
	next int
}

func (d *deeds) add(kind, what string) *deed {
	d.mu.Lock()
	defer d.mu.Unlock()
	x := &deed{kind: kind, what: what}
	d.all = append(d.all, x)
	return x
}

// name returns something nobody else is called.
func (d *deeds) name(kind string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next++
	return fmt.Sprintf("%s no. %d.", kind, d.next)
}

// actor is one person at work.
type actor struct {
	*slacksim.Person
	c     *chaos
	team  chaosTeam
	rand  *rand.Rand
	begun map[string]bool         // candidates and scorecards taken up already
	added chan hiring.CandidateID // by the recruiter; to be moved
}

// Times of people: how long they wait for what they asked for, and how long
// they rest at most between two things.
const (
	actorWaits = 2 * time.Second
	actorRests = 400 * time.Millisecond
)

// work does one thing after the other until ctx ends.
func (a *actor) work(ctx context.Context) {
	for ctx.Err() == nil {
		a.act(ctx)
		pause := time.NewTimer(time.Duration(a.rand.Int64N(int64(actorRests))))
		select {
		case <-ctx.Done():
			pause.Stop()
		case <-pause.C:
		}
	}
}

// act does one thing that the person's post lets them do. That it fails is
// what happens on bad days.
func (a *actor) act(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 4*actorWaits)
	defer cancel()
	switch n := a.rand.IntN(10); {
	case n == 0:
		a.OpenHome()
	case n == 1:
		words := []string{"", "help", "roles", "feedback", fmt.Sprint("funnel ", a.team.role), "nonsense"}
		_, _ = a.Command(ctx, a.team.channel, "/hire", words[a.rand.IntN(len(words))])
	case a.ID == a.team.recruiter && n < 6:
		a.addCandidate(ctx)
	case a.ID == a.team.recruiter:
		a.moveCandidate(ctx)
	case a.ID == a.team.manager:
		a.decide(ctx)
	default:
		a.assess(ctx)
	}
}

// form opens a form and returns it.
func (a *actor) form(ctx context.Context, title string, open func() error) (*slacksim.Modal, bool) {
	for m, there := a.Modal(); there; m, there = a.Modal() { // what still stands there from before
		if m.Close(ctx) != nil || ctx.Err() != nil {
			return nil, false
		}
	}
	if open() != nil {
		return nil, false
	}
	wait, cancel := context.WithTimeout(ctx, actorWaits)
	defer cancel()
	m, err := a.AwaitModal(wait, title)
	return m, err == nil
}

// command opens a form by a command.
func (a *actor) command(ctx context.Context, title, text string) (*slacksim.Modal, bool) {
	return a.form(ctx, title, func() error {
		_, err := a.Command(ctx, a.team.channel, "/hire", text)
		return err
	})
}

// fill fills a form in; a field that a choice brings is waited for.
func (a *actor) fill(ctx context.Context, m *slacksim.Modal, fields ...field) bool {
	ctx, cancel := context.WithTimeout(ctx, actorWaits)
	defer cancel()
	for _, f := range fields {
		var err error
		gaveUp := a.c.slack.Await(ctx, func() bool {
			err = m.Fill(f.id, f.values...)
			return !errors.Is(err, slacksim.ErrNotThere)
		})
		// A choice that was not acknowledged stands in the form all the same.
		if gaveUp != nil || err != nil && !errors.Is(err, slacksim.ErrTimeout) {
			return false
		}
	}
	return true
}

// submit submits a form, sometimes with a double click, and again when there
// was no answer. It returns what the person reads in the end when that says
// that it is done.
func (a *actor) submit(ctx context.Context, m *slacksim.Modal) (read string, done bool) {
	for range 3 {
		double := make(chan struct{})
		go func(twice bool) {
			defer close(double)
			if twice {
				_, _ = m.Submit(ctx)
			}
		}(a.rand.IntN(5) == 0)
		res, err := m.Submit(ctx)
		<-double
		switch {
		case err == nil && res.Closed:
			return "", true
		case err == nil && (res.Updated || res.Pushed):
			if read, done := a.outcome(ctx); done {
				return read, true
			}
		case errors.Is(err, slacksim.ErrNotThere): // it was closed by another answer, or something stands on it
			return "", false
		}
		for top, there := a.Modal(); there && top.ID != m.ID; top, there = a.Modal() { // what says that it did not work
			if top.Close(ctx) != nil {
				return "", false
			}
		}
	}
	return "", false
}

// outcome waits until the window that says what came of a form says so. Done is
// what closes all windows with it.
func (a *actor) outcome(ctx context.Context) (read string, done bool) {
	ctx, cancel := context.WithTimeout(ctx, actorWaits)
	defer cancel()
	_ = a.c.slack.Await(ctx, func() bool {
		m, there := a.Modal()
		if !there {
			return false
		}
		read, done = string(m.Blocks), strings.Contains(string(m.Raw), `"clear_on_close":true`)
		return done
	})
	return read, done
}

// note notes that a deed is acknowledged.
func (a *actor) note(d *deed) {
	a.c.deeds.mu.Lock()
	defer a.c.deeds.mu.Unlock()
	d.acked = true
}

var candidateKey = regexp.MustCompile(`C-(\d+)`)

// addCandidate adds somebody nobody else is called like.
func (a *actor) addCandidate(ctx context.Context) {
	m, open := a.command(ctx, "Add a candidate", "candidate "+a.team.role.String())
	name := a.c.deeds.name("Candidate")
	if !open || !a.fill(ctx, m, fill(hiring.FieldName, name), fill(hiring.FieldSource, string(hiring.Inbound))) {
		return
	}
	d := a.c.deeds.add("added", name)
	read, done := a.submit(ctx, m)
	if !done {
		return
	}
	a.note(d)
	if key := candidateKey.FindString(read); key != "" {
		id, _ := hiring.ParseCandidateID(key)
		select {
		case a.added <- id:
		default: // enough to do
		}
	}
}

// moveCandidate moves a candidate to an interview that is over.
func (a *actor) moveCandidate(ctx context.Context) {
	var id hiring.CandidateID
	select {
	case id = <-a.added:
	default:
		return
	}
	m, open := a.command(ctx, "Move a candidate", "move "+id.String())
	if !open || !a.fill(ctx, m, fill(hiring.FieldStage, "stage:"+string(technical)), fill(hiring.FieldInterviewAt, a.c.interviewTime())) {
		a.added <- id
		return
	}
	d := a.c.deeds.add("moved", id.String())
	if _, done := a.submit(ctx, m); done {
		a.note(d)
	}
}

// asks finds a message to the person with a button of an action, and the
// button's value, whose subject was not taken up yet.
func (a *actor) asks(action, prefix string) (m slacksim.Message, value string) {
	for _, m := range a.Messages(a.DM()) {
		var blocks any
		_ = json.Unmarshal(m.Blocks, &blocks)
		for _, value := range buttonValues(blocks, action) {
			if strings.HasPrefix(value, prefix) && !a.begun[strings.TrimPrefix(value, prefix)] {
				return m, value
			}
		}
	}
	return m, ""
}

// buttonValues returns the values of the buttons of an action.
func buttonValues(in any, action string) (values []string) {
	switch in := in.(type) {
	case []any:
		for _, x := range in {
			values = append(values, buttonValues(x, action)...)
		}
	case map[string]any:
		id, _ := in["action_id"].(string)
		if value, ok := in["value"].(string); ok && templates.ActionName(id) == action {
			values = append(values, value)
		}
		for _, x := range in {
			values = append(values, buttonValues(x, action)...)
		}
	}
	return values
}

// pressed opens a form by a button in a message.
func (a *actor) pressed(ctx context.Context, title string, m slacksim.Message, value string) (*slacksim.Modal, bool) {
	return a.form(ctx, title, func() error { return a.Press(ctx, m, value) })
}

// assess gives feedback that is asked for.
func (a *actor) assess(ctx context.Context) {
	m, key := a.asks(templates.ActionGiveFeedback, "")
	if key == "" {
		return
	}
	form, open := a.pressed(ctx, "Feedback", m, key)
	note := a.c.deeds.name("Note")
	if !open || !a.fill(ctx, form,
		fill(hiring.RatingField(0), fmt.Sprint(int(hiring.Meets))), fill(hiring.FieldRecommendation, string(hiring.Yes)), fill(hiring.FieldNote, note)) {
		return
	}
	a.begun[key] = true
	d := a.c.deeds.add("assessed", note)
	if _, done := a.submit(ctx, form); done {
		a.note(d)
	}
}

// decide decides on a candidate whose debrief is there.
func (a *actor) decide(ctx context.Context) {
	m, value := a.asks(templates.ActionDecide, string(hiring.Advance)+"/")
	if value == "" {
		return
	}
	form, open := a.pressed(ctx, "", m, value)
	reason := a.c.deeds.name("Reason")
	if !open || !a.fill(ctx, form, fill(hiring.FieldReason, reason), fill(hiring.FieldCriteria, "0")) {
		return
	}
	a.begun[candidateKey.FindString(value)] = true
	d := a.c.deeds.add("decided", reason)
	if _, done := a.submit(ctx, form); done {
		a.note(d)
	}
}
