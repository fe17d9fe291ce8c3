package hiring

import (
	"slices"
	"time"
)

// Promise is what people promise each other and candidates (docs/metrics.md,
// promises).
type Promise string

// The promises.
const (
	PromiseFeedback Promise = "feedback" // interviewer: feedback after an interview
	PromiseLook     Promise = "look"     // hiring manager: an answer on a candidate who is proposed
	PromiseDecision Promise = "decision" // hiring manager: a decision after the last feedback
	PromiseSignOff  Promise = "sign-off" // either owner: an answer to a revision
	PromiseNext     Promise = "next"     // recruiter: the next interview arranged
	PromiseReply    Promise = "reply"    // recruiter: word to a candidate
)

// AllPromises lists every promise, the hiring manager's side first.
func AllPromises() []Promise {
	return []Promise{PromiseFeedback, PromiseLook, PromiseDecision, PromiseSignOff, PromiseNext, PromiseReply}
}

// Side says whose promise it is: the hiring manager's, with the panel, or the
// recruiter's. Sign-offs are both's.
func (p Promise) Side() Standing {
	switch p {
	case PromiseFeedback:
		return IsPanel
	case PromiseNext, PromiseReply:
		return IsRecruiter
	case PromiseSignOff:
		return ""
	default:
		return IsHiringManager
	}
}

// Promise returns which promise it is that something is owed, or nothing: a
// stage's clock and word on whether an interview took place are none.
func (o Owed) Promise() Promise {
	switch o.Subject.Kind {
	case AboutFeedback:
		return PromiseFeedback
	case AboutLook:
		return PromiseLook
	case AboutDecision:
		return PromiseDecision
	case AboutSignOff, AboutRevision:
		return PromiseSignOff
	case AboutReply:
		return PromiseReply
	case AboutNext:
		if o.Decided {
			return PromiseNext
		}
	}
	return ""
}

// done says whether an event is the doing of what was owed. What is settled
// otherwise is moot: excused, withdrawn, overtaken.
func (o Owed) done(e Event) bool {
	s := o.Subject
	if e.Role != s.Role || e.Candidate != s.Candidate {
		return false
	}
	switch e.Kind {
	case FeedbackSubmitted:
		return s.Kind == AboutFeedback && e.Person == s.Person && e.To == s.Stage
	case CandidateLookedAt:
		return s.Kind == AboutLook
	case CandidateDecided:
		return s.Kind == AboutDecision && e.Verdict != TalkFirst
	case CandidateMoved:
		return s.Kind == AboutDecision || s.Kind == AboutNext
	case CandidateClosed:
		return s.Kind == AboutDecision && e.Outcome != Withdrawn
	case CandidateTold:
		return s.Kind == AboutReply
	case BriefSigned, BriefSentBack:
		return s.Kind == AboutSignOff && e.By == s.Person && e.Revision == s.Revision
	case BriefProposed:
		return s.Kind == AboutRevision && e.By == s.Person
	default:
		return false
	}
}

// Kept returns a [PromiseKept] for everything settled that the events of the
// same change have done. The due time is the one that was promised, in the
// working time of who promised it and without pauses.
func Kept(settled []Owed, events []Event, now time.Time) []Event {
	var kept []Event
	for _, o := range settled {
		s, p := o.Subject, o.Promise()
		if p == "" || !slices.ContainsFunc(events, o.done) {
			continue
		}
		if !o.PausedAt.IsZero() && !o.restsLate() { // its clock stands before the due time
			o.DueAt = later(o.DueAt, now)
		}
		e := Event{
			Kind: PromiseKept, At: now, Role: s.Role, Revision: s.Revision, Candidate: s.Candidate, To: s.Stage,
			Person: s.Person, Promise: p, Since: o.Since, Due: o.DueAt,
		}
		kept = append(kept, e)
	}
	return kept
}

// Facts returns the counters that an event stands in by itself: promises that
// were kept, and panels that were heard.
func Facts(e Event, s Settings) []CountKey {
	switch e.Kind {
	case PromiseKept:
		k := CountKey{Role: e.Role, Week: WeekOf(e.Due, s.Zone)}
		if e.Promise == PromiseFeedback {
			k.Person = e.Person
		}
		took := k
		k.Measure = e.Promise.late()
		if !e.At.After(e.Due) {
			k.Measure = e.Promise.kept()
		}
		took.Measure, took.Value = e.Promise.took(), whole(s.WorkTime(Person{}).Between(e.Since, e.At))
		return []CountKey{k, took}
	case PanelHeard:
		k := CountKey{Role: e.Role, Week: WeekOf(e.At, s.Zone), Measure: Panels}
		if e.Agreed {
			agreed := k
			agreed.Measure = PanelsAgreed
			return []CountKey{k, agreed}
		}
		return []CountKey{k}
	default:
		return nil
	}
}

func (p Promise) kept() Measure { return Measure(p + " kept") }
func (p Promise) late() Measure { return Measure(p + " late") }
func (p Promise) took() Measure { return Measure(p + " took") }

// PromiseCount is how one promise was kept over a window, by due time.
type PromiseCount struct {
	Promise Promise
	Kept    Share  // done by then, of all that came due and were not excused
	Took    Spread // working time from when it was asked to when it was done
	Overdue int    // past due now, whenever that was
}
