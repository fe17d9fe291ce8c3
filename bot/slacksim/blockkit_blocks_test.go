package slacksim

// pointed adds one complaint's pointer below the only block.
func pointed(complaint, at string) []string {
	return []string{complaint + " [json-pointer:/0" + at + "]"}
}

const (
	pictureJSON = `"image_url":"https://example.com/a.png"`
	altJSON     = `"alt_text":"A"`
)

var imageJSON = typed("image", pictureJSON+","+altJSON)

var blockRows = []kitRow{
	{
		"actions have elements", "",
		acting(buttonJSON("")),
		oneBlock("actions", ""),
		pointed("missing required field: elements", ""),
	},
	{
		"actions have 1 to 25 elements", "",
		oneBlock("actions", `"elements":`+listJSON(25, buttonJSON(""))),
		oneBlock("actions", `"elements":`+listJSON(26, buttonJSON(""))),
		pointed("no more than 25 items allowed", "/elements"),
	},
	{
		"actions hold no text inputs", surfaceModal,
		acting(typed("datepicker", "")),
		acting(typed("plain_text_input", "")),
		pointed("unsupported type: plain_text_input", "/elements/0/type"),
	},
	{
		"a context has 10 elements at most", "",
		oneBlock("context", `"elements":`+listJSON(10, mrkdwnJSON("x"))),
		oneBlock("context", `"elements":`+listJSON(11, mrkdwnJSON("x"))),
		pointed("no more than 10 items allowed", "/elements"),
	},
	{
		"a context has at least one element", "",
		oneBlock("context", `"elements":[`+imageJSON+`]`),
		oneBlock("context", `"elements":[]`),
		pointed("no fewer than 1 items allowed", "/elements"),
	},
	{
		"a context holds text and images", "",
		oneBlock("context", `"elements":[`+imageJSON+`,`+plainJSON("x")+`]`),
		oneBlock("context", `"elements":[`+buttonJSON("")+`]`),
		pointed("unsupported type: button", "/elements/0/type"),
	},
	{
		"a divider has nothing else", "",
		oneBlock("divider", ""),
		oneBlock("divider", `"text":`+plainJSON("x")),
		pointed("invalid additional property: text", ""),
	},
	{
		"a file block only arrives", "",
		`[]`,
		oneBlock("file", `"external_id":"F1","source":"remote"`),
		pointed("unsupported type: file (surface: message)", "/type"),
	},
	{
		"a header is plain text", "",
		oneBlock("header", `"text":`+plainJSON("x")),
		oneBlock("header", `"text":`+mrkdwnJSON("x")),
		pointed("unsupported type: mrkdwn", "/text/type"),
	},
	{
		"a header has 150 characters at most", "",
		oneBlock("header", `"text":`+plainJSON(chars(150))),
		oneBlock("header", `"text":`+plainJSON(chars(151))),
		pointed("must be less than 151 characters", "/text/text"),
	},
	{
		"a header has level 1 to 4", "",
		oneBlock("header", `"text":`+plainJSON("x")+`,"level":4`),
		oneBlock("header", `"text":`+plainJSON("x")+`,"level":5`),
		pointed("must be less than 5", "/level"),
	},
	{
		"a level is a whole number", "",
		oneBlock("header", `"text":`+plainJSON("x")+`,"level":1`),
		oneBlock("header", `"text":`+plainJSON("x")+`,"level":1.5`),
		pointed("must provide an integer", "/level"),
	},
	{
		"a level is no string", "",
		oneBlock("header", `"text":`+plainJSON("x")+`,"level":1`),
		oneBlock("header", `"text":`+plainJSON("x")+`,"level":"1"`),
		pointed("must provide a number", "/level"),
	},
	{
		"an image has an alt_text", "",
		`[` + imageJSON + `]`,
		oneBlock("image", pictureJSON),
		pointed("missing required field: alt_text", ""),
	},
	{
		"an alt_text has 2000 characters at most", "",
		oneBlock("image", pictureJSON+`,"alt_text":"`+chars(2000)+`"`),
		oneBlock("image", pictureJSON+`,"alt_text":"`+chars(2001)+`"`),
		pointed("must be less than 2001 characters", "/alt_text"),
	},
	{
		"an image has a title of 2000 characters at most", "",
		oneBlock("image", pictureJSON+`,`+altJSON+`,"title":`+plainJSON(chars(2000))),
		oneBlock("image", pictureJSON+`,`+altJSON+`,"title":`+plainJSON(chars(2001))),
		pointed("must be less than 2001 characters", "/title/text"),
	},
	{
		"an image comes from somewhere", "",
		oneBlock("image", altJSON+`,"slack_file":{"id":"F1"}`),
		oneBlock("image", altJSON),
		pointed("missing required field: image_url or slack_file", ""),
	},
	{
		"an image comes from one place", "",
		oneBlock("image", altJSON+`,"slack_file":{"url":"https://files.slack.com/a"}`),
		oneBlock("image", altJSON+`,`+pictureJSON+`,"slack_file":{"id":"F1"}`),
		pointed("only one of image_url, slack_file allowed", ""),
	},
	{
		"a Slack file has an id or a url", "",
		oneBlock("image", altJSON+`,"slack_file":{"id":"F1"}`),
		oneBlock("image", altJSON+`,"slack_file":{"id":"F1","url":"https://a.b/c"}`),
		pointed("only one of id, url allowed", "/slack_file"),
	},
	{
		"an image_url is a URL", "",
		`[` + imageJSON + `]`,
		oneBlock("image", altJSON+`,"image_url":"a.png"`),
		pointed("must be a valid URL", "/image_url"),
	},
	{
		"an image_url has 3000 characters at most", "",
		oneBlock("image", altJSON+`,"image_url":"https://example.com/`+chars(2980)+`"`),
		oneBlock("image", altJSON+`,"image_url":"https://example.com/`+chars(2981)+`"`),
		pointed("must be less than 3001 characters", "/image_url"),
	},
	{
		"an input has a label", "",
		asking(typed("plain_text_input", "")),
		oneBlock("input", `"element":`+typed("plain_text_input", "")),
		pointed("missing required field: label", ""),
	},
	{
		"an input has an element", "",
		asking(typed("plain_text_input", "")),
		oneBlock("input", `"label":`+plainJSON("L")),
		pointed("missing required field: element", ""),
	},
	{
		"a label has 2000 characters at most", surfaceModal,
		oneBlock("input", `"label":`+plainJSON(chars(2000))+`,"element":`+typed("plain_text_input", "")),
		oneBlock("input", `"label":`+plainJSON(chars(2001))+`,"element":`+typed("plain_text_input", "")),
		pointed("must be less than 2001 characters", "/label/text"),
	},
	{
		"a hint has 2000 characters at most", surfaceHome,
		oneBlock("input", `"label":`+plainJSON("L")+`,"element":`+typed("plain_text_input", "")+`,"hint":`+plainJSON(chars(2000))),
		oneBlock("input", `"label":`+plainJSON("L")+`,"element":`+typed("plain_text_input", "")+`,"hint":`+plainJSON(chars(2001))),
		pointed("must be less than 2001 characters", "/hint/text"),
	},
	{
		"an input has two flags", "",
		oneBlock("input", `"label":`+plainJSON("L")+`,"element":`+typed("plain_text_input", "")+`,"optional":true,"dispatch_action":true`),
		oneBlock("input", `"label":`+plainJSON("L")+`,"element":`+typed("plain_text_input", "")+`,"optional":"yes"`),
		pointed("must provide a boolean", "/optional"),
	},
	{
		"an input holds no button", "",
		asking(typed("timepicker", "")),
		asking(buttonJSON("")),
		pointed("unsupported type: button", "/element/type"),
	},
	{
		"a section has text or fields", "",
		oneBlock("section", `"fields":[`+mrkdwnJSON("x")+`]`),
		oneBlock("section", ""),
		pointed("missing required field: text or fields", ""),
	},
	{
		"a section's text is not empty", "",
		oneBlock("section", `"text":`+mrkdwnJSON("x")),
		oneBlock("section", `"text":`+mrkdwnJSON("")),
		pointed("must be more than 0 characters", "/text/text"),
	},
	{
		"a section's text has 3000 characters at most", "",
		oneBlock("section", `"text":`+mrkdwnJSON(chars(3000))),
		oneBlock("section", `"text":`+mrkdwnJSON(chars(3001))),
		pointed("must be less than 3001 characters", "/text/text"),
	},
	{
		"a section has 10 fields at most", "",
		oneBlock("section", `"fields":`+listJSON(10, plainJSON("x"))),
		oneBlock("section", `"fields":`+listJSON(11, plainJSON("x"))),
		pointed("no more than 10 items allowed", "/fields"),
	},
	{
		"a field has 2000 characters at most", "",
		oneBlock("section", `"fields":[`+mrkdwnJSON(chars(2000))+`]`),
		oneBlock("section", `"fields":[`+mrkdwnJSON(chars(2001))+`]`),
		pointed("must be less than 2001 characters", "/fields/0/text"),
	},
	{
		"an accessory is one of some elements", "",
		oneBlock("section", `"text":`+plainJSON("x")+`,"accessory":`+imageJSON),
		oneBlock("section", `"text":`+plainJSON("x")+`,"accessory":`+typed("datetimepicker", "")),
		pointed("unsupported type: datetimepicker", "/accessory/type"),
	},
	{
		"a section can expand", "",
		oneBlock("section", `"text":`+plainJSON("x")+`,"expand":true`),
		oneBlock("section", `"text":`+plainJSON("x")+`,"expand":1`),
		pointed("must provide a boolean", "/expand"),
	},
	{
		"a video needs its addresses", "",
		oneBlock("video", videoJSON),
		oneBlock("video", `"title":`+plainJSON("T")+`,`+altJSON+`,"thumbnail_url":"https://a.b/c"`),
		pointed("missing required field: video_url", ""),
	},
	{
		"a video is on https", "",
		oneBlock("video", videoJSON+`,"title_url":"https://a.b/c"`),
		oneBlock("video", videoJSON+`,"title_url":"http://a.b/c"`),
		pointed("must be a valid HTTPS URL", "/title_url"),
	},
	{
		"a video's author has 50 characters at most", "",
		oneBlock("video", videoJSON+`,"author_name":"`+chars(50)+`"`),
		oneBlock("video", videoJSON+`,"author_name":"`+chars(51)+`"`),
		pointed("must be less than 51 characters", "/author_name"),
	},
	{
		"a video's description has 200 characters at most", "",
		oneBlock("video", videoJSON+`,"description":`+plainJSON(chars(200))),
		oneBlock("video", videoJSON+`,"description":`+plainJSON(chars(201))),
		pointed("must be less than 201 characters", "/description/text"),
	},
}

const videoJSON = `"video_url":"https://a.b/v","thumbnail_url":"https://a.b/c","alt_text":"A","title":{"type":"plain_text","text":"T"}`
