package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// speaks has Kari read another language, and everything about R-1 be edited.
func (p *postOffice) speaks(l hiring.Locale) {
	p.Helper()
	p.check(p.record.Change(p.Context(), "", p.now, func(r hiring.Record) (hiring.Change, error) {
		reader, err := r.Person(kari)
		reader.Locale = l
		return hiring.Change{People: []hiring.Person{reader}, Refresh: []hiring.Subject{hiring.RoleSubject(1)}}, err
	}))
}

// TestOnlyWhatChangesIsEdited has everything about a role be made anew again
// and again.
func TestOnlyWhatChangesIsEdited(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.queue(toUser(kari), toUser(ola), toChannel())
	p.deliver()
	edits := func() int {
		before := p.count("chat.update")
		p.after(time.Minute)
		p.done()
		return p.count("chat.update") - before
	}
	p.speaks(hiring.English)
	first := edits()
	if first < 3 {
		t.Fatalf("%d edits", first)
	}
	p.speaks(hiring.English)
	if n := edits(); n != 0 {
		t.Errorf("%d edits that change nothing", n)
	}
	p.restart()
	p.speaks(hiring.Norwegian)
	if n := edits(); n == 0 || n >= first {
		t.Errorf("%d edits of %d when Kari's language is another", n, first)
	}
	mustContain(t, "Kari's", p.newest(kari).Text, "avtalt")
}

// TestAnEditInDoubtIsMadeAgain has Slack edit a message and the answer be lost,
// or Samsvar end just then. What it is to say then is what it said before.
func TestAnEditInDoubtIsMadeAgain(t *testing.T) {
	for it, lose := range map[string]func(*postOffice){
		"the answer is lost": func(p *postOffice) {
			p.slack.LoseReply("chat.update", 1)
			p.deliver()
			p.speaks(hiring.English)
		},
		"Samsvar ends": func(p *postOffice) {
			ctx, cancel := context.WithCancel(p.Context())
			p.wire.stop("chat.update", true, cancel)
			if err := p.courier.Deliver(ctx); err == nil {
				p.Fatal("delivering went on")
			}
			p.speaks(hiring.English)
			p.restart()
			p.check(p.courier.Recover(p.Context()))
		},
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			p.queue(toUser(kari))
			p.deliver()
			p.speaks(hiring.English)
			p.deliver()
			p.speaks(hiring.Norwegian)
			lose(p)
			p.after(time.Minute)
			p.done()
			for _, m := range p.in(kari) {
				if strings.Contains(m.Text, "avtalt") {
					t.Errorf("Kari reads %q", m.Text)
				}
			}
		})
	}
}
