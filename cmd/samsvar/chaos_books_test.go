package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/store"
	"github.com/samsvar/samsvar/templates"
)

// tally counts what people submitted, and how much of it was acknowledged.
func (d *deeds) tally() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	all, acked := make(map[string]int), make(map[string]int)
	for _, x := range d.all {
		all[x.kind]++
		if x.acked {
			acked[x.kind]++
		}
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		parts = append(parts, fmt.Sprintf("%s: %d of %d acknowledged", kind, acked[kind], all[kind]))
	}
	return strings.Join(parts, ", ")
}

// inspect checks the file as it was left: every page, and every count.
func (c *chaos) inspect() {
	c.t.Helper()
	file, err := os.ReadFile(c.db)
	if err != nil {
		c.fail("the record: %v", err)
		return
	}
	copied := filepath.Join(c.t.TempDir(), "copy.db")
	if err := os.WriteFile(copied, file, 0o600); err != nil {
		c.t.Fatal(err)
	}
	defer os.Remove(copied)
	s, err := store.Open(copied, store.Options{Settings: c.settings}) // reads every page
	if err != nil {
		c.fail("life %d left a file that cannot be opened: %v", c.lives, err)
		return
	}
	defer s.Close()
	if wrong, err := s.Recount(c.t.Context()); err != nil || len(wrong) > 0 {
		c.fail("life %d left counts that are wrong: %v, %v", c.lives, wrong, err)
	}
	c.doubled()
}

// posted returns the messages that Slack shows, by the number of their notice.
func (c *chaos) posted() map[uint64][]slacksim.Message {
	found := make(map[uint64][]slacksim.Message)
	look := func(who, where string) {
		for _, m := range c.slack.Person(who).Messages(where) {
			var stamp struct {
				Payload struct {
					Notice string `json:"notice"`
				} `json:"event_payload"`
			}
			if json.Unmarshal(m.Metadata, &stamp) != nil {
				continue
			}
			if id, err := strconv.ParseUint(stamp.Payload.Notice, 10, 64); err == nil {
				found[id] = append(found[id], m)
			}
		}
	}
	for _, team := range c.teams {
		for _, who := range team.people() {
			look(who, c.slack.Person(who).DM())
		}
		look(team.manager, team.channel)
	}
	look(tone, c.slack.Person(tone).DM())
	return found
}

// doubled complains of notices that stand in Slack twice.
func (c *chaos) doubled() {
	for id, all := range c.posted() {
		if len(all) > 1 {
			c.fail("doubled: notice %d (%s) stands in %s at %s and %s", id, c.log.kinds[id], all[0].Channel, all[0].TS, all[1].TS)
		}
	}
}

// compare holds what Slack saw against what the record says.
func (c *chaos) compare() {
	if c.t.Failed() {
		return
	}
	c.inspect()
	b := c.books()
	s, err := store.Open(c.db, store.Options{Settings: c.settings})
	if err != nil {
		c.t.Fatal(err)
	}
	defer s.Close()
	c.accountFor(s, b)
	err = s.View(c.t.Context(), func(r hiring.Record) error {
		all, err := c.allCandidates(r)
		if err != nil {
			return err
		}
		c.onRecord(all)
		c.told(all, b)
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
	if said := c.log.String(); strings.Contains(said, "panic") {
		c.fail("samsvar panicked")
	}
}

// mayBeDropped are the kinds of notices that may have nothing left to say when
// their time comes. The others always have.
var mayBeDropped = []hiring.NoticeKind{
	hiring.Nudge, hiring.Escalation, hiring.AskSignOff, hiring.AskFeedback, hiring.AskLook, hiring.Prepare, hiring.TellInterview,
	hiring.TellDebrief, hiring.Digest, hiring.DigestDetails, hiring.Preview, hiring.CatchUp,
}

// accountFor finds each notice there ever was: in Slack, in the queue, or said
// to have had nothing left to say.
func (c *chaos) accountFor(s *store.Store, b books) {
	posted := c.posted()
	for id := range posted {
		if id > b.last {
			c.fail("notice %d stands in Slack and not in the record", id)
		}
	}
	c.log.mu.Lock()
	defer c.log.mu.Unlock()
	for id := uint64(1); id <= b.last; id++ {
		_, waits := b.queued[id]
		switch messages := posted[id]; {
		case len(messages) > 0:
			post, known, err := s.PostOf(c.t.Context(), hiring.NoticeID(id))
			if err != nil || !known || string(post.Channel) != messages[0].Channel || post.TS != messages[0].TS {
				c.fail("notice %d stands in %s at %s; the record says %s at %s, %v", id, messages[0].Channel, messages[0].TS, post.Channel, post.TS, err)
			}
		case waits, c.log.said[id]:
		case c.log.kinds[id] == hiring.RefreshMessage: // where another took its place it is not even ended; toldOf sees what it was for
		case !c.log.settled[id]:
			c.fail("lost: notice %d (%s) is neither in Slack nor in the queue", id, c.log.kinds[id])
		case !slices.Contains(mayBeDropped, c.log.kinds[id]):
			c.fail("lost: notice %d (%q) was dropped", id, c.log.kinds[id])
		}
	}
}

// storedNotice is a notice as it stands in the file.
type storedNotice struct {
	Kind     hiring.NoticeKind
	User     string
	Subjects []struct{ Candidate int }
}

// storedEvent is an event as it stands in the file.
type storedEvent struct {
	Kind, Person, To string
	Candidate        int
}

// books are what the file says of notices and of what happened.
type books struct {
	queued map[uint64]storedNotice
	posted []storedNotice
	last   uint64 // number of a notice
	events []storedEvent
}

// books reads the file.
func (c *chaos) books() (b books) {
	db, err := bolt.Open(c.db, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	b.queued = make(map[uint64]storedNotice)
	err = db.View(func(tx *bolt.Tx) error {
		b.last = binary.BigEndian.Uint64(tx.Bucket([]byte("sequence")).Get([]byte("notice")))
		return errors.Join(
			rows(tx, "notice", func(k []byte, row struct{ Notice storedNotice }) { b.queued[binary.BigEndian.Uint64(k)] = row.Notice }),
			rows(tx, "post", func(_ []byte, row struct{ Notice storedNotice }) { b.posted = append(b.posted, row.Notice) }),
			rows(tx, "event", func(_ []byte, e storedEvent) { b.events = append(b.events, e) }))
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return b
}

// rows reads the rows of a bucket.
func rows[Row any](tx *bolt.Tx, bucket string, read func([]byte, Row)) error {
	return tx.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error {
		var row Row
		err := json.Unmarshal(v, &row)
		read(k, row)
		return err
	})
}

// onFile is a candidate and the feedback on them.
type onFile struct {
	hiring.Candidate
	feedback []hiring.Feedback
}

func (c *chaos) allCandidates(r hiring.Record) (all []onFile, err error) {
	for _, team := range c.teams {
		list, err := r.CandidatesOf(team.role)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			on, err := r.FeedbackOn(x.ID)
			if err != nil {
				return nil, err
			}
			all = append(all, onFile{x, on})
		}
	}
	return all, nil
}

// onRecord looks for what people submitted: once when it was acknowledged, and
// at most once otherwise.
func (c *chaos) onRecord(all []onFile) {
	found := make(map[string]int)
	for _, x := range all {
		found["added "+x.Name]++
		for _, move := range x.Journey {
			if move.To == technical {
				found["moved "+x.ID.String()]++
			}
		}
		for _, f := range x.feedback {
			found["assessed "+f.Note]++
			for _, earlier := range f.Earlier {
				found["assessed "+earlier.Note]++
			}
		}
		for _, d := range x.Decisions {
			found["decided "+d.Reason]++
		}
	}
	c.deeds.mu.Lock()
	defer c.deeds.mu.Unlock()
	for _, d := range c.deeds.all {
		switch n := found[d.kind+" "+d.what]; {
		case n > 1:
			c.fail("doubled: %s %q is on record %d times", d.kind, d.what, n)
		case n == 0 && d.acked:
			c.fail("lost: %s %q was acknowledged and is not on record", d.kind, d.what)
		}
	}
}

// told holds what people were told against what happened: whoever owes feedback
// was asked, the recruiter heard of each feedback, and there were as many
// reminders as the record says.
func (c *chaos) told(all []onFile, b books) {
	happened, reminded := make(map[storedEvent]int), 0
	for _, e := range b.events {
		if e.Kind == string(hiring.CandidateAdded) {
			e = storedEvent{Kind: e.Kind, Candidate: e.Candidate}
		}
		happened[e]++
		if e.Kind == string(hiring.PersonNudged) {
			reminded++
		}
	}
	c.reminders(b, reminded)
	heard := make(map[string]bool)
	for _, n := range slices.Concat(b.posted, slices.Collect(maps.Values(b.queued))) {
		for _, about := range n.Subjects {
			heard[fmt.Sprint(n.User, about.Candidate)] = true
		}
	}
	for _, x := range all {
		if n := happened[storedEvent{Kind: string(hiring.CandidateAdded), Candidate: int(x.ID)}]; n != 1 {
			c.fail("%v was added %d times", x.ID, n)
		}
		for _, f := range x.feedback {
			c.toldOf(f, happened, heard)
		}
	}
}

// reminders counts the notices that remind: as many as people were reminded,
// less those that another said before they were to be sent.
func (c *chaos) reminders(b books, reminded int) {
	c.log.mu.Lock()
	notices, unknown := maps.Clone(c.log.kinds), 0
	for id := range c.log.said {
		if notices[id] == "" {
			unknown++
		}
	}
	c.log.mu.Unlock()
	for id, n := range b.queued {
		notices[id] = n.Kind
	}
	n := 0
	for _, kind := range notices {
		if kind == hiring.Nudge {
			n++
		}
	}
	if n > reminded || n+unknown < reminded {
		c.fail("people were to be reminded %d times and there were %d reminders", reminded, n)
	}
}

// toldOf holds what people were told of one feedback against it.
func (c *chaos) toldOf(f hiring.Feedback, happened map[storedEvent]int, heard map[string]bool) {
	who := string(f.Interviewer)
	if f.Status == hiring.Submitted {
		who = c.teams[f.Role-1].recruiter
		e := storedEvent{Kind: string(hiring.FeedbackSubmitted), Person: string(f.Interviewer), To: string(f.Stage), Candidate: int(f.Candidate)}
		if n := happened[e]; n != 1 {
			c.fail("the feedback of %s on %v was given %d times", f.Interviewer, f.Candidate, n)
		}
		c.current(f)
	}
	if !heard[fmt.Sprint(who, int(f.Candidate))] {
		c.fail("lost: %s was told nothing of %v, whose feedback by %s is %s", who, f.Candidate, f.Interviewer, f.Status)
	}
}

// current complains of messages that still ask for feedback that is given.
func (c *chaos) current(f hiring.Feedback) {
	person := c.slack.Person(string(f.Interviewer))
	for _, m := range person.Messages(person.DM()) {
		var blocks any
		_ = json.Unmarshal(m.Blocks, &blocks)
		if slices.Contains(buttonValues(blocks, templates.ActionGiveFeedback), templates.EncodeFeedbackKey(f.FeedbackKey)) && !m.Ephemeral {
			c.fail("the message at %s still asks %s for feedback on %v, which is given", m.TS, f.Interviewer, f.Candidate)
		}
	}
}
