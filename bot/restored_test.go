package bot_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
)

// backUp copies the record to a file, as samsvar backup does while it serves.
func (p *postOffice) backUp() (file string) {
	p.Helper()
	file = filepath.Join(p.TempDir(), "backup.db")
	p.check(p.record.Snapshot(p.Context(), func(s store.Snapshot) error {
		_, err := store.Save(context.Background(), file, s.Sum, s.WriteTo)
		return err
	}))
	return file
}

// goBack goes on with a backup, as after samsvar restore and a start.
func (p *postOffice) goBack(file string) {
	p.Helper()
	p.check(p.record.Close())
	var err error
	p.record, err = store.Open(file, store.Options{Settings: hiring.Settings{Zone: oslo}})
	p.check(err)
	p.restart()
}

// TestAMessageFromBeforeARestoreIsAnother goes back to a backup after a message
// to Kari. The next notice to her has the same number, and nobody knows whether
// it was posted: it is told apart from the message of before, and arrives once.
func TestAMessageFromBeforeARestoreIsAnother(t *testing.T) {
	for it, trouble := range map[string]func(*postOffice){
		"not posted": func(p *postOffice) { p.slack.Fail("chat.postMessage", 1, 503) },
		"posted":     func(p *postOffice) { p.slack.LoseReply("chat.postMessage", 1) },
	} {
		t.Run(it, func(t *testing.T) {
			p := newPostOffice(t, slacksim.Options{})
			before := len(p.in(kari))
			backup := p.backUp()
			p.queue(toUser(kari))
			p.deliver()
			p.move(time.Hour)
			p.goBack(backup)
			trouble(p)
			p.queue(hiring.Notice{Kind: hiring.TellOwners, User: kari, About: ola})
			p.deliver()
			p.restart() // what is in doubt is read from the record again
			p.check(p.courier.Recover(t.Context()))
			for range 30 {
				p.after(time.Second)
			}
			p.grew(kari, before, 2)
			p.done()
			stands := p.newest(kari)
			if post, _, err := p.record.PostOf(t.Context(), numberOf(t, stands)); err != nil || post.TS != stands.TS || post.Notice.Kind != hiring.TellOwners {
				t.Errorf("the record has %+v, %v; in Slack stands %s", post, err, stands.TS)
			}
		})
	}
}

// TestAMessageOfAnEarlierVersionIsFound though it does not say when its notice
// was written.
func TestAMessageOfAnEarlierVersionIsFound(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	before := len(p.in(backend))
	p.queue(toChannel())
	queued, err := p.record.Queued(t.Context(), p.now, 1)
	p.check(err)
	p.wire.say("chat.postMessage", "fatal_error")
	p.wire.say("conversations.history", `{"ok":true,"messages":[`+strings.Replace(noticeMessage(queued[0].ID), "{", `{"user":"`+p.newest(backend).User+`",`, 1)+`]}`)
	for range 5 {
		p.after(time.Second)
	}
	p.grew(backend, before, 0)
	p.done()
}

// numberOf returns the number of the notice that a message was.
func numberOf(t *testing.T, m slacksim.Message) hiring.NoticeID {
	t.Helper()
	var stamp struct {
		Payload struct {
			Notice hiring.NoticeID `json:"notice,string"`
		} `json:"event_payload"`
	}
	if err := json.Unmarshal(m.Metadata, &stamp); err != nil {
		t.Fatal(err)
	}
	return stamp.Payload.Notice
}
