package store

import (
	"context"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// enqueue puts a notice into the outbox. A message that is to be refreshed
// already is not queued again: that refresh shows this change, too.
func enqueue(t *txn, n hiring.Notice) error {
	if n.Kind == hiring.RefreshMessage {
		if id := t.get(inRefresh, noticeKey(n.Post)); id != nil {
			return hasten(t, id, n.NotBefore)
		}
	}
	row := noticeRow{Urgency: uint64(n.Kind.Urgency()), At: n.NotBefore.UTC()}
	if n.Kind != hiring.RefreshMessage {
		held, err := isHeld(t, n.To())
		if err != nil {
			return err
		}
		row.Held = held
	}
	n.ID = hiring.NoticeID(t.nextNumber(ofNotices))
	row.Notice = messageRowOf(n)
	if n.Kind == hiring.RefreshMessage {
		t.put(inRefresh, noticeKey(n.Post), noticeKey(n.ID))
	}
	putWaiting(t, row)
	return nil
}

// putWaiting puts a notice into the outbox that is not being sent: into the
// queue, unless it is held.
func putWaiting(t *txn, row noticeRow) {
	row.Sending, row.Stale = false, false
	to := row.notice().To()
	save(t, inNotice, noticeKey(row.id()), row)
	t.put(inNoticeTo, noticeToKey(to, row.id()), nil)
	if !row.Held {
		where := conversationKey(to)
		if row.Attempts > 0 || !row.Notice.QuietUntil.IsZero() {
			where = where.num(uint64(row.Attempts))
		}
		t.put(inNoticeQueued, noticeQueuedKey(row.Urgency, row.At, row.id()), where)
		t.queued = true
	}
}

// take removes a notice from the outbox, wherever in it it stands.
func take(t *txn, row noticeRow) {
	t.delete(inNotice, noticeKey(row.id()))
	t.delete(inNoticeTo, noticeToKey(row.notice().To(), row.id()))
	switch {
	case row.Sending:
		t.delete(inNoticeSending, noticeKey(row.id()))
		return
	case !row.Held:
		t.delete(inNoticeQueued, noticeQueuedKey(row.Urgency, row.At, row.id()))
	}
	if n := row.Notice; n.Kind == string(hiring.RefreshMessage) {
		t.delete(inRefresh, noticeKey(hiring.NoticeID(n.Post)))
	}
}

// refresh queues a notice for every message posted about the subjects, whoever
// owed by then what passes on. A message that is just being sent may have been
// rendered before this change: it is refreshed when it is settled.
func refresh(t *txn, subjects []hiring.Subject, now time.Time) error {
	var posts [][]byte
	about := make(map[hiring.Subject]bool, len(subjects))
	for _, s := range subjects {
		s = matter(s)
		if about[s] {
			continue
		}
		about[s] = true
		for _, k := range t.walk(inPostAbout, under(matterKey(s))) {
			posts = append(posts, k)
		}
	}
	for _, k := range posts {
		row, known, err := load[postRow](t, inPost, k)
		if err != nil {
			return err
		}
		if !known {
			continue
		}
		if err := enqueue(t, refreshOf(row.post().Notice, now)); err != nil {
			return err
		}
	}
	if len(subjects) == 0 {
		return nil
	}
	return markStale(t, about)
}

func refreshOf(n hiring.Notice, now time.Time) hiring.Notice {
	return hiring.Notice{
		Kind: hiring.RefreshMessage, User: n.User, Channel: n.Channel, Subjects: n.Subjects, Post: n.ID,
		CreatedAt: now, NotBefore: now,
	}
}

// markStale notes which messages being sent are about a matter that has changed.
// They are never many: the courier sends few at a time.
func markStale(t *txn, about map[hiring.Subject]bool) error {
	rows, err := sending(t)
	if err != nil {
		return err
	}
	for _, row := range rows {
		for _, s := range row.notice().Subjects {
			if about[matter(s)] && !row.Stale {
				row.Stale = true
				save(t, inNotice, noticeKey(row.id()), row)
			}
		}
	}
	return nil
}

func sending(t *txn) ([]noticeRow, error) {
	var rows []noticeRow
	for k := range t.walk(inNoticeSending, everything) {
		row, known, err := load[noticeRow](t, inNotice, k)
		if err != nil {
			return nil, err
		}
		if known {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// Queued returns up to limit queued notices that may be sent by now: what
// somebody waits for, then refreshes, then nudges and escalations, then
// digests; within each, by the time from which they may be sent.
func (s *Store) Queued(ctx context.Context, now time.Time, limit int) ([]hiring.Notice, error) {
	return s.Sendable(ctx, now, limit, func(hiring.Urgency, hiring.Conversation) bool { return true })
}

// Sendable returns the same as Queued, of those for which may is true. It is
// asked in that order, for each notice of the queue until there are enough, and
// must call nothing of the store. When nothing else is due, what was put back
// for longer than [hiring.LongestPause] is: the clock was ahead then.
func (s *Store) Sendable(ctx context.Context, now time.Time, limit int, may func(hiring.Urgency, hiring.Conversation) bool) ([]hiring.Notice, error) {
	var due []hiring.Notice
	err := s.engine.view(ctx, func(t *txn) error {
		for _, u := range hiring.Urgencies() {
			list, err := queuedIn(t, span{urgencyKey(u), urgencyKey(u).at(now.Add(1))}, limit-len(due), func(to hiring.Conversation, _ bool) bool {
				return may(u, to)
			})
			due = append(due, list...)
			if err != nil {
				return err
			}
		}
		for _, u := range hiring.Urgencies() {
			if len(due) > 0 {
				break
			}
			stuck := span{urgencyKey(u).at(now.Add(hiring.LongestPause + 1)), urgencyKey(u + 1)}
			list, err := queuedIn(t, stuck, limit, func(to hiring.Conversation, tried bool) bool { return tried && may(u, to) })
			due = list
			if err != nil {
				return err
			}
		}
		return nil
	})
	return due, err
}

// queuedIn returns up to limit notices in a span of the queue for which may is
// true; tried says that a notice was put back.
func queuedIn(t *txn, of span, limit int, may func(to hiring.Conversation, tried bool) bool) (list []hiring.Notice, err error) {
	for k, v := range t.walk(inNoticeQueued, of) {
		if len(list) >= limit {
			break
		}
		if to, tries := cutConversation(v); !may(to, len(tries) > 0) {
			continue
		}
		row, known, err := load[noticeRow](t, inNotice, k[len(k)-8:])
		if err != nil {
			return nil, err
		}
		if known {
			list = append(list, row.notice())
		}
	}
	return list, nil
}

// NextQueued returns the earliest time after now at which something queued may
// be sent; false when nothing is queued for later.
func (s *Store) NextQueued(ctx context.Context, now time.Time) (at time.Time, queued bool, err error) {
	err = s.engine.view(ctx, func(t *txn) error {
		for _, u := range hiring.Urgencies() {
			for k := range t.walk(inNoticeQueued, span{urgencyKey(u).at(now.Add(1)), urgencyKey(u + 1)}) {
				_, rest := cutNum(k)
				if first, _ := cutTime(rest); !queued || first.Before(at) {
					at, queued = first, true
				}
				break
			}
		}
		return nil
	})
	return at, queued, err
}

// Sending marks a queued notice as being sent. It is false when it is being
// sent already, is held or is gone: then it is somebody else's. Render after it, not
// before: a change that comes between Sending and Settle has the message
// refreshed.
func (s *Store) Sending(ctx context.Context, id hiring.NoticeID, now time.Time) (mine bool, err error) {
	err = s.engine.update(ctx, func(t *txn) error {
		mine = false
		row, known, err := load[noticeRow](t, inNotice, noticeKey(id))
		if err != nil || !known || row.Sending || row.Held {
			return err
		}
		take(t, row)
		row.Sending, row.SendingAt = true, now.UTC()
		if row.Notice.QuietUntil.After(now) { // the clock was ahead
			row.Notice.QuietUntil = now.UTC()
		}
		save(t, inNotice, noticeKey(id), row)
		t.put(inNoticeTo, noticeToKey(row.notice().To(), id), nil)
		t.put(inNoticeSending, noticeKey(id), nil)
		mine = true
		return nil
	})
	return mine && err == nil, err
}

// Unsettled returns the notices marked as being sent, oldest first. After a
// crash, nobody knows whether they were posted.
func (s *Store) Unsettled(ctx context.Context) ([]hiring.Notice, error) {
	var list []hiring.Notice
	err := s.engine.view(ctx, func(t *txn) error {
		rows, err := sending(t)
		for _, row := range rows {
			list = append(list, row.notice())
		}
		return err
	})
	return list, err
}

// Settle takes a notice out of the outbox. With a TS, the message is recorded
// under the notice's subjects, so that it can be kept current, and what
// follows it ([hiring.Follow]) and refreshes of what it outdates
// ([hiring.Outdates]) are queued; a refresh records what its message says. A
// notice that is gone is settled already: no error.
func (s *Store) Settle(ctx context.Context, id hiring.NoticeID, post hiring.Post, now time.Time) error {
	return s.engine.update(ctx, func(t *txn) error {
		row, known, err := load[noticeRow](t, inNotice, noticeKey(id))
		if err != nil || !known {
			return err
		}
		take(t, row)
		n := row.notice()
		switch {
		case n.Kind == hiring.RefreshMessage:
			return says(t, n.Post, post.Said)
		case post.TS == "":
			return nil
		}
		if err := reached(t, n.To()); err != nil {
			return err
		}
		post.Notice = n
		save(t, inPost, noticeKey(id), postRowOf(post, now))
		for _, subject := range n.Subjects {
			t.put(inPostAbout, postAboutKey(subject, id), noticeKey(id))
		}
		if row.Stale {
			if err := enqueue(t, refreshOf(n, now)); err != nil {
				return err
			}
		}
		if next, follows := hiring.Follow(n, now); follows {
			if err := enqueue(t, next); err != nil {
				return err
			}
		}
		outdated, err := hiring.Outdates(&record{t}, n)
		if err != nil {
			return err
		}
		return refresh(t, outdated, now)
	})
}

// says records what a message says; empty when that is not known.
func says(t *txn, post hiring.NoticeID, said string) error {
	row, known, err := load[postRow](t, inPost, noticeKey(post))
	if err != nil || !known || row.Said == said {
		return err
	}
	row.Said = said
	save(t, inPost, noticeKey(post), row)
	return nil
}

// Postpone puts a notice back into the queue, not to be sent before until,
// and counts the attempt. problem says what went wrong, in Slack's word or
// ours; it must name nobody. Where its conversation cannot be reached, it waits
// for that. A refresh is dropped when another of the same message was queued
// meanwhile, and so is what was dropped while it was being sent. A notice that
// is gone stays gone: no error.
func (s *Store) Postpone(ctx context.Context, id hiring.NoticeID, until time.Time, problem string) error {
	return s.putBack(ctx, id, until, problem, func(row *noticeRow) { row.Attempts++ })
}

// Fail is [Store.Postpone] for an attempt whose failure speaks against the
// notice ([hiring.Notice.Fail]).
func (s *Store) Fail(ctx context.Context, id hiring.NoticeID, now, until time.Time, problem string) error {
	return s.putBack(ctx, id, until, problem, func(row *noticeRow) {
		n := row.notice()
		n.Fail(now)
		row.Notice = messageRowOf(n)
		row.Attempts++
	})
}

// KeepQuiet puts a notice back that was not tried: its reader wants no reminder
// before until, which is no outage ([hiring.Notice.QuietUntil]). Its tries begin
// anew after that, and so does its age ([Store.Waiting]).
func (s *Store) KeepQuiet(ctx context.Context, id hiring.NoticeID, until time.Time) error {
	return s.putBack(ctx, id, until, "", func(row *noticeRow) { row.Attempts, row.Notice.QuietUntil = 0, row.At })
}

func (s *Store) putBack(ctx context.Context, id hiring.NoticeID, until time.Time, problem string, note func(*noticeRow)) error {
	return s.engine.update(ctx, func(t *txn) error {
		row, known, err := load[noticeRow](t, inNotice, noticeKey(id))
		if err != nil || !known {
			return err
		}
		take(t, row)
		if row.Dropped {
			return nil
		}
		if post := hiring.NoticeID(row.Notice.Post); row.Notice.Kind == string(hiring.RefreshMessage) {
			if err := says(t, post, ""); err != nil { // perhaps it was edited all the same
				return err
			}
			if t.get(inRefresh, noticeKey(post)) != nil {
				return nil
			}
			t.put(inRefresh, noticeKey(post), noticeKey(id))
		} else if row.Held, err = isHeld(t, row.notice().To()); err != nil {
			return err
		}
		row.At, row.Problem = until.UTC(), problem
		note(&row)
		putWaiting(t, row)
		return nil
	})
}

// Attempts returns how often a notice was postponed since its reader last wanted
// quiet; 0 when it is gone.
func (s *Store) Attempts(ctx context.Context, id hiring.NoticeID) (int, error) {
	var row noticeRow
	err := s.engine.view(ctx, func(t *txn) (err error) {
		row, _, err = load[noticeRow](t, inNotice, noticeKey(id))
		return err
	})
	return row.Attempts, err
}

// SendingSince returns when a notice was marked as being sent; zero when it
// never was.
func (s *Store) SendingSince(ctx context.Context, id hiring.NoticeID) (time.Time, error) {
	var row noticeRow
	err := s.engine.view(ctx, func(t *txn) (err error) {
		row, _, err = load[noticeRow](t, inNotice, noticeKey(id))
		return err
	})
	return row.SendingAt, err
}

// PostOf returns the message a notice became; false when there is none.
func (s *Store) PostOf(ctx context.Context, id hiring.NoticeID) (post hiring.Post, posted bool, err error) {
	err = s.engine.view(ctx, func(t *txn) error {
		row, known, err := load[postRow](t, inPost, noticeKey(id))
		if known {
			post, posted = row.post(), true
		}
		return err
	})
	return post, posted, err
}
