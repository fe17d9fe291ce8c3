package templates

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/hiring"
)

// surfaces renders everything people can see. fresh returns the same record
// every time.
func surfaces(t *testing.T, w Writer, fresh func() *office) []surface {
	t.Helper()
	var list []surface
	add := func(name string, what any, err error) { list = append(list, surface{name, what, err}) }
	notices(fresh, w, add)
	digests(fresh, w, add)
	answers(t, fresh, w, add)
	forms(t, fresh(), w, add)
	outcomes(fresh(), w, add)
	loop(t, fresh, w, add)
	return list
}

type adder func(name string, what any, err error)

func notices(fresh func() *office, w Writer, add adder) {
	o := fresh()
	notice := func(name string, o *office, n hiring.Notice, a Audience, standing bool) {
		m, err := w.Notice(o, n, a, standing, now)
		add(name, m, err)
	}
	role := func(id hiring.RoleID) []hiring.Subject { return []hiring.Subject{hiring.RoleSubject(id)} }
	one := []hiring.Subject{hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per})}
	answered := []hiring.Subject{hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 12, Stage: "interview-2", Interviewer: liv})}
	sign := func(id hiring.RoleID, revision int) []hiring.Subject {
		return []hiring.Subject{hiring.SignOffSubject(id, revision, ola)}
	}

	notice("brief-waiting", o, hiring.Notice{Kind: hiring.TellBrief, Channel: jobs, Subjects: role(2)}, PublicChannel, false)
	notice("brief-agreed", o, hiring.Notice{Kind: hiring.TellBrief, Channel: jobs, Subjects: role(1)}, PublicChannel, true)
	notice("brief-drifted", o, hiring.Notice{Kind: hiring.TellBrief, Channel: jobs, Subjects: role(3)}, PublicChannel, true)
	notice("brief-sent-back", fresh().sentBack(), hiring.Notice{Kind: hiring.TellBrief, Channel: jobs, Subjects: role(3)}, PublicChannel, true)
	notice("brief-filled", o, hiring.Notice{Kind: hiring.TellBrief, Channel: jobs, Subjects: role(4)}, PublicChannel, true)
	for _, id := range []hiring.RoleID{1, 3, 4} {
		notice("posted-"+id.String(), o, hiring.Notice{Kind: hiring.PostBrief, Channel: jobs, Subjects: []hiring.Subject{hiring.BriefSubject(id)}}, PublicChannel, id != 1)
	}
	revise := []hiring.Subject{hiring.RevisionSubject(6, 1, kari)}
	notice("revision", o, hiring.Notice{Kind: hiring.AskRevision, User: kari, Subjects: revise}, OnePerson, false)
	notice("revision-standing", fresh().revised(), hiring.Notice{Kind: hiring.AskRevision, User: kari, Subjects: revise}, OnePerson, true)
	notice("revision-nudge", o, hiring.Notice{Kind: hiring.Nudge, User: kari, Step: 1, Subjects: revise}, OnePerson, false)
	notice("revision-escalation", fresh().late(), hiring.Notice{Kind: hiring.Escalation, User: ola, About: kari, Step: 3, Subjects: revise}, OnePerson, false)
	notice("waived", o, hiring.Notice{Kind: hiring.TellWaived, User: ola, About: ann, Subjects: role(6)}, OnePerson, false)
	notice("paused", fresh().paused(), hiring.Notice{Kind: hiring.TellPaused, User: ola, About: kari, Subjects: role(1)}, OnePerson, false)
	notice("paused-over", fresh().resumed(), hiring.Notice{Kind: hiring.TellPaused, User: ola, About: kari, CreatedAt: days(3), Subjects: role(1)}, OnePerson, true)
	notice("resumed", o, hiring.Notice{Kind: hiring.TellPaused, User: ola, About: kari, Subjects: role(1)}, OnePerson, false)
	notice("sign-off-confirm", fresh().handedOver(), hiring.Notice{Kind: hiring.AskSignOff, User: gro, Subjects: []hiring.Subject{hiring.SignOffSubject(1, 1, gro)}}, OnePerson, false)
	notice("sign-off", o, hiring.Notice{Kind: hiring.AskSignOff, User: ola, Subjects: sign(2, 1)}, OnePerson, false)
	notice("sign-off-change", o, hiring.Notice{Kind: hiring.AskSignOff, User: ola, Subjects: sign(3, 2)}, OnePerson, false)
	notice("sign-off-standing", fresh().settle(ola), hiring.Notice{Kind: hiring.AskSignOff, User: ola, Subjects: sign(3, 2)}, OnePerson, true)
	notice("sign-off-sent-back", fresh().sentBack(), hiring.Notice{Kind: hiring.AskSignOff, User: ola, Subjects: sign(3, 2)}, OnePerson, true)
	notice("sign-off-superseded", o, hiring.Notice{Kind: hiring.AskSignOff, User: gro, Subjects: []hiring.Subject{hiring.SignOffSubject(3, 1, gro)}}, OnePerson, true)
	notice("agreed", o, hiring.Notice{Kind: hiring.TellAgreed, User: kari, Subjects: role(1)}, OnePerson, false)
	changed := fresh().settle(ola)
	before := changed.roles[3].Briefs[0].Signatures
	notice("agreed-since", changed, hiring.Notice{Kind: hiring.TellAgreed, User: kari, CreatedAt: before[len(before)-1].At, Subjects: role(3)}, OnePerson, true)
	fewer := fresh().settle(ola)
	taken := fewer.roles[3]
	taken.Status, taken.ClosedAt = hiring.Filled, now
	fewer.roles[3] = taken
	notice("agreed-filled", fewer, hiring.Notice{Kind: hiring.TellAgreed, User: kari, Subjects: role(3)}, OnePerson, false)
	notice("agreed-change", fresh().settle(ola), hiring.Notice{Kind: hiring.TellAgreed, User: kari, Subjects: role(3)}, OnePerson, false)
	notice("feedback-ask", o, hiring.Notice{Kind: hiring.AskFeedback, User: per, Subjects: one}, OnePerson, false)
	notice("feedback-ask-standing", fresh().settle(per), hiring.Notice{Kind: hiring.AskFeedback, User: per, Subjects: one}, OnePerson, true)
	notice("feedback-in", o, hiring.Notice{Kind: hiring.TellFeedback, User: ola, Subjects: answered}, OnePerson, false)
	notice("feedback-in-own-missing", o, hiring.Notice{Kind: hiring.TellFeedback, User: per, Subjects: answered}, OnePerson, false)

	notice("nudge-1", o, hiring.Notice{Kind: hiring.Nudge, User: per, Step: 1, Subjects: one}, OnePerson, false)
	for step, name := range []string{"nudge-2", "nudge-3", "nudge-4", "nudge-5"} {
		notice(name, fresh().nudged(step+2), hiring.Notice{Kind: hiring.Nudge, User: per, Step: step + 2, Subjects: o.subjects(per)}, OnePerson, false)
	}
	notice("nudge-sign-off", o, hiring.Notice{Kind: hiring.Nudge, User: ola, Step: 1, Subjects: o.subjects(ola)}, OnePerson, false)
	notice("nudge-standing", fresh().settle(per), hiring.Notice{Kind: hiring.Nudge, User: per, Step: 2, Subjects: o.subjects(per)}, OnePerson, true)
	many := hiring.Notice{Kind: hiring.Nudge, User: per, Step: 1}
	for range 15 {
		many.Subjects = append(many.Subjects, one...)
	}
	notice("nudge-many", o, many, OnePerson, false)

	notice("escalation-owner", o, hiring.Notice{Kind: hiring.Escalation, User: ola, About: per, Step: 3, Subjects: o.subjects(per)[:1]}, OnePerson, false)
	notice("escalation-admin", fresh().late(), hiring.Notice{Kind: hiring.Escalation, User: ann, About: per, Step: 5, Subjects: o.subjects(per)}, OnePerson, false)
	notice("escalation-sign-off", o, hiring.Notice{Kind: hiring.Escalation, User: kari, About: ola, Step: 3, Subjects: o.subjects(ola)}, OnePerson, false)
	notice("escalation-standing", fresh().settle(per), hiring.Notice{Kind: hiring.Escalation, User: ola, About: per, Step: 3, Subjects: one}, OnePerson, true)
	again := fresh() // what was settled is asked for once more
	for i := range again.owed {
		again.owed[i].Since, again.owed[i].DueAt = now, now.AddDate(0, 0, 1)
	}
	notice("escalation-not-due", again, hiring.Notice{Kind: hiring.Escalation, User: ola, About: per, Step: 3, Subjects: one}, OnePerson, true)
	notice("unreached-person", o, hiring.Notice{Kind: hiring.TellUnreached, User: ola, About: per, Problem: hiring.ProblemAway, Subjects: o.subjects(per)}, OnePerson, false)
	notice("unreached-owner", o, hiring.Notice{Kind: hiring.TellUnreached, User: kari, About: ola, Problem: hiring.ProblemAway, Subjects: o.subjects(ola)}, OnePerson, false)
	notice("unreached-person-other", o, hiring.Notice{Kind: hiring.TellUnreached, User: ola, About: per, Problem: "messages_tab_disabled", Subjects: one}, OnePerson, false)
	notice("given-up-broken-channel", o, hiring.Notice{Kind: hiring.TellGivenUp, User: ola, Channel: jobs, Problem: hiring.ProblemUnanswered, Subjects: role(1)}, OnePerson, false)
	notice("given-up-refused", o, hiring.Notice{Kind: hiring.TellGivenUp, User: ola, About: per, Problem: "fatal_error", Subjects: one}, OnePerson, false)
	notice("given-up-broken", o, hiring.Notice{Kind: hiring.TellGivenUp, User: ola, About: per, Problem: hiring.ProblemBroken, Subjects: one}, OnePerson, false)
	for _, problem := range []string{hiring.ProblemArchived, hiring.ProblemNotIn, hiring.ProblemNoChannel, hiring.ProblemRestricted, "fatal_error"} {
		notice("unreached-"+problem, o, hiring.Notice{Kind: hiring.TellUnreached, User: ola, Channel: jobs, Problem: problem, Subjects: role(1)}, OnePerson, false)
	}
	notice("filled", o, hiring.Notice{Kind: hiring.TellFilled, Channel: jobs, Subjects: role(4)}, PublicChannel, false)
	notice("owners-new", o, hiring.Notice{Kind: hiring.TellOwners, User: ola, About: kari, CreatedAt: now, Subjects: role(1)}, OnePerson, false)
	notice("owners-former", o, hiring.Notice{Kind: hiring.TellOwners, User: per, About: kari, CreatedAt: now, Subjects: role(1)}, OnePerson, false)
	notice("cancelled-others-left", o, hiring.Notice{Kind: hiring.TellCancelled, User: ola, About: kari, Subjects: role(1)}, OnePerson, false)
	left := fresh()
	r := left.roles[1]
	r.Status, r.ClosedAt, r.Hired = hiring.Filled, now, 1
	left.roles[1] = r
	notice("filled-others-left", left, hiring.Notice{Kind: hiring.TellFilled, Channel: jobs, Subjects: role(1)}, PublicChannel, false)
	notice("filled-no-more", o, hiring.Notice{Kind: hiring.TellFilled, Channel: jobs, Subjects: role(1)}, PublicChannel, true)
	notice("imported", o, hiring.Notice{Kind: hiring.TellImported, User: ola, CreatedAt: now, Subjects: role(1)}, OnePerson, false)
}

func digests(fresh func() *office, w Writer, add adder) {
	render := func(name string, o *office, kind hiring.NoticeKind, id hiring.RoleID, a Audience) {
		n := hiring.Notice{Kind: kind, Channel: jobs, Subjects: []hiring.Subject{hiring.DigestSubject(id, "2026-W47")}}
		m, err := w.Notice(o, n, a, false, now)
		add(name, m, err)
	}
	w.DigestChannel = jobs
	o, busy := fresh(), fresh().busy(many)
	for _, d := range []struct {
		name string
		o    *office
		id   hiring.RoleID
		a    Audience
	}{
		{"public", o, 1, PublicChannel}, {"private", o, 1, PrivateChannel}, {"unsigned", o, 2, PublicChannel},
		{"drifted", o, 3, PublicChannel}, {"sent-back", fresh().sentBack(), 3, PublicChannel}, {"filled", o, 4, PublicChannel}, {"quiet", fresh().calm(5), 5, PublicChannel},
		{"unengaged", o, 5, PublicChannel}, {"everything-stuck", fresh().everythingStuck(), 1, PrivateChannel},
		{"one", fresh().one(), 5, PublicChannel}, {"workspace", o, 0, PrivateChannel}, {"busy", busy, 5, PublicChannel},
		{"corrected", fresh().recounted(), 1, PublicChannel}, {"corrected-private", fresh().recounted(), 1, PrivateChannel},
		{"corrected-quiet", fresh().calm(5).recounted(), 5, PublicChannel}, {"corrected-workspace", fresh().recounted(), 0, PublicChannel},
	} {
		render("digest-"+d.name, d.o, hiring.Digest, d.id, d.a)
	}
	render("details", o, hiring.DigestDetails, 1, PublicChannel)
	render("details-busy", busy, hiring.DigestDetails, 5, PublicChannel)
	render("details-workspace", busy, hiring.DigestDetails, 0, PublicChannel)
	previews(o, w, add)
	funnels(fresh, o, busy, w, add)
}

// previews are what is seen around subscriptions.
func previews(o *office, w Writer, add adder) {
	sub := hiring.Subscription{Role: 1, Channel: closed, Own: true, Day: time.Friday, At: 14 * time.Hour, Locale: hiring.Norwegian, By: kari, SetAt: days(1), PreviewedAt: days(1), FirstAt: now.AddDate(0, 0, 4)}
	n := hiring.Notice{Kind: hiring.Preview, User: kari, Channel: closed, Subjects: []hiring.Subject{hiring.PreviewSubject(1)}}
	preview := func(name string, s hiring.Subscription, n hiring.Notice, standing bool) {
		o.subscribed = []hiring.Subscription{s}
		defer func() { o.subscribed = nil }()
		m, err := w.Notice(o, n, PrivateChannel, standing, now)
		add("preview"+name, m, err)
	}
	preview("", sub, n, false)
	stopped, told := sub, sub
	stopped.Off, told.Told, told.FirstAt = true, "2026-W47", now
	preview("-stopped", stopped, n, true)
	preview("-told", told, n, true)
	all := hiring.Subscription{Channel: jobs, PreviewedAt: days(1), FirstAt: now.AddDate(0, 0, 4)}
	n.User, n.Channel, n.Subjects = ann, jobs, []hiring.Subject{hiring.PreviewSubject(0)}
	preview("-workspace", all, n, false)

	usual := now.AddDate(0, 0, 7)
	role := o.roles[1]
	add("digests", w.Subscriptions(&role, []hiring.Subscription{{Role: 1, Channel: jobs}, sub}, usual), nil)
	add("digests-none", w.Subscriptions(nil, nil, usual), nil)
	add("subscribe", w.Subscribe(hiring.Subscription{Role: 1}, false, usual), nil)
	add("subscribe-change", w.Subscribe(sub, true, usual), nil)
	add("subscribed", w.Subscribed(sub, usual), nil)
	add("unsubscribed", w.Unsubscribed(stopped), nil)
	add("refreshed", w.Refreshed(), nil)
}

// funnels are the answers to questions.
func funnels(fresh func() *office, o, busy *office, w Writer, add adder) {
	for _, f := range []struct {
		name  string
		typed string
		o     *office
	}{
		{"role", "R-1", o}, {"none", "R-2", o}, {"period", "R-1 period", o}, {"source", "R-1 by source", o},
		{"interviewer", "R-1 by interviewer", o}, {"compare", "R-1 compare", o}, {"all", "all 12w", o}, {"team", "team " + string(kari), o},
		{"busy", "R-5", busy}, {"busy-source", "R-5 source", busy},
	} {
		a, err := f.o.answer(f.typed)
		add("funnel-"+f.name, w.Funnel(f.o, a, now), err)
		switch f.name {
		case "role":
			add("funnel-window", w.Window(w.Funnel(f.o, a, now)), nil)
			add("charts", w.Charts(a, now), nil)
			whysOfRole(f.o, a, w, add)
		case "all":
			whysOfAll(fresh, busy, a, w, add)
		case "team":
			why("why-team", o, a, hiring.Number{Measure: hiring.Refused, Stage: hiring.StageScreen}, w, add)
		case "none":
			add("charts-none", w.Charts(a, now), nil)
		}
	}
}

func answers(t *testing.T, fresh func() *office, w Writer, add adder) {
	add("help", w.Help(), nil)
	add("unknown", w.Unknown("fedback", "feedback"), nil)
	add("unknown-far", w.Unknown("<!channel>", ""), nil)
	add("settings-other", w.RulesBy(), nil)
	o := fresh()
	backend := o.roles[1]
	f, err := hiring.FiguresOf(o, house.Settings, hiring.Scope{Role: 1}, hiring.Window{From: "2026-W01", To: "2026-W49"}, now)
	file := w.FunnelCSV(f, &backend, now)
	add("funnel-csv", strings.Split(string(file.Content), "\n"), err)
	add("funnel-csv-comes", []string{file.Name, file.Title, string(file.Comment), string(w.FileComes()), string(w.FileForYou()), string(w.FileNotHere())}, nil)
	all, err := hiring.FiguresOf(o, house.Settings, hiring.Scope{}, hiring.Window{From: "2026-W01", To: "2026-W49"}, now)
	add("funnel-csv-all", strings.Split(string(w.FunnelCSV(all, nil, now).Content), "\n"), err)
	add("problem", w.Problem("", w.Error(hiring.Errorf("Role %v is already filled.", hiring.RoleID(4)), "")), nil)
	add("working", w.Working(), nil)
	add("finished", w.Finished(nil), nil)
	add("finished-complaints", w.Finished(map[string]string{"name": "Too <long>.", "source": "Choose one."}), nil)
	form := w.Promise(fresh().candidates[12], fresh().roles[1], hiring.Contact{})
	sent := slack.View{
		Type: form.Type, Title: form.Title, Submit: form.Submit, Close: form.Close, Blocks: form.Blocks, CallbackID: form.CallbackID, PrivateMetadata: form.PrivateMetadata,
	}
	complaints := map[string]string{"contact": "Choose who tells the candidate.", "contact_on": "Choose a day from today on."}
	add("unsaved", w.Unsaved(sent, complaints), nil)
	add("unsaved-closed", w.OfForm(sent, w.NotSaved(complaints)), nil)
	add("error-unknown", string(w.Error(errors.New("boom"), "7f3a")), nil)
	add("error-people", string(w.Error(hiring.Errorf("Only %v and %v can sign the brief of %v.", kari, ola, hiring.RoleID(4)), "")), nil)
	add("error-fields", w.FieldErrors(hiring.FieldErrors{
		hiring.FieldTitle:    hiring.Errorf("That is %v characters; at most %v fit.", 3000, 100),
		hiring.FieldOpenings: hiring.Errorf("Openings must be a whole number from 1 to %v.", 100),
	}), nil)
	for _, who := range []struct {
		name string
		u    hiring.UserID
	}{{"recruiter", ola}, {"manager", kari}, {"panel", per}, {"admin", ann}, {"nobody", gro}} {
		o := fresh()
		d := o.desk(t, who.u)
		home, err := w.Home(o, d, now)
		add("home-"+who.name, home, err)
		desk, err := w.Desk(o, d, now)
		add("desk-"+who.name, desk, err)
		roles, err := w.Roles(o, d, now)
		add("roles-"+who.name, roles, err)
	}
	promised := fresh().promised(gro)
	home, err := w.Home(promised, promised.desk(t, gro), now)
	add("home-promised-today", home, err)
	home, err = w.Home(fresh(), hiring.Desk{Person: hiring.Person{ID: gro, Guest: true}}, now)
	add("home-guest", home, err)
	add("home-unread", w.HomeUnread(), nil)
}

func forms(t *testing.T, o *office, w Writer, add adder) {
	first := IntakeForm{Unfinished: hiring.Unfinished{Draft: hiring.Draft{HiringManager: kari, Terms: hiring.Terms{Title: "Backend developer"}}}}
	add("intake-new", w.Intake(first), nil)
	preset := first
	preset.Preset = "backend-developer"
	preset = w.WithPreset(preset)
	full := ChangeForm(o.roles[1])
	full.Role, full.Base, full.SavedAt, full.Resumed = 0, 0, now.Add(-2*time.Hour), true
	full.Draft.Terms.Pay, full.Draft.Terms.TargetStart = hiring.Pay{}, "2026-12-01"
	change := ChangeForm(o.roles[1])
	change.Reason = "The team moves to Rust."
	for range hiring.MaxInterviews {
		change = change.AddInterview()
	}
	merged := ChangeForm(o.roles[3])
	merged.Newer = &o.roles[3].Briefs[1]
	merged.Lost = hiring.Diff(o.roles[3].Briefs[0].Terms, o.roles[3].Briefs[1].Terms)
	for _, f := range []struct {
		name string
		form IntakeForm
	}{{"intake-preset", preset}, {"intake-filled-in", full}, {"intake-change", change}, {"intake-merged", merged}} {
		var err error
		f.form.Remarks, err = hiring.Remarks(o, w.House.Settings, f.form.Draft.Terms, now)
		for f.form.Step = StepRole; f.form.Step <= Steps; f.form.Step++ {
			add(fmt.Sprintf("%s-%d", f.name, f.form.Step), w.Intake(f.form), err)
		}
	}
	wrong := full
	wrong.Wrong = hiring.Errorf("This account is deactivated. Choose somebody else.")
	add("intake-wrong", w.Intake(wrong), nil)
	add("history", w.History(o, o.roles[3], 0, 0), nil)
	add("history-one", w.History(o, o.roles[1], 0, 0), nil)
	add("copy", w.Copy(o, o.roles[1]), nil)
	add("pitch", w.Pitch(o.roles[1]), nil)
	add("pitch-drifted", w.Pitch(o.roles[3]), nil)
	add("pitch-not-agreed", w.Pitch(o.roles[2]), nil)
	add("send-back", w.SendBack(o.roles[2]), nil)
	add("waive", w.Waive(o.roles[2]), nil)
	add("reopen", w.Reopen(o.roles[4]), nil)

	for _, b := range []struct {
		name string
		role hiring.RoleID
		by   hiring.UserID
	}{{"brief-view-to-sign", 2, ola}, {"brief-view-agreed", 1, kari}, {"brief-view-drifted", 3, ola}, {"brief-view-panel", 1, per}, {"brief-view-filled", 4, kari}, {"brief-view-sent-back", 6, ann}} {
		v, err := w.Brief(o, o.roles[b.role], o.people[b.by], now)
		add(b.name, v, err)
	}

	roles := o.desk(t, ola).Roles
	add("candidate-new", w.Candidate(CandidateForm{}, roles), nil)
	add("candidate-role-known", w.Candidate(CandidateForm{Role: roles[len(roles)-1].ID}, roles), nil)
	add("pick-candidate", w.PickCandidate(), nil)
	active, _ := o.ActiveIn(1)
	add("candidate-options", w.CandidateOptions(active, o.roles), nil)
	c := active[len(active)-1]
	add("move", w.Move(c, o.roles[1], MoveForm{Candidate: c.ID}), nil)
	add("move-interview", w.Move(c, o.roles[1], MoveForm{Candidate: c.ID, To: "interview-1", Interview: hiring.Interview{Start: now.Add(48 * time.Hour), Length: 45 * time.Minute}}), nil)
	add("move-rejected", w.Move(c, o.roles[1], MoveForm{Candidate: c.ID, Outcome: hiring.Rejected, Reason: "No Go yet"}), nil)
	offered := c
	offered.Stage = hiring.StageOffer
	add("move-offered", w.Move(offered, o.roles[1], MoveForm{Candidate: c.ID, Offer: hiring.Expired, Outcome: hiring.Withdrawn, Reason: "No answer"}), nil)
	offered.Outcome, offered.Offer = hiring.Withdrawn, hiring.Expired
	add("done-offer-expired", w.Moved(offered, o.roles[1]), nil)
	offered.Outcome, offered.Offer = hiring.Hired, hiring.Accepted
	add("move-renounced", w.Move(offered, o.roles[1], MoveForm{Candidate: c.ID, Offer: hiring.Renounced, Outcome: hiring.Withdrawn}), nil)
	add("engaged", w.Engaged(c), nil)
	add("move-hired", w.Move(c, o.roles[1], MoveForm{Candidate: c.ID, Outcome: hiring.Hired}), nil)
	add("move-drafting", w.Move(c, o.roles[2], MoveForm{Candidate: c.ID}), nil)
	add("move-filled", w.Move(c, o.roles[4], MoveForm{Candidate: c.ID}), nil)
	f := o.feedback[hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per}]
	add("scorecard", w.Scorecard(f, o.candidates[4], o.roles[1]), nil)
	list, err := w.FeedbackList(o, o.desk(t, per).Move, now)
	add("feedback-list", list, err)
	resting := newOffice().paused()
	list, err = w.RestingFeedback(resting, resting.desk(t, per).Rests, now)
	add("feedback-resting", list, err)
}

func outcomes(o *office, w Writer, add adder) {
	r, c := o.roles[1], o.candidates[12]
	add("done-proposed", w.Proposed(o.roles[2]), nil)
	add("done-sent-back", w.SentBack(o.roles[6], ola), nil)
	add("done-waived", w.Waived(o.roles[6]), nil)
	paused := r
	paused.Status = hiring.Paused
	add("done-paused", w.Rested(paused), nil)
	add("done-resumed", w.Rested(r), nil)
	confirmed := r
	confirmed.Confirmed = []hiring.Signature{{By: gro, At: now}}
	add("done-confirmed", w.Signed(confirmed), nil)
	secret := o.roles[2]
	secret.Channel = ""
	add("done-proposed-secret", w.Proposed(secret), nil)
	add("done-proposed-change", w.Proposed(o.roles[3]), nil)
	add("done-signed", w.Signed(o.roles[2]), nil)
	add("done-agreed", w.Signed(r), nil)
	add("done-agreed-filled", w.Signed(newOffice().filled().roles[1]), nil)
	add("done-added", w.CandidateAdded(c, r), nil)
	c.Interviews = []hiring.Interview{
		{Stage: c.Stage, Status: hiring.CalledOff, Panel: []hiring.UserID{kari}}, {Stage: c.Stage, Panel: []hiring.UserID{per, liv}},
	}
	add("done-moved", w.Moved(c, r), nil)
	screen := c
	screen.Stage = hiring.StageScreen
	add("done-moved-screen", w.Moved(screen, r), nil)
	for _, outcome := range []hiring.Outcome{hiring.Hired, hiring.Rejected, hiring.Withdrawn} {
		c.Outcome = outcome
		add("done-"+string(outcome), w.Moved(c, r), nil)
	}
	c.Outcome = hiring.Hired
	add("owners", w.Owners(o.roles[1]), nil)
	add("done-handed-over", w.HandedOver(o.roles[1]), nil)
	add("done-cancelled", w.Cancelled(o.roles[1], 2), nil)
	add("done-hired-filled", w.Moved(c, o.roles[4]), nil)
	add("done-feedback", w.FeedbackGiven(hiring.Feedback{Scorecard: hiring.Scorecard{Recommendation: hiring.StrongYes}}, c), nil)
	add("done-problem", w.Problem("Samsvar", "…"), nil)
}
