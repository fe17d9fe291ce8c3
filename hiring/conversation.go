package hiring

import (
	"cmp"
	"slices"
	"time"
)

// Conversation is where a notice goes: the direct messages with a person, or a
// channel. One of the two is empty.
type Conversation struct {
	User    UserID
	Channel ChannelID
}

// To returns where the notice goes.
func (n Notice) To() Conversation {
	if n.User != "" {
		return Conversation{User: n.User}
	}
	return Conversation{Channel: n.Channel}
}

// Urgency says what goes first when not everything can go at once.
type Urgency int

// The urgencies, most urgent first.
const (
	UrgentAnswer  Urgency = iota // somebody waits for it
	UrgentRefresh                // a message already read
	UrgentNudge                  // a reminder, late by nature
	UrgentDigest                 // nobody waits for it
)

// Urgencies lists every urgency, most urgent first.
func Urgencies() []Urgency { return []Urgency{UrgentAnswer, UrgentRefresh, UrgentNudge, UrgentDigest} }

// Urgency returns how urgent notices of a kind are.
func (k NoticeKind) Urgency() Urgency {
	switch k {
	case Nudge, Escalation, TellUnreached, TellGivenUp, LookBack, CatchUp:
		return UrgentNudge
	case RefreshMessage:
		return UrgentRefresh
	case Digest, DigestDetails:
		return UrgentDigest
	default:
		return UrgentAnswer
	}
}

// Times of what cannot be delivered.
const (
	TryAfter    = 24 * time.Hour     // an unreachable conversation is tried again by itself
	EditAgain   = time.Hour          // an edit refused there is tried again no sooner, whatever changes
	GiveUpAfter = 7 * 24 * time.Hour // what waits for it is given up
)

// Unreachable is a conversation that Slack takes no message for. What goes
// there waits until the reason is gone, a week at most.
type Unreachable struct {
	To      Conversation
	Problem string    // Slack's error, such as is_archived
	Since   time.Time // when it was found out
	TryAt   time.Time // when it is tried again by itself
	Trying  bool      // what waits may go, to find out whether the reason is gone
	// Told are those who can help and know that it is so, LastWord those who
	// know that something was given up.
	Told, LastWord []UserID
}

// Undelivered is what waits for a conversation that cannot be reached, and that
// of which nobody knows whether it was posted there.
type Undelivered struct {
	Unreachable
	Notices []Notice // oldest first
}

// Outgoing reads what is yet to be said.
type Outgoing interface {
	// NoticesTo returns the notices that wait for a conversation, oldest first,
	// without those that are just being sent.
	NoticesTo(Conversation) ([]Notice, error)
	// SendingTo returns the notices that are just being sent to a conversation,
	// oldest first, and those of which nobody knows whether they were, without
	// what was dropped meanwhile.
	SendingTo(Conversation) ([]Notice, error)
	// Unreachable returns what is known of a conversation that cannot be
	// reached; false when it can.
	Unreachable(Conversation) (Unreachable, bool, error)
	// AllUnreachable returns every conversation that cannot be reached.
	AllUnreachable() ([]Unreachable, error)
}

// unsaid returns what is not known to stand in a conversation, oldest first:
// what waits for it, and what is just being sent or in doubt.
func unsaid(r Outgoing, to Conversation) ([]Notice, error) {
	waiting, err := r.NoticesTo(to)
	if err != nil {
		return nil, err
	}
	sending, err := r.SendingTo(to)
	list := slices.Concat(waiting, sending)
	slices.SortFunc(list, func(a, b Notice) int { return cmp.Compare(a.ID, b.ID) })
	return list, err
}
