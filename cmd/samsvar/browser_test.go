package main

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// browserPatience is how long a browser may take to show something.
const browserPatience = time.Minute

// chromium finds a browser; empty when there is none.
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// shared is the browser of all tests: starting one takes a second.
var shared = sync.OnceValues(func() (context.Context, context.CancelFunc) {
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-quic", true), chromedp.Flag("lang", "en-GB"),
		chromedp.WindowSize(1280, 900))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, cancel := chromedp.NewContext(alloc)
	_ = chromedp.Do(ctx, chromedp.Navigate("about:blank")) // starts it; the tabs will say if that failed
	return ctx, func() { cancel(); stop() }
})

func TestMain(m *testing.M) {
	if code, yes := asProcess(); yes {
		os.Exit(code)
	}
	code := m.Run()
	if chromium() != "" {
		_, stop := shared()
		stop()
	}
	os.Exit(code)
}

// tab is one tab of a real browser. Every method fails the test when what it
// looks for does not appear.
type tab struct {
	t    testing.TB
	ctx  context.Context
	site string

	problems []string // what the console complained about; read once the tab is closed
}

// newTab opens a tab. Without a browser the test is skipped, but not where
// everything is checked.
func newTab(t testing.TB, b *sandbox) *tab {
	t.Helper()
	if chromium() == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("no browser is installed; .ci/run installs chromium")
		}
		t.Skip("no browser is installed: install chromium to run this test")
	}
	browser, _ := shared()
	ctx, cancel := chromedp.NewContext(browser)
	p := &tab{t: t, ctx: ctx, site: strings.TrimSuffix(b.slack.PageURL(), "/")}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // opens the tab, which lives as long as ctx
		t.Fatal(err)
	}
	said := chromedp.Console(ctx)
	listening := make(chan struct{})
	go func() { defer close(listening); p.hear(said) }()
	t.Cleanup(func() {
		cancel()
		<-listening
		if len(p.problems) > 0 {
			t.Errorf("the browser complained: %s", strings.Join(p.problems, "\n"))
		}
	})
	return p
}

// hear collects what the browser complains about, until the tab is closed.
func (p *tab) hear(said iter.Seq2[chromedp.ConsoleMessage, error]) {
	for m, err := range said {
		if err != nil {
			return
		}
		if m.IsException() || m.Type == chromedp.ConsoleError {
			p.problems = append(p.problems, m.Text+" "+m.URL)
		}
	}
}

func (p *tab) run(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, browserPatience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%v\n%s", err, p.seen())
	}
}

// seen is what stands on the page, for whoever reads a failure.
func (p *tab) seen() string {
	ctx, cancel := context.WithTimeout(p.ctx, time.Second)
	defer cancel()
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`)) // the page may be gone
	return text
}

// visit goes to a place as a person.
func (p *tab) visit(person, place string) {
	p.t.Helper()
	p.run(chromedp.Navigate(p.site + "/client/" + person + "/" + url.PathEscape(place)))
	p.until(`document.documentElement.dataset.ready === "true"`)
}

// value returns what a JavaScript expression is.
func value[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, browserPatience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v\n%s", expression, err, p.seen())
	}
	return v
}

// poll waits until a JavaScript expression is something and returns it.
func poll[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, browserPatience)
	defer cancel()
	for {
		v, err := chromedp.Run(ctx, chromedp.Poll[T](expression, chromedp.WithPollingInterval(20*time.Millisecond), chromedp.WithPollingTimeout(0)))
		switch {
		case err == nil:
			return v
		case ctx.Err() == nil && strings.Contains(err.Error(), "context"): // the page was loaded anew meanwhile
		default:
			p.t.Fatalf("waiting for %s: %v\n%s", expression, err, p.seen())
		}
	}
}

// until waits until a JavaScript expression is true.
func (p *tab) until(expression string) {
	p.t.Helper()
	poll[bool](p, expression)
}

// sees waits until a text stands in what is in front: a dialog, else a modal,
// else the page.
func (p *tab) sees(text string) {
	p.t.Helper()
	p.until(front + `.innerText.replace(/\u00a0/g, " ").includes(` + quoted(text) + `)`)
}

const front = `(document.querySelector(".dialog") ?? document.querySelector(".modal") ?? document.body)`

func quoted(text string) string {
	js, _ := json.Marshal(text)
	return string(js)
}

// point is where something is on the screen.
type point struct{ X, Y float64 }

// locate waits for what a JavaScript expression finds, scrolls to it and
// returns its middle once it stands still.
func (p *tab) locate(expression string) point {
	p.t.Helper()
	script := fmt.Sprintf(`(() => {
		const node = %s;
		if (!node || node.disabled || !node.getClientRects().length) return null;
		node.scrollIntoView({block: "center", inline: "center"});
		const r = node.getBoundingClientRect();
		const at = {X: r.left + Math.min(r.width / 2, 60), Y: r.top + r.height / 2};
		const same = window._at && window._at.X === at.X && window._at.Y === at.Y;
		window._at = at;
		return same ? at : null;
	})()`, expression)
	return poll[point](p, script)
}

// click clicks what a JavaScript expression finds.
func (p *tab) click(expression string) {
	p.t.Helper()
	at := p.locate(expression)
	p.run(chromedp.MouseClickXY(at.X, at.Y))
}

// press presses the last button or link in front that has a text.
func (p *tab) press(text string) {
	p.t.Helper()
	p.click(fmt.Sprintf(`[...%s.querySelectorAll("button,a,[role=option]")].filter((n) => n.innerText?.trim() === %s && n.offsetParent).at(-1)`, front, quoted(text)))
}

// pressIn presses a button by its text in the last message that has another
// text in it.
func (p *tab) pressIn(message, text string) {
	p.t.Helper()
	p.click(fmt.Sprintf(`[...([...document.querySelectorAll(".message")].filter((n) => n.innerText.includes(%s)).at(-1)?.querySelectorAll("button") ?? [])].find((n) => n.innerText.trim() === %s)`,
		quoted(message), quoted(text)))
}

// control finds the input of a field in the modal, by its block id.
func control(field, of string) string {
	return fmt.Sprintf(`document.querySelector('.modal [data-block="%s"] %s')`, field, of)
}

// enter types a text in place of what stands in an input, once that has the
// focus: a window that was just closed may still give it back elsewhere.
func (p *tab) enter(where, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`(() => { const n = %s; n?.focus(); n?.select?.(); return n && document.activeElement === n; })()`, where))
	if _, err := chromedp.Call(p.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		p.t.Fatal(err)
	}
}

// types replaces what stands in a text input.
func (p *tab) types(field, text string) {
	p.t.Helper()
	p.click(control(field, ":is(input,textarea)"))
	p.enter(control(field, ":is(input,textarea)"), text)
}

// chooses types into a select and takes the first that fits, for each text.
func (p *tab) chooses(field string, texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		p.click(control(field, "input[role=combobox]"))
		p.enter(control(field, "input[role=combobox]"), text)
		p.until(fmt.Sprintf(`[...document.querySelectorAll('.modal [data-block="%s"] [role=option]')].some((n) => n.innerText.includes(%s))`, field, quoted(text)))
		p.run(chromedp.KeyEvent("\r"))
	}
}

// picks sets a date, a time or a moment, as its native picker would.
func (p *tab) picks(field, to string) {
	p.t.Helper()
	p.locate(control(field, "input"))
	value[bool](p, fmt.Sprintf(`(() => { const n = %s; n.value = %s; return n.dispatchEvent(new Event("change")); })()`, control(field, "input"), quoted(to)))
}

// says types into the message box and sends it.
func (p *tab) says(text string) {
	p.t.Helper()
	p.click(`document.querySelector("#composer")`)
	p.enter(`document.querySelector("#composer")`, text)
	p.click(`document.querySelector(".send")`)
}

// picture takes a picture of what is in the window.
func (p *tab) picture(path string) {
	p.t.Helper()
	p.keep(path, chromedp.CaptureScreenshot())
}

// keep writes a picture to a file once the page is at rest.
func (p *tab) keep(path string, shot chromedp.Action[[]byte]) {
	p.t.Helper()
	p.until(`document.documentElement.dataset.busy !== "true"`)
	png, err := chromedp.Run(p.ctx, shot)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// size sets the window's size.
func (p *tab) size(wide, high int64) {
	p.t.Helper()
	p.run(chromedp.EmulateViewport(wide, high))
}

// dark sets the colour scheme.
func (p *tab) dark(on bool) {
	p.t.Helper()
	scheme := "light"
	if on {
		scheme = "dark"
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		p.t.Fatal(err)
	}
}

// play opens a sandbox as the flags say and lets it live until the test ends.
func play(t testing.TB, f sandboxFlags) *sandbox {
	t.Helper()
	if f.addr == "" {
		f.addr = "127.0.0.1:0"
	}
	out := &buffer{}
	p := &program{stdout: out, stderr: out, clock: time.Now}
	ctx, stop := context.WithCancel(context.Background())
	b, clean, err := p.openSandbox(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	b.showPage()
	ended := make(chan error, 1)
	go func() { ended <- b.live(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := b.close(); err != nil {
			t.Error(err)
		}
		if err := clean(); err != nil {
			t.Error(err)
		}
	})
	return b
}
