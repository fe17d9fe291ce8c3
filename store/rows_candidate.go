package store

import (
	"slices"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type candidateRow struct {
	ID           int            `json:"id"`
	Role         int            `json:"role"`
	Name         string         `json:"name"`
	Source       string         `json:"source"`
	Link         string         `json:"link,omitzero"`
	External     string         `json:"external,omitzero"`
	Email        string         `json:"email,omitzero"`
	Stage        string         `json:"stage"`
	Journey      []moveRow      `json:"journey"`
	Interviews   []interviewRow `json:"interviews"`
	Look         lookRow        `json:"look,omitzero"`
	Decisions    []decisionRow  `json:"decisions,omitzero"`
	ContactBy    string         `json:"contact_by,omitzero"`
	ContactOn    string         `json:"contact_on,omitzero"`
	ContactUsual bool           `json:"contact_usual,omitzero"`
	HeardAt      time.Time      `json:"heard_at,omitzero"`
	EngagedAt    time.Time      `json:"engaged_at,omitzero"`
	Offer        string         `json:"offer,omitzero"`
	Opening      int            `json:"opening,omitzero"`
	Outcome      string         `json:"outcome"`
	Reason       string         `json:"reason,omitzero"`
	AddedBy      string         `json:"added_by"`
	AddedAt      time.Time      `json:"added_at,omitzero"`
	ClosedAt     time.Time      `json:"closed_at,omitzero"`
	OfferAlerted time.Time      `json:"offer_alerted,omitzero"`
	Ended        endingRow      `json:"ended,omitzero"`

	Corrections []correctionRow `json:"corrections,omitzero"`
}

type moveRow struct {
	At   time.Time `json:"at,omitzero"`
	From string    `json:"from,omitzero"`
	To   string    `json:"to"`
	By   string    `json:"by"`
}

type interviewRow struct {
	Stage  string        `json:"stage"`
	Start  time.Time     `json:"start,omitzero"`
	Length time.Duration `json:"length_ns"`
	Panel  []string      `json:"panel,omitzero"`
	Status string        `json:"status,omitzero"`
	Told   []lastWordRow `json:"told,omitempty"`
}

type lastWordRow struct {
	To    string    `json:"to"`
	Start time.Time `json:"start,omitzero"`
	At    time.Time `json:"at,omitzero"`
}

type lookRow struct {
	ProposedAt time.Time `json:"proposed_at,omitzero"`
	ProposedBy string    `json:"proposed_by,omitzero"`
	Pitch      string    `json:"pitch,omitzero"`
	Answer     string    `json:"answer,omitzero"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	Missing    string    `json:"missing,omitzero"`
	Why        string    `json:"why,omitzero"`
}

type decisionRow struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Stage    string    `json:"stage"`
	Revision int       `json:"revision,omitzero"`
	Verdict  string    `json:"verdict"`
	Criteria []int     `json:"criteria,omitzero"`
	Reason   string    `json:"reason,omitzero"`
}

type personRow struct {
	ID       string        `json:"id"`
	Name     string        `json:"name,omitzero"`
	Zone     string        `json:"zone,omitzero"`
	Country  string        `json:"country,omitzero"`
	Locale   string        `json:"locale,omitzero"`
	Away     bool          `json:"away,omitzero"`
	Guest    bool          `json:"guest,omitzero"`
	Bot      bool          `json:"bot,omitzero"`
	WorkFrom time.Duration `json:"work_from_ns,omitzero"`
	WorkTo   time.Duration `json:"work_to_ns,omitzero"`
	Free     []spanRow     `json:"free,omitzero"`
	NudgedAt time.Time     `json:"nudged_at,omitzero"`
	ReadAt   time.Time     `json:"read_at,omitzero"`
}

type spanRow struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func candidateRowOf(c hiring.Candidate) candidateRow {
	return candidateRow{
		ID: int(c.ID), Role: int(c.Role), Name: c.Name, Source: string(c.Source), Link: c.Link, External: c.External, Email: c.Email,
		Stage: string(c.Stage), Journey: each(c.Journey, moveRowOf), Interviews: each(c.Interviews, interviewRowOf),
		Look: lookRowOf(c.Look), Decisions: each(c.Decisions, decisionRowOf),
		ContactBy: string(c.Contact.By), ContactOn: string(c.Contact.On), ContactUsual: c.Contact.Usual, HeardAt: c.HeardAt.UTC(), EngagedAt: c.EngagedAt.UTC(), Offer: string(c.Offer), Opening: c.Opening,
		Outcome: string(c.Outcome), Reason: c.Reason, AddedBy: string(c.AddedBy), AddedAt: c.AddedAt.UTC(), ClosedAt: c.ClosedAt.UTC(),
		OfferAlerted: c.OfferAlerted.UTC(), Ended: endingRowOf(c.Ended), Corrections: each(c.Corrections, correctionRowOf),
	}
}

func (c candidateRow) candidate() hiring.Candidate {
	return hiring.Candidate{
		ID: hiring.CandidateID(c.ID), Role: hiring.RoleID(c.Role), Name: c.Name, Source: hiring.Source(c.Source),
		Link: c.Link, External: c.External, Email: c.Email, Stage: hiring.StageID(c.Stage), Journey: each(c.Journey, moveRow.move),
		Interviews: each(c.Interviews, interviewRow.interview), Look: c.Look.look(), Decisions: each(c.Decisions, decisionRow.decision),
		Contact: hiring.Contact{By: hiring.UserID(c.ContactBy), On: hiring.Date(c.ContactOn), Usual: c.ContactUsual}, HeardAt: c.HeardAt, EngagedAt: c.EngagedAt, Offer: hiring.OfferEnd(c.Offer), Opening: c.Opening, Outcome: hiring.Outcome(c.Outcome), Reason: c.Reason,
		AddedBy: hiring.UserID(c.AddedBy), AddedAt: c.AddedAt, ClosedAt: c.ClosedAt,
		OfferAlerted: c.OfferAlerted, Ended: c.Ended.ending(), Corrections: each(c.Corrections, correctionRow.correction),
	}
}

func moveRowOf(m hiring.Move) moveRow {
	return moveRow{At: m.At.UTC(), From: string(m.From), To: string(m.To), By: string(m.By)}
}

func (m moveRow) move() hiring.Move {
	return hiring.Move{At: m.At, From: hiring.StageID(m.From), To: hiring.StageID(m.To), By: hiring.UserID(m.By)}
}

func interviewRowOf(i hiring.Interview) interviewRow {
	return interviewRow{
		Stage: string(i.Stage), Start: i.Start.UTC(), Length: i.Length, Panel: texts[string](i.Panel), Status: string(i.Status), Told: each(i.Told, lastWordRowOf),
	}
}

func (i interviewRow) interview() hiring.Interview {
	return hiring.Interview{
		Stage: hiring.StageID(i.Stage), Start: i.Start, Length: i.Length, Panel: texts[hiring.UserID](i.Panel), Status: hiring.InterviewStatus(i.Status),
		Told: each(i.Told, lastWordRow.word),
	}
}

func lastWordRowOf(t hiring.LastWord) lastWordRow {
	return lastWordRow{To: string(t.To), Start: t.Start.UTC(), At: t.At.UTC()}
}

func (t lastWordRow) word() hiring.LastWord {
	return hiring.LastWord{To: hiring.UserID(t.To), Start: t.Start, At: t.At}
}

func lookRowOf(l hiring.Look) lookRow {
	return lookRow{
		ProposedAt: l.ProposedAt.UTC(), ProposedBy: string(l.ProposedBy), Pitch: l.Pitch,
		Answer: string(l.Answer), AnsweredAt: l.AnsweredAt.UTC(), Missing: l.Missing, Why: l.Why,
	}
}

func (l lookRow) look() hiring.Look {
	return hiring.Look{
		ProposedAt: l.ProposedAt, ProposedBy: hiring.UserID(l.ProposedBy), Pitch: l.Pitch,
		Answer: hiring.LookAnswer(l.Answer), AnsweredAt: l.AnsweredAt, Missing: l.Missing, Why: l.Why,
	}
}

func decisionRowOf(d hiring.Decision) decisionRow {
	return decisionRow{
		At: d.At.UTC(), By: string(d.By), Stage: string(d.Stage), Revision: d.Revision,
		Verdict: string(d.Verdict), Criteria: d.Criteria, Reason: d.Reason,
	}
}

func (d decisionRow) decision() hiring.Decision {
	return hiring.Decision{
		At: d.At, By: hiring.UserID(d.By), Stage: hiring.StageID(d.Stage), Revision: d.Revision,
		Verdict: hiring.Verdict(d.Verdict), Criteria: slices.Clone(d.Criteria), Reason: d.Reason,
	}
}

func personRowOf(p hiring.Person) personRow {
	return personRow{
		ID: string(p.ID), Name: p.Name, Zone: p.Zone, Country: p.Country, Locale: string(p.Locale),
		Away: p.Away, Guest: p.Guest, Bot: p.Bot, WorkFrom: p.WorkFrom, WorkTo: p.WorkTo,
		Free:     each(p.Free, func(s hiring.Span) spanRow { return spanRow{string(s.From), string(s.To)} }),
		NudgedAt: p.NudgedAt.UTC(), ReadAt: p.ReadAt.UTC(),
	}
}

func (p personRow) person() hiring.Person {
	return hiring.Person{
		ID: hiring.UserID(p.ID), Name: p.Name, Zone: p.Zone, Country: p.Country, Locale: hiring.Locale(p.Locale),
		Away: p.Away, Guest: p.Guest, Bot: p.Bot, WorkFrom: p.WorkFrom, WorkTo: p.WorkTo,
		Free:     each(p.Free, func(s spanRow) hiring.Span { return hiring.Span{From: hiring.Date(s.From), To: hiring.Date(s.To)} }),
		NudgedAt: p.NudgedAt, ReadAt: p.ReadAt,
	}
}
