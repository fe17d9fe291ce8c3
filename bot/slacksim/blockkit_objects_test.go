package slacksim

import "fmt"

// confirming puts a confirm object on a button.
func confirming(title, text, confirm, deny, more string) string {
	return acting(buttonJSON(fmt.Sprintf(`,"confirm":{"title":%s,"text":%s,"confirm":%s,"deny":%s%s}`, title, text, confirm, deny, more)))
}

var (
	yesJSON = plainJSON("Yes")
	optJSON = `{"text":` + plainJSON("A") + `,"value":"a"}`
)

// optionsJSON is n options with values of their own.
func optionsJSON(n int) string { return listJSON(n, `{"text":`+plainJSON("A")+`,"value":"v%d"}`) }

// menuJSON is a select or a group of boxes in an actions block.
func menuJSON(kind, fields string) string { return acting(typed(kind, fields)) }

var objectRows = []kitRow{
	{
		"text is an object", "",
		oneBlock("section", `"text":`+plainJSON("x")),
		oneBlock("section", `"text":"x"`),
		pointed("must provide an object", "/text"),
	},
	{
		"text has a text", "",
		oneBlock("section", `"text":`+plainJSON("x")),
		oneBlock("section", `"text":{"type":"plain_text"}`),
		pointed("missing required field: text", "/text"),
	},
	{
		"mrkdwn has no emoji", "",
		oneBlock("section", `"text":{"type":"plain_text","text":"x","emoji":true}`),
		oneBlock("section", `"text":{"type":"mrkdwn","text":"x","emoji":true}`),
		pointed("invalid additional property: emoji", "/text"),
	},
	{
		"plain text has no verbatim", "",
		oneBlock("section", `"text":{"type":"mrkdwn","text":"x","verbatim":true}`),
		oneBlock("section", `"text":{"type":"plain_text","text":"x","verbatim":true}`),
		pointed("invalid additional property: verbatim", "/text"),
	},
	{
		"a confirm has all its texts", "",
		confirming(yesJSON, mrkdwnJSON("x"), yesJSON, yesJSON, ""),
		acting(buttonJSON(`,"confirm":{"title":` + yesJSON + `,"text":` + yesJSON + `,"confirm":` + yesJSON + `}`)),
		pointed("missing required field: deny", "/elements/0/confirm"),
	},
	{
		"a confirm's title has 100 characters at most", "",
		confirming(plainJSON(chars(100)), yesJSON, yesJSON, yesJSON, ""),
		confirming(plainJSON(chars(101)), yesJSON, yesJSON, yesJSON, ""),
		pointed("must be less than 101 characters", "/elements/0/confirm/title/text"),
	},
	{
		"a confirm's text has 300 characters at most", "",
		confirming(yesJSON, plainJSON(chars(300)), yesJSON, yesJSON, ""),
		confirming(yesJSON, plainJSON(chars(301)), yesJSON, yesJSON, ""),
		pointed("must be less than 301 characters", "/elements/0/confirm/text/text"),
	},
	{
		"a confirm's buttons have 30 characters at most", "",
		confirming(yesJSON, yesJSON, plainJSON(chars(30)), plainJSON(chars(30)), ""),
		confirming(yesJSON, yesJSON, plainJSON(chars(30)), plainJSON(chars(31)), ""),
		pointed("must be less than 31 characters", "/elements/0/confirm/deny/text"),
	},
	{
		"a confirm has a known style", "",
		confirming(yesJSON, yesJSON, yesJSON, yesJSON, `,"style":"danger"`),
		confirming(yesJSON, yesJSON, yesJSON, yesJSON, `,"style":"default"`),
		pointed("must be a valid enum value", "/elements/0/confirm/style"),
	},
	{
		"a confirm has no type", "",
		confirming(yesJSON, yesJSON, yesJSON, yesJSON, ""),
		confirming(yesJSON, yesJSON, yesJSON, yesJSON, `,"type":"confirm"`),
		pointed("invalid additional property: type", "/elements/0/confirm"),
	},
	{
		"an option has text and value", "",
		menuJSON("overflow", `"options":[`+optJSON+`]`),
		menuJSON("overflow", `"options":[{"text":`+plainJSON("A")+`}]`),
		pointed("missing required field: value", "/elements/0/options/0"),
	},
	{
		"an option's text has 75 characters at most", "",
		menuJSON("overflow", `"options":[{"value":"a","text":`+plainJSON(chars(75))+`}]`),
		menuJSON("overflow", `"options":[{"value":"a","text":`+plainJSON(chars(76))+`}]`),
		pointed("must be less than 76 characters", "/elements/0/options/0/text/text"),
	},
	{
		"an option's value has 150 characters at most", "",
		menuJSON("overflow", `"options":[{"value":"`+chars(150)+`","text":`+yesJSON+`}]`),
		menuJSON("overflow", `"options":[{"value":"`+chars(151)+`","text":`+yesJSON+`}]`),
		pointed("must be less than 151 characters", "/elements/0/options/0/value"),
	},
	{
		"an option's description has 75 characters at most", "",
		menuJSON("checkboxes", `"options":[{"value":"a","text":`+yesJSON+`,"description":`+mrkdwnJSON(chars(75))+`}]`),
		menuJSON("checkboxes", `"options":[{"value":"a","text":`+yesJSON+`,"description":`+mrkdwnJSON(chars(76))+`}]`),
		pointed("must be less than 76 characters", "/elements/0/options/0/description/text"),
	},
	{
		"an option has a url only in an overflow menu", "",
		menuJSON("overflow", `"options":[{"value":"a","text":`+yesJSON+`,"url":"https://a.b"}]`),
		menuJSON("static_select", `"options":[{"value":"a","text":`+yesJSON+`,"url":"https://a.b"}]`),
		pointed("invalid additional property: url", "/elements/0/options/0"),
	},
	{
		"an option is plain text in a menu", "",
		menuJSON("radio_buttons", `"options":[{"value":"a","text":`+mrkdwnJSON("x")+`}]`),
		menuJSON("static_select", `"options":[{"value":"a","text":`+mrkdwnJSON("x")+`}]`),
		pointed("unsupported type: mrkdwn", "/elements/0/options/0/text/type"),
	},
	{
		"options have a value each", "",
		menuJSON("overflow", `"options":`+optionsJSON(2)),
		menuJSON("overflow", `"options":[`+optJSON+`,`+optJSON+`]`),
		pointed(`option value "a" already exists`, "/elements/0/options/1/value"),
	},
	{
		"a dispatch config names its triggers", "",
		asking(typed("plain_text_input", `"dispatch_action_config":{"trigger_actions_on":["on_enter_pressed","on_character_entered"]}`)),
		asking(typed("plain_text_input", `"dispatch_action_config":{"trigger_actions_on":["on_enter"]}`)),
		pointed("must be a valid enum value", "/element/dispatch_action_config/trigger_actions_on/0"),
	},
	{
		"a dispatch config names each trigger once", "",
		asking(typed("plain_text_input", `"dispatch_action_config":{"trigger_actions_on":["on_enter_pressed"]}`)),
		asking(typed("plain_text_input", `"dispatch_action_config":{"trigger_actions_on":`+listJSON(3, `"on_enter_pressed"`)+`}`)),
		pointed("no more than 2 items allowed", "/element/dispatch_action_config/trigger_actions_on"),
	},
	{
		"a filter includes 4 kinds at most", "",
		menuJSON("conversations_select", `"filter":{"include":["im","mpim","private","public"]}`),
		menuJSON("conversations_select", `"filter":{"include":`+listJSON(5, `"im"`)+`}`),
		pointed("no more than 4 items allowed", "/elements/0/filter/include"),
	},
	{
		"a filter says something", "",
		menuJSON("conversations_select", `"filter":{"include":["im","public"],"exclude_bot_users":true}`),
		menuJSON("conversations_select", `"filter":{}`),
		pointed("missing required field: include or exclude_external_shared_channels or exclude_bot_users", "/elements/0/filter"),
	},
	{
		"a filter includes known kinds", "",
		menuJSON("conversations_select", `"filter":{"include":["im"]}`),
		menuJSON("conversations_select", `"filter":{"include":["dm"]}`),
		pointed("must be a valid enum value", "/elements/0/filter/include/0"),
	},
}

var menuRows = []kitRow{
	{
		"a select has options", "",
		menuJSON("static_select", `"options":`+optionsJSON(100)),
		menuJSON("static_select", `"options":`+optionsJSON(101)),
		pointed("no more than 100 items allowed", "/elements/0/options"),
	},
	{
		"a select has at least one option", "",
		menuJSON("multi_static_select", `"options":[`+optJSON+`]`),
		menuJSON("multi_static_select", `"options":[]`),
		pointed("no fewer than 1 items allowed", "/elements/0/options"),
	},
	{
		"a select has options or groups", "",
		menuJSON("static_select", `"option_groups":[{"label":`+yesJSON+`,"options":[`+optJSON+`]}]`),
		menuJSON("static_select", ""),
		pointed("missing required field: options or option_groups", "/elements/0"),
	},
	{
		"a select has not both", "",
		menuJSON("static_select", `"options":[`+optJSON+`]`),
		menuJSON("static_select", `"options":[`+optJSON+`],"option_groups":[{"label":`+yesJSON+`,"options":[`+optJSON+`]}]`),
		pointed("only one of options, option_groups allowed", "/elements/0"),
	},
	{
		"a group has a label of 75 characters at most", "",
		menuJSON("static_select", `"option_groups":[{"label":`+plainJSON(chars(75))+`,"options":[`+optJSON+`]}]`),
		menuJSON("static_select", `"option_groups":[{"label":`+plainJSON(chars(76))+`,"options":[`+optJSON+`]}]`),
		pointed("must be less than 76 characters", "/elements/0/option_groups/0/label/text"),
	},
	{
		"a group's options have a value each", "",
		menuJSON("static_select", `"option_groups":[{"label":`+yesJSON+`,"options":`+optionsJSON(2)+`}]`),
		menuJSON("static_select", `"option_groups":[{"label":`+yesJSON+`,"options":[`+optJSON+`,`+optJSON+`]}]`),
		pointed(`option value "a" already exists`, "/elements/0/option_groups/0/options/1/value"),
	},
	{
		"an initial option may stand in a group", "",
		menuJSON("static_select", `"option_groups":[{"label":`+yesJSON+`,"options":[`+optJSON+`]}],"initial_option":`+optJSON),
		menuJSON("static_select", `"option_groups":[{"label":`+yesJSON+`,"options":`+optionsJSON(2)+`}],"initial_option":`+optJSON),
		pointed("must match one of the options exactly", "/elements/0/initial_option"),
	},
	{
		"an initial option is not null", "",
		menuJSON("static_select", `"options":[`+optJSON+`]`),
		menuJSON("static_select", `"options":[`+optJSON+`],"initial_option":null`),
		pointed("must provide an object", "/elements/0/initial_option"),
	},
	{
		"initial options are in a multi select", "",
		menuJSON("multi_static_select", `"options":[`+optJSON+`],"initial_options":[`+optJSON+`]`),
		menuJSON("static_select", `"options":[`+optJSON+`],"initial_options":[`+optJSON+`]`),
		[]string{
			"invalid additional property: initial_options [json-pointer:/0/elements/0]",
		},
	},
	{
		"no more is chosen than can be", "",
		menuJSON("multi_users_select", `"max_selected_items":2,"initial_users":["U1","U2"]`),
		menuJSON("multi_users_select", `"max_selected_items":1,"initial_users":["U1","U2"]`),
		pointed("no more than 1 items allowed", "/elements/0/initial_users"),
	},
	{
		"an external select has a shortest query", "",
		menuJSON("external_select", `"min_query_length":0,"initial_option":`+optJSON),
		menuJSON("external_select", `"min_query_length":-1`),
		pointed("must be greater than -1", "/elements/0/min_query_length"),
	},
	{
		"an external multi select knows no options", "",
		menuJSON("multi_external_select", `"initial_options":[`+optJSON+`]`),
		menuJSON("multi_external_select", `"options":[`+optJSON+`]`),
		pointed("invalid additional property: options", "/elements/0"),
	},
	{
		"a users select starts with a user", "",
		menuJSON("users_select", `"initial_user":"U1"`),
		menuJSON("users_select", `"initial_users":["U1"]`),
		pointed("invalid additional property: initial_users", "/elements/0"),
	},
	{
		"a conversations select starts with one", "",
		menuJSON("conversations_select", `"initial_conversation":"C1","default_to_current_conversation":true`),
		menuJSON("conversations_select", `"initial_channel":"C1"`),
		pointed("invalid additional property: initial_channel", "/elements/0"),
	},
	{
		"a conversations multi select starts with some", "",
		menuJSON("multi_conversations_select", `"initial_conversations":["C1"]`),
		menuJSON("multi_conversations_select", `"initial_conversations":"C1"`),
		pointed("must provide an array", "/elements/0/initial_conversations"),
	},
	{
		"a channels select starts with a channel", "",
		menuJSON("channels_select", `"initial_channel":"C1"`),
		menuJSON("channels_select", `"initial_channel":""`),
		pointed("must be more than 0 characters", "/elements/0/initial_channel"),
	},
	{
		"a channels multi select starts with some", "",
		menuJSON("multi_channels_select", `"initial_channels":["C1"]`),
		menuJSON("multi_channels_select", `"max_selected_items":0`),
		pointed("must be greater than 0", "/elements/0/max_selected_items"),
	},
	{
		"a response_url comes from a modal", surfaceModal,
		asking(typed("channels_select", `"response_url_enabled":true`)),
		asking(typed("users_select", `"response_url_enabled":true`)),
		pointed("invalid additional property: response_url_enabled", "/element"),
	},
	{
		"a response_url comes from nowhere else", "",
		asking(typed("channels_select", `"response_url_enabled":false`)),
		asking(typed("channels_select", `"response_url_enabled":true`)),
		pointed("only allowed in a modal", "/element/response_url_enabled"),
	},
}
