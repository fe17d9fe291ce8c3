package slacksim

// Slack's limits. Those without a remark stand on the page of the block, the
// element or the object below https://docs.slack.dev/reference/block-kit/.
// Lengths are code points, as in the models of slackapi/python-slack-sdk.
const (
	// Surfaces: /reference/block-kit/blocks and /reference/views.
	maxMessageBlocks   = 50
	maxViewBlocks      = 100
	maxViewBytes       = 250_000 // view_too_large, /reference/methods/views.open
	maxViewTitle       = 24      // submit and close too
	maxPrivateMetadata = 3000
	maxID              = 255 // block_id, action_id, callback_id, external_id

	// Composition objects.
	maxText           = 3000
	maxConfirmTitle   = 100
	maxConfirmText    = 300
	maxConfirmButton  = 30
	maxOptionText     = 75 // description and group label too
	maxOptionValue    = 150
	maxOptions        = 100 // groups and options per group too
	maxChoices        = 10  // checkboxes, radio buttons
	maxOverflow       = 5
	maxURL            = 3000
	maxConditions     = 2 // dispatch_action_config
	maxConversations  = 4 // kinds in a conversation filter
	maxVisibleToUsers = 10

	// Elements.
	maxButtonText  = 75 // accessibility_label too
	maxButtonValue = 2000
	maxPlaceholder = 150
	maxInputLength = 3000
	maxInputLines  = 100
	maxInputFiles  = 10
	unixDigitsMin  = 1_000_000_000 // initial_date_time has ten digits
	unixDigitsMax  = 9_999_999_999

	// Blocks.
	maxHeader         = 150
	maxHeaderLevel    = 4
	maxSectionFields  = 10
	maxSectionField   = 2000
	maxContext        = 10
	maxContextActions = 5
	maxActions        = 25
	maxAltText        = 2000
	maxImageTitle     = 2000
	maxInputLabel     = 2000 // hint too
	maxMarkdown       = 12_000
	maxVideoText      = 200 // title, description and alt_text
	maxVideoName      = 50  // author and provider
	maxAlert          = 200
	maxCardTitle      = 150 // subtitle too
	maxCardBody       = 200 // subtext too
	maxCardActions    = 3
	maxCards          = 10
	maxContainerTitle = 150 // subtitle and layout label too
	maxChildBlocks    = 10
	maxNesting        = 2 // slack-go v0.35.0, ContainerBlock
	maxLayoutRows     = 5 // slack-go v0.35.0, LayoutBlock.Validate
	maxLayoutItems    = 3

	// Tables and charts.
	maxTableRows         = 100
	maxTableColumns      = 20
	maxTableText         = 10_000 // over all tables of a message
	minDataTableRows     = 2
	maxDataTableRows     = 201
	maxDataTablePage     = 100
	maxDataTableText     = 20_000
	maxCharts            = 2 // per message
	maxChartTitle        = 50
	maxChartSeries       = 12 // segments too; slack-go v0.35.0 still says 6
	maxChartPoints       = 20
	maxChartLabel        = 20
	maxAxisLabel         = 50
	maxRichTextListDepth = 8

	// unlimited is for what Slack sets no limit of its own to.
	unlimited = 10_000
)
