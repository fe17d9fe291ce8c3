package bot_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

func TestRateLimitHoldsUpOneConversation(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	channel, dm := len(p.in(backend)), len(p.in(kari))
	p.slack.RateLimit("chat.postMessage", 1, 30*time.Second)
	p.queue(toChannel(), toChannel(), toUser(kari))
	p.deliver()
	p.grew(backend, channel, 0)
	p.grew(kari, dm, 1)
	p.after(29 * time.Second)
	p.grew(backend, channel, 0)
	p.after(time.Second)
	p.grew(backend, channel, 2)
	p.done()
}

// TestRateLimitWithoutATime has Slack say no in the body of its answer, or
// with a status only.
func TestRateLimitWithoutATime(t *testing.T) {
	for it, limit := range map[string]func(*postOffice){
		"in the body":   func(p *postOffice) { p.wire.say("chat.postMessage", "rate_limited") },
		"as the status": func(p *postOffice) { p.wire.status("chat.postMessage", http.StatusTooManyRequests) },
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before := len(p.in(backend))
			limit(p)
			p.queue(toChannel(), toChannel())
			p.deliver()
			p.after(59 * time.Second)
			p.grew(backend, before, 0)
			p.after(time.Second)
			p.grew(backend, before, 2)
			p.done()
		})
	}
}

func TestTryingAgain(t *testing.T) {
	for _, c := range []struct {
		it      string
		trouble func(*postOffice)
		wait    time.Duration // in which all is delivered, once
	}{
		{"a 503 is tried again", func(p *postOffice) { p.slack.Fail("chat.postMessage", 1, 503) }, 2 * time.Second},
		{"five in a row are tried again more and more slowly", func(p *postOffice) { p.slack.Fail("chat.postMessage", 5, 503) }, 45 * time.Second},
		{"a message whose answer was lost is not posted again", func(p *postOffice) { p.slack.LoseReply("chat.postMessage", 1) }, 2 * time.Second},
		{"nor when Slack says that it may have failed", func(p *postOffice) { p.wire.after("chat.postMessage", "fatal_error") }, 2 * time.Second},
		{"nor when looking it up is rate limited", func(p *postOffice) {
			p.slack.LoseReply("chat.postMessage", 1)
			p.slack.RateLimit("conversations.history", 1, 20*time.Second)
		}, 25 * time.Second},
		{"nor when looking it up fails at first", func(p *postOffice) {
			p.slack.LoseReply("chat.postMessage", 1)
			p.slack.Fail("conversations.history", 3, 502)
		}, 30 * time.Second},
		{"nor when Slack will not say for the moment", func(p *postOffice) {
			p.slack.LoseReply("chat.postMessage", 1)
			p.slack.Refuse("conversations.history", 1, "service_unavailable")
			p.slack.Refuse("conversations.history", 1, "team_added_to_org")
		}, 30 * time.Second},
		{"nor when many others came after it", func(p *postOffice) {
			p.slack.LoseReply("chat.postMessage", 1)
			p.wire.say("conversations.history", `{"ok":true,"messages":[],"has_more":true,"response_metadata":{"next_cursor":"more"}}`)
		}, 2 * time.Second},
		{"a word of Slack's that may pass is tried again", func(p *postOffice) { p.wire.say("chat.postMessage", "service_unavailable") }, 2 * time.Second},
		{"an answer nobody understands is tried again", func(p *postOffice) { p.wire.say("chat.postMessage", "{oops") }, 2 * time.Second},
	} {
		for _, n := range []hiring.Notice{toChannel(), nudge()} {
			t.Run(c.it+": "+string(n.Kind), func(t *testing.T) {
				p := newPostOffice(t, slacksim.Options{})
				p.interview()
				p.deliver()
				where := string(n.User + hiring.UserID(n.Channel))
				before := len(p.in(where))
				c.trouble(p)
				p.queue(n)
				p.deliver()
				for range int(c.wait / time.Second) {
					p.after(time.Second)
				}
				p.grew(where, before, 1)
				p.done()
			})
		}
	}
}

func TestPausesGrow(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := p.count("chat.postMessage")
	p.slack.Fail("chat.postMessage", 1000, 500)
	p.queue(toChannel())
	p.deliver()
	for range 3600 {
		p.after(time.Second)
	}
	if n := p.count("chat.postMessage") - before; n < 15 || n > 25 {
		t.Errorf("Slack was asked %d times in an hour, want about one every five minutes", n)
	}
}

// TestOutage has Slack away for ten minutes while notices pile up. Slack is
// not called for each of them in vain, and when it is back, they all go out.
func TestOutage(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	for range 15 {
		p.queue(toChannel(), toUser(kari))
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		p.wire.next = roundTrip(func(r *http.Request) (*http.Response, error) {
			if time.Since(start) < 10*time.Minute {
				return nil, errors.New("no route to Slack")
			}
			return yes{}.RoundTrip(r)
		})
		p.wire.sent = nil
		p.inBubble()
		p.run(t, 10*time.Minute-time.Second)
		if n := len(p.wire.sent); n > 100 {
			t.Errorf("Slack was called %d times in vain", n)
		}
		p.run(t, 6*time.Minute)
	})
	p.done()
}

func TestUndeliverable(t *testing.T) {
	for _, word := range []string{
		"is_archived", "not_in_channel", "channel_not_found", "account_inactive", "restricted_action", "user_not_found", "messages_tab_disabled", "user_disabled",
	} {
		t.Run(word, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			other := len(p.in(ola))
			p.wire.say("chat.postMessage", word)
			p.queue(toUser(kari))
			p.deliver()
			p.grew(ola, other, 1)
			p.done()
		})
	}
}

func TestArchivedChannel(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(ola))
	p.slack.ChangeChannel(backend, func(c *slacksim.Channel) { c.Archived = true })
	p.queue(toChannel())
	p.deliver()
	p.grew(ola, before, 1)
	mustContain(t, "the recruiter", p.newest(ola).Text+string(p.newest(ola).Blocks), "archived")
	p.done()
}

// TestDeactivated has Kari leave the company: Ola hears of it once, however
// many messages of hers would be edited afterwards.
func TestDeactivated(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	before := len(p.in(ola))
	p.slack.ChangeUser(kari, func(u *slacksim.User) { u.Deleted = true })
	p.move(25 * time.Hour) // her profile is old now
	p.queue(toUser(kari))
	p.deliver()
	p.grew(ola, before, 1)
	mustContain(t, "the recruiter", p.newest(ola).Text, "deactivated")
	edits := p.count("chat.update")
	p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, nil
	}))
	p.deliver()
	p.grew(ola, before, 1)
	if p.count("chat.update") == edits {
		t.Error("the others' messages were not edited")
	}
	if n := p.state("undeliverable"); n != 3 { // what was for her, and two edits, should she come back
		t.Errorf("%d wait", n)
	}
}

func TestEditsThatCannotBeMade(t *testing.T) {
	for _, word := range []string{
		"message_not_found", "cant_update_message", "edit_window_closed",
	} {
		t.Run(word, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before := len(p.in(ola))
			p.wire.say("chat.update", word, word, word, word, word)
			p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
				return hiring.Change{Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, nil
			}))
			p.deliver()
			p.grew(ola, before, 0)
			p.done()
		})
	}
}

func TestEditsAreTriedAgain(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.slack.Fail("chat.update", 2, 503)
	p.check(p.record.Change(t.Context(), "", p.now, func(hiring.Record) (hiring.Change, error) {
		return hiring.Change{Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, nil
	}))
	p.deliver()
	p.after(time.Second)
	p.after(2 * time.Second)
	p.done()
}

func TestRevokedToken(t *testing.T) {
	for _, c := range []struct {
		it    string
		spoil func(*postOffice)
		says  string
	}{
		{"the token was revoked", func(p *postOffice) { p.slack.Revoke(p.slack.BotToken()) }, "install the app again"},
		{"the app was removed", func(p *postOffice) {
			p.wire.say("chat.postMessage", "account_inactive")
			p.wire.say("auth.test", "account_inactive")
		}, "install the app again"},
		{"the token lacks a scope", func(p *postOffice) {
			p.wire.say("chat.postMessage", `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"users:read"}`)
		}, "asks for chat:write"},
		{"it is another kind of token", func(p *postOffice) { p.wire.say("chat.postMessage", "not_allowed_token_type") }, "xoxb-"},
	} {
		t.Run(c.it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			c.spoil(p)
			p.move(time.Minute)
			p.queue(toChannel())
			err := p.courier.Run(t.Context())
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("running ended with %v", err)
			}
			if p.left() != 1 {
				t.Errorf("%d notices are left", p.left())
			}
		})
	}
}

func TestCharts(t *testing.T) {
	chart := "data_visualization"
	p := newPostOffice(t, slacksim.Options{})
	p.several(hiring.MinShare)
	p.deliver()
	p.queue(digest())
	p.deliver()
	mustContain(t, "the digest", charted(p), chart)

	// A message without charts that is refused says nothing about charts.
	p.wire.say("chat.postMessage", "invalid_blocks")
	p.queue(toChannel())
	p.deliver()
	p.after(2 * time.Second)
	p.queue(digest())
	p.deliver()
	mustContain(t, "the digest", charted(p), chart)

	// Nor does one that is refused without its charts, too.
	p.wire.say("chat.postMessage", "invalid_blocks", "invalid_blocks")
	p.queue(digest())
	p.deliver()
	p.after(2 * time.Second)
	mustContain(t, "the digest", charted(p), chart)

	// Charts are refused: the rest comes at once, and from then on at first.
	calls := p.count("chat.postMessage")
	p.wire.say("chat.postMessage", "invalid_blocks")
	p.queue(digest())
	p.deliver()
	p.queue(digest())
	p.deliver()
	if n := p.count("chat.postMessage") - calls; n != 4 {
		t.Errorf("Slack took %d messages", n)
	}
	if strings.Contains(charted(p), chart) {
		t.Error("a chart was sent although charts were refused")
	}
	p.done()
}

// charted returns the blocks of the newest digest; its details stand in its
// thread.
func charted(p *postOffice) string {
	_, others := p.inThread(backend)
	return string(others[len(others)-1].Blocks)
}

// TestLogNamesNobody makes every failure print itself.
func TestLogNamesNobody(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.interview()
	p.deliver()
	for _, word := range []string{"is_archived", "service_unavailable", "invalid_blocks", "fatal_error"} {
		p.wire.say("chat.postMessage", word)
		p.queue(toUser(kari))
		p.after(time.Minute)
	}
	p.slack.LoseReply("chat.postMessage", 1)
	p.slack.Fail("users.info", 1, 500)
	p.slack.Fail("conversations.info", 1, 500)
	p.queue(toChannel(), nudge())
	p.after(25 * time.Hour)
	p.after(time.Minute)
	for _, secret := range []string{"Kari", "Nora", "Backend", "xoxb", "127.0.0.1"} {
		if strings.Contains(p.log.String(), secret) {
			t.Errorf("the log tells %q:\n%s", secret, p.log)
		}
	}
	if p.log.String() == "" {
		t.Error("the log is empty")
	}
}

// after lets the next call of a method take effect and answers with a word.
func (w *wire) after(method, word string) {
	next := w.next
	w.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(r)
		if err == nil && strings.HasSuffix(r.URL.Path, method) {
			w.next = next
			_ = resp.Body.Close()
			resp = answer(`{"ok":false,"error":"` + word + `"}`)
		}
		return resp, err
	})
}

// status answers the next call of a method with a status and no headers.
func (w *wire) status(method string, code int) {
	next := w.next
	w.next = roundTrip(func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, method) {
			return next.RoundTrip(r)
		}
		w.next = next
		resp := answer("")
		resp.StatusCode = code
		return resp, nil
	})
}
