package bot_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// teamTalk is the name of the second interview of [office.twoInterviews].
const teamTalk = "Team talk"

// twoInterviews opens R-1 with an hour of Ingrid's and half an hour of
// Jonas's, and adds C-1.
func (o *office) twoInterviews() {
	o.t.Helper()
	o.openRole()
	o.meet(ingrid, jonas)
	terms := o.roles()[0].Brief().Terms
	terms.Interviews = append(terms.Interviews, hiring.Stage{
		ID: "interview-2", Kind: hiring.KindInterview, Name: teamTalk, WorkDays: 5, Minutes: 30, Panel: []hiring.UserID{jonas},
	})
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.ChangeBrief(1, 1, terms, "The team wants to meet them."))
	})
	o.act(ola, func(a hiring.Act) (hiring.Change, error) { return drop(a.Sign(1, 2)) })
	o.addCandidate("Nora Vik")
}

// chooses chooses a step in the form that moves a candidate, which follows.
func (s *screen) chooses(step string) *screen {
	s.w.t.Helper()
	s.fill("stage", step).press(templates.ActionPickStep, "")
	return s.updated()
}

// at puts the time of the interview into a form.
func (s *screen) at(when time.Time) *screen {
	s.w.t.Helper()
	return s.fill("interview_at", strconv.FormatInt(when.Unix(), 10))
}

// has returns what stands in an input now.
func (s *screen) has(field string) string { return text(s.state[field]) }

// TestAnotherInterviewHasItsOwnPanel and length, also where those of the first
// were changed by hand; the time stays.
func TestAnotherInterviewHasItsOwnPanel(t *testing.T) {
	o := newOffice(t)
	o.twoInterviews()
	o.types(ola, "move C-1")
	at := o.clock().Add(26 * time.Hour)
	move := o.opened(ola).chooses("Technical interview").at(at).fill("panel", kari).fill("length", "90").chooses(teamTalk)
	if panel, length := move.has("panel"), move.has("length"); !strings.Contains(panel, jonas) || strings.Contains(panel, kari) || !strings.Contains(length, `"30"`) {
		t.Errorf("the form says %s, %s", panel, length)
	}
	move.must()
	want := hiring.Interview{Stage: "interview-2", Start: at.UTC(), Length: 30 * time.Minute, Panel: []hiring.UserID{jonas}}
	if got := o.candidate(1).Interviews; len(got) != 1 || got[0].Length != want.Length || !got[0].Start.Equal(at) || !slices.Equal(got[0].Panel, want.Panel) {
		t.Errorf("the record has %+v, want %+v", got, want)
	}
}

// TestWhatIsChosenByHandStays while the form is rendered again for the same
// interview, and complaints stand under their inputs.
func TestWhatIsChosenByHandStays(t *testing.T) {
	o := newOffice(t)
	o.twoInterviews()
	o.types(ola, "move C-1")
	move := o.opened(ola).chooses(teamTalk).at(o.clock().Add(26*time.Hour)).fill("panel", kari).fill("length", "45").chooses(teamTalk)
	var crowd []string
	for n := range hiring.MaxPanel + 1 {
		crowd = append(crowd, "U"+strconv.Itoa(n))
	}
	if a := move.fill("panel", crowd...).submit(); a.Errors["panel"] == "" {
		t.Errorf("a panel of %d: %s", len(crowd), a.raw)
	}
	move.fill("panel", kari).must()
	if got := o.candidate(1).Interviews; len(got) != 1 || got[0].Length != 45*time.Minute || !slices.Equal(got[0].Panel, []hiring.UserID{kari}) {
		t.Errorf("the record has %+v", got)
	}
}

// TestAFormSavedTooEarlyAsksFirst for what belongs to the interview that was
// chosen last: it had not followed the choice.
func TestAFormSavedTooEarlyAsksFirst(t *testing.T) {
	o := newOffice(t)
	o.twoInterviews()
	o.types(ola, "move C-1")
	move := o.opened(ola).chooses("Technical interview").at(o.clock().Add(26*time.Hour)).fill("stage", teamTalk)
	again := move.must()
	if c := o.candidate(1); c.Stage == "interview-2" || len(c.Interviews) > 0 {
		t.Errorf("the record has %+v", c)
	}
	if panel := again.has("panel"); !strings.Contains(panel, jonas) || strings.Contains(panel, ingrid) {
		t.Errorf("the form says %s", panel)
	}
}

// TestMovedNamesWhoIsAsked for feedback, which need not be whom the plan names.
func TestMovedNamesWhoIsAsked(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ingrid, jonas)
	o.addCandidate("Nora Vik")
	o.types(ola, "move C-1")
	said := o.opened(ola).chooses("Technical interview").at(o.clock().Add(26*time.Hour)).fill("panel", jonas).must().text()
	if strings.Contains(said, ingrid) || !strings.Contains(said, jonas) {
		t.Errorf("Jonas interviews, and the recruiter reads: %s", said)
	}
}

// TestAnInterviewMoreIsAsThePlanHasIt in length and panel.
func TestAnInterviewMoreIsAsThePlanHasIt(t *testing.T) {
	o := newOffice(t)
	o.twoInterviews()
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		return drop(a.Move(1, "interview-2", hiring.Interview{Start: a.Now.Add(26 * time.Hour), Length: time.Hour}))
	})
	o.types(ola, "candidate C-1")
	window := o.opened(ola)
	window.press(templates.ActionInterview+"#add", window.button(templates.ActionInterview+"#add"))
	form := o.pushed(ola)
	if panel, length := form.has("panel"), form.has("length"); !strings.Contains(panel, jonas) || !strings.Contains(length, `"30"`) {
		t.Errorf("the form says %s, %s", panel, length)
	}
}
