package templates

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Brief shows a role's newest brief to somebody who may see the role: what it
// says, who signed, and what a change adds and takes away. An owner who has
// not signed yet can sign; owners and admins can change it while the role
// hires.
func (w Writer) Brief(r hiring.Record, role hiring.Role, by hiring.Person, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, now: now, reader: by.ID}
	b := role.Brief()
	blocks := []slack.Block{
		header(role.Title()),
		section(lines(join(" · ", raw(role.ID.String()), w.m("Revision %d", b.Revision), w.m("%d openings", b.Terms.Openings)), p.status(role), p.owners(role))),
	}
	if role.Drifted() {
		blocks = append(blocks, w.changes(role)...)
	}
	blocks = append(blocks, w.terms(b.Terms)...)
	blocks = append(blocks, small(p.signatures(b)))
	if role.Active() && w.House.Settings.MayOwn(role, by) {
		blocks = append(blocks, buttons(
			button(ActionChangeBrief, role.ID.String(), w.t("Change the brief")),
			button(ActionAddCandidate, role.ID.String(), w.t("Add a candidate")),
			button(ActionFunnel, role.ID.String(), w.t("Funnel")),
			button(ActionHandOver, role.ID.String(), w.t("Hand over")),
			w.cancelButton(role)))
	}
	title := w.t("Brief of %v", role.ID)
	v := modal(CallbackBrief, title, blocks)
	v.Close = plain(w.t("Close"), maxViewTitle)
	if role.Active() && role.Owner(by.ID) && !b.Agreed() && !b.SignedBy(by.ID) {
		v.Submit = plain(w.t("Sign"), maxViewTitle)
	}
	v.PrivateMetadata = meta{Role: role.ID, Revision: b.Revision}.String()
	return v, nil
}

// cancelButton gives the role up, after a question.
func (w Writer) cancelButton(r hiring.Role) *slack.ButtonBlockElement {
	b := button(ActionCancelRole, r.ID.String(), w.t("Cancel the role")).WithStyle(slack.StyleDanger)
	return b.WithConfirm(slack.NewConfirmationBlockObject(
		plain(w.t("Cancel %v?", r.ID), maxConfirmTitle),
		plain(w.t("Nobody is asked for anything more. The candidates stay until each has had an answer."), maxConfirmText),
		plain(w.t("Cancel the role"), maxConfirmButton), plain(w.t("Keep it"), maxConfirmButton)))
}

// ReadBrief reads which revision of which role is signed.
func ReadBrief(v slack.View) (hiring.RoleID, int, error) {
	m, err := metaOf(v)
	return m.Role, m.Revision, err
}

// terms shows everything a brief says.
func (w Writer) terms(t hiring.Terms) []slack.Block {
	blocks := []slack.Block{section(lines(w.m("*Must-haves* – what feedback rates"), bullets(t.MustHaves)))}
	if len(t.NiceToHaves) > 0 {
		blocks = append(blocks, section(lines(w.m("*Nice-to-haves*"), bullets(t.NiceToHaves))))
	}
	blocks = append(blocks, section(lines(w.m("*The way there*"), w.way(t.Plan()))))
	for _, s := range t.Interviews {
		blocks = append(blocks, small(w.m("%s: %s, at most %d working days", w.stage(s), w.people(s.Panel), s.WorkDays)))
	}
	for _, part := range []struct {
		title Mrkdwn
		text  string
	}{
		{w.m("*What success looks like*"), t.Success},
		{w.m("*Place and flexibility*"), t.Location},
		{w.m("*Compensation*"), t.Compensation},
		{w.m("*Why would somebody want this?*"), t.Pitch},
	} {
		if strings.TrimSpace(part.text) != "" {
			blocks = append(blocks, section(part.title), prose(part.text))
		}
	}
	if facts := w.facts(t); facts != "" {
		blocks = append(blocks, small(facts))
	}
	return blocks
}

// facts is what a brief says in a word or two.
func (w Writer) facts(t hiring.Terms) Mrkdwn {
	var start, look Mrkdwn
	if t.TargetStart != "" {
		start = w.m("Target start %s", t.TargetStart)
	}
	if len(t.Sources) > 0 {
		names := make([]string, len(t.Sources))
		for i, s := range t.Sources {
			names[i] = w.source(s)
		}
		look = w.m("Where to look: %s", strings.Join(names, ", "))
	}
	return join(" · ", start, look)
}

// signatures says who signed a revision and when.
func (p page) signatures(b hiring.Brief) Mrkdwn {
	list := []Mrkdwn{p.m("Proposed by %s %s", p.who(b.ProposedBy), p.dayOf(b.ProposedAt))}
	for _, s := range b.Signatures {
		list = append(list, p.m("✓ signed by %s %s", p.who(s.By), p.dayOf(s.At)))
	}
	return join(" · ", list...)
}

// changes says what the newest revision adds to the agreed one and takes away.
func (w Writer) changes(r hiring.Role) []slack.Block {
	agreed, _ := r.Agreed()
	newest := r.Brief()
	was, is := agreed.Terms, newest.Terms
	list := []Mrkdwn{w.m("*What changes* from revision %d", agreed.Revision)}
	if was.Title != is.Title {
		list = append(list, w.m("Title: %s → %s", was.Title, is.Title))
	}
	if was.Openings != is.Openings {
		list = append(list, w.m("Openings: %d → %d", was.Openings, is.Openings))
	}
	list = append(list, difference(w.m("Must-haves"), was.MustHaves, is.MustHaves)...)
	list = append(list, difference(w.m("Nice-to-haves"), was.NiceToHaves, is.NiceToHaves)...)
	if before, after := w.way(was.Plan()), w.way(is.Plan()); before != after {
		list = append(list, w.m("The way there: %s", after))
	}
	if was.TargetStart != is.TargetStart {
		list = append(list, w.m("Target start: %s → %s", orDash(w.day(was.TargetStart.Midnight(time.UTC))), orDash(w.day(is.TargetStart.Midnight(time.UTC)))))
	}
	for _, text := range []struct {
		title   Mrkdwn
		was, is string
	}{
		{w.m("What success looks like"), was.Success, is.Success}, {w.m("Place and flexibility"), was.Location, is.Location},
		{w.m("Compensation"), was.Compensation, is.Compensation}, {w.m("Why would somebody want this?"), was.Pitch, is.Pitch},
	} {
		if text.was != text.is {
			list = append(list, w.m("%s: rewritten, see below", text.title))
		}
	}
	blocks := []slack.Block{section(lines(list...))}
	if newest.Reason != "" {
		blocks = append(blocks, section(w.m("Why: %s", newest.Reason)))
	}
	return append(blocks, divider())
}

func difference(title Mrkdwn, was, is []string) []Mrkdwn {
	var list []Mrkdwn
	for _, s := range is {
		if !slices.Contains(was, s) {
			list = append(list, title+": ＋ "+raw(s))
		}
	}
	for _, s := range was {
		if !slices.Contains(is, s) {
			list = append(list, title+": － "+raw(s))
		}
	}
	return list
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
