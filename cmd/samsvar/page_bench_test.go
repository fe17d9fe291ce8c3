package main

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// BenchmarkSandboxStart is the time from the command to a page that can be
// opened, the story of three weeks included.
func BenchmarkSandboxStart(b *testing.B) {
	for b.Loop() {
		play(b, sandboxFlags{})
	}
}

// BenchmarkSandboxMemory reports what the process holds with 50 channels and
// 5,000 messages, the bot included.
func BenchmarkSandboxMemory(b *testing.B) {
	s := play(b, sandboxFlags{empty: true})
	for i := range 50 {
		id := s.slack.AddChannel(slacksim.Channel{Name: fmt.Sprintf("channel-%d", i), Members: []string{kari}})
		for j := range 100 {
			if err := s.slack.Person(kari).Say(id, fmt.Sprintf("message %d: *bold* and a link <https://example.org>", j), ""); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "heap-MiB")
	b.ReportMetric(float64(m.Sys)/(1<<20), "from-the-system-MiB")
}

// BenchmarkClick is the time in a real browser from pressing Enter until the
// result is drawn: /hire help through the bot, against a message of one's own
// through the page alone.
func BenchmarkClick(b *testing.B) {
	s := play(b, sandboxFlags{empty: true})
	p := newTab(b, s)
	p.visit(kari, "C0GENERAL")
	once := func(act string) time.Duration {
		took := value[float64](p, `(async () => {
			const before = document.querySelectorAll(".message").length, from = performance.now();
			await fetch("/page/do?person=`+kari+`", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(`+act+`)});
			while (document.querySelectorAll(".message").length === before) await new Promise((r) => requestAnimationFrame(r));
			return performance.now() - from;
		})()`)
		return time.Duration(took * float64(time.Millisecond))
	}
	var through, alone time.Duration
	n := 0
	for b.Loop() {
		through += once(`{act: "command", channel: "C0GENERAL", command: "/hire", text: "help"}`)
		alone += once(`{act: "say", channel: "C0GENERAL", text: "hello"}`)
		n++
	}
	b.ReportMetric(float64(through.Microseconds())/float64(n)/1000, "bot-ms")
	b.ReportMetric(float64(alone.Microseconds())/float64(n)/1000, "page-ms")
}
