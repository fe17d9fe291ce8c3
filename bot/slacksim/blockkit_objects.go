package slacksim

import "maps"

// joinFields merges sets of fields into a new one.
func joinFields(sets ...kitFields) kitFields {
	all := kitFields{}
	for _, set := range sets {
		maps.Copy(all, set)
	}
	return all
}

// plainText is a plain_text object of 1 to max code points.
func plainText(max int) kitOneOf {
	return kitOneOf{set: map[string]kitObject{"plain_text": {
		need: kitFields{"text": kitString{min: 1, max: max}},
		may:  kitFields{"emoji": kitBool{}},
	}}}
}

// anyText is a plain_text or mrkdwn object of 1 to max code points.
func anyText(max int) kitOneOf {
	text := plainText(max)
	text.set["mrkdwn"] = kitObject{
		need: kitFields{"text": kitString{min: 1, max: max}},
		may:  kitFields{"verbatim": kitBool{}},
	}
	return text
}

var anyURL = kitString{min: 1, max: maxURL, form: urlForm}

// imageSource is where a picture comes from: exactly one of the two.
var imageSource = kitFields{
	"image_url": anyURL,
	"slack_file": kitObject{
		may:   kitFields{"id": kitString{min: 1}, "url": anyURL},
		rules: []kitRule{exactlyOne("id", "url")},
	},
}

var confirmDialog = kitObject{
	need: kitFields{
		"title": plainText(maxConfirmTitle), "text": anyText(maxConfirmText),
		"confirm": plainText(maxConfirmButton), "deny": plainText(maxConfirmButton),
	},
	may: kitFields{"style": buttonStyle},
}

var buttonStyle = kitEnum{"primary", "danger"}

// kitOption is one choice. Its text is plain in menus, and may be mrkdwn beside
// checkboxes and radio buttons.
func kitOption(text kitShape, more kitFields) kitObject {
	return kitObject{
		need: kitFields{"text": text, "value": kitString{min: 1, max: maxOptionValue}},
		may:  joinFields(more, kitFields{"description": text}),
	}
}

var (
	menuOption     = kitOption(plainText(maxOptionText), nil)
	choiceOption   = kitOption(anyText(maxOptionText), nil)
	overflowOption = kitOption(plainText(maxOptionText), kitFields{"url": anyURL})
)

var optionGroup = kitObject{
	need:  kitFields{"label": plainText(maxOptionText), "options": kitList{1, maxOptions, menuOption}},
	rules: []kitRule{distinctValues},
}

var conversationFilter = kitObject{
	may: kitFields{
		"include":                          kitList{1, maxConversations, kitEnum{"im", "mpim", "private", "public"}},
		"exclude_external_shared_channels": kitBool{},
		"exclude_bot_users":                kitBool{},
	},
	rules: []kitRule{needOne("include", "exclude_external_shared_channels", "exclude_bot_users")},
}

var dispatchConfig = kitObject{need: kitFields{
	"trigger_actions_on": kitList{1, maxConditions, kitEnum{"on_enter_pressed", "on_character_entered"}},
}}

var slackIcon = kitOneOf{set: map[string]kitObject{
	"icon": {need: kitFields{"name": kitString{min: 1}}},
}}

var sourceLink = kitOneOf{set: map[string]kitObject{
	"url": {need: kitFields{"url": anyURL, "text": kitString{min: 1}}},
}}

// cellOf is a table cell of one of the named types.
func cellOf(names ...string) kitOneOf { return kitOneOf{cellTypes, names} }

var rawText = kitObject{need: kitFields{"text": kitString{min: 1}}}

var rawNumber = kitObject{
	need: kitFields{"value": kitNumber{}},
	may:  kitFields{"text": kitString{min: 1}},
}

var cellTypes = map[string]kitObject{
	"raw_text":   rawText,
	"raw_number": rawNumber,
	"rich_text":  {need: kitFields{"elements": kitList{1, unlimited, kitOneOf{set: richTypes}}}},
	"action_cell": {
		need: kitFields{"element": elementOf("button")},
		may: kitFields{"fallback": kitOneOf{set: map[string]kitObject{
			"raw_text": rawText, "raw_number": rawNumber,
		}}},
	},
}

var chartTypes = map[string]kitObject{
	"pie": {need: kitFields{"segments": kitList{1, maxChartSeries, kitObject{
		need: kitFields{"label": chartLabel, "value": kitNumber{positive: true}},
	}}}},
	"bar":  seriesChart,
	"area": seriesChart,
	"line": seriesChart,
}

var chartLabel = kitString{min: 1, max: maxChartLabel}

var seriesChart = kitObject{
	need: kitFields{
		"series": kitList{1, maxChartSeries, kitObject{need: kitFields{
			"name": chartLabel,
			"data": kitList{1, maxChartPoints, kitObject{
				need: kitFields{"label": chartLabel, "value": kitNumber{}},
			}},
		}}},
		"axis_config": kitObject{
			need: kitFields{"categories": kitList{1, maxChartPoints, chartLabel}},
			may: kitFields{
				"x_label": kitString{max: maxAxisLabel}, "y_label": kitString{max: maxAxisLabel},
			},
		},
	},
	rules: []kitRule{distinctSeries, pointPerCategory},
}

// richTypes are the parts of a rich_text block, inlineTypes the parts of those.
var richTypes = map[string]kitObject{
	"rich_text_section": {need: kitFields{"elements": inlineOf()}},
	"rich_text_quote":   {need: kitFields{"elements": inlineOf()}, may: kitFields{"border": kitInt{0, 1}}},
	"rich_text_preformatted": {
		need: kitFields{"elements": inlineOf("text", "link")},
		may:  kitFields{"border": kitInt{0, 1}, "language": kitString{}},
	},
	"rich_text_list": {
		need: kitFields{
			"style": kitEnum{"bullet", "ordered"},
			"elements": kitList{1, unlimited, kitOneOf{set: map[string]kitObject{
				"rich_text_section": {need: kitFields{"elements": inlineOf()}},
			}}},
		},
		may: kitFields{
			"indent": kitInt{0, maxRichTextListDepth}, "border": kitInt{0, 1}, "offset": kitInt{0, unlimited},
		},
	},
}

// inlineOf is the running text of a rich_text part.
func inlineOf(names ...string) kitList {
	return kitList{0, unlimited, kitOneOf{inlineTypes, names}}
}

var textStyle = kitFields{"style": kitObject{may: kitFields{
	"bold": kitBool{}, "italic": kitBool{}, "strike": kitBool{}, "code": kitBool{}, "underline": kitBool{},
	"highlight": kitBool{}, "client_highlight": kitBool{}, "unlink": kitBool{},
}}}

// styled is a part of running text.
func styled(need, may kitFields) kitObject {
	return kitObject{need: need, may: joinFields(may, textStyle)}
}

var inlineTypes = map[string]kitObject{
	"text":      styled(kitFields{"text": kitString{min: 1}}, nil),
	"link":      styled(kitFields{"url": anyURL}, kitFields{"text": kitString{}, "unsafe": kitBool{}}),
	"user":      styled(kitFields{"user_id": kitString{min: 1}}, nil),
	"channel":   styled(kitFields{"channel_id": kitString{min: 1}}, nil),
	"usergroup": styled(kitFields{"usergroup_id": kitString{min: 1}}, nil),
	"team":      styled(kitFields{"team_id": kitString{min: 1}}, nil),
	"broadcast": styled(kitFields{"range": kitEnum{"here", "channel", "everyone"}}, nil),
	"color":     styled(kitFields{"value": kitString{min: 1}}, nil),
	"emoji": styled(kitFields{"name": kitString{min: 1}}, kitFields{
		"unicode": kitString{}, "url": anyURL, "skin_tone": kitInt{1, 6},
	}),
	"date": styled(kitFields{"timestamp": kitInt{0, unixDigitsMax}, "format": kitString{min: 1}}, kitFields{
		"url": anyURL, "fallback": kitString{min: 1}, "timezone": kitString{min: 1},
	}),
	"tag": styled(kitFields{"text": kitString{min: 1}}, kitFields{"color": kitEnum{
		"gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red",
	}}),
}
