package hiring

import "time"

// Source is where a candidate came from.
type Source string

// The sources.
const (
	Outbound   Source = "outbound"
	Referral   Source = "referral"
	Inbound    Source = "inbound"
	Agency     Source = "agency"
	TalentPool Source = "talent-pool"
	Internal   Source = "internal"
	Meetup     Source = "event"
	Other      Source = "other"
)

// Sources lists every source in the order forms show them.
func Sources() []Source {
	return []Source{Outbound, Referral, Inbound, Agency, TalentPool, Internal, Meetup, Other}
}

// Outcome says how a candidate's process stands.
type Outcome string

// The outcomes.
const (
	Active    Outcome = "active"
	Hired     Outcome = "hired"
	Rejected  Outcome = "rejected"  // we said no
	Withdrawn Outcome = "withdrawn" // the candidate said no, a declined offer included
)

// Candidate is a person in one role's process. Names and reasons stand here
// and nowhere else, so that erasing a person is deleting this record and the
// feedback on it.
type Candidate struct {
	ID           CandidateID
	Role         RoleID
	Name         string
	Source       Source
	Link         string // profile or CV; may be empty
	External     string // the key an imported file knows the person by; may be empty
	Email        string // as an imported file has it; may be empty
	Stage        StageID
	Journey      []Move // oldest first; the first is the addition
	Interviews   []Interview
	Look         Look       // what the hiring manager said before any interview
	Decisions    []Decision // oldest first
	Contact      Contact    // what they are promised to hear
	HeardAt      time.Time  // when they last heard from us; zero for never
	EngagedAt    time.Time  // the first contact, as somebody recorded it; zero when nobody did
	Outcome      Outcome
	Offer        OfferEnd // how our offer ended; empty while none has
	Opening      int      // the opening they took, from 1; 0 unless hired
	Reason       string   // why it ended; empty while active
	AddedBy      UserID
	AddedAt      time.Time
	ClosedAt     time.Time // zero while active
	OfferAlerted time.Time // since when the offer was open that owners were alerted of; zero for none
	Ended        Ending    // what the end took back; zero while active

	Corrections []Correction // of the way above, oldest first
}

// Move is one dated step of a candidate's journey.
type Move struct {
	At   time.Time
	From StageID // empty for the first
	To   StageID
	By   UserID
}

// Since returns when the candidate entered the stage they are in.
func (c Candidate) Since() time.Time { return c.Journey[len(c.Journey)-1].At }
