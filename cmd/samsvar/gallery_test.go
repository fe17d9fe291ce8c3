package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/samsvar/samsvar/bot/slacksim"
)

// sheet is how many messages stand in one picture of the gallery.
const sheet = 5

var goldens = flag.String("goldens", "*", "which golden files the gallery shows, such as digest-*")

// TestGallery makes pictures of every message and every window there is, in both
// languages, from the golden files of package templates:
//
//	go test ./cmd/samsvar -run TestGallery -pictures /tmp/gallery
func TestGallery(t *testing.T) {
	if *pictures == "" {
		t.Skip("no folder for pictures; see -pictures")
	}
	b := play(t, sandboxFlags{empty: true})
	for id, name := range map[string]string{"U0PER": "Per Dahl", "U0LIV": "Liv Berg", "U0ANN": "Ann Vik", "U0GRO": "Gro Nes"} {
		b.slack.AddUser(slacksim.User{ID: id, Name: strings.ToLower(id), RealName: name})
	}
	p := newTab(t, b)
	p.size(700, 2600)
	var all []string
	for _, language := range []string{"en", "nb"} {
		files, err := filepath.Glob("../../templates/testdata/golden/" + *goldens + "." + language + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var batch []slack.MsgOption
		n := 0
		flush := func() {
			n++
			channel := fmt.Sprintf("C0%s%02d", strings.ToUpper(language), n)
			b.slack.AddChannel(slacksim.Channel{ID: channel, Name: strings.ToLower(channel), BotIsMember: true, Members: []string{kari}})
			for _, m := range batch {
				if _, _, err := b.app.Load().api.PostMessage(channel, m); err != nil {
					t.Fatal(err)
				}
			}
			p.visit(kari, channel)
			p.picture(filepath.Join(*pictures, fmt.Sprintf("messages-%s-%02d.png", language, n)))
			batch = nil
		}
		for _, file := range files {
			if m, ok := goldenMessage(t, file, filepath.Base(file)); ok {
				batch = append(batch, m)
			}
			if len(batch) == sheet {
				flush()
			}
		}
		if len(batch) > 0 {
			flush()
		}
		all = append(all, files...)
	}
	windows(p, b, all)
}

// windows makes a picture of each golden file that is a window: one that is open
// becomes each of them.
func windows(p *tab, b *sandbox, files []string) {
	p.size(700, 1400)
	p.visit(kari, channelHiring)
	if _, err := b.slack.Person(kari).Command(p.t.Context(), channelHiring, "/hire", "intake"); err != nil {
		p.t.Fatal(err)
	}
	open, err := b.slack.Person(kari).AwaitModal(p.t.Context(), "")
	if err != nil {
		p.t.Fatal(err)
	}
	for n, file := range files {
		js, err := os.ReadFile(file)
		if err != nil {
			p.t.Fatal(err)
		}
		var v slack.ModalViewRequest
		if err := json.Unmarshal(js, &v); err != nil || v.Type != slack.VTModal {
			continue
		}
		mark := fmt.Sprintf("#%d", n) // an update cannot be seen otherwise where two begin alike
		v.Title = slack.NewTextBlockObject(slack.PlainTextType, mark, false, false)
		blank := slack.ModalViewRequest{Type: slack.VTModal, Title: slack.NewTextBlockObject(slack.PlainTextType, "–", false, false), Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}
		for _, v := range []slack.ModalViewRequest{blank, v} { // what was chosen in inputs of the same name would stay
			if _, err := b.app.Load().api.UpdateView(v, "", "", open.ID); err != nil {
				p.t.Fatalf("%s: %v", file, err)
			}
		}
		p.sees(mark)
		p.picture(filepath.Join(*pictures, strings.TrimSuffix(filepath.Base(file), ".json")+".png"))
	}
}

// goldenMessage reads a message from a golden file and puts a title above it,
// unless that is empty; false when it is a form.
func goldenMessage(t *testing.T, file, title string) (slack.MsgOption, bool) {
	t.Helper()
	js, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Text   string
		Blocks slack.Blocks
	}
	if err := json.Unmarshal(js, &m); err != nil || len(m.Blocks.BlockSet) == 0 || m.Text == "" {
		return nil, false
	}
	blocks := m.Blocks.BlockSet
	if title != "" {
		blocks = append([]slack.Block{slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, title, false, false))}, blocks...)
	}
	return slack.MsgOptionCompose(slack.MsgOptionText(m.Text, false), slack.MsgOptionBlocks(blocks...)), true
}
