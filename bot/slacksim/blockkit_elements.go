package slacksim

// Which elements a block may hold, from @slack/types 3.2.0.
var (
	menuElements = []string{
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
		"multi_static_select", "multi_external_select", "multi_users_select",
		"multi_conversations_select", "multi_channels_select",
	}
	choiceElements    = append([]string{"checkboxes", "radio_buttons", "datepicker", "timepicker"}, menuElements...)
	accessoryElements = append([]string{"button", "image", "overflow", "workflow_button"}, choiceElements...)
	actionElements    = append([]string{
		"button", "overflow", "workflow_button", "datetimepicker", "rich_text_input",
	}, choiceElements...)
	inputElements = append([]string{
		"plain_text_input", "rich_text_input", "email_text_input", "url_text_input",
		"number_input", "file_input", "datetimepicker",
	}, choiceElements...)
)

// elementOf is an element of one of the named types.
func elementOf(names ...string) kitOneOf { return kitOneOf{elementTypes, names} }

// What several elements have in common.
var (
	actionable   = kitFields{"action_id": kitString{min: 1, max: maxID}}
	confirmable  = kitFields{"confirm": confirmDialog}
	focusable    = kitFields{"focus_on_load": kitBool{}}
	placeholding = kitFields{"placeholder": plainText(maxPlaceholder)}
	dispatching  = kitFields{"dispatch_action_config": dispatchConfig}
	labelled     = kitFields{"accessibility_label": kitString{max: maxButtonText}}
	restricted   = kitFields{"visible_to_user_ids": kitList{1, maxVisibleToUsers, kitString{min: 1}}}
	responding   = kitFields{"response_url_enabled": kitBool{}}
	pickable     = joinFields(actionable, confirmable, focusable)
	selectable   = joinFields(pickable, placeholding)
	typable      = joinFields(actionable, focusable, placeholding, dispatching)
	multiple     = joinFields(selectable, kitFields{"max_selected_items": kitInt{1, unlimited}})
	searching    = kitFields{"min_query_length": kitInt{0, unlimited}}
	conversing   = kitFields{"default_to_current_conversation": kitBool{}, "filter": conversationFilter}
	listing      = kitFields{
		"options":       kitList{1, maxOptions, menuOption},
		"option_groups": kitList{1, maxOptions, optionGroup},
	}
)

// chosen is a list of IDs or options that are chosen from the start.
func chosen(of kitShape) kitList { return kitList{1, unlimited, of} }

// feedbackButton is one half of feedback_buttons.
var feedbackButton = kitObject{
	need: kitFields{"text": plainText(maxButtonText), "value": kitString{max: maxButtonValue}},
	may:  labelled,
}

var imageObject = kitObject{
	need:  kitFields{"alt_text": kitString{min: 1, max: maxAltText}},
	may:   imageSource,
	rules: []kitRule{exactlyOne("image_url", "slack_file")},
}

var imageElement = elementOf("image")

// contextTypes are what a context block holds.
var contextTypes = map[string]kitObject{
	"image": imageObject, "plain_text": anyText(maxText).set["plain_text"], "mrkdwn": anyText(maxText).set["mrkdwn"],
}

// elementTypes are the elements an app can send. The surfaces are those of the
// elements' own pages, which are stricter than the input block's.
var elementTypes = map[string]kitObject{
	"button": {
		need: kitFields{"text": plainText(maxButtonText)},
		may: joinFields(actionable, confirmable, labelled, restricted, kitFields{
			"url": anyURL, "value": kitString{max: maxButtonValue}, "style": buttonStyle,
			"agent_prompt": kitString{}, "agent_prompt_display": kitString{},
		}),
	},
	"checkboxes": {
		need: kitFields{"options": kitList{1, maxChoices, choiceOption}},
		may: joinFields(pickable, restricted, kitFields{
			"initial_options": kitList{1, maxChoices, choiceOption},
		}),
		rules: []kitRule{distinctValues, initialAmongOptions, focusOnce},
	},
	"datepicker": {
		may:   joinFields(selectable, kitFields{"initial_date": kitString{min: 1, form: dateForm}}),
		rules: []kitRule{focusOnce},
	},
	"datetimepicker": kitObject{
		may:   joinFields(pickable, kitFields{"initial_date_time": kitInt{unixDigitsMin, unixDigitsMax}}),
		rules: []kitRule{focusOnce},
	}.only(surfaceMessage, surfaceModal),
	"email_text_input": kitObject{
		may:   joinFields(typable, kitFields{"initial_value": kitString{}}),
		rules: []kitRule{focusOnce},
	}.only(surfaceModal),
	"feedback_buttons": kitObject{
		need: kitFields{"positive_button": feedbackButton, "negative_button": feedbackButton},
		may:  actionable,
	}.only(surfaceMessage),
	"file_input": kitObject{
		may: joinFields(actionable, kitFields{
			"filetypes": kitList{1, unlimited, kitString{min: 1}},
			"max_files": kitInt{1, maxInputFiles},
		}),
	}.only(surfaceModal),
	"icon_button": kitObject{
		need: kitFields{"icon": kitString{min: 1}, "text": plainText(maxButtonText)},
		may: joinFields(actionable, confirmable, labelled, restricted, kitFields{
			"value": kitString{max: maxButtonValue},
		}),
	}.only(surfaceMessage),
	"image": imageObject,
	"number_input": kitObject{
		need: kitFields{"is_decimal_allowed": kitBool{}},
		may: joinFields(typable, kitFields{
			"initial_value": kitString{min: 1, form: numberForm}, "min_value": kitString{min: 1, form: numberForm},
			"max_value": kitString{min: 1, form: numberForm},
		}),
		rules: []kitRule{numberBounds, focusOnce},
	}.only(surfaceModal),
	"overflow": {
		need:  kitFields{"options": kitList{1, maxOverflow, overflowOption}},
		may:   joinFields(actionable, confirmable),
		rules: []kitRule{distinctValues},
	},
	"plain_text_input": {
		may: joinFields(typable, kitFields{
			"initial_value": kitString{max: maxInputLength}, "multiline": kitBool{},
			"min_length": kitInt{0, maxInputLength}, "max_length": kitInt{1, maxInputLength},
		}),
		rules: []kitRule{lengthBounds, focusOnce},
	},
	"radio_buttons": {
		need:  kitFields{"options": kitList{1, maxChoices, choiceOption}},
		may:   joinFields(pickable, kitFields{"initial_option": choiceOption}),
		rules: []kitRule{distinctValues, initialAmongOptions, focusOnce},
	},
	"rich_text_input": kitObject{
		may: joinFields(typable, kitFields{
			"initial_value": blockOf("rich_text"),
			"min_lines":     kitInt{1, maxInputLines}, "max_lines": kitInt{1, maxInputLines},
		}),
		rules: []kitRule{focusOnce},
	}.only(surfaceModal, surfaceHome),
	"timepicker": {
		may: joinFields(selectable, kitFields{
			"initial_time": kitString{min: 1, form: timeForm}, "timezone": kitString{min: 1, form: zoneForm},
		}),
		rules: []kitRule{focusOnce},
	},
	"url_text_input": kitObject{
		may:   joinFields(typable, kitFields{"initial_value": kitString{}}),
		rules: []kitRule{focusOnce},
	}.only(surfaceModal),
	"workflow_button": kitObject{
		need: kitFields{
			"text": plainText(maxButtonText),
			"workflow": kitObject{need: kitFields{"trigger": kitObject{
				need: kitFields{"url": anyURL},
				may: kitFields{"customizable_input_parameters": kitList{0, unlimited, kitObject{
					need: kitFields{"name": kitString{min: 1}, "value": kitString{}},
				}}},
			}}},
		},
		may: joinFields(actionable, confirmable, labelled, kitFields{"style": buttonStyle}),
	}.only(surfaceMessage),

	"static_select": {
		may:   joinFields(selectable, listing, kitFields{"initial_option": menuOption}),
		rules: []kitRule{exactlyOne("options", "option_groups"), distinctValues, initialAmongOptions, focusOnce},
	},
	"multi_static_select": {
		may:   joinFields(multiple, listing, kitFields{"initial_options": chosen(menuOption)}),
		rules: []kitRule{exactlyOne("options", "option_groups"), distinctValues, initialAmongOptions, initialCount, focusOnce},
	},
	"external_select": {
		may:   joinFields(selectable, searching, kitFields{"initial_option": menuOption}),
		rules: []kitRule{focusOnce},
	},
	"multi_external_select": {
		may:   joinFields(multiple, searching, kitFields{"initial_options": chosen(menuOption)}),
		rules: []kitRule{initialCount, focusOnce},
	},
	"users_select": {
		may:   joinFields(selectable, kitFields{"initial_user": kitString{min: 1}}),
		rules: []kitRule{focusOnce},
	},
	"multi_users_select": {
		may:   joinFields(multiple, kitFields{"initial_users": chosen(kitString{min: 1})}),
		rules: []kitRule{initialCount, focusOnce},
	},
	"conversations_select": {
		may:   joinFields(selectable, responding, conversing, kitFields{"initial_conversation": kitString{min: 1}}),
		rules: []kitRule{respondInModal, focusOnce},
	},
	"multi_conversations_select": {
		may:   joinFields(multiple, conversing, kitFields{"initial_conversations": chosen(kitString{min: 1})}),
		rules: []kitRule{initialCount, focusOnce},
	},
	"channels_select": {
		may:   joinFields(selectable, responding, kitFields{"initial_channel": kitString{min: 1}}),
		rules: []kitRule{respondInModal, focusOnce},
	},
	"multi_channels_select": {
		may:   joinFields(multiple, kitFields{"initial_channels": chosen(kitString{min: 1})}),
		rules: []kitRule{initialCount, focusOnce},
	},
}
