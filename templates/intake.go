package templates

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// The steps of the intake form. The decision has two: what the rounds are, and
// how each must-have is found out.
const (
	StepRole = 1 + iota
	StepPerson
	StepRounds
	StepChecks
	StepOffer
	StepPlan
)

// Steps is how many steps the intake form has.
const Steps = StepPlan

// SectionOf returns the section of the brief that a step fills in.
func SectionOf(step int) hiring.Section {
	switch step {
	case StepPerson:
		return hiring.ThePerson
	case StepRounds, StepChecks:
		return hiring.TheDecision
	case StepOffer:
		return hiring.TheOffer
	case StepPlan:
		return hiring.ThePlan
	default:
		return hiring.TheRole
	}
}

// IntakeForm is the intake form as far as it is filled in, with what stands
// beside it.
type IntakeForm struct {
	hiring.Unfinished
	Used    int             // the highest number an interview of any revision has
	Agreed  bool            // of a change: an earlier revision is agreed, and holds meanwhile
	Waived  bool            // of a change: candidates may go on before a revision is agreed
	Sheet   int             // counts how often the inputs got values that nobody typed in the view
	Resumed bool            // it was begun earlier
	Remarks []hiring.Remark // what speaks against the brief so far
	Newer   *hiring.Brief   // the revision that came in between; nil for none
	Lost    []hiring.Difference
	Wrong   *hiring.Error // what led back to this step; nil for nothing
}

// ChangeForm returns the form that changes a role's newest brief.
func ChangeForm(r hiring.Role) IntakeForm {
	f := IntakeForm{Unfinished: hiring.Unfinished{
		Role: r.ID, Base: r.Brief().Revision, Step: StepRole,
		Draft: hiring.Draft{HiringManager: r.HiringManager, Recruiter: r.Recruiter, Channel: r.Channel, Terms: r.Brief().Terms},
	}}
	return f.Of(r)
}

// Of returns the form with what stands beside it of the role whose brief it
// changes. No interview gets a number that one of any revision had.
func (f IntakeForm) Of(r hiring.Role) IntakeForm {
	f.Used = 0
	for _, b := range r.Briefs {
		f.Used = max(f.Used, highest(b.Terms.Interviews))
	}
	_, f.Agreed = r.Agreed()
	f.Waived = r.Waived()
	return f
}

// AddInterview returns the form with an empty interview more, as long as
// [hiring.MaxInterviews] allows. Its id was never used in the role.
func (f IntakeForm) AddInterview() IntakeForm {
	slots := f.Draft.Terms.Interviews
	if len(slots) >= hiring.MaxInterviews {
		return f
	}
	f.Used = max(f.Used, highest(slots)) + 1
	f.Draft.Terms.Interviews = append(slots[:len(slots):len(slots)], slot(f.Used, ""))
	return f
}

// slot is an interview as the form offers it.
func slot(number int, name string) hiring.Stage {
	return hiring.Stage{
		ID: hiring.StageID(fmt.Sprintf("interview-%d", number)), Kind: hiring.KindInterview,
		Name: name, WorkDays: hiring.DefaultStageDays, Minutes: 60,
	}
}

// highest returns the highest number in the ids of interviews.
func highest(slots []hiring.Stage) int {
	most := 0
	for _, s := range slots {
		if n, err := strconv.Atoi(strings.TrimPrefix(string(s.ID), "interview-")); err == nil {
			most = max(most, n)
		}
	}
	return most
}

// Offered returns the form with what it offers where nothing is filled in yet:
// one opening, two interviews, the usual notice and currency.
func (w Writer) Offered(f IntakeForm) IntakeForm {
	t := &f.Draft.Terms
	f.Step = min(max(f.Step, StepRole), Steps)
	if f.Role == 0 && f.SavedAt.IsZero() {
		t.Openings = max(t.Openings, 1)
		if t.NoticeMonths == 0 {
			t.NoticeMonths = hiring.UsualNotice(w.House.Settings.Country)
		}
	}
	if len(t.Interviews) == 0 {
		t.Interviews = []hiring.Stage{slot(f.Used+1, w.t("First interview")), slot(f.Used+2, w.t("Technical interview"))}
	}
	if t.Pay.Currency == "" {
		t.Pay.Currency = currencyOf(w.House.Settings.Country)
	}
	f.Used = max(f.Used, highest(t.Interviews))
	return f
}

func currencyOf(country string) string {
	switch country {
	case "NO", "SE", "DK":
		return map[string]string{"NO": "NOK", "SE": "SEK", "DK": "DKK"}[country]
	case "GB", "US", "CH":
		return map[string]string{"GB": "GBP", "US": "USD", "CH": "CHF"}[country]
	default:
		return "EUR"
	}
}

// Intake renders one step of the intake form: for a new role, or for a change
// to the brief of one, which asks for the reason instead of the owners and the
// channel.
func (w Writer) Intake(f IntakeForm) slack.ModalViewRequest {
	f = w.Offered(f)
	t := f.Draft.Terms
	blocks := w.beside(f)
	switch f.Step {
	case StepRole:
		blocks = append(blocks, w.roleStep(f)...)
	case StepPerson:
		blocks = append(blocks, w.personStep(f)...)
	case StepRounds:
		blocks = append(blocks, w.roundsStep(t)...)
	case StepChecks:
		blocks = append(blocks, w.checksStep(t)...)
	case StepOffer:
		blocks = append(blocks, w.offerStep(t)...)
	default:
		blocks = append(blocks, w.planStep(f)...)
	}
	if f.Step > StepRole {
		blocks = append(blocks, buttons(button(ActionIntakeBack, "", w.t("← Back"))))
	}
	title, submit := w.t("New role %d/%d", f.Step, Steps), w.t("Next")
	if f.Role != 0 {
		title = w.t("Change the brief %d/%d", f.Step, Steps)
	}
	switch {
	case f.Step == Steps && f.Role != 0:
		submit = w.t("Propose the change")
	case f.Step == Steps:
		submit = w.t("Propose")
	}
	if f.Sheet > 0 {
		renew(blocks, strconv.Itoa(f.Sheet))
	}
	v := w.form(CallbackIntake, title, submit, blocks)
	v.Close = plain(w.t("Close"), maxViewTitle)
	m := meta{Role: f.Role, Revision: f.Base, Step: f.Step, Used: f.Used, Sheet: f.Sheet}
	for _, s := range t.Interviews {
		m.Slots = append(m.Slots, s.ID)
	}
	v.PrivateMetadata = m.String()
	return v
}

// renew gives inputs other action ids with each mark. Slack shows what stood in
// an input before as long as its ids stay.
func renew(blocks []slack.Block, mark string) {
	for _, b := range blocks {
		if in, ok := b.(*slack.InputBlock); ok {
			id := reflect.ValueOf(in.Element).Elem().FieldByName("ActionID") // every kind of element has one
			id.SetString(id.String() + "#" + mark)
		}
	}
}

// beside is what stands above a step: where one is, what came in between, and
// what speaks against the brief so far.
func (w Writer) beside(f IntakeForm) []slack.Block {
	var blocks []slack.Block
	if f.Wrong != nil {
		blocks = append(blocks, section("⚠️ "+w.Error(f.Wrong, "")))
	}
	if f.Newer != nil {
		list := []Mrkdwn{w.m("✏️ %s changed the brief while you had it open; it is at revision %d now. Your changes are on top of it.", f.Newer.ProposedBy, f.Newer.Revision)}
		for _, d := range f.Lost {
			list = append(list, w.m("Yours stands, theirs was: %s", w.difference(d)))
		}
		blocks = append(blocks, section(lines(list...)))
	}
	switch {
	case f.Resumed:
		blocks = append(blocks, sectionWith(w.m("You began this %s. Go on where you were.", f.SavedAt), w.afresh(f)))
	case f.Step == StepRole && f.Role == 0:
		blocks = append(blocks, small(w.m("Six short steps, ten minutes. What you fill in is kept with every Next and Back. Both owners sign in the end; until then nobody goes past the screen.")))
	case f.Step == StepRole:
		blocks = append(blocks, small(w.becomes(f)))
	}
	if said := w.remarks(f); said != "" {
		blocks = append(blocks, section(said))
	}
	return blocks
}

// becomes says what comes of a change, and what holds until it is signed.
func (w Writer) becomes(f IntakeForm) Mrkdwn {
	switch {
	case f.Agreed:
		return w.m("This becomes revision %d of %v. The other owner is asked to sign it; until then the agreed one holds.", f.Base+1, f.Role)
	case f.Waived:
		return w.m("This becomes revision %d of %v. The other owner is asked to sign it.", f.Base+1, f.Role)
	default:
		return w.m("This becomes revision %d of %v. The other owner is asked to sign it; until then nobody goes past the screen.", f.Base+1, f.Role)
	}
}

func (w Writer) afresh(f IntakeForm) *slack.ButtonBlockElement {
	b := button(ActionIntakeAfresh, "", w.t("Start afresh"))
	return b.WithConfirm(slack.NewConfirmationBlockObject(
		plain(w.t("Start afresh?"), maxConfirmTitle), plain(w.t("What you filled in so far is thrown away."), maxConfirmText),
		plain(w.t("Start afresh"), maxConfirmButton), plain(w.t("Keep it"), maxConfirmButton)))
}

// remarks are what speaks against the steps already filled in, and at the end
// against the whole brief.
func (w Writer) remarks(f IntakeForm) Mrkdwn {
	var list []Mrkdwn
	for _, r := range f.Remarks {
		if f.Step == Steps || stepOf(r.Section) < f.Step {
			list = append(list, "💡 "+w.Error(r.Say, ""))
		}
	}
	shown, more := fold(list, maxListed)
	if more > 0 {
		shown = append(shown, w.m("and %d more", more))
	}
	return lines(shown...)
}

// stepOf returns the last step that fills in a section.
func stepOf(s hiring.Section) int {
	for step := Steps; step > StepRole; step-- {
		if SectionOf(step) == s {
			return step
		}
	}
	return StepRole
}
