package main

import (
	"path/filepath"
	"testing"
)

// TestCorrectingInABrowser undoes a move from a candidate's window and takes the
// numbers along as a file. With -pictures it leaves pictures of both.
func TestCorrectingInABrowser(t *testing.T) {
	b := play(t, sandboxFlags{})
	p := newTab(t, b)
	p.size(900, 1100)
	shot := func(name string) {
		if *pictures != "" {
			p.picture(filepath.Join(*pictures, name+".png"))
		}
	}
	p.visit(kari, channelHiring)
	p.says("/hire kandidat C-5")
	p.sees("Kandidat")
	p.press("Rett et steg")
	p.sees("Hva er registrert feil?")
	shot("correct.nb")
	p.press("Avbryt")
	p.press("Lukk")
	p.visit(ola, channelHiring)
	p.says("/hire candidate C-5")
	p.sees("Candidate")
	p.press("Correct a step")
	p.sees("What was recorded wrongly?")
	p.click(`[...document.querySelectorAll(".modal label")].find((n) => n.innerText.includes("It never happened"))`)
	p.press("Save")
	p.sees("Corrected: the move to Technical interview, undone.")
	shot("corrected.en")
	p.press("Close")
	p.says("/hire funnel R-1")
	p.sees("As CSV")
	p.press("As CSV")
	p.sees("funnel-R-1")
	p.click(`[...document.querySelectorAll(".file summary")].at(-1)`)
	p.sees("# reached: entered the stage")
	shot("csv.en")
}
