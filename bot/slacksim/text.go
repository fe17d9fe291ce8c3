package slacksim

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Text renders blocks as readable text: what a person sees, without the looks.
// Times are shown in the zone. A message without blocks shows its text.
func (s *Slack) Text(m Message, zone *time.Location) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.render(m.Blocks, m.Text, zone)
}

// ViewText renders a view as readable text: its title, its blocks, its
// inputs with what stands in them, its buttons.
func (s *Slack) ViewText(v View, zone *time.Location) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.render(v.Blocks, "", zone)
	if v.Title != "" {
		text = "# " + v.Title + "\n" + text
	}
	return text
}

func (s *Slack) render(blocks json.RawMessage, fallback string, zone *time.Location) string {
	all := list(parse(blocks))
	if len(all) == 0 {
		return s.mrkdwn(fallback, zone)
	}
	t := &renderer{s: s, zone: zone}
	for _, b := range all {
		t.block(b)
	}
	return strings.Join(t.lines, "\n")
}

type renderer struct {
	s     *Slack
	zone  *time.Location
	lines []string
}

func (t *renderer) add(text string) {
	if text != "" {
		t.lines = append(t.lines, strings.Split(text, "\n")...)
	}
}

// text renders a text object.
func (t *renderer) text(v any) string {
	text := str(sub(v, "text"))
	if str(sub(v, "type")) == "mrkdwn" {
		return t.s.mrkdwn(text, t.zone)
	}
	return text
}

func (t *renderer) block(b object) {
	switch str(b["type"]) {
	case "divider":
		t.add("──")
	case "header":
		t.add("■ " + t.text(b["text"]))
	case "section":
		t.add(t.text(b["text"]))
		for _, f := range list(b["fields"]) {
			t.add(t.text(f))
		}
		if e, ok := b["accessory"].(object); ok {
			t.add(t.element(e))
		}
	case "context":
		var parts []string
		for _, e := range list(b["elements"]) {
			parts = append(parts, t.text(e))
		}
		t.add(strings.Join(parts, "  "))
	case "actions", "context_actions":
		var parts []string
		for _, e := range list(b["elements"]) {
			parts = append(parts, t.element(e))
		}
		t.add(strings.Join(parts, " "))
	case "input":
		e, _ := b["element"].(object)
		t.add(t.text(b["label"]) + ": " + t.element(e))
		t.add(t.text(b["hint"]))
	case "markdown":
		t.add(str(b["text"]))
	case "rich_text":
		t.add(t.rich(b))
	case "data_visualization":
		t.chart(b)
	case "table":
		t.table(b)
	default:
		t.add("[" + str(b["type"]) + "]")
	}
}

// element renders a button as [text], a choice with what is chosen.
func (t *renderer) element(e object) string {
	switch str(e["type"]) {
	case "button":
		return "[" + t.text(e["text"]) + "]"
	case "overflow":
		return "[…]"
	case "image":
		return str(e["alt_text"])
	}
	if v := t.s.shownValue(initial(e), t.zone); v != "" {
		return "‹" + v + "›"
	}
	return "‹" + str(sub(e, "placeholder", "text")) + "›"
}

// rich renders rich text, its lists with bullets.
func (t *renderer) rich(v object) string {
	var out strings.Builder
	for _, e := range list(v["elements"]) {
		switch str(e["type"]) {
		case "rich_text_list":
			for _, item := range list(e["elements"]) {
				out.WriteString("• " + t.rich(item) + "\n")
			}
		case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
			out.WriteString(t.rich(e) + "\n")
		case "text":
			out.WriteString(str(e["text"]))
		case "user":
			out.WriteString("@" + t.s.name(str(e["user_id"])))
		case "channel":
			out.WriteString(t.s.name(str(e["channel_id"])))
		case "link":
			out.WriteString(str(e["url"]))
		case "emoji":
			out.WriteString(":" + str(e["name"]) + ":")
		}
	}
	return strings.TrimRight(out.String(), "\n")
}

// chart renders a chart's series as bars of text.
func (t *renderer) chart(b object) {
	t.add(str(b["title"]))
	chart, _ := b["chart"].(object)
	for _, series := range append(list(chart["series"]), list(chart["segments"])...) {
		for _, p := range append(list(series["data"]), list(series["points"])...) {
			n, _ := p["value"].(float64)
			t.add(fmt.Sprintf("%-20s %s %v", str(p["label"]), strings.Repeat("█", min(int(n), 40)), n))
		}
		if n, ok := series["value"].(float64); ok {
			t.add(fmt.Sprintf("%-20s %s %v", str(series["label"]), strings.Repeat("█", min(int(n), 40)), n))
		}
	}
}

func (t *renderer) table(b object) {
	rows, _ := b["rows"].([]any)
	for _, r := range rows {
		cells, _ := r.([]any)
		var parts []string
		for _, c := range cells {
			cell, _ := c.(object)
			if str(cell["type"]) == "rich_text" {
				parts = append(parts, t.rich(cell))
			} else {
				parts = append(parts, str(cell["text"]))
			}
		}
		t.add(strings.Join(parts, " │ "))
	}
}

var reference = regexp.MustCompile(`<([^<>]+)>`)

// mrkdwn renders Slack's markup: references by name, dates in the zone.
func (s *Slack) mrkdwn(text string, zone *time.Location) string {
	text = reference.ReplaceAllStringFunc(text, func(m string) string {
		inner := m[1 : len(m)-1]
		what, shown, _ := strings.Cut(inner, "|")
		switch {
		case strings.HasPrefix(what, "@"):
			return "@" + s.name(what[1:])
		case strings.HasPrefix(what, "#"):
			return s.name(what[1:])
		case strings.HasPrefix(what, "!date^"):
			return date(what, zone)
		case strings.HasPrefix(what, "!"):
			return "@" + what[1:]
		case shown != "":
			return shown
		}
		return what
	})
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// date renders <!date^unix^format> in a zone.
func date(what string, zone *time.Location) string {
	parts := strings.SplitN(what, "^", 4)
	if len(parts) < 3 {
		return what
	}
	unix, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return what
	}
	if zone == nil {
		zone = time.UTC
	}
	at := time.Unix(unix, 0).In(zone)
	return strings.NewReplacer(
		"{date_num}", at.Format("2006-01-02"), "{date}", at.Format("January 2, 2006"), "{date_short}", at.Format("Jan 2, 2006"),
		"{date_long}", at.Format("Monday, January 2, 2006"), "{date_pretty}", at.Format("January 2, 2006"), "{date_short_pretty}", at.Format("Jan 2, 2006"),
		"{date_long_pretty}", at.Format("Monday, January 2, 2006"), "{time}", at.Format("15:04"), "{time_secs}", at.Format("15:04:05"),
	).Replace(parts[2])
}
