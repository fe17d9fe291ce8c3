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
