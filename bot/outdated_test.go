package bot_test

import (
	"testing"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// later proposes, as Kari, that R-1 starts later.
func later(a hiring.Act) (hiring.Change, error) {
	role, err := a.Record.Role(1)
	if err != nil {
		return hiring.Change{}, err
	}
	terms := role.Brief().Terms
	terms.TargetStart = "2027-09-01"
	_, c, err := a.ChangeBrief(1, 1, terms, "Later.")
	return c, err
}

// overtaken is the last step of a change of Ola's that Kari was faster than.
func (o *office) overtaken() *screen {
	o.t.Helper()
	o.openRole()
	o.types(ola, "brief R-1")
	brief := o.opened(ola)
	brief.press(templates.ActionChangeBrief, brief.button(templates.ActionChangeBrief))
	last := o.pushed(ola).fill("reason", "The platform moves.").must().must().must().must().must().fill("sources", "inbound")
	o.act(kari, later)
	return last
}

// newest returns the newest revision of R-1, which must have that number.
func (o *office) newest(revision int) hiring.Terms {
	o.t.Helper()
	b := o.roles()[0].Brief()
	if b.Revision != revision {
		o.t.Errorf("the role is at revision %d, by %s", b.Revision, b.ProposedBy)
	}
	return b.Terms
}

const conflict = "changed the brief while you had it open"

// TestAnOvertakenChangeDeliveredTwice is merged by the first delivery. The
// second says the same and proposes nothing.
func TestAnOvertakenChangeDeliveredTwice(t *testing.T) {
	o := newOffice(t)
	form := o.overtaken()
	payload := map[string]any{
		"type": "view_submission", "user": map[string]any{"id": ola}, "trigger_id": o.trigger(), "view": form.payload(),
	}
	var shown *screen
	for range 2 {
		a := decodeAck(t, o.do("interactive", payload))
		mustContain(t, "the form", a.raw, conflict)
		shown = o.screen(ola, form.id, a.View)
	}
	_ = o.newest(2)
	shown.must()
	if is := o.newest(3); is.TargetStart != "2027-09-01" || is.Sources[0] != hiring.Inbound {
		t.Errorf("both changes: %+v", is)
	}
}

// TestAnOvertakenChangeGoesOnInItsOldView as where the merged form came in a
// window of its own that was closed. What was typed since is in it; what
// somebody else changed is not undone by what the old view repeats.
func TestAnOvertakenChangeGoesOnInItsOldView(t *testing.T) {
	for it, goOn := range map[string]func(o *office, old *screen) *screen{
		"proposing": func(o *office, old *screen) *screen {
			a := old.submit()
			mustContain(t, "the form", a.raw, conflict)
			_ = o.newest(2)
			return o.screen(ola, old.id, a.View)
		},
		"going back": func(o *office, old *screen) *screen {
			old.press(templates.ActionIntakeBack, "")
			back := o.screen(ola, old.id, o.wait("views.update")["view"])
			mustContain(t, "the form", back.text(), conflict)
			return back.must()
		},
	} {
		t.Run(it, func(t *testing.T) {
			o := newOffice(t)
			old := o.overtaken()
			_ = old.must() // in a window of its own
			goOn(o, old.fill("latest_start", "2027-10-01")).must()
			if is := o.newest(3); is.TargetStart != "2027-09-01" || is.LatestStart != "2027-10-01" || is.Sources[0] != hiring.Inbound {
				t.Errorf("both changes: %+v", is)
			}
		})
	}
}

// TestAnOldViewOfAnEarlierStep is shown again with what came in between, and
// goes on from there.
func TestAnOldViewOfAnEarlierStep(t *testing.T) {
	o := newOffice(t)
	o.openRole()
	o.types(ola, "brief R-1")
	brief := o.opened(ola)
	brief.press(templates.ActionChangeBrief, brief.button(templates.ActionChangeBrief))
	second := o.pushed(ola).fill("reason", "The platform moves.").must()
	checks := second.fill("must_haves", "Go\nSQL\nKubernetes").must().must()
	last := checks.must().must().fill("sources", "inbound")
	o.act(kari, func(a hiring.Act) (hiring.Change, error) {
		terms := o.roles()[0].Brief().Terms
		terms.NiceToHaves, terms.Tasks = []string{"Rust"}, []string{"Meters"}
		_, c, err := a.ChangeBrief(1, 1, terms, "More.")
		return c, err
	})
	_ = last.must() // merged, on another device

	again := second.fill("must_haves", "Go\nKubernetes").must() // the step of the must-haves, not the one after it
	mustContain(t, "the second step", again.text(), conflict, "Rust", "Meters", "Go\\nKubernetes")
	stale := checks.must()
	mustContain(t, "the checks", stale.text(), conflict, "Kubernetes")
	stale.must().must().must()
	is := o.newest(3)
	if len(is.MustHaves) != 2 || is.MustHaves[1].Skill != "Kubernetes" || len(is.NiceToHaves) != 1 || is.NiceToHaves[0] != "Rust" || is.Tasks[0] != "Meters" {
		t.Errorf("all changes: %+v", is)
	}
}

// TestAMergedFormShowsWhatIsMerged in the inputs that stood there before, too.
func TestAMergedFormShowsWhatIsMerged(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	m.check(m.modal(m.ola, "brief R-1", "Brief of R-1").Press(m.ctx, templates.ActionChangeBrief))
	next := func(title string) *slacksim.Modal {
		t.Helper()
		form, err := m.ola.AwaitModal(m.ctx, "Change the brief "+title)
		m.check(err)
		return form
	}
	form := next("1/6")
	m.fill(form, "reason", "The platform moves.")
	for _, title := range []string{"2/6", "3/6", "4/6", "5/6", "6/6"} {
		m.submit(form)
		form = next(title)
	}
	m.act(m.kari, later)
	m.fill(form, "sources", "inbound")
	m.submit(form)
	form = next("6/6")
	if start := form.Values()["Target start"]; start != "2027-09-01" {
		t.Errorf("the form shows %q", start)
	}
	m.submit(form)
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		role, err := r.Role(1)
		if b := role.Brief(); b.Revision != 3 || b.Terms.TargetStart != "2027-09-01" {
			t.Errorf("revision %d starts on %s", b.Revision, b.Terms.TargetStart)
		}
		return err
	}))
}
