package templates

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/samsvar/samsvar/hiring"
)

// Callback ids say which form was submitted (view.callback_id).
const (
	CallbackIntake    = "intake"
	CallbackBrief     = "brief"
	CallbackSendBack  = "send_back"
	CallbackWaive     = "waive"
	CallbackReopen    = "reopen"
	CallbackOwners    = "owners"
	CallbackCandidate = "candidate"
	CallbackMove      = "move"
	CallbackScorecard = "scorecard"
	CallbackExcuse    = "excuse"
	CallbackOffer     = "offer"
	CallbackDecide    = "decide"
	CallbackPromise   = "promise"
	CallbackInterview = "interview"
	CallbackPropose   = "propose"
	CallbackLookNo    = "look_no"
	CallbackCorrect   = "correct"
	CallbackSettings  = "settings"
	CallbackRules     = "rules"
	CallbackSubscribe = "subscribe"
	CallbackNone      = "none" // nothing to submit
)

// ShortcutNewRole is the callback id of the global shortcut.
const ShortcutNewRole = "new_role"

// Action ids say what was pressed or chosen. The value that comes with it
// stands behind each.
const (
	ActionNewRole       = "role.new"
	ActionOpenBrief     = "brief.open"
	ActionChangeBrief   = "brief.change"
	ActionSendBack      = "brief.back"
	ActionMore          = "brief.more"        // a More and R-12: history/R-12
	ActionCompareFrom   = "compare.from"      // a revision, in the brief's history
	ActionCompareTo     = "compare.to"        // likewise
	ActionHandOver      = "role.handover"
	ActionCancelRole    = "role.cancel"
	ActionUnfinished    = "intake.go_on"      // for a new role
	ActionIntakeBack    = "intake.back"       // in the intake form
	ActionIntakeAfresh  = "intake.afresh"     // in the intake form
	ActionPreset        = "preset"            // id of a preset, in the intake form
	ActionAddInterview  = "interview.add"     // in the intake form
	ActionAddCandidate  = "candidate.add"     // R-12 or nothing
	ActionMove          = "candidate.move"    // C-41 or nothing
	ActionPickCandidate = "candidate.pick"    // C-41, from an external select
	ActionPickStep      = "candidate.step"    // in the form that moves a candidate
	ActionGiveFeedback  = "feedback.give"     // an encoded FeedbackKey
	ActionDraft         = "feedback.draft"    // in the scorecard: keeps what is filled in
	ActionInstead       = "feedback.instead"  // an Instead and a FeedbackKey
	ActionTakeOver      = "feedback.take"     // an encoded FeedbackKey
	ActionDecline       = "feedback.decline"  // an encoded FeedbackKey
	ActionRemind        = "feedback.remind"   // an encoded FeedbackKey
	ActionSnooze        = "nudge.snooze"      // a hiring.Snooze
	ActionDecide        = "candidate.decide"  // C-41, perhaps behind a verdict
	ActionVerdict       = "verdict"           // in the form that decides
	ActionTold          = "candidate.told"    // C-41
	ActionEngaged       = "candidate.engaged" // C-41
	ActionPromise       = "candidate.promise" // C-41
	ActionPropose       = "candidate.propose" // C-41
	ActionLook          = "candidate.look"    // a hiring.LookAnswer and C-41
	ActionInterview     = "interview.did"     // an InterviewDid, C-41 and its number
	ActionOpenCandidate = "candidate.open"    // C-41
	ActionCorrect       = "candidate.correct" // C-41
	ActionCandidates    = "candidates.list"
	ActionSettings      = "settings.open"
	ActionRules         = "rules.open"
	ActionFunnel        = "funnel.show"      // a hiring.Question
	ActionCharts        = "funnel.charts"    // a hiring.Question
	ActionWhy           = "funnel.why"       // a hiring.Question/hiring.Number[/the candidate before whom they were added]
	ActionDigests       = "digest.list"      // R-12, or all
	ActionSubscribe     = "digest.subscribe" // a DigestKey, without a channel for a new one
	ActionUnsubscribe   = "digest.stop"      // a DigestKey
	ActionRefreshDigest = "digest.refresh"   // a DigestKey with its week
	ActionFunnelCSV     = "funnel.csv"       // a hiring.Question
	ActionTryAgain      = "deliver.again"    // an encoded Conversation
	ActionLanguage      = "language"         // en or nb
	ActionHelp          = "help"
)

// More is what else can be done with a role from its brief's window.
type More string

// What else can be done.
const (
	MoreHistory More = "history"
	MoreCopy    More = "copy"
	MorePitch   More = "pitch"
	MoreAgain   More = "again"
	MoreOwners  More = "owners"
	MoreDigest  More = "digest"
	MorePause   More = "pause"
	MoreResume  More = "resume"
	MoreReopen  More = "reopen"
	MoreWaive   More = "waive"
)

// EncodeMore writes what is to be done with a role as the value of an option.
func EncodeMore(what More, id hiring.RoleID) string { return string(what) + "/" + id.String() }

// DecodeMore reads what [EncodeMore] wrote. Anything else is a
// [hiring.Error].
func DecodeMore(s string) (More, hiring.RoleID, error) {
	what, role, _ := strings.Cut(s, "/")
	id, err := hiring.ParseRoleID(role)
	return More(what), id, err
}

// Instead is what can be done with feedback other than give it.
type Instead string

// What can be done instead.
const (
	InsteadExcuse Instead = "excuse"
	InsteadOffer  Instead = "offer"
)

// EncodeInstead writes what is to be done with feedback as the value of an
// option.
func EncodeInstead(what Instead, k hiring.FeedbackKey) string {
	return string(what) + "/" + EncodeFeedbackKey(k)
}

// DecodeInstead reads what [EncodeInstead] wrote. Anything else is a
// [hiring.Error].
func DecodeInstead(s string) (Instead, hiring.FeedbackKey, error) {
	what, rest, _ := strings.Cut(s, "/")
	k, err := DecodeFeedbackKey(rest)
	return Instead(what), k, err
}

// EncodeLook writes an answer on a candidate as the value of a button.
func EncodeLook(a hiring.LookAnswer, id hiring.CandidateID) string {
	return string(a) + "/" + id.String()
}

// DecodeLook reads what [EncodeLook] wrote. Anything else is a [hiring.Error].
func DecodeLook(s string) (hiring.LookAnswer, hiring.CandidateID, error) {
	what, rest, _ := strings.Cut(s, "/")
	id, err := hiring.ParseCandidateID(rest)
	return hiring.LookAnswer(what), id, err
}

// InterviewDid is what became of an interview, or is to become of it.
type InterviewDid string

// What can become of an interview.
const (
	InterviewHeld   InterviewDid = "held"
	InterviewMissed InterviewDid = "missed"
	InterviewMove   InterviewDid = "move"
	InterviewCancel InterviewDid = "cancel"
	InterviewAdd    InterviewDid = "add"
)

// EncodeInterview writes what becomes of a candidate's n-th interview as the
// value of a button.
func EncodeInterview(what InterviewDid, id hiring.CandidateID, n int) string {
	return fmt.Sprintf("%s/%v/%d", what, id, n)
}

// DecodeInterview reads what [EncodeInterview] wrote. Anything else is a
// [hiring.Error].
func DecodeInterview(s string) (InterviewDid, hiring.CandidateID, int, error) {
	parts := strings.Split(s, "/")
	if len(parts) != 3 {
		return "", 0, 0, errOldButton
	}
	id, err := hiring.ParseCandidateID(parts[1])
	n, bad := strconv.Atoi(parts[2])
	if bad != nil {
		err = errOldButton
	}
	return InterviewDid(parts[0]), id, n, err
}

var errOldButton = hiring.Errorf("This button is no longer in use. Open the message again, or start from the Home tab.")

// DigestKey says which digest a button is about.
type DigestKey struct {
	Role    hiring.RoleID // 0 for all roles
	Channel hiring.ChannelID
	Week    hiring.Week
}

// allRoles stands for all roles in the values of buttons and where people type
// a role.
const allRoles = "all"

// String writes the key as the value of a button: R-12/C0JOBS/2026-W47.
func (k DigestKey) String() string {
	return strings.Join([]string{digestRole(k.Role), string(k.Channel), string(k.Week)}, "/")
}

func digestRole(id hiring.RoleID) string {
	if id == 0 {
		return allRoles
	}
	return id.String()
}

// DecodeDigestKey reads what [DigestKey.String] wrote, or a role alone.
// Anything else is a [hiring.Error].
func DecodeDigestKey(s string) (k DigestKey, err error) {
	role, rest, _ := strings.Cut(s, "/")
	channel, week, _ := strings.Cut(rest, "/")
	k.Channel, k.Week = hiring.ChannelID(channel), hiring.Week(week)
	if role != allRoles {
		k.Role, err = hiring.ParseRoleID(role)
	}
	return k, err
}

// ActionName strips what makes an action id unique within its block: help#2 is
// help.
func ActionName(actionID string) string {
	name, _, _ := strings.Cut(actionID, "#")
	return name
}

// EncodeFeedbackKey writes a key as the value of a button: 41/interview-1/U1.
func EncodeFeedbackKey(k hiring.FeedbackKey) string {
	return strings.Join([]string{k.Candidate.String(), string(k.Stage), string(k.Interviewer)}, "/")
}

// DecodeFeedbackKey reads what [EncodeFeedbackKey] wrote. Anything else is a
// [hiring.Error].
func DecodeFeedbackKey(s string) (hiring.FeedbackKey, error) {
	parts := strings.Split(s, "/")
	if len(parts) != 3 || parts[1] == "" || parts[2] == "" {
		return hiring.FeedbackKey{}, errOldButton
	}
	id, err := hiring.ParseCandidateID(parts[0])
	if err != nil {
		return hiring.FeedbackKey{}, err
	}
	return hiring.FeedbackKey{Candidate: id, Stage: hiring.StageID(parts[1]), Interviewer: hiring.UserID(parts[2])}, nil
}
