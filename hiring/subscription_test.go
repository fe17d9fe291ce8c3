package hiring_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/hiring"
)

// usual is a span of a minute that the rules' day and time lie in.
func usual(until string, workspace hiring.ChannelID) hiring.DigestSpan {
	now := at(until)
	return hiring.DigestSpan{After: now.Add(-time.Minute), Until: now, Usual: true, Next: now.AddDate(0, 0, 7), Workspace: workspace}
}

// at is a span of a minute outside of it; the rules' day and time come on the
// next Monday at nine.
func minute(until string) hiring.DigestSpan {
	now := at(until)
	monday := hiring.WeekOf(now, oslo).Add(1).Start(oslo)
	return hiring.DigestSpan{After: now.Add(-time.Minute), Until: now, Next: monday.Add(9 * time.Hour)}
}

// plan plans digests and writes them down.
func (d *desk) plan(span hiring.DigestSpan) []hiring.Notice {
	d.t.Helper()
	due, err := hiring.DigestsDue(d.memory, settings(), span)
	if err != nil {
		d.t.Fatal(err)
	}
	c, err := hiring.PlanDigests(d.memory, settings(), span)
	if err != nil {
		d.t.Fatal(err)
	}
	if len(c.Notices) > 0 && !due {
		d.t.Errorf("something is planned at %v that is not due", span.Until)
	}
	d.apply(c)
	return c.Notices
}

// planned returns the digests of the rules' day and time.
func (d *desk) planned(until string, workspace hiring.ChannelID) []hiring.Notice {
	d.t.Helper()
	return slices.DeleteFunc(d.plan(usual(until, workspace)), func(n hiring.Notice) bool { return n.Kind != hiring.Digest })
}

func told(notices []hiring.Notice) string {
	var list []string
	for _, n := range notices {
		list = append(list, string(n.Kind)+" "+string(n.User)+string(n.Channel)+" "+n.NotBefore.In(oslo).Format("02 15:04"))
	}
	return strings.Join(list, ", ")
}

// R-1 is agreed on Monday 5 October 2026.
func TestTheFirstDigestIsPreviewed(t *testing.T) {
	for _, tt := range []struct {
		it    string
		ticks []string // in October; with ! the rules' day and time
		want  string
	}{
		{"on the working day before it", []string{"09 09:00", "12 09:00!"}, "preview UKARICBACKEND 09 09:00, preview UOLACBACKEND 09 09:00, digest CBACKEND 12 09:00"},
		{"once", []string{"09 09:00", "09 09:00", "12 09:00!", "16 09:00", "19 09:00!"}, "preview UKARICBACKEND 09 09:00, preview UOLACBACKEND 09 09:00, digest CBACKEND 12 09:00, digest CBACKEND 19 09:00"},
		{"with half a day for stopping it after a weekend down", []string{"12 09:00!"}, "preview UKARICBACKEND 12 09:00, preview UOLACBACKEND 12 09:00, digest CBACKEND 12 13:00"},
		{"and a week is told of once", []string{"09 09:00", "12 09:00!", "13 09:00!", "18 23:59!"}, "preview UKARICBACKEND 09 09:00, preview UOLACBACKEND 09 09:00, digest CBACKEND 12 09:00"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			d := newDesk(t)
			d.openRole()
			var all []hiring.Notice
			for _, tick := range tt.ticks {
				span := minute("2026-10-" + strings.TrimSuffix(tick, "!"))
				if strings.HasSuffix(tick, "!") {
					span = usual("2026-10-"+strings.TrimSuffix(tick, "!"), "")
				}
				all = append(all, d.plan(span)...)
			}
			if got := told(all); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func (d *desk) subscribe(by hiring.UserID, when string, s hiring.Subscription) (hiring.Subscription, error) {
	d.t.Helper()
	a := d.by(by, when)
	sub, c, err := a.Subscribe(s, "CALL", hiring.WeekOf(a.Now, oslo).Add(1).Start(oslo).Add(9*time.Hour))
	d.apply(c)
	return sub, err
}

func TestAnotherChannelHearsItOnItsOwnDay(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	sub, err := d.subscribe(ola, "2026-10-14 10:00", hiring.Subscription{Role: 1, Channel: "COTHER", Own: true, Day: time.Tuesday, At: 14 * time.Hour, Locale: hiring.Norwegian})
	if err != nil || !sub.FirstAt.Equal(at("2026-10-20 14:00")) {
		t.Fatalf("%+v, %v", sub, err)
	}
	if got := told(d.notices[len(d.notices)-2:]); got != "preview UKARICOTHER 14 10:00, preview UOLACOTHER 14 10:00" {
		t.Errorf("a preview at once: %s", got)
	}
	if got := told(d.plan(minute("2026-10-14 10:05"))); got != "" {
		t.Errorf("Tuesday was before it subscribed: %s", got)
	}
	if got := told(d.plan(hiring.DigestSpan{After: at("2026-10-20 13:00"), Until: at("2026-10-21 13:00"), Next: at("2026-10-26 09:00")})); got != "digest COTHER 21 13:00" {
		t.Errorf("caught up: %s", got)
	}
	if got := told(d.plan(hiring.DigestSpan{After: at("2026-10-20 13:00"), Until: at("2026-10-21 13:15"), Next: at("2026-10-26 09:00")})); got != "" {
		t.Errorf("again: %s", got)
	}
	n := hiring.Notice{Kind: hiring.Digest, Channel: "COTHER", Subjects: []hiring.Subject{hiring.DigestSubject(1, "2026-W42")}}
	if l, err := hiring.LocaleOf(d.memory, settings(), n); l != hiring.Norwegian || err != nil {
		t.Errorf("it reads %s, %v", l, err)
	}
	n.Channel = "CBACKEND"
	if l, err := hiring.LocaleOf(d.memory, settings(), n); l != hiring.English || err != nil {
		t.Errorf("the role's own channel reads %s, %v", l, err)
	}
}

func TestWhoMayChooseWhoHears(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	for _, tt := range []struct {
		it   string
		by   hiring.UserID
		want hiring.Subscription
		err  string
	}{
		{"an interviewer may not", ingrid, hiring.Subscription{Role: 1, Channel: "COTHER"}, "Only the owners of R-1"},
		{"nor an owner for all roles", kari, hiring.Subscription{Channel: "COTHER"}, "Only admins"},
		{"an admin may for all roles", admin, hiring.Subscription{Channel: "COTHER"}, ""},
		{"and for one", admin, hiring.Subscription{Role: 1, Channel: "COTHER"}, ""},
		{"a channel must be named", kari, hiring.Subscription{Role: 1}, "Choose a channel."},
		{"a day must be one", kari, hiring.Subscription{Role: 1, Channel: "C2", Own: true, Day: 7}, "Choose a day and a time."},
		{"a time too", kari, hiring.Subscription{Role: 1, Channel: "C2", Own: true, At: 24 * time.Hour}, "Choose a day and a time."},
		{"a language too", kari, hiring.Subscription{Role: 1, Channel: "C2", Locale: "sv"}, "Choose one of the languages"},
		{"there is no role 9", kari, hiring.Subscription{Role: 9, Channel: "C2"}, "There is no role"},
	} {
		t.Run(tt.it, func(t *testing.T) {
			_, err := d.subscribe(tt.by, "2026-10-14 10:00", tt.want)
			if (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
				t.Errorf("%v, want %q", err, tt.err)
			}
		})
	}
}

func TestOnlySoManyChannels(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	for i := range hiring.MaxSubscriptions { // with the role's own
		_, err := d.subscribe(kari, "2026-10-14 10:00", hiring.Subscription{Role: 1, Channel: hiring.ChannelID("C" + string(rune('A'+i)))})
		if last := i == hiring.MaxSubscriptions-1; (err != nil) != last {
			t.Errorf("channel %d: %v", i, err)
		}
	}
	if _, err := d.subscribe(kari, "2026-10-14 10:00", hiring.Subscription{Role: 1, Channel: "CA", Locale: hiring.English}); err != nil {
		t.Errorf("one that hears it can be changed: %v", err)
	}
}

func TestAStoppedDigestIsStopped(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	a := d.by(kari, "2026-10-09 10:00")
	_, c, err := a.Unsubscribe(1, "CALL", "CBACKEND")
	if err != nil {
		t.Fatal(err)
	}
	d.apply(c)
	if n := d.planned("2026-10-12 09:00", "CALL"); len(n) != 1 || n[0].Channel != "CALL" {
		t.Errorf("planned %s", told(n))
	}
	if _, _, err := a.Unsubscribe(1, "CALL", "CBACKEND"); err == nil {
		t.Error("stopped twice")
	}
	if _, _, err := d.by(ingrid, "2026-10-09 10:00").Unsubscribe(1, "CALL", "CBACKEND"); err == nil {
		t.Error("an interviewer stops it")
	}
	if _, err := d.subscribe(kari, "2026-10-13 10:00", hiring.Subscription{Role: 1, Channel: "CBACKEND"}); err != nil {
		t.Fatal(err)
	}
	if n := d.planned("2026-10-19 09:00", ""); len(n) != 1 || n[0].Channel != "CBACKEND" {
		t.Errorf("begun again: %s", told(n))
	}
}

func TestAConfidentialRoleCannotBeSubscribedTo(t *testing.T) {
	d := newDesk(t)
	must[hiring.Role](d)(d.by(kari, "2026-10-05 09:00").ProposeRole(hiring.Draft{HiringManager: kari, Recruiter: ola, Terms: terms()}))
	if _, err := d.subscribe(kari, "2026-10-14 10:00", hiring.Subscription{Role: 1, Channel: "COTHER"}); err == nil || !strings.Contains(err.Error(), "confidential") {
		t.Errorf("%v", err)
	}
}

func TestADigestIsRefreshedUntilTheNextOne(t *testing.T) {
	d := newDesk(t)
	d.openRole()
	d.planned("2026-10-12 09:00", "CALL")
	c, err := hiring.RefreshDigest(d.memory, hiring.DigestSubject(1, "2026-W41"), "CBACKEND", "CBACKEND")
	if err != nil || !slices.Equal(c.Refresh, []hiring.Subject{hiring.DigestSubject(1, "2026-W41")}) {
		t.Errorf("%+v, %v", c, err)
	}
	for _, forged := range []hiring.Subject{hiring.DigestSubject(1, "2026-W40"), hiring.DigestSubject(1, ""), hiring.DigestSubject(2, "2026-W41")} {
		if _, err := hiring.RefreshDigest(d.memory, forged, "CBACKEND", "CBACKEND"); !errors.As(err, new(*hiring.Error)) {
			t.Errorf("%v: %v", forged, err)
		}
	}
	d.planned("2026-10-19 09:00", "CALL")
	if _, err := hiring.RefreshDigest(d.memory, hiring.DigestSubject(1, "2026-W41"), "CBACKEND", "CBACKEND"); err == nil {
		t.Error("an old one is rewritten")
	}
}

func TestChartsAreTriedAgainAfterAWhile(t *testing.T) {
	d := newDesk(t)
	d.apply(hiring.Change{ChartsRefused: at("2026-10-05 09:00")})
	for when, want := range map[string]bool{"2026-10-05 09:00": false, "2026-11-01 09:00": false, "2026-11-03 09:00": true} {
		if takes, err := hiring.TakesCharts(d.memory, at(when)); takes != want || err != nil {
			t.Errorf("%s: %v, %v", when, takes, err)
		}
	}
}
