package bot_test

import (
	"testing"

	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

func TestCancellingARole(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	m.interviewed(1)
	form := m.modal(m.ingrid, "brief R-1", "Brief of R-1")
	if err := form.Press(m.ctx, "Cancel the role"); err == nil {
		t.Error("an interviewer can cancel")
	}
	form = m.modal(m.kari, "brief R-1", "Brief of R-1")
	m.check(form.Press(m.ctx, "Cancel the role"))
	after, err := m.kari.AwaitModal(m.ctx, "Cancelled")
	m.check(err)
	mustContain(t, "the window afterwards", m.slack.ViewText(after.View, oslo), "1 candidate is still in the process")
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		role, err := r.Role(1)
		if role.Status != hiring.Cancelled {
			t.Errorf("the role is %s", role.Status)
		}
		return err
	}))
	answer, err := m.kari.Command(m.ctx, m.channel, "/hire", "candidate R-1")
	m.check(err)
	if answer == nil {
		t.Fatal("a cancelled role takes candidates")
	}
	mustContain(t, "adding a candidate", answer.Text, "Role R-1 is cancelled.")
}

func TestHandingARoleOver(t *testing.T) {
	m := newTeam(t, hiring.English)
	m.openRole()
	form := m.modal(m.ola, "brief R-1", "Brief of R-1")
	m.check(form.Fill(templates.ActionMore, "Hand over"))
	owners, err := m.ola.AwaitModal(m.ctx, "Hand over")
	m.check(err)
	m.fill(owners, "Hiring manager", m.ola)
	res, err := owners.Submit(m.ctx)
	m.check(err)
	mustContain(t, "one person as both", res.Errors["Recruiter"], "two people")
	m.fill(owners, "Hiring manager", m.ingrid)
	m.submit(owners)
	m.check(m.record.View(m.ctx, func(r hiring.Record) error {
		role, err := r.Role(1)
		if role.HiringManager != hiring.UserID(m.ingrid.ID) || role.Status != hiring.Open {
			t.Errorf("the role is %+v", role)
		}
		return err
	}))
	answer, err := m.ingrid.Command(m.ctx, m.channel, "/hire", "roles")
	m.check(err)
	mustContain(t, "the new manager's roles", m.slack.Text(*answer, oslo), "Backend developer")
}
