package templates

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// Brief shows a role's newest brief to somebody who may see the role: what it
// says, who signed, what a change adds and takes away, and what an owner who
// sent it back wants changed. An owner who has not signed yet can sign or send
// it back; owners and admins can change it while the role hires.
func (w Writer) Brief(r hiring.Record, role hiring.Role, by hiring.Person, now time.Time) (slack.ModalViewRequest, error) {
	p := page{Writer: w, record: r, now: now, reader: by.ID}
	b := role.Brief()
	blocks := []slack.Block{
		header(role.Title()),
		section(lines(join(" · ", raw(role.ID.String()), w.m("Revision %d", b.Revision), w.m("%d openings", b.Terms.Openings)), p.status(role), p.owners(role))),
	}
	if role.Waived() {
		blocks = append(blocks, section(w.m("🔓 %s lets candidates go on before you agree: %s", role.Waiver.By, role.Waiver.Reason)))
	}
	for _, c := range b.Comments {
		blocks = append(blocks, section(w.m("↩️ %s sent it back %s, %s: %s", p.who(c.By), p.dayOf(c.At), w.sectionName(c.Section), c.Text)))
	}
	if role.Drifted() {
		drift, err := p.drift(role)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		blocks = append(blocks, drift...)
	}
	if !b.Agreed() && role.Owner(by.ID) {
		remarks, err := hiring.Remarks(r, w.House.Settings, b.Terms, now)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		if said := w.remarks(IntakeForm{Unfinished: hiring.Unfinished{Step: Steps}, Remarks: remarks}); said != "" {
			blocks = append(blocks, section(said))
		}
	}
	blocks = append(blocks, w.terms(b.Terms)...)
	blocks = append(blocks, small(p.signatures(b)))
	if w.House.Settings.MayOwn(role, by) {
		blocks = append(blocks, p.acts(role, by)...)
	}
	v := modal(CallbackBrief, w.t("Brief of %v", role.ID), blocks)
	v.Close = plain(w.t("Close"), maxViewTitle)
	if toSign(role, by.ID) {
		v.Submit = plain(w.t("Sign"), maxViewTitle)
	}
	v.PrivateMetadata = meta{Role: role.ID, Revision: b.Revision}.String()
	return v, nil
}

// toSign says whether somebody's signature or confirmation is missing.
func toSign(r hiring.Role, u hiring.UserID) bool {
	return r.Active() && r.Owner(u) && !r.ConfirmedBy(u)
}

// acts are the buttons of a brief's window.
func (p page) acts(role hiring.Role, by hiring.Person) []slack.Block {
	id := role.ID.String()
	var row []*slack.ButtonBlockElement
	if role.Active() {
		row = append(row, button(ActionChangeBrief, id, p.t("Change the brief")))
		if toSign(role, by.ID) && !role.Brief().Agreed() {
			row = append(row, button(ActionSendBack, id, p.t("Send back")))
		}
		row = append(row, button(ActionAddCandidate, id, p.t("Add a candidate")))
	}
	row = append(row, button(ActionFunnel, id, p.t("Funnel")))
	if role.Active() {
		row = append(row, p.cancelButton(role))
	}
	more := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.t("More …"), maxPlaceholder), ActionMore, p.more(role, by)...)
	return []slack.Block{buttons(row...), slack.NewActionBlock("", more)}
}

// more is what else can be done with a role as it stands.
func (p page) more(role hiring.Role, by hiring.Person) []*slack.OptionBlockObject {
	var all []*slack.OptionBlockObject
	add := func(what More, text string) { all = append(all, option(EncodeMore(what, role.ID), text)) }
	add(MoreHistory, p.t("History and differences"))
	add(MoreCopy, p.t("Copy as text"))
	add(MorePitch, p.t("The pitch for candidates"))
	add(MoreAgain, p.t("New role from this one"))
	if role.Channel != "" { // of a confidential role there is none
		add(MoreDigest, p.t("Digest"))
	}
	switch {
	case role.Status == hiring.Filled:
		add(MoreReopen, p.t("Open it again"))
	case role.Status == hiring.Paused:
		add(MoreResume, p.t("Let it go on"))
	case role.Active():
		add(MorePause, p.t("Pause"))
	}
	if role.Active() {
		add(MoreOwners, p.t("Hand over"))
	}
	if role.Status == hiring.Drafting && !role.Waived() && p.House.Settings.Admin(by.ID) {
		add(MoreWaive, p.t("Let candidates go on"))
	}
	return all
}

// cancelButton gives the role up, after a question.
func (w Writer) cancelButton(r hiring.Role) *slack.ButtonBlockElement {
	b := button(ActionCancelRole, r.ID.String(), w.t("Cancel the role")).WithStyle(slack.StyleDanger)
	return b.WithConfirm(slack.NewConfirmationBlockObject(
		plain(w.t("Cancel %v?", r.ID), maxConfirmTitle),
		plain(w.t("Nobody is asked for anything more. The candidates stay until each has had an answer."), maxConfirmText),
		plain(w.t("Cancel the role"), maxConfirmButton), plain(w.t("Keep it"), maxConfirmButton)))
}

// ReadBrief reads which revision of which role a view is about.
func ReadBrief(v slack.View) (hiring.RoleID, int, error) {
	m, err := metaOf(v)
	return m.Role, m.Revision, err
}

// part is a piece of a brief: a title and what stands under it, in markup or
// as people wrote it.
type part struct {
	title string
	text  Mrkdwn
	prose string
}

// terms shows everything a brief says.
func (w Writer) terms(t hiring.Terms) []slack.Block {
	var blocks []slack.Block
	for _, p := range w.parts(t) {
		switch title := bold(p.title); {
		case p.prose != "":
			blocks = append(blocks, section(title), prose(p.prose))
		case p.text != "":
			blocks = append(blocks, section(lines(title, p.text)))
		}
	}
	return blocks
}

// parts are the pieces of a brief in the order of the form; empty ones are
// left out by whoever shows them.
func (w Writer) parts(t hiring.Terms) []part {
	deputy, decides := Mrkdwn(""), Mrkdwn("")
	if t.Deputy != "" {
		deputy = w.m("Deputy %s", t.Deputy)
	}
	if t.Decides != "" {
		decides = w.m("%s decides", t.Decides)
	}
	return []part{
		{title: w.t("The role"), text: lines(join(" · ", raw(t.Team), raw(w.level(t.Level)), raw(w.employment(t.Employment)), raw(w.need(t.Need))), deputy)},
		{title: w.t("Why now?"), prose: t.WhyNow},
		{title: w.t("After three months"), text: bullets(t.Success)},
		{title: w.t("After half a year"), text: bullets(t.SuccessHalf)},
		{title: w.t("After a year"), text: bullets(t.SuccessYear)},
		{title: w.t("The top three tasks"), text: bullets(t.Tasks)},
		{title: w.t("Must-haves, which feedback rates"), text: w.mustHaves(t)},
		{title: w.t("Nice-to-haves"), text: bullets(t.NiceToHaves)},
		{title: w.t("What rules somebody out"), text: bullets(t.Disqualifiers)},
		{title: w.t("The way there"), text: lines(w.way(t.Plan()), w.rounds(t), decides)},
		{title: w.t("Pay"), text: w.pay(t.Pay)},
		{title: w.t("Why somebody would move"), prose: w.reasons(t)},
		{title: w.t("One honest downside"), prose: t.Downside},
		{title: w.t("Flexibility"), prose: t.Flexibility},
		{title: w.t("Place and language"), text: join(" · ", raw(oneLine(t.Location)), raw(oneLine(t.Language)))},
		{title: w.t("Relocation and visa"), prose: t.Relocation},
		{title: w.t("Onboarding from abroad"), prose: t.Onboarding},
		{title: w.t("The plan"), text: w.facts(t)},
		{title: w.t("Companies that are off limits"), text: bullets(t.OffLimits)},
	}
}

// mustHaves lists the must-haves with how each is found out.
func (w Writer) mustHaves(t hiring.Terms) Mrkdwn {
	var list []Mrkdwn
	for _, m := range t.MustHaves {
		line := "• " + raw(m.Skill)
		if len(m.VerifiedBy) > 0 {
			line += " – " + raw(strings.Join(w.checks(m, t), ", "))
		}
		list = append(list, line)
	}
	return lines(list...)
}

// rounds says who holds which interview.
func (w Writer) rounds(t hiring.Terms) Mrkdwn {
	var list []Mrkdwn
	for _, s := range t.Interviews {
		list = append(list, "• "+w.m("%s: %s, %d minutes, at most %d working days", w.stage(s), w.people(s.Panel), s.Minutes, s.WorkDays))
	}
	return lines(list...)
}

// reasons are the reasons to move, each with what it is about.
func (w Writer) reasons(t hiring.Terms) string {
	var list []string
	for _, r := range w.reasonList(t.Reasons) {
		list = append(list, r[0]+": "+r[1])
	}
	return strings.Join(list, "\n")
}

// reasonList are the reasons given: what each is about, and its words.
func (w Writer) reasonList(r hiring.Reasons) [][2]string {
	var list [][2]string
	for _, one := range [][2]string{
		{w.t("Work and life"), r.Life}, {w.t("Leadership and autonomy"), r.Autonomy}, {w.t("Technical challenge"), r.Challenge}, {w.t("Stability"), r.Stability},
	} {
		if one[1] != "" {
			list = append(list, one)
		}
	}
	return list
}

// pay says what the role pays.
func (w Writer) pay(p hiring.Pay) Mrkdwn {
	if p.From+p.To == 0 {
		return ""
	}
	told := w.m("told before the first interview")
	if p.ToldLate {
		told = w.m("told later than the first interview")
	}
	return join(" · ", raw(w.money(p)), told)
}

// money is a range of pay, such as NOK 750 000–900 000 a year.
func (w Writer) money(p hiring.Pay) string {
	switch {
	case p.From == 0:
		return w.t("up to %s %s a year", p.Currency, w.number(p.To))
	case p.To == 0 || p.To == p.From:
		return w.t("%s %s a year", p.Currency, w.number(p.From))
	default:
		return w.t("%s %s–%s a year", p.Currency, w.number(p.From), w.number(p.To))
	}
}

// facts is what a brief's plan says in a word or two each.
func (w Writer) facts(t hiring.Terms) Mrkdwn {
	var list []Mrkdwn
	if t.TargetStart != "" {
		list = append(list, w.m("Target start %s", t.TargetStart))
	}
	if t.LatestStart != "" {
		list = append(list, w.m("Latest start %s", t.LatestStart))
	}
	if t.ShortlistBy != "" {
		list = append(list, w.m("First shortlist by %s", t.ShortlistBy))
	}
	if t.NoticeMonths > 0 {
		list = append(list, w.m("%d months of notice", t.NoticeMonths))
	}
	if len(t.Sources) > 0 {
		names := make([]string, len(t.Sources))
		for i, s := range listed(t.Sources) {
			names[i] = w.source(s)
		}
		list = append(list, w.m("Where to look: %s", strings.Join(names, ", ")))
	}
	return join(" · ", list...)
}

// signatures says who signed a revision and when.
func (p page) signatures(b hiring.Brief) Mrkdwn {
	list := []Mrkdwn{p.m("Proposed by %s %s", p.who(b.ProposedBy), p.dayOf(b.ProposedAt))}
	for _, s := range b.Signatures {
		list = append(list, p.m("✓ signed by %s %s", p.who(s.By), p.dayOf(s.At)))
	}
	return join(" · ", list...)
}
