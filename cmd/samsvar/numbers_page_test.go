package main

import (
	"fmt"
	"testing"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// TestValuesStandClearOfBars draws a digest of many candidates: no value runs
// into a bar that is not its own, nor into another value.
func TestValuesStandClearOfBars(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	p := newTab(t, b)
	p.size(800, 2000)
	for _, language := range []string{"en", "nb"} {
		m, ok := goldenMessage(t, "../../templates/testdata/golden/digest-busy."+language+".json", "")
		if !ok {
			t.Fatal("the golden file is no message")
		}
		channel := "C0BUSY" + language
		b.slack.AddChannel(slacksim.Channel{ID: channel, Name: "busy-" + language, BotIsMember: true, Members: []string{kari}})
		if _, _, err := b.app.Load().api.PostMessage(channel, m); err != nil {
			t.Fatal(err)
		}
		p.visit(kari, channel)
		p.until(`document.querySelectorAll(".chart text.value").length > 12`)
		touching := value[[]string](p, `[...document.querySelectorAll(".chart svg")].flatMap((svg) => {
			const box = (n) => n.getBoundingClientRect();
			const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
			const values = [...svg.querySelectorAll("text.value")], all = [...svg.querySelectorAll("rect"), ...values];
			return values.flatMap((v) => all.filter((n) => n !== v && !apart(box(v), box(n))).map((n) => v.textContent + " touches " + n.textContent));
		})`)
		if len(touching) > 0 {
			t.Errorf("%s: %q", language, touching)
		}
	}
}

// TestOneReply counts the replies below a message as people do.
func TestOneReply(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	p := newTab(t, b)
	api := b.app.Load().api
	say := func(options ...slack.MsgOption) string {
		t.Helper()
		_, ts, err := api.PostMessage(channelHiring, options...)
		if err != nil {
			t.Fatal(err)
		}
		return ts
	}
	p.visit(kari, channelHiring)
	root := say(slack.MsgOptionText("The week", false))
	for n, count := range []string{"1 reply", "2 replies"} {
		say(slack.MsgOptionText(fmt.Sprint("More ", n), false), slack.MsgOptionTS(root))
		p.until(`document.querySelector(".replies")?.innerText === ` + quoted(count))
	}
}
