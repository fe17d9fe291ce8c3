package hiring

import (
	"slices"
	"time"
)

// RoleStatus says where a role stands.
type RoleStatus string

// The statuses of a role.
const (
	Drafting  RoleStatus = "drafting"  // no agreed brief yet
	Open      RoleStatus = "open"      // brief agreed, sourcing may run
	Paused    RoleStatus = "paused"    // clocks stand still
	Filled    RoleStatus = "filled"    // every opening is taken
	Cancelled RoleStatus = "cancelled" // given up
)

// Role is one position to fill, with one or more openings, owned by a hiring
// manager and a recruiter together.
type Role struct {
	ID            RoleID
	HiringManager UserID
	Recruiter     UserID
	Channel       ChannelID // hears the brief and the digest; empty for a confidential role
	Status        RoleStatus
	Briefs        []Brief     // every revision, oldest first; never empty
	Confirmed     []Signature // owners who took over an agreed brief and confirmed it
	Waiver        Waiver      // lets candidates go on before the brief is agreed
	Hired         int         // openings taken
	CreatedAt     time.Time
	OpenedAt      time.Time // first agreement; zero before it
	PausedAt      time.Time // zero unless paused
	Pauses        []Pause   // those that are over, oldest first
	Alerts        []Alert   // what its owners were alerted of, oldest first
	ShownAt       time.Time // when the hiring manager was first shown a candidate; zero before it
	LookedBackAt  time.Time // when enough answers had its owners look back; zero before it
	ClosedAt      time.Time // filled or cancelled; zero before it
}

// Pause is a time in which a role's clocks stood still.
type Pause struct{ From, To time.Time }

// Waiver is an admin's leave to let candidates past the screen before the
// brief is agreed, with the reason. The zero value is none.
type Waiver struct {
	By     UserID
	At     time.Time
	Reason string
}

// Brief is one revision of what the owners agree on. A brief signed by both
// is never changed; a change is the next revision.
type Brief struct {
	Revision   int // 1, 2, 3 …
	Terms      Terms
	Reason     string // why this revision; empty for the first
	ProposedBy UserID
	ProposedAt time.Time
	Signatures []Signature // at most one an owner
	Comments   []Comment   // of owners who sent it back, oldest first
}

// Comment says what an owner wants changed before signing.
type Comment struct {
	By      UserID
	At      time.Time
	Section Section
	Text    string
}

// Signature is one owner's agreement to one revision.
type Signature struct {
	By UserID
	At time.Time
}

// Brief returns the newest revision, signed or not.
func (r Role) Brief() Brief { return r.Briefs[len(r.Briefs)-1] }

// Agreed returns the newest revision that both owners of its time signed.
func (r Role) Agreed() (Brief, bool) {
	for _, b := range slices.Backward(r.Briefs) {
		if b.Agreed() {
			return b, true
		}
	}
	return Brief{}, false
}

// InForce returns the revision that work goes by: the newest agreed one, or
// the newest while none is agreed.
func (r Role) InForce() Brief {
	if b, ok := r.Agreed(); ok {
		return b
	}
	return r.Brief()
}

// Revision returns the revision numbered n, or false when there is none.
func (r Role) Revision(n int) (Brief, bool) {
	if n < 1 || n > len(r.Briefs) {
		return Brief{}, false
	}
	return r.Briefs[n-1], true
}

// Drifted says whether the brief was changed after it was agreed and the
// change is not yet signed by both.
func (r Role) Drifted() bool {
	_, agreed := r.Agreed()
	return agreed && !r.Brief().Agreed()
}

// Title returns the title in the newest revision.
func (r Role) Title() string { return r.Brief().Terms.Title }

// Plan returns the stages in force, from sourced to hired.
func (r Role) Plan() Plan { return r.InForce().Terms.Plan() }

// Waived says whether candidates may go on although no brief is agreed.
func (r Role) Waived() bool { return !r.Waiver.At.IsZero() }

// ConfirmedBy says whether u signed the newest revision or, having taken the
// role over later, confirmed it.
func (r Role) ConfirmedBy(u UserID) bool {
	return r.Brief().SignedBy(u) || slices.ContainsFunc(r.Confirmed, func(s Signature) bool { return s.By == u })
}

// SentBackTo returns the owners who are to change the newest revision: those
// whose fellow owner sent it back, and has not signed it after all.
func (r Role) SentBackTo() (owners []UserID) {
	b := r.Brief()
	if b.Agreed() {
		return nil
	}
	for _, u := range []UserID{r.HiringManager, r.Recruiter} {
		if other := r.OtherOwner(u); b.SentBackBy(other) && !b.SignedBy(other) {
			owners = append(owners, u)
		}
	}
	return owners
}

// Owner says whether the person is the hiring manager or the recruiter.
func (r Role) Owner(u UserID) bool { return u == r.HiringManager || u == r.Recruiter }

// OtherOwner returns who owns the role together with u: the hiring manager
// for the recruiter, the recruiter for everybody else.
func (r Role) OtherOwner(u UserID) UserID {
	if u == r.Recruiter {
		return r.HiringManager
	}
	return r.Recruiter
}

// Active says whether the role still hires: drafting, open or paused.
func (r Role) Active() bool {
	return r.Status == Drafting || r.Status == Open || r.Status == Paused
}

// SignedBy says whether u signed this revision.
func (b Brief) SignedBy(u UserID) bool {
	return slices.ContainsFunc(b.Signatures, func(s Signature) bool { return s.By == u })
}

// SentBackBy says whether u sent this revision back.
func (b Brief) SentBackBy(u UserID) bool {
	return slices.ContainsFunc(b.Comments, func(c Comment) bool { return c.By == u })
}

// Agreed says whether two different people, the owners, signed.
func (b Brief) Agreed() bool { return len(b.Signatures) >= 2 }

// AgreedAt returns when the second signature came; zero before it.
func (b Brief) AgreedAt() time.Time {
	if !b.Agreed() {
		return time.Time{}
	}
	return b.Signatures[len(b.Signatures)-1].At
}
