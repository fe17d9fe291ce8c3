package bot_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// correctForm opens the form that corrects C-1 from their window.
func (o *office) correctForm(user string) *screen {
	o.t.Helper()
	o.types(user, "candidate C-1")
	window := o.opened(user)
	window.press(templates.ActionCorrect, window.button(templates.ActionCorrect))
	return o.pushed(user)
}

func TestCorrectingAStep(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola, kari)
	o.addCandidate("Nora Vik")
	o.now = o.now.Add(time.Hour)
	o.interviewed(1)
	o.now = o.now.Add(time.Hour)
	form := o.correctForm(ola)
	mustContain(t, "the form", form.text(), "Nora Vik", "The move to Technical interview", "The addition")
	form.fill("step", "The move to Technical interview").fill("fix", "It happened at another time")
	if a := form.submit(); a.Errors["fixed_at"] != "Say when it was." {
		t.Errorf("without a date: %s", a.raw)
	}
	long := form.fill("fixed_at", strconv.FormatInt(o.now.AddDate(0, 0, -3).Unix(), 10))
	if a := long.submit(); !strings.Contains(a.Errors["fixed_at"], "The step before it was at 23 Nov 2026") {
		t.Errorf("before the addition: %s", a.raw)
	}
	mustContain(t, "undone", form.fill("fix", "It never happened").must().text(), "the move to Technical interview, undone", "is in Sourced")
	c := o.candidate(1)
	if c.Stage != hiring.StageSourced || len(c.Journey) != 1 || len(c.Corrections) != 1 || c.Interviews[0].Status != hiring.CalledOff {
		t.Errorf("the record has %+v", c)
	}
	if f := o.feedbackBy(ingrid); f.Status != hiring.Excused {
		t.Errorf("who was asked for feedback: %+v", f)
	}
	// The same form again names a step that is gone.
	if a := form.submit(); a.Action == "update" || o.candidate(1).Stage != hiring.StageSourced || len(o.candidate(1).Corrections) != 1 {
		t.Errorf("submitted again: %s", a.raw)
	}
	o.read(func(r hiring.Record) error {
		events, err := hiring.CorrectionsSince(r, 1, time.Time{})
		if len(events) != 1 || events[0].To != "interview-1" {
			t.Errorf("for the next digest: %+v", events)
		}
		return err
	})
}

func TestARejectionIsUndoneInTheWindow(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola, kari)
	o.addCandidate("Nora Vik")
	o.act(ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Close(1, hiring.Rejected, "No Go yet.", false)
		return c, err
	})
	form := o.correctForm(kari)
	mustContain(t, "undone", form.fill("step", "The rejection").fill("fix", "It never happened").must().text(), "the rejection, undone", "is in Sourced")
	if c := o.candidate(1); c.Outcome != hiring.Active || !c.Contact.Usual || c.Contact.By != ola {
		t.Errorf("the record has %+v", c)
	}
	o.types(kari, "candidate C-1")
	mustContain(t, "the window", o.opened(kari).text(), "Corrected by", "No Go yet.")
}

// TestAFirstContactIsUndoneInTheWindow presses the wrong button, and takes it
// back from the answer.
func TestAFirstContactIsUndoneInTheWindow(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola, kari)
	o.addCandidate("Nora Vik")
	o.now = o.now.Add(time.Hour)
	o.pressInMessage(ola, templates.ActionEngaged, "C-1")
	mustContain(t, "the answer", text(o.wait("answer")), "The first contact with", templates.ActionCorrect)
	o.pressInMessage(ola, templates.ActionCorrect, "C-1")
	form := o.opened(ola)
	mustContain(t, "undone", form.fill("step", "The first contact").fill("fix", "It never happened").must().text(), "the first contact, undone", "is in Sourced")
	if c := o.candidate(1); !c.EngagedAt.IsZero() || len(c.Corrections) != 1 {
		t.Errorf("the record has %+v", c)
	}
	if a := form.submit(); a.Action == "update" { // the same once more
		t.Errorf("submitted again: %s", a.raw)
	}
	o.types(ola, "candidate C-1")
	mustContain(t, "the window", o.opened(ola).text(), "the first contact, undone", templates.ActionEngaged)
}

// TestForgedCorrections has people who may not, and steps that are none.
func TestForgedCorrections(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.meet(ola, kari, ingrid, jonas)
	o.addCandidate("Nora Vik")
	o.interviewed(1)
	form := o.correctForm(ola)
	form.fill("step", "The move to").fill("fix", "It never happened")
	before := o.everything()
	for _, who := range []string{ingrid, jonas, guest} {
		form.user = who
		if a := form.submit(); a.Action == "update" || strings.Contains(a.raw, "Nora") {
			t.Errorf("%s: %s", who, a.raw)
		}
	}
	form.user = ola
	for _, step := range []string{"1@1", "-1@0", "99@1795500000000000000", "x", "@", "1@" + strings.Repeat("9", 40)} {
		if a := form.fill("step", step).submit(); a.Action == "update" {
			t.Errorf("the step %q: %s", step, a.raw)
		}
	}
	form.raw["private_metadata"] = `{"candidate":7}`
	if a := form.submit(); a.Action == "update" {
		t.Errorf("a candidate who is not there: %s", a.raw)
	}
	if after := o.everything(); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
}
