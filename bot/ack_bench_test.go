package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	bolt "go.etcd.io/bbolt"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// BenchmarkAckHelp times /hire help from the envelope to the acknowledgement,
// turn by turn with a bare slack-go program that acknowledges with the same
// answer.
func BenchmarkAckHelp(b *testing.B) {
	ours := newTeam(b, hiring.English)
	ask := func(t *team) time.Duration {
		began := time.Now()
		_, err := t.kari.Command(t.ctx, t.channel, "/hire", "help")
		t.check(err)
		return time.Since(began)
	}
	// The first answer comes after the acknowledgement, once the profile is
	// read; from then on it rides on it.
	ask(ours)
	_, err := ours.kari.AwaitMessage(ours.ctx, ours.channel, func(slacksim.Message) bool { return true })
	ours.check(err)
	m, err := ours.kari.Command(ours.ctx, ours.channel, "/hire", "help")
	ours.check(err)
	answer, err := json.Marshal(map[string]any{"response_type": "ephemeral", "text": m.Text, "blocks": m.Blocks})
	ours.check(err)
	floor := bareTeam(b, json.RawMessage(answer))
	compare(b, func() time.Duration { return ask(ours) }, func() time.Duration { return ask(floor) })
}

// BenchmarkAckScorecard times the submission of a scorecard from the envelope
// to the acknowledgement, by which time it is on disk, turn by turn with a
// bare slack-go program's acknowledgement followed by one bbolt transaction
// of as many bytes.
func BenchmarkAckScorecard(b *testing.B) {
	ours := newTeam(b, hiring.English)
	ours.openRole()
	floor := bareTeam(b, nil)
	db := rawDB(b)
	n := 0
	compare(b, func() time.Duration {
		n++
		ours.interviewed(hiring.CandidateID(n))
		return ours.scorecard(hiring.CandidateID(n))
	}, func() time.Duration {
		began := time.Now()
		_, err := floor.kari.Command(floor.ctx, floor.channel, "/hire", "help")
		floor.check(err)
		floor.check(db.Update(func(tx *bolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("feedback"))
			if err != nil {
				return err
			}
			return bucket.Put(fmt.Appendf(nil, "%08d", n), make([]byte, scorecardBytes))
		}))
		return time.Since(began)
	})
}

// scorecardBytes is about what one submission writes: the feedback, its
// event, two notices and their index entries.
const scorecardBytes = 2000

// compare times both in turn, so that a machine whose speed drifts drifts for
// both, and reports the ratio of the sums.
func compare(b *testing.B, ours, floor func() time.Duration) {
	var a, f time.Duration
	for range b.N {
		a += ours()
		f += floor()
	}
	n := float64(b.N)
	b.ReportMetric(float64(a.Microseconds())/n, "µs/ours")
	b.ReportMetric(float64(f.Microseconds())/n, "µs/floor")
	b.ReportMetric(float64(a)/float64(f), "ours/floor")
}

// bareTeam is a Slack with a program that only acknowledges.
func bareTeam(b *testing.B, answer any) *team {
	b.Helper()
	sim, err := slacksim.Start(slacksim.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = sim.Close() })
	ctx, cancel := context.WithCancel(b.Context())
	t := &team{TB: b, ctx: ctx, slack: sim, kari: sim.AddUser(slacksim.User{Name: "kari"})}
	t.channel = sim.AddChannel(slacksim.Channel{Name: "backend", Members: []string{t.kari.ID}, BotIsMember: true})
	line := socketmode.New(slack.New(sim.BotToken(), slack.OptionAppLevelToken(sim.AppToken()), slack.OptionAPIURL(sim.APIURL())))
	done := make(chan struct{})
	go func() { defer close(done); _ = line.RunContext(ctx) }()
	go func() {
		for {
			select {
			case evt := <-line.Events:
				if evt.Request != nil && evt.Request.EnvelopeID != "" {
					_ = line.AckCtx(ctx, evt.Request.EnvelopeID, answer)
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	b.Cleanup(func() { cancel(); <-done })
	t.check(sim.AwaitConnected(ctx, 1))
	return t
}

func rawDB(b *testing.B) *bolt.DB {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "raw.db"), 0o600, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// benchNow is when everything in the benchmark's record happened.
var benchNow = time.Date(2026, 11, 20, 9, 0, 0, 0, oslo).UTC()

func (m *team) act(by *slacksim.Person, decide func(hiring.Act) (hiring.Change, error)) {
	m.Helper()
	m.check(m.record.Change(m.ctx, "", benchNow, func(r hiring.Record) (hiring.Change, error) {
		return decide(hiring.Act{Settings: settings(), Record: r, By: hiring.Person{ID: hiring.UserID(by.ID)}, Now: benchNow})
	}))
}

// openRole opens a role whose interviewer is Ingrid.
func (m *team) openRole() {
	m.Helper()
	m.act(m.kari, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.ProposeRole(hiring.Draft{
			HiringManager: hiring.UserID(m.kari.ID), Recruiter: hiring.UserID(m.ola.ID), Channel: hiring.ChannelID(m.channel),
			Terms: hiring.Terms{
				Title: "Backend developer", Openings: 1, Team: "Metering", Need: hiring.Growth, Level: hiring.Senior, Employment: hiring.Permanent, Success: []string{"Owns metering"},
				Reasons: hiring.Reasons{Life: "Home by four."}, Downside: "On call.", Location: "Oslo", Language: "Norwegian", TargetStart: "2027-03-01", Sources: []hiring.Source{hiring.Referral},
				MustHaves: hiring.MustHaves("Go", "SQL", "Operations"),
				Interviews: []hiring.Stage{{
					ID: "interview-1", Kind: hiring.KindInterview, Name: "Technical", WorkDays: 5, Minutes: 60, Panel: []hiring.UserID{hiring.UserID(m.ingrid.ID)},
				}},
			},
		})
		return c, err
	})
	m.act(m.ola, func(a hiring.Act) (hiring.Change, error) { _, c, err := a.Sign(1, 1); return c, err })
	_, err := m.ingrid.Command(m.ctx, m.channel, "/hire", "help") // the first time, the profile is read
	m.check(err)
}

// interviewed adds a candidate whom Ingrid has interviewed.
func (m *team) interviewed(id hiring.CandidateID) {
	m.Helper()
	m.act(m.ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.AddCandidate(1, hiring.Applicant{Name: fmt.Sprintf("Candidate %d", id), Source: hiring.Inbound})
		return c, err
	})
	m.act(m.ola, func(a hiring.Act) (hiring.Change, error) {
		_, c, err := a.Move(id, "interview-1", hiring.Interview{Start: benchNow.Add(-2 * time.Hour), Length: time.Hour})
		return c, err
	})
}

// scorecard opens, fills and submits Ingrid's scorecard, and returns how long
// the submission took.
func (m *team) scorecard(id hiring.CandidateID) time.Duration {
	m.Helper()
	key := hiring.FeedbackKey{Candidate: id, Stage: "interview-1", Interviewer: hiring.UserID(m.ingrid.ID)}
	api := slack.New(m.slack.BotToken(), slack.OptionAPIURL(m.slack.APIURL()))
	channel, ts, err := api.PostMessageContext(m.ctx, m.ingrid.ID, slack.MsgOptionText("x", false), slack.MsgOptionBlocks(
		slack.NewActionBlock("", slack.NewButtonBlockElement(templates.ActionGiveFeedback, templates.EncodeFeedbackKey(key),
			slack.NewTextBlockObject(slack.PlainTextType, "Give feedback", false, false)))))
	m.check(err)
	m.check(m.ingrid.Press(m.ctx, slacksim.Message{Channel: channel, TS: ts}, "Give feedback"))
	form, err := m.ingrid.AwaitModal(m.ctx, "Feedback")
	m.check(err)
	for i := range 3 {
		m.fill(form, string(hiring.RatingField(i)), "3")
	}
	m.fill(form, string(hiring.FieldRecommendation), string(hiring.Yes))
	m.fill(form, string(hiring.FieldNote), "Careful, tests first, knows why.")
	began := time.Now()
	res, err := form.Submit(m.ctx)
	took := time.Since(began)
	m.check(err)
	if len(res.Errors) > 0 {
		m.Fatal(res.Errors)
	}
	if open, ok := m.ingrid.Modal(); ok {
		m.check(open.Close(m.ctx))
	}
	return took
}
