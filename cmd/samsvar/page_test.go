package main

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"
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

// intakeSteps fills in and proposes a new role, beginning with a preset. seen is
// called with every step before it is left.
func intakeSteps(p *tab, preset string, seen func(step int), next string) {
	p.t.Helper()
	steps := []func(){
		func() {
			p.chooses("preset", preset)
			p.until(control("title", "input") + ".value !== ''")
			p.types("team", "Plattform")
			p.chooses("recruiter", "Ola Bakken")
			p.chooses("channel", "hiring-owners")
			for _, field := range []string{"need", "level", "employment"} {
				p.chooses(field, "")
			}
		},
		func() {
			p.types("success", "Har flyttet to tjenester til den nye plattformen")
			p.click(control("must_choices", "input"))
			p.run(chromedp.KeyEvent("\r"), chromedp.KeyEvent("\x1b")) // the list stays open for more
			p.types("must_haves", "Tar vakt én uke av fem")
		},
		func() {
			p.chooses("interview-1_panel", "Ingrid", "Jonas")
			p.chooses("interview-2_panel", "Kari")
			p.chooses("interview-3_panel", "Amina")
		},
		func() { p.chooses("verified_1", "CV") },
		func() {
			p.types("reason_life", "Hjemme klokka fire.")
			p.types("downside", "Vakt én uke av fem.")
			p.types("location", "Oslo")
			p.types("language", "Norsk eller engelsk")
		},
		func() { p.picks("target_start", "2026-12-01") },
	}
	for i, fill := range steps {
		p.sees(fmt.Sprintf(" %d/%d", i+1, len(steps)))
		fill()
		seen(i + 1)
		if i == len(steps)-1 {
			next = "Foreslå"
		}
		p.press(next)
	}
	p.sees("er foreslått")
}

func TestIntakeFromEmptyToSigned(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.visit(kari, channelHiring)
	p.says("/hire intake")
	p.press("Neste") // nothing is filled in yet
	p.sees("Please complete this required field.")
	intakeSteps(p, "Backendutvikler", func(step int) {
		if step == 2 { // going back and on keeps everything
			p.press("← Tilbake")
			p.sees("1/6")
			p.until(control("team", "input") + `.value === "Plattform"`)
			p.press("Neste")
			p.sees("2/6")
			p.until(control("must_haves", "textarea") + `.value === "Tar vakt én uke av fem"`)
		}
	}, "Neste")
	p.press("Lukk")
	p.visit(ola, "D0OLA")
	p.pressIn("asks you to sign the brief of Backendutvikler", "Read and sign")
	p.sees("Har flyttet to tjenester")
	p.press("Sign")
	p.sees("is agreed")
	p.press("Close")
	p.visit(ola, "C0OWNERS")
	p.sees("Plattform")
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
	p.sees("2 in Sourced")
	p.until(`[...document.querySelectorAll(".message")].filter((n) => n.innerText.includes("2 in Sourced")).length === 1`)
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
	p.enter(`document.querySelector("#composer")`, "/")
	p.until(`!document.querySelector(".slash").hidden`)
	p.run(chromedp.KeyEvent("\t"))
	p.until(`document.querySelector("#composer").value === "/hire "`)
	p.run(chromedp.Evaluate[chromedp.Void](`dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true}))`))
	p.enter(`document.querySelector("dialog input, .dialog input") ?? document.activeElement`, "Ingrid")
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

// everyBlock is a message of the blocks that the tests above do not meet.
const everyBlock = `[
{"type":"data_table","caption":"Numbers","rows":[[{"type":"raw_text","text":"Stage"},{"type":"raw_text","text":"Entered"}],[{"type":"raw_text","text":"Screen"},{"type":"raw_number","value":12}]]},
{"type":"table","rows":[[{"type":"raw_text","text":"Who"},{"type":"raw_text","text":"Go"}],[{"type":"raw_text","text":"Ingrid"},{"type":"raw_text","text":"Exceeds it"}]]},
{"type":"data_visualization","title":"Where from","chart":{"type":"pie","segments":[{"label":"Referral","value":5},{"label":"Inbound","value":3}]}},
{"type":"data_visualization","title":"Per week","chart":{"type":"line","axis_config":{"categories":["41","42"],"x_label":"Week"},"series":[{"name":"Added","data":[{"label":"41","value":4},{"label":"42","value":3}]}]}},
{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"first of all","style":{"bold":true}},{"type":"user","user_id":"U0KARI"}]}]},{"type":"rich_text_preformatted","border":0,"elements":[{"type":"text","text":"code"}]}]},
{"type":"section","text":{"type":"mrkdwn","text":"*bold* _it_ ~gone~ <https://example.org|link> <!date^1792750000^{date_short}|never> a_b_c"},"fields":[{"type":"plain_text","text":"a field"}]},
{"type":"actions","elements":[{"type":"overflow","action_id":"o","options":[{"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}]}]}
]`

func TestThePageDrawsEveryBlock(t *testing.T) {
	b := play(t, sandboxFlags{empty: true})
	api := slack.New(b.slack.BotToken(), slack.OptionAPIURL(b.slack.APIURL()))
	var blocks slack.Blocks
	if err := json.Unmarshal([]byte(everyBlock), &blocks); err != nil {
		t.Fatal(err)
	}
	if _, _, err := api.PostMessage("C0GENERAL", slack.MsgOptionText("x", false), slack.MsgOptionBlocks(blocks.BlockSet...)); err != nil {
		t.Fatal(err)
	}
	p := newTab(t, b)
	p.visit(kari, "C0GENERAL")
	for _, text := range []string{"Stage", "Entered", "Screen", "12", "Ingrid", "Exceeds it", "Referral", "first of all", "@Kari Solberg", "code", "bold it gone link", "a_b_c", "a field"} {
		p.sees(text)
	}
	// Everything stands in the message, below what comes before it.
	p.until(`[...document.querySelectorAll(".message :is(td,th,ol li,pre,svg,strong,em,s,a,time)")].every((n) => { const r = n.getBoundingClientRect(), m = n.closest(".message").getBoundingClientRect(); return r.width > 0 && r.top >= m.top && r.bottom <= m.bottom; })`)
	p.click(`document.querySelector(".message .dots")`)
	p.sees("Two")
}
