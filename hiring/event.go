package hiring

import "time"

// EventKind names a fact.
type EventKind string

// The facts that are kept.
const (
	BriefProposed      EventKind = "brief proposed"
	BriefSigned        EventKind = "brief signed"
	BriefSentBack      EventKind = "brief sent back"
	BriefAgreed        EventKind = "brief agreed"
	BriefWaived        EventKind = "brief waived"
	RolePaused         EventKind = "role paused"
	RoleResumed        EventKind = "role resumed"
	RoleReopened       EventKind = "role reopened"
	RoleFilled         EventKind = "role filled"
	RoleHandedOver     EventKind = "role handed over"
	RoleCancelled      EventKind = "role cancelled"
	CandidateAdded     EventKind = "candidate added"
	CandidateMoved     EventKind = "candidate moved"
	CandidateClosed    EventKind = "candidate closed"
	FeedbackRequested  EventKind = "feedback requested"
	FeedbackSubmitted  EventKind = "feedback submitted"
	FeedbackExcused    EventKind = "feedback excused"
	FeedbackMended     EventKind = "feedback mended"
	FeedbackHandedOver EventKind = "feedback handed over"
	InterviewPlanned   EventKind = "interview planned"
	InterviewMoved     EventKind = "interview moved"
	InterviewCancelled EventKind = "interview cancelled"
	InterviewHeld      EventKind = "interview held"
	InterviewMissed    EventKind = "interview missed"
	InterviewTakenOver EventKind = "interview taken over"
	CandidateProposed  EventKind = "candidate proposed"
	CandidateLookedAt  EventKind = "candidate looked at"
	CandidateDecided   EventKind = "candidate decided"
	CandidateTold      EventKind = "candidate told"
	CandidateCorrected EventKind = "candidate corrected"
	CandidateEngaged   EventKind = "candidate engaged"
	OfferRenounced     EventKind = "offer renounced"
	PanelHeard         EventKind = "panel heard"
	PromiseKept        EventKind = "promise kept"
	ItemsSnoozed       EventKind = "items snoozed"
	RulesChanged       EventKind = "rules changed"
	PersonNudged       EventKind = "person nudged"
	ItemEscalated      EventKind = "item escalated"
	OwnersAlerted      EventKind = "owners alerted"
	CandidatesImported EventKind = "candidates imported"
	DigestSubscribed   EventKind = "digest subscribed"
	DigestUnsubscribed EventKind = "digest unsubscribed"
)

// Event is a dated fact, never changed once written. It carries ids only, so
// that erasing a person leaves it true.
type Event struct {
	Kind      EventKind
	At        time.Time
	By        UserID // who acted; empty for Samsvar itself
	Role      RoleID
	Revision  int
	Candidate CandidateID
	From, To  StageID
	Source    Source
	Outcome   Outcome
	Verdict   Verdict
	Answer    LookAnswer
	Person    UserID // whom it concerns: the interviewer, the nudged
	Count     int    // how many, where that matters
	// A correction names what it corrects by its kind, From, To, Outcome and
	// Verdict as above, and its date before.
	Corrects EventKind
	Was      time.Time
	Is       time.Time // the date it has instead; zero for what never happened
	// Numbers are made of events alone, so events say what they need.
	Offer   OfferEnd  // how an offer ended
	Promise Promise   // which one was kept
	Since   time.Time // since when it was owed; of an interview, its start
	Due     time.Time // when it was due
	Number  int       // of a candidate's interview, from 1; the opening that a hire takes, likewise
	Stages  IDs       // a revision's interviews, in order
	People  IDs       // who interviews
	Agreed  bool      // a panel all said yes, or all no
}
