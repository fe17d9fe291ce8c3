package templates

import (
	"strconv"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// History shows every revision of a role's brief, and what two of them say
// differently: from and to, or the newest two where they are 0.
func (w Writer) History(r hiring.Record, role hiring.Role, from, to int) slack.ModalViewRequest {
	p := page{Writer: w, record: r}
	from, to = compared(role, from, to)
	blocks := []slack.Block{section(w.role(role))}
	var revisions []*slack.OptionBlockObject
	for i := len(role.Briefs) - 1; i >= 0; i-- {
		b := role.Briefs[i]
		name := w.t("Revision %d", b.Revision)
		if b.Agreed() {
			name += " ✓"
		}
		revisions = append(revisions, option(strconv.Itoa(b.Revision), name))
		text := lines(bold(name), p.signatures(b))
		if b.Reason != "" {
			text = lines(text, w.m("Why: %s", cut(b.Reason, maxPreview)))
		}
		for _, c := range b.Comments {
			text = lines(text, w.m("↩️ %s sent it back %s, %s: %s", c.By, w.dayOf(c.At), w.sectionName(c.Section), cut(c.Text, maxPreview)))
		}
		blocks = append(blocks, section(text))
	}
	if len(role.Briefs) > 1 {
		blocks = append(blocks, divider(), section(w.m("*What two revisions say differently*")), comparing(w, revisions, from, to), section(w.compare(role, from, to)))
	}
	v := w.window(w.t("History of %v", role.ID), blocks)
	v.PrivateMetadata = meta{Role: role.ID, From: from, Revision: to}.String()
	return v
}

// compared returns the revisions to compare.
func compared(role hiring.Role, from, to int) (int, int) {
	newest := len(role.Briefs)
	if from < 1 || from > newest {
		from = max(newest-1, 1)
	}
	if to < 1 || to > newest {
		to = newest
	}
	return from, to
}

func comparing(w Writer, revisions []*slack.OptionBlockObject, from, to int) slack.Block {
	choose := func(action, text string, revision int) slack.BlockElement {
		e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(text, maxPlaceholder), action, revisions...)
		e.InitialOption = chosen(revisions, strconv.Itoa(revision))
		return e
	}
	return slack.NewActionBlock("", choose(ActionCompareFrom, w.t("From"), from), choose(ActionCompareTo, w.t("To"), to))
}

func (w Writer) compare(role hiring.Role, from, to int) Mrkdwn {
	was, _ := role.Revision(from)
	is, _ := role.Revision(to)
	if text := w.differences(was.Terms, is.Terms); text != "" {
		return text
	}
	return w.m("Nothing: they say the same.")
}

// ReadHistory reads which revisions of which role are compared.
func ReadHistory(v slack.View) (id hiring.RoleID, from, to int, err error) {
	m, err := metaOf(v)
	return m.Role, m.From, m.Revision, err
}

// SendBack renders the form that sends a brief back before signing it.
func (w Writer) SendBack(r hiring.Role) slack.ModalViewRequest {
	v := w.form(CallbackSendBack, w.t("Send back"), w.t("Send back"), []slack.Block{
		section(w.m("What should change in %s before you sign? The other owner is asked for it.", w.role(r))),
		selectInput(hiring.FieldSection, w.t("Which part?"), options(hiring.Sections(), w.sectionName), ""),
		textArea(hiring.FieldComment, w.t("What should change?"), "", ""),
	})
	v.PrivateMetadata = meta{Role: r.ID, Revision: r.Brief().Revision}.String()
	return v
}

// ReadSendBack reads the form that sends a brief back.
func ReadSendBack(v slack.View) (id hiring.RoleID, revision int, section hiring.Section, text string, err error) {
	m, err := metaOf(v)
	s := stateOf(v)
	return m.Role, m.Revision, hiring.Section(s.option(hiring.FieldSection)), s.text(hiring.FieldComment), err
}

// SentBack says who is asked for a change.
func (w Writer) SentBack(r hiring.Role, by hiring.UserID) slack.ModalViewRequest {
	return w.done(w.t("Sent back"), w.m("%s is asked to change %s. You sign once it says what you both mean.", r.OtherOwner(by), w.role(r)))
}

// Waive renders the form in which an admin lets candidates go on.
func (w Writer) Waive(r hiring.Role) slack.ModalViewRequest {
	return w.reason(CallbackWaive, w.t("Let candidates go on"), r, w.m("%s is not signed by both. Candidates could go past the screen all the same; both owners read why.", w.role(r)))
}

// Reopen renders the form that opens a filled role again.
func (w Writer) Reopen(r hiring.Role) slack.ModalViewRequest {
	return w.reason(CallbackReopen, w.t("Open it again"), r, w.m("%s gets an opening more. Both owners sign the new revision; the search can go on meanwhile.", w.role(r)))
}

// reason asks why something is done with a role.
func (w Writer) reason(callback, title string, r hiring.Role, text Mrkdwn) slack.ModalViewRequest {
	v := w.form(callback, title, w.t("Save"), []slack.Block{section(text), textInput(hiring.FieldReason, w.t("Why?"), "", "")})
	v.PrivateMetadata = meta{Role: r.ID}.String()
	return v
}

// ReadReason reads the form that asks why something is done with a role.
func ReadReason(v slack.View) (hiring.RoleID, string, error) {
	m, err := metaOf(v)
	return m.Role, stateOf(v).text(hiring.FieldReason), err
}

// Waived says that candidates can go on.
func (w Writer) Waived(r hiring.Role) slack.ModalViewRequest {
	return w.done(w.t("Saved"), w.m("Candidates of %s can go on. The reason is kept with the role, and both owners read it.", w.role(r)), button(ActionMove, "", w.t("Move a candidate")))
}

// Rested says that a role is paused, or goes on.
func (w Writer) Rested(r hiring.Role) slack.ModalViewRequest {
	text := w.m("%s goes on. What was due has as much working time left as before.", w.role(r))
	if r.Status == hiring.Paused {
		text = w.m("%s is paused. Nothing comes due, but candidates who were promised word still wait: of that I remind you.", w.role(r))
	}
	return w.done(w.t("Saved"), text, button(ActionOpenBrief, r.ID.String(), w.t("Read the brief")))
}
