package bot

import (
	"context"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// settings opens the rules to admins, and tells others who they are.
func (b *Bot) settings(_ context.Context, req *request) (reply, error) {
	if !b.mayRule(req) {
		return b.message(req, req.write.RulesBy()), nil
	}
	r := b.Rulebook.Rules()
	return open(req.write.Rules(r, b.Rulebook.Runs(r.NudgeCron, req.now), b.Rulebook.Runs(r.DigestCron, req.now))), nil
}

// mayRule says whether the person may change the rules here.
func (b *Bot) mayRule(req *request) bool {
	return b.Rulebook != nil && b.house().Settings.May(hiring.SeeStuck, req.person, hiring.About{})
}

// submitRules sets the rules, which take effect at once.
func (b *Bot) submitRules(ctx context.Context, req *request) (reply, error) {
	if !b.mayRule(req) {
		return reply{}, hiring.Errorf("Only admins can change the rules.")
	}
	rules, unread := templates.ReadRules(req.view)
	for field, e := range b.Rulebook.Check(rules) {
		unread[field] = e
	}
	b.acquaint(ctx, req)
	err := b.act(ctx, req, func(a hiring.Act) (change hiring.Change, err error) {
		rules, change, err = a.ChangeRules(rules, unread)
		return change, err
	})
	if err != nil {
		return reply{}, err
	}
	b.Rulebook.Apply(rules)
	return done(req.write.RulesChanged()), nil
}
