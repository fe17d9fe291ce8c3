package store

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/samsvar/samsvar/hiring"
)

// format is the word by which a file is known to be ours.
const format = "samsvar"

// ErrNewer says that a newer version of Samsvar wrote the file.
var ErrNewer = errors.New("a newer version of Samsvar wrote it")

// migration brings a file from the version before to its own.
type migration struct {
	version int
	run     func(*txn) error
}

// migrations are all steps, by version, each one more than the last. A step
// is never changed once released: files written by it exist.
var migrations = []migration{
	{1, func(t *txn) error {
		t.makeBuckets(firstBuckets)
		t.put(inMeta, metaFormat, []byte(format))
		return nil
	}},
	{2, func(t *txn) error {
		t.makeBuckets(bucketsOf(2))
		return nil
	}},
	{3, sortNotices},
	{4, func(t *txn) error {
		t.makeBuckets(bucketsOf(4))
		return nil
	}},
	{5, tellOfNextInterviews},
}

// sortNotices makes the outbox known by where its notices go.
func sortNotices(t *txn) error {
	t.makeBuckets(bucketsOf(3))
	var rows []*noticeRow
	for k, v := range t.walk(inNotice, everything) {
		row, err := decode[noticeRow](inNotice, k, v)
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	for _, row := range rows {
		to := row.notice().To()
		t.put(inNoticeTo, noticeToKey(to, row.id()), nil)
		if !row.Sending {
			t.put(inNoticeQueued, noticeQueuedKey(row.Urgency, row.At, row.id()), conversationKey(to))
		}
	}
	return nil
}

// tellOfNextInterviews has the other owner hear when the next interview that was
// decided on is stuck: until version 5, that they had heard was noted, and nobody
// told them. Where the admins had heard they hear again, after the other owner.
func tellOfNextInterviews(t *txn) error {
	var rows []*owedRow
	for k, v := range t.walk(inOwed, under(newKey().text(string(hiring.AboutNext)))) {
		row, err := decode[owedRow](inOwed, k, v)
		if err != nil {
			return err
		}
		if row.Decided && row.Told != 0 {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		row.Told = 0
		save(t, inOwed, owedKey(row.Subject.subject()), *row)
	}
	return nil
}

// newest returns the version the steps lead to.
func newest(steps []migration) int { return steps[len(steps)-1].version }

// versionOf returns the version of a file in whose meta format and version
// stand, and refuses one that is not ours or newer than the steps.
func versionOf(word, digits string, steps []migration) (int, error) {
	if word != format {
		return 0, ErrForeign
	}
	version, err := strconv.Atoi(digits)
	switch {
	case err != nil || version < 1:
		return 0, fmt.Errorf("%w: its version is not a number", ErrDamaged)
	case version > newest(steps):
		return 0, fmt.Errorf("%w: its version is %d, this one knows versions up to %d; run the newer version, or open a copy from before the update", ErrNewer, version, newest(steps))
	}
	return version, nil
}

// migrate takes every step the file has not been through.
func migrate(t *txn, steps []migration) error {
	from := 0
	if !t.empty() {
		var err error
		from, err = versionOf(string(t.get(inMeta, metaFormat)), string(t.get(inMeta, metaVersion)), steps)
		if err != nil {
			return err
		}
	}
	for _, step := range steps {
		if step.version <= from {
			continue
		}
		if err := step.run(t); err != nil {
			return fmt.Errorf("migrate to version %d: %w", step.version, err)
		}
		t.put(inMeta, metaVersion, strconv.AppendInt(nil, int64(step.version), 10))
	}
	return nil
}
