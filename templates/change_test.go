package templates

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// shown is a surface as Slack gets it.
func shown(t *testing.T, what any) string {
	t.Helper()
	js, err := json.Marshal(what)
	if err != nil {
		t.Fatal(err)
	}
	return string(js)
}

// The form of a change says what holds until it is signed: what is agreed, or
// that nobody goes past the screen unless an admin lets them.
func TestAChangeSaysWhatHoldsMeanwhile(t *testing.T) {
	o, w := newOffice(), house.For(hiring.English, oslo)
	tests := map[hiring.RoleID]string{
		1: "asked to sign it; until then the agreed one holds.",
		2: "asked to sign it; until then nobody goes past the screen.",
		3: "asked to sign it; until then the agreed one holds.",
		6: "asked to sign it.\"",
	}
	for id, want := range tests {
		f := ChangeForm(o.roles[id])
		if said := shown(t, w.Intake(f)); !strings.Contains(said, want) {
			t.Errorf("%s: want %q in\n%s", id, want, said)
		}
		f = IntakeForm{Unfinished: f.Unfinished} // as it was kept
		if said := shown(t, w.Intake(f.Of(o.roles[id]))); !strings.Contains(said, want) {
			t.Errorf("%s, gone on with: want %q in\n%s", id, want, said)
		}
	}
}

// What was asked for a role that is filled meanwhile is nobody's any more, and
// its messages lose their buttons. Asked before a role was filled and opened
// again, it can be answered, with no time by which.
func TestAFilledRoleAsksForNothing(t *testing.T) {
	w := house.For(hiring.English, oslo)
	subjects := map[hiring.NoticeKind]hiring.Subject{
		hiring.AskLook: hiring.LookSubject(1, 3, kari), hiring.TellDebrief: hiring.DecisionSubject(1, 12, "interview-2", kari),
	}
	for kind, s := range subjects {
		for _, n := range []hiring.Notice{{Kind: kind}, {Kind: hiring.Nudge, Step: 1}} {
			n.User, n.Subjects = kari, []hiring.Subject{s}
			o := newOffice().proposed().talked()
			render := func() string {
				m, err := w.Notice(o, n, OnePerson, true, now)
				if err != nil {
					t.Fatal(err)
				}
				return shown(t, m)
			}
			if said := render(); !strings.Contains(said, "action_id") {
				t.Errorf("%s of %s offers nothing:\n%s", n.Kind, s, said)
			}
			if said := render(); strings.Contains(said, "0001") {
				t.Errorf("%s of %s:\n%s", n.Kind, s, said)
			}
			before := o.roles[1]
			if said := func() string { o.filled(); return render() }(); strings.Contains(said, "action_id") || !strings.Contains(said, "Nothing to do for") {
				t.Errorf("%s of %s, of a filled role:\n%s", n.Kind, s, said)
			}
			o.roles[1] = before
			if said := render(); !strings.Contains(said, "action_id") || strings.Contains(said, "0001") {
				t.Errorf("%s of %s, of a role opened again:\n%s", n.Kind, s, said)
			}
		}
	}
	n := hiring.Notice{Kind: hiring.Nudge, User: ola, Step: 1, Subjects: []hiring.Subject{hiring.NextSubject(1, 4, "interview-2", ola)}}
	if m, err := w.Notice(newOffice().filled(), n, OnePerson, true, now); err != nil || strings.Contains(shown(t, m), "action_id") {
		t.Errorf("the next step of a filled role: %v\n%s", err, shown(t, m))
	}
}
