package templates

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// TestADecisionPutOffIsAskedForAgain, also where another was made before.
func TestADecisionPutOffIsAskedForAgain(t *testing.T) {
	o := newOffice().decided(hiring.Advance)
	c := o.candidates[12]
	c.Decisions = append(c.Decisions, hiring.Decision{At: now.Add(-time.Minute), By: kari, Stage: "interview-2", Revision: 1, Verdict: hiring.TalkFirst})
	o.candidates[12] = c
	m, err := house.For(hiring.English, nil).Notice(o, hiring.Notice{Kind: hiring.TellDebrief, User: kari, Subjects: []hiring.Subject{hiring.DecisionSubject(1, 12, "interview-2", kari)}}, OnePerson, true, now)
	if err != nil {
		t.Fatal(err)
	}
	if js, _ := json.Marshal(m); !strings.Contains(string(js), "Please by") || strings.Contains(string(js), "decided") {
		t.Errorf("whoever decides reads %s", js)
	}
}
