package slacksim

// The newer blocks: alerts, cards, containers, layouts and what agents show.
var newBlockRows = []kitRow{
	{
		"an alert is for modals", surfaceModal,
		oneBlock("alert", `"text":`+mrkdwnJSON("x")+`,"level":"warning"`),
		oneBlock("alert", `"text":`+mrkdwnJSON("x")+`,"level":"loud"`),
		pointed("must be a valid enum value", "/level"),
	},
	{
		"an alert is not for messages", "",
		oneBlock("divider", ""),
		oneBlock("alert", `"text":`+mrkdwnJSON("x")),
		pointed("unsupported type: alert (surface: message)", "/type"),
	},
	{
		"an alert has 200 characters at most", surfaceModal,
		oneBlock("alert", `"text":`+plainJSON(chars(200))),
		oneBlock("alert", `"text":`+plainJSON(chars(201))),
		pointed("must be less than 201 characters", "/text/text"),
	},
	{
		"a call has its id", "",
		oneBlock("call", `"call_id":"R1"`),
		oneBlock("call", ""),
		pointed("missing required field: call_id", ""),
	},
	{
		"a card has something to show", "",
		oneBlock("card", `"title":`+mrkdwnJSON("x")),
		oneBlock("card", `"subtitle":`+mrkdwnJSON("x")),
		pointed("missing required field: hero_image or title or actions or body", ""),
	},
	{
		"a card has one icon", "",
		oneBlock("card", `"body":`+mrkdwnJSON("x")+`,"slack_icon":{"type":"icon","name":"rocket"}`),
		oneBlock("card", `"body":`+mrkdwnJSON("x")+`,"icon":`+imageJSON+`,"slack_icon":{"type":"icon","name":"rocket"}`),
		pointed("only one of icon, slack_icon allowed", ""),
	},
	{
		"a card's title has 150 characters at most", surfaceHome,
		oneBlock("card", `"title":`+mrkdwnJSON(chars(150))),
		oneBlock("card", `"title":`+mrkdwnJSON(chars(151))),
		pointed("must be less than 151 characters", "/title/text"),
	},
	{
		"a card's body has 200 characters at most", surfaceModal,
		oneBlock("card", `"body":`+mrkdwnJSON(chars(200))),
		oneBlock("card", `"body":`+mrkdwnJSON(chars(201))),
		pointed("must be less than 201 characters", "/body/text"),
	},
	{
		"a card has 3 actions at most", "",
		oneBlock("card", `"actions":`+listJSON(3, buttonJSON(""))),
		oneBlock("card", `"actions":`+listJSON(4, buttonJSON(""))),
		pointed("no more than 3 items allowed", "/actions"),
	},
	{
		"a card's buttons have an action_id each", "",
		oneBlock("card", `"actions":`+listJSON(2, buttonJSON(`,"action_id":"a%d"`))),
		oneBlock("card", `"actions":`+listJSON(2, buttonJSON(`,"action_id":"a"`))),
		pointed("`action_id` \"a\" already exists", "/actions/1/action_id"),
	},
	{
		"a carousel has 10 cards at most", "",
		oneBlock("carousel", `"elements":`+listJSON(10, cardJSON)),
		oneBlock("carousel", `"elements":`+listJSON(11, cardJSON)),
		pointed("no more than 10 items allowed", "/elements"),
	},
	{
		"a carousel is not for modals", surfaceModal,
		`[` + cardJSON + `]`,
		oneBlock("carousel", `"elements":`+listJSON(1, cardJSON)),
		pointed("unsupported type: carousel (surface: modal)", "/type"),
	},
	{
		"a block_id is unique inside a carousel", "",
		oneBlock("carousel", `"elements":`+listJSON(2, typed("card", `"block_id":"c%d","body":`+plainJSON("x")))),
		oneBlock("carousel", `"elements":`+listJSON(2, typed("card", `"block_id":"c","body":`+plainJSON("x")))),
		pointed("`block_id` \"c\" already exists", "/elements/1/block_id"),
	},
	{
		"a container has a title", "",
		oneBlock("container", `"child_blocks":[`+dividerJSON+`],"rich_text_title":`+richJSON),
		oneBlock("container", `"child_blocks":[`+dividerJSON+`]`),
		pointed("missing required field: title or rich_text_title", ""),
	},
	{
		"a container has 10 blocks at most", "",
		oneBlock("container", `"title":`+plainJSON("T")+`,"child_blocks":`+listJSON(10, dividerJSON)),
		oneBlock("container", `"title":`+plainJSON("T")+`,"child_blocks":`+listJSON(11, dividerJSON)),
		pointed("no more than 10 items allowed", "/child_blocks"),
	},
	{
		"a container's title has 150 characters at most", "",
		oneBlock("container", `"title":`+plainJSON(chars(150))+`,"child_blocks":[`+dividerJSON+`]`),
		oneBlock("container", `"title":`+plainJSON(chars(151))+`,"child_blocks":[`+dividerJSON+`]`),
		pointed("must be less than 151 characters", "/title/text"),
	},
	{
		"a container has a known width", "",
		oneBlock("container", boxedJSON+`,"width":"full"`),
		oneBlock("container", boxedJSON+`,"width":"huge"`),
		pointed("must be a valid enum value", "/width"),
	},
	{
		"a container collapses only when it can", "",
		oneBlock("container", boxedJSON+`,"is_collapsible":true,"default_collapsed":true`),
		oneBlock("container", boxedJSON+`,"default_collapsed":true`),
		pointed("requires is_collapsible", "/default_collapsed"),
	},
	{
		"a container collapses without a divider", "",
		oneBlock("container", boxedJSON+`,"has_header_divider":true`),
		oneBlock("container", boxedJSON+`,"is_collapsible":true,"has_header_divider":true`),
		pointed("not allowed with is_collapsible", "/has_header_divider"),
	},
	{
		"a container holds no card", "",
		oneBlock("container", boxedJSON),
		oneBlock("container", `"title":`+plainJSON("T")+`,"child_blocks":[`+cardJSON+`]`),
		pointed("unsupported type: card", "/child_blocks/0/type"),
	},
	{
		"context actions hold two elements", "",
		oneBlock("context_actions", `"elements":[`+feedbackJSON+`]`),
		oneBlock("context_actions", `"elements":[`+buttonJSON("")+`]`),
		pointed("unsupported type: button", "/elements/0/type"),
	},
	{
		"context actions have 5 elements at most", "",
		oneBlock("context_actions", `"elements":`+listJSON(5, feedbackJSON)),
		oneBlock("context_actions", `"elements":`+listJSON(6, feedbackJSON)),
		pointed("no more than 5 items allowed", "/elements"),
	},
	{
		"a layout has 3 items in a row at most", "",
		laidOut(listJSON(3, `{"block":`+dividerJSON+`}`)),
		laidOut(listJSON(4, `{"block":`+dividerJSON+`}`)),
		pointed("no more than 3 items allowed", "/rows/0/items"),
	},
	{
		"a layout has 5 rows at most", "",
		oneBlock("layout", `"label":"L","rows":`+listJSON(5, `{"items":[{"block":`+dividerJSON+`}]}`)),
		oneBlock("layout", `"label":"L","rows":`+listJSON(6, `{"items":[{"block":`+dividerJSON+`}]}`)),
		pointed("no more than 5 items allowed", "/rows"),
	},
	{
		"a layout holds no markdown", "",
		laidOut(`[{"block":` + dividerJSON + `,"width":"wide"}]`),
		laidOut(`[{"block":{"type":"markdown","text":"x"}}]`),
		pointed("unsupported type: markdown", "/rows/0/items/0/block/type"),
	},
	{
		"layouts and containers nest twice at most", "",
		laidOut(`[{"block":` + typed("container", boxedJSON) + `}]`),
		laidOut(`[{"block":` + typed("container", `"title":`+plainJSON("T")+`,"child_blocks":`+laidOut(`[{"block":`+dividerJSON+`}]`)) + `}]`),
		pointed("no more than 2 levels of nesting allowed", "/rows/0/items/0/block/child_blocks/0"),
	},
	{
		"a plan holds task cards", "",
		oneBlock("plan", `"title":"P","tasks":[`+taskJSON+`]`),
		oneBlock("plan", `"title":"P","tasks":[`+dividerJSON+`]`),
		pointed("unsupported type: divider", "/tasks/0/type"),
	},
	{
		"a task card has a known status", "",
		`[` + taskJSON + `]`,
		oneBlock("task_card", `"task_id":"t","title":"T","status":"done"`),
		pointed("must be a valid enum value", "/status"),
	},
	{
		"a task card's source has a url", "",
		oneBlock("task_card", `"task_id":"t","title":"T","sources":[{"type":"url","url":"https://a.b","text":"x"}]`),
		oneBlock("task_card", `"task_id":"t","title":"T","sources":[{"type":"url","text":"x"}]`),
		pointed("missing required field: url", "/sources/0"),
	},
	{
		"a title of a task card is a string", "",
		`[` + taskJSON + `]`,
		oneBlock("task_card", `"task_id":"t","title":`+plainJSON("T")),
		pointed("must provide a string", "/title"),
	},
}

var (
	cardJSON     = typed("card", `"body":`+plainJSON("x"))
	boxedJSON    = `"title":` + plainJSON("T") + `,"child_blocks":[` + dividerJSON + `]`
	richJSON     = typed("rich_text", `"elements":[{"type":"rich_text_section","elements":[]}]`)
	feedbackJSON = typed("feedback_buttons", `
		"positive_button":{"text":`+plainJSON("+")+`,"value":"1"},
		"negative_button":{"text":`+plainJSON("-")+`,"value":"0"}`)
	taskJSON = typed("task_card", `"task_id":"t","title":"T","status":"pending","details":`+richJSON)
)

// laidOut is a layout with one row.
func laidOut(items string) string {
	return oneBlock("layout", `"label":"L","rows":[{"items":`+items+`}]`)
}
