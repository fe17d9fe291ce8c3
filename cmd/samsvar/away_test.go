package main

import (
	"context"
	"encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// atWork returns who does their work in the first team of a chaos on a day on
// which nothing goes wrong yet.
func (c *chaos) atWork(id string) *actor {
	c.t.Helper()
	for _, a := range c.staff {
		if a.ID == id {
			return a
		}
	}
	c.t.Fatalf("%s is not there", id)
	return nil
}

// delivered starts samsvar and waits until nothing is due.
func (c *chaos) delivered() *process {
	c.t.Helper()
	p := c.launch()
	if _, err := c.finish(p); err != nil {
		c.t.Fatal(err)
	}
	return p
}

// interview has a recruiter add somebody and say that their interview is over.
func (c *chaos) interview(recruiter *actor) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), longest)
	defer cancel()
	submit := func(title, text string, fields ...field) string {
		m, open := recruiter.command(ctx, title, text)
		if !open || !recruiter.fill(ctx, m, fields...) {
			c.t.Fatalf("no form %q", title)
		}
		if res, err := m.Submit(ctx); err != nil || !res.Updated {
			c.t.Fatalf("%s: %+v, %v", title, res, err)
		}
		read, _ := recruiter.outcome(ctx)
		return read
	}
	read := submit("Add a candidate", "candidate "+recruiter.team.role.String(), fill(hiring.FieldName, c.deeds.name("Candidate")), fill(hiring.FieldSource, string(hiring.Inbound)))
	submit("Move a candidate", "move "+candidateKey.FindString(read), fill(hiring.FieldStage, "stage:"+string(technical)), fill(hiring.FieldInterviewAt, c.interviewTime()))
}

// TestBackAfterAWeek has Slack take no message for a week, in which people work
// on and samsvar is killed every day. Whoever comes back then finds one message
// that asks for all of it.
func TestBackAfterAWeek(t *testing.T) {
	c := newChaos(t, 6) // from a Friday in October
	p := c.delivered()
	team := c.teams[0]
	before := make(map[string]int)
	for _, id := range team.people() {
		before[id] = c.heard(id)
	}
	c.slack.Fail("chat.postMessage", 1_000_000, 503)
	for range 4 {
		c.interview(c.atWork(team.recruiter))
	}
	for range 7 {
		c.end(p, syscall.SIGKILL)
		c.clock.leap(24 * time.Hour)
		p = c.launch()
		c.swept()
	}
	c.slack.Heal()
	c.end(p, syscall.SIGTERM)
	now := c.clock.now()
	c.clock.leap(c.settings.WorkTime(hiring.Person{}).Next(now).Sub(now) + 2*time.Hour)
	c.end(c.delivered(), syscall.SIGTERM)

	for _, id := range team.people() {
		if n := c.heard(id) - before[id]; n > 1 {
			t.Errorf("%s finds %d messages", id, n)
		}
	}
	for _, id := range team.panel {
		person := c.slack.Person(id)
		all := person.Messages(person.DM())
		var blocks any
		if err := json.Unmarshal(all[len(all)-1].Blocks, &blocks); err != nil {
			t.Fatal(err)
		}
		if asked := buttonValues(blocks, templates.ActionGiveFeedback); c.heard(id) != before[id]+1 || len(asked) != 4 {
			t.Errorf("%s finds %d messages; the last asks for feedback on %v", id, c.heard(id)-before[id], asked)
		}
	}
	c.compare()
	if t.Failed() {
		t.Log(c.log)
	}
}

// heard returns how many messages a person has, but for what the day brings
// whoever was not away: how a digest will look.
func (c *chaos) heard(id string) (n int) {
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	for notice, messages := range c.posted() {
		if messages[0].Channel == c.slack.Person(id).DM() && c.log.kinds[notice] != hiring.Preview {
			n++
		}
	}
	return n
}

// swept waits until what is overdue was looked for.
func (c *chaos) swept() {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), longest)
	defer cancel()
	address, err := c.log.outside(ctx)
	for swept := false; err == nil && !swept; {
		_, swept, err = waiting(ctx, "http://"+address+"/metrics")
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// TestTryAgain has an account be deactivated when its owner is asked for
// something. The recruiter finds that on their Home, and once the account is
// back, a press brings the message, whichever process takes it.
func TestTryAgain(t *testing.T) {
	c := newChaos(t, 1)
	p := c.delivered()
	team := c.teams[0]
	recruiter, away := c.atWork(team.recruiter), c.slack.Person(team.panel[0])
	before := len(away.Messages(away.DM()))
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	defer cancel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	home := func(wanted bool) { // looks at it until it is so
		t.Helper()
		for err := error(slacksim.ErrGaveUp); err != nil; must(ctx.Err()) {
			recruiter.OpenHome()
			look, stop := context.WithTimeout(ctx, actorWaits)
			_, err = recruiter.AwaitHome(look, func(v slacksim.View) bool {
				return strings.Contains(string(v.Blocks), templates.ActionTryAgain) == wanted
			})
			stop()
		}
	}
	inVain := func(n int) { // so often, samsvar finds the account inactive
		t.Helper()
		for strings.Count(c.log.String(), "a notice cannot be delivered") < n {
			select {
			case <-c.log.wrote:
			case <-ctx.Done():
				t.Fatal("nothing was tried in vain")
			}
		}
	}

	c.slack.ChangeUser(away.ID, func(u *slacksim.User) { u.Deleted = true })
	c.interview(recruiter)
	inVain(1)
	home(true)
	must(recruiter.PressHome(ctx, templates.ActionTryAgain)) // too early: nothing has changed
	inVain(2)
	home(true)
	c.end(p, syscall.SIGKILL)
	c.slack.ChangeUser(away.ID, func(u *slacksim.User) { u.Deleted = false })
	p = c.delivered()
	home(true)
	must(recruiter.PressHome(ctx, templates.ActionTryAgain))
	_, err := away.AwaitMessage(ctx, away.DM(), func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), templates.ActionGiveFeedback) })
	must(err)
	home(false)
	c.end(p, syscall.SIGTERM)
	if n := len(away.Messages(away.DM())) - before; n != 1 {
		t.Errorf("%d messages arrived", n)
	}
	c.compare()
}
