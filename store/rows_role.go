package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// The rows are what stands in the file, as JSON. They are types of their own,
// so that renaming a field in hiring changes no file. A new field needs both
// directions here; a test fails until it has them.

type roleRow struct {
	ID            int            `json:"id"`
	HiringManager string         `json:"hiring_manager"`
	Recruiter     string         `json:"recruiter"`
	Channel       string         `json:"channel"`
	Status        string         `json:"status"`
	Briefs        []briefRow     `json:"briefs"`
	Confirmed     []signatureRow `json:"confirmed,omitzero"`
	Waiver        waiverRow      `json:"waiver,omitzero"`
	Hired         int            `json:"hired,omitzero"`
	CreatedAt     time.Time      `json:"created_at,omitzero"`
	OpenedAt      time.Time      `json:"opened_at,omitzero"`
	PausedAt      time.Time      `json:"paused_at,omitzero"`
	Pauses        []pauseRow     `json:"pauses,omitzero"`
	Alerts        []alertRow     `json:"alerts,omitzero"`
	ShownAt       time.Time      `json:"shown_at,omitzero"`
	LookedBackAt  time.Time      `json:"looked_back_at,omitzero"`
	ClosedAt      time.Time      `json:"closed_at,omitzero"`
}

type briefRow struct {
	Revision   int            `json:"revision"`
	Terms      termsRow       `json:"terms"`
	Reason     string         `json:"reason,omitzero"`
	ProposedBy string         `json:"proposed_by"`
	ProposedAt time.Time      `json:"proposed_at,omitzero"`
	Signatures []signatureRow `json:"signatures"`
	Comments   []commentRow   `json:"comments,omitzero"`
}

type pauseRow struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

type waiverRow struct {
	By     string    `json:"by"`
	At     time.Time `json:"at,omitzero"`
	Reason string    `json:"reason"`
}

type commentRow struct {
	By      string    `json:"by"`
	At      time.Time `json:"at,omitzero"`
	Section string    `json:"section"`
	Text    string    `json:"text"`
}

type signatureRow struct {
	By string    `json:"by"`
	At time.Time `json:"at,omitzero"`
}

type stageRow struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Name     string   `json:"name,omitzero"`
	WorkDays int      `json:"work_days,omitzero"`
	Minutes  int      `json:"minutes,omitzero"`
	Panel    []string `json:"panel"`
}

// each converts a list and keeps the difference between none and empty.
func each[A, B any](list []A, convert func(A) B) []B {
	if list == nil {
		return nil
	}
	converted := make([]B, len(list))
	for i, v := range list {
		converted[i] = convert(v)
	}
	return converted
}

// texts converts a list of one kind of text to another.
func texts[B, A ~string](list []A) []B { return each(list, func(v A) B { return B(v) }) }

func roleRowOf(r hiring.Role) roleRow {
	return roleRow{
		ID: int(r.ID), HiringManager: string(r.HiringManager), Recruiter: string(r.Recruiter),
		Channel: string(r.Channel), Status: string(r.Status), Briefs: each(r.Briefs, briefRowOf), Hired: r.Hired,
		Confirmed: each(r.Confirmed, signatureRowOf), Waiver: waiverRow{string(r.Waiver.By), r.Waiver.At.UTC(), r.Waiver.Reason},
		CreatedAt: r.CreatedAt.UTC(), OpenedAt: r.OpenedAt.UTC(), PausedAt: r.PausedAt.UTC(), ClosedAt: r.ClosedAt.UTC(),
		Pauses: each(r.Pauses, pauseRowOf), ShownAt: r.ShownAt.UTC(), Alerts: each(r.Alerts, alertRowOf),
		LookedBackAt: r.LookedBackAt.UTC(),
	}
}

func (r roleRow) role() hiring.Role {
	return hiring.Role{
		ID: hiring.RoleID(r.ID), HiringManager: hiring.UserID(r.HiringManager), Recruiter: hiring.UserID(r.Recruiter),
		Channel: hiring.ChannelID(r.Channel), Status: hiring.RoleStatus(r.Status), Briefs: each(r.Briefs, briefRow.brief), Hired: r.Hired,
		Confirmed: each(r.Confirmed, signatureRow.signature), Waiver: hiring.Waiver{By: hiring.UserID(r.Waiver.By), At: r.Waiver.At, Reason: r.Waiver.Reason},
		CreatedAt: r.CreatedAt, OpenedAt: r.OpenedAt, PausedAt: r.PausedAt, ClosedAt: r.ClosedAt,
		Pauses: each(r.Pauses, pauseRow.pause), ShownAt: r.ShownAt, Alerts: each(r.Alerts, alertRow.alert),
		LookedBackAt: r.LookedBackAt,
	}
}

func pauseRowOf(p hiring.Pause) pauseRow { return pauseRow{p.From.UTC(), p.To.UTC()} }

func (p pauseRow) pause() hiring.Pause { return hiring.Pause{From: p.From, To: p.To} }

func briefRowOf(b hiring.Brief) briefRow {
	return briefRow{
		Revision: b.Revision, Terms: termsRowOf(b.Terms), Reason: b.Reason, ProposedBy: string(b.ProposedBy),
		ProposedAt: b.ProposedAt.UTC(), Signatures: each(b.Signatures, signatureRowOf), Comments: each(b.Comments, commentRowOf),
	}
}

func (b briefRow) brief() hiring.Brief {
	return hiring.Brief{
		Revision: b.Revision, Terms: b.Terms.terms(), Reason: b.Reason, ProposedBy: hiring.UserID(b.ProposedBy),
		ProposedAt: b.ProposedAt, Signatures: each(b.Signatures, signatureRow.signature), Comments: each(b.Comments, commentRow.comment),
	}
}

func signatureRowOf(s hiring.Signature) signatureRow {
	return signatureRow{By: string(s.By), At: s.At.UTC()}
}

func (s signatureRow) signature() hiring.Signature {
	return hiring.Signature{By: hiring.UserID(s.By), At: s.At}
}

func commentRowOf(c hiring.Comment) commentRow {
	return commentRow{By: string(c.By), At: c.At.UTC(), Section: string(c.Section), Text: c.Text}
}

func (c commentRow) comment() hiring.Comment {
	return hiring.Comment{By: hiring.UserID(c.By), At: c.At, Section: hiring.Section(c.Section), Text: c.Text}
}

func stageRowOf(s hiring.Stage) stageRow {
	return stageRow{ID: string(s.ID), Kind: string(s.Kind), Name: s.Name, WorkDays: s.WorkDays, Minutes: s.Minutes, Panel: texts[string](s.Panel)}
}

func (s stageRow) stage() hiring.Stage {
	return hiring.Stage{
		ID: hiring.StageID(s.ID), Kind: hiring.StageKind(s.Kind), Name: s.Name, WorkDays: s.WorkDays, Minutes: s.Minutes,
		Panel: texts[hiring.UserID](s.Panel),
	}
}
