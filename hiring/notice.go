package hiring

import (
	"fmt"
	"time"
)

// SubjectKind says what a subject is.
type SubjectKind string

// The kinds of subjects.
const (
	AboutRole     SubjectKind = "role"
	AboutBrief    SubjectKind = "brief"
	AboutSignOff  SubjectKind = "sign-off"
	AboutRevision SubjectKind = "revision"
	AboutFeedback SubjectKind = "feedback"
	AboutDigest   SubjectKind = "digest"
)

// Subject is what a notice or a posted message is about. It is comparable and
// carries ids only.
type Subject struct {
	Kind      SubjectKind
	Role      RoleID
	Revision  int         // sign-off, revision
	Candidate CandidateID // feedback
	Stage     StageID     // feedback
	Person    UserID      // who owes it
	Week      Week        // digest: the week it tells of
}

// RoleSubject is the role itself: where it stands.
func RoleSubject(id RoleID) Subject { return Subject{Kind: AboutRole, Role: id} }

// BriefSubject is the role's agreed brief, as its channel reads it.
func BriefSubject(id RoleID) Subject { return Subject{Kind: AboutBrief, Role: id} }

// SignOffSubject is one owner's signature under one revision.
func SignOffSubject(id RoleID, revision int, owner UserID) Subject {
	return Subject{Kind: AboutSignOff, Role: id, Revision: revision, Person: owner}
}

// RevisionSubject is the change that an owner was asked for when the other
// sent a revision back.
func RevisionSubject(id RoleID, revision int, owner UserID) Subject {
	return Subject{Kind: AboutRevision, Role: id, Revision: revision, Person: owner}
}

// FeedbackSubject is one interviewer's feedback.
func FeedbackSubject(role RoleID, k FeedbackKey) Subject {
	return Subject{Kind: AboutFeedback, Role: role, Candidate: k.Candidate, Stage: k.Stage, Person: k.Interviewer}
}

// DigestSubject is one role's week.
func DigestSubject(id RoleID, week Week) Subject {
	return Subject{Kind: AboutDigest, Role: id, Week: week}
}

// FeedbackKey returns the key of the feedback the subject is about.
func (s Subject) FeedbackKey() FeedbackKey {
	return FeedbackKey{Candidate: s.Candidate, Stage: s.Stage, Interviewer: s.Person}
}

// String returns the subject as a key: the same for equal subjects, different
// for different ones.
func (s Subject) String() string {
	return fmt.Sprintf("%s/%d/%d/%d/%s/%s/%s", s.Kind, s.Role, s.Revision, s.Candidate, s.Stage, s.Person, s.Week)
}

// NoticeID numbers a notice in the order of writing; 0 until it is written.
type NoticeID uint64

// NoticeKind says what a notice is for.
type NoticeKind string

// The kinds of notices.
const (
	TellBrief      NoticeKind = "brief"      // channel: a new role is being agreed on
	PostBrief      NoticeKind = "posted"     // channel: the brief both agreed on, pinned
	AskSignOff     NoticeKind = "sign-off"   // owner: please read and sign
	AskRevision    NoticeKind = "revision"   // owner: the other sent the brief back
	TellAgreed     NoticeKind = "agreed"     // owner: both signed, the role is open
	TellWaived     NoticeKind = "waived"     // owner: an admin lets candidates go on
	TellPaused     NoticeKind = "paused"     // owner: the role rests, or goes on
	AskFeedback    NoticeKind = "feedback"   // interviewer: the interview is over
	TellFeedback   NoticeKind = "submitted"  // owner: feedback came in
	Nudge          NoticeKind = "nudge"      // person: all that is overdue
	Escalation     NoticeKind = "escalation" // other owner or admin: nudges did not help
	TellFilled     NoticeKind = "filled"     // channel: the role is filled
	TellOwners     NoticeKind = "owners"     // owner, former or new: who owns the role now
	TellCancelled  NoticeKind = "cancelled"  // owner: the role was given up
	Digest         NoticeKind = "digest"     // channel: the week in numbers
	TellUnreached  NoticeKind = "unreached"  // other owner: somebody or a channel cannot be reached
	RefreshMessage NoticeKind = "refresh"    // keeps a message already posted current
	TellImported   NoticeKind = "imported"   // recruiter: candidates came in from a file
)

// Notice is a message Samsvar owes somebody. It says what to say, not how: it
// is rendered from the record when it is sent, and dropped when there is
// nothing left to say.
type Notice struct {
	ID        NoticeID
	Kind      NoticeKind
	User      UserID    // the direct message's reader; empty for a channel
	Channel   ChannelID // the channel; empty for a direct message
	Subjects  []Subject // what it is about, oldest first
	Step      int       // the how-manieth nudge, 1 for the first
	About     UserID    // escalation, unreached: the person it tells of
	Problem   string    // unreached: Slack's error, such as is_archived
	Post      NoticeID  // refresh: the notice whose message is to be kept current
	CreatedAt time.Time
	NotBefore time.Time
}

// Post is a message that stands in Slack: which notice it came from and where
// it is.
type Post struct {
	Notice  Notice
	Channel ChannelID
	TS      string // Slack's message timestamp
}
