package bot

import (
	"context"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// settings opens the rules to admins, or the form that changes the section
// whose button was pressed, and tells others who the admins are.
func (b *Bot) settings(_ context.Context, req *request) (reply, error) {
	if !b.mayRule(req) {
		return b.message(req, req.write.RulesBy()), nil
	}
	r := b.Rulebook.Rules()
	if req.kind == onAction && req.typed != "" {
		return open(req.write.RulesForm(templates.RuleSection(req.typed), r, b.runs(r, req))), nil
	}
	return open(req.write.Rules(r, b.runs(r, req))), nil
}

func (b *Bot) runs(r hiring.Rules, req *request) templates.Runs {
	return templates.Runs{Nudges: b.Rulebook.Runs(r.NudgeCron, req.now), Digests: b.Rulebook.Runs(r.DigestCron, req.now)}
}

// mayRule says whether the person may change the rules here.
func (b *Bot) mayRule(req *request) bool {
	return b.Rulebook != nil && b.house().Settings.May(hiring.SeeStuck, req.person, hiring.About{})
}

// submitRules sets a section of the rules, which takes effect at once. The form
// closes, and the rules behind it are rendered anew.
func (b *Bot) submitRules(ctx context.Context, req *request) (reply, error) {
	if !b.mayRule(req) {
		return reply{}, hiring.Errorf("Only admins can change the rules.")
	}
	b.acquaint(ctx, req)
	if err := b.setRules(ctx, req); err != nil {
		return reply{}, err
	}
	if req.view.PreviousViewID == "" {
		return reply{home: true}, nil
	}
	return reply{home: true, after: func(ctx context.Context) error {
		rules := b.Rulebook.Rules()
		_, err := b.API.UpdateViewContext(ctx, req.write.Rules(rules, b.runs(rules, req)), "", "", req.view.PreviousViewID)
		return shown(err)
	}}, nil
}

// setRules writes the rules that a form makes of the former ones and has them
// take effect, one form after the other: the set written last is then the one
// in force.
func (b *Bot) setRules(ctx context.Context, req *request) error {
	select {
	case b.ruling <- struct{}{}:
		defer func() { <-b.ruling }()
	case <-ctx.Done():
		return errBusy
	}
	var rules hiring.Rules
	err := b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		former, err := a.Record.Rules()
		if err != nil {
			return hiring.Change{}, err
		}
		if !former.Set() {
			former = b.Rulebook.Rules()
		}
		wanted, unread := templates.ReadRules(req.view, former)
		for field, e := range b.Rulebook.Check(wanted) {
			unread[field] = e
		}
		rules, change, err = a.ChangeRules(former, wanted, unread)
		return change, err
	})
	if err == nil {
		b.Rulebook.Apply(rules)
	}
	return err
}
