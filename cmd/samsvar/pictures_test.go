package main

import (
	"flag"
	"path/filepath"
	"testing"
)

var pictures = flag.String("pictures", "", "folder for pictures of the sandbox, such as ../../docs/img")

func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder for pictures; see -pictures")
	}
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	shot := func(name string) { p.picture(filepath.Join(*pictures, name+".png")) }
	p.visit(ola, channelHiring)
	shot("channel.en")
	p.says("/hire funnel R-1")
	p.sees("Only visible to you")
	shot("funnel.en")
	p.visit(kari, "home")
	shot("home.nb")
	p.visit(kari, channelHiring)
	p.says("/hire intake Plattformutvikler")
	p.sees("Ny stilling")
	shot("intake.nb")
	p.press("Avbryt")
	p.visit(jonas, "D0JONAS")
	p.dark(true)
	shot("dm.dark")
	p.pressIn("for your feedback", "Give feedback")
	p.sees("Would you hire them?")
	shot("feedback.dark")
	p.press("Cancel")
	p.click(`[...document.querySelectorAll(".bar button")].find((n) => n.innerText.includes("Wire log"))`)
	shot("log.dark")
	p.dark(false)
	p.size(390, 844)
	p.visit(jonas, "D0JONAS")
	shot("dm.phone")
	p.click(`document.querySelector(".drawerbutton")`)
	shot("drawer.phone")
	p.visit(jonas, "D0JONAS")
	p.pressIn("for your feedback", "Give feedback")
	p.sees("Would you hire them?")
	shot("feedback.phone")
}
