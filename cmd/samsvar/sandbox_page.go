package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/cli/browser"
	"github.com/spf13/cobra"

	"github.com/samsvar/samsvar/bot/slacksim"
	"github.com/samsvar/samsvar/hiring"
)

// sandboxZone is where the demo company works.
const sandboxZone = "Europe/Oslo"

// sandboxFlags are the flags of `samsvar sandbox`.
type sandboxFlags struct {
	story, empty, noOpen bool
	addr, db             string
}

func (p *program) sandboxCommand() *cobra.Command {
	var f sandboxFlags
	cmd := &cobra.Command{
		Use: "sandbox", Short: "Try Samsvar in a browser, without Slack", Args: noArgs,
		Long: "Start a Slack in a box with a small company in it, Samsvar beside it, and a page in\n" +
			"the browser: be anybody, use every command and form, move the clock. Nothing leaves\n" +
			"this machine, and nothing is kept unless --db names a file.\n\n" +
			"With --story, play four weeks of it in the terminal instead.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.check(); err != nil {
				return err
			}
			if f.story {
				return p.story(cmd.Context())
			}
			return p.sandbox(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.story, "story", false, "play the story in the terminal and print what everybody saw")
	flags.BoolVar(&f.empty, "empty", false, "start with people and channels only")
	flags.StringVar(&f.addr, "addr", "127.0.0.1:0", "where the page is; port 0 for a free one")
	flags.StringVar(&f.db, "db", "", "keep Samsvar's record in this file (messages are not kept)")
	flags.BoolVar(&f.noOpen, "no-open", false, "do not open the browser")
	return cmd
}

// check refuses what does not fit together, and a shell with a real
// workspace's tokens in it: whoever has them set may think that this is it.
func (f sandboxFlags) check() error {
	if _, _, err := net.SplitHostPort(f.addr); err != nil {
		return usageError{fmt.Errorf("--addr %q is no address such as 127.0.0.1:8080", f.addr)}
	}
	if f.story && (f.empty || f.db != "") {
		return usageError{errors.New("--story plays on a fresh record: leave --empty and --db away")}
	}
	for _, name := range []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"} {
		if strings.TrimSpace(os.Getenv(name)) != "" {
			return usageError{fmt.Errorf("%s is set, and the sandbox never talks to a real Slack. Unset it first: unset SLACK_BOT_TOKEN SLACK_APP_TOKEN", name)}
		}
	}
	return nil
}

// sandbox serves the page until ctx ends.
func (p *program) sandbox(ctx context.Context, f sandboxFlags) (err error) {
	b, clean, err := p.openSandbox(ctx, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.leave(), b.close(), clean()) }()
	b.showPage()
	url := b.slack.PageURL()
	fmt.Fprintf(p.stdout, "\n  Samsvar's sandbox is at %s\n  Ctrl+C ends it.\n\n", url)
	if !f.noOpen {
		browser.Stdout, browser.Stderr = io.Discard, io.Discard
		_ = browser.OpenURL(url) // the address is printed
	}
	return b.live(ctx)
}

// openSandbox starts the sandbox as the flags say. clean removes what is not
// to be kept.
func (p *program) openSandbox(ctx context.Context, f sandboxFlags) (b *sandbox, clean func() error, err error) {
	db, clean := f.db, func() error { return nil }
	if db == "" {
		if db, clean, err = scratch(); err != nil {
			return nil, nil, err
		}
	}
	_, missing := os.Stat(db)
	told := !f.empty && missing != nil
	start := p.clock()
	if told {
		start = storyStart()
	}
	b, err = newSandbox(ctx, p, slacksim.Options{Addr: f.addr}, start, db)
	if err != nil {
		return nil, nil, errors.Join(inUse(f.addr, err), clean())
	}
	switch {
	case told:
		err = p.prelude(ctx, b)
	case missing == nil:
		err = b.resume(ctx)
	}
	if err == nil {
		err = b.leave()
	}
	if err != nil {
		return nil, nil, errors.Join(err, b.close(), clean())
	}
	return b, clean, nil
}

// prelude plays the story up to the third week's Friday.
func (p *program) prelude(ctx context.Context, b *sandbox) error {
	ctx, cancel := context.WithTimeout(ctx, storyTime)
	defer cancel()
	s := newStory(ctx, b, newTeller(io.Discard, b.slack, b.config.settings.Zone))
	for i, week := range []func(*story){(*story).open, (*story).weekOne, (*story).weekTwo, (*story).readAll, (*story).weekThree} {
		fmt.Fprintf(p.stderr, "\rPreparing three weeks of a company that hires %s", strings.Repeat(".", i+1))
		week(s)
	}
	fmt.Fprintln(p.stderr)
	return s.failure()
}

// readAll marks everything that was said so far as read by everybody.
func (s *story) readAll() {
	for who := range posts {
		for _, id := range s.person(who).Conversations() {
			s.slack.MarkRead(who, id)
		}
	}
}

// sandboxJob marks a record as a sandbox's, with the time at which it was left.
const sandboxJob = "sandbox"

// resume goes on with a record that is there already, at the time it was left.
func (b *sandbox) resume(ctx context.Context) error {
	last, ours, err := b.app.Load().record.LastRun(ctx, sandboxJob)
	if err == nil && !ours {
		err = fmt.Errorf("%s is not a record of the sandbox; name another file", b.config.DB)
	}
	b.clock.set(last)
	return err
}

// leave notes the time at which the sandbox is left.
func (b *sandbox) leave() error {
	return b.app.Load().record.Ran(context.Background(), sandboxJob, b.clock.Now())
}

// showPage opens the page with the clock and the controls of the sandbox.
func (b *sandbox) showPage() {
	m := newManifest(b.config.Command)
	page := slacksim.Page{
		Team: "Fjordlys", Zone: b.config.settings.Zone, Title: postOf,
		Language: b.language, Clock: b.moveClock, Restart: b.restart,
	}
	for _, c := range m.Features.Commands {
		page.Commands = append(page.Commands, slacksim.SlashCommand{Command: c.Command, Hint: c.Hint, Description: c.Description})
	}
	for _, s := range m.Features.Shortcuts {
		page.Shortcuts = append(page.Shortcuts, slacksim.GlobalShortcut{Callback: s.Callback, Name: s.Name, Description: s.Description})
	}
	b.slack.ShowPage(page)
}

// language returns the language that a person has chosen.
func (b *sandbox) language(user string) string {
	locale := b.config.settings.Locale
	_ = b.app.Load().record.View(context.Background(), func(r hiring.Record) error { // while restarting, the default
		p, err := r.Person(hiring.UserID(user))
		if err == nil {
			locale = b.config.settings.LocaleOf(p)
		}
		return err
	})
	return string(locale)
}

// moveClock moves the clock as the page's buttons say.
func (b *sandbox) moveClock(ctx context.Context, to string) error {
	b.driving.Lock()
	defer b.driving.Unlock()
	now := b.clock.Now().In(b.config.settings.Zone)
	morning := time.Date(now.Year(), now.Month(), now.Day(), 9, 0, 0, 0, now.Location())
	var t time.Time
	switch to {
	case "1h":
		t = now.Add(time.Hour)
	case "morning":
		t = morning.AddDate(0, 0, 1)
	case "monday":
		t = morning.AddDate(0, 0, cmp.Or((int(time.Monday)-int(now.Weekday())+7)%7, 7))
	case "week":
		t = now.AddDate(0, 0, 7)
	default:
		return fmt.Errorf("the clock cannot go to %q", to)
	}
	b.clock.set(now)
	defer b.clock.run(b.p.clock)
	if err := b.drive(ctx, t); err != nil {
		return err
	}
	return b.drive(ctx, t.Add(5*time.Second)) // what was answered to it arrives, too
}

// heartbeat is how often the scheduler and the courier work while the clock
// runs by itself.
const heartbeat = 200 * time.Millisecond

// live lets the sandbox live until ctx ends.
func (b *sandbox) live(ctx context.Context) error {
	b.clock.run(b.p.clock)
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		wake := b.app.Load().record.Wake()
		select {
		case <-ctx.Done():
			return nil
		case <-wake:
		case <-tick.C:
		}
		b.driving.Lock()
		err := b.catchUp(ctx)
		b.driving.Unlock()
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// inUse says which port is free when the one that was asked for is not.
func inUse(addr string, err error) error {
	if !errors.Is(err, syscall.EADDRINUSE) {
		return err
	}
	host, port, _ := net.SplitHostPort(addr)
	n, _ := strconv.Atoi(port)
	for next := n + 1; next <= min(n+100, 65535); next++ {
		free := net.JoinHostPort(host, strconv.Itoa(next))
		if l, err := net.Listen("tcp", free); err == nil {
			l.Close()
			return fmt.Errorf("something else uses %s; %s is free: samsvar sandbox --addr %s", addr, free, free)
		}
	}
	return fmt.Errorf("something else uses %s; leave --addr away for a free port", addr)
}
