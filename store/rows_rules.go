package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type rulesRow struct {
	FeedbackDue     time.Duration   `json:"feedback_due_ns"`
	LookDue         time.Duration   `json:"look_due_ns,omitzero"`
	DecisionDue     time.Duration   `json:"decision_due_ns,omitzero"`
	NextDue         time.Duration   `json:"next_due_ns,omitzero"`
	ContactDue      time.Duration   `json:"contact_due_ns,omitzero"`
	ReplyDue        time.Duration   `json:"reply_due_ns,omitzero"`
	HeldDue         time.Duration   `json:"held_due_ns,omitzero"`
	SignOffDays     int             `json:"sign_off_days"`
	LookBackDays    int             `json:"look_back_days,omitzero"`
	LookBackAnswers int             `json:"look_back_answers,omitzero"`
	Grace           time.Duration   `json:"grace_ns,omitzero"`
	EveryDays       int             `json:"every_days,omitzero"`
	NudgesOwner     int             `json:"nudges_owner,omitzero"`
	NudgesAdmins    int             `json:"nudges_admins,omitzero"`
	MaxSnoozeDays   int             `json:"max_snooze_days,omitzero"`
	MaxRounds       int             `json:"max_rounds,omitzero"`
	OpenFeedback    bool            `json:"open_feedback,omitzero"`
	WorkDays        []bool          `json:"work_days"` // by time.Weekday
	WorkFrom        time.Duration   `json:"work_from_ns"`
	WorkTo          time.Duration   `json:"work_to_ns"`
	Country         string          `json:"country"`
	Locale          string          `json:"locale"`
	Admins          []string        `json:"admins"`
	DigestChannel   string          `json:"digest_channel,omitzero"`
	NudgeCron       string          `json:"nudge_cron"`
	DigestCron      string          `json:"digest_cron"`
	ChangedBy       string          `json:"changed_by"`
	ChangedAt       time.Time       `json:"changed_at,omitzero"`
	Log             []ruleChangeRow `json:"log,omitzero"`
}

type ruleChangeRow struct {
	At   time.Time `json:"at,omitzero"`
	By   string    `json:"by"`
	Rule string    `json:"rule"`
	From string    `json:"from,omitzero"`
	To   string    `json:"to,omitzero"`
}

func rulesRowOf(r hiring.Rules) rulesRow {
	p, l, i := r.Promises, r.Ladder, r.Interviewing
	return rulesRow{
		FeedbackDue: p.FeedbackDue, LookDue: p.LookDue, DecisionDue: p.DecisionDue, NextDue: p.NextDue, ContactDue: p.ContactDue,
		ReplyDue: p.ReplyDue, HeldDue: p.HeldDue, SignOffDays: p.SignOffDays, LookBackDays: p.LookBackDays, LookBackAnswers: p.LookBackAnswers,
		Grace: l.Grace, EveryDays: l.EveryDays, NudgesOwner: l.NudgesOwner, NudgesAdmins: l.NudgesAdmins, MaxSnoozeDays: l.MaxSnoozeDays,
		MaxRounds: i.MaxRounds, OpenFeedback: i.OpenFeedback,
		WorkDays: r.WorkDays[:], WorkFrom: r.WorkFrom, WorkTo: r.WorkTo,
		Country: r.Country, Locale: string(r.Locale), Admins: texts[string](r.Admins), DigestChannel: string(r.DigestChannel),
		NudgeCron: r.NudgeCron, DigestCron: r.DigestCron, ChangedBy: string(r.ChangedBy), ChangedAt: r.ChangedAt.UTC(),
		Log: each(r.Log, func(c hiring.RuleChange) ruleChangeRow {
			return ruleChangeRow{c.At.UTC(), string(c.By), string(c.Rule), c.From, c.To}
		}),
	}
}

func (r rulesRow) rules() hiring.Rules {
	rules := hiring.Rules{
		Promises: hiring.Promises{
			FeedbackDue: r.FeedbackDue, LookDue: r.LookDue, DecisionDue: r.DecisionDue, NextDue: r.NextDue, ContactDue: r.ContactDue,
			ReplyDue: r.ReplyDue, HeldDue: r.HeldDue, SignOffDays: r.SignOffDays, LookBackDays: r.LookBackDays, LookBackAnswers: r.LookBackAnswers,
		},
		Ladder:       hiring.Ladder{Grace: r.Grace, EveryDays: r.EveryDays, NudgesOwner: r.NudgesOwner, NudgesAdmins: r.NudgesAdmins, MaxSnoozeDays: r.MaxSnoozeDays},
		Interviewing: hiring.Interviewing{MaxRounds: r.MaxRounds, OpenFeedback: r.OpenFeedback},
		WorkFrom:     r.WorkFrom, WorkTo: r.WorkTo,
		Country: r.Country, Locale: hiring.Locale(r.Locale), Admins: texts[hiring.UserID](r.Admins), DigestChannel: hiring.ChannelID(r.DigestChannel),
		NudgeCron: r.NudgeCron, DigestCron: r.DigestCron, ChangedBy: hiring.UserID(r.ChangedBy), ChangedAt: r.ChangedAt,
		Log: each(r.Log, func(c ruleChangeRow) hiring.RuleChange {
			return hiring.RuleChange{At: c.At, By: hiring.UserID(c.By), Rule: hiring.Field(c.Rule), From: c.From, To: c.To}
		}),
	}
	copy(rules.WorkDays[:], r.WorkDays)
	return rules
}
