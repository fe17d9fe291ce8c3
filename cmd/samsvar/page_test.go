package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// The tests below use the page as people do, in a real browser.

func TestFeedbackAfterANudge(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(jonas, "D0JONAS")
	p.pressIn("for your feedback", "Give feedback")
	p.sees("Would you hire them?")
	p.press("Give feedback") // nothing is chosen yet
	p.sees("Please complete this required field.")
	for _, field := range []string{"rating_0", "rating_1", "rating_2"} {
		p.chooses(field, "Meets it")
	}
	p.click(`[...document.querySelectorAll(".modal .choice")].find((n) => n.innerText.trim() === "Yes").querySelector("input")`)
	p.types("note", "Knows why, <script>alert(1)</script> & all.")
	p.press("Give feedback")
	p.sees("Thank you")
	p.press("Close")
	p.until(`!document.querySelector(".modal")`)
	p.until(`[...document.querySelectorAll(".message")].at(-1).innerText.includes("All done")`)
	p.visit(ola, "D0OLA")
	p.sees("Feedback from @Jonas Moe on Hanna Øye (C-6) is in.")
	p.sees("<script>alert(1)</script> & all.")
}

func TestAClosedFormAsksBeforeItDiscards(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(ola, channelHiring)
	p.says("/hire candidate R-1")
	p.sees("Where do they come from?")
	p.types("name", "Nils Berg")
	p.run(chromedp.KeyEvent("\x1b"))
	p.sees("Discard this form?")
	p.press("Keep editing")
	p.until(control("name", "input") + `.value === "Nils Berg"`)
	p.press("Cancel")
	p.press("Discard")
	p.until(`!document.querySelector(".modal")`)
}

func TestACandidateIsAddedAndMoved(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(ola, channelHiring)
	p.says("/hire candidate R-1")
	p.sees("Where do they come from?")
	p.types("name", "Nils Berg")
	p.chooses("source", "Referral")
	p.press("Add")
	p.sees("is added to Backend developer (R-1) as C-11")
	p.press("Move on")
	p.sees("Nils Berg")
	p.chooses("stage", "Technical interview")
	p.sees("When is the interview?")
	p.picks("interview_at", "2026-10-26T10:00")
	p.press("Save")
	p.sees("is now in Technical interview")
}

func TestTheDigestHasAChart(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(ola, channelHiring)
	p.click(`document.querySelector('[data-clock="monday"]')`)
	p.sees("Backend developer · week 43")
	p.until(`[...document.querySelectorAll(".message")].at(-1)?.querySelectorAll(".chart rect").length >= 5`)
	p.until(`document.querySelector("#clock").innerText.startsWith("Mon, 26 Oct 2026, 09:00")`)
}

// TestTwoPeopleAtOnce: what one does the other sees, without asking again.
func TestTwoPeopleAtOnce(t *testing.T) {
	b := play(t, sandboxFlags{})
	one, other := newTab(t, b), newTab(t, b)
	one.visit(kari, "C0GENERAL")
	other.visit(ola, "C0GENERAL")
	one.says("Skal vi ta en kaffe, *Ola*?")
	other.sees("Skal vi ta en kaffe, Ola?")
	other.says("Gjerne <!channel>!")
	one.sees("Gjerne <!channel>!")
}

func TestBadDaysHeal(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(ola, channelHiring)
	p.says("/hire candidate R-1")
	p.sees("Where do they come from?")
	p.types("name", "Nils Berg")
	p.chooses("source", "Referral")
	if err := b.restart(t.Context()); err != nil { // in the middle of it
		t.Fatal(err)
	}
	p.press("Add")
	p.sees("as C-11")
	p.press("Close")
	b.slack.DropSockets()
	b.slack.DeliverTwice(1)
	p.says("/hire roles")
	p.sees("3 in Sourced")
	p.until(`[...document.querySelectorAll(".message")].filter((n) => n.innerText.includes("3 in Sourced")).length === 1`)
}

// TestALinkShowsAPlace: person, place and open modal stand in the address.
func TestALinkShowsAPlace(t *testing.T) {
	b := play(t, sandboxFlags{})
	p, other := newTab(t, b), newTab(t, b)
	p.visit(ola, channelHiring)
	p.says("/hire brief R-1")
	p.sees("Must-haves")
	p.until(`location.search.startsWith("?modal=")`)
	address := value[string](p, `location.pathname.split("/").pop() + location.search`)
	other.run(chromedp.Navigate(other.site + "/client/" + ola + "/" + address))
	other.sees("Must-haves")
	p.press("Close")
	p.until(`location.search === ""`)
	other.run(chromedp.Navigate(other.site + "/client/" + ola + "/" + address))
	other.sees("That form is not open any more.")
}

func TestTheKeyboardReachesEverything(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(kari, channelHiring)
	p.click(`document.querySelector("#composer")`)
	p.enter("/")
	p.until(`!document.querySelector(".slash").hidden`)
	p.run(chromedp.KeyEvent("\t"))
	p.until(`document.querySelector("#composer").value === "/hire "`)
	p.run(chromedp.Evaluate[chromedp.Void](`dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true}))`))
	p.enter("Ingrid")
	p.run(chromedp.KeyEvent("\r"))
	p.until(`location.pathname.startsWith("/client/` + ingrid + `/")`)
}

// TestEveryWordIsInBothLanguages compares the page's own words.
func TestEveryWordIsInBothLanguages(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	p := newTab(t, b)
	p.visit(kari, channelHiring)
	p.until(`import("/assets/words.js").then(({words}) => Object.keys(words.en).sort().join() === Object.keys(words.nb).sort().join() && Object.values(words.nb).every((w) => w))`)
}
