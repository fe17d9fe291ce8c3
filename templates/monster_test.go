package templates

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/samsvar/samsvar/hiring"
)

// monsters are texts nobody should type and somebody will.
var monsters = []string{
	strings.Repeat("x", 3000),
	strings.Repeat("<!channel> ", 300),
	strings.Repeat("&<>", 1000),
	strings.Repeat("*bold* _it_ ~no~ `code` ", 130),
	strings.Repeat("محمد\u202e ", 500),
	strings.Repeat("👩‍👩‍👧‍👦", 400),
	strings.Repeat("line\n\n", 500),
	"<!here> & <@U0KARI> <https://example.com|click> @channel",
	"",
	" \t\n ",
	"\x00\x1b[31m\xff\xfe",
}

// crowd is a record in which every text is a monster and every list is long.
func crowd(text string) func() *office {
	return func() *office {
		o := newOffice()
		for u, p := range o.people {
			p.Name = text
			o.people[u] = p
		}
		for id, r := range o.roles {
			for i := range r.Briefs {
				r.Briefs[i].Terms = monstrous(text)
				r.Briefs[i].Reason = text
			}
			o.roles[id] = r
		}
		for id := range hiring.RoleID(60) {
			r := o.roles[1+id%3]
			r.ID = id + 10
			o.roles[r.ID] = r
			o.owe(hiring.SignOffSubject(r.ID, r.Brief().Revision, ola), days(5))
			o.owe(hiring.SignOffSubject(r.ID, r.Brief().Revision, kari), days(5))
		}
		for id := range hiring.CandidateID(120) { // more than any list takes
			c := o.candidates[1+id%26]
			c.ID, c.Role, c.Outcome = id+100, 1, hiring.Active
			o.candidates[c.ID] = c
			o.ask(c.ID, per, 9)
		}
		for _, id := range []hiring.CandidateID{12, 219} { // those that forms and windows are of
			c := o.candidates[id]
			for len(c.Journey) < 100 {
				c.Journey = append(c.Journey, c.Journey...)
			}
			o.candidates[id] = c
		}
		for id, c := range o.candidates {
			c.Name, c.Link, c.Reason = text, "https://"+text, text
			o.candidates[id] = c
		}
		for k, f := range o.feedback {
			f.Note = text
			for range 20 {
				f.Ratings = append(f.Ratings, 99)
			}
			o.feedback[k] = f
		}
		return o
	}
}

func monstrous(text string) hiring.Terms {
	t := terms()
	t.Title, t.Team, t.WhyNow, t.Location, t.Language, t.Flexibility = text, text, text, text, text, text
	t.Relocation, t.Onboarding, t.Downside, t.Need, t.Level = text, text, text, hiring.Need(text), hiring.Level(text)
	t.Reasons = hiring.Reasons{Life: text, Autonomy: text, Challenge: text, Stability: text}
	t.TargetStart, t.LatestStart, t.Openings, t.NoticeMonths = hiring.Date(text), hiring.Date(text), 1<<40, -3
	t.Pay = hiring.Pay{From: -1, To: 1 << 50, Currency: text}
	t.Success, t.SuccessHalf, t.SuccessYear, t.Tasks, t.Disqualifiers, t.OffLimits = nil, nil, nil, nil, nil, nil
	t.MustHaves, t.NiceToHaves, t.Interviews, t.Sources = nil, nil, nil, nil
	for i := range hiring.MaxSkills {
		t.MustHaves = append(t.MustHaves, hiring.MustHave{Skill: text, Meets: text, Exceeds: text, VerifiedBy: []hiring.Check{hiring.Check(text), "interview-1"}, Learnable: true})
		t.Success, t.SuccessHalf, t.SuccessYear = append(t.Success, text), append(t.SuccessHalf, text), append(t.SuccessYear, text)
		t.Tasks, t.Disqualifiers, t.OffLimits = append(t.Tasks, text), append(t.Disqualifiers, text), append(t.OffLimits, text)
		t.NiceToHaves = append(t.NiceToHaves, text)
		t.Sources = append(t.Sources, hiring.Source(text))
		if i < hiring.MaxInterviews {
			s := slot(i+1, text)
			s.WorkDays = -5
			for range 5 {
				s.Panel = append(s.Panel, per, liv)
			}
			t.Interviews = append(t.Interviews, s)
		}
	}
	return t
}

// No input makes a view that Slack refuses, and nothing anybody writes rings
// at a channel.
func TestMonsters(t *testing.T) {
	usual := many
	t.Cleanup(func() { many = usual })
	many = 50
	for i, text := range monsters {
		locale := []hiring.Locale{hiring.English, hiring.Norwegian}[i%2]
		t.Run(fmt.Sprintf("monster %d in %s", i, locale), func(t *testing.T) {
			t.Parallel()
			for _, s := range surfaces(t, house.For(locale, oslo), crowd(text)) {
				if errors.Is(s.err, hiring.ErrNothing) {
					continue
				}
				if s.err != nil {
					t.Errorf("%s: %v", s.name, s.err)
					continue
				}
				if problems := s.check(t); len(problems) > 0 {
					t.Errorf("%s: Slack would refuse it: %q", s.name, problems)
				}
				for _, text := range marked(t, s.what) {
					if p := pings(text); p != "" {
						t.Errorf("%s: %s stands in markup", s.name, p)
					}
				}
			}
		})
	}
}

// pings returns what in a markup text rings at a channel or hides a link;
// empty when nothing does.
func pings(text string) string {
	for _, p := range []string{"<!channel", "<!here", "<!everyone", "<!subteam", "|click>"} {
		if strings.Contains(text, p) {
			return p
		}
	}
	return ""
}

// A public channel reads no name of a candidate and nothing of their feedback;
// a private one reads names and no ratings.
func TestChannelsReadNoMoreThanTheyMay(t *testing.T) {
	o := newOffice()
	var notices []hiring.Notice
	for id := range o.roles {
		for _, kind := range []hiring.NoticeKind{hiring.TellBrief, hiring.TellAgreed, hiring.TellFilled, hiring.TellCancelled, hiring.TellOwners, hiring.TellImported} {
			notices = append(notices, hiring.Notice{Kind: kind, Channel: jobs, Subjects: []hiring.Subject{hiring.RoleSubject(id)}})
		}
		notices = append(notices, hiring.Notice{Kind: hiring.Digest, Channel: jobs, Subjects: []hiring.Subject{hiring.DigestSubject(id, "2026-W47")}})
	}
	for k := range o.feedback {
		item := []hiring.Subject{hiring.FeedbackSubject(1, k)}
		for _, kind := range []hiring.NoticeKind{hiring.TellFeedback, hiring.Nudge, hiring.Escalation, hiring.TellUnreached, hiring.AskFeedback} {
			notices = append(notices, hiring.Notice{Kind: kind, Channel: jobs, Subjects: item, About: per, Step: 3})
		}
	}
	w := house.For(hiring.English, oslo)
	for _, a := range []Audience{PublicChannel, PrivateChannel} {
		for _, n := range notices {
			m, err := w.Notice(o, n, a, n.Kind != hiring.Digest, now)
			if err != nil {
				t.Fatalf("%s: %v", n.Kind, err)
			}
			js, _ := json.Marshal(m)
			secrets := []string{"trade-offs", "Exceeds", "Not assessed"}
			if a == PublicChannel {
				secrets = append(secrets, "Ida Holm", "Jon Aas", "Siri Bakke", "Nils Foss", "Eva Lund")
			}
			for _, secret := range secrets {
				if strings.Contains(string(js), secret) {
					t.Errorf("%s tells audience %d of %q", n.Kind, a, secret)
				}
			}
		}
	}
}

// In person only those who may see the role read the candidate's name.
func TestStrangersReadKeysOnly(t *testing.T) {
	o := newOffice()
	item := []hiring.Subject{hiring.FeedbackSubject(1, hiring.FeedbackKey{Candidate: 4, Stage: "interview-2", Interviewer: per})}
	for reader, named := range map[hiring.UserID]bool{ola: true, ann: true, per: true, gro: true, "U0NEW": false} {
		m, err := house.For(hiring.English, oslo).Notice(o, hiring.Notice{Kind: hiring.Nudge, User: reader, Step: 3, Subjects: item}, OnePerson, false, now)
		if err != nil {
			t.Fatal(err)
		}
		if js, _ := json.Marshal(m); strings.Contains(string(js), "Nils Foss") != named {
			t.Errorf("%s reads the name: %v, want %v", reader, !named, named)
		}
	}
}

// marked returns every text that Slack reads as markup.
func marked(t *testing.T, what any) []string {
	t.Helper()
	js, err := json.Marshal(what)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(js, &tree); err != nil {
		t.Fatal(err)
	}
	var texts []string
	if m, ok := what.(Message); ok {
		texts = append(texts, m.Text)
	}
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			if text, ok := node["text"].(string); ok && node["type"] == "mrkdwn" {
				texts = append(texts, text)
			}
			for _, child := range node {
				walk(child)
			}
		case []any:
			for _, child := range node {
				walk(child)
			}
		}
	}
	walk(tree)
	return texts
}
