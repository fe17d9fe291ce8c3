package slacksim

import "fmt"

// tableJSON and dataTableJSON have these rows, rawRow so many cells of one text.
func tableJSON(rows string) string     { return oneBlock("table", `"rows":`+rows) }
func dataTableJSON(rows string) string { return oneBlock("data_table", `"caption":"C","rows":`+rows) }
func rawRow(n int, text string) string {
	return listJSON(n, fmt.Sprintf(`{"type":"raw_text","text":%q}`, text))
}

// mixedRow is a number and 998 characters of rich text.
func mixedRow(number string) string {
	section := typed("rich_text_section", `"elements":[`+typed("text", `"text":"`+chars(998)+`"`)+`]`)
	return `[` + typed("raw_number", `"value":`+number) + `,` + typed("rich_text", `"elements":[`+section+`]`) + `]`
}

// chartJSON is a message with one chart, barsJSON one with these series and categories.
func chartJSON(chart string) string {
	return oneBlock("data_visualization", `"title":"T","chart":`+chart)
}
func barsJSON(categories, series string) string {
	return chartJSON(typed("bar", `"axis_config":{"categories":`+categories+`},"series":`+series))
}

// pointsJSON is the data of one series with a point for each label.
func pointsJSON(name string, labels ...string) string {
	data := ""
	for i, label := range labels {
		if i > 0 {
			data += ","
		}
		data += fmt.Sprintf(`{"label":%q,"value":%d}`, label, i-1)
	}
	return fmt.Sprintf(`{"name":%q,"data":[%s]}`, name, data)
}

var dataRows = []kitRow{
	{
		"a markdown block has 12000 characters at most", "",
		oneBlock("markdown", `"text":"`+chars(12_000)+`"`),
		oneBlock("markdown", `"text":"`+chars(12_001)+`"`),
		[]string{
			"must be less than 12001 characters [json-pointer:/0/text]",
			"must be less than 12001 characters in all markdown blocks [json-pointer:/0/text]",
		},
	},
	{
		"all markdown blocks have 12000 characters at most", "",
		listJSON(2, typed("markdown", `"text":"`+chars(6000)+`"`)),
		listJSON(2, typed("markdown", `"text":"`+chars(6001)+`"`)),
		[]string{"must be less than 12001 characters in all markdown blocks [json-pointer:/1/text]"},
	},
	{
		"markdown is for messages", "",
		oneBlock("markdown", `"text":"x"`),
		oneBlock("markdown", `"text":""`),
		pointed("must be more than 0 characters", "/text"),
	},
	{
		"a table has 100 rows at most", surfaceHome,
		tableJSON(listJSON(100, rawRow(1, "x"))),
		tableJSON(listJSON(101, rawRow(1, "x"))),
		pointed("no more than 100 items allowed", "/rows"),
	},
	{
		"a table is not for modals", surfaceModal,
		oneBlock("divider", ""),
		tableJSON(listJSON(1, rawRow(1, "x"))),
		pointed("unsupported type: table (surface: modal)", "/type"),
	},
	{
		"a row has 20 cells at most", "",
		tableJSON(listJSON(1, rawRow(20, "x"))),
		tableJSON(listJSON(1, rawRow(21, "x"))),
		pointed("no more than 20 items allowed", "/rows/0"),
	},
	{
		"a cell is not empty", "",
		tableJSON(listJSON(1, rawRow(1, "x"))),
		tableJSON(listJSON(1, rawRow(1, ""))),
		pointed("must be more than 0 characters", "/rows/0/0/text"),
	},
	{
		"a cell is not null", "",
		tableJSON(`[[` + richJSON + `]]`),
		tableJSON(`[[null]]`),
		pointed("must provide an object", "/rows/0/0"),
	},
	{
		"a number cell has a number", "",
		tableJSON(`[[{"type":"raw_number","value":1.5,"text":"1½"}]]`),
		tableJSON(`[[{"type":"raw_number","value":"1.5"}]]`),
		pointed("must provide a number", "/rows/0/0/value"),
	},
	{
		"all tables have 10000 characters at most", "",
		listJSON(2, typed("table", `"rows":[`+rawRow(1, chars(5000))+`]`)),
		listJSON(2, typed("table", `"rows":[`+rawRow(1, chars(5001))+`]`)),
		[]string{"must be less than 10001 characters in all table blocks [json-pointer:/1/rows]"},
	},
	{
		"rich text and shown numbers count in a table", "",
		tableJSON(`[` + rawRow(1, chars(9000)) + `,` + mixedRow("12") + `]`),
		tableJSON(`[` + rawRow(1, chars(9000)) + `,` + mixedRow("123") + `]`),
		pointed("must be less than 10001 characters in all table blocks", "/rows"),
	},
	{
		"a column is aligned", "",
		oneBlock("table", `"rows":[`+rawRow(1, "x")+`],"column_settings":[{"align":"right","is_wrapped":true}]`),
		oneBlock("table", `"rows":[`+rawRow(1, "x")+`],"column_settings":[{"align":"middle"}]`),
		pointed("must be a valid enum value", "/column_settings/0/align"),
	},
	{
		"a data table has a caption", "",
		dataTableJSON(listJSON(2, rawRow(1, "x"))),
		oneBlock("data_table", `"rows":`+listJSON(2, rawRow(1, "x"))),
		pointed("missing required field: caption", ""),
	},
	{
		"a data table has at least two rows", "",
		dataTableJSON(listJSON(2, rawRow(1, "x"))),
		dataTableJSON(listJSON(1, rawRow(1, "x"))),
		pointed("no fewer than 2 items allowed", "/rows"),
	},
	{
		"a data table has 201 rows at most", "",
		dataTableJSON(listJSON(201, rawRow(1, "x"))),
		dataTableJSON(listJSON(202, rawRow(1, "x"))),
		pointed("no more than 201 items allowed", "/rows"),
	},
	{
		"a data table has 20000 characters at most", "",
		dataTableJSON(listJSON(2, rawRow(1, chars(10_000)))),
		dataTableJSON(listJSON(2, rawRow(1, chars(10_001)))),
		pointed("must be less than 20001 characters in all data_table blocks", "/rows"),
	},
	{
		"a header row is raw text", "",
		dataTableJSON(`[` + rawRow(1, "x") + `,[` + richJSON + `]]`),
		dataTableJSON(`[[` + richJSON + `],` + rawRow(1, "x") + `]`),
		pointed("unsupported type: rich_text", "/rows/0/0/type"),
	},
	{
		"a page has 100 rows at most", "",
		oneBlock("data_table", `"caption":"C","page_size":100,"rows":`+listJSON(2, rawRow(1, "x"))),
		oneBlock("data_table", `"caption":"C","page_size":101,"rows":`+listJSON(2, rawRow(1, "x"))),
		pointed("must be less than 101", "/page_size"),
	},
	{
		"a row header is a column", "",
		oneBlock("data_table", `"caption":"C","row_header_column_index":1,"rows":`+listJSON(2, rawRow(2, "x"))),
		oneBlock("data_table", `"caption":"C","row_header_column_index":2,"rows":`+listJSON(2, rawRow(2, "x"))),
		pointed("must be less than 2", "/row_header_column_index"),
	},
	{
		"action cells have an action_id each", "",
		dataTableJSON(`[` + rawRow(2, "x") + `,` + listJSON(2, `{"type":"action_cell","element":`+buttonJSON(`,"action_id":"a%d"`)+`}`) + `]`),
		dataTableJSON(`[` + rawRow(2, "x") + `,` + listJSON(2, `{"type":"action_cell","element":`+buttonJSON(`,"action_id":"a"`)+`}`) + `]`),
		pointed("`action_id` \"a\" already exists", "/rows/1/1/element/action_id"),
	},

	{
		"a chart is for messages", surfaceHome,
		oneBlock("divider", ""),
		chartJSON(pieJSON(1, "a", "1")),
		pointed("unsupported type: data_visualization (surface: home)", "/type"),
	},
	{
		"a message has 2 charts at most", "",
		listJSON(2, typed("data_visualization", `"title":"T","chart":`+pieJSON(1, "a", "1"))),
		listJSON(3, typed("data_visualization", `"title":"T","chart":`+pieJSON(1, "a", "1"))),
		[]string{"no more than 2 data_visualization blocks allowed [json-pointer:/2]"},
	},
	{
		"a chart's title has 50 characters at most", "",
		oneBlock("data_visualization", `"title":"`+chars(50)+`","chart":`+pieJSON(1, "a", "1")),
		oneBlock("data_visualization", `"title":"`+chars(51)+`","chart":`+pieJSON(1, "a", "1")),
		pointed("must be less than 51 characters", "/title"),
	},
	{
		"a chart is of a known type", "",
		chartJSON(pieJSON(1, "a", "1")),
		chartJSON(typed("radar", "")),
		pointed("unsupported type: radar", "/chart/type"),
	},
	{
		"a pie has 12 segments at most", "",
		chartJSON(pieJSON(12, "a", "1")),
		chartJSON(pieJSON(13, "a", "1")),
		pointed("no more than 12 items allowed", "/chart/segments"),
	},
	{
		"a segment's label has 20 characters at most", "",
		chartJSON(pieJSON(1, chars(20), "1")),
		chartJSON(pieJSON(1, chars(21), "1")),
		pointed("must be less than 21 characters", "/chart/segments/0/label"),
	},
	{
		"a segment is above zero", "",
		chartJSON(pieJSON(1, "a", "0.5")),
		chartJSON(pieJSON(1, "a", "0")),
		pointed("must be greater than 0", "/chart/segments/0/value"),
	},
	{
		"a chart has 12 series at most", "",
		barsJSON(`["a"]`, listJSON(12, pointsJSON("s%d", "a"))),
		barsJSON(`["a"]`, listJSON(13, pointsJSON("s%d", "a"))),
		pointed("no more than 12 items allowed", "/chart/series"),
	},
	{
		"a series has 20 points at most", "",
		barsJSON(listJSON(20, `"c%d"`), `[{"name":"s","data":`+listJSON(20, `{"label":"c%d","value":1}`)+`}]`),
		barsJSON(listJSON(20, `"c%d"`), `[{"name":"s","data":`+listJSON(21, `{"label":"c%d","value":1}`)+`}]`),
		[]string{
			"no more than 20 items allowed [json-pointer:/0/chart/series/0/data]",
			"must be one of the categories [json-pointer:/0/chart/series/0/data/20/label]",
		},
	},
	{
		"a series has a name of its own", "",
		barsJSON(`["a"]`, `[`+pointsJSON("s", "a")+`,`+pointsJSON("t", "a")+`]`),
		barsJSON(`["a"]`, `[`+pointsJSON("s", "a")+`,`+pointsJSON("s", "a")+`]`),
		pointed(`series name "s" already exists`, "/chart/series/1/name"),
	},
	{
		"a category comes once", "",
		barsJSON(`["a","b"]`, `[`+pointsJSON("s", "a", "b")+`]`),
		barsJSON(`["a","a"]`, `[`+pointsJSON("s", "a")+`]`),
		pointed(`category "a" already exists`, "/chart/axis_config/categories/1"),
	},
	{
		"a point is of a category", "",
		barsJSON(`["a"]`, `[`+pointsJSON("s", "a")+`]`),
		barsJSON(`["a"]`, `[`+pointsJSON("s", "a", "b")+`]`),
		pointed("must be one of the categories", "/chart/series/0/data/1/label"),
	},
	{
		"a category has a point in every series", "",
		barsJSON(`["a","b"]`, `[`+pointsJSON("s", "b", "a")+`]`),
		barsJSON(`["a","b"]`, `[`+pointsJSON("s", "a")+`]`),
		pointed(`must have a point for the category "b"`, "/chart/series/0/data"),
	},
	{
		"a category has one point in a series", "",
		barsJSON(`["a"]`, `[`+pointsJSON("s", "a")+`]`),
		barsJSON(`["a"]`, `[`+pointsJSON("s", "a", "a")+`]`),
		pointed(`category "a" already has a point`, "/chart/series/0/data/1/label"),
	},
	{
		"an axis label has 50 characters at most", "",
		chartJSON(typed("line", `"axis_config":{"categories":["a"],"x_label":"`+chars(50)+`"},"series":[`+pointsJSON("s", "a")+`]`)),
		chartJSON(typed("area", `"axis_config":{"categories":["a"],"y_label":"`+chars(51)+`"},"series":[`+pointsJSON("s", "a")+`]`)),
		pointed("must be less than 51 characters", "/chart/axis_config/y_label"),
	},
	{
		"a chart with series has an axis_config", "",
		chartJSON(typed("area", `"axis_config":{"categories":["a"]},"series":[`+pointsJSON("s", "a")+`]`)),
		chartJSON(typed("area", `"series":[]`)),
		[]string{
			"missing required field: axis_config [json-pointer:/0/chart]",
			"no fewer than 1 items allowed [json-pointer:/0/chart/series]",
		},
	},
}

// pieJSON is a pie chart with n segments of one label.
func pieJSON(n int, label, value string) string {
	return typed("pie", `"segments":`+listJSON(n, fmt.Sprintf(`{"label":%q,"value":%s}`, label, value)))
}

var richRows = []kitRow{
	{
		"rich text has parts", "",
		`[` + richJSON + `]`,
		oneBlock("rich_text", `"elements":[]`),
		pointed("no fewer than 1 items allowed", "/elements"),
	},
	{
		"a part is of a known type", "",
		`[` + richJSON + `]`,
		oneBlock("rich_text", `"elements":[{"type":"text","text":"x"}]`),
		pointed("unsupported type: text", "/elements/0/type"),
	},
	{
		"text is not empty", "",
		writing(`{"type":"text","text":"x"}`),
		writing(`{"type":"text","text":""}`),
		pointed("must be more than 0 characters", "/elements/0/elements/0/text"),
	},
	{
		"text has a style", "",
		writing(`{"type":"text","text":"x","style":{"bold":true,"italic":true,"strike":true,"code":true,"underline":true}}`),
		writing(`{"type":"text","text":"x","style":{"bald":true}}`),
		pointed("invalid additional property: bald", "/elements/0/elements/0/style"),
	},
	{
		"a link has an address", "",
		writing(`{"type":"link","url":"https://a.b","text":"x"}`),
		writing(`{"type":"link","text":"x"}`),
		pointed("missing required field: url", "/elements/0/elements/0"),
	},
	{
		"a user has an ID", "",
		writing(`{"type":"user","user_id":"U1"}`),
		writing(`{"type":"user","user":"U1"}`),
		[]string{
			"missing required field: user_id [json-pointer:/0/elements/0/elements/0]",
			"invalid additional property: user [json-pointer:/0/elements/0/elements/0]",
		},
	},
	{
		"a channel has an ID", "",
		writing(`{"type":"channel","channel_id":"C1"}`),
		writing(`{"type":"channel"}`),
		pointed("missing required field: channel_id", "/elements/0/elements/0"),
	},
	{
		"a user group has an ID", "",
		writing(`{"type":"usergroup","usergroup_id":"S1"}`),
		writing(`{"type":"usergroup"}`),
		pointed("missing required field: usergroup_id", "/elements/0/elements/0"),
	},
	{
		"a team has an ID", "",
		writing(`{"type":"team","team_id":"T1"}`),
		writing(`{"type":"team"}`),
		pointed("missing required field: team_id", "/elements/0/elements/0"),
	},
	{
		"a broadcast has a range", "",
		writing(`{"type":"broadcast","range":"here"}`),
		writing(`{"type":"broadcast","range":"all"}`),
		pointed("must be a valid enum value", "/elements/0/elements/0/range"),
	},
	{
		"a color has a value", "",
		writing(`{"type":"color","value":"#fff"}`),
		writing(`{"type":"color"}`),
		pointed("missing required field: value", "/elements/0/elements/0"),
	},
	{
		"an emoji has a name", "",
		writing(`{"type":"emoji","name":"wave","skin_tone":2}`),
		writing(`{"type":"emoji"}`),
		pointed("missing required field: name", "/elements/0/elements/0"),
	},
	{
		"a date has a timestamp", "",
		writing(`{"type":"date","timestamp":1795435200,"format":"{date}","fallback":"x"}`),
		writing(`{"type":"date","timestamp":"1","format":"{date}"}`),
		pointed("must provide a number", "/elements/0/elements/0/timestamp"),
	},
	{
		"a tag has a color", "",
		writing(`{"type":"tag","text":"x","color":"red"}`),
		writing(`{"type":"tag","text":"x","color":"pink"}`),
		pointed("must be a valid enum value", "/elements/0/elements/0/color"),
	},
	{
		"a list has a style", "",
		listed(`"style":"bullet","indent":8`),
		listed(`"style":"dots"`),
		pointed("must be a valid enum value", "/elements/0/style"),
	},
	{
		"a list goes 8 levels deep", "",
		listed(`"style":"ordered","indent":8,"border":1,"offset":3`),
		listed(`"style":"ordered","indent":9`),
		pointed("must be less than 9", "/elements/0/indent"),
	},
	{
		"a list holds sections", "",
		listed(`"style":"bullet"`),
		oneBlock("rich_text", `"elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_quote","elements":[]}]}]`),
		pointed("unsupported type: rich_text_quote", "/elements/0/elements/0/type"),
	},
	{
		"preformatted text holds text and links", "",
		oneBlock("rich_text", `"elements":[{"type":"rich_text_preformatted","border":0,"elements":[{"type":"text","text":"x"}]}]`),
		oneBlock("rich_text", `"elements":[{"type":"rich_text_preformatted","elements":[{"type":"emoji","name":"x"}]}]`),
		pointed("unsupported type: emoji", "/elements/0/elements/0/type"),
	},
	{
		"a quote has a border or none", "",
		oneBlock("rich_text", `"elements":[{"type":"rich_text_quote","border":1,"elements":[]}]`),
		oneBlock("rich_text", `"elements":[{"type":"rich_text_quote","border":2,"elements":[]}]`),
		pointed("must be less than 2", "/elements/0/border"),
	},
}

// listed is a rich_text list with one item.
func listed(fields string) string {
	return oneBlock("rich_text", `"elements":[{"type":"rich_text_list",`+fields+`,"elements":[{"type":"rich_text_section","elements":[]}]}]`)
}
