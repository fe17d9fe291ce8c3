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
	AboutLook     SubjectKind = "look"     // an answer on a candidate who is proposed
	AboutDecision SubjectKind = "decision" // what is decided after a stage
	AboutNext     SubjectKind = "next"     // a candidate's next step
	AboutReply    SubjectKind = "reply"    // what a candidate was promised to hear
	AboutHeld     SubjectKind = "held"     // whether an interview took place
	AboutOffer    SubjectKind = "offer"    // an offer that is open
	AboutAlert    SubjectKind = "alert"    // what the owners were alerted of
	AboutPreview  SubjectKind = "preview"  // how a role's digest will look
	AboutFix      SubjectKind = "fix"      // a correction of a candidate's way
)

// Subject is what a notice or a posted message is about. It is comparable and
// carries ids only.
type Subject struct {
	Kind      SubjectKind
	Role      RoleID
	Revision  int         // sign-off, revision; fix, alert: the how-manieth, from 1
	Candidate CandidateID // feedback, look, decision, next, reply, held, fix, offer
	Stage     StageID     // feedback, decision, next, held
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

// LookSubject is the hiring manager's answer on a candidate who is proposed.
func LookSubject(role RoleID, c CandidateID, manager UserID) Subject {
	return Subject{Kind: AboutLook, Role: role, Candidate: c, Person: manager}
}

// DecisionSubject is what somebody decides on a candidate after a stage.
func DecisionSubject(role RoleID, c CandidateID, s StageID, decides UserID) Subject {
	return Subject{Kind: AboutDecision, Role: role, Candidate: c, Stage: s, Person: decides}
}

// NextSubject is a candidate's next step out of a stage, which both owners owe.
func NextSubject(role RoleID, c CandidateID, s StageID, owner UserID) Subject {
	return Subject{Kind: AboutNext, Role: role, Candidate: c, Stage: s, Person: owner}
}

// ReplySubject is what somebody promised to tell a candidate.
func ReplySubject(role RoleID, c CandidateID, by UserID) Subject {
	return Subject{Kind: AboutReply, Role: role, Candidate: c, Person: by}
}

// HeldSubject is the recruiter's word on whether an interview took place.
func HeldSubject(role RoleID, c CandidateID, s StageID, recruiter UserID) Subject {
	return Subject{Kind: AboutHeld, Role: role, Candidate: c, Stage: s, Person: recruiter}
}

// OfferSubject is an offer that is open, for one owner.
func OfferSubject(role RoleID, c CandidateID, owner UserID) Subject {
	return Subject{Kind: AboutOffer, Role: role, Candidate: c, Person: owner}
}

// AlertSubject is the n-th alert of a role, from 1.
func AlertSubject(role RoleID, n int) Subject {
	return Subject{Kind: AboutAlert, Role: role, Revision: n}
}

// CorrectionSubject is the n-th correction of a candidate's way, from 1.
func CorrectionSubject(role RoleID, c CandidateID, n int) Subject {
	return Subject{Kind: AboutFix, Role: role, Candidate: c, Revision: n}
}

// DigestSubject is one role's week.
func DigestSubject(id RoleID, week Week) Subject {
	return Subject{Kind: AboutDigest, Role: id, Week: week}
}

// PreviewSubject is how the digest of a role, or of all roles, will look.
func PreviewSubject(id RoleID) Subject { return Subject{Kind: AboutPreview, Role: id} }

// PassesOn says whether what is owed goes to whoever takes the place of the
// person who owes it. A signature, the change of a brief and feedback are
// somebody's own.
func (s Subject) PassesOn() bool {
	switch s.Kind {
	case AboutLook, AboutDecision, AboutNext, AboutReply, AboutHeld, AboutOffer:
		return true
	default:
		return false
	}
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
	DigestDetails  NoticeKind = "details"    // channel: more of it, in the digest's thread
	Preview        NoticeKind = "preview"    // owner, admin: the first digest to a channel, before it goes out
	TellUnreached  NoticeKind = "unreached"  // other owner: somebody or a channel cannot be reached
	TellGivenUp    NoticeKind = "given up"   // the same reader: what waited for them was given up
	CatchUp        NoticeKind = "catch up"   // person: everything that waited, in one message
	RefreshMessage NoticeKind = "refresh"    // keeps a message already posted current
	TellImported   NoticeKind = "imported"   // recruiter: candidates came in from a file
	Prepare        NoticeKind = "prepare"    // interviewer: what to look for, before the interview
	TellExcused    NoticeKind = "excused"    // recruiter: an interviewer will not give feedback
	TellInterview  NoticeKind = "interview"  // interviewer: what they were to do is called off, moved, or others'
	AskTakeOver    NoticeKind = "take over"  // colleague: please give feedback instead of somebody
	TellTakeOver   NoticeKind = "taken over" // who asked: the colleague's answer
	TellDebrief    NoticeKind = "debrief"    // owner, panel: all feedback of a stage, side by side
	TellDecision   NoticeKind = "decision"   // owner: what was decided on a candidate
	AskLook        NoticeKind = "look"       // hiring manager: a candidate is proposed
	TellLook       NoticeKind = "looked"     // recruiter: the hiring manager's answer
	TellRules      NoticeKind = "rules"      // admin: another has changed the rules
	TellCorrected  NoticeKind = "corrected"  // owner: what was recorded wrongly of a candidate's way
	AlertOffer     NoticeKind = "open offer" // owner: an offer is open for longer than three working days
	// AlertWithdrawals tells owners that three have withdrawn at one stage.
	AlertWithdrawals NoticeKind = "withdrawals"
	// AlertMustHave tells owners that a source's candidates all miss the same
	// must-have.
	AlertMustHave NoticeKind = "must-have"
	LookBack      NoticeKind = "look back" // owner: does the brief say what is chosen?
)

// Notice is a message Samsvar owes somebody. It says what to say, not how: it
// is rendered from the record when it is sent, and dropped when there is
// nothing left to say.
type Notice struct {
	ID        NoticeID
	Kind      NoticeKind
	User      UserID    // the direct message's reader; empty for a channel
	Channel   ChannelID // the channel; in a direct message the one that it tells of, if any
	Subjects  []Subject // what it is about, oldest first
	Step      int       // the how-manieth nudge of what was nudged most often, 1 for the first; interview, prepare: the how-manieth interview, 0 when that does not matter
	Was       time.Time // interview, prepare: the start that the reader knows of; zero when they know of none
	About     UserID    // escalation, unreached: the person it tells of
	Problem   string    // unreached: Slack's error, such as is_archived
	Post      NoticeID  // refresh: the notice whose message is to be kept current; details: the one whose thread it stands in
	Parts     []Notice  // catch up: the notices it takes the place of, oldest first
	CreatedAt time.Time
	NotBefore time.Time
	// QuietUntil is until when it waits because its reader has paused
	// notifications; zero when it has not had to.
	QuietUntil time.Time
	FailedAt   time.Time // when Slack first refused it, or it could first not be made; zero when neither
	Failures   int       // how often that was
}

// LongestPause is the longest that a notice is put back for after a try. One
// that waits for longer was put back by a clock that was ahead.
const LongestPause = 7 * 24 * time.Hour

// Fail notes that the notice, with all that it says, was refused.
func (n *Notice) Fail(now time.Time) {
	if n.FailedAt.IsZero() || n.FailedAt.After(now) { // the clock was set back
		n.FailedAt = now
	}
	n.Failures++
	for i := range n.Parts {
		n.Parts[i].Fail(now)
	}
}

// Failing returns when the notice, or the first of those it takes the place of,
// was first refused, and how often; zero when none was.
func (n Notice) Failing() (since time.Time, times int) {
	since, times = n.FailedAt, n.Failures
	for _, part := range n.Parts {
		if at := part.FailedAt; !at.IsZero() && (since.IsZero() || !at.After(since)) {
			since, times = at, part.Failures
		}
	}
	return since, times
}

// Post is a message that stands in Slack: which notice it came from and where
// it is.
type Post struct {
	Notice  Notice
	Channel ChannelID
	TS      string // Slack's message timestamp
	Said    string // a hash of what the last edit made it say; empty when that is not known
}
