package templates

import (
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// offersOpen alerts an owner of offers that are open for longer than three
// working days.
func (p page) offersOpen(n hiring.Notice, standing bool) (Message, error) {
	var open, settled []Mrkdwn
	var rows []slack.Block
	for _, s := range n.Subjects {
		c, err := p.record.Candidate(s.Candidate)
		if err != nil {
			if err := unlessGone(err); err != nil {
				return Message{}, err
			}
			continue
		}
		r, err := p.record.Role(s.Role)
		if err != nil {
			return Message{}, err
		}
		if !p.owns(r) { // the role was handed over
			continue
		}
		if over := p.offerOver(c, n.CreatedAt); over != "" {
			settled = append(settled, over)
			continue
		}
		line := p.m("%s, %s: offered %s, %d working days ago", p.candidate(c.ID), p.role(r), p.dayOf(c.Since()), p.workDays(hiring.Person{}, c.Since(), p.now))
		open = append(open, line)
		id := c.ID.String()
		rows = append(rows, section(line), buttons(
			button(ActionMove+"#"+strconv.Itoa(len(open)), id, p.t("Record the answer")), button(ActionOpenCandidate+"#"+strconv.Itoa(len(open)), id, p.t("Open"))))
	}
	switch {
	case len(open) == 0 && !standing:
		return Message{}, hiring.ErrNothing
	case len(open)+len(settled) == 0:
		return p.Notify(p.m("✓ No longer needed.")), nil
	case len(open) == 0:
		return p.Notify(lines(settled...)), nil
	}
	text := p.m("%d offers have been open for more than %d working days. Ask today what is missing: silence rarely turns into a yes.", len(open), hiring.OfferDays)
	shown, _ := fold(rows, 2*maxItems)
	blocks := append([]slack.Block{section(text)}, shown...)
	if len(settled) > 0 {
		blocks = append(blocks, small(lines(settled...)))
	}
	return say(text, blocks...), nil
}

// offerOver says why an offer of which an alert told then is not open any more;
// nothing while it is.
func (p page) offerOver(c hiring.Candidate, then time.Time) Mrkdwn {
	switch {
	case c.Outcome != hiring.Active || c.Stage != hiring.StageOffer:
		return p.m("✓ %s is no longer waiting with an offer.", p.candidate(c.ID))
	case c.Since().After(then):
		return p.m("✓ %s has a newer offer, of %s.", p.candidate(c.ID), p.dayOf(c.Since()))
	}
	return ""
}

// alert tells an owner of a situation in a role. One that stands says what was
// corrected or changed since.
func (p page) alert(n hiring.Notice, standing bool) (Message, error) {
	s := n.Subjects[0]
	r, err := p.record.Role(s.Role)
	if err != nil || s.Revision < 1 || s.Revision > len(r.Alerts) {
		return Message{}, orNothing(unlessGone(err))
	}
	x := r.Alerts[s.Revision-1]
	over, err := p.alertOver(r, x)
	switch {
	case err != nil:
		return Message{}, err
	case over != "" && !standing:
		return Message{}, hiring.ErrNothing
	case over != "":
		return p.Notify(over), nil
	case n.Kind == hiring.AlertWithdrawals:
		return p.withdrawn(r, x)
	}
	text := p.m("All %d candidates from “%s” who were rejected for %s miss the same must-have: *%s*.", len(x.Candidates), p.source(x.Source), p.role(r), x.Skill)
	row := []*slack.ButtonBlockElement{button(ActionFunnel, r.ID.String(), p.t("Funnel"))}
	if r.Active() {
		row = append([]*slack.ButtonBlockElement{primary(ActionChangeBrief, r.ID.String(), p.t("Change the brief"))}, row...)
	}
	return say(text,
		section(text),
		section(lines(bullets(p.keys(x.Candidates)), p.m("Is it really a must-have? If it is, this source looks in the wrong place; if not, you are turning away people you could hire."))),
		buttons(row...)), nil
}

// alertOver says why there is nothing to an alert any more; nothing while there
// is.
func (p page) alertOver(r hiring.Role, x hiring.Alert) (Mrkdwn, error) {
	so := 0
	for _, id := range x.Candidates {
		c, err := p.record.Candidate(id)
		if err := unlessGone(err); err != nil {
			return "", err
		}
		if err != nil || x.Tells(c) { // who is erased was counted
			so++
		}
	}
	all := len(x.Candidates)
	switch {
	case so < all && x.Kind == hiring.AlertWithdrawals:
		return p.m("✓ %d candidates for %s have withdrawn in “%s”, not %d: it was corrected.", so, p.role(r), p.stageOf(r, x.Stage), all), nil
	case so < all:
		return p.m("✓ %d candidates from “%s” were rejected for %s, not %d: it was corrected.", so, p.source(x.Source), p.role(r), all), nil
	case x.Kind == hiring.AlertMustHave && !slices.Contains(r.InForce().Terms.Skills(), x.Skill):
		return p.m("✓ *%s* is no longer a must-have for %s.", x.Skill, p.role(r)), nil
	}
	return "", nil
}

// owns says whether the reader may act for the role.
func (p page) owns(r hiring.Role) bool {
	person, err := p.record.Person(p.reader)
	return err == nil && p.House.Settings.MayOwn(r, person)
}

// withdrawn lists who withdrew at a stage, and why, for those who may know.
func (p page) withdrawn(r hiring.Role, x hiring.Alert) (Message, error) {
	text := p.m("%d candidates for %s have withdrawn in “%s” within four weeks.", len(x.Candidates), p.role(r), p.stageOf(r, x.Stage))
	var list []Mrkdwn
	for _, id := range x.Candidates {
		c, err := p.record.Candidate(id)
		if err != nil {
			if err := unlessGone(err); err != nil {
				return Message{}, err
			}
			continue
		}
		reason := Mrkdwn("")
		if p.to == OnePerson && p.named(c) {
			reason = raw(cut(c.Reason, maxPreview))
		}
		list = append(list, "• "+join(": ", p.candidate(id), reason))
	}
	shown, more := fold(list, maxListed)
	if more > 0 {
		shown = append(shown, p.m("and %d more", more))
	}
	return say(text,
		section(text),
		section(lines(append(shown, p.m("What do they have in common? Shorten the wait, or say earlier what the offer is."))...)),
		buttons(button(ActionOpenBrief, r.ID.String(), p.t("Read the brief")), button(ActionFunnel, r.ID.String(), p.t("Funnel")))), nil
}

// keys names candidates as far as the reader may know them.
func (p page) keys(list []hiring.CandidateID) []string {
	var names []string
	for _, id := range list[:min(len(list), maxListed)] {
		names = append(names, p.candidate(id).Plain())
	}
	return names
}
