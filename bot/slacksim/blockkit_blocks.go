package slacksim

// viewTypes are the two kinds of view.
var viewTypes = map[string]kitObject{
	"modal": {
		need: kitFields{"title": plainText(maxViewTitle), "blocks": viewBlocks},
		may: joinFields(viewFields, kitFields{
			"submit": plainText(maxViewTitle), "close": plainText(maxViewTitle),
			"clear_on_close": kitBool{}, "notify_on_close": kitBool{},
		}),
		rules: []kitRule{submitWithInput},
	},
	"home": {
		need: kitFields{"blocks": viewBlocks},
		may:  viewFields,
	},
}

var viewFields = kitFields{
	"private_metadata": kitString{max: maxPrivateMetadata},
	"callback_id":      kitString{max: maxID},
	"external_id":      kitString{max: maxID},
}

var (
	messageBlocks = kitList{0, maxMessageBlocks, kitBlock{}}
	viewBlocks    = kitList{1, maxViewBlocks, kitBlock{}}
)

// newBlock adds what every block has.
func newBlock(need, may kitFields, rules ...kitRule) kitObject {
	return kitObject{
		need:  need,
		may:   joinFields(may, kitFields{"block_id": kitString{min: 1, max: maxID}}),
		rules: append([]kitRule{uniqueBlockID}, rules...),
	}
}

// blockOf is a block of one of the named types.
func blockOf(names ...string) kitBlock { return kitBlock{names} }

// nowhere is the surface of what an app can receive but not send.
const nowhere surface = "none"

// nesting marks a block that holds other blocks.
func nesting(o kitObject) kitObject {
	o.nests = true
	return o
}

// blockTypes are the blocks an app can send. The surfaces are those of
// https://docs.slack.dev/blocks.json, where a file block is listed nowhere: it
// only ever arrives from Slack.
var blockTypes = map[string]kitObject{
	"actions": newBlock(
		kitFields{"elements": kitList{1, maxActions, elementOf(actionElements...)}}, nil,
		uniqueActionIDs),
	"alert": newBlock(
		kitFields{"text": anyText(maxAlert)},
		kitFields{"level": kitEnum{"default", "info", "warning", "error", "success"}},
	).only(surfaceModal),
	"call": newBlock(kitFields{"call_id": kitString{min: 1}}, nil).only(surfaceMessage),
	"card": newBlock(nil, kitFields{
		"hero_image": imageElement, "icon": imageElement, "slack_icon": slackIcon,
		"title": anyText(maxCardTitle), "subtitle": anyText(maxCardTitle),
		"body": anyText(maxCardBody), "subtext": anyText(maxCardBody),
		"actions": kitList{1, maxCardActions, elementOf("button")},
	}, needOne("hero_image", "title", "actions", "body"), atMostOne("icon", "slack_icon"), uniqueActionIDs),
	"carousel": newBlock(
		kitFields{"elements": kitList{1, maxCards, blockOf("card")}}, nil,
	).only(surfaceMessage, surfaceHome),
	"container": nesting(newBlock(
		kitFields{"child_blocks": kitList{1, maxChildBlocks, blockOf(containerBlocks...)}},
		kitFields{
			"title": plainText(maxContainerTitle), "rich_text_title": blockOf("rich_text"),
			"subtitle": anyText(maxContainerTitle), "icon": imageElement,
			"width":          kitEnum{"narrow", "standard", "wide", "full"},
			"is_collapsible": kitBool{}, "default_collapsed": kitBool{}, "has_header_divider": kitBool{},
		},
		needOne("title", "rich_text_title"), collapsing,
	).only(surfaceMessage)),
	"context": newBlock(
		kitFields{"elements": kitList{1, maxContext, kitOneOf{set: contextTypes}}}, nil),
	"context_actions": newBlock(
		kitFields{"elements": kitList{1, maxContextActions, elementOf("feedback_buttons", "icon_button")}}, nil,
		uniqueActionIDs).only(surfaceMessage),
	"data_table": newBlock(
		kitFields{
			"caption": kitString{min: 1},
			"rows": kitList{minDataTableRows, maxDataTableRows, kitList{1, maxTableColumns,
				cellOf("raw_text", "raw_number", "rich_text", "action_cell")}},
		},
		kitFields{
			"page_size":               kitInt{1, maxDataTablePage},
			"row_header_column_index": kitInt{0, maxTableColumns - 1},
		},
		plainHeaderRow, rowHeaderColumn, uniqueCellActionIDs, totalText("data_table", "rows", maxDataTableText),
	).only(surfaceMessage, surfaceHome),
	"data_visualization": newBlock(
		kitFields{"title": kitString{min: 1, max: maxChartTitle}, "chart": kitOneOf{set: chartTypes}}, nil,
		countCharts).only(surfaceMessage),
	"divider": newBlock(nil, nil),
	"file": newBlock(
		kitFields{"external_id": kitString{min: 1}, "source": kitEnum{"remote"}}, nil,
	).only(nowhere),
	"header": newBlock(
		kitFields{"text": plainText(maxHeader)},
		kitFields{"level": kitInt{1, maxHeaderLevel}}),
	"image": newBlock(
		kitFields{"alt_text": kitString{min: 1, max: maxAltText}},
		joinFields(imageSource, kitFields{"title": plainText(maxImageTitle)}),
		exactlyOne("image_url", "slack_file")),
	"input": newBlock(
		kitFields{"label": plainText(maxInputLabel), "element": elementOf(inputElements...)},
		kitFields{"hint": plainText(maxInputLabel), "optional": kitBool{}, "dispatch_action": kitBool{}}),
	"layout": nesting(newBlock(
		kitFields{
			"label": kitString{min: 1, max: maxContainerTitle},
			"rows":  kitList{1, maxLayoutRows, layoutRow},
		},
		kitFields{
			"is_label_visible": kitBool{},
			"grid_lines":       kitEnum{"none", "rows", "outer"},
			"fallback":         kitList{0, maxMessageBlocks, blockOf(stableBlocks...)},
		})),
	"markdown": newBlock(
		kitFields{"text": kitString{min: 1, max: maxMarkdown}}, nil,
		totalText("markdown", "text", maxMarkdown)).only(surfaceMessage),
	"plan": newBlock(
		kitFields{"title": kitString{min: 1}},
		kitFields{"tasks": kitList{0, maxMessageBlocks, blockOf("task_card")}},
	).only(surfaceMessage),
	"rich_text": newBlock(
		kitFields{"elements": kitList{1, unlimited, kitOneOf{set: richTypes}}}, nil),
	"section": newBlock(nil, kitFields{
		"text":      anyText(maxText),
		"fields":    kitList{1, maxSectionFields, anyText(maxSectionField)},
		"accessory": elementOf(accessoryElements...),
		"expand":    kitBool{},
	}, needOne("text", "fields")),
	"table": newBlock(
		kitFields{"rows": kitList{1, maxTableRows, kitList{1, maxTableColumns,
			cellOf("raw_text", "raw_number", "rich_text")}}},
		kitFields{"column_settings": kitList{1, maxTableColumns, kitObject{may: kitFields{
			"align": kitEnum{"left", "center", "right"}, "is_wrapped": kitBool{},
		}}}},
		totalText("table", "rows", maxTableText),
	).only(surfaceMessage, surfaceHome),
	"task_card": newBlock(
		kitFields{"task_id": kitString{min: 1}, "title": kitString{min: 1}},
		kitFields{
			"status":  kitEnum{"pending", "in_progress", "complete", "error"},
			"details": blockOf("rich_text"), "output": blockOf("rich_text"),
			"sources":    kitList{0, unlimited, sourceLink},
			"hide_title": kitBool{},
		}).only(surfaceMessage),
	"video": newBlock(
		kitFields{
			"video_url": kitString{min: 1, max: maxURL, form: httpsForm}, "thumbnail_url": anyURL,
			"alt_text": kitString{min: 1, max: maxVideoText}, "title": plainText(maxVideoText),
		},
		kitFields{
			"title_url":   kitString{min: 1, max: maxURL, form: httpsForm},
			"author_name": kitString{max: maxVideoName}, "provider_name": kitString{max: maxVideoName},
			"provider_icon_url": anyURL, "description": plainText(maxVideoText),
		}),
}

// stableBlocks may stand in a layout's fallback, says slack-go v0.35.0; the
// others are those a layout or a container may hold besides.
var (
	stableBlocks    = []string{"context", "divider", "header", "image", "rich_text", "section", "table", "video"}
	containerBlocks = append([]string{"actions", "file", "input", "layout"}, stableBlocks...)
	layoutBlocks    = append([]string{
		"actions", "alert", "card", "carousel", "container", "data_table", "data_visualization", "file", "input",
	}, stableBlocks...)
)

var layoutRow = kitObject{need: kitFields{"items": kitList{1, maxLayoutItems, kitObject{
	need: kitFields{"block": blockOf(layoutBlocks...)},
	may: kitFields{
		"width":                kitEnum{"narrow", "standard", "wide"},
		"horizontal_alignment": kitEnum{"start", "center", "end"},
	},
}}}}
