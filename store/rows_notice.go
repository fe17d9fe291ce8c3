package store

import (
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type subjectRow struct {
	Kind      string `json:"kind"`
	Role      int    `json:"role,omitzero"`
	Revision  int    `json:"revision,omitzero"`
	Candidate int    `json:"candidate,omitzero"`
	Stage     string `json:"stage,omitzero"`
	Person    string `json:"person,omitzero"`
	Week      string `json:"week,omitzero"`
}

type owedRow struct {
	Subject      subjectRow    `json:"subject"`
	Since        time.Time     `json:"since,omitzero"`
	DueAt        time.Time     `json:"due_at,omitzero"`
	RemindAt     time.Time     `json:"remind_at,omitzero"`
	Decided      bool          `json:"decided,omitzero"`
	Nudges       int           `json:"nudges,omitzero"`
	Told         int           `json:"told,omitzero"`
	NudgeAt      time.Time     `json:"nudge_at,omitzero"`
	PausedAt     time.Time     `json:"paused_at,omitzero"`
	SnoozedUntil time.Time     `json:"snoozed_until,omitzero"`
	Snoozed      time.Duration `json:"snoozed_ns,omitzero"`
}

type eventRow struct {
	Kind      string    `json:"kind"`
	At        time.Time `json:"at,omitzero"`
	By        string    `json:"by,omitzero"`
	Role      int       `json:"role,omitzero"`
	Revision  int       `json:"revision,omitzero"`
	Candidate int       `json:"candidate,omitzero"`
	From      string    `json:"from,omitzero"`
	To        string    `json:"to,omitzero"`
	Source    string    `json:"source,omitzero"`
	Outcome   string    `json:"outcome,omitzero"`
	Verdict   string    `json:"verdict,omitzero"`
	Answer    string    `json:"answer,omitzero"`
	Person    string    `json:"person,omitzero"`
	Count     int       `json:"count,omitzero"`
	Corrects  string    `json:"corrects,omitzero"`
	Was       time.Time `json:"was,omitzero"`
	Is        time.Time `json:"is,omitzero"`
	Offer     string    `json:"offer,omitzero"`
	Promise   string    `json:"promise,omitzero"`
	Since     time.Time `json:"since,omitzero"`
	Due       time.Time `json:"due,omitzero"`
	Number    int       `json:"number,omitzero"`
	Stages    string    `json:"stages,omitzero"`
	People    string    `json:"people,omitzero"`
	Agreed    bool      `json:"agreed,omitzero"`
}

// messageRow is a notice itself; noticeRow adds where it stands in the outbox.
type messageRow struct {
	ID         uint64       `json:"id"`
	Kind       string       `json:"kind"`
	User       string       `json:"user,omitzero"`
	Channel    string       `json:"channel,omitzero"`
	Subjects   []subjectRow `json:"subjects"`
	Step       int          `json:"step,omitzero"`
	Was        time.Time    `json:"was,omitzero"`
	About      string       `json:"about,omitzero"`
	Problem    string       `json:"problem,omitzero"`
	Post       uint64       `json:"post,omitzero"`
	Parts      []messageRow `json:"parts,omitempty"`
	CreatedAt  time.Time    `json:"created_at,omitzero"`
	NotBefore  time.Time    `json:"not_before,omitzero"`
	QuietUntil time.Time    `json:"quiet_until,omitzero"`
	FailedAt   time.Time    `json:"failed_at,omitzero"`
	Failures   int          `json:"failures,omitzero"`
}

type noticeRow struct {
	Notice    messageRow `json:"notice"`
	Urgency   uint64     `json:"urgency"`
	At        time.Time  `json:"at,omitzero"` // not before; moved by Postpone
	Attempts  int        `json:"attempts,omitzero"`
	Problem   string     `json:"problem,omitzero"` // of the last attempt
	Sending   bool       `json:"sending,omitzero"`
	SendingAt time.Time  `json:"sending_at,omitzero"`
	Stale     bool       `json:"stale,omitzero"`   // what it is about changed while it was being sent
	Dropped   bool       `json:"dropped,omitzero"` // while it was being sent: it is not sent again
	Held      bool       `json:"held,omitzero"`    // where it goes cannot be reached: it is not queued
}

type unreachableRow struct {
	User     string          `json:"user,omitzero"`
	Channel  string          `json:"channel,omitzero"`
	Problem  string          `json:"problem"`
	Since    time.Time       `json:"since"`
	TryAt    time.Time       `json:"try_at"`
	Trying   bool            `json:"trying,omitzero"`
	Told     []hiring.UserID `json:"told,omitzero"`
	LastWord []hiring.UserID `json:"last_word,omitzero"`
}

type postRow struct {
	Notice  messageRow `json:"notice"`
	Channel string     `json:"channel"`
	TS      string     `json:"ts"`
	At      time.Time  `json:"at,omitzero"` // when it was settled
	Said    string     `json:"said,omitzero"`
}

func (n noticeRow) id() hiring.NoticeID   { return hiring.NoticeID(n.Notice.ID) }
func (n noticeRow) notice() hiring.Notice { return n.Notice.notice() }

func subjectRowOf(s hiring.Subject) subjectRow {
	return subjectRow{
		Kind: string(s.Kind), Role: int(s.Role), Revision: s.Revision, Candidate: int(s.Candidate),
		Stage: string(s.Stage), Person: string(s.Person), Week: string(s.Week),
	}
}

func (s subjectRow) subject() hiring.Subject {
	return hiring.Subject{
		Kind: hiring.SubjectKind(s.Kind), Role: hiring.RoleID(s.Role), Revision: s.Revision,
		Candidate: hiring.CandidateID(s.Candidate), Stage: hiring.StageID(s.Stage),
		Person: hiring.UserID(s.Person), Week: hiring.Week(s.Week),
	}
}

func owedRowOf(o hiring.Owed) owedRow {
	return owedRow{
		Subject: subjectRowOf(o.Subject), Since: o.Since.UTC(), DueAt: o.DueAt.UTC(), RemindAt: o.RemindAt.UTC(), Decided: o.Decided,
		Nudges: o.Nudges, Told: int(o.Told), NudgeAt: o.NudgeAt.UTC(), PausedAt: o.PausedAt.UTC(),
		SnoozedUntil: o.SnoozedUntil.UTC(), Snoozed: o.Snoozed,
	}
}

func (o owedRow) owed() hiring.Owed {
	return hiring.Owed{
		Subject: o.Subject.subject(), Since: o.Since, DueAt: o.DueAt, RemindAt: o.RemindAt, Decided: o.Decided,
		Nudges: o.Nudges, Told: hiring.Told(o.Told), NudgeAt: o.NudgeAt, PausedAt: o.PausedAt,
		SnoozedUntil: o.SnoozedUntil, Snoozed: o.Snoozed,
	}
}

func eventRowOf(e hiring.Event) eventRow {
	return eventRow{
		Kind: string(e.Kind), At: e.At.UTC(), By: string(e.By), Role: int(e.Role), Revision: e.Revision,
		Candidate: int(e.Candidate), From: string(e.From), To: string(e.To), Source: string(e.Source),
		Outcome: string(e.Outcome), Verdict: string(e.Verdict), Answer: string(e.Answer), Person: string(e.Person), Count: e.Count,
		Corrects: string(e.Corrects), Was: e.Was.UTC(), Is: e.Is.UTC(),
		Offer: string(e.Offer), Promise: string(e.Promise), Since: e.Since.UTC(), Due: e.Due.UTC(),
		Number: e.Number, Stages: string(e.Stages), People: string(e.People), Agreed: e.Agreed,
	}
}

func (e eventRow) event() hiring.Event {
	return hiring.Event{
		Kind: hiring.EventKind(e.Kind), At: e.At, By: hiring.UserID(e.By), Role: hiring.RoleID(e.Role), Revision: e.Revision,
		Candidate: hiring.CandidateID(e.Candidate), From: hiring.StageID(e.From), To: hiring.StageID(e.To),
		Source: hiring.Source(e.Source), Outcome: hiring.Outcome(e.Outcome), Verdict: hiring.Verdict(e.Verdict),
		Answer: hiring.LookAnswer(e.Answer), Person: hiring.UserID(e.Person), Count: e.Count,
		Corrects: hiring.EventKind(e.Corrects), Was: e.Was, Is: e.Is,
		Offer: hiring.OfferEnd(e.Offer), Promise: hiring.Promise(e.Promise), Since: e.Since, Due: e.Due,
		Number: e.Number, Stages: hiring.IDs(e.Stages), People: hiring.IDs(e.People), Agreed: e.Agreed,
	}
}

func messageRowOf(n hiring.Notice) messageRow {
	return messageRow{
		ID: uint64(n.ID), Kind: string(n.Kind), User: string(n.User), Channel: string(n.Channel),
		Subjects: each(n.Subjects, subjectRowOf), Step: n.Step, Was: n.Was.UTC(), About: string(n.About), Problem: n.Problem,
		Post: uint64(n.Post), Parts: each(n.Parts, messageRowOf), CreatedAt: n.CreatedAt.UTC(), NotBefore: n.NotBefore.UTC(),
		QuietUntil: n.QuietUntil.UTC(), FailedAt: n.FailedAt.UTC(), Failures: n.Failures,
	}
}

func (n messageRow) notice() hiring.Notice {
	return hiring.Notice{
		ID: hiring.NoticeID(n.ID), Kind: hiring.NoticeKind(n.Kind), User: hiring.UserID(n.User), Channel: hiring.ChannelID(n.Channel),
		Subjects: each(n.Subjects, subjectRow.subject), Step: n.Step, Was: n.Was, About: hiring.UserID(n.About), Problem: n.Problem,
		Post: hiring.NoticeID(n.Post), Parts: each(n.Parts, messageRow.notice), CreatedAt: n.CreatedAt, NotBefore: n.NotBefore,
		QuietUntil: n.QuietUntil, FailedAt: n.FailedAt, Failures: n.Failures,
	}
}

func postRowOf(p hiring.Post, at time.Time) postRow {
	return postRow{Notice: messageRowOf(p.Notice), Channel: string(p.Channel), TS: p.TS, At: at.UTC(), Said: p.Said}
}

func (p postRow) post() hiring.Post {
	return hiring.Post{Notice: p.Notice.notice(), Channel: hiring.ChannelID(p.Channel), TS: p.TS, Said: p.Said}
}

func unreachableRowOf(u hiring.Unreachable) unreachableRow {
	return unreachableRow{
		User: string(u.To.User), Channel: string(u.To.Channel), Problem: u.Problem,
		Since: u.Since.UTC(), TryAt: u.TryAt.UTC(), Trying: u.Trying, Told: u.Told, LastWord: u.LastWord,
	}
}

func (u unreachableRow) unreachable() hiring.Unreachable {
	return hiring.Unreachable{
		To:      hiring.Conversation{User: hiring.UserID(u.User), Channel: hiring.ChannelID(u.Channel)},
		Problem: u.Problem, Since: u.Since, TryAt: u.TryAt, Trying: u.Trying,
		Told: slices.Clone(u.Told), LastWord: slices.Clone(u.LastWord),
	}
}
