package main

import (
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/samsvar/samsvar/bot/slacksim"
)

var pictures = flag.String("pictures", "", "folder for pictures of the sandbox, such as ../../docs/img")

func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder for pictures; see -pictures")
	}
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	shot := func(name string) { p.picture(filepath.Join(*pictures, name+".png")) }
	tall := func(name string, high int64) {
		p.size(390, high)
		shot(name)
		p.size(1280, 900)
	}
	p.size(1280, 900)
	p.visit(ola, channelHiring)
	shot("channel.en")
	p.says("/hire brief R-1")
	p.sees("Must-haves")
	tall("brief.en", 1500)
	p.press("Close")
	p.visit(kari, "home")
	shot("home.nb")
	p.visit(kari, channelHiring)
	p.says("/hire intake")
	p.sees("Ny stilling 1/6")
	intakeSteps(p, "Sky- og DevOps-ingeniør", func(step int) {
		if high, wanted := map[int]int64{1: 1450, 2: 1650, 6: 1250}[step]; wanted {
			tall(fmt.Sprintf("intake-%d.nb", step), high)
		}
	}, "Neste")
	p.press("Lukk")
	p.visit(kari, "D0KARI")
	p.sees("All tilbakemelding")
	shot("debrief.nb")
	p.says("/hire kandidat C-5")
	p.sees("Kandidat")
	tall("candidate.nb", 950)
	p.press("Lukk")
	p.visit(tone, channelHiring)
	p.says("/hire settings")
	p.sees("Rules")
	tall("rules.en", 1250)
	p.click(`[...document.querySelectorAll(".modal button")].find((n) => n.innerText.trim() === "Change")`)
	p.sees("Feedback after an interview")
	tall("rules-promises.en", 1250)
	p.press("Cancel")
	p.press("Close")
	p.visit(jonas, "home")
	p.press("My working hours")
	p.sees("Your day begins")
	tall("hours.en", 900)
	p.press("Cancel")
	p.visit(jonas, "D0JONAS")
	p.dark(true)
	p.pressIn("for your feedback", "Give feedback")
	p.sees("Would you hire them?")
	tall("feedback.en", 1150)
	p.press("Cancel")
}

// TestPicturesOfNumbers takes pictures of a digest and of a funnel from the
// golden files of package templates: the sandbox has too few candidates.
func TestPicturesOfNumbers(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder for pictures; see -pictures")
	}
	b := play(t, sandboxFlags{empty: true})
	p := newTab(t, b)
	p.size(800, 2000)
	for n, golden := range []string{"digest-busy.en", "funnel-busy.nb"} {
		m, ok := goldenMessage(t, "../../templates/testdata/golden/"+golden+".json", "")
		if !ok {
			t.Fatalf("%s is no message", golden)
		}
		channel := fmt.Sprintf("C0NUMBERS%d", n)
		b.slack.AddChannel(slacksim.Channel{ID: channel, Name: fmt.Sprintf("numbers-%d", n), BotIsMember: true, Members: []string{kari}})
		if _, _, err := b.app.Load().api.PostMessage(channel, m); err != nil {
			t.Fatal(err)
		}
		p.visit(kari, channel)
		p.keep(filepath.Join(*pictures, golden+".png"), chromedp.Screenshot(".message"))
	}
}
