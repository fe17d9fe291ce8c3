package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// doubts are notices whose fate is unknown, because a crash or a lost answer
// left them marked as being sent, and when each is looked up next. They are
// few: while Slack does not answer, it gets one thing at a time.
type doubts struct {
	mu   sync.Mutex
	list map[hiring.NoticeID]doubt
}

type doubt struct {
	notice hiring.Notice
	at     time.Time
	word   string // what went wrong: Slack's word, if it said one
	tries  int    // look-ups that Slack did not answer, or that broke
}

func newDoubts() doubts { return doubts{list: make(map[hiring.NoticeID]doubt)} }

func (d *doubts) add(n hiring.Notice, at time.Time, word string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.list[n.ID] = doubt{n, at, word, d.list[n.ID].tries}
}

// later has one be looked up later, for the same reason.
func (d *doubts) later(n hiring.Notice, at time.Time) { d.add(n, at, d.word(n.ID)) }

// word returns what went wrong with a notice.
func (d *doubts) word(id hiring.NoticeID) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.list[id].word
}

// tried notes that a look-up came to nothing, and returns how often that was.
func (d *doubts) tried(id hiring.NoticeID) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, known := d.list[id]
	if one.tries++; known {
		d.list[id] = one
	}
	return one.tries
}

func (d *doubts) settle(id hiring.NoticeID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.list, id)
}

// holds says whether a notice's fate is unknown.
func (d *doubts) holds(id hiring.NoticeID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, unknown := d.list[id]
	return unknown
}

// holdUp says whether what is so urgent in a conversation waits until it is known
// whether an earlier message stands there: one as urgent, or any that is so late
// that all which waits there becomes one message. An edit holds up nothing, and
// neither does what breaks when it is looked up: that may be so for good.
func (d *doubts) holdUp(s stream, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.list {
		n := one.notice
		if n.To() == s.to && n.Kind != hiring.RefreshMessage && one.word != hiring.ProblemBroken && (n.Kind.Urgency() == s.urgency || n.Late(now)) {
			return true
		}
	}
	return false
}

// due returns those to be looked up by now, oldest first.
func (d *doubts) due(now time.Time) (list []hiring.Notice) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.list {
		if !one.at.After(now) || ahead(one.at, now, maxPause).IsZero() {
			list = append(list, one.notice)
		}
	}
	slices.SortFunc(list, func(a, b hiring.Notice) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// next returns when the next is to be looked up after now; zero when there is
// none.
func (d *doubts) next(now time.Time) (at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.list {
		if one.at.After(now) && (at.IsZero() || one.at.Before(at)) {
			at = one.at
		}
	}
	return at
}

// doubt takes up what a crash left marked as being sent.
func (c *Courier) doubt(ctx context.Context) error {
	notices, err := c.Outbox.Unsettled(ctx)
	if err != nil {
		return fmt.Errorf("read the outbox: %w", err)
	}
	for _, n := range notices {
		c.doubts.add(n, c.Clock(), hiring.ProblemInterrupted)
	}
	return nil
}

// Recover settles what a crash left marked as being sent: it looks each up
// where it should stand. While Slack does not answer, they stay as they are.
// The error is one that trying again does not heal.
func (c *Courier) Recover(ctx context.Context) error {
	if err := c.doubt(ctx); err != nil {
		return err
	}
	for _, n := range c.doubts.due(c.Clock()) {
		if err := c.recover(ctx, n); err != nil {
			return fmt.Errorf("notice %d: %w", n.ID, err)
		}
	}
	return nil
}

// recover settles one notice whose fate is unknown.
func (c *Courier) recover(ctx context.Context, n hiring.Notice) error {
	now := c.Clock()
	later, err := c.find(ctx, n, now)
	switch {
	case err != nil:
		c.doubts.later(n, now.Add(firstWait))
	case later.IsZero():
		c.doubts.settle(n.ID)
	default:
		c.doubts.later(n, later)
	}
	return err
}

// find looks a notice up and settles it. later is when to look again; zero for
// not at all.
func (c *Courier) find(ctx context.Context, n hiring.Notice, now time.Time) (later time.Time, err error) {
	n, _ = n.SetRight(now)
	post, err := c.lookUp(ctx, n)
	pause, limited := rateLimited(err)
	if err == nil || errors.Is(err, errNotPosted) {
		c.limits.answered()
		if err := c.letIn(ctx, n.To(), now); err != nil {
			return later, err
		}
	}
	switch {
	case err == nil:
		if n.Kind == hiring.PostBrief {
			defer c.pin(ctx, post) // the doubt came before that
		}
		return later, c.Outbox.Settle(ctx, n.ID, post, now)
	case ctx.Err() != nil:
		return later, ctx.Err()
	case errors.Is(err, errNotPosted): // Slack answers, and does not take it
		return later, c.wrong(ctx, n, now, c.doubts.word(n.ID))
	case limited:
		c.limits.refused(now, channelHistory, n.To(), pause)
		c.rests.rest(streamOf(n), now.Add(pause))
		return now.Add(pause), nil
	case slices.Contains(revoked, slackError(err)):
		return later, fmt.Errorf("looking up a message in Slack: %w", explain(err))
	case hiring.Undeliverable(slackError(err)):
		return c.unseen(ctx, n, slackError(err), now)
	case !answered(err) && !errors.Is(err, errTooFar) || slices.Contains(passing, slackError(err)):
		return c.noAnswer(ctx, n, now, slackError(err))
	case n.Kind == hiring.Nudge:
		// Slack will not say. The next sweep heals a miss, nothing heals a
		// double.
		return later, c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	default:
		return later, c.wrong(ctx, n, now, c.doubts.word(n.ID))
	}
}

// noAnswer decides when a notice is looked up again that Slack does not say
// anything about. At first, Slack is left alone. After a few times it may be that
// this look-up alone cannot be answered: the notice waits by itself, and
// everything else gets its turn. word is what Slack said, if anything: while it
// says nothing to anybody, an outage of any length gives nothing up.
func (c *Courier) noAnswer(ctx context.Context, n hiring.Notice, now time.Time, word string) (later time.Time, err error) {
	tries := c.doubts.tried(n.ID)
	if tries < fairTries {
		return c.limits.leaveAlone(now), nil
	}
	if word != "" || c.limits.answers() {
		over, err := c.overInDoubt(ctx, n, tries, now)
		if over || err != nil {
			return later, err
		}
	}
	return now.Add(grown(tries)), nil
}

// broke decides the same for a notice whose look-up breaks.
func (c *Courier) broke(ctx context.Context, n hiring.Notice) error {
	now := c.Clock()
	c.doubts.add(n, now.Add(maxRetry), hiring.ProblemBroken)
	over, err := c.overInDoubt(ctx, n, c.doubts.tried(n.ID), now)
	if over {
		c.doubts.settle(n.ID)
	}
	return err
}

// overInDoubt gives up a notice that has been in doubt for a week and could not
// be looked up: what is not known is not posted again. A reminder is given up in
// silence, for the next one says the same.
func (c *Courier) overInDoubt(ctx context.Context, n hiring.Notice, tries int, now time.Time) (over bool, err error) {
	since, err := c.Outbox.SendingSince(ctx, n.ID)
	if err != nil || tries < fairTries || now.Sub(since) < hiring.GiveUpAfter {
		return false, err
	}
	word := c.doubts.word(n.ID)
	c.Log.Error("a notice is given up: whether it was posted could not be looked up", "notice", n.ID, "kind", n.Kind, "problem", word)
	if n.Kind == hiring.Nudge {
		return true, c.Outbox.Settle(ctx, n.ID, hiring.Post{}, now)
	}
	return true, c.lastWord(ctx, n, n, nil, word, now)
}

var (
	// errNotPosted says that a notice does not stand where it should.
	errNotPosted = errors.New("the message was not posted")
	// errTooFar says that more messages came since than are looked at.
	errTooFar = errors.New("too many messages came since")
)

// noticeEvent marks our messages in their metadata. It carries the number of the
// notice, when that was written, and the numbers of those it takes the place of,
// and nothing else: metadata can be read by everybody in the workspace.
const noticeEvent = "samsvar_notice"

func stamp(n hiring.Notice) slack.SlackMetadata {
	payload := map[string]any{"notice": number(n), "written": written(n)}
	if len(n.Parts) > 0 {
		parts := make([]string, len(n.Parts))
		for i, part := range n.Parts {
			parts[i] = number(part)
		}
		payload["parts"] = strings.Join(parts, " ")
	}
	return slack.SlackMetadata{EventType: noticeEvent, EventPayload: payload}
}

func number(n hiring.Notice) string { return strconv.FormatUint(uint64(n.ID), 10) }

// written tells notices of the same number apart: a record that was restored, or
// begun anew, counts on from where it stood.
func written(n hiring.Notice) string { return n.CreatedAt.UTC().Format(time.RFC3339Nano) }

// Bounds of looking for a message: pages of a conversation's history, messages
// on a page (Slack recommends at most 200), and how far its clock and ours may
// be apart: a machine's clock can be off by its zone and more.
const (
	maxPages = 5
	pageSize = 200
	skew     = 24 * time.Hour
)

// lookUp finds the message of a notice in its conversation: among those that
// came after the notice was written, and where it is not, among those of the
// week before that, for a clock that was ahead wrote a later time. It returns
// [errNotPosted] when it is not there, and another error when Slack does not
// say.
func (c *Courier) lookUp(ctx context.Context, n hiring.Notice) (hiring.Post, error) {
	if n.Kind == hiring.RefreshMessage {
		return hiring.Post{}, errNotPosted // an edit can be made again
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	own, err := c.Directory.workspace(ctx)
	if err != nil {
		return hiring.Post{}, err
	}
	channel := string(n.Channel)
	if n.User != "" {
		dm, _, _, err := c.API.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(n.User)}})
		if err != nil {
			return hiring.Post{}, err
		}
		channel = dm.ID
	}
	since, before := n.CreatedAt.Add(-skew), n.CreatedAt.Add(-skew-hiring.LongestPause)
	now := c.Clock()
	ahead := n.CreatedAt.After(now)
	if ahead {
		since = now.Add(-skew - hiring.LongestPause)
	}
	ask := slack.GetConversationHistoryParameters{
		ChannelID: channel, Limit: pageSize, IncludeAllMetadata: true, Inclusive: true, Oldest: second(since),
	}
	post, err := c.search(ctx, n, ask, func(m slack.Message) bool { return isOf(m, n, own) })
	if !errors.Is(err, errNotPosted) || ahead || n.Kind == hiring.DigestDetails { // a thread was read from its start
		return post, err
	}
	ask.Oldest, ask.Latest = second(before), second(since)
	post, err = c.search(ctx, n, ask, func(m slack.Message) bool { return isOf(m, n, own) && dated(m) })
	if errors.Is(err, errTooFar) { // where the clock was right it would have been found
		err = errNotPosted
	}
	return post, err
}

// second is a time as Slack's history is asked by.
func second(t time.Time) string { return fmt.Sprintf("%d.000000", max(0, t.Unix())) }

// search reads a conversation for a message, page by page.
func (c *Courier) search(ctx context.Context, n hiring.Notice, ask slack.GetConversationHistoryParameters, found func(slack.Message) bool) (hiring.Post, error) {
	for range maxPages {
		messages, more, err := c.messages(ctx, n, &ask)
		if err != nil {
			return hiring.Post{}, err
		}
		if i := slices.IndexFunc(messages, found); i >= 0 {
			return hiring.Post{Channel: hiring.ChannelID(ask.ChannelID), TS: messages[i].Timestamp}, nil
		}
		if !more || ask.Cursor == "" {
			return hiring.Post{}, errNotPosted
		}
	}
	return hiring.Post{}, errTooFar
}

// messages reads a page of a conversation, or of the thread that a notice
// belongs into, and has ask go on from there.
func (c *Courier) messages(ctx context.Context, n hiring.Notice, ask *slack.GetConversationHistoryParameters) (page []slack.Message, more bool, err error) {
	if n.Kind != hiring.DigestDetails {
		r, err := c.API.GetConversationHistoryContext(ctx, ask)
		if err != nil {
			return nil, false, err
		}
		ask.Cursor = r.ResponseMetaData.NextCursor
		return r.Messages, r.HasMore, nil
	}
	thread, err := c.threadOf(ctx, n)
	if err != nil {
		return nil, false, err
	}
	page, more, ask.Cursor, err = c.API.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: ask.ChannelID, Timestamp: thread, Cursor: ask.Cursor, Limit: ask.Limit, IncludeAllMetadata: true,
	})
	return page, more, err
}

// isOf says whether a message is what a notice became. Another Samsvar, such as
// one for trying things out, counts its notices from 1, too: only what we wrote
// ourselves is ours. What an earlier version posted does not say when its notice
// was written.
func isOf(m slack.Message, n hiring.Notice, own *slack.AuthTestResponse) bool {
	said := m.Metadata.EventPayload
	return (m.BotID == own.BotID || m.User == own.UserID) && m.Metadata.EventType == noticeEvent &&
		said["notice"] == number(n) && (!dated(m) || said["written"] == written(n))
}

// dated says whether a message tells when its notice was written.
func dated(m slack.Message) bool {
	_, dated := m.Metadata.EventPayload["written"]
	return dated
}
