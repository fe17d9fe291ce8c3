package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/fatih/color"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// storyWidth is how wide the story is printed, in columns.
const storyWidth = 92

// teller prints what everybody saw, in the order it happened.
type teller struct {
	out   io.Writer
	slack *slacksim.Slack
	zone  *time.Location

	mu     sync.Mutex
	heard  []slacksim.Event
	before map[string][]string // what a message said, by channel and ts
	day    string
}

func newTeller(out io.Writer, s *slacksim.Slack, zone *time.Location) *teller {
	return &teller{out: out, slack: s, zone: zone, before: make(map[string][]string)}
}

// hear remembers what happened. It is called by Slack, which must not wait.
func (t *teller) hear(e slacksim.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.heard = append(t.heard, e)
}

// flush prints what happened since the last flush.
func (t *teller) flush() {
	t.mu.Lock()
	heard := t.heard
	t.heard = nil
	t.mu.Unlock()
	for _, e := range heard {
		t.event(e)
	}
}

var (
	faint  = color.New(color.Faint)
	strong = color.New(color.Bold)
	place  = color.New(color.FgCyan)
	person = color.New(color.FgYellow, color.Bold)
	title  = color.New(color.FgGreen, color.Bold)
	button = color.New(color.FgHiBlue)
)

// chapter prints the headline of a part of the story.
func (t *teller) chapter(line string) {
	fmt.Fprintf(t.out, "\n%s\n%s\n", title.Sprint(line), faint.Sprint(strings.Repeat("─", storyWidth)))
}

func (t *teller) event(e slacksim.Event) {
	switch e.Kind {
	case slacksim.PersonActed:
		t.acted(e)
	case slacksim.MessagePosted:
		t.message(e, "")
	case slacksim.MessageUpdated:
		t.message(e, "edited, ")
	}
}

// stamp prints the day when it is a new one, and returns the time.
func (t *teller) stamp(at time.Time) string {
	at = at.In(t.zone)
	if day := at.Format("Monday 2 January"); day != t.day {
		t.day = day
		fmt.Fprintf(t.out, "\n%s\n", strong.Sprint(day))
	}
	return faint.Sprint(at.Format("15:04"))
}

func (t *teller) name(id string) string { return t.slack.Person(id).Name() }

// acted prints what somebody did. What they put into a form is printed by
// filled, before they submit it.
func (t *teller) acted(e slacksim.Event) {
	act := e.Act
	switch {
	case strings.HasPrefix(act, "submits"):
		return
	case strings.HasPrefix(act, "/"):
		act = strong.Sprint(act)
	}
	fmt.Fprintf(t.out, "%s %s %s %s\n", t.stamp(e.At), person.Sprint(t.name(e.User)), faint.Sprint("("+posts[e.User]+")"), act)
}

// shortForm is how many inputs fit into a line.
const shortForm = 5

// filled prints what somebody put into a form.
func (t *teller) filled(m *slacksim.Modal) {
	t.flush()
	var inputs []slacksim.Input
	for _, in := range m.Inputs() {
		if in.Value != "" {
			in.Value = strings.ReplaceAll(in.Value, "\n", " · ")
			inputs = append(inputs, in)
		}
	}
	if len(inputs) <= shortForm {
		line := place.Sprint("“" + m.Title + "”")
		for i, in := range inputs {
			line += []string{"  ", " · "}[min(i, 1)] + faint.Sprint(asked(in.Label)) + " " + in.Value
		}
		t.wrap("      ", line)
		return
	}
	fmt.Fprintf(t.out, "      %s\n", place.Sprint("“"+m.Title+"”"))
	for _, in := range inputs {
		t.wrap("        ", faint.Sprint(asked(in.Label))+" "+in.Value)
	}
}

// asked is a label before its value: questions end themselves.
func asked(label string) string {
	if strings.HasSuffix(label, "?") {
		return label
	}
	return label + ":"
}

// message prints a message, or of an edited one the lines that are new.
func (t *teller) message(e slacksim.Event, how string) {
	lines := strings.Split(t.slack.Text(e.Message, t.zone), "\n")
	key := e.Channel + e.Message.TS
	before := t.before[key]
	t.before[key] = lines
	if before != nil {
		if lines = fresh(lines, before); len(lines) == 0 {
			return
		}
	}
	when := t.stamp(e.At)
	to := "#" + t.slack.ChannelName(e.Channel)
	if who := t.slack.Partner(e.Channel); who != "" {
		to = "to " + t.name(who)
	}
	if e.Message.Ephemeral {
		how += "only visible to " + t.name(e.User) + ", "
	}
	fmt.Fprintf(t.out, "%s %s %s\n", when, title.Sprint("Samsvar"), faint.Sprint("("+how)+place.Sprint(to)+faint.Sprint(")"))
	for _, l := range lines {
		t.wrap("      │ ", looks(l))
	}
}

var (
	boldMark   = regexp.MustCompile(`\*([^*]+)\*`)
	buttonMark = regexp.MustCompile(`\[([^\[\]]+)\]`)
)

// looks shows Slack's bold and buttons as a terminal can.
func looks(line string) string {
	line = boldMark.ReplaceAllStringFunc(line, func(m string) string { return strong.Sprint(m[1 : len(m)-1]) })
	return buttonMark.ReplaceAllStringFunc(line, func(m string) string { return button.Sprint(m) })
}

// fresh returns the lines that were not there before.
func fresh(lines, before []string) []string {
	had := make(map[string]bool, len(before))
	for _, l := range before {
		had[l] = true
	}
	var out []string
	for _, l := range lines {
		if !had[l] {
			out = append(out, l)
		}
	}
	return out
}

// wrap prints a line, broken between words where it is too long.
func (t *teller) wrap(indent, line string) {
	for part := range strings.SplitSeq(ansi.Wordwrap(line, storyWidth-len(indent), ""), "\n") {
		fmt.Fprintln(t.out, faint.Sprint(indent)+part)
	}
}

// end prints where to go next.
func (t *teller) end(took time.Duration) {
	t.flush()
	fmt.Fprintf(t.out, "\n%s\n%s\n", title.Sprint("Four weeks in "+took.Round(100*time.Millisecond).String()+"."), faint.Sprint(strings.Repeat("─", storyWidth)))
	fmt.Fprintln(t.out, "All of it went through the real bot: commands, forms and buttons over Socket Mode, against a Slack in a box.")
	fmt.Fprintln(t.out, "Next: put it into your own workspace in five steps, see “Into your workspace” in README.md,")
	fmt.Fprintln(t.out, "or start with the app's manifest: go run ./cmd/samsvar manifest")
}
