// Package slacksim is a Slack in a box, for testing Slack apps and for trying
// them without a workspace: Web API, Socket Mode, Block Kit validation and
// faults on demand, in one process on a loopback port. It knows nothing of
// the app it serves.
//
// Start it, point the app at [Slack.APIURL] with [Slack.BotToken] and
// [Slack.AppToken], and act as people do:
//
//	s, err := slacksim.Start(slacksim.Options{})
//	defer s.Close()
//	kari := s.AddUser(slacksim.User{Name: "kari", RealName: "Kari Solberg", TZ: "Europe/Oslo"})
//	general := s.AddChannel(slacksim.Channel{Name: "general", Members: []string{kari.ID}, BotIsMember: true})
//	// … start the app …
//	s.AwaitConnected(ctx, 1)
//
//	kari.Command(ctx, general, "/todo", "add")       // a slash command
//	form, err := kari.AwaitModal(ctx, "New todo")     // the modal it opens
//	form.Fill("What", "Call Nora")                    // inputs by their labels
//	res, err := form.Submit(ctx)                      // res.Errors by label
//	m, err := kari.AwaitMessage(ctx, general, func(m slacksim.Message) bool { … })
//	kari.Press(ctx, m, "Done")                        // buttons by their texts
//	kari.OpenHome()
//
// # What it does as Slack does
//
// An app that does not acknowledge within three seconds gives the person
// [ErrTimeout]; an acknowledgement Slack cannot use gives [ErrTrouble], and
// one of 20 KB or more is dropped. Trigger ids live three seconds and work
// once. Modals stack three deep; view hashes go stale; what was typed stays
// across updates where block and action ids stay. Ephemeral messages are seen
// by one person; response URLs work five times within thirty minutes. Events
// that are not acknowledged come again. Every block and view is checked
// against Block Kit's rules as it arrives on the wire.
//
// # Faults
//
// [Slack.RateLimit], [Slack.Fail], [Slack.FailAfter], [Slack.LoseReply],
// [Slack.Delay], [Slack.DeliverTwice], [Slack.DeliverAgain], [Slack.LoseAcks],
// [Slack.DropSockets], [Slack.Disconnect], [Slack.Crowd] and [Slack.Revoke] make bad days;
// [Slack.Heal] ends them. [Options].Tiers switches Slack's own rate
// limits on.
//
// # Time
//
// [Options].Clock is the time of messages, triggers and limits, so that a test
// can move it. How long an acknowledgement may take and how often a socket is
// pinged is real time.
package slacksim
