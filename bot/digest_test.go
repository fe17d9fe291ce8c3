package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// plan plans the digests of the rules' day and time, as the scheduler does.
func (p *postOffice) plan(workspace hiring.ChannelID) {
	p.Helper()
	p.check(p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.PlanDigests(r, settings(), hiring.DigestSpan{
			After: p.now.Add(-time.Minute), Until: p.now, Usual: true, Next: p.now.AddDate(0, 0, 7), Workspace: workspace,
		})
	}))
}

// several adds so many candidates to R-1 and moves each on.
func (p *postOffice) several(n int) {
	p.Helper()
	for range n {
		var id hiring.CandidateID
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			c, change, err := a.AddCandidate(1, hiring.Applicant{Name: "Nora Vik", Source: hiring.Referral})
			id = c.ID
			return change, err
		})
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Move(id, hiring.StageScreen, hiring.Interview{})
			return c, err
		})
	}
}

// inThread returns the messages of a channel's threads, and the others.
func (p *postOffice) inThread(where string) (replies, others []slacksim.Message) {
	for _, m := range p.in(where) {
		if m.Thread != "" {
			replies = append(replies, m)
		} else {
			others = append(others, m)
		}
	}
	return replies, others
}

// digested is a post office on the Monday after a week with six candidates,
// with the digest out.
func digested(t *testing.T, o slacksim.Options) *postOffice {
	t.Helper()
	p := newPostOffice(t, o)
	p.several(6)
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	p.after(4 * time.Hour) // the first one waits until its preview was read
	return p
}

func TestTheDigestsDetailsStandInItsThread(t *testing.T) {
	p := digested(t, slacksim.Options{})
	replies, others := p.inThread(backend)
	digest := others[len(others)-1]
	mustContain(t, "the digest", digest.Text, "week 48", "6 added")
	if len(replies) != 1 || replies[0].Thread != digest.TS {
		t.Fatalf("the thread of %s: %+v", digest.TS, replies)
	}
	mustContain(t, "the details", string(replies[0].Blocks), "data_table", "More on week 48")
	p.done()
}

func TestDetailsWhoseReplyIsLostAreNotPostedTwice(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.several(6)
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	p.move(4 * time.Hour)
	p.slack.LoseReply("chat.postMessage", 2) // the digest's and the details'
	for range 6 {
		p.after(10 * time.Minute)
	}
	replies, others := p.inThread(backend)
	digests := 0
	for _, m := range others {
		if strings.Contains(m.Text, "6 added") {
			digests++
		}
	}
	if len(replies) != 1 || digests != 1 {
		t.Errorf("%d digests and %d replies\n%s", digests, len(replies), p.log)
	}
	p.done()
}

func TestThePreviewLooksLikeTheDigest(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.several(6)
	p.slack.AddChannel(slacksim.Channel{ID: "CSECRET", Name: "secret", Private: true, BotIsMember: true, Members: []string{kari, ola}})
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Subscribe(hiring.Subscription{Role: 1, Channel: "CSECRET", Own: true, Day: time.Tuesday, At: 10 * time.Hour, Locale: hiring.Norwegian}, "", time.Time{})
		return c, err
	})
	p.deliver()
	for _, owner := range []string{kari, ola} {
		m := p.newest(owner)
		mustContain(t, owner+"'s preview", m.Text, "The first digest of", "CSECRET", "24 Nov 2026, 10:00")
		mustContain(t, owner+"'s preview", string(m.Blocks), "uke 47", "Change when and where", "Don't send it there")
	}
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Unsubscribe(1, "", "CSECRET")
		return c, err
	})
	p.after(2 * time.Second)
	m := p.newest(kari)
	mustContain(t, "the stopped preview", m.Text, "No digest goes to", ola)
	if strings.Contains(string(m.Blocks), "actions") {
		t.Error("the stopped preview has buttons left")
	}
	p.move(24 * time.Hour)
	p.plan("")
	p.deliver()
	if n := len(p.in("CSECRET")); n != 0 {
		t.Errorf("%d messages came to the channel that was stopped", n)
	}
}

func TestADigestIsBroughtUpToDateUntilTheNext(t *testing.T) {
	p := digested(t, slacksim.Options{})
	refresh := func() {
		p.act(kari, func(a hiring.Act) (hiring.Change, error) {
			return hiring.RefreshDigest(a.Record, hiring.DigestSubject(1, "2026-W48"), backend, backend)
		})
	}
	_, others := p.inThread(backend)
	before := others[len(others)-1]
	p.act(ola, func(a hiring.Act) (hiring.Change, error) { // recorded late
		_, c, err := a.Close(1, hiring.Withdrawn, "Took another offer", true)
		return c, err
	})
	p.after(time.Hour)
	if _, others := p.inThread(backend); others[len(others)-1].Text != before.Text {
		t.Fatal("a digest is rewritten by itself")
	}
	refresh()
	p.after(2 * time.Second)
	_, others = p.inThread(backend)
	if now := others[len(others)-1]; now.TS != before.TS || !strings.Contains(now.Text, "1 withdrew") {
		t.Errorf("after a refresh it says %q", now.Text)
	}
	edited := others[len(others)-1].Text
	refresh() // queued, and then the next one comes
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	_, others = p.inThread(backend)
	for _, m := range others {
		if m.TS == before.TS && m.Text != edited {
			t.Errorf("an old digest says %q now", m.Text)
		}
	}
}

// TestTheNextDigestSaysWhatWasCorrected has somebody undo a withdrawal between
// two digests, and another before the first.
func TestTheNextDigestSaysWhatWasCorrected(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	undone := func(id hiring.CandidateID) {
		t.Helper()
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			_, c, err := a.Close(id, hiring.Withdrawn, "Took another offer", true)
			return c, err
		})
		p.act(ola, func(a hiring.Act) (hiring.Change, error) {
			c, err := a.Record.Candidate(id)
			if err != nil {
				return hiring.Change{}, err
			}
			steps := c.Steps()
			last := len(steps) - 1
			_, change, err := a.Correct(id, hiring.Fix{Step: last, At: steps[last].At, Undo: true})
			return change, err
		})
	}
	weekOn := func() string {
		t.Helper()
		p.move(7 * 24 * time.Hour)
		p.plan("")
		p.deliver()
		p.after(4 * time.Hour)
		_, others := p.inThread(backend)
		return others[len(others)-1].Text
	}
	const heading = "Corrected since the last digest"
	p.several(6)
	undone(2)
	if text := weekOn(); !strings.Contains(text, "week 48") || strings.Contains(text, heading) {
		t.Errorf("the first digest says %q", text)
	}
	undone(1)
	p.act(kari, func(a hiring.Act) (hiring.Change, error) { // another language or time forgets nothing
		_, c, err := a.Subscribe(hiring.Subscription{Role: 1, Channel: backend}, "", time.Time{})
		return c, err
	})
	text := weekOn()
	mustContain(t, "the next digest", text, "week 49", heading, "C-1: the withdrawal, undone")
	for _, not := range []string{"C-2: the withdrawal", "Nora", "another offer"} {
		if strings.Contains(text, not) {
			t.Errorf("the next digest has %q: %q", not, text)
		}
	}
	if text := weekOn(); !strings.Contains(text, "week 50") || strings.Contains(text, heading) {
		t.Errorf("the one after it says %q", text)
	}
}

// TestRefusedChartsAreRememberedOverARestart has Slack refuse a chart once.
func TestRefusedChartsAreRememberedOverARestart(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.several(hiring.MinShare)
	p.deliver()
	p.wire.say("chat.postMessage", "invalid_blocks")
	chart := func(it string, want bool) {
		t.Helper()
		p.queue(digest())
		p.after(2 * time.Second)
		_, others := p.inThread(backend)
		mustContain(t, it, others[len(others)-1].Text, "Sourced", "5 reached")
		if got := strings.Contains(charted(p), "data_visualization"); got != want {
			t.Errorf("%s: chart %v", it, got)
		}
	}
	chart("refused", false)
	p.restart()
	chart("after a restart", false)
	p.move(5 * 7 * 24 * time.Hour)
	p.restart()
	chart("five weeks later", true)
}

// The office's own workspace has no courier: what a refresh queues is seen in
// the record.
func TestWhoMayRefresh(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.now = o.now.AddDate(0, 0, 7)
	if err := o.record.Change(t.Context(), "", o.now, func(r hiring.Record) (hiring.Change, error) {
		return hiring.PlanDigests(r, settings(), hiring.DigestSpan{Until: o.now, Usual: true, Workspace: ""})
	}); err != nil {
		t.Fatal(err)
	}
	key := templates.DigestKey{Role: 1, Channel: "CBACKEND", Week: "2026-W48"}.String()
	for _, c := range []struct{ it, by, value, want string }{
		{"an interviewer may", ingrid, key, "brought up to date. What"},
		{"a double click is one", ingrid, key, "brought up to date just now"},
		{"another's press within the minute is the same", kari, key, "brought up to date just now"},
		{"a colleague may not", jonas, key, "Only the owners"},
		{"nor a guest", guest, key, "for members of the workspace"},
		{"nor an owner that of all roles", kari, "all/CBACKEND/2026-W48", "Only admins"},
		{"another week is refused", kari, "R-1/CBACKEND/2026-W47", "A newer digest is out"},
		{"another channel too", kari, "R-1/CELSE/2026-W48", "A newer digest is out"},
		{"a role there is not", kari, "R-9/CBACKEND/2026-W48", "There is no role R-9"},
		{"nonsense", kari, "x", "is not a role"},
	} {
		o.pressInMessage(c.by, templates.ActionRefreshDigest, c.value)
		mustContain(t, c.it, text(o.wait("answer")), c.want)
	}
	o.now = o.now.Add(time.Minute)
	o.pressInMessage(kari, templates.ActionRefreshDigest, key)
	mustContain(t, "a minute later", text(o.wait("answer")), "brought up to date. What")
}

func TestSubscribing(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.types(kari, "digest R-1")
	list := o.opened(kari)
	mustContain(t, "the channels", list.text(), "CBACKEND", "Add a channel")
	list.press(templates.ActionSubscribe, "R-1//")
	form := o.pushed(kari)
	form.fill("digest_channel", "COTHER").fill("digest_day", "Friday").fill("locale", "Norsk")
	form.state["digest_at"] = map[string]any{"digest_at": map[string]any{"type": "timepicker"}}
	if a := form.submit(); !strings.Contains(text(a), "Choose a time for that day.") {
		t.Errorf("without a time: %s", a.raw)
	}
	done := form.fill("digest_at", "14:30").must()
	mustContain(t, "what came of it", done.text(), "COTHER", "preview")
	done.press(templates.ActionDigests, "R-1")
	o.read(func(r hiring.Record) error {
		list, err := r.Subscriptions(1)
		if len(list) != 1 || list[0].Day != time.Friday || list[0].At != 14*time.Hour+30*time.Minute || list[0].Locale != hiring.Norwegian {
			t.Errorf("subscribed %+v", list)
		}
		return err
	})
	list = o.pushed(kari)
	mustContain(t, "the channels", list.text(), "COTHER", "Friday at 14:30", "Norsk")
	list.press(templates.ActionUnsubscribe, "R-1/COTHER/")
	mustContain(t, "stopped", list.updated().text(), "no more digests")
	for _, c := range []struct{ it, by, action, value, want string }{
		{"a colleague sees no channels", jonas, templates.ActionDigests, "R-1", "Only the owners"},
		{"an interviewer neither", ingrid, templates.ActionDigests, "R-1", "Only the owners"},
		{"an owner not those of all roles", kari, templates.ActionDigests, "all", "Only admins"},
		{"a forged form", ingrid, templates.ActionSubscribe, "R-1/CBACKEND/", "Only the owners"},
		{"a forged form of all", kari, templates.ActionSubscribe, "all//", "Only admins"},
		{"a forged stop", ingrid, templates.ActionUnsubscribe, "R-1/CBACKEND/", "Only the owners"},
		{"a stop of what is not on", kari, templates.ActionUnsubscribe, "R-1/CELSE/", "hears no digest"},
	} {
		o.pressInMessage(c.by, c.action, c.value)
		mustContain(t, c.it, text(o.wait("answer")), c.want)
	}
	o.types(admin, "digest all")
	mustContain(t, "those of all roles", o.opened(admin).text(), "Digest over all roles", "No channel hears it")
}
