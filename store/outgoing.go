package store

import (
	"context"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// applyOutgoing writes what a change says of the outbox.
func (s *Store) applyOutgoing(t *txn, c hiring.Change) error {
	for _, id := range c.Dropped {
		row, known, err := load[noticeRow](t, inNotice, noticeKey(id))
		if err != nil {
			return err
		}
		switch {
		case !known:
		case row.Sending: // it may stand there already
			row.Dropped = true
			save(t, inNotice, noticeKey(id), row)
		default:
			take(t, row)
		}
	}
	for _, u := range c.Unreachable {
		save(t, inUnreachable, conversationKey(u.To), unreachableRowOf(u))
		if err := hold(t, u.To, !u.Trying); err != nil {
			return err
		}
	}
	for _, to := range c.Opened {
		if err := tryEdits(t, to); err != nil {
			return err
		}
	}
	for _, n := range c.Notices {
		if err := enqueue(t, n); err != nil {
			return err
		}
	}
	return nil
}

// hold takes what waits for a conversation out of the queue, or puts it back.
// Edits are no messages, and what is being sent may stand there already: they
// stay where they are.
func hold(t *txn, to hiring.Conversation, held bool) error {
	rows, err := noticesTo(t, to)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Held != held && !row.Sending && row.Notice.Kind != string(hiring.RefreshMessage) {
			take(t, row)
			row.Held = held
			putWaiting(t, row)
		}
	}
	return nil
}

// tryEdits has edits that were refused in a conversation tried at once.
func tryEdits(t *txn, to hiring.Conversation) error {
	rows, err := noticesTo(t, to)
	if err != nil {
		return err
	}
	for _, row := range rows {
		bringForward(t, row, row.Notice.NotBefore)
	}
	return nil
}

// hasten has an edit that waits show a new change, though it was refused where
// it goes: that may be over. It is tried once in [hiring.EditAgain] at the most,
// for a place that stays closed changes as often as any other.
func hasten(t *txn, id []byte, at time.Time) error {
	row, known, err := load[noticeRow](t, inNotice, id)
	if err != nil || !known {
		return err
	}
	if soonest := row.SendingAt.Add(hiring.EditAgain); soonest.After(at) {
		at = soonest
	}
	bringForward(t, row, at)
	return nil
}

// bringForward has an edit that was refused where it goes tried at a time, if
// that is earlier. Since when it is refused stays noted. What waits for another
// reason, such as Slack's pace, keeps its time.
func bringForward(t *txn, row noticeRow, at time.Time) {
	if row.Sending || row.Notice.Kind != string(hiring.RefreshMessage) || !hiring.Undeliverable(row.Problem) || !at.Before(row.At) {
		return
	}
	t.delete(inNoticeQueued, noticeQueuedKey(row.Urgency, row.At, row.id()))
	row.At = at.UTC()
	putWaiting(t, row)
}

// SetRight has what was written by a clock that was ahead be sent in its time
// ([hiring.Notice.SetRight]). It reads the whole outbox.
func (s *Store) SetRight(ctx context.Context, now time.Time) error {
	return s.engine.update(ctx, func(t *txn) error {
		var rows []noticeRow
		for k, v := range t.walk(inNotice, everything) {
			row, err := decode[noticeRow](inNotice, k, v)
			if err != nil {
				return err
			}
			if row.Notice.CreatedAt.After(now) || row.Sending && row.SendingAt.After(now) {
				rows = append(rows, *row)
			}
		}
		for _, row := range rows {
			setRight(t, row, now)
		}
		return nil
	})
}

func setRight(t *txn, row noticeRow, now time.Time) {
	n, changed := row.notice().SetRight(now)
	row.Notice = messageRowOf(n)
	switch {
	case row.Sending:
		if row.SendingAt.After(now) {
			row.SendingAt, changed = now.UTC(), true
		}
		if changed {
			save(t, inNotice, noticeKey(row.id()), row)
		}
	case changed || row.At.After(n.NotBefore):
		t.delete(inNoticeQueued, noticeQueuedKey(row.Urgency, row.At, row.id()))
		if n.NotBefore.Before(row.At) {
			row.At = n.NotBefore.UTC()
		}
		putWaiting(t, row)
	}
}

// reached forgets that a conversation could not be reached: a message arrived.
func reached(t *txn, to hiring.Conversation) error {
	row, known, err := load[unreachableRow](t, inUnreachable, conversationKey(to))
	if err != nil || !known || !row.Trying {
		return err
	}
	t.delete(inUnreachable, conversationKey(to))
	return nil
}

// isHeld says whether what goes to a conversation waits until it can be
// reached.
func isHeld(t *txn, to hiring.Conversation) (bool, error) {
	row, known, err := load[unreachableRow](t, inUnreachable, conversationKey(to))
	return known && !row.Trying, err
}

// noticesTo returns everything in the outbox that goes to a conversation,
// oldest first.
func noticesTo(t *txn, to hiring.Conversation) ([]noticeRow, error) {
	var rows []noticeRow
	for k := range t.walk(inNoticeTo, under(conversationKey(to))) {
		_, rest := cutConversation(k)
		row, known, err := load[noticeRow](t, inNotice, rest)
		if err != nil {
			return nil, err
		}
		if known {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// NoticesTo returns the notices that wait for a conversation, oldest first,
// without those that are just being sent.
func (r *record) NoticesTo(to hiring.Conversation) ([]hiring.Notice, error) {
	return r.outgoing(to, false)
}

// SendingTo returns the notices that are marked as being sent to a conversation,
// oldest first, without those that were dropped since.
func (r *record) SendingTo(to hiring.Conversation) ([]hiring.Notice, error) {
	return r.outgoing(to, true)
}

func (r *record) outgoing(to hiring.Conversation, sending bool) ([]hiring.Notice, error) {
	rows, err := noticesTo(r.t, to)
	var list []hiring.Notice
	for _, row := range rows {
		if row.Sending == sending && !row.Dropped {
			list = append(list, row.notice())
		}
	}
	return list, err
}

// Unreachable returns what is known of a conversation that cannot be reached;
// false when it can.
func (r *record) Unreachable(to hiring.Conversation) (hiring.Unreachable, bool, error) {
	row, known, err := load[unreachableRow](r.t, inUnreachable, conversationKey(to))
	if err != nil || !known {
		return hiring.Unreachable{}, false, err
	}
	return row.unreachable(), true, nil
}

// AllUnreachable returns every conversation that cannot be reached.
func (r *record) AllUnreachable() ([]hiring.Unreachable, error) {
	var list []hiring.Unreachable
	for k, v := range r.t.walk(inUnreachable, everything) {
		row, err := decode[unreachableRow](inUnreachable, k, v)
		if err != nil {
			return nil, err
		}
		list = append(list, row.unreachable())
	}
	return list, nil
}
