package store

import (
	"time"

	"github.com/samsvar/samsvar/hiring"
)

type rulesRow struct {
	FeedbackDue   time.Duration `json:"feedback_due_ns"`
	SignOffDays   int           `json:"sign_off_days"`
	WorkDays      []bool        `json:"work_days"` // by time.Weekday
	WorkFrom      time.Duration `json:"work_from_ns"`
	WorkTo        time.Duration `json:"work_to_ns"`
	Country       string        `json:"country"`
	Locale        string        `json:"locale"`
	Admins        []string      `json:"admins"`
	DigestChannel string        `json:"digest_channel,omitzero"`
	NudgeCron     string        `json:"nudge_cron"`
	DigestCron    string        `json:"digest_cron"`
	ChangedBy     string        `json:"changed_by"`
	ChangedAt     time.Time     `json:"changed_at,omitzero"`
}

func rulesRowOf(r hiring.Rules) rulesRow {
	return rulesRow{
		FeedbackDue: r.FeedbackDue, SignOffDays: r.SignOffDays, WorkDays: r.WorkDays[:], WorkFrom: r.WorkFrom, WorkTo: r.WorkTo,
		Country: r.Country, Locale: string(r.Locale), Admins: texts[string](r.Admins), DigestChannel: string(r.DigestChannel),
		NudgeCron: r.NudgeCron, DigestCron: r.DigestCron, ChangedBy: string(r.ChangedBy), ChangedAt: r.ChangedAt.UTC(),
	}
}

func (r rulesRow) rules() hiring.Rules {
	rules := hiring.Rules{
		FeedbackDue: r.FeedbackDue, SignOffDays: r.SignOffDays, WorkFrom: r.WorkFrom, WorkTo: r.WorkTo,
		Country: r.Country, Locale: hiring.Locale(r.Locale), Admins: texts[hiring.UserID](r.Admins), DigestChannel: hiring.ChannelID(r.DigestChannel),
		NudgeCron: r.NudgeCron, DigestCron: r.DigestCron, ChangedBy: hiring.UserID(r.ChangedBy), ChangedAt: r.ChangedAt,
	}
	copy(rules.WorkDays[:], r.WorkDays)
	return rules
}
