package templates

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// submit returns a form as Slack sends it when it is submitted untouched: what
// stands in it from the start is what it holds.
func submit(t *testing.T, v slack.ModalViewRequest) slack.View {
	t.Helper()
	js, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var view slack.View
	if err := json.Unmarshal(js, &view); err != nil {
		t.Fatal(err)
	}
	view.State = &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}
	for _, b := range view.Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		action, id := filled(t, in.Element)
		view.State.Values[in.BlockID] = map[string]slack.BlockAction{id: action}
	}
	return view
}

func filled(t *testing.T, e slack.BlockElement) (a slack.BlockAction, id string) {
	t.Helper()
	switch e := e.(type) {
	case *slack.PlainTextInputBlockElement:
		return slack.BlockAction{Value: e.InitialValue}, e.ActionID
	case *slack.NumberInputBlockElement:
		return slack.BlockAction{Value: e.InitialValue}, e.ActionID
	case *slack.DatePickerBlockElement:
		return slack.BlockAction{SelectedDate: e.InitialDate}, e.ActionID
	case *slack.DateTimePickerBlockElement:
		return slack.BlockAction{SelectedDateTime: e.InitialDateTime}, e.ActionID
	case *slack.RadioButtonsBlockElement:
		if e.InitialOption != nil {
			a.SelectedOption = *e.InitialOption
		}
		return a, e.ActionID
	case *slack.CheckboxGroupsBlockElement:
		for _, o := range e.InitialOptions {
			a.SelectedOptions = append(a.SelectedOptions, *o)
		}
		return a, e.ActionID
	case *slack.SelectBlockElement:
		a = slack.BlockAction{SelectedUser: e.InitialUser, SelectedConversation: e.InitialConversation}
		if e.InitialOption != nil {
			a.SelectedOption = *e.InitialOption
		}
		return a, e.ActionID
	case *slack.MultiSelectBlockElement:
		a = slack.BlockAction{SelectedUsers: e.InitialUsers}
		for _, o := range e.InitialOptions {
			a.SelectedOptions = append(a.SelectedOptions, *o)
		}
		return a, e.ActionID
	default:
		t.Fatalf("no reading of %T", e)
		return a, ""
	}
}

// TestIntakeReadsWhatItShows: every step reads back what stands in it from the
// start, so that walking through the form changes nothing.
func TestIntakeReadsWhatItShows(t *testing.T) {
	o, w := newOffice(), house.For(hiring.Norwegian, oslo)
	fresh := ChangeForm(o.roles[1])
	fresh.Role, fresh.Base, fresh.SavedAt = 0, 0, now
	change := ChangeForm(o.roles[3])
	change.Reason = "Rust"
	preset := fresh
	preset.Preset = "backend-developer"
	for _, f := range []IntakeForm{fresh, change, preset} {
		for f.Step = StepRole; f.Step <= Steps; f.Step++ {
			got, errs := w.ReadIntake(submit(t, w.Intake(f)), f)
			if errs != nil {
				t.Fatal(errs)
			}
			if diff := cmp.Diff(f, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("role %d, step %d (-shown +read):\n%s", f.Role, f.Step, diff)
			}
		}
	}
}

// at returns the view of one step of an intake form.
func at(t *testing.T, w Writer, f IntakeForm, step int) slack.View {
	t.Helper()
	f.Step = step
	return submit(t, w.Intake(f))
}

func TestIntakeInterviews(t *testing.T) {
	w := house.For(hiring.English, oslo)
	v := at(t, w, IntakeForm{}, StepRounds)
	f, _ := w.ReadIntake(v, IntakeForm{})
	if got := len(f.Draft.Terms.Interviews); got != 2 {
		t.Fatalf("a new form offers %d interviews, want 2", got)
	}
	f.Draft.Terms.MustHaves = []hiring.MustHave{{Skill: "Go", VerifiedBy: []hiring.Check{"interview-1", hiring.CheckCV}}}
	v.State.Values["interview-1_name"]["interview-1_name"] = slack.BlockAction{}
	f, _ = w.ReadIntake(v, f)
	if got := f.Draft.Terms.Interviews; len(got) != 1 || got[0].ID != "interview-2" {
		t.Fatalf("an interview without name and panel is one: %v", got)
	}
	if got := f.Draft.Terms.MustHaves[0].VerifiedBy; !slices.Equal(got, []hiring.Check{hiring.CheckCV}) {
		t.Errorf("verified by %v, although the interview is gone", got)
	}
	f = f.AddInterview()
	if got := f.Draft.Terms.Interviews[1].ID; got != "interview-3" {
		t.Errorf("the interview added is %s, want interview-3", got)
	}
	for range 10 {
		f = f.AddInterview()
	}
	if got := len(f.Draft.Terms.Interviews); got != hiring.MaxInterviews {
		t.Errorf("%d interviews, want at most %d", got, hiring.MaxInterviews)
	}
}

// TestPresetsBeginAForm: what is chosen comes with how it is found out and
// rated, what is typed besides stands beside it, and nothing twice.
func TestPresetsBeginAForm(t *testing.T) {
	w := house.For(hiring.Norwegian, oslo)
	for _, p := range house.Presets {
		f := w.WithPreset(IntakeForm{Unfinished: hiring.Unfinished{Preset: p.ID}})
		if f.Draft.Terms.Title != p.Name.Norwegian || len(f.Draft.Terms.Interviews) != len(p.Rounds) || len(f.Draft.Terms.Sources) == 0 {
			t.Errorf("%s begins with %+v", p.ID, f.Draft.Terms)
		}
		v := at(t, w, f, StepPerson)
		skill := p.MustHaves[0].Skill.Norwegian
		v.State.Values["must_choices"] = map[string]slack.BlockAction{"must_choices": {SelectedOptions: []slack.OptionBlockObject{*option("0", skill)}}}
		v.State.Values["must_haves"]["must_haves"] = slack.BlockAction{Value: "• " + skill + "\n• Ro"}
		f, _ = w.ReadIntake(v, f)
		got := f.Draft.Terms.MustHaves
		if len(got) != 2 || got[0].Skill != skill || got[0].Meets != p.MustHaves[0].Meets.Norwegian || len(got[0].VerifiedBy) != 1 || got[1].Skill != "Ro" {
			t.Errorf("%s: read %+v", p.ID, got)
		}
	}
}

// An interview's id is never given twice, also when the newest brief has
// dropped it.
func TestInterviewsDroppedKeepTheirIDs(t *testing.T) {
	r := newOffice().roles[3]
	r.Briefs[1].Terms.Interviews = r.Briefs[1].Terms.Interviews[:1]
	f := ChangeForm(r).AddInterview()
	if got := f.Draft.Terms.Interviews[1].ID; got != "interview-3" {
		t.Errorf("got %s, want interview-3", got)
	}
}

func TestIntakeComplainsAboutWhatIsNoNumber(t *testing.T) {
	w := house.For(hiring.English, oslo)
	tests := []struct {
		step  int
		field string
	}{{StepRole, "openings"}, {StepRounds, "interview-1_days"}, {StepRounds, "interview-1_minutes"}, {StepOffer, "pay_from"}, {StepOffer, "pay_to"}, {StepPlan, "notice_months"}}
	for _, tt := range tests {
		v := at(t, w, IntakeForm{}, tt.step)
		v.State.Values[tt.field][tt.field] = slack.BlockAction{Value: "3.5"}
		if _, errs := w.ReadIntake(v, IntakeForm{}); len(errs) != 1 || errs[hiring.Field(tt.field)] == nil {
			t.Errorf("%s: got %v", tt.field, errs)
		}
	}
	v := at(t, w, IntakeForm{}, StepRounds)
	v.State.Values["interview-2_days"]["interview-2_days"] = slack.BlockAction{}
	if f, _ := w.ReadIntake(v, IntakeForm{}); f.Draft.Terms.Interviews[1].WorkDays != hiring.DefaultStageDays {
		t.Errorf("days left empty are %d, want %d", f.Draft.Terms.Interviews[1].WorkDays, hiring.DefaultStageDays)
	}
}

func TestMoreIsReadAsItIsWritten(t *testing.T) {
	for _, what := range []More{MoreHistory, MoreCopy, MorePitch, MoreAgain, MoreOwners, MoreDigest, MorePause, MoreResume, MoreReopen, MoreWaive} {
		if got, id, err := DecodeMore(EncodeMore(what, 12)); got != what || id != 12 || err != nil {
			t.Errorf("got %s of %v, %v", got, id, err)
		}
	}
	if _, _, err := DecodeMore("history"); err == nil {
		t.Error("a role was made up")
	}
}

func TestOtherFormsReadWhatTheyShow(t *testing.T) {
	o, w := newOffice(), house.For(hiring.English, oslo)
	roles, _ := o.AllRoles()

	cf := CandidateForm{Role: 2, Applicant: hiring.Applicant{Name: "Ida Holm", Source: hiring.Referral, Link: "https://example.com"}}
	if got, err := ReadCandidate(submit(t, w.Candidate(cf, roles))); err != nil || got != cf {
		t.Errorf("candidate: got %v, %v", got, err)
	}
	for _, mf := range []MoveForm{
		{Candidate: 4, To: hiring.StageOffer},
		{Candidate: 4, To: "interview-1", Interview: hiring.Interview{Start: now.Add(time.Hour).UTC(), Length: 90 * time.Minute, Panel: []hiring.UserID{kari}}},
		{Candidate: 4, Outcome: hiring.Rejected, Reason: "No Go yet"},
		{Candidate: 4, Outcome: hiring.Hired},
		{Candidate: 4},
	} {
		mf.Shown = mf.To
		if got, err := ReadMove(submit(t, w.Move(o.candidates[4], o.roles[1], mf))); err != nil || !reflect.DeepEqual(got, mf) {
			t.Errorf("move: got %v, %v, want %v", got, err, mf)
		}
	}
	offered := o.candidates[4]
	offered.Stage = hiring.StageOffer
	for _, e := range []hiring.OfferEnd{hiring.Declined, hiring.Expired, hiring.TakenBack, hiring.Renounced} {
		if offered.Outcome = hiring.Active; e == hiring.Renounced {
			offered.Outcome = hiring.Hired
		}
		mf := MoveForm{Candidate: 4, Offer: e, Outcome: e.Outcome(), Reason: "Another one was faster."}
		if got, err := ReadMove(submit(t, w.Move(offered, o.roles[1], mf))); err != nil || !reflect.DeepEqual(got, mf) {
			t.Errorf("offer: got %v, %v, want %v", got, err, mf)
		}
	}
	f := o.feedback[hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per}]
	v := submit(t, w.Scorecard(f, o.candidates[4], o.roles[1]))
	v.State.Values["rating_1"]["feedback.draft#rating_1"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "3"}}
	v.State.Values["recommendation"]["feedback.draft#recommendation"] = slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: "yes"}}
	key, card, err := ReadScorecard(v)
	want := hiring.Scorecard{Ratings: []hiring.Rating{-1, hiring.Meets, -1}, Evidence: []string{"", "", ""}, Recommendation: hiring.Yes}
	if diff := cmp.Diff(want, card); err != nil || key != f.FeedbackKey || diff != "" {
		t.Errorf("scorecard of %v: %v\n%s", key, err, diff)
	}
	brief, err := w.Brief(o, o.roles[3], o.people[ola], now)
	if err != nil {
		t.Fatal(err)
	}
	if id, revision, err := ReadBrief(submit(t, brief)); err != nil || id != 3 || revision != 2 {
		t.Errorf("brief: got %v, %d, %v", id, revision, err)
	}
}

// Forms carry ids only: Slack keeps what stands in their metadata.
func TestMetadataNamesNobody(t *testing.T) {
	for _, s := range surfaces(t, house.For(hiring.English, oslo), newOffice) {
		v, ok := s.what.(slack.ModalViewRequest)
		if !ok {
			continue
		}
		for _, name := range []string{"Nils", "Kari", "Backend", "Go in production"} {
			if strings.Contains(v.PrivateMetadata, name) {
				t.Errorf("%s carries %q", s.name, v.PrivateMetadata)
			}
		}
	}
}

func TestFeedbackKeys(t *testing.T) {
	k := hiring.FeedbackKey{Candidate: 41, Stage: "interview-2", Interviewer: per}
	if got, err := DecodeFeedbackKey(EncodeFeedbackKey(k)); err != nil || got != k {
		t.Errorf("got %v, %v", got, err)
	}
	for _, s := range []string{"", "C-41", "C-41/interview-1/", "C-0/interview-1/U1", "x/y/z", "C-1/a/b/c"} {
		if k, err := DecodeFeedbackKey(s); err == nil {
			t.Errorf("%q is read as %v", s, k)
		}
	}
	if got := ActionName("role.new#2"); got != ActionNewRole {
		t.Errorf("ActionName: %q", got)
	}
}

func FuzzReadIntake(f *testing.F) {
	f.Add(`{"slots":["interview-1"],"step":3}`, "Title", "• Go\n- SQL", "2", "5")
	f.Add(`{"slots":["x/y",""],"used":-7,"step":99}`, "\x00", "\xff", "1e9", "-1")
	f.Add(`[]`, "", "", "", "")
	f.Add(`{"step":2}`, "<!channel>", "Go\nGo", "1", "2")
	f.Fuzz(func(t *testing.T, metadata, title, skills, number, days string) {
		v := slack.View{PrivateMetadata: metadata, State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}}
		for field, value := range map[string]string{
			"title": title, "team": title, "must_haves": skills, "nice_to_haves": skills, "success": skills, "openings": number, "pay_from": number, "pay_to": days,
			"interview-1_days": days, "interview-1_minutes": number, "interview-1_name": title, "target_start": days, "notice_months": number, "reason_life": title, "downside": skills,
		} {
			v.State.Values[field] = map[string]slack.BlockAction{field: {Value: value, SelectedDate: value}}
		}
		w := house.For(hiring.English, oslo)
		form, errs := w.ReadIntake(v, IntakeForm{})
		w.FieldErrors(errs)
		if len(form.Draft.Terms.Interviews) > hiring.MaxInterviews || len(form.Draft.Terms.MustHaves) > hiring.MaxSkills {
			return // made up metadata, which names no more slots; and more skills than a step lets through
		}
		for step := range Steps {
			form.Step = step + 1
			s := surface{what: w.Intake(form.AddInterview())}
			for _, p := range s.check(t) {
				if !strings.Contains(p, "block_id") { // likewise slots that are named twice
					t.Errorf("step %d: Slack would refuse it: %s", form.Step, p)
				}
			}
		}
	})
}

// FuzzReadForms reads every other form with made up metadata and values.
func FuzzReadForms(f *testing.F) {
	o, w := newOffice().talked(), house.For(hiring.English, oslo)
	r, c := o.roles[1], o.candidates[12]
	forms := []slack.ModalViewRequest{
		w.Move(c, r, MoveForm{Candidate: 12, To: "interview-1"}), w.Decide(c, r, DecideForm{Candidate: 12}), w.Promise(c, r, hiring.Contact{}),
		w.Interview(c, r, InterviewForm{Candidate: 12, Number: 1, Interview: c.Interviews[1]}), w.LookNo(c, r), w.Propose(c, r),
		w.Scorecard(o.feedback[hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: per}], c, r), w.Choices(o.people[per]),
		w.RulesForm(RulesPromises, hiring.Rules{}, Runs{}), w.RulesForm(RulesReminders, hiring.Rules{}, Runs{}), w.RulesForm(RulesTime, hiring.Rules{}, Runs{}), w.Correct(c, r),
	}
	f.Add(0, `{"candidate":12}`, "1", "2026-12-01", int64(1795500000))
	f.Add(6, `{"candidate":12,"criteria":99}`, "-7", "24:00", int64(-1))
	f.Add(11, `{"candidate":12}`, "2@1795500000", "undo", int64(1795500000))
	f.Add(8, `null`, "999999999999999999999", "0001-01-01", int64(1)<<60)
	f.Fuzz(func(t *testing.T, which int, metadata, text, date string, at int64) {
		v := slack.View{PrivateMetadata: metadata, State: &slack.ViewState{Values: map[string]map[string]slack.BlockAction{}}}
		for _, b := range forms[max(which, 0)%len(forms)].Blocks.BlockSet {
			in, ok := b.(*slack.InputBlock)
			if !ok {
				continue
			}
			o := slack.OptionBlockObject{Value: text, Text: slack.NewTextBlockObject(slack.PlainTextType, text, false, false)}
			v.State.Values[in.BlockID] = map[string]slack.BlockAction{"x": {
				Value: text, SelectedOption: o, SelectedOptions: []slack.OptionBlockObject{o, {}}, SelectedUser: text, SelectedUsers: []string{text, ""},
				SelectedDate: date, SelectedTime: date, SelectedDateTime: at, SelectedConversation: text,
			}}
		}
		_, _ = ReadMove(v)
		_, _ = ReadDecide(v)
		_, _ = ReadInterview(v)
		_, _, _ = ReadLookNo(v)
		_, _, _ = ReadNote(v)
		_, _, _, _ = ReadExcuse(v)
		_, card, err := ReadScorecard(v)
		if err == nil && len(card.Ratings) != len(card.Evidence) {
			t.Errorf("%d ratings and %d pieces of evidence", len(card.Ratings), len(card.Evidence))
		}
		if choices := ReadChoices(v); choices.WorkTo <= 0 && date == "" {
			t.Errorf("the day ends at %v", choices.WorkTo)
		}
		_, _ = ReadRules(v, hiring.Rules{})
		_, _ = ReadCorrect(v)
	})
}

// Every button does something, and every form is read by somebody.
func TestActionsAndCallbacksAreKnown(t *testing.T) {
	actions := []string{
		ActionNewRole, ActionOpenBrief, ActionChangeBrief, ActionHandOver, ActionCancelRole, ActionAddInterview, ActionAddCandidate, ActionMove,
		ActionPickCandidate, ActionPickStep, ActionGiveFeedback, ActionFunnel, ActionLanguage, ActionHelp,
		ActionInstead, ActionTakeOver, ActionDecline, ActionRemind, ActionSnooze, ActionDecide, ActionTold, ActionEngaged, ActionPromise, ActionPropose, ActionLook,
		ActionInterview, ActionOpenCandidate, ActionCandidates, ActionSettings, ActionRules, ActionCorrect, ActionFunnelCSV, ActionCharts, ActionWhy, ActionDigests, ActionSubscribe, ActionUnsubscribe, ActionRefreshDigest,
		ActionSendBack, ActionMore, ActionCompareFrom, ActionCompareTo, ActionUnfinished, ActionIntakeBack, ActionIntakeAfresh, ActionTryAgain,
	}
	callbacks := []string{CallbackIntake, CallbackBrief, CallbackOwners, CallbackCandidate, CallbackMove, CallbackScorecard, CallbackSendBack, CallbackWaive, CallbackReopen, CallbackNone,
		CallbackExcuse, CallbackOffer, CallbackDecide, CallbackPromise, CallbackInterview, CallbackPropose, CallbackLookNo, CallbackSettings, CallbackRules, CallbackCorrect, CallbackSubscribe}
	for _, s := range surfaces(t, house.For(hiring.English, oslo), newOffice) {
		if v, ok := s.what.(slack.ModalViewRequest); ok && !slices.Contains(callbacks, v.CallbackID) {
			t.Errorf("%s: nobody reads the form %q", s.name, v.CallbackID)
		}
		for _, id := range pressed(t, s.what) {
			if !slices.Contains(actions, ActionName(id)) {
				t.Errorf("%s: nothing answers %q", s.name, id)
			}
		}
	}
}

// pressed returns the action ids of what stands outside of inputs.
func pressed(t *testing.T, what any) []string {
	t.Helper()
	js, err := json.Marshal(what)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(js, &tree); err != nil {
		t.Fatal(err)
	}
	var ids []string
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			if node["type"] == "input" {
				return
			}
			if id, ok := node["action_id"].(string); ok {
				ids = append(ids, id)
			}
			for _, child := range node {
				walk(child)
			}
		case []any:
			for _, child := range node {
				walk(child)
			}
		}
	}
	walk(tree)
	return ids
}
