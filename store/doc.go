// Package store keeps the record of Samsvar in one bbolt file.
//
// Every exported method is one transaction. Writers that come at the same
// time share a commit, and with it the sync to disk, and one write of each
// counter that they move. What they have decoded is left to those after them.
// The nouns are written on a small transaction over ordered keys; only
// engine.go imports bbolt.
//
// # The file
//
// Below, a line without a branch is a bucket and the lines under it are its
// keys, with the value after the arrow. A bare word stands for itself. The
// other parts of a key are, without anything between them:
//
//	#x  a number of 8 bytes, big-endian
//	@x  a moment of 8 bytes: nanoseconds since 1970, sortable
//	$x  a text ended by NUL
//	*x  a subject: $kind #role #revision #candidate $stage $person $week
//
// Values are JSON, except numbers and moments, which are as in keys, and
// keys. Nothing is the empty value. Where bbolt has a bucket's sequence, the sum
// of its records stands; check.go.
//
//	meta
//	├─ format → the word samsvar
//	├─ version → of the file, in digits; migrations.go
//	├─ closed → when the file was closed, which is its time of change; not while it is open
//	├─ rules → what admins have set; not before they do
//	├─ charts → when Slack last refused a chart; not before it does
//	└─ calendar → the working time that counts are made in
//	sequence
//	├─ role → the last number given
//	├─ candidate → the last number given
//	├─ event → the last number given
//	└─ notice → the last number given
//	role
//	└─ #role → the role with every revision of its brief
//	person
//	└─ $user → the person
//	unfinished
//	└─ $user #role → the intake form as far as it is filled in; role 0 is a new one
//	candidate
//	└─ #candidate → the candidate; personal data stands here …
//	candidate-of-role
//	└─ #role #candidate → nothing
//	candidate-active
//	└─ #role #candidate → nothing; only while the outcome is active
//	feedback
//	└─ #candidate $stage $interviewer → the feedback; … and in its free text, nowhere else
//	event
//	└─ #event → the event
//	correction
//	└─ #role @at #event → nothing; for each event that corrects another
//	count
//	└─ #role $week $measure $stage $source $person #value → how many; role 0 is all together, week is empty for what is so now
//	owed
//	└─ *subject → what is owed
//	owed-by-time
//	└─ @nudge *subject → the id of who owes it
//	owed-by-person
//	└─ $user @remind *subject → the key in owed
//	owed-by-role
//	└─ #role @due *subject → which promise it is, or paused
//	notice
//	└─ #notice → the notice and where it stands; gone once settled
//	notice-queued
//	└─ #urgency @notbefore #notice → the key in unreachable of where it goes, and #tries once it was put back
//	notice-sending
//	└─ #notice → nothing
//	notice-to
//	└─ $user $channel #notice → nothing; one of user and channel is empty
//	unreachable
//	└─ $user $channel → what keeps messages from there; gone once one arrived
//	refresh
//	└─ #post → the key in notice of the refresh that is queued for the post
//	post
//	└─ #notice → the message that the notice became
//	post-about
//	└─ *subject #notice → the key in post
//	once
//	└─ $act → when it was carried out, and a hash of what the form said that asked for it
//	once-by-time
//	└─ @at $act → nothing
//	run
//	└─ $job → when it last ran
//	subscription
//	└─ #role $channel → when and how a channel hears a role's digest; role 0 is all roles
package store
