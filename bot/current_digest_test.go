package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
	"github.com/samsvar/samsvar/templates"
)

// kept returns what stands in Slack of a kind, by its reader or channel.
func (p *postOffice) kept(kind hiring.NoticeKind) map[string]string {
	p.Helper()
	said := make(map[string]string)
	for _, post := range p.standing() {
		if post.Notice.Kind == kind {
			said[string(post.Notice.User)+string(post.Notice.Channel)] = p.text(post)
		}
	}
	return said
}

// refreshDigest has Kari bring R-1's digest of week 48 up to date.
func (p *postOffice) refreshDigest() {
	p.Helper()
	p.act(kari, func(a hiring.Act) (hiring.Change, error) {
		return hiring.RefreshDigest(a.Record, hiring.DigestSubject(1, "2026-W48"), backend, backend)
	})
	p.deliver()
}

// TestADigestIsOfItsWeek plays a role's life with a digest in the middle.
// Nothing that happens after it changes it or what stands in its thread, until
// somebody brings it up to date; doing so once more changes nothing.
func TestADigestIsOfItsWeek(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.slack.AddUser(slacksim.User{ID: admin, Name: "admin", RealName: "Tone Admin", TZ: "Europe/Oslo"})
	p.check(p.directory.Learn(t.Context(), p.now, admin))
	life := aRolesLife()
	middle := slices.IndexFunc(life, func(d doing) bool { return d.it == "they talk first" })
	for _, d := range life[:middle] {
		p.after(time.Minute)
		p.act(d.by, d.act)
	}
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	p.after(4 * time.Hour)
	said := func() [2]string {
		t.Helper()
		return [2]string{p.kept(hiring.Digest)[backend], p.kept(hiring.DigestDetails)[backend]}
	}
	before := said()
	mustContain(t, "the digest", before[0], "week 48", "6 added")
	mustContain(t, "its details", before[1], "More on week 48")
	changed := [2]int{}
	for _, d := range life[middle:] {
		p.after(time.Minute)
		p.refreshDigest()
		before := said()
		p.act(d.by, d.act)
		p.deliver()
		p.anew()
		if said() != before {
			t.Errorf("%s: the digest is rewritten by itself", d.it)
		}
		p.refreshDigest()
		now := said()
		for i := range now {
			if now[i] != before[i] {
				changed[i]++
			}
		}
		if p.refreshDigest(); said() != now {
			t.Errorf("%s: the digest says\n%s\nand once more\n%s", d.it, now, said())
		}
	}
	if changed[0] == 0 || changed[1] == 0 {
		t.Errorf("%d things changed the digest, %d its details", changed[0], changed[1])
	}
	mustContain(t, "the digest in the end", said()[0], "Cancelled")
}

// TestDetailsAreBroughtUpToDateWithTheirDigest has one of five candidates turn
// out to be added a week earlier: too few are left for new details.
func TestDetailsAreBroughtUpToDateWithTheirDigest(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.several(5)
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	p.after(4 * time.Hour)
	mustContain(t, "the details", p.kept(hiring.DigestDetails)[backend], "Of the 5 candidates added in week 48")
	p.act(ola, func(a hiring.Act) (hiring.Change, error) {
		c, err := a.Record.Candidate(1)
		if err != nil {
			return hiring.Change{}, err
		}
		return drop(a.Correct(1, hiring.Fix{At: c.AddedAt, Is: c.AddedAt.AddDate(0, 0, -7)}))
	})
	p.refreshDigest()
	mustContain(t, "the digest", p.kept(hiring.Digest)[backend], "4 added")
	mustContain(t, "the details", p.kept(hiring.DigestDetails)[backend], "Of the 4 candidates added in week 48")
}

// TestThePreviewSaysWhatBecomesOfTheDigest changes the language while a first
// digest waits for its preview to be read, and lets it go out.
func TestThePreviewSaysWhatBecomesOfTheDigest(t *testing.T) {
	p := newPostOffice(t, slacksim.Options{})
	p.several(6)
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	readers := []string{kari + backend, ola + backend}
	first := p.kept(hiring.Preview)
	for _, reader := range readers {
		mustContain(t, "the preview", first[reader], "30 Nov 2026, 13:00", "week 48", "6 added", templates.ActionUnsubscribe)
	}
	p.after(time.Hour)
	p.several(1)
	p.deliver()
	p.anew()
	if now := p.kept(hiring.Preview); now[readers[0]] != first[readers[0]] || now[readers[1]] != first[readers[1]] {
		t.Errorf("the preview is rewritten by itself: %s", now)
	}
	subscribe := func() {
		t.Helper()
		p.act(kari, func(a hiring.Act) (hiring.Change, error) {
			return drop(a.Subscribe(hiring.Subscription{Role: 1, Channel: backend, Locale: hiring.Norwegian}, "", p.now.AddDate(0, 0, 7)))
		})
		p.deliver()
	}
	subscribe()
	for _, reader := range readers {
		mustContain(t, "in another language", p.kept(hiring.Preview)[reader], "30 Nov 2026, 13:00", "uke 48", templates.ActionUnsubscribe)
	}
	p.after(3 * time.Hour)
	mustContain(t, "the digest", p.kept(hiring.Digest)[backend], "uke 48")
	told := p.kept(hiring.Preview)
	for _, reader := range readers {
		mustContain(t, "once it is out", told[reader], "The first digest went to")
		if strings.Contains(told[reader], templates.ActionUnsubscribe) {
			t.Errorf("once it is out, the preview can still stop it:\n%s", told[reader])
		}
	}
	if subscribe(); p.kept(hiring.Preview)[readers[0]] != told[readers[0]] {
		t.Errorf("later the preview says\n%s", p.kept(hiring.Preview))
	}
	edits := p.count("chat.update")
	p.move(7 * 24 * time.Hour)
	p.plan("")
	p.deliver()
	mustContain(t, "the next digest", p.newest(backend).Text+p.in(backend)[len(p.in(backend))-2].Text, "uke 49")
	if n := p.count("chat.update") - edits; n != 0 {
		t.Errorf("the next digest edits %d messages", n)
	}
}
