package bot_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// fillRole fills in the first step of an intake form.
func fillRole(s *screen) *screen {
	s.fill("title", "Backend developer").fill("team", "Metering").fill("hiring_manager", kari).fill("recruiter", ola).fill("channel", "CBACKEND")
	return s.fill("openings", "1").fill("need", "More of the same").fill("level", "Senior").fill("employment", "Permanent")
}

// fillPerson fills in the second step.
func fillPerson(s *screen) *screen {
	return s.fill("success", "Owns metering").fill("must_haves", "• Go\n• SQL").fill("nice_to_haves", "Kubernetes")
}

// fillRounds fills in the third step with one interview.
func fillRounds(s *screen) *screen {
	first := string(hiring.InterviewField("interview-1", ""))
	return s.fill(first+"name", "Technical interview").fill(first+"panel", ingrid).fill(first+"days", "5").fill("interview-2_name", "") // dropped
}

// fillOffer fills in the fifth step.
func fillOffer(s *screen) *screen {
	return s.fill("reason_life", "Home by four.").fill("downside", "On call.").fill("location", "Oslo").fill("language", "Norwegian")
}

// fillPlan fills in the last step.
func fillPlan(s *screen) *screen {
	return s.fill("target_start", "2027-06-01").fill("sources", "Referral")
}

// walk goes from the third step of an intake form to what comes of it.
func walk(s *screen) *screen {
	s.w.t.Helper()
	checks := fillRounds(s).must().fill("verified_0", "Technical").fill("verified_1", "Technical")
	return fillPlan(fillOffer(checks.must()).must()).must()
}

func TestIntake(t *testing.T) {
	o := newOffice(t)
	o.meet(kari, ola)
	o.types(kari, "intake R&amp;D lead")
	form := o.opened(kari)
	mustContain(t, "the title is filled in", form.text(), "R&D lead")

	// What is missing is said under its input, and the form stays.
	if a := form.submit(); a.Action != "errors" || a.Errors["recruiter"] == "" || a.Errors["team"] == "" {
		t.Errorf("an unfinished step is acknowledged with %s", a.raw)
	}
	person := fillRole(form).must()
	if a := person.submit(); a.Action != "errors" || a.Errors["must_haves"] == "" || a.Errors["success"] == "" {
		t.Errorf("an unfinished second step is acknowledged with %s", a.raw)
	}
	rounds := fillPerson(person).must()
	rounds.press(templates.ActionAddInterview, "")
	more := rounds.updated()
	if len(more.inputs) <= len(rounds.inputs) {
		t.Errorf("there are %d inputs after an interview was added to %d", len(more.inputs), len(rounds.inputs))
	}
	mustContain(t, "the new role", walk(more).text(), "R-1")
	roles := o.roles()
	if len(roles) != 1 || roles[0].Title() != "Backend developer" || roles[0].Status != hiring.Drafting || !roles[0].Brief().SignedBy(kari) {
		t.Fatalf("the record has %+v", roles)
	}

	// The other owner signs from the message that asks for it.
	o.pressInMessage(ola, templates.ActionOpenBrief, "R-1")
	o.opened(ola).must()
	if r := o.roles()[0]; r.Status != hiring.Open {
		t.Errorf("after both signed the role is %s", r.Status)
	}
}

// TestIntakeIsFoundAgain: what was filled in up to the last Next or Back is
// there when the form is opened again, and can be thrown away.
func TestIntakeIsFoundAgain(t *testing.T) {
	o := newOffice(t)
	o.types(kari, "intake")
	rounds := fillPerson(fillRole(o.opened(kari)).must()).must()
	fillRounds(rounds).press(templates.ActionIntakeBack, "")
	mustContain(t, "one step back", rounds.updated().text(), "Kubernetes", "Owns metering")

	o.types(kari, "")
	o.pressAtHome(kari, templates.ActionUnfinished, "R-0")
	again := o.opened(kari)
	mustContain(t, "opened again", again.text(), "You began this", "Owns metering")
	rounds = again.must()
	mustContain(t, "the next step", rounds.text(), "Technical interview", ingrid)

	o.types(kari, "intake Something else")
	again = o.opened(kari)
	mustContain(t, "a second new role", again.text(), "You began this")
	again.press(templates.ActionIntakeAfresh, "")
	fresh := again.updated()
	if strings.Contains(fresh.text(), "Metering") || strings.Contains(fresh.text(), "You began") {
		t.Errorf("after starting afresh: %s", fresh.text())
	}
}

func TestIntakeNamesOnlyPeopleWhoCanAnswer(t *testing.T) {
	o := newOffice(t)
	o.types(kari, "intake")
	form := fillRole(o.opened(kari)).fill("recruiter", guest)
	if a := form.submit(); a.Errors["recruiter"] == "" {
		t.Errorf("a guest as recruiter is acknowledged with %s", a.raw)
	}
	rounds := fillRounds(fillPerson(form.fill("recruiter", ola).must()).must()).fill("interview-1_panel", robot)
	if a := rounds.submit(); a.Errors["interview-1_panel"] == "" {
		t.Errorf("an app on the panel is acknowledged with %s", a.raw)
	}
}

func TestChangeBrief(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.types(ola, "brief") // the only role of Ola's
	brief := o.opened(ola)
	brief.press(templates.ActionChangeBrief, brief.button(templates.ActionChangeBrief))
	change := o.pushed(ola)
	if a := change.submit(); a.Action != "update" {
		t.Errorf("the first step is acknowledged with %s", a.raw)
	}
	offer := change.fill("reason", "The platform moves to Kubernetes.").must().fill("must_haves", "Go\nSQL\nKubernetes").must().must().must()

	// Kari was faster: nothing is overwritten, nothing typed is lost, and both
	// are shown.
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		terms := o.roles()[0].Brief().Terms
		terms.Location, terms.Downside = "Bergen", "Rain."
		_, c, err := a.ChangeBrief(1, 1, terms, "The office moved.")
		return c, err
	})
	last := offer.fill("downside", "Nights.").must()
	again := last.must()
	mustContain(t, "what came in between", again.text(), "changed the brief while you had it open", "Rain.")
	if len(o.roles()[0].Briefs) != 2 {
		t.Fatalf("the role has %d revisions", len(o.roles()[0].Briefs))
	}
	again.must()
	r := o.roles()[0]
	is := r.Brief().Terms
	if len(r.Briefs) != 3 || is.Location != "Bergen" || is.Downside != "Nights." || len(is.MustHaves) != 3 {
		t.Errorf("the newest of %d revisions says %+v", len(r.Briefs), is)
	}
	// A brief read before that cannot be signed any more.
	if a := brief.submit(); a.Action == "update" {
		t.Errorf("an old brief was signed: %s", a.raw)
	}
}

// TestSendingABriefBack goes to and fro between the owners.
func TestSendingABriefBack(t *testing.T) {
	o := newOffice(t)
	o.propose()
	o.types(ola, "brief R-1")
	brief := o.opened(ola)
	brief.press(templates.ActionSendBack, "R-1")
	form := o.pushed(ola)
	if a := form.submit(); a.Errors["comment"] == "" || a.Errors["section"] == "" {
		t.Errorf("an empty comment is acknowledged with %s", a.raw)
	}
	mustContain(t, "sent back", form.fill("section", "the offer").fill("comment", "Pay more.").must().text(), "is asked to change")
	o.types(kari, "brief R-1")
	mustContain(t, "what Kari reads", o.opened(kari).text(), "Pay more.", "the offer")
}

// TestMoreOfABrief opens everything that a brief's window offers beside its
// buttons.
func TestMoreOfABrief(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	more := func(what templates.More) *screen {
		o.types(kari, "brief R-1")
		brief := o.opened(kari)
		brief.press(templates.ActionMore, templates.EncodeMore(what, 1))
		return brief
	}
	more(templates.MoreHistory)
	history := o.pushed(kari)
	mustContain(t, "the history", history.text(), "Revision 1")
	more(templates.MoreCopy)
	mustContain(t, "the copy", o.pushed(kari).text(), "# Backend developer (R-1)", "## ")
	more(templates.MorePitch)
	mustContain(t, "the pitch", o.pushed(kari).text(), "And honestly: On call.", "Og helt ærlig: On call.")
	more(templates.MoreOwners)
	mustContain(t, "the owners", o.pushed(kari).text(), "recruiter")
	more(templates.MoreDigest)
	mustContain(t, "who hears the digest", o.pushed(kari).text(), "CBACKEND", "Add a channel")
	mustContain(t, "paused", more(templates.MorePause).updated().text(), "is paused")
	if r := o.roles()[0]; r.Status != hiring.Paused {
		t.Errorf("the role is %s", r.Status)
	}
	mustContain(t, "resumed", more(templates.MoreResume).updated().text(), "goes on")
	again := more(templates.MoreAgain).updated()
	mustContain(t, "a role from this one", again.text(), "Backend developer", "1/6")
}

func TestCandidateMovesToTheEnd(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.types(ola, "kandidat")
	form := o.opened(ola)
	if a := form.submit(); a.Errors["name"] == "" {
		t.Errorf("without a name: %s", a.raw)
	}
	mustContain(t, "the candidate", form.fill("name", "Nora Vik").fill("source", "referral").must().text(), "C-1")

	o.types(ola, "move")
	pick := o.opened(ola)
	var found struct {
		Options []struct{ Value string }
	}
	o.suggest(ola, "nor", &found)
	if len(found.Options) != 1 || found.Options[0].Value != "C-1" {
		t.Fatalf("suggested %+v", found)
	}
	pick.press(templates.ActionPickCandidate, "C-1")
	move := pick.updated()
	move.fill("stage", "Technical interview").press(templates.ActionPickStep, "")
	move = move.updated()
	delete(move.state, "interview_at")
	if a := move.submit(); a.Errors["interview_at"] == "" {
		t.Errorf("without a time: %s", a.raw)
	}
	at := o.clock().Add(24 * time.Hour)
	move.fill("interview_at", strconv.FormatInt(at.Unix(), 10)).must()
	if c := o.candidate(1); c.Stage != "interview-1" || !c.Interviews[0].Start.Equal(at) || c.Interviews[0].Length != time.Hour {
		t.Errorf("the candidate is in %s with %+v", c.Stage, c.Interviews)
	}

	o.types(ola, "flytt C–1")
	end := o.opened(ola)
	end.fill("stage", "Rejected").press(templates.ActionPickStep, "")
	end = end.updated()
	if a := end.submit(); a.Errors["reason"] == "" {
		t.Errorf("without a reason: %s", a.raw)
	}
	end.fill("reason", "Too little SQL.").must()
	if c := o.candidate(1); c.Outcome != hiring.Rejected {
		t.Errorf("the outcome is %s", c.Outcome)
	}
	if a := o.types(ola, "move C-1"); !strings.Contains(a.raw, "no longer") {
		t.Errorf("moving a candidate who is out: %s", a.raw)
	}
}

// TestFeedbackOfAPausedRole is not owed, and can be given.
func TestFeedbackOfAPausedRole(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid)
	o.interviewed(o.addCandidate("Nora Vik"))
	o.act(kari, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Pause(1); return c, err })
	o.types(ingrid, "feedback")
	list := o.opened(ingrid)
	mustContain(t, "while it is paused", list.text(), "Nothing is due while a role is paused", "Nora Vik", "paused")
	list.press(templates.ActionGiveFeedback, templates.EncodeFeedbackKey(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid}))
	fillScorecard(o.pushed(ingrid)).must()
	if f := o.feedbackBy(ingrid); f.Status != hiring.Submitted {
		t.Errorf("the record has %+v", f)
	}
	if a := o.types(ingrid, "feedback"); !strings.Contains(a.raw, "no feedback") {
		t.Errorf("once it is given: %s", a.raw)
	}
}

func TestFeedback(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid, jonas)
	if a := o.types(ingrid, "feedback"); !strings.Contains(a.raw, "no feedback") {
		t.Errorf("with nothing owed: %s", a.raw)
	}
	o.interviewed(o.addCandidate("Nora Vik"))
	button := templates.EncodeFeedbackKey(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid})

	o.pressInMessage(jonas, templates.ActionGiveFeedback, button)
	mustContain(t, "somebody else's button", text(o.wait("answer")), "only they can give it")

	o.types(ingrid, "feedback")
	card := o.opened(ingrid)
	mustContain(t, "the scorecard", card.text(), "Go", "SQL", "Nora Vik")
	if a := card.submit(); a.Errors["recommendation"] == "" {
		t.Errorf("an empty scorecard: %s", a.raw)
	}
	fillScorecard(card).must()
	o.read(func(r hiring.Record) error {
		f, err := r.Feedback(hiring.FeedbackKey{Candidate: 1, Stage: "interview-1", Interviewer: ingrid})
		if f.Status != hiring.Submitted || len(f.Ratings) != 2 {
			t.Errorf("the record has %+v", f)
		}
		return err
	})

	// The same button mends it until something is decided.
	o.pressInMessage(ingrid, templates.ActionGiveFeedback+"#1", button)
	card = o.opened(ingrid)
	mustContain(t, "what was given", card.text(), "You gave this")
	card.fill("note", "Knows her joins, and indexes.").must()
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(1, hiring.StageOffer, hiring.Interview{})
		return c, err
	})
	o.pressInMessage(ingrid, templates.ActionGiveFeedback+"#2", button)
	mustContain(t, "an old button", text(o.wait("answer")), "decided on")
}

func fillScorecard(s *screen) *screen {
	for field, element := range s.inputs {
		if strings.HasPrefix(field, "rating_") {
			s.fill(field, optionAt(element, 0))
		}
	}
	return s.fill("recommendation", optionAt(s.inputs["recommendation"], 0)).fill("note", "Knows her joins.")
}

// optionAt returns the value of an element's i-th option.
func optionAt(element map[string]any, i int) string {
	list, _ := element["options"].([]any)
	option, _ := list[i].(map[string]any)
	value, _ := option["value"].(string)
	return value
}

func TestSeveralScorecards(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid)
	for i := range 2 {
		o.interviewed(o.addCandidate(fmt.Sprintf("Candidate %d", i)))
	}
	o.types(ingrid, "tilbakemelding")
	list := o.opened(ingrid)
	mustContain(t, "the list", list.text(), "Candidate 0", "Candidate 1")
	list.press(templates.ActionGiveFeedback, list.button(templates.ActionGiveFeedback))
	fillScorecard(o.pushed(ingrid)).must()
}

func TestHomeAndLanguage(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.do("events_api", opened(kari))
	home := o.home(kari).text()
	mustContain(t, "Home", home, "R-1", "Backend developer")

	o.pressAtHome(kari, templates.ActionLanguage, "nb")
	if norwegian := o.home(kari).text(); norwegian == home {
		t.Error("the Home did not change with the language")
	}
	for _, typed := range []string{"hjelp", "brief R-7", "roller", "kandidat R-7", "brev"} {
		if english, norwegian := o.types(ola, typed).raw, o.types(kari, typed).raw; english == norwegian || norwegian == "" {
			t.Errorf("%q is answered in both languages with %.200s", typed, norwegian)
		}
	}

	o.pressAtHome(kari, templates.ActionLanguage, "xx")
	o.do("events_api", opened(guest))
	if home := o.home(guest).text(); strings.Contains(home, "R-1") {
		t.Errorf("a guest sees %s", home)
	}
}

func TestHomeButtons(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	for _, c := range []struct{ what, action, value, want string }{
		{"a new role", templates.ActionNewRole, "", "New role 1/6"},
		{"a brief", templates.ActionOpenBrief, "R-1", "Backend developer"},
		{"a candidate", templates.ActionAddCandidate, "R-1", "name"},
		{"a move", templates.ActionMove, "", templates.ActionPickCandidate},
		{"the funnel", templates.ActionFunnel, "R-1", "Backend developer"},
		{"help", templates.ActionHelp, "", "/hire"},
	} {
		o.pressAtHome(kari, c.action, c.value)
		mustContain(t, c.what, o.opened(kari).text(), c.want)
	}
}

func TestShortcut(t *testing.T) {
	o := newOffice(t)
	o.do("interactive", map[string]any{
		"type": "shortcut", "callback_id": templates.ShortcutNewRole, "user": map[string]any{"id": kari}, "trigger_id": o.trigger(),
	})
	mustContain(t, "the form", o.opened(kari).text(), "New role 1/6")
}

func TestStrangersSeeNothing(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.addCandidate("Nora Vik")
	o.meet(jonas)
	for _, typed := range []string{"brief R-1", "candidate R-1", "move C-1", "funnel R-1"} {
		a := o.types(jonas, typed)
		if !strings.Contains(a.raw, "Only the owners") || strings.Contains(a.raw, "Nora") {
			t.Errorf("%s: %s", typed, a.raw)
		}
	}
	for action, value := range map[string]string{
		templates.ActionOpenBrief: "R-1", templates.ActionAddCandidate: "R-1", templates.ActionMove: "C-1", templates.ActionFunnel: "R-1",
	} {
		o.pressInMessage(jonas, action, value)
		mustContain(t, action, text(o.wait("answer")), "Only the owners")
	}
	var found struct{ Options []any }
	o.suggest(jonas, "", &found)
	if len(found.Options) != 0 {
		t.Errorf("a stranger is offered %v", found.Options)
	}

	// Forms opened by somebody who may, sent in by somebody who may not.
	o.types(ola, "candidate R-1")
	forged := o.opened(ola).fill("name", "Trojan").fill("source", "referral")
	forged.user = jonas
	if a := forged.submit(); a.Action == "update" {
		t.Errorf("a forged form was taken: %s", a.raw)
	}
	o.types(ola, "brief R-1")
	brief := o.opened(ola)
	brief.user = jonas
	brief.press(templates.ActionChangeBrief, "R-1")
	mustContain(t, "a forged change", o.pushed(jonas).text(), "Only the owners")
}

func TestOldAndBrokenButtons(t *testing.T) {
	o := newOffice(t)
	o.meet(kari)
	for _, c := range []struct{ what, action, value, want string }{
		{"a button of an earlier version", "never.was", "", "no longer in use"},
		{"a role that is gone", templates.ActionOpenBrief, "R-99", "R-99"},
		{"a value that is no key", templates.ActionOpenBrief, "<!channel>", "&lt;!channel&gt;"},
		{"feedback that is no key", templates.ActionGiveFeedback, "x/y/z", ""},
	} {
		o.pressInMessage(kari, c.action, c.value)
		said := text(o.wait("answer"))
		mustContain(t, c.what, said, c.want)
		if strings.Contains(said, "<!channel>") {
			t.Errorf("%s: answered %s", c.what, said)
		}
	}
}

func TestMonstrousNames(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.types(ola, "candidate R-1")
	form := o.opened(ola).fill("name", strings.Repeat("<!channel>", 300)).fill("source", "referral")
	if a := form.submit(); a.Errors["name"] == "" {
		t.Errorf("3,000 characters: %s", a.raw)
	}
	done := form.fill("name", "<!channel> & *Nora*").must().text()
	mustContain(t, "the answer", done, "C-1")
	o.types(ola, "move C-1")
	for _, shown := range []string{done, o.opened(ola).text(), o.types(ola, "roles").raw, o.types(ola, "").raw} {
		if strings.Contains(shown, "<!channel>") {
			t.Errorf("a name pings: %.2000s", shown)
		}
	}
}

func TestFirstSteps(t *testing.T) {
	o := newOffice(t)
	o.meet(kari)
	mustContain(t, "a candidate without a role", o.types(kari, "candidate").raw, "/hire intake")
	for _, typed := range []string{"", "roles", "funnel", "brief", "settings"} {
		if a := o.types(kari, typed); a.Text == "" {
			t.Errorf("%q is answered with %s", typed, a.raw)
		}
	}
}

// suggest types into the select that finds candidates.
func (w *workspace) suggest(user, typed string, into any) {
	w.t.Helper()
	raw := w.do("interactive", map[string]any{
		"type": "block_suggestion", "user": map[string]any{"id": user}, "action_id": templates.ActionPickCandidate,
		"block_id": "candidate", "value": typed, "view": map[string]any{"id": "V", "type": "modal", "blocks": []any{}},
	})
	decode(w.t, raw, into)
}
