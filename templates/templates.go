// Package templates is everything people read: Block Kit views and messages,
// in English and Norwegian.
//
// Rendering is pure: a record and a moment in, blocks out. The English
// sentence is the key and stands where it is used; the Norwegian ones stand in
// the files nb*.go. Reading a form stands beside rendering it.
package templates

import (
	"slices"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/text/message"

	"github.com/samsvar/samsvar/hiring"
)

// House is what every text needs to know of the workspace.
type House struct {
	Command  string // the slash command, such as /hire
	Settings hiring.Settings
	Presets  []Preset // what an intake can begin with; none is fine
	// DigestChannel hears the digest over all roles; empty for none.
	DigestChannel hiring.ChannelID
}

// Writer renders for one reader: in their language, in their zone.
type Writer struct {
	House
	locale  hiring.Locale
	zone    *time.Location
	printer *message.Printer
}

// For returns the writer for a reader. An unknown language is English; without
// a zone it is the workspace's.
func (h House) For(locale hiring.Locale, zone *time.Location) Writer {
	if locale != hiring.Norwegian {
		locale = hiring.English
	}
	if zone == nil {
		zone = h.Settings.Zone
	}
	if zone == nil {
		zone = time.UTC
	}
	return Writer{House: h, locale: locale, zone: zone, printer: printer(locale)}
}

// Message is what Slack shows in a conversation.
type Message struct {
	Text   string // for notifications and screen readers; mrkdwn, escaped already
	Blocks []slack.Block
	// Plain stands in place of Blocks where Slack takes no charts and tables;
	// nil for the Blocks that are neither.
	Plain []slack.Block `json:",omitempty"`
}

// Drawn says whether there are charts or tables in the message, which not every
// workspace takes.
func (m Message) Drawn() bool { return slices.ContainsFunc(m.Blocks, drawn) }

// WithoutCharts returns the blocks for a workspace that takes no charts and no
// tables.
func (m Message) WithoutCharts() []slack.Block {
	if m.Plain != nil {
		return m.Plain
	}
	return slices.DeleteFunc(slices.Clone(m.Blocks), drawn)
}

func drawn(b slack.Block) bool {
	return b.BlockType() == slack.MBTDataVisualization || b.BlockType() == slack.MBTDataTable
}

// Audience says who reads a conversation. It decides what may be named there.
type Audience int

// The audiences.
const (
	OnePerson      Audience = iota // somebody who may see what it is about
	PrivateChannel                 // names, never ratings
	PublicChannel                  // C-41 only
)
