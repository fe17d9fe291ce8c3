package store

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// bucket names a set of ordered keys.
type bucket string

// The buckets; the package comment says what stands in each.
const (
	inMeta            bucket = "meta"
	inSequence        bucket = "sequence"
	inRole            bucket = "role"
	inPerson          bucket = "person"
	inUnfinished      bucket = "unfinished"
	inCandidate       bucket = "candidate"
	inCandidateOfRole bucket = "candidate-of-role"
	inCandidateActive bucket = "candidate-active"
	inFeedback        bucket = "feedback"
	inEvent           bucket = "event"
	inCorrection      bucket = "correction"
	inCount           bucket = "count"
	inOwed            bucket = "owed"
	inOwedByTime      bucket = "owed-by-time"
	inOwedByPerson    bucket = "owed-by-person"
	inOwedByRole      bucket = "owed-by-role"
	inNotice          bucket = "notice"
	inNoticeQueued    bucket = "notice-queued"
	inNoticeSending   bucket = "notice-sending"
	inNoticeTo        bucket = "notice-to"
	inUnreachable     bucket = "unreachable"
	inRefresh         bucket = "refresh"
	inPost            bucket = "post"
	inPostAbout       bucket = "post-about"
	inOnce            bucket = "once"
	inOnceByTime      bucket = "once-by-time"
	inRun             bucket = "run"
	inSubscription    bucket = "subscription"
)

// growsAtItsEnd says whether every new key comes after all others.
func (b bucket) growsAtItsEnd() bool { return b == inEvent || b == inOnceByTime }

// firstBuckets are those of version 1.
var firstBuckets = []bucket{
	inMeta, inSequence, inRole, inPerson, inUnfinished, inCandidate, inCandidateOfRole, inCandidateActive, inFeedback, inEvent,
	inCount, inOwed, inOwedByTime, inOwedByPerson, inOwedByRole, inNotice, inNoticeQueued, inNoticeSending,
	inRefresh, inPost, inPostAbout, inOnce, inOnceByTime, inRun,
}

// bucketsOf are the buckets of a version.
func bucketsOf(version int) []bucket {
	all := slices.Clone(firstBuckets)
	if version >= 2 {
		all = append(all, inCorrection)
	}
	if version >= 3 {
		all = append(all, inNoticeTo, inUnreachable)
	}
	if version >= 4 {
		all = append(all, inSubscription)
	}
	return all
}

// The keys that are words.
var (
	metaFormat   = key("format")
	metaVersion  = key("version")
	metaCalendar = key("calendar")
	metaRules    = key("rules")
	metaClosed   = key("closed")
	metaCharts   = key("charts")
)

func roleKey(id hiring.RoleID) key   { return newKey().num(uint64(id)) }
func personKey(id hiring.UserID) key { return newKey().text(string(id)) }
func unfinishedKey(k hiring.UnfinishedKey) key {
	return personKey(k.By).num(uint64(k.Role))
}

func candidateKey(id hiring.CandidateID) key { return key{}.num(uint64(id)) }
func noticeKey(id hiring.NoticeID) key       { return key{}.num(uint64(id)) }
func eventKey(n uint64) key                  { return key{}.num(n) }
func correctionKey(r hiring.RoleID, at time.Time, event uint64) key {
	return roleKey(r).at(at).num(event)
}

func owedKey(s hiring.Subject) key { return newKey().subject(s) }
func onceKey(name string) key      { return newKey().text(name) }
func runKey(job string) key        { return newKey().text(job) }

func subscriptionKey(r hiring.RoleID, c hiring.ChannelID) key {
	return roleKey(r).text(string(c))
}

func feedbackKey(k hiring.FeedbackKey) key {
	return candidateKey(k.Candidate).text(string(k.Stage)).text(string(k.Interviewer))
}

func candidateOfRoleKey(r hiring.RoleID, c hiring.CandidateID) key {
	return roleKey(r).num(uint64(c))
}

func countKey(k hiring.CountKey) key {
	return countWeekKey(k.Role, k.Week).text(string(k.Measure)).text(string(k.Stage)).text(string(k.Source)).text(string(k.Person)).num(uint64(k.Value))
}

// names are the texts of keys, each kept once: keys that are read together say
// the same few again and again.
type names map[string]string

// cut takes a text off the front of a key.
func (n names) cut(k []byte) (s string, rest []byte) {
	text, rest := cutBytes(k)
	s, known := n[string(text)]
	if !known {
		s = unescaped(text)
		n[string(text)] = s
	}
	return s, rest
}

// cutCount reads the key of a count.
func cutCount(k []byte, n names) (c hiring.CountKey) {
	role, k := cutNum(k)
	week, k := n.cut(k)
	measure, k := n.cut(k)
	stage, k := n.cut(k)
	source, k := n.cut(k)
	person, k := n.cut(k)
	value, _ := cutNum(k)
	return hiring.CountKey{
		Role: hiring.RoleID(role), Week: hiring.Week(week), Measure: hiring.Measure(measure), Stage: hiring.StageID(stage),
		Source: hiring.Source(source), Person: hiring.UserID(person), Value: int(value),
	}
}

func countWeekKey(r hiring.RoleID, w hiring.Week) key { return roleKey(r).text(string(w)) }

func owedByTimeKey(o hiring.Owed) key { return newKey().at(o.NudgeAt).subject(o.Subject) }

func owedByPersonKey(o hiring.Owed) key {
	return personKey(o.Person()).at(o.RemindFrom()).subject(o.Subject)
}

// owedByRoleHead is how many bytes of a key of the index stand before the
// subject.
const owedByRoleHead = 16

func owedByRoleKey(o hiring.Owed) key {
	return roleKey(o.Subject.Role).at(o.DueAt).subject(o.Subject)
}

func conversationKey(c hiring.Conversation) key {
	return newKey().text(string(c.User)).text(string(c.Channel))
}

func noticeToKey(c hiring.Conversation, id hiring.NoticeID) key {
	return conversationKey(c).num(uint64(id))
}

func urgencyKey(u hiring.Urgency) key { return newKey().num(uint64(u)) }

func noticeQueuedKey(urgency uint64, at time.Time, id hiring.NoticeID) key {
	return newKey().num(urgency).at(at).num(uint64(id))
}

// matter is what messages about a subject are kept current by: what passes on
// is the same whoever owed it when they were sent.
func matter(s hiring.Subject) hiring.Subject {
	if s.PassesOn() {
		s.Person = ""
	}
	return s
}

// matterKey begins the keys of the messages about a matter.
func matterKey(s hiring.Subject) key {
	if s.PassesOn() {
		return newKey().thing(s)
	}
	return owedKey(s)
}

func postAboutKey(s hiring.Subject, id hiring.NoticeID) key {
	return owedKey(s).num(uint64(id))
}

func onceByTimeKey(at time.Time, name string) key { return newKey().at(at).text(name) }

// key is a key in the making. Its parts sort like the values they stand for,
// and no part is the beginning of another, so that a prefix of parts is a
// span of keys.
type key []byte

// newKey returns a key with room for most.
func newKey() key { return make(key, 0, 96) }

// num adds a number of 8 bytes, big-endian.
func (k key) num(n uint64) key { return binary.BigEndian.AppendUint64(k, n) }

// text adds a text ended by NUL; a NUL within becomes NUL 0xFF.
func (k key) text(s string) key {
	return append(append(k, strings.ReplaceAll(s, "\x00", "\x00\xff")...), 0)
}

// at adds a moment of 8 bytes: nanoseconds since 1970 with the sign bit
// turned, so that they sort. What lies outside 1678 to 2262 is cut to that.
func (k key) at(t time.Time) key {
	n := t.UnixNano()
	switch {
	case t.Before(time.Unix(0, math.MinInt64)):
		n = math.MinInt64
	case t.After(time.Unix(0, math.MaxInt64)):
		n = math.MaxInt64
	}
	return k.num(uint64(n) ^ 1<<63)
}

// subject adds every part of a subject.
func (k key) subject(s hiring.Subject) key {
	return k.thing(s).text(string(s.Person)).text(string(s.Week))
}

// thing adds the parts of a subject that are the same whoever owes it.
func (k key) thing(s hiring.Subject) key {
	return k.text(string(s.Kind)).num(uint64(s.Role)).num(uint64(s.Revision)).num(uint64(s.Candidate)).text(string(s.Stage))
}

// cutSubject reads a subject, the end of a key.
func cutSubject(k []byte, n names) (s hiring.Subject) {
	kind, k := n.cut(k)
	role, k := cutNum(k)
	revision, k := cutNum(k)
	candidate, k := cutNum(k)
	stage, k := n.cut(k)
	person, k := n.cut(k)
	week, _ := n.cut(k)
	return hiring.Subject{
		Kind: hiring.SubjectKind(kind), Role: hiring.RoleID(role), Revision: int(revision), Candidate: hiring.CandidateID(candidate),
		Stage: hiring.StageID(stage), Person: hiring.UserID(person), Week: hiring.Week(week),
	}
}

// cutNum takes a number off the front of a key.
func cutNum(k []byte) (n uint64, rest []byte) {
	if len(k) < 8 {
		return 0, nil
	}
	return binary.BigEndian.Uint64(k), k[8:]
}

// cutTime takes a moment off the front of a key.
func cutTime(k []byte) (t time.Time, rest []byte) {
	n, rest := cutNum(k)
	return time.Unix(0, int64(n^1<<63)).UTC(), rest
}

// cutConversation takes a conversation off the front of a key.
func cutConversation(k []byte) (c hiring.Conversation, rest []byte) {
	user, rest := cutText(k)
	channel, rest := cutText(rest)
	return hiring.Conversation{User: hiring.UserID(user), Channel: hiring.ChannelID(channel)}, rest
}

// cutText takes a text off the front of a key.
func cutText(k []byte) (s string, rest []byte) {
	text, rest := cutBytes(k)
	return unescaped(text), rest
}

// cutBytes takes a text off the front of a key, as it stands there.
func cutBytes(k []byte) (text, rest []byte) {
	for end := 0; end < len(k); end++ {
		if k[end] != 0 {
			continue
		}
		if end+1 < len(k) && k[end+1] == 0xff {
			end++
			continue
		}
		return k[:end], k[end+1:]
	}
	return k, nil
}

func unescaped(k []byte) string {
	if bytes.IndexByte(k, 0) < 0 {
		return string(k)
	}
	return string(bytes.ReplaceAll(k, []byte{0, 0xff}, []byte{0}))
}

// span is a range of keys: from ≤ key < to; a nil to is the end.
type span struct{ from, to []byte }

// everything spans a bucket.
var everything span

// under spans the keys that begin with k.
func under(k key) span {
	to := bytes.Clone(k)
	for i := len(to) - 1; i >= 0; i-- {
		if to[i]++; to[i] != 0 {
			return span{k, to[:i+1]}
		}
	}
	return span{k, nil}
}
