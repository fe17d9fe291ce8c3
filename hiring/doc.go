// Package hiring holds the words and the rules of Samsvar.
//
// It is pure: no input or output, no clock, only the standard library. A rule
// takes what the record holds, the person who acts and now, and returns the
// [Change] to write, or an [Error] that a person can read. Nothing here knows
// Slack or the database.
//
// The words (role, brief, sign-off, drift, stage, candidate, feedback, nudge,
// escalation, digest, event, notice) are used in their one meaning everywhere
// in the project; docs/architecture.md lists them.
package hiring
